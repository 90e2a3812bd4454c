"""Versions of a plan: folded from the audit, compared field by field, brought back in one step."""

from __future__ import annotations

import random
from typing import Any

import pytest

from db.book import Book
from db.engine import NO_PARAMS, Params
from db.queries.plan_versions import restoring_moves
from db.undo import redo, undo
from planner.errors import Conflict, NotFound, Refused
from planner.plan_history import PlanHistory, sign_off_words
from planner.plan_versions import content_of, fold
from planner.plans import Risk
from planner.ports import UnitOfWork
from planner.use_cases.accounts import change_account
from planner.use_cases.actions import add_action, drop_action, finish_action
from planner.use_cases.contracts import add_contract, change_contract
from planner.use_cases.people import add_person
from planner.use_cases.plan_life import restore_plan, sign_plan
from planner.use_cases.plans import (
    add_objective,
    add_plan_action,
    add_risk,
    change_objective,
    change_plan,
    change_risk,
    close_plan,
    start_plan,
)
from planner.use_cases.team import name_team
from tests.db.book_dump import live_rows
from tests.fakes import FakeClock
from tests.makers import World, day, opened

LONG = "\n".join(f"line {number} of a long text" for number in range(60))


def history(book: Book, account: int) -> PlanHistory:
    return book.queries().versions.history(account)


def restore(book: Book, account: int, number: int) -> Any:
    found = history(book, account)
    return book.run(restore_plan, account, number, restoring_moves(found.moves(number)))


def read_risk(uow: UnitOfWork, risk_id: int) -> Risk:
    """A risk as it is now."""
    return uow.risks.get(risk_id)


def some_step(book: Book, world: World, chance: random.Random) -> None:
    """One change of what the plan holds, or of something else at the account."""
    risks = book.connection.rows(
        "SELECT id FROM risk WHERE archived_at IS NULL AND closed_on IS NULL ORDER BY id"
    )
    steps = [
        lambda: book.run(add_risk, world.account, risk=f"risk {chance.random()}"),
        lambda: book.run(change_risk, chance.choice(risks)[0], mitigation=str(chance.random())),
        lambda: book.run(change_objective, world.objective, target=chance.random()),
        lambda: book.run(change_contract, world.contract, forecast=chance.choice(
            ["likely", "at_risk", "certain"])),
        lambda: book.run(change_plan, world.plan, north_star=str(chance.random())),
        lambda: book.run(add_action, world.account, action="a follow-up"),
        lambda: book.run(change_account, world.account, sector=str(chance.random())),
        lambda: book.run(add_plan_action, world.account, action="b", owner_id=world.ann,
                         due_on=day(-5), done_means="c"),
        lambda: book.run(undo),
    ]  # fmt: skip
    chance.choice(steps)()


@pytest.mark.parametrize("seed", range(4))
def test_folding_the_audit_gives_the_rows_of_the_store_and_each_version_as_it_was(
    filled: Book, world: World, seed: int
) -> None:
    chance = random.Random(seed)
    first = history(filled, world.account)
    kept = {len(first.versions): content_of(first.rows, world.plan)}
    for _step in range(14):
        some_step(filled, world, chance)
        found = history(filled, world.account)
        assert fold({}, found.entries) == found.rows
        kept.setdefault(len(found.versions), content_of(found.rows, world.plan))
    newest = history(filled, world.account)
    for number, content in kept.items():
        assert newest.content(number) == content
    assert [one.number for one in newest.versions] == list(range(1, len(newest.versions) + 1))


def test_a_version_says_when_who_and_which_sections(filled: Book, world: World) -> None:
    before = history(filled, world.account).versions
    assert before[0].summary == "started a plan for Nordic Oy"
    filled.run(add_risk, world.account, risk="x")
    filled.run(change_account, world.account, sector="ships")
    filled.run(add_action, world.account, action="a follow-up of no plan")
    after = history(filled, world.account).versions
    assert len(after) == len(before) + 1
    newest = after[-1]
    assert (newest.actor, newest.sections, newest.on_date) == ("Ann", ("risks",), "2026-03-11")
    filled.run(change_account, world.account, tier=2)
    assert history(filled, world.account).versions[-1].sections == ("header",)


