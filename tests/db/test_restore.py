"""Restoring: the present book is kept, damage is set aside, nothing half restored stays."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from db import backup
from db.backup import back_up_book, back_up_to, restore
from db.book import Book
from planner.errors import BookUnavailable
from planner.use_cases.accounts import add_account
from tests.makers import engine, opened


def _names(path: Path) -> list[str]:
    book = opened(path)
    try:
        return [row.name for row in book.queries().accounts.page()]
    finally:
        book.close()


@pytest.fixture
def copied(filled: Book) -> Path:
    """A backup of the filled book, which gets one more account afterwards."""
    copy = back_up_book(filled, None)
    filled.run(add_account, name="Later")
    return copy


def test_a_program_that_has_the_book_open_goes_on_with_what_was_restored(
    filled: Book, copied: Path
) -> None:
    path = Path(filled.address.path)
    kept = restore(copied, path)
    assert [row.name for row in filled.queries().accounts.page()] == ["Nordic Oy", "Other Ltd"]
    filled.run(add_account, name="After")
    assert kept is not None
    assert _names(kept) == ["Later", "Nordic Oy", "Other Ltd"]


@pytest.mark.parametrize(
    "damage", [b"", b"no book at all", b"SQLite format 3\x00" + b"\xff" * 9000]
)
def test_a_damaged_book_is_set_aside_whole(filled: Book, copied: Path, damage: bytes) -> None:
    path = Path(filled.address.path)
    filled.close()
    path.write_bytes(damage)
    kept = restore(copied, path)
    assert kept is not None
    assert kept.read_bytes() == damage
    assert _names(path) == ["Nordic Oy", "Other Ltd"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_book_that_opens_and_is_damaged_inside_is_set_aside(filled: Book, copied: Path) -> None:
    path = Path(filled.address.path)
    filled.connection.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    filled.close()
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 4096 // 2 * 4096)
        file.write(b"\xff" * 4096 * 8)
    kept = restore(copied, path)
    assert kept is not None
    assert "damaged" in kept.name
    assert _names(path) == ["Nordic Oy", "Other Ltd"]


def test_a_damaged_backup_changes_nothing(filled: Book, copied: Path) -> None:
    with copied.open("r+b") as file:
        file.seek(copied.stat().st_size // 4096 // 2 * 4096)
        file.write(b"\xff" * 4096 * 8)
    with pytest.raises(BookUnavailable, match="damaged"):
        restore(copied, Path(filled.address.path))
    assert len(filled.queries().accounts.page()) == 3


def test_a_backup_of_a_newer_version_is_refused(filled: Book, copied: Path) -> None:
    book = opened(copied)
    engine(book).raw.execute("PRAGMA user_version=99")
    book.close()
    with pytest.raises(BookUnavailable, match="newer"):
        restore(copied, Path(filled.address.path))


def test_a_book_is_not_restored_from_itself(filled: Book) -> None:
    path = Path(filled.address.path)
    with pytest.raises(BookUnavailable, match="itself"):
        restore(path, path)


def test_a_read_only_book_is_not_restored_over(filled: Book, copied: Path) -> None:
    path = Path(filled.address.path)
    path.chmod(0o400)
    with pytest.raises(BookUnavailable, match="read-only"):
        restore(copied, path)


def test_a_writer_that_does_not_finish_stops_the_restore(
    filled: Book, copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "BUSY_WAITS", 0)
    with pytest.raises(BookUnavailable, match="Another program"):
        restore(copied, Path(filled.address.path))


def test_a_copy_never_replaces_a_file_and_leaves_no_part_behind(
    filled: Book, tmp_path: Path
) -> None:
    raw = engine(filled).raw
    target = back_up_to(raw, tmp_path / "copy.db")
    with pytest.raises(BookUnavailable, match="already"):
        back_up_to(raw, target)
    with pytest.raises(BookUnavailable, match="No backup can be made"):
        back_up_to(raw, tmp_path / "missing" / "copy.db")
    assert [one.name for one in tmp_path.glob("*.part")] == []


def test_where_nothing_can_be_set_aside_the_damaged_book_stays(
    filled: Book, copied: Path, tmp_path: Path
) -> None:
    saved = tmp_path / "saved.db"
    copied.rename(saved)
    path = Path(filled.address.path)
    filled.close()
    path.write_bytes(b"damaged")
    folder = backup.backup_folder(path)
    folder.rmdir()
    folder.touch()
    with pytest.raises(BookUnavailable, match="set aside"):
        restore(saved, path)
    assert path.read_bytes() == b"damaged"
