"""Importing a file of accounts by command."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Ask

Done = Callable[..., Any]
KEYS = [
    "kind", "file", "rows", "created", "updated", "unchanged", "skipped", "failed",
    "accounts_created", "dry_run", "batch", "ignored_columns", "problems",
]  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., str]:
    """Write a file of lines and give back its path."""

    def write(*lines: str) -> str:
        path = tmp_path / "accounts.csv"
        path.write_text("\n".join(lines), encoding="utf-8")
        return str(path)

    return write


def test_the_document_has_the_agreed_shape(done: Done, samples: Path) -> None:
    path = str(samples / "maven_crm" / "accounts.csv")
    maps = ("--map", "account=name", "--map", "subsidiary_of=parent")
    got = done("import", "accounts", path, *maps)
    assert list(got) == KEYS
    assert (got["kind"], got["file"], got["rows"], got["created"]) == ("accounts", path, 85, 85)
    assert got["ignored_columns"] == ["year_established", "revenue", "employees", "office_location"]
    assert (got["dry_run"], got["problems"]) == (False, [])
    assert got["batch"].isdigit()
    again = done("import", "accounts", path, *maps)
    assert (again["unchanged"], again["batch"]) == (85, None)
    assert len(done("accounts")) == 85


def test_a_dry_run_makes_no_book(ask: Ask, done: Done, samples: Path, tmp_path: Path) -> None:
    path = str(samples / "maven_crm" / "accounts.csv")
    got = done("import", "accounts", path, "--map", "account=name", "--dry-run")
    assert (got["created"], got["dry_run"], got["batch"]) == (85, True, None)
    assert not (tmp_path / "own.db").exists()
    assert ask("accounts").code == 3


def test_an_import_that_changes_nothing_does_not_point_to_undo(
    ask: Ask, file: Callable[..., str]
) -> None:
    path = file("name,sector", "Acme,food")
    assert "`trustplan undo` takes it back" in ask("import", "accounts", path).out
    assert "undo" not in ask("import", "accounts", path).out


def test_a_dry_run_on_a_book_writes_nothing(done: Done, file: Callable[..., str]) -> None:
    done("account", "add", "Acme")
    path = file("name,sector", "Acme,food", "Bolt,")
    dry = done("import", "accounts", path, "--dry-run")
    assert (dry["created"], dry["updated"]) == (1, 1)
    assert [row["name"] for row in done("accounts")] == ["Acme"]
    real = done("import", "accounts", path)
    assert {**real, "dry_run": True, "batch": None} == dry


def test_failed_rows_give_exit_1_and_the_rest_is_written(
    ask: Ask, done: Done, file: Callable[..., str]
) -> None:
    path = file("name,tier", "Acme,9", "Bolt,2", ",1")
    got = ask("import", "accounts", path, "--json")
    assert got.code == 1
    document = json.loads(got.out)
    assert (document["failed"], document["created"]) == (2, 1)
    assert document["problems"][0] == {
        "line": 2,
        "column": "tier",
        "value": "9",
        "problem": document["problems"][0]["problem"],
        "kept": False,
    }
    assert [row["name"] for row in done("accounts")] == ["Bolt"]


def test_skipped_rows_and_warnings_are_exit_0(ask: Ask, file: Callable[..., str]) -> None:
    path = file("name,owner", "Acme,Nobody", "acme,")
    got = ask("import", "accounts", path)
    assert got.code == 0
    assert "line 2: owner: no colleague is called Nobody" in got.out
    assert "line 3: name:" in got.out
    assert "(the row was left out)" in got.out
    assert "utf-8" in got.out


def test_a_folder_a_binary_and_an_empty_file_are_refused(ask: Ask, tmp_path: Path) -> None:
    book = tmp_path / "own.db"
    empty = tmp_path / "empty.csv"
    empty.touch()
    blank = tmp_path / "blank.csv"
    blank.write_text("\n \n")
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as made:
        made.execute("CREATE TABLE t (x)")
    made.close()
    noise = tmp_path / "noise.csv"
    noise.write_bytes(bytes(range(256)) * 40)
    for path in (tmp_path, empty, blank, other, noise, tmp_path / "missing.csv"):
        got = ask("import", "accounts", str(path))
        assert (got.code, got.out) == (1, "")
        assert got.err.count("\n") == 1
        assert "Traceback" not in got.err
        assert not book.exists()


def test_a_file_that_may_not_be_read_is_refused(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, file: Callable[..., str]
) -> None:
    path = file("name", "Acme")

    def refuse(_path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    got = ask("import", "accounts", path)
    assert got.code == 1
    assert "Permission denied" in got.err


@pytest.mark.parametrize(
    ("words", "said"),
    [(("--map", "nme=name"), "no column"), (("--map", "name"), "no mapping"),
     (("--map", "name=size"), "no field"), (("--key", "tier"), "key"),
     (("--dates", "ydm"), "order"), (("--encoding", "klingon"), "encoding"),
     (("--delimiter", "xx"), "separate")],
)  # fmt: skip
def test_wrong_options_are_refused_before_anything_is_written(
    ask: Ask, tmp_path: Path, file: Callable[..., str], words: tuple[str, ...], said: str
) -> None:
    got = ask("import", "accounts", file("name,tier", "Acme,1"), *words)
    assert got.code == 1
    assert said in got.err
    assert not (tmp_path / "own.db").exists()


def test_an_unknown_kind_is_wrong_usage(ask: Ask, file: Callable[..., str]) -> None:
    assert ask("import", "unicorns", file("name", "Acme")).code == 2


def test_day_and_month_are_asked_for(ask: Ask, done: Done, file: Callable[..., str]) -> None:
    path = file("name,contract_end,arr", "Acme,03/04/2027,1", "Bolt,05/06/2027,1")
    got = ask("import", "accounts", path)
    assert got.code == 1
    assert "--dates" in got.err
    assert done("import", "accounts", path, "--dates", "dmy")["created"] == 2
    assert [row["renewal"] for row in done("accounts")] == ["2027-04-03", "2027-06-05"]


def test_the_text_says_how_the_file_was_read(ask: Ask, file: Callable[..., str]) -> None:
    path = file("name;arr;contract_end;colour", "Acme;1.234,50;31/12/2027;red")
    got = ask("import", "accounts", path)
    for words in ("separated by ;", "Dates in contract_end are dmy", "colour", "arr is ,"):
        assert words in got.out


def test_many_problems_are_cut_in_text_only(ask: Ask, file: Callable[..., str]) -> None:
    path = file("name,owner", *(f"Company {n},Nobody" for n in range(60)))
    got = ask("import", "accounts", path)
    assert "and 10 more" in got.out
    assert got.out.count("no colleague") == 50


def test_unknown_accounts_are_skipped_without_create(done: Done, file: Callable[..., str]) -> None:
    done("account", "add", "Acme")
    got = done("import", "accounts", file("name,sector", "Acme,x", "Bolt,y"), "--no-create")
    assert (got["updated"], got["skipped"], got["accounts_created"]) == (1, 1, 0)


def test_progress_is_told_on_standard_error(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, file: Callable[..., str]
) -> None:
    monkeypatch.setattr("tui.cli.importing.PROGRESS_AFTER_S", 0.0)
    got = ask("import", "accounts", file("name", "Acme", "Bolt"), "--json")
    assert "0 of 2 rows" in got.err
    assert "2 of 2 rows" in got.err
    assert json.loads(got.out)["created"] == 2


def test_the_file_is_in_the_books_currency(done: Done, file: Callable[..., str]) -> None:
    done("account", "add", "Acme")
    got = done("import", "accounts", file("name,arr", "Acme,$100"))
    assert "EUR" in got["problems"][0]["problem"]
