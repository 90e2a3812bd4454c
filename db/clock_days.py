"""Makes the stored clocks of open complaints anew: at a day's start, and when a calendar changes.

What a write stored holds until a calendar, a country's holidays or the data of them change; then
due moments follow here, from the targets and the waits on record. They are derived, so nothing of
it stands in the audit, and where nothing changed nothing is written. On a server everybody makes
those that they may edit.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from db.complaint_clocks import CLOCKS
from db.engine import Connection, placeholders
from planner.calendars import DEFAULT_CALENDAR
from planner.clocks import BusinessCalendar, Pause, default_calendar
from planner.complaint_times import ClockFacts, ClockMoments, clock_moments, waits_granted
from planner.entity import plain
from planner.errors import Refused
from planner.text import name_key
from planner.working_hours import working_calendar

SLICE = 200
"""Complaints in one slice: about 20 ms of work."""
FEW = 200
"""So many accounts are scored again at once; more are given up for the next sweep."""
OPEN = "k.resolved_at IS NULL AND k.excluded IS NULL AND k.archived_at IS NULL"
EDITABLE = " AND (my_name() IS NULL OR may_edit(k.account_id))"
IDS = f"SELECT k.id FROM complaint k WHERE {OPEN}"
FACTS = f"""
SELECT k.id, k.version, k.account_id, a.calendar_id, k.opened_at, k.waiting_since, k.ack_target,
  k.response_target, k.resolution_target, k.ack_due, k.response_due, k.resolution_due,
  k.acknowledged_at, k.answered_at, k.resolved_at, k.next_due, k.at_risk_at
FROM complaint k JOIN account a ON a.id = k.account_id WHERE {OPEN} AND k.id IN ({{names}})"""
PAUSES = (
    "SELECT complaint_id, since_at, until_at FROM complaint_pause"
    " WHERE archived_at IS NULL AND complaint_id IN ({names})"
)
CALENDARS = (
    "SELECT id, name, zone, hours, country, subdivision, free_days FROM calendar"
    " WHERE archived_at IS NULL"
)
BOOK_CALENDAR = "SELECT value FROM setting WHERE key = :key AND archived_at IS NULL"
STORED = ("ack_due", "response_due", "resolution_due", "next_due", "at_risk_at")
STORE = (
    f"UPDATE complaint SET {', '.join(f'{name} = :{name}' for name in STORED)}"
    " WHERE id = :id AND version = :version"
)
WAITED = (
    "INSERT INTO complaint_pause(id, version, touched_on, account_id, complaint_id, since_at,"
    " until_at) VALUES (:id, 1, :day, :account_id, :complaint_id, :since_at, :until_at)"
)
GIVE_UP = "UPDATE account_rollup SET as_of = '' WHERE account_id IN ({names})"
FORGET = "DELETE FROM health_inputs WHERE account_id IN ({names})"


def book_calendar_name(connection: Connection) -> str | None:
    """The name of the calendar of accounts without one of their own, as it is set."""
    row = connection.one(BOOK_CALENDAR, {"key": DEFAULT_CALENDAR})
    return None if row is None else str(row[0])


class Calendars:
    """The calendars of a book, read once. One that no clock can run by counts as none."""

    def __init__(self, connection: Connection, zone: ZoneInfo) -> None:
        self._office = default_calendar(zone.key)
        self._by_id: dict[int, BusinessCalendar] = {}
        self._book = self._office
        named = name_key(book_calendar_name(connection) or "")
        for row_id, name, row_zone, hours, country, subdivision, free in connection.rows(CALENDARS):
            try:
                found = working_calendar(row_zone, hours, country, subdivision, json.loads(free))
            except Refused:
                found = self._office
            self._by_id[row_id] = found
            if name_key(name) == named:
                self._book = found

    def of(self, calendar_id: int | None) -> BusinessCalendar:
        """The calendar with an id; the book's for None, office hours for one that is archived."""
        if calendar_id is None:
            return self._book
        return self._by_id.get(calendar_id, self._office)


def open_ids(connection: Connection, accounts: Collection[int] | None = None) -> list[int]:
    """The open complaints whose clocks may be stored here, of some accounts or of all."""
    where = EDITABLE if connection.engine == "postgres" else ""
    if accounts is None:
        return sorted(row[0] for row in connection.rows(IDS + where))
    found: list[int] = []
    for names, params in _parts(sorted(accounts)):
        sql = f"{IDS}{where} AND k.account_id IN ({names})"
        found += [row[0] for row in connection.rows(sql, params)]
    return sorted(found)


