"""Growth: what each buying centre has of what we sell, and the deals on the way. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from planner.language import gettext as _
from planner.selling import push_warning
from planner.views.plan import OpportunityRow, PlanPage
from planner.whitespace_grid import OPEN_STATES, Grid, GridCell, whitespace_grid
from tui.screens.account_view import AccountView
from tui.screens.account_words import amount, day, flowing, line, who
from tui.screens.plan_sections.entries import entry_lines
from tui.widgets.cells import Cell, fit
from tui.widgets.document import Line

GRID_LEAST = 40
CENTRE_LEAST = 8
SIGNS = {
    "owned": ("●", "good"),
    "pipeline": ("◐", "warn"),
    "gap": ("○", ""),
    "competitor": ("✗", "late"),
    "not_eligible": ("–", "muted"),
    "unknown": ("?", "muted"),
}


def state_words(state: str) -> str:
    """What a cell of the grid says."""
    return {
        "owned": _("owned"),
        "pipeline": _("pipeline"),
        "gap": _("gap"),
        "competitor": _("competitor"),
        "not_eligible": _("not eligible"),
        "unknown": _("unknown"),
    }.get(state, state)


def growth_lines(view: AccountView, plan: PlanPage, width: int) -> Iterable[Line]:
    """A warning where selling would harm, the grid, what could be won, and open deals."""
    grid = whitespace_grid(plan.products, plan.whitespace)
    deals = [one for one in plan.opportunities if one.closed_on is None]
    problems = list(entry_lines(plan, "growth"))
    if not (plan.whitespace or deals or problems):
        return
    warning = push_warning(*_mood(view))
    if warning:
        yield flowing("  ", ("! ", "late"), (warning, "warn"), hang=4)
    if plan.whitespace:
        yield from _grid(grid, width)
        yield from _open_cells(grid, view)
    yield from problems
    for one in deals:
        yield _deal(one, view)


def _mood(view: AccountView) -> tuple[str | None, list[str]]:
    critical = [
        one.number
        for one in view.page.complaints
        if one.severity == "critical" and one.resolved_on is None
    ]
    return (view.page.health.band if view.page.health else None), critical


def _grid(grid: Grid, width: int) -> Iterable[Line]:
    """Products down, buying centres across, each cell a sign and its word."""
    if width < GRID_LEAST:
        return
    names = max(10, (width - 2) // 3)
    each = max(CENTRE_LEAST, (width - 2 - names) // max(1, len(grid.centres)))
    most = max(1, (width - 2 - names) // each)
    head = "".join(fit(one, each - 1) + " " for one in grid.centres[:most])
    left_out = len(grid.centres) - most
    more = f" +{left_out}" if left_out > 0 else ""
    yield line("  ", (fit("", names) + head.rstrip() + more, "head"))
    for row in grid.rows:
        cells: list[Cell] = []
        for cell in row.cells[:most]:
            sign, style = SIGNS[cell.state]
            cells += [(f"{sign} ", style), fit(state_words(cell.state), each - 3) + " "]
        yield line("  ", fit(row.product, names - 1) + " ", *cells,
                   key=f"product:{row.product_id}")  # fmt: skip


def _open_cells(grid: Grid, view: AccountView) -> Iterable[Line]:
    """What could still be won, the largest first, and how much that is in all."""
    said = [_("{amount} could still be won").format(
        amount=amount(grid.open_minor, view.currency))]  # fmt: skip
    if grid.penetration is not None:
        said.append(_("{percent} % of what they could buy is ours").format(
            percent=f"{grid.penetration:f}"))  # fmt: skip
    yield flowing("  ", (" · ".join(said), "muted"), hang=4)
    found: list[tuple[str, GridCell]] = [
        (row.product, cell)
        for row in grid.rows
        for cell in row.cells
        if cell.state in OPEN_STATES and cell.potential_minor
    ]
    for product, cell in sorted(found, key=lambda one: -(one[1].potential_minor or 0))[:3]:
        words = _("{product} for {centre}").format(product=product, centre=cell.centre)
        rest = [state_words(cell.state), amount(cell.potential_minor, view.currency)]
        if cell.competitor:
            rest.append(cell.competitor)
        yield flowing("  ", words, (" · " + " · ".join(rest), "muted"),
                      key=f"whitespace:{cell.id}", hang=4)  # fmt: skip


def _deal(one: OpportunityRow, view: AccountView) -> Line:
    stages = {
        "identified": _("identified"),
        "qualified": _("qualified"),
        "proposed": _("proposed"),
        "won": _("won"),
        "lost": _("lost"),
    }
    said = [stages.get(one.stage, one.stage)]
    if one.value_minor is not None:
        said.append(amount(one.value_minor, view.currency))
    said.append(who(one.owner_id, one.owner, view.me))
    spans: list[Cell] = ["  ", ("→ ", "key"), one.opportunity, (" · " + " · ".join(said), "muted")]
    if one.next_step:
        when = f" {day(one.next_step_on, view.today)}" if one.next_step_on else ""
        late = bool(one.next_step_on and one.next_step_on < view.today.isoformat())
        words = _(" · next: {step}{when}").format(step=one.next_step, when=when)
        spans.append((words, "late" if late else ""))
    else:
        spans.append((" · " + _("no next step"), "gap"))
    return flowing(*spans, key=f"opportunity:{one.id}", hang=4)
