"""Short ways to an open account: visit it, read a column, put the cursor somewhere."""

from __future__ import annotations

from typing import Any

from tests.makers import opened
from tests.tui.conftest import HOSTILE, House, look
from tui.screens.account import AccountScreen
from tui.widgets.cells import parts
from tui.widgets.document import Document

LAST_CALL = "SELECT id FROM touchpoint WHERE note = 'price list'"
TAKING_PART = "SELECT COUNT(*) FROM participant WHERE archived_at IS NULL"


def shown(home: House, name: str = "#left") -> str:
    """The text of one column."""
    document = home.app.screen.query_one(name, Document)
    return "\n".join("".join(parts(span)[0] for span in line.spans) for line in document.lines)


async def visit(
    home: House, name: str = "Nordic Foods", tab: str = "overview", near: bool = True
) -> AccountScreen:
    """Open an account with the others of the house as its neighbours."""
    names = ("Nordic Foods", "Atlas Dental", "Çınar Tekstil", HOSTILE, "Kivi Oy")
    ids = [home.ids[one] for one in names] if near else None
    await home.app.push_screen(AccountScreen(home.ids[name], ids, tab))
    await home.settle()
    return home.screen(AccountScreen)


async def put_cursor(home: House, key: str, name: str = "#left") -> None:
    assert home.app.screen.query_one(name, Document).move_to_key(key), shown(home, name)
    await home.settle()


def one(home: House, sql: str) -> Any:
    book = look(home.path)
    found = book.connection.one(sql)
    book.close()
    return found[0] if found else None


def change(home: House, use_case: Any, *args: Any, **fields: Any) -> Any:
    """Change the book beside the app."""
    book = opened(home.path)
    result = book.run(use_case, *args, **fields).result
    book.close()
    return result