def restore_clocks(
    connection: Connection,
    ids: Sequence[int],
    zone: ZoneInfo,
    today: date,
    new_id: Callable[[], int],
) -> set[int]:
    """Store the clocks of open complaints anew where they differ, inside a transaction.

    Returns the accounts whose due moments moved.
    """
    calendars = Calendars(connection, zone)
    moved: set[int] = set()
    for names, params in _parts(ids):
        rows = connection.maps(FACTS.format(names=names), params)
        waits = _waits(connection, names, params)
        changed: list[dict[str, Any]] = []
        found: list[dict[str, Any]] = []
        for row in rows:
            calendar = calendars.of(row["calendar_id"])
            facts, pauses = _facts(row), waits.get(row["id"], [])
            if not pauses and row["at_risk_at"] is None:
                pauses = waits_granted(facts, calendar)
                found += [_wait_row(row, one, today, new_id()) for one in pauses]
            values = _stored(facts, pauses, calendar)
            if values is None or all(values[name] == row[name] for name in STORED):
                continue
            changed.append({**values, "id": row["id"], "version": row["version"]})
            if any(values[due] != row[due] for due, _met in CLOCKS):
                moved.add(row["account_id"])
        connection.run_many(WAITED, found)
        connection.run_many(STORE, changed)
    return moved


def give_up_scores(connection: Connection, accounts: Collection[int]) -> None:
    """Let a sweep make the rows of accounts from the facts."""
    for names, params in _parts(sorted(accounts)):
        connection.run(FORGET.format(names=names), params)
        connection.run(GIVE_UP.format(names=names), params)


def _parts(ids: Sequence[int]) -> Iterator[tuple[str, dict[str, Any]]]:
    for start in range(0, len(ids), SLICE):
        yield placeholders("i", ids[start : start + SLICE])


def _waits(connection: Connection, names: str, params: dict[str, Any]) -> dict[int, list[Pause]]:
    waits: dict[int, list[Pause]] = defaultdict(list)
    for complaint_id, since, until in connection.rows(PAUSES.format(names=names), params):
        start = datetime.fromisoformat(since)
        waits[complaint_id].append(Pause(start, _moment(until)))
    return waits


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _facts(row: dict[str, Any]) -> ClockFacts:
    return ClockFacts(
        datetime.fromisoformat(row["opened_at"]),
        (row["ack_target"], row["response_target"], row["resolution_target"]),
        (_moment(row["ack_due"]), _moment(row["response_due"]), _moment(row["resolution_due"])),
        (_moment(row["acknowledged_at"]), _moment(row["answered_at"]), None),
        _moment(row["waiting_since"]),
    )


def _stored(
    facts: ClockFacts, pauses: Sequence[Pause], calendar: BusinessCalendar
) -> dict[str, Any] | None:
    """The columns of the clocks; None where a calendar never uses up a target."""
    try:
        moments: ClockMoments = clock_moments(facts, pauses, calendar)
    except (ValueError, OverflowError):
        return None
    values = (*moments.dues, moments.next_due, moments.at_risk_at)
    return {name: plain(value) for name, value in zip(STORED, values, strict=True)}


def _wait_row(row: dict[str, Any], wait: Pause, today: date, new_id: int) -> dict[str, Any]:
    return {
        "id": new_id,
        "day": today.isoformat(),
        "account_id": row["account_id"],
        "complaint_id": row["id"],
        "since_at": plain(wait.since),
        "until_at": plain(wait.until),
    }


class ClockWatch:
    """What of one transaction moves clocks, so that they are stored anew before it ends."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._book: tuple[str | None] | None = None
        self._accounts: set[int] = set()
        self._everything = False

    def setting_changes(self) -> None:
        """Remember the book's calendar as it was before a setting changes."""
        if self._book is None:
            self._book = (book_calendar_name(self._connection),)

    def calendar_changed(self) -> None:
        """The clocks of all open complaints may move."""
        self._everything = True

    def account_moved(self, account_id: int) -> None:
        """The clocks of an account may move."""
        self._accounts.add(account_id)

    def settle(self, zone: ZoneInfo, today: date, new_id: Callable[[], int]) -> set[int]:
        """Store the clocks anew; returns the accounts to be scored again."""
        if self._book is not None and self._book[0] != book_calendar_name(self._connection):
            self._everything = True
        if not self._everything and not self._accounts:
            return set()
        ids = open_ids(self._connection, None if self._everything else self._accounts)
        moved = restore_clocks(self._connection, ids, zone, today, new_id)
        if len(moved) <= FEW:
            return moved
        give_up_scores(self._connection, moved)
        return set()
