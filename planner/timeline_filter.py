"""The filter of a timeline as it is typed: kinds, function, person, from a day, to a day. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from planner.errors import Ambiguous, Refused
from planner.filter_fields import FilterField
from planner.language import gettext as _
from planner.segments import Filter, Term, Words
from planner.text import fold
from planner.views.timeline import KINDS, TimelineFilter
from planner.vocabulary import FUNCTIONS


def timeline_fields() -> Mapping[str, FilterField]:
    """What a timeline is filtered by."""
    fields = (
        FilterField("kind", "choice", choices=KINDS, may_be_none=False),
        FilterField("function", "choice", choices=FUNCTIONS, may_be_none=False),
        FilterField("person", "text", may_be_none=False),
        FilterField("from", "text", may_be_none=False),
        FilterField("to", "text", may_be_none=False),
    )
    return {one.name: one for one in fields}


def read_filter(parts: Filter, people: Sequence[tuple[int, str]], today: date) -> TimelineFilter:
    """What the parts of a filter ask for; ``people`` are those who can be named.

    Raises ``Refused`` for a part that a timeline does not know.
    """
    values: dict[str, tuple[str, ...]] = {}
    for part in parts:
        if isinstance(part, Words):
            raise Refused(_("A timeline is filtered by {fields}.").format(
                fields=", ".join(timeline_fields())))  # fmt: skip
        if part.negated or part.field in values:
            raise Refused(_("{field} is said once, without a minus.").format(field=part.field))
        values[part.field] = _texts(part)
    return TimelineFilter(
        kinds=values.get("kind", ()),
        function=_only(values, "function"),
        person_id=_person(_only(values, "person"), people),
        since=_day(_only(values, "from"), today),
        until=_day(_only(values, "to"), today),
    )


def _texts(part: Term) -> tuple[str, ...]:
    return tuple(str(value) for value in part.values)


def _only(values: Mapping[str, tuple[str, ...]], field: str) -> str | None:
    found = values.get(field, ())
    if len(found) > 1:
        raise Refused(_("{field} takes one value.").format(field=field))
    return found[0] if found else None


def _person(name: str | None, people: Sequence[tuple[int, str]]) -> int | None:
    if name is None:
        return None
    wanted = fold(name)
    exact = [one for one in people if fold(one[1]) == wanted]
    found = exact or [one for one in people if wanted in fold(one[1])]
    if not found:
        raise Refused(_("Nobody of this account answers to {name}.").format(name=name[:80]))
    if len(found) > 1:
        names = [label for _id, label in found]
        words = _("{name} can be {names}; write more of the name.")
        raise Ambiguous(words.format(name=name[:80], names=", ".join(names[:3])), names)
    return found[0][0]


def _day(text: str | None, today: date) -> date | None:
    from planner.dates import parse_day

    return None if text is None else parse_day(text, today, past=True)
