"""The Health tab: band, causes, caps, one fix, and every measure when it is unfolded. Pure.

All figures are those of ``planner.health``; nothing is computed here.
"""

from __future__ import annotations

from datetime import date, timedelta

from planner.health.caps import Cap
from planner.health.explain import Explanation, LostLine, explain
from planner.health.figures import Measure
from planner.health.fixes import Fix
from planner.health.wording import dimension_name, how_to_fill, measure_name
from planner.language import gettext as _
from planner.views.account import AccountPage, SnapshotRow
from planner.views.health_signs import STEADY
from tui.screens.account_view import AccountView, Sheet, Space
from tui.screens.account_words import EMPTY, flowing, heading, line
from tui.widgets.badge import band_badge
from tui.widgets.cells import Cell, fit
from tui.widgets.document import Line

MEASURES = "fold:measures"
SPARKS = "▁▂▃▄▅▆▇█"
WEEKS = 18
POINTS_A_CELL = 4
"""Points lost that one cell of a bar stands for."""
NAME = 18
ROOMY = 70
ONE_LINE = 90
"""Cells from which a measure and its reason stand in one line."""


def explained(page: AccountPage) -> Explanation | None:
    """The explanation of the page's score; None for an archived account."""
    if page.health is None or page.inputs is None:
        return None
    return explain(page.health, page.inputs)


def badge(page: AccountPage) -> tuple[str, str]:
    """The band as glyph, letter and number."""
    score = page.health
    if score is None:
        return band_badge(None, None)
    shown = None if score.band == "grey" else score.shown
    return band_badge(score.band, shown, score.uncertain)


def trend_words(page: AccountPage) -> str:
    """``14 down in 4 weeks``, ``steady for 4 weeks``, ``no trend yet``."""
    change = page.row.trend if page.row else None
    if change is None:
        return _("no trend yet")
    if abs(change) <= STEADY:
        return _("steady for 4 weeks")
    words = _("{points} up in 4 weeks") if change > 0 else _("{points} down in 4 weeks")
    return words.format(points=abs(change))


def known_words(page: AccountPage) -> str:
    """``we know 81 %``: the share of the score that rests on facts."""
    share = page.health.coverage if page.health else 0.0
    return _("we know {percent} %").format(percent=int(share * 100 + 0.5))


def head_spans(page: AccountPage, found: Explanation) -> tuple[Cell, ...]:
    """Badge, trend, how much we know, and the lowest cap or what there is to say instead."""
    text, style = badge(page)
    spans: list[Cell] = [(text, style), "   " + trend_words(page), "   " + known_words(page)]
    if found.caps:
        cap = min(found.caps, key=lambda one: one.max)
        spans.append(("   " + cap_words(cap, page), "warn"))
    elif found.note:
        spans.append(("   " + found.note, "muted"))
    return tuple(spans)


def cap_words(cap: Cap, page: AccountPage) -> str:
    """What a cap is about; ``capped at`` only where it holds the score down now."""
    raw = page.health.raw if page.health else None
    if raw is None or raw <= cap.max:
        return cap.why
    return _("capped at {max}: {why}").format(max=cap.max, why=cap.why)


def lost_words(found: Explanation, most: int = 4) -> str:
    """``complaints 10 · key people 8 · other 12``: points lost by cause."""
    lines = found.lines
    named = [one for one in lines if one.id not in ("cap", "rounding")]
    shown = [f"{one.name} {round(one.lost)}" for one in named[:most]]
    rest = sum(one.lost for one in named[most:])
    if rest >= 0.5:
        shown.append(_("other {points}").format(points=round(rest)))
    shown += [_("cap {points}").format(points=round(one.lost)) for one in lines if one.id == "cap"]
    return " · ".join(shown)


def fix_words(fix: Fix) -> str:
    """What to do, and whether it lifts a cap."""
    return _("{fix}, lifts the cap").format(fix=fix.text) if fix.lifts_cap else fix.text


