"""Prepares the weekly review: each step's rows, of all accounts or of those a filter chooses.

Everything is limited: a meeting looks at dozens of rows, whatever the book holds.
"""

from __future__ import annotations

from datetime import UTC, date, timedelta
from typing import TYPE_CHECKING, Any

from db.engine import Connection
from db.frame import Frame
from planner.review_agenda import (
    SOON_DAYS,
    URGENT_DAYS,
    AtStake,
    cards_in,
    in_order,
    urgency,
    value_at_risk,
    whole,
)
from planner.views.review import (
    BandLine,
    Card,
    ClashLine,
    ComplaintLine,
    DecidedLine,
    Due,
    GrowthLine,
    Left,
    Owed,
    RepeatLine,
    ReviewPack,
)

if TYPE_CHECKING:
    from planner.ports import Actor
    from planner.segments import Filter

WEEK = 7
RENEWAL_DAYS, CLASH_DAYS, RENEWED_AGO = 120, 14, 90
MOST = 40
"""Rows of a step at most."""
BANDS = ("red", "yellow", "green", "grey")
AT_STAKE = """
SELECT r.account_id, r.name, r.arr_minor, r.band, r.renewal_on, r.owner, r.shown, r.coverage,
  r.trend, r.last_two_way_on, r.next_action
FROM account_rollup r WHERE {where} AND (r.stage IS NULL OR r.stage NOT IN ('lost', 'prospect'))
ORDER BY COALESCE(r.arr_minor, 0)
  * CASE r.band WHEN 'red' THEN 8 WHEN 'yellow' THEN 3 WHEN 'green' THEN 1 ELSE 4 END
  * CASE WHEN r.renewal_on <= :urgent THEN 4 WHEN r.renewal_on <= :soon THEN 3 ELSE 2 END DESC,
  r.arr_minor DESC NULLS LAST, r.name_key, r.account_id LIMIT :most"""
RED = """
SELECT r.account_id, r.name, r.owner, r.shown, r.arr_minor FROM account_rollup r
WHERE {where} AND r.band = 'red' AND (r.stage IS NULL OR r.stage NOT IN ('lost', 'prospect'))
ORDER BY r.arr_minor DESC NULLS LAST, r.name_key, r.account_id LIMIT :most"""
BOOK = """
SELECT r.band, COUNT(*), COALESCE(SUM(r.arr_minor), 0), SUM(r.coverage), SUM(r.arr_foreign)
FROM account_rollup r WHERE {where} GROUP BY r.band"""
MOVED = """
SELECT s.band, r.band, COUNT(*) FROM account_rollup r
JOIN health_snapshot s ON s.account_id = r.account_id AND s.on_date = (
  SELECT MAX(t.on_date) FROM health_snapshot t
  WHERE t.account_id = r.account_id AND t.on_date BETWEEN :oldest AND :base)
WHERE {where} GROUP BY s.band, r.band"""
LIVE = "x.archived_at IS NULL AND {scope}"
CARRIED = f"""
SELECT x.id, x.account_id, r.name, x.action, c.name, x.due_on FROM action x
JOIN account_rollup r ON r.account_id = x.account_id LEFT JOIN colleague c ON c.id = x.owner_id
WHERE x.status = 'open' AND x.side = 'we' AND x.due_on >= :base AND x.due_on < :today
  AND x.survey_trigger IS NULL AND {LIVE}
ORDER BY c.name, x.due_on, x.id LIMIT :most"""
TICKED = f"""
SELECT COUNT(*), COALESCE(SUM(CASE WHEN x.status = 'done' THEN 1 ELSE 0 END), 0) FROM action x
WHERE x.side = 'we' AND x.due_on >= :base AND x.due_on < :today AND x.status <> 'dropped'
  AND x.survey_trigger IS NULL AND {LIVE}"""
