"""What a form does about a save that somebody was faster with: ask field by field, then save."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from planner.errors import Conflict, FieldProblem, TrustplanError
from planner.language import gettext as _
from tui.dialogs.conflict import (
    Decided,
    clashes_of,
    conflict_words,
    field_words,
    local_words,
    with_records,
)
from tui.dialogs.form_draft import changed
from tui.dialogs.spec import Loaded

if TYPE_CHECKING:
    from tui.composition import BookQueries
    from tui.dialogs.form import FormScreen


async def settle(form: FormScreen, error: Conflict, before: Loaded, *, again: bool) -> None:
    """Say in the form what happened, then open the dialog over it, with what is stored now."""
    show_in_form(form, error, before)
    if not error.fields:
        return
    try:
        after = await _newest(form, before, archived=error.archived)
    except TrustplanError as problem:
        form.say_here(f"{form.message} {problem}", bad=True)
        return
    clashes = clashes_of(error, form.spec, before, after, form.texts)
    if not clashes and not error.archived:
        await _take(form, before, after, Decided({}))
        form.say_here(_("Somebody else saved meanwhile; theirs is taken in. Save again."))
        return
    from tui.dialogs.conflict_dialog import ConflictDialog

    when = local_words(error.when, before.context)
    said = [_("Somebody saved again while you decided.")] if again else []
    if not error.archived:
        labels = ", ".join(dict.fromkeys(one.label for one in clashes))
        said.append(
            _("{who} changed {fields} first, {when}.").format(
                who=error.who, fields=labels, when=when
            )
        )
    else:
        said.append(_("{who} archived this first, {when}.").format(who=error.who, when=when))
    said.append(_("Nothing is saved yet."))
    dialog = ConflictDialog(
        clashes,
        " ".join(said),
        before.context,
        archived=(error.who, error.when) if error.archived else None,
        changes=_my_changes(form, before),
    )
    form.app.push_screen(dialog, partial(_answered, form, before, after, error.archived))


def settle_draft(form: FormScreen, loaded: Loaded) -> bool:
    """Ask about what others changed since the draft that came back was kept; False when there is
    nothing to ask."""
    draft = form.restored
    if draft is None:
        return False
    kept = replace(loaded, texts={**loaded.texts, **draft.before})
    clashes = clashes_of(Conflict(""), form.spec, kept, loaded, form.texts)
    if not clashes:
        return False
    from tui.dialogs.conflict_dialog import ConflictDialog

    said = _("Somebody changed {fields} since you wrote your draft. Nothing is saved yet.").format(
        fields=", ".join(one.label for one in clashes)
    )
    dialog = ConflictDialog(clashes, said, loaded.context)
    form.app.push_screen(dialog, partial(_answered, form, loaded, loaded, False))
    return True


def show_in_form(form: FormScreen, error: Conflict, loaded: Loaded) -> None:
    """Say under the fields and above the keys what clashed."""
    spec, context = form.spec, loaded.context
    form.fields.show_problems(
        [
            FieldProblem(one.field, field_words(one, error.who, spec, context))
            for one in error.fields
        ]
    )
    form.say_here(conflict_words(error, spec, context), bad=True)


async def _newest(form: FormScreen, before: Loaded, *, archived: bool) -> Loaded:
    if not archived:
        return await form.load_newest()

    def ask(q: BookQueries) -> tuple[Any, ...]:
        return tuple(q.record(type(one).__name__.lower(), one.id) for one in before.records)

    return with_records(before, await form.store.read(ask), form.spec)


def _my_changes(form: FormScreen, before: Loaded) -> list[tuple[str, str]]:
    mine = changed(form.texts, before.texts)
    return [(row.field.label, mine[row.field.name]) for row in form.rows if row.field.name in mine]


async def _answered(
    form: FormScreen, before: Loaded, after: Loaded, archived: bool, decided: Decided | None
) -> None:
    if decided is None:
        return  # the form says already what happened
    if decided.discard:
        form.discard_now(_("Your change was thrown away; the record stays archived."))
    elif archived:
        for name, text in decided.texts.items():
            theirs = name in decided.theirs
            form.row(name).text = before.texts.get(name, "") if theirs else text
        form.save_decided(replace(after, texts=before.texts))
    elif await _take(form, before, after, decided):
        form.save_decided(after)


async def _take(form: FormScreen, before: Loaded, after: Loaded, decided: Decided) -> bool:
    """Show what is stored now with what was decided; False where a choice fell away by it."""
    form.fields.take_in(before.texts, after.texts)
    for name, text in decided.texts.items():
        field = form.row(name).field
        if name in decided.theirs:
            stored = after.texts.get(name, "")
            text = stored if stored or not field.required else text
        form.row(name).text = text
    lost = await form.show_newest(after)
    if lost:
        form.say_here(
            _("What can follow is different now: look at {fields}, then save again.").format(
                fields=", ".join(lost)
            ),
            bad=True,
        )
    return not lost
