"""The stream of an account or of a person, newest first: touchpoints and all that happened.

A page is merged from each kind's own newest entries below a place, so it costs the same wherever
it lies and however long the stream is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

from db.engine import Connection, placeholders
from db.queries.timeline_kinds import CHANGES, COLUMNS, TOUCHPOINT, statement, statement_of
from planner.change_words import change_words
from planner.ids import COUNTER_BITS, EPOCH_MS, MAX_ID, WRITER_BITS
from planner.views.account import TimelineRow
from planner.views.timeline import EVERYTHING, KINDS, SLACK, TOP, Place, TimelineFilter
from planner.vocabulary import PIN_KINDS

BATCH = 500
ALL = 1_000_000
"""More than any stream has entries of one kind."""
TALKS = "touchpoint"
TALK, MEETING = KINDS.index("touchpoint"), KINDS.index("meeting")
LAST_DAY = "9999-12-31"
EPOCH = datetime.fromtimestamp(EPOCH_MS / 1000, UTC)
ID_BITS = WRITER_BITS + COUNTER_BITS
PARTICIPANTS = """
SELECT x.touchpoint_id, COALESCE(p.name, p.email, p.phone, '') FROM participant x
JOIN person p ON p.id = x.person_id
WHERE x.archived_at IS NULL AND x.touchpoint_id IN ({names}) ORDER BY x.id"""
ATTENDEES = """
SELECT x.meeting_id, COALESCE(p.name, p.email, p.phone, '') FROM attendee x
JOIN person p ON p.id = x.person_id
WHERE x.archived_at IS NULL AND x.meeting_id IN ({names}) ORDER BY x.id"""
REPLIES = """
SELECT thread_id, COUNT(*) FROM touchpoint
WHERE thread_id IN ({names}) AND archived_at IS NULL GROUP BY thread_id"""
THREAD = """
SELECT id FROM touchpoint WHERE thread_id = :root AND archived_at IS NULL"""
PINS = """
SELECT kind, row_id FROM pin WHERE account_id = :account AND archived_at IS NULL ORDER BY id DESC"""
Raw = tuple[int, tuple[Any, ...]]
"""A kind's rank and a row of its statement."""


