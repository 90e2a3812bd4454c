"""The forms of an account and of the team that serves it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.errors import FieldProblem, Refused
from planner.language import gettext as _
from planner.vocabulary import FUNCTIONS, KEEP_CLASSES, STAGES
from tui.dialogs.loading import about, label, me, numbers, options, record_texts, with_colleagues
from tui.dialogs.spec import Call, Context, Entered, Field, FormSpec, Loaded, Subject

if TYPE_CHECKING:
    from tui.composition import BookQueries

OWN = (
    "name", "tier", "stage", "keep_class", "keep_reason", "owner_id", "sector", "country", "tags",
    "cadence_days", "calendar_id", "note",
)  # fmt: skip
BACKUP, DUTY = "backup_", "duty_"
"""How the fields of who stands in, and of what a seat looks after, begin."""


def specs() -> dict[str, FormSpec]:
    """The forms of this file by name."""
    return {"account": account_form(), "team": team_form()}


def account_form() -> FormSpec:
    """A new account, or one to change (``account_id``)."""
    levels = options("1", "2", "3")
    more = True
    return FormSpec(
        "account",
        _("Account"),
        (
            Field("name", _("Name"), required=True),
            Field("tier", _("Tier"), "choice", levels),
            Field("stage", _("Stage"), "choice", options(*STAGES)),
            Field("keep_class", _("Keep"), "choice", options(*KEEP_CLASSES)),
            Field("keep_reason", _("Why"), hint=_("the reason of the keep class")),
            Field("owner_id", _("Owner"), "colleague"),
            Field("sector", _("Sector"), more=more),
            Field("country", _("Country"), more=more),
            Field("parent_id", _("Parent"), "account", more=more, hint=_("name of an account")),
            Field("tags", _("Tags"), "tags", more=more, hint=_("with commas")),
            Field("cadence_days", _("Cadence"), "whole", more=more, hint=_("days, 0 for none")),
            Field("celebrate", _("Celebrate"), more=more, hint=_("what: founded, went live")),
            Field("celebrate_on", _("  on"), "past_day", more=more, also=("celebration_day",)),
            Field("calendar_id", _("Calendar"), "choice", more=more, also=("calendar",)),
            Field("note", _("Note"), "note", more=more),
        ),
        load_account,
        save_account,
        more_words=_("sector · country · parent · tags · cadence · dates · note"),
    )


def load_account(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """The account's own values; for a new one I am its owner."""
    account_id = subject.get("account_id")
    if account_id is None:
        filled = with_colleagues(q, context)
        mine = {"owner_id": me(filled)} if me(filled) else {}
        return Loaded(filled, mine, **_calendars(q))
    filled, details = about(q, context, account_id)
    record = q.record("account", account_id)
    texts = record_texts(record, OWN, filled)
    head = q.account.head(account_id)
    if head.parent:
        texts["parent_id"] = head.parent
    return Loaded(filled, texts, (record,), details, **_calendars(q))


def _calendars(q: BookQueries) -> dict[str, Any]:
    """The calendars to choose from; where there are none the field is hidden."""
    named = tuple((str(row.id), row.name) for row in q.calendars.each())
    if not named:
        return {"hidden": frozenset({"calendar_id"})}
    return {"options": {"calendar_id": (("", _("the book's")), *named)}}


def save_account(q: BookQueries, _subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Add or change the account, and keep the date to celebrate."""
    from planner.use_cases.account_records import keep_account

    record = loaded.records[0] if loaded.records else None
    own = entered.given(OWN) if record is None else entered.only_changed(OWN)
    if "calendar_id" in own:
        own["calendar_id"] = int(own["calendar_id"]) if own["calendar_id"] else None
    if "tags" in own:
        own["tags"] = tuple(own["tags"] or ())
    if "parent_id" in entered.changed:
        own["parent_id"] = _parent(q, entered["parent_id"])
    celebration = None
    if entered["celebrate"] or entered["celebrate_on"]:
        celebration = (entered["celebrate"] or "", entered["celebrate_on"])
    values = numbers(own, "tier")
    return Call(keep_account, (record,), {"celebration": celebration, **values})


def _parent(q: BookQueries, name: str | None) -> int | None:
    if not name:
        return None
    try:
        return q.names.account(name)
    except Refused as error:
        raise Refused(str(error), [FieldProblem("parent_id", str(error), name)]) from None


def team_form() -> FormSpec:
    """Who serves an account (``account_id``): one colleague per function, and who stands in."""
    labels = {
        "marketing": _("Marketing"),
        "sales": _("Sales"),
        "success": _("Success"),
        "service": _("Service"),
    }
    behind = (
        field
        for function in FUNCTIONS
        for field in (
            Field(BACKUP + function,
                  _("{function} backup").format(function=labels[function]), "colleague", more=True,
                  hint=_("who stands in")),
            Field(DUTY + function, _("  for"), more=True, hint=_("what the seat looks after")),
        )
    )  # fmt: skip
    return FormSpec(
        "team",
        _("Team"),
        (*(Field(function, labels[function], "colleague") for function in FUNCTIONS), *behind),
        load_team,
        save_team,
        more_words=_("who stands in · what each looks after"),
    )


def load_team(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """The seats as they are filled."""
    filled, details = about(q, context, subject["account_id"])
    texts: dict[str, str] = {}
    for seat in q.account.team(subject["account_id"]):
        texts[seat.function] = label(filled.colleagues, seat.colleague_id)
        texts[BACKUP + seat.function] = label(filled.colleagues, seat.backup_id)
        texts[DUTY + seat.function] = seat.responsibility or ""
    return Loaded(filled, {name: text for name, text in texts.items() if text}, (), details)


def save_team(_q: BookQueries, subject: Subject, _loaded: Loaded, entered: Entered) -> Call:
    """Name the seats that were changed, with who stands in and what they look after."""
    from planner.use_cases.team import name_team

    values: dict[str, Any] = {"seats": entered.only_changed(FUNCTIONS)}
    for argument, prefix in (("backups", BACKUP), ("responsibilities", DUTY)):
        changed = entered.only_changed(prefix + function for function in FUNCTIONS)
        if changed:
            values[argument] = {name.removeprefix(prefix): value for name, value in changed.items()}
    return Call(name_team, (subject["account_id"],), values)
