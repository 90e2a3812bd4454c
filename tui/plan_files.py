"""The files of plan templates, playbooks and draft texts: shipped ones, a person's own before them.

Own files lie in ``templates/``, ``playbooks/`` and ``drafts/`` of the config folder. One takes the
place of the shipped one of its name, also while it is broken: nobody gets others than they wrote.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, Literal, TypeVar

from planner.draft_texts import DraftText, read_draft
from planner.errors import FieldProblem, NotFound, Refused
from planner.language import gettext as _
from planner.plan_templates import PlanTemplate, read_template
from planner.playbooks import Playbook, read_playbook
from planner.spelling import did_you_mean
from planner.text import name_key
from planner.written_file import FileProblem
from tui import paths

Kind = Literal["templates", "playbooks", "drafts"]
ENDING = ".toml"
STARTER_SET = "starter_set"
FILE_MODE = 0o600

T = TypeVar("T", PlanTemplate, Playbook, DraftText)


@dataclass(frozen=True, slots=True)
class PlanFile(Generic[T]):
    """One file: what it is called, where it lies (None: shipped), what it holds or what is wrong.

    ``replaces``: whether it stands in the place of a shipped one.
    """

    name: str
    path: Path | None
    found: T | None
    problems: tuple[FileProblem, ...] = ()
    replaces: bool = False


def templates() -> list[PlanFile[PlanTemplate]]:
    """Every plan template that can be chosen, and every broken file, by name."""
    return _all_of("templates", read_template)


def playbooks() -> list[PlanFile[Playbook]]:
    """Every playbook that can be chosen, and every broken file, by name."""
    return _all_of("playbooks", read_playbook)


def drafts() -> list[PlanFile[DraftText]]:
    """Every draft text that can be chosen, and every broken file, by name."""
    return _all_of("drafts", read_draft)


def template_named(name: str) -> PlanTemplate:
    """The template of this name. Raises ``Refused`` with everything wrong with its file."""
    return _named(templates(), name, _("There is no plan template {name}; there are {names}."))


def playbook_named(name: str) -> Playbook:
    """The playbook of this name. Raises ``Refused`` with everything wrong with its file."""
    return _named(playbooks(), name, _("There is no playbook {name}; there are {names}."))


def draft_named(name: str) -> DraftText:
    """The draft text of this name. Raises ``Refused`` with everything wrong with its file."""
    return _named(drafts(), name, _("There is no draft text {name}; there are {names}."))


def usable(found: Iterable[PlanFile[T]]) -> list[T]:
    """What the files hold that are right."""
    return [one.found for one in found if one.found is not None]


def copy_starter(kind: Kind, name: str) -> Path:
    """Write a shipped file into the config folder, to be edited there; returns where.

    Raises ``Refused`` when nothing of this name is shipped or a file stands there already.
    """
    shipped = {file.removesuffix(ENDING): (file, text) for file, text in _shipped(kind)}
    chosen = next((one for one in shipped if name_key(one) == name_key(name)), None)
    if chosen is None:
        raise NotFound(
            _("The starter set has no {name}; it has {names}.").format(
                name=name, names=", ".join(sorted(shipped))
            )
            + did_you_mean(name, shipped)
        )
    file, text = shipped[chosen]
    path = own_folder(kind) / file
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE)
    except FileExistsError:
        raise Refused(
            _("{path} is there already; it was not written over.").format(path=path)
        ) from None
    except OSError as error:
        raise Refused(
            _("{path} cannot be written: {why}.").format(path=path, why=error.strerror)
        ) from error
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(text)
    return path


def own_folder(kind: Kind) -> Path:
    """Where a person's own files of this kind lie."""
    return paths.config_folder() / kind


Reader = Callable[[Mapping[str, object], str], tuple[T | None, tuple[FileProblem, ...]]]


def _all_of(kind: Kind, read: Reader[T]) -> list[PlanFile[T]]:
    own = [_read_own(kind, path, read) for path in sorted(own_folder(kind).glob("*" + ENDING))]
    taken: dict[str, PlanFile[T]] = {}
    found: list[PlanFile[T]] = []
    for one in own:
        first = taken.setdefault(name_key(one.name), one)
        found.append(one if first is one else _named_twice(kind, one, first))
    for file, text in _shipped(kind):
        stem = file.removesuffix(ENDING)
        if name_key(stem) in taken:
            found = [
                replace(one, replaces=True) if name_key(one.name) == name_key(stem) else one
                for one in found
            ]
        else:
            found.append(PlanFile(stem, None, *read(_loads(text), file)))
    return sorted(found, key=lambda one: (name_key(one.name), str(one.path)))


def _named_twice(kind: Kind, one: PlanFile[T], first: PlanFile[T]) -> PlanFile[T]:
    """A file whose name another one has: what it holds cannot be chosen."""
    here, there = (f"{kind}/{each.path.name}" if each.path else "" for each in (one, first))
    words = _("{file} has this name already.").format(file=there)
    return replace(one, found=None, problems=(*one.problems, FileProblem(here, "", "name", words)))


def _read_own(kind: Kind, path: Path, read: Reader[T]) -> PlanFile[T]:
    """A person's file; one whose name cannot be read is called like its file."""
    label = f"{kind}/{path.name}"
    try:
        document = _loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        why = _("it cannot be read: {why}.").format(why=error.strerror)
        return PlanFile(path.stem, path, None, (FileProblem(label, "", "", why),))
    except (ValueError, RecursionError) as error:
        why = _("it is no TOML: {why}.").format(why=str(error).rstrip("."))
        return PlanFile(path.stem, path, None, (FileProblem(label, "", "", why),))
    found, problems = read(document, label)
    written = document.get("name")
    name = written if isinstance(written, str) and written.strip() else path.stem
    return PlanFile(found.name if found else name, path, found, problems)


def _loads(text: str) -> Mapping[str, object]:
    import tomllib

    return tomllib.loads(text)


def _shipped(kind: Kind) -> Iterator[tuple[str, str]]:
    """Name and text of every file of the starter set."""
    from importlib.resources import files

    folder = files("planner").joinpath(STARTER_SET, kind)
    for one in sorted(folder.iterdir(), key=lambda one: one.name):
        if one.name.endswith(ENDING):
            yield one.name, one.read_text(encoding="utf-8")


def _named(all_of_them: list[PlanFile[T]], name: str, unknown: str) -> T:
    fitting = [one for one in all_of_them if name_key(one.name) == name_key(name)]
    chosen = next((one.found for one in fitting if one.found is not None), None)
    if chosen is not None:
        return chosen
    if fitting:
        raise Refused(
            _("{name} cannot be used until its file is mended.").format(name=fitting[0].name),
            [
                FieldProblem(
                    ", ".join(part for part in (one.file, one.table, one.key) if part), one.problem
                )
                for one in fitting[0].problems
            ],
        )
    names = [one.name for one in all_of_them if one.found is not None]
    raise NotFound(unknown.format(name=name, names=", ".join(names)) + did_you_mean(name, names))
