"""``review pack``: the weekly meeting, prepared, in three forms and as JSON."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Ask

Do = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("world")


def test_the_pack_is_printed_step_by_step(ask: Ask, done: Do) -> None:
    made = done("log", "complaint", "Nordic Oy", "--title", "Down", "--severity", "critical",
                "--at", "2026-03-02 09:00", "--owner", "Ann")  # fmt: skip
    done("complaint", "hand", made["number"], "--to", "Bob")
    said = ask("review", "pack").out
    titles = ("WIN AND LESSON", "THE BOOK", "CARRIED OVER", "ACCOUNTS AT STAKE", "RENEWALS",
              "CLASHES", "COMPLAINTS", "GROWTH", "READ BACK")  # fmt: skip
    places = [said.index(title) for title in titles]
    assert places == sorted(places)
    assert "Ann → Bob" in said
    assert made["number"] in said[places[6] : places[7]]
    assert "value at risk" in said
    found = done("review", "pack")
    late = {one["number"]: one["clock"] for one in found["complaints"]}
    assert late[made["number"]] == "late"
    assert found["cards"][0]["account"] == "Nordic Oy"
    assert set(found["cards"][0]) >= {"risk", "urgency", "causes", "fix", "complaints"}


def test_scope_minutes_and_figures(ask: Ask, done: Do) -> None:
    assert done("review", "pack", "--scope", "name:Other")["accounts"] == 1
    assert "no account is in this scope" in ask("review", "pack", "--scope", "name:zzz").out
    assert "ACCOUNTS AT STAKE (21 MIN)" in ask("review", "pack").out
    assert "ACCOUNTS AT STAKE (7 MIN)" in ask("review", "pack", "--minutes", "15").out
    assert "10 to 180 minutes, not 5" in ask("review", "pack", "--minutes", "5").err
    assert "is no field" in ask("review", "pack", "--scope", "nonsense:1").err
    assert " EUR" in ask("review", "pack").out
    assert " EUR" not in ask("review", "pack", "--hide-figures").out


def test_it_is_written_to_a_new_file_in_one_piece(ask: Ask, tmp_path: Path) -> None:
    to = tmp_path / "pack.html"
    assert ask("review", "pack", "--to", str(to)).code == 0
    page = to.read_text("utf-8")
    assert page.startswith("<!")
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")
    assert ask("review", "pack", "--to", str(to)).code == 1
    assert "## " in ask("review", "pack", "--format", "md").out


def test_the_score_is_checked_against_renewals(ask: Ask, done: Do) -> None:
    found = done("health", "validate")
    assert (found["enough"], found["message"], found["auc"]) == (False, "not enough outcomes", None)
    assert [one["band"] for one in found["bands"]] == ["green", "yellow", "red"]
    said = ask("health", "validate", "--from", "2025-01-01", "--to", "2025-12-31").out
    assert "Renewals decided 2025-01-01 to 2025-12-31" in said
    assert "Not enough outcomes to say more" in said
    assert "lies after" in ask("health", "validate", "--from", "today", "--to", "2025-12-31").err
