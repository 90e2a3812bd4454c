"""Ten different talks on the sample book by keys alone at 80x24, each in at most ten keys beyond
its text, the way to its account and its saving counted."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from db.address import Address
from db.book import Book, open_book
from tests.e2e.command import run
from tests.e2e.screen import TODAY, Screen, running
from tests.fakes import FakeClock
from tests.makers import TODAY as FAKE_TODAY

ME = "Aylin Kaya"
MOST_KEYS = 10
FORM = "LOG A TOUCHPOINT"
MEETING_AT = "Havgaard Gartneri ApS"


class Desk:
    """The sample book in a home of its own."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "book.db"
        self.prefix = ("env", f"HOME={folder}", f"XDG_CONFIG_HOME={folder}",
                       f"XDG_STATE_HOME={folder}")  # fmt: skip

    def run(self, *words: str) -> Any:
        """A command that has to succeed; its JSON document."""
        said = run(self.path, "--json", *words, prefix=self.prefix)
        assert said.code == 0, said.words
        return json.loads(said.out)

    def read(self) -> Book:
        return open_book(Address("sqlite", self.path), FakeClock(), ME, "read")


@pytest.fixture
def sample(tmp_path: Path) -> Desk:
    """Twelve accounts whose history ends on the day, and a meeting in the calendar of today."""
    desk = Desk(tmp_path)
    made = run(desk.path, "sample", str(desk.path), "--accounts", "12", "--seed", "5",
               prefix=desk.prefix)  # fmt: skip
    assert made.code == 0, made.words
    desk.run("me", ME, "--function", "success")
    desk.run("meeting", "add", MEETING_AT, "--title", "Autumn plan", "--at", "today 00:00",
             "--with", "Freja Rask", "--with", "Tove Mølgaard")  # fmt: skip
    return desk


class Talk:
    """One talk being logged: every key that is no text is counted."""

    def __init__(self, app: Screen) -> None:
        self.app = app
        self.keys = 0

    def press(self, *keys: str) -> None:
        """Keys, each of which counts."""
        self.keys += len(keys)
        self.app.press(*keys)
        self.app.settle()

    def text(self, words: str) -> None:
        """Words of the talk: its note, a name, a day, a number."""
        self.app.press(words)
        self.app.settle()

    def go(self, account: str, words: str) -> None:
        """To an account from anywhere."""
        self.press("/")
        self.app.wait("FIND")
        self.text(words)
        self.app.wait(account)
        self.press("enter")
        self.app.wait("OVERVIEW", account, without=["FIND"])

    def begin(self, account: str, words: str, note: str = "") -> None:
        """The log form of an account, with its note typed."""
        self.go(account, words)
        self.press("t")
        self.app.wait(FORM, "Follow-ups", account)
        if note:
            self.text(note)
            self.app.wait(note)

    def kind(self, letter: str, shown: str) -> None:
        """The kind by its first letter, from the note."""
        self.press("shift+tab", "shift+tab")
        while f"[{shown}]" not in self.app.text:
            self.press(letter)

    def save(self) -> None:
        self.press("ctrl+s")
        self.app.wait("OVERVIEW", without=[FORM])


def call(talk: Talk) -> None:
    talk.begin("Akçınar Tekstil A.Ş.", "akcinar", "Prices are understood")
    talk.kind("c", "CALL")
    talk.save()


def rang(talk: Talk) -> None:
    talk.go("Eichgrund Medizintechnik KG", "eichgrund")
    talk.press("r")
    talk.app.wait("no answer")


def meeting(talk: Talk) -> None:
    talk.begin(MEETING_AT, "havgaard", "They want two deliveries a week")
    talk.app.wait("taken from the 00:00 meeting", "With this the 00:00 meeting")
    talk.save()


def inbound_mail(talk: Talk) -> None:
    talk.begin("Laiteries Aubépine SARL", "laiteries", "Asks for the terms")
    talk.kind("m", "MAIL")
    talk.press("ctrl+o", "d", "i")
    talk.app.wait("[IN]")
    talk.save()


def chat(talk: Talk) -> None:
    talk.begin("Eichgrund Medizintechnik KG", "eichgrund", "Short question on labels")
    talk.kind("c", "CHAT")
    talk.save()


def qbr(talk: Talk) -> None:
    talk.begin("Älvstrand Livs AB", "alvstrand", "Two of three goals are met")
    talk.kind("q", "QBR")
    talk.press("shift+tab", "ctrl+u")
    talk.text("gustav, linnea, cecilia")
    talk.save()


def training(talk: Talk) -> None:
    talk.begin("Hohenlinde Pharma AG", "hohenlinde", "How returns are booked")
    talk.kind("t", "TRAINING")
    talk.press("shift+tab")
    talk.text(", lutz, heike, katrin")
    talk.press("ctrl+o", "m")
    talk.text("90")
    talk.save()


def on_follow_ups(app: Screen) -> bool:
    """Whether the cursor is where the first follow-up is written."""
    return app.cursor_line.lstrip().startswith("Follow-ups")


def promise(talk: Talk) -> None:
    talk.begin("Hohenlinde Pharma AG", "hohenlinde", "Needs the list before Easter")
    talk.app.wait("[CALL]")
    while not on_follow_ups(talk.app):
        talk.press("tab")
    talk.text("promise: price list by fri")
    talk.press("enter")
    talk.app.wait("[x] promised", "Fri 13 Mar")
    talk.text("they: order list by 25 mar")
    talk.save()


