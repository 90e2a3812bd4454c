"""What every test of a use case begins with: an empty book in memory and an account in it."""

from __future__ import annotations

import pytest

from planner.use_cases.accounts import add_account
from tests.fakes import MemoryUnitOfWork


@pytest.fixture
def uow() -> MemoryUnitOfWork:
    return MemoryUnitOfWork()


@pytest.fixture
def account(uow: MemoryUnitOfWork) -> int:
    return add_account(uow, name="Nordic Oy").id