class TimelineQueries:
    """Pages of the stream by keyset: pass the last row's place to go on."""

    def __init__(self, connection: Connection, today: date | None = None) -> None:
        self._connection = connection
        self._today = LAST_DAY if today is None else today.isoformat()

    def of_account(
        self,
        account_id: int,
        wanted: TimelineFilter = EVERYTHING,
        *,
        before: Place = TOP,
        limit: int | None = 50,
    ) -> list[TimelineRow]:
        """The newest entries of an account below a place in its stream, as the filter wants."""
        return self._page(account_id, wanted, before, ALL if limit is None else limit)

    def of_person(
        self,
        person_id: int,
        wanted: TimelineFilter = EVERYTHING,
        *,
        before: Place = TOP,
        limit: int | None = 50,
    ) -> list[TimelineRow]:
        """The same of a person, in all of their accounts."""
        of_them = replace(wanted, person_id=person_id)
        return self._page(None, of_them, before, ALL if limit is None else limit)

    def touchpoints(
        self, *, account_id: int | None = None, limit: int | None = None
    ) -> list[TimelineRow]:
        """Touchpoints of one account or of all, newest first."""
        if account_id is not None:
            kinds = TimelineFilter(kinds=("touchpoint",))
            return self.of_account(account_id, kinds, limit=limit)
        return list(self.each_touchpoint(limit))

    def each_touchpoint(self, limit: int | None = None) -> Iterator[TimelineRow]:
        """All touchpoints, the newest first, read as they are asked for."""
        bound = "" if limit is None else " LIMIT :limit"
        given = {} if limit is None else {"limit": limit}
        rows = self._connection.stream(TOUCHPOINT.format(where="", place="", limit=bound), given)
        while batch := list(islice(rows, BATCH)):
            yield from self._told([(0, row) for row in batch])

    def entry(self, kind: str, row_id: int) -> TimelineRow | None:
        """One entry by its kind and id."""
        found = self._of_ids(kind, [row_id])
        return found[0] if found else None

    def thread(self, touchpoint_id: int) -> list[TimelineRow]:
        """The whole thread that a touchpoint belongs to, oldest first; itself where it is alone."""
        root = self._connection.one(
            "SELECT COALESCE(thread_id, id) FROM touchpoint WHERE id = :id", {"id": touchpoint_id}
        )
        if root is None:
            return []
        answers = self._connection.rows(THREAD, {"root": root[0]})
        found = self._of_ids("touchpoint", [root[0], *(row[0] for row in answers)])
        return sorted(found, key=lambda one: one.place)

    def pinned(self, account_id: int) -> list[TimelineRow]:
        """What is pinned in an account's stream, newest first. What is archived has no pin."""
        by_kind: dict[str, list[int]] = {kind: [] for kind in PIN_KINDS}
        for kind, row_id in self._connection.rows(PINS, {"account": account_id}):
            by_kind[kind].append(row_id)
        raw: list[Raw] = []
        for kind, ids in by_kind.items():
            names, params = placeholders("t", ids)
            raw += _ranked(kind, self._connection.rows(statement_of(kind, names), params))
        raw.sort(key=_raw_place, reverse=True)
        return [one._replace(pinned=True) for one in self._told(raw)]

    def people_of(self, touchpoints: Sequence[int]) -> dict[int, list[str]]:
        """Who took part in each of these touchpoints; one without people is left out."""
        return self._names(PARTICIPANTS, touchpoints)

    # A page

    def _page(
        self, account_id: int | None, wanted: TimelineFilter, before: Place, limit: int
    ) -> list[TimelineRow]:
        kinds = wanted.shown_kinds()
        if account_id is None:
            kinds = tuple(kind for kind in kinds if kind not in (*CHANGES, "pulse"))
        start = min(before, wanted.top())
        given = self._given(account_id, wanted, start, limit)
        raw: list[Raw] = []
        if TALKS in kinds:
            raw = self._talks(account_id, wanted, given, limit)
            if len(raw) >= limit > 0:
                given |= _bottom(raw[limit - 1][1][3])
        others = [kind for kind in kinds if kind != TALKS]
        asked = [statement(kind, wanted, account_id is not None) for kind in others]
        talks = len(raw)
        for kind, rows in zip(others, self._connection.rows_of(asked, given), strict=True):
            raw += _ranked(kind, rows)
        if len(raw) > talks:
            raw.sort(key=_raw_place, reverse=True)
        return self._told(raw[:limit])

    def _talks(
        self, account_id: int | None, wanted: TimelineFilter, given: dict[str, Any], limit: int
    ) -> list[Raw]:
        """The touchpoints: nothing older than the last of a full page can be on it."""
        sql = statement(TALKS, wanted, account_id is not None)
        rows = self._connection.rows(sql, given)
        if wanted.person_id is not None:
            rows = self._surely_newest(sql, given, rows, limit)
        raw = _ranked(TALKS, rows)
        if wanted.person_id is not None:
            raw.sort(key=_raw_place, reverse=True)
        return raw

    def _given(
        self, account_id: int | None, wanted: TimelineFilter, start: Place, limit: int
    ) -> dict[str, Any]:
        given: dict[str, Any] = {
            "account": account_id, "limit": limit, "before": start.at, "today": self._today,
            "before_day": start.at[:10], "function": wanted.function, "person": wanted.person_id,
            "newest_day": LAST_DAY, "oldest_day": "",
        }  # fmt: skip
        for rank, kind in enumerate(KINDS):
            given[kind] = start.id if rank == start.rank else (MAX_ID if rank < start.rank else -1)
            if kind in CHANGES and rank != start.rank:
                given[kind] = _change_below(start.at, at_once=rank < start.rank)
        if start.at[:4] != TOP.at:
            later = date.fromisoformat(start.at[:10]) + SLACK
            given["newest_day"] = later.isoformat()
        given |= _bottom(wanted.bottom())
        if wanted.since is not None:
            given |= {"since": wanted.since.isoformat(), "oldest_day": wanted.since.isoformat()}
        if wanted.until is not None:
            given["until"] = wanted.until.isoformat()
        return given

    def _surely_newest(
        self, sql: str, given: dict[str, Any], rows: list[tuple[Any, ...]], limit: int
    ) -> list[tuple[Any, ...]]:
        """The newest touchpoints of a person, whose index is in the order of days.

        A row that was not read lies at most ``SLACK`` above the last one that was: those above
        that are surely the newest. Where they are too few, more are read.
        """
        wanted = limit
        while len(rows) == wanted:
            bound = date.fromisoformat(rows[-1][COLUMNS]) + SLACK
            sure = [row for row in rows if row[3] > bound.isoformat()]
            if len(sure) >= limit:
                return sure
            wanted *= 4
            rows = self._connection.rows(sql, {**given, "limit": wanted})
        return rows

    # What is told of the rows

    def _of_ids(self, kind: str, ids: Sequence[int]) -> list[TimelineRow]:
        found: list[TimelineRow] = []
        for start in range(0, len(ids), BATCH):
            names, params = placeholders("t", ids[start : start + BATCH])
            rows = self._connection.rows(
                statement_of(kind, names), {**params, "today": self._today}
            )
            found += self._told(_ranked(kind, rows))
        return found

    def _told(self, raw: Sequence[Raw]) -> list[TimelineRow]:
        people, replies = self._about_talks([row[0] for rank, row in raw if rank == TALK])
        attend = self._names(ATTENDEES, [row[0] for rank, row in raw if rank == MEETING])
        return [
            _entry(rank, row, (people if rank == TALK else attend).get(row[0]), replies)
            for rank, row in raw
        ]

    def _about_talks(self, ids: Sequence[int]) -> tuple[dict[int, list[str]], dict[int, int]]:
        """(who took part, how many answers there are) of touchpoints."""
        people: dict[int, list[str]] = {}
        replies: dict[int, int] = {}
        for start in range(0, len(ids) or 1, BATCH):
            names, params = placeholders("t", ids[start : start + BATCH])
            asked = (PARTICIPANTS.format(names=names), REPLIES.format(names=names))
            part, answers = self._connection.rows_of(asked, params)
            for row_id, name in part:
                people.setdefault(row_id, []).append(name)
            replies.update(answers)
        return people, replies

    def _names(self, sql: str, ids: Sequence[int]) -> dict[int, list[str]]:
        people: dict[int, list[str]] = {}
        for start in range(0, len(ids) or 1, BATCH):
            names, params = placeholders("t", ids[start : start + BATCH])
            for row_id, name in self._connection.rows(sql.format(names=names), params):
                people.setdefault(row_id, []).append(name)
        return people


