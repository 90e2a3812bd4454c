"""Adding, changing and archiving accounts; stars and dates to celebrate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.accounts import Account, Star
from planner.entity import build
from planner.errors import Conflict, FieldProblem, Refused
from planner.language import gettext as _
from planner.ports import UnitOfWork
from planner.text import name_key
from planner.use_cases.contact_agreements import check_cadence
from planner.use_cases.editing import (
    change,
    check_day_not_future,
    live_account_name,
    refuse,
)
from planner.use_cases.success_criteria import follow_account
from planner.use_cases.survey_triggers import after_stage

PAST_ONLY = ("lost_on", "competitor_on")
MOST_NAMED = 3


def add_account(uow: UnitOfWork, *, duplicate: bool = False, **fields: Any) -> Account:
    """Add an account. A name equal after folding is refused unless ``duplicate`` is set."""
    account = build(
        Account,
        id=uow.new_id(),
        created_on=uow.today,
        created_at=uow.clock.real_now(),
        **fields,
    )
    _check_past(uow, account)
    check_cadence(uow, account)
    if not duplicate:
        _refuse_same_name(uow, account)
    _check_parent(uow, account)
    uow.say(_("added account {name}").format(name=account.name), account.id)
    return uow.accounts.add(account)


def change_account(uow: UnitOfWork, record: Account | int, **fields: Any) -> Account:
    """Change fields of an account."""
    after = _change(uow, record, fields)[1]
    uow.say(_("changed account {name}").format(name=after.name), after.id)
    return after


def change_accounts(
    uow: UnitOfWork,
    account_ids: list[int],
    *,
    seen: Mapping[int, object] | None = None,
    **fields: Any,
) -> int:
    """Change the same fields of several accounts in one step; returns how many changed.

    ``seen``: what somebody saw in the one field, by account; an owner by name. Raises ``Conflict``
    when another changed it since.
    """
    _check_seen(uow, seen or {}, fields)
    changed = 0
    for account_id in account_ids:
        before, after = _change(uow, account_id, fields)
        changed += after.version != before.version
    uow.say(_("changed {count} accounts").format(count=changed))
    return changed


def _check_seen(uow: UnitOfWork, seen: Mapping[int, object], fields: dict[str, Any]) -> None:
    moved = []
    for account_id, old in seen.items():
        account = uow.accounts.get(account_id)
        for name, new in fields.items():
            now = getattr(account, name)
            shown = uow.colleagues.get(now).name if name == "owner_id" and now else now
            if account.archived_at is not None or (shown != old and now != new):
                moved.append(account.name)
    if moved:
        names = ", ".join(moved[:MOST_NAMED])
        more = len(moved) - MOST_NAMED
        raise Conflict(
            _("Changed since you looked: {names}. Nothing was saved.").format(
                names=names
                if more <= 0
                else _("{names} and {count} more").format(names=names, count=more)
            )
        )


def tag_accounts(uow: UnitOfWork, account_ids: list[int], tag: str) -> int:
    """Add one tag to several accounts in one step; returns how many did not have it."""
    changed = 0
    for account_id in account_ids:
        tags = uow.accounts.get(account_id).tags
        if tag not in tags:
            follow_account(uow, *change(uow.accounts, account_id, {"tags": (*tags, tag)}))
            changed += 1
    uow.say(_("tagged {count} accounts {tag}").format(count=changed, tag=tag))
    return changed


def archive_account(uow: UnitOfWork, account_id: int) -> Account:
    """Take an account out of every list; nothing is deleted, undo brings it back."""
    name = live_account_name(uow, account_id)
    uow.say(_("archived account {name}").format(name=name), account_id)
    return uow.accounts.archive(uow.accounts.get(account_id))


def toggle_star(uow: UnitOfWork, account_id: int) -> bool:
    """Put my star on an account or take it off; returns whether it has one now."""
    name = live_account_name(uow, account_id)
    stars = uow.stars.find(actor=uow.actor.name, account_id=account_id)
    if stars:
        for star in stars:
            uow.stars.archive(star)
        uow.say(_("took the star off {name}").format(name=name), account_id)
        return False
    uow.stars.add(
        build(
            Star,
            id=uow.new_id(),
            account_id=account_id,
            actor=uow.actor.name,
            colleague_id=uow.actor.colleague_id,
        )
    )
    uow.say(_("starred {name}").format(name=name), account_id)
    return True


def _change(
    uow: UnitOfWork, record: Account | int, fields: dict[str, Any]
) -> tuple[Account, Account]:
    before, after = change(uow.accounts, record, fields)
    _check_past(uow, after)
    check_cadence(uow, after)
    if name_key(before.name) != name_key(after.name):
        _refuse_same_name(uow, after)
    if before.parent_id != after.parent_id:
        _check_parent(uow, after)
    follow_account(uow, before, after)
    after_stage(uow, before, after)
    return before, after


def _check_past(uow: UnitOfWork, account: Account) -> None:
    for field in PAST_ONLY:
        check_day_not_future(uow, getattr(account, field), field)


def _refuse_same_name(uow: UnitOfWork, account: Account) -> None:
    same = [a for a in uow.accounts.find(name_key=name_key(account.name)) if a.id != account.id]
    if same:
        message = _("There is an account with this name already: {name} (id {id}).").format(
            name=same[0].name, id=same[0].id
        )
        raise Refused(message, [FieldProblem("name", message, account.name)])


def _check_parent(uow: UnitOfWork, account: Account) -> None:
    seen = {account.id}
    parent_id = account.parent_id
    while parent_id is not None:
        if parent_id in seen:
            raise refuse("parent", _("the parents would go round in a circle"))
        seen.add(parent_id)
        parent_id = uow.accounts.get(parent_id).parent_id
