"""The head of a message as plain one-line texts, whatever was written into it."""

from __future__ import annotations

import re
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message

from planner.entity import NAME_MAX

MOST_IDS = 100
MOST_HEADER = 100_000
REPEATED = ("to", "cc")
"""Headers that a message may bring several times; of the others the first counts."""
ADDRESSED = ("from", "to", "cc")
"""Headers that are taken apart before their names are decoded, so that no name is an address."""
_ID = re.compile(r"<\s*([^<>\s]{1,998})\s*>")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def plain_headers(message: Message) -> dict[str, str]:
    """Headers by small-letter name, each in one line: none can bring another one.

    All but those of addresses are decoded.
    """
    found: dict[str, str] = {}
    for name, raw in message.raw_items():
        key = name.strip().lower()
        if key in found and key not in REPEATED:
            continue
        whole = str(raw)[:MOST_HEADER]
        text = one_line(_whole(whole)) if key in ADDRESSED else decoded(whole)
        found[key] = f"{found[key]}, {text}" if key in found else text
    return found


def one_line(text: str) -> str:
    """Text without control characters, white space as single spaces."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return " ".join(_CONTROLS.sub(" ", whole).split())


def ids_in(text: str) -> list[str]:
    """The message ids in a header, without their brackets."""
    found = _ID.findall(text)
    if not found and text.strip() and " " not in text.strip() and len(text) <= NAME_MAX:
        found = [text.strip()]
    return found[:MOST_IDS]


def decoded(raw: str) -> str:
    """A header's text: raw bytes as UTF-8, else as cp1252; encoded words by their charset."""
    try:
        pieces = decode_header(_whole(raw))
    except (HeaderParseError, ValueError):
        return one_line(_whole(raw))
    return one_line("".join(_piece(piece, charset) for piece, charset in pieces))


def _whole(raw: str) -> str:
    try:
        data = raw.encode("ascii", "surrogateescape")
    except UnicodeEncodeError:
        return raw
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _piece(piece: bytes | str, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece
    try:
        return piece.decode(charset or "raw-unicode-escape")
    except (LookupError, ValueError):
        return piece.decode("cp1252", "replace")
