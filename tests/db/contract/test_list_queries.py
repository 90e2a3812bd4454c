"""The filter language as SQL, and what the lists answer in rare cases."""

from __future__ import annotations

from datetime import date

import pytest

from db.book import Book
from db.queries.accounts import DESCENDING_FIRST, EMPTY_FIRST, SORTS
from planner.errors import Ambiguous, NotFound, Refused
from planner.segments import parse
from planner.use_cases.accounts import add_account, change_account
from planner.use_cases.complaint_clocks import pause_complaint
from planner.use_cases.complaints import log_complaint, move_complaint
from planner.use_cases.people import add_person
from planner.use_cases.settings import change_setting
from planner.use_cases.team import add_colleague, change_colleague
from tests.makers import World, at

NORDIC, OTHER = "Nordic Oy", "Other Ltd"


@pytest.fixture
def lists(filled: Book, world: World) -> Book:
    """Nordic Oy with one of everything, starred; Other Ltd below it, in Türkiye, with little."""
    filled.run(
        change_account,
        world.other,
        parent_id=world.account,
        sector="Logistics",
        country="Türkiye",
        keep_class="protect",
        keep_reason="reference",
    )
    return filled


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("tier:1", {NORDIC}),
        ("tier:none", {OTHER}),
        ("-tier:1", {OTHER}),
        ("name:nordic,other", {NORDIC, OTHER}),
        ("OTHER", {OTHER}),
        ("-other", {NORDIC}),
        ("parent:nordic", {OTHER}),
        ("parent:none", {NORDIC}),
        ("tag:KEY", {NORDIC}),
        ("tag:none", {OTHER}),
        ("tag:ke", set()),
        ("star:yes", {NORDIC}),
        ("star:no", {OTHER}),
        ("trained:yes", set()),
        ("trained:no", {NORDIC, OTHER}),
        ("owner:bo", {NORDIC}),
        ("owner:nobody-here", set()),
        ("owner:none", {OTHER}),
        ("owner:me", set()),
        ("sector:logi", {OTHER}),
        ("sector:none", {NORDIC}),
        ("country:turkiye", {OTHER}),
        ("country:turk", set()),
        ("keep:protect", {OTHER}),
        ("arr>1k", {NORDIC}),
        ("arr:1200", {NORDIC}),
        ("arr<1k", set()),
        ("arr:none", {OTHER}),
        ("currency:eur", {NORDIC}),
        ("renewal<90", {NORDIC}),
        ("renewal>90", set()),
        ("renewal:none", {OTHER}),
        ("touch<30", {NORDIC}),
        ("touch>0", {NORDIC, OTHER}),
        ("touch<=99999999", {NORDIC}),
        ("touch:none", {OTHER}),
        ("complaints>=1", {NORDIC}),
        ("severity:none", {OTHER}),
        ("band:grey", {OTHER}),
        ("coverage:low", {OTHER}),
        ("readiness>0", {NORDIC}),
        ("health>=0 health<=100", {NORDIC, OTHER}),
        ("%", set()),
    ],
)
def test_a_filter_finds_what_its_words_say(lists: Book, text: str, names: set[str]) -> None:
    parts = parse(text)
    queries = lists.queries().accounts
    assert {row.name for row in queries.page(parts=parts)} == names
    assert queries.count(parts) == len(names) == queries.totals(parts).count


def test_coverage_none_is_an_account_of_which_nothing_is_known(lists: Book) -> None:
    low = {row.name for row in lists.queries().accounts.page(parts=parse("coverage:none"))}
    rows = lists.queries().accounts.page()
    assert low == {row.name for row in rows if row.coverage == 0}


def test_severity_is_that_of_the_worst_open_complaint(lists: Book, world: World) -> None:
    lists.run(log_complaint, world.other, title="lost goods", when=at(1), severity="critical")
    found = lists.queries().accounts.page(parts=parse("severity:critical"))
    assert [row.name for row in found] == [OTHER]


def test_the_clocks_of_a_list_of_complaints(lists: Book, world: World) -> None:
    lists.run(change_setting, "sla.medium", "none")
    for title, targets in (
        ("no clock", {}),
        ("slow", {"resolution_target": 100_000}),
        ("late", {"resolution_target": 1}),
    ):
        lists.run(log_complaint, world.other, title=title, when=at(1), **targets)
    paused = lists.run(
        log_complaint, world.other, title="wait", when=at(1), resolution_target=100_000
    ).result
    lists.run(pause_complaint, paused, at(0))
    clocks = {row.title: row.clock for row in lists.queries().complaints.of_account(world.other)}
    assert clocks == {"no clock": "none", "slow": "on-track", "late": "breached", "wait": "paused"}
    today = lists.queries().today.today(mine=False)
    words = {duty.words for line in (*today.now, *today.waiting)
             for duty in (line.first, *line.others)}  # fmt: skip
    assert any("without a clock" in text for text in words)
    assert any("waits for their answer" in text for text in words)


