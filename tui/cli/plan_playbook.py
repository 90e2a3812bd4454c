"""``plan playbook``, and what ``plan new`` does with a template."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from tui.cli import naming
from tui.cli.context import Session, command, pass_session

if TYPE_CHECKING:
    from planner.plan_templates import PlanTemplate
    from planner.ports import Done
    from planner.use_cases.playbooks import StartedPlaybook
    from tui.composition import Book


@command("playbook")
@click.argument("account")
@click.argument("name")
@click.option("--from", "start", metavar="DATE", help=_("What its tasks count from; today."))
@click.option(
    "--owner", metavar="NAME", help=_("Who owns what the team has nobody for; not known is added.")
)
@pass_session
def playbook(
    session: Session, account: str, name: str, start: str | None, owner: str | None
) -> None:
    """Add the dated tasks of the playbook NAME as actions; one undo takes all of them back.

    Each goes to who of the account's team serves in its function, else to --owner, else to the
    account's owner. `trustplan playbooks` lists the playbooks.
    """
    from planner.use_cases.playbooks import start_playbook
    from tui.plan_files import playbook_named

    chosen = playbook_named(name)
    with session.writing() as book:
        done = naming.run_by_name(
            session,
            book,
            start_playbook,
            book.queries().names.account(account),
            chosen,
            naming.coming_day(book, start) or None,
            colleagues={} if owner is None else {"owner_id": owner},
        )
        _show(session, book, done)


def start_from(session: Session, book: Book, account_id: int, template: str, **fields: Any) -> Done:
    """Start a plan from the template of this name, ``auto`` for that of the tier and stage."""
    from planner.use_cases.playbooks import start_from_template

    added: list[str] = []
    chosen = _template(book, account_id, template)
    done = book.run(start_from_template, account_id, chosen, added, **fields)
    naming.say_added(session, added)
    missing = [role for role in chosen.needed_roles if role not in _roles(book, account_id)]
    if missing:
        session.note(
            _("Nobody is known yet as {roles}.").format(
                roles=", ".join(role.replace("_", " ") for role in missing)
            )
        )
    return done


def _template(book: Book, account_id: int, name: str) -> PlanTemplate:
    from planner.errors import NotFound
    from planner.plan_templates import AUTO, template_for
    from tui.plan_files import template_named, templates, usable

    if naming.choice(name) != AUTO:
        return template_named(name)
    head = book.queries().account.head(account_id)
    found = template_for(usable(templates()), head.tier, head.stage)
    if found is None:
        raise NotFound(
            _("No plan template is for the tier and stage of {account}; name one.").format(
                account=head.name
            )
        )
    return found


def _roles(book: Book, account_id: int) -> set[str]:
    people = book.queries().account.page(account_id).people
    return {role for person in people for role in person.roles}


def _show(session: Session, book: Book, done: Done) -> None:
    started: StartedPlaybook = done.result
    from tui.cli.output import identity

    actions = naming.owned_documents(book, started.actions)
    document = {
        "account_id": identity(started.account_id),
        "account": naming.account_name(book, started.account_id),
        "playbook": started.playbook,
        "actions": actions,
        "passed": [identity(one.id) for one in started.passed],
    }
    session.show(document, lambda: _lines(started, actions, document["account"]))
    if started.passed:
        session.note(
            _("Due before today: {actions}. Do them now, move them or drop them.").format(
                actions="; ".join(one.action for one in started.passed)
            )
        )


def _lines(started: StartedPlaybook, actions: list[dict[str, Any]], account: Any) -> list[str]:
    from planner.text import visible
    from tui.cli.output import Column, screen_width, table

    rows = [(one["due_on"], one["owner"] or None, one["action"]) for one in actions]
    columns = [Column(_("Due")), Column(_("Owner")), Column(_("Action"), cut=True)]
    said = _("started {playbook} at {account}: {count} actions").format(
        playbook=started.playbook, account=account, count=len(started.actions)
    )
    return [visible(said), *table(columns, rows, empty="", width=screen_width())]
