"""The pack of the weekly review as a document: one part for each step, in the order of the day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from planner.documents.blocks import Block, Document, Part, facts, grid, hint
from planner.language import gettext as _
from planner.money import Money
from planner.review_agenda import Step, step_words
from planner.views.review import Card, ReviewPack
from planner.vocabulary_words import value_words

HIDDEN = "…"
"""What stands for an amount on a shared screen."""


@dataclass(frozen=True)
class Said:
    """A pack and how its amounts are said."""

    pack: ReviewPack
    money: Callable[[int | None, str | None], str]


def review_document(pack: ReviewPack, steps: Sequence[Step], *, figures: bool = True) -> Document:
    """The pack. Without ``figures`` no amount of money stands in it."""
    said = Said(pack, _money(pack.currency) if figures else lambda _minor, _currency: HIDDEN)
    parts: dict[str, Callable[[Said], Sequence[Block]]] = {
        "win": _win, "numbers": _numbers, "carry": _carry, "cards": _cards,
        "renewals": _renewals, "clashes": _clashes, "complaints": _complaints, "growth": _growth,
        "minutes": _minutes,
    }  # fmt: skip
    titles = step_words(steps)
    on = date.fromisoformat(pack.on)
    week = _("week {week} of {year}").format(week=on.isocalendar().week, year=on.isocalendar().year)
    whom = pack.scope or _("the whole book")
    lead = _("{week} · {minutes} minutes · {scope} · {count} accounts").format(
        week=week, minutes=pack.minutes, scope=whom, count=pack.accounts
    )
    method = _(
        "Order of accounts: value at risk (ARR times the assumed chance of loss of its band: red"
        " 40 %, yellow 15 %, green 5 %, unknown 20 %) times urgency (2 within 90 days of the"
        " renewal or overdue, 1.5 within 180, else 1). Health is uncalibrated."
    )
    return Document(
        title=_("Weekly review"),
        lead=(lead, _("as of {day}").format(day=pack.on)),
        parts=tuple(
            Part(titles[one.name], tuple(parts[one.name](said)))
            for one in steps
            if one.name in parts
        ),
        foot=method,
    )


def _money(book: str) -> Callable[[int | None, str | None], str]:
    def words(minor: int | None, currency: str | None) -> str:
        if minor is None:
            return _("unknown")
        return f"{Money(minor, currency or book).major:,.0f} {currency or book}".replace(",", " ")

    return words


def _win(said: Said) -> Sequence[Block]:
    rows = [
        (one.on, one.account, _("renewed") if one.won else _("lost"),
         said.money(one.arr_minor, one.currency))
        for one in said.pack.decided
    ]  # fmt: skip
    if not rows:
        return hint(_("no renewal was decided in the last seven days; what else went well?"))
    return grid((_("Decided"), _("Account"), _("How"), _("ARR")), rows, main=1)


def _numbers(said: Said) -> Sequence[Block]:
    pack = said.pack
    rows = [
        (value_words(one.band), one.accounts, said.money(one.arr_minor, None), one.came, one.went)
        for one in pack.bands
    ]
    head = (_("Band"), _("Accounts"), _("ARR"), _("came"), _("went"))
    known = None if pack.coverage is None else f"{pack.coverage:.0%}"
    red = None if pack.red_share is None else f"{pack.red_share:.0%}"
    compared = _("{count} of {all} accounts have a score of 7 to 14 days ago").format(
        count=pack.compared, all=pack.accounts
    )
    foreign = _("{count} contracts in other currencies are not in the sums").format(
        count=pack.foreign
    )
    return [
        *grid(head, rows),
        *facts(
            (_("share of red accounts"), red),
            (_("mean coverage"), known),
            (_("moves"), compared),
            (_("not in the sums"), foreign if pack.foreign else None),
        ),
    ]


def _carry(said: Said) -> Sequence[Block]:
    pack = said.pack
    share = (
        _("nothing was due in the last seven days")
        if not pack.due
        else _("{done} of {due} actions of the last seven days were done ({share:.0%})").format(
            done=pack.done, due=pack.due, share=pack.done / pack.due
        )
    )
    rows = [(one.due_on, one.owner, one.account, one.action) for one in pack.carried]
    head = (_("Due"), _("Owner"), _("Account"), _("Not done"))
    return [*facts((_("carried over"), share)), *(grid(head, rows, main=3) if rows else ())]


def _cards(said: Said) -> Sequence[Block]:
    blocks: list[Block] = []
    for number, card in enumerate(said.pack.cards, 1):
        blocks += _card(said, number, card)
    if not said.pack.cards:
        blocks += hint(_("no account is in this scope"))
    left = [
        (one.account, one.owner, one.shown, said.money(one.risk_minor, None))
        for one in said.pack.left
    ]
    if left:
        head = (_("Red, settled outside"), _("Owner"), _("Health"), _("At risk"))
        blocks += grid(head, left)
    return blocks


def _card(said: Said, number: int, card: Card) -> Sequence[Block]:
    health = value_words(card.band) if card.shown is None else f"{value_words(card.band)} "
    health = health if card.shown is None else f"{health}{card.shown}"
    trend = "" if card.trend is None else f" ({card.trend:+d})"
    stake = _("{risk} at risk of {arr}, urgency {urgency}").format(
        risk=said.money(card.risk_minor, None), arr=said.money(card.arr_minor, None),
        urgency=card.urgency,
    )  # fmt: skip
    pairs: list[tuple[str, object]] = [
        (f"{number}. {card.account}", f"{health}{trend} · {card.owner or _('nobody owns it')}"),
        (_("at stake"), stake),
        (_("renewal"), card.renewal_on),
        (_("last two-way contact"), card.last_two_way_on or _("never")),
        *((_("why"), cause) for cause in card.causes),
        *((_("held at"), cap) for cap in card.caps),
        (_("would help"), card.fix),
        *((_("complaint"), one) for one in card.complaints),
        (_("next"), card.next_action or _("nothing is planned")),
    ]
    return list(facts(*pairs))


def _renewals(said: Said) -> Sequence[Block]:
    rows = [
        (one.end_on, one.days, one.notice_on, one.account, one.owner, value_words(one.forecast),
         said.money(one.arr_minor, one.currency))
        for one in said.pack.renewals
    ]  # fmt: skip
    head = (_("Ends"), _("Days"), _("Notice by"), _("Account"), _("Owner"), _("Forecast"), _("ARR"))
    return grid(head, rows, main=3) if rows else hint(_("none within 120 days"))


def _clashes(said: Said) -> Sequence[Block]:
    kinds = {"pressure": _("too much contact"), "hand-off": _("not accepted")}
    rows = [(one.on, kinds[one.kind], one.account, one.what) for one in said.pack.clashes]
    head = (_("Day"), _("What"), _("Account"), _("Who"))
    return grid(head, rows, main=3) if rows else hint(_("nothing clashes in 14 days"))


def _complaints(said: Said) -> Sequence[Block]:
    clocks = {"late": _("late"), "at-risk": _("at risk")}
    rows = [
        (one.number, clocks[one.clock], one.due_on, value_words(one.severity), one.account,
         one.title, one.owner)
        for one in said.pack.complaints
    ]  # fmt: skip
    head = (_("Number"), _("Clock"), _("Due"), _("Severity"), _("Account"), _("Complaint"),
            _("Owner"))  # fmt: skip
    again = [
        (one.account, one.cause, one.repeats, ", ".join(one.numbers)) for one in said.pack.repeats
    ]
    blocks: list[Block] = []
    blocks += grid(head, rows, main=5) if rows else hint(_("no clock is late or at risk"))
    if again:
        blocks += grid((_("Account"), _("Cause that came back"), _("Times"), _("Numbers")), again)
    return blocks


def _growth(said: Said) -> Sequence[Block]:
    rows = [
        (one.account, one.opportunity, said.money(one.amount_minor, one.currency), one.next_on,
         one.next_step)
        for one in said.pack.growth
    ]  # fmt: skip
    head = (_("Account"), _("Opportunity"), _("Value"), _("Next"), _("Step"))
    return grid(head, rows, main=1) if rows else hint(_("no opportunity with green health"))


def _minutes(_said: Said) -> Sequence[Block]:
    return hint(_("read back every action: one owner, one day, and how it is seen to be done"))
