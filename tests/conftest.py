"""What every test gets: hypothesis profiles, an empty home, a fixed zone, the samples' folder."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import guarded_server, pg_server

ROOT = Path(__file__).resolve().parent.parent
_XDG = ("DATA", "CONFIG", "STATE", "CACHE", "RUNTIME")
_FOREIGN = ("NO_COLOR", "FORCE_COLOR", "LANGUAGE", "COLUMNS", "LINES", "PYTHONUTF8")

_SLOW = [HealthCheck.too_slow]
settings.register_profile("dev", deadline=None, max_examples=50)
settings.register_profile(
    "ci", deadline=None, max_examples=100, derandomize=True, suppress_health_check=_SLOW
)
settings.register_profile("campaign", deadline=None, max_examples=5000, suppress_health_check=_SLOW)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An empty home, empty XDG folders, no TRUSTPLAN_ variable, colours allowed, UTC."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    for name in _XDG:
        folder = home / f"xdg-{name.lower()}"
        folder.mkdir(mode=0o700)
        monkeypatch.setenv(f"XDG_{name}_{'DIR' if name == 'RUNTIME' else 'HOME'}", str(folder))
    for name in [name for name in os.environ if name.startswith("TRUSTPLAN_")]:
        monkeypatch.delenv(name)
    for name in _FOREIGN:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def samples_folder(environment: Mapping[str, str]) -> Path:
    """The samples' folder: TRUSTPLAN_SAMPLES, else ``shared/samples`` beside the repository.

    Where it is missing the test fails under CI and is skipped elsewhere, both with a sentence.
    """
    named = environment.get("TRUSTPLAN_SAMPLES")
    folder = Path(named) if named else ROOT.parent / "shared" / "samples"
    if folder.is_dir():
        return folder
    sentence = f"the samples are not at {folder}; set TRUSTPLAN_SAMPLES to their folder"
    if environment.get("CI", "").lower() in ("1", "true"):
        pytest.fail(sentence)
    pytest.skip(sentence)


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of sample files, read before the environment is cleaned."""
    return samples_folder(os.environ)


@pytest.fixture(scope="session")
def server() -> Iterator[pg_server.Server]:
    """A PostgreSQL server of this process's own, started when the first test asks for it.

    Not in pytest's folder: another run of pytest closes that to all other accounts.
    """
    with tempfile.TemporaryDirectory(prefix="trustplan-server-") as folder:
        made = pg_server.start(Path(folder) / "pg")
        yield made
        pg_server.stop(made)


@pytest.fixture(scope="session")
def guarded() -> Iterator[guarded_server.Guarded]:
    """A server that asks for passwords, started when the first test asks for it."""
    with tempfile.TemporaryDirectory(prefix="trustplan-guarded-") as folder:
        made = guarded_server.start(Path(folder))
        yield made
        pg_server.stop(made.server)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How many tests of the store's contract passed on each engine, and figures of campaigns."""
    for report in terminalreporter.stats.get("passed", []):
        for name, value in report.user_properties:
            if name == "figure":
                terminalreporter.write_line(str(value))
    passed = [
        report.nodeid
        for report in terminalreporter.stats.get("passed", [])
        if report.nodeid.startswith("tests/db/contract/")
    ]
    if passed:
        on_file = sum("[sqlite" in name or "-sqlite" in name for name in passed)
        on_server = sum("[postgres" in name or "-postgres" in name for name in passed)
        terminalreporter.write_line(f"contract: {on_file} on sqlite, {on_server} on postgres")
