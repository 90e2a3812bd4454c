"""The sample book as a file: valid, honest, the same each time, scored by recomputation alone."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from db import book, rollups
from db.address import Address
from db.rows import derived, to_model, to_row
from db.sample_writer import CHUNK, history_days, make_sample
from db.sqlite import SqliteConnection, connect
from db.tables import TABLES
from planner.errors import BookUnavailable, Refused
from planner.health.history import is_kept
from planner.health.profiles import default_config
from planner.sampling.book import BOOK_NAME, ME, ZONE
from planner.text import word_tails

TODAY = date(2026, 11, 20)


class StillClock:
    """Half past eight in the morning of the sample's last day."""

    def now(self) -> datetime:
        return datetime(2026, 11, 20, 7, 30, tzinfo=UTC)

    real_now = now


def quiet(_what: str, _done: int, _total: int) -> None:
    """No progress wanted."""


def make(path: Path, accounts: int = 60, **wishes: Any) -> dict[str, int]:
    values = {"touchpoints": None, "complaints": None, "seed": 1, "progress": quiet, **wishes}
    return make_sample(Address("sqlite", path), today=TODAY, accounts=accounts, **values)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int]]:
    path = tmp_path_factory.mktemp("sample") / "sample.db"
    return path, make(path)


@pytest.fixture
def connection(made: tuple[Path, dict[str, int]]) -> Iterator[SqliteConnection]:
    opened = connect(made[0], "read")
    yield opened
    opened.close()


def dump(path: Path) -> list[str]:
    raw = sqlite3.connect(path)
    try:
        return [line for line in raw.iterdump() if "_sqlite_migrations" not in line]
    finally:
        raw.close()


def test_the_same_wishes_give_the_same_bytes_of_every_row(tmp_path: Path) -> None:
    one, two, other = (tmp_path / name for name in ("one.db", "two.db", "other.db"))
    make(one, 12)
    make(two, 12)
    make(other, 12, seed=2)
    assert dump(one) == dump(two)
    assert dump(one) != dump(other)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_row_is_a_valid_record_with_what_the_store_derives(
    connection: SqliteConnection, name: str
) -> None:
    table = TABLES[name]
    rows = connection.maps(f"SELECT * FROM {name}")
    assert rows
    for row in rows:
        record = to_model(table, row)
        again = to_row(record)
        assert again == {column: row[column] for column in again}
        assert derived(table, record) == {column: row[column] for column in derived(table, record)}


def test_no_reference_hangs_in_the_air(connection: SqliteConnection) -> None:
    assert connection.raw.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_the_counts_are_those_of_the_book(
    made: tuple[Path, dict[str, int]], connection: SqliteConnection
) -> None:
    for name, count in made[1].items():
        assert connection.one(f"SELECT COUNT(*) FROM {name}") == (count,)


def test_it_is_marked_as_a_sample_and_opens_as_the_person_of_the_demo(
    made: tuple[Path, dict[str, int]],
) -> None:
    opened = book.open_book(Address("sqlite", made[0]), StillClock(), ME, "read")
    try:
        assert opened.settings.sample
        assert (opened.settings.name, opened.settings.currency) == (BOOK_NAME, "EUR")
        assert opened.actor.function == "success"
        assert opened.stale_count() == 0
    finally:
        opened.close()


def test_the_bands_are_a_believable_mix(connection: SqliteConnection) -> None:
    bands = Counter(row[0] for row in connection.rows("SELECT band FROM account_rollup"))
    assert 5 <= bands["red"] <= 11
    assert 10 <= bands["yellow"] <= 19
    assert 22 <= bands["green"] <= 33
    assert 6 <= bands["grey"] <= 13


def test_scores_of_today_are_what_recomputation_gives(connection: SqliteConnection) -> None:
    zone = ZoneInfo(ZONE)
    frame = rollups.Frame(TODAY, StillClock().now(), zone, "EUR", default_config())
    stored = {row["account_id"]: row for row in connection.maps("SELECT * FROM account_rollup")}
    computed = {
        row["account_id"]: row
        for row in rollups.rollup_rows(connection, min(stored), max(stored), frame)
    }
    assert computed == stored


def test_history_is_weekly_and_ends_today(connection: SqliteConnection) -> None:
    days = [
        row[0]
        for row in connection.rows("SELECT DISTINCT on_date FROM health_snapshot ORDER BY on_date")
    ]
    assert days == [day.isoformat() for day in (*history_days(TODAY, 60), TODAY)]
    moved = connection.rows(
        "SELECT account_id, MAX(shown) - MIN(shown) FROM health_snapshot GROUP BY account_id"
    )
    assert sum(span >= 20 for _account, span in moved) > 20


def test_no_account_has_a_score_before_it_came_or_after_it_was_lost(
    connection: SqliteConnection,
) -> None:
    wrong = connection.rows(
        "SELECT a.name, s.on_date FROM health_snapshot s JOIN account a ON a.id = s.account_id"
        " WHERE s.on_date < a.created_on OR s.on_date >= a.lost_on"
    )
    assert wrong == []
    assert connection.one("SELECT COUNT(*) FROM account WHERE lost_on IS NOT NULL") != (0,)


