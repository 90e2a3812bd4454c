"""The screen Rules, its forms, and an alert of Today."""

from __future__ import annotations

from pathlib import Path

from planner.use_cases.alerts import add_alert_rule
from planner.use_cases.success_criteria import add_criterion
from tests.makers import opened
from tests.tui.conftest import OpenHouse
from tests.tui.form_app import desk
from tui.dialogs.form import FormScreen
from tui.screens.account import AccountScreen
from tui.screens.rules import RulesScreen
from tui.screens.today import TodayScreen
from tui.widgets.document import Document


async def test_the_lists_follow_each_other_and_open_what_they_show(house: OpenHouse) -> None:
    async with house() as home:
        book = opened(home.path, actor="Ann")
        book.run(add_alert_rule, name="all of Nordic", segment="nordic", advice="Call.")
        book.run(add_criterion, name="few", metric="returns", good=2.0, less_is_better=True)
        book.close()
        await home.app.go_top("rules")
        await home.settle()
        assert isinstance(home.app.screen, RulesScreen)
        assert [row[:2] for row in home.rows()] == [("all of Nordic", "Nordic Foods")]
        assert home.words("#reason") == "Nordic Foods · all of Nordic: Call."
        await home.press("z")
        assert isinstance(home.app.screen, FormScreen)
        await home.press("escape", "enter")
        assert isinstance(home.app.screen, AccountScreen)
        await home.press("escape", "s")
        assert home.rows()[0][:3] == ("all of Nordic", "nordic", "the owner")
        await home.press("z", "enter")
        assert isinstance(home.app.screen, FormScreen)
        await home.press("escape", "s")
        assert home.rows()[0][0] == "few"
        assert "on track at 2 or less, else off track" in home.words("#reason")
        await home.press("e")
        assert isinstance(home.app.screen, FormScreen)
        await home.press("escape", "n")
        assert isinstance(home.app.screen, FormScreen)
        await home.press("escape", "s")
        assert home.rows()[0][1] == "Nordic Foods"


async def test_z_on_an_alert_of_today_sets_it_aside(house: OpenHouse) -> None:
    async with house() as home:
        book = opened(home.path, actor="Ann")
        book.run(add_alert_rule, name="grown", segment="tekstil", advice="Call.")
        book.close()
        screen = home.app.screen
        assert isinstance(screen, TodayScreen)
        screen.reload()
        await home.settle()
        body = screen.query_one("#body", Document)
        body.move_to_key(f"now:{home.ids['Çınar Tekstil']}")
        assert any("grown: Call." in line for line in home.lines())
        await home.press("d")
        assert "z sets this alert aside" in home.said[-1]
        await home.press("z")
        form = home.app.screen
        assert isinstance(form, FormScreen)
        await home.press(*"friday", "enter", *"leave", "enter")
        await home.settle()
        assert isinstance(home.app.screen, TodayScreen), form.message
        assert not any("grown: Call." in line for line in home.lines())


async def test_a_criterion_is_kept_changed_and_taken_out(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("criterion")
        await at.fill(name="online", metric="orders online", segment="band:red", good="60")
        await at.save()
        assert not at.closed
        await at.fill(segment="tier:1", poor="30")
        await at.save()
        assert at.closed, form.message
        made = at.one("SELECT id FROM success_criterion WHERE name = 'online'")
        form = await at.open("criterion", success_criterion_id=made)
        await at.fill(segment="", poor="")
        await at.save()
        assert at.closed, form.message
        row = at.book.connection.one(
            "SELECT segment, poor FROM success_criterion WHERE name = 'online'"
        )
        assert row == ("", None)
        await at.open("criterion", success_criterion_id=made)
        await at.fill(withdraw="yes")
        await at.save()
        assert at.one("SELECT archived_at FROM success_criterion WHERE name = 'online'")


async def test_a_rule_is_kept_and_its_alert_answered(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("alert_rule")
        await at.fill(name="new", segment="owner:me")
        await at.save()
        assert not at.closed
        await at.fill(segment="tier:1", advice="Call.")
        await at.save()
        assert at.closed, form.message
        rule = at.one("SELECT id FROM alert_rule WHERE name = 'new'")
        form = await at.open("alert_answer", account_id=at.world.account, alert_rule_id=rule)
        await at.fill(until="2026-04-01", reason="[b]holiday")
        await at.save()
        assert at.closed, form.message
        assert at.one("SELECT reason FROM alert_answer WHERE rule_id = :r", r=rule) == "[b]holiday"
        form = await at.open("alert_rule", alert_rule_id=rule)
        await at.fill(advice="")
        await at.save()
        assert at.closed, form.message
        assert at.one("SELECT advice FROM alert_rule WHERE id = :r", r=rule) is None
        await at.open("alert_rule", alert_rule_id=rule)
        await at.fill(withdraw="yes")
        await at.save()
        assert at.one("SELECT archived_at FROM alert_rule WHERE id = :r", r=rule)
