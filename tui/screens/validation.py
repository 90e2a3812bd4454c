"""Has the score been right? Stored scores against how renewals ended, with bars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from textual.widget import Widget

from planner.language import gettext as _
from planner.vocabulary_words import value_words
from tui.screens.account_words import EMPTY, flowing, heading, line
from tui.screens.frame import FrameScreen
from tui.validation_words import figures, interval, intro, number, percent, too_few, verdict
from tui.widgets.cells import fit, parts
from tui.widgets.document import Document, Line
from tui.widgets.top_line import TopParts

if TYPE_CHECKING:
    from datetime import date

    from planner.health.validation import Validation

DAYS = 365
BAR = 22
"""Cells of a bar for a share of 0 to 1."""


class ValidationScreen(FrameScreen):
    """The renewals of the last year."""

    TOP = True
    HINTS = ("copy", "find")

    def compose_body(self) -> Iterable[Widget]:
        yield Document(id="body")

    def answers(self) -> str:
        return _(
            "Has the score been right? Each band's share of losses with its 95 % interval, then the"
            " figures of the whole and each measure by itself. Weights never change by themselves."
        )

    def top_parts(self) -> TopParts:
        return self.frame_parts(_("HEALTH, CHECKED"))

    async def load(self) -> None:
        from planner.health.validation import validate

        facts = self.trust.facts
        if facts is None:
            return
        first, last = facts.today - timedelta(days=DAYS), facts.today
        found = validate(await self.store.read(lambda q: q.outcomes.decided(first, last)))
        self.query_one("#body", Document).set_lines(tuple(lines_of(found, first, last)))

    def text_to_copy(self) -> str:
        rows = self.query_one("#body", Document).lines
        return "\n".join("".join(parts(one)[0] for one in row.spans).rstrip() for row in rows)


def lines_of(found: Validation, first: date, last: date) -> Iterator[Line]:
    """The check as lines."""
    for words in intro(found, first, last):
        yield flowing(words, hang=2)
    yield from (
        EMPTY,
        heading(_("LOST, BY BAND"), (_("█ share, ░ up to the interval's end"), "muted")),
    )
    for one in found.bands:
        share, high = one.rate or 0.0, one.high or 0.0
        full, open_to = round(share * BAR), round(high * BAR)
        bar = "█" * full + "░" * max(0, open_to - full)
        lift = "--" if one.lift is None else f"{one.lift:.2f}"
        yield line(
            "  ", fit(value_words(one.band), 8), fit(f"{one.lost}/{one.count}", 9),
            fit(percent(one.rate), 8), (fit(bar, BAR), one.band), "  ",
            (_("{interval}, lift {lift}").format(interval=interval(one), lift=lift), "muted"),
        )  # fmt: skip
    yield EMPTY
    if not found.enough:
        yield flowing((too_few(), "gap"), hang=0)
        return
    yield heading(_("THE WHOLE"), (verdict(found), "" if found.monotone else "warn"))
    for name, value, words in figures(found):
        yield flowing("  ", fit(name, 20), f"{value:>8}", ("  " + words, "muted"), hang=32)
    yield from (EMPTY, heading(_("EACH MEASURE"), (_("mean of the lost, of the kept"), "muted")))
    yield from _measures(found)


def _measures(found: Validation) -> Iterator[Line]:
    from planner.health.wording import measure_name

    for one in found.measures:
        auc = "--" if one.auc is None else f"{one.auc:.2f}"
        means = f"{number(one.lost_mean):>6} {number(one.retained_mean):>6}"
        said = _("AUC {auc}, missing {share}").format(auc=auc, share=percent(one.missing))
        yield line(
            "  ", fit(f"{one.id} {measure_name(one.id)}", 30), means, ("   " + said, "muted")
        )
