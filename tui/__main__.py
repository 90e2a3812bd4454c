"""The program's entry: answers ``--version`` at once, runs everything else, catches what is left.

Nothing but ``sys`` loads before the version is printed: start-up time is a promise of ours.
"""

import sys


def main() -> None:
    """Run the program on ``sys.argv`` and exit.

    Exit codes: those of the command; 1 for an error of the program's own, with the details in
    a log of mode 0600; 130 when interrupted; 0 when whoever read our output closed the pipe.
    """
    sys.exit(_boundary(sys.argv[1:]))


def _boundary(argv: list[str]) -> int:
    """Run the program; turn whatever escapes from it into an exit code and a plain sentence."""
    try:
        code = _run(argv)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        return _close_quietly()
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        return _report(error)
    return code


def _run(argv: list[str]) -> int:
    if argv == ["--version"]:
        from tui.version import __version__

        print("trustplan", __version__)
        return 0
    import gc

    # A start makes many objects that stay: looking for cycles among them is time lost.
    gc.set_threshold(200_000, 10, 10)
    from tui.cli.main import run

    return run(argv)


def _close_quietly() -> int:
    """Point standard output at nothing, so that the interpreter's last flush cannot fail."""
    import os

    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return 0


def _report(error: Exception) -> int:
    """Say in one sentence that the program failed and where the details are; return 1.

    The sentence holds nothing of the error's text, which may be what a user or an import wrote.
    """
    from gettext import gettext as _

    try:
        path = write_log(error)
    except OSError:
        sentence = _("trustplan stopped on an error of its own, and no log could be written.")
    else:
        from planner.text import visible

        sentence = _("trustplan stopped on an error of its own; the details are in {path}").format(
            path=visible(path)
        )
    if sys.stderr is not None:
        print(sentence, file=sys.stderr)
    return 1


def write_log(error: Exception) -> str:
    """Append the traceback, without passwords, to the log in the state folder; returns its path.

    Raises OSError when the folder or the file cannot be written.
    """
    import os
    import time
    import traceback

    from platformdirs import user_state_path

    from planner.text import visible_lines
    from tui.passwords import scrub
    from tui.version import __version__

    folder = user_state_path("trustplan")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / "error.log"
    text = scrub(visible_lines("".join(traceback.format_exception(error))))
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8", errors="backslashreplace") as log:
        os.fchmod(log.fileno(), 0o600)
        moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        log.write(f"{moment} trustplan {__version__}\n{text}\n")
    return str(path)


if __name__ == "__main__":
    main()
