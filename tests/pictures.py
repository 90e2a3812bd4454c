"""``make pictures``: the README's pictures, from the app on the sample book of a fixed day."""

from __future__ import annotations

import asyncio
import re
import tempfile
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from db.address import Address
from db.sample_writer import make_sample
from tui.app import TrustplanApp
from tui.clock import SystemClock
from tui.composition import Launch
from tui.person import Me

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
DAY = date(2026, 11, 23)
CELL = 12.2  # the width of a cell in the pictures
SPACE = "&#160;"
TEXT = re.compile(r'(<text [^>]*?x=")([\d.]+)("[^>]*?textLength=")([\d.]+)("[^>]*>)([^<]*)')
SHOTS: dict[str, tuple[tuple[int, int], tuple[str, ...]]] = {
    "today": ((100, 30), ()),
    "accounts": ((100, 30), ("2", "down", "down")),
    "account": ((100, 30), ("2", "down", "down", "enter")),
    "log": ((100, 30), ("2", "down", "down", "enter", "t")),
}


def main() -> None:
    """Take every picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sample.db"
        make_sample(
            Address("sqlite", path),
            today=DAY,
            accounts=60,
            touchpoints=None,
            complaints=None,
            seed=1,
            progress=lambda _what, _done, _total: None,
        )
        for name, (size, keys) in SHOTS.items():
            picture = asyncio.run(_shot(path, size, keys))
            (FOLDER / f"{name}.svg").write_text(_offline(picture), encoding="utf-8")


async def _shot(path: Path, size: tuple[int, int], keys: tuple[str, ...]) -> str:
    launch = Launch(
        Address("sqlite", path),
        named=True,
        clock=SystemClock(DAY, ZoneInfo("Europe/Berlin")),
        me=Me("Aylin Kaya", "success"),
        machine_zone="Europe/Berlin",
    )
    app = TrustplanApp(launch, theme="dark")
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for key in keys:
            await app.workers.wait_for_complete()
            await pilot.press(key)
            await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause(0.3)
        return app.export_screenshot(title="trustplan")


def _offline(picture: str) -> str:
    """The picture without fonts fetched from elsewhere, and so that every viewer keeps spaces."""
    local = re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)
    return TEXT.sub(_without_outer_spaces, local)


def _without_outer_spaces(found: re.Match[str]) -> str:
    """One text moved right by its leading spaces: some viewers drop them."""
    before, x, between, length, after, text = found.groups()
    shown = text.replace(SPACE, " ")
    lead = len(shown) - len(shown.lstrip(" "))
    outer = lead + len(shown.rstrip(" ") and shown) - len(shown.rstrip(" "))
    place, room = float(x) + lead * CELL, float(length) - outer * CELL
    inner = shown.strip(" ").replace(" ", SPACE)
    return f"{before}{place:.1f}{between}{room:.1f}{after}{inner}"


if __name__ == "__main__":
    main()
