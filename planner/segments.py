"""The filter language of lists: ``tier:1,2 band:red renewal<90 owner:me arr>100k "logistics"``.

Everything that stands side by side has to hold. ``field:value`` with several values after commas
is one of them; ``<`` ``<=`` ``>`` ``>=`` compare numbers, days and amounts; ``-`` before a part
turns it round; a word or a quoted text is looked for in the name. ``none`` is "not known" and
``me`` in owner is the reader; in quotes both are plain text. A quote in quotes is ``\\"``.
``parse`` reads, ``show`` writes, ``parse(show(f)) == f``; the SQL is made elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Literal

from planner.errors import Refused
from planner.filter_fields import FIELDS, MAX_NUMBER, FilterField
from planner.language import gettext as _
from planner.money import parse_number
from planner.numerals import ascii_digits
from planner.spelling import did_you_mean
from planner.text import fold

Op = Literal[":", "<", "<=", ">", ">="]
LONGEST_FILTER = 10_000
_TERM = re.compile(r"([A-Za-z_]+)(<=|>=|[:=<>])")
_BARE_VALUE = re.compile(r"[\w][\w.@/+-]*")
_QUOTES = '"“”„'
_OPERATORS = "<>=:"


class Special(Enum):
    """Values that are no text: ``none`` is not known, ``me`` is the reader."""

    NONE = "none"
    ME = "me"


Value = str | int | Decimal | bool | Special


@dataclass(frozen=True, slots=True)
class Term:
    """``field`` compared by ``op`` with one of ``values``.

    Values are folded choices or text as written (text, choice), int (whole), Decimal (number;
    money in major units), bool (flag), or ``Special``.
    """

    field: str
    op: Op
    values: tuple[Value, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """Text looked for, folded, in what the list shows by name."""

    text: str
    negated: bool = False


Filter = tuple[Term | Words, ...]


class FilterRefused(Refused):
    """The filter cannot be read; ``position`` counts characters from 0."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(
            _("{message} (at character {number})").format(message=message, number=position + 1)
        )
        self.position = position


def parse(text: str, fields: Mapping[str, FilterField] = FIELDS) -> Filter:
    """The parts of a filter; an empty text has none. Raises ``FilterRefused`` and nothing else.

    ``fields``: those of the list that is filtered; the accounts' own if not said.
    """
    if len(text) > LONGEST_FILTER:
        raise FilterRefused(_("The filter is too long."), LONGEST_FILTER)
    parts: list[Term | Words] = []
    position = _skip_spaces(text, 0)
    while position < len(text):
        part, position = _part(text, position, fields)
        parts.append(part)
        position = _skip_spaces(text, position)
    return tuple(parts)


def show(parts: Filter) -> str:
    """The filter as text that ``parse`` reads back to the same parts."""
    return " ".join(_shown(part) for part in parts)


def complete(
    text: str,
    cursor: int,
    known: Mapping[str, Sequence[str]] | None = None,
    fields: Mapping[str, FilterField] = FIELDS,
) -> list[str]:
    """What the part under the cursor could become, each written out whole. Never raises.

    ``known`` holds the values of text fields by field name (owners, sectors, tags); ``fields`` are
    those of the list that is filtered.
    """
    start = _start_of_part(text[:cursor])
    typed = text[start:cursor]
    minus = "-" if typed.startswith("-") else ""
    bare = typed[len(minus) :]
    term = _TERM.match(bare)
    if term is None:
        return [f"{minus}{name}:" for name in fields if name.startswith(fold(bare))] if bare else []
    field = fields.get(term[1].lower())
    if field is None:
        return []
    before, comma, last = bare[term.end() :].rpartition(",")
    prefix = f"{minus}{bare[: term.end()]}{before}{comma}"
    choices = _offered(field, known or {})
    wanted = fold(last.strip(_QUOTES))
    return [prefix + one for one in choices if fold(one.strip('"')).startswith(wanted)]


def _offered(field: FilterField, known: Mapping[str, Sequence[str]]) -> list[str]:
    offered = list(field.choices)
    if field.name == "owner":
        offered.append(Special.ME.value)
    offered += [_quoted(value) for value in known.get(field.name, ())]
    if field.may_be_none:
        offered.append(Special.NONE.value)
    return offered


def _start_of_part(text: str) -> int:
    start, quoted, escaped = 0, False, False
    for index, character in enumerate(text):
        if character in _QUOTES and not escaped:
            quoted = not quoted
        elif character.isspace() and not quoted:
            start = index + 1
        escaped = character == "\\" and not escaped
    return start


