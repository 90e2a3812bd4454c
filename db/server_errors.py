"""What the errors of a server mean to people: the driver's kinds as sentences.

Loaded only with the driver.
"""

from __future__ import annotations

from collections.abc import Callable

import psycopg
from psycopg import errors

from db.engine import Interrupted, Translator
from planner.errors import BookUnavailable, Offline, Refused, TrustplanError
from planner.language import gettext as _


def translated() -> Translator:
    """Turn the engine's errors into sentences. A wrong statement stays a programming error."""
    return _TRANSLATOR


def cut_off() -> Offline:
    """The sentence for a line that broke."""
    return Offline(
        _("The line to the server is cut. Nothing was saved; try again when it is back.")
    )


_REFUSALS: tuple[tuple[type[BaseException], Callable[[], TrustplanError]], ...] = (
    (errors.QueryCanceled, lambda: Interrupted(_("The reading was stopped."))),
    (
        errors.LockNotAvailable,
        lambda: BookUnavailable(
            _(
                "Another program is writing to the book and did not finish in time. "
                "Nothing was saved and nothing is lost; try again in a moment."
            )
        ),
    ),
    (
        errors.InsufficientPrivilege,
        lambda: Refused(
            _("Your role on the server does not allow this. Nothing was saved; ask an admin.")
        ),
    ),
    (
        errors.UndefinedTable,
        lambda: BookUnavailable(
            _(
                "The book is gone from the server, or this login may no longer see it. Nothing "
                "was saved; ask its owner."
            )
        ),
    ),
    (
        errors.ReadOnlySqlTransaction,
        lambda: BookUnavailable(_("The book is read-only, so nothing was saved.")),
    ),
    *(
        (kind, lambda: Refused(_("A number is too large to be kept. Nothing was saved.")))
        for kind in (errors.NumericValueOutOfRange, OverflowError)
    ),
    (
        errors.ForeignKeyViolation,
        lambda: Refused(_("It refers to a record that is not in the book. Nothing was saved.")),
    ),
    (
        errors.DiskFull,
        lambda: BookUnavailable(
            _("The disk of the server is full. Nothing was saved; its admin has to make room.")
        ),
    ),
    (
        UnicodeEncodeError,
        lambda: Refused(
            _("A text holds half of a surrogate pair, which is no character. Nothing was saved.")
        ),
    ),
    # After the kinds of its own: what is left of these means that the server is gone.
    (errors.OperationalError, cut_off),
    (errors.InterfaceError, cut_off),
)


def sentence_for(error: BaseException) -> TrustplanError | None:
    """What an error of the engine means to people; None for a mistake of the program."""
    if isinstance(error, psycopg.DataError) and "NUL" in str(error):
        return Refused(_("A text holds a NUL sign, which no store keeps. Nothing was saved."))
    if isinstance(error, errors.UniqueViolation):
        return Refused(
            _("There is a live {what} of this kind already. Nothing was saved.").format(
                what=error.diag.table_name
            )
        )
    return next((make() for kind, make in _REFUSALS if isinstance(error, kind)), None)


_TRANSLATOR = Translator(sentence_for)
