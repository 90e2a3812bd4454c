"""Where contact stands, on both engines: the reset, snoozes, families, and a slow reference."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest

from db.book import Book
from db.undo import redo, undo
from planner.errors import NotFound, Refused
from planner.use_cases.accounts import add_account, archive_account, change_account
from planner.use_cases.people import add_person, person_left, set_part
from planner.use_cases.plan_lines import add_line
from planner.use_cases.settings import change_setting
from planner.use_cases.snoozing import snooze_cadence, wake_cadence
from planner.use_cases.touchpoints import change_touchpoint, log_touchpoint, rang_without_answer
from planner.vocabulary import ROLES
from tests.db.contact_reference import reference
from tests.fakes import FakeClock
from tests.makers import TODAY, World, at, day


def talk(book: Book, account: int, ago: int, *people: int, kind: str = "call") -> int:
    """A two-way contact so many days ago."""
    done = book.run(log_touchpoint, account, kind=kind, when=at(ago), person_ids=list(people))
    found: int = done.result.id
    return found


def last_on(book: Book, account: int) -> str | None:
    """The day of the newest two-way contact, as the list and the account say it."""
    row = book.queries().cadence.of_account(account).row
    return None if row.last is None else row.last.on


def test_logging_editing_and_undoing_move_the_day_that_is_counted_from(
    filled: Book, world: World
) -> None:
    account = filled.run(add_account, name="Reset Ltd", tier=1).result.id
    assert last_on(filled, account) is None
    first = talk(filled, account, 20)
    assert last_on(filled, account) == day(20).isoformat()
    talk(filled, account, 5)
    assert last_on(filled, account) == day(5).isoformat()
    filled.run(undo)
    assert last_on(filled, account) == day(20).isoformat()
    filled.run(redo)
    assert last_on(filled, account) == day(5).isoformat()
    filled.run(change_touchpoint, first, when=at(2))
    found = filled.queries().cadence.of_account(account).row
    assert found.last is not None
    assert (found.last.on, found.last.touchpoint_id) == (day(2).isoformat(), first)
    assert (found.last.by, found.last.kind) == ("Ann", "call")
    assert found.due_on == day(-12).isoformat()
    assert world.account != account


def test_a_call_nobody_answered_never_resets_the_cadence(filled: Book) -> None:
    account = filled.run(add_account, name="Reset Ltd", tier=1).result.id
    talk(filled, account, 20)
    filled.run(rang_without_answer, account, at(0, 9))
    assert last_on(filled, account) == day(20).isoformat()
    (row,) = [one for one in filled.queries().cadence.due() if one.account_id == account]
    assert (row.state, row.due_on) == ("due", day(6).isoformat())


def test_overdue_due_and_upcoming_are_by_both_intervals(filled: Book) -> None:
    made = {}
    for ago in (0, 13, 14, 15, 28, 29):
        made[ago] = filled.run(add_account, name=f"Ago {ago}", tier=1).result.id
        talk(filled, made[ago], ago)
    asked = filled.queries().cadence
    ours = set(made.values())

    def listed(rows: list[Any]) -> list[int]:
        return [row.account_id for row in rows if row.account_id in ours]

    assert listed(asked.overdue()) == [made[29]]
    assert listed(asked.due()) == [made[29], made[28], made[15]]
    assert listed(asked.upcoming(1)) == [made[14], made[13]]
    assert listed(asked.upcoming(0)) == [made[14]]
    assert [row.account_id for row in asked.due(limit=1)] == [made[29]]


def test_lost_accounts_and_prospects_are_nobodys_duty(filled: Book) -> None:
    account = filled.run(add_account, name="Gone", tier=1).result.id
    talk(filled, account, 100)
    for stage, there in (("lost", False), ("prospect", False), ("renewal", True)):
        filled.run(change_account, account, stage=stage)
        rows = filled.queries().cadence.overdue()
        assert (account in [row.account_id for row in rows]) is there


def test_a_snooze_rests_until_its_day_or_the_next_two_way_contact(
    filled: Book, clock: FakeClock
) -> None:
    account = filled.run(add_account, name="Resting", tier=1).result.id
    talk(filled, account, 20)
    filled.run(snooze_cadence, account, until=day(-10), reason="on holiday")

    def rests() -> bool:
        asked = filled.queries()
        row = asked.cadence.of_account(account).row
        lines = asked.today.today(mine=False).now
        due = any(
            duty.kind == "contact" and line.account_id == account
            for line in lines
            for duty in (line.first, *line.others)
        )
        assert (row.rest is None) is due or row.state == "fresh"
        return row.rest is not None

    assert rests()
    filled.run(rang_without_answer, account, at(0, 9))
    assert rests()
    talk(filled, account, 3)  # before it was said: it does not end it
    assert rests()
    clock.move(days=9)
    list(filled.rescore())
    assert rests()
    clock.move(days=1)
    list(filled.rescore())
    assert not rests()
    clock.move(days=-8)
    list(filled.rescore())
    assert rests()
    filled.run(log_touchpoint, account, kind="call", when=at(-2, 9))
    assert not rests()
    filled.run(undo)
    assert rests()
    filled.run(wake_cadence, account)
    assert not rests()


def test_a_snooze_that_a_contact_ended_keeps_nothing_out_of_today(
    filled: Book, clock: FakeClock
) -> None:
    account = filled.run(add_account, name="Resting", tier=1).result.id
    talk(filled, account, 20)
    filled.run(snooze_cadence, account, until=day(-100), reason="they asked for it")
    clock.move(days=1)
    filled.run(log_touchpoint, account, kind="call", when=at(-1, 8))
    clock.move(days=15)
    list(filled.rescore())
    lines = filled.queries().today.today(mine=False).now
    assert [one.first.kind for one in lines if one.account_id == account] == ["contact"]


def test_a_contact_on_the_day_of_the_snooze_ends_it_only_when_it_was_logged_after(
    filled: Book,
) -> None:
    account = filled.run(add_account, name="Same day", tier=1).result.id
    talk(filled, account, 0)
    filled.run(snooze_cadence, account, until=day(-30), reason="they asked for it")
    assert filled.queries().cadence.of_account(account).row.rest is not None
    talk(filled, account, 0)
    assert filled.queries().cadence.of_account(account).row.rest is None


def test_a_snooze_of_a_person_is_theirs_alone(filled: Book, world: World) -> None:
    filled.run(snooze_cadence, world.account, until=day(-3), reason="ill", person_id=world.joe)
    found = filled.queries().cadence.of_account(world.account)
    rests = {one.person_id: one.rest for one in found.people}
    assert (rest := rests[world.joe]) is not None
    assert rest.reason == "ill"
    assert rests[world.maria] is not None
    assert found.row.rest is None
    talk(filled, world.account, 0, world.maria)
    found = filled.queries().cadence.of_account(world.account)
    rests = {one.person_id: one.rest for one in found.people}
    assert (rests[world.joe] is None, rests[world.maria] is None) == (False, True)


@pytest.mark.parametrize("ahead", [0, -3, 800])
def test_a_snooze_until_no_coming_day_is_refused(filled: Book, world: World, ahead: int) -> None:
    with pytest.raises(Refused, match="until"):
        filled.run(snooze_cadence, world.account, until=day(-ahead), reason="why")


def test_what_cannot_be_snoozed_or_woken_is_refused(filled: Book, world: World) -> None:
    with pytest.raises(Refused, match="reason"):
        filled.run(snooze_cadence, world.account, until=day(-3), reason="  ")
    with pytest.raises(Refused, match="does not belong"):
        filled.run(
            snooze_cadence, world.account, until=day(-3), reason="x", person_id=world.stranger
        )
    with pytest.raises(Refused, match="no contact is snoozed"):
        filled.run(wake_cadence, world.account)


def test_an_agreement_is_with_one_of_theirs_on_a_day_that_came(filled: Book, world: World) -> None:
    filled.run(
        change_account, world.account, cadence_days=10, cadence_max_days=12,
        cadence_agreed_on=day(3), cadence_agreed_with_id=world.maria,
    )  # fmt: skip
    found = filled.queries().cadence.of_account(world.account)
    assert (found.row.ideal, found.maximum, found.own) == (10, 12, True)
    assert (found.agreed_on, found.agreed_with) == (day(3).isoformat(), "Maria")
    for bad in (
        {"cadence_agreed_on": day(-1)}, {"cadence_agreed_with_id": world.stranger},
        {"cadence_max_days": 9}, {"cadence_days": -1},
    ):  # fmt: skip
        with pytest.raises(Refused):
            filled.run(change_account, world.account, **bad)
    for part in ({"contact_agreed_on": day(-1)}, {"contact_every_days": 0},
                 {"contact_every_days": 9, "contact_max_days": 8}):  # fmt: skip
        with pytest.raises(Refused):
            filled.run(set_part, world.account, world.maria, **part)
    filled.run(set_part, world.account, world.maria, contact_every_days=7, contact_agreed_on=day(1))
    maria = filled.queries().cadence.of_account(world.account).people[0]
    assert (maria.ideal, maria.maximum, maria.agreed_on) == (7, 45, day(1).isoformat())


def test_a_parent_shows_the_newest_contact_of_its_family_and_who_is_overdue(filled: Book) -> None:
    top = filled.run(add_account, name="Top", tier=1).result.id
    child = filled.run(add_account, name="Child", tier=1, parent_id=top).result.id
    grandchild = filled.run(add_account, name="Grandchild", tier=1, parent_id=child).result.id
    talk(filled, top, 10)
    talk(filled, child, 40)
    newest = talk(filled, grandchild, 2)
    family = filled.queries().cadence.of_account(top).family
    assert family is not None
    assert (family.children, family.overdue) == (2, 1)
    assert family.last is not None
    assert (family.last.touchpoint_id, family.last.account) == (newest, "Grandchild")
    assert filled.queries().cadence.of_account(grandchild).family is None
    filled.run(archive_account, grandchild)
    family = filled.queries().cadence.of_account(top).family
    assert family is not None
    assert family.last is not None
    assert (family.children, family.last.account) == (1, "Top")


def test_losing_touch_is_where_no_rule_is_set(filled: Book, world: World) -> None:
    silent = filled.run(add_account, name="Silent").result.id
    spoken = filled.run(add_account, name="Spoken").result.id
    own = filled.run(add_account, name="Own", cadence_days=90).result.id
    begun = filled.run(add_account, name="Begun", stage="onboarding").result.id
    for account, ago in ((silent, 45), (spoken, 44), (own, 80)):
        talk(filled, account, ago)

    def listed() -> list[int]:
        return [row.account_id for row in filled.queries().cadence.losing_touch()]

    assert listed() == [world.other, begun, silent]
    assert filled.queries().cadence.of_account(silent).losing_touch
    assert not filled.queries().cadence.of_account(own).losing_touch
    filled.run(change_setting, "cadence.losing_touch", "44")
    assert listed() == [world.other, begun, silent, spoken]
    filled.run(change_setting, "cadence.onboarding", "7/14")
    assert listed() == [world.other, silent, spoken]
    filled.run(change_setting, "cadence", "30/60")
    assert listed() == []


def test_the_next_review_is_planned_else_counted_from_the_last_or_the_start(
    filled: Book, world: World
) -> None:
    def review(account: int) -> tuple[str, str] | None:
        found = filled.queries().cadence.of_account(account).review
        return None if found is None else (found.due_on, found.source)

    assert review(world.other) is None
    assert review(world.account) == (day(210).isoformat(), "start")
    talk(filled, world.account, 30, kind="qbr")
    assert review(world.account) == (day(-60).isoformat(), "held")
    filled.run(change_account, world.account, qbr_every_days=40)
    assert review(world.account) == (day(-10).isoformat(), "held")
    for ahead in (-25, -50, 35):
        filled.run(
            add_line, world.account, "contact_plan", field="qbr", entry="QBR", on_date=day(ahead)
        )
    assert review(world.account) == (day(-25).isoformat(), "planned")
    rows, more = filled.queries().reviews.until(TODAY + timedelta(days=25))
    assert ([row.account_id for row in rows], more) == ([world.account], False)
    assert filled.queries().reviews.until(TODAY + timedelta(days=24)) == ([], False)
    rows, more = filled.queries().reviews.until(TODAY + timedelta(days=25), probed=1)
    assert more
    filled.run(change_account, world.account, qbr_every_days=0)
    assert review(world.account) == (day(-25).isoformat(), "planned")
    filled.run(change_setting, "qbr.tier1", "none")
    assert review(world.account) == (day(-25).isoformat(), "planned")


def test_an_archived_account_has_no_cadence(filled: Book, world: World) -> None:
    filled.run(archive_account, world.other)
    with pytest.raises(NotFound):
        filled.queries().cadence.of_account(world.other)


def found_by_queries(book: Book, account: int) -> dict[str, Any]:
    """The same as the queries give it."""
    found = book.queries().cadence.of_account(account)
    row = found.row
    return {
        "account": (
            row.due_on, row.state, row.overdue_days,
            None if row.last is None else (row.last.on, row.last.touchpoint_id),
            row.rest is not None,
        ),
        "people": {
            one.person_id: (one.due_on, one.state, one.overdue_days, one.rest is not None)
            for one in found.people
        },
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_any_log_gives_what_a_slow_reference_counts_from_it(
    book: Book, clock: FakeClock, seed: int
) -> None:
    rng = random.Random(seed)
    accounts = [
        book.run(
            add_account, name=f"A{number}", tier=rng.choice([None, 1, 2, 3]),
            stage=rng.choice([None, "renewal", "lost"]), cadence_days=rng.choice([None, 0, 40]),
            cadence_max_days=rng.choice([None, 0, 60]),
        ).result.id
        for number in range(4)
    ]  # fmt: skip
    people = {
        account: [
            book.run(
                add_person, account, name=f"P{number}",
                part={
                    "roles": tuple(rng.sample(ROLES, rng.randint(0, 2))),
                    "contact_every_days": rng.choice([None, 4, 33]),
                    "since_on": rng.choice([None, day(50)]),
                },
            ).result[0].id
            for number in range(3)
        ]
        for account in accounts
    }  # fmt: skip
    states: set[str] = set()
    taken = 0
    for _step in range(60):
        account = rng.choice(accounts)
        someone = rng.choice(people[account])
        step = rng.randrange(9)
        if step < 4:
            here = rng.sample(people[account], rng.randint(0, 3))
            kind = rng.choice(["call", "email", "meeting", "qbr"])
            direction = rng.choice(["in", "out"])
            ago = rng.randint(0, 70) - (clock.at.date() - TODAY).days
            book.run(log_touchpoint, account, kind=kind, when=at(ago, 8), person_ids=here,
                     direction=direction)  # fmt: skip
        elif step == 4:
            if taken:
                book.run(undo)
            taken = max(0, taken - 1)
            continue
        elif step == 5:
            ahead = book.today + timedelta(days=rng.randint(1, 30))
            whom = rng.choice([None, someone])
            book.run(snooze_cadence, account, until=ahead, reason="r", person_id=whom)
        elif step == 6:
            key = rng.choice(["cadence.tier1", "cadence.champion", "cadence", "cadence.renewal",
                              "cadence.tier2.sponsor"])  # fmt: skip
            book.run(change_setting, key, rng.choice(["3/9", "20/25", "none"]))
        elif step == 7 and rng.random() < 0.2:
            book.run(person_left, account, someone, book.today)
        else:
            clock.move(days=rng.choice([1, 3, 12, -4]))
            taken -= 1
        taken += 1
        list(book.rescore())
        for one in accounts:
            slow = reference(book, one)
            assert found_by_queries(book, one) == slow
            states.add(slow["account"][1])
        live = {row.account_id: row.state for row in book.queries().cadence.due()}
        for one in accounts:
            stage = book.queries().record("account", one).stage
            late = reference(book, one)["account"][1]
            wanted = late if late != "fresh" and stage not in ("lost", "prospect") else None
            assert live.get(one) == wanted
    assert {"fresh", "due"} <= states
