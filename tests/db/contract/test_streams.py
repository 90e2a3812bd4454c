"""Long lists are read row by row, and say the same as those that are read at once."""

from __future__ import annotations

from itertools import islice

from db.book import Book
from planner.use_cases.touchpoints import log_touchpoint
from tests.makers import World, at


def test_each_list_read_row_by_row_is_the_whole_list(filled: Book, world: World) -> None:
    filled.run(log_touchpoint, world.account, kind="email", when=at(3), person_ids=[world.joe])
    queries = filled.queries()
    assert list(queries.people.each()) == queries.people.everybody() != []
    assert list(queries.complaints.each()) == queries.complaints.everything() != []
    assert list(queries.timeline.each_touchpoint()) == queries.timeline.touchpoints() != []
    assert list(queries.people.each(2)) == queries.people.everybody()[:2]
    assert list(queries.complaints.each(1)) == queries.complaints.everything()[:1]
    assert list(queries.timeline.each_touchpoint(1)) == queries.timeline.touchpoints()[:1]


def test_a_stream_that_is_left_early_leaves_the_connection_free(filled: Book, world: World) -> None:
    rows = filled.connection.stream("SELECT id FROM audit_entry ORDER BY id")
    first = [row[0] for row in islice(rows, 3)]
    rows.close()  # type: ignore[attr-defined]  # a generator behind the protocol's iterator
    whole = [row[0] for row in filled.connection.rows("SELECT id FROM audit_entry ORDER BY id")]
    assert first == whole[:3]
    assert filled.run(log_touchpoint, world.account, kind="call", when=at(0, 9)).change_id


def test_another_question_can_be_asked_while_a_stream_runs(filled: Book) -> None:
    seen = [
        (row[0], filled.connection.one("SELECT name FROM account WHERE id = :id", {"id": row[0]}))
        for row in filled.connection.stream("SELECT id FROM account ORDER BY id")
    ]
    assert [name for _id, name in seen] == [("Nordic Oy",), ("Other Ltd",)]
