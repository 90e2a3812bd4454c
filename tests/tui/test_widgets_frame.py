"""The top line, the key line, the rule and the themes."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from textual.app import App, ComposeResult
from textual.color import Color
from textual.filter import Monochrome, NoColor

from tui.themes import BACKGROUNDS, STYLE_NAMES, THEME_NAMES, choose_theme, install, palette
from tui.widgets.cells import Cell, fit_spans, parts
from tui.widgets.key_line import KeyLine, key_spans
from tui.widgets.paint import OneLine
from tui.widgets.rule import Rule
from tui.widgets.top_line import TopLine, TopParts, top_spans

FULL = TopParts(
    screen="ACCOUNTS",
    book="nordics",
    who="Aylin Kaya",
    function="success",
    scope="mine: 60",
    state="live",
    day="Mon 23 Nov",
    time="08:36",
)
HINTS = (("Enter", "open"), ("t", "log"), ("d", "done"), ("z", "later"), ("o", "hand over"))


def text_of(spans: tuple[Cell, ...]) -> str:
    return "".join(parts(span)[0] for span in spans)


def test_the_whole_top_line_at_80() -> None:
    shown = text_of(top_spans(FULL, 80))
    assert shown.startswith(" ACCOUNTS  nordics · Aylin Kaya, success · mine: 60 ")
    assert shown.endswith(" LIVE  Mon 23 Nov 08:36 ")
    assert cell_len(shown) == 80


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (70, "ACCOUNTS nordics · Aylin Kaya · mine: 60 LIVE Mon 23 Nov 08:36"),
        (60, "ACCOUNTS nordics · Aylin Kaya · mine: 60 LIVE 08:36"),
        (40, "ACCOUNTS nordics · mine: 60 LIVE"),
        (26, "ACCOUNTS nordics LIVE"),
        (18, "ACCOUNTS LIVE"),
    ],
)
def test_parts_go_in_the_order_of_their_worth(width: int, expected: str) -> None:
    shown = text_of(top_spans(FULL, width))
    assert " ".join(shown.split()) == expected
    assert cell_len(shown) == width


def test_at_40_columns_an_offline_screen_still_says_where_and_how() -> None:
    parts40 = TopParts("NORDIC FOODS", "nordics", "Aylin", "success", "mine: 60", "offline", 3)
    shown = text_of(top_spans(parts40, 40))
    assert shown.startswith(" NORDIC FOODS")
    assert shown.rstrip().endswith("OFFLINE 3 queued")
    assert cell_len(shown) == 40


def test_details_go_from_the_end() -> None:
    about = TopParts("Nordic Foods AB ★", details=("tier 1", "food", "Malmö 07:31"), state="local")
    assert "tier 1 · food · Malmö 07:31" in text_of(top_spans(about, 80))
    assert "tier 1 · food " in text_of(top_spans(about, 50))


@given(
    st.builds(
        TopParts,
        screen=st.text(),
        book=st.text(),
        who=st.text(),
        scope=st.text(),
        state=st.sampled_from(["local", "live", "offline", "read-only"]),
        queued=st.integers(0, 10**6),
        time=st.text(),
    ),
    st.integers(1, 130),
)
def test_any_top_line_fills_any_width(parts_: TopParts, width: int) -> None:
    fitted = fit_spans(top_spans(parts_, width), width)
    assert sum(cell_len(text) for text, _ in fitted) == width


def test_the_key_line_ends_with_menu_and_help() -> None:
    assert text_of(key_spans(HINTS, 80)) == (
        " Enter open  t log  d done  z later  o hand over  F2 menu  ? help"
    )
    assert text_of(key_spans(HINTS, 40)) == " Enter open  t log  F2 menu  ? help"
    assert text_of(key_spans(HINTS, 12)) == " ? help"
    assert text_of(key_spans(HINTS, 3)) == " "


@given(st.lists(st.tuples(st.text(), st.text()), max_size=9), st.integers(1, 130))
def test_any_keys_fit_any_width(hints: list[tuple[str, str]], width: int) -> None:
    assert cell_len(text_of(key_spans(hints, width))) <= width


class FrameApp(App[None]):
    def __init__(self, theme: str) -> None:
        super().__init__()
        install(self, theme)

    def compose(self) -> ComposeResult:
        yield TopLine(FULL)
        yield Rule()
        yield KeyLine(HINTS)


@pytest.mark.parametrize("theme", ["dark", "light", "terminal", "plain"])
async def test_the_lines_draw_and_change(theme: str) -> None:
    app = FrameApp(theme)
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        top, rule, keys = app.query_one(TopLine), app.query_one(Rule), app.query_one(KeyLine)

        def shown(widget: OneLine) -> str:
            return widget.render_lines(widget.size.region)[0].text

        assert shown(top).startswith(" ACCOUNTS")
        assert shown(rule) == "─" * 80
        assert "F2 menu" in shown(keys)
        top.set_parts(TopParts("TODAY"))
        keys.set_keys([("x", "still true")])
        assert shown(top).startswith(" TODAY ")
        assert "still true" in shown(keys)
        await pilot.resize_terminal(40, 10)
        assert cell_len(shown(top)) == 40


async def test_a_changed_theme_repaints_every_line() -> None:
    app = FrameApp("dark")
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        top = app.query_one(TopLine)
        before = [segment.style for segment in top.render_line(0)]
        app.theme = "light"
        await pilot.pause()
        after = [segment.style for segment in top.render_lines(top.size.region)[0]]
        assert not set(before) & set(after)


@pytest.mark.parametrize("theme", THEME_NAMES)
def test_every_theme_knows_every_style(theme: str) -> None:
    assert set(palette(theme)) == STYLE_NAMES == set(palette("plain"))


def contrast(one: Color, two: Color) -> float:
    """WCAG 2.1 contrast ratio, 1 to 21."""

    def light(color: Color) -> float:
        shares = [c / 255 for c in color.rgb]
        linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    bright, dark = sorted((light(one), light(two)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_every_text_style_can_be_read_on_every_ground(theme: str) -> None:
    styles = palette(theme)
    grounds = [Color.parse(BACKGROUNDS[theme][0])]
    for cursor in ("cursor", "cursor.blur"):
        ground = styles[cursor].bgcolor
        assert ground is not None
        grounds.append(Color.from_rich_color(ground))
    for name, style in styles.items():
        if style.color is None or name == "rule":
            continue
        for ground_color in grounds:
            assert contrast(Color.from_rich_color(style.color), ground_color) >= 4.5, name


def test_plain_has_no_colour_and_terminal_only_the_terminals_own() -> None:
    for style in palette("plain").values():
        assert style.color is None
        assert style.bgcolor is None
    for style in palette("terminal").values():
        assert style.color is None or style.color.number in range(16)
        assert style.bgcolor is None


@pytest.mark.parametrize(
    ("wanted", "environ", "expected"),
    [
        (None, {"TERM": "xterm-256color"}, "dark"),
        ("light", {"TERM": "xterm-256color"}, "light"),
        ("light", {"NO_COLOR": "1"}, "plain"),
        ("light", {"NO_COLOR": ""}, "light"),
        (None, {"TERM": "xterm-16color"}, "terminal"),
        (None, {"TERM": "linux"}, "terminal"),
        (None, {"TERM": "linux", "COLORTERM": "truecolor"}, "dark"),
        ("mauve", {}, "dark"),
    ],
)
def test_the_theme_follows_wish_and_terminal(
    wanted: str | None, environ: dict[str, str], expected: str
) -> None:
    assert choose_theme(wanted, environ) == expected


async def test_no_color_paints_no_colour_and_shows_the_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = FrameApp(choose_theme("dark", os.environ))
    assert not [f for f in app._filters if isinstance(f, Monochrome)]
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await pilot.pause()
        top = app.query_one(TopLine)
        out = io.StringIO()
        console = Console(file=out, force_terminal=True, color_system="truecolor", width=80)
        console.print(*top.render_lines(top.size.region)[0], end="")
        assert isinstance(app._filters[-1], NoColor)
        codes = {
            int(code)
            for run in re.findall(r"\x1b\[([\d;]*)m", out.getvalue())
            for code in run.split(";")
            if code
        }
        assert codes <= {0, 1, 2, 3, 4, 7, 39, 49}, codes


def test_theme_names_cost_no_screen_library_and_the_widgets_no_heavy_one() -> None:
    code = (
        "import sys, tui.themes, tui.widgets.badge\n"
        "assert not {'textual', 'rich'} & set(sys.modules)\n"
        "import tui.widgets.windowed_table, tui.widgets.document, tui.widgets.top_line\n"
        "import tui.widgets.key_line, tui.widgets.rule\n"
        "heavy = {'pydantic', 'babel', 'rapidfuzz', 'sqlite_utils', 'db', 'sqlite3'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    unmeasured = {k: v for k, v in os.environ.items() if not k.startswith("COVERAGE")}
    subprocess.run([sys.executable, "-c", code], check=True, env=unmeasured)
