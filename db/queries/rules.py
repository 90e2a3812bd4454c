"""Success criteria with the goals they judge, and the accounts that meet a rule now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from db.engine import Connection, placeholders
from db.frame import Frame
from db.queries.account_filter import FilterSql
from planner.acting import Actor
from planner.alerts import alert_segment, alert_words
from planner.segments import Filter, FilterRefused, Term
from planner.views.rules import AlertCount, AlertRow, AlertRuleRow, CriterionRow
from planner.views.today import Duty

CRITERIA = """
SELECT c.id, c.name, c.segment, c.metric, c.unit, c.good, c.poor, c.less_is_better, c.note
FROM success_criterion c WHERE c.archived_at IS NULL ORDER BY c.id"""
JUDGED = """
SELECT criterion_id, status, COUNT(*) FROM objective
WHERE criterion_id IS NOT NULL AND archived_at IS NULL GROUP BY criterion_id, status"""
RULES = """
SELECT id, name, segment, function, advice FROM alert_rule WHERE archived_at IS NULL ORDER BY id"""
ASIDE = """EXISTS (SELECT 1 FROM alert_answer x WHERE x.account_id = r.account_id
  AND x.rule_id = {rule} AND x.archived_at IS NULL AND x.until_on > :today
  AND x.recorded_on <= :today)"""
NOT_LOST = " AND (r.stage IS NULL OR r.stage <> 'lost')"
"""A lost account meets a rule only where the rule asks for a stage."""
SEAT = """
LEFT JOIN seat s ON s.account_id = r.account_id AND s.function = '{function}'
  AND s.archived_at IS NULL
LEFT JOIN colleague c ON c.id = s.colleague_id"""
MEETING = """
SELECT r.account_id, r.name, {who_id}, {who}
FROM account_rollup r{seat}
WHERE {where}{scope} AND NOT {aside}
ORDER BY COALESCE(r.tier, 9), r.account_id LIMIT :most"""
COUNT = """
SELECT COALESCE(SUM(CASE WHEN {aside} THEN 0 ELSE 1 END), 0),
  COALESCE(SUM(CASE WHEN {aside} THEN 1 ELSE 0 END), 0)
FROM account_rollup r WHERE {where}"""
MINE = """ AND r.account_id IN (
  SELECT id FROM account WHERE owner_id = :me
  UNION SELECT account_id FROM seat WHERE colleague_id = :me AND archived_at IS NULL)
  AND {who_id} = :me"""
MOST_OF_RULE = 100
"""Accounts of one rule that Today looks at."""


class CriterionQueries:
    """Reads success criteria."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def each(self) -> list[CriterionRow]:
        """The live criteria, the oldest first, with the goals whose status they gave."""
        counts: dict[int, dict[str, int]] = {}
        found, judged = self._connection.rows_of((CRITERIA, JUDGED), {})
        for criterion_id, status, count in judged:
            counts.setdefault(criterion_id, {})[status] = int(count)
        return [_criterion(row, counts.get(row[0], {})) for row in found]


def _criterion(row: Sequence[Any], counts: dict[str, int]) -> CriterionRow:
    return CriterionRow(
        *[*row[:7], bool(row[7]), row[8]],
        *[counts.get(name, 0) for name in ("on_track", "at_risk", "off_track")],
    )


class AlertQueries:
    """Reads rules and the accounts that meet them; a rule that cannot be read meets none."""

    def __init__(self, connection: Connection, frame: Frame, actor: Actor) -> None:
        self._connection = connection
        self._frame = frame
        self._actor = actor

    def rules(self) -> list[AlertRuleRow]:
        """The live rules, the oldest first."""
        return [AlertRuleRow(*row) for row in self._connection.rows(RULES)]

    def count(self, rule: AlertRuleRow) -> AlertCount:
        """How many accounts meet a rule, from one scan of the accounts' rows."""
        parts = _parts(rule)
        if parts is None:
            return AlertCount(0, 0)
        sql = self._filter()
        where = _where(sql, parts)
        asked = COUNT.format(aside=ASIDE.format(rule=rule.id), where=where)
        row = self._connection.one(asked, {**sql.params, **self._day()})
        return AlertCount(int(row[0]), int(row[1])) if row else AlertCount(0, 0)

    def now(
        self, rules: Sequence[AlertRuleRow], me: int | None = None, limit: int | None = None
    ) -> list[AlertRow]:
        """The accounts that meet the rules now, rule by rule, tier 1 first; at most ``limit`` of
        each. ``me``: only those that I am told."""
        return self._meeting(rules, me, limit if limit is not None else 2**31, "", {})

    def duties(self, account_ids: Sequence[int], me: int | None) -> tuple[list[Duty], bool]:
        """What Today tells of these accounts, and whether a rule meets more than it looks at."""
        rules = self.rules() if account_ids else []
        if not rules:
            return [], False
        names, params = placeholders("a", list(account_ids))
        of_these = f" AND r.account_id IN ({names})"
        found = self._meeting(rules, me, MOST_OF_RULE + 1, of_these, params)
        counted: dict[int, int] = {}
        duties: list[Duty] = []
        for one in found:
            counted[one.rule.id] = counted.get(one.rule.id, 0) + 1
            if counted[one.rule.id] <= MOST_OF_RULE:
                duties.append(
                    Duty(
                        one.account_id,
                        "alert",
                        alert_words(one.rule.name, one.rule.advice),
                        self._frame.today.isoformat(),
                        None,
                        one.colleague_id,
                        one.colleague,
                        one.rule.id,
                    )
                )
        return duties, any(count > MOST_OF_RULE for count in counted.values())

    def _meeting(
        self,
        rules: Sequence[AlertRuleRow],
        me: int | None,
        most: int,
        scope: str,
        params: dict[str, Any],
    ) -> list[AlertRow]:
        sql, asked, questions = self._filter(), [], []
        for rule in rules:
            parts = _parts(rule)
            if parts is not None:
                asked.append(rule)
                questions.append(_question(rule, _where(sql, parts), scope, me))
        if not questions:
            return []
        given = {**params, **sql.params, **self._day(), "most": most}
        if me is not None:
            given["me"] = me
        answers = self._connection.rows_of(questions, given)
        return [
            AlertRow(*[*row, rule])
            for rule, rows in zip(asked, answers, strict=True)
            for row in rows
        ]

    def _filter(self) -> FilterSql:
        frame = self._frame
        return FilterSql(self._connection, frame.today, frame.currency, self._actor)

    def _day(self) -> dict[str, str]:
        return {"today": self._frame.today.isoformat()}


def _parts(rule: AlertRuleRow) -> Filter | None:
    try:
        return alert_segment(rule.segment)
    except FilterRefused:
        return None


def _where(sql: FilterSql, parts: Filter) -> str:
    staged = any(isinstance(part, Term) and part.field == "stage" for part in parts)
    return sql.where(parts) + ("" if staged else NOT_LOST)


def _question(rule: AlertRuleRow, where: str, scope: str, me: int | None) -> str:
    seat, who_id, who = "", "r.owner_id", "r.owner"
    if rule.function is not None:
        seat = SEAT.format(function=rule.function)
        who_id, who = "COALESCE(s.colleague_id, r.owner_id)", "COALESCE(c.name, r.owner)"
    mine = "" if me is None else MINE.format(who_id=who_id)
    return MEETING.format(
        seat=seat, who_id=who_id, who=who, where=where, scope=scope + mine,
        aside=ASIDE.format(rule=int(rule.id)),
    )  # fmt: skip
