"""Which schema this version knows. Apart from the migrations, so that opening loads none."""

from __future__ import annotations

from planner.errors import BookUnavailable
from planner.language import gettext as _

HEAD = 10
"""How many migrations this version knows; a test compares it with the list."""


def check_version(number: int) -> None:
    """Refuse a book of a newer version or with a damaged number. Raises ``BookUnavailable``."""
    if number > HEAD:
        raise BookUnavailable(
            _(
                "This book was made by a newer version of trustplan (schema {theirs}, this program "
                "knows {ours}). It was not changed; install the newer version."
            ).format(theirs=number, ours=HEAD)
        )
    if number < 0:
        raise BookUnavailable(
            _("The book's header is damaged. It was not changed; restore a backup.")
        )
