"""The README says what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.readme import README, with_tables

ROOT = Path(__file__).resolve().parents[1]


def test_the_tables_of_commands_and_keys_are_those_of_the_program() -> None:
    text = README.read_text(encoding="utf-8")
    assert with_tables(text) == text, "run: python -m tests.readme"


def test_a_readme_without_marks_is_noticed() -> None:
    with pytest.raises(ValueError, match="commands"):
        with_tables("no marks here")


def test_the_first_two_commands_are_demo_and_check() -> None:
    code = re.findall(r"```\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert code[0].split("\n")[:2] == ["make demo", "make check"]


def test_every_file_that_the_readme_points_to_is_there() -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", README.read_text(encoding="utf-8"))
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_every_make_target_that_the_readme_names_exists() -> None:
    named = set(re.findall(r"make ([a-z]+)", README.read_text(encoding="utf-8")))
    made = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    assert named
    assert named <= made
