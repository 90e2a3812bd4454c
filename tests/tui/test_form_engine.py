"""Nothing typed into a form is lost: errors, conflicts, a locked book, drafts, pastes, hostile
text."""

from __future__ import annotations

import json
import sqlite3
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from textual.events import Paste

from planner.use_cases.accounts import change_account
from tests.tui.form_app import Blank, Desk, desk
from tui import paths
from tui.dialogs.question import QuestionDialog

HOSTILE = [
    "[/]", "[@click=app.quit]x[/]", "\x1b]52;c;eA==\x07", "\u202egnirts", "[link=http://e]z[/link]",
    "\x9b31m", "'; DROP TABLE account;--", "<script>", "%s{0}{name}", "👩\u200d🚀",
]  # fmt: skip


def shown(at: Desk) -> str:
    """Everything the screen in front draws, as text."""
    strips = at.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


def acting(text: str) -> list[str]:
    """Characters of a drawn text that would act on a terminal."""
    return [
        c for c in text if (ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0 or c == "\u202e"
    ]


async def test_what_is_wrong_stands_under_its_field_and_what_was_typed_stays(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("contract", account_id=at.world.account)
        await at.type("arr_minor", "lots")
        await at.type("start_on", "2026-01-01")
        await at.type("end_on", "2025-01-01")
        await at.save()
        assert "is no amount" in form.row("arr_minor").problem
        assert form.focused is form.row("arr_minor").target
        await at.type("arr_minor", "100k")
        await at.save()
        assert "end lies before" in form.row("end_on").problem
        assert form.row("arr_minor").problem == ""
        assert form.texts["end_on"] == "2025-01-01"
        assert form.texts["arr_minor"] == "100k"


async def test_a_refusal_that_names_no_field_stands_above_the_keys(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("objective", account_id=at.world.other)
        await at.type("objective", "x")
        await at.save()
        assert "has no plan yet" in form.message
        assert form.texts["objective"] == "x"


async def test_a_problem_under_more_unfolds_it(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("account", account_id=at.world.account)
        await at.type("parent_id", "nobody at all")
        await at.save()
        assert "No account answers" in form.row("parent_id").problem
        assert form.row("parent_id").display


async def test_esc_keeps_a_draft_and_the_form_brings_it_back(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        await at.open("account", account_id=at.world.account)
        await at.type("sector", "food")
        await at.type("note", "half a\nthought")
        await at.press("escape")
        assert at.closed
        assert "draft is kept" in at.said[-1]
        form = await at.open("account", account_id=at.world.account)
        assert form.texts["sector"] == "food"
        assert form.texts["note"] == "half a\nthought"
        assert form.row("sector").display
        assert "Your draft of Wed 11 Mar 2026, 12:00 is back" in form.message
        await at.save()
        form = await at.open("account", account_id=at.world.account)
        assert form.message == ""
        assert at.one("SELECT sector FROM account WHERE id = :i", i=at.world.account) == "food"


async def test_a_draft_is_there_after_the_app_ended_and_readable_by_its_owner_alone(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as at:
        await at.open("person", account_id=at.world.account)
        await at.pilot.press(*"Pe")
        await at.press("ctrl+q")
    file = next(paths.state_folder().glob("drafts-*.db"))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    async with desk(tmp_path) as at:
        form = await at.open("person", account_id=at.world.account)
        assert form.texts["name"] == "Pe"


async def test_a_form_left_untouched_leaves_no_draft(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        await at.open("person", account_id=at.world.account)
        await at.press("escape")
        assert at.closed
        assert await at.app.store.drafts.list() == []


async def test_a_draft_says_what_others_changed_meanwhile(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        await at.open("account", account_id=at.world.account)
        await at.type("sector", "food")
        await at.press("escape")
        at.book.run(change_account, at.world.account, sector="ships", country="FI")
        form = await at.open("account", account_id=at.world.account)
        assert "Somebody changed these meanwhile: Sector" in form.message
        assert form.texts["country"] == "FI"


async def test_discarding_asks_and_no_is_the_answer_to_enter(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("person", account_id=at.world.account)
        await at.pilot.press(*"Pe")
        await at.press("ctrl+g")
        assert isinstance(at.app.screen, QuestionDialog)
        await at.press("enter")
        assert at.form is form
        await at.press("ctrl+g", "y", "enter")
        assert at.closed
        assert await at.app.store.drafts.list() == []


async def test_a_conflict_names_who_and_what_and_saving_works_after_a_reload(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("account", account_id=at.world.account)
        await at.type("sector", "food")
        at.book.run(change_account, at.world.account, sector="ships", country="FI")
        await at.save()
        assert form.message.startswith("Bob changed Sector first, Wed 11 Mar 2026, 12:00")
        assert form.row("sector").problem == "was -- · Bob: ships · you: food"
        assert form.texts["sector"] == "food"
        await at.press("escape")
        assert at.form is form
        assert "Bob changed Sector first" in form.message
        await at.press("ctrl+r")
        assert form.texts["country"] == "FI"
        assert "Yours are kept in: Sector" in form.message
        await at.save()
        assert at.closed
        row = "SELECT sector, country FROM account WHERE id = :i"
        assert at.book.connection.one(row, {"i": at.world.account}) == ("food", "FI")


async def test_a_change_of_another_field_is_merged_and_said(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        await at.open("account", account_id=at.world.account)
        await at.type("sector", "food")
        at.book.run(change_account, at.world.account, country="FI")
        await at.save()
        assert at.closed
        assert "merged with the change of Bob" in at.said[-1]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Locks are given up at once."""
    monkeypatch.setattr("db.sqlite.BUSY_TIMEOUT_MS", 30)


@pytest.mark.usefixtures("impatient")
async def test_a_locked_book_is_said_and_the_draft_is_kept(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("action", account_id=at.world.account)
        await at.pilot.press(*"send it")
        raw = sqlite3.connect(tmp_path / "book.db", isolation_level=None)
        raw.execute("BEGIN IMMEDIATE")
        await at.save()
        assert "Another program is writing to the book" in form.message
        assert form.texts["action"] == "send it"
        kept = await at.app.store.drafts.get("action", form.subject.key)
        assert kept is not None
        assert kept.values["action"] == "send it"
        raw.close()
        await at.save()
        assert at.closed


async def test_a_book_that_became_read_only_keeps_the_form(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("action", account_id=at.world.account)
        await at.pilot.press(*"send it")
        await at.app.store._writer.call(lambda book: setattr(book.connection, "read_only", True))
        await at.save()
        assert "read-only" in form.message
        assert form.texts["action"] == "send it"


async def test_pasted_lines_are_joined_and_the_person_is_told(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("action", account_id=at.world.account)
        at.app.post_message(Paste("first\nsecond\r\n\nthird"))
        await at.settle()
        assert form.texts["action"] == "first second third"
        assert "3 pasted lines were joined into one" in at.said[-1]
        await at.open("complaint", account_id=at.world.account)
        at.form.row("detail").target.focus()
        at.app.post_message(Paste("a\nb"))
        await at.settle()
        assert at.form.texts["detail"] == "a\nb"


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_is_shown_as_signs_and_saved_to_the_letter(
    tmp_path: Path, text: str
) -> None:
    async with desk(tmp_path) as at:
        form = await at.open(
            "complaint", account_id=at.world.account, preset={"title": text, "detail": text}
        )
        assert acting(shown(at)) == []
        await at.save()
        await at.press("escape")  # whether it comes from the incident of the account
        assert at.closed, form.message
        sql = "SELECT title, detail FROM complaint ORDER BY id DESC"
        assert at.book.connection.one(sql) == (text.strip(), text)
        await at.open("hand", complaint_id=at.one("SELECT id FROM complaint ORDER BY id DESC"))
        assert acting(shown(at)) == []


async def test_hostile_text_that_is_refused_is_shown_in_the_message_as_signs(
    tmp_path: Path, samples: Path
) -> None:
    lines = json.loads((samples / "blns" / "blns.json").read_text(encoding="utf-8"))[::12]
    async with desk(tmp_path) as at:
        form = await at.open("contract", account_id=at.world.account)
        for line in [*lines, *HOSTILE]:
            form.row("arr_minor").text = f"x{line}"
            form.row("end_on").text = f"x{line}"
            form.row("note").text = line
            form.say_here(line, bad=True)
            form.row("name").show_problem(line)
            await at.pilot.pause()
            assert acting(shown(at)) == []
        await at.save()
        assert "is no amount" in form.row("arr_minor").problem
        assert acting(shown(at)) == []


@pytest.mark.parametrize("size", [(40, 10), (80, 24), (120, 40)])
async def test_a_form_is_filled_by_keys_at_every_size(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with desk(tmp_path, size) as at:
        form = await at.open("action", account_id=at.world.account)
        await at.pilot.press(*"call", "enter", "enter", "enter", "enter", *"fri")
        await at.settle()
        assert "Fri 13 Mar 2026" in shown(at)
        await at.press("enter", "y", "enter", "enter")
        assert at.closed, form.message
        sql = "SELECT action, due_on, promised FROM action ORDER BY id DESC"
        assert at.book.connection.one(sql) == ("call", "2026-03-13", 1)


async def test_a_read_only_book_opens_no_form_and_says_so(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        assert at.app.facts is not None
        at.app.facts = replace(at.app.facts, read_only=True)
        from tui.dialogs.opening import open_form

        assert isinstance(at.app.screen, Blank)
        open_form(at.app.screen, "action", account_id=at.world.account)
        await at.settle()
        assert at.closed
        assert "read-only" in at.said[-1]


async def test_a_long_text_goes_through_the_editor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui.dialogs.text_editor import edit_text, editor_command

    script = tmp_path / "ed"
    script.write_text('#!/bin/sh\nprintf "more" >> "$1"\n')
    script.chmod(0o700)
    assert edit_text("a note", editor_command({"EDITOR": str(script)})) == "a notemore"
    async with desk(tmp_path) as at:
        form = await at.open("complaint", account_id=at.world.account)
        monkeypatch.setenv("EDITOR", str(script))
        await at.press("f4")
        assert "cannot be lent" in form.message


async def test_the_menu_of_a_form_lists_its_actions_and_runs_them(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("action", account_id=at.world.account)
        assert "form.save" in form.action_ids()
        assert "form.complaint" not in form.action_ids()
        await at.pilot.press(*"call them")
        await at.press("f2", *"save", "enter")
        assert at.closed
        assert at.one("SELECT action FROM action ORDER BY id DESC") == "call them"
