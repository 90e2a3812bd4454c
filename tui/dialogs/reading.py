"""Typed texts read into values, and values written as texts. Pure; errors are ``Refused``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from planner.dates import When, parse_day, parse_when
from planner.errors import FieldProblem, Refused
from planner.language import gettext as _
from planner.money import Money, compact, exponent, parse_amount, parse_number
from tui.dialogs.names import Match, match, split_names
from tui.dialogs.spec import Context, Entered, Field, Named, Texts
from tui.due_words import month_names, weekday_names

YES, NO = "yes", "no"
DEFAULTS: dict[str, Any] = {"people": (), "tags": (), "several": (), "follow_ups": (), "note": "",
                           "actions": ()}  # fmt: skip
SHOWN_CANDIDATES = 3
WIDEST_WHOLE = 9


def read_field(field: Field, text: str, context: Context, texts: Texts) -> Any:
    """The value of a text: None or an empty collection for an empty one. Raises ``Refused``.

    A colleague who is not known comes back as a text: the name of one to be added.
    """
    plain = text if field.kind in ("note", "line") else text.strip()
    if not plain.strip():
        if field.required:
            raise Refused(_("it is needed"))
        return DEFAULTS.get(field.kind)
    return _READERS[field.kind](field, plain, context, texts)


def read_all(
    fields: Sequence[Field], texts: Texts, base: Texts, context: Context
) -> tuple[Entered, list[FieldProblem]]:
    """Every field read; problems are named by field and hold what was typed."""
    values: dict[str, Any] = {}
    problems: list[FieldProblem] = []
    changed: set[str] = set()
    for field in fields:
        text = texts.get(field.name, "")
        if text != base.get(field.name, ""):
            changed.add(field.name)
        try:
            values[field.name] = read_field(field, text, context, texts)
        except Refused as error:
            if error.problems:
                problems += [FieldProblem(field.name, p.problem, p.value) for p in error.problems]
            else:
                problems.append(FieldProblem(field.name, str(error), text))
    return Entered(values, frozenset(changed)), problems


def _line(_field: Field, text: str, _context: Context, _texts: Texts) -> str:
    return text.strip()


def _note(_field: Field, text: str, _context: Context, _texts: Texts) -> str:
    return text


def _choice(field: Field, text: str, _context: Context, _texts: Texts) -> str:
    if text not in field.choices:
        raise Refused(
            _("it is none of {choices}").format(choices=", ".join(c for c in field.choices if c))
        )
    return text


def _several(field: Field, text: str, context: Context, texts: Texts) -> tuple[str, ...]:
    chosen = [part.strip() for part in text.split(",") if part.strip()]
    return tuple(_choice(field, one, context, texts) for one in chosen)


def _yes_no(_field: Field, text: str, _context: Context, _texts: Texts) -> bool:
    return text == YES


def _number(_field: Field, text: str, _context: Context, _texts: Texts) -> float:
    return float(parse_number(text))


def _whole(_field: Field, text: str, _context: Context, _texts: Texts) -> int:
    number = parse_number(text)
    if number != number.to_integral_value() or number.adjusted() > WIDEST_WHOLE:
        raise Refused(_("{text} is no whole number").format(text=repr(text[:40])))
    return int(number)


def _duration(_field: Field, text: str, context: Context, _texts: Texts) -> int:
    from planner.clocks import default_calendar, parse_duration

    return parse_duration(text, default_calendar(context.zone.key))


def _money(_field: Field, text: str, context: Context, texts: Texts) -> int:
    return parse_amount(text, currency_of(texts, context))


def currency_of(texts: Texts, context: Context) -> str:
    """The currency that an amount of this form is in: the form's own, else the book's."""
    return texts.get("currency", "").strip().upper() or context.currency


def _day(_field: Field, text: str, context: Context, _texts: Texts) -> date:
    return parse_day(text, context.today, past=False)


def _past_day(_field: Field, text: str, context: Context, _texts: Texts) -> date:
    return parse_day(text, context.today, past=True)


def _when(_field: Field, text: str, context: Context, _texts: Texts) -> When:
    return parse_when(text, context.now, context.zone, past=True)


def _coming(_field: Field, text: str, context: Context, _texts: Texts) -> When:
    return parse_when(text, context.now, context.zone, past=False)


def _people(_field: Field, text: str, context: Context, _texts: Texts) -> tuple[int, ...]:
    ids = [
        _the_one(match(name, context.people), _("no person of this account answers to {name}"))
        for name in split_names(text, context.people)
    ]
    return tuple(dict.fromkeys(ids))


def _actions(_field: Field, text: str, context: Context, _texts: Texts) -> tuple[int, ...]:
    nobody = _("no action of this account answers to {name}")
    ids = [
        _the_one(match(words, context.actions), nobody)
        for words in split_names(text, context.actions)
    ]
    return tuple(dict.fromkeys(ids))


def _person(_field: Field, text: str, context: Context, _texts: Texts) -> int:
    return _the_one(match(text, context.people), _("no person of this account answers to {name}"))


def _colleague(_field: Field, text: str, context: Context, _texts: Texts) -> int | str:
    found = match(text, context.colleagues)
    return _the_one(found, "") if found.found else text


def _the_one(found: Match, nobody: str) -> int:
    one = found.one
    if one is not None:
        return one.id
    if not found.found:
        raise Refused(nobody.format(name=repr(found.typed[:60])))
    raise Refused(
        _("{name} can be {candidates}; write more of the name").format(
            name=repr(found.typed[:60]), candidates=candidates(found.found)
        )
    )


def candidates(found: Sequence[Named]) -> str:
    """The first of several names in words."""
    shown = ", ".join(one.label for one in found[:SHOWN_CANDIDATES])
    return shown if len(found) <= SHOWN_CANDIDATES else shown + ", …"


def _tags(_field: Field, text: str, _context: Context, _texts: Texts) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def _follow_ups(_field: Field, text: str, context: Context, _texts: Texts) -> tuple[Any, ...]:
    from tui.dialogs.follow_up_lines import read_lines

    return read_lines(text, context)


_READERS: dict[str, Callable[[Field, str, Context, Texts], Any]] = {
    "line": _line, "note": _note, "choice": _choice, "several": _several, "yes_no": _yes_no,
    "number": _number, "whole": _whole, "duration": _duration, "money": _money,
    "day": _day, "past_day": _past_day,
    "when": _when, "coming": _coming, "people": _people, "person": _person, "colleague": _colleague,
    "account": _line, "tags": _tags, "follow_ups": _follow_ups,
    "actions": _actions,
}  # fmt: skip


# What stands beside a field


def beside(field: Field, text: str, context: Context, texts: Texts, hint: str) -> str:
    """What is understood of a text, or the hint: the date, the amount, who can be meant."""
    if not text.strip():
        return hint
    describe = _BESIDE.get(field.kind)
    if describe is None:
        return hint
    try:
        return describe(field, text.strip(), context, texts) or hint
    except Refused:
        return _("not understood yet")


def _beside_when(field: Field, text: str, context: Context, texts: Texts) -> str:
    when = _READERS[field.kind](field, text, context, texts)
    if when.date_only:
        return day_in_full(when.on)
    return moment_in_full(when.at.astimezone(context.zone))


def _beside_day(field: Field, text: str, context: Context, texts: Texts) -> str:
    return day_in_full(_READERS[field.kind](field, text, context, texts))


def _beside_duration(field: Field, text: str, context: Context, texts: Texts) -> str:
    from planner.clocks import default_calendar, duration_text

    minutes = _duration(field, text, context, texts)
    length = duration_text(minutes, default_calendar(context.zone.key))
    return _("{length} of working time").format(length=length)


def _beside_money(field: Field, text: str, context: Context, texts: Texts) -> str:
    currency = currency_of(texts, context)
    return f"{compact(Money(_money(field, text, context, texts), currency))} {currency}"


def _beside_colleague(_field: Field, text: str, context: Context, _texts: Texts) -> str:
    found = match(text, context.colleagues)
    if not found.found:
        return _("not known: is added")
    return "" if found.one is not None else candidates(found.found)


def _beside_people(field: Field, text: str, context: Context, _texts: Texts) -> str:
    several = field.kind == "people"
    parts = split_names(text, context.people) if several else [text]
    last = match(parts[-1], context.people) if parts else Match("", ())
    if not last.found:
        return _("nobody of this account")
    return "" if last.one is not None else candidates(last.found)


def _beside_actions(_field: Field, text: str, context: Context, _texts: Texts) -> str:
    parts = split_names(text, context.actions)
    last = match(parts[-1], context.actions) if parts else Match("", ())
    if not last.found:
        return _("no action of this account")
    return "" if last.one is not None else candidates(last.found)


_BESIDE: dict[str, Callable[[Field, str, Context, Texts], str]] = {
    "when": _beside_when, "coming": _beside_when, "day": _beside_day, "past_day": _beside_day,
    "money": _beside_money, "duration": _beside_duration,
    "colleague": _beside_colleague, "people": _beside_people, "person": _beside_people,
    "actions": _beside_actions,
}  # fmt: skip


# Values as texts


def day_in_full(day: date) -> str:
    """A day as ``Mon 23 Nov 2026``."""
    return f"{weekday_names()[day.weekday()]} {day.day} {month_names()[day.month - 1]} {day.year}"


def moment_in_full(local: datetime) -> str:
    """A moment as ``Mon 23 Nov 2026, 10:00``."""
    return f"{day_in_full(local.date())}, {local:%H:%M}"


def amount_text(minor: int | None, currency: str) -> str:
    """Minor units as they are typed: ``240000``, ``12.50``."""
    if minor is None:
        return ""
    major = Decimal(minor).scaleb(-exponent(currency))
    return f"{major:f}" if major % 1 else f"{major:.0f}"


def number_text(value: float | None) -> str:
    """A number as it is typed."""
    if value is None:
        return ""
    return f"{Decimal(repr(value)):f}".removesuffix(".0")


def text_of(value: Any, known: Sequence[Named] = ()) -> str:
    """A value of a record as its field shows it; an id by its name among ``known``."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if known and isinstance(value, int):
        return next((one.label for one in known if one.id == value), f"id {value}")
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, tuple | list):
        return ", ".join(str(part) for part in value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
