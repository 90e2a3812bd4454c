"""Look-alikes of lost accounts as read from a book, against a reference made from all its rows."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

import pytest

from db.book import Book
from planner.accounts import Account
from planner.complaints import Complaint
from planner.contracts import Contract
from planner.entity import build
from planner.lookalike import (
    LookAlikes,
    Past,
    Sign,
    look_alikes,
    looked_at_on,
    sign_words,
    signs_on,
)
from planner.people import Membership, Person
from planner.plans import Action, Plan
from planner.ports import UnitOfWork
from planner.touchpoints import Touchpoint
from tests.fakes import NOON
from tests.makers import TODAY, at, day

ACCOUNTS = 60
LOGGED = {"logged_at": NOON, "recorded_on": TODAY}


def a_book_full(uow: UnitOfWork, seed: int) -> None:
    """Accounts with a random past, a third of them lost."""
    rng = Random(seed)

    def keep(repository: Any, model: Any, **fields: Any) -> Any:
        return repository.add(build(model, id=uow.new_id(), **fields))

    person = keep(uow.people, Person, name="Maria", created_at=NOON)
    for number in range(ACCOUNTS):
        lost = rng.randint(-40, 400) if number % 3 == 0 else None
        stage = rng.choice([None, "adopting", "prospect", "lost"]) if lost is None else "lost"
        account = keep(
            uow.accounts, Account, name=f"Account {number}", created_at=NOON, stage=stage,
            created_on=day(rng.randint(0, 900)), lost_on=None if lost is None else day(lost),
        ).id  # fmt: skip
        around = 0 if lost is None else max(0, lost)

        def back(low: int, high: int, base: int = around) -> int:
            return base + rng.randint(low, high)

        of = {"account_id": account}
        if rng.random() < 0.7:
            keep(uow.contracts, Contract, **of, name="c", arr_minor=1, currency="EUR",
                 start_on=day(back(200, 500)))  # fmt: skip
        for _touch in range(rng.randint(0, 3)):
            when = back(-5, 120)
            keep(uow.touchpoints, Touchpoint, **of, **LOGGED, kind="call",
                 two_way=rng.random() < 0.7, occurred_at=at(when).at,
                 occurred_on=day(when))  # fmt: skip
        for _complaint in range(rng.randint(0, 3)):
            opened = back(0, 260)
            done = rng.random() < 0.6
            keep(uow.complaints, Complaint, **of, **LOGGED, number=uow.next_complaint_number(),
                 title="Slow", opened_at=at(opened).at, opened_on=day(opened), stage="received",
                 severity="low", excluded=rng.choice([None, None, "withdrawn"]),
                 resolved_at=at(opened - 20).at if done else None,
                 resolved_on=day(opened - 20) if done else None)  # fmt: skip
        keep(uow.memberships, Membership, **of, person_id=person.id,
             roles=(rng.choice(["champion", "technical"]),),
             left_on=day(back(0, 300)) if rng.random() < 0.5 else None)  # fmt: skip
        if rng.random() < 0.5:
            due = back(-5, 90)
            status = rng.choice(["open", "open", "done", "dropped"])
            keep(uow.actions, Action, **of, **LOGGED, action="a quote", due_on=day(due),
                 request=rng.choice([None, "quote", "quote"]), status=status,
                 done_on=day(due - 10) if status == "done" else None)  # fmt: skip
        if rng.random() < 0.6:
            keep(uow.plans, Plan, **of, size="starter", status="active", created_at=NOON,
                 started_on=day(900), activated_on=day(back(0, 300)))  # fmt: skip


def reference(book: Book) -> LookAlikes:
    """Every account's facts from whole tables, then the pure rule."""
    rows: dict[str, list[Any]] = {}

    def read(uow: UnitOfWork) -> None:
        for name in ("accounts", "contracts", "touchpoints", "complaints", "memberships", "actions",
                     "plans"):  # fmt: skip
            rows[name] = getattr(uow, name).find()

    book.run(read)

    def past(account: Account) -> Past:
        own = {name: [one for one in found if getattr(one, "account_id", 0) == account.id]
               for name, found in rows.items()}  # fmt: skip
        starts = [one.start_on for one in own["contracts"]]
        return Past(
            min(starts, default=account.created_on),
            [one.occurred_on for one in own["touchpoints"] if one.two_way],
            [(one.opened_on, one.resolved_on) for one in own["complaints"] if not one.excluded],
            [one.left_on for one in own["memberships"] if one.left_on and "champion" in one.roles],
            [(one.due_on, one.done_on) for one in own["actions"]
             if one.request and one.status != "dropped"],
            [(one.activated_on, one.closed_on) for one in own["plans"]],
        )  # fmt: skip

    lost, kept = {}, {}
    for account in rows["accounts"]:
        if account.lost_on is not None and account.lost_on <= TODAY:
            lost[account.id] = signs_on(past(account), looked_at_on(account.lost_on))
        elif account.stage not in ("lost", "prospect"):
            kept[account.id] = signs_on(past(account), TODAY)
    return look_alikes(lost, kept, len(kept))


@pytest.mark.parametrize("seed", range(4))
def test_what_the_losses_teach_is_what_a_reference_finds(book: Book, seed: int) -> None:
    book.run(a_book_full, seed)
    found, wanted = book.queries().losses.look_alikes(), reference(book)
    assert found == wanted
    assert found.lost > 8


def test_an_account_like_the_lost_is_pointed_at(book: Book) -> None:
    def fill(uow: UnitOfWork) -> None:
        for number in range(40):
            lost = day(60) if number < 10 else None
            account = uow.accounts.add(
                build(Account, id=uow.new_id(), name=f"Account {number}", created_at=NOON,
                      created_on=day(900), lost_on=lost, stage="lost" if lost else "adopting")
            ).id  # fmt: skip
            if number > 10:
                uow.touchpoints.add(
                    build(Touchpoint, id=uow.new_id(), account_id=account, kind="call",
                          two_way=True, occurred_at=NOON, occurred_on=TODAY, **LOGGED)
                )  # fmt: skip
                uow.plans.add(
                    build(Plan, id=uow.new_id(), account_id=account, size="starter",
                          status="active", created_at=NOON, started_on=day(900),
                          activated_on=TODAY - timedelta(days=1))
                )  # fmt: skip

    book.run(fill)
    found = book.queries().losses.look_alikes()
    (shown,) = found.accounts.values()
    expected: set[Sign] = {"silent", "no_plan"}
    assert shown == expected
    assert found.together[shown][:2] == (10, 10)
    assert [sign_words(sign) for sign in found.typical] == [
        "no two-way contact for 60 days", "no active plan",
    ]  # fmt: skip


def test_an_empty_book_says_that_there_are_no_losses(book: Book) -> None:
    found = book.queries().losses.look_alikes()
    assert (found.enough, found.lost, found.kept, found.accounts) == (False, 0, 0, {})
