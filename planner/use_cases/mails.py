"""Logging a message that was saved or pasted: once, and in the thread that it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from planner.dates import When
from planner.language import gettext as _
from planner.ports import UnitOfWork
from planner.touchpoints import Touchpoint
from planner.use_cases.touchpoints import log_touchpoint

SOURCE = "mail"
MOST_ANSWERS = 100


class MailLogged(NamedTuple):
    """The contact that a message is, and whether the book had it before."""

    touchpoint: Touchpoint
    known: bool


def log_mail(
    uow: UnitOfWork,
    account_id: int,
    *,
    when: When,
    message_id: str | None = None,
    answers: Sequence[str] = (),
    kind: str = "email",
    reply_to: int | None = None,
    **fields: Any,
) -> MailLogged:
    """Log a message as a contact; one that is logged already changes nothing.

    ``answers`` are the ids of messages that it answers: it joins the thread of the first that the
    account has, unless ``reply_to`` names one. ``fields`` are those of ``log_touchpoint``.
    """
    if message_id is not None:
        known = uow.touchpoints.find(external_id=message_id)
        if known:
            uow.say(_("this message was logged already"), known[0].account_id)
            return MailLogged(known[0], True)
    if reply_to is None:
        reply_to = _answered(uow, account_id, answers)
    touchpoint = log_touchpoint(
        uow, account_id, kind=kind, when=when, reply_to=reply_to, external_id=message_id,
        source=SOURCE, **fields,
    )  # fmt: skip
    return MailLogged(touchpoint, False)


def _answered(uow: UnitOfWork, account_id: int, answers: Sequence[str]) -> int | None:
    for message_id in answers[:MOST_ANSWERS]:
        for one in uow.touchpoints.find(external_id=message_id):
            if one.account_id == account_id:
                return one.id
    return None
