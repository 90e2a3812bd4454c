"""Requests and dates to celebrate on Today: in words, ticked off with d, back with undo."""

from __future__ import annotations

from typing import Any

from planner.use_cases.celebrations import add_celebration
from planner.use_cases.requests import add_request
from tests.makers import day, opened
from tests.tui.conftest import House, OpenHouse
from tui.screens.today import TodayScreen
from tui.widgets.document import Document


def _run(home: House, use_case: Any, *args: Any, **fields: Any) -> int:
    book = opened(home.path)
    made: int = book.run(use_case, *args, **fields).result.id
    book.close()
    return made


def _value(home: House, table: str, column: str, row_id: int) -> Any:
    book = opened(home.path, mode="read")
    found = getattr(book.queries().record(table, row_id), column)
    book.close()
    return found


def _lines(home: House) -> str:
    body = home.screen(TodayScreen).query_one("#body", Document)
    return "\n".join(str(line.spans) for line in body.lines)


async def test_a_late_request_says_what_they_asked_for_and_d_answers_it(house: OpenHouse) -> None:
    async with house(size=(120, 40)) as home:
        made = _run(home, add_request, home.ids["Kivi Oy"], "quote", asked_on=day(9),
                    owner_id=home.ids["ann"])  # fmt: skip
        screen = home.screen(TodayScreen)
        screen.reload()
        await home.settle()
        assert "they asked for a quote" in _lines(home)
        body = screen.query_one("#body", Document)
        body.move_to_key(f"now:{home.ids['Kivi Oy']}")
        await home.press("d")
        assert _value(home, "action", "status", made) == "done"
        assert "they asked for a quote" not in _lines(home)
        await home.press("u")
        assert _value(home, "action", "status", made) == "open"


async def test_a_date_to_celebrate_is_marked_with_d(house: OpenHouse) -> None:
    async with house(size=(120, 40)) as home:
        made = _run(home, add_celebration, home.ids['Çınar Tekstil'], label="Founded",
                    on=day(365 * 10 + 2), kind="anniversary")  # fmt: skip
        screen = home.screen(TodayScreen)
        screen.reload()
        await home.settle()
        body = screen.query_one("#body", Document)
        assert "Founded, 10 years" in _lines(home)
        body.move_to_key(f"now:{home.ids['Çınar Tekstil']}")
        await home.press("d")
        assert _value(home, "celebration", "marked_on", made) == day(0)
        assert "Founded" not in _lines(home)
