"""The parts of a message: its text, plain or made plain, and the names of what is attached."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import Message
from html.parser import HTMLParser

from planner.errors import Refused
from planner.importing.encoding import decode
from planner.language import gettext as _
from planner.mail_headers import one_line

MOST_PARTS = 1_000
ENCODED = ("base64", "quoted-printable", "x-uuencode", "uuencode", "uue", "x-uue")
UNSEEN = ("script", "style", "head", "title", "template")
BLOCKS = (
    "p", "div", "br", "tr", "li", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
    "blockquote", "pre", "section", "article", "header", "footer",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Body:
    """The text of a message, the names of its attachments, and what is said about both."""

    text: str
    attachments: tuple[str, ...]
    said: tuple[str, ...]


def body_of(message: Message, *, as_text: bool) -> Body:
    """The message's text: the plain part, else the HTML one made plain.

    ``as_text``: it was given as text, so what is not transfer-encoded is read already.
    """
    said: list[str] = []
    plain: list[str] = []
    html: list[str] = []
    attachments: list[str] = []
    for number, part in enumerate(_parts(message)):
        if number >= MOST_PARTS:
            said.append(_("only the first {count} parts were read").format(count=MOST_PARTS))
            break
        kind = part.get_content_type()
        if _attached(part) or kind not in ("text/plain", "text/html"):
            if part.get_content_maintype() != "multipart":
                attachments.append(one_line(_file_name(part) or kind)[:100])
            continue
        text = _text_of(part, as_text, said)
        (plain if kind == "text/plain" else html).append(text)
    if not "".join(plain).strip() and html:
        said.append(_("the text was made from HTML"))
        plain = [html_to_text(text) for text in html]
    whole = _tidy("\n".join(plain), said)
    return Body(whole, tuple(attachments), tuple(dict.fromkeys(said)))


def _parts(message: Message) -> list[Message]:
    """The parts that are no container; what is inside an attached message stays there."""
    found: list[Message] = []
    waiting: list[Message] = [message]
    while waiting and len(found) <= MOST_PARTS:
        part = waiting.pop(0)
        inside = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inside, list):
            waiting[:0] = [one for one in inside if isinstance(one, Message)]
        else:
            found.append(part)
    return found


def _attached(part: Message) -> bool:
    written = part.get("content-disposition")
    return str(written or "").strip().lower().startswith("attachment")


def _file_name(part: Message) -> str:
    try:
        return str(part.get_filename() or "")
    except (ValueError, LookupError, TypeError):
        return ""


def _text_of(part: Message, as_text: bool, said: list[str]) -> str:
    transfer = str(part.get("content-transfer-encoding") or "").strip().lower()
    if as_text and transfer not in ENCODED:
        return str(part.get_payload() or "")
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes) or not data.strip():
        return ""
    charset = _charset(part)
    try:
        return data.decode(charset or "utf-8")
    except (LookupError, ValueError):
        pass
    try:
        read = decode(data)
    except Refused:
        said.append(_("its encoding cannot be told; some letters may be wrong"))
        return data.decode("cp1252", "replace")
    words = _("its encoding {name} does not fit or is not known; it was read as {encoding}")
    if charset is None:
        words = _("it names no encoding; it was read as {encoding}")
    said.append(words.format(name=one_line(charset or "")[:40], encoding=read.encoding))
    return read.text


def _charset(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except (ValueError, LookupError, TypeError):
        return "?"


def _tidy(text: str, said: list[str]) -> str:
    """Lines end in a line feed, and what no store keeps is left out and said."""
    whole = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\x00" in whole:
        said.append(_("{count} NUL characters were left out").format(count=whole.count("\x00")))
        whole = whole.replace("\x00", "")
    whole = whole.encode("utf-8", "replace").decode("utf-8")
    return "\n".join(line.rstrip() for line in whole.split("\n")).strip("\n")


class _Plain(HTMLParser):
    """Gathers what a reader of the page would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in UNSEEN:
            self._unseen += 1
        elif tag in BLOCKS:
            self.pieces.append("\n")
        elif tag == "td":
            self.pieces.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in BLOCKS and tag != "br":
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.pieces.append(" ".join(data.split()) if data.strip() else " ")
            if data.strip() and data[-1:].isspace():
                self.pieces.append(" ")


def html_to_text(text: str) -> str:
    """HTML as plain text: blocks are lines, no more than one empty line between two."""
    reader = _Plain()
    try:
        reader.feed(text)
        reader.close()
    except (AssertionError, ValueError):
        reader.pieces.append(" ")
    lines: list[str] = []
    for line in "".join(reader.pieces).split("\n"):
        plain = " ".join(line.split())
        if plain or (lines and lines[-1]):
            lines.append(plain)
    return "\n".join(lines).strip()
