"""A PostgreSQL server of the tests' own: Debian's where it is installed, else the one from pip.

``python -m tests.pg_server DIRECTORY`` starts one and prints its address; ``running`` gives the one
of this test run, started once for all workers and stopped when its starter ends.
"""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

ADDRESS_VARIABLE = "TRUSTPLAN_TEST_SERVER"
"""Where the runner of the rings says which server runs: its port and folder."""
OLDEST = 15
START_SECONDS = 60
SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "autovacuum": "off",
    "listen_addresses": "127.0.0.1",
    "log_min_messages": "error",
    "log_min_error_statement": "panic",
}


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its port on the loopback and the folder it lives in."""

    port: int
    folder: Path

    def url(self, database: str, login: str = "postgres") -> str:
        """The address of a database, for a login."""
        return f"postgresql://{login}@127.0.0.1:{self.port}/{database}"


def debian_binaries() -> Path | None:
    """The folder of Debian's newest server that is new enough, or None."""
    found = [
        (int(folder.parent.name), folder)
        for folder in Path("/usr/lib/postgresql").glob("*/bin")
        if folder.parent.name.isdigit() and (folder / "initdb").exists()
    ]
    return max((one for one in found if one[0] >= OLDEST), default=(0, None))[1]


def binaries() -> Path:
    """Where initdb and postgres are. Raises ``RuntimeError`` where there are none."""
    debian = debian_binaries()
    if debian is not None:
        return debian
    try:
        import pgserver  # type: ignore[import-not-found,unused-ignore]  # only where Debian has none
    except ImportError:
        raise RuntimeError(
            "No PostgreSQL 15 or newer was found. On Debian: apt install postgresql; "
            "elsewhere: pip install pgserver."
        ) from None
    return Path(pgserver.__file__).parent / "pginstall" / "bin"


def has_tls() -> bool:
    """Whether the server can encrypt; the one from pip cannot."""
    return debian_binaries() is not None


def start(
    folder: Path,
    settings: dict[str, str] | None = None,
    port: int | None = None,
    access: str | None = None,
) -> Server:
    """Make a cluster in a new folder and start it; trusts everybody on the loopback.

    ``access``: another pg_hba.conf.
    """
    data = folder / "data"
    folder.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        shutil.chown(folder, _account())
        for parent in folder.parents:
            if parent.stat().st_mode & 0o001 == 0 and os.access(parent, os.W_OK):
                parent.chmod(parent.stat().st_mode | 0o011)
    _as_postgres(
        "initdb", "--pgdata", str(data), "--username=postgres", "--auth=trust",
        "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions",
    )  # fmt: skip
    lines = {**SETTINGS, **(settings or {}), "unix_socket_directories": str(folder)}
    with (data / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.writelines(f"{name} = '{value}'\n" for name, value in lines.items())
    if access is not None:
        (data / "pg_hba.conf").write_text(access, encoding="utf-8")
    server = Server(port or free_port(), folder)
    begin(server)
    return server


def begin(server: Server) -> None:
    """Start the cluster of a server and wait until it answers."""
    _as_postgres(
        "pg_ctl", "--pgdata", str(server.folder / "data"), "--wait", f"--timeout={START_SECONDS}",
        "--log", str(server.folder / "log"), "--options", f"-p {server.port}", "start",
    )  # fmt: skip


def stop(server: Server, mode: str = "immediate") -> None:
    """Stop it; ``immediate`` is a crash to the server itself."""
    _as_postgres("pg_ctl", "--pgdata", str(server.folder / "data"), "--mode", mode, "stop")


def kill(server: Server) -> None:
    """Kill the server with all its processes as a power switch would (SIGKILL)."""
    import signal

    head = int((server.folder / "data" / "postmaster.pid").read_text().split()[0])
    children = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(head)], capture_output=True, text=True, check=False
    ).stdout.split()
    killed = (head, *map(int, children))
    for pid in killed:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    deadline = time.monotonic() + START_SECONDS
    while any(map(_alive, killed)) and time.monotonic() < deadline:
        time.sleep(0.02)
    # Where nobody collects dead processes the number still seems to be in use.
    for lock in ("data/postmaster.pid", f".s.PGSQL.{server.port}.lock"):
        (server.folder / lock).unlink(missing_ok=True)


def running() -> Server | None:
    """The server that this test run's starter has started, or None."""
    told = os.environ.get(ADDRESS_VARIABLE)
    if not told:
        return None
    port, _space, folder = told.partition(" ")
    return Server(int(port), Path(folder))


def announce(server: Server) -> None:
    """Tell this process and those it starts which server runs."""
    os.environ[ADDRESS_VARIABLE] = f"{server.port} {server.folder}"


def free_port() -> int:
    """A port of the loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not (status.exists() and " Z " in status.read_text())


def _account() -> str:
    """Who runs the server: PostgreSQL refuses to be run by root."""
    return "postgres" if os.geteuid() == 0 else getpass.getuser()


def _as_postgres(program: str, *args: str) -> None:
    command = [str(binaries() / program), *args]
    if os.geteuid() == 0:
        command = ["runuser", "-u", _account(), "--", *command]
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
        stdin=subprocess.DEVNULL, cwd="/",
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{program} failed: {done.stdout.strip()[-800:]}")
