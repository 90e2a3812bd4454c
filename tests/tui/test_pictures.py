"""Pictures of the screens at a standing clock; look at each before accepting it anew."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tui.conftest import House, start

PICTURES = (
    ("today_80", (80, 24), ()),
    ("today_60", (60, 20), ()),
    ("today_120", (120, 40), ("S",)),
    ("accounts_80", (80, 24), ("2",)),
    ("accounts_60", (60, 20), ("2", "f", "t", "i")),
    ("plan_80", (80, 24), ("2", "enter", "g", "p", "N")),
    ("complaints_80", (80, 24), ("3",)),
    ("renewals_80", (80, 24), ("4",)),
    ("menu_80", (80, 24), ("f2", "l", "o", "g")),
    ("find_120", (120, 40), ("slash", "n", "o", "r")),
)


@pytest.mark.parametrize(("name", "size", "keys"), PICTURES, ids=[one[0] for one in PICTURES])
def test_the_screen_looks_as_it_was_accepted(
    name: str,
    size: tuple[int, int],
    keys: tuple[str, ...],
    template: tuple[Path, dict[str, int]],
    tmp_path: Path,
    snap_compare: Any,
) -> None:
    path = tmp_path / "book.db"
    shutil.copyfile(template[0], path)
    app = start(path)

    async def act(pilot: Pilot[int]) -> None:
        home = House(app, pilot, path)
        await home.settle()
        if keys:
            await home.press(*keys)
        app.clear_notifications()
        await home.settle()

    assert snap_compare(app, terminal_size=size, run_before=act), name
