"""Where things lie on this machine: data, config and state, by the XDG variables."""

from __future__ import annotations

import os
import sys
from pathlib import Path

APP = "trustplan"
BOOK_FILE = "book.db"
SAMPLE_FILE = "sample.db"
CONFIG_FILE = "config.toml"
BOOK_VARIABLE = "TRUSTPLAN_BOOK"


def data_folder() -> Path:
    """Where the default book and the sample book lie."""
    return _folder("XDG_DATA_HOME", ".local/share", "user_data_path")


def config_folder() -> Path:
    """Where config.toml lies."""
    return _folder("XDG_CONFIG_HOME", ".config", "user_config_path")


def state_folder() -> Path:
    """Where drafts and the error log lie."""
    return _folder("XDG_STATE_HOME", ".local/state", "user_state_path")


def default_book() -> Path:
    """The book that opens when none is named."""
    return data_folder() / BOOK_FILE


def sample_book() -> Path:
    """The sample book, kept apart from yours."""
    return data_folder() / SAMPLE_FILE


def config_file() -> Path:
    """This person's settings."""
    return config_folder() / CONFIG_FILE


def _folder(variable: str, below_home: str, fallback: str) -> Path:
    if sys.platform in ("darwin", "win32"):
        import platformdirs

        path: Path = getattr(platformdirs, fallback)(APP)
        return path
    root = os.environ.get(variable, "")
    base = Path(root) if Path(root).is_absolute() else Path.home() / below_home
    return base / APP
