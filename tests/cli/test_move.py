"""``move --to ADDRESS``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import pg_server
from tests.cli.conftest import Ask
from tests.db.servers import Databases
from tests.makers import World
from tui.cli.context import _time_left

Done = Callable[..., Any]


def test_a_moved_book_answers_as_the_old_one_and_every_table_is_listed(
    ask: Ask,
    done: Done,
    world: World,  # noqa: ARG001
    tmp_path: Path,
) -> None:
    target = tmp_path / "new place" / "book.db"
    got = done("move", "--to", str(target))
    assert got["from"] == str(tmp_path / "own.db")
    assert got["to"] == str(target)
    by_name = {table["table"]: table for table in got["tables"]}
    assert by_name["account"]["rows"] == 2
    assert len(by_name["account"]["digest"]) == 64
    assert got["rows"] == sum(table["rows"] for table in got["tables"])
    assert done("accounts", "--book", str(target)) == done("accounts")
    assert done("history", "--book", str(target)) == done("history")
    again = ask("move", "--to", str(target))
    assert (again.code, again.out) == (1, "")
    assert "There is something in the book at" in again.err


def test_what_to_do_next_is_said_and_how_far_it_is_on_standard_error(
    ask: Ask,
    world: World,  # noqa: ARG001
    tmp_path: Path,
) -> None:
    target = tmp_path / "it's [b]new[/b].db"
    got = ask("move", "--to", str(target))
    assert got.code == 0
    first, second, third = got.out.splitlines()
    rows = first.split()[1]
    assert first == f"Moved {rows} rows to {target}; every table was compared."
    assert second.startswith(f"The book at {tmp_path / 'own.db'} is as it was")
    assert third == f"Try it with: trustplan --book '{tmp_path}/it'\"'\"'s [b]new[/b].db'"
    assert got.err.splitlines()[-1].startswith(f"rows {rows} / {rows}")


def test_after_a_move_to_a_server_the_words_lead_to_sharing(
    ask: Ask,
    done: Done,
    world: World,  # noqa: ARG001
    server: pg_server.Server,
) -> None:
    databases = Databases(server)
    address = databases.new()
    try:
        got = ask("move", "--to", str(address))
        assert got.code == 0
        assert f"trustplan --book {address} share init" in got.out
        assert "share join" not in got.out, "nobody joins under the owner's login"
        assert done("accounts", "--book", str(address)) == done("accounts")
    finally:
        databases.drop_all()


@pytest.mark.parametrize(
    ("to", "code", "words"),
    [
        ("postgresql://me:secret@127.0.0.1/x", 3, "The address holds a password"),
        ("postgresql://127.0.0.1:1/x", 3, "cannot be reached"),
        ("", 3, "The address of the book is empty"),
        (".", 3, "is a folder"),
    ],
)
def test_an_address_that_is_none_is_a_sentence(
    ask: Ask,
    world: World,  # noqa: ARG001
    to: str,
    code: int,
    words: str,
) -> None:
    got = ask("move", "--to", to)
    assert (got.code, got.out) == (code, "")
    assert words in got.err
    assert "secret" not in got.err
    assert "Traceback" not in got.err


def test_without_a_target_or_without_a_book_nothing_is_made(ask: Ask, tmp_path: Path) -> None:
    assert ask("move").code == 2
    got = ask("move", "--to", str(tmp_path / "new.db"))
    assert got.code == 3
    assert "There is no book at" in got.err
    assert not (tmp_path / "new.db").exists()


def test_the_time_left_follows_from_the_time_taken() -> None:
    assert _time_left(10, 4, 100) == ""
    assert _time_left(10, 10, 100) == ", 1:30 left"
    assert _time_left(10, 100, 100) == ", 0:00 left"
    assert _time_left(10, 10, None) == ""
