"""The command line: finds the command, runs it, turns errors into sentences and exit codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from tui.cli.commands import commands
from tui.cli.context import (
    BookCommand,
    Session,
    in_terminal,
    pass_session,
    say,
    shared_options,
    unknown_command,
)
from tui.cli.output import soften_output

if TYPE_CHECKING:
    from tui.composition import Launch

DONE, WRONG_USAGE = 0, 2
APP_THRESHOLD = (700, 10, 10)
"""How often Python looks for cycles in the app, which runs all day: its own default."""


def run(argv: list[str]) -> int:
    """Run one command line (without the program's name) and return its exit code.

    0 done; 1 the input was refused; 2 wrong usage; 3 the book cannot be opened; 4 somebody else
    changed it first. Errors are one or two sentences on standard error.
    """
    from planner.errors import TrustplanError

    soften_output()
    try:
        with program().make_context("trustplan", list(argv), obj=Session()) as context:
            result = context.command.invoke(context)
    except click.exceptions.Exit as stopped:
        return int(stopped.exit_code)
    except click.ClickException as error:
        return _wrong_usage(error)
    except TrustplanError as error:
        _report(error)
        return error.exit_code
    return result if isinstance(result, int) and not isinstance(result, bool) else DONE


class Program(click.Group):
    """All commands; each module is loaded when its command is called."""

    command_class = BookCommand

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names of all commands."""
        return list(commands())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of this name, loaded now; None for an unknown name."""
        entry = commands().get(cmd_name)
        if entry is None:
            return None
        from importlib import import_module

        module, _colon, attribute = entry[0].partition(":")
        found: click.Command = getattr(import_module(module), attribute)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the next word names. Raises ``click.UsageError`` for none."""
        found = self.get_command(ctx, args[0])
        if found is None:
            raise unknown_command(ctx, args[0], commands())
        return args[0], found, args[1:]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands by group, without loading one."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for name, (_target, group, words) in commands().items():
            groups.setdefault(group, []).append((name, words))
        for group, rows in groups.items():
            with formatter.section(group):
                formatter.write_dl(rows)


def program() -> Program:
    """The command line as an object, made anew for each start."""
    return Program(
        "trustplan",
        params=[*shared_options(), _version_option()],
        invoke_without_command=True,
        callback=_open_app,
        help=_("Customer plans, touchpoints, complaints and health. Without a command: the app."),
        epilog=_("`trustplan COMMAND --help` explains a command."),
        subcommand_metavar="[COMMAND ...]",
    )


def _version_option() -> click.Option:
    def show(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
        if wanted:
            from tui.cli.output import print_lines
            from tui.version import __version__

            print_lines([f"trustplan {__version__}"])
            context.exit(DONE)

    return click.Option(
        ["--version"], is_flag=True, expose_value=False, is_eager=True, callback=show,
        help=_("Print the version."),
    )  # fmt: skip


@pass_session
def _open_app(session: Session) -> int:
    context = click.get_current_context()
    if context.invoked_subcommand is not None:
        return DONE
    if session.json:
        raise click.UsageError(_("--json needs a command, such as trustplan accounts --json."))
    if not in_terminal():
        raise click.UsageError(
            _("The app needs a terminal. Without one use commands, such as trustplan today.")
        )
    return open_app(session.launch)


def open_app(launch: Launch) -> int:
    """Open the app on a start; returns its exit code."""
    import gc

    launch.before_app()
    from tui.app import run_app

    gc.set_threshold(*APP_THRESHOLD)
    return run_app(launch)


def _wrong_usage(error: click.ClickException) -> int:
    """Say what is wrong with the words of a command; returns the exit code."""
    message = error.format_message()
    context: Any = getattr(error, "ctx", None)
    if isinstance(error, click.exceptions.NoArgsIsHelpError) and context is not None:
        say(context.get_help())
        return WRONG_USAGE
    if message and message[-1] not in ".?!":
        message += "."
    if context is not None:
        message += " " + _("Help: {command}").format(command=f"{context.command_path} --help")
    say(message)
    return WRONG_USAGE


def _report(error: Exception) -> None:
    """Print an error of ours: its sentence, then problems by field or candidates, a line each."""
    message = str(error)
    say(message)
    for problem in getattr(error, "problems", ()):
        if problem.problem not in message:
            say(f"  {problem.field}: {problem.problem}")
    for candidate in getattr(error, "candidates", ()):
        if candidate not in message:
            say(f"  {candidate}")
    for clash in getattr(error, "fields", ()):
        say(
            _("  {field}: was {was}, theirs {theirs}, yours {mine}").format(
                field=clash.field, was=clash.was, theirs=clash.theirs, mine=clash.mine
            )
        )
