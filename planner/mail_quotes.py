"""What a message says itself, apart from the history that it quotes below."""

from __future__ import annotations

import re

MOST_LINES = 20_000
HEAD_LINES = 6
_WROTE = re.compile(
    r"^\s*(?:On\b.{4,300}\bwrote|.{4,300}\btarihinde\b.{0,200}\byazdı|.{4,300}\bkirjoitti)\s*:\s*$"
)
_ORIGINAL = re.compile(
    r"^[\s>]*-{2,}\s*(?:Original Message|Forwarded message|Alkuperäinen viesti|Özgün İleti)"
    r"\s*-{2,}\s*$",
    re.IGNORECASE,
)
_FROM = re.compile(r"^\*?(?:From|Kimden|Lähettäjä)\s*:\*?\s*\S", re.IGNORECASE)
_HEAD = re.compile(
    r"^\*?(?:Sent|Date|To|Subject|Gönderildi|Tarih|Kime|Konu|Lähetetty|Aihe)\s*:", re.IGNORECASE
)
LONGEST_LINE = 400


def split_quoted(text: str) -> tuple[str, str]:
    """(what was written, the quoted history); the history is empty where none is seen.

    A message that begins with a quotation, such as a forwarded one, stays whole.
    """
    lines = text.split("\n")
    marked = _marked_from(lines)
    for number in range(min(len(lines), MOST_LINES)):
        quoted = number >= marked and lines[number].startswith(">")
        if quoted or _begins_history(lines, number):
            above = "\n".join(lines[:number]).strip()
            return (above, "\n".join(lines[number:]).strip()) if above else (text.strip(), "")
    return text.strip(), ""


def _marked_from(lines: list[str]) -> int:
    """From which line on all are empty or marked as quoted."""
    number = len(lines)
    while number and (not lines[number - 1].strip() or lines[number - 1].startswith(">")):
        number -= 1
    return number


def _begins_history(lines: list[str], number: int) -> bool:
    line = lines[number][:LONGEST_LINE]
    if _ORIGINAL.match(line) or _WROTE.match(line):
        return True
    if line.lstrip().startswith("On ") and number + 1 < len(lines):
        return _WROTE.match(f"{line} {lines[number + 1][:LONGEST_LINE]}") is not None
    if not _FROM.match(line):
        return False
    below = lines[number + 1 : number + HEAD_LINES]
    return sum(bool(_HEAD.match(one)) for one in below) >= 2
