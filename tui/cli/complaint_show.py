"""``complaint show``: one complaint with what is written under it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from tui.cli import naming
from tui.cli.context import Session, command, pass_session
from tui.cli.output import identity, local_moment, record_document

if TYPE_CHECKING:
    from planner.complaints import Complaint


@command("show")
@click.argument("number")
@pass_session
def show(session: Session, number: str) -> None:
    """Show one with its clocks, its hand-over, its causes and the notes under it.

    Notes are the newest 1000: what was told to the customer, and what stays among us.
    """
    with session.reading() as book:
        queries = book.queries()
        record: Complaint = queries.record("complaint", queries.names.complaint(number))
        zone = book.settings.zone
        named = {one.id: one.name for one in queries.colleagues()}
        account = naming.account_name(book, record.account_id)
        clock = queries.complaints.one(record.id)
        notes = queries.complaint_notes.of(record.id)
        links = queries.causes.links(record.id)
        loyal = queries.complaints.loyal(record.account_id)
        person = (
            None if record.person_id is None else queries.record("person", record.person_id).label
        )
    document: dict[str, Any] = {
        **record_document(record, zone, book.settings.currency),
        "account": account,
        "person": person,
        "owner": named.get(record.owner_id or 0),
        "handed_to": named.get(record.handed_to_id or 0),
        "clock": clock.clock,
        "customer": loyal or None,
        "notes": [
            {**one._asdict(), "id": identity(one.id), "noted_at": local_moment(one.noted_at, zone)}
            for one in notes
        ],
        "links": [
            {"number": one.number, "account": one.account, "same": one.same, "reason": one.reason}
            for one in links
        ],
    }
    session.show(document, lambda: _lines(document))


FACTS = (
    "clock", "customer", "owner", "handed_to", "hand_note", "person", "channel", "triage", "detail",
    "remedy_sought", "promised", "remedy_given", "root_cause", "cause_detail", "reopened_on",
    "reopen_reason", "advocate_on", "excluded",
)  # fmt: skip


def _lines(document: dict[str, Any]) -> Iterator[str]:
    from planner.text import visible
    from planner.vocabulary_words import value_words

    head = (document["number"], document["account"], value_words(document["severity"]),
            value_words(document["stage"]))  # fmt: skip
    yield visible(" · ".join(head))
    yield "  " + visible(document["title"])
    names = _names()
    for field in FACTS:
        value = document[field]
        if value:
            words = value_words(value) if field in ("triage", "channel", "excluded") else value
            yield f"  {names[field]}: {visible(str(words))}"
    for number, why in enumerate(document["whys"], 1):
        yield "  " + _("why {number}: {why}").format(number=number, why=visible(why))
    for one in document["links"]:
        said = _("same cause") if one["same"] else _("not the same")
        yield f"  {said}: {visible(one['number'])} {visible(one['account'])}"
    for one in document["notes"]:
        kind = _("told them") if one["told"] else _("among us")
        who = " · ".join(visible(part) for part in (one["colleague"], one["person"]) if part)
        yield f"  {one['noted_at'][:16]}  {kind}  {who}"
        for line in one["note"].splitlines():
            yield "      " + visible(line)


def _names() -> dict[str, str]:
    return {
        "clock": _("clock"), "customer": _("customer"), "owner": _("owner"),
        "handed_to": _("offered to"),
        "hand_note": _("with the words"), "person": _("from"), "channel": _("came by"),
        "triage": _("triage"), "detail": _("what"), "remedy_sought": _("they want"),
        "promised": _("we promised"), "remedy_given": _("we gave"), "root_cause": _("cause"),
        "cause_detail": _("cause in detail"), "reopened_on": _("reopened"),
        "reopen_reason": _("because"), "advocate_on": _("speaks for us since"),
        "excluded": _("out of the counts"),
    }  # fmt: skip
