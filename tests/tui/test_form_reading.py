"""What typed texts mean: names, dates, amounts, choices, follow-up lines. No screen."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import Conflict, FieldConflict, Refused
from planner.ports import Actor
from tests.fakes import NOON
from tui.dialogs.conflict import conflict_words, field_words
from tui.dialogs.editors import choice_spans, same_length, starting
from tui.dialogs.follow_up_lines import LineText, pack, read_lines, unpack
from tui.dialogs.forms_contract import contract_form
from tui.dialogs.names import completion, match, settle, split_names, tell_apart
from tui.dialogs.reading import amount_text, beside, number_text, read_all, read_field, text_of
from tui.dialogs.spec import Context, Field, Kind, Named
from tui.dialogs.text_editor import edit_text, editor_command
from tui.widgets.cells import parts, width_of

PEOPLE = (Named("Maria Lind", 1), Named("Marta Berg", 2), Named("Lind, Per", 3), Named("Ali", 4))
AT = Context(NOON, ZoneInfo("UTC"), "EUR", Actor("Ann", 9), PEOPLE, (Named("Ann", 9),))


def test_an_exact_name_wins_over_those_that_begin_so() -> None:
    known = (Named("Ann", 1), Named("Anna", 2))
    assert match("ann", known).one == known[0]
    assert match("an", known).one is None
    assert match("anna", known).one == known[1]


def test_a_later_word_of_a_name_is_enough() -> None:
    assert match("berg", PEOPLE).one == PEOPLE[1]
    assert match("zzz", PEOPLE).found == ()


def test_a_name_with_a_comma_stays_whole_in_a_list() -> None:
    assert split_names("Lind, Per, Ali", PEOPLE) == ["Lind, Per", "Ali"]
    assert split_names("ali,, Lind, Per", PEOPLE) == ["ali", "Lind, Per"]


def test_names_that_are_clear_are_written_out() -> None:
    assert settle("ali, mart, xyz", PEOPLE, several=True) == "Ali, Marta Berg, xyz"
    assert settle("mar", PEOPLE, several=False) == "mar"


def test_completion_ends_the_last_name_when_it_can_be_one_only() -> None:
    assert completion("Ali, mari", PEOPLE, several=True) == "Ali, maria Lind"
    assert completion("mar", PEOPLE, several=False) is None


def test_people_of_one_name_get_labels_that_differ() -> None:
    named = tell_apart([(1, "Ann", "a@x"), (2, "ann", None), (3, "Bo", None)])
    assert [one.label for one in named] == ["Ann (a@x)", "ann (id 2)", "Bo"]


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("people", "ali, maria", (4, 1)),
        ("person", "berg", 2),
        ("colleague", "ann", 9),
        ("colleague", "Zoe", "Zoe"),
        ("money", "1.5k", 150_000),
        ("number", "2.5", 2.5),
        ("whole", "30", 30),
        ("duration", "2h", 120),
        ("duration", "3d", 1440),
        ("tags", "a, b,, a", ("a", "b")),
        ("day", "fri", date(2026, 3, 13)),
        ("past_day", "fri", date(2026, 3, 6)),
        ("yes_no", "yes", True),
        ("line", "  x ", "x"),
        ("note", " x\n", " x\n"),
        ("people", "", ()),
        ("money", " ", None),
    ],
)
def test_texts_are_read(kind: Kind, text: str, value: object) -> None:
    assert read_field(Field("f", "F", kind), text, AT, {}) == value


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("person", "mar", "can be Maria Lind, Marta Berg"),
        ("people", "nobody", "no person of this account"),
        ("whole", "1.5", "no whole number"),
        ("whole", "1e99", "no amount"),
        ("duration", "240", "write for example 30m, 4h or 3d"),
        ("day", "someday", "not understood"),
        ("money", "5 USD", "marked USD"),
        ("choice", "z", "none of"),
    ],
)
def test_what_is_not_understood_is_said(kind: Kind, text: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        read_field(Field("f", "F", kind, ("a",)), text, AT, {})


def test_every_field_at_fault_is_named_and_the_changed_ones_are_known() -> None:
    fields = (Field("a", "A", "day"), Field("b", "B", required=True), Field("c", "C"))
    entered, problems = read_all(fields, {"a": "??", "b": "", "c": "new"}, {"c": "old"}, AT)
    assert [one.field for one in problems] == ["a", "b"]
    assert entered.changed == {"a", "c"}


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("when", "yesterday 14:00", "Tue 10 Mar 2026, 14:00"),
        ("when", "yesterday", "Tue 10 Mar 2026"),
        ("money", "240k", "240 k EUR"),
        ("colleague", "Zoe", "not known: is added"),
        ("colleague", "Ann", "hint"),
        ("people", "Ali, mar", "Maria Lind, Marta Berg"),
        ("person", "zzz", "nobody of this account"),
        ("day", "x", "not understood yet"),
        ("line", "x", "hint"),
    ],
)
def test_what_is_understood_stands_beside(kind: Kind, text: str, words: str) -> None:
    assert beside(Field("f", "F", kind), text, AT, {}, "hint") == words


def test_records_become_texts_that_are_read_back() -> None:
    assert amount_text(1250, "EUR") == "12.50"
    assert amount_text(24_000_000, "EUR") == "240000"
    assert amount_text(240, "JPY") == "240"
    assert number_text(4.0) == "4"
    assert number_text(0.1) == "0.1"
    assert text_of(("a", "b")) == "a, b"
    assert text_of(7, PEOPLE) == "id 7"


@given(st.integers(0, 10**15), st.sampled_from(["EUR", "JPY", "BHD"]))
def test_any_amount_survives_its_field(minor: int, currency: str) -> None:
    field = Field("m", "M", "money")
    assert read_field(field, amount_text(minor, currency), AT, {"currency": currency}) == minor


@given(st.text())
def test_drawn_text_is_as_long_as_the_text_and_cannot_act(text: str) -> None:
    shown = same_length(text)
    assert len(shown) == len(text)
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or c in "\u202e\u2066" for c in shown)


@given(st.lists(st.text(max_size=12), min_size=1, max_size=9), st.data())
def test_a_choice_shows_what_is_chosen_within_its_room(
    labels: list[str], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(labels) - 1))
    spans = choice_spans(labels, at, 40, focused=False)
    assert sum(width_of(parts(span)[0]) for span in spans) <= max(
        40, width_of(f"[{same_length(labels[at]).upper()}]") * 8 + 8
    )
    assert any(parts(span)[0].startswith("[") for span in spans)


def test_letters_choose_in_turn_and_signs_do_not_count() -> None:
    assert starting(("call", "meeting", "mail"), "m", 0) == 1
    assert starting(("call", "meeting", "mail"), "m", 1) == 2
    assert starting(("call", "meeting", "mail"), "m", 2) == 1
    assert starting(("-2", "-1", "0", "+1"), "1", 0) == 1
    assert starting(("call",), "x", 0) is None


def test_follow_ups_survive_their_text() -> None:
    lines = [LineText("they", "Ali: list", True, "fri"), LineText("we", "call", False, "")]
    assert unpack(pack(lines)) == lines
    read = read_lines(pack(lines), AT)
    assert (read[0].action, read[0].their_owner_id, read[0].promised) == ("list", 4, True)
    assert read[0].due_on == date(2026, 3, 13)


def test_a_colon_does_not_make_a_name() -> None:
    line = read_lines(pack([LineText("we", "price list: send", False, "")]), AT)[0]
    assert line.action == "price list: send"


def test_a_day_that_is_none_names_its_line() -> None:
    with pytest.raises(Refused, match="line 2"):
        read_lines(pack([LineText(what="a"), LineText(what="b", by="??")]), AT)


def test_text_of_another_kind_becomes_lines_and_is_not_lost() -> None:
    assert [line.what for line in unpack("call\n\nwrite")] == ["call", "write"]


def test_a_conflict_is_told_with_labels_names_and_amounts() -> None:
    one = FieldConflict("arr_minor", 100, None, 25_000)
    error = Conflict("x", [one], "Ben", "2026-03-11T09:30:00Z")
    words = conflict_words(error, contract_form(), AT)
    assert words.startswith("Ben changed A year first, Wed 11 Mar 2026, 09:30.")
    assert field_words(one, "Ben", contract_form(), AT) == "was 1 · Ben: -- · you: 250"


def test_an_editor_that_fails_leaves_the_text() -> None:
    with pytest.raises(Refused, match="ended with an error"):
        edit_text("x", ["false"])
    with pytest.raises(Refused, match="could not be started"):
        edit_text("x", ["/nonexistent/editor"])
    assert editor_command({"VISUAL": "ed -s", "EDITOR": "vi"}) == ["ed", "-s"]
    with pytest.raises(Refused, match="no command"):
        editor_command({"EDITOR": "'"})
