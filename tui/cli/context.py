"""What a command is given: the book and day it was asked for, and where its output goes."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _

if TYPE_CHECKING:
    from planner.ports import Done
    from tui.composition import Book, Launch


class Session:
    """One start of the program by command. ``json`` is whether one JSON document is wanted."""

    def __init__(self) -> None:
        self.book: str | None = None
        self.today: str | None = None
        self.json = False
        self._launch: Launch | None = None

    @property
    def launch(self) -> Launch:
        """The start that the options and the environment ask for. Raises ``BookUnavailable``."""
        if self._launch is None:
            from tui.composition import launch

            self._launch = launch(self.book, self.today)
        return self._launch

    @contextmanager
    def reading(self) -> Iterator[Book]:
        """The book opened for reading. Raises ``BookUnavailable``, also where there is none."""
        book = self.launch.open(for_writing=False)
        try:
            yield book
        finally:
            book.close()

    @contextmanager
    def writing(self, *, make: bool = True) -> Iterator[Book]:
        """The book opened for writing. Raises ``BookUnavailable``.

        ``make``: a missing book is made first; else it is an error.
        """
        book = self.launch.open(for_writing=True, make=make)
        try:
            yield book
        finally:
            book.close()

    def show(self, document: Any, lines: Callable[[], Iterable[str]]) -> None:
        """Print ``document`` as JSON, or the lines that ``lines`` makes."""
        from tui.cli.output import json_text, print_lines

        if self.json:
            print_lines([json_text(document)])
        else:
            print_lines(lines())

    def show_record(self, book: Book, record: Any, done: Done | None = None, **more: Any) -> None:
        """Print the record that a command made: with ``--json`` whole, else what was done.

        ``more`` is added to the document. ``done`` brings the words, and what was merged.
        """
        from tui.cli.output import record_document, record_lines

        document = {**record_document(record, book.settings.zone, book.settings.currency), **more}
        self.show(document, lambda: record_lines(document, done.summary if done else None))
        if done is not None:
            for words in done.merged:
                self.note(words)

    @contextmanager
    def progress(self, what: str, *, timed: bool = False) -> Iterator[Callable[..., None]]:
        """Tell how far long work is, on standard error: ``tell(done, of, what)``.

        ``of`` and ``what`` may be left out. ``timed``: how long it will take is told too.

        On a terminal one line that is written over, elsewhere a line at each tenth.
        """
        begun = time.monotonic()
        live = sys.stderr is not None and sys.stderr.isatty()
        last: list[tuple[str, int]] = []

        def tell(done: int, of: int | None = None, part: str = what) -> None:
            place = (part, 10 * done // of if of else 0)
            left = _time_left(time.monotonic() - begun, done, of) if timed else ""
            if live:
                sys.stderr.write(f"\r{part} {done}{f' / {of}' if of else ''}{left}   ")
                sys.stderr.flush()
            elif of and place not in last:
                say(f"{part} {done} / {of}{left}")
            last[:] = [place]

        try:
            yield tell
        finally:
            if live and last:
                sys.stderr.write("\n")

    def note(self, words: str) -> None:
        """Say something beside the output, on standard error."""
        say(words)


def _time_left(passed: float, done: int, of: int | None) -> str:
    """How long the rest takes when it goes on as so far; nothing before a twentieth is done."""
    if of is None or done * 20 < of:
        return ""
    minutes, seconds = divmod(round(passed * (of - done) / done), 60)
    return _(", {minutes}:{seconds} left").format(minutes=minutes, seconds=f"{seconds:02d}")


def say(words: str) -> None:
    """Print one line on standard error; signs stand for what a terminal would obey."""
    from planner.text import visible_lines

    if sys.stderr is not None:
        print(visible_lines(words), file=sys.stderr)


def session_of(context: click.Context) -> Session:
    """The session of a command's context."""
    session = context.find_root().ensure_object(Session)
    context.obj = session
    return session


def _keep(context: click.Context, option: click.Parameter, value: Any) -> Any:
    if value is not None and value is not False:
        setattr(session_of(context), option.name or "", value)
    return value


def shared_options() -> list[click.Parameter]:
    """The options that every command takes, before or after its name."""
    return [
        click.Option(
            ["--book"], metavar="ADDRESS", expose_value=False, callback=_keep,
            help=_(
                "The book: a path, or postgresql://PERSON@HOST/DATABASE. Default: TRUSTPLAN_BOOK, "
                "else what `share join` stored, else your own book."
            ),
        ),
        click.Option(
            ["--today"], metavar="DATE", expose_value=False, callback=_keep,
            help=_("Take this date (2026-11-22) as today."),
        ),
        click.Option(
            ["--json"], is_flag=True, expose_value=False, callback=_keep,
            help=_("Print one JSON document."),
        ),
    ]  # fmt: skip


class BookCommand(click.Command):
    """A command with the shared options, made by ``@command(...)``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.extend(shared_options())


class Words(click.Group):
    """Commands under one word (``account add``), with the nearest spelling for a wrong one.

    ``default`` names the command that is meant when the next word is none of the sub-commands, as
    in ``health "Nordic Foods AB"``.
    """

    command_class = BookCommand

    def __init__(self, *args: Any, default: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.default = default
        self.params.extend(shared_options())
        if default is not None:
            self.context_settings = {**self.context_settings, "ignore_unknown_options": True}

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the next word names. Raises ``click.UsageError`` for none."""
        found = self.get_command(ctx, args[0])
        if found is not None:
            return args[0], found, args[1:]
        if self.default is not None:
            return self.default, self.get_command(ctx, self.default), args
        raise unknown_command(ctx, args[0], self.list_commands(ctx))


def unknown_command(ctx: click.Context, word: str, known: Iterable[str]) -> click.UsageError:
    """The refusal of a word that is no command, with the nearest one."""
    from planner.spelling import did_you_mean

    if word.startswith("-"):
        return click.UsageError(_("There is no option {word} here.").format(word=word), ctx)
    message = _("There is no command {word}.").format(word=repr(word))
    return click.UsageError(message + did_you_mean(word, known), ctx)


def command(name: str | None = None, **attributes: Any) -> Callable[[Callable[..., Any]], Any]:
    """Make a function a command that takes the shared options.

    The function gets the ``Session`` first when it is also decorated with ``@pass_session``.
    """
    return click.command(name, cls=BookCommand, **attributes)


def words(name: str | None = None, **attributes: Any) -> Callable[[Callable[..., Any]], Words]:
    """Make a function a word with commands under it (``@group.command("add")``)."""
    return click.group(name, cls=Words, **attributes)


def pass_session(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give the command's function the ``Session`` as its first argument."""

    @wraps(function)
    def with_session(*args: Any, **kwargs: Any) -> Any:
        return function(session_of(click.get_current_context()), *args, **kwargs)

    return with_session


def in_terminal() -> bool:
    """Whether an app can be opened: both ends are a terminal that can move its cursor."""
    ends = (sys.stdin, sys.stdout)
    return os.environ.get("TERM", "") != "dumb" and all(
        end is not None and end.isatty() for end in ends
    )
