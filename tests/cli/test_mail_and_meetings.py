"""Mails and meetings by command: logged once, matched by address, moved and cancelled."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Answer, Ask

Done = Callable[..., Any]
MAIL = """From: Maria <maria@nordic.example>
To: Ann <ann@us.example>
Date: Tue, 10 Mar 2026 10:00:00 +0000
Subject: Prices
Message-ID: <one@nordic.example>

Please send the list.
"""
EVENT = """BEGIN:VCALENDAR
METHOD:{method}
BEGIN:VEVENT
UID:u1
SEQUENCE:{sequence}
SUMMARY:{title}
DTSTART:20260313T{hour:02}0000Z
ATTENDEE:mailto:maria@nordic.example
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def nordic(done: Done) -> None:
    """A book with an account and a person with an address."""
    done("account", "add", "Nordic Oy")
    done("person", "add", "Maria", "--account", "Nordic Oy", "--email", "maria@nordic.example")


@pytest.fixture
def send(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Answer]:
    """Run a command with a text on standard input."""

    def run(text: str, *words: str) -> Answer:
        stream = io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8")
        monkeypatch.setattr(sys, "stdin", stream)
        return ask(*words)

    return run


def invite(folder: Path, **fields: Any) -> str:
    """Write an invitation and return its path."""
    given = {"method": "REQUEST", "sequence": 0, "title": "Review", "hour": 10, **fields}
    path = folder / "invite.ics"
    path.write_text(EVENT.format(**given), encoding="utf-8")
    return str(path)


@pytest.mark.usefixtures("nordic")
def test_a_mail_is_logged_once_at_the_account_of_its_people(send: Callable[..., Answer]) -> None:
    first = send(MAIL, "log", "mail", "--json").document
    assert (first["account"], first["people"], first["kind"]) == ("Nordic Oy", ["Maria"], "email")
    assert (first["direction"], first["two_way"], first["known"]) == ("in", True, False)
    assert first["occurred_at"] == "2026-03-10T10:00:00+00:00"
    assert (first["note"], first["topic"]) == ("Please send the list.", "Prices")
    assert (first["external_id"], first["source"]) == ("one@nordic.example", "mail")
    again = send(MAIL, "log", "mail", "--json")
    assert (again.document["id"], again.document["known"]) == (first["id"], True)
    assert "logged already" in again.err


@pytest.mark.usefixtures("nordic")
def test_an_answer_joins_the_thread_and_an_automatic_one_is_one_way(
    send: Callable[..., Answer],
) -> None:
    first = send(MAIL, "log", "mail", "--json").document
    reply = MAIL.replace("<one@", "<two@").replace("Subject:", "In-Reply-To: <one@nordic.example>\n"
                         "Auto-Submitted: auto-replied\nSubject:")  # fmt: skip
    second = send(reply, "log", "mail", "--json").document
    assert second["thread_id"] == first["id"]
    assert second["two_way"] is False


@pytest.mark.usefixtures("nordic")
def test_a_mail_of_a_colleague_goes_out(send: Callable[..., Answer], done: Done) -> None:
    done("colleague", "add", "Ann", "--email", "ann@us.example")
    ours = MAIL.replace("From: Maria <maria@nordic.example>", "From: Ann <ANN@us.example>").replace(
        "To: Ann <ann@us.example>", "To: Maria <maria@nordic.example>"
    )
    got = send(ours, "log", "mail", "--json").document
    assert (got["direction"], got["two_way"], got["people"]) == ("out", False, ["Maria"])


@pytest.mark.usefixtures("nordic")
def test_an_unknown_sender_is_answered_with_the_commands_that_help(
    send: Callable[..., Answer],
) -> None:
    stranger = MAIL.replace("Maria <maria@", "Zoe <zoe@")
    got = send(stranger, "log", "mail")
    assert got.code == 1
    assert "trustplan log mail 'Nordic Oy' < FILE" in got.err
    assert "trustplan person add Zoe --account 'Nordic Oy' --email zoe@nordic.example" in got.err
    named = send(stranger, "log", "mail", "Nordic Oy", "--json")
    assert (named.code, named.document["two_way"], named.document["people"]) == (0, False, [])
    assert "person add Zoe" in named.err


@pytest.mark.usefixtures("nordic")
def test_a_mail_of_people_of_two_accounts_is_not_put_anywhere_silently(
    send: Callable[..., Answer], done: Done
) -> None:
    done("account", "add", "Other Ltd")
    done("person", "add", "Joe", "--account", "Other Ltd", "--email", "joe@other.example")
    both = MAIL.replace("To: Ann <ann@us.example>", "To: joe@other.example")
    got = send(both, "log", "mail")
    assert got.code == 1
    assert "Nordic Oy" in got.err
    assert "Other Ltd" in got.err
    assert done("touchpoints") == []


