"""The doctor: each illness is found, a healthy book is called healthy."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import doctor
from db.book import Book
from db.doctor import examine, file_system_of
from planner.use_cases.touchpoints import log_touchpoint
from tests.fakes import FakeClock
from tests.makers import World, at, engine, opened


def _found(book: Book) -> dict[str, doctor.Check]:
    return {check.id: check for check in examine(book)}


def test_a_healthy_book_passes_every_check(filled: Book) -> None:
    assert [check for check in examine(filled) if not check.ok] == []


def test_a_reference_that_leads_nowhere_is_found(filled: Book) -> None:
    filled.connection.run("PRAGMA foreign_keys=OFF")
    filled.connection.run("UPDATE seat SET colleague_id = 1")
    check = _found(filled)["foreign_keys"]
    assert not check.ok
    assert "seat" in check.detail


def test_a_search_index_that_lost_or_kept_too_much_is_found(filled: Book, world: World) -> None:
    filled.connection.run("DELETE FROM search_entry WHERE row_id = :id", {"id": world.maria})
    check = _found(filled)["search"]
    assert (check.ok, check.detail) == (False, "0 entries without a record, 1 records without one")


def test_a_talk_without_a_note_is_not_missed_in_the_search_index(
    filled: Book, world: World
) -> None:
    filled.run(log_touchpoint, world.account, kind="call", when=at(0))
    assert _found(filled)["search"].ok


def test_a_stored_row_that_differs_is_found_with_its_field(filled: Book, world: World) -> None:
    filled.connection.run(
        "UPDATE account_rollup SET tier = 3 WHERE account_id = :id", {"id": world.account}
    )
    check = _found(filled)["rollups"]
    assert not check.ok
    assert "1 of 2 rows differ (tier)" in check.detail


@pytest.mark.parametrize("damage", ["'[]'", "'x'", "'[[1], null]'"])
def test_inputs_that_give_another_score_than_the_facts_are_found(
    filled: Book, world: World, damage: str
) -> None:
    healthy = _found(filled)["health_inputs"]
    assert (healthy.ok, healthy.detail) == (True, "2 are as the facts say")
    others = "(SELECT o.kept FROM health_inputs o WHERE o.account_id = :other)"
    for kept in (damage, others):
        filled.connection.run(
            f"UPDATE health_inputs SET kept = {kept} WHERE account_id = :id",
            {"id": world.account, "other": world.other},
        )
        check = _found(filled)["health_inputs"]
        assert not check.ok
        assert "1 of 2 differ" in check.detail


def test_a_clock_that_ran_out_since_is_no_illness(filled: Book, world: World) -> None:
    filled.connection.run(
        "UPDATE account_rollup SET shown = 1 WHERE account_id = :id", {"id": world.account}
    )
    assert _found(filled)["rollups"].ok
    filled.connection.run(
        "UPDATE account_rollup SET starter_known = 3 WHERE account_id = :id", {"id": world.other}
    )
    assert not _found(filled)["rollups"].ok


def test_scores_of_another_day_are_said_and_no_illness(filled: Book, clock: FakeClock) -> None:
    clock.move(days=1)
    check = _found(filled)["scores"]
    assert check.ok
    assert "2 scores are of another day" in check.detail


def test_a_damaged_page_is_found(filled: Book) -> None:
    path = Path(filled.address.path)
    root = "SELECT rootpage FROM sqlite_schema WHERE name = 'touchpoint_when'"
    number = filled.connection.rows(root)[0][0]
    filled.connection.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    filled.close()
    page = 4096
    with path.open("r+b") as file:
        file.seek((number - 1) * page)
        file.write(b"\xff" * page)
    book = opened(path, mode="read")
    checks = _found(book)
    assert not checks["integrity"].ok
    assert len(checks) == 10
    book.close()


def test_another_schema_number_is_found(filled: Book) -> None:
    engine(filled).raw.execute("PRAGMA user_version=0")
    assert not _found(filled)["schema"].ok


def test_a_full_disk_is_found(filled: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "LEAST_FREE", 2**62)
    check = _found(filled)["disk"]
    assert not check.ok
    assert "make room" in check.detail


@pytest.mark.parametrize(
    ("place", "kind"),
    [("/home/ann/book.db", "ext4"), ("/mnt/team share/book.db", "nfs4"), ("/mnt/x", "ext4")],
)
def test_the_file_system_is_the_one_mounted_nearest(tmp_path: Path, place: str, kind: str) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        "21 1 8:1 / / rw shared:1 - ext4 /dev/root rw\n"
        "broken line\n"
        "30 21 0:44 / /mnt/team\\040share rw - nfs4 server:/x rw\n"
    )
    assert file_system_of(Path(place), mounts) == kind


def test_a_network_file_system_is_warned_of(filled: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "file_system_of", lambda _path: "cifs")
    check = _found(filled)["file_system"]
    assert not check.ok
    assert "local disk" in check.detail
    monkeypatch.setattr(doctor, "file_system_of", lambda _path: None)
    assert _found(filled)["file_system"].ok


def test_where_the_system_does_not_say_the_kind_is_not_known(tmp_path: Path) -> None:
    assert file_system_of(tmp_path, tmp_path / "none") is None
