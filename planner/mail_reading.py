"""A message as it was saved or pasted, read: who wrote to whom, when, and what.

Takes a message with its headers (RFC 5322), and text copied from a mail program with lines such as
``From:``, ``Sent:``, ``To:`` and ``Subject:`` above it. Attachments are named, never kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, message_from_string
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from planner.dates import MAX_YEAR, MIN_YEAR, parse_when
from planner.entity import NAME_MAX
from planner.errors import Refused
from planner.language import gettext as _
from planner.mail_headers import decoded, ids_in, one_line, plain_headers
from planner.mail_parts import body_of
from planner.mail_quotes import split_quoted

MOST_BYTES = 50_000_000
MOST_ADDRESSES = 500
MOST_NAMES_SHOWN = 5
AUTOMATIC_SENDERS = ("mailer-daemon", "postmaster", "no-reply", "noreply", "donotreply")
AUTOMATIC_PRECEDENCE = ("auto_reply", "bulk", "junk")
AUTOMATIC_HEADERS = ("x-autoreply", "x-autorespond", "x-auto-reply", "x-failed-recipients")
AUTOMATIC_SUBJECTS = (
    "automatic reply:", "auto reply:", "autoreply:", "out of office", "undeliverable:",
    "undelivered mail", "delivery status notification", "otomatik yanıt", "automaattinen vastaus",
    "automatische antwort",
)  # fmt: skip
_MAILTO = re.compile(r"[\[<(]\s*mailto:\s*([^\]>)\s]+)\s*[\]>)]", re.IGNORECASE)
_WEEKDAY = re.compile(r"^[^\W\d]{2,9}day,?\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Address:
    """Somebody in the head of a message; ``email`` is empty where only a name stood."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Mail:
    """A message. ``text`` is what its writer wrote, ``quoted`` the history below it.

    ``message_id`` tells the message again; ``answers`` are ids of those that it answers, the
    nearest first. ``automatic``: no person wrote it. ``said`` is what a reader should know.
    """

    sender: Address
    recipients: tuple[Address, ...]
    sent_at: datetime | None
    subject: str
    text: str
    quoted: str
    message_id: str | None
    answers: tuple[str, ...]
    automatic: bool
    said: tuple[str, ...] = ()

    @property
    def addresses(self) -> tuple[Address, ...]:
        """Everybody in the head, the sender first."""
        return (self.sender, *self.recipients)


def read_mail(source: bytes | str, *, now: datetime, zone: ZoneInfo) -> Mail:
    """Read a message. ``now`` and ``zone`` are what a local date in a copied one is read against.

    Raises ``Refused`` for what is empty, is no message, or does not say who wrote it.
    """
    message, as_text = _parsed(source)
    heads = plain_headers(message)
    sender = _sender(heads)
    said: list[str] = []
    recipients = _addresses(f"{heads.get('to', '')}, {heads.get('cc', '')}")
    if len(recipients) > MOST_ADDRESSES:
        said.append(_("only the first {count} recipients were read").format(count=MOST_ADDRESSES))
    sent_at = _sent_at(heads, now, zone, said)
    body = body_of(message, as_text=as_text)
    said += body.said
    if body.attachments:
        names = ", ".join(body.attachments[:MOST_NAMES_SHOWN])
        said.append(
            _("{count} attachments were not kept: {names}").format(
                count=len(body.attachments), names=names
            )
        )
    text, quoted = split_quoted(body.text)
    subject = heads.get("subject", "")[:NAME_MAX]
    return Mail(
        sender=sender,
        recipients=recipients[:MOST_ADDRESSES],
        sent_at=sent_at,
        subject=subject,
        text=text,
        quoted=quoted,
        message_id=_message_id(heads, sender, sent_at, subject, text),
        answers=_answers(heads),
        automatic=_is_automatic(heads, sender, subject, message),
        said=tuple(said),
    )


