"""Every screen, dialog and form on a book of hostile texts: no crash, no markup, no action from
data. A screen, dialog or form without a case here fails."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual.screen import Screen

import tui.dialogs
import tui.screens
from planner.causes import pareto
from planner.draft_texts import Draft
from planner.ports import Actor
from planner.use_cases.accounts import add_account, change_account
from planner.views.survey_figures import SurveyFacts
from tests.e2e.escapes import in_text
from tests.e2e.hostile_book import ATTACKS, MARK, ME, NAME, WORST, HostileBook, make
from tests.fakes import NOON
from tests.makers import TODAY, opened
from tests.strategies import hostile_text
from tests.tui.conftest import House, start
from tui.dialogs.choice import Choice, ChoiceDialog
from tui.dialogs.conflict import Clash
from tui.dialogs.conflict_dialog import ConflictDialog
from tui.dialogs.conflict_edit import ConflictEditDialog
from tui.dialogs.draft_dialog import DraftDialog
from tui.dialogs.file_name import FileNameDialog
from tui.dialogs.find import FindDialog
from tui.dialogs.form import FormScreen
from tui.dialogs.list_dialog import NarrowingField
from tui.dialogs.opening import FORMS, open_form
from tui.dialogs.question import QuestionDialog
from tui.dialogs.spec import Context, Field
from tui.draft_words import DraftFound
from tui.screens.account import AccountScreen
from tui.screens.account_detail import DetailScreen
from tui.screens.account_view import TABS, read_view
from tui.screens.board_owners import BoardOwnersScreen
from tui.screens.book_screen import BookScreen
from tui.screens.bulk_edit import Change, PreviewDialog, TagDialog
from tui.screens.causes import CauseComplaintsScreen, CauseLinksScreen
from tui.screens.customer_view import CustomerScreen
from tui.screens.dropoff import DropoffScreen, DroppedScreen
from tui.screens.first_run import CurrencyDialog, FirstRunScreen
from tui.screens.improvements import SourcesScreen
from tui.screens.incidents import IncidentLogScreen, IncidentScreen
from tui.screens.person_timeline import PersonTimelineScreen
from tui.screens.plan_versions import CompareScreen, VersionsScreen
from tui.screens.touch_matrix import JourneyScreen, SendsScreen, TalkTimeScreen, TouchesScreen
from tui.screens.voice_rows import AnswersScreen, CoverageScreen, SurveySendsScreen
from tui.widgets.document import Document
from tui.widgets.windowed_table import WindowedTable

Show = Callable[[House], Any]
BASES = {
    "BookScreen", "Everywhere", "FrameScreen", "Opening", "ListDialog", "DigitDialog", "ListScreen",
    "PlanForms", "PlanKeys", "RowsScreen", "Sharing", "StreamKeys", "MatrixLines",
}  # fmt: skip
"""What screens are made of; nothing opens them."""
TOPS = {"TodayScreen": "today", "AccountsScreen": "accounts", "ComplaintsScreen": "complaints",
        "ActivityScreen": "activity", "SignalsScreen": "signals", "RenewalsScreen": "renewals",
        "RadarScreen": "radar", "RequestsScreen": "requests", "CalendarsScreen": "calendars",
        "IncidentsScreen": "incidents", "ValidationScreen": "validation",
        "CadenceScreen": "cadence", "CausesScreen": "causes",
        "VoiceScreen": "voice", "SilentScreen": "silent",
        "FeedbackScreen": "feedback", "ImprovementsScreen": "improvements"}  # fmt: skip
SUBJECTS: dict[str, tuple[str, ...]] = {
    "touchpoint": ("", "touchpoint"), "account": ("", "account"), "team": ("",),
    "person": ("", "person"), "contract": ("", "contract"), "plan": ("",),
    "objective": ("", "objective"), "plan_action": ("", "action"), "action": ("", "action"),
    "later": ("action",), "hand": ("action", "complaint", "account"), "risk": ("", "risk"),
    "signal": ("", "signal"), "signal_close": ("signal",), "survey": ("", "survey"),
    "calendar": ("", "calendar"), "survey_close": ("survey",),
    "improvement": ("", "improvement", "complaint"),
    "improvement_step": ("improvement",),
    "pulse": ("",), "entry": ("touchpoint",), "meeting": ("",), "complaint": ("", "complaint"),
    "complaint_step": ("complaint",),
    "complaint_note": ("complaint", "complaint_note"), "complaint_decline": ("complaint",),
    "complaint_withdraw": ("complaint",), "complaint_merge": ("complaint",),
    "forecast": ("contract",), "renewal": ("contract",), "starter": ("",),
    "interview_bought": ("",), "interview_stay": ("",), "interview_exit": ("",),
    "interview": ("interview",), "line": ("entry",), "line_why_bought": ("",),
    "line_why_stay": ("",), "line_contact_plan": ("",), "line_growth": ("",), "line_notes": ("",),
    "line_reviews": ("",), "measurement": ("", "measurement"), "proof": ("", "proof"),
    "product": ("", "product"), "whitespace": ("", "whitespace"),
    "opportunity": ("", "opportunity"), "benefit": ("", "benefit"), "gesture": ("", "gesture"),
    "cadence": ("",), "snooze": ("",),
    "criterion": ("", "success_criterion"), "alert_rule": ("", "alert_rule"),
    "alert_answer": ("alert_rule",),
    "incident": ("", "incident"), "incident_touch": ("incident",), "incident_told": ("incident",),
    "incident_message": ("incident",), "incident_end": ("incident",),
    "request": ("",), "celebration": ("", "celebration"), "advocacy": ("", "advocacy"),
    "purchase": ("", "purchase"),
    "behaviour": ("", "behaviour"), "programme": ("", "programme"),
    "enrolment": ("", "enrolment"), "offer_section": ("",),
}  # fmt: skip
"""Form to what it is opened about: nothing but the account, or a record."""


def screens() -> set[str]:
    """The names of every screen and dialog of the app."""
    found = set()
    for package in (tui.screens, tui.dialogs):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            loaded = importlib.import_module(module.name)
            found |= {
                name
                for name, kind in inspect.getmembers(loaded, inspect.isclass)
                if issubclass(kind, Screen) and kind.__module__ == module.name
            }
    return found - BASES


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> HostileBook:
    """The book."""
    return make(tmp_path_factory.mktemp("hostile"))


@asynccontextmanager
async def app_on(path: Path, ids: dict[str, int], me: str = ME) -> AsyncIterator[House]:
    """The app on a book."""
    app = start(path, name=me)
    async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
        home = House(app, pilot, path, ids)
        await home.settle()
        yield home


def shown(home: House) -> str:
    """What the screen in front paints, as text."""
    strips = home.app.screen._compositor.render_strips()
    return "\n".join(strip.text for strip in strips)


async def check(home: House) -> None:
    """Nothing acts, nothing was read as markup, clicking on the first lines runs no action."""
    await home.settle()
    assert home.app._exception is None
    assert in_text(shown(home)) == []
    widths = {strip.cell_length for strip in home.app.screen._compositor.render_strips()}
    assert widths == {80}
    for kind in (Document, WindowedTable):
        for widget in home.app.screen.query(kind):
            widget.focus()
    await home.settle()
    assert not home.app._exit


def literal(home: House, beginning: str = "[@click=app.q") -> None:
    """The hostile name stands there as it was written, or cut."""
    assert beginning in shown(home), shown(home)


async def click_everywhere(home: House) -> None:
    """Click on the cells where the hostile name can stand."""
    front = home.app.screen
    for y in range(2, 22, 3):
        if home.app.screen is front:
            await home.pilot.click(offset=(12, y))
    await home.settle()
    assert not home.app._exit


def _push(make_screen: Callable[[House], Screen[Any]]) -> Show:
    return lambda home: home.app.push_screen(make_screen(home))


def _top(name: str) -> Show:
    return lambda home: home.app.go_top(name)


async def _cadence(home: House) -> None:
    """The list of quarterly reviews: the account was contacted, so no other list holds it."""
    await home.app.go_top("cadence")
    await home.settle()
    await home.press("s", "s", "s", "s")


async def _rules(home: House) -> None:
    """The list of rules: the account's alert was answered."""
    await home.app.go_top("rules")
    await home.settle()
    await home.press("s")


