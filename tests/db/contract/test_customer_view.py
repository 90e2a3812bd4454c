"""What the customer may see of a plan: nothing but the shared fields, whatever the plan holds."""

from __future__ import annotations

import json
import types
from collections.abc import Iterator
from typing import Annotated, Any, Union, get_args, get_origin

import pytest

from db.book import Book
from db.tables import TABLES
from planner.customer_view import (
    CustomerView,
    as_document,
    content_of,
    customer_view,
    since_shared,
)
from planner.documents import as_html, as_markdown, as_text
from planner.documents.customer import customer_document, news_lines, shared_words
from planner.entity import build
from planner.errors import Refused
from planner.interviews import Entry
from planner.ports import UnitOfWork
from planner.use_cases.actions import change_action, finish_action
from planner.use_cases.plans import add_objective, add_plan_action, change_objective
from planner.use_cases.sharing import share_plan
from planner.views.plan import PlanPage
from tests.makers import TODAY, World, day

MAY_BE_SEEN = {
    ("account", "name"), ("colleague", "name"), ("person", "name"), ("objective", "objective"),
    ("objective", "metric"), ("objective", "unit"), ("objective", "their_owner"),
    ("action", "action"), ("action", "done_means"), ("action", "their_owner"), ("proof", "proof"),
    ("proof", "unit"),
}  # fmt: skip
"""Every text of the book that the customer may see; a field added later is not among them."""
NO_WORDS = {("contract", "currency"), ("entry", "section"), ("purchase", "currency")}
"""Fields of text that hold no words."""
NOT_OF_PLANS = {"setting"}
MORE = {
    "shared": True, "tags": ("zqtagsq",), "extra": {"zqkeyq": "zqvalueq"},
    "tiers": (("zqtierq", 0),),
}  # fmt: skip


