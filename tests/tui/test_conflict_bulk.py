"""Changing several accounts at once never overwrites what another saved since they were shown."""

from __future__ import annotations

import pytest

from planner.use_cases.accounts import archive_account, change_account
from tests.makers import opened
from tests.tui.conftest import House, OpenHouse, look
from tui.screens.bulk_edit import PreviewDialog


async def preview(home: House, *keys: str) -> None:
    """Mark all accounts of the list and choose what to change them to."""
    await home.press("2", "A", "e", *keys)
    home.screen(PreviewDialog)


def tier_and_owner(home: House, name: str) -> tuple[object, ...]:
    """What an account has in the book."""
    book = look(home.path)
    row = book.connection.one(
        "SELECT a.tier, c.name FROM account a LEFT JOIN colleague c ON c.id = a.owner_id"
        " WHERE a.id = :i",
        {"i": home.ids[name]},
    )
    book.close()
    assert row is not None
    return tuple(row)


@pytest.mark.parametrize(
    ("keys", "change", "theirs", "mine"),
    [(("2", "3"), {"tier": 2}, (2, "Ann"), (3, "Ann")),
     (("1", "2"), {"owner_id": None}, (1, None), (1, "Ben"))],
    ids=["tier", "owner"],
)  # fmt: skip
async def test_an_account_changed_since_the_preview_is_named_and_shown_anew(
    house: OpenHouse,
    keys: tuple[str, str],
    change: dict[str, object],
    theirs: tuple[object, ...],
    mine: tuple[object, ...],
) -> None:
    async with house() as home:
        await preview(home, *keys)
        bob = opened(home.path, actor="Ben")
        bob.run(change_account, home.ids["Nordic Foods"], **change)
        await home.press("enter")
        assert home.said[-1] == (
            "Somebody was faster. Changed since you looked: Nordic Foods. Nothing was saved."
        )
        assert tier_and_owner(home, "Nordic Foods") == theirs
        assert tier_and_owner(home, "Atlas Dental") == (1, "Ann")
        home.screen(PreviewDialog)
        line = next(one for one in home.lines() if "Nordic Foods" in one)
        assert str(theirs["owner_id" in change] or "none") in line.split("→")[0]
        await home.press("enter")
        assert "changed" in home.said[-1]
        assert tier_and_owner(home, "Nordic Foods") == mine
        bob.close()


async def test_an_account_archived_since_the_preview_falls_out(house: OpenHouse) -> None:
    async with house() as home:
        await preview(home, "2", "3")
        bob = opened(home.path, actor="Ben")
        bob.run(archive_account, home.ids["Nordic Foods"])
        await home.press("enter")
        assert "Changed since you looked: Nordic Foods." in home.said[-1]
        assert not any("Nordic Foods" in one for one in home.lines())
        await home.press("enter")
        assert tier_and_owner(home, "Atlas Dental") == (3, "Ann")
        assert tier_and_owner(home, "Nordic Foods") == (1, "Ann")
        bob.close()


async def test_the_same_change_by_another_is_no_clash(house: OpenHouse) -> None:
    async with house() as home:
        await preview(home, "2", "3")
        bob = opened(home.path, actor="Ben")
        bob.run(change_account, home.ids["Nordic Foods"], tier=3)
        bob.close()
        await home.press("enter")
        assert "changed 2 accounts" in home.said[-1]
