"""``outbox list|save|again|drop``: what was logged without the line to the server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planner.errors import Ambiguous, BookUnavailable, Refused, TrustplanError
from planner.language import gettext as _
from tui.cli.context import Session, pass_session, words
from tui.cli.output import Column, identity, screen_width, table

if TYPE_CHECKING:
    from planner.queued import Waiting
    from tui.composition import Away

NOT_ALL = 1
SHORT = 8
"""So many signs of an entry's name are shown; as many as tell it apart are enough to name it."""


@words()
def outbox() -> None:
    """What was logged while the line to the server was cut.

    The app keeps it on this machine and saves it by itself when the line is back. What the book
    refused then stays here until you let it be tried again or drop it.
    """


@outbox.command("list")
@pass_session
def list_(session: Session) -> None:
    """List what waits and what was refused, in the order in which it was logged."""
    kept = _kept(session)
    entries = _entries(session, kept)
    documents = _documents(session, kept, entries)
    session.show(documents, lambda: _lines(documents))


@outbox.command("save")
@pass_session
def save(session: Session) -> int:
    """Save what waits now. The exit code is 1 where something was refused."""
    kept = _kept(session)
    saved: list[Waiting] = []
    refused: list[Waiting] = []
    with session.writing(make=False) as book:
        for entry in kept.outbox.waiting():
            why = kept.save(book, entry)
            if why:
                refused.append(entry._replace(refused=why))
            else:
                saved.append(entry)
    documents = _documents(session, kept, refused)
    session.show(
        {"saved": [one.op_id for one in saved], "refused": documents},
        lambda: [
            _("Saved: {saved}. Refused: {refused}.").format(saved=len(saved), refused=len(refused)),
            *(_lines(documents) if documents else ()),
        ],
    )
    return NOT_ALL if refused else 0


@outbox.command("again")
@click.argument("entry")
@pass_session
def again(session: Session, entry: str) -> None:
    """Let an ENTRY that was refused be tried again."""
    kept = _kept(session)
    found = _named(_entries(session, kept), entry)
    kept.outbox.retry(found.op_id)
    documents = _documents(session, kept, [found._replace(refused="")])
    session.show(documents[0], lambda: [_("It waits again."), *_lines(documents)])


@outbox.command("drop")
@click.argument("entry")
@pass_session
def drop(session: Session, entry: str) -> None:
    """Forget an ENTRY. It is printed whole, because nothing brings it back."""
    kept = _kept(session)
    found = _named(_entries(session, kept), entry)
    documents = _documents(session, kept, [found])
    kept.outbox.done(found.op_id)
    session.show(
        documents[0],
        lambda: [_("Dropped:"), *_lines(documents), *_whole(documents[0]["arguments"])],
    )


def _kept(session: Session) -> Away:
    start = session.launch
    if not start.address.on_server:
        raise Refused(_("A book in a file has no outbox: what you log is saved at once."))
    return start.away()


def _entries(session: Session, kept: Away) -> list[Waiting]:
    """Everything kept, waiting or refused, in the order in which it was logged."""
    entries = sorted([*kept.outbox.waiting(), *kept.outbox.refused()], key=lambda one: one.at)
    for notice in kept.outbox.notices:
        session.note(notice)
    kept.outbox.notices.clear()
    return entries


def _named(entries: list[Waiting], name: str) -> Waiting:
    """The entry whose name begins so. Raises ``Refused``, ``Ambiguous`` for several."""
    found = [one for one in entries if name and one.op_id.startswith(name.strip().casefold())]
    if not found:
        raise Refused(_("There is no entry {name} in the outbox.").format(name=repr(name)))
    if len(found) > 1:
        raise Ambiguous(
            _("Several entries begin with {name}.").format(name=repr(name)),
            [one.op_id for one in found],
        )
    return found[0]


def _documents(session: Session, kept: Away, entries: list[Waiting]) -> list[dict[str, Any]]:
    """The entries as documents; the accounts' names are those of the copy on this machine."""
    accounts = [_account_of(one) for one in entries]
    names = _names(session, kept, [one for one in accounts if one is not None])
    return [
        {
            "entry": one.op_id,
            "at": one.at,
            "kind": one.use_case,
            "account_id": identity(account),
            "account": None if account is None else names.get(account),
            "text": _text_of(one),
            "arguments": one.arguments,
            "actor": one.actor,
            "refused": one.refused or None,
        }
        for one, account in zip(entries, accounts, strict=True)
    ]


def _names(session: Session, kept: Away, accounts: list[int]) -> dict[int, str]:
    if not accounts:
        return {}
    try:
        book = session.launch.open_copy(kept, session.launch.me.name)
    except BookUnavailable:
        return {}
    try:
        return {one.id: one.name for one in book.queries().accounts.by_ids(accounts)}
    finally:
        book.close()


def _account_of(entry: Waiting) -> int | None:
    from planner.queued import decode

    try:
        first = decode(entry.use_case, entry.arguments).args[0]
    except TrustplanError:
        return None
    return first if isinstance(first, int) else None


def _text_of(entry: Waiting) -> str:
    """The words by which whoever wrote it knows it again: a title, a note, a reason."""
    from planner.queued import decode

    try:
        given = decode(entry.use_case, entry.arguments).kwargs
    except TrustplanError:
        return entry.arguments
    return next((str(given[name]) for name in ("title", "note", "reason") if given.get(name)), "")


def _lines(documents: list[dict[str, Any]]) -> list[str]:
    kinds = {
        "log_touchpoint": _("contact"),
        "rang_without_answer": _("rang"),
        "log_complaint": _("complaint"),
        "give_pulse": _("pulse"),
    }
    return table(
        (
            Column(_("Entry")), Column(_("Logged, UTC")), Column(_("What")),
            Column(_("Account"), cut=True), Column(_("Text"), cut=True),
            Column(_("Refused because"), cut=True),
        ),
        [
            (
                one["entry"][:SHORT], one["at"][:16], kinds.get(one["kind"], one["kind"]),
                one["account"] or one["account_id"], " ".join(one["text"].split()), one["refused"],
            )
            for one in documents
        ],
        empty=_("Nothing waits, and nothing was refused."),
        width=screen_width(),
    )  # fmt: skip


def _whole(arguments: str) -> list[str]:
    from planner.text import visible

    return [visible(arguments)]