def _skip_spaces(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _part(text: str, position: int, fields: Mapping[str, FilterField]) -> tuple[Term | Words, int]:
    start = position
    negated = (
        text[position] == "-" and position + 1 < len(text) and not text[position + 1].isspace()
    )
    if negated:
        position += 1
    if text[position] in _QUOTES:
        words, position = _quoted_text(text, position)
        if position < len(text) and not text[position].isspace():
            raise FilterRefused(_("A space is missing after the closing quote."), position)
        if not words.strip():
            raise FilterRefused(_("The quotes are empty."), start)
        return Words(words, negated), position
    term = _TERM.match(text, position)
    if term:
        return _term(text, term, negated, fields)
    return _bare_words(text, position, negated)


def _bare_words(text: str, position: int, negated: bool) -> tuple[Words, int]:
    end = _end_of_word(text, position)
    word = text[position:end]
    if word[0] in _OPERATORS:
        raise FilterRefused(
            _("Nothing stands before {sign}; write a field and no space, as in renewal<90.").format(
                sign=repr(word[0])
            ),
            position,
        )
    return Words(word, negated), end


def _end_of_word(text: str, position: int, stops: str = "") -> int:
    while position < len(text) and not text[position].isspace() and text[position] not in stops:
        position += 1
    return position


def _quoted_text(text: str, position: int) -> tuple[str, int]:
    opened = position
    found: list[str] = []
    position += 1
    while position < len(text):
        character = text[position]
        if character in _QUOTES:
            return "".join(found), position + 1
        if character == "\\" and position + 1 < len(text):
            position += 1
            character = text[position]
        found.append(character)
        position += 1
    raise FilterRefused(_("The quote is never closed."), opened)


def _term(
    text: str, match: re.Match[str], negated: bool, fields: Mapping[str, FilterField]
) -> tuple[Term, int]:
    field = fields.get(match[1].lower())
    if field is None:
        message = _("{field} is no field; put it in quotes to look for the text.").format(
            field=repr(match[1])
        )
        raise FilterRefused(message + did_you_mean(match[1], fields), match.start())
    op = _op(match[2])
    if op != ":" and not field.compares:
        raise FilterRefused(
            _("{field} cannot be compared with {sign}; write {field}: and a value.").format(
                field=field.name, sign=op
            ),
            match.start(2),
        )
    values, end = _values(text, match.end(), field)
    if op != ":" and (len(values) > 1 or isinstance(values[0], Special)):
        raise FilterRefused(_("{sign} takes one number.").format(sign=op), match.start(2))
    return Term(field.name, op, tuple(values), negated), end


def _op(sign: str) -> Op:
    ops: dict[str, Op] = {":": ":", "=": ":", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
    return ops[sign]


def _values(text: str, position: int, field: FilterField) -> tuple[list[Value], int]:
    values: list[Value] = []
    while True:
        quoted = position < len(text) and text[position] in _QUOTES
        if quoted:
            raw, end = _quoted_text(text, position)
        else:
            end = _end_of_word(text, position, ",")
            raw = text[position:end]
        if not raw.strip():
            raise FilterRefused(_("{field} needs a value.").format(field=field.name), position)
        values.append(_value(raw, quoted, field, position))
        if end >= len(text) or text[end].isspace():
            return values, end
        if text[end] != ",":
            raise FilterRefused(_("A space is missing after the closing quote."), end)
        position = end + 1


def _value(raw: str, quoted: bool, field: FilterField, position: int) -> Value:
    word = fold(raw)
    if not quoted and word == Special.NONE.value and field.may_be_none:
        return Special.NONE
    if not quoted and word == Special.ME.value and field.name == "owner":
        return Special.ME
    if field.kind == "text":
        return raw
    if field.kind == "flag":
        return _flag(raw, word, field, position)
    if field.kind == "choice":
        return _choice(raw, word.replace("-", "_").replace(" ", "_"), field, position)
    return _number(raw, field, position)


def _flag(raw: str, word: str, field: FilterField, position: int) -> bool:
    known = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
    if word not in known:
        raise FilterRefused(
            _("{value} is neither yes nor no for {field}.").format(
                value=repr(raw), field=field.name
            ),
            position,
        )
    return known[word]


def _choice(raw: str, word: str, field: FilterField, position: int) -> str:
    if word not in field.choices:
        message = _("{value} is no {field}; it is one of {choices}.").format(
            value=repr(raw), field=field.name, choices=", ".join(field.choices)
        )
        raise FilterRefused(message + did_you_mean(raw, field.choices), position)
    return word


def _number(raw: str, field: FilterField, position: int) -> int | Decimal:
    if field.kind == "whole":
        plain = ascii_digits(raw)
        if re.fullmatch(r"[+-]?[0-9]{1,9}", plain):
            if field.choices:
                return int(_choice(raw, str(int(plain)), field, position))
            return int(plain)
    else:
        try:
            value = parse_number(raw)
        except Refused:
            value = None
        if value is not None and abs(value) <= MAX_NUMBER:
            return value
    example = "100k" if field.kind == "money" else "90"
    raise FilterRefused(
        _("{value} is no number for {field}; write it like {example}.").format(
            value=repr(raw), field=field.name, example=example
        ),
        position,
    )


def _shown(part: Term | Words) -> str:
    minus = "-" if part.negated else ""
    if isinstance(part, Words):
        return minus + _quoted(part.text, reserved=())
    values = ",".join(_shown_value(value) for value in part.values)
    return f"{minus}{part.field}{part.op}{values}"


def _shown_value(value: Value) -> str:
    if isinstance(value, Special):
        return value.value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value) if isinstance(value, int) else _quoted(value)


def _quoted(text: str, reserved: tuple[str, ...] = ("none", "me")) -> str:
    if _BARE_VALUE.fullmatch(text) and fold(text) not in reserved:
        return text
    escaped = "".join("\\" + c if c == "\\" or c in _QUOTES else c for c in text)
    return f'"{escaped}"'
