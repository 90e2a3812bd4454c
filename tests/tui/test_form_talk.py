"""What the log form is filled from, how few keys it needs, and what it says that it closes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from planner.dates import When, parse_day
from planner.use_cases.accounts import change_account
from planner.use_cases.actions import add_action
from planner.use_cases.meetings import plan_meeting
from planner.use_cases.people import add_person, change_person
from planner.use_cases.touchpoints import log_touchpoint
from tests.fakes import NOON
from tests.makers import at as ago
from tests.makers import day
from tests.tui.form_app import Desk, desk
from tui.dialogs.below_line import BelowLine
from tui.dialogs.follow_up_lines import LineText, spread


def below(at: Desk) -> str:
    return at.form.query_one(BelowLine).words


def meeting(at: Desk, *, minutes: int = 0, days: int = 0, kind: str = "meeting") -> int:
    """A meeting of the other account with its person; its id."""
    moment = NOON + timedelta(minutes=minutes, days=-days)
    when = When(moment.date(), moment, False)
    made = at.book.run(
        plan_meeting, at.world.other, title="Prices", when=when, kind=kind,
        person_ids=[at.world.stranger],
    )  # fmt: skip
    row_id: int = made.result.id
    return row_id


async def test_a_meeting_of_today_fills_the_form_and_is_held_when_it_is_saved(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as at:
        planned = meeting(at, minutes=-120, kind="training")
        form = await at.open("touchpoint", account_id=at.world.other)
        shown = {name: form.texts[name] for name in ("who", "kind", "when")}
        assert shown == {"who": "Stranger", "kind": "training", "when": "10:00"}
        assert form.row("who").side.words == "taken from the 10:00 training"
        assert below(at).endswith("With this the 10:00 training is held.")
        await at.pilot.press(*"went well")
        await at.save()
        talk, kind, occurred = at.row("id, kind, occurred_at", "touchpoint")
        assert (kind, str(occurred)[:16]) == ("training", "2026-03-11T10:00")
        assert at.one("SELECT status FROM meeting WHERE id = :i", i=planned) == "held"
        assert at.one("SELECT touchpoint_id FROM meeting WHERE id = :i", i=planned) == talk


async def test_another_kind_or_day_than_the_meetings_leaves_it_in_the_calendar(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as at:
        planned = meeting(at, minutes=-60)
        await at.open("touchpoint", account_id=at.world.other)
        await at.type("when", "yesterday")
        assert "held" not in below(at)
        await at.type("when", "11:00")
        assert "held" in below(at)
        await at.type("kind", "call")
        assert "held" not in below(at)
        await at.save()
        assert at.one("SELECT status FROM meeting WHERE id = :i", i=planned) == "planned"


async def test_a_meeting_that_begins_soon_is_talked_about_now_and_an_old_one_on_its_day(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as at:
        old = meeting(at, days=2)
        meeting(at, minutes=15)
        form = await at.open("touchpoint", account_id=at.world.other)
        assert (form.texts["kind"], form.texts["when"]) == ("meeting", "now")
        await at.press("escape")
        form = await at.open("touchpoint", account_id=at.world.other, meeting_id=old)
        assert form.texts["when"] == "2026-03-09 12:00"
        await at.save()
        assert at.one("SELECT status FROM meeting WHERE id = :i", i=old) == "held"


async def test_a_meeting_logged_meanwhile_is_refused_and_what_was_typed_stays(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as at:
        planned = meeting(at)
        form = await at.open("touchpoint", account_id=at.world.other)
        await at.pilot.press(*"mine")
        at.book.run(
            log_touchpoint, at.world.other, kind="meeting", when=ago(0, 9), meeting_id=planned
        )
        await at.save()
        assert form.row("meeting_id").problem == "it is logged already"
        assert form.texts["note"] == "mine"


async def test_without_a_meeting_the_channel_is_what_the_person_prefers_else_the_usual(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as at:
        for number in (1, 2):
            at.book.run(log_touchpoint, at.world.other, kind="chat", when=ago(number))
        at.book.run(
            log_touchpoint, at.world.other, kind="email", when=ago(3),
            person_ids=[at.world.stranger],
        )  # fmt: skip
        form = await at.open("touchpoint", account_id=at.world.other)
        assert (form.texts["who"], form.texts["kind"]) == ("Stranger", "chat")
        await at.press("escape")
        at.book.run(change_person, at.world.stranger, preferred_channel="phone")
        form = await at.open("touchpoint", account_id=at.world.other)
        assert form.texts["kind"] == "call"


async def test_a_future_moment_is_refused_at_its_field_and_the_typing_stays(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("touchpoint", account_id=at.world.other)
        await at.pilot.press(*"typed")
        await at.type("when", "2026-03-12")
        await at.save()
        assert form.row("when").problem == "2026-03-12 lies in the future"
        assert (form.texts["when"], form.texts["note"]) == ("2026-03-12", "typed")


async def test_a_person_of_another_account_is_refused_in_words(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("touchpoint", account_id=at.world.other)
        await at.type("who", "Joe")
        await at.save()
        assert form.row("who").problem == "no person of this account answers to 'Joe'"


async def test_a_letter_on_more_goes_to_its_field_from_anywhere(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        at.free_today()
        form = await at.open("touchpoint", account_id=at.world.account)
        await at.press("ctrl+o", "g")
        assert form.focused is form.row("objective_id").target
        await at.press("ctrl+o", "d")
        row = form.row("direction")
        assert form.fields.region.contains_region(row.region), "it is scrolled into view"
        form.row("objective_id").target.focus()
        await at.press(
            "right", "ctrl+o", "m", *"45", "ctrl+o", "d", "i", "ctrl+o", "t", *"Fine", "ctrl+s"
        )
        await at.settle()
        assert at.closed, form.message
        assert at.row("objective_id, minutes, direction, verbatim, note", "touchpoint") == (
            at.world.objective, 45, "in", "Fine", "",
        )  # fmt: skip


async def test_fifty_people_are_typed_taken_and_counted(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        for number in range(50):
            at.book.run(add_person, at.world.other, name=f"Guest {number:02d}")
        form = await at.open("touchpoint", account_id=at.world.other)
        await at.type("who", ", ".join(f"guest {number:02d}" for number in range(50)))
        await at.save()
        assert at.closed, form.message
        talk = at.one("SELECT MAX(id) FROM touchpoint")
        count = at.one("SELECT COUNT(*) FROM participant WHERE touchpoint_id = :i", i=talk)
        assert count == 50


async def test_the_form_says_how_many_lines_of_today_go(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        at.book.run(change_account, at.world.other, cadence_days=10, stage="established")
        at.book.run(log_touchpoint, at.world.other, kind="call", when=ago(30))
        due = at.book.run(add_action, at.world.other, action="Send prices", due_on=day(0)).result.id
        form = await at.open("touchpoint", account_id=at.world.other)
        assert below(at).endswith("Closes 1 line of Today.")
        await at.type("kind", "email")
        assert "Closes" not in below(at)
        await at.type("kind", "call")
        await at.type("action_id", str(due))
        await at.type("action_done", "yes")
        assert below(at).endswith("Closes 2 lines of Today.")
        await at.type("when", "-11d")
        assert below(at).endswith("Closes 1 line of Today.")
        await at.save()
        assert at.closed, form.message
        assert at.one("SELECT status FROM action WHERE id = :i", i=due) == "done"


@pytest.mark.parametrize("line", ["many words of one talk\n", "no break at all, "])
async def test_a_note_of_a_million_signs_opens_scrolls_and_is_saved(
    tmp_path: Path, line: str
) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("touchpoint", account_id=at.world.other)
        note = (line * 60_000)[:1_000_000]
        await at.type("note", note)
        await at.press("x")
        typed = form.row("note").text
        assert len(typed) == 1_000_001
        same = typed == "x" + note
        assert same, "one sign was added at the start"
        await at.save()
        assert at.closed, form.message
        talk, kept = at.row("id, note", "touchpoint")
        same = kept == typed
        assert same, "the note is stored whole"
        form = await at.open("entry", touchpoint_id=talk)
        same = form.row("note").text == typed
        assert same, "the note comes back whole"


async def test_a_follow_up_written_in_one_go_goes_where_its_parts_belong(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        at.free_today()
        form = await at.open("touchpoint", account_id=at.world.account)
        form.row("follow_ups").target.focus()
        await at.press(*"promise: price list by fri", "enter", *"they: Maria: order list by car")
        await at.save()
        assert at.closed, form.message
        rows = at.book.connection.rows(
            "SELECT side, action, promised, due_on, their_owner_id FROM action"
            " ORDER BY id DESC LIMIT 2"
        )
        assert rows == [
            ("they", "order list by car", 0, None, at.world.maria),
            ("we", "price list", 1, "2026-03-13", None),
        ]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("plain words", LineText("we", "plain words")),
        ("they: we: x", LineText("we", "x")),
        ("Promised: they: x by fri", LineText("they", "x", True, "fri")),
        ("send by 12 mar 2026", LineText("we", "send", False, "12 mar 2026")),
        ("stand by me by fri", LineText("we", "stand by me", False, "fri")),
        ("by fri", LineText("we", "by fri")),
        ("they:", LineText("we", "they:")),
        ("Ben: they: x", LineText("we", "Ben: they: x")),
    ],
)
def test_the_parts_of_a_follow_up(written: str, read: LineText) -> None:
    found = spread(LineText(what=written), lambda text: parse_day(text, day(0), past=False))
    assert found == read


def test_a_day_that_stands_already_is_kept() -> None:
    line = LineText(what="x by fri", by="mon")
    assert spread(line, lambda text: parse_day(text, day(0), past=False)) == line


async def test_what_a_logged_talk_is_about_is_changed_in_its_form(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        w = at.world
        talk = at.book.run(
            log_touchpoint, w.account, kind="call", when=ago(1), objective_id=w.objective,
            minutes=20,
        ).result.id  # fmt: skip
        form = await at.open("entry", touchpoint_id=talk)
        assert (form.texts["objective_id"], form.texts["minutes"]) == (str(w.objective), "20")
        await at.fill(
            objective_id="", complaint_id=str(w.complaint), action_id=str(w.action), minutes="25"
        )
        await at.save()
        assert at.closed, form.message
        about = at.row("objective_id, complaint_id, action_id, minutes", "touchpoint")
        assert about == (None, w.complaint, w.action, 25)
