"""Draft texts: what is read, what is filled, what is left out."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.draft_texts import MERGE_FIELDS, DraftText, fill_draft, missing_words, read_draft

FOLDER = files("planner").joinpath("starter_set", "drafts")
TEXT = '''
name = "hello"
subject = "To {account}"
text = """
Dear {first_name},

you asked: {open_request}

{owner}
"""
'''


def draft(text: str = TEXT) -> DraftText:
    found, problems = read_draft(tomllib.loads(text), "hello.toml")
    assert found is not None, problems
    return found


def said(text: str) -> list[str]:
    found, problems = read_draft(tomllib.loads(text), "hello.toml")
    assert (found is None) == bool(problems)
    return [one.sentence for one in problems]


def test_every_shipped_draft_is_right_called_like_its_file_and_uses_known_fields() -> None:
    names = set()
    for one in FOLDER.iterdir():
        found, problems = read_draft(tomllib.loads(one.read_text(encoding="utf-8")), one.name)
        assert problems == ()
        assert found is not None
        assert one.name == f"{found.name}.toml"
        assert found.about
        filled = fill_draft(found, dict.fromkeys(MERGE_FIELDS, "x"))
        assert (filled.missing, "{" in filled.whole) == ((), False)
        names.add(found.name)
    assert names == {
        "re-engage", "request-answer", "review-thanks", "renewal-reminder", "birthday",
        "achievement",
    }  # fmt: skip


def test_fields_are_filled_and_a_line_without_its_value_is_left_out_and_said() -> None:
    filled = fill_draft(draft(), {"account": "Nordic", "first_name": "Maria", "owner": "Ann"})
    assert filled.subject == "To Nordic"
    assert filled.text == "Dear Maria,\n\nAnn"
    assert filled.missing == ("open_request",)
    assert "what they asked for" in missing_words(filled)
    bare = fill_draft(draft(), {})
    assert (bare.subject, bare.text) == ("To [account]", "")
    whole = fill_draft(draft(), dict.fromkeys(MERGE_FIELDS, "x"))
    assert (whole.missing, missing_words(whole)) == ((), "")
    assert whole.whole.startswith("Subject: To x\n\nDear x,")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (TEXT.replace("{owner}", "{ownr}"),
         'hello.toml, text, line 5: "{ownr}" is no merge field; there are first_name, account, '),
        (TEXT.replace("{account}", "{it}"), 'hello.toml, subject: "{it}" is no merge field'),
        (TEXT.replace("{owner}", "{owner"), "hello.toml, text, line 5: a brace stands alone"),
        (TEXT.replace("{owner}", "{}"), 'hello.toml, text, line 5: "{}" is no merge field'),
        (TEXT.replace('name = "hello"', ""), "hello.toml, name: it is missing."),
        (TEXT + "\ncolour = 3", "hello.toml, colour: there is no such key here."),
        (TEXT.replace('subject = "To', 'subject = 3 #'), "hello.toml, subject: 3 is no text"),
        ('name = "a"\nsubject = "b"\ntext = "' + "x" * 20_001 + '"',
         "hello.toml, text: it is longer than 20000 characters."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_file_and_line(wrong: str, words: str) -> None:
    assert [one for one in said(wrong) if one.startswith(words)], said(wrong)


def test_a_near_field_is_offered() -> None:
    (sentence,) = said(TEXT.replace("{owner}", "{ownr}"))
    assert "owner" in sentence.rpartition("value_proof.")[2]


@given(st.text(), st.text())
def test_values_are_data(name: str, request: str) -> None:
    values = {"account": "x", "owner": "{account}", "first_name": name, "open_request": request}
    filled = fill_draft(draft(), values)
    assert filled.text.endswith("{account}")
    assert filled.text.isprintable() or "\n" in filled.text
    assert "\x1b" not in filled.whole
