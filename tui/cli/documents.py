"""How a command gives out a document: text, Markdown or HTML, to the terminal or to a new file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from tui.cli.output import print_lines, screen_width
from tui.document_files import FORMS, form_of, write_new, written

if TYPE_CHECKING:
    from planner.documents.blocks import Document


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