def _bottom(at: str) -> dict[str, Any]:
    """What is below this moment is not read."""
    return {
        "bottom": at, "bottom_day": at[:10], "bottom_change": _change_below(at, at_once=False),
    }  # fmt: skip


def _raw_place(raw: Raw) -> tuple[str, int, int]:
    rank, row = raw
    return row[3], rank, row[0]


def _ranked(kind: str, rows: Sequence[tuple[Any, ...]]) -> list[Raw]:
    """The rows with their kind's rank; a change stands at the moment that its id holds."""
    rank = KINDS.index(kind)
    if kind not in CHANGES:
        return [(rank, row) for row in rows]
    return [(rank, (*row[:3], moment_of_id(row[0]), *row[4:])) for row in rows]


def moment_of_id(row_id: int) -> str:
    """When an id was given, as a moment is stored; to the millisecond."""
    given = EPOCH + timedelta(milliseconds=row_id >> ID_BITS)
    return given.isoformat(timespec="microseconds")[:-6] + "Z"


def _change_below(at: str, *, at_once: bool) -> int:
    """An id above those of the changes before a moment; with ``at_once`` of those at it too."""
    if not at:
        return -1
    if at[:4] == TOP.at:
        return MAX_ID
    moment = datetime.fromisoformat(at)
    whole = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    since = (whole - EPOCH) // timedelta(microseconds=1)
    milliseconds, rest = divmod(since, 1000)
    return max(0, milliseconds + (1 if rest or at_once else 0)) << ID_BITS


def _entry(
    rank: int, row: tuple[Any, ...], people: list[str] | None, replies: dict[int, int]
) -> TimelineRow:
    (row_id, account_id, account, at, on, date_only, logged, what, direction, two_way, function,
     colleague, person, sentiment, text, status, thread_id) = row[:COLUMNS]  # fmt: skip
    if KINDS[rank] in CHANGES:
        text = change_words(status, text, *row[COLUMNS:])
    return TimelineRow(
        KINDS[rank], row_id, account_id, account, at, on, date_only == 1, logged, what, direction,
        two_way == 1, function, colleague, ", ".join(people) if people else person, sentiment,
        text, status, thread_id, replies.get(row_id, 0) if rank == TALK else 0,
    )  # fmt: skip
