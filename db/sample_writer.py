"""Writes the sample book: rows in bulk, then scores, which come from recomputation alone.

The file gets its name when it is whole; a run that is stopped leaves nothing behind.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from gettext import gettext as _
from typing import Any
from zoneinfo import ZoneInfo

from db import rollups, search, sweep
from db.address import Address
from db.book import make_at
from db.change_log import ChangeLog
from db.engine import Connection, transaction
from db.health_facts import gather
from db.rollups import Frame
from db.tables import TABLES, Table
from planner.entity import plain
from planner.errors import FieldProblem, Refused
from planner.health.history import DAILY_DAYS, MONTH, WEEK, WEEKLY_DAYS, is_kept
from planner.health.kept import keep
from planner.health.profiles import default_config
from planner.health.quick import quick_score
from planner.health.trend import BASE_FROM_DAYS
from planner.ids import MAX_WRITER, TimeOrderedIds
from planner.ports import Actor
from planner.sampling.book import BOOK_NAME, CURRENCY, TABLE_ORDER, ZONE, SampleBook, Wishes
from planner.sampling.draft import Row, Rows
from planner.sampling.timeline import HISTORY_DAYS
from planner.text import search_words

Progress = Callable[[str, int, int], None]
"""Gets what is being done, how many accounts are done, and of how many."""

CHUNK = 300
"""Accounts written in one transaction and held in memory at once."""
MOST_ACCOUNTS = 1_000_000
AUDIT_ALL = 2_000
"""Up to so many accounts every row has its audit entry; in bigger books the accounts alone."""
WEEKLY = 300
MONTHLY = 5_000
SCORES_AT = 8
"""Today's scores are those of this hour, so that the same wishes give the same book."""
ACTOR = Actor("sample book")
COMPLAINT_PREFIX = "C-"


def make_sample(
    address: Address,
    *,
    today: date,
    accounts: int,
    touchpoints: int | None,
    complaints: int | None,
    seed: int,
    progress: Progress,
) -> dict[str, int]:
    """Make a sample book whose history ends ``today``; returns the number of rows by table.

    The same arguments make the same rows. Raises ``Refused`` for a number below 0 or too large,
    ``BookUnavailable`` where a file stands already or none can be made.
    """
    _check("accounts", accounts, least=1)
    for name, value in (("touchpoints", touchpoints), ("complaints", complaints)):
        if value is not None:
            _check(name, value, least=0)
    wishes = Wishes(today, accounts, touchpoints, complaints, seed)
    writer = _Writer(wishes, progress)
    make_at(address, writer.fill)
    return writer.counts


def history_days(today: date, accounts: int) -> list[date]:
    """The past days on which a book of that size has scores, oldest first.

    In small books all that would be kept of eighteen months (planner.health.history); in bigger
    ones weekly of late only; in the biggest the newest that a trend is measured from.
    """
    yesterday = today - timedelta(days=1)
    days = [
        day
        for day in (yesterday - timedelta(days=back) for back in range(HISTORY_DAYS - 1))
        if day.toordinal() % WEEK == 0 and is_kept(day, today)
    ]
    if accounts > MONTHLY:
        return [next(day for day in days if (today - day).days >= BASE_FROM_DAYS)]
    late = WEEKLY_DAYS if accounts <= WEEKLY else DAILY_DAYS
    return [
        day for day in reversed(days) if (today - day).days <= late or day.toordinal() % MONTH == 0
    ]


def _check(field: str, value: int, *, least: int) -> None:
    if not least <= value <= MOST_ACCOUNTS * 100 or (field == "accounts" and value > MOST_ACCOUNTS):
        problem = _("{value} is no number of {field} that a sample can have").format(
            value=value, field=field
        )
        raise Refused(problem, [FieldProblem(field, problem, str(value))])


