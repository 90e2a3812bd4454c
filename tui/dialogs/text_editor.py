"""A long text in the person's own editor."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from planner.errors import Refused
from planner.language import gettext as _

FALLBACKS = ("nano", "vi")


def editor_command(environ: Mapping[str, str]) -> list[str]:
    """The command of $VISUAL or $EDITOR, else the first of nano and vi. Raises ``Refused``."""
    for name in ("VISUAL", "EDITOR"):
        if environ.get(name, "").strip():
            try:
                return shlex.split(environ[name])
            except ValueError:
                raise Refused(
                    _("{name} is no command: {text}").format(name=name, text=environ[name])
                ) from None
    found = next((path for name in FALLBACKS if (path := shutil.which(name))), None)
    if found is None:
        raise Refused(_("No editor is named: set EDITOR."))
    return [found]


def edit_text(text: str, command: list[str]) -> str:
    """The text as it is after the editor ended; the file between them is the owner's alone.

    Raises ``Refused`` when the editor could not be run, or ended with an error.
    """
    with tempfile.TemporaryDirectory(prefix="trustplan-") as folder:
        file = Path(folder) / "note.md"
        file.touch(mode=0o600)
        file.write_text(text, encoding="utf-8", errors="surrogatepass")
        try:
            code = subprocess.run([*command, str(file)], check=False).returncode
        except OSError as error:
            raise Refused(_("The editor could not be started: {why}.").format(why=error)) from error
        if code:
            raise Refused(
                _("The editor ended with an error ({code}); the text is as it was.").format(
                    code=code
                )
            )
        after = file.read_bytes().decode("utf-8", "replace")
    return after if text.endswith("\n") else after.removesuffix("\n")


def real_environment() -> Mapping[str, str]:
    """The variables of this process."""
    return os.environ
