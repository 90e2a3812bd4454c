"""Documents as text, Markdown and HTML: what people wrote stays text in each of them."""

from __future__ import annotations

import gettext as catalogues
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from hypothesis import given
from markdown_it import MarkdownIt

from planner import language
from planner.cell_width import width_of
from planner.documents import as_html, as_markdown, as_text
from planner.documents.blocks import (
    Badge,
    Block,
    Document,
    Facts,
    Grid,
    Paragraph,
    Part,
    facts,
    grid,
)
from planner.text import visible, visible_lines
from tests.strategies import HOSTILE, hostile_text

NASTY = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "a | b", "| --- |", "**bold**",
    "# heading", "- item", "1. item", "1) item", "+ item", "===", "---", "> quote", "    code",
    "`code`", "[link](http://evil.example)", "![x](http://evil.example/x.png)", "&lt;b&gt;",
    "&amp;",
    "http://evil.example", "line one\nline two", "line\n\n- list", "\\", "\\|", "~~gone~~",
    "<!-- -->", "]]>", "{{ 7 * 7 }}", "{% raw %}", '" onmouseover="alert(1)', "سلام دنیا", "a\n===",
    ": definition", "* star", "_under_", "x\n---\ny",
)  # fmt: skip


def around(text: str) -> Document:
    """A document with the text wherever people's words can stand."""
    return Document(
        title=text,
        lead=(text,),
        parts=(
            Part(
                "Part",
                (
                    Paragraph(text),
                    Paragraph(text, muted=True),
                    Facts((("name", text), (text, "value"))),
                    Facts(((text, text),)),
                    Grid(("One", text), ((text, "x"), ("y", text)), title=text),
                ),
                aside=text,
            ),
        ),
        badge=Badge("red", text),
        foot=text,
    )