def test_two_versions_are_compared_field_by_field_with_names_for_ids(
    filled: Book, world: World
) -> None:
    first = len(history(filled, world.account).versions)
    filled.run(change_objective, world.objective, target=2.0, owner_id=world.bob)
    filled.run(change_risk, world.risk, mitigation=LONG)
    filled.run(change_risk, world.risk, mitigation=LONG.replace("line 30", "line thirty"))
    filled.run(drop_action, world.action)
    filled.run(add_risk, world.account, risk="another")
    found = history(filled, world.account)
    changes = found.compare(first, first + 5)
    assert [(one.section, one.op, one.field, one.old, one.new) for one in changes][:2] == [
        ("goals", "changed", "target", None, 2.0), ("goals", "changed", "owner_id", None, "Bob"),
    ]  # fmt: skip
    assert [(one.section, one.record, one.op) for one in changes][2:] == [
        ("risks", "The sponsor leaves", "changed"), ("risks", "another", "added"),
        ("actions", "Send it", "taken_out"),
    ]  # fmt: skip
    (long,) = found.compare(first + 2, first + 3)
    assert long.diff[-4:] == (
        " line 29 of a long text", "-line 30 of a long text", "+line thirty of a long text",
        " line 31 of a long text",
    )  # fmt: skip
    assert found.compare(2, 2) == []
    assert found.pair(None, None) == (first + 4, first + 5)
    with pytest.raises(NotFound, match=f"no version 99; there are 1 to {first + 5}"):
        found.compare(1, 99)


def test_a_restore_brings_records_back_as_one_change_that_undo_takes_back(
    filled: Book, world: World
) -> None:
    goal = len(history(filled, world.account).versions)
    wanted = history(filled, world.account).content(goal)
    filled.run(change_objective, world.objective, status="dropped")
    filled.run(change_risk, world.risk, mitigation=LONG, closed_on=day(0))
    later = filled.run(add_risk, world.account, risk="later").result
    filled.run(change_contract, world.contract, forecast="certain", notice_days=90)
    before = live_rows(filled.connection)
    done = restore(filled, world.account, goal)
    assert done.result == 4
    assert done.summary.startswith("brought the plan of Nordic Oy back to version")
    after = history(filled, world.account)
    now = content_of(after.rows, world.plan)
    assert ("risk", later.id) not in now
    for key, row in wanted.items():
        same = {**now[key], "version": 0, "notice_days": 0}
        assert same == {**row, "version": 0, "notice_days": 0}
    assert now[("contract", world.contract)]["notice_days"] == 90  # the contract's own term
    assert len(after.versions) == goal + 5
    filled.run(undo)
    assert live_rows(filled.connection) == before
    filled.run(redo)
    with pytest.raises(Refused, match=f"as it was in version {goal}"):
        restore(filled, world.account, goal)


def test_what_is_done_or_measured_stays_whatever_is_brought_back(
    filled: Book, world: World
) -> None:
    goal = len(history(filled, world.account).versions)
    added = filled.run(add_plan_action, world.account, action="new", owner_id=world.ann,
                       due_on=day(-5), done_means="c").result  # fmt: skip
    for action in (world.action, added.id):
        filled.run(finish_action, action)
    filled.run(change_objective, world.objective, actual=4.0, target=9.0)
    restore(filled, world.account, goal)
    rows = history(filled, world.account).rows
    assert rows[("action", world.action)]["status"] == "done"
    assert (rows[("action", added.id)]["status"], rows[("action", added.id)]["archived_at"]) == (
        "done", None,
    )  # fmt: skip
    objective = rows[("objective", world.objective)]
    assert (objective["actual"], objective["target"]) == (4.0, None)


def test_people_team_and_contracts_of_later_stay_whatever_is_brought_back(
    filled: Book, world: World
) -> None:
    goal = len(history(filled, world.account).versions)
    person, part = filled.run(add_person, world.account, name="Later").result
    contract = filled.run(add_contract, world.account, arr_minor=5).result
    filled.run(name_team, world.account, {"service": world.bob})
    filled.run(change_account, world.account, tier=2)
    filled.run(change_plan, world.plan, north_star="later", size="standard")
    filled.run(activate_plan_anyway, world.plan)
    assert restore(filled, world.account, goal).result == 1
    rows = history(filled, world.account).rows
    assert rows[("membership", part.id)]["person_id"] == person.id
    for key in (("membership", part.id), ("contract", contract.id)):
        assert rows[key]["archived_at"] is None
    assert [key[0] for key, row in rows.items() if row.get("function") == "service"] == ["seat"]
    assert rows[("account", world.account)]["tier"] == 2
    plan = rows[("plan", world.plan)]
    assert (plan["north_star"], plan["size"], plan["status"]) == (None, "starter", "active")


def activate_plan_anyway(uow: UnitOfWork, plan_id: int) -> None:
    """Make a plan active, whatever it lacks."""
    plan = uow.plans.get(plan_id)
    uow.plans.save(plan, plan.changed(status="active", activated_on=uow.today))


