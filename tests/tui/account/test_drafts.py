"""A draft text is chosen, read and copied; nothing is sent and nothing is saved."""

from __future__ import annotations

from tests.tui.account.visits import visit
from tests.tui.conftest import OpenHouse
from tui.dialogs.choice import ChoiceDialog
from tui.dialogs.draft_dialog import DraftDialog
from tui.screens.account import AccountScreen


async def test_a_draft_is_read_and_copied(house: OpenHouse) -> None:
    async with house() as home:
        await visit(home)
        await home.screen(AccountScreen).run_action("account_draft")
        await home.settle()
        dialog = home.screen(ChoiceDialog)
        assert {line.key for line in dialog.document.lines} >= {"re-engage", "birthday"}
        dialog.document.move_to_key("birthday")
        await home.press("enter")
        await home.settle()
        lines = home.screen(DraftDialog).document.lines
        said = "\n".join(str(line.spans) for line in lines)
        assert "Subject: Happy birthday" in said
        await home.press("y")
        assert home.app.clipboard.startswith("Subject: Happy birthday")
        await home.press("escape")
        home.screen(AccountScreen)
