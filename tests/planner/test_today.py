"""Today's ranking: one line an account, the most urgent reason first."""

from datetime import date, timedelta
from typing import Any

import pytest

from planner.today import AccountFace, build_today, urgency
from planner.views.today import (
    FOLDS,
    LATER_DAYS,
    UPKEEP_A_WEEK,
    UPKEEP_KINDS,
    Duty,
    TodayLine,
    TodayPage,
)

ON = date(2026, 3, 11)


def day(ahead: int) -> str:
    return (ON + timedelta(days=ahead)).isoformat()


def duty(
    account: int, kind: str, ahead: int | None = 0, *, row: int | None = None, at: str | None = None
) -> Duty:
    due = None if ahead is None else day(ahead)
    return Duty(account, kind, f"{kind} {row}", due, at, None, None, row)


def face(account: int, tier: int | None = 1) -> AccountFace:
    return AccountFace(account, f"Account {account}", "green", 80, False, 4, 0.9, tier, None)


def today(
    *duties: Duty, starters: tuple[Duty, ...] = (), tiers: dict[int, int | None] | None = None,
    **more: Any,
) -> TodayPage:  # fmt: skip
    faces = {account: face(account, (tiers or {}).get(account, 1)) for account in range(1, 20)}
    return build_today(duties, list(starters), faces, on=ON, upkeep_total=len(starters), **more)


def accounts(lines: tuple[TodayLine, ...]) -> list[int]:
    return [line.account_id for line in lines]


@pytest.mark.parametrize(
    ("kind", "ahead", "section"),
    [
        ("action", -1, "now"), ("action", 0, "now"), ("action", 1, "later"),
        ("action", LATER_DAYS, "later"), ("action", LATER_DAYS + 1, ""), ("action", None, ""),
        ("promise", 0, "now"), ("contact", -3, "now"), ("renewal", 5, "later"),
        ("complaint", -1, "now"), ("complaint", 2, "later"), ("complaint", None, "now"),
        ("notice", 7, "now"), ("notice", 8, "later"), ("notice", 90, "later"),
        ("waiting", -5, "waiting"), ("waiting", 90, "waiting"), ("waiting", None, "waiting"),
        ("risk", -1, "now"), ("opportunity", 0, "now"), ("milestone", 3, "later"),
        ("review", LATER_DAYS + 1, ""), ("offer", None, "handoffs"),
        ("improvement", -1, "now"), ("incident", -1, "now"),
    ],
)  # fmt: skip
def test_where_a_duty_stands(kind: str, ahead: int | None, section: str) -> None:
    page = today(duty(1, kind, ahead))
    found = [name for name in ("now", *FOLDS) if getattr(page, name)]
    assert found == ([section] if section else [])


def test_late_complaints_come_first_then_promises_actions_and_renewals() -> None:
    page = today(
        duty(1, "renewal", -1), duty(2, "contact", -9), duty(3, "action", -9),
        duty(4, "promise", -1), duty(5, "complaint", -1), duty(6, "complaint", 0),
        duty(7, "action", 0),
    )  # fmt: skip
    assert accounts(page.now) == [5, 4, 3, 1, 6, 7, 2]


def test_what_a_plan_asks_for_stands_behind_what_others_wait_for() -> None:
    page = today(
        duty(1, "review", -9), duty(2, "opportunity", -9), duty(3, "risk", -9),
        duty(4, "milestone", -90), duty(5, "contact", 0), duty(6, "action", 0),
        duty(7, "promise", -1), duty(1, "action", -1),
    )  # fmt: skip
    assert accounts(page.now) == [7, 1, 6, 5, 4, 3, 2]
    assert [one.kind for one in page.now[1].others] == ["review"]


def test_a_contact_past_its_interval_is_never_late() -> None:
    assert urgency(duty(1, "contact", -90), ON.isoformat())[0] == 1
    assert urgency(duty(1, "action", -1), ON.isoformat())[0] == 0


def test_within_a_kind_the_tier_counts_before_the_day() -> None:
    page = today(
        duty(1, "action", -9), duty(2, "action", -2), duty(3, "action", -5), duty(4, "action", -99),
        tiers={1: 2, 2: 1, 3: 1, 4: None},
    )  # fmt: skip
    assert accounts(page.now) == [3, 2, 1, 4]


def test_an_hour_tells_two_clocks_of_one_day_apart() -> None:
    early = duty(2, "complaint", 0, at=f"{day(0)}T08:00:00Z")
    late = duty(1, "complaint", 0, at=f"{day(0)}T17:00:00Z")
    assert accounts(today(late, early).now) == [2, 1]


