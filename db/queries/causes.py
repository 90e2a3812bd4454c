"""Causes of complaints: how often, by whom, what returns, and which complaints share one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from db import search
from db.engine import Connection, placeholders
from db.frame import Frame
from planner.cause_matching import LEAST, MOST_SHOWN, CauseText, asked_words, likeness
from planner.causes import Pareto, Recurrence, Spelling, pareto, recurrences
from planner.health.inputs import ComplaintFact
from planner.health.points import RECURRENCE_DAYS
from planner.views.causes import CauseComplaint, CauseLinkRow, LinkProposal, RecurrenceRow

COUNTED = "k.archived_at IS NULL AND k.excluded IS NULL AND a.archived_at IS NULL"
BETWEEN = " AND k.opened_on BETWEEN :first AND :last"
COUNTS = f"""
SELECT k.root_cause, k.cause_detail, COUNT(*) FROM complaint k JOIN account a ON a.id = k.account_id
WHERE {COUNTED}{BETWEEN} GROUP BY k.root_cause, k.cause_detail"""
ROWS = f"""
SELECT k.id, k.number, k.account_id, a.name, k.title, k.severity, k.root_cause, k.cause_detail,
  k.opened_on, k.resolved_on
FROM complaint k JOIN account a ON a.id = k.account_id
WHERE {COUNTED}{BETWEEN} AND ({{which}}) ORDER BY k.opened_on DESC, k.id DESC LIMIT :most"""
RETURNED = f"""
SELECT k.account_id, k.id, k.number, k.severity, k.opened_on, k.root_cause
FROM complaint k JOIN account a ON a.id = k.account_id
WHERE {COUNTED} AND k.opened_on <= :last AND k.root_cause IS NOT NULL AND k.account_id IN (
  SELECT n.account_id FROM complaint n WHERE n.opened_on BETWEEN :first AND :last
  AND n.root_cause IS NOT NULL AND n.excluded IS NULL AND n.archived_at IS NULL)
ORDER BY k.account_id, k.opened_on, k.id"""
NAMES = "SELECT a.id, a.name FROM account a WHERE a.id IN ({ids})"
NUMBERS = "SELECT k.id, k.number FROM complaint k WHERE k.id IN ({ids})"
LINKS = """
SELECT l.id, k.id, k.number, k.account_id, a.name, k.title, k.root_cause, l.same, l.reason,
  l.decided_on
