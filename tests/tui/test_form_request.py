"""Forms of requests, of dates to celebrate and of advocacy."""

from __future__ import annotations

from pathlib import Path

from planner.use_cases.complaints import log_complaint
from tests.makers import at as moment
from tests.tui.form_app import desk


async def test_what_they_asked_for_is_kept_and_due_by_the_setting(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("request", account_id=at.world.account)
        assert "2 business days" in form.row("due_on").side.words
        await at.fill(request="quote", asked_by_id="Maria", asked_on="mon")
        await at.save()
        assert at.closed, form.message
        assert at.row("request, action, asked_by_id, due_on, starts_on, side", "action") == (
            "quote", "send a quote", at.world.maria, "2026-03-11", "2026-03-09", "we",
        )  # fmt: skip
        form = await at.open("request", account_id=at.world.account)
        await at.fill(due_on="2026-03-12", asked_on="2026-03-13")
        await at.save()
        assert not at.closed
        assert form.row("asked_on").problem


async def test_an_achievement_happens_once_and_is_warned_against(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        at.book.run(log_complaint, at.world.account, title="Down", when=moment(1),
                    severity="critical")  # fmt: skip
        form = await at.open("celebration", account_id=at.world.account)
        assert "critical complaint C-3 is open" in form.row("label").field.prompt
        await at.pilot.press(*"went public")
        await at.save()
        assert at.closed, form.message
        assert at.row("kind, yearly, on_date, marked_on", "celebration") == (
            "achievement", 0, "2026-03-11", None,
        )  # fmt: skip
        made = at.one("SELECT id FROM celebration ORDER BY id DESC")
        await at.open("celebration", celebration_id=made)
        await at.fill(celebrated="yes", link="https://example.com")
        await at.save()
        assert at.row("marked_on, link", "celebration") == ("2026-03-11", "https://example.com")
        await at.open("celebration", celebration_id=made)
        await at.fill(withdraw="yes")
        await at.save()
        assert at.one("SELECT archived_at FROM celebration WHERE id = :i", i=made)


async def test_advocacy_is_logged_changed_and_taken_out(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("advocacy", account_id=at.world.account)
        await at.pilot.press(*"spoke for us")
        await at.fill(person_id="Joe", kind="referral")
        await at.save()
        assert at.closed, form.message
        assert at.row("kind, advocacy, person_id, on_date", "advocacy") == (
            "referral", "spoke for us", at.world.joe, "2026-03-11",
        )  # fmt: skip
        made = at.one("SELECT id FROM advocacy ORDER BY id DESC")
        await at.open("advocacy", advocacy_id=made)
        await at.fill(kind="answer")
        await at.save()
        assert at.row("kind", "advocacy") == ("answer",)
        await at.open("advocacy", advocacy_id=made)
        await at.fill(withdraw="yes")
        await at.save()
        assert at.one("SELECT archived_at FROM advocacy WHERE id = :i", i=made)