def spark(snapshots: tuple[SnapshotRow, ...], today: date) -> str:
    """The newest score of each of the last weeks as bars, a gap where there is none."""
    monday = today - timedelta(days=today.weekday())
    newest: dict[int, int] = {}
    for one in snapshots:
        if one.shown is not None:
            weeks = (monday - date.fromisoformat(one.on_date)).days
            newest[-(-weeks // 7) if weeks > 0 else 0] = one.shown
    bars = [
        SPARKS[min(7, newest[week] * 8 // 101)] if week in newest else " "
        for week in range(WEEKS - 1, -1, -1)
    ]
    return "".join(bars).lstrip()


def spark_line(view: AccountView) -> Line | None:
    """The trend as a line, None with fewer than two weeks of scores."""
    bars = spark(view.snapshots, view.today)
    if len(bars.replace(" ", "")) < 2:
        return None
    count = _("{count} weeks").format(count=len(bars))
    return line("  ", (bars, badge(view.page)[1]), (f"   {count}", "muted"))


def sheet(view: AccountView, space: Space) -> Sheet:
    """The tab in one column or two."""
    found = explained(view.page)
    if found is None or view.page.health is None:
        return Sheet((line((_("An archived account has no score."), "muted")),))
    top = [
        *_summary(view, found),
        EMPTY,
        *_causes(found, space.left),
        EMPTY,
        *_fixes(found),
        *_caps(found.caps),
    ]
    if not space.wide:
        return Sheet((*top, EMPTY, *_measures(view, found, space.left)))
    return Sheet(tuple(top), tuple(_measures(view, found, space.right, opened=True)))


def _summary(view: AccountView, found: Explanation) -> list[Line]:
    score = view.page.health
    text, style = badge(view.page)
    lines = [
        heading(
            _("HEALTH"), (text, style), f"   {trend_words(view.page)}   {known_words(view.page)}"
        )
    ]
    bars = spark_line(view)
    if bars is not None:
        lines.append(bars)
    if found.note:
        lines.append(flowing("  ", (found.note, "muted"), hang=2))
    if score is not None and score.band == "grey" and score.shown is not None:
        said = _("the number behind it, from what little is known: {shown}")
        lines.append(flowing("  ", (said.format(shown=score.shown), "muted"), hang=2))
    return lines


def _causes(found: Explanation, width: int) -> list[Line]:
    lines = [heading(_("WHY"))]
    if not found.causes:
        return [*lines, line("  ", (_("nothing that is known takes points away"), "muted"))]
    lines += [_lost_line(one, width) for one in found.causes]
    return lines


def _lost_line(one: LostLine, width: int) -> Line:
    bar = "█" * max(1, round(one.lost / POINTS_A_CELL))
    return flowing(
        f"  {fit(one.name, NAME)}{one.lost:5.1f}  ",
        (bar, "warn"),
        ("  " + one.why, "muted"),
        key=f"measure:{one.id}",
        hang=NAME + 9 if width >= ROOMY else 6,
    )


def _caps(caps: tuple[Cap, ...]) -> list[Line]:
    if not caps:
        return []
    lines = [EMPTY, heading(_("CAPS"))]
    for cap in caps:
        said = _("not above {max}: {why}").format(max=cap.max, why=cap.why)
        clears = _("clears: {how}").format(how=cap.clears)
        lines.append(
            flowing("  ", (said, "warn"), "  ", (clears, "muted"), key=f"cap:{cap.id}", hang=4)
        )
    return lines


def _fixes(found: Explanation) -> list[Line]:
    lines = [heading(_("FIX"), (_("Enter does it"), "muted"))]
    if not found.fixes:
        gap = found.top_unknowns[:1]
        words = gap[0].text if gap else _("nothing is wrong that one step could mend")
        return [*lines, flowing("  ", (words, "gap"), key=f"measure:{gap[0].id}" if gap else None)]
    best = found.fixes[0]
    points = (
        "" if best.lifts_cap else _("  up to {points} points").format(points=f"{best.points:.1f}")
    )
    lines.append(flowing("  ", (fix_words(best), "strong"), (points, "muted"), key="fix:0", hang=4))
    lines += [
        flowing("  ", fix_words(fix), key=f"fix:{index}", hang=4)
        for index, fix in enumerate(found.fixes[1:3], 1)
    ]
    return lines


def _measures(
    view: AccountView, found: Explanation, width: int, opened: bool = False
) -> list[Line]:
    score = view.page.health
    unfolded = opened or MEASURES in view.unfolded
    count = len(score.measures) if score else 0
    sign = "▾" if unfolded else "▸"
    words = _("all {count} measures").format(count=count)
    lines = [line((f"{sign} {words}", "title"), key=MEASURES)]
    if score is None or not unfolded:
        return lines
    head = f"    {fit('', NAME)} {_('weight'):>6} {_('score'):>6} {_('sure'):>5} {_('lost'):>5}"
    lines.append(line((head, "head")))
    for dim in score.dimensions:
        known = "--" if dim.score is None else f"{dim.score:.0f}"
        lines.append(line((f"  {dimension_name(dim.id)} {dim.weight:g}", "strong"), f"  {known}"))
        for one in score.measures:
            if one.dim == dim.id:
                lines += _measure(one, width)
    return lines + _totals(found)


def _measure(one: Measure, width: int) -> list[Line]:
    name = f"    {fit(measure_name(one.id), NAME)} {one.weight:>6g} "
    key = f"measure:{one.id}"
    if one.reading is None:
        gap = _("unknown: {how}").format(how=how_to_fill(one.id))
        figures = f"{'?':>6} {'--':>5} {'--':>5}"
        words = (gap, "gap")
    else:
        figures = f"{one.score or 0.0:>6.0f} {one.confidence:>5.2f} {one.lost:>5.1f}"
        words = (one.why, "muted")
    if width >= ONE_LINE:
        return [flowing(name, figures, "  ", words, key=key, hang=NAME + 32)]
    return [line(name, figures, key=key), flowing("      ", words, hang=6)]


def _totals(found: Explanation) -> list[Line]:
    closing = [one for one in found.lines if one.id in ("cap", "rounding")]
    measured = sum(one.lost for one in found.lines if one not in closing)
    shift = NAME + 21
    equals = _("   = 100 - raw {raw}").format(raw=f"{100 - measured:.1f}")
    lines = [line(f"    {fit(_('lost, all measures'), shift)}{measured:>5.1f}", (equals, "muted"))]
    lines += [
        line(f"    {fit(one.name, shift)}{one.lost:>+5.1f}", ("   " + one.why, "muted"))
        for one in closing
    ]
    total = sum(one.lost for one in found.lines)
    if found.lines:
        lines.append(line(f"    {fit(_('100 minus the number shown'), shift)}{total:>5.0f}"))
    return lines
