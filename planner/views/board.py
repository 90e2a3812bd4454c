"""The board of open complaints: in which lane each stands, and how many stand where.

Named tuples: the board's first page should cost little.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

LANES = ("late", "risk", "ahead", "none", "waiting")
"""By the clock that runs: late or once late, at risk, on its way; without a running clock; and
apart those that wait for the customer, whose clocks stand still."""
SEVERITIES = ("critical", "high", "medium", "low")
BY_CLOCK, BY_SEVERITY = "clock", "severity"
URGENT = ("late", "risk")
RUNNING = ("late", "risk", "ahead")


class Whose(NamedTuple):
    """Whose complaints are shown: those of an owner (and handed to them), of a function, or all."""

    owner_id: int | None = None
    function: str | None = None
    unowned: bool = False


class BoardCount(NamedTuple):
    """How many open complaints share an owner, a hand-off, a severity and a lane."""

    owner_id: int | None
    owner: str | None
    function: str | None
    handed_to_id: int | None
    severity: str
    lane: str
    number: int


class Lane(NamedTuple):
    """A stretch of the board in one order: these lanes of the clock, of one severity or of all."""

    clocks: tuple[str, ...]
    severity: str | None
    rows: int


class Slice(NamedTuple):
    """Rows ``skip`` to ``skip + take - 1`` of a lane."""

    lane: Lane
    number: int
    skip: int
    take: int


class Tally(NamedTuple):
    """The figures of a part of the board."""

    open: int
    late: int
    risk: int
    waiting: int
    handed: int


class OwnerTally(NamedTuple):
    """One line of the lead's view: everybody, a function, or one owner."""

    key: int
    level: str
    words: str | None
    whose: Whose
    tally: Tally


def belongs(one: BoardCount, whose: Whose) -> bool:
    """Whether counted complaints are of those that are shown."""
    if whose.unowned:
        return one.owner_id is None
    if whose.owner_id is not None:
        return whose.owner_id in (one.owner_id, one.handed_to_id)
    return whose.function is None or one.function == whose.function


def tally(counts: Iterable[BoardCount]) -> Tally:
    """The sums."""
    found = list(counts)

    def many(fits: Callable[[BoardCount], bool]) -> int:
        return sum(one.number for one in found if fits(one))

    return Tally(
        sum(one.number for one in found),
        many(lambda one: one.lane == "late"),
        many(lambda one: one.lane == "risk"),
        many(lambda one: one.lane == "waiting"),
        many(lambda one: one.handed_to_id is not None),
    )


def lanes_of(counts: Iterable[BoardCount], order: str) -> list[Lane]:
    """The stretches of the board from top to bottom, empty ones left out.

    By clock: what is late and what is at risk by severity, then the rest by its next clock. By
    severity: all that runs by severity, then the rest. In each the next due comes first.
    """
    found = list(counts)
    if order == BY_SEVERITY:
        wanted: list[tuple[tuple[str, ...], str | None]] = [(RUNNING, one) for one in SEVERITIES]
    else:
        wanted = [((clock,), one) for clock in URGENT for one in SEVERITIES]
        wanted.append((("ahead",), None))
    wanted += [(("none",), None), (("waiting",), None)]
    lanes = []
    for clocks, severity in wanted:
        count = sum(
            one.number
            for one in found
            if one.lane in clocks and (severity is None or one.severity == severity)
        )
        if count:
            lanes.append(Lane(clocks, severity, count))
    return lanes


def slices(lanes: Sequence[Lane], offset: int, count: int) -> list[Slice]:
    """Which rows of which lanes are the board's rows ``offset`` to ``offset + count - 1``."""
    found, start = [], 0
    for number, lane in enumerate(lanes):
        first, last = max(offset, start), min(offset + count, start + lane.rows)
        if first < last:
            found.append(Slice(lane, number, first - start, last - first))
        start += lane.rows
    return found


def tallies(counts: Sequence[BoardCount], functions: Sequence[str]) -> list[OwnerTally]:
    """Everybody, then each function, then each owner by what is late, at risk and open."""
    lines = [OwnerTally(-1, "all", None, Whose(), tally(counts))]
    for number, function in enumerate(functions):
        of_it = [one for one in counts if one.function == function]
        if of_it:
            whose = Whose(function=function)
            lines.append(OwnerTally(-2 - number, "function", function, whose, tally(of_it)))
    owners: dict[int | None, list[BoardCount]] = {}
    for one in counts:
        owners.setdefault(one.owner_id, []).append(one)
    people = [
        OwnerTally(
            owner_id or 0,
            "owner",
            found[0].owner,
            Whose(unowned=True) if owner_id is None else Whose(owner_id),
            tally(found),
        )
        for owner_id, found in owners.items()
    ]
    people.sort(key=lambda line: (*(-n for n in line.tally[1:3]), -line.tally.open, line.key))
    return lines + people


class BoardPlaces:
    """Where keyset pages may go on: the (next due, id) at known places of the lanes."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], tuple[str | None, int]] = {}

    def remember(self, number: int, place: int, due: str | None, row_id: int) -> None:
        """The row before ``place`` of a lane has this key."""
        self._known[number, place] = (due, row_id)

    def nearest(self, number: int, place: int) -> tuple[int, tuple[str | None, int] | None]:
        """The last known place of a lane at or before one, and the key to read on from there."""
        before = [known for lane, known in self._known if lane == number and known <= place]
        best = max(before, default=0)
        return best, self._known.get((number, best))
