"""The risk radar as read from a book, against a reference made from all its rows."""

from __future__ import annotations

from typing import Any

import pytest

from db.book import Book
from planner.lookalike import KEY_ROLES
from planner.ports import UnitOfWork
from planner.radar import REASONS
from planner.use_cases.accounts import archive_account, change_account
from planner.use_cases.actions import finish_action
from planner.views.radar import RadarPage
from tests.db.contract.test_lookalikes import a_book_full
from tests.makers import TODAY, World, day


def page(book: Book, **wishes: Any) -> RadarPage:
    return book.queries().radar.page(**wishes)


def reasons(book: Book) -> dict[int, tuple[str, ...]]:
    return {row.account_id: row.risks.reasons for row in page(book).rows}


def reference(book: Book) -> dict[int, set[str]]:
    """From whole tables. Contact past its maximum is what the cadence of each account says."""
    rows: dict[str, list[Any]] = {}

    def read(uow: UnitOfWork) -> None:
        for name in ("accounts", "memberships", "actions"):
            rows[name] = getattr(uow, name).find()

    book.run(read)
    queries = book.queries()
    alike = queries.losses.look_alikes().accounts
    found: dict[int, set[str]] = {}
    for account in rows["accounts"]:
        if account.stage in ("lost", "prospect"):
            continue
        held = [one for one in rows["memberships"] if one.account_id == account.id]
        there = {role for one in held if one.left_on is None or one.left_on > TODAY
                 for role in one.roles}  # fmt: skip
        left = {role for one in held if one.left_on is not None and one.left_on <= TODAY
                for role in one.roles if role in KEY_ROLES}  # fmt: skip
        cadence = queries.cadence.of_account(account.id).row
        shown = {
            "overdue": cadence.state == "overdue" and cadence.rest is None,
            "request": any(
                one.account_id == account.id and one.request and one.status == "open"
                and one.due_on is not None and one.due_on < TODAY
                for one in rows["actions"]
            ),
            "gone": bool(left - there),
            "alike": account.id in alike,
        }  # fmt: skip
        if any(shown.values()):
            found[account.id] = {name for name, there_is in shown.items() if there_is}
    return found


@pytest.mark.parametrize("seed", range(3))
def test_the_radar_is_what_a_reference_finds(book: Book, seed: int) -> None:
    book.run(a_book_full, seed)
    found = reasons(book)
    assert {row_id: set(each) for row_id, each in found.items()} == reference(book)
    shown = page(book)
    assert shown.total == len(found) > 10
    counts = [len(row.risks.reasons) for row in shown.rows]
    assert counts == sorted(counts, reverse=True)
    assert {reason for each in found.values() for reason in each} >= set(REASONS) - {
        "alike",
        "stopped",
    }
    assert [row.account_id for row in page(book, limit=3).rows] == [
        row.account_id for row in shown.rows[:3]
    ]


def test_a_request_leaves_the_radar_when_it_is_answered(filled: Book, world: World) -> None:
    from planner.use_cases.actions import add_action

    made = filled.run(add_action, world.account, action="a quote", request="quote",
                      asked_by_id=world.maria, due_on=day(3)).result  # fmt: skip
    (row,) = page(filled).rows
    assert row.account_id == world.account
    assert [(one.action_id, one.due_on) for one in row.risks.requests] == [(made.id, day(3))]
    filled.run(finish_action, made.id)
    assert world.account not in reasons(filled)


def test_only_mine_and_nobody_archived_or_lost(filled: Book, world: World) -> None:
    from planner.use_cases.actions import add_action

    filled.run(add_action, world.account, action="a quote", request="quote", due_on=day(3))
    owner = filled.queries().record("account", world.account).owner_id
    assert page(filled, owner_id=owner).total == 1
    assert page(filled, owner_id=world.stranger).total == 0
    filled.run(change_account, world.account, stage="lost", lost_on=day(1))
    assert reasons(filled) == {}
    filled.run(change_account, world.account, stage="adopting", lost_on=None)
    assert set(reasons(filled)) == {world.account}
    filled.run(archive_account, world.account)
    assert reasons(filled) == {}


def test_lost_accounts_that_a_row_rests_on_are_named(book: Book) -> None:
    book.run(a_book_full, 1)
    losses = page(book).losses.losses
    named = book.queries().radar.lost_like(list(losses)[:5])
    assert {one.account_id for one in named} == set(list(losses)[:5])
    days = [one.lost_on for one in named]
    assert days == sorted(days, reverse=True)
    assert book.queries().radar.lost_like([]) == ()
