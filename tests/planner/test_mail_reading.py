"""Messages as they are saved and pasted: who, when, what; what is none is refused in words."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import Refused
from planner.mail_logging import note_of
from planner.mail_reading import Address, Mail, read_mail
from planner.text import unstorable

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Helsinki")
HEAD = (
    "From: Maria Lopez <maria@nordic.example>\nTo: Ann <ann@us.example>\n"
    "Date: Tue, 24 Nov 2026 10:00:00 +0100\nSubject: Prices\nMessage-ID: <one@nordic.example>\n"
)


def read(source: bytes | str) -> Mail:
    return read_mail(source, now=NOW, zone=ZONE)


def test_a_saved_message_says_who_to_whom_when_and_what() -> None:
    mail = read(HEAD + "In-Reply-To: <a@us>\nReferences: <b@us> <a@us>\n\nThe list, please.\n")
    assert mail.sender == Address("Maria Lopez", "maria@nordic.example")
    assert mail.recipients == (Address("Ann", "ann@us.example"),)
    assert mail.sent_at == datetime(2026, 11, 24, 9, tzinfo=UTC)
    assert (mail.subject, mail.text) == ("Prices", "The list, please.")
    assert (mail.message_id, mail.answers) == ("one@nordic.example", ("a@us", "b@us"))
    assert (mail.automatic, mail.said) == (False, ())


def test_text_copied_from_a_mail_program_is_read_in_the_books_zone() -> None:
    mail = read(
        "From: Maria Lopez [mailto:maria@nordic.example]\nSent: Monday, November 23, 2026 2:00 PM\n"
        "To: Ann; Bob <bob@us.example>\nSubject: RE: prices\n\nThanks."
    )
    assert mail.sender.email == "maria@nordic.example"
    assert mail.recipients == (Address("Ann", ""), Address("Bob", "bob@us.example"))
    assert mail.sent_at == datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert mail.text == "Thanks."


def test_the_same_copied_text_has_the_same_id_and_another_text_another() -> None:
    head = "From: Maria <m@x.example>\nSent: 23 November 2026 14:00\nTo: Ann\n\n"
    assert read(head + "one").message_id == read(head + "one").message_id
    assert read(head + "one").message_id != read(head + "two").message_id


@pytest.mark.parametrize(
    "mark",
    [
        "On Mon, 23 Nov 2026 at 10:00, Ann <ann@us.example> wrote:\n> hi",
        "On Mon, 23 Nov 2026 at 10:00,\nAnn <ann@us.example> wrote:\n> hi",
        "-----Original Message-----\nFrom: Ann",
        "From: Ann\nSent: Monday\nTo: Maria\nSubject: x\n\nhi",
        "> hi\n> there",
    ],
)
def test_the_quoted_history_is_told_apart_and_kept_below(mark: str) -> None:
    mail = read(HEAD + "\nYes.\n\n" + mark)
    assert (mail.text, mail.quoted) == ("Yes.", mark)
    assert note_of(mail) == f"Yes.\n\n{mark}"


def test_a_quotation_between_own_lines_stays_where_it_is() -> None:
    assert read(HEAD + "\n> price?\nIt is 10.").text == "> price?\nIt is 10."


def test_a_message_of_html_alone_is_made_plain() -> None:
    mail = read(
        HEAD + "Content-Type: text/html; charset=utf-8\n\n"
        "<html><head><style>p {}</style></head><body><p>Hello&nbsp;Ann,</p>"
        "<script>alert(1)</script><div>5 &lt; 6</div></body></html>"
    )
    assert mail.text == "Hello Ann,\n\n5 < 6"
    assert "the text was made from HTML" in mail.said


def test_attachments_are_named_and_not_kept() -> None:
    mail = read(
        HEAD + 'Content-Type: multipart/mixed; boundary="b"\n\n--b\n\nSee below.\n--b\n'
        'Content-Type: application/pdf\nContent-Disposition: attachment; filename="offer.pdf"\n'
        "Content-Transfer-Encoding: base64\n\nAAAA\n--b--\n"
    )
    assert mail.text == "See below."
    assert mail.said == ("1 attachments were not kept: offer.pdf",)


@pytest.mark.parametrize(
    "line",
    [
        "Auto-Submitted: auto-replied", "X-Autoreply: yes", "Precedence: bulk", "Return-Path: <>",
        "Content-Type: multipart/report; boundary=x", "X-Failed-Recipients: a@b",
    ],
)  # fmt: skip
def test_automatic_replies_and_bounces_are_told(line: str) -> None:
    assert read(f"{HEAD}{line}\n\nI am away.").automatic
    assert not read(HEAD + "Auto-Submitted: no\n\nI am here.").automatic


def test_a_copied_automatic_reply_is_told_by_its_subject() -> None:
    assert read(
        "From: M <m@x.example>\nTo: Ann\nSubject: Automatic reply: prices\n\nAway"
    ).automatic


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (b"", "empty"),
        ("  \n ", "empty"),
        (b"To: a@b.example\nSubject: x\n\ntext", "no line From"),
        (b"From: \nTo: a@b.example\n\ntext", "nothing stands behind From"),
        (b"\x00\x01\x02" * 50, "no line From"),
    ],
)
def test_what_is_no_message_is_refused_with_the_reason(source: bytes | str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        read(source)


@pytest.mark.parametrize("charset", ["no-such-code", "us-ascii"])
def test_an_encoding_that_is_wrong_is_read_as_well_as_can_be_and_said(charset: str) -> None:
    body = "Şirket Iğdır Gıda Şişli Ağaç".encode("cp1254")
    head = HEAD + f"Content-Type: text/plain; charset={charset}\n\n"
    mail = read(head.encode() + body)
    assert mail.text == "Şirket Iğdır Gıda Şişli Ağaç"
    assert any(charset in words and "1254" in words for words in mail.said)


def test_encoded_names_and_subjects_are_read_and_cannot_bring_further_headers() -> None:
    name = base64.b64encode("Çiğdem\r\nBcc: x@y".encode()).decode()
    mail = read(f"From: =?utf-8?b?{name}?= <c@x.example>\nSubject: =?utf-8?q?a=0Ab=00c?=\n\ntext")
    assert mail.sender.email == "c@x.example"
    assert mail.subject == "a b c"
    assert "\n" not in mail.sender.name


def test_nul_characters_are_left_out_and_said() -> None:
    mail = read(HEAD + "\na\x00b\x00")
    assert mail.text == "ab"
    assert mail.said == ("2 NUL characters were left out",)


def test_a_text_of_a_megabyte_is_kept_whole() -> None:
    assert len(read(HEAD + "\n" + "line of words\n" * 80_000).text) > 1_000_000


@pytest.mark.parametrize("date", ["Date: never", "Date: Tue, 24 Nov 9999 10:00:00 +0100", ""])
def test_a_date_that_is_none_is_said(date: str) -> None:
    mail = read(f"From: M <m@x.example>\nTo: a@b.example\n{date}\n\ntext".replace("\n\n\n", "\n\n"))
    assert mail.sent_at is None
    assert any("date" in words for words in mail.said)


PIECES = (
    b"From: a@b.example\n", b"From: =?x?q?=ff?=\n", b"To: a,b;c@d\n", b"Date: x\n", b"--x\n", b"\n",
    b"Date: Mon, 23 Nov 2026 99:00:00 +9999\n", b"Content-Type: multipart/mixed; boundary=x\n",
    b"Content-Type: text/html; charset=foo\n", b"Content-Transfer-Encoding: base64\n",
    b"Content-Transfer-Encoding: uuencode\n", b"<p>&#999999999;<![CDATA[ ", b"\x00",
    b"Subject: =?utf-8?b?//8=?=\n", b"Content-Disposition: attachment; filename*=foo'x'%ff\n",
    b"Message-ID: <a@b>\n",
)  # fmt: skip
messages = st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=12)), max_size=25)


@given(st.one_of(st.binary(max_size=300), messages.map(b"".join)), st.booleans())
def test_any_bytes_are_a_message_or_are_refused_in_words(data: bytes, as_text: bool) -> None:
    try:
        mail = read(data.decode("latin-1") if as_text else data)
    except Refused as error:
        words = str(error)
    else:
        words = "read"
        assert mail.sender.name or mail.sender.email
        texts = (mail.text, mail.quoted, mail.subject, mail.sender.name, mail.message_id or "")
        assert all(unstorable(text) is None for text in texts)
        if mail.sent_at is not None:
            assert mail.sent_at.utcoffset() == timedelta(0)
    assert words.strip()
