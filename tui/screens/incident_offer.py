"""A complaint of an account that an incident touches: is it from there?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from planner.errors import TrustplanError
from planner.language import gettext as _
from tui.background import behind

if TYPE_CHECKING:
    from planner.acting import Done
    from tui.screens.book_screen import BookScreen


def offer_incident(screen: BookScreen, done: Done) -> None:
    """After a complaint was logged: offer to link it to the incident that touches its account."""
    complaint = done.result
    if not done.waits and getattr(complaint, "incident_id", None) is None:
        behind(screen, partial(_offer, screen, complaint.id, complaint.account_id), "offer")


async def _offer(screen: BookScreen, complaint_id: int, account_id: int) -> None:
    try:
        running = await screen.store.read(lambda q: q.incidents.running_of(account_id))
    except TrustplanError as error:
        screen.complain(error)
        return
    if not running:
        return
    from tui.dialogs.question import QuestionDialog

    incident_id, title = running[0]

    def answered(yes: bool | None) -> None:
        if yes:
            _link(screen, complaint_id, incident_id)

    question = _("Does it come from the incident {title}?").format(title=title)
    detail = _("The incident touches this account. Yes links the complaint to it.")
    screen.app.push_screen(QuestionDialog(question, detail), answered)


def choose_incident(screen: BookScreen, complaint_id: int) -> None:
    """Ask from which running incident a complaint comes, and link it."""
    behind(screen, partial(_choose, screen, complaint_id), "offer", exclusive=True)


async def _choose(screen: BookScreen, complaint_id: int) -> None:
    try:
        rows = await screen.store.read(lambda q: q.incidents.incidents(running=True, limit=100))
    except TrustplanError as error:
        screen.complain(error)
        return
    if not rows:
        screen.say(_("No incident runs. The menu (:) opens the incidents; n there opens one."))
        return
    from tui.dialogs.choice import Choice, ChoiceDialog

    def chosen(value: str | None) -> None:
        if value is not None:
            _link(screen, complaint_id, int(value))

    choices = [Choice(str(row.id), row.title, row.started_on) for row in rows]
    screen.app.push_screen(ChoiceDialog(_("FROM WHICH INCIDENT?"), choices), chosen)


def _link(screen: BookScreen, complaint_id: int, incident_id: int) -> None:
    from planner.use_cases.incidents import link_complaint

    screen.do(link_complaint, complaint_id, incident_id)
