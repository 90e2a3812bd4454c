"""Typed names against the names that are known. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from planner.text import fold
from tui.dialogs.spec import Named


@dataclass(frozen=True, slots=True)
class Match:
    """A typed name, and whom it can mean; one exactly fitting name excludes the others."""

    typed: str
    found: tuple[Named, ...]

    @property
    def one(self) -> Named | None:
        """The one meant, if it is only one."""
        return self.found[0] if len(self.found) == 1 else None


def tell_apart(rows: Iterable[tuple[int, str, str | None]]) -> tuple[Named, ...]:
    """(id, name, what tells apart) as names that all differ."""
    rows = list(rows)
    folded = [fold(name) for _id, name, _more in rows]
    named: list[Named] = []
    seen: set[str] = set()
    for (row_id, name, more), key in zip(rows, folded, strict=True):
        label = name
        if folded.count(key) > 1:
            label = f"{name} ({more})" if more else f"{name} (id {row_id})"
        if label in seen:
            label = f"{name} (id {row_id})"
        seen.add(label)
        named.append(Named(label, row_id))
    return tuple(named)


def match(typed: str, known: Sequence[Named]) -> Match:
    """Whom a typed name means: the exact name, else those that begin so, else that hold it."""
    text = typed.strip()
    key = fold(text)
    if not key:
        return Match(text, tuple(one for one in known if one.label == text))
    for fits in (
        lambda label: label == key,
        lambda label: label.startswith(key),
        lambda label: any(word.startswith(key) for word in label.split()),
        lambda label: key in label,
    ):
        found = tuple(one for one in known if fits(fold(one.label)))
        if found:
            return Match(text, found)
    return Match(text, ())


def split_names(text: str, known: Sequence[Named]) -> list[str]:
    """The names in a list with commas; a known name that holds a comma stays whole."""
    labels = sorted((one.label for one in known if "," in one.label), key=len, reverse=True)
    names: list[str] = []
    rest = text.strip()
    while rest:
        whole = next((label for label in labels if _leads(rest, label)), None)
        if whole is None:
            name, _comma, rest = rest.partition(",")
        else:
            name, rest = rest[: len(whole)], rest[len(whole) :].lstrip().removeprefix(",")
        if name.strip():
            names.append(name.strip())
        rest = rest.strip()
    return names


def _leads(text: str, label: str) -> bool:
    tail = text[len(label) :].lstrip()
    return text.startswith(label) and (not tail or tail.startswith(","))


def settle(text: str, known: Sequence[Named], *, several: bool) -> str:
    """The text with every name that can mean one only written out."""
    parts = split_names(text, known) if several else [text.strip()]
    return ", ".join(
        found.label if (found := match(part, known).one) is not None else part for part in parts
    )


def completion(text: str, known: Sequence[Named], *, several: bool) -> str | None:
    """The text with its last name completed, when exactly one name begins like it."""
    start = text.rfind(",") + 1 if several else 0
    token = text[start:].lstrip()
    if not token:
        return None
    key = token.casefold()
    found = [
        one.label
        for one in known
        if one.label.casefold().startswith(key) and len(one.label) > len(token)
    ]
    return text + found[0][len(token) :] if len(found) == 1 else None
