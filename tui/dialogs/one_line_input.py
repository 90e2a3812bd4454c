"""A plain field of one line outside forms: lines that are pasted into it become one."""

from __future__ import annotations

from textual import events
from textual.widgets import Input


class OneLineInput(Input):
    """Textual's field keeps only the first of several pasted lines; this one loses none."""

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        start, end = sorted(self.selection)
        self.replace(" ".join(event.text.split()), start, end)
