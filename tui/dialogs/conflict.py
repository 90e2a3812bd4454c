"""Who changed what first, in words. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from planner.errors import Conflict, FieldConflict
from planner.language import gettext as _
from tui.dialogs.reading import amount_text, moment_in_full, text_of
from tui.dialogs.spec import Context, FormSpec, Named

LONGEST = 200


def conflict_words(error: Conflict, spec: FormSpec, context: Context) -> str:
    """What happened and what to do, in two sentences."""
    labels = [label_for(one.field, spec) for one in error.fields]
    if not error.who:
        return str(error)
    return _(
        "{who} changed {fields} first, {when}. Nothing was saved; what you typed is still here. "
        "Ctrl+R takes their version in, with yours kept in your fields; then save again."
    ).format(who=error.who, fields=", ".join(labels), when=local_words(error.when, context))


def label_for(name: str, spec: FormSpec) -> str:
    """The label of the field that a record's field is shown in."""
    field = spec.field_for(name)
    return field.label if field is not None else name.replace("_", " ")


def field_words(one: FieldConflict, who: str, spec: FormSpec, context: Context) -> str:
    """One field in words: what it was, what they wrote, what I wrote."""
    was, theirs, mine = (
        shown(value, one.field, spec, context) for value in (one.was, one.theirs, one.mine)
    )
    return _("was {was} · {who}: {theirs} · you: {mine}").format(
        was=was, who=who, theirs=theirs, mine=mine
    )


def shown(value: Any, name: str, spec: FormSpec, context: Context) -> str:
    """A value of a record in words; ``--`` for none."""
    field = spec.field_for(name)
    if field is not None and field.kind == "money":
        text = amount_text(value, context.currency)
    else:
        text = text_of(value, _known(name, context))
    return text[:LONGEST] or "--"


def _known(name: str, context: Context) -> tuple[Named, ...]:
    if name in ("reports_to_id", "person_id", "their_owner_id"):
        return context.people
    return context.colleagues if name in ("owner_id", "relationship_owner_id") else ()


def local_words(when: str, context: Context) -> str:
    """A moment of the audit in the book's zone; as it stands when it is no moment."""
    try:
        moment = datetime.fromisoformat(when)
    except ValueError:
        return when
    return moment_in_full(moment.astimezone(context.zone)) if moment.tzinfo else when
