"""Books for the store's tests; the filled one is made once a session and copied."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from db.address import Address
from db.book import Book
from db.sample_writer import make_sample
from tests import pg_server
from tests.db.moving import PlaceOn, unheard
from tests.db.servers import Databases, name_of
from tests.db.team_book import make_team, sql
from tests.fakes import FakeClock
from tests.guarded_server import Guarded
from tests.makers import TODAY, World, fill, new_book, opened


@pytest.fixture
def clock() -> FakeClock:
    """A clock at noon of a Wednesday."""
    return FakeClock()


@pytest.fixture
def book(tmp_path: Path, clock: FakeClock) -> Iterator[Book]:
    """An empty book, open as Ann."""
    made = new_book(tmp_path, clock)
    yield made
    made.close()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, World]:
    """A closed book with one of everything."""
    made = new_book(tmp_path_factory.mktemp("template"))
    world = fill(made)
    made.close()
    return made.address.path, world


@pytest.fixture
def world(template: tuple[Path, World]) -> World:
    """The ids in the filled book."""
    return template[1]


@pytest.fixture
def filled(template: tuple[Path, World], tmp_path: Path, clock: FakeClock) -> Iterator[Book]:
    """A copy of the filled book, open as the colleague Ann."""
    path = tmp_path / "filled.db"
    shutil.copy(template[0], path)
    made = opened(path, clock)
    yield made
    made.close()


@pytest.fixture
def databases(server: pg_server.Server) -> Iterator[Databases]:
    """A maker of databases that are dropped afterwards."""
    made = Databases(server)
    yield made
    made.drop_all()


@pytest.fixture
def place_on(tmp_path: Path, request: pytest.FixtureRequest) -> PlaceOn:
    """Gives addresses of an engine at which nothing stands."""
    numbers = iter(range(100))

    def new(engine_name: str) -> Address:
        if engine_name == "sqlite":
            return Address("sqlite", tmp_path / "places" / f"{next(numbers)}.db")
        databases: Databases = request.getfixturevalue("databases")
        return databases.new()

    return new


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample book of sixty accounts, to be copied."""
    address = Address("sqlite", tmp_path_factory.mktemp("sample") / "sample.db")
    make_sample(
        address, today=TODAY, accounts=60, touchpoints=None, complaints=None, seed=3,
        progress=unheard,
    )  # fmt: skip
    return address.path


@pytest.fixture
def sample(sample_file: Path, tmp_path: Path) -> Address:
    """A sample book of sixty accounts."""
    return Address("sqlite", Path(shutil.copy(sample_file, tmp_path / "sample.db")))


@pytest.fixture(scope="session")
def team_template(guarded: Guarded) -> Iterator[tuple[str, World]]:
    """The name of a team's book that is only copied, and the ids in it."""
    name = "teamtemplate"
    world = make_team(guarded, name)
    yield name, world
    Databases(guarded.server).execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def team_world(team_template: tuple[str, World]) -> World:
    """The ids in the team's book."""
    return team_template[1]


@pytest.fixture
def team(guarded: Guarded, team_template: tuple[str, World]) -> Iterator[str]:
    """The name of a database that is a copy of the team's book."""
    databases = Databases(guarded.server)
    yield name_of(databases.new(team_template[0]))
    databases.drop_all()


@pytest.fixture
def bob(guarded: Guarded, team: str) -> Iterator[psycopg.Connection[Any]]:
    """Bob's hand-made line."""
    with sql(guarded, team, "bob") as raw:
        yield raw


@pytest.fixture
def root(guarded: Guarded, team: str) -> Iterator[psycopg.Connection[Any]]:
    """A superuser's line, for sabotage."""
    with sql(guarded, team, "postgres") as raw:
        yield raw
