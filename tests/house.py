"""The house rules as functions: each reads one file's text and returns what breaks the rule.

``tests/test_house.py`` runs them on the whole tree, and each on a text that must be refused.
A path is always relative to the repository, with forward slashes.
"""

from __future__ import annotations

import ast
import io
import os
import re
import tokenize
from collections.abc import Iterable, Iterator
from pathlib import Path
from string import Formatter

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("planner", "db", "tui")
MAX_LINES = 450
MAX_EXEMPTIONS = 20

CLOCK = "tui/clock.py"
BOUNDARIES = frozenset({"tui/__main__.py", "tui/store_worker.py"})
ENGINE_FILES = frozenset(
    f"db/{name}.py"
    for name in (
        "sqlite",
        "book_file",
        "postgres",
        "search",
        "migrations",
        "backup",
        "doctor",
        "drafts",
        "own_file",
        "line_check",
        "team_schema",
        "server",
        "server_words",
        "roles",
        "share",
    )
)
FORBIDDEN_NAMES = frozenset({"utils.py", "helpers.py", "common.py", "models.py", "manager.py"})
# Put together here so that this file does not name them.
REGISTRY_HOSTS = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("deb", "debian", "org"),
    )
)

_ENGINE_WORDS = re.compile(
    r"\b(?:PRAGMA|AUTOINCREMENT|VACUUM|GLOB|ILIKE|NOTIFY|LISTEN|BIGSERIAL|JSONB"
    r"|INSERT\s+OR|REPLACE\s+INTO|COLLATE\s+NOCASE|DISTINCT\s+ON)\b"
    r"|(?i:\b(?:rowid|last_insert_rowid|sqlite_master|sqlite_schema|pg_\w+)\b)"
    r"|(?i:\b(?:strftime|julianday|unixepoch|json_extract|json_each|ifnull|group_concat"
    r"|printf|to_char|jsonb_\w+)\s*\()"
    r"|(?i:\b(?:date|time|datetime)\s*\(\s*'now')"
    r"|(?i:\b(?:now|current_timestamp)\s*\(\s*\))"
    r"|(?i:::(?:text|integer|bigint|date|numeric|timestamp)\b)"
)
_EXEMPTION = re.compile(r"#\s*(?:type:\s*ignore(?:\[[^\]]*\])?|pragma:\s*no (?:cover|branch))(.*)")
_SKIPPED_FOLDERS = frozenset({"dist", "build", "htmlcov", "__pycache__"})
_WRITERS = frozenset({"insert", "insert_all", "create", "create_table"})
_REFUSED_CALLS = frozenset({"upsert", "upsert_all", "transform", "transform_sql"})


def files(*folders: str, suffix: str = "") -> Iterator[Path]:
    """Every file under the folders (all of the repository without names), in order of path.

    Hidden folders are left out, but ``.ci``; so are what builds and caches leave behind.
    """
    for start in folders or (".",):
        for where, below, names in os.walk(ROOT / start):
            below[:] = sorted(
                name
                for name in below
                if name == ".ci" or not (name.startswith(".") or name in _SKIPPED_FOLDERS)
            )
            yield from (Path(where, name) for name in sorted(names) if name.endswith(suffix))


def sources(*folders: str) -> Iterator[tuple[str, str]]:
    """Path and text of every Python file under the folders."""
    for path in files(*folders, suffix=".py"):
        yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def clock_reads(path: str, text: str) -> list[str]:
    """Where the machine's clock is read: ``datetime.now``, ``date.today``, ``utcnow``."""
    if path == CLOCK:
        return []
    tree = ast.parse(text)
    names = {"datetime", "date"} | {
        alias.asname
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "datetime"
        for alias in node.names
        if alias.asname and alias.name in ("datetime", "date")
    }
    return [
        f"{path}:{node.lineno}: reads the clock; take it from the clock port"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in ("now", "today", "utcnow")
        and _tail(node.value) in names
    ]


