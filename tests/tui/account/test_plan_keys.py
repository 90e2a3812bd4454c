"""What the keys and the menu do on the plan tab."""

from __future__ import annotations

from typing import Any

import pytest

from planner.entity import Entity, build
from planner.growth import Opportunity, Product, Whitespace
from planner.interviews import Entry, Interview
from planner.loyalty import Behaviour, Benefit, Enrolment, Gesture, Programme
from planner.ports import UnitOfWork
from planner.readiness import SECTION_NUMBERS
from planner.use_cases.accounts import change_account
from planner.use_cases.contracts import add_contract, change_contract
from planner.use_cases.plan_sections import offer_section
from planner.use_cases.plans import (
    add_objective,
    add_plan_action,
    add_risk,
    change_objective,
    change_risk,
    start_plan,
)
from planner.use_cases.team import name_team
from planner.value import Proof
from tests.makers import day
from tests.tui.account.visits import change, one, put_cursor, shown, visit
from tests.tui.conftest import House, OpenHouse, look
from tui.dialogs.choice import ChoiceDialog
from tui.dialogs.conflict_dialog import ConflictDialog
from tui.dialogs.form import FormScreen
from tui.dialogs.menu import MenuDialog
from tui.dialogs.opening import FORMS
from tui.dialogs.question import QuestionDialog
from tui.screens.account import AccountScreen
from tui.screens.account_opening import RECORD_FORMS
from tui.screens.plan_sections.asks import ask
from tui.screens.plan_versions import CompareScreen, VersionsScreen
from tui.widgets.document import Document

KIVI = "Kivi Oy"
SECTION = "SELECT {column} FROM section WHERE archived_at IS NULL"


async def with_plan(home: House) -> AccountScreen:
    """Open the plan of an account that holds a goal, an action and a risk."""
    account, ann = home.ids[KIVI], home.ids["ann"]
    change(home, start_plan, account, size="standard")
    change(home, name_team, account, {"success": ann})
    home.ids["goal"] = change(home, add_objective, account, objective="Fewer returns").id
    home.ids["step"] = change(
        home, add_plan_action, account, action="show the savings", owner_id=ann, due_on=day(-3),
        done_means="shown",
    ).id  # fmt: skip
    home.ids["risk"] = change(home, add_risk, account, risk="Finance asks").id
    return await visit(home, KIVI, tab="plan")


def cursor(home: House) -> str:
    return str(home.app.screen.query_one("#left", Document).cursor_key)


async def test_x_says_that_the_section_under_the_cursor_still_holds(house: OpenHouse) -> None:
    async with house() as home:
        await with_plan(home)
        await put_cursor(home, f"risk:{home.ids['risk']}")
        await home.press("x")
        assert one(home, SECTION.format(column="section")) == "risks"
        assert one(home, SECTION.format(column="still_true_on")) == day(0).isoformat()
        assert "still true at Kivi Oy: risks" in home.said[-1]
        await home.press("u")
        assert one(home, SECTION.format(column="COUNT(*)")) == 0


async def test_x_on_an_empty_section_and_outside_the_plan_says_why_not(house: OpenHouse) -> None:
    async with house() as home:
        await with_plan(home)
        await put_cursor(home, "section:value")
        await home.press("x")
        assert "value delivered is empty" in home.said[-1]
        await home.press("g", "o", "x")
        assert "Put the cursor into a section of the plan" in home.said[-1]
        assert one(home, SECTION.format(column="COUNT(*)")) == 0


async def test_o_offers_the_section_to_a_colleague_and_its_owner_stays(house: OpenHouse) -> None:
    async with house() as home:
        await with_plan(home)
        await put_cursor(home, f"objective:{home.ids['goal']}")
        await home.press("o")
        form = home.screen(FormScreen)
        assert form.spec.name == "offer_section"
        assert form.texts["section"] == "goals"
        await home.press(*"Ben", "ctrl+s")
        home.screen(AccountScreen)
        assert one(home, SECTION.format(column="offered_to_id")) == home.ids["ben"]
        assert one(home, SECTION.format(column="owner_id")) is None
        assert "offered to Ben" in shown(home)


async def test_who_is_asked_takes_the_section_over_with_enter(house: OpenHouse) -> None:
    async with house() as home:
        screen = await with_plan(home)
        change(home, name_team, home.ids[KIVI], {"success": home.ids["ben"]})
        change(home, offer_section, home.ids[KIVI], "goals", home.ids["ann"])
        screen.reload()
        await home.settle()
        assert "offered to you; Enter takes it over" in shown(home)
        await put_cursor(home, "section:goals")
        await home.press("enter")
        assert one(home, SECTION.format(column="owner_id")) == home.ids["ann"]


