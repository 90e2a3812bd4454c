"""How a command gives out a document: text, Markdown or HTML, to the terminal or to a new file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from tui.cli.output import print_lines, screen_width

if TYPE_CHECKING:
    from planner.documents.blocks import Document

FORMS = ("text", "md", "html")


def document_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options ``--format`` and ``--to`` of a command that prints a document."""
    to = click.option("--to", metavar="FILE", help=_("Write to a file that does not exist yet."))
    form = click.option("--format", "form", type=click.Choice(FORMS),
                        help=_("Plain text, Markdown, or one HTML file to print; default: text, or "
                               "what the file's ending says."))  # fmt: skip
    return form(to(function))


def give_out(document: Document, form: str | None, to: str | None) -> None:
    """Print a document, or write it to a file that does not exist yet. Raises ``Refused``.

    ``form``: None is what the file's ending says, else text.
    """
    form = form or form_of(to or "")
    text = written(document, form, None if to is not None else screen_width())
    if to is None:
        print_lines([text])
    else:
        write_new(to, text + "\n")


def form_of(name: str) -> str:
    """The form that a file's name asks for."""
    ending = name.lower().rpartition(".")[2]
    return {"htm": "html", "markdown": "md"}.get(ending, ending if ending in FORMS else "text")


def written(document: Document, form: str, width: int | None = None) -> str:
    """A document as one text of a form; ``width`` is that of the terminal, for plain text."""
    if form == "html":
        from planner.documents.as_html import page_of

        return page_of(document).rstrip("\n")
    if form == "md":
        from planner.documents.as_markdown import lines_of as markdown_lines

        return "\n".join(markdown_lines(document)).rstrip("\n")
    from planner.documents.as_text import WIDTH, lines_of

    return "\n".join(lines_of(document, width or WIDTH))


def write_new(name: str, text: str) -> None:
    """Write to a file that does not exist yet. Raises ``Refused``."""
    from pathlib import Path

    from planner.errors import Refused

    if not name:
        raise Refused(_("Name a file to write to."))
    try:
        with Path(name).open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise Refused(
            _("{path} cannot be written: {why}.").format(
                path=name, why=error.strerror or str(error)
            )
        ) from error
