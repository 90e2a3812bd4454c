"""The program's entry: a cheap version, and one plain sentence for what nobody foresaw."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import types
from collections.abc import Callable
from pathlib import Path

import pytest

from tui import __main__ as entry
from tui.version import __version__

COUNT_MODULES = """
import sys
before = set(sys.modules)
sys.argv = ["trustplan", "--version"]
from tui.__main__ import main
try:
    main()
finally:
    print(*sorted(set(sys.modules) - before))
"""
PRINT_MUCH = """
import sys, types
cli = types.ModuleType("tui.cli.main")
cli.run = lambda argv: print("x" * 1_000_000) or 0
sys.modules["tui.cli.main"] = cli
from tui.__main__ import main
main()
"""


def _python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def _unmeasured() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if "COVERAGE" not in key}


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[list[str]], int]], None]:
    """Puts a function in the place of the command line."""

    def put(run: Callable[[list[str]], int]) -> None:
        module = types.ModuleType("tui.cli.main")
        monkeypatch.setattr(module, "run", run, raising=False)
        monkeypatch.setitem(sys.modules, "tui.cli.main", module)
        monkeypatch.setattr(sys, "argv", ["trustplan", "accounts", "--json"])

    return put


def _exit_code() -> object:
    with pytest.raises(SystemExit) as stopped:
        entry.main()
    return stopped.value.code


def test_the_version_is_printed_and_loads_nothing_else() -> None:
    done = subprocess.run(
        _python(COUNT_MODULES), env=_unmeasured(), check=True, capture_output=True, text=True
    )
    version, modules = done.stdout.splitlines()
    assert version == f"trustplan {__version__}"
    assert modules.split() == ["tui", "tui.__main__", "tui.version"]


def test_the_version_is_the_answer_in_this_process_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["trustplan", "--version"])
    assert _exit_code() == 0
    assert capsys.readouterr().out == f"trustplan {__version__}\n"


def test_arguments_and_exit_code_pass_through(
    stand_in: Callable[[Callable[[list[str]], int]], None],
) -> None:
    given: list[list[str]] = []

    def run(argv: list[str]) -> int:
        given.append(argv)
        return 4

    stand_in(run)
    assert _exit_code() == 4
    assert given == [["accounts", "--json"]]


def test_an_unforeseen_error_is_one_sentence_and_a_private_log(
    stand_in: Callable[[Callable[[list[str]], int]], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    def run(argv: list[str]) -> int:
        raise ValueError("secret \x1b[31m of " + argv[0])

    stand_in(run)
    assert _exit_code() == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "secret" not in captured.err
    assert captured.err.count("\n") == 1
    log = Path(captured.err.split(" are in ")[1].strip())
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    written = log.read_text(encoding="utf-8")
    assert "ValueError: secret ␛[31m of accounts" in written
    assert "\x1b" not in written


def test_a_second_error_is_added_and_an_open_log_is_closed_to_others(
    stand_in: Callable[[Callable[[list[str]], int]], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    def run(argv: list[str]) -> int:
        raise KeyError(argv[0])

    stand_in(run)
    assert _exit_code() == 1
    log = Path(capsys.readouterr().err.split(" are in ")[1].strip())
    log.chmod(0o644)
    assert _exit_code() == 1
    assert log.read_text(encoding="utf-8").count("KeyError: 'accounts'") == 2
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_an_error_is_said_even_when_no_log_can_be_written(
    stand_in: Callable[[Callable[[list[str]], int]], None],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    def run(argv: list[str]) -> int:
        raise ValueError(argv[0])

    blocked = tmp_path / "a file"
    blocked.touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(blocked))
    stand_in(run)
    assert _exit_code() == 1
    assert "no log could be written" in capsys.readouterr().err


def test_an_interrupt_ends_with_130_and_says_nothing(
    stand_in: Callable[[Callable[[list[str]], int]], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    def run(argv: list[str]) -> int:
        raise KeyboardInterrupt(argv)

    stand_in(run)
    assert _exit_code() == 130
    assert capsys.readouterr() == ("", "")


def test_a_closed_pipe_ends_quietly() -> None:
    with subprocess.Popen(
        _python(PRINT_MUCH), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        said = process.stderr.read()
    assert said == b""
    assert process.returncode == 0


def test_no_standard_output_at_all_is_no_error() -> None:
    command = " ".join(["exec", sys.executable, "-m", "tui", "--version", ">&-"])
    done = subprocess.run(["/bin/sh", "-c", command], check=False, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
