"""The rows of the sample book: the same each time, valid, and such that the story holds."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.clocks import Clock, default_calendar, due_at
from planner.plan_fields import exit_reasons, plan_field
from planner.sampling.book import ME, ZONE, SampleBook, Wishes, shares
from planner.sampling.character import characters
from planner.sampling.draft import Row, Rows
from planner.sampling.locales import LOCALES
from planner.sampling.names import CompanyNames, company, latin, people_of
from planner.sampling.sectors import AREAS, OTHER, sector_of
from planner.sampling.timeline import HISTORY_DAYS, SampleIds, Timeline
from planner.text import fold

TODAY = date(2026, 11, 20)
DAYS = Timeline(TODAY, ZoneInfo(ZONE))
AHEAD = {"due_on", "end_on", "on_date", "next_review_on", "next_check_on", "period_end", "away_to",
         "next_step_on", "starts_on", "starts_at", "ends_at", "until_on", "at_risk_at",
         "next_due"}  # fmt: skip


def made(accounts: int, **wishes: int) -> Rows:
    """All rows of a small sample, by table."""
    book = SampleBook(Wishes(TODAY, accounts, **wishes))
    rows: Rows = {"colleague": book.colleagues(), **book.offer()}
    for own in book.accounts():
        for table, some in own.items():
            rows.setdefault(table, []).extend(some)
    return rows


@pytest.fixture(scope="module")
def sample() -> Rows:
    return made(60)


def test_the_same_wishes_give_the_same_rows_and_another_seed_gives_others(sample: Rows) -> None:
    assert made(60) == sample
    assert made(60, seed=2) != sample


def test_a_longer_book_begins_like_a_shorter_one() -> None:
    short, long = made(12), made(20)
    assert long["account"][:12] == short["account"]


def test_nothing_that_happened_is_dated_after_today(sample: Rows) -> None:
    tomorrow = (TODAY + timedelta(days=1)).isoformat()
    late = [
        (table, name, value)
        for table, rows in sample.items()
        for row in rows
        for name, value in row.items()
        if (name.endswith("_on") or (name.endswith("_at") and name != "occurred_at"))
        and name not in AHEAD
        and value is not None
        and value >= tomorrow
    ]
    assert late == []
    assert max(row["occurred_on"] for row in sample["touchpoint"]) <= TODAY.isoformat()


def test_what_is_recorded_is_recorded_after_it_happened(sample: Rows) -> None:
    for row in sample["touchpoint"]:
        assert row["occurred_on"] <= row["recorded_on"]
        assert row["date_only"] or row["occurred_at"] < row["logged_at"]
    for row in sample["complaint"]:
        assert row["opened_at"] < row["logged_at"]


def test_history_reaches_back_eighteen_months_and_up_to_today(sample: Rows) -> None:
    days = sorted(row["occurred_on"] for row in sample["touchpoint"])
    assert days[0] < DAYS.iso(HISTORY_DAYS - 30)
    assert days[0] >= DAYS.iso(HISTORY_DAYS + 3)
    assert days[-1] >= DAYS.iso(3)


def test_ids_are_unique_and_follow_the_moment_of_what_they_name(sample: Rows) -> None:
    ids = [row["id"] for rows in sample.values() for row in rows]
    assert len(ids) == len(set(ids))
    touches = sorted(sample["touchpoint"], key=lambda row: row["id"])
    logged = [row["logged_at"] for row in touches]
    assert logged == sorted(logged)


@pytest.mark.parametrize("by_time", [True, False])
def test_no_two_accounts_share_an_id(by_time: bool) -> None:
    ids = SampleIds(DAYS, by_time=by_time)
    seen = {ids.source(index)(5, 600) for index in (0, 1, 59_999, 60_000, 60_001, 120_001)}
    source = ids.source(7)
    seen |= {source(5, 600) for _ in range(50)}
    assert len(seen) == 56


def test_the_team_of_the_demo_is_there(sample: Rows) -> None:
    functions = {row["name"].split()[0]: row["function"] for row in sample["colleague"]}
    assert functions["Elif"] == "marketing"
    assert (functions["Ben"], functions["Jon"]) == ("service", "sales")
    me = next(row for row in sample["colleague"] if row["name"] == ME)
    assert me["function"] == "success"
    lead = next(row for row in sample["colleague"] if row["name"].startswith("Omar"))
    assert lead["seniority"] == "lead"
    owned = Counter(row["owner_id"] for row in sample["account"])
    assert owned[me["id"]] >= 15
    assert owned[None] >= 1


def test_teams_have_gaps_and_some_accounts_have_nobody(sample: Rows) -> None:
    seats = Counter(row["account_id"] for row in sample["seat"])
    assert {2, 3, 4} <= set(seats.values())
    peopled = {row["account_id"] for row in sample["membership"]}
    assert 1 <= 60 - len(peopled) <= 8


def test_no_colleague_has_two_names_in_a_big_book() -> None:
    names = [row["name"] for row in SampleBook(Wishes(TODAY, 30_000)).colleagues()]
    assert len(names) == len(set(names)) == 720


def test_the_moments_that_make_a_day_are_there(sample: Rows) -> None:
    today, week = TODAY.isoformat(), DAYS.iso(-7)
    due = [row["due_on"] for row in sample["action"] if row.get("status", "open") == "open"]
    assert any(day < today for day in due)
    assert today in due
    assert any(row["promised"] for row in sample["action"])
    contracts = [row for row in sample["contract"] if row.get("status", "active") == "active"]
    notices = [
        DAYS.iso(DAYS.back(date.fromisoformat(row["end_on"])) + row["notice_days"])
        for row in contracts
    ]
    assert any(today <= day <= week for day in notices)
    assert any(row["end_on"] < today for row in contracts)
    assert any("champion" in row["roles"] and row["left_on"] for row in sample["membership"])
    assert any(row.get("cancellation_on") for row in contracts)
    assert any(row.get("invoice_overdue_since") for row in contracts)
    assert any(row.get("competitor_on") for row in sample["account"])
    assert sample["star"]
    assert sample["celebration"]
    assert sample["risk"]


def test_complaints_go_every_way(sample: Rows) -> None:
    rows = sample["complaint"]
    open_ones = [row for row in rows if row.get("resolved_at") is None]
    assert 5 <= len(open_ones) <= 20
    assert any(row["severity"] == "critical" for row in open_ones)
    solved = [row for row in rows if row.get("resolved_at")]
    kept = [row["resolved_at"] <= row["resolution_due"] for row in solved]
    assert True in kept
    assert False in kept
    assert any(row["satisfied"] for row in solved)


def test_clocks_are_those_of_the_business_calendar(sample: Rows) -> None:
    calendar = default_calendar(ZONE)
    for row in sample["complaint"]:
        opened = datetime.fromisoformat(row["opened_at"])
        for name in ("ack", "response", "resolution"):
            due = due_at(Clock(opened, row[f"{name}_target"]), calendar)
            assert due == datetime.fromisoformat(row[f"{name}_due"])


@given(back=st.integers(0, 900), minute=st.integers(0, 1439), minutes=st.integers(1, 12_000))
def test_business_minutes_agree_with_the_rules_of_clocks(
    back: int, minute: int, minutes: int
) -> None:
    opened = datetime.fromisoformat(DAYS.moment(back, minute))
    due = due_at(Clock(opened, minutes), default_calendar(ZONE))
    assert datetime.fromisoformat(DAYS.moment(*DAYS.after(back, minute, minutes))) == due


@given(back=st.integers(-400, 900), minute=st.integers(0, 1439))
def test_a_moment_is_the_local_minute_in_utc(back: int, minute: int) -> None:
    moment = datetime.fromisoformat(DAYS.moment(back, minute))
    assert DAYS.epoch_ms(back, minute) == int(moment.timestamp() * 1000)
    local = moment.astimezone(ZoneInfo(ZONE))
    if minute >= 4 * 60:  # before that a day of a clock change differs
        assert (local.date(), local.hour * 60 + local.minute) == (DAYS.day(back), minute)


def test_touch_and_complaint_numbers_are_exact_and_skewed() -> None:
    rows = made(80, touchpoints=1200, complaints=41)
    assert len(rows["touchpoint"]) == 1200
    assert len(rows["complaint"]) == 41
    by_account = sorted(Counter(row["account_id"] for row in rows["touchpoint"]).values())
    assert by_account[-1] > 4 * by_account[len(by_account) // 2]


def test_none_are_made_where_none_are_wanted() -> None:
    rows = made(40, touchpoints=0, complaints=0)
    assert "touchpoint" not in rows
    assert "complaint" not in rows


@given(total=st.integers(0, 5000), parts=st.integers(1, 60))
def test_shares_add_up(total: int, parts: int) -> None:
    dealt = [part or 0 for part in shares(total, parts, "x")]
    assert sum(dealt) == total
    assert min(dealt) >= 0


def test_a_big_book_keeps_ten_touches_an_account() -> None:
    book = SampleBook(Wishes(TODAY, 310))
    book.colleagues()
    assert sum(len(rows.get("touchpoint", ())) for rows in book.accounts()) == 3100


def test_no_two_companies_share_a_name_or_a_domain() -> None:
    names = CompanyNames(Random(1))
    many = [names.next() for _ in range(25_000)]
    assert len({fold(one.name) for one in many}) == len(many)
    assert len({one.domain for one in many}) == len(many)
    assert {one.locale.language for one in many} >= {"tr", "fi", "fa", "ja", "de", "es", "ar"}


def test_addresses_are_plain_and_reserved(sample: Rows) -> None:
    mails = [row["email"] for row in sample["person"] if row["email"]]
    assert len(mails) == len(set(mails))
    assert all(mail.isascii() and mail.endswith(".example") for mail in mails)
    assert all(mail == mail.lower() and " " not in mail for mail in mails)


@pytest.mark.parametrize("locale", LOCALES, ids=lambda locale: locale.country)
def test_every_word_of_a_country_can_be_spelled(locale: object) -> None:
    home = next(one for one in LOCALES if one is locale)
    for word in (*home.stems, *home.trades, *home.first, *home.last, *home.cities):
        assert latin(word), word
    for words in (home.stems, home.trades, home.first, home.last):
        spelled = [latin(word) for word in words]
        assert len(spelled) == len(set(spelled))
    assert len(people_of(Random(1), company(home, 0), 99)) == min(len(home.first), len(home.last))


def test_every_trade_has_its_sector() -> None:
    sectors = {sector_of(latin(trade)) for locale in LOCALES for trade in locale.trades}
    assert sectors <= set(AREAS)
    assert OTHER not in sectors
    assert all(len(areas) >= 3 for areas in AREAS.values())


def test_moods_keep_their_mix() -> None:
    kinds = Counter(one.kind for one in islice(characters(Random(3)), 400))
    assert kinds["thriving"] == 180
    assert kinds["quiet"] == 40
    assert all(0 <= level <= 1 for one in islice(characters(Random(3)), 40) for level in one.levels)


def test_satisfaction_shows_in_what_is_said(sample: Rows) -> None:
    moods = {
        row["id"]: one.now
        for row, one in zip(
            sample["account"], characters(Random("trustplan sample 1 moods")), strict=False
        )
    }
    recent = [
        row
        for row in sample["touchpoint"]
        if row.get("sentiment") is not None and row["occurred_on"] > DAYS.iso(60)
    ]

    def mean(rows: list[Row]) -> float:
        return float(sum(row["sentiment"] for row in rows)) / len(rows)

    glad = [row for row in recent if moods[row["account_id"]] > 0.8]
    cross = [row for row in recent if moods[row["account_id"]] < 0.3]
    assert mean(glad) > 0.8
    assert mean(cross) < -0.3


def test_notes_vary(sample: Rows) -> None:
    notes = [row["note"] for row in sample["touchpoint"]]
    assert len(set(notes)) > 0.45 * len(notes)
    assert not any("{" in note for note in notes)
    assert any(not (row.get("verbatim") or "a").isascii() for row in sample["touchpoint"])


def test_utc_is_what_moments_are_in() -> None:
    assert datetime.fromisoformat(DAYS.moment(0, 0)).tzinfo == UTC


def test_every_line_of_a_plan_is_of_a_kind_that_its_section_has(sample: Rows) -> None:
    for row in sample["entry"]:
        kind = plan_field(row["section"], row["field"])
        assert kind is not None, (row["section"], row["field"])
        assert kind.dated == "no" or row["on_date"]
    for row in sample["interview"]:
        assert row["kind"] != "exit" or row["reason_detail"] in exit_reasons()[row["reason"]][1]


def test_the_newest_reading_of_a_goal_is_its_actual(sample: Rows) -> None:
    readings: dict[int, Row] = {}
    for row in sample["measurement"]:
        held = readings.setdefault(row["objective_id"], row)
        if row["measured_on"] > held["measured_on"]:
            readings[row["objective_id"]] = row
    goals = {row["id"]: row for row in sample["objective"]}
    assert len(readings) > 20
    for goal_id, row in readings.items():
        assert (row["actual"], row["measured_on"]) == (
            goals[goal_id]["actual"], goals[goal_id]["actual_on"],
        )  # fmt: skip


def test_a_standard_plan_says_why_they_stay_what_it_brought_and_where_it_may_grow(
    sample: Rows,
) -> None:
    plans = [row for row in sample["plan"] if row["size"] == "standard"]
    for table in ("entry", "proof", "whitespace", "section"):
        held = {row["account_id"] for row in sample[table]}
        assert sum(plan["account_id"] in held for plan in plans) > 0.8 * len(plans)
    signed = {row["plan_id"] for row in sample["sign_off"]}
    assert signed
    assert not signed & {row["id"] for row in sample["plan"] if row["status"] == "draft"}
