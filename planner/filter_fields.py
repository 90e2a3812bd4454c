"""The fields of the filter language: their types, and what each accepts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from planner.vocabulary import FORECASTS, KEEP_CLASSES, SEVERITIES, STAGES, TIERS

FieldKind = Literal["text", "choice", "whole", "number", "money", "flag"]
BANDS = ("red", "yellow", "green", "grey")
COVERAGES = ("high", "medium", "low")
MAX_NUMBER = 10**13


@dataclass(frozen=True, slots=True)
class FilterField:
    """One field. ``unit`` says what a number counts.

    ``kind``: text and choice know ``:`` alone, flag too; whole, number and money compare as well.
    ``part``: a text that occurs anywhere in the folded value fits; else the whole has to be equal.
    ``may_be_none``: ``field:none`` asks for records where it is not known.
    """

    name: str
    kind: FieldKind
    unit: str = ""
    choices: tuple[str, ...] = ()
    part: bool = False
    may_be_none: bool = True

    @property
    def compares(self) -> bool:
        """Whether ``<`` and the like make sense."""
        return self.kind in ("whole", "number", "money")


_ALL = (
    FilterField("name", "text", part=True, may_be_none=False),
    FilterField("account", "text", part=True, may_be_none=False),
    FilterField("tier", "whole", choices=tuple(str(tier) for tier in TIERS)),
    FilterField("band", "choice", choices=BANDS, may_be_none=False),
    FilterField("health", "number", unit="0 to 100"),
    FilterField("coverage", "choice", choices=COVERAGES),
    FilterField("arr", "money", unit="major units"),
    FilterField("currency", "text"),
    FilterField("renewal", "whole", unit="days to the renewal"),
    FilterField("touch", "whole", unit="days since the last two-way touch"),
    FilterField("complaints", "whole", unit="open complaints", may_be_none=False),
    FilterField("severity", "choice", choices=SEVERITIES),
    FilterField("stage", "choice", choices=STAGES),
    FilterField("sector", "text", part=True),
    FilterField("country", "text"),
    FilterField("owner", "text", part=True),
    FilterField("tag", "text"),
    FilterField("readiness", "number", unit="0 to 100"),
    FilterField("keep", "choice", choices=KEEP_CLASSES),
    FilterField("parent", "text", part=True),
    FilterField("star", "flag", choices=("yes", "no"), may_be_none=False),
    FilterField("trained", "flag", choices=("yes", "no"), may_be_none=False),
)
FIELDS: Mapping[str, FilterField] = {one.name: one for one in _ALL}


def renewal_fields() -> Mapping[str, FilterField]:
    """What the renewals are filtered by: the accounts' fields, and the contract's own."""
    from planner.views.renewals import STATES

    own = (
        FilterField("arr", "money", unit="major units", may_be_none=False),
        FilterField("currency", "text", may_be_none=False),
        FilterField("renewal", "whole", unit="days to the end", may_be_none=False),
        FilterField("notice", "whole", unit="days to the last day for notice"),
        FilterField("forecast", "choice", choices=FORECASTS, may_be_none=False),
        FilterField("state", "choice", choices=STATES, may_be_none=False),
        FilterField("auto_renew", "flag", choices=("yes", "no"), may_be_none=False),
        FilterField("missed", "whole", unit="milestones missed", may_be_none=False),
    )
    return {**FIELDS, **{one.name: one for one in own}}
