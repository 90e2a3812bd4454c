"""``r`` logs a call that nobody answered, at once, wherever an account is under the cursor."""

from __future__ import annotations

from contextlib import closing

import pytest

from tests.makers import opened
from tests.tui.conftest import House, OpenHouse
from tui.screens.account import AccountScreen


def facts(home: House) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """The unanswered calls, and the newest two-way contact of every account."""
    with closing(opened(home.path)) as book:
        rang = book.connection.rows(
            "SELECT account_id, two_way FROM touchpoint WHERE kind = 'call' AND answered = 0"
            " AND archived_at IS NULL",
            {},
        )
        cadence = book.connection.rows(
            "SELECT account_id, last_two_way_on, touch_due_on FROM account_rollup"
            " ORDER BY account_id",
            {},
        )
    return rang, cadence


@pytest.mark.parametrize("where", ["today", "accounts", "account"])
async def test_ringing_without_an_answer_is_logged_and_the_cadence_stays(
    house: OpenHouse, where: str
) -> None:
    async with house() as home:
        if where == "account":
            await home.press("enter")
            home.screen(AccountScreen)
        elif where == "accounts":
            await home.press("2")
        before, cadence = facts(home)
        assert before == []
        await home.press("r")
        after, same = facts(home)
        assert [two_way for _account, two_way in after] == [0]
        assert same == cadence
        assert any("no answer" in said for said in home.said)
        await home.press("u")
        assert facts(home)[0] == []
