"""What another archived while I typed comes back with my change, or my change is thrown away."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.undo import undo
from planner.ports import UnitOfWork
from planner.use_cases.accounts import archive_account, change_account
from planner.use_cases.people import set_part
from planner.use_cases.touchpoints import log_touchpoint
from tests.makers import at as moment
from tests.tui.form_app import desk
from tests.tui.test_conflict_dialog import dialog, left, stored
from tests.tui.test_form_engine import shown


async def test_what_another_archived_comes_back_with_my_change_by_enter(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        await at.open("account", account_id=at.world.account)
        await at.type("sector", "food")
        at.book.run(change_account, at.world.account, country="FI")
        at.book.run(archive_account, at.world.account)
        await at.save()
        text = shown(at)
        assert "Bob archived this first, Wed 11 Mar 2026, 12:00." in text
        assert "restore with my change" in text
        assert "food" in text
        before = at.one("SELECT count(*) FROM change")
        await at.press("enter")
        assert at.closed
        assert stored(at)[:2] == ("food", "FI")
        assert at.one("SELECT archived_at FROM account WHERE id = :i", i=at.world.account) is None
        assert at.one("SELECT count(*) FROM change") == before + 1
        assert at.one("SELECT summary FROM change ORDER BY id DESC LIMIT 1") == (
            "restored and changed: Nordic Oy"
        )
        entries = at.book.connection.rows(
            "SELECT after FROM audit_entry WHERE change_id = (SELECT max(id) FROM change)"
            " ORDER BY id"
        )
        assert entries == [('{"archived_at":null}',), ('{"sector":"food"}',)]
        found = at.one("SELECT count(*) FROM search_entry WHERE id = :i", i=at.world.account)
        assert found == 1
        await at.app.store.write(undo)
        assert stored(at)[0] is None
        assert at.one("SELECT archived_at FROM account WHERE id = :i", i=at.world.account)


@pytest.mark.parametrize("key", ["t", "left"])
async def test_my_change_of_what_was_archived_can_be_thrown_away(tmp_path: Path, key: str) -> None:
    async with desk(tmp_path) as at:
        await at.open("account", account_id=at.world.account)
        await at.type("sector", "food")
        at.book.run(archive_account, at.world.account)
        await at.save()
        await at.press(key)
        assert "discard my change" in shown(at)
        await at.press("enter")
        assert at.closed
        assert stored(at)[0] is None
        assert at.one("SELECT archived_at FROM account WHERE id = :i", i=at.world.account)
        assert await at.app.store.drafts.list() == []
        assert "thrown away" in at.said[-1]


async def test_esc_on_what_was_archived_keeps_the_draft(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("account", account_id=at.world.account)
        await at.type("sector", "food")
        at.book.run(archive_account, at.world.account)
        await at.save()
        await at.press("escape")
        assert form.texts["sector"] == "food"
        assert "Bob archived this first" in form.message
        assert [one.values for one in await at.app.store.drafts.list()] == [{"sector": "food"}]


async def test_what_was_changed_and_archived_asks_for_the_field_too(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        await at.open("account", account_id=at.world.account)
        await at.type("sector", "food")
        await at.type("country", "SE")
        at.book.run(change_account, at.world.account, sector="ships")
        at.book.run(archive_account, at.world.account)
        await at.save()
        await at.press("enter")
        assert left(at) == "1 of 2 decided. Not yet: Sector"
        await at.press("t", "enter")
        assert at.closed
        assert stored(at)[:2] == ("ships", "SE")


async def test_what_came_back_and_changed_meanwhile_is_asked_about_again(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        await at.open("account", account_id=at.world.account)
        await at.type("sector", "food")
        at.book.run(archive_account, at.world.account)
        await at.save()
        at.book.run(undo)
        at.book.run(change_account, at.world.account, sector="ships")
        await at.press("enter")
        assert "Somebody saved again" in shown(at)
        assert stored(at)[0] == "ships"
        assert dialog(at).choices == {"sector": ""}
        await at.press("m", "enter")
        assert at.closed
        assert stored(at)[0] == "food"


async def test_an_entry_that_was_undone_comes_back_with_my_note(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        logged = at.book.run(
            log_touchpoint, at.world.account, kind="call", when=moment(2), note="first"
        ).result.id
        await at.open("entry", touchpoint_id=logged)
        await at.type("note", "second")
        at.book.run(undo)
        await at.save()
        await at.press("enter")
        assert at.closed
        row = "SELECT note, archived_at FROM touchpoint WHERE id = :i"
        assert at.book.connection.one(row, {"i": logged}) == ("second", None)


def take_away(uow: UnitOfWork, person_id: int) -> None:
    """Archive a person with their part."""
    uow.people.archive(uow.people.get(person_id))
    uow.memberships.archive(uow.memberships.find(person_id=person_id)[0])


async def test_the_part_of_a_person_who_was_archived_is_asked_about_and_comes_back(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as at:
        world = at.world
        await at.open("person", account_id=world.account, person_id=world.maria)
        await at.type("title", "CEO")
        await at.type("stance", "sceptic")
        at.book.run(set_part, world.account, world.maria, stance="neutral")
        at.book.run(take_away, world.maria)
        await at.save()
        assert list(dialog(at).choices) == ["archived_at", "stance"]
        await at.press("down", "t", "enter")
        assert at.closed
        row = "SELECT title, archived_at FROM person WHERE id = :i"
        assert at.book.connection.one(row, {"i": world.maria}) == ("CEO", None)
        row = "SELECT stance, archived_at FROM membership WHERE person_id = :i"
        assert at.book.connection.one(row, {"i": world.maria}) == ("neutral", None)
