"""While the line is cut the app reads a copy, keeps what is logged, and says what has to wait."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from threading import Event

import pytest

from db.outbox import Outbox
from planner.errors import BookUnavailable
from planner.queued import Waiting, encode
from planner.use_cases.accounts import archive_account, change_account
from tests.makers import at, opened
from tests.tui.conftest import House, look
from tests.tui.flaky import URL, Switch, flaky_launch
from tui import line, line_watch, paths
from tui.app import TrustplanApp
from tui.dialogs.form import FormScreen
from tui.live import LineMoved
from tui.screens.account import AccountScreen
from tui.screens.today import TodayScreen

Cut = Callable[..., AbstractAsyncContextManager[House]]


@pytest.fixture
def switch() -> Switch:
    return Switch()


@pytest.fixture
def outbox() -> Outbox:
    return Outbox(paths.state_folder(), URL)


@pytest.fixture
def far(
    template: tuple[Path, dict[str, int]],
    tmp_path: Path,
    switch: Switch,
    monkeypatch: pytest.MonkeyPatch,
) -> Cut:
    """Opens the app on a book over a line that can be cut, with a copy unless told otherwise."""
    monkeypatch.setattr(line, "FIRST_PAUSE", 0.02)
    monkeypatch.setattr(line, "COPY_PAUSE", 0.0)
    path = tmp_path / "book.db"
    shutil.copyfile(template[0], path)

    @asynccontextmanager
    async def open_house(*, copied: bool = True) -> AsyncIterator[House]:
        app = TrustplanApp(flaky_launch(path, switch))
        async with app.run_test(size=(100, 24), notifications=True, tooltips=True) as pilot:
            home = House(app, pilot, path, dict(template[1]))
            await home.settle()
            if copied:
                watched = app.store.line
                assert watched is not None
                await home.hear(lambda: watched.as_of is not None)
            yield home

    return open_house


def kept(path: Path) -> list[str]:
    book = look(path)
    rows = book.connection.rows("SELECT note FROM touchpoint WHERE note LIKE 'kept%' ORDER BY id")
    book.close()
    return [row[0] for row in rows]


async def cut(home: House, switch: Switch) -> None:
    """Cut the line and do something that needs it."""
    switch.cut = True
    await home.press("2")
    await home.hear(lambda: "OFFLINE" in home.top())


async def heal(home: House, switch: Switch) -> None:
    switch.cut = False
    await home.hear(lambda: "LIVE" in home.top())


async def log(home: House, note: str) -> None:
    await home.press("t")
    await home.press(*note.replace(" ", "_"))
    await home.press("f9")


async def test_reads_go_on_from_the_copy_and_the_top_line_says_so(far: Cut, switch: Switch) -> None:
    async with far() as home:
        assert "LIVE" in home.top()
        await cut(home, switch)
        assert "OFFLINE 0 queued" in home.top()
        assert " old" in home.top()
        assert "Nordic Foods" in {row[0] for row in home.rows()}
        assert any("What you log is kept" in said for said in home.said)
        await home.press("enter")
        assert "OFFLINE" in home.top()
        home.screen(AccountScreen)
        await heal(home, switch)


async def test_what_is_logged_waits_and_is_saved_once_when_the_line_is_back(
    far: Cut, switch: Switch, outbox: Outbox
) -> None:
    async with far() as home:
        await cut(home, switch)
        await log(home, "kept 1")
        assert "OFFLINE 1 queued" in home.top()
        assert any("Kept on this machine" in said for said in home.said)
        await log(home, "kept 2")
        assert "OFFLINE 2 queued" in home.top()
        assert kept(home.path) == []
        assert outbox.count() == 2
        await heal(home, switch)
        assert kept(home.path) == ["kept_1", "kept_2"]
        assert outbox.count() == 0
        assert any("Saved: 2 that waited." in said for said in home.said)
        await log(home, "kept 3")
        assert kept(home.path) == ["kept_1", "kept_2", "kept_3"]
        assert outbox.count() == 0


async def test_what_i_saved_late_is_no_news_and_what_others_saved_meanwhile_is(
    far: Cut, switch: Switch
) -> None:
    async with far() as home:
        await cut(home, switch)
        await log(home, "kept 1")
        ben = opened(home.path, actor="Ben")
        ben.run(change_account, home.ids["Atlas Dental"], tier=3)
        ben.close()
        await heal(home, switch)
        await home.hear(lambda: bool(home.app.news.marked))
        assert kept(home.path) == ["kept_1"]
        assert home.news().startswith("Ben: ")
        ben = opened(home.path, actor="Ben")
        ben.run(change_account, home.ids["Kivi Oy"], tier=3)
        ben.close()
        await home.hear(lambda: home.ids["Kivi Oy"] in home.app.news.marked)
        assert set(home.app.news.marked) == {home.ids["Atlas Dental"], home.ids["Kivi Oy"]}


@pytest.mark.parametrize("lose", ["before", "after"])
async def test_a_log_whose_answer_is_lost_is_saved_once(
    far: Cut, switch: Switch, outbox: Outbox, lose: str
) -> None:
    async with far() as home:
        await home.press("2")
        switch.lose = lose
        await log(home, "kept 1")
        await home.hear(lambda: "OFFLINE 1 queued" in home.top())
        assert kept(home.path) == (["kept_1"] if lose == "after" else [])
        await heal(home, switch)
        assert kept(home.path) == ["kept_1"]
        assert outbox.count() == 0


async def test_a_change_of_a_record_has_to_wait_and_its_form_keeps_the_draft(
    far: Cut, switch: Switch
) -> None:
    async with far() as home:
        await cut(home, switch)
        await home.press("enter")
        await home.press("E", "end", *"_X", "f9")
        assert "waits for it" in home.screen(FormScreen).message
        await home.press("escape")
        drafts = await home.app.store.drafts.list()
        assert [draft.values["name"][-2:] for draft in drafts] == ["_X"]
        await heal(home, switch)


@pytest.mark.parametrize(("lose", "words"), [("before", "was not saved."), ("after", "is saved:")])
async def test_of_a_change_whose_answer_was_lost_it_is_said_whether_it_was_saved(
    far: Cut, switch: Switch, lose: str, words: str
) -> None:
    async with far() as home:
        switch.lose = lose
        home.screen(TodayScreen).do(change_account, home.ids["Kivi Oy"], tier=3)
        await home.hear(lambda: "OFFLINE" in home.top())
        switch.cut = False
        await home.hear(lambda: any(words in said for said in home.said))
        book = look(home.path)
        tier = book.connection.one("SELECT tier FROM account WHERE name = 'Kivi Oy'")
        book.close()
        assert tier == ((3,) if lose == "after" else (2,))


async def test_what_the_book_refuses_afterwards_is_said_and_kept(
    far: Cut, switch: Switch, outbox: Outbox
) -> None:
    async with far() as home:
        await cut(home, switch)
        call = encode((home.ids["Kivi Oy"], 3), {"function": "service"})
        outbox.put(Waiting("one", "2026-03-11T12:00:00Z", "give_pulse", call, "Ann"))
        book = look(home.path)
        book.close()
        writer = flaky_launch(home.path, Switch()).open(for_writing=True)
        writer.run(archive_account, home.ids["Kivi Oy"])
        writer.close()
        await heal(home, switch)
        assert any("Refused, and kept on this machine: 1." in said for said in home.said)
        assert [one.op_id for one in outbox.refused()] == ["one"]


async def test_what_waited_since_an_earlier_start_is_saved_at_the_next(
    far: Cut, outbox: Outbox, template: tuple[Path, dict[str, int]]
) -> None:
    call = encode((template[1]["Kivi Oy"],), {"kind": "call", "when": at(0, 9), "note": "kept"})
    outbox.put(Waiting("one", "2026-03-11T12:00:00Z", "log_touchpoint", call, "Ann"))
    async with far() as home:
        await home.hear(lambda: outbox.count() == 0)
        assert kept(home.path) == ["kept"]


async def test_a_start_without_the_line_opens_the_copy_with_what_waits(
    far: Cut, switch: Switch
) -> None:
    async with far() as home:
        await cut(home, switch)
        await log(home, "kept 1")
    async with far() as home:
        assert "OFFLINE 1 queued" in home.top()
        await heal(home, switch)
        assert kept(home.path) == ["kept_1"]


async def test_a_start_without_the_line_and_without_a_copy_says_why(
    far: Cut, switch: Switch
) -> None:
    switch.cut = True
    async with far(copied=False) as home:
        assert str(home.app.failure) == "The line is cut."


async def test_without_a_copy_the_screen_says_that_nothing_can_be_read(
    far: Cut, switch: Switch, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_large(*_args: object) -> None:
        raise BookUnavailable("The book is too large.")

    monkeypatch.setattr("db.offline_copy.OfflineCopy.make", too_large)
    async with far(copied=False) as home:
        await home.hear(lambda: "The book is too large." in home.said)
        await cut(home, switch)
        assert "OFFLINE 0 queued " in home.top()
        assert any("there is no copy" in said for said in home.said)
        await heal(home, switch)


async def test_a_line_that_is_silent_is_cut_and_no_key_waits_for_it(
    far: Cut, switch: Switch, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = Event()
    monkeypatch.setattr(line_watch, "QUIET_SECONDS", 0.05)
    monkeypatch.setattr(line_watch, "PROBE_SECONDS", 0.05)
    monkeypatch.setattr("db.line_check.session_of", lambda _connection: 1)
    monkeypatch.setattr("db.line_check.cut", lambda _connection: answer.set())
    async with far() as home:
        switch.silent = answer
        await home.pilot.press("2")
        await home.hear(lambda: "OFFLINE" in home.top())
        assert "Nordic Foods" in {row[0] for row in home.rows()}
        switch.silent = None
        await home.hear(lambda: "LIVE" in home.top())


async def test_a_server_that_works_is_waited_for(far: Cut, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def works(_book: object, session: int) -> tuple[bool, str]:
        asked.append(session)
        return True, "then"

    monkeypatch.setattr(line_watch, "QUIET_SECONDS", 0.02)
    monkeypatch.setattr(line_watch, "AGAIN_SECONDS", 0.02)
    monkeypatch.setattr("db.line_check.session_of", lambda _connection: 7)
    monkeypatch.setattr("db.line_check.works_on", works)
    async with far() as home:
        slow = Event()

        def wait(_queries: object) -> str:
            slow.wait(30)
            return "slow"

        reading = home.app.run_worker(home.app.store.read(wait))
        while len(asked) < 3:
            await home.pilot.pause(0.01)
        slow.set()
        assert await reading.wait() == "slow"
        assert "LIVE" in home.top()
        assert set(asked) == {7}


async def test_news_of_the_line_while_a_screen_is_being_left_harms_nothing(
    far: Cut, switch: Switch
) -> None:
    async with far() as home:
        await home.press("2", "enter")
        await home.screen(AccountScreen).remove_children()
        switch.cut = True
        home.app.post_message(LineMoved(False))
        watched = home.app.store.line
        assert watched is not None
        await home.hear(lambda: watched.offline)
        await home.pilot.pause()
        assert home.app.state == "offline"


async def test_news_that_arrives_when_the_app_has_ended_harms_nothing(far: Cut) -> None:
    async with far() as home:
        await home.press("2")
    home.app.on_line_moved(LineMoved(True))
    assert home.app.front is None
