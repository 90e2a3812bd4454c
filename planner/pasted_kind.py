"""What a pasted text is: a mail, a calendar, a card, a signature, or just text."""

from __future__ import annotations

import re

HEAD_LINES = 40
MAIL_HEADERS = ("to", "cc", "subject", "date", "sent", "message-id", "delivered-to")
LOOKED_AT = 20_000
_HEADER = re.compile(r"^([A-Za-z][A-Za-z0-9-]{1,60})\s*:")


def kind_of(text: str) -> str:
    """``mail``, ``calendar``, ``card``, ``signature``, ``text``; ``""`` for nothing at all."""
    start = text[:LOOKED_AT].lstrip("\ufeff \t\r\n")
    if not start:
        return ""
    upper = start.upper()
    if upper.startswith("BEGIN:VCALENDAR"):
        return "calendar"
    if upper.startswith("BEGIN:VCARD"):
        return "card"
    if _is_mail(start):
        return "mail"
    from planner.card_reading import read_signature

    return "signature" if read_signature(text[:LOOKED_AT]) is not None else "text"


def _is_mail(start: str) -> bool:
    """Whether a head stands above the text: From and one more line that mails have."""
    names: set[str] = set()
    for line in start.replace("\r", "\n").split("\n")[: 5 * HEAD_LINES]:
        if line[:1] in (" ", "\t"):
            continue
        match = _HEADER.match(line)
        if match is None:
            break
        names.add(match[1].lower())
    return "from" in names and bool(names & set(MAIL_HEADERS))
