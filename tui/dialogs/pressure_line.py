"""Contact pressure under a form: where people stand after a contact, what is planned too much."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from planner.errors import Refused
from planner.pressure import Subject, Touch, pressure_of
from tui.dialogs.reading import read_field
from tui.dialogs.spec import Context, Field, Kind, Loaded, Texts
from tui.pressure_words import after_contact, before_outreach

if TYPE_CHECKING:
    from tui.composition import BookQueries

CONTACT = ("who", "when", "direction", "function", "intent", "thread_id", "complaint_id")
OUTREACH = ("their_owner_id", "due_on", "side")


class PressureLine:
    """The words for the texts of a form, kept until one of the fields that they follow from
    changes: a note is typed without counting anew."""

    def __init__(self, names: tuple[str, ...], words: Callable[[Texts], str]) -> None:
        self._names = names
        self._words_of = words
        self._seen: tuple[str, ...] | None = None
        self._words = ""

    def __call__(self, texts: Texts) -> str:
        seen = tuple(texts.get(name, "") for name in self._names)
        if seen != self._seen:
            self._seen, self._words = seen, self._words_of(texts)
        return self._words


class Known(NamedTuple):
    """Everybody at an account and the account itself, with all that weighs on them."""

    people: tuple[Subject, ...]
    account: tuple[Subject, ...]
    context: Context

    def read(self, name: str, kind: Kind, texts: Texts) -> Any:
        """A field read; None while it is empty or not understood."""
        try:
            return read_field(Field(name, name, kind), texts.get(name, ""), self.context, texts)
        except Refused:
            return None

    def meant(self, ids: Collection[int]) -> list[Subject]:
        """Those of the account who are meant."""
        return [one for one in self.people if one.id in ids]


def contact_line(known: Known, texts: Texts) -> str:
    """Where everybody stands once this contact is logged; nothing where it does not weigh."""
    answers = texts.get("function") == "service" and texts.get("complaint_id")
    when = known.read("when", "when", texts)
    if texts.get("direction") == "in" or texts.get("thread_id") or answers or when is None:
        return ""
    actor, today = known.context.actor, known.context.today
    function, intent = texts.get("function") or None, texts.get("intent") or None
    touch = Touch(when.on, "", function, actor.name, intent)
    full = [one for one in known.account if _at_cap(one.plus(touch), today)]
    people = known.meant(known.read("who", "people", texts) or ())
    return after_contact([*people, *full], touch, today)


def outreach_line(known: Known, texts: Texts) -> str:
    """What speaks against an outreach planned for that day; nothing where nothing does."""
    person = known.read("their_owner_id", "person", texts)
    due = known.read("due_on", "day", texts)
    if texts.get("side") == "they" or person is None or due is None:
        return ""
    touch = Touch(due, "", planned=True)
    return before_outreach([*known.meant((person,)), *known.account], touch, known.context.today)


def _at_cap(subject: Subject, today: date) -> bool:
    state = pressure_of(subject, today).binding
    return state.contacts >= state.window.cap


def with_contact_line(q: BookQueries, loaded: Loaded, account_id: int) -> Loaded:
    """The log form with the pressure on those it may be about."""
    known = Known(
        q.pressure.people_of(account_id), q.pressure.accounts([account_id]), loaded.context
    )
    return replace(loaded, below=PressureLine(CONTACT, partial(contact_line, known)))


def with_outreach_line(q: BookQueries, loaded: Loaded, account_id: int) -> Loaded:
    """The form of an action with the pressure on those it may reach, this action left out."""
    people, account = q.pressure.people_of(account_id), q.pressure.accounts([account_id])
    for record in loaded.records:
        if record.origin == "complaint":
            return loaded
        people = tuple(one.without("action", record.id) for one in people)
        account = tuple(one.without("action", record.id) for one in account)
    known = Known(people, account, loaded.context)
    return replace(loaded, below=PressureLine(OUTREACH, partial(outreach_line, known)))
