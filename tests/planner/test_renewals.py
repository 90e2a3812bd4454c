"""Renewals: the vectors of metrics.md 4.3 and 4.14, states, odds, and months with too much."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.renewals import (
    CROWD_LEAST,
    expected_of,
    forecast_of,
    kept_and_more,
    milestone_on,
    notice_on,
    odds_of,
    period_of,
    rate,
    starts_on,
    state_of,
    steps,
)
from planner.views.renewals import DueGroup, RenewalForecast, RenewalRow, Standing
from planner.vocabulary import FORECASTS, MILESTONE_OFFSETS

END = date(2025, 12, 31)
OPEN = Standing(
    band="green", forecast="unknown", probability=None, cancelled=False, decided=False,
    ended=False, lost=False, overdue=False, by_default=False,
)  # fmt: skip
RENEWED = OPEN._replace(decided=True, forecast="certain")
ROW = RenewalRow(
    id=1, account_id=7, account="Nordic", contract="contract", tier=1, owner_id=2, owner="Ann",
    arr_minor=10_000, currency="EUR", foreign=False, end_on="2026-05-15", notice_on=None,
    auto_renew=False, new_minor=None, uplift_percent=None, decided_on=None, shown=80,
    uncertain=False, coverage=1.0, starter_known=4, as_of="2026-03-11", plan_readiness=None,
    standing=OPEN, milestones_done=(),
)  # fmt: skip
FROM, TO = date(2026, 3, 1), date(2027, 3, 1)


def group(
    arr: int,
    standing: Standing = OPEN,
    *,
    month: str = "2026-05",
    count: int = 1,
    foreign: bool = False,
    new: int | None = None,
    uplift: float | None = None,
) -> DueGroup:
    """Renewals of one kind, ``arr`` in all."""
    kept, more = kept_and_more(arr, new, None)
    return DueGroup(month, foreign, uplift, standing, count, arr, int(kept), int(more))


def made(*groups: DueGroup) -> RenewalForecast:
    return forecast_of(groups, FROM, TO, "EUR")


# -- vectors of metrics.md -------------------------------------------------------------------------


def test_vector_the_forecast_is_each_amount_by_its_probability() -> None:
    found = made(
        group(12_000_000, OPEN._replace(probability=0.96)),
        group(8_000_000, OPEN._replace(probability=0.85)),
        group(5_000_000, OPEN._replace(probability=0.60)),
    )
    assert found.total.expected_minor == 21_320_000
    assert found.total.due_minor == 25_000_000
    share = rate(found.total.expected_minor, found.total.due_minor)
    assert share == Decimal("0.8528")


def test_vector_eight_due_and_seven_renewed_are_87_5_per_cent() -> None:
    found = made(
        group(70, RENEWED, count=7),
        group(10, RENEWED._replace(forecast="lost")),
    )
    assert rate(found.total.renewed_count, found.total.due_count) == Decimal("0.875")


def test_vector_renewed_arr_of_the_due_arr() -> None:
    found = made(
        group(21_320_000, RENEWED),
        group(3_680_000, RENEWED._replace(cancelled=True)),
    )
    assert rate(found.total.renewed_minor, found.total.due_minor) == Decimal("0.8528")


def test_vector_the_dates_before_the_end_of_2025() -> None:
    assert milestone_on(END, 120) == date(2025, 9, 2)
    assert milestone_on(END, 90) == date(2025, 10, 2)
    assert milestone_on(END, 60) == date(2025, 11, 1)


# -- rules.md: 4.3 ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("band", "p"), [("red", "0.60"), ("yellow", "0.85"), ("green", "0.95"), ("grey", "0.80")]
)
def test_without_a_probability_it_is_assumed_by_health(band: str, p: str) -> None:
    odds = odds_of(OPEN._replace(band=band))
    assert (odds.p, odds.source) == (Decimal(p), "assumed")


def test_what_is_entered_goes_before_what_is_said_or_assumed() -> None:
    entered = OPEN._replace(probability=0.3, forecast="lost", by_default=True, cancelled=True)
    assert (odds_of(entered).p, odds_of(entered).source) == (Decimal("0.3"), "entered")


def test_a_forecast_lost_and_a_notice_that_stands_count_nothing() -> None:
    for one in (OPEN._replace(forecast="lost"), OPEN._replace(cancelled=True, by_default=True)):
        assert (odds_of(one).p, odds_of(one).source) == (Decimal(0), "said")


def test_after_the_day_for_notice_what_renews_itself_is_renewed_by_default() -> None:
    one = OPEN._replace(by_default=True)
    assert (odds_of(one).p, odds_of(one).source) == (Decimal(1), "by_default")
    assert state_of(one) == "open"


def test_a_decision_stands_above_every_forecast() -> None:
    assert odds_of(RENEWED._replace(probability=0.1)).p == 1
    assert odds_of(RENEWED._replace(cancelled=True, probability=0.9)).p == 0


@pytest.mark.parametrize(
    ("standing", "state"),
    [
        (OPEN, "open"),
        (OPEN._replace(overdue=True), "overdue"),
        (RENEWED, "renewed"),
        (RENEWED._replace(ended=True), "renewed"),
        (RENEWED._replace(lost=True), "renewed"),
        (RENEWED._replace(forecast="lost"), "lost"),
        (RENEWED._replace(cancelled=True), "lost"),
        (OPEN._replace(ended=True), "lost"),
        (OPEN._replace(lost=True, overdue=True), "lost"),
        (OPEN._replace(cancelled=True), "open"),
    ],
)
def test_states(standing: Standing, state: str) -> None:
    assert state_of(standing) == state


def test_renewed_is_the_lesser_of_old_and_new_and_the_uplift_stands_apart() -> None:
    assert kept_and_more(100, 130, None) == (Decimal(100), Decimal(30))
    assert kept_and_more(100, 70, 5.0) == (Decimal(70), Decimal(0))
    assert kept_and_more(100, None, 5.0) == (Decimal(100), Decimal(5))
    assert kept_and_more(100, None, -5.0) == (Decimal(95), Decimal(0))
    assert kept_and_more(100, None, None) == (Decimal(100), Decimal(0))
    row = ROW._replace(new_minor=13_000, standing=OPEN._replace(probability=0.5))
    assert expected_of(row) == (Decimal(5_000), Decimal(1_500))


def test_an_uplift_in_the_forecast_is_no_part_of_what_is_renewed() -> None:
    found = made(
        group(10_000, OPEN._replace(probability=0.5), new=12_000),
        group(10_000, OPEN._replace(probability=0.5), uplift=10.0),
        group(10_000, OPEN._replace(probability=0.5), uplift=-10.0),
    ).total
    assert found.expected_minor == 5_000 + 5_000 + 4_500
    assert found.uplift_minor == 1_000 + 500


def test_foreign_money_is_counted_and_never_summed() -> None:
    found = made(group(100), group(999, foreign=True)).total
    assert (found.due_count, found.foreign, found.due_minor) == (2, 1, 100)
    assert found.expected_minor == 95


def test_what_nobody_forecast_stands_apart() -> None:
    found = made(
        group(100),
        group(10, OPEN._replace(forecast="likely")),
        group(20, OPEN._replace(probability=0.5)),
        group(40, RENEWED._replace(forecast="unknown")),
    ).total
    assert found.unknown_minor == 100


def test_what_ended_before_the_period_is_no_part_of_its_due_base() -> None:
    late = OPEN._replace(overdue=True)
    found = made(group(100), group(50, late, month="2026-02"), group(5, late, month="2025-12"))
    assert found.total.due_minor == 100
    assert found.earlier is not None
    assert (found.earlier.due_count, found.earlier.due_minor) == (2, 55)


def test_nothing_due_is_no_rate() -> None:
    found = made()
    assert (found.months, found.earlier) == ((), None)
    assert rate(found.total.expected_minor, found.total.due_minor) is None


def test_the_period_is_whole_months_with_this_one_first() -> None:
    assert period_of(date(2026, 3, 31)) == (FROM, TO)
    assert period_of(date(2026, 12, 1), 1) == (date(2026, 12, 1), date(2027, 1, 1))
    assert period_of(date(9999, 12, 31))[1] == date.max


# -- months with too much in them ------------------------------------------------------------------


def crowded(*groups: DueGroup) -> list[str]:
    return [month.month for month in made(*groups).months if month.crowded]


def spread(count: int = 10, arr: int = 1_000) -> list[DueGroup]:
    """The same in each of twelve months."""
    return [
        group(arr, month=f"{2026 + (n > 9)}-{(n + 2) % 12 + 1:02}", count=count) for n in range(12)
    ]


def test_an_even_year_has_no_crowded_month() -> None:
    assert crowded(*spread()) == []


def test_more_than_twice_the_mean_month_is_crowded() -> None:
    # 23 of 133 in 12 months: twice the mean is 22.2; 22 of 132: 22.0.
    assert crowded(*spread(), group(0, month="2026-05", count=12)) == []
    assert crowded(*spread(), group(0, month="2026-05", count=13)) == ["2026-05"]


def test_more_than_a_quarter_of_the_open_money_is_crowded() -> None:
    assert crowded(*spread(), group(2_600, month="2026-05", count=0)) == []
    assert crowded(*spread(), group(2_700, month="2026-05", count=0)) == ["2026-05"]


def test_few_renewals_are_never_a_crowd() -> None:
    assert crowded(group(100, count=CROWD_LEAST - 1)) == []
    assert crowded(group(100, count=CROWD_LEAST)) == ["2026-05"]


def test_what_is_decided_crowds_no_month() -> None:
    assert crowded(group(100, RENEWED, count=9), group(1, month="2026-06")) == []


# -- milestones ------------------------------------------------------------------------------------


def test_milestones_are_done_missed_today_or_ahead() -> None:
    today = END - timedelta(days=60)
    states = {one.offset_days: one.state for one in steps(END, (120,), today)}
    assert states == {
        120: "done", 90: "missed", 60: "today", 45: "ahead", 30: "ahead", 14: "ahead",
        7: "ahead", 0: "ahead",
    }  # fmt: skip


def test_red_accounts_start_earlier() -> None:
    assert starts_on(END, "red") == END - timedelta(days=180)
    assert starts_on(END, "green") == starts_on(END, "grey") == date(2025, 9, 2)


def test_the_day_for_notice_is_calendar_days_before_the_end() -> None:
    assert notice_on(END, 30) == date(2025, 12, 1)
    assert notice_on(END, 0) == END
    assert notice_on(END, None) is None
    assert notice_on(date(1, 1, 5), 3_650) == date.min


# -- properties ------------------------------------------------------------------------------------

standings = st.builds(
    Standing,
    band=st.sampled_from(("red", "yellow", "green", "grey", "purple")),
    forecast=st.sampled_from(FORECASTS),
    probability=st.none() | st.floats(0, 1),
    cancelled=st.booleans(),
    decided=st.booleans(),
    ended=st.booleans(),
    lost=st.booleans(),
    overdue=st.booleans(),
    by_default=st.booleans(),
)
amounts = st.integers(0, 10**13)
groups = st.builds(
    group,
    amounts,
    standings,
    month=st.sampled_from(("2025-11", "2026-03", "2026-07", "2027-02")),
    count=st.integers(1, 50),
    foreign=st.booleans(),
    new=st.none() | amounts,
    uplift=st.none() | st.floats(-100, 1000),
)


@given(standings)
def test_odds_lie_between_nothing_and_certain(one: Standing) -> None:
    assert 0 <= odds_of(one).p <= 1


@given(st.lists(groups, max_size=8))
def test_a_forecast_never_exceeds_what_is_due(several: list[DueGroup]) -> None:
    found = made(*several)
    for month in (*found.months, found.total):
        assert 0 <= month.expected_minor <= month.due_minor
        assert month.renewed_minor <= month.expected_minor
        assert month.unknown_minor <= month.open_minor <= month.due_minor
        assert month.open_count + month.renewed_count + month.lost_count == month.due_count
    assert sum(month.due_minor for month in found.months) == found.total.due_minor


@given(st.lists(groups, max_size=8))
def test_the_order_of_the_groups_changes_nothing_that_is_counted(several: list[DueGroup]) -> None:
    one, other = made(*several), made(*reversed(several))
    assert [(m.month, m.due_count, m.due_minor, m.crowded) for m in one.months] == [
        (m.month, m.due_count, m.due_minor, m.crowded) for m in other.months
    ]


@given(amounts, st.none() | amounts, st.none() | st.floats(-100, 1000))
def test_kept_and_more_make_the_new_amount(arr: int, new: int | None, uplift: float | None) -> None:
    kept, more = kept_and_more(arr, new, uplift)
    assert 0 <= kept <= arr
    assert more >= 0
    if new is not None:
        assert kept + more == max(new, kept)


@given(st.dates(), st.sets(st.sampled_from(MILESTONE_OFFSETS)), st.dates())
def test_every_milestone_has_one_state(end: date, done: set[int], today: date) -> None:
    found = steps(end, done, today)
    assert [one.offset_days for one in found] == list(MILESTONE_OFFSETS)
    assert {one.offset_days for one in found if one.state == "done"} == done
    assert all(one.due_on < today for one in found if one.state == "missed")
