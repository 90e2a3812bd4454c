"""Strings that break programs, written and read back by command."""

from __future__ import annotations

import csv
import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from planner.text import unstorable
from tests.cli.conftest import Ask
from tests.strategies import HOSTILE, UNSTORABLE

Done = Callable[..., Any]


@pytest.fixture
def naughty(samples: Path) -> list[str]:
    """The strings of the collection that are no blank."""
    strings = json.loads((samples / "blns" / "blns.json").read_text(encoding="utf-8"))
    return [text for text in strings if text.strip() and unstorable(text) is None]


def printable(text: str) -> bool:
    """Whether nothing in the lines could be taken for a command by a terminal."""
    return all(
        line == "" or all(unicodedata.category(c) not in ("Cc", "Cs") for c in line)
        for line in text.split("\n")
    )


def test_every_naughty_string_survives_as_name_and_note(
    ask: Ask, done: Done, naughty: list[str]
) -> None:
    assert len(naughty) > 500
    ids = {}
    for text in naughty:
        got = ask("--json", "account", "add", "--duplicate", f"--note={text}", "--", text)
        assert got.code == 0, got.err
        record = json.loads(got.out)
        assert (record["name"], record["note"]) == (text, text)
        ids[record["id"]] = text
    assert {row["id"]: row["name"] for row in done("accounts")} == ids
    assert printable(ask("accounts").out)


def test_every_naughty_string_survives_the_import(
    ask: Ask, done: Done, naughty: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "naughty.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "name", "sector", "odd"])
        writer.writerows((f"N{n}", text, text, text) for n, text in enumerate(naughty))
    words = ("import", "accounts", str(path), "--key", "external_id", "--encoding", "utf-8")
    got = done(*words)
    assert (got["created"], got["failed"]) == (len(naughty), 0)
    assert {row["external_id"]: row["name"] for row in done("accounts")} == {
        f"N{n}": text for n, text in enumerate(naughty)
    }
    assert done(*words)["unchanged"] == len(naughty)
    assert printable(ask(*words).out)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_every_field_reaches_no_terminal(ask: Ask, done: Done, text: str) -> None:
    account = done("--json", "account", "add", f"--sector={text}", f"--owner={text}", "--", text)
    person = done("person", "add", f"--account={account['id']}", f"--title={text}", "--", text)
    number = account["id"]
    outputs = [
        ask("account", "set", number, f"--note={text}", f"--celebrate={text}=2020-01-01"),
        ask("account", "team", number, f"--sales={text}"),
        ask("contract", "add", number, "--arr", "1", f"--name={text}", f"--note={text}"),
        ask("plan", "new", number, f"--north-star={text}"),
        ask("plan", "objective", number, f"--objective={text}", f"--their-owner={text}"),
        ask("plan", "action", number, f"--action={text}", f"--owner={text}", "--due", "fri",
            f"--done-means={text}", f"--their-owner={person['id']}"),
        ask("plan", "risk", number, f"--risk={text}", f"--exit={text}"),
        ask("log", "touchpoint", number, "--kind", "call", f"--note={text}", f"--promise={text}",
            f"--with={person['id']}"),
        ask("log", "complaint", number, f"--title={text}", f"--detail={text}"),
        ask("complaint", "hand", "C-1", f"--to={text}"),
        ask("log", "pulse", number, "1", "--function", "sales", f"--reason={text}"),
        ask("plan", "show", number),
        ask("plan", "show", number, "--format", "md"),
        ask("plan", "show", number, "--format", "html"),
        ask("plan", "show", number, "--share"),
        ask("plan", "share", number, "--format", "html"),
        ask("show", number),
        ask("show", number, "--format", "md"),
        ask("show", number, "--format", "html"),
    ]  # fmt: skip
    assert [got.code for got in outputs] == [0] * len(outputs)
    assert all(printable(got.out) and printable(got.err) for got in outputs)
    document = done("plan", "show", number)
    assert document["account"]["name"] == text
    assert document["risks"][0]["exit"] == text


@pytest.mark.parametrize("text", UNSTORABLE)
def test_text_that_no_store_keeps_is_refused(ask: Ask, done: Done, text: str) -> None:
    done("account", "add", "Acme")
    for got in (
        ask("account", "add", text),
        ask("account", "set", "Acme", f"--note={text}"),
        ask("log", "touchpoint", "Acme", "--kind", "call", f"--note={text}"),
    ):
        assert got.code == 1
        assert got.err
        assert printable(got.err)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_where_a_name_or_date_is_expected_are_refused(
    ask: Ask, done: Done, text: str
) -> None:
    done("account", "add", "Acme")
    for words in (
        ("account", "set", "--tier=1", "--", text),
        ("log", "touchpoint", "Acme", "--kind=call", f"--at={text}"),
        ("log", "touchpoint", "Acme", "--kind=call", f"--with={text}"),
        ("complaint", "ack", "--", text),
        ("contract", "add", "Acme", f"--arr={text}"),
    ):
        got = ask(*words)
        assert got.code == 1
        assert printable(got.err)
