"""The document: styled lines with a cursor over those that have a key."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual import on
from textual.app import App, ComposeResult

from tui.themes import install
from tui.widgets.document import Document, Line
from tui.widgets.row_window import Key

ACTS = "[\x00-\x1f\x7f-\x9f\u061c\u200d-\u200f\u2028-\u202e\u2066-\u206f\ud800-\udfff]"


def overview() -> list[Line]:
    """Three keyed lines between others, as an account's overview has them."""
    return [
        Line((("■R 49", "band.red"), "   14 down in 28 days")),
        Line(),
        Line((("NEXT  ", "title"), ("late 31m", "late"), "  answer C-118"), key="a1"),
        Line(("      Wed 25    savings sheet",), key="a2"),
        Line(("RISK  Per never saw the savings; finance will ask at renewal.",), "r", True, 6),
    ]


class DocumentApp(App[None]):
    def __init__(self, lines: list[Line]) -> None:
        super().__init__()
        install(self, "dark")
        self.document = Document(lines)
        self.selected: list[Key] = []
        self.highlighted: list[Key] = []

    def compose(self) -> ComposeResult:
        yield self.document

    @on(Document.LineSelected)
    def opened(self, event: Document.LineSelected) -> None:
        self.selected.append(event.key)

    @on(Document.LineHighlighted)
    def stood(self, event: Document.LineHighlighted) -> None:
        self.highlighted.append(event.key)


def shown(document: Document) -> list[str]:
    """The lines that are seen, each checked to fill the place beside the scroll bar exactly."""
    width, height = document.scrollable_size
    document.render_lines(document.size.region)
    drawn = [document.render_line(y).text for y in range(height)]
    assert {cell_len(line) for line in drawn} == {width}
    return drawn


async def test_arrows_go_over_the_lines_with_a_key_and_enter_opens() -> None:
    app = DocumentApp(overview())
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await pilot.press("up", "down", "enter", "j", "down", "k", "enter")
        assert app.selected == ["a2", "a2"]
        assert app.highlighted == ["a1", "a2", "r", "a2"]
        assert shown(app.document)[3].startswith("▌      Wed 25")
        assert shown(app.document)[2].startswith(" NEXT  late 31m")


async def test_a_long_line_folds_and_the_cursor_marks_all_of_it() -> None:
    app = DocumentApp(overview())
    async with app.run_test(size=(40, 24), notifications=True, tooltips=True) as pilot:
        await pilot.press("end")
        assert app.document.cursor_key == "r"
        assert [line[:8] for line in shown(app.document)[4:7]] == [
            "▌RISK  P",
            "▌      f",
            "        ",
        ]
        await pilot.resize_terminal(80, 24)
        assert shown(app.document)[4].startswith(
            "▌RISK  Per never saw the savings; finance will ask"
        )


async def test_new_lines_keep_the_cursor_on_its_key_or_near() -> None:
    app = DocumentApp(overview())
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await pilot.press("down")
        app.document.set_lines([Line(("new",), key="n"), *overview()])
        assert app.document.cursor_key == "a2"
        app.document.set_lines([line for line in overview() if line.key != "a2"])
        assert app.document.cursor_key == "r"
        app.document.set_lines([Line(("nothing to choose",))])
        assert app.document.cursor_key is None
        await pilot.press("down", "enter", "home", "end", "pagedown")
        assert app.selected == []
        app.document.set_lines([])
        await pilot.press("down", "enter", "home", "end", "pagedown")
        assert app.document.lines == ()
        assert not app.document.move_to_key("a1")


async def test_text_without_keys_scrolls() -> None:
    app = DocumentApp([Line((f"line {n}",)) for n in range(500)])
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await pilot.press("down", "down")
        assert shown(app.document)[0].startswith(" line 2 ")
        await pilot.press("pagedown")
        assert shown(app.document)[0].startswith(" line 26 ")
        await pilot.press("end")
        assert shown(app.document)[-1].startswith(" line 499 ")
        await pilot.press("pageup", "home")
        assert shown(app.document)[0].startswith(" line 0 ")


async def test_lines_between_far_keys_can_all_be_read() -> None:
    lines = [Line((f"line {n}",), key=n if n in (0, 99) else None) for n in range(100)]
    app = DocumentApp(lines)
    async with app.run_test(size=(80, 10), notifications=True, tooltips=True) as pilot:
        seen: set[str] = set()
        for _ in range(100):
            seen.update(line.strip("▌ ") for line in shown(app.document))
            app.document.action_move(1)
            await pilot.pause()
            if app.document.cursor_key == 99:
                break
        seen.update(line.strip("▌ ") for line in shown(app.document))
        assert seen == {f"line {n}" for n in range(100)}


async def test_paging_takes_the_cursor_along() -> None:
    app = DocumentApp([Line((f"line {n}",), key=n) for n in range(100)])
    async with app.run_test(size=(80, 10), notifications=True, tooltips=True) as pilot:
        await pilot.press("pagedown", "pagedown")
        assert app.document.cursor_key == 20
        await pilot.press("end")
        assert app.document.cursor_key == 99
        await pilot.press("pageup")
        assert app.document.cursor_key == 80
        await pilot.press("home")
        assert app.document.cursor_key == 0
        assert app.document.move_to_key(55)
        assert any(line.startswith("▌line 55 ") for line in shown(app.document))


async def test_a_click_stands_on_a_line_and_a_second_opens_it() -> None:
    app = DocumentApp(overview())
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        await pilot.click(app.document, offset=(5, 3))
        assert (app.document.cursor_key, app.selected) == ("a2", [])
        await pilot.click(app.document, offset=(5, 3))
        assert app.selected == ["a2"]
        await pilot.click(app.document, offset=(5, 1))
        await pilot.click(app.document, offset=(5, 20))
        assert app.document.cursor_key == "a2"


LINES = st.lists(
    st.builds(
        Line,
        spans=st.lists(
            st.text(alphabet=st.characters(exclude_categories=()), max_size=60)
            | st.sampled_from(["[/]", "[@click=app.quit]x[/]", "\x1b]2;t\x07", "漢字 " * 9]),
            max_size=3,
        ).map(tuple),
        key=st.none() | st.integers(0, 5),
        wrap=st.booleans(),
        hang=st.integers(0, 90),
    ),
    max_size=30,
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(LINES, min_size=5, max_size=5))
async def test_any_text_fills_its_lines_exactly_and_never_acts(documents: list[list[Line]]) -> None:
    app = DocumentApp([])
    async with app.run_test(size=(40, 12), notifications=True, tooltips=True) as pilot:
        for lines in documents:
            app.document.set_lines(lines)
            await pilot.press("end")
            for line in shown(app.document):
                assert not re.search(ACTS, line)
