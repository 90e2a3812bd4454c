"""What the cheap commands load: their start-up time is a promise."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("pydantic", "textual", "rich", "sqlite_utils", "babel", "rapidfuzz", "charset_normalizer",
         "tomlkit")  # fmt: skip
CODE = """
import sys
from tui.cli.main import run
code = run(sys.argv[1:])
print(*sorted(sys.modules), file=sys.stderr)
sys.exit(code)
"""


def _loaded(book: Path, *words: str) -> set[str]:
    env = {key: value for key, value in os.environ.items() if "COVERAGE" not in key}
    done = subprocess.run(
        [sys.executable, "-c", CODE, *words],
        env={**env, "TRUSTPLAN_BOOK": str(book), "TRUSTPLAN_TODAY": "2026-03-11"},
        capture_output=True,
        check=True,
        text=True,
    )
    return set(done.stderr.split())


@pytest.mark.parametrize(
    "words",
    [
        ("paths",),
        ("accounts", "--json"),
        ("accounts",),
        ("accounts", "--filter", "tier:1 arr>1k"),
        ("accounts", "--today", "2026-04-20"),
        ("people",),
        ("touchpoints", "--json"),
        ("complaints",),
        ("actions", "--filter", "due<7"),
        ("today",),
        ("health", "Nordic Oy"),
        ("show", "Nordic Oy"),
        ("history",),
        ("templates",),
        ("playbooks", "--json"),
        ("--help",),
    ],
)
@pytest.mark.usefixtures("world")
def test_a_reading_command_loads_nothing_heavy(
    tmp_path: Path,
    words: tuple[str, ...],
) -> None:
    loaded = _loaded(tmp_path / "own.db", *words)
    assert [name for name in HEAVY if name in loaded] == []


def test_paths_loads_no_store(tmp_path: Path) -> None:
    loaded = _loaded(tmp_path / "own.db", "paths")
    assert not [name for name in loaded if name == "sqlite3" or name.startswith("db")]


@pytest.mark.usefixtures("world")
def test_accounts_loads_its_own_queries_alone(tmp_path: Path) -> None:
    loaded = _loaded(tmp_path / "own.db", "accounts", "--json")
    queries = sorted(name for name in loaded if name.startswith("db.queries."))
    assert queries == ["db.queries.accounts", "db.queries.book_queries"]
    assert "planner.health.score" not in loaded