def test_nothing_to_look_for_finds_nothing(lists: Book) -> None:
    assert lists.queries().search.find("   ") == []
    assert lists.queries().search.near("xy") == []


def test_a_name_of_several_names_them_all(lists: Book, world: World) -> None:
    for number in range(12):
        lists.run(add_account, name="Same", external_id=f"E{number}", duplicate=True)
    lists.run(add_person, world.other, name="Maria")
    lists.run(add_colleague, name="Cem", email="bob")
    names = lists.queries().names
    with pytest.raises(Ambiguous, match="and 2 more"):
        names.account("same")
    with pytest.raises(Ambiguous, match="Several people"):
        names.person("maria")
    with pytest.raises(Ambiguous, match="Several colleagues"):
        names.colleague("bob")
    with pytest.raises(NotFound):
        names.complaint("C-999")


def test_what_is_not_there_is_said(lists: Book) -> None:
    with pytest.raises(NotFound):
        lists.queries().record("person", 1)
    with pytest.raises(NotFound):
        lists.queries().account.head(1)
    with pytest.raises(Refused, match="No score is stored"):
        lists.queries().scores.stored(1, date(1999, 1, 1))


def test_a_stored_score_is_found_again_by_its_day(lists: Book, world: World) -> None:
    queries = lists.queries()
    score = queries.scores.stored(world.account, lists.today)
    now = queries.health(world.account)
    assert now is not None
    assert (score.shown, score.band) == (now.shown, now.band)
    assert queries.scores.stored_on(lists.today) == 2


@pytest.mark.parametrize("raw", [None, 999.0])
def test_a_stored_score_that_no_profile_gives_is_shown_by_the_likely_one(
    lists: Book, world: World, raw: float | None
) -> None:
    lists.connection.begin()
    lists.connection.run("UPDATE health_snapshot SET raw = :raw", {"raw": raw})
    lists.connection.commit()
    queries = lists.queries()
    now = queries.health(world.account)
    assert now is not None
    assert queries.scores.stored(world.account, lists.today).profile == now.profile


def test_a_complaint_closed_in_time_has_met_its_clocks(lists: Book, world: World) -> None:
    complaint = lists.run(
        log_complaint, world.other, title="quick", when=at(1), resolution_target=100_000
    ).result
    lists.run(move_complaint, complaint, "closed", at(0), remedy_given="fixed")
    assert [row.clock for row in lists.queries().complaints.of_account(world.other)] == ["met"]


def test_a_number_that_is_taken_is_not_given_again(lists: Book, world: World) -> None:
    first = lists.run(log_complaint, world.other, title="one", when=at(1)).result
    following = f"C-{int(first.number.removeprefix('C-')) + 1}"
    lists.connection.begin()
    lists.connection.run(
        "UPDATE complaint SET number = :number WHERE id = :id",
        {"number": following, "id": first.id},
    )
    lists.connection.commit()
    second = lists.run(log_complaint, world.other, title="two", when=at(1)).result
    assert second.number not in {first.number, following}


def test_the_filter_by_owner_knows_a_new_name_and_a_colleague_who_left(
    lists: Book, world: World
) -> None:
    lists.run(change_colleague, world.bob, name="Çağla Ünal")
    lists.run(change_colleague, world.bob, retired_on=date(2026, 1, 1))
    queries = lists.queries().accounts
    for text, names in (("owner:cagla", [NORDIC]), ("owner:unal", [NORDIC]), ("owner:bob", [])):
        assert [row.name for row in queries.page(parts=parse(text))] == names


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("sort", SORTS)
def test_pages_of_any_sort_hold_every_account_once_with_the_empty_ones_in_their_place(
    lists: Book, sort: str, backwards: bool
) -> None:
    for number, tier in enumerate((None, 3, 1, None, 2, 1)):
        lists.run(add_account, name=f"Page {number}", tier=tier)
    queries = lists.queries().accounts
    whole = [row.id for row in queries.page(sort=sort, backwards=backwards)]
    paged = [
        row.id
        for offset in range(0, len(whole) + 3, 3)
        for row in queries.page(sort=sort, backwards=backwards, offset=offset, limit=3)
    ]
    assert whole == paged == list(queries.ids(sort=sort, backwards=backwards))
    assert len(set(whole)) == len(whole) == queries.count()
    column = SORTS[sort][0].removeprefix("r.")
    stored = {
        row["account_id"]: row[column]
        for row in lists.connection.maps("SELECT * FROM account_rollup")
    }
    values = [stored[one] for one in whole]
    known = [value for value in values if value is not None]
    assert known == sorted(known, reverse=backwards != (sort in DESCENDING_FIRST))
    empty = [None] * (len(values) - len(known))
    assert values == ([*empty, *known] if sort in EMPTY_FIRST else [*known, *empty])
