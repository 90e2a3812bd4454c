"""What a command says of contact pressure beside its answer: of a contact, of one planned."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planner.pressure import Subject
    from tui.cli.context import Session
    from tui.composition import Book


def say_after(session: Session, book: Book, touchpoint: Any, people: Iterable[int]) -> None:
    """Print where they stand once a contact is logged; nothing as JSON or where it does not weigh.

    An account is named only where it is at its cap.
    """
    from planner.pressure import Touch, pressure_of
    from planner.text import visible
    from tui.cli.output import print_lines
    from tui.pressure_words import after_contact

    if session.json:
        return
    today, queries = book.today, book.queries().pressure
    found = [*queries.people(list(people)), *queries.accounts([touchpoint.account_id])]
    weighing = [one for one in found if _weighs_on(one, touchpoint.id)]
    full = [
        one for one in weighing
        if one.kind == "person" or pressure_of(one, today).binding.room == 0
    ]  # fmt: skip
    touch = Touch(
        touchpoint.occurred_on, touchpoint.kind, touchpoint.function, book.actor.name,
        touchpoint.intent,
    )  # fmt: skip
    before = [one.without("touchpoint", touchpoint.id) for one in full]
    words = after_contact(before, touch, today)
    if words:
        print_lines([visible(words)])


def _weighs_on(subject: Subject, touchpoint_id: int) -> bool:
    return any((one.source, one.id) == ("touchpoint", touchpoint_id) for one in subject.touches)


def warn_before(session: Session, book: Book, action: Any) -> None:
    """Say on standard error what speaks against an outreach that is planned; it is saved anyhow."""
    from planner.pressure import Touch
    from tui.pressure_words import before_outreach

    if action.side != "we" or action.status != "open" or action.origin == "complaint":
        return
    if action.due_on is None or action.their_owner_id is None:
        return
    queries = book.queries().pressure
    found = [*queries.people([action.their_owner_id]), *queries.accounts([action.account_id])]
    others = [one.without("action", action.id) for one in found]
    words = before_outreach(others, Touch(action.due_on, "", planned=True), book.today)
    if words:
        session.note(words)