def _dialog(name: str) -> Show:
    async def open_dialog(home: House) -> None:
        await home.app.screen.run_action(name)

    return open_dialog


async def _form(home: House) -> None:
    front = home.app.screen
    assert isinstance(front, BookScreen)
    open_form(front, "person", account_id=home.ids["account"], person_id=home.ids["person"])


async def _reasons(home: House) -> None:
    await home.app.go_top("radar")
    await home.settle()
    await home.press("enter")


def _preview(home: House) -> PreviewDialog:
    book = opened(home.path, mode="read")
    rows = book.queries().accounts.by_ids([home.ids["account"]])
    book.close()
    return PreviewDialog(rows, 1, Change("owner_id", NAME, None, NAME))


def _compare(home: House) -> CompareScreen:
    book = opened(home.path, actor=ME)
    queries, account = book.queries(), home.ids["account"]
    view, history = read_view(queries, account, "people"), queries.versions.history(account)
    numbers = [one.number for one in history.versions]
    book.close()
    return CompareScreen(view, history, min(numbers), max(numbers))


def _survey_facts(home: House) -> SurveyFacts:
    book = opened(home.path, actor=ME)
    facts = book.queries().survey_figures.facts()
    book.close()
    return facts


HOSTILE_CLASH = Clash("note", NAME, Field("note", NAME), NAME, WORST, NAME, NAME, NAME)
CONTEXT = Context(NOON, ZoneInfo("UTC"), "EUR", Actor(ME))
HOSTILE_DRAFT = DraftFound(Draft(NAME, NAME, f"{NAME}\n{WORST}", ()), (NAME, WORST))
CASES: dict[str, Show] = {
    **{name: _top(top) for name, top in TOPS.items()},
    "CadenceScreen": _cadence,
    "RulesScreen": _rules,
    "AccountScreen": _push(lambda home: AccountScreen(home.ids["account"])),
    "DetailScreen": _push(
        lambda home: DetailScreen(home.ids["account"], "complaint", home.ids["complaint"])
    ),
    "PersonTimelineScreen": _push(lambda home: PersonTimelineScreen(home.ids["person"], NAME)),
    "BoardOwnersScreen": _push(lambda _home: BoardOwnersScreen(lambda _whose, _words: None)),
    "IncidentScreen": _push(lambda home: IncidentScreen(home.ids["incident"], NAME)),
    "IncidentLogScreen": _push(lambda home: IncidentLogScreen(home.ids["incident"], NAME)),
    "CauseLinksScreen": _push(lambda home: CauseLinksScreen(home.ids["complaint"], NAME)),
    "CauseComplaintsScreen": _push(
        lambda _home: CauseComplaintsScreen(
            NAME, pareto([(NAME, None, 1)]).lines[0], TODAY - timedelta(days=30), TODAY
        )
    ),
    "AnswersScreen": _push(lambda home: AnswersScreen(NAME, [home.ids["survey"]])),
    "SurveySendsScreen": _push(lambda home: SurveySendsScreen(NAME, _survey_facts(home))),
    "CoverageScreen": _push(lambda home: CoverageScreen(NAME, _survey_facts(home))),
    "SourcesScreen": _push(lambda home: SourcesScreen(home.ids["improvement"], NAME)),
    "VersionsScreen": _push(lambda home: VersionsScreen(home.ids["account"])),
    "CompareScreen": _push(_compare),
    "CustomerScreen": _push(lambda home: CustomerScreen(home.ids["account"])),
    "JourneyScreen": _push(lambda _home: JourneyScreen()),
    "DropoffScreen": _push(lambda _home: DropoffScreen()),
    "DroppedScreen": _push(lambda home: DroppedScreen(NAME, (home.ids["account"],))),
    "SendsScreen": _push(lambda home: SendsScreen(home.ids["account"])),
    "TalkTimeScreen": _push(lambda _home: TalkTimeScreen()),
    "TouchesScreen": _push(
        lambda home: TouchesScreen(NAME, lambda q: q.matrix.touches([home.ids["touchpoint"]]))
    ),
    "FileNameDialog": _push(lambda _home: FileNameDialog(NAME, NAME, NAME)),
    "FirstRunScreen": _push(lambda _home: FirstRunScreen()),
    "CurrencyDialog": _push(lambda _home: CurrencyDialog()),
    "TagDialog": _push(lambda _home: TagDialog()),
    "PreviewDialog": _push(_preview),
    "ChoiceDialog": _push(
        lambda _home: ChoiceDialog(NAME, [Choice("a", NAME, NAME), Choice("b", WORST)])
    ),
    "DraftDialog": _push(lambda _home: DraftDialog(HOSTILE_DRAFT, NAME)),
    "QuestionDialog": _push(lambda _home: QuestionDialog(NAME, NAME)),
    "ConflictDialog": _push(
        lambda _home: ConflictDialog(
            [HOSTILE_CLASH], NAME, CONTEXT, archived=(NAME, ""), changes=[(NAME, WORST)]
        )
    ),
    "ConflictEditDialog": _push(lambda _home: ConflictEditDialog(HOSTILE_CLASH, NAME, CONTEXT)),
    "RadarReasonsDialog": _reasons,
    "FindDialog": _dialog("find"),
    "MenuDialog": _dialog("menu"),
    "HelpDialog": _dialog("help"),
    "RecentDialog": _dialog("recent"),
    "FormScreen": _form,
}
NARROW = {"RenewalsScreen", "VersionsScreen"}
"""Where a name has few cells."""
WITHOUT_DATA = {"JourneyScreen", "DropoffScreen", "VoiceScreen", "MenuDialog", "HelpDialog",
                "BoardOwnersScreen", "ValidationScreen",
                "CurrencyDialog", "TagDialog", "FirstRunScreen"}  # fmt: skip


