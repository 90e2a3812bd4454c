"""``plan bought|stay|exit``: interviews whose answers become lines of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from planner.plan_fields import exit_reasons, preamble, prompts_of, reason_words
from planner.vocabulary import INTERVIEW_METHODS
from tui.cli import naming
from tui.cli.context import Session, command, pass_session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from planner.ports import Done
    from planner.use_cases.interviews import Answer
    from planner.views.plan import EntryRow
    from tui.composition import Book

WHY_OPTIONS = ("reason", "detail", "stated", "root_cause", "evidence", "win_back", "method")


def _asks(kind: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The options of an interview: one for each question, and who, when, in which talk."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        options = [
            click.option("--with", "people", multiple=True, metavar="PERSON",
                         help=_("Who was asked. May repeat.")),
            click.option("--at", metavar="WHEN", help=_("When it was held. Default: now.")),
            click.option("--kind", "talk", metavar="meeting|call", default="meeting",
                         help=_("How it was held. Default: meeting.")),
            click.option("--touchpoint", metavar="ID", help=_("The talk, where it is logged.")),
            *(
                click.option("--" + one.name.replace("_", "-"), one.name, metavar="TEXT",
                             help=one.prompt)
                for one in prompts_of(kind)
            ),
            click.option("--answer", "answers", multiple=True, metavar="FIELD=TEXT",
                         help=_("What they said. May repeat.")),
            click.option("--assume", "assumed", multiple=True, metavar="FIELD=TEXT",
                         help=_("What we assume they would say. May repeat.")),
        ]  # fmt: skip
        if kind != "exit":
            options.append(
                click.option("--driver", "drivers", multiple=True, metavar="FIELD=DRIVER",
                             help=_("The value driver that an answer speaks of: time, cost, risk, "
                                    "any words. May repeat."))
            )  # fmt: skip
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


@command("bought", epilog=preamble("bought"))
@click.argument("account")
@_asks("bought")
@click.option("--buyer", metavar="PERSON", help=_("The real buyer, a person of the account."))
@pass_session
def bought(session: Session, account: str, **options: Any) -> None:
    """Record why they bought, as they tell it: the pain, the real buyer, the value they saw."""
    _record(session, account, "bought", options)


@command("stay", epilog=preamble("stay"))
@click.argument("account")
@_asks("stay")
@pass_session
def stay(session: Session, account: str, **options: Any) -> None:
    """Record why they stay, in five answers, each with the value driver it speaks of."""
    _record(session, account, "stay", options)


@command("exit", epilog=preamble("exit"))
@click.argument("account")
@_asks("exit")
@click.option("--reason", metavar=naming.listed(exit_reasons()), help=_("Why they leave."))
@click.option(
    "--detail", metavar="WORD", help=_("The reason's second level; see trustplan reasons codes.")
)
@click.option(
    "--method",
    metavar=naming.listed(INTERVIEW_METHODS),
    help=_("How they were asked. Default: as the talk says; none without one."),
)
@click.option("--stated", metavar="TEXT", help=_("The reason as they state it."))
@click.option("--root-cause", metavar="TEXT", help=_("What lies beneath it, as we see it."))
@click.option("--evidence", metavar="TEXT", help=_("What shows it."))
@click.option("--win-back", metavar="DATE", help=_("When to ask them back."))
@pass_session
def exit_(session: Session, account: str, **options: Any) -> None:
    """Record why they leave, in five answers, with the reason in two levels."""
    _record(session, account, "exit", options)


def _record(session: Session, account: str, kind: str, options: dict[str, Any]) -> None:
    from planner.use_cases.interviews import record_interview

    with session.writing() as book:
        account_id = book.queries().names.account(account)
        touchpoint = options.pop("touchpoint")
        at = options.pop("at")
        if touchpoint is not None and at is not None:
            raise click.UsageError(_("The talk of --touchpoint has its own moment: leave --at."))
        fields = _why(book, options)
        done = book.run(
            record_interview,
            account_id,
            kind,
            answers=_answers(book, account_id, kind, options),
            when=None if touchpoint is not None else naming.moment(book, at),
            person_ids=[naming.person(book, one, account_id) for one in options["people"]],
            touchpoint_id=None if touchpoint is None else row_id(touchpoint),
            talk=naming.choice(options["talk"]) or "",
            **fields,
        )
        _show(session, book, done)


def row_id(text: str) -> int:
    """An id as it is written. Raises ``click.UsageError`` for what is none."""
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise click.UsageError(_("{text} is no id.").format(text=repr(text)))
    return int(text)


def _why(book: Book, options: dict[str, Any]) -> dict[str, Any]:
    """What only an exit interview says, taken out of the options."""
    given = {name: options.pop(name, None) for name in WHY_OPTIONS}
    return naming.filled(
        reason=naming.choice(given["reason"]),
        reason_detail=naming.choice(given["detail"]),
        stated_reason=given["stated"],
        root_cause=given["root_cause"],
        evidence=given["evidence"],
        win_back_on=naming.coming_day(book, given["win_back"]),
        method=naming.choice(given["method"]),
    )


def _answers(book: Book, account_id: int, kind: str, options: dict[str, Any]) -> list[Answer]:
    from planner.use_cases.interviews import Answer

    drivers = dict(_pairs(options.get("drivers", ()), "--driver"))
    buyer = options.get("buyer")
    person_id = None if buyer is None else naming.person(book, buyer, account_id)
    said = [(one.name, options[one.name]) for one in prompts_of(kind) if options[one.name]]
    said += _pairs(options["answers"], "--answer")
    if person_id is not None and "real_buyer" not in dict(said):
        said.append(("real_buyer", book.queries().record("person", person_id).label))
    unused = [name for name in drivers if name not in dict(said)]
    unused = [name for name in unused if name not in dict(_pairs(options["assumed"], "--assume"))]
    if unused:
        raise click.UsageError(
            _("--driver {field}: there is no answer to that.").format(field=unused[0])
        )
    return [
        Answer(name, text, source, drivers.get(name), person_id if name == "real_buyer" else None)
        for source, found in (
            ("customer", said),
            ("assumed", _pairs(options["assumed"], "--assume")),
        )
        for name, text in found
    ]


def _pairs(texts: Iterable[str], option: str) -> list[tuple[str, str]]:
    """``FIELD=TEXT`` as pairs. Raises ``click.UsageError``."""
    found = []
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise click.UsageError(_("{option} needs FIELD=TEXT.").format(option=option))
        found.append((naming.choice(name) or "", value))
    return found


def _show(session: Session, book: Book, done: Done) -> None:
    interview = done.result
    lines = book.queries().lines.of_account(interview.account_id)
    more: dict[str, Any] = {
        "account": naming.account_name(book, interview.account_id),
        "answers": [answer_document(one) for one in lines if one.interview_id == interview.id],
    }
    if session.json:
        session.show_record(book, interview, done, **more)
        return
    session.show(None, lambda: _told(done, more["answers"], interview))
    for words in done.merged:
        session.note(words)


def _told(done: Done, answers: list[dict[str, Any]], interview: Any) -> list[str]:
    from planner.text import visible
    from planner.vocabulary_words import value_words

    said = [visible(done.summary)]
    if interview.reason is not None:
        said.append("  " + visible(reason_words(interview.reason, interview.reason_detail)))
    for one in answers:
        text = visible(one["entry"])
        said.append(f"  {one['field']} ({value_words(one['source'])}): {text}")
    return said


def answer_document(row: EntryRow) -> dict[str, Any]:
    """A line as JSON shows it."""
    from tui.cli.output import identity

    return {
        name: identity(value) if name == "id" or name.endswith("_id") else value
        for name, value in row._asdict().items()
    }
