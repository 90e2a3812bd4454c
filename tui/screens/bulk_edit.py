"""Changing one field of several accounts: what, to what, then old and new of each before saving."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from planner.errors import Conflict, TrustplanError
from planner.language import gettext as _
from planner.views.accounts import AccountRow
from tui.background import behind
from tui.dialogs.choice import Choice, ChoiceDialog
from tui.dialogs.list_dialog import ListDialog
from tui.widgets.cells import Cell, fit
from tui.widgets.wrap import Line

if TYPE_CHECKING:
    from tui.screens.frame import FrameScreen

NONE = "none"
NAME_WIDTH = 30
OLD_WIDTH = 16
MOST_LISTED = 300


@dataclass(frozen=True, slots=True)
class Change:
    """One field set to one value: the words of the field, how the new value is shown."""

    field: str
    words: str
    value: Any
    shown: str


def edit_together(screen: FrameScreen, ids: list[int]) -> None:
    """Ask what to change in these accounts, show it, save it in one step."""
    fields = [
        Choice("owner_id", _("owner")),
        Choice("tier", _("tier")),
        Choice("stage", _("stage")),
        Choice("tag", _("add a tag")),
    ]
    title = _("CHANGE {count} ACCOUNTS: what?").format(count=len(ids))

    def chosen(field: str | None) -> None:
        if field is not None:
            behind(screen, partial(_ask_value, screen, ids, field), "bulk", exclusive=True)

    screen.app.push_screen(ChoiceDialog(title, fields), chosen)


async def _ask_value(screen: FrameScreen, ids: list[int], field: str) -> None:
    if field == "tag":
        screen.app.push_screen(TagDialog(), lambda tag: _preview(screen, ids, _tag_change(tag)))
        return
    try:
        choices = await _choices(screen, field)
    except TrustplanError as error:
        screen.complain(error)
        return
    words = {"owner_id": _("owner"), "tier": _("tier"), "stage": _("stage")}[field]

    def chosen(value: str | None) -> None:
        if value is None:
            return
        shown = next(choice.words for choice in choices if choice.value == value)
        typed: Any = None if value == NONE else value if field == "stage" else int(value)
        _preview(screen, ids, Change(field, words, typed, shown))

    screen.app.push_screen(ChoiceDialog(_("NEW {field}").format(field=words), choices), chosen)


async def _choices(screen: FrameScreen, field: str) -> list[Choice]:
    nobody = Choice(NONE, _("none"))
    if field == "owner_id":
        people = await screen.store.read(lambda queries: queries.colleagues())
        return [
            *(
                Choice(str(one.id), one.name, one.function or "")
                for one in people
                if one.retired_on is None
            ),
            nobody,
        ]
    from planner.vocabulary import STAGES, TIERS

    values: Sequence[object] = TIERS if field == "tier" else STAGES
    return [*(Choice(str(value), str(value)) for value in values), nobody]


def _tag_change(tag: str | None) -> Change | None:
    return None if tag is None else Change("tag", _("tag"), tag, tag)


def _preview(screen: FrameScreen, ids: list[int], change: Change | None) -> None:
    if change is None:
        return
    behind(screen, partial(_show_preview, screen, ids, change), "bulk", exclusive=True)


async def _show_preview(screen: FrameScreen, ids: list[int], change: Change) -> None:
    listed = ids[:MOST_LISTED]
    try:
        rows = await screen.store.read(lambda queries: queries.accounts.by_ids(listed))
    except TrustplanError as error:
        screen.complain(error)
        return

    live = {row.id for row in rows}
    ids = [one for one in ids if one in live] + ids[MOST_LISTED:]
    if not ids:
        screen.say(_("None of these accounts is there any more."), warn=True)
        return

    def answered(answer: str | None) -> None:
        if answer == "save":
            behind(screen, partial(_save, screen, ids, change, rows), "write")

    screen.app.push_screen(PreviewDialog(rows, len(ids), change), answered)


async def _save(
    screen: FrameScreen, ids: list[int], change: Change, rows: Sequence[AccountRow]
) -> None:
    """Save what was previewed; where another was faster say so, and show old and new again."""
    from planner.use_cases.accounts import change_accounts, tag_accounts

    try:
        if change.field == "tag":
            done = await screen.store.write(tag_accounts, ids, change.value)
        else:
            seen = {row.id: shown_value(row, change.field) for row in rows}
            values = {change.field: change.value}
            done = await screen.store.write(change_accounts, ids, seen=seen, **values)
    except Conflict as error:
        screen.complain(error)
        _preview(screen, ids, change)
    except TrustplanError as error:
        screen.complain(error)
    else:
        screen.tell_done(done)
        screen.trust.changed()


class TagDialog(ListDialog[str]):
    """One tag, typed."""

    FIELD = True

    def __init__(self) -> None:
        super().__init__(_("ADD A TAG"), _("one word"))

    def narrowed(self, text: str) -> None:
        tag = text.strip()
        spans: tuple[Cell, ...] = (_("add "), (tag, "strong"))
        self.document.set_lines([Line(spans, tag)] if tag else [])

    def chosen(self, key: str) -> str | None:
        return key


class PreviewDialog(ListDialog[str]):
    """Old and new of each account; the first line saves, Esc leaves everything as it is."""

    TALL = True

    def __init__(self, rows: Sequence[AccountRow], count: int, change: Change) -> None:
        super().__init__(
            _("{field} of {count} accounts, old → new").format(field=change.words, count=count)
        )
        self._rows = rows
        self._count = count
        self._change = change

    def lines(self) -> Iterable[Line]:
        save = _("save: {count} accounts, one undo takes it back").format(count=self._count)
        yield Line(((_("Enter "), "key"), (save, "strong")), "save")
        yield Line()
        for row in self._rows:
            old = old_value(row, self._change.field)
            new = self._change.shown
            style = "muted" if old == new else ""
            yield Line(
                (
                    (fit(row.name, NAME_WIDTH) + " ", style),
                    (fit(old, OLD_WIDTH), "muted"),
                    (" → ", "muted"),
                    (new, style or "strong"),
                )
            )
        if self._count > len(self._rows):
            yield Line(
                ((_("… and {count} more").format(count=self._count - len(self._rows)), "muted"),)
            )

    def chosen(self, key: str) -> str | None:
        return key


def old_value(row: AccountRow, field: str) -> str:
    """What an account has in a field now, as a person reads it."""
    value = shown_value(row, field)
    return NONE if value is None else str(value)


def shown_value(row: AccountRow, field: str) -> object:
    """What an account has in a field now; an owner by name."""
    values: dict[str, object] = {"owner_id": row.owner, "tier": row.tier, "stage": row.stage}
    return values.get(field)