def test_every_screen_dialog_and_form_has_a_case() -> None:
    assert screens() == set(CASES)
    assert set(FORMS) == set(SUBJECTS)


@pytest.mark.parametrize("name", sorted(CASES))
async def test_a_screen_shows_hostile_text_as_it_is(hostile: HostileBook, name: str) -> None:
    async with app_on(hostile.path, hostile.ids) as home:
        home.app.remember(hostile.ids["account"])
        waiting = CASES[name](home)
        if inspect.isawaitable(waiting):
            await waiting
        await home.settle()
        assert type(home.app.screen).__name__ == name
        for field in home.app.screen.query(NarrowingField):
            field.value = MARK.lower() if isinstance(home.app.screen, FindDialog) else "e"
        await check(home)
        if name not in WITHOUT_DATA:
            literal(home, *(("[@",) if name in NARROW else ()))
        await click_everywhere(home)


@pytest.mark.parametrize("tab", TABS)
async def test_a_tab_shows_hostile_text_as_it_is(hostile: HostileBook, tab: str) -> None:
    async with app_on(hostile.path, hostile.ids) as home:
        home.app.push_screen(AccountScreen(hostile.ids["account"], (), tab))
        await check(home)
        literal(home)
        await home.press("end", "enter")
        await check(home)


@pytest.mark.parametrize(("form", "about"), [(f, s) for f in SUBJECTS for s in SUBJECTS[f]])
async def test_a_form_takes_hostile_text_as_it_is(
    hostile: HostileBook, tmp_path: Path, form: str, about: str
) -> None:
    path = tmp_path / "book.db"
    shutil.copyfile(hostile.path, path)
    subject: dict[str, Any] = {"account_id": hostile.ids["account"]}
    if (form, about) in (("account", ""), ("hand", "action"), ("hand", "complaint")):
        subject = {}
    if about:
        subject[f"{about}_id"] = hostile.ids[about]
    async with app_on(path, hostile.ids) as home:
        front = home.app.screen
        assert isinstance(front, BookScreen)
        open_form(front, form, **subject)
        await home.settle()
        shown_form = home.screen(FormScreen)
        for row in shown_form.rows:
            row.text = NAME
        await check(home)
        if form != "complaint_merge":  # its one field is a choice, shown in capitals
            literal(home)
        await home.press("ctrl+s")
        await check(home)


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(st.sampled_from(ATTACKS), hostile_text).filter(str.strip))
async def test_any_text_in_names_and_notes_passes_through_every_screen(
    hostile: HostileBook, tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("any") / "book.db"
    shutil.copyfile(hostile.path, path)
    book = opened(path, actor=ME)
    account = hostile.ids["account"]
    book.run(change_account, account, name=f"{text} 1", note=text, sector=text[:900], tags=(text,))
    book.run(add_account, name=text[:900], duplicate=True, owner_id=hostile.ids["me"])
    book.close()
    async with app_on(path, hostile.ids) as home:
        for top in TOPS.values():
            await home.app.go_top(top)
            await check(home)
        home.app.push_screen(AccountScreen(account))
        for _tab in TABS:
            await check(home)
            await home.press("right")
        front = home.app.screen
        assert isinstance(front, BookScreen)
        open_form(front, "account", account_id=account)
        await check(home)
        assert home.screen(FormScreen).texts["note"] == text
