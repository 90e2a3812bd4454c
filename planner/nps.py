"""NPS, CSAT, CES and what they rest on (metrics 4.5): exact figures from single answers. Pure.

One person counts once for each kind: the latest answer of the window. Answers without a person are
each one. Where nothing is there a figure is None: unknown, never 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

SCALES: Mapping[str, int] = {"nps": 10, "csat": 5, "ces": 7}
"""The highest score of the scales that the figures are defined on; NPS starts at 0, others at 1."""
PROMOTERS, PASSIVES, DETRACTORS = "promoters", "passives", "detractors"
LEAST_PROMOTER, LEAST_PASSIVE = 9, 7
TOP_CSAT, NEUTRAL_CSAT = 4, 3
TOP_CES = 5
COVERAGE_DAYS = 90
"""An answer covers its account's revenue for so many days."""


class Answer(NamedTuple):
    """One answer. ``answered_at`` and ``answered_on`` are ISO text; ``effort_high``: a high CES
    means much effort."""

    id: int
    account_id: int | None
    person_id: int | None
    kind: str
    score: int
    highest: int
    effort_high: bool
    answered_at: str
    answered_on: str


class Sent(NamedTuple):
    """One survey sent; ``delivered`` is false when it came back."""

    id: int
    account_id: int
    person_id: int | None
    kind: str
    delivered: bool
    sent_on: str


class Figure(NamedTuple):
    """A figure: its value (None: unknown) and of how many it was made.

    Points for NPS, per cent for shares, points of its scale for a mean; not rounded.
    """

    value: Fraction | None
    n: int


class Parts(NamedTuple):
    """How many promoters, passives and detractors there are."""

    promoters: int
    passives: int
    detractors: int

    @property
    def n(self) -> int:
        """All of them."""
        return sum(self)


class Voice(NamedTuple):
    """The figures of a set of answers.

    ``weighted_nps.n`` counts accounts; ``unweighted`` NPS answers belong to no account with a known
    ARR. ``response_rate.n`` counts delivered surveys, ``coverage.n`` the accounts with an answer
    of the last 90 days. ``other_scale`` answers are on another scale and count in no figure.
    """

    parts: Parts
    nps: Figure
    weighted_nps: Figure
    unweighted: int
    csat: Figure
    csat_mean: Figure
    meh: Figure
    ces: Figure
    ces_top: Figure
    response_rate: Figure
    answered: int
    coverage: Figure
    covered_minor: int
    total_minor: int
    other_scale: int


# Which answers count


def on_scale(answer: Answer) -> bool:
    """Whether an answer is on the scale that the figures of its kind are defined on."""
    return answer.highest == SCALES.get(answer.kind)


def latest(answers: Iterable[Answer]) -> list[Answer]:
    """Each person's latest answer of each kind, and every anonymous one; the oldest first."""
    newest: dict[tuple[int, str], Answer] = {}
    kept: list[Answer] = []
    for one in answers:
        if one.person_id is None:
            kept.append(one)
            continue
        key = one.person_id, one.kind
        before = newest.get(key)
        if before is None or _order(before) < _order(one):
            newest[key] = one
    return sorted([*kept, *newest.values()], key=_order)


def _order(answer: Answer) -> tuple[str, int]:
    return answer.answered_at, answer.id


def counted(answers: Iterable[Answer], kind: str) -> list[Answer]:
    """The answers that the figures of a kind are made of: the latest, on its scale."""
    return [one for one in latest(answers) if one.kind == kind and on_scale(one)]


# The figures


def part_of(score: int) -> str:
    """What a score of 0 to 10 makes somebody: 0 to 6 a detractor, 7 and 8 passive, 9 and 10 a
    promoter."""
    if score >= LEAST_PROMOTER:
        return PROMOTERS
    return PASSIVES if score >= LEAST_PASSIVE else DETRACTORS


def parts_of(scores: Iterable[int]) -> Parts:
    """How many there are of each."""
    found = Counter(part_of(score) for score in scores)
    return Parts(found[PROMOTERS], found[PASSIVES], found[DETRACTORS])


def nps(scores: Iterable[int]) -> Figure:
    """The share of promoters less that of detractors, -100 to 100."""
    parts = parts_of(scores)
    return Figure(_share(parts.promoters - parts.detractors, parts.n), parts.n)


def weighted_nps(answers: Iterable[Answer], arr: Mapping[int, int | None]) -> tuple[Figure, int]:
    """(NPS weighted by revenue over n accounts, how many answers have no weight).

    An account's NPS is the mean of +100, 0 and -100 over its answers; its weight is its share of
    the ARR (``arr``, minor units by account) of the accounts with an answer. ``answers`` are those
    that count.
    """
    scores: dict[int, list[int]] = {}
    without = 0
    for one in answers:
        weight = None if one.account_id is None else arr.get(one.account_id)
        if one.account_id is None or not weight or weight < 0:
            without += 1
        else:
            scores.setdefault(one.account_id, []).append(one.score)
    total = sum(arr[account_id] or 0 for account_id in scores)
    if not total:
        return Figure(None, 0), without
    summed = Fraction(0)
    for account_id, own in scores.items():
        value = nps(own).value
        summed += (arr[account_id] or 0) * (value or 0)
    return Figure(summed / total, len(scores)), without


