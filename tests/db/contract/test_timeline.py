"""The stream of an account and of a person equals a slow reference; pages give each row once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from db.book import Book
from db.queries.timeline import moment_of_id
from db.schema_v9 import CONTRACT_TABLES, PLAN_TABLES
from planner.advocacy import Advocacy
from planner.entity import build
from planner.meetings import Attendee, Meeting
from planner.ports import UnitOfWork
from planner.signals import Signal
from planner.surveys import Survey
from planner.use_cases.contracts import change_contract
from planner.use_cases.entries import archive_touchpoint, pin_entry, unpin_entry
from planner.use_cases.plans import change_plan
from planner.use_cases.touchpoints import log_touchpoint
from planner.views.account import TimelineRow
from planner.views.timeline import KINDS, TOP, Place, TimelineFilter
from planner.vocabulary import FUNCTIONS
from tests.fakes import NOON
from tests.makers import TODAY, World, at, day, on_day

OCCURRED = {
    "touchpoint": ("occurred_at", "occurred_on"), "complaint": ("opened_at", "opened_on"),
    "survey": ("answered_at", "answered_on"), "signal": ("heard_at", "heard_on"),
    "meeting": ("starts_at", "starts_on"), "pulse": (None, "given_on"),
    "advocacy": (None, "on_date"), "celebration": (None, "on_date"),
}  # fmt: skip
NO_FUNCTION = ("survey", "advocacy", "celebration")


def busy(book: Book, world: World) -> None:
    """Entries of every kind, several at one moment, on both sides of now, and of both accounts."""
    for number in range(12):
        people = [(world.maria, world.joe)[number % 2]] if number % 3 else [world.maria, world.joe]
        when = at(number // 3, 10) if number % 4 else on_day(number // 3)
        function = FUNCTIONS[number % 4]
        book.run(log_touchpoint, world.account, kind="call", when=when, person_ids=people,
                 function=function)  # fmt: skip
    book.run(log_touchpoint, world.other, kind="call", when=at(1), person_ids=[world.stranger])
    gone = book.run(log_touchpoint, world.account, kind="call", when=at(1)).result.id
    book.run(archive_touchpoint, gone)
    book.run(change_contract, world.contract, arr_minor=99_000, end_on=day(-100))
    book.run(change_plan, world.plan, next_review_on=day(-9))
    book.run(_heard, world)


def _heard(uow: UnitOfWork, world: World) -> None:
    logged = {"account_id": world.account, "recorded_on": day(1), "logged_at": NOON}
    for number in range(5):
        moment, on = NOON - timedelta(days=number - 2, hours=2), day(number - 2)
        uow.meetings.add(build(
            Meeting, id=uow.new_id(), **logged, title=f"m{number}", starts_at=moment, starts_on=on,
            colleague_id=(world.ann, world.bob)[number % 2],
            status="cancelled" if number == 3 else "planned",
            touchpoint_id=world.touchpoint if number == 4 else None,
        ))  # fmt: skip
        uow.signals.add(build(Signal, id=uow.new_id(), **logged, signal="s", heard_at=moment,
                              heard_on=on, person_id=world.joe, function="sales"))  # fmt: skip
        uow.surveys.add(build(Survey, id=uow.new_id(), **logged, kind="csat", score=3, highest=5,
                              answered_at=moment, answered_on=on))  # fmt: skip
        uow.advocacies.add(build(Advocacy, id=uow.new_id(), account_id=world.account, kind="review",
                                 advocacy="a", on_date=on, person_id=world.maria))  # fmt: skip
    (meeting, *_rest) = uow.meetings.find(account_id=world.account)
    uow.attendees.add(build(Attendee, id=uow.new_id(), meeting_id=meeting.id,
                            account_id=world.account, person_id=world.joe))  # fmt: skip


def reference(book: Book, account_id: int | None, wanted: TimelineFilter) -> list[Place]:
    """All rows read and sorted in Python: the places of what is to be shown."""
    read = book.connection.maps
    colleagues = {row["id"]: row for row in read("SELECT * FROM colleague")}
    found: list[Place] = []

    def take(kind: str, row: dict[str, Any], moment: str, on: str, function: str | None,
             people: set[int | None]) -> None:  # fmt: skip
        fits = (
            (not wanted.kinds or kind in wanted.kinds)
            and (wanted.function is None
                 or (kind not in NO_FUNCTION and function == wanted.function))
            and (wanted.person_id is None or wanted.person_id in people)
            and (wanted.since is None or on >= wanted.since.isoformat())
            and (wanted.until is None or on <= wanted.until.isoformat())
        )  # fmt: skip
        if fits and account_id in (None, row["account_id"]):
            found.append(Place(moment, KINDS.index(kind), row["id"]))

    members = {"touchpoint": read("SELECT * FROM participant WHERE archived_at IS NULL"),
               "meeting": read("SELECT * FROM attendee WHERE archived_at IS NULL")}  # fmt: skip
    for kind, (moment, on) in OCCURRED.items():
        for row in read(f"SELECT * FROM {kind} WHERE archived_at IS NULL"):
            if not _happened(kind, row):
                continue
            people = {one["person_id"] for one in members.get(kind, ())
                      if one[f"{kind}_id"] == row["id"]} | {row.get("person_id")}  # fmt: skip
            function = row.get("function")
            if kind == "complaint":
                function = "service"
            elif kind == "meeting":
                function = (colleagues.get(row["colleague_id"]) or {}).get("function")
            shown = f"{row[on]}T12:00:00.000000Z" if moment is None else row[moment]
            take(kind, row, shown, row[on], function, people)
    entries = read("SELECT DISTINCT change_id, account_id, table_name FROM audit_entry")
    changes = {row["id"]: row for row in read("SELECT * FROM change")}
    for kind, tables in (("plan", PLAN_TABLES), ("contract", CONTRACT_TABLES)):
        pairs = {(e["change_id"], e["account_id"]) for e in entries
                 if f"'{e['table_name']}'" in tables}  # fmt: skip
        for change_id, owner in pairs:
            one = changes[change_id]
            function = (colleagues.get(one["colleague_id"]) or {}).get("function")
            take(kind, {"id": change_id, "account_id": owner}, moment_of_id(change_id),
                 one["on_date"], function, set())  # fmt: skip
    return sorted(found, reverse=True)


def _happened(kind: str, row: dict[str, Any]) -> bool:
    if kind == "celebration":
        return not row["yearly"] and row["on_date"] <= TODAY.isoformat()
    if kind == "advocacy":
        return bool(row["on_date"] <= TODAY.isoformat())
    return kind != "meeting" or row["touchpoint_id"] is None


def places(rows: list[TimelineRow]) -> list[Place]:
    return [one.place for one in rows]


def paged(book: Book, account_id: int | None, wanted: TimelineFilter, size: int) -> list[Place]:
    """The stream read to its end in pages of a size."""
    queries, found, before = book.queries().timeline, [], TOP
    while True:
        if account_id is None:
            rows = queries.of_person(wanted.person_id or 0, wanted, before=before, limit=size)
        else:
            rows = queries.of_account(account_id, wanted, before=before, limit=size)
        found += places(rows)
        if len(rows) < size:
            return found
        before = rows[-1].place


def test_the_stream_is_all_of_it_newest_first_whatever_the_page(filled: Book, world: World) -> None:
    busy(filled, world)
    wanted = reference(filled, world.account, TimelineFilter())
    assert {KINDS[one.rank] for one in wanted} == set(KINDS) - {"celebration"}
    for size in (1, 2, 3, 7, 1000):
        assert paged(filled, world.account, TimelineFilter(), size) == wanted


def test_filters_and_pages_agree_with_the_reference(filled: Book, world: World) -> None:
    busy(filled, world)
    days = st.none() | st.integers(-4, 8).map(day)
    people = (world.maria, world.joe, world.stranger)

    @settings(max_examples=60)
    @given(
        kinds=st.lists(st.sampled_from(KINDS), max_size=3, unique=True).map(tuple),
        function=st.none() | st.sampled_from(FUNCTIONS),
        person=st.none() | st.sampled_from(people),
        since=days,
        until=days,
        size=st.sampled_from((1, 2, 5, 40)),
        alone=st.booleans(),
    )
    def agrees(
        kinds: tuple[str, ...], function: str | None, person: int | None, since: date | None,
        until: date | None, size: int, alone: bool,
    ) -> None:  # fmt: skip
        wanted = TimelineFilter(kinds, function, person, since, until)
        account = None if alone and person is not None else world.account
        assert paged(filled, account, wanted, size) == reference(filled, account, wanted)

    agrees()


def test_an_empty_account_has_an_empty_stream(filled: Book) -> None:
    from planner.use_cases.accounts import add_account

    empty = filled.run(add_account, name="Empty").result.id
    queries = filled.queries().timeline
    assert queries.of_account(empty) == [] == queries.pinned(empty) == queries.thread(1)
    assert queries.entry("survey", 1) is None


def test_a_contract_event_says_what_moved_and_an_undo_says_so(filled: Book, world: World) -> None:
    from db.undo import undo

    filled.run(change_contract, world.contract, arr_minor=99_000, notice_days=60)
    only = TimelineFilter(kinds=("contract",))
    newest = filled.queries().timeline.of_account(world.account, only, limit=1)[0]
    assert "amount 1.2 k EUR → 990 EUR, notice days 30 → 60" in newest.text
    filled.run(undo)
    newest = filled.queries().timeline.of_account(world.account, only, limit=1)[0]
    assert newest.text.startswith("undone: ")


def test_a_thread_is_read_oldest_first_and_its_beginning_counts_the_answers(
    filled: Book, world: World
) -> None:
    first = filled.run(
        log_touchpoint, world.account, kind="email", when=at(0, 9), reply_to=world.touchpoint
    ).result.id
    second = filled.run(
        log_touchpoint, world.account, kind="email", when=at(0, 10), reply_to=first
    ).result.id
    queries = filled.queries().timeline
    for one in (world.touchpoint, first, second):
        assert [row.id for row in queries.thread(one)] == [world.touchpoint, first, second]
    rows = {row.id: row for row in queries.of_account(world.account)}
    assert (rows[world.touchpoint].replies, rows[first].replies) == (2, 0)
    assert rows[second].thread_id == world.touchpoint
    filled.run(archive_touchpoint, second)
    assert [row.id for row in filled.queries().timeline.thread(first)] == [world.touchpoint, first]


def test_what_is_pinned_stands_apart_until_it_is_unpinned_or_archived(
    filled: Book, world: World
) -> None:
    from db.undo import undo

    def pinned() -> list[tuple[str, int]]:
        found = filled.queries().timeline.pinned(world.account)
        return [(one.kind, one.id) for one in found]

    assert pinned() == [("touchpoint", world.touchpoint)]
    filled.run(pin_entry, world.account, "complaint", world.complaint)
    assert pinned() == [("touchpoint", world.touchpoint), ("complaint", world.complaint)]
    filled.run(unpin_entry, world.account, "complaint", world.complaint)
    filled.run(archive_touchpoint, world.touchpoint)
    assert pinned() == []
    filled.run(undo)
    assert pinned() == [("touchpoint", world.touchpoint)]
