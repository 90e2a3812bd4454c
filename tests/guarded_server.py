"""A server that asks for passwords and, where it can, encrypts; its log holds every statement.

The database ``tlsbook`` is reached over TLS only, all others with a password from the loopback;
the superuser is trusted.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest

from db.address import Address
from tests import pg_server

HOST = "book.example"
OWNER = "bookowner"
SECRETS = {
    OWNER: "Ow:ner\\s Geheimnis 7",
    "ann": "Anns Geheimnis: ä\\9",
    "bob": "bobs-geheimnis-3",
    "rosa": "rosas-geheimnis-4",
    "ada": "adas-geheimnis-5",
}
"""The passwords of everybody in these tests."""
TEXTS_OF_SECRETS = tuple(
    text
    for secret in SECRETS.values()
    for text in {secret, quote(secret), secret.replace("\\", "\\\\").replace(":", "\\:")}
)
"""How a password would look where it leaked: as it is, in an address, in a passfile."""
ACCESS = """local all all trust
host all postgres 127.0.0.1/32 trust
"""
TLS_ACCESS = """hostssl tlsbook all 127.0.0.1/32 scram-sha-256
hostnossl tlsbook all 127.0.0.1/32 reject
"""
PASSWORD_ACCESS = """host all all 127.0.0.1/32 scram-sha-256
"""
SETTINGS = {
    "log_statement": "all",
    "log_min_messages": "info",
    "log_min_error_statement": "error",
    "log_connections": "on",
}


@dataclass(frozen=True, slots=True)
class Guarded:
    """The server, and the folder with the certificates of its authority and of another one."""

    server: pg_server.Server
    certificates: Path

    def address(self, database: str, login: str = OWNER) -> Address:
        """The address of a database on the loopback."""
        return Address("postgres", self.server.url(database, login))

    def elsewhere(self, database: str, login: str = OWNER, host: str = HOST, more: str = "") -> str:
        """An address that names another machine, though the line ends here."""
        port = self.server.port
        return f"postgresql://{login}@{host}:{port}/{database}?hostaddr=127.0.0.1{more}"

    @property
    def authority(self) -> Path:
        """The certificate of the authority that made the server's."""
        return self.certificates / "authority.crt"

    @property
    def other_authority(self) -> Path:
        """The certificate of an authority that has nothing to do with it."""
        return self.certificates / "other.crt"

    @property
    def log(self) -> str:
        """What the server wrote into its log."""
        return (self.server.folder / "log").read_text(encoding="utf-8", errors="replace")


def answer(address: str, _wrong: bool) -> str | None:
    """The password of an address, as a person would type it."""
    return SECRETS.get(address.partition("://")[2].partition("@")[0])


def start(folder: Path) -> Guarded:
    """Make and start it in a folder, with the owner's role."""
    certificates = folder / "certificates"
    settings = dict(SETTINGS)
    access = ACCESS
    if pg_server.has_tls():
        access += TLS_ACCESS
        make_certificates(certificates)
        settings |= {
            "ssl": "on",
            "ssl_cert_file": str(certificates / "server.crt"),
            "ssl_key_file": str(certificates / "server.key"),
        }
    server = pg_server.start(folder / "pg", settings, access=access + PASSWORD_ACCESS)
    return Guarded(server, certificates)


def need_tls() -> None:
    """Fail under CI, skip elsewhere, where the server cannot encrypt."""
    if pg_server.has_tls():
        return
    sentence = "this server cannot encrypt; on Debian: apt install postgresql"
    if os.environ.get("CI", "").lower() in ("1", "true"):
        pytest.fail(sentence)
    pytest.skip(sentence)


def make_certificates(folder: Path) -> None:
    """Make a server's certificate for ``HOST``, the authority that signs it, and another one."""
    folder.mkdir(parents=True)
    for name in ("authority", "other"):
        _openssl(
            folder, "req", "-x509", *_KEY, "-keyout", f"{name}.key", "-out", f"{name}.crt",
            "-days", "3", "-subj", f"/CN=The {name} of the tests",
        )  # fmt: skip
    _openssl(folder, "req", *_KEY, "-keyout", "server.key", "-out", "server.csr",
             "-subj", f"/CN={HOST}")  # fmt: skip
    (folder / "names").write_text(f"subjectAltName=DNS:{HOST}\n", encoding="utf-8")
    _openssl(
        folder, "x509", "-req", "-in", "server.csr", "-CA", "authority.crt", "-CAkey",
        "authority.key", "-CAcreateserial", "-out", "server.crt", "-days", "3", "-extfile", "names",
    )  # fmt: skip
    (folder / "server.key").chmod(0o600)
    if os.geteuid() == 0:
        for one in (folder, *folder.iterdir()):
            shutil.chown(one, "postgres")


_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")


def _openssl(folder: Path, *words: str) -> None:
    subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)