def test_a_restore_over_a_change_that_was_not_seen_is_a_conflict_by_field(
    filled: Book, world: World
) -> None:
    goal = len(history(filled, world.account).versions)
    filled.run(change_risk, world.risk, mitigation="first", exit="signed")
    moves = restoring_moves(history(filled, world.account).moves(goal))
    bob = opened(filled.address, actor="Bob")
    bob.run(change_risk, world.risk, mitigation="what Bob wrote")
    before = live_rows(filled.connection)
    with pytest.raises(Conflict, match="Bob changed mitigation first") as error:
        filled.run(restore_plan, world.account, goal, moves)
    assert [(one.field, one.theirs) for one in error.value.fields] == [
        ("mitigation", "what Bob wrote")
    ]
    assert live_rows(filled.connection) == before
    bob.close()


def test_two_people_in_one_long_text_are_a_conflict_with_both_texts(
    filled: Book, world: World
) -> None:
    seen = filled.run(read_risk, world.risk).result
    bob = opened(filled.address, actor="Bob")
    theirs, mine = LONG + "\nhis end", "my beginning\n" + LONG
    bob.run(change_risk, seen, mitigation=theirs)
    with pytest.raises(Conflict, match="Bob changed mitigation first, at 12:00") as error:
        filled.run(change_risk, seen, mitigation=mine, exit="signed")
    (field,) = error.value.fields
    assert (field.field, field.was, field.theirs, field.mine) == ("mitigation", None, theirs, mine)
    done = filled.run(change_risk, seen, exit="signed")
    assert done.merged == ("merged with the change of Bob at 12:00",)
    bob.close()


class Counting:
    """A connection that counts what it is asked."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.asked = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def maps_of(self, questions: Any, params: Params = NO_PARAMS) -> Any:
        """Count each question of the group."""
        self.asked += len(questions)
        return self._connection.maps_of(questions, params)


def test_two_hundred_versions_take_as_many_statements_as_two(
    filled: Book, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def statements() -> tuple[int, int]:
        counting = Counting(filled.connection)
        with monkeypatch.context() as patch:
            patch.setattr(filled, "connection", counting)
            found = history(filled, world.account)
            found.compare(*found.pair(1, None))
            assert found.sign_offs
        return len(found.versions), counting.asked

    few, asked = statements()
    assert few < 10
    for number in range(200):
        filled.run(change_objective, world.objective, target=float(number))
    assert statements() == (few + 200, asked)
    assert asked < 25


def test_a_signature_is_asked_again_from_the_day_on_which_what_it_stands_for_changed(
    filled: Book, world: World, clock: FakeClock
) -> None:
    def said() -> dict[str, str]:
        found = history(filled, world.account).sign_offs
        return {one.function: sign_off_words(one) for one in found}

    filled.run(sign_plan, world.account)
    assert said() == {
        "marketing": "not signed; nobody has the seat",
        "sales": "signed by Bob on 2026-03-09; asked again since 2026-03-09",
        "success": "signed by Ann on 2026-03-11",
        "service": "not signed; nobody has the seat",
    }
    clock.move(days=2)
    filled.run(change_risk, world.risk, next_check_on=day(-20))
    assert said()["success"] == "signed by Ann on 2026-03-11"
    clock.move(days=1)
    filled.run(change_risk, world.risk, likelihood=3)
    clock.move(days=1)
    filled.run(change_risk, world.risk, likelihood=1)
    assert said()["success"] == "signed by Ann on 2026-03-11; asked again since 2026-03-14"
    filled.run(change_risk, world.risk, likelihood=2)
    assert said()["success"] == "signed by Ann on 2026-03-11"
    filled.run(change_objective, world.objective, priority=3)
    filled.run(sign_plan, world.account)
    assert said()["success"] == "signed by Ann on 2026-03-15"


def test_the_history_is_that_of_the_live_plan_else_of_the_one_closed_last(
    filled: Book, world: World
) -> None:
    with pytest.raises(Refused, match="no plan yet"):
        history(filled, world.other)
    filled.run(close_plan, world.account)
    assert history(filled, world.account).plan_id == world.plan
    new = filled.run(start_plan, world.account).result
    found = history(filled, world.account)
    assert (found.plan_id, len(found.versions)) == (new.id, 1)
    with pytest.raises(Refused, match="only one version"):
        found.pair(None, None)
    filled.run(add_objective, world.account, objective="of the new plan")
    changes = history(filled, world.account).compare(1, 2)
    assert [(one.record, one.op) for one in changes] == [("of the new plan", "added")]


def test_rows_that_are_not_in_the_audit_were_there_from_the_first(
    filled: Book, world: World
) -> None:
    """A large sample book keeps no entry for its rows."""
    whole = history(filled, world.account)
    filled.run(change_risk, world.risk, mitigation="x")
    found = history(filled, world.account)
    late = [one for one in found.entries if one.change_id > whole.entries[-1].change_id]
    bare = PlanHistory(world.account, world.plan, late, found.rows, found.names)
    assert [one.number for one in bare.versions] == [1]
    assert fold(bare.base, late) == found.rows
    assert bare.base[("risk", world.risk)]["mitigation"] is None
