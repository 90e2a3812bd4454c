"""What is done with the customer's view: look at it, write it to a file, mark it as given."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from planner.errors import Refused, TrustplanError
from planner.language import gettext as _
from planner.text import visible
from tui.background import behind
from tui.screens.frame import FrameScreen

if TYPE_CHECKING:
    from planner.customer_view import CustomerView
    from planner.documents.blocks import Document
    from tui.composition import BookQueries


class Given(NamedTuple):
    """The view of a plan, the day on which it was given last, and what is new since."""

    view: CustomerView
    shared_on: str | None
    news: tuple[str, ...]

    def document(self) -> Document:
        """The view as a document."""
        from planner.documents.customer import customer_document

        return customer_document(self.view)


def read_given(queries: BookQueries, account_id: int) -> Given:
    """What the customer sees of an account's plan. Raises ``Refused`` where there is none."""
    from planner.customer_view import customer_view, since_shared
    from planner.documents.customer import news_lines

    page, plan = queries.account.page(account_id), queries.plan.page(account_id)
    if plan is None:
        raise Refused(_("{account} has no plan yet (N starts one).").format(account=page.head.name))
    view = customer_view(page, plan, queries.frame.today)
    news = tuple(news_lines(view, since_shared(view, plan.share)))
    return Given(view, plan.share.shared_on if plan.share else None, news)


class Sharing(FrameScreen):
    """A screen about one account from which the customer's view is looked at and given out."""

    account_id: int

    async def read_given(self, account_id: int) -> Given:
        """What the customer sees of an account's plan. Raises ``TrustplanError``."""
        return await self.store.read(lambda queries: read_given(queries, account_id))

    def action_account_customer(self) -> None:
        """Look at exactly what the customer sees."""
        behind(self, self._look, "customer")

    async def _look(self) -> None:
        from tui.screens.customer_view import CustomerScreen

        try:
            await self.read_given(self.account_id)
        except TrustplanError as error:
            self.complain(error)
            return
        await self.app.push_screen(CustomerScreen(self.account_id))

    def action_account_customer_file(self) -> None:
        """Ask for a file's name and write the customer's view to it."""
        behind(self, self._ask_for_file, "customer")

    async def _ask_for_file(self) -> None:
        from tui.dialogs.file_name import FileNameDialog
        from tui.document_files import file_name

        try:
            given = await self.read_given(self.account_id)
        except TrustplanError as error:
            self.complain(error)
            return
        dialog = FileNameDialog(
            _("WRITE THE CUSTOMER'S VIEW"),
            file_name(given.view.account, given.view.as_of, ".html"),
            _("the ending says how: .html to print, .md, .txt"),
        )
        self.app.push_screen(dialog, partial(self._write, given))

    def _write(self, given: Given, name: str | None) -> None:
        if name is None:
            return
        from tui.document_files import form_of, in_home, write_new, written

        path = in_home(name)
        try:
            write_new(path, written(given.document(), form_of(path)) + "\n")
        except Refused as error:
            self.complain(error)
            return
        self.say(_("Written to {path}. Mark it as shared once they have it.").format(
            path=visible(path)))  # fmt: skip

    def action_account_customer_shared(self) -> None:
        """Keep that the customer was given the view today."""
        if not self.refuse_read_only():
            behind(self, self._mark, "customer")

    async def _mark(self) -> None:
        from planner.customer_view import content_of
        from planner.use_cases.sharing import share_plan

        try:
            given = await self.read_given(self.account_id)
        except TrustplanError as error:
            self.complain(error)
            return
        if given.view.is_empty:
            self.say(_("Nothing of the plan is shared: share a goal or an action first."))
            return
        self.do(share_plan, self.account_id, content_of(given.view))
