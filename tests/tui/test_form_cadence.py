"""The forms of how often contact is wanted, and of letting it rest."""

from __future__ import annotations

from pathlib import Path

from tests.tui.form_app import desk


async def test_an_agreement_is_kept_with_whom_it_was_made(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("cadence", account_id=at.world.account)
        await at.fill(
            cadence_days="20", cadence_max_days="40", cadence_agreed_on="2026-03-01",
            cadence_agreed_with_id="Maria", qbr_every_days="60",
        )  # fmt: skip
        await at.save()
        assert at.closed, form.message
        row = at.book.connection.one(
            "SELECT cadence_days, cadence_max_days, cadence_agreed_on, cadence_agreed_with_id,"
            " qbr_every_days FROM account WHERE id = :i",
            {"i": at.world.account},
        )
        assert row == (20, 40, "2026-03-01", at.world.maria, 60)


async def test_a_maximum_below_the_ideal_stays_in_the_form(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("cadence", account_id=at.world.account)
        await at.fill(cadence_days="20", cadence_max_days="10")
        await at.save()
        assert not at.closed
        assert "see the lines in the fields" in form.message
        assert at.one("SELECT cadence_days FROM account WHERE id = :i", i=at.world.account) is None


async def test_contact_rests_until_a_day_with_a_reason(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("snooze", account_id=at.world.account)
        await at.fill(until="2026-04-01", reason="[b]on leave", person_id="Joe")
        await at.save()
        assert at.closed, form.message
        row = at.book.connection.one(
            "SELECT until_on, reason, person_id FROM snooze ORDER BY id DESC LIMIT 1"
        )
        assert row == ("2026-04-01", "[b]on leave", at.world.joe)
