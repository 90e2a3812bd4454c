"""What draft texts are filled with, on both engines."""

from __future__ import annotations

from db.book import Book
from planner.draft_texts import MERGE_FIELDS
from planner.entity import build
from planner.meetings import Meeting
from planner.ports import UnitOfWork
from planner.use_cases.requests import add_request
from planner.use_cases.touchpoints import log_touchpoint
from planner.use_cases.value import add_proof
from tests.makers import World, at, day, on_day


def _qbr(uow: UnitOfWork, account_id: int, ahead: int, status: str) -> None:
    uow.meetings.add(
        build(
            Meeting, id=uow.new_id(), account_id=account_id, title="QBR", kind="qbr",
            starts_at=at(-ahead).at, starts_on=day(-ahead), date_only=False, status=status,
            recorded_on=uow.today, logged_at=uow.clock.real_now(),
        )
    )  # fmt: skip


def test_the_person_comes_before_the_account_and_only_a_shared_proof_is_told(
    filled: Book, world: World
) -> None:
    queries = filled.queries().draft_texts
    nobody = queries.facts(world.other)
    assert set(nobody) == set(MERGE_FIELDS)
    assert (nobody["account"], nobody["first_name"], nobody["open_request"]) == (
        "Other Ltd", None, None,
    )  # fmt: skip
    filled.run(log_touchpoint, world.account, kind="call", when=on_day(0), person_ids=[world.maria])
    filled.run(log_touchpoint, world.account, kind="call", when=on_day(4), person_ids=[world.joe])
    filled.run(add_request, world.account, "quote", asked_by_id=world.maria, due_on=day(0))
    filled.run(add_request, world.account, "document", action="the certificate",
               asked_by_id=world.joe)  # fmt: skip
    for ahead, status in ((30, "planned"), (9, "cancelled"), (-2, "planned"), (40, "planned")):
        filled.run(_qbr, world.other, ahead, status)
    filled.run(add_proof, world.account, proof="kept inside", on_date=day(0))
    filled.run(add_proof, world.account, proof="two days saved", on_date=day(1), shared=True)
    found = filled.queries().draft_texts.facts(world.account, world.joe)
    assert found == {
        "first_name": "Joe", "account": "Nordic Oy", "owner": "Bob", "days_since_contact": "4",
        "open_request": "the certificate", "next_qbr": day(0).isoformat(),
        "value_proof": "two days saved",
    }  # fmt: skip
    plain = filled.queries().draft_texts.facts(world.account)
    assert (plain["first_name"], plain["days_since_contact"]) == (None, "0")
    assert filled.queries().draft_texts.facts(world.other)["next_qbr"] == day(-30).isoformat()
