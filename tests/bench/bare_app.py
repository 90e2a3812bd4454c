"""The floor of the screens: a bare Textual app with Header, Footer and a DataTable of 30 rows."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import DataTable, Footer, Header

NAMES = ("Account", "T", "Health", "28d", "ARR", "Renews", "Next")
MARKER = b"Account 5"


class Bare(App[None]):
    """Seven columns, thirty rows."""

    def compose(self) -> ComposeResult:
        yield Header()
        yield DataTable(cursor_type="row")
        yield Footer()

    def on_mount(self) -> None:
        """Fill the table."""
        table = self.query_one(DataTable)
        table.add_columns(*NAMES)
        for i in range(30):
            table.add_row(f"Account {i}", "2", "R 49", "-14", f"{i} k", "98d", "call Jonas")


if __name__ == "__main__":
    Bare().run()
