"""What loads before the first frame that names accounts: a promise about start-up time."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import asyncio, json, sys
from tui.app import TrustplanApp
from tui.composition import launch

async def first_frame():
    app = TrustplanApp(launch(sys.argv[1]))
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(200):
            await pilot.pause()
            bodies = list(app.screen.query("#body"))
            if bodies and any(line.key for line in bodies[0].lines):
                break
        else:
            raise SystemExit("Today named nothing")
        print(json.dumps(sorted(sys.modules)))

asyncio.run(first_frame())
"""
THIRD_PARTY = {"textual", "rich", "platformdirs", "typing_extensions", "click"}
"""textual, what textual imports itself, and the command line's click."""
NEVER = (
    "pydantic", "sqlite_utils", "babel", "rapidfuzz", "dateparser", "charset_normalizer", "tomlkit",
    "planner.health", "db.rollups", "db.tables",
)  # fmt: skip


def test_only_the_screen_library_loads_before_the_first_frame(
    template: tuple[Path, dict[str, int]], tmp_path: Path
) -> None:
    path = tmp_path / "book.db"
    shutil.copyfile(template[0], path)
    config = tmp_path / "config" / "trustplan"
    config.mkdir(parents=True)
    (config / "config.toml").write_text('[me]\nname = "Ann"\n')
    environ = {k: v for k, v in os.environ.items() if not k.startswith("COV")}
    environ |= {"XDG_CONFIG_HOME": str(tmp_path / "config"), "TRUSTPLAN_TODAY": "2026-03-11"}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path)],
        env=environ, capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    modules = json.loads(done.stdout.splitlines()[-1])
    for name in NEVER:
        assert not [m for m in modules if m == name or m.startswith(name + ".")], name
    ours = {"planner", "db", "tui"}
    foreign = {
        top
        for top in (module.split(".")[0] for module in modules)
        if top not in ours and top not in sys.stdlib_module_names and not top.startswith("_")
    }
    assert foreign <= THIRD_PARTY, foreign - THIRD_PARTY
