"""Two apps on one book: what one saves shows in the other; when both edit one field, a dialog asks.

On a file, and on a server on which each person has a role of their own.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.address import Address
from db.book import create_book
from planner.use_cases.accounts import add_account
from planner.use_cases.team import add_colleague
from tests.db.servers import Databases
from tests.e2e.screen import TODAY, Screen, running
from tests.fakes import FakeClock
from tests.makers import TODAY as DAY
from tests.makers import opened
from tests.pg_server import Server

SHOWN_SECONDS = 2.0
"""What the design asks for."""


@pytest.fixture(params=["sqlite", "postgres"])
def book(request: pytest.FixtureRequest, tmp_path: Path, server: Server) -> Iterator[Address]:
    """A book with two accounts, owned by Ann; Ben belongs to it too."""
    databases = Databases(server)
    address = (
        Address("sqlite", tmp_path / "book.db") if request.param == "sqlite" else databases.new()
    )
    create_book(address, name="Shared", today=DAY)
    made = opened(address, FakeClock())
    ann = made.run(add_colleague, name="Ann", function="success").result
    made.run(add_colleague, name="Ben", function="service")
    made.run(add_account, name="Nordic Foods", owner_id=ann.id, tier=1)
    made.run(add_account, name="Atlas Dental", owner_id=ann.id, tier=2)
    made.close()
    yield address
    databases.drop_all()


def environ_of(tmp_path: Path, name: str) -> dict[str, str]:
    """A home of one's own in which one is somebody."""
    home = tmp_path / name
    (home / "trustplan").mkdir(parents=True)
    (home / "trustplan" / "config.toml").write_text(f'[me]\nname = "{name}"\n')
    return {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_STATE_HOME": str(home)}


@pytest.fixture
def two(book: Address, tmp_path: Path) -> Iterator[tuple[Screen, Screen]]:
    """Ann's app and Ben's, both at the account Nordic Foods."""
    words = ("--book", str(book), "--today", TODAY)
    with (
        running(*words, environ=environ_of(tmp_path, "Ann")) as ann,
        running(*words, environ=environ_of(tmp_path, "Ben")) as ben,
    ):
        for app in (ann, ben):
            app.wait("TODAY")
            app.press("/", "nordic")
            app.wait("FIND", "Nordic Foods")
            app.press("enter")
            app.wait("OVERVIEW", "Nordic Foods")
        yield ann, ben


def test_what_one_saves_the_other_shows_within_two_seconds(
    two: tuple[Screen, Screen], book: Address
) -> None:
    ann, ben = two
    ann.wait("LIVE" if book.on_server else "LOCAL")
    ben.press("t")
    ben.wait("LOG A TOUCHPOINT", "Mood")
    ben.settle()
    ben.press("asked for the price list")
    ben.wait("asked for the price list")
    ann.settle()
    ben.press("f9")
    ben.wait("logged", without=["Mood"])
    saved = time.monotonic()
    ann.wait("asked for the price list", "Ben: logged")
    took = time.monotonic() - saved
    print(f"shown after {took:.2f} s")
    assert took < SHOWN_SECONDS or os.getloadavg()[0] > (os.cpu_count() or 1)


def edit_name(app: Screen, text: str) -> None:
    app.press("E")
    app.wait("ACCOUNT  Nordic Foods", "Keep")
    app.settle()
    app.press("end", text)
    app.wait(f"Nordic Foods{text}")


def test_when_both_edit_one_field_the_dialog_names_the_other(
    two: tuple[Screen, Screen], book: Address
) -> None:
    ann, ben = two
    edit_name(ann, " North")
    edit_name(ben, " South")
    ben.press("f9")
    ben.wait("OVERVIEW", "Nordic Foods South", without=["Keep  "])
    ann.settle()
    ann.press("f9")
    ann.wait("CHANGED BY TWO", "Ben", "Nordic Foods South", "Nordic Foods North")
    ann.settle()
    ann.press("m")
    ann.settle()
    ann.press("enter")
    ann.wait("OVERVIEW", "Nordic Foods North", without=["Keep  "])
    read = opened(book, FakeClock(), mode="read")
    assert read.connection.rows("SELECT name FROM account ORDER BY name") == [
        ("Atlas Dental",),
        ("Nordic Foods North",),
    ]
    who = read.connection.rows(
        "SELECT c.actor FROM audit_entry e JOIN change c ON c.id = e.change_id"
        " WHERE e.table_name = 'account' AND e.op = 'update' ORDER BY e.id"
    )
    assert who == [("Ben",), ("Ann",)]
    read.close()
