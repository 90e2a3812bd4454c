"""What an open form says when somebody else changed the record that it is about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from planner.language import gettext as _

if TYPE_CHECKING:
    from planner.views.live import ChangeNote
    from tui.dialogs.form import FormScreen


def tell_form(form: FormScreen, notes: Sequence[ChangeNote], zone: ZoneInfo) -> None:
    """Say the newest of these changes that wrote a record of the form, under what it says
    already, in place of what was told before. What is typed stays as it is."""
    if form.loaded is None:
        return
    ids = {record.id for record in form.loaded.records}
    note = next((note for note in reversed(notes) if ids & note.row_ids), None)
    if note is None:
        return
    moment = datetime.fromisoformat(note.at).astimezone(zone)
    words = _("{who} changed this at {time}; Ctrl+R takes it in.").format(
        who=note.actor, time=f"{moment:%H:%M}"
    )
    before = form.message.removesuffix(form.told).rstrip("\n")
    form.told = words
    form.say_here(
        f"{before}\n{words}".lstrip("\n"), bad=form.query_one("#message").has_class("-bad")
    )