def _tail(node: ast.expr) -> str:
    """The last name of a dotted expression, or nothing."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def broad_handlers(path: str, text: str) -> list[str]:
    """``except Exception`` and its like outside the two boundaries.

    ``except BaseException`` may stand where it only cleans up: its last statement is ``raise``.
    """
    if path in BOUNDARIES:
        return []
    return [
        f"{path}:{node.lineno}: catches everything"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ExceptHandler) and _catches_all(node)
    ]


def _catches_all(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    if isinstance(last, ast.Raise) and last.exc is None:
        return handler.type is not None and "Exception" in _caught(handler.type)
    return handler.type is None or bool({"Exception", "BaseException"} & _caught(handler.type))


def _caught(kind: ast.expr) -> set[str]:
    kinds = kind.elts if isinstance(kind, ast.Tuple) else [kind]
    return {_tail(each) for each in kinds}


def engine_words(path: str, text: str) -> list[str]:
    """SQL that only one engine knows, in a string outside the engines' own files."""
    if path in ENGINE_FILES:
        return []
    tree = ast.parse(text)
    documentation = {id(node) for node in _docstrings(tree)}
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        word = _ENGINE_WORDS.search(node.value)
        if word and id(node) not in documentation:
            found.append(f"{path}:{node.lineno}: {word.group()} is one engine's own")
    return found


def _docstrings(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr):
                yield first.value


def unaudited_writes(path: str, text: str) -> list[str]:
    """Calls of sqlite-utils that pass by version, audit or triggers, outside their places."""
    if path == "db/migrations.py" or "staging" in path:
        return []
    return [
        f"{path}:{node.lineno}: {node.func.attr} passes by version, audit or triggers"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (
            node.func.attr in _REFUSED_CALLS
            or (node.func.attr in _WRITERS and any(map(_replaces, node.keywords)))
        )
    ]


def _replaces(keyword: ast.keyword) -> bool:
    return (
        keyword.arg == "replace"
        and isinstance(keyword.value, ast.Constant)
        and keyword.value.value is True
    )


def exemptions(path: str, text: str) -> list[tuple[str, bool]]:
    """Comments that switch a check off: where, and whether a reason stands after them."""
    found = []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        match = _EXEMPTION.search(token.string) if token.type == tokenize.COMMENT else None
        if match:
            reasoned = len(re.findall(r"[^\W\d_]{2,}", match[1])) >= 2
            found.append((f"{path}:{token.start[0]}", reasoned))
    return found


def registry_hosts(path: str, text: str) -> list[str]:
    """Hosts of package registries that the text names."""
    return [f"{path}: names {host}" for host in REGISTRY_HOSTS if host in text.lower()]


def bad_name(path: str) -> list[str]:
    """A file name that says nothing about what is in the file."""
    return [f"{path}: name it after what it holds"] if Path(path).name in FORBIDDEN_NAMES else []


def too_long(path: str, text: str) -> list[str]:
    """A file that asks to be split by meaning."""
    lines = text.count("\n")
    return [f"{path}: {lines} lines"] if lines > MAX_LINES else []


def undocumented(dependencies: Iterable[str], document: str) -> list[str]:
    """Requirements without a full row (what it saves, last release, licence) in the table."""
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in document.splitlines()
        if line.lstrip().startswith("|")
    ]
    known = {row[0].strip("`").lower() for row in rows if len(row) == 4 and all(row)}
    names = [re.split(r"[\[<>=!~; ]", requirement, maxsplit=1)[0] for requirement in dependencies]
    return [name for name in names if name.lower() not in known]


def unreadable_messages(path: str, text: str) -> list[str]:
    """Calls of ``_`` that a collector of messages cannot read, or a translator cannot fill.

    The one argument is a constant text; its placeholders are names, so that their order may change.
    """
    found = []
    for node in ast.walk(ast.parse(text)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        if node.func.id != "_":
            continue
        why = _message_problem(node)
        if why:
            found.append(f"{path}:{node.lineno}: {why}")
    return found


def _message_problem(call: ast.Call) -> str:
    if len(call.args) != 1 or call.keywords:
        return "a message is one text"
    message = call.args[0]
    if not isinstance(message, ast.Constant) or not isinstance(message.value, str):
        return "a message is a constant text"
    try:
        fields = [name for _text, name, _spec, _how in Formatter().parse(message.value)]
    except ValueError:
        return "a brace of the message is not closed"
    if any(name is not None and not name.isidentifier() for name in fields):
        return "a placeholder of a message has a plain name"
    return ""
