"""An account together with a date to celebrate, in one step."""

from __future__ import annotations

from datetime import date
from typing import Any

from planner.accounts import Account
from planner.language import gettext as _
from planner.ports import UnitOfWork
from planner.use_cases.accounts import add_account, change_account
from planner.use_cases.celebrations import add_celebration
from planner.use_cases.editing import refuse


def keep_account(
    uow: UnitOfWork,
    record: Account | None,
    *,
    celebration: tuple[str, date | None] | None = None,
    **fields: Any,
) -> Account:
    """Add an account, or change one; ``celebration`` is (what, day) of a date to celebrate.

    Raises ``Refused`` when only one of the two was given.
    """
    if record is None:
        account = add_account(uow, **fields)
    else:
        account = change_account(uow, record, **fields) if fields else record
    if celebration is not None:
        label, day = celebration
        if day is None:
            raise refuse("celebration_day", _("say on which day"))
        if not label.strip():
            raise refuse("celebrate", _("say what there is to celebrate"))
        add_celebration(uow, account.id, label=label, on=day)
        if record is None:
            uow.say(_("added account {name}").format(name=account.name), account.id)
    return account
