"""This person's own settings: who I am, theme, keys, language. They live in config.toml."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planner.errors import BookUnavailable
from planner.language import gettext as _
from tui import paths

FILE_MODE = 0o600


@dataclass(frozen=True, slots=True)
class Me:
    """Who acts here: the name that the audit keeps, and the function I work in."""

    name: str
    function: str | None = None


def load_config(path: Path | None = None) -> dict[str, Any]:
    """Everything in config.toml; empty when there is none.

    Raises ``BookUnavailable`` naming the file and line when it cannot be read.
    """
    file = path or paths.config_file()
    if not file.exists():
        return {}
    import tomllib

    try:
        with file.open("rb") as stream:
            return tomllib.load(stream)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BookUnavailable(
            _("{path} cannot be read: {why}. Mend or remove it.").format(path=file, why=error)
        ) from error


def load_me(user: str) -> Me:
    """Who acts, from config.toml, else the machine's name for the person."""
    section = load_config().get("me", {})
    if not isinstance(section, dict):
        return Me(user)
    name, function = section.get("name"), section.get("function")
    return Me(
        name if isinstance(name, str) and name.strip() else user,
        function if isinstance(function, str) else None,
    )


def named_book(option: str | None) -> str | None:
    """The address that somebody named: by option, else by variable, else by ``share join``."""
    return option or os.environ.get(paths.BOOK_VARIABLE) or stored_book()


def stored_book() -> str | None:
    """The address that ``share join`` stored in ``[book]``; None when there is none."""
    section = load_config().get("book", {})
    address = section.get("address") if isinstance(section, dict) else None
    return address if isinstance(address, str) and address.strip() else None


def chosen_theme(config: dict[str, Any]) -> str | None:
    """The theme of ``[screen]``, else the one at the top of the file; None when there is none."""
    section = config.get("screen")
    own = section.get("theme") if isinstance(section, dict) else None
    theme = own if own is not None else config.get("theme")
    return theme if isinstance(theme, str) else None


def save_config(section: str, values: dict[str, str | None]) -> Path:
    """Set values of one section of config.toml, keeping comments and the rest; None removes."""
    import tomlkit

    file = paths.config_file()
    load_config(file)
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    document = tomlkit.parse(text)
    table = document.get(section)
    if table is None:
        table = tomlkit.table()
        document[section] = table
    for key, value in values.items():
        if value is None:
            table.pop(key, None)
        else:
            table[key] = value
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = file.with_suffix(".new")
    descriptor = os.open(temporary, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, FILE_MODE)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(tomlkit.dumps(document))
    temporary.replace(file)
    return file
