"""A document as one text of a form, and as a new file. The app and the command line share it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.language import gettext as _
from planner.text import visible

if TYPE_CHECKING:
    from planner.documents.blocks import Document

FORMS = ("text", "md", "html")
LONGEST_NAME = 60
"""Letters of an account that the name of its file takes over."""


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


def file_name(account: str, day: str, ending: str) -> str:
    """A name for the file of an account's document: its letters and digits, and the day."""
    plain = "".join(c if c.isalnum() else "-" for c in visible(account))
    words = "-".join(part for part in plain.split("-") if part)[:LONGEST_NAME]
    return f"~/{words or 'plan'}-{day}{ending}"


def in_home(name: str) -> str:
    """A file's name with ``~`` at its beginning as the home folder."""
    from pathlib import Path

    try:
        return str(Path(name).expanduser())
    except RuntimeError:
        return name
