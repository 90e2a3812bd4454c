"""Health, one page, search, history, undo and redo by command."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import TODAY, Ask
from tests.makers import World

Done = Callable[..., Any]


@pytest.mark.usefixtures("world")
def test_health_has_the_fields_of_the_contract_and_adds_up(done: Done) -> None:
    got = done("health", "Nordic Oy")
    assert list(got) == [
        "account", "as_of", "config_version", "calibrated", "score", "raw", "band", "coverage",
        "override", "caps", "dimensions",
    ]  # fmt: skip
    assert (got["account"], got["as_of"], got["override"]) == ("Nordic Oy", TODAY, None)
    measures = [one for dim in got["dimensions"] for one in dim["measures"]]
    assert sum(one["lost"] for one in measures) == pytest.approx(100 - got["raw"], abs=1e-6)
    for one in measures:
        assert list(one) == ["id", "weight", "score", "confidence", "lost", "why", "rows"]
        if one["score"] is None:
            assert one["lost"] == 0
        assert all(isinstance(row, str) for row in one["rows"])
    assert got["score"] == done("accounts", "--filter", "name:nordic")[0]["health"]["score"]


@pytest.mark.usefixtures("world")
def test_health_explains_in_layers(ask: Ask) -> None:
    got = ask("health", "Nordic Oy")
    assert got.code == 0
    for title in ("What it loses", "What would help fastest", "Not known", "All measures"):
        assert title in got.out
    assert "we know" in got.out
    assert "uncalibrated" in got.out
    assert "resolve C-1" in got.out
    assert "rounding" not in got.out or "  0.0  rounding" not in got.out


@pytest.mark.usefixtures("world")
def test_health_of_an_account_without_facts(ask: Ask) -> None:
    got = ask("health", "Other Ltd")
    assert got.code == 0
    assert "new: no band in the first 14 days" in got.out
    assert "we know 10 %" in got.out


@pytest.mark.usefixtures("world")
def test_health_since_tells_what_each_measure_changed(done: Done, ask: Ask) -> None:
    got = done("health", "Nordic Oy", "--since", TODAY, "--today", "2026-04-20")
    since = got["since"]
    assert since["date"] == TODAY
    changes = {one["id"]: one["delta"] for one in since["changes"]}
    assert "R1" in changes
    assert sum(changes.values()) == pytest.approx(got["raw"] - since["raw"], abs=1e-3)
    text = ask("health", "Nordic Oy", "--since", TODAY, "--today", "2026-04-20").out
    assert "What changed since 2026-03-11" in text


@pytest.mark.usefixtures("world")
def test_health_since_a_day_without_a_score_is_refused(ask: Ask) -> None:
    got = ask("health", "Nordic Oy", "--since", "2020-01-01")
    assert got.code == 1
    assert "No score is stored" in got.err


def test_an_account_called_like_a_command_is_named_by_the_option(done: Done, ask: Ask) -> None:
    assert ask("account", "add", "recompute").code == 0
    assert done("health", "--account", "recompute")["account"] == "recompute"
    assert done("health", "recompute") == {"recomputed": 1, "as_of": TODAY}


@pytest.mark.usefixtures("world")
def test_recompute_and_snapshot_count_what_they_did(ask: Ask, done: Done) -> None:
    assert done("health", "recompute", "--today", "2026-04-20") == {
        "recomputed": 2,
        "as_of": "2026-04-20",
    }
    assert done("health", "snapshot", "--today", "2026-04-21") == {
        "snapshots": 2,
        "as_of": "2026-04-21",
    }
    assert "2 scores" in ask("health", "recompute").out
    assert "2 scores" in ask("health", "snapshot").out


def test_a_name_that_fits_several_lists_them(ask: Ask) -> None:
    for _time in range(2):
        assert ask("account", "add", "Twin", "--duplicate").code == 0
    got = ask("health", "twin")
    assert got.code == 1
    assert got.err.count("id ") >= 2
    assert ask("show", "nobody").code == 1


def test_one_page_as_text_markdown_and_json(
    ask: Ask, done: Done, world: World, tmp_path: Path
) -> None:
    text = ask("show", "Nordic Oy").out
    for part in ("HEALTH", "MONEY", "GOALS", "PEOPLE", "OUR TEAM", "RISKS", "NEXT", "COMPLAINTS"):
        assert part in text
    assert "1200 EUR a year" in text
    assert "nobody named for marketing, success, service" in text
    assert "They look around" in text
    markdown = ask("show", "Nordic Oy", "--format", "md").out
    assert markdown.startswith("# Nordic Oy\n")
    assert "## Health" in markdown
    page = done("show", "Nordic Oy")
    assert page["id"] == str(world.account)
    assert page["account"] == done("accounts")[0]
    assert page["team"] == {"sales": "Bob"}
    assert [one["objective"] for one in page["objectives"]] == ["Halve the effort"]
    file = tmp_path / "page.md"
    assert ask("show", "Nordic Oy", "--format", "md", "--to", str(file)).out == ""
    assert file.read_text(encoding="utf-8") == markdown
    got = ask("show", "Nordic Oy", "--to", str(file))
    assert got.code == 1
    assert "cannot be written" in got.err


def test_markdown_signs_in_a_name_are_text(ask: Ask) -> None:
    assert ask("account", "add", "# <b>*x*</b> [y](z)").code == 0
    first = ask("show", "# <b>*x*</b> [y](z)", "--format", "md").out.splitlines()[0]
    assert first == r"# \# \<b\>\*x\*\</b\> \[y\](z)"


def test_search_finds_by_beginnings_and_nearly(ask: Ask, done: Done, world: World) -> None:
    (hit,) = done("search", "nordi")[:1]
    assert hit == {
        "kind": "account", "id": str(world.account), "label": "Nordic Oy",
        "account_id": str(world.account), "account": "Nordic Oy", "near": False,
    }  # fmt: skip
    assert [one["kind"] for one in done("search", "istanbul")] == ["touchpoint"]
    assert done("search", "nordc", "oy")[0]["near"] is True
    assert "account?" in ask("search", "nordc oy").out
    assert "Nothing is found" in ask("search", "zzzz").out


def test_history_undo_and_redo(ask: Ask, done: Done) -> None:
    assert ask("account", "add", "Acme").code == 0
    assert ask("account", "set", "Acme", "--tier", "1").code == 0
    changes = done("history", "Acme")
    assert [one["rows"] for one in changes] == [1, 1]
    assert list(changes[0]) == [
        "id", "at", "actor", "use_case", "summary", "account", "account_id", "kind", "target_id",
        "rows",
    ]  # fmt: skip
    assert "Acme" in ask("history").out
    undone = done("undo")
    assert undone["change"] == changes[0]["summary"]
    assert done("accounts")[0]["tier"] is None
    assert done("history")[0]["kind"] == "undo"
    assert done("history")[0]["target_id"] == changes[0]["id"]
    assert done("redo")["change"] == changes[0]["summary"]
    assert done("accounts")[0]["tier"] == 1
    assert len(done("history", "--limit", "2")) == 2


def test_undo_takes_back_a_change_by_its_id(ask: Ask, done: Done) -> None:
    assert ask("account", "add", "Acme").code == 0
    first = done("history")[0]["id"]
    assert ask("account", "add", "Beta").code == 0
    assert ask("undo", "--batch", first).code == 0
    assert [row["name"] for row in done("accounts")] == ["Beta"]
    for wrong in ("x", "9" * 30, "12"):
        got = ask("undo", "--batch", wrong)
        assert got.code == 1
        assert "no change with the id" in got.err
    assert ask("undo", "--batch", first).code == 1


@pytest.mark.usefixtures("world")
def test_nothing_to_undo_or_redo_is_refused(ask: Ask) -> None:
    assert "nothing to undo" in ask("undo").err
    got = ask("redo")
    assert got.code == 1
    assert "nothing to redo" in got.err
