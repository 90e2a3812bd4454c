"""What is pasted outside a field opens its form, filled in; meetings stand on top of Today."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta

import pytest
from textual import events
from textual.widgets import Input

from planner.use_cases.meetings import plan_meeting
from planner.use_cases.people import change_person
from tests.makers import at, opened
from tests.tui.conftest import House, OpenHouse, look
from tui.dialogs.choice import ChoiceDialog
from tui.dialogs.find import FindDialog
from tui.dialogs.form import FormScreen
from tui.screens.account import AccountScreen

MAIL = """From: Maria Lind <maria@nordic.example>
To: Ann <ann@us.example>
Date: Tue, 10 Mar 2026 10:00:00 +0000
Subject: Prices
Message-ID: <one@nordic.example>

Please send the list.
And the terms.
"""
EVENT = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:u1
SUMMARY:Review
DTSTART:2026{day}T140000Z
DTEND:2026{day}T150000Z
ATTENDEE:mailto:maria@nordic.example
END:VEVENT
END:VCALENDAR
"""


def know_maria(home: House) -> None:
    """Give Maria Lind her address."""
    with closing(opened(home.path)) as book:
        (maria,) = book.queries().people.of_account(home.ids["Nordic Foods"])
        book.run(change_person, maria.id, email="maria@nordic.example")


async def paste(home: House, text: str) -> None:
    """Paste as a terminal does, and wait until what it began is done."""
    home.app.post_message(events.Paste(text))
    await home.settle()


async def save(home: House) -> None:
    """Save the form in front."""
    await home.press("ctrl+s")


async def test_a_mail_opens_the_log_form_filled_in_and_is_recognised_afterwards(
    house: OpenHouse,
) -> None:
    async with house() as home:
        know_maria(home)
        await paste(home, MAIL)
        form = home.screen(FormScreen)
        assert form.spec.name == "touchpoint"
        assert form.texts["who"] == "Maria Lind"
        assert form.loaded is not None
        assert "who" not in form.loaded.hints  # it is from the mail, not from the last talk
        assert (form.texts["kind"], form.texts["when"]) == ("email", "2026-03-10 10:00")
        assert form.texts["note"] == "Please send the list.\nAnd the terms."
        assert (form.texts["topic"], form.texts["direction"]) == ("Prices", "in")
        await save(home)
        with closing(look(home.path)) as book:
            row = book.queries().timeline.touchpoints(account_id=home.ids["Nordic Foods"])[0]
            record = book.queries().record("touchpoint", row.id)
        assert (record.external_id, record.source) == ("one@nordic.example", "mail")
        assert record.two_way
        await paste(home, MAIL)
        assert home.said == ["This message was logged already."]
        assert home.screen(AccountScreen).current_account() == home.ids["Nordic Foods"]


async def test_an_unknown_sender_is_offered_as_a_person_first(house: OpenHouse) -> None:
    async with house() as home:
        know_maria(home)
        await paste(home, MAIL.replace("Maria Lind <maria@", "Zoe New <zoe@"))
        home.screen(ChoiceDialog)  # Nordic Foods has addresses like it, which is not sure
        await home.press("1")
        home.screen(ChoiceDialog)
        await home.press("1")
        form = home.screen(FormScreen)
        assert (form.texts["name"], form.texts["email"]) == ("Zoe New", "zoe@nordic.example")
        await save(home)
        form = home.screen(FormScreen)
        assert (form.spec.name, form.texts["who"]) == ("touchpoint", "Zoe New")


async def test_a_mail_of_nobody_known_asks_for_the_account_whatever_the_cursor_is_on(
    house: OpenHouse,
) -> None:
    async with house() as home:
        await paste(home, MAIL)
        home.screen(FindDialog)


async def test_an_invitation_opens_the_form_of_a_meeting_and_the_same_one_changes_it(
    house: OpenHouse,
) -> None:
    async with house() as home:
        know_maria(home)
        for title in ("Review", "Moved"):
            await paste(home, EVENT.format(day="0313").replace("Review", title))
            form = home.screen(FormScreen)
            assert (form.spec.name, form.texts["title"]) == ("meeting", title)
            assert (form.texts["who"], form.texts["when"]) == ("Maria Lind", "2026-03-13 14:00")
            await save(home)
        with closing(look(home.path)) as book:
            rows = book.queries().meetings.between(None, None)
            record = book.queries().record("meeting", rows[0].id)
        assert [(row.title, row.people) for row in rows] == [("Moved", ("Maria Lind",))]
        assert record.ends_at - record.starts_at == timedelta(hours=1)