class _Writer:
    def __init__(self, wishes: Wishes, progress: Progress) -> None:
        self.counts: dict[str, int] = dict.fromkeys(("setting", *TABLE_ORDER), 0)
        self._wishes = wishes
        self._progress = progress
        self._sample = SampleBook(wishes)
        self._zone = ZoneInfo(ZONE)
        evening = self._sample.days.epoch_ms(1, 23 * 60)
        self._log_id = TimeOrderedIds(lambda: evening, MAX_WRITER)
        self._at = datetime.fromisoformat(self._sample.days.moment(1, 23 * 60))
        self._defaults = {name: _defaults(table) for name, table in TABLES.items()}
        self._numbers = 0
        self._words = _Words()

    def fill(self, connection: Connection) -> None:
        """Write everything into a new, empty book."""
        self._head(connection)
        done = 0
        for chunk in self._chunks():
            done += len(chunk["account"])
            last = chunk["account"][-1]["name"]
            with transaction(connection):
                self._write(connection, chunk, _("made the sample book, up to {name}"), last)
            self._progress(_("accounts"), done, self._wishes.accounts)
        self._score(connection)

    def _head(self, connection: Connection) -> None:
        values = {"name": BOOK_NAME, "zone": ZONE, "base_currency": CURRENCY, "kind": "sample"}
        settings = [
            {
                "id": number,
                "key": key,
                "value": value,
                "touched_on": self._sample.days.iso(HISTORY_DAYS),
            }
            for number, (key, value) in enumerate(values.items(), start=1)
        ]
        rows = {
            "setting": settings,
            "colleague": self._sample.colleagues(),
            **self._sample.offer(),
        }
        with transaction(connection):
            self._write(connection, rows, _("made the sample book: colleagues"), "")

    def _chunks(self) -> Iterator[Rows]:
        chunk: Rows = {}
        for rows in self._sample.accounts():
            for table, own in rows.items():
                chunk.setdefault(table, []).extend(own)
            if len(chunk["account"]) >= CHUNK:
                yield chunk
                chunk = {}
        if chunk:
            yield chunk

    def _write(self, connection: Connection, chunk: Rows, words: str, name: str) -> None:
        self._number(chunk.get("complaint", []))
        log = ChangeLog(connection, self._log_id, ACTOR, self._at, self._at.date(), "make_sample")
        log.summary = words.format(name=name)
        for table_name in ("setting", *TABLE_ORDER):
            rows = chunk.get(table_name)
            if rows:
                self.counts[table_name] += len(rows)
                self._write_table(connection, TABLES[table_name], rows, log)
        log.write()

    def _number(self, complaints: list[Row]) -> None:
        """Number the complaints of a chunk in the order in which they came."""
        complaints.sort(key=lambda row: (row["opened_at"], row["id"]))
        for row in complaints:
            self._numbers += 1
            row["number"] = f"{COMPLAINT_PREFIX}{self._numbers}"

    def _write_table(
        self, connection: Connection, table: Table[Any], rows: list[Row], log: ChangeLog
    ) -> None:
        defaults = self._defaults[table.name]
        full = [{**defaults, **row} for row in sorted(rows, key=lambda row: _order(table, row))]
        if self._wishes.accounts <= AUDIT_ALL or table.name in ("account", "colleague", "setting"):
            for row in full:
                after = {name: row[name] for name in defaults}
                account_id = row["id"] if table.name == "account" else row.get("account_id")
                log.record(table.name, row["id"], account_id, "insert", None, after)
        entries = _derive(table, full, self._words)
        columns = list(full[0])
        connection.run_many(
            f"INSERT INTO {table.name} ({', '.join(columns)})"
            f" VALUES ({', '.join(':' + name for name in columns)})",
            full,
        )
        search.enter_many(connection, entries)

    def _score(self, connection: Connection) -> None:
        config = default_config()
        wishes = self._wishes
        now = datetime.fromisoformat(self._sample.days.moment(0, SCORES_AT * 60))
        frame = Frame(wishes.today, now, self._zone, CURRENCY, config)
        days = history_days(wishes.today, wishes.accounts)
        total = wishes.accounts * len(days)
        done = 0
        ids = [row[0] for row in connection.rows("SELECT id FROM account ORDER BY id")]
        for start in range(0, len(ids), CHUNK):
            part = ids[start : start + CHUNK]
            with transaction(connection):
                for day in days:
                    _remember(connection, part[0], part[-1], day, frame)
            done += len(part) * len(days)
            self._progress(_("health history"), done, total)
        slices = sweep.refresh_all(connection, frame, stale_only=False)
        while True:
            with transaction(connection):
                scored = next(slices, None)
            if scored is None:
                return
            self._progress(_("health today"), scored, wishes.accounts)


def _remember(connection: Connection, lo: int, hi: int, day: date, frame: Frame) -> None:
    """Store the scores of a past day, of the accounts that were in the book and not lost by then.

    They come from the same gathering and the same scorer as today's.
    """
    text = day.isoformat()
    connection.run_many(
        rollups.SNAPSHOT,
        [
            rollups.snapshot(
                facts.account["id"],
                text,
                quick_score(keep(facts.inputs), day.toordinal(), "", frame.config),
                frame.config.version,
            )
            for facts in gather(connection, lo, hi, day, frame.now, frame.zone)
            if facts.account["created_on"] <= text
            and (facts.account["lost_on"] is None or facts.account["lost_on"] > text)
        ],
    )


def _order(table: Table[Any], row: Row) -> int:
    """By id, but colleagues and people as they came: each may name an earlier one."""
    row_id: int = row["id"]
    return 0 if table.name in ("colleague", "person", "account") else row_id


def _defaults(table: Table[Any]) -> Row:
    """Every column of a table's model with the value of a record that does not say."""
    return {
        name: plain(info.get_default(call_default_factory=True)) if not info.is_required() else None
        for name, info in table.model.model_fields.items()
    }


def _derive(table: Table[Any], rows: list[Row], words: _Words) -> list[dict[str, Any]]:
    """Add the columns that the store keeps besides; returns the entries of the search index."""
    if table.derived is None and table.search is None:
        return []
    entries = []
    for row in rows:
        record = _Record({**row, **{name: json.loads(row[name]) for name in table.json}})
        if table.derived is not None:
            row |= table.derived(record)
        if table.search is not None:
            entries.append(
                {
                    "id": row["id"],
                    "kind": table.search.kind,
                    "account": table.search.account_id(record),
                    "label": table.search.label(record),
                    "words": words.of(record, table),
                }
            )
            if table.search.name is not None:
                entries.append(search.name_entry(row["id"], table.search.name(record)))
    return entries


class _Record:
    """A row that can be asked like the record it is, without the cost of making one."""

    def __init__(self, fields: Row) -> None:
        self.__dict__ = fields

    @property
    def label(self) -> str:
        """What a person is called; everybody in the sample has a name."""
        name: str = self.__dict__["name"]
        return name


class _Words:
    """Search words; those of notes and people are folded word by word, each word once."""

    def __init__(self) -> None:
        self._folded: dict[str, str] = {}

    def of(self, record: Any, table: Table[Any]) -> str:
        """What the table's own rule gives for the record."""
        if table.name == "touchpoint":
            return self._folded_words(f"{record.note} {record.verbatim or ''}")
        if table.name == "person":
            plain_part = search_words(record.email, record.phone, record.title)
            return f"{self._folded_words(record.name)} {plain_part}".strip()
        return table.search.words(record) if table.search else ""

    def _folded_words(self, text: str) -> str:
        found = []
        for word in text.split():
            folded = self._folded.get(word)
            if folded is None:
                folded = self._folded[word] = search_words(word)
            if folded:
                found.append(folded)
        return " ".join(found)
