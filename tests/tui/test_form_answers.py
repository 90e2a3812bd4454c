"""The form of a contact: what it answers, and what they ask for in it."""

from __future__ import annotations

from pathlib import Path

from planner.use_cases.requests import add_request
from tests.tui.form_app import desk


async def test_a_contact_closes_the_request_that_it_answers(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        asked = at.book.run(
            add_request, at.world.account, "quote", asked_by_id=at.world.maria
        ).result.id  # fmt: skip
        form = await at.open("touchpoint", account_id=at.world.account)
        assert "they asked for a quote" in str(form.row("answers_id").field.labels)
        assert form.row("answers_id").side.words
        await at.fill(who="Maria", answers_id=str(asked))
        await at.save()
        assert at.closed, form.message
        made = at.one("SELECT id FROM touchpoint ORDER BY id DESC")
        assert at.one("SELECT answered_by_id FROM action WHERE id = :i", i=asked) == made
        form = await at.open("touchpoint", account_id=at.world.account)
        assert str(asked) not in str(form.texts.get("answers_id"))


async def test_a_contact_in_which_they_ask_owes_the_answer(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("touchpoint", account_id=at.world.account)
        await at.fill(who="Joe", asks="document", asks_what="the certificate", asks_due="fri")
        await at.save()
        assert at.closed, form.message
        asked = at.book.connection.rows(
            "SELECT request, action, asked_by_id, due_on, origin FROM action"
            " WHERE survey_trigger IS NULL ORDER BY id DESC LIMIT 1"
        )
        assert asked == [
            ("document", "the certificate", at.world.joe, "2026-03-13", "touchpoint"),
        ]
