"""Who somebody is, from a card (vCard) or the signature under a mail. Nothing is guessed: a line
that could be anything else is left out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from planner.mail_headers import one_line

LONGEST_LINE = 200
SIGNATURE_LINES = 12
MOST_CARD = 200_000
_EMAIL = re.compile(r"[^\s<>()\[\]:;,\"]{1,64}@[^\s<>()\[\]:;,\"@]{1,190}\.[^\W\d_]{2,24}")
_PHONE = re.compile(r"(?:\+|\(?0)[\d(][\d ()./-]{5,24}\d")
_NAME = re.compile(r"[^\W\d_][^\W\d_.'’-]*\.?(?: [^\W\d_][^\W\d_.'’-]*\.?){1,4}")
_CLOSINGS = (
    "--", "best", "best regards", "kind regards", "regards", "many thanks", "thanks", "cheers",
    "sincerely", "saygılarımla", "terveisin", "ystävällisin terveisin",
)  # fmt: skip
_PARTICLES = (
    "van", "von", "de", "der", "den", "del", "della", "di", "da", "dos", "la", "le", "el", "al",
    "bin", "ibn", "af", "y", "zu",
)  # fmt: skip
MOST_WORDS = 4
"""How many words may stand beside an e-mail or a phone."""
_OTHER = re.compile(r"[\d@/:|]|www\.|\.com|[.!?]$")


@dataclass(frozen=True, slots=True)
class Card:
    """A person as a card or a signature tells of them; what it does not tell is empty."""

    name: str
    email: str = ""
    phone: str = ""
    title: str = ""
    company: str = ""
    others: int = 0
    """How many further cards stood there."""


def read_card(text: str) -> Card | None:
    """The first card of a vCard text; None where there is none with a name, a mail or a phone."""
    folded = text[:MOST_CARD].replace("\r\n", "\n").replace("\r", "\n")
    lines = re.sub(r"\n[ \t]", "", folded).split("\n")
    found: list[dict[str, str]] = []
    for line in lines:
        head, colon, value = line.partition(":")
        name = head.partition(";")[0].rpartition(".")[2].strip().upper()
        if name == "BEGIN" and value.strip().upper() == "VCARD":
            found.append({})
        elif found and colon and value.strip() and "FAX" not in head.upper():
            found[-1].setdefault(name, _unescaped(value))
    if not found:
        return None
    first = found[0]
    name = first.get("FN") or _from_parts(first.get("N", ""))
    card = Card(
        name, first.get("EMAIL", ""), first.get("TEL", ""), first.get("TITLE", ""),
        first.get("ORG", "").partition(";")[0], len(found) - 1,
    )  # fmt: skip
    return card if card.name or card.email or card.phone else None


def _unescaped(value: str) -> str:
    plain = re.sub(r"\\([nN,;:\\])", lambda m: " " if m[1] in "nN" else m[1], value)
    return one_line(plain)[:LONGEST_LINE]


def _from_parts(value: str) -> str:
    family, _sign, rest = value.partition(";")
    return " ".join(part for part in (rest.partition(";")[0].strip(), family.strip()) if part)


def read_signature(text: str) -> Card | None:
    """The person of a signature: a name on the first line, and one e-mail or a phone below it.

    None where the text may be anything else: long lines, several e-mails, whole sentences.
    """
    lines = [one_line(line) for line in text.split("\n") if line.strip()]
    while lines and lines[0].rstrip(",").casefold() in _CLOSINGS:
        del lines[0]
    if not 2 <= len(lines) <= SIGNATURE_LINES or any(len(line) > LONGEST_LINE for line in lines):
        return None
    name = lines[0].rstrip(",")
    if not _is_name(name) or any(_is_sentence(line) for line in lines[1:]):
        return None
    emails = {match.lower(): match for line in lines for match in _EMAIL.findall(line)}
    phones = [match for line in lines[1:] if "fax" not in line.casefold()
              for match in _PHONE.findall(line)]  # fmt: skip
    if len(emails) > 1 or not (emails or phones):
        return None
    title = lines[1] if not _OTHER.search(lines[1]) and len(lines[1]) <= 80 else ""
    email = next(iter(emails.values()), "")
    return Card(name, email, phones[0].strip() if phones else "", title)


def _is_name(text: str) -> bool:
    """Whether every word may be one of a name: none begins small but for such as ``van``."""
    if not _NAME.fullmatch(text):
        return False
    return all(not word[0].islower() or word in _PARTICLES for word in text.split())


def _is_sentence(line: str) -> bool:
    """Whether more than a label stands beside the e-mail or the phone of a line."""
    rest = _PHONE.sub(" ", _EMAIL.sub(" ", line))
    return rest != line and len(rest.split()) > MOST_WORDS
