"""Contracts with their renewals, and the milestones reached on the way to the next one."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from planner.sampling.character import Character
from planner.sampling.draft import MORNING, Draft, Row
from planner.sampling.timeline import HISTORY_DAYS
from planner.vocabulary import MILESTONE_OFFSETS

YEAR = 365
ARR_BY_TIER = {1: (140, 460), 2: (38, 150), 3: (6, 40)}  # thousands a year
HUNDRED_MINOR = 10_000
KEPT_TERMS = 3
FOREIGN = (("SEK", 11.5), ("USD", 1.1))
NO_CONTRACT = 0.4
"""The share of quiet accounts whose contract nobody entered."""


@dataclass(frozen=True, slots=True)
class Term:
    """When a relation began and when it is up, in days back and days ahead."""

    started: int
    created: int
    ahead: int
    lost: int | None


def term_of(rng: Random, character: Character) -> Term:
    """How long the account is a customer and when its contract ends; facts that others follow."""
    kind, incident = character.kind, character.incident
    earlier = rng.choice((0, 0, 1, 1, 2, 3, 4))
    ahead = rng.randint(25, 350)
    lost: int | None = None
    if incident == "notice_soon":
        ahead = 90 + rng.randint(2, 7)
    elif incident == "renewal_soon":
        ahead = rng.randint(32, 55)
    elif incident == "overdue_renewal":
        ahead = -rng.randint(3, 9)
    elif kind == "new":
        earlier, ahead = 0, YEAR - rng.randint(3, 12)
    elif kind == "lost":
        lost = rng.randint(20, 190)
        earlier, ahead = max(1, earlier), -lost
    if kind not in ("new", "lost") and not earlier:
        ahead = min(ahead, 300)  # at least two months a customer
    started = YEAR * (earlier + 1) - ahead
    early = 0 if kind == "new" else rng.randint(0, 20)
    created = min(started + early, HISTORY_DAYS - rng.randint(0, 9))
    return Term(started, max(created, 3), ahead, lost)


def add_contracts(draft: Draft) -> None:
    """The contracts of the last terms and the milestones of the present one."""
    if draft.character.kind == "quiet" and draft.chance(NO_CONTRACT):
        return
    rng = draft.rng
    low, high = ARR_BY_TIER[draft.tier or 3]
    arr = rng.uniform(low, high)
    currency, rate = ("EUR", 1.0)
    if draft.company.locale.country == "SE" and draft.chance(0.15):
        currency, rate = FOREIGN[0]
    elif draft.chance(0.01):
        currency, rate = FOREIGN[1]
    terms = min(KEPT_TERMS, (draft.started + draft.ahead) // YEAR)
    for number in range(terms - 1, -1, -1):
        hundreds = round(arr * 10 * 0.95**number * rate)
        _add_contract(draft, number, hundreds * HUNDRED_MINOR, currency)


def _add_contract(draft: Draft, number: int, arr_minor: int, currency: str) -> None:
    """The contract that ended ``number`` terms ago; 0 is the present one."""
    rng, days = draft.rng, draft.days
    end = number * YEAR - draft.ahead
    start = end + YEAR - 1
    back = min(max(start, 0), draft.created)
    notice = 90 if draft.character.incident == "notice_soon" else rng.choice((30, 60, 90))
    contract: Row = {
        "id": draft.new_id(back, MORNING + 60),
        "account_id": draft.id,
        "name": f"contract {days.day(start).year}",
        "arr_minor": arr_minor,
        "currency": currency,
        "start_on": days.iso(start),
        "end_on": days.iso(end),
        "notice_days": notice if draft.chance(0.85) or number == 0 else None,
        "auto_renew": int(draft.chance(0.5)),
        "forecast": "certain",
    }
    if number or draft.lost is not None:
        decided = end if number == 0 else end + rng.randint(5, 40)
        contract |= {"status": "ended", "decided_on": days.iso(decided)}
        if number == 0:
            contract |= {"forecast": "lost", "cancellation_on": days.iso(end + 60)}
        draft.add("contract", decided, contract)
        return
    contract["forecast"] = _forecast(draft)
    _befall(draft, contract)
    contract_id = draft.add("contract", rng.randint(0, min(70, draft.created)), contract)
    _add_milestones(draft, contract_id)


def _forecast(draft: Draft) -> str:
    if draft.character.incident == "cancelled":
        return "lost"
    if draft.character.kind in ("quiet", "new") or draft.ahead > 200:
        return "unknown" if draft.chance(0.6) else "likely"
    level = draft.satisfied + draft.rng.gauss(0, 0.1)
    return "certain" if level > 0.85 else "likely" if level > 0.5 else "at_risk"


def _befall(draft: Draft, contract: Row) -> None:
    if draft.character.incident == "cancelled":
        contract["cancellation_on"] = draft.days.iso(draft.ago(8, 40))
    if draft.character.incident == "unpaid":
        contract["invoice_overdue_since"] = draft.days.iso(draft.ago(66, 110))


def _add_milestones(draft: Draft, contract_id: int) -> None:
    for offset in MILESTONE_OFFSETS:
        planned = offset - draft.ahead  # days ago
        if planned < 0 or not draft.chance(0.2 + 0.75 * draft.character.at(planned)):
            continue
        done = max(0, planned + draft.rng.randint(-4, 6))
        milestone: Row = {
            "id": draft.new_id(done, draft.office_minute()),
            "account_id": draft.id,
            "contract_id": contract_id,
            "offset_days": offset,
            "done_on": draft.days.iso(done),
        }
        draft.add("milestone", done, milestone)
