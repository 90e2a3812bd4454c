"""Who we are, settings, sample books, backup, restore, the doctor."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import TODAY, Ask
from tests.makers import World
from tui import paths

Done = Callable[..., Any]


def test_me_is_written_to_the_config_and_to_a_new_book(
    ask: Ask, done: Done, tmp_path: Path
) -> None:
    assert done("me")["function"] is None
    got = done("me", "Ann Lee", "--function", "success")
    assert (got["name"], got["function"]) == ("Ann Lee", "success")
    assert (tmp_path / "own.db").exists()
    assert stat.S_IMODE(paths.config_file().stat().st_mode) == 0o600
    assert done("me") == {"name": "Ann Lee", "function": "success"}
    assert [one["name"] for one in done("colleague", "list")] == ["Ann Lee"]
    assert done("history")[0]["actor"] == "Ann Lee"
    assert ask("me", "Ann Lee", "--function", "sales").code == 0
    assert [one["function"] for one in done("colleague", "list")] == ["sales"]
    assert "Ann Lee" in ask("me").out


def test_me_refuses_no_name_and_no_such_function(ask: Ask) -> None:
    assert ask("me", " ").code == 1
    assert ask("me", "Ann", "--function", "finance").code == 2
    assert not paths.config_file().exists()


def test_colleagues_are_added_changed_away_and_retired(ask: Ask, done: Done, world: World) -> None:
    carl = done("colleague", "add", "Carl", "--function", "service", "--email", "carl@x.example")
    assert carl["id"].isdigit()
    changed = done("colleague", "set", "carl@x.example", "--name", "Karl", "--seniority", "lead")
    assert (changed["name"], changed["seniority"], changed["id"]) == ("Karl", "lead", carl["id"])
    away = done(
        "colleague", "away", "Karl", "--from", "2026-03-12", "--to", "2026-03-20", "--cover", "Ann"
    )
    assert (away["away_from"], away["cover_id"]) == ("2026-03-12", str(world.ann))
    row = next(one for one in done("colleague", "list") if one["name"] == "Karl")
    assert (row["away_to"], row["cover"]) == ("2026-03-20", "Ann")
    assert "Karl" in ask("colleague", "list").out
    assert done("colleague", "away", "Karl", "--clear")["away_from"] is None
    assert done("colleague", "retire", "Karl")["retired_on"] == TODAY


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("add", "Ann"), 1, "already"),
        (("retire", "Bob"), 1, "still own"),
        (("set", "Nobody", "--name", "X"), 1, "No colleague"),
        (("set", "Ann"), 2, "Nothing to change"),
        (("away", "Ann", "--from", "2026-03-20", "--to", "2026-03-12"), 1, "before the start"),
        (("away", "Ann", "--from", "someday", "--to", "2026-03-12"), 1, "not understood"),
        (("away", "Ann", "--from", "2026-03-12"), 2, "--from and --to"),
    ],
)
@pytest.mark.usefixtures("world")
def test_what_cannot_be_said_of_colleagues(
    ask: Ask,
    words: tuple[str, ...],
    code: int,
    said: str,
) -> None:
    got = ask("colleague", *words)
    assert got.code == code
    assert said in got.err


@pytest.mark.usefixtures("world")
def test_settings_are_shown_changed_and_refused(ask: Ask, done: Done) -> None:
    known = done("settings")
    assert (known["name"], known["zone"], known["base_currency"]) == ("Test", "UTC", "EUR")
    assert ask("settings", "zone").out == "zone  UTC\n"
    assert done("settings", "name", "Nordics")["value"] == "Nordics"
    assert done("settings", "name") == {"name": "Nordics"}
    got = ask("settings", "zoen")
    assert got.code == 1
    assert "Did you mean zone?" in got.err
    got = ask("settings", "zone", "Europe/Berlin")
    assert got.code == 1
    assert "once the book holds accounts" in got.err


def test_a_sample_book_is_made_with_progress_and_never_over_another(
    ask: Ask, done: Done, tmp_path: Path
) -> None:
    file = tmp_path / "s.db"
    got = ask("sample", str(file), "--accounts", "3", "--json")
    assert got.code == 0
    assert got.document["account"] == 3
    assert got.document["as_of"] == TODAY
    assert "3 / 3" in got.err
    rows = done("accounts", "--book", str(file))
    assert len(rows) == 3
    assert {row["health"]["as_of"] for row in rows} == {TODAY}
    assert done("doctor", "--book", str(file))["ok"] is True
    again = ask("sample", str(file), "--accounts", "3")
    assert again.code == 3
    assert "already" in again.err
    assert ask("sample", str(tmp_path / "t.db"), "--accounts", "-1").code == 1


def test_demo_without_a_terminal_prints_today_and_accounts(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.cli.house.DEMO_ACCOUNTS", 4)
    got = ask("demo")
    assert got.code == 0
    for words in ("SAMPLE", "TODAY  2026-03-11", "ACCOUNTS", "opens the app on it"):
        assert words in got.out
    first = paths.sample_book().stat().st_ino
    assert ask("demo", "--today", "2026-03-12").code == 0
    assert paths.sample_book().stat().st_ino == first
    later = ask("demo", "--today", "2026-03-14")
    assert "TODAY  2026-03-14" in later.out
    assert paths.sample_book().stat().st_ino != first
    assert [one.name for one in paths.data_folder().iterdir()] == ["sample.db"]


def test_demo_never_replaces_a_book_of_yours(ask: Ask) -> None:
    assert ask("account", "add", "Mine", "--book", str(paths.sample_book())).code == 0
    got = ask("demo")
    assert got.code == 3
    assert "no sample book" in got.err


def test_backup_and_restore_bring_the_book_back(ask: Ask, done: Done, tmp_path: Path) -> None:
    assert ask("account", "add", "Acme").code == 0
    kept = Path(done("backup")["backup"])
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    aside = tmp_path / "copy.db"
    assert str(aside) in ask("backup", "--to", str(aside)).out
    assert ask("backup", "--to", str(aside)).code == 3
    assert ask("account", "add", "Beta").code == 0
    got = done("restore", str(kept))
    assert [row["name"] for row in done("accounts")] == ["Acme"]
    assert Path(got["kept"]).exists()
    back = ask("restore", got["kept"])
    assert back.code == 0
    assert "is kept at" in back.out
    assert [row["name"] for row in done("accounts")] == ["Acme", "Beta"]


def test_restore_into_nothing_and_from_nothing(ask: Ask, done: Done, tmp_path: Path) -> None:
    assert ask("account", "add", "Acme").code == 0
    kept = done("backup")["backup"]
    elsewhere = tmp_path / "deep" / "new.db"
    assert done("restore", kept, "--book", str(elsewhere))["kept"] is None
    assert [row["name"] for row in done("accounts", "--book", str(elsewhere))] == ["Acme"]
    for wrong in (tmp_path / "none.db", tmp_path):
        assert ask("restore", str(wrong)).code == 3
    assert ask("restore", str(tmp_path / "own.db")).code == 3


def test_the_doctor_finds_what_is_not_well(ask: Ask, done: Done, tmp_path: Path) -> None:
    assert ask("account", "add", "Acme").code == 0
    got = done("doctor")
    assert got["ok"] is True
    assert [one["id"] for one in got["checks"]] == [
        "integrity", "foreign_keys", "schema", "file_mode", "scores", "search", "rollups",
        "health_inputs", "disk", "file_system",
    ]  # fmt: skip
    (tmp_path / "own.db").chmod(0o644)
    ill = ask("doctor", "--json")
    assert ill.code == 1
    assert ill.document["ok"] is False
    bad = [one for one in ill.document["checks"] if not one["ok"]]
    assert [one["id"] for one in bad] == ["file_mode"]
    assert "600" in bad[0]["detail"]
    assert "!!" in ask("doctor").out


def test_paths_name_every_place(done: Done, tmp_path: Path) -> None:
    got = done("paths")
    assert list(got) == ["book", "sample", "config", "state", "log"]
    assert got["book"] == str(tmp_path / "own.db")
    assert done("paths", "--book", "/x/y.db")["book"] == "/x/y.db"


def test_paths_of_a_book_on_a_server_name_its_copy_and_what_waits(done: Done) -> None:
    one, other = (
        done("paths", "--book", f"postgresql://{who}@db.example.com/team") for who in ("ann", "bob")
    )
    assert list(one)[-2:] == ["copy", "outbox"]
    assert Path(one["outbox"]).parent == Path(one["copy"]).parent == paths.state_folder()
    assert len({one["copy"], other["copy"], one["outbox"], other["outbox"]}) == 4
    assert not paths.state_folder().exists()
