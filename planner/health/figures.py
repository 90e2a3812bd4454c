"""The parts a score is made of: a reading, a measure with its share, a dimension.

Named tuples: a score makes a dozen of them, and they are made twice as fast as data classes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple


class Reading(NamedTuple):
    """A measure's figure (0 to 100), its confidence (0 to 1), its source row ids, and the facts
    from which the sentence about it is made when somebody asks."""

    score: float
    confidence: float = 1.0
    rows: tuple[int, ...] = ()
    facts: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class MeasureWeight:
    """One line of a profile's table."""

    id: str
    dim: str
    weight: float


class Measure(NamedTuple):
    """One measure in a score; unknown when its reading is None.

    `share`: per cent of raw that it carries (W_eff, 0 when unknown).
    `lost`: points of 100 that it takes away.
    """

    line: MeasureWeight
    reading: Reading | None
    share: float = 0.0
    lost: float = 0.0

    @property
    def id(self) -> str:
        return self.line.id

    @property
    def dim(self) -> str:
        return self.line.dim

    @property
    def weight(self) -> float:
        """The weight in the profile's table."""
        return self.line.weight

    @property
    def score(self) -> float | None:
        """0 to 100, None when unknown."""
        return None if self.reading is None else self.reading.score

    @property
    def confidence(self) -> float:
        """0 to 1, 0 when unknown."""
        return 0.0 if self.reading is None else self.reading.confidence

    @property
    def rows(self) -> tuple[int, ...]:
        """Ids of the source rows; planner.health.explain.ROW_KINDS says of which table."""
        return () if self.reading is None else self.reading.rows

    @property
    def facts(self) -> tuple[Any, ...]:
        """What the sentence is made of; see the measure's function."""
        return () if self.reading is None else self.reading.facts

    @property
    def why(self) -> str:
        """Where the figure comes from, in a sentence."""
        from planner.health.wording import measure_why

        return measure_why(self.id, self.reading)


class Dimension(NamedTuple):
    """One dimension in a score; `score` is None when none of its measures is known."""

    id: str
    weight: float
    score: float | None
