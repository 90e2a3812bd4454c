"""The frame of the command line: exit codes, sentences, help, output of every kind."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from planner.errors import Ambiguous, Conflict, FieldConflict, FieldProblem, Refused
from tests.cli.conftest import Ask
from tui.cli import main, output
from tui.cli.commands import commands
from tui.cli.output import Column, cell_width, fit, json_text, table
from tui.version import __version__


def test_help_lists_every_command_by_group_without_loading_one(ask: Ask) -> None:
    got = ask("--help")
    assert got.code == 0
    for name, (_target, group, words) in commands().items():
        assert f"\n  {name} " in got.out
        assert f"{group}:" in got.out
        assert words.split()[0] in got.out


@pytest.mark.parametrize("name", list(commands()))
def test_every_command_has_help_and_knows_the_shared_options(ask: Ask, name: str) -> None:
    got = ask(name, "--help")
    assert got.code == 0
    assert "--json" in got.out
    assert "--today" in got.out


def test_a_wrong_word_is_wrong_usage_and_names_the_nearest(ask: Ask) -> None:
    got = ask("acounts")
    assert got.code == 2
    assert "Did you mean accounts?" in got.err
    assert got.out == ""


@pytest.mark.parametrize(
    "words",
    [
        ("accounts", "--limit", "x"),
        ("accounts", "--nonsense"),
        ("accounts", "extra"),
        ("colleague", "ad"),
        ("--json",),
        ("colleague", "away", "Ann"),
        ("me", "--function", "sales"),
    ],
)
@pytest.mark.usefixtures("world")
def test_wrong_usage_is_2_with_a_sentence_and_where_help_is(
    ask: Ask,
    words: tuple[str, ...],
) -> None:
    got = ask(*words)
    assert got.code == 2
    assert "Help: trustplan" in got.err
    assert "Traceback" not in got.err


def test_without_a_terminal_the_app_says_how_to_use_commands(ask: Ask) -> None:
    got = ask()
    assert got.code == 2
    assert "needs a terminal" in got.err


def test_a_word_without_its_command_shows_what_there_is(ask: Ask) -> None:
    got = ask("colleague")
    assert got.code == 2
    assert "retire" in got.err


def test_json_is_taken_before_and_after_the_command(ask: Ask) -> None:
    assert ask("--json", "paths").document == ask("paths", "--json").document


def test_the_version_is_an_option_beside_others(ask: Ask) -> None:
    assert ask("--json", "--version").out == f"trustplan {__version__}\n"


def test_reading_a_missing_book_is_3_and_makes_none(ask: Ask, tmp_path: Path) -> None:
    for words in (["accounts"], ["undo"], ["health", "recompute"], ["doctor"], ["backup"]):
        got = ask(*words)
        assert got.code == 3
        assert "There is no book" in got.err
    assert not (tmp_path / "own.db").exists()


def test_what_is_no_book_is_3(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "own.db").write_bytes(b"")
    assert "0 bytes" in ask("accounts").err
    got = ask("accounts", "--book", str(tmp_path))
    assert got.code == 3
    assert "is a folder" in got.err


def test_a_day_that_is_none_is_refused(ask: Ask) -> None:
    got = ask("accounts", "--today", "2026-13-01")
    assert got.code == 1
    assert "--today" in got.err


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (Refused("No.", [FieldProblem("tier", "it is none of 1, 2, 3", "9")]), 1, "tier: it is"),
        (Ambiguous("Several.", ["Ann (id 1)", "Ann (id 2)"]), 1, "Ann (id 2)"),
        (Conflict("First.", [FieldConflict("tier", 1, 2, 3)]), 4, "was 1, theirs 2, yours 3"),
    ],
)
def test_errors_are_sentences_with_their_fields_and_candidates(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, error: Exception, code: int, said: str
) -> None:
    def fail(*_args: object) -> None:
        raise error

    monkeypatch.setattr("tui.cli.context.Session.show", fail)
    got = ask("paths")
    assert got.code == code
    assert said in got.err


def test_a_table_is_cut_to_the_width_and_numbers_stand_right() -> None:
    columns = (Column("Name", cut=True), Column("N", right=True))
    lines = table(columns, [("x" * 40, 5), ("日本語テキスト", 12)], empty="-", width=20)
    assert [cell_width(line) for line in lines] == [20, 20, 20]
    assert lines[1].endswith("…   5")
    assert lines[2].endswith("12")
    assert table(columns, [], empty="none") == ["none"]


def test_a_table_shows_signs_for_what_a_terminal_would_obey() -> None:
    lines = table((Column("A"),), [("\x1b[31mred\u202e",), (None,)], empty="-")
    assert lines[1:] == ["␛[31mred⟪RLO⟫", "-"]


def test_fit_never_cuts_a_wide_character_in_half() -> None:
    assert cell_width(fit("日本語", 4)) <= 4


def test_json_carries_control_characters_and_overrides_as_escapes() -> None:
    text = json_text([{"a": "\x1b\x9b\u202e\x7f é"}])
    assert json.loads(text) == [{"a": "\x1b\x9b\u202e\x7f é"}]
    assert not any((ord(c) < 0x20 and c != "\n") or 0x7F <= ord(c) < 0xA0 for c in text)
    assert "\u202e" not in text


def test_json_is_whole_where_the_output_is_ascii(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
    assert json_text(["é日"]) == '["\\u00e9\\u65e5"]'


@pytest.mark.usefixtures("world")
def test_an_ascii_terminal_gets_signs_and_no_error(tmp_path: Path) -> None:
    env = {"PYTHONIOENCODING": "ascii", "PATH": "", "TRUSTPLAN_BOOK": str(tmp_path / "own.db")}
    done = subprocess.run(
        [sys.executable, "-m", "tui", "touchpoints"], env=env, capture_output=True, check=True
    )
    assert b"stanbul" in done.stdout


@pytest.mark.usefixtures("world")
def test_a_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    command = f"{sys.executable} -m tui touchpoints --json | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["/bin/bash", "-c", command],
        env={"PATH": "/usr/bin:/bin", "TRUSTPLAN_BOOK": str(tmp_path / "own.db")},
        capture_output=True,
        check=True,
        text=True,
    )
    assert done.stderr == ""
    assert done.stdout.strip() == "0"


def test_the_terminal_width_is_that_of_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "42")
    assert output.screen_width() == 42
    monkeypatch.setenv("COLUMNS", "wide")
    assert output.screen_width() is None


def test_the_program_is_made_anew_for_each_start() -> None:
    assert main.program() is not main.program()


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2201-01-01", "9999-12-31"])
@pytest.mark.parametrize("command", ["accounts", "today", "complaints"])
def test_a_today_outside_the_years_of_a_book_is_refused(
    ask: Ask, done: Callable[..., Any], command: str, day: str
) -> None:
    done("account", "add", "Acme")
    got = ask(command, "--today", day)
    assert got.code == 1
    assert "1900 to 2200" in got.err


@pytest.mark.parametrize("day", ["1900-01-01", "2200-12-31"])
@pytest.mark.parametrize("command", ["accounts", "today", "complaints", "people"])
def test_the_first_and_the_last_day_of_a_book_can_be_today(
    ask: Ask, done: Callable[..., Any], command: str, day: str
) -> None:
    done("account", "add", "Acme")
    assert ask(command, "--today", day).code == 0


def test_a_limit_above_every_count_lists_all(ask: Ask, done: Callable[..., Any]) -> None:
    done("account", "add", "Acme")
    done("log", "touchpoint", "Acme", "--kind", "call")
    for name, count in (("touchpoints", 1), ("accounts", 1), ("people", 0)):
        assert len(done(name, "--limit", "9" * 30)) == count
    assert ask("touchpoints", "--limit", "9" * 30).code == 0


@pytest.mark.parametrize("words", [("accounts",), ("account", "add", "Acme")])
def test_a_book_at_a_path_that_cannot_be_looked_at_is_one_sentence(
    ask: Ask, tmp_path: Path, words: tuple[str, ...]
) -> None:
    got = ask(*words, "--book", str(tmp_path / ("x" * 400)))
    assert (got.code, got.out) == (3, "")
    assert "cannot be read" in got.err


def test_an_empty_name_of_a_file_to_write_is_named_as_such(
    ask: Ask, done: Callable[..., Any]
) -> None:
    done("account", "add", "Acme")
    got = ask("show", "Acme", "--to", "")
    assert got.code == 1
    assert got.err == "Name a file to write to.\n"
