"""Samples of a quantity and of its floor from the same rounds, and what they come to."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Figure:
    """One line of the bench: what was measured against which floor.

    With ``difference`` the figure is the difference to the floor, else the ratio; both by medians.
    """

    name: str
    unit: str
    bound: float
    floor_name: str
    difference: bool = False
    samples: list[float] = field(default_factory=list)
    floors: list[float] = field(default_factory=list)

    def add(self, sample: float, floor: float) -> None:
        """One round."""
        self.samples.append(sample)
        self.floors.append(floor)

    @property
    def value(self) -> float:
        """The ratio or the difference of the medians."""
        sample, floor = statistics.median(self.samples), statistics.median(self.floors)
        return sample - floor if self.difference else sample / floor

    @property
    def ok(self) -> bool:
        """Whether the figure keeps to its bound."""
        return self.value <= self.bound

    def line(self) -> str:
        """The figure as people read it."""
        sign = "+" if self.difference else "x"
        verdict = "ok" if self.ok else "PAST ITS BOUND"
        return (
            f"{self.name:44} {sign}{self.value:6.2f}  bound {self.bound:5.1f}  {verdict:14}"
            f" median {statistics.median(self.samples):8.2f} {self.unit}, floor"
            f" {statistics.median(self.floors):8.2f} ({self.floor_name}),"
            f" {len(self.samples)} rounds"
        )

    def as_json(self) -> dict[str, Any]:
        """The figure for bench.json."""
        return {
            "name": self.name,
            "unit": self.unit,
            "floor": statistics.median(self.floors),
            "floor_name": self.floor_name,
            "median": statistics.median(self.samples),
            "min": min(self.samples),
            "max": max(self.samples),
            "difference" if self.difference else "ratio": self.value,
            "rounds": len(self.samples),
            "bound": self.bound,
            "ok": self.ok,
        }
