"""The filter language over rows in memory."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import Refused
from planner.row_filter import (
    action_fields,
    complaint_fields,
    days_ago,
    days_ahead,
    fits,
    people_fields,
    today_fields,
    touchpoint_fields,
)
from planner.segments import FilterRefused, parse

ROW: dict[str, Any] = {
    "account": "İstanbul Lojistik", "action": "Send the quote", "owner": "Ann Lee",
    "their_owner": None, "side": "we", "status": "open", "promised": True, "shared": False,
    "due": -3, "me": True,
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("", True),
        ("account:istanbul", True),
        ('account:"lojistik"', True),
        ("account:ankara", False),
        ("-account:ankara", True),
        ("account:ankara,istanbul", True),
        ("side:we status:open", True),
        ("side:they", False),
        ("promised:yes shared:no", True),
        ("due<0", True),
        ("due<=-3 due>=-3 due:-3", True),
        ("due>-3", False),
        ("owner:me", True),
        ("owner:none", False),
        ("their_owner:none", True),
        ("their_owner:maria", False),
        ("quote", True),
        ('"send the"', True),
        ("-quote", False),
    ],
)
def test_a_row_fits_when_every_part_holds(text: str, holds: bool) -> None:
    assert fits(parse(text, action_fields()), ROW) is holds


def test_one_of_several_roles_is_enough() -> None:
    row = {"role": ("champion", "sponsor"), "left": False}
    assert fits(parse("role:sponsor", people_fields()), row)
    assert not fits(parse("role:technical", people_fields()), row)
    assert fits(parse("role:none", people_fields()), {"role": ()})


def test_a_clock_may_be_written_with_a_hyphen() -> None:
    assert fits(parse("clock:at-risk", complaint_fields()), {"clock": "at-risk"})


def test_a_number_that_is_not_known_fits_no_comparison() -> None:
    fields = touchpoint_fields()
    assert not fits(parse("sentiment<1", fields), {"sentiment": None})
    assert fits(parse("sentiment:none", fields), {"sentiment": None})


def test_fields_of_another_list_are_refused_with_the_nearest() -> None:
    with pytest.raises(Refused, match="Did you mean due"):
        parse("dew<3", today_fields())
    with pytest.raises(FilterRefused):
        parse("tier:1", today_fields())


def test_days_are_counted_from_today() -> None:
    assert days_ago("2026-03-10", date(2026, 3, 11)) == 1
    assert days_ahead("2026-03-10", date(2026, 3, 11)) == -1
    assert days_ago(None, date(2026, 3, 11)) is days_ahead(None, date(2026, 3, 11)) is None


@given(st.text(max_size=60))
def test_any_text_filters_or_is_refused(text: str) -> None:
    try:
        parts = parse(text, action_fields())
    except FilterRefused:
        return
    assert fits(parts, ROW) in (True, False)
