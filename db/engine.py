"""What the rest of ``db`` knows of an engine: one connection with named parameters.

SQL text is the common subset with ``:name`` parameters; an engine adapter translates it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from types import TracebackType
from typing import Any, Literal, Protocol

from planner.errors import TrustplanError

Mode = Literal["write", "read"]
Params = Mapping[str, Any]
NO_PARAMS: Params = {}
STREAMED = 500
"""How many rows of a stream are held at once."""


class Interrupted(TrustplanError):
    """A read was stopped because its answer is no longer wanted."""


class Translator:
    """Turns an engine's errors into sentences on the way out of a ``with`` block.

    ``sentence_for`` gives the sentence, or None for a mistake of the program, which stays one.
    """

    __slots__ = ("_sentence_for",)

    def __init__(self, sentence_for: Callable[[BaseException], TrustplanError | None]) -> None:
        self._sentence_for = sentence_for

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, _kind: object, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if error is not None:
            sentence = self._sentence_for(error)
            if sentence is not None:
                raise sentence from error


class Connection(Protocol):
    """One connection of one thread. Every method raises the errors of ``planner.errors``."""

    engine: Literal["sqlite", "postgres"]
    read_only: bool

    def rows(self, sql: str, params: Params = NO_PARAMS) -> list[tuple[Any, ...]]:
        """All rows as tuples."""

    def maps(self, sql: str, params: Params = NO_PARAMS) -> list[dict[str, Any]]:
        """All rows as dictionaries by column name."""

    def rows_of(self, questions: Sequence[str], params: Params) -> list[list[tuple[Any, ...]]]:
        """``rows`` of several statements with the same parameters, asked in one go."""

    def maps_of(self, questions: Sequence[str], params: Params) -> list[list[dict[str, Any]]]:
        """``maps`` of several statements with the same parameters, asked in one go."""

    def stream(self, sql: str, params: Params = NO_PARAMS) -> Iterator[tuple[Any, ...]]:
        """The rows one after the other, a bounded number of them in memory; as of one moment."""

    def one(self, sql: str, params: Params = NO_PARAMS) -> tuple[Any, ...] | None:
        """The first row, or None."""

    def run(self, sql: str, params: Params = NO_PARAMS) -> int:
        """Execute and return the number of rows changed."""

    def run_many(self, sql: str, params: Iterable[Params]) -> None:
        """Execute once for each set of parameters."""

    def run_rows(self, sql: str, rows: Sequence[Params]) -> None:
        """``run_many`` for rows of one table, no two with the same key; parameters are named as
        the columns. An INSERT of values, or an UPDATE by one column."""

    def together(self) -> AbstractContextManager[None]:
        """What is written inside goes in one go; nothing is read there."""

    def begin(self) -> None:
        """Start a transaction that may write."""

    def commit(self) -> None:
        """End it, keeping everything."""

    def rollback(self) -> None:
        """End it, keeping nothing; harmless without a transaction."""

    def aside(self) -> AbstractContextManager[None]:
        """Let a reading connection make temporary tables inside; the book stays as it is."""

    def snapshot(self) -> AbstractContextManager[None]:
        """Everything read inside is of one moment, whatever others save meanwhile."""

    def defer_references(self) -> None:
        """Until the end of this transaction, let rows come before those that they refer to."""

    def settle_references(self) -> None:
        """Check now what was deferred, where the engine can; what cannot waits for the commit."""

    def copy_rows(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Add rows to a table as they are, in the fastest way the engine has."""

    def schema_number(self) -> int:
        """The number of the newest migration in the book; 0 where there is none."""

    def may_write(self) -> bool:
        """Whether whoever is connected may save anything in the book."""

    def member_name(self) -> str | None:
        """Who the server says is connected; None on a file, and for who is no member."""

    def interrupt(self) -> None:
        """Stop the statement that runs now; callable from another thread."""

    def close(self) -> None:
        """Give the connection back."""


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """One transaction that may write: kept at the end of the block, dropped on any error."""
    connection.begin()
    try:
        yield
        connection.commit()
    except BaseException:
        connection.rollback()
        raise


def placeholders(prefix: str, values: Sequence[Any]) -> tuple[str, dict[str, Any]]:
    """The text ``:p0,:p1`` and its parameters, for ``IN (...)`` in the common subset."""
    names = {f"{prefix}{index}": value for index, value in enumerate(values)}
    return ",".join(f":{name}" for name in names) or "NULL", names
