"""Identifiers: 63 bits, ordered by time, made by the client.

41 bits of milliseconds since 2020-01-01 UTC, 10 bits of writer, 12 bits of counter.
"""

from __future__ import annotations

from collections.abc import Callable

EPOCH_MS = 1_577_836_800_000
WRITER_BITS = 10
COUNTER_BITS = 12
MAX_WRITER = (1 << WRITER_BITS) - 1
MAX_COUNTER = (1 << COUNTER_BITS) - 1
MAX_ID = (1 << 63) - 1


class TimeOrderedIds:
    """Gives ever growing ids; a clock that stands still or runs back does not repeat one."""

    def __init__(self, milliseconds: Callable[[], int], writer: int) -> None:
        if not 0 <= writer <= MAX_WRITER:
            raise ValueError(f"writer must lie between 0 and {MAX_WRITER}")
        self._milliseconds = milliseconds
        self._writer = writer
        self._last_ms = -1
        self._counter = 0

    def __call__(self) -> int:
        """The next id."""
        now = max(self._milliseconds() - EPOCH_MS, 0)
        if now <= self._last_ms:
            self._counter += 1
            if self._counter > MAX_COUNTER:
                self._last_ms += 1
                self._counter = 0
        else:
            self._last_ms = now
            self._counter = 0
        head = self._last_ms << (WRITER_BITS + COUNTER_BITS)
        return (head | (self._writer << COUNTER_BITS) | self._counter) & MAX_ID

    def keep_above(self, row_id: int) -> None:
        """Give only ids above this one, which another writer made: its clock may be ahead."""
        issued = (
            (self._last_ms << (WRITER_BITS + COUNTER_BITS))
            | (self._writer << COUNTER_BITS)
            | self._counter
        )
        if row_id > issued:
            self._last_ms = row_id >> (WRITER_BITS + COUNTER_BITS)
            self._counter = MAX_COUNTER
