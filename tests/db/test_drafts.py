"""Drafts are kept for their owner alone, and a damaged file costs no more than itself."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.drafts import Draft, DraftStore
from planner.errors import BookUnavailable

SAVED = "2026-11-22T10:00:00Z"
HOSTILE = [
    "[/]", "[@click=app.quit]x[/]", "\x1b]52;c;eA==\x07", "\u202eabc", "'; DROP TABLE draft;--",
    "\x00", "\ud800", "line\nline",
]  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> DraftStore:
    return DraftStore(tmp_path / "state", "/books/one.db")


def draft(form: str = "account", subject: str = "1", **values: str) -> Draft:
    return Draft(form, subject, SAVED, values, dict.fromkeys(values, ""))


def test_a_draft_comes_back_as_it_was(store: DraftStore) -> None:
    store.put(draft(name="Nordic", note="a\nb"))
    assert store.get("account", "1") == draft(name="Nordic", note="a\nb")
    assert store.get("account", "2") is None


def test_a_later_draft_takes_the_place_of_the_earlier(store: DraftStore) -> None:
    store.put(draft(name="old"))
    store.put(draft(name="new"))
    assert [kept.values for kept in store.list()] == [{"name": "new"}]


def test_a_dropped_draft_is_gone_and_dropping_twice_is_fine(store: DraftStore) -> None:
    store.put(draft(name="x"))
    store.drop("account", "1")
    store.drop("account", "1")
    assert store.list() == []


def test_the_newest_is_listed_first(store: DraftStore) -> None:
    store.put(Draft("person", "1", "2026-11-20T10:00:00Z", {}, {}))
    store.put(Draft("risk", "1", "2026-11-21T10:00:00Z", {}, {}))
    assert [kept.form for kept in store.list()] == ["risk", "person"]


def test_nobody_else_can_read_the_file(store: DraftStore) -> None:
    store.put(draft(name="secret"))
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600
    store.path.chmod(0o644)
    store.list()
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(store.path.parent.stat().st_mode) == 0o700


def test_every_book_has_its_own_file(tmp_path: Path) -> None:
    one, two = DraftStore(tmp_path, "/a.db"), DraftStore(tmp_path, "/b.db")
    one.put(draft(name="x"))
    assert two.list() == []
    assert one.path.name.startswith("drafts-")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_kept_to_the_letter(store: DraftStore, text: str) -> None:
    store.put(draft(name=text))
    kept = store.get("account", "1")
    assert kept is not None
    assert kept.values == {"name": text}


@given(st.dictionaries(st.text(max_size=10), st.text(max_size=40), max_size=4))
def test_any_values_come_back(
    tmp_path_factory: pytest.TempPathFactory, values: dict[str, str]
) -> None:
    store = DraftStore(tmp_path_factory.mktemp("drafts"), "x")
    store.put(Draft("f", "s", SAVED, values, {}))
    kept = store.get("f", "s")
    assert kept is not None
    assert kept.values == values


@pytest.mark.parametrize(
    "content", [b"no database at all, " * 300, b"SQLite format 3\x00" + b"x" * 4096]
)
def test_a_damaged_file_is_set_aside_with_a_sentence(store: DraftStore, content: bytes) -> None:
    store.path.parent.mkdir()
    store.path.write_bytes(content)
    assert store.list() == []
    store.put(draft(name="x"))
    assert len(store.list()) == 1
    assert len(store.notices) == 1
    assert "damaged-1" in store.notices[0]
    assert store.path.with_suffix(".damaged-1").read_bytes() == content


def test_each_damaged_file_keeps_its_own_place(store: DraftStore) -> None:
    store.path.parent.mkdir()
    for _round in range(2):
        store.path.write_bytes(b"no database at all, " * 300)
        store.list()
    assert store.path.with_suffix(".damaged-2").exists()


def test_a_row_of_something_else_is_passed_over(store: DraftStore) -> None:
    store.put(draft(name="x"))
    with sqlite3.connect(store.path) as raw:
        raw.execute("UPDATE draft SET data = '[1, 2]'")
    raw.close()
    assert store.get("account", "1") is None
    assert store.list() == []


def test_a_folder_that_cannot_be_made_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file")
    with pytest.raises(BookUnavailable, match="draft could not be kept"):
        DraftStore(tmp_path / "state", "x").put(draft(name="x"))


def test_a_file_that_is_being_written_is_said_in_words(
    store: DraftStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.own_file.WAIT_SECONDS", 0.01)
    store.put(draft(name="x"))
    other = sqlite3.connect(store.path)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(BookUnavailable, match="locked"):
        store.put(draft(name="y"))
    other.close()
    assert store.notices == []
