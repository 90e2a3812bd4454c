"""How contact, its intervals and snoozes are said, in tables, lists and lines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planner.language import gettext as _
from planner.views.cadence import AccountCadence, LastContact, Rest, Review


def since_words(last: LastContact | None, today: date) -> str:
    """How long ago the newest two-way contact was."""
    if last is None:
        return _("never")
    return _("{days}d").format(days=(today - date.fromisoformat(last.on)).days)


def mark(state: str, overdue_days: int) -> str:
    """Where contact stands: nothing said within the ideal interval, ``!`` past the maximum."""
    if state == "overdue":
        return _("! {days}d past the maximum").format(days=overdue_days)
    return _("due") if state == "due" else _("in time")


def rest_words(rest: Rest | None) -> str | None:
    """Until when contact rests, and why."""
    if rest is None:
        return None
    return _("until {day}: {reason}").format(day=rest.until_on, reason=rest.reason)


def last_words(last: LastContact | None, today: date) -> str:
    """When, by whom, and which kind of contact the last one was."""
    if last is None:
        return _("no two-way contact yet")
    parts = (last.kind, last.by, since_words(last, today))
    return _("last two-way contact {day}: {what}").format(
        day=last.on, what=", ".join(part for part in parts if part)
    )


def review_source(review: Review) -> str:
    """Where the day of the next quarterly review comes from."""
    return {
        "planned": _("planned"), "held": _("the last one"), "start": _("the account's start"),
    }[review.source]  # fmt: skip


def review_words(review: Review, today: date) -> str:
    """The next quarterly review, late where its day is over."""
    words = _("QBR due {day}").format(day=review.due_on)
    if review.due_on < today.isoformat():
        words = _("QBR overdue since {day}").format(day=review.due_on)
    return f"{words} ({review_source(review)})"


def interval_words(found: AccountCadence) -> str:
    """How often contact is wanted, and who said so."""
    words = _("contact every {ideal} days, at most {maximum}").format(
        ideal=found.row.ideal, maximum=found.maximum
    )
    if not found.own:
        return words if found.rule else _("{words} (no rule is set)").format(words=words)
    if found.agreed_with:
        return _("{words}, agreed with {person}").format(words=words, person=found.agreed_with)
    return _("{words}, of its own").format(words=words)


def account_words(found: AccountCadence, today: date) -> Iterator[str]:
    """Everything about an account's contact, a line each."""
    row = found.row
    yield interval_words(found)
    yield f"{last_words(row.last, today)} - {mark(row.state, row.overdue_days)}"
    if row.rest is not None:
        yield _("snoozed {words}").format(words=rest_words(row.rest))
    if found.losing_touch:
        yield _("losing touch: no rule is set, and nobody had two-way contact for long")
    if found.family is not None:
        family = found.family
        words = _("{count} below it, {overdue} of them overdue").format(
            count=family.children, overdue=family.overdue
        )
        if family.last is not None:
            words += "; " + _("{last} at {account}").format(
                last=last_words(family.last, today), account=family.last.account
            )
        yield words
    if found.review is not None:
        yield review_words(found.review, today)
