"""Every form: the way that works, saved into a real book with keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.form_app import Desk, desk
from tui.dialogs.opening import FORMS
from tui.dialogs.question import QuestionDialog


async def test_the_log_form_is_filled_in_but_for_the_note(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        at.free_today()
        form = await at.open("touchpoint", account_id=at.world.account)
        assert form.texts["who"] == "Maria"
        assert form.texts["kind"] == "call"
        assert form.texts["when"] == "now"
        assert form.row("when").side.words == "Wed 11 Mar 2026, 12:00"
        assert form.row("kind").side.words == "two-way · Ann · success"
        await at.pilot.press(*"fine", "enter", *"well")
        await at.save()
        assert at.closed
        assert at.one("SELECT note FROM touchpoint ORDER BY id DESC") == "fine\nwell"
        assert at.one("SELECT two_way FROM touchpoint ORDER BY id DESC") == 1
        assert "u undoes" in at.said[-1]


async def test_a_promise_is_a_line_under_the_note(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("touchpoint", account_id=at.world.account)
        form.row("follow_ups").target.focus()
        await at.pilot.press(*"Bob: the sheet", "enter", "space", "enter", *"fri", "enter")
        await at.pilot.press(*"Maria: the list", "shift+tab", "t")
        await at.settle()
        await at.save()
        assert at.closed, form.message
        rows = at.book.connection.rows(
            "SELECT side, action, promised, due_on, owner_id, their_owner_id FROM action"
            " WHERE survey_trigger IS NULL ORDER BY id DESC LIMIT 2"
        )
        assert rows == [
            ("they", "the list", 0, None, None, at.world.maria),
            ("we", "the sheet", 1, "2026-03-13", at.world.bob, None),
        ]


async def test_a_letter_chooses_the_kind_and_the_direction_follows(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        at.free_today()
        form = await at.open("touchpoint", account_id=at.world.account)
        form.row("kind").target.focus()
        await at.press("m")
        assert form.texts["kind"] == "email"
        assert form.row("kind").side.words.startswith("one way, out")
        await at.type("direction", "in")
        assert form.row("kind").side.words.startswith("two-way")


async def test_more_opens_with_an_arrow_and_enter_on_it_saves(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("touchpoint", account_id=at.world.account)
        form.query_one("#more").focus()
        await at.press("right")
        assert form.row("topic").display
        await at.type("pulse", "3")
        await at.save()
        assert at.one("SELECT score FROM pulse ORDER BY id DESC") == 3


async def test_enter_goes_through_a_form_and_saves_at_its_end(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        await at.open("later", action_id=at.world.action)
        await at.pilot.press(*"fri", "enter", *"they asked", "enter")
        await at.settle()
        assert at.closed
        assert at.one("SELECT due_on FROM action WHERE id = :i", i=at.world.action) == "2026-03-13"


async def not_from_the_incident(at: Desk) -> None:
    """The account is in a running incident: a new complaint is asked about it."""
    assert isinstance(at.app.screen, QuestionDialog)
    await at.press("escape")
    assert at.one("SELECT incident_id FROM complaint ORDER BY id DESC") is None


async def test_a_complaint_from_the_log_form_takes_person_and_note_along(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        await at.open("touchpoint", account_id=at.world.account)
        await at.pilot.press(*"late again")
        await at.press("f8")
        assert at.form.spec.name == "complaint"
        assert at.form.texts["person_id"] == "Maria"
        assert at.form.texts["detail"] == "late again"
        await at.type("title", "Late")
        await at.save()
        assert at.one("SELECT person_id FROM complaint ORDER BY id DESC") == at.world.maria
        await not_from_the_incident(at)
        assert at.form.texts["note"] == "late again"


async def test_a_new_account_with_a_new_owner_in_one_step(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("account")
        await at.fill(
            name="Kivi Oy",
            tier="2",
            keep_class="protect",
            keep_reason="a reference",
            owner_id="Elif Demir",
        )
        assert form.row("owner_id").side.words == "not known: is added"
        await at.fill(parent_id="nordic oy", celebrate="founded", celebrate_on="2020-05-01")
        await at.save()
        assert at.closed, form.message
        row = at.book.connection.one(
            "SELECT a.tier, a.keep_reason, c.name, a.parent_id FROM account a"
            " JOIN colleague c ON c.id = a.owner_id WHERE a.name = 'Kivi Oy'"
        )
        assert row == (2, "a reference", "Elif Demir", at.world.account)
        assert at.one("SELECT label FROM celebration ORDER BY id DESC") == "founded"
        assert "added account Kivi Oy" in at.said[-1]
        assert at.one("SELECT COUNT(*) FROM change WHERE summary LIKE 'added account Kivi%'") == 1


async def test_an_account_is_changed_in_the_fields_that_were_changed(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("account", account_id=at.world.account)
        assert form.texts["name"] == "Nordic Oy"
        assert form.texts["owner_id"] == "Bob"
        await at.type("stage", "renewal")
        await at.save()
        row = at.book.connection.one(
            "SELECT stage, tier, tags, version FROM account WHERE id = :i", {"i": at.world.account}
        )
        assert row is not None
        assert (row[0], row[1]) == ("renewal", 1)
        assert "key" in row[2]


async def test_a_person_with_two_roles_by_keys(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("person", account_id=at.world.account)
        await at.pilot.press(*"Per Ek")
        form.row("roles").target.focus()
        await at.pilot.press("e", "c")
        await at.type("reports_to_id", "mar")
        await at.save()
        assert at.closed, form.message
        row = at.book.connection.one(
            "SELECT m.roles, m.reports_to_id FROM membership m JOIN person p ON p.id = m.person_id"
            " WHERE p.name = 'Per Ek'"
        )
        assert row == ('["economic_buyer", "champion"]', at.world.maria)


async def test_a_person_and_their_part_change_in_one_step(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("person", account_id=at.world.account, person_id=at.world.maria)
        assert form.texts["roles"] == "champion"
        assert form.texts["influence"] == "3"
        await at.fill(title="Head of IT", stance="sceptic")
        await at.save()
        assert at.one("SELECT title FROM person WHERE id = :i", i=at.world.maria) == "Head of IT"
        stance = "SELECT stance FROM membership WHERE person_id = :i"
        assert at.one(stance, i=at.world.maria) == "sceptic"


async def test_a_contract_in_its_currency(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("contract", account_id=at.world.account)
        await at.fill(currency="jpy", arr_minor="240k")
        assert form.row("arr_minor").side.words == "240 k JPY"
        await at.fill(end_on="2027-03-01", notice_days="60", auto_renew="yes")
        await at.save()
        assert at.closed, form.message
        sql = "SELECT arr_minor, currency, notice_days, auto_renew FROM contract ORDER BY id DESC"
        assert at.book.connection.one(sql) == (240_000, "JPY", 60, 1)


async def test_a_contract_is_changed(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("contract", contract_id=at.world.contract)
        assert form.texts["arr_minor"] == "1200"
        await at.type("forecast", "likely")
        await at.save()
        assert at.one("SELECT forecast FROM contract ORDER BY id DESC") == "likely"


async def test_the_team_by_names_typed_in_part(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("team", account_id=at.world.account)
        assert form.texts["sales"] == "Bob"
        await at.fill(success="an", service="Ben Otieno", sales="")
        await at.save()
        rows = at.book.connection.rows(
            "SELECT s.function, c.name FROM seat s JOIN colleague c ON c.id = s.colleague_id"
            " WHERE s.archived_at IS NULL ORDER BY 1"
        )
        assert rows == [("service", "Ben Otieno"), ("success", "Ann")]


async def test_a_plan_is_started_and_its_header_changed(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        await at.open("plan", account_id=at.world.other)
        await at.save()
        sql = "SELECT size FROM plan WHERE account_id = :i"
        assert at.one(sql, i=at.world.other) == "starter"
        await at.open("plan", account_id=at.world.other)
        await at.fill(size="standard", north_star="returns below 2 %")
        await at.save()
        assert at.one(sql, i=at.world.other) == "standard"


async def test_an_objective_with_its_figures(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("objective", account_id=at.world.account)
        await at.fill(objective="Fewer returns", baseline="4.0", target="2", due_on="31 dec")
        await at.save()
        assert at.closed, form.message
        sql = "SELECT baseline, target, due_on, owner_id FROM objective ORDER BY id DESC"
        assert at.book.connection.one(sql) == (4.0, 2.0, "2026-12-31", at.world.ann)
        await at.open("objective", objective_id=at.world.objective)
        await at.fill(status="achieved", shared="yes")
        await at.save()
        row = "SELECT status, shared FROM objective WHERE id = :i"
        assert at.book.connection.one(row, {"i": at.world.objective}) == ("achieved", 1)


async def test_their_owner_who_is_no_person_yet_is_said_and_kept(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        for name in ("objective", "action"):
            row_id = getattr(at.world, name)
            at.book.connection.run(
                f"UPDATE {name} SET their_owner = 'Bo [/]', their_owner_id = NULL WHERE id = :i",
                {"i": row_id},
            )
            form = await at.open(name, **{f"{name}_id": row_id})
            assert form.loaded is not None
            assert "Bo [/], who is no person" in form.loaded.prompts["their_owner_id"]
            await at.fill(**{name: "Other words"})
            await at.save()
            assert at.one(f"SELECT their_owner FROM {name} WHERE id = :i", i=row_id) == "Bo [/]"


async def test_an_action_of_the_plan_needs_all_four(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("plan_action", account_id=at.world.account)
        await at.type("action", "Meet Per")
        await at.save()
        assert form.row("due_on").problem == "it is needed"
        assert form.row("done_means").problem == "it is needed"
        await at.fill(due_on="fri", done_means="he named his terms")
        await at.save()
        assert at.closed, form.message
        assert at.one("SELECT done_means FROM action ORDER BY id DESC") == "he named his terms"


async def test_a_follow_up_of_theirs_has_no_owner_of_ours(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        await at.open("action", account_id=at.world.account)
        await at.fill(action="send the order list", side="they", their_owner_id="Joe")
        await at.save()
        sql = "SELECT side, owner_id, their_owner_id, shared FROM action ORDER BY id DESC"
        assert at.book.connection.one(sql) == ("they", None, at.world.joe, 1)
        await at.open("action", action_id=at.world.action)
        await at.type("promised", "yes")
        await at.save()
        sql = "SELECT promised, done_means FROM action WHERE id = :i"
        assert at.book.connection.one(sql, {"i": at.world.action}) == (1, "sent")


async def test_a_risk_is_added_changed_and_closed(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        await at.open("risk", account_id=at.world.account)
        await at.fill(risk="Finance will ask", impact_minor="10k")
        await at.save()
        assert at.one("SELECT impact_minor FROM risk ORDER BY id DESC") == 1_000_000
        await at.open("risk", risk_id=at.world.risk)
        await at.fill(exit="a second sponsor", closed="yes")
        await at.save()
        sql = "SELECT closed_on FROM risk WHERE id = :i"
        assert at.one(sql, i=at.world.risk) == "2026-03-11"


async def test_a_pulse_by_one_key_asks_for_a_reason_where_one_is_needed(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("pulse", account_id=at.world.account)
        await at.press("1", "ctrl+s")
        assert "needs a reason" in form.row("reason").problem
        assert form.focused is form.row("reason").target
        await at.pilot.press(*"silent for weeks")
        await at.save()
        sql = "SELECT score, reason, function FROM pulse ORDER BY id DESC"
        assert at.book.connection.one(sql) == (1, "silent for weeks", "success")


async def test_a_complaint_is_logged_and_changed(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("complaint", account_id=at.world.account)
        await at.fill(
            title="Wrong prices",
            severity="high",
            when="yesterday 14:00",
            person_id="joe",
            response_target="4h",
        )
        await at.save()
        await not_from_the_incident(at)
        assert at.closed, form.message
        sql = (
            "SELECT severity, opened_on, person_id, response_target FROM complaint ORDER BY id DESC"
        )
        assert at.book.connection.one(sql) == ("high", "2026-03-10", at.world.joe, 240)
        form = await at.open("complaint", complaint_id=at.world.complaint)
        assert form.texts["title"] == "Too slow"
        await at.type("severity", "critical")
        await at.save()
        sql = "SELECT severity FROM complaint WHERE id = :i"
        assert at.one(sql, i=at.world.complaint) == "critical"


async def test_a_complaint_takes_its_next_step_waits_and_goes_on(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("complaint_step", complaint_id=at.world.complaint)
        assert form.texts["stage"] == "acknowledged"
        await at.fill(stage="answered", root_cause="a price file")
        await at.save()
        sql = "SELECT stage, root_cause FROM complaint WHERE id = :i"
        found = at.book.connection.one(sql, {"i": at.world.complaint})
        assert found == ("answered", "a price file")
        await at.open("complaint_step", complaint_id=at.world.complaint)
        await at.type("stage", "waits")
        await at.save()
        waiting = "SELECT waiting_since FROM complaint WHERE id = :i"
        assert at.one(waiting, i=at.world.complaint) is not None
        await at.open("complaint_step", complaint_id=at.world.waiting)
        await at.type("stage", "goes_on")
        await at.save()
        assert at.one(waiting, i=at.world.waiting) is None


@pytest.mark.parametrize(
    ("subject", "table"), [("action", "action"), ("complaint", "complaint"), ("account", "account")]
)
async def test_things_are_handed_over(tmp_path: Path, subject: str, table: str) -> None:
    async with desk(tmp_path) as at:
        thing = getattr(at.world, subject)
        await at.open("hand", **{f"{subject}_id": thing})
        await at.pilot.press(*"Zoe New", "enter")
        await at.settle()
        if subject == "complaint":  # what they should know comes last
            await at.press("enter")
        assert at.closed
        sql = f"SELECT c.name FROM {table} t JOIN colleague c ON c.id = t.owner_id WHERE t.id = :i"
        assert at.one(sql, i=thing) == "Zoe New"


def test_every_form_has_its_spec_under_its_own_name() -> None:
    from importlib import import_module

    for name, module in FORMS.items():
        assert import_module(f"tui.dialogs.{module}").specs()[name].name == name


def test_what_a_use_case_calls_a_field_finds_it_in_the_form() -> None:
    from importlib import import_module

    from planner.entity import spoken_name

    apart = {"celebrate_on", "consent_on"}  # told from the field beside them by other names
    for name, module in FORMS.items():
        spec = import_module(f"tui.dialogs.{module}").specs()[name]
        for field in spec.fields:
            found = spec.field_for(spoken_name(field.name))
            assert found is field or field.name in apart, (name, field.name)
