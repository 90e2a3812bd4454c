"""``import surveys FILE``: how a file of answers to surveys is read, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from planner.language import gettext as _
from tui.cli.context import Session

if TYPE_CHECKING:
    from planner.importing.options import ImportOptions
    from planner.importing.surveys import SurveyFile

KIND = "surveys"


def survey_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that only a file of answers takes."""
    for option in (
        click.option(
            "--effort-high", is_flag=True, help=_("Of surveys: a high CES means much effort.")
        ),
        click.option(
            "--survey", metavar="nps|csat|ces",
            help=_("Of surveys: which it was, where no column says it."),
        ),
    ):  # fmt: skip
        function = option(function)
    return function


def refuse_elsewhere(kind: str, options: dict[str, Any]) -> None:
    """Refuse the options of answers for another kind of file."""
    for name in ("survey", "effort_high"):
        if options[name] and kind != KIND:
            word = name.replace("_", "-")
            raise click.UsageError(_("--{option} is for surveys.").format(option=word))


def read_survey_file(
    session: Session, data: bytes, options: ImportOptions, given: dict[str, Any]
) -> SurveyFile:
    """Read a file of answers in the book's zone; that of the machine while there is no book."""
    from planner.importing.surveys import read_surveys

    zone = ZoneInfo(session.launch.machine_zone)
    if session.launch.exists():
        with session.reading() as book:
            zone = book.settings.zone
    kind = given["survey"]
    return read_surveys(
        data,
        options,
        zone=zone,
        kind=None if kind is None else kind.strip().casefold(),
        effort_high=given["effort_high"],
    )


def survey_lines(read: SurveyFile) -> Iterator[str]:
    """What is said of a read file of answers alone."""
    from planner.text import visible

    if read.kind_decided and read.records:
        kinds = ", ".join(dict.fromkeys(one.kind.upper() for one in read.records))
        yield _("Answers to {kinds} ({how}).").format(kinds=kinds, how=read.kind_decided)
    if read.ignored_columns:
        names = ", ".join(visible(column) for column in read.ignored_columns)
        yield _("Columns that fill no field, left out: {names}").format(names=names)