def complaint(talk: Talk) -> None:
    talk.begin("Laiteries Aubépine SARL", "laiteries", "Angry about the report")
    talk.press("tab", "2")
    talk.app.wait("[-2]")
    talk.press("ctrl+o", "t")
    talk.text("We cannot work like this")
    talk.press("tab", "right")
    talk.app.wait("[C-9")
    talk.save()


def yesterday(talk: Talk) -> None:
    talk.begin("Ahrenfels Maschinenbau GmbH", "ahrenfels", "On the way to the goal")
    talk.press("shift+tab", "ctrl+u")
    talk.text("yesterday 14:00")
    talk.app.wait("Tue 10 Mar 2026, 14:00")
    talk.press("ctrl+o", "g", "right")
    talk.save()


TALKS: tuple[Callable[[Talk], None], ...] = (
    call, rang, meeting, inbound_mail, chat, qbr, promise, training, complaint, yesterday,
)  # fmt: skip


def newest(desk: Desk, count: int) -> list[dict[str, Any]]:
    """The contacts of this test, the first that was logged first."""
    columns = ("id", "kind", "direction", "two_way", "answered", "function", "sentiment", "note",
               "verbatim", "minutes", "objective_id", "complaint_id", "occurred_on")  # fmt: skip
    with closing(desk.read()) as book:
        rows = book.connection.rows(
            f"SELECT {', '.join(columns)} FROM touchpoint ORDER BY id DESC LIMIT {count}", {}
        )
        found = [dict(zip(columns, row, strict=True)) for row in reversed(rows)]
        people = book.queries().timeline.people_of([one["id"] for one in found])
    return [{**one, "people": people.get(one["id"], [])} for one in found]


def test_ten_different_talks_take_at_most_ten_keys_each_beyond_their_text(sample: Desk) -> None:
    assert FAKE_TODAY.isoformat() == TODAY
    before = len(sample.run("touchpoints"))
    keys = {}
    with running("--book", str(sample.path), "--today", TODAY, prefix=sample.prefix) as app:
        app.wait("TODAY", "UPKEEP")
        for one in TALKS:
            talk = Talk(app)
            one(talk)
            keys[one.__name__] = talk.keys
        app.press("ctrl+q")
        assert app.end() == 0
    assert {name: count for name, count in keys.items() if count > MOST_KEYS} == {}
    listed = sample.run("touchpoints")
    assert len(listed) == before + len(TALKS)
    found = dict(zip([one.__name__ for one in TALKS], newest(sample, len(TALKS)), strict=True))
    check_kinds(found)
    check_details(found)
    check_what_followed(sample, found)
    check_lists(sample, found, listed)


def check_kinds(found: dict[str, dict[str, Any]]) -> None:
    said = {
        name: (one["kind"], one["direction"], one["two_way"], one["answered"])
        for name, one in found.items()
    }
    assert said["call"] == said["promise"] == ("call", "out", 1, 1)
    assert said["rang"] == ("call", "out", 0, 0)
    assert said["meeting"] == ("meeting", "out", 1, 1)
    assert said["inbound_mail"] == ("email", "in", 1, 1)
    assert said["chat"] == ("chat", "out", 0, 1)
    assert said["qbr"] == ("qbr", "out", 1, 1)
    assert said["training"] == ("training", "out", 1, 1)
    assert {one["function"] for one in found.values()} == {"success"}
    assert found["yesterday"]["occurred_on"] == "2026-03-10"
    others = {one["occurred_on"] for name, one in found.items() if name != "yesterday"}
    assert others == {TODAY}


def check_details(found: dict[str, dict[str, Any]]) -> None:
    assert found["call"]["note"] == "Prices are understood"
    assert found["call"]["people"] != []
    assert sorted(found["meeting"]["people"]) == ["Freja Rask", "Tove Mølgaard"]
    assert found["qbr"]["people"] == ["Gustav Sjöholm", "Linnéa Forsgren", "Cecilia Lindvall"]
    assert {"Lutz Pfaff", "Heike Fröhlich", "Katrin Lüders"} <= set(found["training"]["people"])
    assert found["training"]["minutes"] == 90
    assert found["complaint"]["sentiment"] == -2
    assert found["complaint"]["verbatim"] == "We cannot work like this"
    assert found["complaint"]["complaint_id"] is not None
    assert found["yesterday"]["objective_id"] is not None


def check_what_followed(desk: Desk, found: dict[str, dict[str, Any]]) -> None:
    with closing(desk.read()) as book:
        owed = book.connection.rows(
            "SELECT side, action, promised, due_on FROM action WHERE origin_id = :id ORDER BY id",
            {"id": found["promise"]["id"]},
        )
        held = book.connection.rows(
            "SELECT status FROM meeting WHERE touchpoint_id = :id", {"id": found["meeting"]["id"]}
        )
        case = book.queries().record("complaint", found["complaint"]["complaint_id"])
    assert owed == [
        ("we", "price list", 1, "2026-03-13"), ("they", "order list", 0, "2026-03-25"),
    ]  # fmt: skip
    assert held == [("held",)]
    assert case.number == "C-9"


def check_lists(desk: Desk, found: dict[str, dict[str, Any]], listed: list[Any]) -> None:
    by_id = {one["id"]: one for one in listed}
    for one in found.values():
        shown = by_id[str(one["id"])]
        assert (shown["kind"], shown["note"], shown["direction"]) == (
            one["kind"], one["note"], one["direction"],
        )  # fmt: skip
    stream = desk.run("timeline", "Laiteries Aubépine SARL")
    assert {str(found[name]["id"]) for name in ("inbound_mail", "complaint")} <= {
        entry["id"] for entry in stream
    }