async def test_o_on_an_action_still_hands_over_the_action(house: OpenHouse) -> None:
    async with house() as home:
        await with_plan(home)
        await put_cursor(home, f"action:{home.ids['step']}")
        await home.press("o")
        assert home.screen(FormScreen).spec.name == "hand"


@pytest.mark.parametrize(
    ("key", "form"),
    [("plan:{plan}", "plan"), ("objective:{goal}", "objective"), ("risk:{risk}", "risk"),
     ("action:{step}", "action"), ("section:goals", "objective"), ("section:team", "team"),
     ("ask:why_stay", "interview_stay"), ("ask:contact_plan", "line_contact_plan"),
     ("ask:renewal", "contract"), ("ask:stakeholders", "person"), ("ask:value", "proof"),
     ("ask:growth", "whitespace")],
)  # fmt: skip
async def test_enter_opens_the_form_of_what_a_line_stands_for(
    house: OpenHouse, key: str, form: str
) -> None:
    async with house() as home:
        await with_plan(home)
        home.ids["plan"] = one(home, "SELECT id FROM plan")
        await put_cursor(home, key.format(**{name: home.ids[name] for name in
                                             ("plan", "goal", "risk", "step")}))  # fmt: skip
        await home.press("enter")
        assert home.screen(FormScreen).spec.name == form


async def test_a_section_is_reached_by_typing_its_name_into_the_menu(house: OpenHouse) -> None:
    async with house() as home:
        await with_plan(home)
        await home.press("f2", *"go growth")
        assert any("go to section: growth" in line for line in home.lines())
        home.screen(MenuDialog)
        await home.press("enter")
        home.screen(AccountScreen)
        assert cursor(home) == "section:growth"
        await home.press("f2", *"sign-off", "enter")
        assert cursor(home) == "section:sign_off"


async def test_the_menu_names_no_section_on_another_tab(house: OpenHouse) -> None:
    async with house() as home:
        await visit(home, KIVI)
        await home.press("f2", *"section")
        assert not any("go to section" in line for line in home.lines())


async def test_enter_on_next_to_fill_opens_an_empty_section_and_goes_to_another(
    house: OpenHouse,
) -> None:
    async with house() as home:
        screen = await with_plan(home)
        screen.open_key("next:contact_plan")
        await home.settle()
        assert home.screen(FormScreen).spec.name == "line_contact_plan"
        await home.press("escape")
        screen.open_key("next:goals")
        await home.settle()
        assert cursor(home) == "section:goals"


async def test_a_contract_that_lacks_its_end_is_filled_and_not_made_again(
    house: OpenHouse,
) -> None:
    async with house() as home:
        contract = change(home, add_contract, home.ids[KIVI], name="imported", arr_minor=5).id
        screen = await with_plan(home)
        screen.open_key("next:renewal")
        await home.settle()
        form = home.screen(FormScreen)
        assert form.texts["name"] == "imported"
        form.row("end_on").text = "2027-03-01"
        await home.press("ctrl+s")
        sql = "SELECT id, end_on FROM contract WHERE account_id = :i"
        book = look(home.path)
        found = book.connection.rows(sql, {"i": home.ids[KIVI]})
        book.close()
        assert found == [(contract, "2027-03-01")]


async def test_a_section_is_added_by_name_and_the_cursor_goes_there(house: OpenHouse) -> None:
    async with house() as home:
        await with_plan(home)
        assert "NOTES" not in shown(home)
        await home.press("f2", *"add a section", "enter")
        home.screen(ChoiceDialog)
        await put_cursor_in_list(home, "notes")
        await home.press("enter")
        assert "NOTES" in shown(home)
        assert cursor(home) == "section:notes"


async def put_cursor_in_list(home: House, key: str) -> None:
    assert home.app.screen.query_one("#list", Document).move_to_key(key)
    await home.settle()


async def test_enter_on_my_line_signs_and_a_change_asks_again(house: OpenHouse) -> None:
    async with house() as home:
        screen = await with_plan(home)
        await put_cursor(home, "sign:success")
        await home.press("enter")
        assert one(home, "SELECT function FROM sign_off") == "success"
        assert "signed 1 of 4: success" in shown(home)
        change(home, change_risk, home.ids["risk"], likelihood=3)
        screen.reload()
        await home.settle()
        assert "asked again: success" in shown(home)


