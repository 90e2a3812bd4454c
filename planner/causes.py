"""Causes of complaints on two levels: which are one, how often each occurs, what returns. Pure.

Two spellings that fold to the same text are one cause; the spelling used most stands for it.
Nothing is renamed: what people wrote stays as it is, the figures put it together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from planner.health.inputs import ComplaintFact
from planner.health.kept import repeats_of
from planner.health.points import RECURRENCE_DAYS
from planner.text import name_key

LEVELS = (1, 2)
VITAL_SHARE = 0.8
"""The vital few: the most frequent causes that together make this share of the complaints."""
NEAR_SPELLING = 85
"""From this likeness (0 to 100) on two causes are asked about as one; not calibrated."""
MOST_COMPARED = 400
"""Causes whose spellings are compared with each other, the most frequent first."""

Spelling = tuple[str | None, str | None]
"""A cause and its detail as somebody wrote them."""


class ParetoLine(NamedTuple):
    """One cause: complaints, share of all with a cause, share of it and those above, 0 to 1.

    ``vital``: it is among the few that make 80 % together. ``spellings`` are all ways in which
    it was written.
    """

    cause: str
    detail: str | None
    complaints: int
    share: float
    cumulative: float
    vital: bool
    spellings: tuple[Spelling, ...]


class Pareto(NamedTuple):
    """Causes, the most frequent first; ``unstated`` complaints name none and stand apart."""

    lines: tuple[ParetoLine, ...]
    stated: int
    unstated: int
    unstated_spellings: tuple[Spelling, ...]


class Likeness(NamedTuple):
    """Two causes that might be one, how often each was used, and how alike they are, 0 to 100."""

    cause: str
    complaints: int
    other: str
    other_complaints: int
    score: int


class Recurrence(NamedTuple):
    """Repeats of one cause at one account in 180 days, and how many complaints have it there."""

    account_id: int
    cause: str
    repeats: int
    complaints: int
    ids: tuple[int, ...]


def pareto(rows: Iterable[tuple[str | None, str | None, int]], level: int = 1) -> Pareto:
    """Put (cause, detail, complaints) together; on level 2 each detail is a line of its own."""
    counts: dict[tuple[str, str], Counter[Spelling]] = defaultdict(Counter)
    unstated: Counter[Spelling] = Counter()
    for cause, detail, count in rows:
        if not (cause or "").strip():
            unstated[cause, detail] += count
            continue
        second = name_key((detail or "").strip()) if level > 1 else ""
        counts[cause_key(cause), second][cause, detail] += count
    totals = {key: sum(found.values()) for key, found in counts.items()}
    stated = sum(totals.values())
    lines: list[ParetoLine] = []
    above = 0
    for key in sorted(counts, key=lambda one: (-totals[one], one)):
        vital = above < VITAL_SHARE * stated
        above += totals[key]
        lines.append(
            ParetoLine(
                _usual(counts[key], 0) or "",
                _usual(counts[key], 1) if level > 1 else None,
                totals[key],
                totals[key] / stated,
                above / stated,
                vital,
                tuple(sorted(counts[key], key=lambda one: (one[0] or "", one[1] or ""))),
            )
        )
    return Pareto(tuple(lines), stated, sum(unstated.values()), tuple(unstated))


def cause_key(cause: str | None) -> str:
    """What two spellings of one cause have in common; empty without a cause."""
    return name_key((cause or "").strip()) if (cause or "").strip() else ""


def known_spelling(cause: str | None, lines: Iterable[ParetoLine]) -> str | None:
    """How a cause that was written before is usually spelled; None for a new one."""
    key = cause_key(cause)
    return next((line.cause for line in lines if key and cause_key(line.cause) == key), None)


def likely_one(lines: Sequence[ParetoLine]) -> list[Likeness]:
    """Pairs of causes of nearly one spelling, the most alike first. A person decides."""
    from rapidfuzz import fuzz, process

    known = {cause_key(line.cause): line for line in lines[:MOST_COMPARED]}
    keys = list(known)
    found: list[Likeness] = []
    for place, key in enumerate(keys):
        near = process.extract(
            key, keys[place + 1 :], scorer=fuzz.ratio, score_cutoff=NEAR_SPELLING, limit=None
        )
        for other, score, _index in near:
            one, two = known[key], known[other]
            found.append(Likeness(one.cause, one.complaints, two.cause, two.complaints, int(score)))
    return sorted(found, key=lambda pair: (-pair.score, pair.cause, pair.other))


def recurrences(
    by_account: Iterable[tuple[int, list[ComplaintFact]]], as_of: date
) -> list[Recurrence]:
    """Causes that came back at an account in the last 180 days, those with most repeats first.

    A repeat is what the health measure S3 calls one: a complaint opened in the window whose cause
    an earlier one of the account had, however long ago. Withdrawn and merged ones are out.
    """
    found: list[Recurrence] = []
    for account_id, facts in by_account:
        told: dict[str, str] = {}
        complaints: Counter[str] = Counter()
        repeats: dict[str, list[int]] = defaultdict(list)
        for fact, repeat in repeats_of(facts, as_of):
            if not 0 <= (as_of - fact.opened_on).days <= RECURRENCE_DAYS:
                continue
            key = cause_key(fact.root_cause)
            told[key] = (fact.root_cause or "").strip()
            complaints[key] += 1
            if repeat:
                repeats[key].append(fact.id)
        found += [
            Recurrence(account_id, told[key], len(ids), complaints[key], tuple(ids))
            for key, ids in repeats.items()
        ]
    return sorted(found, key=lambda one: (-one.repeats, one.account_id, one.cause))


def _usual(spellings: Counter[Spelling], level: int) -> str | None:
    counted: Counter[str] = Counter()
    for spelling, count in spellings.items():
        text = (spelling[level] or "").strip()
        if text:
            counted[text] += count
    return min(counted, key=lambda text: (-counted[text], text)) if counted else None
