"""What success looks like for a segment: a metric, and from where on a goal of it is well."""

from __future__ import annotations

from pydantic import model_validator

from planner.entity import Entity, Line, Name, Note

MOST = 1e15


class SuccessCriterion(Entity):
    """Goals with this metric, in accounts of the segment, take their status from it.

    ``segment``: a filter in the language of the accounts list; empty for every account. With
    ``good`` above ``poor`` more is better, else less: at good or better a goal is on track, at poor
    or worse off track, at risk between. Without ``poor`` nothing lies between.
    """

    name: Name
    segment: Line = ""
    metric: Name
    unit: Line | None = None
    good: float
    poor: float | None = None
    less_is_better: bool = False
    note: Note | None = None

    @model_validator(mode="after")
    def _consistent(self) -> SuccessCriterion:
        for field in ("good", "poor"):
            value = getattr(self, field)
            if value is not None and not -MOST < value < MOST:
                raise ValueError(f"{field}: it is no usable number")
        if self.poor is None:
            return self
        if self.poor == self.good or (self.poor > self.good) != self.less_is_better:
            raise ValueError("poor: it must be worse than good")
        return self
