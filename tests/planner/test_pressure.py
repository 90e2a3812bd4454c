"""How much a customer hears from us: the windows, what weighs, the next free day, clashes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.book_settings import check_setting
from planner.errors import Refused
from planner.pressure import (
    ACCOUNT_CAPS,
    DEFAULTS,
    HORIZON_DAYS,
    PERSON_CAPS,
    SELL_GUIDE,
    VIP_CAPS,
    Caps,
    Quiet,
    Subject,
    Touch,
    Window,
    caps_of,
    clashes,
    held_on,
    in_window,
    intent_share,
    longest,
    next_free,
    pressure_of,
    weighs,
    windows_of,
)

JUNE = date(2026, 6, 1)
SHIPPED = caps_of({})


def june(day: int) -> date:
    return JUNE + timedelta(days=day - 1)


def somebody(*touches: Touch, **fields: Any) -> Subject:
    given_fields = {"windows": SHIPPED.person, **fields}
    return Subject("person", 1, "Maria", touches=touches, **given_fields)


def mail(day: int, **fields: Any) -> Touch:
    return Touch(june(day), "email", id=day, **fields)


# The vector of metrics.md 4.16


def test_vector_three_in_seven_days_is_blocked_on_the_7th_and_free_on_the_8th() -> None:
    maria = somebody(mail(1), mail(3), mail(6), windows=(Window(3, 7),))
    found = pressure_of(maria, june(7))
    assert found.binding.contacts == 3
    assert found.binding.held == "cap"
    assert found.next_free == june(8)
    assert held_on(maria, june(8)) == ""


def test_vector_the_defaults_are_those_of_the_page() -> None:
    assert (
        Caps((Window(3, 7), Window(8, 30)), (Window(10, 7),), (Window(3, 30, selling=True),), 30)
        == SHIPPED
    )
    assert longest(SHIPPED) == 30


def test_the_window_covers_the_days_that_end_today() -> None:
    window = Window(3, 7)
    touches = [mail(1), mail(7), mail(8)]
    assert in_window(touches, window, june(7)) == (mail(1), mail(7))
    assert in_window(touches, window, june(8)) == (mail(7), mail(8))


def test_the_30_day_window_binds_where_the_short_one_is_free() -> None:
    maria = somebody(*(mail(day) for day in (1, 4, 8, 11, 15, 18, 22, 25)))
    found = pressure_of(maria, june(29))
    assert found.binding.window == Window(8, 30)
    assert found.next_free == june(31)


def test_nobody_wrote_and_today_is_free() -> None:
    found = pressure_of(somebody(), JUNE)
    assert (found.binding.contacts, found.binding.by_function, found.next_free) == (0, {}, JUNE)
    assert found.binding.window == Window(3, 7)


def test_functions_are_told_apart_and_one_without_a_name_counts_too() -> None:
    maria = somebody(mail(1, function="sales"), mail(1), mail(2, function="sales"))
    assert pressure_of(maria, june(3)).binding.by_function == {"sales": 2, "unknown": 1}


# What weighs


@pytest.mark.parametrize(
    ("direction", "fields", "weight"),
    [
        ("out", {}, True),
        ("in", {}, False),
        ("out", {"thread_began": "in"}, False),
        ("out", {"thread_began": "out"}, True),
        ("out", {"function": "service", "own_complaint": True}, False),
        ("out", {"function": "sales", "own_complaint": True}, True),
        ("out", {"function": "service"}, True),
    ],
)
def test_replies_and_answers_to_their_complaint_do_not_weigh(
    direction: str, fields: dict[str, Any], weight: bool
) -> None:
    assert weighs(direction, **fields) is weight


# Quiet, opted out, planned


def test_a_quiet_time_is_skipped_even_where_the_cap_is_free() -> None:
    maria = somebody(quiets=(Quiet(june(3), june(9), "stocktaking"),))
    assert next_free(maria, june(2)) == june(2)
    assert next_free(maria, june(3)) == june(10)
    assert held_on(maria, june(9)) == "quiet"


def test_quiet_times_that_overlap_are_one() -> None:
    maria = somebody(quiets=(Quiet(june(3), june(9)), Quiet(june(8), june(20)), Quiet(JUNE, JUNE)))
    assert next_free(maria, JUNE) == june(2)
    assert next_free(maria, june(3)) == june(21)


def test_a_year_that_is_quiet_has_no_free_day() -> None:
    a_year = Quiet(JUNE, JUNE + timedelta(days=HORIZON_DAYS))
    assert next_free(somebody(quiets=(a_year,)), JUNE) is None
    shorter = a_year._replace(last=a_year.last - timedelta(days=1))
    assert next_free(somebody(quiets=(shorter,)), JUNE) == a_year.last


def test_the_end_of_the_calendar_is_no_error() -> None:
    assert next_free(somebody(quiets=(Quiet(JUNE, date.max),)), JUNE) is None
    assert next_free(somebody(quiets=(Quiet(JUNE, date.max),)), date.max) is None


def test_who_opted_out_has_no_free_day() -> None:
    found = pressure_of(somebody(opted_out=True), JUNE)
    assert found.next_free is None
    assert found.binding.held == "opted_out"


def test_planned_outreach_weighs_on_its_day_and_not_before() -> None:
    ahead = [mail(day, planned=True) for day in (10, 11, 12)]
    maria = somebody(*ahead, windows=(Window(3, 7),))
    assert pressure_of(maria, june(9)).binding.contacts == 0
    assert next_free(maria, june(12)) == june(17)


def test_vips_hear_three_offers_a_month_and_everything_else_as_others() -> None:
    offers = [mail(day, intent="sell") for day in (1, 9, 18)]
    maria = somebody(*offers, windows=(*SHIPPED.person, *SHIPPED.vip))
    found = pressure_of(maria, june(25))
    selling = next(one for one in found.windows if one.window.selling)
    assert (selling.contacts, selling.held, selling.next_free) == (3, "cap", june(31))
    assert found.next_free == june(25)
    assert not found.binding.window.selling


def test_an_offer_needs_room_in_every_window() -> None:
    maria = somebody(*(mail(day) for day in (1, 2, 3)), windows=(*SHIPPED.person, *SHIPPED.vip))
    selling = next(one for one in pressure_of(maria, june(3)).windows if one.window.selling)
    assert (selling.contacts, selling.held, selling.next_free) == (0, "cap", june(8))


# Selling against helping


def test_the_share_is_of_contacts_whose_intent_is_known() -> None:
    touches = [mail(1, intent="sell"), mail(2, intent="help"), mail(3, intent="sell"), mail(4)]
    assert intent_share(touches, "sell") == 67
    assert intent_share(touches, "help") == 33
    assert intent_share([mail(1)], "sell") is None
    assert intent_share([*touches[:2], *[mail(5, intent="inform")] * 6], "sell") == 13


# Clashes


def test_a_fourth_contact_that_is_planned_is_a_clash_with_its_reasons() -> None:
    third = mail(9, planned=True, function="marketing")
    maria = somebody(mail(5), mail(6), third, mail(10, planned=True), mail(20, planned=True))
    (clash,) = clashes(maria, june(8), 14)
    assert (clash.on, clash.held, clash.state.contacts) == (june(10), "cap", 4)
    assert [one.id for one in clash.state.touches] == [5, 6, 9, 10]
    assert clash.planned == (mail(10, planned=True),)
    assert clash.state.next_free == june(12)


def test_the_list_looks_so_many_days_ahead_and_no_further() -> None:
    maria = somebody(mail(21, planned=True), mail(22, planned=True), opted_out=True)
    assert [one.on for one in clashes(maria, june(8), 14)] == [june(21)]


def test_what_is_planned_in_a_quiet_time_is_a_clash() -> None:
    quiet = Quiet(june(9), june(10), "holiday")
    (clash,) = clashes(somebody(mail(10, planned=True), quiets=(quiet,)), june(8), 14)
    assert (clash.held, clash.quiet, clash.state.next_free) == ("quiet", quiet, june(11))


def test_what_is_planned_within_the_caps_is_none() -> None:
    assert clashes(somebody(mail(9, planned=True)), june(8), 14) == []
    assert clashes(somebody(), june(8), 14) == []


# The book's settings


def test_caps_are_settings_of_the_book() -> None:
    caps = caps_of({PERSON_CAPS: "2/5, 4/10", VIP_CAPS: "1/90", SELL_GUIDE: "20 %"})
    assert caps.person == (Window(2, 5), Window(4, 10))
    assert caps.vip == (Window(1, 90, selling=True),)
    assert caps.account == SHIPPED.account
    assert (caps.sell_guide, longest(caps)) == (20, 90)


@pytest.mark.parametrize(
    "text", ["", "3", "0/7", "3/0", "3/7 x", "3/366", "1001/7", "-3/7", "3 / 7", "٣/٧", "3/7/8"]
)
def test_a_cap_that_nobody_can_read_is_refused(text: str) -> None:
    assert windows_of(text) is None
    for key in (PERSON_CAPS, ACCOUNT_CAPS, VIP_CAPS):
        with pytest.raises(Refused, match=key):
            check_setting(key, text)
    assert caps_of({PERSON_CAPS: text}) == SHIPPED


@pytest.mark.parametrize("text", ["", "101", "-1", "x", "٣٠", "30.5"])
def test_a_sell_share_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Refused, match=SELL_GUIDE):
        check_setting(SELL_GUIDE, text)


@pytest.mark.parametrize("key", DEFAULTS)
def test_the_shipped_settings_may_be_set(key: str) -> None:
    assert check_setting(key, DEFAULTS[key]) == DEFAULTS[key]


# Properties

touches_near = st.lists(
    st.builds(
        Touch,
        st.integers(-40, 40).map(lambda day: JUNE + timedelta(days=day)),
        st.just("email"),
        st.sampled_from([None, "marketing", "sales", "success", "service"]),
        st.none(),
        st.sampled_from([None, "sell", "help"]),
    ),
    max_size=20,
)
quiet_times = st.lists(
    st.tuples(st.integers(-10, 60), st.integers(0, 40)).map(
        lambda at: Quiet(JUNE + timedelta(days=at[0]), JUNE + timedelta(days=at[0] + at[1]))
    ),
    max_size=3,
)
windows = st.lists(
    st.builds(Window, st.integers(1, 4), st.integers(1, 35), st.just(False)), min_size=1, max_size=3
)


@given(touches_near, quiet_times, windows)
def test_the_next_free_day_is_the_first_that_a_slow_search_finds(
    touches: list[Touch], quiets: list[Quiet], caps: list[Window]
) -> None:
    maria = somebody(*touches, quiets=tuple(quiets), windows=tuple(caps))

    def is_free(day: date) -> bool:
        if any(one.first <= day <= one.last for one in quiets):
            return False
        for cap in caps:
            first = day - timedelta(days=cap.days - 1)
            if sum(1 for one in touches if first <= one.on <= day) >= cap.cap:
                return False
        return True

    year = (JUNE + timedelta(days=ahead) for ahead in range(HORIZON_DAYS + 1))
    expected = next((day for day in year if is_free(day)), None)
    assert next_free(maria, JUNE) == expected
    assert (held_on(maria, JUNE) == "") is is_free(JUNE)


@given(touches_near, windows)
def test_one_outreach_more_never_makes_an_earlier_day_free(
    touches: list[Touch], caps: list[Window]
) -> None:
    maria = somebody(*touches, windows=tuple(caps))
    before = next_free(maria, JUNE)
    after = next_free(maria.plus(Touch(JUNE, "call")), JUNE)
    assert before is not None
    assert after is not None
    assert after >= before


@given(touches_near, windows)
def test_the_functions_add_up_to_the_contacts(touches: list[Touch], caps: list[Window]) -> None:
    for state in pressure_of(somebody(*touches, windows=tuple(caps)), JUNE).windows:
        assert sum(state.by_function.values()) == state.contacts
        assert 0 not in state.by_function.values()
