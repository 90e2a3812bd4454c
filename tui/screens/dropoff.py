"""Drop-off: where customers are lost, by stage and tenure, and where they stop buying."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from planner.dropoff import (
    DropLine,
    Dropoff,
    DroppedRow,
    buying_words,
    line_words,
    method_words,
    share_words,
)
from planner.language import gettext as _
from planner.vocabulary_words import value_words
from tui.screens.touch_matrix import MatrixLines
from tui.widgets.cells import fit
from tui.widgets.document import Line

NAME, COUNT, SHARE = 26, 9, 22
MOST_ROWS = 500


def dropoff_lines(found: Dropoff) -> Iterator[Line]:
    """The analysis as lines; a line with accounts behind it has the key ``<kind>:<key>``."""
    said = _("{lost} of {accounts} accounts lost").format(
        lost=found.lost, accounts=found.accounts
    )  # fmt: skip
    if found.undated:
        said += " · " + _("lost without a day, left out: {count}").format(count=found.undated)
    yield Line(((said, "strong"),), wrap=True)
    yield from _group("stage", _("LOST BY STAGE"), _("lost"), found.stages)
    yield from _group("tenure", _("LOST BY TENURE"), _("lost"), found.tenures)
    yield from _group("stopped", _("STOPPED BUYING, TENURE"), _("stopped"), found.stopped)
    yield from _group("product", _("STOPPED BUYING, PRODUCT"), _("stopped"), found.products)
    yield Line()
    for words in buying_words(found):
        yield Line((words,), wrap=True)
    yield Line(((method_words(found), "muted"),), wrap=True)


def _group(kind: str, title: str, lost: str, lines: Sequence[DropLine]) -> Iterator[Line]:
    yield Line()
    counts = fit(_("at risk"), COUNT, "right") + fit(lost, COUNT, "right")
    yield Line(((fit(title, NAME) + counts + "  " + _("share"), "head"),))
    for one in lines:
        cells = (
            fit(line_words(kind, one.key), NAME), fit(str(one.at_risk), COUNT, "right"),
            (fit(str(one.lost), COUNT, "right"), "strong"), "  ",
            (fit(share_words(one), SHARE), "" if one.share is not None else "muted"),
        )  # fmt: skip
        yield Line(cells, f"{kind}:{one.key}" if one.ids else None)
    if not lines:
        yield Line((("  " + _("nothing is known yet"), "muted"),))


def dropped_lines(rows: Sequence[DroppedRow]) -> list[Line]:
    """The accounts behind a line; one has the key ``account:<id>``."""
    lines = [
        Line(
            (
                fit(one.account, 30), " ", fit(value_words(one.stage or ""), 12),
                (fit(_("lost {day}").format(day=one.lost_on) if one.lost_on else "", 16), "muted"),
                (one.owner or "", "muted"),
            ),
            f"account:{one.id}",
        )
        for one in rows
    ]  # fmt: skip
    return lines or [Line(((_("No account is behind it."), "muted"),))]


class DropoffScreen(MatrixLines):
    """Losses by stage and tenure, stops by tenure and product, of my accounts or of all."""

    def __init__(self) -> None:
        super().__init__()
        self._found: Dropoff | None = None

    def answers(self) -> str:
        return _(
            "At which stage and after how long are customers lost, and where do they stop buying?"
        )

    def heading(self) -> str:
        return _("DROP-OFF")

    async def load(self) -> None:
        owner = self.owner()
        self._found = await self.store.read(lambda q: q.dropoff.analysis(owner_id=owner))
        self.show_lines()

    def lines(self) -> list[Line]:
        return [] if self._found is None else list(dropoff_lines(self._found))

    def open_row(self, key: str) -> None:
        line = None if self._found is None else self._found.line(key)
        if line is not None:
            kind, _colon, name = key.partition(":")
            self.app.push_screen(DroppedScreen(line_words(kind, name), line.ids))


class DroppedScreen(MatrixLines):
    """The accounts behind a line; Enter opens one."""

    HINTS: ClassVar[tuple[str, ...]] = ("copy", "back")

    def __init__(self, about: str, ids: Sequence[int]) -> None:
        super().__init__()
        self._about = about
        self._ids = tuple(ids)
        self._rows: list[DroppedRow] = []

    def answers(self) -> str:
        return _("Which accounts dropped off here?")

    def heading(self) -> str:
        return _("BEHIND IT")

    def scope_words(self) -> str:
        return self._about

    async def load(self) -> None:
        ids = self._ids
        self._rows = await self.store.read(lambda q: q.dropoff.named(ids))
        self.show_lines()

    def lines(self) -> list[Line]:
        shown = dropped_lines(self._rows[:MOST_ROWS])
        more = len(self._rows) - MOST_ROWS
        if more > 0:
            words = _("… {count} more; `trustplan dropoff --behind` lists them").format(count=more)
            shown.append(Line(((words, "muted"),)))
        return shown

    def open_row(self, key: str) -> None:
        ids = [one.id for one in self._rows]
        self.open_account(int(key.partition(":")[2]), ids)
