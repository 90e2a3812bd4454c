"""What people write in options as values: names, days, moments, lengths of time, amounts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from planner.language import gettext as _

if TYPE_CHECKING:
    from datetime import date

    from planner.dates import When
    from planner.ports import Done
    from tui.cli.context import Session
    from tui.composition import Book


def given(**options: Any) -> dict[str, Any]:
    """The options that were used; an empty text empties its field, so it becomes None."""
    return {
        name: None if isinstance(value, str) and not value.strip() else value
        for name, value in options.items()
        if value is not None and value != ()
    }


def filled(**options: Any) -> dict[str, Any]:
    """The options that say something, for a new record."""
    return {name: value for name, value in given(**options).items() if value is not None}


def choice(text: str | None) -> str | None:
    """A word of a list of choices as it is stored: ``Economic buyer`` is ``economic_buyer``."""
    return None if text is None else "_".join(text.strip().lower().replace("-", " ").split())


def choices(texts: Iterable[str]) -> tuple[str, ...]:
    """Like ``choice`` for an option that repeats; commas separate too."""
    parts = [part for text in texts for part in text.split(",")]
    return tuple(dict.fromkeys(word for part in parts if (word := choice(part))))


def listed(words: Iterable[str]) -> str:
    """The choices as the help shows them."""
    return "|".join(words)


def person(book: Book, text: str, account_id: int) -> int:
    """The id of a person, of those of the account first. Raises ``NotFound``, ``Ambiguous``."""
    from planner.errors import NotFound

    names = book.queries().names
    try:
        return names.person(text, account_id)
    except NotFound:
        return names.person(text)


def somebody(book: Book, text: str, account_id: int) -> int | None:
    """Like ``person``; an empty text empties its field."""
    return person(book, text, account_id) if text.strip() else None


def one_of_us(book: Book, text: str | None) -> str | None:
    """The name of one colleague. Raises ``Refused`` for a name that lists several."""
    from planner.owners import check_one_owner

    if text:
        check_one_owner("owner", text, (one.name for one in book.queries().colleagues()))
    return text


def their_owner(book: Book, text: str | None, account_id: int) -> dict[str, Any]:
    """The field for an owner on their side: a person of the account, else the text as written.

    Raises ``Refused`` for a text that lists several.
    """
    from planner.errors import NotFound
    from planner.owners import check_one_owner

    if text is None or not text.strip():
        return {}
    try:
        return {"their_owner_id": book.queries().names.person(text, account_id)}
    except NotFound:
        check_one_owner("their_owner", text, ())
        return {"their_owner": text}


def moment(book: Book, text: str | None) -> When:
    """When something happened; now unless said. Raises ``Refused`` for what is not understood."""
    from planner.dates import parse_when

    return parse_when(text or "now", book.clock.now(), book.settings.zone, past=True)


def past_day(book: Book, text: str | None) -> date | str | None:
    """The day on which something happened; an empty text stays one. Raises ``Refused``."""
    return _day(book, text, past=True)


def coming_day(book: Book, text: str | None) -> date | str | None:
    """The day by which something is due; an empty text stays one. Raises ``Refused``."""
    return _day(book, text, past=False)


def _day(book: Book, text: str | None, *, past: bool) -> date | str | None:
    from planner.dates import parse_day

    if text is None or not text.strip():
        return text
    return parse_day(text, book.today, past)


def business_minutes(book: Book, text: str | None) -> int | None:
    """A length of business time such as ``4h`` or ``3d``. Raises ``Refused``."""
    from planner.clocks import default_calendar, parse_duration

    if text is None:
        return None
    return parse_duration(text, default_calendar(book.settings.zone.key))


def minor_units(text: str | None, currency: str) -> int | None:
    """An amount such as ``120k`` in minor units of a currency. Raises ``Refused``."""
    from planner.money import parse_amount

    return None if text is None else parse_amount(text, currency)


def amount(text: str, currency: str) -> int | None:
    """An amount in minor units; an empty text empties its field. Raises ``Refused``."""
    return minor_units(text, currency) if text.strip() else None


def number(text: str | None) -> float | str | None:
    """A plain number; an empty text stays one. Raises ``Refused``."""
    from planner.money import parse_number

    return text if text is None or not text.strip() else float(parse_number(text))


def labelled_day(book: Book, text: str) -> tuple[str, date]:
    """``LABEL=DATE`` as a pair. Raises ``Refused``."""
    from planner.dates import parse_day
    from planner.errors import Refused

    label, equals, day = text.rpartition("=")
    if not equals or not label.strip():
        raise Refused(_("{text} is no date to celebrate; write LABEL=DATE.").format(text=text))
    return label.strip(), parse_day(day, book.today, past=True)


def one_meant(rows: Iterable[tuple[int, str]], text: str | None, none: str, several: str) -> int:
    """The id of the one of (id, words) that a text means: by id, by words, by a part of them.

    Without a text the only one there is. Raises ``NotFound`` and ``Ambiguous`` with the sentences.
    """
    from planner.errors import Ambiguous, NotFound
    from planner.text import name_key

    known = list(rows)
    plain = (text or "").strip()
    key = name_key(plain)
    found = known if text is None else (
        [row for row in known if str(row[0]) == plain]
        or [row for row in known if name_key(row[1]) == key]
        or [row for row in known if key and key in name_key(row[1])]
    )  # fmt: skip
    if len(found) == 1:
        return found[0][0]
    if not found:
        raise NotFound(none)
    raise Ambiguous(several, [f"{words[:60]} (id {row_id})" for row_id, words in found])


def run_on_one(
    book: Book,
    account_id: int,
    use_cases: tuple[Any, Any, Any],
    chosen: int | None,
    remove: bool,
    fields: Callable[[], dict[str, Any]],
) -> Done:
    """Add a record of an account, or change or take out the one that was chosen.

    ``use_cases`` do these three; ``fields`` reads the options, where they are needed.
    """
    add, change, withdraw = use_cases
    if chosen is None:
        return book.run(add, account_id, **filled(**fields()))
    return book.run(withdraw, chosen) if remove else book.run(change, chosen, **fields())


def check_order(first: date | None, last: date | None) -> None:
    """Refuse a period whose first day lies after its last."""
    if first is not None and last is not None and first > last:
        from planner.errors import Refused

        raise Refused(
            _("from: {first} lies after {last}").format(
                first=first.isoformat(), last=last.isoformat()
            )
        )


def run_by_name(
    session: Session,
    book: Book,
    use_case: Any,
    *args: Any,
    colleagues: Mapping[str, str | None],
    **fields: Any,
) -> Done:
    """Run a use case with colleagues given by name; says who was added to the book."""
    from planner.use_cases.by_name import with_colleagues

    added: list[str] = []
    named = {field: text for field, text in colleagues.items() if text is not None}
    done = book.run(with_colleagues(use_case, named, added), *args, **fields)
    say_added(session, added)
    return done


def say_added(session: Session, added: Iterable[str]) -> None:
    """Say which colleagues were not known and were added."""
    for name in added:
        session.note(_("{name} was not known here and was added as a colleague.").format(name=name))


def show_named(
    session: Session,
    book: Book,
    done: Done,
    *given: str,
    owners: tuple[str, ...] = ("owner",),
    record: Any = None,
    **more: Any,
) -> None:
    """Print the record of an account that a command made, with the names of what it refers to.

    ``given`` and ``owners`` are columns without ``_id``; those that the record lacks are passed
    over. One of ``given`` is named where there is one, ``owners`` are empty where nobody is.
    ``record`` stands for the result where that holds more than the record.
    """
    shown = done.result if record is None else record
    for name in (*given, *owners):
        row_id = getattr(shown, f"{name}_id", None)
        if row_id is not None:
            more[name] = _name_of(book, name, row_id)
        elif name in owners and hasattr(shown, f"{name}_id"):
            more[name] = ""
    session.show_record(book, shown, done, account=account_name(book, shown.account_id), **more)


def _name_of(book: Book, name: str, row_id: int) -> Any:
    record = book.queries().record
    if name in ("person", "confirmed_by"):
        return record("person", row_id).label
    if name == "objective":
        return record("objective", row_id).objective
    if name == "product":
        return record("product", row_id).name
    return colleague_name(book, row_id)


def owned_documents(book: Book, records: Iterable[Any]) -> list[dict[str, Any]]:
    """Records as JSON with the names of their owners; empty where nobody owns one."""
    from tui.cli.output import record_document

    names = {one.id: one.name for one in book.queries().colleagues()}
    zone, currency = book.settings.zone, book.settings.currency
    return [
        {**record_document(one, zone, currency), "owner": names.get(one.owner_id or 0, "")}
        for one in records
    ]


def colleague_name(book: Book, colleague_id: int | None) -> str | None:
    """A colleague's name, for a record that holds the id."""
    if colleague_id is None:
        return None
    return next((c.name for c in book.queries().colleagues() if c.id == colleague_id), None)


def account_name(book: Book, account_id: int) -> str:
    """An account's name, for a record that holds the id."""
    return book.queries().account.head(account_id).name
