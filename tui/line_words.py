"""What is said of a line to a server that is cut, and when it is back."""

from __future__ import annotations

from planner.acting import Done
from planner.errors import Offline
from planner.language import gettext as _


def how_it_goes_on(*, copied: bool) -> str:
    """That the line is cut, and what works without it; ``copied``: there is a copy to read."""
    if not copied:
        return _("The line to the server is cut, and no copy of the book is on this machine.")
    return _(
        "The line to the server is cut. What you log is kept and saved later; "
        "changes of records have to wait."
    )


def what_became(done: Done | None) -> str:
    """Whether a save was kept whose answer was lost; ``done`` is what it did."""
    if done is not None:
        return _("What was being saved when the line broke is saved: {what}").format(
            what=done.summary
        )
    return _(
        "What was being saved when the line broke was not saved. "
        "What you typed in a form is kept as its draft."
    )


def has_to_wait() -> Offline:
    """Why a change of a record is not saved while the line is cut."""
    return Offline(
        _(
            "The line to the server is cut. A change of what is in the book waits for it: nothing "
            "was saved, and what you typed in a form is kept as its draft."
        )
    )


def back_words(saved: int, refused: list[str]) -> str:
    """That the line is back, and what became of what waited."""
    words = [_("The line is back.")]
    if saved:
        words.append(_("Saved: {count} that waited.").format(count=saved))
    if refused:
        words.append(
            _(
                "Refused, and kept on this machine: {count}. {why} See: trustplan outbox list"
            ).format(count=len(refused), why=refused[0])
        )
    return " ".join(words)
