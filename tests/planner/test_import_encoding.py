"""From bytes to text: what is taken for what, and what is no text at all."""

from __future__ import annotations

import codecs
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import Refused
from planner.importing.encoding import CANDIDATES, decode

TURKISH = "Şirket,Şehir\nIğdır Gıda,İstanbul\nÇağrı Şeker,Eskişehir"


@pytest.mark.parametrize(
    ("codec", "text", "named"),
    [
        ("cp1252", "Nom,Ville\nSociété,Orléans\nGarçon,Besançon", ("cp1252",)),
        ("cp1252", "Åse Øvrebø,København,Ærø", ("cp1252",)),
        ("cp1252", "name,arr\nCafé €,1", ("cp1252",)),
        ("cp1254", TURKISH, ("cp1254", "iso-8859-9")),
        ("iso8859_9", TURKISH, ("cp1254", "iso-8859-9")),
        ("cp1254", "name\nŞişli Ağaç", ("cp1254", "iso-8859-9")),
        ("cp1250", "Název,Město\nŽluťoučký kůň,Plzeň\nŘíčany,České Budějovice", ("cp1250",)),
        ("cp932", "会社名,都市\n株式会社東京,大阪市\nトヨタ自動車,名古屋", ("cp932",)),
        ("gb18030", "公司名称,城市\n北京科技有限公司,北京\n上海贸易,上海", ("gb18030",)),
        ("cp1256", "الشركة,المدينة\nشركة الاتصالات,القاهرة\nمصنع النسيج,الإسكندرية", ("cp1256",)),
    ],
)
@pytest.mark.parametrize("controls", ["", "\n\x01\x02\x1b[31m\x7f"])
def test_old_code_pages_are_found_and_control_characters_do_not_count(
    codec: str, text: str, named: tuple[str, ...], controls: str
) -> None:
    found = decode((text + controls).encode(codec))
    assert found.text == text + controls
    assert found.encoding in named
    assert found.decided


def test_utf_8_is_tried_before_any_code_page() -> None:
    found = decode("name\nĞ ʤ 日本 \x01".encode())
    assert (found.text, found.encoding) == ("name\nĞ ʤ 日本 \x01", "utf-8")


@pytest.mark.parametrize(
    ("mark", "codec", "named"),
    [
        (codecs.BOM_UTF8, "utf-8", "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
    ],
)
def test_a_byte_order_mark_decides_and_is_no_text(mark: bytes, codec: str, named: str) -> None:
    found = decode(mark + "name\nÇınar".encode(codec))
    assert (found.text, found.encoding) == ("name\nÇınar", named)
    assert "byte-order mark" in found.decided


def test_a_mark_that_lies_is_refused() -> None:
    with pytest.raises(Refused, match="begins with a utf-8 mark"):
        decode(codecs.BOM_UTF8 + b"a\xff\xfeb")


def test_bytes_without_a_meaning_in_cp1252_are_kept() -> None:
    data = "é".encode("cp1252") + bytes([0x81, 0x8D, 0x8F, 0x90, 0x9D]) + b",a\xff\x80\xa0"
    found = decode(data)
    assert found.encoding in CANDIDATES
    if found.encoding == "cp1252":
        assert len(found.text) == len(data)


def test_nothing_that_fits_is_cp1252(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.importing.encoding._likely", lambda _data: ["cp932"])
    found = decode(b"a\x81\xff")
    assert (found.encoding, found.text) == ("cp1252", "a\x81ÿ")
    assert "no code page fits better" in found.decided


def test_a_forced_encoding_is_used_or_refused_with_the_line() -> None:
    assert decode("ñ".encode("cp850"), "cp850").text == "ñ"
    assert decode(b"a", "LATIN-1").encoding == "iso8859-1"
    assert decode(codecs.BOM_UTF8 + b"a", "utf-8").text == "a"
    assert decode("a,b".encode("utf-16-le"), "utf-16-le").text == "a,b"
    with pytest.raises(Refused, match="not utf-8: line 2"):
        decode(b"a\n\xe9\n", "utf-8")


@pytest.mark.parametrize("name", ["utf-9", "", "base64", "rot13", "a\x00b", "é"])
def test_an_unknown_encoding_is_refused(name: str) -> None:
    with pytest.raises(Refused, match=r"no encoding that is known|The file is not"):
        decode(b"abc", name)


def test_a_misspelt_encoding_names_the_nearest() -> None:
    with pytest.raises(Refused, match="Did you mean cp1252"):
        decode(b"abc", "cp12522")


@pytest.mark.parametrize("data", [b"", b"\n \r\n", codecs.BOM_UTF8])
def test_an_empty_file_is_refused(data: bytes) -> None:
    with pytest.raises(Refused, match="empty"):
        decode(data)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"PK\x03\x04rest of a spreadsheet", "spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", "spreadsheet"),
        (b"%PDF-1.7\n", "binary"),
        (b"SQLite format 3\x00" + bytes(100), "binary"),
        (b"\x1f\x8b\x08\x00abc", "binary"),
        (b"name" + bytes(50), "binary"),
        (codecs.BOM_UTF16_LE + bytes(50), "binary"),
        (random.Random(7).randbytes(4000), "binary"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        decode(data)


def test_a_single_nul_is_left_to_its_row() -> None:
    assert decode(b"name\nA\x00B\n").text == "name\nA\x00B\n"


@given(st.binary(min_size=1, max_size=300), st.sampled_from([None, "utf-8", "utf-16", "cp1252"]))
def test_any_bytes_are_read_or_refused(data: bytes, forced: str | None) -> None:
    try:
        found = decode(data, forced)
    except Refused:
        return
    assert found.text.strip()


@given(st.text(min_size=1))
def test_text_in_utf_8_comes_back_as_it_was(text: str) -> None:
    data = text.encode("utf-8", "ignore")
    try:
        found = decode(data)
    except Refused:
        assert not data.decode().strip() or data.count(0) > 4 or data.startswith(b"PK")
        return
    assert found.text == data.decode().removeprefix("\ufeff")


def test_a_large_file_is_judged_by_its_telling_lines() -> None:
    text = "plain,ascii\n" * 10_000 + "Société Générale,Orléans\n" * 10_000
    found = decode(text.encode("cp1252"))
    assert (found.encoding, found.text) == ("cp1252", text)
