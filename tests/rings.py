"""Runs the test rings one after the other with branch coverage, then holds the coverage gates.

``python -m tests.rings [RING ...]``; without names all rings run and the gates are held.
The thresholds stand in pyproject.toml under ``tool.trustplan.coverage``.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RINGS: dict[str, tuple[str, ...]] = {
    "planner": ("tests/planner",),
    "db": ("tests/db",),
    "tui": ("tests/cli", "tests/tui"),
    "rest": (
        "tests",
        "--ignore=tests/planner",
        "--ignore=tests/db",
        "--ignore=tests/cli",
        "--ignore=tests/tui",
    ),
}
WORKERS = 2
_CLOSING = re.compile(r"\bin [\d.]+s\b")
_COUNT = re.compile(r"(\d+) (passed|failed|skipped|errors?)\b")


@dataclass(frozen=True, slots=True)
class Share:
    """How much of one package ran: counts of lines and of branches."""

    lines: int = 0
    lines_run: int = 0
    branches: int = 0
    branches_run: int = 0

    def plus(self, summary: Mapping[str, int]) -> Share:
        """This share with one file's ``summary`` (coverage's JSON report) added."""
        return Share(
            self.lines + summary["num_statements"],
            self.lines_run + summary["covered_lines"],
            self.branches + summary["num_branches"],
            self.branches_run + summary["covered_branches"],
        )

    @property
    def line_percent(self) -> float:
        """Lines run, in percent; 100 when there are none."""
        return 100 * self.lines_run / self.lines if self.lines else 100.0

    @property
    def branch_percent(self) -> float:
        """Branches taken, in percent; 100 when there are none."""
        return 100 * self.branches_run / self.branches if self.branches else 100.0


def shares(report: Mapping[str, Mapping[str, Mapping[str, Mapping[str, int]]]]) -> dict[str, Share]:
    """The share of each top-level package in coverage's JSON report."""
    found: dict[str, Share] = {}
    for name, entry in report["files"].items():
        package = Path(name).parts[0]
        found[package] = found.get(package, Share()).plus(entry["summary"])
    return found


def below(found: Mapping[str, Share], gates: Mapping[str, float]) -> list[str]:
    """One sentence for each package that misses its gate; lines and branches count alone."""
    misses = []
    for package, gate in gates.items():
        share = found.get(package)
        if share is None:
            misses.append(f"{package}: nothing of it was measured")
        elif min(share.line_percent, share.branch_percent) < gate:
            misses.append(
                f"{package}: lines {share.line_percent:.1f} %, branches "
                f"{share.branch_percent:.1f} %, asked for {gate} % of both"
            )
    return misses


def counts(closing: str) -> Counter[str]:
    """What a closing line of pytest counts: passed, failed (errors too), skipped."""
    found: Counter[str] = Counter()
    for number, word in _COUNT.findall(closing):
        found["failed" if word.startswith("error") else word] += int(number)
    return found


def _run_ring(name: str) -> tuple[int, Counter[str]]:
    """Run one ring, passing its output on; the exit code and what it counted."""
    print(f"== {name}", flush=True)
    begun = time.monotonic()
    command = [sys.executable, "-m", "coverage", "run", "-m", "pytest", "-n", str(WORKERS)]
    closing = ""
    with subprocess.Popen(
        [*command, *RINGS[name]], cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            closing = line if _CLOSING.search(line) else closing
    print(f"== {name}: {time.monotonic() - begun:.1f} s, exit {process.returncode}", flush=True)
    return process.returncode, counts(closing)


def _measure() -> dict[str, Share]:
    """Put the rings' coverage data together and read it."""
    coverage = [sys.executable, "-m", "coverage"]
    subprocess.run([*coverage, "combine", "--quiet"], cwd=ROOT, check=True)
    listed = [*coverage, "report", "--show-missing", "--skip-covered"]
    subprocess.run(listed, cwd=ROOT, check=True)
    report = subprocess.run(
        [*coverage, "json", "-o", "-", "--quiet"], cwd=ROOT, check=True, stdout=subprocess.PIPE
    )
    return shares(json.loads(report.stdout))


def _gates() -> dict[str, float]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    gates: dict[str, float] = settings["tool"]["trustplan"]["coverage"]
    return gates


def _hold_gates() -> list[str]:
    found = _measure()
    for package, gate in _gates().items():
        share = found.get(package, Share())
        print(
            f"{package}: lines {share.line_percent:.1f} %, branches "
            f"{share.branch_percent:.1f} %, gate {gate} %"
        )
    return below(found, _gates())


def main(names: Sequence[str]) -> int:
    """Run the named rings, or all with the gates; 0 when everything passed."""
    subprocess.run([sys.executable, "-m", "coverage", "erase"], cwd=ROOT, check=True)
    problems: list[str] = []
    total: Counter[str] = Counter()
    for name in names or RINGS:
        code, counted = _run_ring(name)
        total += counted
        if code:
            problems.append(f"ring {name} ended with {code}")
    if not names:
        problems += _hold_gates()
    for problem in problems:
        print(f"FAILED {problem}")
    print(f"{total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
