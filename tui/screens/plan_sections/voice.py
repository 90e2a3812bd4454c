"""What fills itself from the log: health and voice, complaints and recovery. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from planner.health.inputs import PulseFact
from planner.language import gettext as _
from planner.views.account import ComplaintRow
from planner.views.plan import PlanPage
from planner.vocabulary_words import function_name
from tui.screens import account_health as health
from tui.screens.account_complaints import SEVERITY_STYLES, clock_words
from tui.screens.account_view import AccountView
from tui.screens.account_words import day, flowing, line, who, word
from tui.widgets.cells import Cell, parts
from tui.widgets.document import Line

MOST_CAUSES = 3


def health_lines(view: AccountView, plan: PlanPage, width: int) -> Iterable[Line]:  # noqa: ARG001
    """The band, three causes, one fix, and each function's newest pulse."""
    found = health.explained(view.page)
    if found is None:
        yield line("  ", (_("an archived account has no score"), "muted"))
        return
    yield flowing("  ", *health.head_spans(view.page, found), key="tab:health", hang=4)
    causes = [one for one in found.lines if one.lost >= 0.5 and one.id not in ("cap", "rounding")]
    for one in causes[:MOST_CAUSES]:
        words = _("{points} lost by {cause}").format(points=round(one.lost), cause=one.name)
        yield flowing("  ", words, (f" · {one.why}", "muted"), key=f"measure:{one.id}", hang=4)
    for index, fix in enumerate(found.fixes[:1]):
        yield flowing("  ", (_("fix") + "  ", "head"), health.fix_words(fix), key=f"fix:{index}",
                      hang=4)  # fmt: skip
    said = _pulses(view)
    if said:
        yield flowing("  ", (_("pulse") + "  ", "head"), (said, ""), key="form:pulse", hang=4)


def _pulses(view: AccountView) -> str:
    score = view.page.health
    pulse = next((one for one in score.measures if one.id == "P1"), None) if score else None
    if view.page.inputs is None or pulse is None or not pulse.rows:
        return ""
    newest: dict[str, PulseFact] = {}
    for one in view.page.inputs.pulses:
        held = newest.get(one.function)
        if held is None or one.given_on > held.given_on:
            newest[one.function] = one
    return " · ".join(f"{function_name(name)} {one.score}" for name, one in newest.items())


def complaint_lines(view: AccountView, plan: PlanPage, width: int) -> Iterable[Line]:  # noqa: ARG001
    """Open complaints with their clocks, what was promised, causes seen, gestures of recovery."""
    waiting = [one for one in view.page.complaints if one.resolved_on is None]
    for one in waiting:
        yield _complaint(one, view)
    solved = [one for one in view.page.complaints if one.resolved_on is not None]
    facts = view.page.inputs.complaints if view.page.inputs else ()
    causes = Counter(one.root_cause for one in facts if one.root_cause and not one.excluded)
    repeated = [f"{cause} {count}" for cause, count in causes.most_common(3) if count > 1]
    said: list[Cell] = []
    if solved:
        said.append((_("{count} solved").format(count=len(solved)), "muted"))
    if repeated:
        words = _("causes that came back: {causes}").format(causes=", ".join(repeated))
        said.append(((" · " if said else "") + words, "warn"))
    if said:
        yield flowing("  ", *said, key="tab:complaints", hang=4)
    for given in plan.gestures:
        if given.complaint:
            words = _("gave for {number}: {what}, {day}").format(
                number=given.complaint, what=given.gesture, day=day(given.given_on, view.today)
            )
            yield flowing("  ", (words, "muted"), key=f"gesture:{given.id}", hang=4)


def _complaint(one: ComplaintRow, view: AccountView) -> Line:
    clock, style = parts(clock_words(one, view))
    severity: Cell = (word(one.severity), SEVERITY_STYLES.get(one.severity, ""))
    owner = who(one.owner_id, one.owner, view.me)
    return flowing("  ", f"{one.number} ", severity, f" {one.title} · ", (clock, style),
                   (f" · {owner}", "muted"), key=f"complaint:{one.id}", hang=4)  # fmt: skip
