"""Files of survey answers: two ways to write a moment, polarity, duplicates, whose they are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from planner.errors import Refused
from planner.importing.columns import AmbiguousDates
from planner.importing.moments import moments
from planner.importing.options import ImportOptions
from planner.importing.surveys import SurveyFile, read_surveys
from planner.use_cases.accounts import add_account
from planner.use_cases.import_accounts import DryRun, ImportReport
from planner.use_cases.import_surveys import import_surveys
from planner.use_cases.people import add_person
from tests.fakes import FakeClock, MemoryUnitOfWork

UTC_ZONE = ZoneInfo("UTC")
QUESTION = "On a scale of 0-10, how would you rate Sudzilla?"


def read(*lines: str, kind: str | None = "nps", effort_high: bool = False, **options: Any
         ) -> SurveyFile:  # fmt: skip
    """A read file of these lines."""
    data = "\n".join(lines).encode()
    return read_surveys(
        data, ImportOptions("EUR", **options), zone=UTC_ZONE, kind=kind, effort_high=effort_high
    )


def said(file: SurveyFile | ImportReport) -> list[tuple[int, str]]:
    """The problems of rows that were left out."""
    return [(one.line, one.problem) for one in file.problems if not one.kept]


class Book:
    """A unit of work with two accounts and two people of the first."""

    def __init__(self) -> None:
        self.uow = MemoryUnitOfWork()
        self.acme = add_account(self.uow, name="Acme", external_id="A-1").id
        self.other = add_account(self.uow, name="Other").id
        self.maria = add_person(self.uow, self.acme, name="Maria", email="m@acme.example")[0].id
        self.joe = add_person(self.uow, self.acme, name="Joe")[0].id

    def take(self, file: SurveyFile, **options: Any) -> ImportReport:
        """Import a read file."""
        return import_surveys(self.uow, file, title="answers.csv", **options)


@pytest.fixture
def book() -> Book:
    return Book()


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2019-11-01 08:51:12.402", "2019-11-01 08:51:12.402000"),
        ("2019-11-01T08:51:12Z", "2019-11-01 08:51:12"),
        ("2019-11-01 08:51:12 +03:00", "2019-11-01 05:51:12"),
        ("1 Nov 2019 2:30:36 PM", "2019-11-01 14:30:36"),
        ("2019-11-01 12:05 am", "2019-11-01 00:05:00"),
    ],
)
def test_a_moment_is_read_with_its_time(text: str, at: str) -> None:
    typed = moments([(2, text)], "when", None, UTC_ZONE)
    when = typed.values[2]
    assert (str(when.at.replace(tzinfo=None)), when.date_only, typed.problems) == (at, False, ())


def test_a_time_without_an_offset_is_of_the_books_zone_and_the_day_follows_the_zone() -> None:
    zone = ZoneInfo("Europe/Helsinki")
    typed = moments([(2, "2026-03-01 10:00"), (3, "2026-03-01 23:30Z")], "when", None, zone)
    assert typed.values[2].at == datetime(2026, 3, 1, 8, tzinfo=UTC)
    assert typed.values[3].on.isoformat() == "2026-03-02"


def test_a_time_that_there_is_not_leaves_the_day() -> None:
    typed = moments([(2, "2026-03-01 25:00"), (3, "2026-03-02 13:00 pm")], "when", None, UTC_ZONE)
    assert [one.date_only for one in typed.values.values()] == [True, True]
    assert [one.line for one in typed.problems] == [2, 3]


def test_the_order_of_day_and_month_is_asked_for(samples: Path) -> None:
    data = (samples / "preppin_040" / "inputs" / "input_01.csv").read_bytes()
    maps = (f"{QUESTION}=score",)
    with pytest.raises(AmbiguousDates, match="dmy or --dates mdy"):
        read_surveys(data, ImportOptions("EUR", maps=maps), zone=UTC_ZONE)
    file = read_surveys(data, ImportOptions("EUR", maps=maps, dates="mdy"), zone=UTC_ZONE)
    assert (file.rows, len(file.records), file.kind_decided) == (
        39, 39, "only NPS has such scores",
    )  # fmt: skip


def test_the_second_sample_file_holds_39_duplicates(samples: Path, book: Book) -> None:
    def sample(name: str) -> SurveyFile:
        data = (samples / "preppin_040" / "inputs" / name).read_bytes()
        maps = (f"{QUESTION}=score", "...why?=comment")
        return read_surveys(data, ImportOptions("EUR", maps=maps, dates="mdy"), zone=UTC_ZONE)

    for first, second in (("input_01.csv", "input_02.csv"), ("input_02.csv", "input_01.csv")):
        book = Book()
        assert book.take(sample(first)).created == 39
        again = book.take(sample(second))
        assert (again.created, again.skipped, again.failed) == (0, 39, 0)
        assert {problem for _line, problem in said(again)} == {"the book has this answer already"}


def test_equal_anonymous_answers_of_one_day_are_all_kept(book: Book) -> None:
    lines = ["date,score", *["2026-03-01,9"] * 3]
    assert book.take(read(*lines)).created == 3
    again = book.take(read(*lines, "2026-03-01,9"))
    assert (again.created, again.skipped) == (1, 3)


def test_ces_of_two_polarities_in_one_file_is_a_problem_by_line() -> None:
    file = read(
        "date,kind,score,polarity", "2026-03-01,ces,6,effort_high", "2026-03-01,nps,9,",
        "2026-03-02,ces,2,agree_easy", "2026-03-03,ces,5,", "2026-03-04,ces,1,effort high",
        "2026-03-04,ces,1,sideways",
    )  # fmt: skip
    assert [one.line for one in file.records] == [2, 3, 6]
    assert [line for line, _problem in said(file)] == [4, 5, 7]
    assert "another one than that of line 2" in said(file)[0][1]
    assert [one.effort_high for one in file.records] == [True, False, True]


def test_the_polarity_of_a_file_can_be_said() -> None:
    file = read("date,score", "2026-03-01,6", kind="ces", effort_high=True)
    assert file.records[0].effort_high


def test_a_score_outside_its_scale_is_refused_by_line() -> None:
    file = read(
        "date,score,out of,kind", "2026-03-01,-1,,nps", "2026-03-01,11,,nps", "2026-03-01,0,,csat",
        "2026-03-01,good,,nps", "2026-03-01,,,nps", "2026-03-01,7,10,csat", "2026-03-01,7.5,,nps",
        "2026-03-01,7,101,nps", "2026-03-01,7,,stars",
    )  # fmt: skip
    assert dict(said(file)) == {
        2: "a score is never negative; NPS runs from 0 to 10",
        3: "NPS runs from 0 to 10",
        4: "CSAT runs from 1 to 5",
        5: "this is no number",
        6: "no score: they gave no answer",
        8: "this is no whole number",
        9: "the top of a scale lies between 1 and 100",
        10: "this is no survey; it is one of nps, csat, ces",
    }
    assert (file.skipped, [one.line for one in file.records]) == ((6,), [7])
    assert (file.records[0].highest, file.rows) == (10, 9)


def test_the_kind_follows_from_the_column_or_the_scores_or_is_asked_for() -> None:
    assert read("date,CSAT score", "2026-03-01,4", kind=None).records[0].kind == "csat"
    assert read("date,score", "2026-03-01,8", kind=None).records[0].kind == "nps"
    with pytest.raises(Refused, match="Which survey"):
        read("date,score", "2026-03-01,4", kind=None)
    with pytest.raises(Refused, match="is no survey"):
        read("date,score", "2026-03-01,4", kind="stars")


def test_a_file_without_a_score_or_a_day_is_refused_with_what_to_map() -> None:
    with pytest.raises(Refused, match=r"No column holds the score.*Perhaps 'scores'"):
        read("date,scores", "2026-03-01,4")
    with pytest.raises(Refused, match="No column says when"):
        read("score,colour", "4,red")


def test_a_row_without_a_day_and_a_total_are_left_out() -> None:
    file = read("date,score", ",9", "2026-03-01,9", "never,8", "Total,26")
    assert [line for line, _problem in said(file)] == [2, 4, 4, 5]
    assert said(file)[0][1] == "it does not say when they answered"
    assert said(file)[-1][1] == "this last row is a total"
    assert (file.failed, file.skipped) == ((2, 4), (5,))


def test_one_id_twice_in_a_file_counts_once() -> None:
    file = read("id,date,score", "7,2026-03-01,9", "7,2026-03-02,8")
    assert said(file) == [(3, "line 2 already holds this answer")]


def test_answers_belong_to_accounts_and_people_by_their_names(book: Book) -> None:
    report = book.take(
        read("date,score,account,person,email", "2026-03-01,9,acme,Maria,",
             "2026-03-02,9,A-1,,M@acme.example", "2026-03-03,9,,,m@acme.example", "2026-03-04,9,,,",
             "2026-03-05,9,Acme,,", "2026-03-05,9,Nobody Ltd,,", "2026-03-05,9,,Maria,",
             "2026-03-05,9,,,x@x.example", "2026-03-06,9,Acme,Zoe,")
    )  # fmt: skip
    whose = [(one.account_id, one.person_id) for one in book.uow.surveys.find()]
    assert whose == [
        (book.acme, book.maria), (book.acme, book.maria), (book.acme, book.maria), (None, None),
        (book.acme, None), (book.acme, None),
    ]  # fmt: skip
    assert (report.created, report.failed, report.rows) == (6, 3, 9)
    assert [line for line, _problem in said(report)] == [7, 8, 9]
    assert [one.line for one in report.problems if one.kept] == [10]


def test_an_email_of_two_accounts_is_not_guessed(book: Book) -> None:
    from planner.people import Membership

    book.uow.memberships.add(
        Membership(id=book.uow.new_id(), account_id=book.other, person_id=book.maria)
    )
    report = book.take(read("date,score,email", "2026-03-01,9,m@acme.example"))
    assert said(report) == [(2, "this e-mail belongs to several accounts; name the account")]


def test_an_answer_with_a_known_id_is_changed_and_its_owner_stays(book: Book) -> None:
    first = read("id,date,score,account,person", "7,2026-03-01,9,Acme,Maria")
    assert book.take(first).created == 1
    assert book.take(first).unchanged == 1
    better = book.take(read("id,date,score,account,person", "7,2026-03-02,8,Acme,Maria"))
    assert better.updated == 1
    (stored,) = book.uow.surveys.find()
    assert (stored.score, stored.answered_on.isoformat()) == (8, "2026-03-02")
    assert book.take(read("id,date,score", "7,2026-03-02,8")).unchanged == 1
    stolen = book.take(read("id,date,score,account,person", "7,2026-03-02,8,Acme,Joe"))
    assert "somebody else" in said(stolen)[0][1]


def test_only_bad_answers_of_the_last_two_weeks_are_followed_up(book: Book) -> None:
    book.take(
        read("date,score,account", "2026-03-10,2,Acme", "2026-02-25,3,Acme", "2026-02-24,4,Acme",
             "2026-03-10,9,Acme", "2026-03-10,1,")
    )  # fmt: skip
    assert [one.action for one in book.uow.actions.find(origin="survey")] == [
        "follow up an anonymous answer: NPS 2 of 10", "follow up an anonymous answer: NPS 3 of 10",
    ]  # fmt: skip


def test_an_answer_of_the_future_fails_by_line(book: Book) -> None:
    report = book.take(read("date,score", "2026-03-12,9", "2026-03-11 11:00,9"))
    assert (report.failed, report.created) == (1, 1)
    assert "future" in said(report)[0][1]
    book.uow.clock = FakeClock(datetime(2026, 3, 12, tzinfo=UTC) + timedelta(hours=13))
    assert book.take(read("date,score", "2026-03-12,9")).created == 1


def test_a_dry_run_and_no_create_write_nothing_new(book: Book) -> None:
    file = read("date,score", "2026-03-01,9")
    with pytest.raises(DryRun) as dry:
        book.take(file, dry_run=True)
    assert dry.value.report.created == 1
    assert Book().take(file, create=False).skipped == 1


def test_no_text_is_taken_that_no_book_can_hold() -> None:
    long = "x" * 1_001
    file = read("date,score,account,comment", f"2026-03-01,9,{long},", "2026-03-01,9,,\x00bad")
    assert (file.failed, [one.comment for one in file.records]) == ((2,), [None])


def test_a_trigger_that_there_is_not_is_left_out() -> None:
    file = read("date,score,trigger", "2026-03-01,9,QBR done", "2026-03-01,8,birthday")
    assert [one.trigger for one in file.records] == ["qbr_done", None]
    assert [one.line for one in file.problems if one.kept] == [3]
