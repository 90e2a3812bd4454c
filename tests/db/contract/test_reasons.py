"""Why they buy, stay and leave, over the whole book, on both engines."""

from __future__ import annotations

from typing import Any

import pytest

from db.book import Book
from planner.errors import Refused
from planner.use_cases.accounts import add_account, archive_account, change_account
from planner.use_cases.contracts import add_contract, change_contract
from planner.use_cases.interviews import Answer, record_interview
from planner.use_cases.people import add_person
from planner.use_cases.plan_lines import add_line, archive_line
from planner.use_cases.plans import close_plan, start_plan
from planner.views.reasons import Reason
from tests.makers import World, at, day

HOSTILE = "'; DROP TABLE entry; --%_\x1b[2J"


class Portfolio:
    """A book with three accounts that have plans and people; Gone has left."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.ids = {
            name: self.account(name, arr)
            for name, arr in (("Alpha", 300), ("Beta", 200), (HOSTILE, None))
        }

    def account(self, name: str, arr: int | None) -> tuple[int, int]:
        account = self.run(add_account, name=name)
        person = self.book.run(add_person, account, name=f"P {name}").result[0].id
        if arr is not None:
            self.run(add_contract, account, arr_minor=arr, start_on=day(400), end_on=day(-300))
        self.run(start_plan, account)
        return account, person

    def run(self, use_case: Any, *args: Any, **fields: Any) -> int:
        found: int = self.book.run(use_case, *args, **fields).result.id
        return found

    def stay(self, name: str, *answers: Answer, ago: int = 5) -> int:
        account, person = self.ids[name]
        return self.run(
            record_interview, account, "stay", answers=answers, when=at(ago), person_ids=[person]
        )

    def leave(self, name: str, ago: int = 2, people: bool = True, **why: Any) -> int:
        account, person = self.ids[name]
        there = [person] if people else []
        return self.run(
            record_interview, account, "exit", answers=[], when=at(ago), person_ids=there, **why
        )


@pytest.fixture
def portfolio(book: Book) -> Portfolio:
    return Portfolio(book)


def told(reasons: tuple[Reason, ...]) -> list[tuple[Any, ...]]:
    return [(r.reason, r.detail, r.accounts, r.lines, r.customer, r.arr_minor) for r in reasons]


def test_reasons_to_stay_are_counted_by_driver_with_the_revenue_of_each_account_once(
    portfolio: Portfolio,
) -> None:
    portfolio.stay("Alpha", Answer("value", "a", driver="Data safety"),
                   Answer("doubt", "b", driver="DATA  SAFETY"))  # fmt: skip
    portfolio.stay("Beta", Answer("value", "c", driver="data safety"),
                   Answer("value", "d", "assumed", driver="time saved"))  # fmt: skip
    portfolio.stay("Beta", Answer("justified", "e", driver="data safety"))
    portfolio.stay(HOSTILE, Answer("value", HOSTILE, driver=HOSTILE), Answer("doubt", "no driver"))
    report = portfolio.book.queries().reasons.report("stay")
    assert told(report.reasons) == [
        ("data safety", None, 2, 4, 4, 500),
        ("time", None, 1, 1, 0, 200),
        (HOSTILE, None, 1, 1, 1, 0),
    ]
    assert [row.account for row in report.reasons[0].rows] == ["Alpha", "Beta"]
    assert report.reasons[2].arr_unknown == 1
    assert report.untagged is not None
    assert [row.account for row in report.untagged.rows] == [HOSTILE]
    assert (report.base, report.asked) == (3, 3)


def test_reasons_to_buy_go_by_their_own_words_where_no_driver_is_named(
    portfolio: Portfolio,
) -> None:
    for name, words in (("Alpha", "Late lorries"), ("Beta", "late  LORRIES")):
        portfolio.run(add_line, portfolio.ids[name][0], "why_bought", "pain", words)
    portfolio.run(add_line, portfolio.ids["Beta"][0], "why_bought", "perceived_value", "fast",
                  driver="speed", source="customer")  # fmt: skip
    portfolio.run(add_line, portfolio.ids["Beta"][0], "why_bought", "evidence", "the tender")
    report = portfolio.book.queries().reasons.report("bought")
    assert [one[2:] for one in told(report.reasons)] == [(2, 2, 0, 500), (1, 1, 1, 200)]
    assert report.reasons[1].reason == "speed"
    assert report.untagged is None
    assert (report.base, report.asked) == (3, 0)


def test_reasons_to_leave_have_two_levels_and_what_they_paid(portfolio: Portfolio) -> None:
    alpha = portfolio.ids["Alpha"][0]
    contract = portfolio.book.connection.rows(
        "SELECT id FROM contract WHERE account_id = :a", {"a": alpha}
    )[0][0]
    portfolio.book.run(change_contract, contract, end_on=day(3), status="ended")
    portfolio.book.run(change_account, alpha, stage="lost", lost_on=day(3))
    portfolio.book.run(change_account, portfolio.ids[HOSTILE][0], stage="lost", lost_on=day(1))
    portfolio.leave("Alpha", reason="price", reason_detail="terms")
    portfolio.leave("Beta", reason="price", reason_detail="budget_cut")
    portfolio.leave(HOSTILE, reason="price", reason_detail="terms", people=False)
    report = portfolio.book.queries().reasons.report("exit")
    assert told(report.reasons) == [
        ("price", "terms", 2, 2, 1, 300),
        ("price", "budget_cut", 1, 1, 1, 200),
    ]
    assert (report.base, report.asked) == (2, 1)


def test_what_a_lost_account_paid_last_counts_and_older_contracts_do_not(
    portfolio: Portfolio,
) -> None:
    account = portfolio.ids["Gone"] = portfolio.account("Gone", None)
    for arr, start, end in ((5, 900, 700), (70, 500, 150), (9, -30, -300)):
        portfolio.run(add_contract, account[0], arr_minor=arr, start_on=day(start),
                      end_on=day(end), status="ended")  # fmt: skip
    portfolio.leave("Gone", reason="in_house")
    assert told(portfolio.book.queries().reasons.report("exit").reasons) == [
        ("in_house", None, 1, 1, 1, 70)
    ]


def test_a_window_leaves_out_what_lies_outside_it(portfolio: Portfolio) -> None:
    portfolio.stay("Alpha", Answer("value", "a", driver="time"), ago=40)
    portfolio.stay("Beta", Answer("value", "b", driver="time"), ago=4)
    portfolio.leave("Alpha", ago=40, reason="price")
    reasons = portfolio.book.queries().reasons
    late = reasons.report("stay", day(10))
    assert [row.account for row in late.reasons[0].rows] == ["Beta"]
    assert (late.base, late.asked, late.from_on) == (3, 1, day(10).isoformat())
    early = reasons.report("stay", day(50), day(40))
    assert [row.account for row in early.reasons[0].rows] == ["Alpha"]
    assert reasons.report("exit", day(39)).reasons == ()
    assert len(reasons.report("exit", day(40), day(40)).reasons) == 1


def test_archived_lines_and_accounts_count_nowhere(portfolio: Portfolio) -> None:
    alpha, beta = portfolio.ids["Alpha"][0], portfolio.ids["Beta"][0]
    line = portfolio.run(add_line, alpha, "why_stay", "value", "x", driver="time")
    portfolio.run(add_line, beta, "why_stay", "value", "x", driver="cost")
    portfolio.book.run(archive_line, line)
    portfolio.book.run(archive_account, beta)
    report = portfolio.book.queries().reasons.report("stay")
    assert (report.reasons, report.base) == ((), 2)


def test_a_plan_is_unheard_until_the_customer_says_one_line(portfolio: Portfolio) -> None:
    portfolio.run(add_line, portfolio.ids["Alpha"][0], "why_bought", "pain", "x")
    portfolio.run(add_line, portfolio.ids[HOSTILE][0], "notes", "note", "x", source="customer")
    portfolio.run(add_line, portfolio.ids["Beta"][0], "why_stay", "value", "x", source="customer")
    found = portfolio.book.queries().reasons.unheard()
    assert [(row.account, row.assumed) for row in found] == [(HOSTILE, 0), ("Alpha", 1)]
    portfolio.book.run(close_plan, portfolio.ids["Alpha"][0])
    assert [row.account for row in portfolio.book.queries().reasons.unheard()] == [HOSTILE]


def test_interviews_are_due_after_a_renewal_more_taken_and_a_loss(portfolio: Portfolio) -> None:
    alpha, beta, gone = (one[0] for one in portfolio.ids.values())
    portfolio.run(add_contract, alpha, arr_minor=1, start_on=day(100), decided_on=day(3))
    portfolio.run(add_contract, beta, arr_minor=1, start_on=day(2))
    portfolio.book.run(change_account, gone, stage="lost")
    new = portfolio.run(add_account, name="New")
    portfolio.run(add_contract, new, arr_minor=1, start_on=day(2))
    refused = portfolio.run(add_account, name="No")
    portfolio.run(add_contract, refused, arr_minor=1, decided_on=day(2), forecast="lost")
    due = portfolio.book.queries().reasons.due()
    assert [(row.account, row.kind, row.why) for row in due] == [
        (HOSTILE, "exit", "they are lost"),
        ("Alpha", "stay", f"they renewed on {day(3)}"),
        ("Beta", "stay", f"they took more on {day(2)}"),
    ]
    portfolio.stay("Alpha", Answer("value", "x"), ago=1)
    portfolio.leave(HOSTILE, reason="not_known")
    assert [row.account for row in portfolio.book.queries().reasons.due()] == ["Beta"]


def test_what_we_assume_moves_no_score_and_neither_does_what_they_said(
    filled: Book, world: World
) -> None:
    score = "SELECT account_id, shown, final, band, coverage FROM account_rollup ORDER BY 1"
    before = filled.connection.rows(score)
    filled.run(
        record_interview, world.account, "stay",
        answers=[Answer("value", "we think", "assumed"), Answer("doubt", "none at all")],
        touchpoint_id=world.touchpoint,
    )  # fmt: skip
    filled.run(record_interview, world.account, "bought", answers=[Answer("pain", "x", "assumed")])
    assert len(filled.connection.rows("SELECT id FROM interview")) == 3
    assert filled.connection.rows(score) == before


def test_a_real_call_is_told_from_a_survey_and_from_nobody_asked(portfolio: Portfolio) -> None:
    for name, lost_on in (("Alpha", day(1)), ("Beta", day(1)), (HOSTILE, day(1))):
        portfolio.run(change_account, portfolio.ids[name][0], lost_on=lost_on)
    reasons = portfolio.book.queries().reasons
    assert (reasons.report("exit").base, reasons.report("exit").called) == (3, 0)
    before = len(portfolio.book.queries().timeline.touchpoints())
    portfolio.leave("Alpha", reason="price", method="survey")
    assert len(portfolio.book.queries().timeline.touchpoints()) == before
    portfolio.leave(HOSTILE, people=False, reason="price")
    assert portfolio.book.queries().reasons.report("exit").called == 0
    portfolio.leave("Beta", reason="price", method="call")
    found = portfolio.book.queries().reasons.report("exit")
    assert (found.base, found.called) == (3, 1)
    assert portfolio.book.queries().reasons.report("stay").called is None
    methods = portfolio.book.connection.rows("SELECT method FROM interview ORDER BY id")
    assert [row[0] for row in methods] == ["survey", "none", "call"]
    assert portfolio.book.queries().timeline.touchpoints()[0].what == "call"


def test_a_method_that_the_talk_denies_is_refused(portfolio: Portfolio) -> None:
    with pytest.raises(Refused, match="name who was asked"):
        portfolio.leave("Alpha", people=False, reason="price", method="call")
    with pytest.raises(Refused, match="asked in a talk"):
        portfolio.leave("Alpha", reason="price", method="none")
    with pytest.raises(Refused, match="none of call"):
        portfolio.leave("Alpha", people=False, reason="price", method="pigeon")


def test_notice_asks_for_a_call_within_three_business_days(portfolio: Portfolio) -> None:
    account, _person = portfolio.ids["Alpha"]
    contract = portfolio.run(
        add_contract, account, arr_minor=5, start_on=day(300), end_on=day(-200),
        cancellation_on=day(5),
    )  # fmt: skip
    due = [row for row in portfolio.book.queries().reasons.due() if row.account == "Alpha"]
    assert [(row.kind, row.why) for row in due] == [
        ("exit", "they gave notice on 2026-03-06: call them by 2026-03-11")
    ]
    portfolio.book.run(change_contract, contract, cancellation_withdrawn_on=day(1))
    assert [row for row in portfolio.book.queries().reasons.due() if row.kind == "exit"] == []
    portfolio.book.run(change_contract, contract, cancellation_withdrawn_on=None)
    portfolio.leave("Alpha", reason="price")
    assert [row for row in portfolio.book.queries().reasons.due() if row.account == "Alpha"] == []
