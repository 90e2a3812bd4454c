"""Accounts with one of everything, with nothing, and with the worst texts, read for a tab."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from db.book import Book
from planner.cell_width import clean
from planner.entity import Entity
from planner.entity import build as build_record
from planner.growth import Opportunity, Product, Whitespace
from planner.interviews import Entry, Interview
from planner.loyalty import Behaviour, Benefit, Gesture
from planner.plan_parts import Section
from planner.ports import UnitOfWork
from planner.use_cases.accounts import add_account
from planner.use_cases.actions import add_action
from planner.use_cases.celebrations import add_celebration
from planner.use_cases.complaints import log_complaint
from planner.use_cases.contracts import add_contract
from planner.use_cases.people import add_person
from planner.use_cases.plans import add_objective, add_risk, start_plan
from planner.use_cases.team import add_colleague
from planner.use_cases.touchpoints import log_touchpoint
from planner.value import Proof
from tests.makers import at, day, new_book
from tests.strategies import HOSTILE
from tui.screens.account_sheets import SHARES, build
from tui.screens.account_view import AccountView, Sheet, Space
from tui.widgets.cells import parts, width_of
from tui.widgets.document import Line
from tui.widgets.wrap import wrapped

WIDTHS = (18, 38, 59, 78, 110, 118, 200)
View = Callable[[str], AccountView]


def text(line: Line) -> str:
    return "".join(parts(span)[0] for span in line.spans)


def words(lines: Iterable[Line]) -> str:
    return "\n".join(text(line) for line in lines)


def one_column(view: AccountView, tab: str, width: int = 80, height: int = 18) -> Sheet:
    return build(tab, view, Space(width, height, SHARES.get(tab, 0.6)))


def shown(view: AccountView, tab: str) -> str:
    return words(one_column(view, tab).left)


def keys(sheet: Sheet) -> list[str]:
    return [str(line.key) for line in (*sheet.left, *sheet.right) if line.key is not None]


def hostile_book(folder: Path) -> tuple[Book, int]:
    """An account in which every text is the worst there is."""
    book = new_book(folder)
    bad = " ".join(HOSTILE)[:950]

    def run(use_case: object, *args: object, **fields: object) -> object:
        return book.run(use_case, *args, **fields).result  # type: ignore[arg-type] # any use case

    mean = book.run(add_colleague, name=bad, function="sales").result
    account = book.run(
        add_account, name=bad, sector=bad, country=bad, note=bad, owner_id=mean.id,
        keep_class="invest", keep_reason=bad, tags=(bad,),
    ).result  # fmt: skip
    here = account.id
    person = book.run(
        add_person, here, name=bad, title=bad, phone=bad, department=bad, language=bad,
        part={"roles": ("champion", "technical"), "stance": "opponent"},
    ).result[0]  # fmt: skip
    run(add_person, here, name=bad, part={"reports_to_id": person.id, "left_on": day(2)})
    run(start_plan, here, north_star=bad, north_star_target=bad)
    run(add_objective, here, objective=bad, metric=bad, unit="%", their_owner=bad, baseline=1e14,
        target=-1e14)  # fmt: skip
    run(add_risk, here, risk=bad, early_sign=bad, exit=bad, impact_minor=10**15)
    run(add_action, here, action=bad, their_owner=bad, due_on=day(4000), owner_id=mean.id)
    run(add_contract, here, name=bad, arr_minor=10**15, end_on=day(-400))
    run(add_contract, here, name=bad, arr_minor=1, currency="JPY", end_on=day(3))
    run(log_complaint, here, title=bad, when=at(2), severity="critical", person_id=person.id)
    run(log_touchpoint, here, kind="email", when=at(1), person_ids=[person.id], note=bad,
        verbatim=bad, topic=bad, link=bad, direction="in")  # fmt: skip
    book.run(_fill_badly, here, person.id, mean.id, bad)
    run(add_celebration, here, label=bad, on=day(-3), person_id=person.id)
    return book, here


def _fill_badly(uow: UnitOfWork, here: int, person: int, mean: int, bad: str) -> None:
    """A row with the worst texts in each section of the plan."""
    plan = uow.plans.find(account_id=here)[0].id

    def keep(repository: Any, model: type[Entity], **fields: Any) -> int:
        row = build_record(model, id=uow.new_id(), account_id=here, **fields)
        added: int = repository.add(row).id
        return added

    short = bad[:190]
    for section, field in (("why_bought", "pain"), ("why_stay", "lost_by_leaving"),
                           ("contact_plan", "sends"), ("contact_plan", "quiet"),
                           ("notes", "threat"), ("reviews", "review"),
                           ("growth", "problem")):  # fmt: skip
        dated = field in ("quiet", "review")
        keep(uow.entries, Entry, plan_id=plan, section=section, field=field, entry=bad,
             driver=short, topic=short, person_id=person, source="assumed",
             on_date=day(3) if dated else None, to_date=day(1) if dated else None)  # fmt: skip
    keep(uow.interviews, Interview, kind="exit", held_on=day(2), person_id=person, reason=short,
         reason_detail=short, root_cause=bad)  # fmt: skip
    keep(uow.proofs, Proof, plan_id=plan, proof=short, on_date=day(4), figure=-1e14, unit=short)
    product = uow.products.add(build_record(Product, id=uow.new_id(), name=short)).id
    for number in range(4):
        keep(uow.whitespaces, Whitespace, product_id=product, centre=f"{number} {short[:150]}",
             state="competitor", potential_minor=10**14, competitor=short)  # fmt: skip
    keep(uow.opportunities, Opportunity, opportunity=short, value_minor=10**14, next_step=short,
         next_step_on=day(1), owner_id=mean)  # fmt: skip
    keep(uow.benefits, Benefit, kind="emotional", benefit=short, hassle=short)
    keep(uow.gestures, Gesture, kind="financial", gesture=short, given_on=day(2), reason=short,
         cost_minor=10**14, approver_id=mean)  # fmt: skip
    keep(uow.behaviours, Behaviour, behaviour=short, metric=short, reward=short, leads_to=short)
    keep(uow.sections, Section, plan_id=plan, section="goals", owner_id=mean, offered_to_id=mean,
         offered_on=day(1))  # fmt: skip


def aged(view: AccountView, edited: date) -> AccountView:
    """The view with every section of its plan edited last on a day."""
    assert view.plan_sections is not None
    lines = tuple(
        one._replace(state=replace(one.state, edited_on=edited)) for one in view.plan_sections.lines
    )
    found = view.plan_sections._replace(lines=lines)
    return replace(view, plan_sections=found, page=replace(view.page, sections=found.states))


def assert_fits(lines: Iterable[Line], width: int) -> None:
    for line in lines:
        for spans in wrapped(line, width):
            shown_now = "".join(clean(parts(span)[0]) for span in spans)
            assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in shown_now)
            if line.wrap:
                assert width_of(shown_now) <= width