RENEWALS = f"""
SELECT x.account_id, r.name, r.owner, x.end_on, x.notice_days, x.forecast, x.arr_minor, x.currency
FROM contract x JOIN account_rollup r ON r.account_id = x.account_id
WHERE x.status = 'active' AND x.decided_on IS NULL AND x.end_on >= :ago AND x.end_on <= :ahead
  AND (r.stage IS NULL OR r.stage <> 'lost') AND {LIVE}
ORDER BY x.end_on, x.id LIMIT :most"""
DECIDED = f"""
SELECT r.name, x.forecast, x.arr_minor, x.currency, x.decided_on
FROM contract x JOIN account_rollup r ON r.account_id = x.account_id
WHERE x.decided_on > :base AND x.decided_on <= :today AND {LIVE}
ORDER BY x.decided_on DESC, x.id LIMIT :most"""
LATE = (
    "(x.ack_due < COALESCE(x.acknowledged_at, :now)"
    " OR x.response_due < COALESCE(x.answered_at, :now) OR x.resolution_due < :now)"
)
COMPLAINTS = f"""
SELECT x.number, x.account_id, r.name, x.title, x.severity, c.name,
  CASE WHEN {LATE} THEN 'late' ELSE 'at-risk' END, x.next_due, x.id
FROM complaint x JOIN account_rollup r ON r.account_id = x.account_id
LEFT JOIN colleague c ON c.id = x.owner_id
WHERE COALESCE(x.resolved_at, '') = '' AND x.excluded IS NULL AND x.next_due IS NOT NULL
  AND ({LATE} OR x.at_risk_at <= :now) AND {LIVE}
ORDER BY x.next_due, x.id LIMIT :most"""
OF_CARDS = f"""
SELECT x.account_id, x.number, x.title FROM complaint x
WHERE x.resolved_at IS NULL AND x.excluded IS NULL AND {LIVE} AND x.account_id IN ({{ids}})
ORDER BY x.opened_at, x.id"""
GROWTH = f"""
SELECT x.account_id, r.name, x.opportunity, x.value_minor, x.next_step, x.next_step_on
FROM opportunity x JOIN account_rollup r ON r.account_id = x.account_id
WHERE x.closed_on IS NULL AND r.band = 'green' AND {LIVE}
ORDER BY x.value_minor DESC NULLS LAST, x.id LIMIT :most"""
PEOPLE = """
SELECT DISTINCT m.person_id FROM membership m JOIN account_rollup r ON r.account_id = m.account_id
WHERE m.archived_at IS NULL AND {where}"""


