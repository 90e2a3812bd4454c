"""``templates``, ``playbooks``: what there is, where each comes from, what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from tui.cli.context import Session, pass_session, words
from tui.cli.output import Column, screen_width, table

if TYPE_CHECKING:
    from planner.plan_templates import PlanTemplate
    from planner.playbooks import Playbook
    from tui.plan_files import Kind, PlanFile

SOME_BROKEN = 1


@words(invoke_without_command=True)
@click.pass_context
@pass_session
def templates(session: Session, context: click.Context) -> int:
    """List the plan templates: the shipped ones and those in templates/ of the config folder.

    A file of yours takes the place of the shipped one of its name. The exit code is 1 where a file
    is wrong; the others can be used all the same. `trustplan paths` says where the folder is.
    """
    if context.invoked_subcommand is not None:
        return 0
    from tui.plan_files import templates as all_templates

    found = all_templates()
    session.show([_template_document(one) for one in found], lambda: _template_lines(found))
    return _code(found)


@templates.command("copy")
@click.argument("name")
@pass_session
def copy_template(session: Session, name: str) -> None:
    """Write the shipped template NAME into templates/ of the config folder, to be edited."""
    _copy(session, "templates", name)


@words(invoke_without_command=True)
@click.pass_context
@pass_session
def playbooks(session: Session, context: click.Context) -> int:
    """List the playbooks: the shipped ones and those in playbooks/ of the config folder.

    A file of yours takes the place of the shipped one of its name. The exit code is 1 where a file
    is wrong; the others can be used all the same. `trustplan paths` says where the folder is.
    """
    if context.invoked_subcommand is not None:
        return 0
    from tui.plan_files import playbooks as all_playbooks

    found = all_playbooks()
    session.show([_playbook_document(one) for one in found], lambda: _playbook_lines(found))
    return _code(found)


@playbooks.command("copy")
@click.argument("name")
@pass_session
def copy_playbook(session: Session, name: str) -> None:
    """Write the shipped playbook NAME into playbooks/ of the config folder, to be edited."""
    _copy(session, "playbooks", name)


def _copy(session: Session, kind: Kind, name: str) -> None:
    from tui.plan_files import copy_starter

    path = copy_starter(kind, name)
    session.show(
        {"name": path.stem, "file": str(path)},
        lambda: [_("Written to {path}. Edit it there; it is yours now.").format(path=path)],
    )


def _code(found: list[PlanFile[Any]]) -> int:
    return SOME_BROKEN if any(one.problems for one in found) else 0


def _template_document(one: PlanFile[PlanTemplate]) -> dict[str, Any]:
    got = one.found
    return {
        **file_document(one),
        "tiers": list(got.tiers) if got else [],
        "stages": list(got.stages) if got else [],
        "size": got.size if got else None,
        "sections": list(got.sections) if got else [],
        "needed_roles": list(got.needed_roles) if got else [],
        "objectives": [goal.objective for goal in got.objectives] if got else [],
        "actions": [action.action for action in got.actions] if got else [],
        "risks": list(got.risks) if got else [],
    }


def _playbook_document(one: PlanFile[Playbook]) -> dict[str, Any]:
    got = one.found
    return {
        **file_document(one),
        "trigger": str(got.trigger) if got else None,
        "tasks": [
            {
                "key": task.key,
                "task": task.task,
                "at": str(task.at),
                "side": task.side,
                "owner": task.owner,
                "done_means": task.done_means,
                "depends_on": list(task.depends_on),
            }
            for task in (got.tasks if got else ())
        ],
    }


def file_document(one: PlanFile[Any]) -> dict[str, Any]:
    """What every kind of file says of itself as JSON."""
    return {
        "name": one.name,
        "about": one.found.about if one.found else None,
        "source": "own" if one.path else "shipped",
        "file": str(one.path) if one.path else None,
        "replaces_shipped": one.replaces,
        "problems": [
            {"file": p.file, "table": p.table, "key": p.key, "problem": p.problem}
            for p in one.problems
        ],
    }


def _template_lines(found: list[PlanFile[PlanTemplate]]) -> list[str]:
    rows = [
        (
            one.name,
            _joined(str(tier) for tier in one.found.tiers) if one.found else None,
            _joined(one.found.stages) if one.found else None,
            one.found.size or _("by tier") if one.found else None,
            _source(one),
            one.found.about if one.found else _("broken, see below"),
        )
        for one in found
    ]
    columns = [
        Column(_("Template")), Column(_("Tier")), Column(_("Stage")), Column(_("Size")),
        Column(_("From")), Column(_("About"), cut=True),
    ]  # fmt: skip
    return [*table(columns, rows, empty="", width=screen_width()), *problem_lines(found)]


def _playbook_lines(found: list[PlanFile[Playbook]]) -> list[str]:
    rows = [
        (
            one.name,
            str(one.found.trigger) if one.found else None,
            len(one.found.tasks) if one.found else None,
            _source(one),
            one.found.about if one.found else _("broken, see below"),
        )
        for one in found
    ]
    columns = [
        Column(_("Playbook")), Column(_("Trigger")), Column(_("Tasks"), right=True),
        Column(_("From")), Column(_("About"), cut=True),
    ]  # fmt: skip
    return [*table(columns, rows, empty="", width=screen_width()), *problem_lines(found)]


def _joined(words_: Any) -> str:
    return ", ".join(words_) or _("all")


def _source(one: PlanFile[Any]) -> str:
    if one.path is None:
        return _("shipped")
    return _("yours, for the shipped one") if one.replaces else _("yours")


def problem_lines(found: list[PlanFile[Any]]) -> list[str]:
    """What is wrong in which file, below the table of them."""
    from planner.text import visible

    said = [visible(problem.sentence) for one in found for problem in one.problems]
    return ["", *said] if said else []
