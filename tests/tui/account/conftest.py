"""Accounts with one of everything, with nothing, and with the worst texts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from db.book import Book
from planner.use_cases.accounts import add_account
from tests.makers import World, fill, new_book, opened
from tests.tui.account.views import View, hostile_book
from tui.screens.account_view import AccountView, read_view


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Book, World]]:
    folder = tmp_path_factory.mktemp("full")
    book = new_book(folder)
    world = fill(book)
    book.close()
    again = opened(folder / "book.db")
    yield again, world
    again.close()


@pytest.fixture
def view(full: tuple[Book, World]) -> View:
    book, world = full
    return lambda tab: read_view(book.queries(), world.account, tab)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AccountView]:
    book = new_book(tmp_path_factory.mktemp("bare"))
    account = book.run(add_account, name="New Oy").result
    yield read_view(book.queries(), account.id, "overview")
    book.close()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Book, int]]:
    book, account = hostile_book(tmp_path_factory.mktemp("hostile"))
    yield book, account
    book.close()