class ReviewPackQueries:
    """Reads as of the frame's day; scores are those of the rollup, each with its own day."""

    def __init__(self, connection: Connection, frame: Frame, actor: Actor) -> None:
        self._connection = connection
        self._frame = frame
        self._actor = actor
        self._where, self._params = "1 = 1", dict[str, Any]()

    def pack(self, parts: Filter = (), scope: str = "", minutes: int = 45) -> ReviewPack:
        """All that the meeting needs. ``scope`` is how the filter ``parts`` was written."""
        if parts:
            from db.queries.account_filter import FilterSql

            sql = FilterSql(self._connection, self._frame.today, self._frame.currency, self._actor)
            self._where, self._params = sql.where(parts), dict(sql.params)
        bands, compared, coverage, foreign = self._book()
        count = sum(one.accounts for one in bands)
        reds = sum(one.accounts for one in bands if one.band == "red")
        due, done = self._rows(TICKED)[0]
        cards = self._cards(cards_in(minutes))
        return ReviewPack(
            on=self._frame.today.isoformat(),
            currency=self._frame.currency,
            scope=scope,
            minutes=minutes,
            accounts=count,
            bands=bands,
            compared=compared,
            coverage=coverage / count if count else None,
            red_share=reds / count if count else None,
            foreign=foreign,
            due=int(due),
            done=int(done),
            carried=tuple(Owed(*row) for row in self._rows(CARRIED)),
            cards=cards,
            left=self._left({one.account_id for one in cards}),
            renewals=tuple(map(self._due, self._rows(RENEWALS))),
            clashes=self._clashes(bool(parts)),
            complaints=tuple(map(self._late, self._rows(COMPLAINTS))),
            repeats=self._repeats(bool(parts)),
            growth=tuple(
                GrowthLine(*(*row[:4], None if row[3] is None else self._frame.currency, *row[4:]))
                for row in self._rows(GROWTH)
            ),
            decided=tuple(
                DecidedLine(row[0], row[1] != "lost", *row[2:]) for row in self._rows(DECIDED)
            ),
        )

    def _rows(self, sql: str, **more: str) -> list[tuple[Any, ...]]:
        today = self._frame.today
        scope = "1 = 1"
        if self._params or self._where != "1 = 1":
            chosen = f"SELECT r.account_id FROM account_rollup r WHERE {self._where}"
            scope = f"x.account_id IN ({chosen})"
        given = {
            "today": today.isoformat(),
            "base": _ago(today, WEEK),
            "oldest": _ago(today, 2 * WEEK),
            "urgent": _ago(today, -URGENT_DAYS),
            "soon": _ago(today, -SOON_DAYS),
            "ahead": _ago(today, -RENEWAL_DAYS),
            "ago": _ago(today, RENEWED_AGO),
            "now": self._frame.now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "most": MOST,
        }
        statement = sql.format(where=self._where, scope=scope, **more)
        asked = {name: value for name, value in given.items() if f":{name}" in statement}
        return self._connection.rows(statement, {**self._params, **asked})

    def _book(self) -> tuple[tuple[BandLine, ...], int, float, int]:
        found = {row[0]: row for row in self._rows(BOOK)}
        came, went, compared = dict.fromkeys(BANDS, 0), dict.fromkeys(BANDS, 0), 0
        for before, now, count in self._rows(MOVED):
            compared += int(count)
            if before != now:
                went[before] = went.get(before, 0) + int(count)
                came[now] = came.get(now, 0) + int(count)
        lines = tuple(
            BandLine(band, int(found[band][1]), int(found[band][2]), came[band], went[band])
            if band in found
            else BandLine(band, 0, 0, 0, went[band])
            for band in BANDS
        )
        coverage = sum(float(row[3] or 0) for row in found.values())
        return lines, compared, coverage, sum(int(row[4] or 0) for row in found.values())

    def _cards(self, most: int) -> tuple[Card, ...]:
        today = self._frame.today
        rows = {int(row[0]): row for row in self._rows(AT_STAKE)}
        order = in_order(
            AtStake(
                one, row[1], row[2], value_at_risk(row[2], row[3]), urgency(_day(row[4]), today)
            )
            for one, row in rows.items()
        )[:most]
        numbers = self._open_complaints([one.account_id for one in order])
        return tuple(self._card(one, rows[one.account_id], numbers) for one in order)

    def _card(self, one: AtStake, row: tuple[Any, ...], numbers: dict[int, list[str]]) -> Card:
        from db.queries.health import HealthQueries
        from planner.health.explain import explain

        score, inputs = HealthQueries(self._connection, self._frame).explained(one.account_id)
        said = explain(score, inputs)
        return Card(
            account_id=one.account_id,
            account=one.name,
            owner=row[5],
            band=row[3],
            shown=row[6],
            coverage=float(row[7]),
            trend=row[8],
            arr_minor=row[2],
            risk_minor=whole(one.risk_minor),
            urgency=str(one.urgency),
            renewal_on=row[4],
            last_two_way_on=row[9],
            causes=tuple(f"{cause.name} {cause.lost:.0f}: {cause.why}" for cause in said.causes),
            caps=tuple(f"{cap.max}: {cap.why}; {cap.clears}" for cap in said.caps),
            fix=said.fixes[0].text if said.fixes else None,
            complaints=tuple(numbers.get(one.account_id, ())),
            next_action=row[10],
        )

    def _open_complaints(self, ids: list[int]) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        if ids:
            for account, number, title in self._rows(OF_CARDS, ids=", ".join(map(str, ids))):
                found.setdefault(account, []).append(f"{number} {title}")
        return found

    def _left(self, shown: set[int]) -> tuple[Left, ...]:
        return tuple(
            Left(row[0], row[1], row[2], row[3], whole(value_at_risk(row[4], "red")))
            for row in self._rows(RED)
            if row[0] not in shown
        )

    def _due(self, row: tuple[Any, ...]) -> Due:
        end = date.fromisoformat(row[3])
        notice = None if row[4] is None else (end - timedelta(days=row[4])).isoformat()
        days = (end - self._frame.today).days
        return Due(*(*row[:4], days, notice, *row[5:]))

    def _late(self, row: tuple[Any, ...]) -> ComplaintLine:
        from db.complaint_clocks import local_day

        return ComplaintLine(*(*row[:7], local_day(row[7], self._frame.zone)))

    def _clashes(self, chosen: bool) -> tuple[ClashLine, ...]:
        from db.queries.handoffs import HandOffQueries
        from db.queries.pressure import PressureQueries

        found = PressureQueries(self._connection, self._frame).clashes(CLASH_DAYS)
        offered = HandOffQueries(self._connection, self._frame)
        offers = [*offered.complaints(None, MOST), *offered.sections(None, MOST)]
        if chosen:
            accounts = {row[0] for row in self._rows("SELECT r.account_id FROM account_rollup r"
                                                     " WHERE {where}")}  # fmt: skip
            people = {row[0] for row in self._rows(PEOPLE)}
            kinds = {"person": people, "account": accounts}
            found = tuple(one for one in found if one.subject.id in kinds[one.subject.kind])
            offers = [one for one in offers if one.account_id in accounts]
        lines = [
            ClashLine(
                "pressure", one.subject.account or one.subject.name,
                f"{one.subject.name}: {'; '.join(touch.what for touch in one.planned)}",
                one.on.isoformat(),
            )
            for one in found[:MOST]
        ]  # fmt: skip
        lines += [
            ClashLine(
                "hand-off", one.account,
                f"{' '.join(filter(None, (one.number, one.what)))}: "
                f"{one.from_name or '--'} → {one.to_name}",
                one.offered_on,
            )
            for one in offers
        ]  # fmt: skip
        return tuple(lines)

    def _repeats(self, chosen: bool) -> tuple[RepeatLine, ...]:
        from db.queries.causes import CauseQueries

        rows = CauseQueries(self._connection, self._frame).recurrence(None if chosen else MOST)
        if chosen:
            accounts = {row[0] for row in self._rows("SELECT r.account_id FROM account_rollup r"
                                                     " WHERE {where}")}  # fmt: skip
            rows = [one for one in rows if one.account_id in accounts][:MOST]
        return tuple(RepeatLine(one.account, one.cause, one.repeats, one.numbers) for one in rows)


def _ago(today: date, days: int) -> str:
    return (today - timedelta(days=days)).isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
