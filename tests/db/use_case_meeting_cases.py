"""One call of every use case about mails and meetings on the filled book."""

from __future__ import annotations

from planner.calendar_reading import CalendarEvent, CalendarFile
from planner.known_addresses import KnownAddresses
from planner.use_cases import import_calendar, mails, meetings
from tests.db.use_case_cases import Call, after, call
from tests.makers import World, at


def calendar_of(text: str) -> CalendarFile:
    """A read calendar of one meeting; reading leaves out what no store keeps."""
    text = kept(text)
    event = CalendarEvent(
        3, f"uid {text}", "uid", 0, f"x{text}", at(-3), None, text, text, None, (), False
    )
    return CalendarFile((event,), 1, (), (), "utf-8")


def kept(text: str) -> str:
    """What reading a file leaves of a text."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def meeting_cases(w: World, text: str) -> tuple[Call, ...]:
    """The calls; ``text`` stands in every field of text."""
    planned = call(meetings.plan_meeting, w.account, title="Review", when=at(-2),
                   person_ids=[w.maria])  # fmt: skip
    return (
        call(mails.log_mail, w.account, when=at(0, 9), note=text, topic=text, verbatim=text,
             message_id=f"id{text}", answers=[text], person_ids=[w.maria]),
        call(meetings.plan_meeting, w.account, title=f"x{text}", when=at(-2), place=text, note=text,
             uid=f"u{text}", person_ids=[w.maria]),
        after(planned, call(meetings.change_meeting, -1, title=f"x{text}", note=text,
                            person_ids=[w.joe])),
        after(planned, call(meetings.cancel_meeting, -1)),
        after(call(meetings.plan_meeting, w.account, title="Review", when=at(-2), uid="u9"),
              call(meetings.cancel_known_meeting, w.account, "u9", 1)),
        call(import_calendar.import_calendar, calendar_of(text), KnownAddresses(),
             title=kept(text), account_id=w.account),
    )  # fmt: skip