@pytest.mark.parametrize(("accounts", "days"), [(300, 33), (301, 24), (5001, 1)])
def test_bigger_books_keep_fewer_days(accounts: int, days: int) -> None:
    past = history_days(TODAY, accounts)
    assert len(past) == days
    assert past == sorted(set(past))
    assert any(21 <= (TODAY - day).days <= 35 for day in past)
    assert all(is_kept(day, TODAY + timedelta(days=later)) for day in past for later in (0, 1))
    assert max(past) < TODAY


def test_every_row_has_its_entry_in_the_audit(connection: SqliteConnection) -> None:
    for name in TABLES:
        row = connection.one(
            f"SELECT COUNT(*) FROM {name} t WHERE NOT EXISTS (SELECT 1 FROM audit_entry e"
            " WHERE e.table_name = :name AND e.row_id = t.id AND e.op = 'insert')",
            {"name": name},
        )
        assert row == (0,)
    assert connection.rows("SELECT DISTINCT actor FROM change") == [("sample book",)]


def test_what_is_in_it_is_found(made: tuple[Path, dict[str, int]]) -> None:
    opened = book.open_book(Address("sqlite", made[0]), StillClock(), ME, "read")
    try:
        entries = opened.connection.maps("SELECT * FROM search_entry")
        assert {entry["kind"] for entry in entries} == {
            "account", "name", "person", "complaint", "touchpoint", "survey", "signal",
        }  # fmt: skip
        for entry in entries:
            by_parts = entry["kind"] == "name"
            table = TABLES["account" if by_parts else entry["kind"]]
            row = opened.connection.maps(
                f"SELECT * FROM {table.name} WHERE id = :id", {"id": entry["row_id"]}
            )[0]
            record = to_model(table, row)
            assert table.search is not None
            words = word_tails(record.name) if by_parts else table.search.words(record)
            assert entry["words"] == words
            assert entry["label"] == table.search.label(record)
            assert entry["account_id"] == table.search.account_id(record)
    finally:
        opened.close()


def test_complaints_are_numbered_as_they_came(connection: SqliteConnection) -> None:
    numbers = [row[0] for row in connection.rows("SELECT number FROM complaint ORDER BY opened_at")]
    assert numbers == [f"C-{number}" for number in range(1, len(numbers) + 1)]


def test_changes_go_on_top_of_it(tmp_path: Path) -> None:
    from db.undo import undo
    from planner.use_cases.accounts import add_account

    make(tmp_path / "s.db", 3)
    opened = book.open_book(Address("sqlite", tmp_path / "s.db"), StillClock(), ME)
    try:
        done = opened.run(add_account, name="Quillon Test Works")
        newest = opened.connection.one("SELECT MAX(id) FROM change")
        assert newest == (done.change_id,)
        assert "Quillon" in opened.run(undo).result
        with pytest.raises(Refused):
            opened.run(undo)
    finally:
        opened.close()


def test_a_book_of_several_chunks_is_audited_by_account_and_tells_its_progress(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.sample_writer.AUDIT_ALL", 100)
    seen: list[tuple[str, int, int]] = []
    make(
        tmp_path / "s.db",
        CHUNK + 20,
        touchpoints=400,
        complaints=30,
        progress=lambda *said: seen.append(said),
    )
    raw = sqlite3.connect(tmp_path / "s.db")
    try:
        entries = dict(
            raw.execute("SELECT table_name, COUNT(*) FROM audit_entry GROUP BY table_name")
        )
        assert entries.pop("account") == CHUNK + 20
        assert set(entries) == {"setting", "colleague"}
        assert raw.execute("SELECT COUNT(*) FROM change").fetchone() == (3,)
        assert raw.execute("SELECT COUNT(*) FROM touchpoint").fetchone() == (400,)
        assert raw.execute("SELECT COUNT(*) FROM account_rollup").fetchone() == (CHUNK + 20,)
    finally:
        raw.close()
    assert {what for what, _done, _total in seen} == {"accounts", "health history", "health today"}
    for what in ("accounts", "health history", "health today"):
        steps = [(done, total) for name, done, total in seen if name == what]
        assert steps == sorted(steps)
        assert steps[-1][0] == steps[-1][1]


@pytest.mark.parametrize(
    ("accounts", "wishes"),
    [(0, {}), (-1, {}), (10**9, {}), (5, {"touchpoints": -1}), (5, {"complaints": -3})],
)
def test_numbers_that_no_book_can_have_are_refused(
    tmp_path: Path, accounts: int, wishes: dict[str, int]
) -> None:
    with pytest.raises(Refused):
        make(tmp_path / "new" / "s.db", accounts, **wishes)
    assert not (tmp_path / "new").exists()


def test_a_file_that_is_there_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    path.write_text("mine")
    with pytest.raises(BookUnavailable):
        make(path, 1)
    assert path.read_text() == "mine"


def test_one_that_is_stopped_leaves_nothing_behind(tmp_path: Path) -> None:
    def stop(_what: str, _done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make(tmp_path / "new" / "s.db", 5, progress=stop)
    assert list((tmp_path / "new").iterdir()) == []


def test_what_was_signed_is_what_stands_in_the_plan(made: tuple[Path, dict[str, int]]) -> None:
    opened = book.open_book(Address("sqlite", made[0]), StillClock(), ME, "read")
    try:
        signed = [row[0] for row in opened.connection.rows("SELECT account_id FROM sign_off")]
        assert signed
        for account_id in set(signed):
            states = opened.queries().versions.history(account_id).sign_offs
            assert {one.asked_since for one in states if one.signed_on} == {None}
    finally:
        opened.close()
