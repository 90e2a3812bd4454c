"""Whom the e-mail addresses of a message or an invitation belong to, and so which account."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from planner.text import fold


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person of a customer, and the accounts they belong to."""

    id: int
    label: str
    account_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AccountChoice:
    """The account that is meant, when that is sure, and those that it may be, likeliest first."""

    sure: int | None
    maybe: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownAddresses:
    """What a book knows of some addresses: people and colleagues by address, accounts by the
    domain of their people's addresses, and what the accounts are called."""

    people: Mapping[str, tuple[KnownPerson, ...]] = field(default_factory=dict)
    colleagues: Mapping[str, int] = field(default_factory=dict)
    domains: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)

    def people_of(self, account_id: int, emails: Iterable[str]) -> dict[str, KnownPerson]:
        """Those of the addresses that belong to people of an account."""
        found: dict[str, KnownPerson] = {}
        for email in emails:
            here = [p for p in self.people.get(fold(email), ()) if account_id in p.account_ids]
            if here:
                found[email] = here[0]
        return found

    def is_colleague(self, email: str) -> bool:
        """Whether an address is one of ours."""
        return bool(email) and fold(email) in self.colleagues

    def colleague(self, emails: Iterable[str]) -> int | None:
        """The first of us among the addresses."""
        return next((self.colleagues[k] for e in emails if (k := fold(e)) in self.colleagues), None)

    def unknown(self, emails: Iterable[str]) -> tuple[str, ...]:
        """The addresses that belong to nobody."""
        return tuple(
            email
            for email in emails
            if email and fold(email) not in self.colleagues and fold(email) not in self.people
        )

    def account(self, emails: Iterable[str]) -> AccountChoice:
        """The account that all known people among the addresses belong to.

        Sure only where it is one; an account that just shares the domain is never sure.
        """
        keys = list(dict.fromkeys(fold(email) for email in emails if email))
        counted: Counter[int] = Counter()
        known = [key for key in keys if self.people.get(key)]
        for key in known:
            counted.update({one for person in self.people[key] for one in person.account_ids})
        if counted:
            whole = [one for one, count in counted.items() if count == len(known)]
            ranked = tuple(one for one, _count in counted.most_common())
            return AccountChoice(whole[0] if len(whole) == 1 else None, ranked)
        near: Counter[int] = Counter()
        for key in keys:
            if key not in self.colleagues:
                near.update(self.domains.get(key.rpartition("@")[2], ()))
        return AccountChoice(None, tuple(one for one, _count in near.most_common()))


def domain_of(email: str) -> str:
    """The domain of an address, folded; empty for what is no address."""
    before, sign, domain = fold(email).rpartition("@")
    return domain if before and sign else ""
