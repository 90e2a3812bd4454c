"""What a read message is logged as: which way it went, who took part, what is noted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from planner.known_addresses import KnownAddresses
from planner.mail_reading import Address, Mail
from planner.text import name_key


def direction_of(mail: Mail, known: KnownAddresses, colleagues: Iterable[str]) -> str:
    """``out`` for what one of us wrote, told by the address, else by the name; ``in`` else."""
    sender = mail.sender
    if known.is_colleague(sender.email):
        return "out"
    if sender.email and known.unknown([sender.email]) == ():
        return "in"
    ours = {name_key(name) for name in colleagues}
    return "out" if sender.name and name_key(sender.name) in ours else "in"


def strangers(mail: Mail, known: KnownAddresses, colleagues: Iterable[str]) -> tuple[Address, ...]:
    """Who has an address that belongs to nobody, but for those who are called like one of us."""
    unknown = set(known.unknown(one.email for one in mail.addresses))
    ours = {name_key(name) for name in colleagues}
    return tuple(
        one
        for one in mail.addresses
        if one.email in unknown and not (one.name and name_key(one.name) in ours)
    )


def mail_fields(
    mail: Mail, known: KnownAddresses, account_id: int, direction: str
) -> dict[str, Any]:
    """What ``log_mail`` takes, but for the moment.

    Two-way is a message from a person at the account that a person wrote (rules.md, Contact).
    """
    emails = [one.email for one in mail.addresses if one.email]
    people = known.people_of(account_id, emails)
    from_them = direction == "in" and mail.sender.email in people
    fields = {
        "person_ids": [person.id for person in people.values()],
        "direction": direction,
        "two_way": from_them and not mail.automatic,
        "note": note_of(mail),
        "topic": mail.subject or None,
        "message_id": mail.message_id,
        "answers": mail.answers,
    }
    colleague = known.colleague([mail.sender.email] if direction == "out" else emails)
    if colleague is not None:
        fields["colleague_id"] = colleague
    return fields


def note_of(mail: Mail) -> str:
    """The text with the history that it quotes kept below."""
    whole = mail.text if not mail.quoted else f"{mail.text}\n\n{mail.quoted}"
    return whole.strip() or mail.subject
