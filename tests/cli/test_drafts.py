"""Draft texts by command: filled for an account, never sent; own and broken files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Ask
from tests.makers import World
from tui import paths

Done = Callable[..., Any]
OWN = 'name = "hello"\nsubject = "To {account}"\ntext = "Dear {first_name}"\n'


@pytest.fixture
def write() -> Callable[[str], Path]:
    """Write an own draft text."""

    def written(text: str) -> Path:
        path = paths.config_folder() / "drafts" / "mine.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_a_text_is_filled_from_the_book_and_what_is_not_known_is_said(
    ask: Ask, done: Done, world: World
) -> None:
    assert world.maria
    done("request", "add", "Nordic Oy", "--kind", "quote", "--what", "a quote for HR", "--with",
         "Joe")  # fmt: skip
    got = ask("draft", "re-engage", "Nordic Oy", "--with", "Joe")
    assert got.code == 0
    assert got.out.startswith("Subject: Joe, is Nordic Oy still well served?\n\nHello Joe,\n")
    assert "waiting for this from us: a quote for HR" in got.out
    assert got.out.rstrip().endswith("Bob")
    assert "Not known, so left out: " in got.err
    found = done("draft", "re-engage", "Nordic Oy")
    assert (found["account"], "first_name" in found["missing"]) == ("Nordic Oy", True)


def test_contact_pressure_is_said_with_it(ask: Ask, done: Done, world: World) -> None:
    assert world.joe
    for _number in range(4):
        done("log", "touchpoint", "Nordic Oy", "--with", "Joe", "--kind", "email")
    got = ask("draft", "birthday", "Nordic Oy", "--with", "Joe")
    assert (got.code, "Joe: has 4 of 3 contacts" in got.err) == (0, True), got.err


def test_it_is_written_to_a_new_file_alone(
    ask: Ask, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert world.account
    monkeypatch.chdir(tmp_path)
    assert ask("draft", "achievement", "Nordic Oy", "--to", "it.txt").code == 0
    assert "congratulations" in (tmp_path / "it.txt").read_text(encoding="utf-8")
    again = ask("draft", "achievement", "Nordic Oy", "--to", "it.txt")
    assert (again.code, "cannot be written" in again.err) == (1, True)


def test_own_texts_and_broken_ones_are_listed(
    ask: Ask, done: Done, world: World, write: Callable[[str], Path]
) -> None:
    assert world.account
    path = write(OWN)
    (own,) = (one for one in done("drafts") if one["source"] == "own")
    assert (own["name"], own["file"]) == ("hello", str(path))
    assert done("draft", "hello", "Nordic Oy", "--with", "Maria")["text"] == "Dear Maria"
    write(OWN.replace("first_name", "first"))
    got = ask("drafts")
    assert (got.code, "drafts/mine.toml, text, line 1" in got.out) == (1, True)
    refused = ask("draft", "hello", "Nordic Oy")
    assert (refused.code, "no merge field" in refused.err) == (1, True)
    unknown = ask("draft", "birthdy", "Nordic Oy")
    assert (unknown.code, "There is no draft text birthdy" in unknown.err) == (1, True)


def test_a_shipped_text_is_copied_to_be_edited(ask: Ask, done: Done) -> None:
    copied = Path(done("drafts", "copy", "birthday")["file"])
    assert copied.parent == paths.config_folder() / "drafts"
    assert ask("drafts", "copy", "birthday").code == 1
