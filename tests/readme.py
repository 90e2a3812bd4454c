"""The tables of the README that follow from the code: commands and keys.

``python -m tests.readme`` writes them between their marks; a test holds the README against them.
"""

from __future__ import annotations

from pathlib import Path

from tui.actions import all_actions, key_text
from tui.cli.commands import commands

README = Path(__file__).resolve().parents[1] / "README.md"


def command_table() -> str:
    """Every command with its line of help."""
    rows = [f"| `{name}` | {words} |" for name, (_target, _group, words) in commands().items()]
    return "\n".join(["| Command | Does |", "|---|---|", *rows])


def key_table() -> str:
    """Every action that has a key, by group."""
    rows = [
        f"| {action.group} | {' '.join(f'`{key_text(key)}`' for key in action.keys)} |"
        f" {action.words} | `{action.id}` |"
        for action in all_actions()
        if action.keys
    ]
    return "\n".join(["| Where | Keys | Does | Id |", "|---|---|---|---|", *rows])


def tables() -> dict[str, str]:
    """The tables by the name of their marks."""
    return {"commands": command_table(), "keys": key_table()}


def with_tables(text: str) -> str:
    """The README's text with its tables made anew. Raises ``ValueError`` for a missing mark."""
    for name, table in tables().items():
        start, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
        before, found, rest = text.partition(start)
        _old, closed, after = rest.partition(end)
        if not (found and closed):
            raise ValueError(f"the README has no marks for {name}")
        text = f"{before}{start}{table}\n{end}{after}"
    return text


if __name__ == "__main__":
    README.write_text(with_tables(README.read_text(encoding="utf-8")), encoding="utf-8")
