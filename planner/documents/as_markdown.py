"""A document as Markdown in which nothing that somebody wrote is a sign of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planner.documents.blocks import Block, Document, Facts, Paragraph
from planner.text import visible_lines

_SIGNS = str.maketrans({sign: "\\" + sign for sign in "\\`*_[]<>#|~&$"})
_BEGINNINGS = re.compile(r"^(\s*)([-+=:]|\d+(?=[.)]))")
"""What begins a list, a heading's underline or a rule where it stands first in a line."""


def lines_of(document: Document) -> Iterator[str]:
    """The lines of a document."""
    yield f"# {_in_line(document.title)}"
    yield ""
    if document.badge is not None:
        yield _marked("**", document.badge.text)
        yield ""
    for text in document.lead:
        yield _text(text)
        yield ""
    for part in document.parts:
        yield f"## {_in_line(part.title)}"
        yield ""
        if part.aside:
            yield _marked("*", part.aside)
            yield ""
        for block in part.blocks:
            yield from _block(block)
            yield ""
    if document.foot:
        yield _text(document.foot)


def escaped(text: str) -> str:
    """One line of text in which Markdown sees no sign of its own."""
    return visible_lines(text).translate(_SIGNS)


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield _marked("*", block.text) if block.muted else _text(block.text)
    elif isinstance(block, Facts):
        for name, value in block.pairs:
            yield f"- {_marked('**', name + ':')} {_in_line(value)}"
    else:
        if block.title:
            yield _marked("**", block.title)
            yield ""
        yield f"| {' | '.join(map(_in_line, block.head))} |"
        yield f"|{' --- |' * len(block.head)}"
        for row in block.rows:
            yield f"| {' | '.join(map(_in_line, row))} |"


def _in_line(text: str) -> str:
    """Text inside a line: the writer's line breaks become line breaks of Markdown."""
    return "<br>".join(escaped(text).strip().split("\n"))


def _marked(sign: str, text: str) -> str:
    inner = _in_line(text)
    return f"{sign}{inner}{sign}" if inner else ""


def _text(text: str) -> str:
    """A paragraph: lines end in a hard break, nothing at their beginning acts."""
    return "  \n".join(_still(line.strip()) for line in escaped(text).split("\n") if line.strip())


def _still(line: str) -> str:
    found = _BEGINNINGS.match(line)
    if found is None:
        return line
    at = found.end() if found[2].isdigit() else found.start(2)
    return line[:at] + "\\" + line[at:]
