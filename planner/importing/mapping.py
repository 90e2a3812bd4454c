"""Which column fills which field: by ``--map``, by an exact known name, or only proposed.

Nothing fuzzy is ever applied here: ``suggest`` proposes, a person says yes by mapping.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from planner.errors import Refused
from planner.language import gettext as _
from planner.spelling import did_you_mean
from planner.text import fold

LOWEST_SCORE = 60.0
How = Literal["map", "known"]

ACCOUNT_FIELDS: Mapping[str, tuple[str, ...]] = {
    "name": (
        "account", "account name", "company", "company name", "customer", "customer name",
        "client", "client name", "organisation", "organization", "organisation name",
        "organization name",
    ),
    "external_id": (
        "id", "record id", "account id", "company id", "customer id", "client id",
        "organisation id", "organization id", "crm id",
    ),
    "parent": ("parent account", "parent company", "parent name", "parent account name"),
    "tier": ("account tier", "customer tier"),
    "stage": ("account stage", "lifecycle stage"),
    "sector": ("industry",),
    "country": ("country/region", "billing country"),
    "owner": ("account owner", "company owner", "account manager"),
    "tags": ("tag", "labels"),
    "arr": ("annual recurring revenue",),
    "currency": ("currency code", "currency iso code"),
    "contract_start": ("contract start date", "start of contract"),
    "contract_end": ("contract end date", "end of contract", "renewal date"),
    "notice_days": ("notice period days", "notice period (days)"),
    "auto_renew": ("auto renewal", "auto renews", "auto renew flag", "automatic renewal"),
}  # fmt: skip
"""The fields of an account, each with the further column names that mean exactly it."""

ACCOUNT_HINTS: Mapping[str, tuple[str, ...]] = {
    "name": ("firm", "business name"),
    "external_id": ("number", "reference", "account number"),
    "parent": ("subsidiary of", "belongs to", "group", "holding"),
    "tier": ("class", "segment", "plan tier", "priority"),
    "stage": ("status", "phase"),
    "sector": ("branch", "vertical", "market"),
    "country": ("location", "office location", "region", "nation"),
    "owner": ("sales agent", "responsible", "key account manager", "csm"),
    "arr": ("revenue", "annual revenue", "contract value", "amount", "arr amount"),
    "contract_start": ("start date", "signup date", "since"),
    "contract_end": ("end date", "expiry", "renewal"),
}
"""Names that may mean a field; they are proposed and never applied."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """A column that fills a field, and how that came: ``map`` (asked) or ``known`` (its name)."""

    column: str
    field: str
    how: How


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposal to be said yes to; ``score`` runs from 0 to 100."""

    column: str
    field: str
    score: float


def parse_maps(
    texts: Sequence[str], fields: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[str, str], ...]:
    """``Column=field`` texts as pairs; the field is behind the last ``=``.

    Raises ``Refused`` for another form, an unknown field, and anything named twice.
    """
    pairs: list[tuple[str, str]] = []
    for text in texts:
        column, equals, field = (part.strip() for part in text.rpartition("="))
        if not equals or not column:
            raise Refused(_('{text} is no mapping; write "Column=field".').format(text=repr(text)))
        field = field.casefold().replace("-", "_")
        if field not in fields:
            raise Refused(
                _("There is no field {field}; the fields are {fields}.").format(
                    field=repr(field), fields=", ".join(fields)
                )
                + did_you_mean(field, fields)
            )
        for other_column, other_field in pairs:
            if other_column == column or other_field == field:
                raise Refused(
                    _("{first} and {second} contradict each other; map each once.").format(
                        first=repr(f"{other_column}={other_field}"), second=repr(text)
                    )
                )
        pairs.append((column, field))
    return tuple(pairs)


def field_named(column: str, fields: Mapping[str, tuple[str, ...]]) -> str | None:
    """The field whose own or listed name equals the column's after folding, or None."""
    plain = _plain(column)
    for field, names in fields.items():
        if plain == _plain(field) or plain in map(_plain, names):
            return field
    return None


def apply_mapping(
    columns: Sequence[str],
    maps: Sequence[tuple[str, str]],
    fields: Mapping[str, tuple[str, ...]],
) -> tuple[Mapped, ...]:
    """The columns that fill fields, in file order.

    ``maps`` come first; then, for fields still free, a column that is called like the field, then
    the first one with a listed name. Raises ``Refused`` for a mapped column the file lacks.
    """
    taken = {}
    for column, field in maps:
        if column not in columns:
            raise Refused(
                _("The file has no column {column}; it has {columns}.").format(
                    column=repr(column), columns=", ".join(map(repr, columns[:30]))
                )
                + did_you_mean(column, columns)
            )
        taken[field] = Mapped(column, field, "map")
    mapped = {one.column for one in taken.values()}
    free = [column for column in columns if column not in mapped]
    for exact in (True, False):
        for column in free:
            known = field_named(column, fields)
            if known is None or known in taken or (exact and _plain(known) != _plain(column)):
                continue
            taken[known] = Mapped(column, known, "known")
    place = {column: index for index, column in enumerate(columns)}
    return tuple(sorted(taken.values(), key=lambda one: place[one.column]))


def suggest(
    columns: Sequence[str],
    fields: Mapping[str, tuple[str, ...]],
    hints: Mapping[str, tuple[str, ...]] = ACCOUNT_HINTS,
) -> list[Suggestion]:
    """For each column the likeliest field by likeness of names, each field once, best first."""
    from rapidfuzz import fuzz

    scored: list[Suggestion] = []
    for column in columns:
        plain = _plain(column)
        for field, names in fields.items():
            known = (field, *names, *hints.get(field, ()))
            score = max(fuzz.token_sort_ratio(plain, _plain(name)) for name in known)
            if score >= LOWEST_SCORE:
                scored.append(Suggestion(column, field, round(score, 1)))
    scored.sort(key=lambda one: -one.score)
    chosen: list[Suggestion] = []
    for one in scored:
        if all(one.column != had.column and one.field != had.field for had in chosen):
            chosen.append(one)
    return chosen


def _plain(name: str) -> str:
    """A column name as it is compared: folded, with ``_`` and ``-`` as spaces."""
    return " ".join(fold(name).replace("_", " ").replace("-", " ").split())
