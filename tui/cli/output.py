"""How commands print: one JSON document, or plain lines and tables fitted to the terminal.

What users and imports wrote passes ``planner.text.visible``: no escape reaches the terminal.
"""

from __future__ import annotations

import json
import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from planner.language import gettext as _
from planner.text import visible, visible_lines

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

GAP = "  "
NARROWEST = 6
"""A column is never cut below this many cells."""
ELLIPSIS = "…"
UNKNOWN = "-"
_UNSAFE = re.compile(
    "[\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)


# -- JSON ---------------------------------------------------------------------------------------


def json_text(document: Any) -> str:
    """The document as JSON; a list has one line an element.

    Control characters and direction overrides are written as escapes, and so is everything but
    ASCII where standard output cannot carry it.
    """
    if isinstance(document, list):
        return "\n".join(json_lines(document))
    return _safe_json(json.dumps(document, ensure_ascii=not takes_unicode(), indent=1))


def json_lines(documents: Iterable[Any]) -> Iterator[str]:
    """A list as JSON, one line an element, each as soon as the next is there."""
    encode = json.JSONEncoder(ensure_ascii=not takes_unicode()).encode
    before = None
    for one in documents:
        if before is not None:
            yield before + ","
        before = (" " if before else "[") + _safe_json(encode(one))
    yield (before or "[") + "]"


def _safe_json(text: str) -> str:
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def takes_unicode() -> bool:
    """Whether standard output can carry more than ASCII."""
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    return encoding.lower().replace("-", "").replace("_", "").startswith("utf")


def identity(number: int | None) -> str | None:
    """An id as JSON carries it: text, because 63 bits do not fit into every reader's numbers."""
    return None if number is None else str(number)


def money_document(minor: int | None, currency: str | None) -> dict[str, Any] | None:
    """``{"minor": 1200000, "currency": "EUR"}``, or None for no amount."""
    return None if minor is None or currency is None else {"minor": minor, "currency": currency}


def local_moment(moment: str | None, zone: ZoneInfo) -> str | None:
    """A stored moment as ISO text in the book's zone with its offset, to the second."""
    if moment is None:
        return None
    from datetime import datetime

    return datetime.fromisoformat(moment).astimezone(zone).isoformat(timespec="seconds")


def record_document(record: Any, zone: ZoneInfo, currency: str) -> dict[str, Any]:
    """A whole record by its model's field names.

    Ids are text, ``arr_minor`` becomes ``arr`` with its currency (the record's own, else the
    book's), moments are in the book's zone.
    """
    document: dict[str, Any] = {}
    money = getattr(record, "currency", None) or currency
    for name, value in record:
        if name.endswith("_minor"):
            document[name.removesuffix("_minor")] = money_document(value, money)
        else:
            document[name] = _plain(name, value, zone)
    return document


def _plain(name: str, value: Any, zone: ZoneInfo) -> Any:
    from datetime import date, datetime

    if name == "id" or name.endswith("_id"):
        return value if isinstance(value, str) else identity(value)
    if isinstance(value, datetime):
        return value.astimezone(zone).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        item = "id" if name == "depends_on" else ""
        return [_plain(item, one, zone) for one in value]
    return value


def record_lines(document: Mapping[str, Any], summary: str | None) -> list[str]:
    """What was done, and the fields of the record that hold something, one a line."""
    shown = {
        name: value
        for name, value in document.items()
        if value not in (None, "", [], {}) and name not in ("version", "archived_at")
    }
    width = max((len(name) for name in shown), default=0)
    lines = [visible(summary)] if summary else []
    lines += [f"  {name:<{width}}  {visible(_as_text(value))}" for name, value in shown.items()]
    return lines


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict) and set(value) == {"minor", "currency"}:
        return money_text(value["minor"], value["currency"])
    if isinstance(value, dict):
        return ", ".join(f"{key}: {one}" for key, one in value.items())
    if isinstance(value, list):
        return ", ".join(_as_text(one) for one in value)
    return str(value)


# -- text ---------------------------------------------------------------------------------------