def test_an_unknown_kind_comes_last_and_equals_go_by_account() -> None:
    page = today(duty(3, "birthday"), duty(2, "action"), duty(1, "action"))
    assert accounts(page.now) == [1, 2, 3]


def test_duties_of_an_account_are_folded_under_its_most_urgent() -> None:
    page = today(
        duty(1, "action", 0, row=3), duty(1, "complaint", -1, row=9), duty(1, "action", 0, row=2),
        duty(1, "promise", 3, row=4),
    )  # fmt: skip
    (line,) = page.now
    assert line.first.row_id == 9
    assert [one.row_id for one in line.others] == [2, 3]
    assert [one.first.row_id for one in page.later] == [4]


def test_a_line_carries_what_is_known_of_its_account() -> None:
    (line,) = today(duty(4, "action")).now
    assert (line.account, line.band, line.shown, line.starter_known) == (
        "Account 4",
        "green",
        80,
        4,
    )


def test_a_complaint_without_a_clock_is_for_now_after_those_that_are_late() -> None:
    page = today(duty(1, "complaint", None), duty(2, "action", -1), duty(3, "complaint", 0))
    assert accounts(page.now) == [2, 3, 1]


def test_accounts_out_of_scope_are_left_out_everywhere() -> None:
    page = today(duty(99, "action"), duty(99, "waiting"), starters=(duty(99, "starter"),))
    assert (page.now, page.waiting, page.upkeep) == ((), (), ())


def test_upkeep_is_rationed_in_the_order_given_and_counts_all() -> None:
    starters = tuple(duty(account, "starter", None) for account in (7, 3, 8, 9, 4, 5, 6))
    page = today(starters=starters)
    assert len(page.upkeep) == UPKEEP_A_WEEK
    assert sorted(accounts(page.upkeep)) == [3, 4, 7, 8, 9]
    assert page.upkeep_total == 7
    assert page.count("upkeep") == "5"


def test_upkeep_leaves_accounts_alone_that_are_busy_now_but_not_later_ones() -> None:
    page = today(
        duty(1, "action", 0), duty(2, "action", 3), duty(3, "waiting"),
        starters=tuple(duty(account, "starter", None) for account in (1, 2, 3)),
    )  # fmt: skip
    assert accounts(page.upkeep) == [2, 3]


def test_each_kind_of_upkeep_has_its_turn_within_a_tier() -> None:
    upkeep = (
        duty(1, "gap"), duty(2, "section"), duty(3, "section"), duty(4, "starter"),
        duty(5, "starter"), duty(6, "sign"), duty(7, "interview"), duty(8, "sign"),
    )  # fmt: skip
    page = today(starters=upkeep, tiers={8: 2})
    assert accounts(page.upkeep) == [6, 7, 4, 2, 1]
    assert accounts(today(starters=upkeep, tiers={6: 2, 7: None}).upkeep) == [8, 4, 2, 1, 5]


def test_the_share_of_upkeep_is_accounts_with_all_that_they_need() -> None:
    upkeep = tuple(duty(account, "section", row=row) for row in (1, 2) for account in range(1, 8))
    page = today(starters=upkeep)
    assert len(page.upkeep) == UPKEEP_A_WEEK
    assert [[one.row_id for one in line.others] for line in page.upkeep] == [[2]] * UPKEEP_A_WEEK


def test_a_busy_account_is_spared_upkeep_except_what_others_ask_of_it() -> None:
    page = today(
        duty(1, "action", 0),
        starters=tuple(duty(1, kind, None) for kind in UPKEEP_KINDS),
    )  # fmt: skip
    (line,) = page.upkeep
    assert [one.kind for one in (line.first, *line.others)] == ["survey", "sign", "interview"]


def test_more_upkeep_than_was_looked_at_is_said() -> None:
    assert today(starters=(duty(1, "section"),)).upkeep_known == "1"
    assert today(starters=(duty(1, "section"),), upkeep_clipped=True).upkeep_known == "1+"
    assert today(whole=False).upkeep_known == today(whole=False).count("handoffs") == "…"


def test_a_clipped_page_says_that_there_is_more() -> None:
    rows = (duty(1, "action"), duty(2, "action"), duty(3, "waiting"))
    assert today(*rows).count("now") == "2"
    page = today(*rows, clipped=True)
    assert [page.count(name) for name in ("now", "later", "waiting", "upkeep")] == [
        "2+", "0+", "1+", "0"
    ]  # fmt: skip


def test_nothing_to_do_is_an_empty_page() -> None:
    page = today()
    assert page == TodayPage(ON.isoformat(), (), (), (), (), 0)
