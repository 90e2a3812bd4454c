"""The runner of the rings counts what pytest closed with and misses no gate."""

from __future__ import annotations

import pytest

from tests.rings import RINGS, ROOT, Share, below, counts, shares


def _summary(lines: int, run: int, branches: int, taken: int) -> dict[str, dict[str, int]]:
    return {
        "summary": {
            "num_statements": lines,
            "covered_lines": run,
            "num_branches": branches,
            "covered_branches": taken,
        }
    }


def test_files_of_one_package_are_added_up() -> None:
    report = {
        "files": {
            "db/rows.py": _summary(10, 9, 4, 2),
            "db/queries/lists.py": _summary(30, 30, 6, 6),
            "tui/app.py": _summary(5, 0, 0, 0),
        }
    }
    assert shares(report) == {"db": Share(40, 39, 10, 8), "tui": Share(5, 0, 0, 0)}


@pytest.mark.parametrize(
    ("share", "met"),
    [
        (Share(100, 95, 20, 19), True),
        (Share(100, 94, 20, 20), False),
        (Share(100, 100, 20, 18), False),
        (Share(100, 95, 0, 0), True),
    ],
)
def test_a_gate_asks_for_lines_and_branches_each(share: Share, met: bool) -> None:
    assert (below({"db": share}, {"db": 95}) == []) is met


def test_a_package_that_nothing_measured_misses_its_gate() -> None:
    assert below({}, {"db": 95}) == ["db: nothing of it was measured"]


@pytest.mark.parametrize(
    ("closing", "expected"),
    [
        ("35 passed in 7.25s", {"passed": 35}),
        (
            "1 failed, 2 passed, 3 skipped, 1 error in 0.1s",
            {"failed": 2, "passed": 2, "skipped": 3},
        ),
        ("=== 4 passed, 2 warnings in 61.00s (0:01:01) ===", {"passed": 4}),
        ("no tests ran in 0.01s", {}),
    ],
)
def test_closing_lines_are_counted(closing: str, expected: dict[str, int]) -> None:
    assert counts(closing) == expected


def test_each_test_folder_belongs_to_exactly_one_ring() -> None:
    folders = [path for ring in RINGS.values() for path in ring if path.startswith("tests/")]
    left_out = [path.removeprefix("--ignore=") for path in RINGS["rest"][1:]]
    assert sorted(folders) == sorted(left_out)
    assert all((ROOT / folder).is_dir() for folder in folders)
