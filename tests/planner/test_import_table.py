"""From text to rows: what a row is, where it stands, which line names the columns."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import Refused
from planner.importing.encoding import decode
from planner.importing.table import Table, is_total, read_table
from planner.numerals import read_number

SPECTRUM = (
    "comma_in_quotes", "empty", "empty_crlf", "escaped_quotes", "json", "newlines",
    "newlines_crlf", "quotes_and_newlines", "simple", "simple_crlf", "utf8",
)  # fmt: skip


def cells(table: Table) -> list[tuple[str, ...]]:
    return [row.cells for row in table.rows]


def lines(table: Table) -> list[int]:
    return [row.line for row in table.rows]


@pytest.mark.parametrize("name", SPECTRUM)
def test_the_torture_files_are_read_cell_for_cell(samples: Path, name: str) -> None:
    data = (samples / "csv_spectrum" / "csvs" / f"{name}.csv").read_bytes()
    if name.endswith("_crlf"):
        data = data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    meant = json.loads((samples / "csv_spectrum" / "json" / f"{name}.json").read_text("utf-8"))
    table = read_table(decode(data).text)
    found = [dict(zip(table.columns, row.cells, strict=True)) for row in table.rows]
    assert found == meant
    assert not table.problems


def test_a_semicolon_file_is_the_same_in_both_encodings(samples: Path) -> None:
    folder = samples / "semicolon"
    utf8 = decode((folder / "european_semicolon.csv").read_bytes())
    old = decode((folder / "european_semicolon_cp1252.csv").read_bytes())
    assert (utf8.encoding, old.encoding) == ("utf-8", "cp1252")
    first, second = read_table(utf8.text), read_table(old.text)
    assert first == second
    assert first.delimiter == ";"
    assert first.rows[1].cells[0] == "Hans Müller"
    assert len(first.rows) == 2


def test_lines_are_those_of_the_file() -> None:
    table = read_table('a,b\n\n1,"x\ny\n"\n,\n  \n"2",3\r\n4,5')
    assert lines(table) == [3, 8, 9]
    assert cells(table) == [("1", "x\ny\n"), ("2", "3"), ("4", "5")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_one(end: str) -> None:
    table = read_table(end.join(["a,b", "1,2", "3,4"]))
    assert lines(table) == [2, 3]
    assert cells(table) == [("1", "2"), ("3", "4")]


def test_separators_that_are_only_characters_do_not_end_a_line() -> None:
    table = read_table("a,b\n1\u2028x,2\x0b\x1c\x85")
    assert cells(table) == [("1\u2028x", "2\x0b\x1c\x85")]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_and_stated(sign: str) -> None:
    table = read_table("\n".join(sign.join(row) for row in ("ab", "12", "34")))
    assert (table.delimiter, table.columns) == (sign, ("a", "b"))
    assert "most evenly" in table.decided


def test_decimal_commas_do_not_hide_the_semicolon() -> None:
    table = read_table("name;arr;old\n" + "A;1,5;2,5\n" * 50)
    assert table.delimiter == ";"
    table = read_table('name,list\nA,"1;2"\nB,3;4\nC,5;6')
    assert table.delimiter == ","


def test_mapped_columns_decide_the_delimiter_before_evenness() -> None:
    text = "Name|Note\nA|x,y,z\nB|x,y,z\nC|x,y,z\n"
    assert read_table(text, wanted=["Name"]).delimiter == "|"


def test_a_single_column_needs_no_delimiter() -> None:
    table = read_table("name\nA\nB")
    assert cells(table) == [("A",), ("B",)]
    assert "one column" in table.decided


@pytest.mark.parametrize(("given_sign", "sign"), [(";", ";"), ("tab", "\t"), ("\\t", "\t")])
def test_a_delimiter_can_be_given(given_sign: str, sign: str) -> None:
    table = read_table(f"a{sign}b,c\n1{sign}2,3", delimiter=given_sign)
    assert table.columns == ("a", "b,c")
    assert table.decided == "as asked"


@pytest.mark.parametrize("sign", ["", "ab", "\n", '"'])
def test_an_impossible_delimiter_is_refused(sign: str) -> None:
    with pytest.raises(Refused, match="cannot separate"):
        read_table("a,b", delimiter=sign)


def test_the_separator_line_of_spreadsheets_is_no_row() -> None:
    table = read_table("sep=;\r\na;b\r\n1;2,5\r\n")
    assert (table.delimiter, table.header_line, lines(table)) == (";", 2, [3])


def test_the_header_is_the_first_row_with_every_mapped_column() -> None:
    text = "Report of,March\nname,arr\n" + "x,1\n" * 30 + "Konto,Umsatz\nA,1\n"
    table = read_table(text, wanted=["Konto", "Umsatz"])
    assert (table.columns, table.header_line, lines(table)) == (("Konto", "Umsatz"), 33, [34])


def test_else_the_header_is_the_row_with_most_known_names() -> None:
    known = {"name", "arr", "tier"}
    text = "Export,,\nname,of,report\n\nname,arr,tier\nA,1,2\n"
    table = read_table(text, is_known=known.__contains__)
    assert (table.columns, table.header_line) == (("name", "arr", "tier"), 4)
    assert read_table("x,y\n1,2\n").header_line == 1


def test_ragged_rows_are_reported_and_kept() -> None:
    table = read_table("a,b\n1\n1,2,3,\n1,2,,\n4,5")
    assert table.columns == ("a", "b", "column 3")
    assert cells(table) == [("1", "", ""), ("1", "2", "3"), ("1", "2", ""), ("4", "5", "")]
    assert [(p.line, p.kept) for p in table.problems] == [(2, True), (3, True)]
    assert "the row has 1 cells, the header 2" in table.problems[0].problem


def test_columns_have_distinct_names() -> None:
    table = read_table("a,a,a (2),,a,\n1,2,3,4,5,6\n")
    assert table.columns == ("a", "a (3)", "a (2)", "column 4", "a (4)", "column 6")
    assert [p.line for p in table.problems] == [1, 1, 2]
    assert len(set(read_table("column 2\n1,2").columns)) == 2


def test_a_quote_that_never_closes_costs_one_line_only() -> None:
    table = read_table('a,b\n1,2\n"x,3\n4,5\n')
    assert cells(table) == [("1", "2"), ('"x', "3"), ("4", "5")]
    assert lines(table) == [2, 3, 4]
    assert [(p.line, p.kept) for p in table.problems] == [(3, True)]
    assert "never closed" in table.problems[0].problem


def test_a_file_full_of_stray_quotes_still_ends() -> None:
    table = read_table("a\n" + 'x,"\n' * 1001)
    assert table.rows
    hopeless = "a,b\n" + "".join(f'{n},"x\n"y{n}"z\n' for n in range(30)) + '1,"'
    assert read_table(hopeless).rows


def test_a_huge_cell_is_a_cell() -> None:
    limit = csv.field_size_limit()
    table = read_table(f'a,b\n1,"{"x" * 400_000}"\n')
    assert len(table.rows[0].cells[1]) == 400_000
    assert csv.field_size_limit() == limit


@pytest.mark.parametrize("text", ["", "\n\n", " , \n,,\n"])
def test_a_text_without_a_value_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="empty"):
        read_table(text)


@pytest.mark.parametrize(
    "word", ["Total", "TOTALS:", "Toplam", "Yhteensä", "جمع کل", "grand total"]
)
def test_a_total_is_told_by_its_word_and_the_emptiness_of_its_texts(word: str) -> None:
    def is_number(cell: str) -> bool:
        return read_number(cell) is not None

    assert is_total(word, ["", "1.200,50 €", " "], is_number)
    assert not is_total(word, ["retail"], is_number)
    assert not is_total("Total Oy", [""], is_number)


_CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8)


@given(
    st.lists(st.lists(_CELL, min_size=3, max_size=3), max_size=8),
    st.sampled_from(",;\t|"),
    st.sampled_from(["\n", "\r\n"]),
)
def test_what_a_writer_wrote_is_read_back(rows: list[list[str]], sign: str, end: str) -> None:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=sign, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerows([["a", "b", "c"], *rows])
    table = read_table(stream.getvalue(), delimiter=sign)
    assert table.columns == ("a", "b", "c")
    assert cells(table) == [tuple(row) for row in rows if any(cell.strip() for cell in row)]


@given(st.one_of(st.text(), st.text(alphabet='a",;\n\r\t |\x00')), st.lists(st.text(), max_size=2))
def test_any_text_is_read_or_refused(text: str, wanted: list[str]) -> None:
    try:
        table = read_table(text, wanted=wanted)
    except Refused:
        return
    assert len(set(table.columns)) == len(table.columns)
    assert all(len(row.cells) == len(table.columns) for row in table.rows)
    assert lines(table) == sorted(set(lines(table)))


def test_a_long_file_is_sampled_for_its_delimiter() -> None:
    table = read_table("a;b\n" + "1;2,5\n" * 500)
    assert (table.delimiter, len(table.rows)) == (";", 500)


def test_what_cannot_be_mended_any_more_is_read_as_it_stands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("planner.importing.table.REPAIRS", 0)
    assert cells(read_table('a,b\n"x,3\n4,5\n')) == [("x,3\n4,5\n", "")]


def test_a_huge_line_with_a_stray_quote_is_mended_too() -> None:
    table = read_table(f'a,b\n"{"x" * 400_000},1\n2,3\n')
    assert [row.cells[1] for row in table.rows] == ["1", "3"]
