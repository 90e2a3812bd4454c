"""What every form about an account is filled from. Runs on the reader's thread."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from planner.language import gettext as _
from planner.owners import check_one_owner
from tui.dialogs.names import tell_apart
from tui.dialogs.reading import amount_text, text_of
from tui.dialogs.spec import Context, Entered, Loaded, Named, Subject
from tui.widgets.cells import cut
from tui.widgets.health_cell import health_cell

if TYPE_CHECKING:
    from tui.composition import BookQueries

LONGEST_WORDS = 60
"""Cells of an action's words where they name it."""
PEOPLE_FIELDS = (
    "reports_to_id", "person_id", "their_owner_id", "confirmed_by_id", "decision_buyer_id",
)  # fmt: skip
OUR_FIELDS = ("owner_id", "approver_id")
"""How the names of fields end that hold one of us."""


def with_colleagues(q: BookQueries, context: Context) -> Context:
    """The context with everybody of us."""
    return replace(context, colleagues=tell_apart((c.id, c.name, c.email) for c in q.colleagues()))


def about(q: BookQueries, context: Context, account_id: int) -> tuple[Context, tuple[str, ...]]:
    """The context of an account with its people, and what the top line says of it."""
    people = tell_apart((p.id, p.name, p.email) for p in q.people.of_account(account_id))
    head = q.account.head(account_id)
    rows = q.accounts.by_ids([account_id])
    row = rows[0] if rows else None
    badge = (
        health_cell(row.band, row.shown, row.coverage, uncertain=row.uncertain)[0] if row else ""
    )
    filled = replace(with_colleagues(q, context), people=people)
    return filled, tuple(part for part in (head.name, badge) if part)


def about_contract(
    q: BookQueries, subject: Subject, context: Context
) -> tuple[Any, Context, tuple[str, ...]]:
    """A contract (``contract_id``) with what ``about`` says; amounts are in its own currency."""
    record = q.record("contract", subject["contract_id"])
    filled, details = about(q, context, record.account_id)
    return record, replace(filled, currency=record.currency), details


def with_actions(
    q: BookQueries, context: Context, account_id: int, but: int | None = None
) -> Context:
    """The context with the actions of an account that another one (``but``) may wait for."""
    rows = [
        (row_id, cut(" ".join(words.split()), LONGEST_WORDS), due)
        for row_id, words, due in q.names.actions(account_id)
        if row_id != but
    ]
    return replace(context, actions=tell_apart(rows))


def label(known: tuple[Named, ...], row_id: int | None) -> str:
    """How somebody is called in a form; empty for nobody."""
    return text_of(row_id, known) if row_id is not None else ""


def me(context: Context) -> str:
    """How I am called in a form; whom the book does not know yet is added with what is saved."""
    return label(context.colleagues, context.actor.colleague_id) or context.actor.name


def record_texts(record: Any, names: tuple[str, ...], context: Context) -> dict[str, str]:
    """Fields of a record as texts; ids by name, amounts in the record's currency."""
    currency = getattr(record, "currency", None) or context.currency
    texts: dict[str, str] = {}
    for name in names:
        value = getattr(record, name)
        if name.endswith("_minor"):
            text = amount_text(value, currency)
        elif name == "depends_on":
            known = {one.id: one.label for one in context.actions}
            text = ", ".join(known[one] for one in value if one in known)
        elif name in PEOPLE_FIELDS:
            text = label(context.people, value)
        elif name.endswith(OUR_FIELDS):
            text = label(context.colleagues, value)
        else:
            text = text_of(value)
        if text:
            texts[name] = text
    return texts


def their_words(record: Any) -> dict[str, str]:
    """A line above "Theirs" where their owner is a name and no person of the account yet."""
    if record.their_owner is None or record.their_owner_id is not None:
        return {}
    said = _("theirs is {name}, who is no person of the account; a person takes their place")
    return {"their_owner_id": said.format(name=record.their_owner)}


def numbers(values: dict[str, Any], *names: str) -> dict[str, Any]:
    """The values with those of ``names`` as whole numbers: choices are texts."""
    return {
        name: int(value) if name in names and isinstance(value, str) else value
        for name, value in values.items()
    }


def options(*values: str) -> tuple[str, ...]:
    """Choices with nothing as the first."""
    return ("", *values)


def check_one_of_us(loaded: Loaded, entered: Entered) -> None:
    """Refuse an owner of ours who would be added and whose name lists several."""
    owner = entered["owner_id"]
    if isinstance(owner, str):
        known = [one.label for one in loaded.context.colleagues]
        check_one_owner("owner", owner, (*known, loaded.context.actor.name))
