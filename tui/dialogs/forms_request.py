"""What they asked for: the form that keeps it, and its fields in the form of a contact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.language import gettext as _
from planner.requests import asked_words
from planner.vocabulary import REQUEST_KINDS
from tui.dialogs.loading import about, check_one_of_us, label, me, options
from tui.dialogs.spec import Call, Context, Entered, Field, FormSpec, Loaded, Subject
from tui.due_words import day_words
from tui.widgets.cells import cut

if TYPE_CHECKING:
    from planner.views.requests import RequestRow
    from tui.composition import BookQueries

LONGEST_WORDS = 60


def specs() -> dict[str, FormSpec]:
    """The forms of this file by name."""
    return {"request": request_form()}


def request_form() -> FormSpec:
    """Something that an account asked for (``account_id``)."""
    return FormSpec(
        "request",
        _("They asked for"),
        (
            Field("request", _("What"), "choice", REQUEST_KINDS),
            Field("action", _("In words"), hint=_("a quote for the second site")),
            Field("asked_by_id", _("Asked by"), "person", also=("asked_by",)),
            Field("asked_on", _("Asked on"), "past_day", required=True),
            Field("due_on", _("Answer by"), "day", also=("due",)),
            Field("owner_id", _("Ours"), "colleague"),
        ),
        load_request,
        save_request,
    )


def load_request(q: BookQueries, subject: Subject, context: Context) -> Loaded:
    """Asked today and mine; when the answer is due follows from the book's setting."""
    from planner.requests import days_of

    filled, details = about(q, context, subject["account_id"])
    texts = {"request": "information", "asked_on": _("today"), "owner_id": me(filled)}
    person = label(filled.people, subject.get("person_id"))
    if person:
        texts["asked_by_id"] = person
    days = days_of(q.settings())
    hints = {"due_on": _("empty: {days} business days after that").format(days=days)}
    return Loaded(filled, {name: text for name, text in texts.items() if text}, (), details, hints)


def save_request(_q: BookQueries, subject: Subject, loaded: Loaded, entered: Entered) -> Call:
    """Keep it."""
    from planner.use_cases.requests import add_request

    check_one_of_us(loaded, entered)
    values = entered.given(("action", "asked_by_id", "due_on", "asked_on", "owner_id"))
    return Call(add_request, (subject["account_id"], entered["request"]), values)


# In the form of a contact


def asking_fields() -> tuple[Field, ...]:
    """The fields of a contact for what they ask for in it."""
    more = True
    return (
        Field("asks", _("They ask"), "choice", options(*REQUEST_KINDS), more=more),
        Field("asks_what", _("  what"), more=more),
        Field("asks_due", _("  by"), "day", more=more),
    )


def answer_choices(q: BookQueries, account_id: int) -> tuple[tuple[str, str], ...]:
    """(id, words) of what the account asked for and has no answer to, by due day."""
    return tuple((str(row.id), _words(row)) for row in q.requests.open_at(account_id))


def answer_hint(q: BookQueries, account_id: int, who: str) -> str:
    """What the likely person of a contact waits for; the choice stays with the one who logs."""
    for row in q.requests.open_at(account_id):
        if row.asked_by and row.asked_by in who:
            return _("{name} waits: does this answer it?").format(name=row.asked_by)
    return _("does this answer it?")


def asking_values(entered: Entered) -> dict[str, Any]:
    """What ``log_touchpoint`` is told of requests."""
    from planner.use_cases.requests import Asked

    values: dict[str, Any] = {}
    if entered["asks"]:
        asked = Asked(entered["asks"], entered["asks_what"] or "", due_on=entered["asks_due"])
        values["asked"] = (asked,)
    if entered["answers_id"] is not None:
        values["requests_answered"] = (int(entered["answers_id"]),)
    return values


def _words(row: RequestRow) -> str:
    from datetime import date

    asked = " ".join(asked_words(row.request, row.action).split())
    due = "" if row.due_on is None else _(", due {day}").format(
        day=day_words(date.fromisoformat(row.due_on))
    )  # fmt: skip
    return cut(asked, LONGEST_WORDS) + due
