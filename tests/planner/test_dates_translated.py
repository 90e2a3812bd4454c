"""Natural dates in another language: a catalogue gives the words, English and ISO keep working."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from gettext import NullTranslations
from zoneinfo import ZoneInfo

import pytest

from planner import language
from planner.date_words import ENGLISH, words_in_force
from planner.dates import parse_when
from planner.errors import Refused

NOW = datetime(2026, 3, 11, 8, 30, tzinfo=UTC)
"""A Wednesday."""
FINNISH = {
    "|today|": "tänään|tanaan", "|yesterday|": "eilen", "|tomorrow|": "huomenna",
    "|now|": "nyt", "|noon|": "keskipäivä", "|at|": "klo", "|ago|": "sitten",
    "|in|": "päästä", "friday|fri": "perjantai|pe", "thursday|thu": "torstai|to",
    "day|days|d": "päivä|päivää|päivän|pv", "week|weeks|w": "viikko|viikkoa|vk",
    "december|dec": "joulukuu|joulukuuta|joulu", "march|mar": "maaliskuu|sat|may",
    "a|an|one": "yksi",
}  # fmt: skip


class Finnish(NullTranslations):
    """A catalogue that has the words of dates."""

    def gettext(self, message: str) -> str:
        return FINNISH.get(message, message)


@pytest.fixture
def finnish() -> Iterator[None]:
    language.use(Finnish())
    yield
    language.use(NullTranslations())


def local(text: str, *, past: bool = True) -> str:
    found = parse_when(text, NOW, ZoneInfo("UTC"), past)
    return found.on.isoformat() if found.date_only else found.at.strftime("%Y-%m-%d %H:%M")


@pytest.mark.usefixtures("finnish")
@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("tänään", "2026-03-11"), ("TÄNÄÄN", "2026-03-11"), ("eilen 14:00", "2026-03-10 14:00"),
        ("eilen klo 14:00", "2026-03-10 14:00"), ("huomenna", "2026-03-12"),
        ("nyt", "2026-03-11 08:30"), ("pe", "2026-03-06"), ("Perjantai keskipäivä",
        "2026-03-06 12:00"), ("to", "2026-03-05"), ("2 päivää sitten", "2026-03-09"),
        ("3 päivän päästä", "2026-03-14"), ("yksi viikko sitten", "2026-03-04"),
        ("-2pv", "2026-03-09"), ("24. joulukuuta 2025", "2025-12-24"),
        ("24 joulu", "2025-12-24"),
    ],
)  # fmt: skip
def test_the_words_of_another_language_are_understood(text: str, day: str) -> None:
    assert local(text) == day


ENGLISH_TEXTS = (
    "today", "yesterday 14:00", "fri", "-2d", "in 3 days", "2 weeks ago", "12 mar", "5 may",
    "sat 10:00", "noon", "3pm", "2026-03-01", "2026-03-01 09:00", "an hour ago",
)  # fmt: skip


def test_english_and_iso_mean_the_same_in_every_language(finnish: None) -> None:
    del finnish
    found = [local(text) for text in ENGLISH_TEXTS]
    language.use(NullTranslations())
    assert found == [local(text) for text in ENGLISH_TEXTS]


def test_words_of_another_language_are_not_english() -> None:
    assert words_in_force() == ENGLISH
    for text in ("tänään", "eilen", "pe", "2 päivää sitten", "3 days in", "ago 3 days"):
        with pytest.raises(Refused):
            local(text)