FROM cause_link l
JOIN complaint k ON k.id = CASE WHEN l.complaint_id = :id THEN l.other_id ELSE l.complaint_id END
JOIN account a ON a.id = k.account_id
WHERE (l.complaint_id = :id OR l.other_id = :id) AND l.archived_at IS NULL AND k.id <> :id
ORDER BY l.same DESC, l.decided_on DESC, l.id DESC"""
CANDIDATES = f"""
SELECT k.id, k.number, k.account_id, a.name, k.title, k.root_cause, k.detail
FROM complaint k JOIN account a ON a.id = k.account_id WHERE {COUNTED} AND k.id <> :self"""
OF_ACCOUNT = " AND k.account_id = :account ORDER BY k.opened_on DESC, k.id DESC LIMIT :most"
ITSELF = "SELECT k.account_id, k.title, k.detail FROM complaint k WHERE k.id = :self"
MOST_OF_ACCOUNT = 200
MOST_OF_WORD = 60
"""Complaints of the account, and of each word of the title in the book, that are compared."""
MOST_ROWS = 500
BATCH = 500
SPELLINGS = 200
"""Spellings of a cause that are asked for together."""


class CauseQueries:
    """Asks about the frame's day."""

    def __init__(self, connection: Connection, frame: Frame) -> None:
        self._connection = connection
        self._today = frame.today

    def pareto(self, first: date, last: date, level: int = 1) -> Pareto:
        """Causes of the complaints opened from one day to another, both included."""
        days = {"first": first.isoformat(), "last": last.isoformat()}
        return pareto(self._connection.rows(COUNTS, days), level)

    def complaints(
        self, spellings: Sequence[Spelling], first: date, last: date, most: int = MOST_ROWS
    ) -> list[CauseComplaint]:
        """The complaints of a line of the Pareto, by its spellings, the newest first."""
        found: list[CauseComplaint] = []
        for start in range(0, len(spellings), SPELLINGS):
            params: dict[str, Any] = {
                "first": first.isoformat(), "last": last.isoformat(), "most": most
            }  # fmt: skip
            parts = list(_spelled(spellings[start : start + SPELLINGS], params))
            rows = self._connection.rows(ROWS.format(which=" OR ".join(parts)), params)
            found += [CauseComplaint(*row) for row in rows]
        found.sort(key=lambda row: (row.opened_on, row.id), reverse=True)
        return found[:most]

    def recurrence(self, most: int | None = None) -> list[RecurrenceRow]:
        """Causes that came back at an account in 180 days, those with most repeats first."""
        last = self._today
        rows = self._connection.rows(
            RETURNED,
            {
                "first": (last - timedelta(days=RECURRENCE_DAYS)).isoformat(),
                "last": last.isoformat(),
            },
        )
        found = recurrences(_facts(rows), last)[:most]
        names = self._by_id(NAMES, {one.account_id for one in found})
        numbers = self._by_id(NUMBERS, {row_id for one in found for row_id in one.ids})
        return [_recurrence(one, names, numbers) for one in found]

    def links(self, complaint_id: int) -> list[CauseLinkRow]:
        """What was decided about a complaint: those with the same cause first."""
        rows = self._connection.rows(LINKS, {"id": complaint_id})
        return [CauseLinkRow(*row)._replace(same=bool(row[7])) for row in rows]

    def proposals(self, complaint_id: int) -> list[LinkProposal]:
        """Complaints that may have the same cause, the most alike first; none decided about.

        Looked at are the newest of the account, and in the book the newest that share a word of
        the title, a bounded number of each.
        """
        itself = self._connection.one(ITSELF, {"self": complaint_id})
        if itself is None:
            return []
        account_id, title, detail = itself
        decided = {link.other_id for link in self.links(complaint_id)}
        mine = CauseText(title, detail)
        found: dict[int, LinkProposal] = {}
        for row in self._candidates(complaint_id, account_id, title):
            score = likeness(mine, CauseText(row[4], row[6]))
            if score >= LEAST and row[0] not in decided:
                found[row[0]] = LinkProposal(*(*row[:6], score))
        by_score = sorted(found.values(), key=lambda one: (-one.score, -one.other_id))
        return by_score[:MOST_SHOWN]

    def _candidates(
        self, complaint_id: int, account_id: int, title: str
    ) -> Iterator[tuple[Any, ...]]:
        params = {"self": complaint_id}
        yield from self._connection.rows(
            CANDIDATES + OF_ACCOUNT, {**params, "account": account_id, "most": MOST_OF_ACCOUNT}
        )
        ids: set[int] = set()
        for word in asked_words(title):
            ids.update(search.complaints_with(self._connection, word, MOST_OF_WORD))
        if ids:
            marks, listed = placeholders("i", sorted(ids))
            yield from self._connection.rows(
                f"{CANDIDATES} AND k.id IN ({marks})", {**params, **listed}
            )

    def _by_id(self, sql: str, ids: Iterable[int]) -> dict[int, str]:
        found: dict[int, str] = {}
        listed = sorted(ids)
        for start in range(0, len(listed), BATCH):
            marks, params = placeholders("i", listed[start : start + BATCH])
            found |= dict(self._connection.rows(sql.format(ids=marks), params))
        return found


def _spelled(spellings: Sequence[Spelling], params: dict[str, Any]) -> Iterator[str]:
    for number, spelling in enumerate(spellings):
        parts = []
        for column, name, text in zip(
            ("k.root_cause", "k.cause_detail"), ("c", "d"), spelling, strict=True
        ):
            if text is None:
                parts.append(f"{column} IS NULL")
            else:
                params[f"{name}{number}"] = text
                parts.append(f"{column} = :{name}{number}")
        yield f"({' AND '.join(parts)})"


def _facts(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, list[ComplaintFact]]]:
    for account_id, own in groupby(rows, key=lambda row: int(row[0])):
        yield (
            account_id,
            [
                ComplaintFact(
                    row_id, number, severity, date.fromisoformat(opened), root_cause=cause
                )
                for _account, row_id, number, severity, opened, cause in own
            ],
        )


def _recurrence(one: Recurrence, names: dict[int, str], numbers: dict[int, str]) -> RecurrenceRow:
    return RecurrenceRow(
        one.account_id,
        names[one.account_id],
        one.cause,
        one.repeats,
        one.complaints,
        tuple(numbers[row_id] for row_id in one.ids),
    )
