"""Every command, by name: where it lives, in which group the help lists it, what it does.

Naming a command loads nothing; its module loads when it is called. The groups stand in the help in
the order in which they first occur here.
"""

from __future__ import annotations

from planner.language import gettext as _


def commands() -> dict[str, tuple[str, str, str]]:
    """Name to (``module:function``, group of the help, one line of help)."""
    house = _("The house")
    return {
        "paths": ("tui.cli.house:paths", house, _("Where the book and the settings lie.")),
    }
