"""What a form is: its fields, how it is filled, and which use case its values go to. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias
from zoneinfo import ZoneInfo

from planner.ports import Actor

if TYPE_CHECKING:
    from tui.composition import BookQueries

Kind: TypeAlias = Literal[
    "line", "note", "choice", "several", "yes_no", "number", "whole", "duration",
    "money", "day", "past_day", "when", "coming", "people", "person", "colleague", "account",
    "tags", "follow_ups", "actions",
]  # fmt: skip
Texts: TypeAlias = Mapping[str, str]

SUFFIXES = ("_id", "_on", "_minor")


@dataclass(frozen=True, slots=True)
class Field:
    """One field. ``choices`` are values; the empty one means nothing was chosen.

    ``also`` are other names under which a refusal speaks of it. ``more``: folded under More.
    ``hint`` stands beside it while there is nothing better to say. ``labels`` are (value, words)
    of choices that come from the book. ``prompt`` is a question on a line of its own above it.
    """

    name: str
    label: str
    kind: Kind = "line"
    choices: tuple[str, ...] = ()
    required: bool = False
    more: bool = False
    hint: str = ""
    also: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    prompt: str = ""

    def answers_to(self, name: str) -> bool:
        """Whether a refusal of ``name`` speaks of this field."""
        return name in (self.name, *self.also) or _stem(name) == _stem(self.name)


def _stem(name: str) -> str:
    for suffix in SUFFIXES:
        name = name.removesuffix(suffix)
    return name


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who can be meant: what to call them, and their id. Labels differ in one list."""

    label: str
    id: int


@dataclass(frozen=True, slots=True)
class Context:
    """What typed words are read against. ``zone`` and ``currency`` are the book's."""

    now: datetime
    zone: ZoneInfo
    currency: str
    actor: Actor
    people: tuple[Named, ...] = ()
    colleagues: tuple[Named, ...] = ()
    actions: tuple[Named, ...] = ()

    @property
    def today(self) -> date:
        """The local day."""
        return self.now.astimezone(self.zone).date()


@dataclass(frozen=True, slots=True)
class Loaded:
    """A form filled: what its fields hold, and the records that were read for it.

    ``texts`` leaves out empty fields. ``hints`` replace the fields' own. ``details`` go into the
    top line. ``hidden`` fields are not shown. ``options`` are the (value, words) of choices that
    the record decides. ``prompts`` are lines above fields that depend on it, such as a warning.
    ``below`` gives the quiet line under the fields, by all their texts.
    """

    context: Context
    texts: Texts = field(default_factory=dict)
    records: tuple[Any, ...] = ()
    details: tuple[str, ...] = ()
    hints: Texts = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    options: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    prompts: Texts = field(default_factory=dict)
    below: Callable[[Texts], str] | None = None

    def fields_of(self, spec: FormSpec) -> tuple[Field, ...]:
        """The fields that are shown, with the choices of this record."""
        shown = []
        for one in spec.fields:
            if one.name in self.hidden:
                continue
            if one.name in self.prompts:
                one = replace(one, prompt=self.prompts[one.name])
            options = self.options.get(one.name)
            if options is not None:
                values = tuple(value for value, _words in options)
                one = replace(one, choices=values, labels=options)
            shown.append(one)
        return tuple(shown)


@dataclass(frozen=True, slots=True)
class Entered:
    """What was typed, read: values by field, and which fields differ from what was loaded."""

    values: dict[str, Any]
    changed: frozenset[str]

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name)

    def only_changed(self, names: Iterable[str]) -> dict[str, Any]:
        """The values of those fields among ``names`` that were changed."""
        return {name: self.values[name] for name in names if name in self.changed}

    def given(self, names: Iterable[str]) -> dict[str, Any]:
        """The values of those fields among ``names`` that are not empty."""
        return {
            name: self.values[name] for name in names if self.values.get(name) not in (None, "", ())
        }


@dataclass(frozen=True, slots=True)
class Call:
    """A use case and what to call it with. A text where an owner's id belongs is the name of a
    colleague, who is added in the same step if the book lacks them."""

    use_case: Callable[..., Any]
    args: tuple[Any, ...] = ()
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a form is about: ids by name, and texts carried over from elsewhere."""

    ids: Mapping[str, int] = field(default_factory=dict)
    preset: Texts = field(default_factory=dict)

    def __getitem__(self, name: str) -> int:
        return self.ids[name]

    def get(self, name: str) -> int | None:
        """An id, or None."""
        return self.ids.get(name)

    @property
    def key(self) -> str:
        """What drafts about this subject are kept under."""
        return ",".join(f"{name}={self.ids[name]}" for name in sorted(self.ids))


Load: TypeAlias = "Callable[[BookQueries, Subject, Context], Loaded]"
Save: TypeAlias = "Callable[[BookQueries, Subject, Loaded, Entered], Call]"


@dataclass(frozen=True, slots=True)
class FormSpec:
    """A form. ``load`` and ``save`` run on the reader's thread and may ask the queries.

    ``more_words`` say what is folded under More. ``start`` is the field with the cursor, by default
    the first. ``describe`` says what stands beside a field, by
    its name and all texts, where that depends on other fields. ``carry`` names another form that
    can be opened from here, and the texts that go along. ``preamble`` stands above the fields;
    ``ask`` gives the prompt of a field that has one, by its name and all texts, where that depends
    on other fields.
    """

    name: str
    title: str
    fields: tuple[Field, ...]
    load: Load
    save: Save
    more_words: str = ""
    start: str = ""
    describe: Callable[[str, Texts, Context], str] | None = None
    carry: Callable[[Texts], tuple[str, dict[str, str]]] | None = None
    preamble: str = ""
    ask: Callable[[str, Texts], str] | None = None

    def field_for(self, name: str) -> Field | None:
        """The field that a refusal of ``name`` speaks of."""
        exact = [one for one in self.fields if one.name == name or name in one.also]
        near = [one for one in self.fields if one.answers_to(name)]
        return next(iter(exact or near), None)
