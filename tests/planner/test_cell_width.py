"""Cells of text: measured as the screen measures, cut and folded without running over."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from planner.cell_width import character_width, clean, cut, fit, fold_words, width_of

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()))
HARD = st.text(alphabet="a1é\u0301漢👩\u200d🚀\ufe0f❄🇹🇷\x1b\u202e\ud800क्षि\u115f می\n\t🏽\u3164")
TEXT = ANY_TEXT | HARD
ACTS = "[\x00-\x1f\x7f-\x9f\u061c\u200d-\u200f\u2028-\u202e\u2066-\u206f\ud800-\udfff]"


def known(character: str) -> bool:
    """Whether the character database of this Python knows the character and it can be printed."""
    return unicodedata.category(character) not in ("Cn", "Cc", "Cs", "Zl", "Zp", "Co")


def test_every_known_character_fills_the_cells_the_screen_gives_it() -> None:
    characters = [c for c in map(chr, range(0x20, 0x20000)) if known(c) and c != "\u00ad"]
    wrong = [hex(ord(c)) for c in characters if character_width(c) != cell_len(c)]
    assert not wrong


def test_pictures_newer_than_the_database_fill_two_cells() -> None:
    assert [character_width(c) for c in "🫨🩷🪭"] == [2, 2, 2]
    assert character_width("\U00020000") == character_width("\U0003134f") == 2
    assert character_width("\U000e01f0") == 1


@given(TEXT, st.integers(0, 40), st.booleans())
@example("\u200da\u200d", 1, False)
@example("漢", 1, True)
def test_cut_text_never_runs_over_and_never_acts(text: str, width: int, ascii_only: bool) -> None:
    shown = cut(text, width, ascii_only=ascii_only)
    assert width_of(shown) <= width
    assert not re.search(ACTS, shown)
    if width and shown != clean(text):
        assert shown.endswith("~" if ascii_only else "…")
        assert clean(text).startswith(shown[:-1])


@given(TEXT, st.integers(0, 40))
def test_fitted_text_fills_its_cells_exactly(text: str, width: int) -> None:
    assert width_of(fit(text, width)) == width


def test_a_text_of_nothing_but_marks_is_not_printed_without_end() -> None:
    assert len(cut("e" + "\u0301" * 10_000, 10)) < 100


@given(TEXT, st.integers(2, 30))
def test_folded_text_keeps_every_sign_and_no_line_runs_over(text: str, width: int) -> None:
    lines = fold_words(text, width)
    assert all(width_of(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(clean(text).split())


def test_words_stay_whole_where_a_line_holds_them() -> None:
    assert fold_words("Ünal met 漢字 twice", 8) == ["Ünal met", "漢字", "twice"]
    assert fold_words("a longword b", 5) == ["a", "longw", "ord b"]
    assert fold_words("", 5) == [""]
    with pytest.raises(ValueError, match="two cells"):
        fold_words("漢", 1)
