"""The status that a success criterion gives a goal: which one fits it, and what it says.

Pure, and free of the validator: lists and screens read it too. A status is stored when a goal is
measured, when a criterion changes, and when the account moves into a segment. It has to hold until
somebody changes something, so a segment names only what is written on the account itself: what
moves with the days or with the score (band, touch, renewal, ...) is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, Literal, NamedTuple, Protocol, TypeVar

from planner.language import gettext as _
from planner.segments import Filter, FilterRefused, Special, Term, Value, Words, parse
from planner.text import fold, search_words
from planner.vocabulary_words import value_words

OF_ACCOUNT = ("name", "account", "tier", "stage", "keep", "sector", "country", "tag")
"""The fields of the accounts' filter that a criterion's segment may name."""
MOVING = ("name", "external_id", "tier", "stage", "keep_class", "sector", "country", "tags")
"""The fields of an account that may move it into a segment or out of it."""
PEOPLES = ("achieved", "dropped")
"""Statuses that only people give; no criterion takes them back."""


class Criterion(Protocol):
    """A criterion: a record or a row."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def segment(self) -> str: ...
    @property
    def metric(self) -> str: ...
    @property
    def unit(self) -> str | None: ...
    @property
    def good(self) -> float: ...
    @property
    def poor(self) -> float | None: ...
    @property
    def less_is_better(self) -> bool: ...


class Goal(Protocol):
    """A goal: a record or a row."""

    @property
    def metric(self) -> str | None: ...
    @property
    def unit(self) -> str | None: ...


class Customer(Protocol):
    """An account: a record or a row."""

    @property
    def name(self) -> str: ...
    @property
    def external_id(self) -> str | None: ...
    @property
    def tier(self) -> int | None: ...
    @property
    def stage(self) -> str | None: ...
    @property
    def keep_class(self) -> str | None: ...
    @property
    def sector(self) -> str | None: ...
    @property
    def country(self) -> str | None: ...
    @property
    def tags(self) -> tuple[str, ...]: ...


C = TypeVar("C", bound=Criterion)
GoalStatus = Literal["on_track", "at_risk", "off_track"]


class Member(NamedTuple):
    """An account as segments see it, folded once."""

    words: str
    tier: int | None
    stage: str | None
    keep: str | None
    sector: str | None
    country: str | None
    tags: frozenset[str]


def member_of(account: Customer) -> Member:
    """An account as segments see it."""
    words = search_words(account.name, account.external_id, *account.tags)
    return Member(
        words or fold(account.name),
        account.tier,
        account.stage,
        account.keep_class,
        None if account.sector is None else fold(account.sector),
        None if account.country is None else fold(account.country),
        frozenset(fold(tag) for tag in account.tags),
    )


def segment_of(text: str) -> Filter:
    """The parts of a criterion's segment; none for every account. Raises ``FilterRefused``."""
    parts = parse(text)
    for part in parts:
        if isinstance(part, Term) and part.field not in OF_ACCOUNT:
            message = _(
                "{field} changes without a change of the account itself; what success looks like"
                " goes by {fields}, or words of the name."
            ).format(field=part.field, fields=", ".join(OF_ACCOUNT))
            raise FilterRefused(message, max(0, text.lower().find(part.field)))
    return parts


def is_in(parts: Filter, member: Member) -> bool:
    """Whether an account is in a segment, as the list of accounts would have it."""
    return all(_holds(part, member) != part.negated for part in parts)


def _holds(part: Term | Words, member: Member) -> bool:
    if isinstance(part, Words):
        return _said(part.text, member.words)
    return any(_equals(part, value, member) for value in part.values)


def _equals(part: Term, value: Value, member: Member) -> bool:
    field = part.field
    if field in ("name", "account"):
        return _said(str(value), member.words)
    if field == "tag":
        return not member.tags if value is Special.NONE else fold(str(value)) in member.tags
    held = getattr(member, field)
    if value is Special.NONE or held is None:
        return held is None and value is Special.NONE
    if field == "tier":
        return _compares(part.op, int(held), int(str(value)))
    if field == "sector":
        return fold(str(value)) in str(held)
    return bool(held == (fold(str(value)) if field == "country" else value))


