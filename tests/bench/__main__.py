"""``make bench``: every promise about speed and size as a ratio to a floor of the same run.

``python -m tests.bench [--rounds N] [commands|screens|writes ...]``. Writes bench.json; exits 1
when a figure is past its bound. Timings are never asserted by tests.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from tests.bench import commands, screens, writes

PARTS = {"commands": commands.measure, "screens": screens.measure, "writes": writes.measure}


def main(argv: list[str]) -> int:
    """Run the parts, print a line for each figure, keep bench.json."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], default=[])
    given = parser.parse_args(argv)
    figures = []
    for name in given.parts or PARTS:
        for figure in PARTS[name](given.rounds):
            print(figure.line(), flush=True)
            figures.append(figure)
    Path("bench.json").write_text(json.dumps([one.as_json() for one in figures], indent=1) + "\n")
    return 0 if all(figure.ok for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
