"""Each committed change is heard of once, in whatever order the commits come."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from typing import Any

import psycopg
import pytest

from db import feed as feeds
from db.address import Address
from db.book import Book, create_book
from db.feed import LONGEST_OPEN, FileFeed, ServerFeed, feed_of, notes_of, place_of
from planner.use_cases.accounts import add_account, change_account, change_accounts
from planner.views.live import Place
from tests import pg_server
from tests.db.servers import Databases
from tests.makers import TODAY, opened

NEVER = Event()
LONG = 20.0
"""Seconds that a wait may take at most; it ends as soon as something is there."""


@pytest.fixture(params=["sqlite", "postgres"])
def place(
    request: pytest.FixtureRequest, tmp_path: Path, server: pg_server.Server
) -> Iterator[Address]:
    """An empty book on either engine."""
    databases = Databases(server)
    here = Address("sqlite", tmp_path / "book.db") if request.param == "sqlite" else databases.new()
    create_book(here, name="Test", today=TODAY)
    yield here
    databases.drop_all()


@pytest.fixture
def bob(place: Address) -> Iterator[Book]:
    """Somebody who saves."""
    book = opened(place, actor="Bob")
    yield book
    book.close()


@pytest.fixture
def reader(place: Address) -> Iterator[Book]:
    """The connection that listens."""
    book = opened(place, mode="read")
    yield book
    book.close()


def test_what_another_saves_is_heard_of_once_with_its_accounts(reader: Book, bob: Book) -> None:
    bob.run(add_account, name="Before")
    feed = feed_of(reader.connection)
    assert feed.take() == []
    first = bob.run(add_account, name="Nordic")
    second = bob.run(add_account, name="Atlas")
    both = bob.run(change_accounts, [first.result.id, second.result.id], tier=1)
    assert feed.wait(LONG, NEVER)
    ids = feed.take()
    assert ids == [first.change_id, second.change_id, both.change_id]
    notes = notes_of(reader.connection, ids)
    assert [(note.actor, note.summary) for note in notes][:2] == [
        ("Bob", "added account Nordic"),
        ("Bob", "added account Atlas"),
    ]
    assert notes[0].account_ids == {first.result.id}
    assert notes[2].account_ids == {first.result.id, second.result.id}
    assert feed.take() == []


def test_waiting_ends_when_somebody_saves_and_when_it_is_stopped(
    reader: Book, bob: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "POLL_SECONDS", 10 * LONG)
    feed = feed_of(reader.connection)
    heard: list[bool] = []
    waiter = Thread(target=lambda: heard.append(feed.wait(LONG, NEVER)))
    waiter.start()
    bob.run(add_account, name="Nordic")
    waiter.join(LONG)
    assert heard == [True]
    feed.take()
    stop = Event()
    waiter = Thread(target=lambda: heard.append(feed.wait(LONG, stop)))
    waiter.start()
    stop.set()
    waiter.join(LONG)
    assert heard == [True, False]
    assert feed.wait(0.0, NEVER) is False


def test_a_feed_goes_on_from_a_place_without_a_gap(reader: Book, bob: Book) -> None:
    bob.run(add_account, name="Before")
    place = place_of(reader.connection)
    made = [bob.run(add_account, name=name).change_id for name in ("Nordic", "Atlas")]
    feed = feed_of(reader.connection, place)
    assert feed.wait(0.0, NEVER)
    assert feed.take() == made
    place = feed.place
    assert feed.wait(0.0, NEVER) is False
    again = feed_of(reader.connection, place)
    again.wait(0.0, NEVER)
    assert again.take() == []
    last = bob.run(add_account, name="Kivi").change_id
    assert again.wait(LONG, NEVER)
    assert again.take() == [last]


def test_a_place_that_this_book_was_never_at_is_its_end(reader: Book, bob: Book) -> None:
    bob.run(add_account, name="Before")
    far = (1 << 62) + 5
    for place in (Place(False, far), Place(True, far)):
        feed = feed_of(reader.connection, place)
        assert feed.take() == []
        made = bob.run(add_account, name=f"After {place.on_server}").change_id
        assert feed.wait(LONG, NEVER)
        assert feed.take() == [made]


def test_the_records_that_a_change_wrote_are_told(reader: Book, bob: Book) -> None:
    account = bob.run(add_account, name="Nordic").result.id
    feed = feed_of(reader.connection)
    bob.run(change_account, account, tier=1)
    (told,) = notes_of(reader.connection, feed.take())
    assert told.row_ids == told.account_ids == {account}


def test_a_change_of_nothing_is_not_heard_of(reader: Book, bob: Book) -> None:
    account = bob.run(add_account, name="Nordic").result.id
    feed = feed_of(reader.connection)
    assert bob.run(change_account, account, name="Nordic").change_id is None
    for _done in bob.rescore(stale_only=False):
        pass
    assert feed.take() == []


def test_more_changes_than_anybody_reads_are_bounded(
    reader: Book, bob: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = feed_of(reader.connection)
    made = [bob.run(add_account, name=f"A {number}").change_id for number in range(5)]
    monkeypatch.setattr(feeds, "MOST_NOTES", 2)
    assert [note.change_id for note in notes_of(reader.connection, feed.take())] == made[-2:]


def insert_change(raw: psycopg.Connection[Any], change_id: int) -> None:
    raw.execute(
        "INSERT INTO trustplan.change (id, at, on_date, actor, use_case, summary, kind)"
        " VALUES (%s, '2026-01-01', '2026-01-01', 'x', 'x', 'x', 'do')",
        (change_id,),
    )


def test_two_transactions_that_commit_in_the_other_order_are_both_heard_of(
    server: pg_server.Server,
) -> None:
    databases = Databases(server)
    address = databases.new()
    create_book(address, name="Test", today=TODAY)
    reader = opened(address, mode="read")
    feed = feed_of(reader.connection)
    naive_last = 0
    naive: list[int] = []

    def naive_take() -> None:
        nonlocal naive_last
        rows = reader.connection.rows(
            "SELECT id FROM change WHERE id > :last ORDER BY id", {"last": naive_last}
        )
        naive.extend(row[0] for row in rows)
        naive_last = max([naive_last, *(row[0] for row in rows)])

    with psycopg.connect(address.url) as first, psycopg.connect(address.url) as second:
        insert_change(first, 1)
        insert_change(second, 2)
        second.commit()
        assert feed.take() == [2]
        naive_take()
        assert feed.take() == []
        first.commit()
        assert feed.take() == [1]
        naive_take()
        insert_change(second, 3)
        second.commit()
        assert feed.take() == [3]
        naive_take()
    assert naive == [2, 3]  # what a cursor over ids alone hears of: it loses the first
    reader.close()
    databases.drop_all()


def test_a_place_taken_while_a_transaction_is_open_hears_of_it_and_of_nothing_twice(
    server: pg_server.Server,
) -> None:
    databases = Databases(server)
    address = databases.new()
    create_book(address, name="Test", today=TODAY)
    reader = opened(address, mode="read")
    with psycopg.connect(address.url) as first, psycopg.connect(address.url) as second:
        insert_change(first, 1)
        insert_change(second, 2)
        second.commit()
        feed = feed_of(reader.connection, place_of(reader.connection))
        assert feed.take() == []
        feed = feed_of(reader.connection, feed.place)
        first.commit()
        assert feed.take() == [1]
        assert feed_of(reader.connection, feed.place).take() == []
    reader.close()
    databases.drop_all()


def test_in_a_restored_database_old_changes_are_neither_read_again_nor_news(
    server: pg_server.Server,
) -> None:
    databases = Databases(server)
    address = databases.new()
    create_book(address, name="Test", today=TODAY)
    reader, bob = opened(address, mode="read"), opened(address, actor="Bob")
    old = bob.run(add_account, name="Before").change_id
    assert old is not None
    with psycopg.connect(address.url) as raw:  # as a dump brings them: no trigger fires
        raw.execute("SET session_replication_role = replica")
        for ahead in range(1, 6):
            raw.execute(
                "INSERT INTO trustplan.change (id, at, on_date, actor, use_case, summary, kind,"
                " xid) VALUES (%s, '2026-01-01', '2026-01-01', 'x', 'x', 'x', 'do',"
                " (pg_current_xact_id()::text::bigint + %s)::text::xid8)",
                (old - 2 * LONGEST_OPEN + ahead, ahead),
            )
    feed = feed_of(reader.connection)
    assert isinstance(feed, ServerFeed)
    assert feed.place.taken == frozenset()
    made = [bob.run(add_account, name=f"After {number}").change_id for number in range(8)]
    heard = feed.take()
    made.append(bob.run(add_account, name="Last").change_id)
    assert [*heard, *feed.take()] == made
    reader.close()
    bob.close()
    databases.drop_all()


def test_a_server_is_asked_even_when_it_tells_nothing(
    server: pg_server.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    databases = Databases(server)
    address = databases.new()
    create_book(address, name="Test", today=TODAY)
    reader, bob = opened(address, mode="read"), opened(address, actor="Bob")
    feed = feed_of(reader.connection)
    assert isinstance(feed, ServerFeed)
    monkeypatch.setattr(reader.connection, "told", lambda _seconds: False)
    monkeypatch.setattr(feeds, "POLL_SECONDS", 0.0)
    made = bob.run(add_account, name="Nordic").change_id
    assert feed.wait(LONG, NEVER)
    assert feed.take() == [made]
    reader.close()
    bob.close()
    databases.drop_all()


def test_a_file_is_looked_at_without_reading_it(tmp_path: Path) -> None:
    address = Address("sqlite", tmp_path / "book.db")
    create_book(address, name="Test", today=TODAY)
    reader = opened(address, mode="read")
    feed = feed_of(reader.connection)
    assert isinstance(feed, FileFeed)
    assert feed.wait(0.0, NEVER) is False
    reader.close()