async def test_the_plan_is_closed_after_a_question_only(house: OpenHouse) -> None:
    async with house() as home:
        await with_plan(home)
        await home.press("f2", *"close the plan", "enter")
        home.screen(QuestionDialog)
        await home.press("enter")
        assert one(home, "SELECT status FROM plan") == "draft"
        await home.press("f2", *"close the plan", "enter", "right", "enter")
        assert one(home, "SELECT status FROM plan") == "closed"


async def test_a_review_that_cannot_begin_says_why(house: OpenHouse) -> None:
    async with house() as home:
        await with_plan(home)
        await home.press("f2", *"under review", "enter")
        assert "Only an active plan is reviewed" in home.said[-1]


async def test_two_versions_are_compared_field_by_field_and_one_is_brought_back(
    house: OpenHouse,
) -> None:
    async with house() as home:
        await with_plan(home)
        change(home, change_risk, home.ids["risk"], likelihood=3, mitigation="show the sheet")
        await home.press("f2", *"versions", "enter")
        screen = home.screen(VersionsScreen)
        assert screen.history is not None
        newest = len(screen.history.versions)
        assert cursor_of(home) == f"version:{newest}"
        await home.press("enter")
        home.screen(ChoiceDialog)
        await home.press("1")
        home.screen(CompareScreen)
        said = shown(home, "#body")
        assert "RISKS" in said
        assert "likelihood         2 → 3" in said
        assert "mitigation         (nothing) → show the sheet" in said
        await home.press("escape", "down", "enter")
        home.screen(ChoiceDialog)
        await put_cursor_in_list(home, "restore")
        await home.press("enter")
        home.screen(QuestionDialog)
        await home.press("right", "enter")
        assert one(home, f"SELECT likelihood FROM risk WHERE id = {home.ids['risk']}") == 2
        assert "brought the plan of Kivi Oy back to version" in home.said[-1]


def cursor_of(home: House) -> str:
    return str(home.app.screen.query_one("#body", Document).cursor_key)


async def test_versions_show_numbers_as_they_are_typed_and_amounts_in_their_currency(
    house: OpenHouse,
) -> None:
    async with house() as home:
        account = home.ids[KIVI]
        contract = change(home, add_contract, account, arr_minor=900, currency="USD")
        await with_plan(home)
        for target in (2.0, 1.5):
            change(home, change_objective, home.ids["goal"], target=target)
        change(home, change_contract, contract, arr_minor=1200)
        await home.press("f2", *"versions", "enter", "enter", "1")
        assert "arr                9 USD → 12 USD" in shown(home, "#body")
        await home.press("escape", "down", "enter", "1")
        assert "target             2 → 1.5" in shown(home, "#body")


async def test_any_two_versions_are_picked_one_after_the_other(house: OpenHouse) -> None:
    async with house() as home:
        await with_plan(home)
        await home.press("f2", *"versions", "enter", "enter")
        await put_cursor_in_list(home, "other")
        await home.press("enter")
        home.screen(VersionsScreen)
        await home.press("end", "enter")
        found = home.screen(CompareScreen)
        assert found.old == 1
        assert "added" in shown(home, "#body")


async def test_a_clash_while_editing_from_the_plan_opens_the_dialog_and_keeps_what_was_typed(
    house: OpenHouse,
) -> None:
    async with house() as home:
        await with_plan(home)
        await put_cursor(home, f"risk:{home.ids['risk']}")
        await home.press("enter")
        form = home.screen(FormScreen)
        form.row("mitigation").text = "mine"
        change(home, change_risk, home.ids["risk"], mitigation="theirs")
        await home.press("ctrl+s")
        home.screen(ConflictDialog)
        await home.press("m", "enter")
        assert one(home, "SELECT mitigation FROM risk") == "mine"


async def test_what_the_header_lacks_is_filled_in_the_account_first_then_in_the_plan(
    house: OpenHouse,
) -> None:
    async with house() as home:
        screen = await with_plan(home)
        assert "header  a keep class with its reason" in shown(home)
        await put_cursor(home, "next:header")
        await home.press("enter")
        assert home.screen(FormScreen).spec.name == "account"
        await home.press("escape")
        change(home, change_account, home.ids[KIVI], keep_class="invest", keep_reason="grows",
               stage="established")  # fmt: skip
        screen.reload()
        await home.settle()
        await put_cursor(home, "next:header")
        await home.press("enter")
        assert home.screen(FormScreen).spec.name == "plan"


