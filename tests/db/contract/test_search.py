"""Search finds folded beginnings of words, forgets what is archived, and raises for no text."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from db import search, server_words
from db.book import Book
from db.undo import undo
from planner.text import search_words
from planner.use_cases.accounts import add_account, archive_account, change_account
from planner.use_cases.people import change_person
from planner.use_cases.surveys import log_survey
from planner.use_cases.touchpoints import change_touchpoint, log_touchpoint
from tests.makers import World, at
from tests.strategies import HOSTILE, hostile_text


def kinds(book: Book, text: str, limit: int = 20) -> list[tuple[str, int]]:
    return [(kind, row_id) for kind, row_id, _a, _l in search.find(book.connection, text, limit)]


@pytest.mark.parametrize("text", ["nord", "NORDIC", "oy nor", "nordic oy", "no", "key"])
def test_an_account_is_found_by_the_beginnings_of_its_words(
    filled: Book, world: World, text: str
) -> None:
    assert kinds(filled, text)[0] == ("account", world.account)


@pytest.mark.parametrize("text", ["ordic", "nordic ltd", "", " ", "…", "nordicc"])
def test_other_texts_find_nothing(filled: Book, text: str) -> None:
    assert kinds(filled, text) == []


@pytest.mark.parametrize("text", ["İstanbul", "ISTANBUL", "istanbul", "ıstan", "i\u0307st"])
def test_letters_that_people_take_for_the_same_meet(filled: Book, world: World, text: str) -> None:
    assert kinds(filled, text) == [("touchpoint", world.touchpoint)]


def test_names_come_before_notes_however_many_notes_there_are(filled: Book, world: World) -> None:
    for _number in range(25):
        filled.run(log_touchpoint, world.other, kind="call", when=at(1), note="About Nordic")
    found = kinds(filled, "nordic", limit=20)
    assert len(found) == 20
    assert found[:2] == [("account", world.account), ("person", world.maria)]
    notes = [row_id for kind, row_id in found if kind == "touchpoint"]
    assert notes == sorted(notes, reverse=True)


def test_what_is_archived_is_forgotten_and_undo_brings_it_back(filled: Book, world: World) -> None:
    filled.run(archive_account, world.account)
    assert ("account", world.account) not in kinds(filled, "nordic")
    filled.run(undo)
    assert ("account", world.account) in kinds(filled, "nordic")


def test_new_words_replace_the_old_ones(filled: Book, world: World) -> None:
    filled.run(change_account, world.account, name="Southern")
    assert kinds(filled, "oy") == []
    assert kinds(filled, "south") == [("account", world.account)]
    filled.run(change_account, world.account, tier=3)
    assert kinds(filled, "south") == [("account", world.account)]
    filled.run(change_touchpoint, world.touchpoint, note="")
    assert kinds(filled, "istanbul") == []
    filled.run(change_touchpoint, world.touchpoint, note="Again İstanbul")
    assert kinds(filled, "istanbul") == [("touchpoint", world.touchpoint)]


def test_what_a_list_shows_of_a_match_is_todays(filled: Book, world: World) -> None:
    filled.run(change_person, world.maria, name="Maria Zola")
    (found,) = search.find(filled.connection, "zola", 5)
    assert found == ("person", world.maria, None, "Maria Zola")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_are_found_by_themselves(filled: Book, text: str) -> None:
    account = filled.run(add_account, name=f"zq {text}").result
    assert ("account", account.id) in kinds(filled, f"zq {text}")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(text=hostile_text)
def test_no_text_raises_and_every_kept_text_is_found(filled: Book, text: str) -> None:
    kinds(filled, text)
    filled.connection.begin()
    try:
        words = search_words("zq", text)
        search.enter(filled.connection, "account", 7, 7, text, words)
        assert ("account", 7) in kinds(filled, f"zq {text}")
        search.remove(filled.connection, 7)
        assert ("account", 7) not in kinds(filled, f"zq {text}")
    finally:
        filled.connection.rollback()
    check_index(filled)


def found_names(book: Book, text: str) -> list[str]:
    return [hit.label for hit in book.queries().search.find(text) if hit.kind == "account"]


@pytest.mark.parametrize("text", ["ordic", "rdi", "OY", "dic oy", "oy ord"])
def test_an_account_is_found_by_any_part_of_its_names_words(filled: Book, text: str) -> None:
    assert found_names(filled, text) == ["Nordic Oy"]


def test_a_name_that_begins_like_the_text_comes_before_one_that_holds_it(filled: Book) -> None:
    for name in ("Super Nordic", "Nordics United", "The Nor Dic"):
        filled.run(add_account, name=name)
    assert found_names(filled, "nordic") == ["Nordic Oy", "Nordics United", "Super Nordic"]
    assert found_names(filled, "nor dic")[0] == "The Nor Dic"


def test_one_letter_finds_names_that_begin_with_it_and_words_that_are_it(
    filled: Book, world: World
) -> None:
    assert found_names(filled, "n") == ["Nordic Oy"]
    assert kinds(filled, "n") == []
    plan_b = filled.run(log_touchpoint, world.other, kind="call", when=at(1), note="plan b").result
    assert kinds(filled, "b") == [("touchpoint", plan_b.id)]
    assert kinds(filled, "pl b") == [("touchpoint", plan_b.id)]


def test_whole_words_come_before_beginnings(filled: Book, world: World) -> None:
    notes = [
        filled.run(log_touchpoint, world.other, kind="call", when=at(1), note=note).result.id
        for note in ("offer sent", "offers compared", "an offer again", "offering")
    ]
    assert [row for _kind, row in kinds(filled, "offer")] == [notes[i] for i in (2, 0, 3, 1)]
    assert [row for _kind, row in kinds(filled, "offer", limit=2)] == [notes[2], notes[0]]


def test_a_name_of_signs_is_found_by_its_beginning(filled: Book) -> None:
    filled.run(add_account, name="★★ !")
    assert found_names(filled, "★") == ["★★ !"]


def test_parts_of_a_name_go_and_come_with_the_account(filled: Book, world: World) -> None:
    filled.run(change_account, world.account, name="Southern")
    assert (found_names(filled, "ordic"), found_names(filled, "uther")) == ([], ["Southern"])
    filled.run(archive_account, world.account)
    assert found_names(filled, "uther") == []
    filled.run(undo)
    filled.run(undo)
    assert found_names(filled, "ordic") == ["Nordic Oy"]
    check_index(filled)


@pytest.mark.parametrize("text", ["nordik", "nrdic oy", "norddic oy", "Nordic 0y"])
def test_near_names_are_offered(filled: Book, world: World, text: str) -> None:
    near = filled.queries().search.near(text)
    assert [(hit.id, hit.near) for hit in near] == [(world.account, True)]
    assert filled.queries().search.near("zzzz") == []


def test_an_older_books_names_are_entered_by_their_parts(filled: Book) -> None:
    entries = "SELECT id, kind, row_id, account_id, label, words FROM search_entry ORDER BY id"
    before = filled.connection.rows(entries)
    filled.connection.begin()
    for (row_id,) in filled.connection.rows("SELECT id FROM search_entry WHERE kind = 'name'"):
        search.remove(filled.connection, row_id)
    assert len(filled.connection.rows(entries)) == len(before) - 2
    search.enter_names(filled.connection)
    filled.connection.commit()
    assert filled.connection.rows(entries) == before
    check_index(filled)


def test_what_customers_said_and_what_was_heard_is_found(filled: Book, world: World) -> None:
    said = filled.run(
        log_survey, world.account, kind="nps", score=3, when=at(1), comment="Nobody calls back"
    ).result
    found = filled.queries().search.find("calls nob")
    assert [(hit.kind, hit.id, hit.account_id) for hit in found] == [
        ("survey", said.id, world.account)
    ]
    heard = filled.queries().search.find("they look around")
    assert [hit.kind for hit in heard] == ["signal"]
    entries = "SELECT id, kind, row_id, account_id, label, words FROM search_entry ORDER BY id"
    before = filled.connection.rows(entries)
    filled.connection.begin()
    for row_id in (said.id, heard[0].id):
        search.remove(filled.connection, row_id)
    search.enter_voices(filled.connection)
    filled.connection.commit()
    assert filled.connection.rows(entries) == before
    filled.run(undo)
    assert filled.queries().search.find("calls nob") == []
    check_index(filled)


def check_index(book: Book) -> None:
    """Fail where the index and the entries differ."""
    if book.connection.engine == "sqlite":
        book.connection.run("INSERT INTO search_index(search_index, rank)"
                            " VALUES ('integrity-check', 1)")  # fmt: skip
        return
    both = book.connection.rows(
        "SELECT e.id, i.id FROM (SELECT id FROM search_entry WHERE kind IN ('complaint',"
        " 'touchpoint')) e FULL JOIN search_index i ON i.id = e.id"
        " WHERE e.id IS NULL OR i.id IS NULL"
    )
    assert both == []
    entries = book.connection.rows(
        "SELECT id, kind, words FROM search_entry WHERE kind NOT IN ('complaint', 'touchpoint')"
    )
    held = book.connection.rows("SELECT id, kind, word FROM search_word")
    wanted = {
        (row_id, server_words.LETTERS[kind], word)
        for row_id, kind, words in entries
        for word in server_words.words_of(words)
    }
    assert set(held) == wanted
