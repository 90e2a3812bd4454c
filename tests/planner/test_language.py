"""The words of the current language."""

from collections.abc import Iterator
from gettext import NullTranslations
from typing import get_args

import pytest

from planner import language, vocabulary
from planner.vocabulary_words import all_values, value_words


class Counting(NullTranslations):
    """Speaks in capitals and counts how often it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def gettext(self, message: str) -> str:
        self.asked += 1
        return message.upper()


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    language.use(NullTranslations())


def test_without_a_catalogue_messages_are_themselves() -> None:
    assert language.gettext("late {days}d") == "late {days}d"


def test_another_language_speaks_at_once_and_leaves_again() -> None:
    assert language.gettext("late") == "late"
    language.use(Counting())
    assert language.gettext("late") == "LATE"
    language.use(NullTranslations())
    assert language.gettext("late") == "late"


def test_a_message_is_looked_up_once() -> None:
    words = Counting()
    language.use(words)
    assert [language.gettext(text) for text in ("a", "b", "a", "a")] == ["A", "B", "A", "A"]
    assert words.asked == 2


def test_plurals_speak_the_language_too() -> None:
    assert language.ngettext("{n} day", "{n} days", 1) == "{n} day"
    assert language.ngettext("{n} day", "{n} days", 0) == "{n} days"


def test_every_choice_of_the_vocabulary_has_words() -> None:
    stored = {
        value
        for name in dir(vocabulary)
        for value in get_args(getattr(vocabulary, name))
        if isinstance(value, str)
    }
    assert set(all_values()) == stored
    assert value_words("at_risk") == "at risk"
    assert value_words("not_in_it") == "not in it"
