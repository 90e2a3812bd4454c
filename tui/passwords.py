"""The password of a server: asked for, remembered while the program runs, kept where one says.

No password is ever part of an address, an argument, a log or a text of ours.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from planner.errors import Refused
from planner.language import gettext as _

SERVICE = "trustplan"
"""The name under which the system's keyring keeps our passwords."""
PASSFILE_MODE = 0o600
_IN_ADDRESS = re.compile(r"(?i)(postgres(?:ql)?://[^\s:/@]*):[^\s'\"]*@")
_AS_OPTION = re.compile(r"(?i)\b(\w*password)(\s*[=:]\s*)('[^']*'|\"[^\"]*\"|[^\s,;&'\")]+)")
_VERIFIER = re.compile(r"SCRAM-SHA-256\$\S+")


class Passwords:
    """Gives a server's password: remembered, from the keyring, or asked for at a terminal."""

    __slots__ = ("_given", "_known", "_quiet")

    def __init__(self) -> None:
        self._known: dict[str, str] = {}
        self._given: str | None = None
        self._quiet = False

    def ask(self, address: str, wrong: bool) -> str | None:
        """The password of an address; ``wrong``: the last one was. None where nobody can say it."""
        before = None if wrong else self._known.get(address)
        found = before or self._offered()
        if found is None and address not in self._known:
            found = from_keyring(address)
        if found is None:
            found = self._prompt(address, wrong)
        if found is None:
            self._known.pop(address, None)
        else:
            self._known[address] = found
        return found

    def offer(self, password: str) -> None:
        """Take this one first, once: it was read from standard input."""
        self._given = password

    def known(self, address: str) -> str | None:
        """The password that the server took in this run, if it asked us for one."""
        return self._known.get(address)

    def be_quiet(self) -> None:
        """Prompt no more: from now on the screen belongs to the app."""
        self._quiet = True

    def _offered(self) -> str | None:
        offered, self._given = self._given, None
        return offered

    def _prompt(self, address: str, wrong: bool) -> str | None:
        if self._quiet or not at_terminal():
            return None
        import getpass

        from planner.text import visible

        words = (
            _("That was wrong. Password for {address}: ")
            if wrong
            else _("Password for {address}: ")
        )
        try:
            return getpass.getpass(words.format(address=visible(address))) or None
        except EOFError:
            return None


def at_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def new_password(login: str) -> str:
    """Ask twice for the password that a login shall have. Raises ``Refused``."""
    import getpass

    from planner.text import visible

    if not at_terminal():
        raise Refused(
            _("A password is asked for in a terminal. Without one give --password-stdin.")
        )
    first = getpass.getpass(_("New password for {login}: ").format(login=visible(login)))
    if getpass.getpass(_("The same again: ")) != first:
        raise Refused(_("The two passwords differ. Nothing was changed."))
    return first


def read_password() -> str:
    """The password in the first line of standard input. Raises ``Refused`` for an empty one."""
    line = sys.stdin.readline() if sys.stdin is not None else ""
    password = line.rstrip("\r\n")
    if not password:
        raise Refused(_("There is no password on standard input."))
    return password


def from_keyring(address: str) -> str | None:
    """What the system's keyring keeps for an address; None where there is none, or nothing."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None
    try:
        return keyring.get_password(SERVICE, address)
    except KeyringError:
        return None


def into_keyring(address: str, password: str) -> None:
    """Keep a password in the system's keyring. Raises ``Refused`` where there is no usable one."""
    nowhere = Refused(
        _("There is no usable keyring here. Use --keep passfile or --keep ask; nothing was stored.")
    )
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        raise nowhere from None
    try:
        keyring.set_password(SERVICE, address, password)
        kept = keyring.get_password(SERVICE, address)
    except KeyringError:
        raise nowhere from None
    if kept != password:
        raise nowhere


def passfile() -> Path:
    """The file in which the driver looks for passwords by itself."""
    return Path(os.environ.get("PGPASSFILE") or Path.home() / ".pgpass")


def into_passfile(place: tuple[str, str, str, str], password: str) -> Path:
    """Keep a password for (host, port, database, login), before all other lines; returns the file.

    Raises ``Refused`` where the file cannot hold it or cannot be written.
    """
    if "\n" in password or "\r" in password:
        raise Refused(_("A password with a line end in it cannot be kept in a passfile."))
    file = passfile()
    key = ":".join(_escaped(part) for part in place) + ":"
    try:
        old = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        lines = [key + _escaped(password), *(line for line in old if not line.startswith(key))]
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        temporary = file.with_name(file.name + ".new")
        temporary.unlink(missing_ok=True)
        descriptor = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PASSFILE_MODE)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write("\n".join(lines) + "\n")
        temporary.replace(file)
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(
            _("The passfile {path} cannot be written: {why}.").format(
                path=file, why=getattr(error, "strerror", None) or _("it is no text")
            )
        ) from error
    return file


def _escaped(part: str) -> str:
    return part.replace("\\", "\\\\").replace(":", "\\:")


def scrub(text: str) -> str:
    """The text without passwords: in addresses, as options, as what the server keeps of them."""
    text = _IN_ADDRESS.sub(r"\1:***@", text)
    text = _AS_OPTION.sub(r"\1\2***", text)
    text = _VERIFIER.sub("SCRAM-SHA-256$***", text)
    own = os.environ.get("PGPASSWORD", "")
    return text.replace(own, "***") if len(own) >= MIN_SCRUBBED else text


MIN_SCRUBBED = 4
"""A shorter password is not looked for: it would stand in half of all words."""
