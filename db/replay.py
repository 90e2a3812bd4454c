"""Saves what waited for the server: each operation once, the oldest first."""

from __future__ import annotations

from db.book import Book
from db.outbox import Outbox
from planner.errors import BookUnavailable, Refused, TrustplanError
from planner.language import gettext as _
from planner.queued import Waiting, decode
from planner.use_cases.naming import with_named_owners


def replay(book: Book, outbox: Outbox) -> tuple[int, list[Waiting]]:
    """Save everything that waits; how many were saved, and what was refused.

    Raises ``Offline`` where the line is cut again; what was not saved then waits on.
    """
    saved, refused = 0, []
    for entry in outbox.waiting():
        sentence = replay_one(book, outbox, entry)
        if sentence:
            refused.append(entry._replace(refused=sentence))
        else:
            saved += 1
    return saved, refused


def replay_one(book: Book, outbox: Outbox, entry: Waiting) -> str:
    """Save one operation; the sentence with which the book refused it, else an empty text.

    One that was saved before, its answer lost, is not done again. Raises ``BookUnavailable``,
    of which ``Offline`` is one: then it waits on.
    """
    try:
        if book.know_actor().name != entry.actor:
            raise Refused(
                _("{who} logged this, and {now} is here now.").format(
                    who=entry.actor, now=book.actor.name
                )
            )
        call = decode(entry.use_case, entry.arguments)
        book.run_once(entry.op_id, with_named_owners(call.use_case), *call.args, **call.kwargs)
    except BookUnavailable:
        raise
    except TrustplanError as error:
        outbox.refuse(entry.op_id, str(error))
        return str(error)
    outbox.done(entry.op_id)
    return ""
