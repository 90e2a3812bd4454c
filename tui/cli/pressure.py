"""How much customers hear from all of us: ``pressure`` of one, ``clashes`` of the next days."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from tui.cli.context import Session, command, pass_session
from tui.cli.output import Column, identity, screen_width, table

if TYPE_CHECKING:
    from planner.pressure import Clash, Pressure, Touch, WindowState
    from tui.composition import Book

DAYS = 14
MOST_DAYS = 366


@command()
@click.argument("name", metavar="PERSON_OR_ACCOUNT")
@pass_session
def pressure(session: Session, name: str) -> None:
    """Say how often all of us contacted a person or an account, and the next free day.

    What is planned counts on its day. Replies in a thread they began and answers of service to
    their own complaint do not count. The caps are settings of the book: pressure.person,
    pressure.account, pressure.vip, and pressure.sell_share.
    """
    with session.reading() as book:
        found = _subject(book, name)
    session.show(_document(found), lambda: _lines(found))


def _subject(book: Book, name: str) -> Pressure:
    from planner.errors import Ambiguous, NotFound

    queries = book.queries()
    kinds = (
        (_("account"), queries.names.account, queries.pressure.account),
        (_("person"), queries.names.person, queries.pressure.person),
    )
    meant = []
    for kind, find, ask in kinds:
        try:
            meant.append((kind, find(name), ask))
        except NotFound:
            continue
    if not meant:
        raise NotFound(_("No person and no account answers to {name}.").format(name=name))
    if len(meant) > 1:
        candidates = [f"{kind} (id {row_id})" for kind, row_id, _ask in meant]
        said = _("A person and an account answer to {name}.").format(name=name)
        raise Ambiguous(said + " " + "; ".join(candidates), candidates)
    _kind, row_id, ask = meant[0]
    return ask(row_id)


def _document(found: Pressure) -> dict[str, Any]:
    binding = found.binding
    return {
        "subject": found.subject.name,
        "window_days": binding.window.days,
        "count": binding.contacts,
        "cap": binding.window.cap,
        "by_function": binding.by_function,
        "next_free": None if found.next_free is None else found.next_free.isoformat(),
        "windows": [_window_document(one) for one in found.windows],
        "as_of": found.on.isoformat(),
    }


def _window_document(state: WindowState) -> dict[str, Any]:
    from planner.pressure import intent_share

    return {
        "window_days": state.window.days,
        "count": state.contacts,
        "cap": state.window.cap,
        "selling_only": state.window.selling,
        "by_function": state.by_function,
        "next_free": None if state.next_free is None else state.next_free.isoformat(),
        "held_by": state.held or None,
        "sell_share": intent_share(state.touches, "sell"),
        "help_share": intent_share(state.touches, "help"),
        "contacts": [_touch_document(one) for one in state.touches],
    }


def _touch_document(touch: Touch) -> dict[str, Any]:
    return {
        "id": identity(touch.id),
        "kind": touch.source,
        "on": touch.on.isoformat(),
        "what": touch.what,
        "function": touch.function,
        "colleague": touch.colleague,
        "intent": touch.intent,
        "planned": touch.planned,
        "account_id": identity(touch.account_id),
    }


def _lines(found: Pressure) -> Iterator[str]:
    from planner.text import visible
    from tui.pressure_words import free_words, held_words, share_words, window_words, wish_words

    subject, today = found.subject, found.on
    yield visible(subject.name) + "   " + _("as of {day}").format(day=today.isoformat())
    for state in found.windows:
        yield "  " + window_words(state, today)
    widest = max(found.windows, key=lambda one: (not one.window.selling, one.window.days))
    for words in (
        held_words(subject, today),
        _("next free day: {day}").format(day=free_words(found.next_free, today)),
        share_words(widest.touches, subject.sell_guide),
        wish_words(subject),
    ):
        if words:
            yield "  " + visible(words)
    ahead = sorted(one for one in subject.touches if one.on > today)
    rows = [_cells(one) for one in (*widest.touches, *ahead)]
    columns = (
        Column(_("Day")), Column(_("What"), cut=True), Column(_("Who"), cut=True),
        Column(_("Function")), Column(_("Intent")), Column(_("Planned")),
    )  # fmt: skip
    yield ""
    yield from table(columns, rows, empty=_("Nobody contacted them."), width=screen_width())


def _cells(touch: Touch) -> tuple[Any, ...]:
    planned = _("planned") if touch.planned else None
    return (
        touch.on.isoformat(), touch.what, touch.colleague, touch.function, touch.intent, planned,
    )  # fmt: skip


@command()
@click.option("--days", type=click.IntRange(1, MOST_DAYS), default=DAYS, metavar="N",
              help=_("So many days ahead, today included. Default: 14."))  # fmt: skip
@pass_session
def clashes(session: Session, days: int) -> None:
    """List planned outreach that would be too much for them: past a cap, quiet, opted out.

    The free day is the earliest to which one of the planned could move.
    """
    with session.reading() as book:
        found = book.queries().pressure.clashes(days)
        today = book.today
    session.show([_clash_document(one, today.isoformat()) for one in found], lambda: _table(found))


def _clash_document(clash: Clash, as_of: str) -> dict[str, Any]:
    free = clash.state.next_free
    return {
        "on": clash.on.isoformat(),
        "kind": clash.subject.kind,
        "id": identity(clash.subject.id),
        "subject": clash.subject.name,
        "account": clash.subject.account,
        "held_by": clash.held,
        "window_days": clash.state.window.days,
        "count": clash.state.contacts,
        "cap": clash.state.window.cap,
        "planned": [_touch_document(one) for one in clash.planned],
        "contacts": [_touch_document(one) for one in clash.state.touches],
        "next_free": None if free is None else free.isoformat(),
        "as_of": as_of,
    }


def _table(found: tuple[Clash, ...]) -> list[str]:
    from tui.pressure_words import clash_words

    columns = (
        Column(_("Day")), Column(_("Who"), cut=True), Column(_("Account"), cut=True),
        Column(_("Planned"), cut=True), Column(_("Why"), cut=True), Column(_("Free")),
    )  # fmt: skip
    rows = [
        (
            one.on.isoformat(), one.subject.name, one.subject.account,
            "; ".join(touch.what for touch in one.planned), clash_words(one, one.on),
            one.state.next_free.isoformat() if one.state.next_free else _("none"),
        )
        for one in found
    ]  # fmt: skip
    return table(columns, rows, empty=_("Nothing planned clashes."), width=screen_width())
