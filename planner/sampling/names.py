"""Invented companies and people: distinct for any number of accounts, without remembering any."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import gcd
from random import Random

from planner.sampling.locales import LOCALES, Locale
from planner.text import fold

MIX_SHARE = 0.618
"""The step through a country's combinations, so that neighbours share neither stem nor trade."""
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


@dataclass(frozen=True, slots=True)
class Company:
    """An account's name and where its mail goes. ``domain`` ends in the reserved ``.example``.

    ``trade`` is the word for what it does, in small Latin letters.
    """

    name: str
    domain: str
    trade: str
    locale: Locale


@dataclass(frozen=True, slots=True)
class PersonName:
    """How somebody is called and written to."""

    full: str
    first: str
    email: str


class CompanyNames:
    """Gives companies one after the other; no two have the same name or domain."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._given = [0] * len(LOCALES)
        self._shares = [locale.share for locale in LOCALES]

    def next(self) -> Company:
        """The next company, of a country drawn by its share."""
        place = self._rng.choices(range(len(LOCALES)), self._shares)[0]
        number = self._given[place]
        self._given[place] += 1
        return company(LOCALES[place], number)


def company(locale: Locale, number: int) -> Company:
    """The company with a number in its country.

    Stems and trades first; when they are used up a town is added, and then a figure.
    """
    pairs = len(locale.stems) * len(locale.trades)
    cycle, position = divmod(number, pairs)
    step = int(pairs * MIX_SHARE)
    while gcd(step, pairs) != 1:
        step += 1
    mixed = (position * step + cycle * 7) % pairs
    stem = locale.stems[mixed % len(locale.stems)]
    trade = locale.trades[mixed // len(locale.stems)]
    form = locale.forms[(mixed + cycle) % len(locale.forms)]
    name = locale.pattern.format(stem=shown(stem), trade=shown(trade), form=shown(form))
    parts = [stem, trade]
    if cycle:
        again, town = divmod(cycle - 1, len(locale.cities))
        name = f"{name} {shown(locale.cities[town])}" + (f" {again + 2}" if again else "")
        parts += [locale.cities[town], str(again + 2) if again else ""]
    slug = "-".join(part for part in (latin(each) for each in parts) if part)
    return Company(name.strip(), f"{slug}.example", latin(trade), locale)


def shown(word: str) -> str:
    """A word as it stands on screen."""
    return word.split("|")[0]


@lru_cache(maxsize=2048)
def latin(word: str) -> str:
    """A word as an address spells it: small letters and digits only."""
    spelled = word.split("|")[-1]
    return "".join(c for c in fold(spelled).translate(_LETTERS) if c.isascii() and c.isalnum())


def people_of(rng: Random, home: Company, count: int) -> list[PersonName]:
    """Distinct people of a company, at most as many as it has family names."""
    locale = home.locale
    count = min(count, len(locale.first), len(locale.last))
    pairs = zip(rng.sample(locale.first, count), rng.sample(locale.last, count), strict=True)
    return [
        PersonName(
            locale.person.format(first=shown(first), last=shown(last)),
            shown(last) if locale.language == "ja" else shown(first),
            f"{latin(first)}.{latin(last)}@{home.domain}",
        )
        for first, last in pairs
    ]


def phone_of(rng: Random, locale: Locale) -> str | None:
    """A number from a range that is kept free for fiction, where the country has one."""
    if not locale.phone:
        return None
    return "".join(str(rng.randrange(10)) if c == "#" else c for c in locale.phone)
