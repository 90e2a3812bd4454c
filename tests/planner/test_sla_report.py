"""The report of the clocks: kept, missed, running, waiting; hours; deflections."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from planner.sla_report import Clock, Fact, Kept, report

OPENED = datetime(2026, 3, 2, 9, tzinfo=UTC)
NOW = OPENED + timedelta(hours=10)


def hours(count: float | None) -> datetime | None:
    return None if count is None else OPENED + timedelta(hours=count)


def fact(
    due: float | None, stopped: float | None, *, group: str = "high", waits: bool = False,
    self_served: bool = False, solved: bool = False,
) -> Fact:  # fmt: skip
    clock = Clock(hours(due), hours(stopped))
    return Fact(group, OPENED, waits, solved, self_served, (clock, Clock(None, None), clock))


def test_a_clock_is_kept_missed_or_running() -> None:
    facts = [
        fact(4, 4), fact(4, 5), fact(4, None), fact(12, None), fact(4, None, waits=True),
        fact(None, 3),
    ]  # fmt: skip
    (high, whole) = report(facts, NOW)
    assert (high.group, whole.group) == ("high", "")
    assert high.clocks[0] == Kept(1, 2, 2, 4.0)
    assert high.clocks[0].share == 1 / 3
    assert high.clocks[1] == Kept(0, 0, 0, None)
    assert high.clocks[1].share is None
    assert whole.complaints == 6


def test_the_largest_group_comes_first_and_deflections_are_solved_ones() -> None:
    facts = [
        fact(4, 1, group="b", self_served=True, solved=True), fact(4, 1, group="B"),
        fact(4, 1, group="a", self_served=True), fact(4, 1, group="a"),
    ]  # fmt: skip
    found = report(facts, NOW)
    assert [one.group for one in found] == ["a", "B", "b", ""]
    assert [one.self_served for one in found] == [0, 0, 1, 1]
    assert report([], NOW)[0].complaints == 0


@given(
    st.lists(
        st.tuples(st.integers(1, 20) | st.none(), st.integers(0, 9) | st.none(), st.booleans()),
        max_size=30,
    )
)
def test_every_clock_with_a_target_is_counted_once(
    cases: list[tuple[int | None, int | None, bool]],
) -> None:
    facts = [fact(due, stopped, waits=waits) for due, stopped, waits in cases]
    kept, missed, running, _hours = report(facts, NOW)[-1].clocks[0]
    assert kept + missed + running == sum(due is not None for due, _stopped, _waits in cases)
