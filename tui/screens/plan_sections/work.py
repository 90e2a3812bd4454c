"""What both sides do next, in what order, and what could go wrong. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from planner.gantt import LEAST_WIDTH, gantt_lines
from planner.language import gettext as _
from planner.mutual_actions import MutualAction, date_warnings, display_order, waiting_for
from planner.plan_rows import mutual_actions
from planner.views.account import RiskRow
from planner.views.plan import PlanActionRow, PlanPage, RiskMore
from tui.screens.account_goals import OWED_LEAST
from tui.screens.account_view import AccountView
from tui.screens.account_words import (
    amount,
    day,
    due,
    first_line,
    first_name,
    flowing,
    line,
    quote,
    who,
)  # fmt: skip
from tui.screens.plan_sections.given import Given
from tui.widgets.cells import Cell, cut, fit, parts
from tui.widgets.document import Line

MOST_ACTIONS = 15
MOST_BARS = 12
GANTT, ALL_ACTIONS, DONE_ACTIONS = "fold:gantt", "fold:actions", "fold:done"


def mutual(plan: PlanPage) -> tuple[MutualAction, ...]:
    """The actions as the rules about both sides' plan take them; nobody of theirs is "they"."""
    return mutual_actions(one._replace(their_owner=_theirs(one)) for one in plan.actions)


def _theirs(one: PlanActionRow) -> str:
    return one.their_owner or (_("they") if one.side == "they" else "")


def action_lines(view: AccountView, plan: PlanPage, width: int) -> Iterable[Line]:
    """Open actions in their order, each with both owners, what it waits for and what done means."""
    rows = {one.id: one for one in plan.actions}
    actions = mutual(plan)
    waiting = [one for one in display_order(actions) if one.status == "open"]
    if not waiting:
        return
    waits = waiting_for(actions)
    warned = {one.action.id: one.words for one in date_warnings(actions)}
    given = Given(view, plan)
    most = len(waiting) if ALL_ACTIONS in view.unfolded else MOST_ACTIONS
    for one in waiting[:most]:
        row = rows[one.id]
        yield _action(row, view, width)
        yield from _about(row, waits.get(one.id, ()), warned.get(one.id, ""),
                          given.words("actions", one.id))  # fmt: skip
    if len(waiting) > most:
        words = _("▸ … {count} more actions").format(count=len(waiting) - most)
        yield line("  ", (words, "muted"), key=ALL_ACTIONS)
    yield from _done(plan, view)


def _action(row: PlanActionRow, view: AccountView, width: int) -> Line:
    text, style = parts(due(row.due_on, view.today))
    ours = "-" if row.side == "they" else who(row.owner_id, row.owner, view.me)
    theirs = first_name(_theirs(row)) if _theirs(row) else ""
    words = _("{words} (promised)").format(words=row.action) if row.promised else row.action
    shared = _("shared") if row.shared else ""
    key = f"action:{row.id}"
    if width - 2 < OWED_LEAST:
        rest = "".join(f" · {part}" for part in (ours, theirs, shared) if part)
        return flowing("  ", (text, style), f" {words}{rest}", key=key, hang=4)
    return line(
        "  ", (fit(text, 9), style), " " + fit(words, width - 38), " " + fit(ours, 8),
        " " + fit(theirs, 9), (" " + shared, "muted"), key=key,
    )  # fmt: skip


def _about(
    row: PlanActionRow, waits: tuple[MutualAction, ...], warned: str, given: str
) -> Iterable[Line]:
    said: list[Cell] = []
    if row.done_means:
        said.append((_("done when: {what}").format(what=row.done_means), "muted"))
    if waits:
        names = ", ".join(f"“{cut(one.action, 30)}”" for one in waits)
        said.append((_("after {names}").format(names=names), "muted"))
    lack = _lacking(row)
    if lack:
        said.append((lack, "gap"))
    if warned:
        said.append((warned, "warn"))
    if given:
        said.append((given, "muted"))
    spans: list[Cell] = []
    for one in said:
        spans += [(" · ", "muted"), one] if spans else [one]
    if spans:
        yield flowing("            ", *spans, hang=12)


def _lacking(row: PlanActionRow) -> str:
    """What an action lacks; empty when it is whole."""
    lacks = [
        words
        for words, value in (
            (_("one owner"), row.owner_id if row.side == "we" else _theirs(row)),
            (_("a due date"), row.due_on),
            (_("what done means"), row.done_means),
        )
        if not value
    ]
    return _("lacks {things}").format(things=", ".join(lacks)) if lacks else ""


def _done(plan: PlanPage, view: AccountView) -> Iterable[Line]:
    done = [one for one in plan.actions if one.status == "done"]
    if not done:
        return
    open_now = DONE_ACTIONS in view.unfolded
    words = _("{count} done").format(count=len(done))
    yield line("  ", (("▾ " if open_now else "▸ "), "key"), (words, "muted"), key=DONE_ACTIONS)
    if open_now:
        for one in done:
            when = day(one.done_on, view.today)
            yield line("    ", ("✓ ", "good"), (f"{when}  {one.action}", "muted"),
                       key=f"action:{one.id}")  # fmt: skip


def gantt_fold(view: AccountView, plan: PlanPage, width: int) -> Iterable[Line]:
    """The open actions as bars, once they are asked for."""
    if width - 2 < LEAST_WIDTH or not any(one.status == "open" for one in plan.actions):
        return
    open_now = GANTT in view.unfolded
    sign = "▾ " if open_now else "▸ "
    yield line("  ", (sign, "key"), (_("over time, both sides"), "muted"), key=GANTT)
    if open_now:
        yield from gantt(view, plan, width)


def gantt(view: AccountView, plan: PlanPage, width: int) -> Iterable[Line]:
    """The next open actions of both sides as bars over time."""
    waiting = [one for one in display_order(mutual(plan))
               if one.status == "open"]  # fmt: skip
    if waiting and width - 2 >= LEAST_WIDTH:
        for text in gantt_lines(waiting[:MOST_BARS], width - 2, view.today):
            yield line("  ", text)


def risk_lines(view: AccountView, plan: PlanPage, width: int) -> Iterable[Line]:  # noqa: ARG001
    """Each risk with how likely, what is at stake, its early sign, what we do, when it is over."""
    more = {one.id: one for one in plan.risks}
    for one in view.page.risks:
        yield flowing("  ", quote(one.risk), key=f"risk:{one.id}", hang=4)
        yield flowing("    ", (risk_words(one, view, more.get(one.id)), "muted"), hang=4)


def risk_words(one: RiskRow, view: AccountView, more: RiskMore | None = None) -> str:
    """Likelihood, impact, early sign, what we do, when it is over, owner, next check."""
    said = [_("likely {count} of 3").format(count=one.likelihood)]
    if one.impact_minor is not None:
        said.append(_("{amount} at risk").format(amount=amount(one.impact_minor, view.currency)))
    for words, value in (
        (_("seen in: {text}"), more.evidence if more else None),
        (_("early sign: {text}"), one.early_sign),
        (_("we {text}"), more.mitigation if more else None),
        (_("out when: {text}"), one.exit),
    ):
        if value:
            said.append(words.format(text=first_line(value)))
    said.append(who(None, one.owner, None))
    if one.next_check_on:
        said.append(_("next check {day}").format(day=day(one.next_check_on, view.today)))
    return " · ".join(said)