def top_box(scores: Sequence[int], least: int) -> Figure:
    """The share of scores of ``least`` and more, in per cent."""
    return Figure(_share(sum(score >= least for score in scores), len(scores)), len(scores))


def mean(scores: Sequence[int]) -> Figure:
    """The mean of scores."""
    return Figure(Fraction(sum(scores), len(scores)) if scores else None, len(scores))


def ease(score: int, highest: int, *, effort_high: bool) -> int:
    """A CES as "it was easy": turned round where a high score means much effort."""
    return highest + 1 - score if effort_high else score


def meh_share(scores: Sequence[int]) -> Figure:
    """The share of neither good nor bad CSAT answers, 3 of 5, in per cent."""
    return Figure(_share(scores.count(NEUTRAL_CSAT), len(scores)), len(scores))


def response_rate(answers: Iterable[Answer], sent: Iterable[Sent]) -> tuple[Figure, int]:
    """(Answers in per cent of delivered surveys, how many answers that is).

    No answer is tied to what was sent, so that an anonymous one stays so: an account's answers of
    a kind count as far as surveys of that kind were delivered there.
    """
    delivered = Counter((one.account_id, one.kind) for one in sent if one.delivered)
    given = Counter((one.account_id, one.kind) for one in answers)
    count = sum(delivered.values())
    answered = sum(min(number, given[key]) for key, number in delivered.items())
    return Figure(_share(answered, count), count), answered


def covered_accounts(answers: Iterable[Answer], on: date) -> set[int]:
    """The accounts with an answer of the 90 days that end on a day."""
    first, last = (on - timedelta(days=COVERAGE_DAYS)).isoformat(), on.isoformat()
    return {
        one.account_id
        for one in answers
        if one.account_id is not None and first <= one.answered_on <= last
    }


def coverage(covered: Iterable[int], arr: Mapping[int, int | None]) -> tuple[Figure, int, int]:
    """(share of the ARR that belongs to covered accounts, its amount, all ARR), per cent and minor
    units; n counts the covered accounts."""
    known = set(covered) & set(arr)
    part = sum(arr[account_id] or 0 for account_id in known)
    total = sum(amount or 0 for amount in arr.values())
    return Figure(_share(part, total), len(known)), part, total


def voice(
    answers: Sequence[Answer],
    sent: Iterable[Sent],
    arr: Mapping[int, int | None],
    covered: Iterable[int],
) -> Voice:
    """Every figure of the answers of a window, for the accounts of ``arr``."""
    chosen = latest(answers)
    scores = {kind: [one for one in chosen if one.kind == kind and on_scale(one)]
              for kind in SCALES}  # fmt: skip
    csat = [one.score for one in scores["csat"]]
    eased = [ease(one.score, one.highest, effort_high=one.effort_high) for one in scores["ces"]]
    weighted, unweighted = weighted_nps(scores["nps"], arr)
    rate, answered = response_rate(answers, sent)
    share, part, total = coverage(covered, arr)
    return Voice(
        parts=parts_of(one.score for one in scores["nps"]),
        nps=nps(one.score for one in scores["nps"]),
        weighted_nps=weighted,
        unweighted=unweighted,
        csat=top_box(csat, TOP_CSAT),
        csat_mean=mean(csat),
        meh=meh_share(csat),
        ces=mean(eased),
        ces_top=top_box(eased, TOP_CES),
        response_rate=rate,
        answered=answered,
        coverage=share,
        covered_minor=part,
        total_minor=total,
        other_scale=sum(not on_scale(one) for one in chosen),
    )


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(100 * part, whole) if whole else None


# Detractors


def is_detractor(kind: str, score: int, highest: int, *, effort_high: bool = False) -> bool:
    """Whether an answer asks for a call: NPS 0 to 6, CSAT 1 and 2 of 5, CES 1 to 3 of 7 when high
    is easy, 5 to 7 when high is effort; on another scale at the same height."""
    if kind == "nps":
        return 10 * score <= 6 * highest
    if kind == "csat":
        return 4 * (score - 1) <= highest - 1
    return 3 * (ease(score, highest, effort_high=effort_high) - 1) <= highest - 1


# As people read them


def shown(value: Fraction | None, places: int = 1) -> str | None:
    """A figure rounded half away from zero; a trailing .0 is dropped. None stays None."""
    if value is None:
        return None
    text = exact(value, places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def exact(value: Fraction, places: int = 6) -> str:
    """A figure with so many decimals, rounded half away from zero."""
    size = abs(value) * 10**places
    whole = (2 * size.numerator + size.denominator) // (2 * size.denominator)
    digits = f"{whole:0{places + 1}d}"
    sign = "-" if value < 0 and whole else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)
