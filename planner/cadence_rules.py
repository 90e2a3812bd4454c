"""The book's rules of contact: how often by tier, stage and role, when an account is out of touch,
how often a quarterly review is due. Pure.

A key is ``cadence``, then, where wanted, a tier, a stage and a role: ``cadence.tier1.onboarding``,
``cadence.champion``. A value is ``ideal/maximum`` in days, or ``none`` for no such rule. The most
specific rule that matches wins: more parts before fewer; of equally many the one with a role, then
the one with a stage, then the one with a tier. The shipped defaults are rules like the others. A
rule with a role is for people, one without for accounts. An account without a tier takes a rule of
its stage, else ``cadence``, else what tier 2 has.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from planner.cadence import ROLE_MAXIMUM_DAYS, TIER_CADENCE, UNSET_TIER, Cadence
from planner.vocabulary import ROLES, STAGES, TIERS

PREFIX = "cadence"
LOSING_TOUCH = "cadence.losing_touch"
NONE = "none"
MOST_DAYS = 3650
DEFAULTS: Mapping[str, str] = MappingProxyType(
    {
        **{f"cadence.tier{n}": f"{one.ideal}/{one.maximum}" for n, one in TIER_CADENCE.items()},
        **{f"cadence.{role}": f"{most // 2}/{most}" for role, most in ROLE_MAXIMUM_DAYS.items()},
        LOSING_TOUCH: "45",
        "qbr.tier1": "90",
        "qbr.tier2": "180",
        "qbr.tier3": NONE,
    }
)  # fmt: skip
"""What holds where a book says nothing. A role's ideal is half its maximum; the intervals of the
quarterly reviews are of experience, not calibrated."""
_PAIR = re.compile(r"([0-9]{1,4})/([0-9]{1,4})")
_DAYS = re.compile(r"[0-9]{1,4}")
_TIERS = MappingProxyType({f"tier{tier}": tier for tier in TIERS})


class Part(NamedTuple):
    """What a rule is for; None: whatever it is."""

    tier: int | None = None
    stage: str | None = None
    role: str | None = None


def is_rule_key(key: str) -> bool:
    """Whether a setting of this key is one of cadence or of quarterly reviews."""
    return key in DEFAULTS or part_of(key) is not None


def part_of(key: str) -> Part | None:
    """What a rule of cadence with this key is for; None where it is no such key."""
    first, *words = key.split(".")
    if first != PREFIX:
        return None
    tier: int | None = None
    stage: str | None = None
    role: str | None = None
    for word in words:
        if word in _TIERS and tier is None and stage is None and role is None:
            tier = _TIERS[word]
        elif word in STAGES and stage is None and role is None:
            stage = word
        elif word in ROLES and role is None:
            role = word
        else:
            return None
    return Part(tier, stage, role)


def usable(key: str, text: str) -> bool:
    """Whether a setting of cadence or of quarterly reviews can be read."""
    if key == LOSING_TOUCH:
        return _days(text) is not None
    if text == NONE:
        return True
    return (
        _days(text) if key in DEFAULTS and key.startswith("qbr.") else _cadence(text)
    ) is not None


def _days(text: str) -> int | None:
    days = int(text) if _DAYS.fullmatch(text) else 0
    return days if 1 <= days <= MOST_DAYS else None


def _cadence(text: str) -> Cadence | None:
    found = _PAIR.fullmatch(text)
    ideal, maximum = (int(found[1]), int(found[2])) if found else (0, 0)
    return Cadence(ideal, maximum) if 1 <= ideal <= maximum <= MOST_DAYS else None


class CadenceRules:
    """The rules of one book."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        readable = {key: text for key, text in settings.items() if usable(key, text)}
        said = {**DEFAULTS, **readable}
        self._rules: dict[Part, Cadence] = {}
        for key, text in said.items():
            part, cadence = part_of(key), _cadence(text)
            if part is not None and cadence is not None:
                self._rules[part] = cadence
        self.losing_touch = _days(said[LOSING_TOUCH]) or 45
        self._reviews = {tier: _days(said[f"qbr.tier{tier}"]) for tier in TIERS}
        self._accounts: dict[tuple[int | None, str | None], Cadence] = {}

    def of_account(self, tier: int | None, stage: str | None) -> Cadence:
        """The cadence of accounts of a tier and a stage that have none of their own."""
        found = self._accounts.get((tier, stage))
        if found is None:
            found = self._of(tier, stage)
            if found is None:
                found = self._of(UNSET_TIER, stage) or TIER_CADENCE.get(
                    tier or UNSET_TIER, TIER_CADENCE[UNSET_TIER]
                )
            self._accounts[tier, stage] = found
        return found

    def names_account(self, tier: int | None, stage: str | None) -> bool:
        """Whether a rule is set for accounts of a tier and a stage."""
        return self._of(tier, stage) is not None

    def _of(self, tier: int | None, stage: str | None) -> Cadence | None:
        parts = (Part(tier, stage), Part(stage=stage), Part(tier), Part())
        return next((self._rules[part] for part in parts if part in self._rules), None)

    def of_role(self, tier: int | None, stage: str | None, role: str) -> Cadence | None:
        """The cadence of a role at accounts of a tier and a stage; None where no rule says any."""
        parts = (
            Part(tier, stage, role), Part(None, stage, role), Part(tier, None, role),
            Part(role=role),
        )  # fmt: skip
        return next((self._rules[part] for part in parts if part in self._rules), None)

    def of_person(
        self,
        tier: int | None,
        stage: str | None,
        roles: Collection[str],
        ideal: int | None = None,
        maximum: int | None = None,
    ) -> Cadence | None:
        """How often a person is kept in touch with: as agreed with them, else as the strictest of
        their roles; None for somebody without either."""
        found = [one for role in roles if (one := self.of_role(tier, stage, role)) is not None]
        limits = [one.ideal for one in found] if not ideal else [ideal]
        if not limits:
            return None
        days = min(limits)
        most = maximum or min((one.maximum for one in found), default=2 * days)
        return Cadence(days, max(days, most))

    def own_cadence(
        self, tier: int | None, stage: str | None, ideal: int | None, maximum: int | None
    ) -> Cadence:
        """An account's cadence; a value of its own below 1 or unset means that of the rules."""
        rule = self.of_account(tier, stage)
        days = ideal if ideal is not None and ideal >= 1 else rule.ideal
        most = maximum if maximum is not None and maximum >= 1 else rule.maximum
        return Cadence(days, max(days, most))

    def review_days(self, tier: int | None, own: int | None = None) -> int | None:
        """Days between quarterly reviews of an account; its own first, 0 for none."""
        if own is not None:
            return own or None
        return None if tier is None else self._reviews.get(tier)


@lru_cache(maxsize=16)
def _rules(settings: tuple[tuple[str, str], ...]) -> CadenceRules:
    return CadenceRules(dict(settings))


def rules_of(settings: Iterable[tuple[str, str]]) -> CadenceRules:
    """The rules that a book's settings, as (key, value), say; the same object for the same."""
    return _rules(tuple(settings))
