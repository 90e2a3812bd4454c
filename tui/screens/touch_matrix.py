"""Touchpoints counted in tables: by journey stage, by who sends what, by how long we talked.

Enter on a row shows the touchpoints behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.widget import Widget

from planner.language import gettext as _
from planner.vocabulary_words import value_words
from tui.matrix_words import (
    MARKS,
    contact,
    gap_words,
    group_words,
    hours_words,
    journey_method,
    send_state,
    sends_method,
    stage_words,
    talk_method,
)
from tui.screens.frame import FrameScreen
from tui.widgets.cells import Cell, fit, parts
from tui.widgets.document import Document, Line
from tui.widgets.top_line import TopParts

if TYPE_CHECKING:
    from planner.touch_matrix import JourneyMatrix, SendRow, TalkTime
    from planner.views.heard import TouchRow
    from tui.composition import BookQueries

Reader = Callable[["BookQueries"], "list[TouchRow]"]
DAYS = 365
MOST_ROWS = 200
OWN_CELLS = 2
STAGE_CELLS, COUNT_CELLS = 12, 6
LEAST_CELL, MOST_CELL = 4, 9
STATE_STYLES = {"gap": "late", "double": "warn", "not_planned": "muted", "sent": ""}
THOUSAND = 1000


def count_text(count: int, width: int) -> str:
    """A count in so many cells: ``12k`` where it does not fit; a dot for none."""
    if not count:
        return "·"
    return str(count) if len(str(count)) < width else f"{count // THOUSAND}k"


def journey_lines(found: JourneyMatrix, width: int) -> list[Line]:
    """The journey as lines; a stage has the key ``stage:<stage>``."""
    room = width - OWN_CELLS - STAGE_CELLS - COUNT_CELLS
    cell = max(LEAST_CELL, min(MOST_CELL, room // max(1, len(found.kinds))))
    head = fit(_("stage"), STAGE_CELLS) + fit(_("acc."), COUNT_CELLS - 1, "right")
    names = "".join(" " + fit(value_words(kind), cell - 1, "right") for kind in found.kinds)
    lines = [Line(((head + names, "head"),))]
    for row in found.rows:
        begin = fit(stage_words(row.stage), STAGE_CELLS)
        begin += fit(count_text(row.accounts, COUNT_CELLS), COUNT_CELLS - 1, "right")
        counts = "".join(
            fit(count_text(row.touches.get(kind, 0), cell), cell, "right") for kind in found.kinds
        )
        lines.append(Line((begin + counts,), f"stage:{row.stage}"))
        if row.gaps:
            said = _("gap: nobody was touched by {channels}").format(channels=gap_words(row))
            lines.append(Line((("  ! " + said, "late"),), wrap=True, hang=4))
    if not found.rows:
        lines.append(Line(((_("No account is here yet."), "muted"),)))
    return [*lines, Line(), Line(((journey_method(found), "muted"),), wrap=True)]


def send_lines(rows: Iterable[SendRow], names: dict[int, str]) -> list[Line]:
    """Who sends what; a row has the key ``row:<index>``."""
    lines: list[Line] = []
    for index, row in enumerate(rows):
        channel = value_words(row.channel or "")
        words = (value_words(row.function or ""), contact(row, names), channel,
                 row.topic or row.words)  # fmt: skip
        style = STATE_STYLES[row.state]
        said: list[Cell] = [
            (f"{MARKS[row.state] or ' '} ", style), " · ".join(one for one in words if one),
            (f"   {len(row.ids)}   ", "strong"),
            (send_state(row) + (f", {row.last_on}" if row.last_on else ""), style),
        ]  # fmt: skip
        lines.append(Line(tuple(said), f"row:{index}", wrap=True, hang=4))
    if not lines:
        lines.append(Line(((_("No line plans anything, and nothing went out."), "muted"),)))
    return [*lines, Line(), Line(((sends_method(), "muted"),), wrap=True)]


def talk_lines(by: str, rows: list[TalkTime]) -> list[Line]:
    """How long we talked; a tier or account has the key ``talk:<key>``."""
    lines = [
        Line(
            (
                fit(group_words(by, one), 30),
                (fit(hours_words(one.known), 12, "right"), "strong"),
                _("   {talks} talks, {without} without minutes").format(
                    talks=one.talks, without=one.without
                ),
            ),
            f"talk:{one.key}",
        )
        for one in rows
    ]  # fmt: skip
    if not lines:
        lines.append(Line(((_("Nobody talked in the last 90 days."), "muted"),)))
    return [*lines, Line(), Line(((talk_method(rows), "muted"),), wrap=True)]


def touch_lines(rows: list[TouchRow]) -> list[Line]:
    """Touchpoints, the newest first; one has the key ``touchpoint:<id>``."""
    lines = [
        Line(
            (
                (row.occurred_on + "  ", "muted"), fit(row.account, 20), "  ",
                fit(value_words(row.kind), 9), (fit(value_words(row.function or ""), 10), "muted"),
                " ".join((row.topic or row.note).split()),
            ),
            f"touchpoint:{row.id}",
        )
        for row in rows
    ]  # fmt: skip
    if not lines:
        return [Line(((_("There is no touchpoint behind it."), "muted"),))]
    if len(rows) == MOST_ROWS:
        said = _("The newest {count}; the figure counts them all.").format(count=MOST_ROWS)
        lines.append(Line(((said, "muted"),)))
    return lines


class MatrixLines(FrameScreen):
    """A table to read; subclasses read it, draw it and say what is behind a row."""

    HINTS: ClassVar[tuple[str, ...]] = ("copy", "scope", "back")

    def compose_body(self) -> Iterable[Widget]:
        yield Document(id="body")

    def heading(self) -> str:
        """The name in the top line."""
        raise NotImplementedError

    def scope_words(self) -> str:
        """Whose it is."""
        return _("mine") if self.owner() is not None else _("all")

    def top_parts(self) -> TopParts:
        return self.frame_parts(self.heading(), scope=self.scope_words())

    def owner(self) -> int | None:
        """Me, while only what is mine is shown."""
        facts = self.trust.facts
        return facts.actor.colleague_id if facts is not None and self.trust.mine else None

    def lines(self) -> list[Line]:
        """What was read, as lines for the width there is."""
        raise NotImplementedError

    def open_row(self, key: str) -> None:
        """Show what is behind a row."""
        raise NotImplementedError

    def show_lines(self) -> None:
        """Draw what was read."""
        self.query_one("#body", Document).set_lines(self.lines())
        self.refresh_top()

    @on(Document.LineSelected)
    def _open(self, event: Document.LineSelected) -> None:
        self.open_row(str(event.key))

    def text_to_copy(self) -> str:
        lines = self.query_one("#body", Document).lines
        return "\n".join("".join(parts(one)[0] for one in line.spans).rstrip() for line in lines)


class JourneyScreen(MatrixLines):
    """Journey stages by kinds of touchpoints, of my accounts or of all."""

    def __init__(self) -> None:
        super().__init__()
        self._found: JourneyMatrix | None = None

    def answers(self) -> str:
        return _("By which channels do we touch customers in each stage, and where not?")

    def heading(self) -> str:
        return _("JOURNEY")

    async def load(self) -> None:
        owner = self.owner()
        self._found = await self.store.read(lambda q: q.matrix.journey(days=DAYS, owner_id=owner))
        self.show_lines()

    def lines(self) -> list[Line]:
        return [] if self._found is None else journey_lines(self._found, self.size.width)

    def on_resize(self) -> None:
        """The columns follow the width."""
        if self._found is not None:
            self.show_lines()

    def open_row(self, key: str) -> None:
        stage, owner = key.partition(":")[2], self.owner()
        self.app.push_screen(
            TouchesScreen(
                stage_words(stage),
                lambda q: q.matrix.behind(stage, days=DAYS, owner_id=owner, limit=MOST_ROWS),
            )
        )


class SendsScreen(MatrixLines):
    """Who sends what to whom at an account."""

    def __init__(self, account_id: int) -> None:
        super().__init__()
        self.account_id = account_id
        self._rows: tuple[SendRow, ...] = ()
        self._names: dict[int, str] = {}
        self._account = ""

    def answers(self) -> str:
        return _("Who of us sends what to whom, and does it happen, once?")

    def heading(self) -> str:
        return _("WHO SENDS WHAT")

    def scope_words(self) -> str:
        return self._account

    def current_account(self) -> int | None:
        return self.account_id

    async def load(self) -> None:
        account = self.account_id

        def read(q: BookQueries) -> tuple[str, tuple[SendRow, ...], dict[int, str]]:
            rows = q.matrix.sends(account)
            ids = sorted({row.person_id for row in rows if row.person_id is not None})
            return q.account.head(account).name, rows, q.matrix.names(ids)

        self._account, self._rows, self._names = await self.store.read(read)
        self.show_lines()

    def lines(self) -> list[Line]:
        return send_lines(self._rows, self._names)

    def open_row(self, key: str) -> None:
        row = self._rows[int(key.partition(":")[2])]
        title = contact(row, self._names)
        self.app.push_screen(TouchesScreen(title, lambda q: q.matrix.touches(row.ids)))


class TalkTimeScreen(MatrixLines):
    """Minutes of two-way talks: by tier, and by the accounts that were talked with most."""

    ACCOUNTS = 50

    def __init__(self) -> None:
        super().__init__()
        self._tiers: list[TalkTime] = []
        self._accounts: list[TalkTime] = []

    def answers(self) -> str:
        return _("How long did we talk with customers, and with which?")

    def heading(self) -> str:
        return _("TALK TIME")

    async def load(self) -> None:
        owner, most = self.owner(), self.ACCOUNTS

        def read(q: BookQueries) -> tuple[list[TalkTime], list[TalkTime]]:
            found = q.matrix.talk_time
            return found("tier", owner_id=owner), found("account", owner_id=owner, limit=most)

        self._tiers, self._accounts = await self.store.read(read)
        self.show_lines()

    def lines(self) -> list[Line]:
        tiers = [Line(line.spans, None, line.wrap) for line in talk_lines("tier", self._tiers)]
        accounts = talk_lines("account", self._accounts)[: len(self._accounts)]
        return [*tiers, Line(), Line(((_("accounts, the longest first"), "head"),)), *accounts]

    def open_row(self, key: str) -> None:
        self.open_account(int(key.partition(":")[2]), tab="timeline")


class TouchesScreen(MatrixLines):
    """The touchpoints behind a figure; Enter opens one in its account."""

    HINTS = ("copy", "back")

    def __init__(self, about: str, reader: Reader) -> None:
        super().__init__()
        self._about = about
        self._reader = reader
        self._rows: list[TouchRow] = []

    def answers(self) -> str:
        return _("Which touchpoints are behind this figure?")

    def heading(self) -> str:
        return _("BEHIND IT")

    def scope_words(self) -> str:
        return self._about

    async def load(self) -> None:
        self._rows = await self.store.read(self._reader)
        self.show_lines()

    def lines(self) -> list[Line]:
        return touch_lines(self._rows)

    def open_row(self, key: str) -> None:
        row = next(one for one in self._rows if f"touchpoint:{one.id}" == key)
        self.open_account(row.account_id, tab="timeline", seek=key)
