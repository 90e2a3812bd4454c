"""The pack of the weekly review on both engines, against slow counts from the lists."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import pytest

from db.book import Book
from planner.documents import as_html, as_markdown, as_text
from planner.documents.review import HIDDEN, review_document
from planner.review_agenda import (
    AtStake,
    cards_in,
    in_order,
    steps_of,
    urgency,
    value_at_risk,
)
from planner.segments import parse
from planner.use_cases.accounts import add_account
from planner.use_cases.actions import add_action, finish_action
from planner.use_cases.complaint_handing import hand_complaint
from planner.use_cases.complaints import log_complaint
from planner.use_cases.contracts import add_contract, change_contract
from planner.use_cases.growth import add_opportunity
from planner.use_cases.pulses import give_pulse
from planner.use_cases.touchpoints import log_touchpoint
from planner.views.review import ReviewPack
from tests.fakes import FakeClock
from tests.makers import World, at, day


def packed(book: Book, scope: str = "", minutes: int = 45) -> ReviewPack:
    return book.queries().review.pack(parse(scope) if scope else (), scope, minutes)


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def several(book: Book, world: World, seed: int) -> list[int]:
    """Accounts with contracts, health of all kinds and actions of last week."""
    random = Random(seed)
    made = []
    for number in range(12):
        owner = random.choice((world.ann, world.bob))
        one = book.run(add_account, name=f"Acc {number}", owner_id=owner, tier=2).result.id
        made.append(one)
        end = random.choice((10, 90, 91, 180, 181, 300))
        arr, notice = random.choice((100, 100, 7_000)), random.choice((None, 30))
        book.run(add_contract, one, arr_minor=arr, start_on=day(300), end_on=day(-end),
                 notice_days=notice)  # fmt: skip
        if random.random() < 0.8:
            book.run(log_touchpoint, one, kind="call", when=at(random.randint(0, 60)), note="x")
            book.run(give_pulse, one, random.choice((2, 3, 4)), function="success", reason="y")
        task = book.run(add_action, one, action="do it", owner_id=owner,
                        due_on=day(random.randint(-2, 9))).result  # fmt: skip
        if random.random() < 0.4:
            book.run(finish_action, task.id)
    return made


@pytest.mark.parametrize("scope", ["", "owner:Ann", "tier:2"])
def test_the_order_is_that_of_a_slow_count_over_all_accounts(
    filled: Book, world: World, scope: str
) -> None:
    several(filled, world, 5)
    rows = filled.queries().accounts.page(parts=parse(scope) if scope else ())
    slow = in_order(
        AtStake(row.id, row.name, row.arr_minor, value_at_risk(row.arr_minor, row.band),
                urgency(_date(row.renewal_on), filled.today))
        for row in rows if row.stage not in ("lost", "prospect")
    )  # fmt: skip
    pack = packed(filled, scope)
    assert [one.account_id for one in pack.cards] == [one.account_id for one in slow][:7]
    assert pack.accounts == len(rows)
    by_band = {one.band: one.accounts for one in pack.bands}
    assert by_band == {band: sum(row.band == band for row in rows) for band in by_band}
    assert len(packed(filled, scope, 10).cards) == min(cards_in(10), len(slow))
    reds = {row.id for row in rows if row.band == "red" and row.stage != "lost"}
    assert {one.account_id for one in pack.left} == reds - {one.account_id for one in pack.cards}


def test_carry_over_is_what_was_due_in_the_last_seven_days(filled: Book, world: World) -> None:
    several(filled, world, 6)
    first, last = day(7), day(1)
    due = _actions(filled, first, last)
    pack = packed(filled)
    assert pack.due == len(due)
    assert pack.done == sum(row["status"] == "done" for row in due)
    assert {one.id for one in pack.carried} == {row["id"] for row in due if row["status"] == "open"}


def _actions(book: Book, first: date, last: date) -> list[dict[str, Any]]:
    rows = book.connection.maps(
        "SELECT id, status, due_on FROM action WHERE side = 'we' AND archived_at IS NULL"
        " AND survey_trigger IS NULL AND status <> 'dropped' AND due_on IS NOT NULL", {}
    )  # fmt: skip
    return [row for row in rows if first <= date.fromisoformat(row["due_on"]) <= last]


def test_renewals_hand_offs_and_deals_of_the_scope_only(filled: Book, world: World) -> None:
    mine = filled.run(add_account, name="Mine", owner_id=world.ann).result.id
    theirs = filled.run(add_account, name="Theirs", owner_id=world.bob).result.id
    for account in (mine, theirs):
        filled.run(add_contract, account, arr_minor=5, start_on=day(300), end_on=day(-120),
                   notice_days=30)  # fmt: skip
        filled.run(add_contract, account, arr_minor=6, start_on=day(300), end_on=day(-121))
        made = filled.run(log_complaint, account, title="Late", when=at(0, 9), owner_id=world.ann)
        filled.run(hand_complaint, made.result.id, world.bob)
        filled.run(add_opportunity, account, opportunity="more", next_step="ask",
                   next_step_on=day(-3), owner_id=world.ann)  # fmt: skip
    pack = packed(filled, "owner:Ann")
    assert [(one.account, one.days, one.notice_on) for one in pack.renewals] == [
        ("Mine", 120, day(-90).isoformat())
    ]
    offers = [one for one in pack.clashes if one.kind == "hand-off"]
    assert [one.account for one in offers] == ["Mine"]
    assert "Ann → Bob" in offers[0].what
    whole = packed(filled)
    assert {"Mine", "Theirs"} <= {one.account for one in whole.renewals}
    assert len([one for one in whole.clashes if one.kind == "hand-off"]) == 2


def test_a_late_complaint_stands_in_it_until_it_is_solved(
    filled: Book, world: World, clock: FakeClock
) -> None:
    made = filled.run(log_complaint, world.account, title="Down", when=at(0, 9), severity="high",
                      owner_id=world.ann, response_target=60).result  # fmt: skip
    clock.move(hours=7)
    lines = {one.number: one for one in packed(filled).complaints}
    assert (lines[made.number].clock, lines[made.number].owner) == ("late", "Ann")
    assert made.number not in {one.number for one in packed(filled, "name:Other").complaints}
    with_it = next(one for one in packed(filled).cards if one.account_id == world.account)
    assert f"{made.number} Down" in with_it.complaints


def test_moves_are_against_a_score_of_a_week_ago(
    filled: Book, world: World, clock: FakeClock
) -> None:
    list(filled.rescore(stale_only=False))
    before = {one.band: one.accounts for one in packed(filled).bands}
    clock.move(days=8)
    filled.run(give_pulse, world.account, 1, function="success", reason="they are angry")
    list(filled.rescore(stale_only=False))
    pack = packed(filled)
    assert pack.compared == pack.accounts
    now = {one.band: one.accounts for one in pack.bands}
    for one in pack.bands:
        assert now[one.band] == before[one.band] + one.came - one.went


def test_what_was_decided_this_week_is_a_win_or_a_lesson(filled: Book) -> None:
    for name, forecast in (("Won", "certain"), ("Lost", "lost")):
        account = filled.run(add_account, name=name).result.id
        made = filled.run(add_contract, account, arr_minor=5, start_on=day(300), end_on=day(-3))
        filled.run(change_contract, made.result.id, decided_on=day(1), forecast=forecast)
    found = {one.account: one.won for one in packed(filled).decided}
    assert (found["Won"], found["Lost"]) == (True, False)


@pytest.mark.parametrize("figures", [True, False])
def test_in_every_form_names_are_harmless_and_amounts_can_be_hidden(
    filled: Book, world: World, figures: bool
) -> None:
    account = filled.run(add_account, name="<script>x</script> | **b**\x1b[31m",
                         owner_id=world.ann).result.id  # fmt: skip
    filled.run(add_contract, account, arr_minor=98_765_400, start_on=day(300), end_on=day(-20))
    document = review_document(packed(filled), steps_of(45), figures=figures)
    html = as_html.page_of(document)
    text = "\n".join(as_text.lines_of(document, 100))
    markdown = "\n".join(as_markdown.lines_of(document))
    assert "<script>x" not in html
    assert "\x1b" not in html + text + markdown
    for said in (html, text, markdown):
        assert ("987 654" in said) == figures
        assert figures or HIDDEN in said
