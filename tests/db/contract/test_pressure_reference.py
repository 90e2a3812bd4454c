"""Contact pressure against a slow reference that reads the whole log, on both engines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.book import Book
from planner.entity import build
from planner.ports import UnitOfWork
from planner.pressure import Pressure, Window
from planner.touchpoints import Participant, Touchpoint
from planner.use_cases.accounts import add_account
from planner.use_cases.complaints import log_complaint
from planner.use_cases.people import add_person
from planner.vocabulary import FUNCTIONS
from tests.makers import TODAY, at, day


class Said(NamedTuple):
    """One contact of the log."""

    ago: int
    people: tuple[int, ...] = ()
    direction: str = "out"
    function: str | None = "sales"
    intent: str | None = None
    answers: int = 0
    complaint: bool = False
    archived: bool = False


def put(uow: UnitOfWork, account: int, said: Said, before: list[int], case: int = 0) -> int:
    """Write a contact past the use case, which takes none that lies ahead."""
    on = day(said.ago)
    moment = datetime.combine(on, time(23, 30), UTC)
    touchpoint = uow.touchpoints.add(
        build(
            Touchpoint, id=uow.new_id(), account_id=account, kind="email",
            direction=said.direction, function=said.function, intent=said.intent,
            occurred_at=moment, occurred_on=on, recorded_on=TODAY, logged_at=uow.clock.now(),
            thread_id=before[-said.answers] if 0 < said.answers <= len(before) else None,
            complaint_id=case if said.complaint else None,
        )
    )  # fmt: skip
    for person in said.people:
        uow.participants.add(
            build(
                Participant, id=uow.new_id(), touchpoint_id=touchpoint.id, account_id=account,
                person_id=person, two_way=False, occurred_on=on, recorded_on=TODAY,
            )
        )  # fmt: skip
    if said.archived:
        uow.touchpoints.archive(touchpoint)
    return touchpoint.id


def slow(book: Book, window: Window, *, account: int, person: int | None, on: date) -> int:
    """The contacts in a window, one by one from the whole log."""
    connection = book.connection
    log = {row["id"]: row for row in connection.maps("SELECT * FROM touchpoint")}
    cases = {row["id"]: row for row in connection.maps("SELECT * FROM complaint")}
    took_part: dict[int, set[int]] = {}
    for row in connection.maps("SELECT * FROM participant"):
        if row["archived_at"] is None:
            took_part.setdefault(row["touchpoint_id"], set()).add(row["person_id"])
    count = 0
    for row in log.values():
        age = (on - date.fromisoformat(row["occurred_on"])).days
        theirs = row["account_id"] == account if person is None else person in took_part.get(
            row["id"], ()
        )  # fmt: skip
        began = log.get(row["thread_id"])
        case = cases.get(row["complaint_id"])
        answer = row["function"] == "service" and case is not None and (
            person is None or case["person_id"] in (None, person)
        )  # fmt: skip
        if (
            row["archived_at"] is None
            and row["direction"] == "out"
            and theirs
            and not (began is not None and began["direction"] == "in")
            and not answer
            and 0 <= age < window.days
            and (not window.selling or row["intent"] == "sell")
        ):
            count += 1
    return count


said = st.tuples(
    st.integers(-15, 40),
    st.sets(st.integers(0, 2), max_size=3),
    st.sampled_from(["out", "out", "out", "in"]),
    st.sampled_from([None, *FUNCTIONS]),
    st.sampled_from([None, "sell", "help"]),
    st.integers(0, 3),
    st.booleans(),
    st.sampled_from([False, False, False, True]),
)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(log=st.lists(said, min_size=1, max_size=25), complainer=st.sampled_from([None, 0, 1]))
def test_pressure_is_what_a_slow_count_of_the_log_gives(
    book: Book, log: list[tuple[Any, ...]], complainer: int | None
) -> None:
    def fill_log(uow: UnitOfWork) -> tuple[int, list[int]]:
        account = add_account(uow, name=f"A {uow.new_id()}", tier=1).id
        people = [add_person(uow, account, name=name)[0].id for name in ("One", "Two", "Three")]
        person = None if complainer is None else people[complainer]
        case = log_complaint(uow, account, title="Late", when=at(9), person_id=person).id
        before: list[int] = []
        for ago, takes, *rest in log:
            one = Said(ago, tuple(people[number] for number in sorted(takes)), *rest)
            before.append(put(uow, account, one, before, case))
        return account, people

    account, people = book.run(fill_log).result
    ask = book.queries().pressure
    found: Iterable[Pressure] = [ask.account(account), *map(ask.person, people)]
    for one in found:
        person = None if one.subject.kind == "account" else one.subject.id
        for state in one.windows:
            wanted = slow(book, state.window, account=account, person=person, on=TODAY)
            assert state.contacts == wanted
        free = one.next_free
        assert free is not None
        for ahead in range((free - TODAY).days + 1):
            on = TODAY + timedelta(days=ahead)
            full = any(
                slow(book, state.window, account=account, person=person, on=on) >= state.window.cap
                for state in one.windows
                if not state.window.selling
            )
            assert full is (on != free)