def _said(text: str, words: str) -> bool:
    return (search_words(text) or fold(text)) in words


def _compares(op: str, held: int, value: int) -> bool:
    if op == ":":
        return held == value
    if op in ("<", "<="):
        return held < value or (op == "<=" and held == value)
    return held > value or (op == ">=" and held == value)


class Criteria(Generic[C]):
    """The criteria of a book, read once.

    One with a segment goes before one for every account, of several the newest goes first. One
    whose segment cannot be read fits nothing.
    """

    def __init__(self, criteria: Iterable[C]) -> None:
        self._by_metric: dict[str, list[tuple[C, Filter]]] = {}
        for one in sorted(criteria, key=lambda one: (not one.segment.strip(), -one.id)):
            try:
                parts = segment_of(one.segment)
            except FilterRefused:
                continue
            self._by_metric.setdefault(fold(one.metric), []).append((one, parts))

    def __bool__(self) -> bool:
        return bool(self._by_metric)

    def of(self, goal: Goal, member: Member) -> C | None:
        """The criterion that fits a goal of an account; None where none does.

        The metric has to be the same after folding, and the unit where both name one.
        """
        for one, parts in self._by_metric.get(fold(goal.metric or ""), ()):
            if _same_unit(one.unit, goal.unit) and is_in(parts, member):
                return one
        return None


def _same_unit(one: str | None, other: str | None) -> bool:
    return not one or not other or fold(one) == fold(other)


def status_by(criterion: Criterion, actual: float) -> GoalStatus:
    """What a criterion says of a figure: at good or better on track, at poor or worse off track."""
    sign = -1.0 if criterion.less_is_better else 1.0
    if sign * actual >= sign * criterion.good:
        return "on_track"
    if criterion.poor is None or sign * actual <= sign * criterion.poor:
        return "off_track"
    return "at_risk"


def method_words(criterion: Criterion) -> str:
    """How a criterion judges, such as "on track at 60 or more, off track at 30 or less"."""
    more, less = _("{figure} or more"), _("{figure} or less")
    good, poor = (less, more) if criterion.less_is_better else (more, less)
    unit = f" {criterion.unit}" if criterion.unit else ""
    first = good.format(figure=f"{criterion.good:g}{unit}")
    if criterion.poor is None:
        return _("on track at {good}, else off track").format(good=first)
    return _("on track at {good}, off track at {poor}").format(
        good=first, poor=poor.format(figure=f"{criterion.poor:g}{unit}")
    )


class Judged(Goal, Protocol):
    """A goal with its status and where that came from."""

    @property
    def actual(self) -> float | None: ...
    @property
    def status(self) -> str: ...


def origin_words(
    goal: Judged,
    criterion_id: int | None,
    by_hand: bool,
    criteria: Sequence[Criterion],
    account: Customer,
) -> str | None:
    """Where a goal's status comes from, for the plan; None where no criterion is about it."""
    named = next((one for one in criteria if one.id == criterion_id), None)
    if named is not None:
        return _("status by criterion {name}: {method}").format(
            name=named.name, method=method_words(named)
        )
    if not by_hand or goal.status in PEOPLES:
        return None
    fitting = Criteria(criteria).of(goal, member_of(account))
    if fitting is None or goal.actual is None:
        return _("status set by hand")
    said = status_by(fitting, goal.actual)
    return _("status set by hand; criterion {name} says {status}").format(
        name=fitting.name, status=value_words(said)
    )


class Sourced(Protocol):
    """What a goal's row says of where its status comes from."""

    @property
    def criterion_id(self) -> int | None: ...
    @property
    def status_by_hand(self) -> bool: ...


class WithCriteria(Protocol):
    """Whatever was read with the book's criteria: the page of a plan."""

    @property
    def criteria(self) -> Sequence[Criterion]: ...


def status_origin(
    goal: Judged, more: Sourced | None, page: WithCriteria, account: Customer
) -> str | None:
    """``origin_words`` of a goal on the page of a plan."""
    if more is None:
        return None
    return origin_words(goal, more.criterion_id, more.status_by_hand, page.criteria, account)
