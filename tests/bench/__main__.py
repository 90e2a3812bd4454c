"""``make bench``: every promise about speed and size as a ratio to a floor of the same run.

``python -m tests.bench [--rounds N] [commands|screens|writes|timeline|board|scale ...]``. The part
``scale`` makes a book of 100,000 accounts and ten million touchpoints (half an hour, kept for the
day); with ``--accounts N`` a smaller one. Writes bench.json; exits 1 when a figure is past its
bound. Timings are never asserted by tests.
"""

from __future__ import annotations

import argparse
import json
import sys
from functools import partial
from pathlib import Path

from tests.bench import board, books, commands, scale, screens, timeline, writes

PARTS = {
    "commands": commands.measure,
    "screens": screens.measure,
    "writes": writes.measure,
    "timeline": timeline.measure,
    "board": board.measure,
    "scale": scale.measure,
}


def main(argv: list[str]) -> int:
    """Run the parts, print a line for each figure, keep bench.json."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--accounts", type=int, default=books.MANY)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], default=[])
    given = parser.parse_args(argv)
    figures = []
    for name in given.parts or PARTS:
        measure = PARTS[name]
        if name == "scale":
            measure = partial(scale.measure, accounts=given.accounts)
        for figure in measure(given.rounds):
            print(figure.line(), flush=True)
            figures.append(figure)
    Path("bench.json").write_text(json.dumps([one.as_json() for one in figures], indent=1) + "\n")
    return 0 if all(figure.ok for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