def _parsed(source: bytes | str) -> tuple[Message, bool]:
    if len(source) > MOST_BYTES:
        raise Refused(_("The message is larger than 50 megabytes."))
    if not source.strip():
        raise Refused(_("There is no message: what was given is empty."))
    if isinstance(source, str):
        return message_from_string(source.lstrip("\ufeff \t\r\n")), True
    data = source
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return message_from_string(data.decode("utf-16", "replace").lstrip()), True
    return message_from_bytes(data.removeprefix(b"\xef\xbb\xbf").lstrip()), False


def _sender(heads: dict[str, str]) -> Address:
    text = heads.get("from", "")
    found = _addresses(text)
    if found:
        return found[0]
    if "from" in heads:
        raise Refused(_("The mail does not say who sent it: nothing stands behind From."))
    raise Refused(
        _(
            "This is no mail that can be read: there is no line From: that says who sent it. "
            "Save the message with its headers, or copy it with From, To and Subject."
        )
    )


def _addresses(text: str) -> tuple[Address, ...]:
    text = _MAILTO.sub(r"<\1>", text).replace(";", ",")
    found: dict[Address, None] = {}
    read = getaddresses([text])
    if not any(email for _name, email in read):  # how a newer Python answers to a list with a flaw
        read = getaddresses(text.split(","))
    for name, email in read:
        plain, address = decoded(name)[:NAME_MAX], one_line(email)[:NAME_MAX]
        if "@" not in address:
            plain, address = plain or address, ""
        if plain or address:
            found[Address("" if plain == address else plain, address)] = None
        if len(found) > MOST_ADDRESSES:
            break
    return tuple(found)


def _sent_at(
    heads: dict[str, str], now: datetime, zone: ZoneInfo, said: list[str]
) -> datetime | None:
    written = heads.get("date") or heads.get("sent") or ""
    if not written:
        said.append(_("it carries no date"))
        return None
    moment = _standard_date(written) or _copied_date(written, now, zone)
    if moment is None or not MIN_YEAR <= moment.year <= MAX_YEAR:
        said.append(_("its date is not understood: {date}").format(date=written[:60]))
        return None
    return moment


def _standard_date(written: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(written)
        aware = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
        return aware.astimezone(UTC) if re.search(r"[+-]\d{4}|GMT|UT", written) else None
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _copied_date(written: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """A date as mail programs print it, without a zone: the book's is meant."""
    plain = _WEEKDAY.sub("", written.strip()).replace(" at ", " ")
    try:
        return parse_when(plain, now, zone, past=True).at
    except Refused:
        return None


def _message_id(
    heads: dict[str, str], sender: Address, sent_at: datetime | None, subject: str, text: str
) -> str | None:
    """The message's own id; a copied one without it is told by what it holds."""
    own = ids_in(heads.get("message-id", ""))
    if own:
        return own[0]
    if sent_at is None:
        return None
    held = "\n".join((sender.email or sender.name, sent_at.isoformat(), subject, text))
    return "copied:" + sha256(held.encode("utf-8", "replace")).hexdigest()[:40]


def _answers(heads: dict[str, str]) -> tuple[str, ...]:
    nearest = ids_in(heads.get("in-reply-to", ""))
    before = ids_in(heads.get("references", ""))
    return tuple(dict.fromkeys((*nearest, *reversed(before))))


def _is_automatic(heads: dict[str, str], sender: Address, subject: str, message: Message) -> bool:
    submitted = heads.get("auto-submitted", "no").partition(";")[0].strip().lower()
    return (
        submitted not in ("no", "")
        or any(name in heads for name in AUTOMATIC_HEADERS)
        or heads.get("precedence", "").strip().lower() in AUTOMATIC_PRECEDENCE
        or heads.get("return-path", "").replace(" ", "") == "<>"
        or message.get_content_type() == "multipart/report"
        or sender.email.partition("@")[0].lower() in AUTOMATIC_SENDERS
        or subject.strip().lower().startswith(AUTOMATIC_SUBJECTS)
    )
