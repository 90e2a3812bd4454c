"""The forms of interviews and lines: typed by keys, drafts kept, long and hostile texts whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import Paste
from textual.widgets import Static

from planner.plan_fields import line_sections, preamble, prompts_of
from tests.tui.form_app import Blank, Desk, desk
from tests.tui.test_form_engine import HOSTILE, acting, shown
from tui.dialogs.opening import FORMS, open_form

ANSWERS = (
    "SELECT field, entry, source, driver, person_id FROM entry WHERE interview_id ="
    " (SELECT MAX(id) FROM interview) ORDER BY id"
)


def words_of(at: Desk, kind: str) -> str:
    return " ".join(str(line.content) for line in at.form.query(f".{kind}").results(Static))


async def test_a_stay_interview_is_typed_by_keys_alone(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("interview_stay", account_id=at.world.account)
        assert form.texts["who"] == "Maria"
        assert words_of(at, "preamble") == preamble("stay")
        assert all(one.prompt in words_of(at, "prompt") for one in prompts_of("stay"))
        await at.pilot.press(*"saved us", "enter", *"a day", "tab", *"Time saved", "enter")
        await at.pilot.press(*"it was cheap")
        await at.press("ctrl+s")
        assert at.closed, form.message
        maria = at.world.maria
        assert at.book.connection.rows(ANSWERS) == [
            ("why_renewed", "saved us\na day", "customer", "time", maria),
            ("justified", "it was cheap", "customer", None, maria),
        ]
        talk = "SELECT kind, two_way, topic FROM touchpoint ORDER BY id DESC"
        assert at.book.connection.one(talk) == ("meeting", 1, "why they stay")
        assert "recorded with Nordic Oy: why they stay" in at.said[-1]


async def test_the_exit_interview_begins_calmly_and_a_detail_names_its_reason(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("interview_exit", account_id=at.world.account)
        assert "nothing you say will be argued with" in shown(at).replace("\n", " ")
        await at.fill(solved="partly", reason_detail="price_rise")
        await at.pilot.pause()
        assert form.row("reason_detail").side.words == "of: the price"
        await at.fill(stated_reason="budget", win_back_on="2027-01-15")
        await at.save()
        assert at.closed, form.message
        row = "SELECT reason, reason_detail, stated_reason, win_back_on FROM interview ORDER BY id"
        assert at.book.connection.rows(row)[-1] == (
            "price", "price_rise", "budget", "2027-01-15",
        )  # fmt: skip


async def test_an_exit_interview_without_a_reason_says_so_under_it(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("interview_exit", account_id=at.world.account)
        await at.type("solved", "no")
        await at.save()
        assert "say why they leave" in form.row("reason").problem
        await at.fill(reason="price", reason_detail="bundle")
        await at.save()
        assert "none of too_expensive" in form.row("reason_detail").problem
        assert form.texts["solved"] == "no"


async def test_what_we_assume_logs_no_talk(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        talks = at.one("SELECT COUNT(*) FROM touchpoint")
        form = await at.open("interview_bought", account_id=at.world.account)
        await at.type("source", "assumed")
        await at.pilot.pause()
        assert form.row("source").side.words == "no talk is logged"
        await at.type("buyer_id", "joe")
        await at.save()
        assert at.closed, form.message
        joe = at.world.joe
        assert at.book.connection.rows(ANSWERS) == [("real_buyer", "Joe", "assumed", None, joe)]
        assert at.one("SELECT COUNT(*) FROM touchpoint") == talks


async def test_the_talk_that_is_logged_already_is_chosen(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("interview_stay", account_id=at.world.account)
        await at.fill(talk=str(at.world.touchpoint), doubt="none")
        await at.save()
        assert at.closed, form.message
        talk = "SELECT touchpoint_id FROM interview ORDER BY id DESC"
        assert at.one(talk) == at.world.touchpoint


async def test_esc_keeps_the_draft_of_each_interview_apart(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        await at.open("interview_stay", account_id=at.world.account)
        await at.pilot.press(*"half an answer")
        await at.press("escape")
        assert at.closed
        assert "draft is kept" in at.said[-1]
        form = await at.open("interview_exit", account_id=at.world.account)
        assert form.texts["solved"] == ""
        await at.press("escape")
        form = await at.open("interview_stay", account_id=at.world.account)
        assert form.texts["why_renewed"] == "half an answer"
        await at.save()
        assert at.closed, form.message


async def test_a_pasted_answer_of_a_megabyte_is_kept_whole(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("interview_stay", account_id=at.world.account)
        text = "They told us everything, at length. " * 29_000
        assert len(text) > 1_000_000
        form.row("value").target.focus()
        await at.pilot.pause()
        at.app.post_message(Paste(text))
        await at.settle()
        await at.save()
        assert at.closed, form.message
        assert at.book.connection.rows(ANSWERS)[0][:2] == ("value", text)


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_answers_are_kept_as_typed_and_act_on_nothing(
    tmp_path: Path, text: str
) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("interview_stay", account_id=at.world.account)
        await at.fill(why_renewed=text, why_renewed_driver=text)
        assert acting(shown(at)) == []
        await at.save()
        assert at.closed, form.message
        (row,) = at.book.connection.rows(ANSWERS)
        assert row[:2] == ("why_renewed", text)


async def test_a_line_asks_the_question_of_its_kind(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("line_contact_plan", account_id=at.world.account)
        assert words_of(at, "prompt") == "When is the next quarterly review?"
        await at.type("on_date", "2026-04-02")
        await at.save()
        assert at.closed, form.message
        row = "SELECT field, on_date, source FROM entry ORDER BY id DESC"
        assert at.book.connection.one(row) == ("qbr", "2026-04-02", "assumed")
        form = await at.open("line_contact_plan", account_id=at.world.account)
        await at.type("field", "sends")
        await at.pilot.pause()
        assert words_of(at, "prompt").startswith("Which function sends what")
        await at.type("topic", "news")
        await at.save()
        assert "which function sends it" in form.row("function").problem, form.message
        await at.fill(function="marketing", colleague_id="Eve Ek")
        await at.save()
        assert at.closed, form.message
        row = "SELECT e.entry, c.name FROM entry e JOIN colleague c ON c.id = e.colleague_id"
        assert at.book.connection.one(row) == ("news", "Eve Ek")


async def test_a_line_is_changed_told_and_archived(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        await at.open("line_why_stay", account_id=at.world.account)
        await at.fill(field="lost_by_leaving", entry="ten years of history")
        await at.save()
        line = at.one("SELECT MAX(id) FROM entry")
        form = await at.open("line", entry_id=line)
        assert "Lost by leaving" in shown(at)
        assert {"function", "to_date"}.isdisjoint(form.texts)
        await at.fill(told_on="yesterday", person_id="joe", driver="insight")
        await at.save()
        assert at.closed, form.message
        row = "SELECT told_on, person_id, driver FROM entry WHERE id = :i"
        told = at.book.connection.one(row, {"i": line})
        assert told == ("2026-03-10", at.world.joe, "insight")
        await at.open("line", entry_id=line)
        await at.type("archive", "yes")
        await at.save()
        assert at.one("SELECT archived_at FROM entry WHERE id = :i", i=line) is not None


async def test_an_exit_interview_is_put_right_and_others_say_where_their_answers_are(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as at:
        await at.open("interview_exit", account_id=at.world.account)
        await at.type("reason_detail", "price_rise")
        await at.save()
        left = at.one("SELECT MAX(id) FROM interview")
        form = await at.open("interview", interview_id=left)
        assert form.texts["reason"] == "price"
        await at.type("reason", "in_house")
        await at.save()
        assert at.closed, form.message
        row = "SELECT reason, reason_detail FROM interview WHERE id = :i"
        assert at.book.connection.one(row, {"i": left}) == ("in_house", None)
        stay = at.one("SELECT MIN(id) FROM interview")
        assert isinstance(at.app.screen, Blank)
        open_form(at.app.screen, "interview", interview_id=stay)
        await at.settle()
        assert at.closed
        assert "lines of their own" in at.said[-1]


async def test_a_seat_has_who_stands_in_and_what_it_looks_after(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("team", account_id=at.world.account)
        await at.fill(backup_sales="Eve Ek", duty_sales="the renewal", backup_service="ann")
        await at.save()
        assert "nobody sits there" in form.row("service").problem
        await at.type("backup_service", "")
        await at.save()
        assert at.closed, form.message
        seat = "SELECT c.name, s.responsibility FROM seat s JOIN colleague c ON c.id = s.backup_id"
        assert at.book.connection.rows(seat) == [("Eve Ek", "the renewal")]
        form = await at.open("team", account_id=at.world.account)
        assert form.texts["backup_sales"] == "Eve Ek"
        await at.type("duty_sales", "")
        await at.save()
        assert at.one("SELECT responsibility FROM seat WHERE backup_id IS NOT NULL") is None


async def test_what_a_person_wants_is_kept_in_their_form(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("person", account_id=at.world.account, person_id=at.world.maria)
        for name, text in (
            ("personal_win", "a promotion"), ("topics", "returns"), ("contact_every_days", "14"),
            ("support_channel", "chat"), ("learning", "films"),
        ):  # fmt: skip
            await at.type(name, text)
        await at.save()
        assert at.closed, form.message
        row = (
            "SELECT m.personal_win, m.topics, m.contact_every_days, p.support_channel, p.learning"
            " FROM membership m JOIN person p ON p.id = m.person_id WHERE p.id = :i"
        )
        kept = at.book.connection.one(row, {"i": at.world.maria})
        assert kept == ("a promotion", "returns", 14, "chat", "films")


def test_every_section_with_lines_has_its_form() -> None:
    assert {name for name in FORMS if name.startswith("line_")} == {
        f"line_{section}" for section in line_sections()
    }
