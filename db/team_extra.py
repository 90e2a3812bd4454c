"""The one place that asks whether the driver for a server is installed."""

from __future__ import annotations

from planner.errors import BookUnavailable
from planner.language import gettext as _

OURS = frozenset({"db", "planner"})


def need_driver() -> None:
    """Load the driver; called before ``db.server`` or ``db.postgres`` is imported.

    Raises ``BookUnavailable`` where the extra ``team`` is not installed, or not whole.
    """
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        if (error.name or "").partition(".")[0] in OURS:
            raise
        raise BookUnavailable(
            _("This needs the extra `team`. In the checkout: pipx install --force '.[team]'")
        ) from error
