"""The draft of one form: kept while somebody types, brought back, dropped when saved."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from planner.language import gettext as _
from tui.dialogs.reading import moment_in_full
from tui.dialogs.spec import Context, FormSpec, Subject, Texts
from tui.store_worker import DraftWorker

if TYPE_CHECKING:
    from tui.composition import Draft


class FormDraft:
    """Keeps the fields that differ from what was loaded. Every method may raise
    ``BookUnavailable`` when the file of drafts cannot be used."""

    def __init__(self, drafts: DraftWorker, form: str, subject: Subject) -> None:
        self._drafts = drafts
        self._form = form
        self._subject = subject.key
        self._kept: dict[str, str] | None = None

    async def load(self) -> Draft | None:
        """The draft, or None; an empty one counts as none."""
        found = await self._drafts.get(self._form, self._subject)
        if found is None or not found.values:
            return None
        self._kept = dict(found.values)
        return found

    async def keep(self, texts: Texts, base: Texts, at: datetime) -> bool:
        """Keep what differs from ``base``; returns whether there is anything to keep."""
        values = changed(texts, base)
        if values == (self._kept or {}):
            return bool(values)
        self._kept = dict(values)
        if not values:
            await self._drafts.drop(self._form, self._subject)
            return False
        before = {name: base.get(name, "") for name in values}
        stamp = at.astimezone(UTC).isoformat(timespec="seconds")
        await self._drafts.keep(self._form, self._subject, stamp, values, before)
        return True

    async def drop(self) -> None:
        """Forget it."""
        self._kept = {}
        await self._drafts.drop(self._form, self._subject)


def changed(texts: Texts, base: Texts) -> dict[str, str]:
    """The texts that differ from those loaded."""
    return {name: text for name, text in texts.items() if text != base.get(name, "")}


def restored_words(draft: Draft, spec: FormSpec, base: Texts, context: Context) -> str:
    """From when the draft is, and which of its fields somebody else changed since."""
    since = moment_in_full(datetime.fromisoformat(draft.saved_at).astimezone(context.zone))
    words = _("Your draft of {moment} is back. Ctrl+G discards it.").format(moment=since)
    moved = [
        field.label
        for field in spec.fields
        if field.name in draft.values
        and draft.before.get(field.name, "") != base.get(field.name, "")
    ]
    if moved:
        words += " " + _("Somebody changed these meanwhile: {fields}.").format(
            fields=", ".join(moved)
        )
    return words
