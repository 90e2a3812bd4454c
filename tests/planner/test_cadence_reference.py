"""The rules of contact and where contact stands, held against a slow reading of the words."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from planner.cadence import TIER_CADENCE, Cadence, contact_state
from planner.cadence_rules import DEFAULTS, CadenceRules

START = date(2026, 3, 1)
STAGES = ("onboarding", "adopting")
ROLES = ("champion", "sponsor", "technical")
TIERS = (None, 1, 2, 3)
KEYS = [
    ".".join(("cadence", *parts))
    for tier in ("", "tier1", "tier2")
    for stage in ("", *STAGES)
    for role in ("", "champion", "technical")
    if (parts := [one for one in (tier, stage, role) if one]) is not None
]
VALUES = st.one_of(
    st.just("none"),
    st.tuples(st.integers(1, 40), st.integers(0, 40)).map(lambda two: f"{two[0]}/{sum(two)}"),
)
BOOKS = st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=10)
OWN = st.one_of(st.none(), st.integers(0, 60))


def slow(
    book: dict[str, str], tier: int | None, stage: str | None, role: str | None
) -> Cadence | None:
    """The best of all rules that fit: most parts, then with a role, with a stage, with a tier."""
    facts = {f"tier{tier}", stage, role}
    best: tuple[tuple[int, bool], Cadence] | None = None
    for key, text in {**DEFAULTS, **book}.items():
        first, *words = key.split(".")
        fits = first == "cadence" and words != ["losing_touch"] and set(words) <= facts
        if not fits or text == "none" or (role is not None) != (role in words):
            continue
        rank = (len(words), stage in words)
        ideal, most = text.split("/")
        if best is None or rank > best[0]:
            best = (rank, Cadence(int(ideal), int(most)))
    return None if best is None else best[1]


def slow_account(book: dict[str, str], tier: int | None, stage: str | None) -> Cadence:
    """Without a rule of its own an account is one of tier 2; without any the constants hold."""
    found = slow(book, tier, stage, None) or slow(book, 2, stage, None)
    return found or TIER_CADENCE[tier or 2]


@given(BOOKS, st.sampled_from(TIERS), st.sampled_from((None, *STAGES)), st.sampled_from(ROLES))
def test_the_rule_that_holds_is_the_most_specific_of_all(
    book: dict[str, str], tier: int | None, stage: str | None, role: str
) -> None:
    rules = CadenceRules(book)
    assert rules.of_account(tier, stage) == slow_account(book, tier, stage)
    assert rules.of_role(tier, stage, role) == slow(book, tier, stage, role)


@given(BOOKS, st.sampled_from(TIERS), st.sampled_from((None, *STAGES)), OWN, OWN,
       st.one_of(st.none(), st.integers(-90, 10)), st.integers(0, 120))  # fmt: skip
def test_contact_stands_where_counting_day_by_day_says(
    book: dict[str, str], tier: int | None, stage: str | None, ideal: int | None,
    most: int | None, last: int | None, age: int,
) -> None:  # fmt: skip
    rule = slow_account(book, tier, stage)
    wanted = ideal or rule.ideal
    longest = max(wanted, most or rule.maximum)
    touched = None if last is None else START + timedelta(days=last)
    today = START - timedelta(days=90) + timedelta(days=age)
    begun = min(START, today)
    base = begun if touched is None or touched > today else touched
    silent, state, late, due_on = 0, "fresh", 0, base
    while silent < wanted:
        silent, due_on = silent + 1, due_on + timedelta(days=1)
    for _day in range(wanted, (today - base).days):
        silent += 1
        late += silent > longest
        state = "overdue" if silent > longest else "due"
    cadence = CadenceRules(book).own_cadence(tier, stage, ideal, most)
    found = contact_state(touched, begun, today, cadence)
    assert (found.state, found.overdue_days, found.due_on) == (state, late, due_on)
