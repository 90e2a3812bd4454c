"""No test of the contract runs on one engine alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.db.contract.conftest import ENGINES

HERE = Path(__file__).parent


def of_engine(engine: str, names: list[str]) -> set[str]:
    """The tests of an engine, without its name."""
    mark = re.compile(rf"(?<=[\[-]){engine}(?=[\]-])")
    return {mark.sub("*", name) for name in names if mark.search(name)}


def test_every_test_of_the_contract_is_collected_for_both_engines(
    request: pytest.FixtureRequest,
) -> None:
    mine = [item.nodeid for item in request.session.items if HERE in item.path.parents]
    whole = {item.path for item in request.session.items if HERE in item.path.parents}
    on_file, on_server = (of_engine(engine, mine) for engine in ENGINES)
    assert on_file == on_server
    assert len(on_file) + len(on_server) == len(mine)
    if not request.config.option.keyword and len(whole) > 1:
        assert len(on_file) > 300


def test_a_name_that_only_holds_an_engines_word_is_not_taken_for_its_run() -> None:
    names = ["a::t[sqlite-x]", "a::t[postgres-x]", "a::sqlite_test", "a::u[x-postgres]"]
    assert of_engine("sqlite", names) == {"a::t[*-x]"}
    assert of_engine("postgres", names) == {"a::t[*-x]", "a::u[x-*]"}
