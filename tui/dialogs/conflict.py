"""Who changed what first: the fields that two people changed, and what is said of them. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import unified_diff
from typing import Any, Literal, TypeAlias

from planner.errors import Conflict, FieldConflict
from planner.language import gettext as _
from tui.dialogs.form_rows import label_of
from tui.dialogs.reading import NO, YES, amount_text, moment_in_full, text_of
from tui.dialogs.spec import Context, Field, FormSpec, Loaded, Named, Texts

LONGEST = 200
SHORT = 60
"""Texts with more signs than this, or with several lines, are shown as a diff."""
Choice: TypeAlias = Literal["", "theirs", "mine", "edit"]
AROUND = 2
"""How many sentences that are the same stand around what differs."""
MOST_PIECES = 1_500
"""So many sentences of each text are compared."""
_SENTENCE_END = re.compile(r"(?<=[.!?;:])[ \t]+")


@dataclass(frozen=True, slots=True)
class Clash:
    """One field that two people changed, in texts as its field holds them.

    ``field`` is None for what the form does not show: it goes with the form as a whole.
    """

    name: str
    label: str
    field: Field | None
    was: str
    theirs: str
    mine: str
    who: str = ""
    when: str = ""

    def words(self, text: str) -> str:
        """A text of this field as people read it; ``--`` for none."""
        field = self.field
        if field is None or not text:
            return text or "--"
        if field.kind == "several":
            return ", ".join(label_of(field, one.strip()) for one in text.split(","))
        return label_of(field, text) if field.kind in ("choice", "yes_no") else text

    def is_long(self, mine: str) -> bool:
        """Whether what they wrote and ``mine`` are read better as a diff."""
        if self.field is not None and self.field.kind in ("choice", "several", "yes_no"):
            return False
        return any(len(text) > SHORT or len(text.splitlines()) > 1 for text in (self.theirs, mine))


@dataclass(frozen=True, slots=True)
class Decided:
    """What somebody decided: the text of each field, those of ``theirs`` as the others left it.

    ``discard``: nothing of mine is to be saved.
    """

    texts: Mapping[str, str]
    theirs: frozenset[str] = frozenset()
    discard: bool = False


def clashes_of(
    error: Conflict, spec: FormSpec, before: Loaded, after: Loaded, mine: Texts
) -> list[Clash]:
    """The fields that differ three ways between what was loaded, what is stored now and ``mine``.

    Fields whose choices follow from the record belong to the form as a whole, as do those that
    the form does not show; they count only when no other field clashes.
    """
    fields = {one.name: one for one in before.fields_of(spec) if one.name not in before.options}
    found = {
        name: Clash(name, field.label, field, *texts)
        for name, field in fields.items()
        if _differ(texts := (before.texts.get(name, ""), after.texts.get(name, ""), mine[name]))
    }
    rest: list[Clash] = []
    for one in error.fields:
        field = spec.field_for(one.field)
        known = fields.get(field.name) if field is not None else None
        if known is not None:
            clash = found.get(known.name) or _from_record(one, known, spec, after)
            found[known.name] = replace(clash, who=one.who, when=one.when)
        elif one.field != "archived_at":
            rest.append(_from_record(one, None, spec, after))
    clashes = [found[name] for name in fields if name in found] or rest
    return [one if one.who else replace(one, who=error.who, when=error.when) for one in clashes]


def _differ(texts: tuple[str, str, str]) -> bool:
    return len(set(texts)) == len(texts)


def _from_record(one: FieldConflict, field: Field | None, spec: FormSpec, at: Loaded) -> Clash:
    was, theirs, mine = (
        value_text(value, one.field, spec, at) for value in (one.was, one.theirs, one.mine)
    )
    name = field.name if field is not None else one.field
    return Clash(name, label_for(one.field, spec), field, was, theirs, mine, one.who, one.when)


def with_records(before: Loaded, newest: tuple[Any, ...], spec: FormSpec) -> Loaded:
    """The form as it was loaded, about the records as they are stored now; the texts of what
    others changed are theirs."""
    texts = dict(before.texts)
    after = replace(before, records=newest)
    for seen, stored in zip(before.records, newest, strict=True):
        for name, value in stored:
            field = spec.field_for(name)
            own = field is not None and (field.name == name or name in field.also)
            if field is not None and own and value != getattr(seen, name):
                texts[field.name] = value_text(value, name, spec, after)
    return replace(after, texts=texts)


# Words


def conflict_words(error: Conflict, spec: FormSpec, context: Context) -> str:
    """What happened and what to do, in two sentences."""
    labels = dict.fromkeys(label_for(one.field, spec) for one in error.fields)
    if not error.who:
        return str(error)
    if error.archived:
        return _(
            "{who} archived this first, {when}. Nothing was saved; what you typed is still here. "
            "Save again to bring it back with your change."
        ).format(who=error.who, when=local_words(error.when, context))
    return _(
        "{who} changed {fields} first, {when}. Nothing was saved; what you typed is still here. "
        "Save again to choose field by field. Ctrl+R takes their version in, with yours kept in "
        "your fields."
    ).format(who=error.who, fields=", ".join(labels), when=local_words(error.when, context))


def label_for(name: str, spec: FormSpec) -> str:
    """The label of the field that a record's field is shown in."""
    field = spec.field_for(name)
    return field.label if field is not None else name.replace("_", " ")


def field_words(one: FieldConflict, who: str, spec: FormSpec, context: Context) -> str:
    """One field in words: what it was, what they wrote, what I wrote."""
    was, theirs, mine = (
        value_text(value, one.field, spec, Loaded(context))[:LONGEST] or "--"
        for value in (one.was, one.theirs, one.mine)
    )
    return _("was {was} · {who}: {theirs} · you: {mine}").format(
        was=was, who=one.who or who, theirs=theirs, mine=mine
    )


def value_text(value: Any, name: str, spec: FormSpec, at: Loaded) -> str:
    """A value of a record as the text that its field holds."""
    field, context = spec.field_for(name), at.context
    if field is not None and field.kind == "money":
        currencies = (getattr(record, "currency", None) for record in at.records)
        return amount_text(value, next(filter(None, currencies), context.currency))
    if isinstance(value, datetime):
        return f"{value.astimezone(context.zone):%Y-%m-%d %H:%M}"
    if isinstance(value, bool):
        return YES if value else NO
    return text_of(value, _known(name, context))


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


# A long text


def diff_lines(theirs: str, mine: str, *, names: tuple[str, str]) -> list[str]:
    """A unified diff of two texts, sentence by sentence; ``names`` are whose they are.

    Empty where they differ in blanks and line ends only. Of what is very long only the first
    part is compared, and the last line says so.
    """
    old, new = _pieces(theirs), _pieces(mine)
    same = next(
        (place for place, (a, b) in enumerate(zip(old, new, strict=False)) if a != b),
        min(len(old), len(new)),
    )
    start = max(0, same - AROUND)
    old, new = old[start:], new[start:]
    made = list(unified_diff(old[:MOST_PIECES], new[:MOST_PIECES], *names, lineterm="", n=AROUND))
    if max(len(old), len(new)) > MOST_PIECES:
        made.append(_("… what follows is too long to be compared here"))
    return made


def _pieces(text: str) -> list[str]:
    return [piece for line in text.splitlines() for piece in _SENTENCE_END.split(line.rstrip())]
