"""What planner.text promises about any text whatever."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from planner.text import fold, search_words, unstorable, visible, visible_lines

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()))
BIDI = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C}


def is_command(character: str) -> bool:
    """Whether a terminal may act on the character instead of printing it."""
    code = ord(character)
    control = code < 0x20 or 0x7F <= code < 0xA0
    return control or code in BIDI or 0xD800 <= code <= 0xDFFF or code in (0x2028, 0x2029)


@given(ANY_TEXT)
@example("\x1b]52;c;aGk=\x1b\\\x9b31m\x7f\u202e\u2066\u061c\ud800")
def test_visible_text_holds_no_control_and_no_direction_override(text: str) -> None:
    shown = visible(text)
    assert [c for c in shown if is_command(c)] == []
    assert shown.encode().decode() == shown


@given(ANY_TEXT)
@example("a\r\nb\tc\x1b[2J")
def test_visible_lines_keeps_line_feeds_and_nothing_else_that_acts(text: str) -> None:
    shown = visible_lines(text)
    assert [c for c in shown if is_command(c) and c != "\n"] == []
    assert shown.count("\n") == text.count("\n")


@given(ANY_TEXT)
def test_visible_is_idempotent(text: str) -> None:
    assert visible(visible(text)) == visible(text)


def test_every_control_character_is_shown_as_some_sign() -> None:
    for code in (*range(0x20), *range(0x7F, 0xA0), *BIDI):
        shown = visible(f"a{chr(code)}b")
        assert len(shown) > 2, hex(code)


@pytest.mark.parametrize("text", ["می‌خواهم", "👩‍🚀", "क्‍ष", "Çınar Tekstil", "a b", ""])
def test_joiners_and_plain_words_stay_as_written(text: str) -> None:
    assert visible(text) == text


@given(ANY_TEXT)
@example("\u0345")
@example("ẞﬃ\u0130")
def test_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT)
def test_composed_and_decomposed_texts_meet(text: str) -> None:
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


@given(st.text(alphabet=st.characters(codec="ascii")))
def test_case_and_outer_space_do_not_matter(text: str) -> None:
    assert fold(f"  {text.upper()}\t") == fold(text.lower())


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("İstanbul", "istanbul"),
        ("ISTANBUL", "istanbul"),
        ("ıstanbul", "istanbul"),
        ("I\u0307stanbul", "istanbul"),
        ("Straße", "STRASSE"),
        ("Zürich", "zurich"),
        ("Åbo", "abo"),
        ("علي", "علی"),
        ("على", "علی"),
        ("كتاب", "کتاب"),
        ("کـتاب", "کتاب"),
        ("می‌خواهم", "میخواهم"),
        ("۱۲۳۴۵۶۷۸۹۰", "1234567890"),
        ("١٢٣٤٥٦٧٨٩٠", "1234567890"),
        ("ۀ", "ه"),
        ("\u06d5\u0654", "ه"),
        ("ﬁn", "fin"),
        ("a\u00a0b", "a b"),
    ],
)
def test_spellings_that_people_mean_as_one_meet(left: str, right: str) -> None:
    assert fold(left) == fold(right)


def test_different_words_stay_different() -> None:
    words = ["Kivi", "Kiwi", "Havn", "Hanv", "علی", "علا", "کتاب", "1", "2"]
    assert len({fold(word) for word in words}) == len(words)


@given(st.lists(st.none() | ANY_TEXT))
def test_search_words_are_folded_letters_and_digits(texts: list[str | None]) -> None:
    found = search_words(*texts)
    assert all(c.isalnum() or c == " " for c in found)
    assert found == " ".join(found.split())


def test_search_words_join_every_text_that_is_there() -> None:
    assert search_words("Nordic-Foods AB", None, "", "Malmö") == "nordic foods ab malmo"


def test_what_no_store_keeps_is_named() -> None:
    assert unstorable("plain \x1b text") is None
    assert "NUL" in (unstorable("a\x00b") or "")
    assert "surrogate" in (unstorable("a\ud83d") or "")
