"""What surveys say: answers and sends of a window, the accounts that weigh them, open tasks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from db.engine import Connection, placeholders
from db.frame import Frame
from planner.nps import COVERAGE_DAYS, Answer, Sent, covered_accounts
from planner.survey_rules import due_words
from planner.views.heard import SurveyRow
from planner.views.survey_figures import Face, SendRow, SurveyFacts
from planner.views.today import Duty

ROOM = timedelta(days=2)
"""A moment in UTC and its local day are never further apart than this."""
BATCH = 500
ANSWERS = """
SELECT s.id, s.account_id, s.person_id, s.kind, s.score, s.highest, s.effort_high, s.answered_at,
  s.answered_on
FROM survey s LEFT JOIN account a ON a.id = s.account_id
WHERE s.archived_at IS NULL AND a.archived_at IS NULL AND s.answered_on <= :last"""
SENT = """
SELECT s.id, s.account_id, s.person_id, s.kind, s.delivered, s.sent_on
FROM survey_sent s JOIN account a ON a.id = s.account_id
WHERE s.archived_at IS NULL AND a.archived_at IS NULL AND s.sent_on <= :last"""
FACES = """
SELECT r.account_id, r.name, r.tier, r.stage, r.owner_id, r.owner, r.arr_minor, r.currency
FROM account_rollup r"""
LISTED = """
SELECT s.id, s.account_id, a.name, COALESCE(NULLIF(p.name, ''), p.email, p.phone), s.kind, s.score,
  s.highest, s.effort_high, s.comment, s.trigger, s.answered_at, s.answered_on
FROM survey s LEFT JOIN account a ON a.id = s.account_id LEFT JOIN person p ON p.id = s.person_id
WHERE s.id IN ({names})"""
SENDS = """
SELECT s.id, s.account_id, a.name, COALESCE(NULLIF(p.name, ''), p.email, p.phone), s.kind,
  s.trigger, s.delivered, s.sent_on
FROM survey_sent s JOIN account a ON a.id = s.account_id LEFT JOIN person p ON p.id = s.person_id
WHERE s.archived_at IS NULL AND a.archived_at IS NULL"""
TASKS = """
SELECT x.account_id, x.id, x.survey_trigger, COALESCE(NULLIF(p.name, ''), p.email, p.phone),
  x.due_on, x.owner_id, c.name
FROM action x JOIN account a ON a.id = x.account_id LEFT JOIN colleague c ON c.id = x.owner_id
LEFT JOIN person p ON p.id = x.their_owner_id
WHERE x.survey_trigger IS NOT NULL AND x.archived_at IS NULL AND a.archived_at IS NULL
  AND x.status = 'open' AND x.due_on <= :today{mine}
ORDER BY x.due_on, x.id LIMIT :most"""


class SurveyFigureQueries:
    """Reads what the figures of surveys are made of."""

    def __init__(self, connection: Connection, frame: Frame) -> None:
        self._connection = connection
        self._today = frame.today

    def facts(
        self,
        *,
        first: date | None = None,
        last: date | None = None,
        account_id: int | None = None,
        owner_id: int | None = None,
    ) -> SurveyFacts:
        """The answers and sends from ``first`` to ``last`` (today unless said), both included.

        ``account_id`` keeps to one account, ``owner_id`` to those that a colleague owns.
        """
        end = last or self._today
        near = end - timedelta(days=COVERAGE_DAYS)
        since = None if first is None else min(first, near)
        faces = self._faces(account_id, owner_id)
        chosen = account_id is not None or owner_id is not None
        read = [
            one for one in self._answers(since, end, account_id)
            if not chosen or one.account_id in faces
        ]  # fmt: skip
        sent = [
            one for one in self._sent(first, end, account_id)
            if not chosen or one.account_id in faces
        ]  # fmt: skip
        begin = "" if first is None else first.isoformat()
        return SurveyFacts(
            None if first is None else begin,
            end.isoformat(),
            tuple(one for one in read if one.answered_on >= begin),
            tuple(sent),
            faces,
            frozenset(covered_accounts(read, end)),
        )

    def _answers(self, since: date | None, end: date, account_id: int | None) -> list[Answer]:
        where, params = _window("answered", since, end, account_id)
        rows = self._connection.rows(f"{ANSWERS}{where} ORDER BY s.answered_at, s.id", params)
        return [Answer(*row)._replace(effort_high=bool(row[6])) for row in rows]

    def _sent(self, since: date | None, end: date, account_id: int | None) -> list[Sent]:
        where, params = _window("sent", since, end, account_id)
        rows = self._connection.rows(SENT + where, params)
        return [Sent(*row)._replace(delivered=bool(row[4])) for row in rows]

    def _faces(self, account_id: int | None, owner_id: int | None) -> dict[int, Face]:
        where, params = "", {}
        if account_id is not None:
            where, params = " WHERE r.account_id = :id", {"id": account_id}
        elif owner_id is not None:
            where, params = " WHERE r.owner_id = :id", {"id": owner_id}
        rows = self._connection.rows(f"{FACES}{where} ORDER BY r.account_id", params)
        return {int(row[0]): Face(*row) for row in rows}

    def answers(self, ids: Sequence[int]) -> list[SurveyRow]:
        """The answers behind a figure, in the given order."""
        found: dict[int, SurveyRow] = {}
        for start in range(0, len(ids), BATCH):
            names, params = placeholders("s", list(ids[start : start + BATCH]))
            for row in self._connection.rows(LISTED.format(names=names), params):
                found[row[0]] = SurveyRow(*row)._replace(effort_high=bool(row[7]))
        return [found[one] for one in ids if one in found]

    def sends(
        self,
        *,
        account_id: int | None = None,
        ids: Sequence[int] | None = None,
        limit: int | None = None,
    ) -> list[SendRow]:
        """Surveys that were sent, the newest first; ``ids`` are at most some hundreds."""
        where = ""
        params: dict[str, Any] = {}
        if ids is not None:
            names, params = placeholders("s", list(ids))
            where = f" AND s.id IN ({names})"
        elif account_id is not None:
            where, params = " AND s.account_id = :account_id", {"account_id": account_id}
        bound = ""
        if limit is not None:
            bound, params = " LIMIT :limit", {**params, "limit": limit}
        rows = self._connection.rows(
            f"{SENDS}{where} ORDER BY s.sent_at DESC, s.id DESC{bound}", params
        )
        return [SendRow(*row)._replace(delivered=bool(row[6])) for row in rows]

    def tasks(self, me: int | None, most: int) -> list[Duty]:
        """Surveys whose day to be sent has come; with ``me`` those that I send."""
        params: dict[str, Any] = {"today": self._today.isoformat(), "most": most}
        mine = ""
        if me is not None:
            mine, params = " AND x.owner_id = :me", {**params, "me": me}
        return [
            Duty(account_id, "survey", due_words(trigger, person), due_on, None, owner_id, owner,
                 row_id)
            for account_id, row_id, trigger, person, due_on, owner_id, owner
            in self._connection.rows(TASKS.format(mine=mine), params)
        ]  # fmt: skip


def _window(
    what: str, since: date | None, end: date, account_id: int | None
) -> tuple[str, dict[str, Any]]:
    """The condition of a window: exact by day, near by moment so that the index serves."""
    where, params = "", {"last": end.isoformat()}
    if since is not None:
        where += f" AND s.{what}_on >= :first AND s.{what}_at >= :near"
        params |= {"first": since.isoformat(), "near": (since - ROOM).isoformat()}
    if account_id is None:
        return where, params
    return f"{where} AND s.account_id = :account_id", {**params, "account_id": account_id}