@pytest.mark.parametrize(
    ("section", "form"),
    [("goals", "objective"), ("why_stay", "interview_stay"), ("renewal", "contract"),
     ("growth", "whitespace"), ("actions", "plan_action")],
)  # fmt: skip
async def test_n_makes_what_the_section_under_the_cursor_holds(
    house: OpenHouse, section: str, form: str
) -> None:
    async with house() as home:
        await with_plan(home)
        await put_cursor(home, f"section:{section}")
        await home.press("n")
        assert home.screen(FormScreen).spec.name == form


async def test_enter_unfolds_and_folds_what_is_folded(house: OpenHouse) -> None:
    async with house() as home:
        await with_plan(home)
        await put_cursor(home, "fold:gantt")
        for seen in (True, False):
            await home.press("enter")
            assert ("▼ today" in shown(home)) is seen
            assert cursor(home) == "fold:gantt"


ROWS = ("entry", "interview", "proof", "whitespace", "opportunity", "benefit", "gesture",
        "behaviour", "enrolment")  # fmt: skip


def fill_rows(uow: UnitOfWork, account: int) -> dict[str, int]:
    """A row of each kind in the sections of the plan; returns ids by table."""
    plan = uow.plans.find(account_id=account)[0].id

    def keep(repository: Any, model: type[Entity], **fields: Any) -> int:
        added: int = repository.add(build(model, id=uow.new_id(), **fields)).id
        return added

    here = {"account_id": account}
    product = keep(uow.products, Product, name="Portal")
    programme = keep(uow.programmes, Programme, name="Club")
    return {
        "product": product,
        "entry": keep(uow.entries, Entry, **here, section="why_stay", field="value", entry="time"),
        "interview": keep(uow.interviews, Interview, **here, kind="exit", held_on=day(2)),
        "proof": keep(uow.proofs, Proof, **here, plan_id=plan, proof="a day", on_date=day(3)),
        "whitespace": keep(uow.whitespaces, Whitespace, **here, product_id=product, centre="IT",
                           state="gap", potential_minor=100),
        "opportunity": keep(uow.opportunities, Opportunity, **here, opportunity="Portal for IT"),
        "benefit": keep(uow.benefits, Benefit, **here, kind="service", benefit="named contact"),
        "gesture": keep(uow.gestures, Gesture, **here, kind="emotional", gesture="cake",
                        given_on=day(3)),
        "behaviour": keep(uow.behaviours, Behaviour, **here, behaviour="orders online"),
        "enrolment": keep(uow.enrolments, Enrolment, **here, programme_id=programme,
                          since_on=day(9)),
    }  # fmt: skip


@pytest.mark.parametrize("table", ROWS)
async def test_enter_edits_every_kind_of_record_that_a_section_holds(
    house: OpenHouse, table: str
) -> None:
    async with house() as home:
        screen = await with_plan(home)
        rows = change(home, fill_rows, home.ids[KIVI])
        screen.reload()
        await home.settle()
        await put_cursor(home, f"{table}:{rows[table]}")
        await home.press("enter")
        form = home.screen(FormScreen)
        assert form.spec.name == RECORD_FORMS[table]
        assert form.subject[f"{table}_id"] == rows[table]


async def test_enter_on_a_product_with_several_cells_asks_for_the_buying_centre(
    house: OpenHouse,
) -> None:
    async with house() as home:
        screen = await with_plan(home)
        rows = change(home, fill_rows, home.ids[KIVI])

        def second(uow: UnitOfWork) -> None:
            uow.whitespaces.add(
                build(Whitespace, id=uow.new_id(), account_id=home.ids[KIVI], state="owned",
                      product_id=rows["product"], centre="Finance")
            )  # fmt: skip

        change(home, second)
        screen.reload()
        await home.settle()
        await put_cursor(home, f"product:{rows['product']}")
        await home.press("enter")
        home.screen(ChoiceDialog)
        await put_cursor_in_list(home, str(rows["whitespace"]))
        await home.press("enter")
        assert home.screen(FormScreen).subject["whitespace_id"] == rows["whitespace"]


def test_every_section_has_a_form_that_fills_it() -> None:
    for section in SECTION_NUMBERS:
        assert ask(section).form in FORMS
