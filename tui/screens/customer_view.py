"""What the customer sees of an account's plan: exactly that, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from planner.language import gettext as _
from tui.actions import bindings
from tui.screens.account_view import OWN_CELLS
from tui.screens.sharing import Sharing
from tui.widgets.document import Document
from tui.widgets.top_line import TopParts
from tui.widgets.wrap import Line

if TYPE_CHECKING:
    from planner.documents.blocks import Document as Written
    from tui.screens.sharing import Given

STYLES = {"title": "title", "badge": "strong", "lead": "muted", "head": "head", "foot": "muted"}


class CustomerScreen(Sharing):
    """The view of ``account_id``'s plan, as text."""

    ACTIONS: ClassVar[tuple[str, ...]] = ("account.customer_file", "account.customer_shared")
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*ACTIONS)]
    HINTS = ("copy", "back")

    def __init__(self, account_id: int) -> None:
        super().__init__()
        self.account_id = account_id
        self.given: Given | None = None

    def compose_body(self) -> Iterable[Widget]:
        yield Document(id="body")

    def answers(self) -> str:
        return _("What does the customer see of our plan?")

    def top_parts(self) -> TopParts:
        found = self.frame_parts(_("CUSTOMER'S VIEW"))
        given = self.given
        details = () if given is None else (given.view.account, self.words_of(given))
        return TopParts(
            found.screen, state=found.state, queued=found.queued, day=found.day, time=found.time,
            details=details,
        )  # fmt: skip

    def current_account(self) -> int | None:
        return self.account_id

    async def load(self) -> None:
        self.given = await self.read_given(self.account_id)
        self.refresh_top()
        self._show()

    def words_of(self, given: Given) -> str:
        """When they got it last, and how much of it is new to them. It is no part of the view."""
        if given.shared_on is None:
            return _("not given to them yet")
        news = len(given.news)
        if not news:
            return _("given to them {day}").format(day=given.shared_on)
        return _("given to them {day}, new since: {count}").format(day=given.shared_on, count=news)

    def _show(self) -> None:
        if self.given is not None:
            lines = lines_of(self.given.document(), self.size.width - OWN_CELLS)
            self.query_one("#body", Document).set_lines(lines)

    def on_resize(self) -> None:
        """The text follows the width."""
        self._show()

    def text_to_copy(self) -> str:
        if self.given is None:
            return ""
        from tui.document_files import written

        return written(self.given.document(), "text")


def lines_of(document: Written, width: int) -> list[Line]:
    """The lines of a document for the screen."""
    from planner.documents.as_text import kinds_of

    return [
        Line(((text, STYLES[kind]) if kind in STYLES else text,) if text else ())
        for kind, text in kinds_of(document, width)
    ]
