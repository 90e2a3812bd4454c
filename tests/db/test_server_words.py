"""Words of names in a server's own table: found as on a file, and taken over from the index."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import search, server_words
from db.book import Book, create_book
from db.engine import Connection, transaction
from planner.text import search_words
from tests.db.servers import Databases
from tests.db.test_postgres_engine import there
from tests.fakes import FakeClock
from tests.makers import TODAY, fill, new_book, opened
from tests.strategies import HOSTILE

FIRST = ("Nordic", "Nor", "Norden", "Nörd", "Ordo", "Atlas", "K", "東京 電機", "Übernord")
SECOND = ("Foods", "Food Nordic", "Oy", "Nord 8", "Logistics & Foods", "")
TEXTS = (
    "n", "k", "no", "nor", "nord", "nordi", "nordic", "nordic foods", "foods nor", "oy n", "ordic",
    "o", "fo", "foo", "food", "food nordic", "8", "東", "東京", "ubern", "zyxw", "nordic zyxw",
    "nor k",
    *HOSTILE,
)  # fmt: skip
HELD = (
    "SELECT kind, word, id FROM search_word WHERE kind IN ('a', 'n', 'p') ORDER BY kind, word, id"
)
NAMES_INDEX = (
    "CREATE INDEX search_names ON search_index USING gin (lexemes)"
    " WHERE kind IN ('account', 'name', 'person')"
)


@pytest.fixture
def shared(databases: Databases, clock: FakeClock) -> Iterator[Book]:
    """A filled book on a server."""
    address = databases.new()
    create_book(address, name="Test", today=TODAY)
    book = opened(address, clock)
    fill(book)
    yield book
    book.close()


def entered(connection: Connection) -> None:
    """Enter many names, each as an account's and as a person's, by the way of each engine."""
    names = [f"{one} {two}" for one, two in itertools.product(FIRST, SECOND)] + list(HOSTILE)
    entries = []
    for at, name in enumerate(names, start=100_000):
        words = search_words(name)
        entries.append({"id": at, "kind": "account", "account": at, "label": name, "words": words})
        entries.append(search.name_entry(at, name))
        entries.append(
            {"id": at + 1_000, "kind": "person", "account": at, "label": name, "words": words}
        )
    with transaction(connection):
        search.enter_many(connection, [one for one in entries if one["words"]])


def test_both_engines_find_the_same_in_the_same_order(shared: Book, tmp_path: Path) -> None:
    file = new_book(tmp_path)
    for book in (file, shared):
        entered(book.connection)
    with transaction(shared.connection):
        for row_id, _kind in shared.connection.rows(
            "SELECT id, kind FROM search_entry WHERE ABS(id) < 100000 OR ABS(id) > 110000"
        ):
            search.remove(shared.connection, row_id)
    found = 0
    for text, limit in itertools.product(TEXTS, (3, 1_000)):
        wanted = search.find(file.connection, text, limit)
        assert search.find(shared.connection, text, limit) == wanted, text
        names = search.names_with(file.connection, text, limit)
        assert search.names_with(shared.connection, text, limit) == names, text
        found += len(names)
    assert found > 300
    file.close()


@pytest.mark.parametrize("most", [4, 2_000])
def test_both_engines_compare_the_same_names_with_a_text(
    shared: Book, tmp_path: Path, most: int
) -> None:
    file = new_book(tmp_path)
    with transaction(shared.connection):
        for (row_id,) in shared.connection.rows("SELECT id FROM search_entry"):
            search.remove(shared.connection, row_id)
    for book in (file, shared):
        entered(book.connection)
    for parts in (["nor", "ord", "rdi", "dic"], ["foo", "ood", "8"], ["oy", "k"], ["zyx"], []):
        for limit in (2, 7, 150):
            likely = search.accounts_sharing(file.connection, parts, most, limit)
            assert search.accounts_sharing(shared.connection, parts, most, limit) == likely
            assert len(likely) <= limit
            assert bool(likely) == (parts not in ([], ["zyx"]))
    file.close()


def test_a_books_words_come_out_of_the_index_of_before(shared: Book) -> None:
    entered(shared.connection)
    before = shared.connection.rows(HELD)
    connection = there(shared)
    with transaction(connection):
        indexed_as_before(connection, ("account", "name", "person"))
        for statement in server_words.FROM_THE_INDEX:
            connection.statement(statement)
    assert shared.connection.rows(HELD) == before
    kinds = shared.connection.rows("SELECT DISTINCT kind FROM search_index ORDER BY kind")
    assert kinds == [("complaint",), ("touchpoint",)]


def test_a_book_from_before_names_by_any_part_gets_all_words(shared: Book) -> None:
    before = shared.connection.rows(HELD)
    connection = there(shared)
    with transaction(connection):
        indexed_as_before(connection, ("account", "person"))
        connection.run("DELETE FROM search_entry WHERE kind = 'name'")
        connection.statement(server_words.TABLE)
        search.enter_names(connection)
        for statement in server_words.FROM_THE_INDEX:
            connection.statement(statement)
    assert shared.connection.rows(HELD) == before


def indexed_as_before(connection: Connection, kinds: tuple[str, ...]) -> None:
    """Put the words of these kinds into the word index, as before migration 8."""
    connection.run("DROP TABLE search_word")
    connection.run(NAMES_INDEX)
    entries = connection.rows(f"SELECT id, kind, words FROM search_entry WHERE kind IN {kinds}")
    for row_id, kind, words in entries:
        cut = sorted({word[: server_words.LONGEST] for word in words.split()})
        connection.run(search.LEARN_THERE, {"id": row_id, "kind": kind, "lexemes": " ".join(cut)})


def test_a_word_of_many_notes_is_looked_for_among_the_newest(
    shared: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = [
        {"id": at, "kind": "touchpoint", "account": 1, "label": "x",
         "words": f"rare{at} often" if at % 100 == 0 else "often"}
        for at in range(200_000, 201_000)
    ]  # fmt: skip
    with transaction(shared.connection):
        search.enter_many(shared.connection, entries)
    there(shared).statement("ANALYZE search_index")
    monkeypatch.setattr(search, "RECENT", 100)
    asked: list[str] = []
    rows = shared.connection.rows

    def noted(sql: str, params: dict[str, object]) -> list[tuple[object, ...]]:
        asked.append(sql)
        return rows(sql, params)

    monkeypatch.setattr(shared.connection, "rows", noted)
    many = search.find(shared.connection, "often", 5)
    assert [row_id for _kind, row_id, _a, _l in many] == [200_999 - at for at in range(5)]
    newest = search.RECENT_THERE["touchpoint"]
    assert newest in asked
    asked.clear()
    assert [one[1] for one in search.find(shared.connection, "rare200300", 5)] == [200_300]
    assert newest not in asked