@pytest.mark.usefixtures("nordic")
@pytest.mark.parametrize(("text", "words"), [("", "empty"), ("hello", "no line From")])
def test_what_is_no_mail_is_refused(send: Callable[..., Answer], text: str, words: str) -> None:
    got = send(text, "log", "mail", "Nordic Oy")
    assert got.code == 1
    assert words in got.err


@pytest.mark.usefixtures("nordic")
def test_a_mail_from_the_future_is_refused(send: Callable[..., Answer]) -> None:
    got = send(MAIL.replace("10 Mar 2026", "20 Mar 2026"), "log", "mail")
    assert got.code == 1
    assert "lies in the future" in got.err


@pytest.mark.usefixtures("nordic")
def test_an_invitation_makes_a_meeting_once(ask: Ask, done: Done, tmp_path: Path) -> None:
    got = done("import", "calendar", invite(tmp_path))
    assert (got["rows"], got["created"], got["problems"]) == (1, 1, [])
    (meeting,) = done("meetings")
    assert (meeting["title"], meeting["account"], meeting["people"]) == (
        "Review", "Nordic Oy", ["Maria"],
    )  # fmt: skip
    again = done("import", "calendar", invite(tmp_path))
    assert (again["unchanged"], again["batch"]) == (1, None)
    assert ask("undo").code == 0
    assert done("meetings") == []


@pytest.mark.usefixtures("nordic")
def test_the_newer_version_of_an_invitation_stands_whatever_comes_later(
    done: Done, tmp_path: Path
) -> None:
    done("import", "calendar", invite(tmp_path, sequence=1))
    moved = done("import", "calendar", invite(tmp_path, sequence=3, hour=12, title="Moved"))
    assert moved["updated"] == 1
    older = done("import", "calendar", invite(tmp_path, sequence=2, hour=9, title="Old"))
    assert older["unchanged"] == 1
    assert "newer version" in older["problems"][0]["problem"]
    (meeting,) = done("meetings")
    assert (meeting["title"], meeting["starts"][11:16]) == ("Moved", "12:00")


@pytest.mark.usefixtures("nordic")
def test_a_cancelled_invitation_cancels_the_known_meeting_and_says_of_an_unknown_one(
    done: Done, tmp_path: Path
) -> None:
    unknown = done("import", "calendar", invite(tmp_path, method="CANCEL", title="Review"))
    assert unknown["skipped"] == 1
    assert "the book does not know it" in unknown["problems"][0]["problem"]
    done("import", "calendar", invite(tmp_path))
    assert done("import", "calendar", invite(tmp_path, method="CANCEL"))["updated"] == 1
    assert [row["status"] for row in done("meetings")] == ["cancelled"]


@pytest.mark.usefixtures("nordic")
def test_a_series_is_cancelled_as_a_whole(done: Done, tmp_path: Path) -> None:
    path = Path(invite(tmp_path))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("ATTENDEE", "RRULE:FREQ=DAILY;COUNT=3\nATTENDEE"))
    done("import", "calendar", str(path))
    assert len(done("meetings")) == 3
    done("import", "calendar", invite(tmp_path, method="CANCEL"))
    assert {row["status"] for row in done("meetings")} == {"cancelled"}


def test_the_sample_calendar_goes_to_the_account_that_is_named(done: Done, samples: Path) -> None:
    done("account", "add", "Nordic Oy")
    path = str(samples / "ical" / "example.ics")
    assert done("import", "calendar", path)["skipped"] == 3
    dry = done("import", "calendar", path, "--account", "Nordic Oy", "--dry-run")
    assert (dry["created"], dry["batch"]) == (3, None)
    assert done("import", "calendar", path, "--account", "Nordic Oy")["created"] == 3
    rows = done("meetings", "--from", "2022-01-01", "--to", "2022-02-01")
    assert [row["starts_on"] for row in rows] == ["2022-01-01", "2022-01-07"]


@pytest.mark.usefixtures("nordic")
def test_a_meeting_is_planned_moved_and_cancelled_by_hand(ask: Ask, done: Done) -> None:
    made = done("meeting", "add", "Nordic Oy", "--title", "Review", "--at", "fri 14:00",
                "--minutes", "45", "--with", "Maria", "--place", "Room 2")  # fmt: skip
    assert made["starts_at"] == "2026-03-13T14:00:00+00:00"
    assert (made["ends_at"], made["people"]) == ("2026-03-13T14:45:00+00:00", ["Maria"])
    moved = done("meeting", "set", "Nordic Oy", "Review", "--at", "2026-03-16 09:00")
    assert (moved["ends_at"], moved["people"]) == ("2026-03-16T09:45:00+00:00", ["Maria"])
    assert done("meeting", "cancel", "Nordic Oy", made["id"])["status"] == "cancelled"
    assert ask("meeting", "cancel", "Nordic Oy", "nothing").code == 1
    bad = ask("meeting", "add", "Nordic Oy", "--title", "x", "--at", "fri", "--minutes", "0")
    assert bad.code == 1
    assert json.loads(ask("meetings", "--json").out)[0]["status"] == "cancelled"
