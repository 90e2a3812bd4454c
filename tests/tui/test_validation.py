"""The screen of the check: bars by band, and figures once there are outcomes enough."""

from __future__ import annotations

from datetime import date

from planner.health.validation import Outcome, validate
from tests.tui.conftest import OpenHouse
from tui.screens.validation import BAR, ValidationScreen, lines_of
from tui.widgets.cells import parts
from tui.widgets.wrap import Line

DAY = date(2026, 1, 5)


def text_of(line: Line) -> str:
    return "".join(parts(span)[0] for span in line.spans)


def some(band: str, score: float, count: int, lost: int) -> list[Outcome]:
    return [
        Outcome(n, "A", n, DAY, lost=n < lost, seen_on=DAY, score=score, band=band,
                measures={"R1": 10.0 if n < lost else 80.0}, predicted=0.2)
        for n in range(count)
    ]  # fmt: skip


def test_bars_follow_the_shares_and_the_figures_are_named() -> None:
    hundred = [*some("green", 90, 60, 3), *some("yellow", 60, 25, 5), *some("red", 30, 15, 6)]
    lines = [text_of(line) for line in lines_of(validate(hundred), DAY, DAY)]
    red = next(line for line in lines if line.startswith("  red"))
    assert red.count("█") == round(0.4 * BAR)
    assert "6/15" in red
    assert "19.8 % to 64.3 %, lift 2.86" in red
    whole = "\n".join(lines)
    for words in ("AUC", "0.755", "watermelons", "21.4 %", "Brier", "R1", "missing 0.0 %"):
        assert words in whole
    assert "the worse the band, the more was lost" in whole


def test_too_few_outcomes_show_the_bands_alone() -> None:
    lines = [text_of(line) for line in lines_of(validate(some("red", 30, 5, 2)), DAY, DAY)]
    assert "Not enough outcomes" in lines[-1]
    assert not any("AUC" in line for line in lines)


async def test_the_menu_opens_it_and_y_copies_it(house: OpenHouse) -> None:
    async with house() as home:
        await home.app.go_top("validation")
        await home.settle()
        assert isinstance(home.app.screen, ValidationScreen)
        assert "Not enough outcomes" in "\n".join(home.lines())
        await home.press("y")
        assert "Renewals decided" in home.app.clipboard
