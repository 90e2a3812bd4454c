"""Plan templates: what a plan of a tier and stage starts with, read from a file of a person's.

Pure: a template comes as the mapping that TOML gives, with the file's name for what is said of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planner.language import gettext as _
from planner.readiness import SECTION_NUMBERS
from planner.text import name_key
from planner.vocabulary import PLAN_SIZES, ROLES, SIDES, STAGES, TIERS
from planner.written_file import FileProblem, Table

MAX_SUGGESTED_OBJECTIVES = 5
"""As many goals as a plan holds."""
MAX_DAYS = 3_650
MAX_PERIOD_MONTHS = 60
AUTO = "auto"
"""The word that stands for the template of the account's tier and stage; no template's name."""


@dataclass(frozen=True, slots=True)
class SuggestedObjective:
    """A goal that a plan starts with; due so many days after the start."""

    objective: str
    metric: str | None = None
    unit: str | None = None
    baseline: float | None = None
    target: float | None = None
    priority: int = 2
    due_after_days: int | None = None


@dataclass(frozen=True, slots=True)
class SuggestedAction:
    """An action that a plan starts with."""

    action: str
    due_after_days: int
    done_means: str
    side: str = "we"
    promised: bool = False
    shared: bool = False


@dataclass(frozen=True, slots=True)
class PlanTemplate:
    """What a plan starts with. Without ``tiers`` or ``stages`` it is for all of them; without
    ``size`` the tier chooses."""

    name: str
    about: str | None
    tiers: tuple[int, ...]
    stages: tuple[str, ...]
    size: str | None = None
    sections: tuple[str, ...] = ()
    needed_roles: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    north_star: str | None = None
    north_star_target: str | None = None
    period_months: int | None = None
    review_every_days: int | None = None
    objectives: tuple[SuggestedObjective, ...] = ()
    actions: tuple[SuggestedAction, ...] = ()

    def fits(self, tier: int | None, stage: str | None) -> bool:
        """Whether it is for accounts like this; without a tier one counts as tier 3."""
        return (not self.tiers or (tier or TIERS[-1]) in self.tiers) and (
            not self.stages or stage in self.stages
        )


def template_for(
    templates: Iterable[PlanTemplate], tier: int | None, stage: str | None
) -> PlanTemplate | None:
    """The template that says most about an account like this; None when none is for it.

    One that names the stage comes before one that names the tier; then the fewer tiers it names,
    the better; then by name.
    """
    fitting = [one for one in templates if one.fits(tier, stage)]
    return min(fitting, key=_how_general, default=None)


def _how_general(template: PlanTemplate) -> tuple[int, int, str]:
    return (
        len(template.stages) or len(STAGES) + 1,
        len(template.tiers) or len(TIERS) + 1,
        name_key(template.name),
    )


def read_template(
    document: Mapping[str, object], file: str
) -> tuple[PlanTemplate | None, tuple[FileProblem, ...]]:
    """The template of a file, and everything that is wrong with it; None when anything is."""
    top = Table(file, document)
    name = top.text("name", needed=True)
    about = top.text("about")
    tiers = top.wholes("tiers", TIERS[0], TIERS[-1])
    stages = top.words("stages", STAGES)
    size = top.word("size", PLAN_SIZES)
    sections = top.words("sections", tuple(SECTION_NUMBERS))
    roles = top.words("needed_roles", ROLES)
    risks = top.texts("risks")
    header = top.table("header")
    objectives = _objectives(top)
    actions = tuple(_action(one) for one in top.tables("actions"))
    north_star = header.text("north_star")
    target = header.text("north_star_target")
    months = header.whole("period_months", 1, MAX_PERIOD_MONTHS)
    review = header.whole("review_every_days", 1, MAX_DAYS)
    header.end()
    top.end()
    if name is not None and name_key(name) == AUTO:
        top.note("name", _("auto stands for the template of the tier; choose another name."))
    if target is not None and north_star is None:
        header.note("north_star_target", _("it needs a north_star to be the target of."))
    if name is None or top.problems:
        return None, tuple(top.problems)
    found = PlanTemplate(
        name, about, tiers, stages, size, sections, roles, risks, north_star, target, months,
        review, objectives, actions,
    )  # fmt: skip
    return found, ()


def _objectives(top: Table) -> tuple[SuggestedObjective, ...]:
    found = tuple(_objective(one) for one in top.tables("objectives"))
    if len(found) > MAX_SUGGESTED_OBJECTIVES:
        top.note(
            "objectives",
            _("there are {number}; a plan holds at most {count}.").format(
                number=len(found), count=MAX_SUGGESTED_OBJECTIVES
            ),
        )
    return found


def _objective(table: Table) -> SuggestedObjective:
    found = SuggestedObjective(
        table.text("objective", needed=True) or "",
        table.text("metric"),
        table.text("unit"),
        table.number("baseline"),
        table.number("target"),
        table.whole("priority", 1, 3) or 2,
        table.whole("due_after_days", 0, MAX_DAYS),
    )
    if found.baseline is not None and found.baseline == found.target:
        table.note("target", _("it equals the baseline, so nothing would change."))
    table.end()
    return found


def _action(table: Table) -> SuggestedAction:
    found = SuggestedAction(
        table.text("action", needed=True) or "",
        table.whole("due_after_days", 0, MAX_DAYS, needed=True) or 0,
        table.text("done_means", needed=True) or "",
        table.word("side", SIDES) or SIDES[0],
        table.yes_no("promised"),
        table.yes_no("shared"),
    )
    table.end()
    return found