def is_text(annotation: Any) -> bool:
    """Whether a field holds words that somebody wrote."""
    if get_origin(annotation) is Annotated:
        return is_text(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        return any(map(is_text, get_args(annotation)))
    return annotation is str


def texts_of(table: str) -> Iterator[str]:
    """The fields of a table that hold words."""
    for name, field in TABLES[table].model.model_fields.items():
        if is_text(field.annotation) and (table, name) not in NO_WORDS:
            yield name


def word(table: str, field: str) -> str:
    """The one word of a field, found nowhere else."""
    return f"zq{table}q{field}q".replace("_", "x")


def fill_every_text(uow: Any, world: World) -> None:
    """A word of its own in every field of text of every row, and everything shared."""
    uow.say("filled")
    plan = {"account_id": world.account, "plan_id": world.plan}
    uow.entries.add(
        build(Entry, id=uow.new_id(), **plan, section="contact_plan", field="qbr", entry="x",
              on_date=day(-20))
    )  # fmt: skip
    for table in TABLES.values():
        if table.name in NOT_OF_PLANS:
            continue
        repository = uow.repository(table)
        rows = repository.find()
        assert rows, f"no row of {table.name} in the filled book"
        for row in rows:
            words = {name: word(table.name, name) for name in texts_of(table.name)}
            if getattr(row, "field", "") == "qbr":
                words.pop("field")
            if table.name == "complaint":
                words.pop("number")
            fields = type(row).model_fields
            repository.save(
                row,
                row.changed(**words, **{name: MORE[name] for name in MORE if name in fields}),
            )


def read(book: Book, account: int) -> tuple[PlanPage, CustomerView]:
    """The plan's page and the customer's view of it."""
    queries = book.queries()
    plan = queries.plan.page(account)
    assert plan is not None
    return plan, customer_view(queries.account.page(account), plan, TODAY)


def forms(view: CustomerView) -> dict[str, str]:
    """The view in every form in which it leaves the house."""
    document = customer_document(view)
    return {
        "text": "\n".join(as_text.lines_of(document, 400)),
        "md": "\n".join(as_markdown.lines_of(document)),
        "html": as_html.page_of(document),
        "json": json.dumps(as_document(view), ensure_ascii=False),
        "kept": content_of(view),
    }


@pytest.fixture
def every_text(filled: Book, world: World) -> Book:
    """The filled book with a word of its own in every field of text."""
    filled.run(
        add_plan_action, world.account, action="x", owner_id=world.bob, due_on=day(-5),
        done_means="x", their_owner_id=world.joe,
    )  # fmt: skip
    filled.run(add_objective, world.account, objective="x", metric="x", their_owner="x")
    filled.run(finish_action, world.action)
    filled.run(fill_every_text, world)
    return filled


@pytest.mark.parametrize("form", ["text", "md", "html", "json", "kept"])
def test_no_word_gets_out_but_those_of_the_shared_fields(
    every_text: Book, world: World, form: str
) -> None:
    written = forms(read(every_text, world.account)[1])[form]
    every = {(table, name) for table in TABLES for name in texts_of(table)}
    seen = {key for key in every if word(*key) in written}
    assert seen - MAY_BE_SEEN == set()
    assert {key[0] for key in seen} == {key[0] for key in MAY_BE_SEEN}
    assert ("objective", "objective") in seen
    for other in ("zqtagsq", "zqkeyq", "zqvalueq", "zqtierq"):
        assert other not in written
    assert written.count("zq") == sum(written.count(word(*key)) for key in seen)


def test_what_may_be_seen_is_seen(every_text: Book, world: World) -> None:
    for written in forms(read(every_text, world.account)[1]).values():
        assert {key for key in MAY_BE_SEEN if word(*key) not in written} == set()
        assert day(-20).isoformat() in written


def test_what_is_not_shared_is_not_there(filled: Book, world: World) -> None:
    _plan, view = read(filled, world.account)
    assert view.is_empty
    for written in forms(view).values():
        for words in ("Halve the effort", "Send it", "A day a week", "call back"):
            assert words not in written
    assert "nothing is shared yet" in forms(view)["text"]


def test_the_teams_the_period_and_the_coming_meetings_are_there(filled: Book, world: World) -> None:
    filled.run(change_objective, world.objective, shared=True)
    _plan, view = read(filled, world.account)
    assert [(one.function, one.name) for one in view.our_team] == [("sales", "Bob")]
    assert view.their_team == ("Maria", "Joe")
    assert [one.objective for one in view.objectives] == ["Halve the effort"]
    assert (view.actions, view.proofs, view.meetings) == ((), (), ())


def test_a_past_or_closed_meeting_is_not_announced(filled: Book, world: World) -> None:
    def keep(uow: UnitOfWork) -> None:
        uow.say("kept")
        for on, closed in ((day(1), None), (day(0), None), (day(-9), None), (day(-10), day(0))):
            uow.entries.add(
                build(Entry, id=uow.new_id(), account_id=world.account, plan_id=world.plan,
                      section="contact_plan", field="qbr", entry="", on_date=on, closed_on=closed)
            )  # fmt: skip

    filled.run(keep)
    assert read(filled, world.account)[1].meetings == (day(0).isoformat(), day(-9).isoformat())


def test_each_shared_row_says_when_it_was_shared_and_what_changed_since(
    filled: Book, world: World
) -> None:
    filled.run(change_objective, world.objective, shared=True)
    action = filled.run(
        add_plan_action, world.account, action="Order list", owner_id=world.ann, due_on=day(-5),
        done_means="sent", their_owner_id=world.joe,
    ).result.id  # fmt: skip
    plan, view = read(filled, world.account)
    since = since_shared(view, plan.share)
    assert since.is_news
    assert since.rows["actions", action].shared_on is None
    assert shared_words(since.rows["actions", action]) == "shared, not given to them yet"
    assert "new to them: Order list" in list(news_lines(view, since))

    kept = filled.run(share_plan, world.account, content_of(view)).result
    assert (kept.shared_on, kept.plan_id) == (TODAY, world.plan)
    plan, view = read(filled, world.account)
    since = since_shared(view, plan.share)
    assert not since.is_news
    assert shared_words(since.rows["actions", action]) == f"shared {TODAY.isoformat()}"
    assert list(news_lines(view, since)) == []

    filled.run(change_action, action, due_on=day(-8), later_reason="they asked")
    filled.run(change_objective, world.objective, status="off_track")
    plan, view = read(filled, world.account)
    since = since_shared(view, plan.share)
    assert [change.field for change in since.rows["actions", action].changes] == ["due_on"]
    assert shared_words(since.rows["actions", action]).endswith("changed since: due")
    lines = list(news_lines(view, since))
    assert f"Order list: due was {day(-5)}, now {day(-8)}" in lines
    assert "Halve the effort: status was on track, now off track" in lines
    assert not any("they asked" in line for line in lines)

    filled.run(change_action, action, shared=False)
    plan, view = read(filled, world.account)
    since = since_shared(view, plan.share)
    assert since.withdrawn == ("Order list",)
    assert "no longer shared: Order list" in list(news_lines(view, since))
    assert shared_words(since.rows.get(("actions", action))) == ""


@pytest.mark.parametrize(
    "content", ["", "no json", "[]", '{"actions": 1}', '{"actions": [1]}', '{"actions": [{}]}']
)
def test_a_share_that_something_else_wrote_counts_as_none(
    filled: Book, world: World, content: str
) -> None:
    filled.run(change_objective, world.objective, shared=True)
    filled.run(share_plan, world.account, content)
    plan, view = read(filled, world.account)
    since = since_shared(view, plan.share)
    assert [row.shared_on for row in since.rows.values()] == [None]
    assert since.withdrawn == ()


def test_an_account_without_a_plan_shares_nothing(filled: Book, world: World) -> None:
    with pytest.raises(Refused, match="no plan yet"):
        filled.run(share_plan, world.other, "{}")
