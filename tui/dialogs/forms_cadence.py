"""The forms of how often contact is wanted, and of letting it rest until a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.language import gettext as _
from tui.dialogs.loading import about, record_texts
from tui.dialogs.spec import Call, Context, Entered, Field, FormSpec, Loaded, Subject

if TYPE_CHECKING:
    from tui.composition import BookQueries

AGREED = (
    "cadence_days", "cadence_max_days", "cadence_agreed_on", "cadence_agreed_with_id",
    "qbr_every_days",
)  # fmt: skip


def specs() -> dict[str, FormSpec]:
    """The forms of this file by name."""
    return {"cadence": cadence_form(), "snooze": snooze_form()}


def cadence_form() -> FormSpec:
    """How often contact is wanted with an account (``account_id``), as they agreed to it."""
    return FormSpec(
        "cadence",
        _("Cadence"),
        (
            Field("cadence_days", _("Every"), "whole", hint=_("days, 0 for the tier's")),
            Field("cadence_max_days", _("At most"), "whole", hint=_("days, then it is overdue")),
            Field("cadence_agreed_on", _("Agreed on"), "past_day"),
            Field("cadence_agreed_with_id", _("  with"), "person", also=("cadence_agreed_with",)),
            Field("qbr_every_days", _("QBR every"), "whole", hint=_("days, 0 for none")),
        ),
        load_cadence,
        save_cadence,
    )


def load_cadence(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """What was agreed so far."""
    filled, details = about(q, context, subject["account_id"])
    record = q.record("account", subject["account_id"])
    return Loaded(filled, record_texts(record, AGREED, filled), (record,), details)


def save_cadence(_q: BookQueries, _subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Keep what was agreed."""
    from planner.use_cases.accounts import change_account

    return Call(change_account, (loaded.records[0],), entered.only_changed(AGREED))


def snooze_form() -> FormSpec:
    """Let contact with an account (``account_id``), or with one of its people, rest until a day."""
    return FormSpec(
        "snooze",
        _("Snooze contact"),
        (
            Field("until", _("Until"), "day", required=True),
            Field("reason", _("Why"), required=True),
            Field("person_id", _("Person"), "person", also=("person", "with"),
                  hint=_("empty: the account's own")),
        ),
        load_snooze,
        save_snooze,
    )  # fmt: skip


def load_snooze(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """The account's people."""
    filled, details = about(q, context, subject["account_id"])
    return Loaded(filled, {}, (), details)


def save_snooze(_q: BookQueries, subject: Subject, _loaded: Loaded, entered: Entered) -> Call:
    """Let it rest."""
    from planner.use_cases.snoozing import snooze_cadence

    values = {name: entered[name] for name in ("until", "reason", "person_id")}
    return Call(snooze_cadence, (subject["account_id"],), values)
