"""The quiet line of contact pressure under a form: after a contact, before an outreach."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from planner.pressure import Pressure, Quiet, Subject, Touch, Window, pressure_of
from planner.use_cases.actions import add_action
from planner.use_cases.complaints import log_complaint
from planner.use_cases.people import add_person, change_person
from planner.use_cases.settings import change_setting
from planner.use_cases.touchpoints import log_touchpoint
from tests.makers import at as ago
from tests.makers import day
from tests.tui.form_app import Desk, desk
from tui.dialogs.below_line import BelowLine
from tui.pressure_words import after_contact, before_outreach, short_line

MONDAY = date(2026, 11, 23)


def below(at: Desk) -> str:
    """The quiet line of the form in front; empty where it takes no room."""
    line = at.form.query_one(BelowLine)
    assert line.display is bool(line.words)
    return line.words


def wrote(at: Desk, days: int, **fields: Any) -> None:
    """Mails to Joe, who had none."""
    at.book.run(
        log_touchpoint, at.world.account, kind="email", when=ago(days),
        person_ids=[at.world.joe], **fields,
    )  # fmt: skip


# The words


def maria(*touches: Touch, **fields: Any) -> Subject:
    return Subject("person", 1, "Maria Lind", (Window(3, 7),), touches)._replace(**fields)


def test_the_line_of_the_mockup() -> None:
    marketing = Touch(MONDAY - timedelta(days=4), "email", "marketing", "Elif", id=1)
    sales = Touch(MONDAY - timedelta(days=3), "email", "sales", "Jon", id=2)
    this = Touch(MONDAY, "meeting", "success", "Ben")
    assert after_contact([maria(marketing, sales)], this, MONDAY) == (
        "Maria is now at 3 of 3 contacts in 7 days (marketing Thu, sales Fri, this one);"
        " next free day for something new: Thu 26 Nov."
    )


def test_of_many_people_the_most_pressed_are_named_and_the_rest_counted() -> None:
    this = Touch(MONDAY, "webinar", "marketing")
    crowd = [maria(id=number, name=f"P{number} X") for number in range(49)]
    busy = maria(Touch(MONDAY, "email", "sales", id=1), id=99)
    words = after_contact([*crowd, busy], this, MONDAY)
    assert words.startswith("Maria is now at 2 of 3 contacts in 7 days (sales Mon, this one);")
    assert words.endswith("And 48 more.")
    assert after_contact([], this, MONDAY) == ""


def test_an_outreach_within_the_caps_is_not_warned_against() -> None:
    assert before_outreach([maria()], Touch(MONDAY, "", planned=True), MONDAY) == ""


def test_why_an_outreach_is_warned_against() -> None:
    planned = Touch(MONDAY, "", planned=True)
    mails = [Touch(MONDAY, "email", "sales", id=number) for number in (1, 2, 3)]
    assert before_outreach([maria(*mails)], planned, MONDAY) == (
        "Maria: has 3 of 3 contacts in 7 days by Mon 23 Nov without this"
        " (sales Mon, sales Mon, sales Mon); next free day: Mon 30 Nov."
    )
    quiet = Quiet(MONDAY, date(2027, 1, 8), "holiday")
    assert before_outreach([maria(quiets=(quiet,))], planned, MONDAY) == (
        "Maria: quiet until Fri 8 Jan 2027 (holiday); next free day: Sat 9 Jan 2027."
    )
    assert before_outreach([maria(opted_out=True)], planned, MONDAY) == (
        "Maria: opted out of outreach; replies and service go on."
    )
    for_ever = Quiet(MONDAY, date.max)
    assert before_outreach([maria(quiets=(for_ever,))], planned, MONDAY).endswith(
        "next free day: none within a year."
    )


def on(subject: Subject) -> Pressure:
    return pressure_of(subject, MONDAY)


def test_one_line_for_a_page() -> None:
    meeting = Touch(MONDAY, "meeting", planned=True, source="action", id=3)
    mails = [Touch(MONDAY, "email", id=1), Touch(MONDAY - timedelta(days=1), "email", id=2)]
    assert short_line(on(maria())) == "0 of 3, free now"
    assert short_line(on(maria(*mails, meeting))) == (
        "2 of 3, 3 after what is planned today, free Sun 29 Nov"
    )
    assert short_line(on(maria(opted_out=True))) == (
        "0 of 3, opted out of outreach; replies and service go on"
    )


# The log form


async def test_the_log_form_says_where_they_stand_and_follows_what_is_typed(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as at:
        at.free_today()
        for days, function in ((4, "marketing"), (1, "sales")):
            wrote(at, days, function=function)
        await at.open("touchpoint", account_id=at.world.account)
        assert below(at).startswith("Joe is now at 3 of 3 contacts")
        await at.type("who", "Maria")
        assert below(at).startswith("Maria is now at 2 of 3 contacts in 7 days (somebody Tue, this")
        await at.type("who", "Joe")
        assert below(at) == (
            "Joe is now at 3 of 3 contacts in 7 days (marketing Sat, sales Tue, this one);"
            " next free day for something new: Sat 14 Mar."
        )
        await at.type("when", "yesterday")
        assert "(marketing Sat, sales Tue, this one)" in below(at)
        await at.type("when", "some day")
        assert below(at) == ""
        await at.type("when", "now")
        await at.type("direction", "in")
        assert below(at) == ""
        await at.type("direction", "out")
        await at.type("who", "")
        assert below(at) == ""
        await at.type("who", "Joe")
        await at.save()
        assert at.closed


async def test_a_reply_and_an_answer_to_a_complaint_say_nothing_and_are_saved_as_such(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as at:
        at.free_today()
        wrote(at, 1, direction="in", note="Any news?")
        asked = at.one("SELECT MAX(id) FROM touchpoint")
        form = await at.open("touchpoint", account_id=at.world.account)
        await at.type("thread_id", str(asked))
        assert below(at) == ""
        assert "Any news?" in dict(form.row("thread_id").field.labels)[str(asked)]
        await at.save()
        assert at.one("SELECT thread_id FROM touchpoint ORDER BY id DESC") == asked
        await at.open("touchpoint", account_id=at.world.account)
        await at.type("complaint_id", str(at.world.complaint))
        assert below(at) != ""
        await at.type("function", "service")
        assert below(at) == ""
        await at.save()
        assert at.one("SELECT complaint_id FROM touchpoint ORDER BY id DESC") == at.world.complaint


async def test_what_cannot_be_answered_is_not_asked(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("touchpoint", account_id=at.world.other)
        assert {"thread_id", "complaint_id"} & set(form.texts) == set()
        at.book.run(log_complaint, at.world.other, title="Late", when=ago(1))


async def test_an_account_at_its_cap_is_said_too(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        at.book.run(change_setting, "pressure.account", "2/7")
        await at.open("touchpoint", account_id=at.world.account)
        assert "Nordic Oy is now at 2 of 2 contacts in 7 days" in below(at)


async def test_names_with_markup_are_text_in_the_line(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        at.book.run(add_person, at.world.other, name="[/bold] \x1b[31m")
        await at.open("touchpoint", account_id=at.world.other)
        await at.type("who", "[/bold] \x1b[31m")
        assert below(at).startswith("[/bold] is now at 1 of 3")


# The form of an action


@pytest.mark.parametrize("name", ["action", "plan_action"])
async def test_an_action_with_one_of_theirs_is_warned_against_when_it_is_too_much(
    tmp_path: Path, name: str
) -> None:
    async with desk(tmp_path) as at:
        for _number in range(3):
            wrote(at, 0)
        await at.open(name, account_id=at.world.account)
        await at.type("their_owner_id", "Joe")
        assert below(at) == ""
        await at.type("due_on", "fri")
        assert below(at).startswith("Joe: has 3 of 3 contacts in 7 days by Fri 13 Mar without this")
        assert below(at).endswith("next free day: Wed 18 Mar.")
        await at.type("side", "they")
        assert below(at) == ""
        await at.type("side", "we")
        await at.type("due_on", "18 mar")
        assert below(at) == ""


async def test_an_action_that_is_changed_does_not_count_against_itself(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        plan = {"their_owner_id": at.world.joe, "due_on": day(-2)}
        actions = [
            at.book.run(add_action, at.world.account, action=f"Call {n}", **plan).result.id
            for n in range(3)
        ]
        await at.open("action", action_id=actions[0])
        assert below(at) == ""
        at.book.run(change_person, at.world.joe, consent="withdrawn")
        await at.press("escape")
        await at.open("action", action_id=actions[0])
        assert below(at) == "Joe: opted out of outreach; replies and service go on."
        await at.press("escape")
        answer = at.book.run(
            add_action, at.world.account, action="Answer", origin="complaint", **plan
        ).result.id
        await at.open("action", action_id=answer)
        assert below(at) == ""