def print_lines(lines: Iterable[str]) -> None:
    """Print lines that hold no more than printable text."""
    if sys.stdout is not None:
        for line in lines:
            sys.stdout.write(line + "\n")


def soften_output() -> None:
    """Let a terminal that cannot show a character show a sign for it instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def cell_width(text: str) -> int:
    """How many terminal cells a printable text takes: wide characters two, marks none."""
    if text.isascii():
        return len(text)
    return sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def fit(text: str, width: int) -> str:
    """The text cut to at most ``width`` cells, with an ellipsis where it was cut."""
    if cell_width(text) <= width:
        return text
    mark = ELLIPSIS if takes_unicode() else "~"
    kept, used = [], 0
    for character in text:
        used += _cells(character)
        if used > width - 1:
            break
        kept.append(character)
    return "".join(kept).rstrip() + mark


def screen_width() -> int | None:
    """The terminal's width in cells; None where the output goes elsewhere and is not cut."""
    named = os.environ.get("COLUMNS", "")
    if named.isascii() and named.isdigit() and int(named):
        return int(named)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or None
    except (AttributeError, OSError, ValueError):
        return None


class Column:
    """A column of a table: its title, whether it stands right, whether it may be cut."""

    __slots__ = ("cut", "right", "title")

    def __init__(self, title: str, *, right: bool = False, cut: bool = False) -> None:
        self.title = title
        self.right = right
        self.cut = cut


def table(
    columns: Sequence[Column],
    rows: Sequence[Sequence[Any]],
    *,
    empty: str,
    width: int | None = None,
) -> list[str]:
    """Lines of a table with its head; ``empty`` is said when there are no rows.

    None prints as ``-``. Only columns that may be cut give up cells, the widest first, when the
    terminal (``width`` cells; None: as wide as it likes) is too narrow.
    """
    return list(table_blocks(columns, [rows], empty=empty, width=width))


def table_blocks(
    columns: Sequence[Column],
    blocks: Iterable[Sequence[Sequence[Any]]],
    *,
    empty: str,
    width: int | None = None,
) -> Iterator[str]:
    """Lines of a table whose rows arrive in blocks; the first block says how wide columns are.

    A later cell that is wider is cut on a terminal; elsewhere it pushes its own line.
    """
    widths: list[int] = []
    for block in blocks:
        cells = [[UNKNOWN if one is None else visible(str(one)) for one in row] for row in block]
        if cells and not widths:
            wanted = [
                max(cell_width(column.title), *(cell_width(row[at]) for row in cells))
                for at, column in enumerate(columns)
            ]
            widths = _shrunk(columns, wanted, width)
            yield _line(columns, widths, [column.title for column in columns])
        yield from (_line(columns, widths, row, cut=width is not None) for row in cells)
    if not widths:
        yield empty


def _shrunk(columns: Sequence[Column], wanted: list[int], width: int | None) -> list[int]:
    widths = list(wanted)
    if width is None:
        return widths
    room = width - len(GAP) * (len(widths) - 1)
    while sum(widths) > room:
        able = [at for at, one in enumerate(columns) if one.cut and widths[at] > NARROWEST]
        if not able:
            break
        widths[max(able, key=lambda at: widths[at])] -= 1
    return widths


def _line(
    columns: Sequence[Column], widths: Sequence[int], row: Sequence[str], *, cut: bool = True
) -> str:
    parts = []
    for column, width, text in zip(columns, widths, row, strict=True):
        shown = fit(text, width) if cut else text
        space = " " * (width - cell_width(shown))
        parts.append(space + shown if column.right else shown + space)
    return GAP.join(parts).rstrip()


def money_text(minor: int | None, currency: str | None) -> str:
    """An amount in major units with its currency: ``12000.50 EUR``; ``-`` for none."""
    if minor is None or currency is None:
        return UNKNOWN
    from planner.money import Money

    amount = f"{Money(minor, currency).major:f}"
    if set(amount.partition(".")[2]) <= {"0"}:
        amount = amount.partition(".")[0]
    return f"{amount} {currency}"


def paragraph(text: str, indent: str = "") -> list[str]:
    """The lines of a text that somebody wrote, each indented."""
    return [indent + line for line in visible_lines(text).split("\n")]
