"""The house rules hold in the whole tree, and each check refuses a text that breaks its rule."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib

import pytest

from tests import house

IMPORT_ALL = """
import importlib, pkgutil, sys
import planner, db
for package in (planner, db):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if module.name not in OPTIONAL:
            importlib.import_module(module.name)
"""
SCREEN_MODULES = """
import sys
print(*sorted(name for name in sys.modules if name.split(".")[0] in ("textual", "rich", "tui")))
"""


def _run_python(code: str) -> str:
    """Run ``code`` in a new interpreter that measures no coverage; its standard output."""
    environment = {key: value for key, value in os.environ.items() if "COVERAGE" not in key}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=house.ROOT,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _listed(problems: list[str]) -> str:
    return "\n".join(problems)


def test_planner_and_db_load_neither_the_screen_library_nor_the_screens() -> None:
    optional = "OPTIONAL = {'db.postgres'}\n"
    assert _run_python(optional + IMPORT_ALL + SCREEN_MODULES).split() == []


def test_the_import_check_sees_a_screen_library() -> None:
    assert "rich.text" in _run_python("import rich.text\n" + SCREEN_MODULES).split()


def test_only_the_system_clock_reads_the_time() -> None:
    found = [
        problem
        for path, text in house.sources(*house.PACKAGES, "tests")
        for problem in house.clock_reads(path, text)
    ]
    assert not found, _listed(found)


@pytest.mark.parametrize(
    "code",
    [
        "from datetime import datetime\nx = datetime.now()",
        "import datetime as dt\nx = dt.datetime.now(dt.UTC)",
        "import datetime\nx = datetime.date.today()",
        "from datetime import datetime as D\nx = D.utcnow()",
        "from datetime import datetime\nread = datetime.now",
    ],
)
def test_the_clock_check_bites(code: str) -> None:
    assert house.clock_reads("planner/x.py", code)
    assert not house.clock_reads(house.CLOCK, code)


def test_a_clock_that_was_passed_in_may_be_asked() -> None:
    assert not house.clock_reads("planner/x.py", "x = clock.now()\ny = self.clock.today()")


def test_everything_is_caught_at_the_two_boundaries_only() -> None:
    found = [
        problem
        for path, text in house.sources(*house.PACKAGES)
        for problem in house.broad_handlers(path, text)
    ]
    assert not found, _listed(found)


@pytest.mark.parametrize(
    "clause", ["except Exception:", "except:", "except (ValueError, BaseException) as e:"]
)
def test_the_handler_check_bites(clause: str) -> None:
    code = f"try:\n    f()\n{clause}\n    pass\n"
    assert house.broad_handlers("db/x.py", code)
    assert not house.broad_handlers("tui/store_worker.py", code)


def test_cleaning_up_and_raising_again_is_no_broad_handler() -> None:
    code = "try:\n    f()\nexcept BaseException:\n    rollback()\n    raise\n"
    assert not house.broad_handlers("db/x.py", code)


def test_package_files_are_empty() -> None:
    found = [path for path, text in house.sources() if path.endswith("__init__.py") and text]
    assert not found, _listed(found)


def test_every_folder_with_code_is_a_package() -> None:
    folders = {path.parent for path in house.files(*house.PACKAGES, "tests", suffix=".py")}
    found = [str(folder) for folder in folders if not (folder / "__init__.py").is_file()]
    assert not found, _listed(found)


def test_file_names_say_what_is_inside() -> None:
    found = [problem for path, _ in house.sources() for problem in house.bad_name(path)]
    assert not found, _listed(found)


@pytest.mark.parametrize("name", sorted(house.FORBIDDEN_NAMES))
def test_the_name_check_bites(name: str) -> None:
    assert house.bad_name(f"planner/deep/{name}")


def test_few_checks_are_switched_off_and_each_says_why() -> None:
    found = [
        exemption
        for path, text in house.sources(*house.PACKAGES, "tests")
        for exemption in house.exemptions(path, text)
    ]
    bare = [where for where, reasoned in found if not reasoned]
    assert not bare, _listed(bare)
    assert len(found) <= house.MAX_EXEMPTIONS, _listed([where for where, _ in found])


def test_the_exemption_check_bites() -> None:
    # Split, so that the type checker does not read these strings as comments of this file.
    bare = "x = 1  # type" + ": ignore[misc]\ny = 2  # pragma" + ": no cover\n"
    assert [reasoned for _, reasoned in house.exemptions("db/x.py", bare)] == [False, False]
    reasoned = "x = 1  # type" + ": ignore[misc]  # the library has no types\n"
    assert house.exemptions("db/x.py", reasoned) == [("db/x.py:1", True)]
    assert not house.exemptions("db/x.py", 'x = "# type' + ': ignore"\n')


def test_no_file_names_a_package_registry() -> None:
    found = [
        problem
        for path in house.files()
        for problem in house.registry_hosts(
            path.relative_to(house.ROOT).as_posix(),
            path.read_bytes().decode("utf-8", "replace"),
        )
    ]
    assert not found, _listed(found)


@pytest.mark.parametrize("host", house.REGISTRY_HOSTS)
def test_the_registry_check_bites(host: str) -> None:
    assert house.registry_hosts("x.txt", f"--index-url https://files.{host.upper()}/simple\n")


def test_no_write_passes_by_version_and_audit() -> None:
    found = [
        problem
        for path, text in house.sources(*house.PACKAGES)
        for problem in house.unaudited_writes(path, text)
    ]
    assert not found, _listed(found)


@pytest.mark.parametrize(
    "code",
    [
        "table.upsert({})",
        "db['x'].upsert_all([], pk='id')",
        "table.insert({}, replace=True)",
        "table.transform(drop={'x'})",
    ],
)
def test_the_write_check_bites(code: str) -> None:
    assert house.unaudited_writes("db/rows.py", code)
    assert not house.unaudited_writes("db/migrations.py", code)
    assert not house.unaudited_writes("db/staging.py", code)


def test_sql_of_one_engine_stays_in_the_engines_files() -> None:
    found = [
        problem
        for path, text in house.sources(*house.PACKAGES)
        for problem in house.engine_words(path, text)
    ]
    assert not found, _listed(found)


@pytest.mark.parametrize(
    "sql",
    [
        "PRAGMA foreign_keys",
        "id INTEGER PRIMARY KEY AUTOINCREMENT",
        "SELECT strftime('%Y', occurred_on)",
        "SELECT json_extract(extra, '$.x')",
        "INSERT OR REPLACE INTO x VALUES (1)",
        "SELECT rowid FROM x",
        "SELECT datetime('now')",
        "SELECT DATE( 'now' )",
        "SELECT now()",
        "SELECT x::text FROM y",
        "SELECT 1 FROM sqlite_master",
        "SELECT pg_advisory_lock(1)",
        "name ILIKE :x",
    ],
)
def test_the_engine_check_bites(sql: str) -> None:
    assert house.engine_words("db/rows.py", f"q = {sql!r}")
    assert house.engine_words("db/rows.py", f"q = f{sql + ' {x}'!r}")
    assert not house.engine_words("db/sqlite.py", f"q = {sql!r}")


@pytest.mark.parametrize(
    "code",
    [
        '"""What PRAGMA says."""',
        "x = day.strftime('%Y')",
        "q = 'SELECT pragmatic, rowids FROM listeners WHERE updated = :now'",
    ],
)
def test_the_engine_check_leaves_prose_python_and_plain_sql_alone(code: str) -> None:
    assert not house.engine_words("db/rows.py", code)


def test_every_direct_dependency_is_accounted_for() -> None:
    project = tomllib.loads((house.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    direct = [*project["dependencies"]]
    for extra in project["optional-dependencies"].values():
        direct += extra
    document = (house.ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert not house.undocumented(direct, document)


def test_the_dependency_check_bites() -> None:
    table = "| Package | Saves | Release | Licence |\n| `click` | parsing | 8 | BSD |"
    assert house.undocumented(["click>=8", "rich[x]>=1"], table) == ["rich"]
    assert house.undocumented(["click"], "| `click` | parsing | | BSD |") == ["click"]


def test_no_source_file_is_too_long() -> None:
    found = [
        problem
        for folder in (*house.PACKAGES, "tests")
        for suffix in (".py", ".tcss")
        for path in house.files(folder, suffix=suffix)
        for problem in house.too_long(
            path.relative_to(house.ROOT).as_posix(), path.read_text(encoding="utf-8")
        )
    ]
    assert not found, _listed(found)


def test_the_length_check_bites() -> None:
    assert house.too_long("x.py", "pass\n" * (house.MAX_LINES + 1))
    assert not house.too_long("x.py", "pass\n" * house.MAX_LINES)


def test_the_lock_pins_and_hashes_everything_and_names_no_address() -> None:
    lock = (house.ROOT / "requirements" / "dev.txt").read_text(encoding="utf-8")
    assert "://" not in lock
    blocks = [block for block in lock.replace("\\\n", " ").splitlines() if block[:1].isalnum()]
    loose = [block for block in blocks if "==" not in block or "--hash=sha256:" not in block]
    assert blocks
    assert not loose, _listed(loose)
    assert not any(block.startswith("tree-sitter") for block in blocks)


def test_messages_are_constant_texts_with_named_placeholders() -> None:
    found = [
        problem
        for path, text in house.sources(*house.PACKAGES)
        for problem in house.unreadable_messages(path, text)
    ]
    assert not found, _listed(found)


@pytest.mark.parametrize(
    "call",
    ['_(f"late {days}d")', '_("late " + words)', "_(words)", '_("{} late")', '_("{0} late")',
     '_("{row.name} late")', '_("open {brace")', '_("one", "two")', "_()"],
)  # fmt: skip
def test_the_message_check_bites(call: str) -> None:
    assert house.unreadable_messages("tui/x.py", f"x = {call}\n")


def test_constant_messages_pass() -> None:
    code = 'x = _("late {days}d").format(days=3)\ny = _("one "\n  "two {{ }}")\n'
    assert not house.unreadable_messages("tui/x.py", code)