class Tags(HTMLParser):
    """Reads a page: its tags, attributes and the words of its body."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.words: list[str] = []
        self._inside: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _value in attrs}
        if tag not in ("meta", "br"):
            self._inside.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert (tag, attrs) == ("br", [])

    def handle_endtag(self, tag: str) -> None:
        assert self._inside.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self._inside:
            self.words.append(data)


PLAIN_TAGS = {
    "html", "head", "meta", "title", "style", "body", "header", "h1", "div", "p", "main", "section",
    "h2", "small", "dl", "dt", "dd", "h3", "table", "thead", "tr", "th", "tbody", "td", "footer",
}  # fmt: skip
PLAIN_ATTRIBUTES = {"lang", "dir", "charset", "http-equiv", "content", "name", "class"}


@pytest.mark.parametrize("text", [*NASTY, *HOSTILE])
def test_no_text_becomes_a_tag_or_an_attribute_of_the_html(text: str) -> None:
    found = Tags(as_html.page_of(around(text)))
    assert found.tags == PLAIN_TAGS
    assert found.attributes == PLAIN_ATTRIBUTES
    assert found.words.count(visible_lines(text)) >= 6
    assert found.words.count(visible(text)) >= 2


@given(hostile_text)
def test_any_text_stays_text_in_html(text: str) -> None:
    found = Tags(as_html.page_of(around(text)))
    assert found.tags <= PLAIN_TAGS
    assert found.attributes <= PLAIN_ATTRIBUTES


def test_the_html_asks_for_nothing_outside_itself() -> None:
    page = as_html.page_of(around("x"))
    for sign in ("http:", "https:", "src=", "href=", "url(", "@import", "<script", "<link"):
        assert sign not in page
    assert "default-src 'none'" in page
    assert "@page { size: A4" in page
    assert "break-inside: avoid" in page


def test_the_html_speaks_the_language_and_its_direction() -> None:
    class Persian(catalogues.NullTranslations):
        def info(self) -> dict[str, str]:
            return {"language": "fa_IR"}

    assert '<html lang="en" dir="ltr">' in as_html.page_of(around("x"))
    language.use(Persian())
    try:
        assert '<html lang="fa-IR" dir="rtl">' in as_html.page_of(around("x"))
    finally:
        language.use(catalogues.NullTranslations())


def markdown_tags(document: Document) -> set[str]:
    """The tags of a Markdown document as a reader with tables makes them."""
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return Tags(reader.render("\n".join(as_markdown.lines_of(document)))).tags


MARKDOWN_TAGS = {
    "h1", "h2", "p", "strong", "em", "ul", "li", "table", "thead", "tr", "th", "tbody", "td",
    "br",
}  # fmt: skip


@pytest.mark.parametrize("text", [*NASTY, *HOSTILE])
def test_no_text_becomes_a_sign_of_markdown(text: str) -> None:
    assert markdown_tags(around(text)) <= MARKDOWN_TAGS
    lines = list(as_markdown.lines_of(around(text)))
    assert [line.count("|") - line.count("\\|") for line in lines if line.startswith("|")] == [
        3
    ] * 4


@given(hostile_text)
def test_any_text_stays_text_in_markdown(text: str) -> None:
    assert markdown_tags(around(text)) <= MARKDOWN_TAGS


@given(hostile_text)
def test_no_line_of_text_is_wider_than_asked_for(text: str) -> None:
    for width in (30, 60, 100):
        lines = list(as_text.lines_of(around(text), width))
        assert max(map(width_of, lines)) <= width
        assert all(visible(line) == line for line in lines)


def test_lines_that_somebody_broke_stay_broken() -> None:
    document = around("first\nsecond")
    text = "\n".join(as_text.lines_of(document))
    assert "  first\n  second\n" in text
    markdown = "\n".join(as_markdown.lines_of(document))
    assert "first  \nsecond" in markdown
    assert "| first<br>second | x |" in markdown


def text_of(block: Block, width: int = 60) -> list[str]:
    """The lines of one block, without their indent."""
    document = Document("t", (), (Part("p", (block,)),))
    return [line[2:] for line in list(as_text.lines_of(document, width))[3:]]


def test_a_table_that_fits_is_left_as_wide_as_it_is() -> None:
    block = Grid(("Who", "What"), (("Ann", "a talk"), ("Bob", "-")))
    assert text_of(block) == ["Who  What", "Ann  a talk", "Bob  -"]


def test_a_table_is_folded_at_words_and_its_main_column_gets_room_first() -> None:
    words = "walk the whole warehouse team through the new order screen"
    block = Grid(("No", "Action", "Done means"), (("1", words, words),), main=1)
    lines = text_of(block, 50)
    assert lines[0].startswith("No  Action")
    assert "walk the whole" in lines[1]
    assert lines[0].index("Done means") >= 4 + as_text.MAIN_COLUMN - 4
    assert " ".join(" ".join(lines[1:]).split()).count("warehouse") == 2


def test_a_table_with_too_many_columns_is_written_row_by_row() -> None:
    head = tuple(f"Column {n}" for n in range(9))
    block = Grid(head, (tuple("abcdefgh" for _n in head), tuple("ijklmnop" for _n in head)))
    lines = text_of(block)
    assert lines[0] == "Column 0  abcdefgh"
    assert lines[9] == ""
    assert lines[10] == "Column 0  ijklmnop"


def test_columns_and_facts_that_hold_nothing_are_left_out() -> None:
    (found,) = grid(("A", "B", "C"), [("x", None, 2.50), ("y", "", 10.0)])
    assert found.head == ("A", "C")
    assert found.rows == (("x", "2.5"), ("y", "10"))
    (only,) = grid(("A", "B"), [(None, None)], keep=2)
    assert only.rows == (("-", "-"),)
    assert grid(("A",), []) == []
    assert facts(("a", None), ("b", "")) == []
    assert facts(("a", 1), ("b", None)) == [Facts((("a", "1"),))]


def test_an_empty_document_is_its_title() -> None:
    empty = Document("Title", (), ())
    assert list(as_text.lines_of(empty)) == ["Title"]
    assert list(as_markdown.lines_of(empty)) == ["# Title", ""]
    assert Tags(as_html.page_of(empty)).words.count("Title") == 2


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Every test begins and ends with the words as they are written."""
    yield
    language.use(catalogues.NullTranslations())
