"""``log`` with what it logs: what was said, what went wrong, what was heard, what we think."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from planner.vocabulary import (
    CHANNELS,
    DIRECTIONS,
    FUNCTIONS,
    INTENTS,
    SEVERITIES,
    TOUCHPOINT_KINDS,
    TRIAGES,
)
from tui.cli import naming
from tui.cli.advocacy import log_advocacy
from tui.cli.context import Session, pass_session, words
from tui.cli.log_mail import mail
from tui.cli.plan_benefits import gesture
from tui.cli.pressure_notes import say_after
from tui.cli.purchases import log_purchase
from tui.cli.requests import ASKING, asking, asking_options
from tui.cli.signals import log_signal
from tui.cli.surveys import log_survey
from tui.cli.talk_options import ABOUT, about, about_options, row_id

if TYPE_CHECKING:
    from planner.use_cases.touchpoints import FollowUp
    from tui.composition import Book


@words()
def log() -> None:
    """Log what happened at an account."""


log.add_command(gesture)
log.add_command(log_advocacy)
log.add_command(log_purchase)
log.add_command(log_signal)
log.add_command(log_survey)
log.add_command(mail)


@log.command("touchpoint")
@click.argument("account")
@click.option("--with", "people", multiple=True, metavar="PERSON", help=_("May repeat."))
@click.option(
    "--kind", metavar=naming.listed(TOUCHPOINT_KINDS), help=_("Needed without --meeting.")
)
@click.option("--direction", metavar=naming.listed(DIRECTIONS), help=_("Default: out."))
@click.option("--two-way/--one-way", default=None, help=_("Default: what the kind says."))
@click.option("--unanswered", is_flag=True, help=_("A call that nobody answered."))
@click.option("--function", metavar=naming.listed(FUNCTIONS), help=_("Default: yours."))
@click.option("--intent", metavar=naming.listed(INTENTS))
@click.option("--sentiment", metavar="-2..2")
@click.option("--at", metavar="WHEN", help=_("Default: now."))
@click.option("--note", metavar="TEXT")
@about_options
@click.option("--action-done", is_flag=True, help=_("The action is done with it."))
@click.option("--reply-to", metavar="ID", help=_("The touchpoint that this one answers."))
@click.option(
    "--meeting",
    metavar="ID",
    help=_("The meeting that was held: its kind, time and people hold unless said."),
)
@asking_options
@click.option("--promise", metavar="TEXT", help=_("What we promised them."))
@click.option("--promise-due", metavar="DATE", help=_("By when."))
@pass_session
def touchpoint(
    session: Session,
    account: str,
    people: tuple[str, ...],
    at: str | None,
    two_way: bool | None,
    unanswered: bool,
    promise: str | None,
    promise_due: str | None,
    reply_to: str | None,
    meeting: str | None,
    **options: Any,
) -> None:
    """Log a contact with an account."""
    from planner.use_cases.touchpoints import log_touchpoint

    if promise_due and not (promise or "").strip():
        raise click.UsageError(_("--promise-due needs --promise: what was promised?"))
    if meeting is None and options["kind"] is None:
        raise click.UsageError(_("Say --kind, or the --meeting that was held."))
    for name in ("kind", "direction", "function", "intent"):
        options[name] = naming.choice(options[name])
    if reply_to is not None:
        options["reply_to"] = row_id(reply_to, _("--reply-to takes the id of a touchpoint."))
    with session.writing() as book:
        account_id = book.queries().names.account(account)
        held = _held(book, meeting)
        apart = (*ASKING, *ABOUT)
        plain = {name: options[name] for name in options if name not in apart}
        fields = naming.filled(**plain) | about(book, account_id, options)
        if options["note"] is not None:
            fields["note"] = options["note"]
        ids = [naming.person(book, text, account_id) for text in people]
        done = book.run(
            log_touchpoint,
            account_id,
            **{
                **held,
                **({"when": naming.moment(book, at)} if at or "when" not in held else {}),
                **({"person_ids": ids} if ids or "person_ids" not in held else {}),
                **fields,
            },
            two_way=False if unanswered and two_way is None else two_way,
            follow_ups=_promise(book, promise, promise_due),
            answered=not unanswered,
            **asking(book, account_id, options),
        )
        took_part = ids or list(held.get("person_ids", ()))
        session.show_record(
            book,
            done.result,
            done,
            account=naming.account_name(book, account_id),
            people=[book.queries().record("person", one).label for one in dict.fromkeys(took_part)],
            promise=promise or None,
        )
        say_after(session, book, done.result, took_part)


def _held(book: Book, meeting: str | None) -> dict[str, Any]:
    """What a meeting gives to the contact that it is logged as."""
    if meeting is None:
        return {}
    from planner.dates import When

    chosen = row_id(meeting, _("--meeting takes the id of a meeting."))
    found = book.queries().talks.meeting(chosen)
    if found is None:
        return {"meeting_id": chosen, "kind": "meeting"}
    return {
        "meeting_id": chosen,
        "kind": found.kind,
        "when": When(found.starts_on, found.starts_at, found.date_only),
        "person_ids": found.people,
    }


def _promise(book: Book, text: str | None, due: str | None) -> list[FollowUp]:
    from datetime import date

    from planner.use_cases.touchpoints import FollowUp

    if text is None or not text.strip():
        return []
    day = naming.coming_day(book, due)
    return [FollowUp(text, promised=True, due_on=day if isinstance(day, date) else None)]


@log.command("complaint")
@click.argument("account")
@click.option("--title", required=True, metavar="TEXT")
@click.option("--severity", metavar=naming.listed(SEVERITIES), help=_("Default: medium."))
@click.option("--with", "person", metavar="PERSON", help=_("Who complained."))
@click.option("--at", metavar="WHEN", help=_("Default: now."))
@click.option("--owner", metavar="NAME", help=_("Who is accountable. Default: you."))
@click.option("--detail", metavar="TEXT")
@click.option("--channel", metavar=naming.listed(CHANNELS))
@click.option(
    "--triage",
    metavar=naming.listed(TRIAGES),
    help=_("Who can solve it. Critical: of that severity unless said."),
)
@click.option("--ack-target", metavar="2h", help=_("Business time to acknowledge it."))
@click.option("--response-target", metavar="4h", help=_("Business time to answer it."))
@click.option("--resolution-target", metavar="3d", help=_("Business time to solve it."))
@pass_session
def complaint(
    session: Session,
    account: str,
    title: str,
    person: str | None,
    at: str | None,
    owner: str | None,
    **options: Any,
) -> None:
    """Log a complaint of an account; its clocks run in business time."""
    from planner.use_cases.complaints import log_complaint
    from tui.cli.complaint import show_complaint

    for name in ("severity", "channel", "triage"):
        options[name] = naming.choice(options[name])
    with session.writing() as book:
        account_id = book.queries().names.account(account)
        for name in ("ack_target", "response_target", "resolution_target"):
            options[name] = naming.business_minutes(book, options[name])
        if person is not None:
            options["person_id"] = naming.person(book, person, account_id)
        done = naming.run_by_name(
            session,
            book,
            log_complaint,
            account_id,
            colleagues={"owner_id": owner or None},
            title=title,
            when=naming.moment(book, at),
            **naming.filled(**options),
        )
        show_complaint(session, book, done)


@log.command("pulse")
@click.argument("account")
@click.argument("score", metavar="1..5")
@click.option("--function", metavar=naming.listed(FUNCTIONS), help=_("Default: yours."))
@click.option("--reason", metavar="TEXT", help=_("Needed for 1, 5 and a jump of two or more."))
@click.option("--at", "on", metavar="DATE", help=_("Default: today."))
@pass_session
def pulse(
    session: Session,
    account: str,
    score: str,
    function: str | None,
    reason: str | None,
    on: str | None,
) -> None:
    """Give your function's view of an account, from 1 to 5."""
    from planner.use_cases.pulses import give_pulse

    if not (score.isascii() and score.isdigit() and len(score) < 4):
        raise click.UsageError(_("The pulse is a number from 1 to 5."))
    with session.writing() as book:
        account_id = book.queries().names.account(account)
        done = book.run(
            give_pulse,
            account_id,
            int(score),
            function=naming.choice(function),
            reason=reason,
            on=naming.past_day(book, on) or None,
        )
        session.show_record(book, done.result, done, account=naming.account_name(book, account_id))
