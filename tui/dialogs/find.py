"""Find as you type: accounts, people, complaints, notes; near names when nothing else is left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, cast

from planner.errors import TrustplanError
from planner.language import gettext as _
from planner.views.search import Hit
from tui.background import behind
from tui.dialogs.list_dialog import ListDialog
from tui.newest_read import NewestRead, Superseded
from tui.widgets.cells import Cell
from tui.widgets.wrap import Line

if TYPE_CHECKING:
    from tui.app import TrustplanApp

MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Found:
    """What was chosen: account, person, complaint or touchpoint, its id, and the account's id."""

    kind: str
    id: int
    account_id: int


class FindDialog(ListDialog[Found]):
    """A field and what matches. ``accounts_only`` chooses an account for something else."""

    FIELD = True
    TALL = True

    def __init__(self, title: str = "", *, accounts_only: bool = False) -> None:
        super().__init__(title or _("FIND"), _("part of a name, of a note, a number"))
        self._accounts_only = accounts_only
        self._hits: dict[str, Hit] = {}
        self._reads: NewestRead | None = None

    def on_mount(self) -> None:
        """Begin with the accounts opened last."""
        self._reads = NewestRead(cast("TrustplanApp", self.app).store)
        behind(self, self._begin, "find", exclusive=True)

    def narrowed(self, text: str) -> None:
        work = partial(self._look, text) if text.strip() else self._begin
        behind(self, work, "find", exclusive=True)

    async def _begin(self) -> None:
        app = cast("TrustplanApp", self.app)
        recent = tuple(app.recent)
        try:
            rows = await app.store.read(lambda queries: queries.accounts.by_ids(recent))
        except TrustplanError as error:
            self.say_title((f"  {error}", "error"))
            return
        self._show([Hit("account", row.id, row.id, row.name) for row in rows])

    async def _look(self, text: str) -> None:
        reads = self._reads
        if reads is None:
            return
        try:
            hits = [
                hit for hit in await reads.read(lambda q: q.search.find(text)) if self._fits(hit)
            ]
            self._show(hits, text)
            near = await reads.read(lambda q: q.search.near(text))
        except Superseded:
            return
        except TrustplanError as error:
            self.say_title((f"  {error}", "error"))
            return
        seen = {(hit.kind, hit.id) for hit in hits}
        more = [hit for hit in near if (hit.kind, hit.id) not in seen]
        if more:
            self._show([*hits, *more], text)

    def _fits(self, hit: Hit) -> bool:
        return hit.account_id is not None and (hit.kind == "account" or not self._accounts_only)

    def _show(self, hits: list[Hit], text: str = "") -> None:
        self._hits = {f"{hit.kind}:{hit.id}": hit for hit in hits[:MOST_SHOWN]}
        lines = [_line(key, hit) for key, hit in self._hits.items()]
        if not lines and text:
            lines = [Line(((_("Nothing matches."), "muted"),))]
        self.document.set_lines(lines)
        first = next(iter(self._hits), None)
        if first is not None:
            self.document.move_to_key(first)

    def chosen(self, key: str) -> Found | None:
        hit = self._hits.get(key)
        if hit is None or hit.account_id is None:
            return None
        return Found(hit.kind, hit.id, hit.account_id)


def _line(key: str, hit: Hit) -> Line:
    kinds = {
        "account": _("account"),
        "person": _("person"),
        "complaint": _("complaint"),
        "touchpoint": _("note"),
        "survey": _("survey"),
        "signal": _("signal"),
    }
    spans: list[Cell] = [(f"{kinds.get(hit.kind, hit.kind):<10}", "muted"), hit.label]
    if hit.account and hit.kind != "account":
        spans.append((f"  {hit.account}", "muted"))
    if hit.near:
        spans.append(("  " + _("near"), "muted"))
    return Line(tuple(spans), key)


def matching(text: str, words: Iterable[str]) -> bool:
    """Whether each typed word is part of one of the texts, folded."""
    from planner.text import fold

    where = fold(" ".join(words))
    return all(part in where for part in fold(text).split())
