"""The forms of growth, value, loyalty and the renewal plan, saved into a real book with keys."""

from __future__ import annotations

from pathlib import Path

from planner.use_cases.complaints import log_complaint
from planner.use_cases.plans import change_risk
from planner.use_cases.settings import change_setting
from tests.makers import at as moment
from tests.tui.form_app import desk


async def test_a_figure_is_measured_confirmed_and_taken_back(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("measurement", account_id=at.world.account)
        assert form.texts["objective_id"] == str(at.world.objective)
        assert form.texts["measured_on"] == "today"
        await at.fill(actual="3.5", note="from their report")
        await at.save()
        assert at.closed, form.message
        assert at.row("actual, measured_on, note", "measurement") == (
            3.5, "2026-03-11", "from their report",
        )  # fmt: skip
        assert at.one("SELECT actual FROM objective WHERE id = :i", i=at.world.objective) == 3.5
        newest = at.one("SELECT id FROM measurement ORDER BY id DESC")
        form = await at.open("measurement", measurement_id=newest)
        await at.save()
        assert not at.closed
        assert "say who of theirs" in form.row("confirmed_by_id").problem
        await at.type("confirmed_by_id", "Maria")
        await at.save()
        assert at.closed
        assert at.row("confirmed_by_id, confirmed_on", "measurement") == (
            at.world.maria, "2026-03-11",
        )  # fmt: skip
        await at.open("measurement", measurement_id=newest)
        await at.type("withdraw", "yes")
        await at.save()
        assert at.closed
        assert at.one("SELECT archived_at FROM measurement WHERE id = :i", i=newest)


async def test_value_delivered_with_the_word_of_the_customer(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("proof", account_id=at.world.account)
        await at.pilot.press(*"No errors")
        await at.fill(figure="12", objective_id=str(at.world.objective), confirmed_by_id="Maria")
        await at.save()
        assert at.closed, form.message
        assert at.row("proof, figure, objective_id, confirmed_on", "proof") == (
            "No errors", 12.0, at.world.objective, "2026-03-11",
        )  # fmt: skip
        made = at.one("SELECT id FROM proof ORDER BY id DESC")
        form = await at.open("proof", proof_id=made)
        assert form.texts["confirmed_by_id"] == "Maria"
        await at.fill(objective_id="", shared="yes")
        await at.save()
        assert at.row("objective_id, shared", "proof") == (None, 1)
        await at.open("proof", proof_id=made)
        await at.type("withdraw", "yes")
        await at.save()
        assert at.one("SELECT archived_at FROM proof WHERE id = :i", i=made)


async def test_a_cell_of_the_grid_with_a_product_that_is_new(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("whitespace", account_id=at.world.account)
        assert form.row("product").side.words == "Portal; another is added"
        await at.pilot.press(*"Mail")
        await at.fill(centre="Ops", state="competitor")
        await at.save()
        assert "say which competitor" in form.row("competitor").problem
        await at.fill(competitor="Rival", potential_minor="40k")
        await at.save()
        assert at.closed, form.message
        assert at.row("centre, state, potential_minor, competitor", "whitespace") == (
            "Ops", "competitor", 4_000_000, "Rival",
        )  # fmt: skip
        assert at.row("name", "product") == ("Mail",)
        made = at.one("SELECT id FROM whitespace ORDER BY id DESC")
        await at.open("whitespace", whitespace_id=made)
        await at.fill(state="owned", competitor="")
        await at.save()
        assert at.row("state, competitor", "whitespace") == ("owned", None)
        await at.open("whitespace", whitespace_id=made)
        await at.type("clear", "yes")
        await at.save()
        assert at.one("SELECT archived_at FROM whitespace WHERE id = :i", i=made)


async def test_an_opportunity_says_what_speaks_against_it_and_is_saved(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        at.book.run(log_complaint, at.world.account, title="Down", when=moment(1),
                    severity="critical")  # fmt: skip
        form = await at.open("opportunity", account_id=at.world.account)
        assert form.texts["owner_id"] == "Ann"
        assert "critical complaint C-3 is open" in form.row("opportunity").field.prompt
        await at.pilot.press(*"Portal for Ops")
        await at.type("value_minor", "12k")
        await at.save()
        assert "needs a next step" in form.row("next_step").problem
        await at.fill(next_step="call Maria", next_step_on="fri", product_id=str(at.world.product))
        await at.save()
        assert at.closed, form.message
        assert "A push to sell is warned against" in at.said[-1]
        assert at.row("value_minor, next_step_on, product_id", "opportunity") == (
            1_200_000, "2026-03-13", at.world.product,
        )  # fmt: skip
        made = at.one("SELECT id FROM opportunity ORDER BY id DESC")
        await at.open("opportunity", opportunity_id=made)
        await at.type("stage", "won")
        await at.save()
        assert at.row("stage, closed_on", "opportunity") == ("won", "2026-03-11")


async def test_a_product_is_added_renamed_and_not_sold_any_more(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("product")
        await at.pilot.press(*"portal")
        await at.save()
        assert "a product Portal already" in form.row("name").problem
        await at.type("name", "Mail")
        await at.save()
        assert at.closed
        made = at.one("SELECT id FROM product ORDER BY id DESC")
        await at.open("product", product_id=made)
        await at.type("name", "Post")
        await at.save()
        assert at.row("name", "product") == ("Post",)
        await at.open("product", product_id=made)
        await at.type("archive", "yes")
        await at.save()
        assert at.one("SELECT archived_at FROM product WHERE id = :i", i=made)


async def test_a_benefit_is_added_changed_and_taken_away(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        await at.open("benefit", account_id=at.world.account)
        await at.pilot.press(*"A named contact")
        await at.fill(hassle="no queue", person_id="Joe", programme_id=str(at.world.programme))
        await at.save()
        assert at.closed
        assert at.row("kind, hassle, person_id, programme_id", "benefit") == (
            "service", "no queue", at.world.joe, at.world.programme,
        )  # fmt: skip
        made = at.one("SELECT id FROM benefit ORDER BY id DESC")
        await at.open("benefit", benefit_id=made)
        await at.fill(kind="emotional", programme_id="")
        await at.save()
        assert at.row("kind, programme_id", "benefit") == ("emotional", None)
        await at.open("benefit", benefit_id=made)
        await at.type("withdraw", "yes")
        await at.save()
        assert at.one("SELECT archived_at FROM benefit WHERE id = :i", i=made)


async def test_a_dear_gesture_asks_for_an_approver_under_its_field(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        at.book.run(change_setting, "gesture.limit", "5000")
        form = await at.open("gesture", account_id=at.world.account)
        assert form.row("approver_id").side.words == "above 50 EUR"
        await at.pilot.press(*"A cake")
        await at.fill(cost_minor="60", complaint_id=str(at.world.complaint))
        await at.save()
        assert "another one of us approves it" in form.row("approver_id").problem
        await at.type("approver_id", "Nobody known")
        await at.save()
        assert "no colleague answers" in form.row("approver_id").problem
        await at.type("approver_id", "Bob")
        await at.save()
        assert at.closed, form.message
        assert at.row("kind, given_on, approver_id, complaint_id", "gesture") == (
            "emotional", "2026-03-11", at.world.bob, at.world.complaint,
        )  # fmt: skip
        made = at.one("SELECT id FROM gesture ORDER BY id DESC")
        form = await at.open("gesture", gesture_id=made)
        assert form.texts["approver_id"] == "Bob"
        await at.type("reason", "ten years")
        await at.save()
        assert at.row("reason", "gesture") == ("ten years",)


async def test_a_gesture_beside_a_critical_complaint_is_warned_against_above_it(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("gesture", account_id=at.world.account)
        assert form.row("gesture").field.prompt == ""
        await at.press("escape")
        at.book.run(log_complaint, at.world.account, title="Down", when=moment(1),
                    severity="critical")  # fmt: skip
        form = await at.open("gesture", account_id=at.world.account)
        assert "critical complaint C-3 is open" in form.row("gesture").field.prompt


async def test_a_new_behaviour_ends_the_active_one_only_when_said_so(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("behaviour", account_id=at.world.account)
        assert form.row("ends_active").side.words == "orders online"
        await at.pilot.press(*"Refers others")
        await at.save()
        assert "is active already" in form.row("behaviour").problem
        await at.type("ends_active", "yes")
        await at.save()
        assert at.closed, form.message
        assert at.one("SELECT COUNT(*) FROM behaviour WHERE ended_on IS NULL") == 1
        made = at.one("SELECT id FROM behaviour WHERE ended_on IS NULL")
        await at.open("behaviour", behaviour_id=made)
        await at.fill(reward="a talk", ended_on="today")
        await at.save()
        assert at.row("reward, ended_on", "behaviour") == ("a talk", "2026-03-11")
        form = await at.open("behaviour", account_id=at.world.account)
        assert "ends_active" not in form.texts


async def test_a_programme_with_its_levels(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("programme")
        await at.pilot.press(*"Circle")
        await at.type("tiers", "bronze 0, silver")
        await at.save()
        assert "is no level" in form.row("tiers").problem
        await at.type("tiers", "bronze 10, silver 5")
        await at.save()
        assert "do not rise" in form.row("tiers").problem
        await at.type("tiers", "bronze 0, very silver 50")
        await at.save()
        assert at.closed, form.message
        assert at.row("name, tiers", "programme") == (
            "Circle", '[["bronze", 0], ["very silver", 50]]',
        )  # fmt: skip
        made = at.one("SELECT id FROM programme ORDER BY id DESC")
        form = await at.open("programme", programme_id=made)
        assert form.texts["tiers"] == "bronze 0, very silver 50"
        await at.type("ended_on", "yesterday")
        await at.save()
        assert at.row("ended_on", "programme") == ("2026-03-10",)


async def test_an_account_is_taken_in_and_its_points_are_entered(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("enrolment", account_id=at.world.account)
        assert form.row("programme_id").side.words == "the book has no other"
        await at.press("escape")
        await at.open("enrolment", account_id=at.world.other)
        await at.save()
        assert at.closed
        made = at.one("SELECT id FROM enrolment ORDER BY id DESC")
        form = await at.open("enrolment", enrolment_id=made)
        await at.save()
        assert "say how many" in form.row("points").problem
        await at.fill(points="-5", reason="a mug")
        await at.save()
        assert "0 are there" in form.row("points").problem
        await at.type("points", "60")
        await at.save()
        assert at.closed, form.message
        assert at.row("points, reason", "points") == (60, "a mug")
        await at.open("enrolment", enrolment_id=made)
        await at.fill(points="-70", reason="counted wrong", correct="yes")
        await at.save()
        assert at.row("points", "points") == (-70,)
        form = await at.open("enrolment", enrolment_id=made)
        await at.fill(points="1", left_on="today")
        await at.save()
        assert "save the points first" in form.row("left_on").problem
        await at.type("points", "")
        await at.save()
        assert at.row("left_on", "enrolment") == ("2026-03-11",)


async def test_the_renewal_plan_of_a_contract(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("renewal", contract_id=at.world.contract)
        await at.fill(
            renew_amount_minor="130k",
            uplift_percent="5",
            price_position="above",
            decision_buyer_id="Joe",
            offer_limit_minor="6k",
        )
        await at.save()
        assert at.closed, form.message
        found = at.book.connection.one(
            "SELECT renew_amount_minor, uplift_percent, price_position, decision_buyer_id,"
            " offer_limit_minor FROM contract WHERE id = :i", {"i": at.world.contract},
        )  # fmt: skip
        assert found == (13_000_000, 5.0, "above", at.world.joe, 600_000)
        form = await at.open("renewal", contract_id=at.world.contract)
        assert form.texts["decision_buyer_id"] == "Joe"
        await at.type("uplift_percent", "-200")
        await at.save()
        assert form.row("uplift_percent").problem


async def test_a_risk_is_out_only_with_its_exit_criteria(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("risk", risk_id=at.world.risk)
        await at.type("closed", "yes")
        await at.save()
        assert "say when the risk is over" in form.row("exit").problem
        await at.fill(exit="a second sponsor", evidence="she signed")
        await at.save()
        assert at.closed, form.message
        found = at.book.connection.one(
            "SELECT exit, evidence, closed_on FROM risk WHERE id = :i", {"i": at.world.risk}
        )
        assert found == ("a second sponsor", "she signed", "2026-03-11")
        at.book.run(change_risk, at.world.risk, closed_on=None)


async def test_an_objective_has_a_function_of_ours(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        await at.open("objective", objective_id=at.world.objective)
        await at.fill(function="marketing", evidence="their letter")
        await at.save()
        found = at.book.connection.one(
            "SELECT function, evidence FROM objective WHERE id = :i", {"i": at.world.objective}
        )
        assert found == ("marketing", "their letter")
