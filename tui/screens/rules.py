"""Alerts and success criteria: who meets a rule now, which rules there are, what success is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, TypeAlias

from textual.binding import BindingType

from planner.alerts import alert_words
from planner.goal_status import method_words
from planner.language import gettext as _
from planner.views.rules import AlertRow, AlertRuleRow, CriterionRow
from planner.vocabulary_words import function_name
from tui.actions import bindings
from tui.due_words import NOTHING
from tui.screens.rows_screen import RowsScreen
from tui.widgets.columns import Column
from tui.widgets.row_window import TableRow
from tui.widgets.top_line import TopParts

MOST = 200
"""Accounts of each rule; the top line says where there are more."""
LISTS = ("now", "rules", "criteria")
Shown: TypeAlias = AlertRow | AlertRuleRow | CriterionRow


def list_words(name: str) -> str:
    """What a list of this screen is called."""
    return {
        "now": _("accounts that meet a rule"), "rules": _("alert rules"),
        "criteria": _("success criteria"),
    }[name]  # fmt: skip


def rules_columns() -> tuple[Column, ...]:
    """The columns, whichever list it is."""
    return (
        Column("name", _("Name"), None, priority=9, least=16, most=30),
        Column("about", _("Accounts"), None, priority=8, least=16, most=30),
        Column("whom", _("For"), None, priority=6, least=8, most=20),
        Column("what", _("What"), None, priority=7, least=16),
    )


def cells_of(row: Shown) -> tuple[str, str, str, str]:
    """A row of any of the lists."""
    if isinstance(row, AlertRow):
        return row.rule.name, row.account, row.colleague or NOTHING, row.rule.advice or ""
    if isinstance(row, AlertRuleRow):
        whom = function_name(row.function) if row.function else _("the owner")
        return row.name, row.segment, whom, row.advice or ""
    judged = f"{row.on_track} ● {row.at_risk} ▲ {row.off_track} ■"
    return row.name, row.segment or _("every account"), judged, row.metric


def words_of(row: Shown) -> str:
    """The line about a row."""
    if isinstance(row, AlertRow):
        return f"{row.account} · {alert_words(row.rule.name, row.rule.advice)}"
    if isinstance(row, AlertRuleRow):
        return f"{alert_words(row.name, row.advice)} · {row.segment}"
    goals = _("goals: {good} on track, {between} at risk, {poor} off track").format(
        good=row.on_track, between=row.at_risk, poor=row.off_track
    )
    return f"{row.metric} · {method_words(row)} · {goals}"


class RulesScreen(RowsScreen[Shown]):
    """One of three lists at a time; ``s`` goes on to the next."""

    TOP = True
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("list.sort", "list.new", "list.edit", "list.later")
    ]
    HINTS = ("list.sort", "list.later", "list.new", "list.edit", "scope")

    def __init__(self) -> None:
        super().__init__()
        self._list = LISTS[0]

    def answers(self) -> str:
        return _(
            "Which accounts meet an alert rule now, and what does success look like? s shows the"
            " next of three lists: the accounts, the rules, the success criteria by segment that"
            " give goals their status. n makes a rule, or a criterion in its list; e changes it;"
            " z sets an alert aside until a day."
        )

    def empty(self) -> str:
        return _(
            "Nothing is here. n makes a rule, in the list of criteria one of those; s goes on."
        )

    def columns(self) -> tuple[Column, ...]:
        return rules_columns()

    def drawn(self, row: Shown) -> TableRow:
        return TableRow(self.key_of(row), cells_of(row))

    def key_of(self, row: Shown) -> int:
        return hash((row.account_id, row.rule.id)) if isinstance(row, AlertRow) else row.id

    def words(self, row: Shown) -> str:
        return words_of(row)

    def top_parts(self) -> TopParts:
        words = self.count_words()
        if self._list == "now":
            scope = _("mine: {count}") if self.owner() is not None else _("all: {count}")
            words = scope.format(count=words)
        screen = _("RULES: {which}").format(which=list_words(self._list))
        return self.frame_parts(screen, scope=words, brief=True)

    async def read(self) -> Sequence[Shown]:
        owner = self.owner()
        if self._list == "criteria":
            return await self.store.read(lambda q: q.criteria.each())
        if self._list == "rules":
            return await self.store.read(lambda q: q.alerts.rules())
        found = await self.store.read(lambda q: q.alerts.now(q.alerts.rules(), owner, MOST))
        counted: dict[int, int] = {}
        for row in found:
            counted[row.rule.id] = counted.get(row.rule.id, 0) + 1
        self.clipped = MOST in counted.values()
        return found

    def open_row(self, row: Shown) -> None:
        if isinstance(row, AlertRow):
            super().open_row(row)
        else:
            self._change(row)

    def action_list_sort(self) -> None:
        """The next of the lists."""
        self._list = LISTS[(LISTS.index(self._list) + 1) % len(LISTS)]
        self.table.move_to(0)
        self.reload()

    def action_list_new(self) -> None:
        """A rule; in the list of criteria a criterion."""
        self._form("criterion" if self._list == "criteria" else "alert_rule")

    def action_list_edit(self) -> None:
        """Change the rule or the criterion under the cursor."""
        row = self.current()
        if row is not None:
            self._change(row)

    def action_list_later(self) -> None:
        """Set the alert under the cursor aside until a day."""
        row = self.current()
        if isinstance(row, AlertRow):
            self._form("alert_answer", account_id=row.account_id, alert_rule_id=row.rule.id)
        else:
            self.say(_("An alert is set aside in the list of accounts that meet a rule: s."))

    def _change(self, row: Shown) -> None:
        if isinstance(row, CriterionRow):
            self._form("criterion", success_criterion_id=row.id)
            return
        rule_id = row.rule.id if isinstance(row, AlertRow) else row.id
        self._form("alert_rule", alert_rule_id=rule_id)

    def _form(
        self,
        name: str,
        *,
        account_id: int | None = None,
        alert_rule_id: int | None = None,
        success_criterion_id: int | None = None,
    ) -> None:
        if self.refuse_read_only():
            return
        from tui.dialogs.opening import open_form

        open_form(
            self, name, account_id=account_id, alert_rule_id=alert_rule_id,
            success_criterion_id=success_criterion_id,
        )  # fmt: skip
