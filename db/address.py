"""Which engine an address means, and where."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from planner.errors import BookUnavailable
from planner.language import gettext as _

POSTGRES_PREFIXES = ("postgresql://", "postgres://")


@dataclass(frozen=True, slots=True)
class Address:
    """A book's address: the engine and the file's path, or a server's URL without a password."""

    engine: Literal["sqlite", "postgres"]
    place: Path | str

    @property
    def on_server(self) -> bool:
        """Whether the book lies on a server."""
        return self.engine == "postgres"

    @property
    def path(self) -> Path:
        """The file of the book. Raises ``BookUnavailable`` for a book on a server."""
        if isinstance(self.place, str):
            raise BookUnavailable(
                _("This works on a book in a file only; {address} is on a server.").format(
                    address=self.place
                )
            )
        return self.place

    @property
    def url(self) -> str:
        """The server's URL; a programming error for a file."""
        assert isinstance(self.place, str)
        return self.place

    def __str__(self) -> str:
        return str(self.place)


def parse_address(text: str) -> Address:
    """The address in a text.

    Raises ``BookUnavailable`` for an empty one and for one with a password in it.
    """
    if text.startswith(POSTGRES_PREFIXES):
        return Address("postgres", _without_password(text))
    if not text.strip():
        raise BookUnavailable(_("The address of the book is empty. Give a path after --book."))
    return Address("sqlite", Path(text).expanduser())


def _without_password(url: str) -> str:
    from urllib.parse import parse_qsl, urlsplit

    try:
        parts = urlsplit(url)
        secret = parts.password is not None or any(
            name.lower() in ("password", "sslpassword") for name, _value in parse_qsl(parts.query)
        )
        named = bool(parts.path.strip("/"))
        torn = "@" in parts.path + parts.fragment or parts.port == 0
    except ValueError:
        torn = True
    if torn:
        # Said without the address: a password with a / or # in it tears it apart like this.
        raise BookUnavailable(
            _(
                "The address of the server cannot be read. Write "
                "postgresql://PERSON@HOST/DATABASE, without a password in it."
            )
        )
    if secret:
        raise BookUnavailable(
            _(
                "The address holds a password, which others on this machine could read. Leave it "
                "out: it is asked for, or taken from the passfile or the keyring."
            )
        )
    if not named:
        raise BookUnavailable(
            _("The address names no database. Write postgresql://PERSON@HOST/DATABASE.")
        )
    return url