async def test_a_cancelled_invitation_cancels_the_meeting(house: OpenHouse) -> None:
    async with house() as home:
        know_maria(home)
        await paste(home, EVENT.format(day="0313"))
        await save(home)
        await paste(home, EVENT.format(day="0313").replace("SUMMARY", "STATUS:CANCELLED\nSUMMARY"))
        await save(home)
        with closing(look(home.path)) as book:
            assert [row.status for row in book.queries().meetings.between(None, None)] == [
                "cancelled"
            ]


async def test_an_invitation_of_the_past_opens_the_log_form(house: OpenHouse) -> None:
    async with house() as home:
        know_maria(home)
        await paste(home, EVENT.format(day="0309"))
        form = home.screen(FormScreen)
        assert form.spec.name == "touchpoint"
        assert (form.texts["kind"], form.texts["when"]) == ("meeting", "2026-03-09 14:00")
        assert form.texts["note"] == "Review"


SIGNATURE = "Best regards,\nJonas Berg\nHead of Purchasing\n+47 22 33 44 55\njonas@kivi.example"
CARD = "BEGIN:VCARD\nFN:Jonas Berg\nTITLE:Buyer\nEMAIL:jonas@kivi.example\nEND:VCARD"


@pytest.mark.parametrize("text", [SIGNATURE, CARD])
async def test_a_signature_or_a_card_opens_the_form_of_a_person(
    house: OpenHouse, text: str
) -> None:
    async with house() as home:
        await paste(home, text)
        if text == SIGNATURE:
            home.screen(ChoiceDialog)
            await home.press("1")
        form = home.screen(FormScreen)
        assert form.spec.name == "person"
        assert (form.texts["name"], form.texts["email"]) == ("Jonas Berg", "jonas@kivi.example")
        assert form.texts["title"] in ("Head of Purchasing", "Buyer")


async def test_any_other_text_is_the_note_of_a_talk_with_no_line_lost(house: OpenHouse) -> None:
    async with house() as home:
        await paste(home, "They asked\nfor three things:\n\na, b and c")
        form = home.screen(FormScreen)
        assert form.texts["note"] == "They asked\nfor three things:\n\na, b and c"


async def test_a_draft_of_another_talk_does_not_hide_what_was_pasted(house: OpenHouse) -> None:
    async with house() as home:
        await home.press("t")
        await home.press(*"draft", "escape")
        await paste(home, "pasted words")
        assert home.screen(FormScreen).texts["note"] == "pasted words"


async def test_several_lines_pasted_into_a_field_that_narrows_are_joined(house: OpenHouse) -> None:
    async with house() as home:
        await home.press("/")
        await paste(home, "nordic\nfoods")
        assert home.screen(FindDialog).query_one(Input).value == "nordic foods"


# Today


def planned(home: House, ago: int, hour: int = 10, title: str = "Review") -> int:
    """A meeting with Maria Lind."""
    with closing(opened(home.path)) as book:
        account = home.ids["Nordic Foods"]
        (maria,) = book.queries().people.of_account(account)
        fields = {"title": title, "when": at(ago, hour), "person_ids": [maria.id]}
        made: int = book.run(plan_meeting, account, **fields).result.id
        return made


async def test_today_has_no_block_of_meetings_where_there_is_none(house: OpenHouse) -> None:
    async with house() as home:
        assert not any("MEETINGS" in line for line in home.lines())


async def test_a_past_meeting_is_one_enter_from_its_filled_form(house: OpenHouse) -> None:
    async with house() as home:
        meeting = planned(home, 2, title="Quarterly")
        planned(home, 0, 15)
        planned(home, 8, title="Long ago")
        home.app.changed()
        await home.settle()
        lines = home.lines()
        assert lines[0].startswith("MEETINGS")
        assert "15:00" in lines[1]
        assert "Review, Maria Lind" in lines[1]
        assert "Quarterly, not logged" in lines[2]
        assert lines[2].rstrip().endswith("Enter logs it")
        assert not any("Long ago" in line for line in lines)
        await home.press("home", "down", "enter")
        form = home.screen(FormScreen)
        assert (form.texts["who"], form.texts["when"]) == ("Maria Lind", "2026-03-09 10:00")
        await save(home)
        with closing(look(home.path)) as book:
            record = book.queries().record("meeting", meeting)
        assert record.status == "held"
        assert record.touchpoint_id is not None
        assert not any("Quarterly" in line for line in home.lines())


async def test_a_meeting_to_come_opens_its_account(house: OpenHouse) -> None:
    async with house() as home:
        planned(home, 0, 15)
        home.app.changed()
        await home.settle()
        await home.press("home", "enter")
        assert home.screen(AccountScreen).current_account() == home.ids["Nordic Foods"]
