"""Cards and signatures: who somebody is, and nothing that may be anything else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.card_reading import Card, read_card, read_signature
from planner.pasted_kind import kind_of


def test_the_sample_cards_are_read(samples: Path) -> None:
    folder = samples / "vcard"
    john = read_card((folder / "John_Doe_GMAIL.vcf").read_text(encoding="utf-8"))
    assert john == Card(
        "Mr. John Richter, James Doe Sr.",
        "john.doe@ibm.com",
        "905-555-1234",
        "Money Counter",
        "IBM",
    )
    three = read_card((folder / "gmail-list.vcf").read_text(encoding="utf-8"))
    assert three is not None
    assert (three.name, three.others) == ("Arnold Smith", 2)
    frank = read_card((folder / "rfc2426-example.vcf").read_text(encoding="utf-8"))
    assert frank is not None
    assert (frank.name, frank.phone, frank.others) == ("Frank Dawson", "+1-919-676-9515", 1)


def test_a_signature_gives_name_title_phone_and_address() -> None:
    text = (
        "Kind regards,\nÇiğdem Öz\nHead of Purchasing\nT: +90 (212) 555 66 77\ncigdem@cinar.example"
    )
    assert read_signature(text) == Card(
        "Çiğdem Öz", "cigdem@cinar.example", "+90 (212) 555 66 77", "Head of Purchasing"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Maria Lind\nwould like to meet on Friday.",
        "Maria Lind\na@x.example\nb@x.example",
        "call 0401234567\nMaria",
        "Maria",
        "They asked for prices\nsee maria@x.example for more details about the whole of it " * 4,
    ],
)
def test_what_may_be_anything_else_is_no_signature(text: str) -> None:
    assert read_signature(text) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("From: a@b.example\nSubject: x\n\nhi", "mail"),
        ("Received: by x\n  with y\nFrom: a@b.example\nTo: c\n\nhi", "mail"),
        ("From: the office\nwe called twice", "text"),
        ("Note: From: a", "text"),
        ("BEGIN:VCALENDAR\nEND:VCALENDAR", "calendar"),
        ("\ufeff\nbegin:vcard\nFN:x", "card"),
        ("Jonas Berg\n+47 22 33 44 55", "signature"),
        ("three things", "text"),
        (" \n\t", ""),
    ],
)
def test_what_a_text_is_shows_in_its_first_lines(text: str, kind: str) -> None:
    assert kind_of(text) == kind


@given(st.text(max_size=200))
def test_any_text_has_a_kind_and_no_card_without_a_way_to_call_somebody(text: str) -> None:
    assert kind_of(text) in ("mail", "calendar", "card", "signature", "text", "")
    for card in (read_card("BEGIN:VCARD\n" + text), read_signature(text)):
        assert card is None or card.name or card.email or card.phone
