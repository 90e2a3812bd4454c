"""The forms of what there is to celebrate with a customer, and of what they did for us."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.language import gettext as _
from planner.selling import gesture_warning
from planner.vocabulary import ADVOCACY_KINDS, CELEBRATION_KINDS
from tui.dialogs.loading import about, record_texts
from tui.dialogs.reading import NO, YES
from tui.dialogs.spec import Call, Context, Entered, Field, FormSpec, Loaded, Subject

if TYPE_CHECKING:
    from tui.composition import BookQueries

CELEBRATION = ("label", "kind", "on_date", "yearly", "person_id", "link")
ADVOCACY = ("advocacy", "kind", "on_date", "person_id", "link")


def specs() -> dict[str, FormSpec]:
    """The forms of this file by name."""
    return {"celebration": celebration_form(), "advocacy": advocacy_form()}


def celebration_form() -> FormSpec:
    """A date to celebrate (``account_id``), or one to change (``celebration_id``)."""
    return FormSpec(
        "celebration",
        _("To celebrate"),
        (
            Field("label", _("What"), required=True, hint=_("founded, went public, birthday")),
            Field("kind", _("Kind"), "choice", CELEBRATION_KINDS),
            Field("on_date", _("On"), "past_day", required=True, also=("on",)),
            Field("yearly", _("Every year"), "yes_no", hint=_("an achievement happens once")),
            Field("person_id", _("Whose"), "person", also=("with",)),
            Field("link", _("Link")),
            Field("celebrated", _("Celebrated"), "yes_no", more=True, also=("marked_on",)),
            Field("withdraw", _("Take it out"), "yes_no", more=True),
        ),
        load_celebration,
        save_celebration,
        more_words=_("celebrated this year · take it out"),
    )


def load_celebration(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """Its own values. While a critical complaint is open, that stands above it."""
    celebration_id = subject.get("celebration_id")
    record = None if celebration_id is None else q.record("celebration", celebration_id)
    account_id = subject["account_id"] if record is None else record.account_id
    filled, details = about(q, context, account_id)
    warning = gesture_warning(
        [
            one.number
            for one in q.complaints.of_account(account_id)
            if one.severity == "critical" and one.resolved_on is None
        ]
    )
    prompts = {"label": warning} if warning else {}
    if record is None:
        texts = {"kind": "achievement", "yearly": NO, "on_date": _("today")}
        hidden = frozenset({"celebrated", "withdraw"})
        return Loaded(filled, texts, (), details, hidden=hidden, prompts=prompts)
    texts = {**record_texts(record, CELEBRATION, filled), "celebrated": NO, "withdraw": NO}
    texts["yearly"] = YES if record.yearly else NO
    return Loaded(filled, texts, (record,), details, prompts=prompts)


def save_celebration(_q: BookQueries, subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Keep it, change it, mark it, or take it out."""
    from planner.use_cases.celebrations import (
        add_celebration,
        change_celebration,
        withdraw_celebration,
    )

    if not loaded.records:
        values = entered.given(CELEBRATION)
        if "yearly" not in entered.changed:
            values.pop("yearly", None)
        values["on"] = values.pop("on_date")
        return Call(add_celebration, (subject["account_id"],), values)
    if entered["withdraw"]:
        return Call(withdraw_celebration, (loaded.records[0].id,))
    values = entered.only_changed(CELEBRATION)
    if entered["celebrated"]:
        values["marked_on"] = loaded.context.today
    return Call(change_celebration, (loaded.records[0],), values)


def advocacy_form() -> FormSpec:
    """What they did for us (``account_id``), or an entry to change (``advocacy_id``)."""
    return FormSpec(
        "advocacy",
        _("Advocacy"),
        (
            Field("advocacy", _("What"), required=True, hint=_("what they did for us")),
            Field("kind", _("Kind"), "choice", ADVOCACY_KINDS),
            Field("on_date", _("On"), "past_day", required=True),
            Field("person_id", _("Who"), "person", also=("with",)),
            Field("link", _("Link")),
            Field("withdraw", _("Take it out"), "yes_no", more=True),
        ),
        load_advocacy,
        save_advocacy,
        more_words=_("take it out"),
    )


def load_advocacy(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """Its own values; a new one is of today."""
    advocacy_id = subject.get("advocacy_id")
    record = None if advocacy_id is None else q.record("advocacy", advocacy_id)
    account_id = subject["account_id"] if record is None else record.account_id
    filled, details = about(q, context, account_id)
    if record is None:
        texts = {"kind": "reference", "on_date": _("today")}
        return Loaded(filled, texts, (), details, hidden=frozenset({"withdraw"}))
    texts = {**record_texts(record, ADVOCACY, filled), "withdraw": NO}
    return Loaded(filled, texts, (record,), details)


def save_advocacy(_q: BookQueries, subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Log it, change it, or take it out."""
    from planner.use_cases.advocacy import change_advocacy, log_advocacy, withdraw_advocacy

    if not loaded.records:
        return Call(log_advocacy, (subject["account_id"],), entered.given(ADVOCACY))
    if entered["withdraw"]:
        return Call(withdraw_advocacy, (loaded.records[0].id,))
    return Call(change_advocacy, (loaded.records[0],), entered.only_changed(ADVOCACY))
