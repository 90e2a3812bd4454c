"""Nobody's change is lost: two people change one field, and the second decides field by field."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.use_cases.accounts import change_account
from planner.use_cases.actions import change_action, postpone_action
from planner.use_cases.complaints import move_complaint
from planner.use_cases.contracts import change_contract
from planner.use_cases.people import set_part
from planner.use_cases.plans import change_risk
from planner.use_cases.touchpoints import change_touchpoint
from tests.makers import at as moment
from tests.makers import day
from tests.tui.form_app import Desk, desk
from tests.tui.test_form_engine import HOSTILE, acting, shown
from tui.dialogs.conflict import diff_lines
from tui.dialogs.conflict_dialog import ConflictDialog
from tui.dialogs.conflict_edit import ConflictEditDialog
from tui.dialogs.form import FormScreen
from tui.dialogs.help import HelpDialog
from tui.widgets.text_line import TextLine

ROW = "SELECT sector, country, note FROM account WHERE id = :i"


def dialog(at: Desk) -> ConflictDialog:
    """The dialog, which is in front."""
    assert isinstance(at.app.screen, ConflictDialog), at.app.screen
    return at.app.screen


def left(at: Desk) -> str:
    """What the dialog says is left to do."""
    spans = dialog(at).query_one("#left", TextLine).text
    return "".join(span if isinstance(span, str) else span[0] for span in spans)


def stored(at: Desk) -> tuple[object, ...]:
    """Sector, country and note as they are in the book."""
    row = at.book.connection.one(ROW, {"i": at.world.account})
    assert row is not None
    return tuple(row)


async def clash(at: Desk, mine: dict[str, str], **theirs: str) -> FormScreen:
    """I open the account and type, Bob saves, I save."""
    form = await at.open("account", account_id=at.world.account)
    for name, text in mine.items():
        await at.type(name, text)
    at.book.run(change_account, at.world.account, **theirs)
    await at.save()
    return form


async def test_the_dialog_shows_was_theirs_and_mine_with_who_and_when(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        await clash(at, {"sector": "food"}, sector="ships")
        text = shown(at)
        assert "Bob changed Sector first, Wed 11 Mar 2026, 12:00." in text
        assert list(dialog(at).detail()) == [
            "Sector  ·  theirs is by Bob, Wed 11 Mar 2026, 12:00",
            "was      --", "theirs   ships", "mine     food",
        ]  # fmt: skip
        assert all(word in text for word in ("ships", "food", "theirs", "mine"))
        assert stored(at)[0] == "ships"


async def test_t_takes_theirs_m_keeps_mine_and_enter_saves_both(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        mine = {"sector": "food", "country": "SE", "note": "tall"}
        await clash(at, mine, sector="ships", country="FI")
        await at.press("t", "down", "m")
        assert dialog(at).choices == {"sector": "theirs", "country": "mine"}
        assert left(at) == "Enter saves."
        await at.press("enter")
        assert at.closed
        assert stored(at) == ("ships", "SE", "tall")


async def test_enter_says_which_fields_are_not_decided_and_goes_there(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        await clash(at, {"sector": "food", "country": "SE"}, sector="ships", country="FI")
        await at.press("t", "enter")
        assert left(at) == "1 of 2 decided. Not yet: Country"
        assert stored(at)[1] == "FI"
        await at.press("m")
        assert dialog(at).choices["country"] == "mine"


async def test_help_lists_the_keys_of_the_dialog_and_runs_them(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        await clash(at, {"sector": "food"}, sector="ships")
        await at.press("question_mark")
        assert isinstance(at.app.screen, HelpDialog)
        text = shown(at)
        for words in ("save, once every field is decided", "take theirs", "write another text"):
            assert words in text
        assert at.app.screen.document.move_to_key("conflict.mine")
        await at.press("enter")
        assert dialog(at).choices == {"sector": "mine"}


async def test_arrows_and_enter_alone_decide_everything(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        await clash(at, {"sector": "food", "country": "SE"}, sector="ships", country="FI")
        await at.press("right", "right", "down", "right")
        assert dialog(at).choices == {"sector": "mine", "country": "theirs"}
        await at.press("left", "right", "right", "enter")
        assert isinstance(at.app.screen, ConflictEditDialog)
        await at.press("enter")
        assert dialog(at).choices["country"] == "edit"
        await at.press("enter")
        assert at.closed
        assert stored(at)[:2] == ("food", "SE")


async def test_e_opens_a_line_whose_text_is_saved(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        await clash(at, {"sector": "food"}, sector="ships")
        await at.press("e")
        assert isinstance(at.app.screen, ConflictEditDialog)
        await at.press("end", *" and tea", "enter")
        assert "food and tea" in "\n".join(dialog(at).detail())
        assert left(at) == "Enter saves."
        await at.press("enter")
        assert at.closed
        assert stored(at)[0] == "food and tea"


async def test_a_text_that_cannot_be_read_stays_in_its_line(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        await at.open("contract", account_id=at.world.account, contract_id=at.world.contract)
        await at.type("arr_minor", "5000")
        at.book.run(change_contract, at.world.contract, arr_minor=700_000)
        await at.save()
        assert "7000" in shown(at)
        await at.press("e", *"x", "enter")
        front = at.app.screen
        assert isinstance(front, ConflictEditDialog)
        assert "is no amount" in front.row.problem
        await at.press("backspace", *"1", "ctrl+s", "enter")
        assert at.closed
        assert at.one("SELECT arr_minor FROM contract WHERE id = :i", i=at.world.contract) == (
            5_000_100
        )


async def test_leaving_the_line_or_answering_back_changes_nothing(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        await clash(at, {"sector": "food"}, sector="ships")
        await at.press("m", "e", *"x", "escape")
        assert dialog(at).choices == {"sector": "mine"}
        await at.press("e", *"x", "tab", "right", "enter")
        assert dialog(at).choices == {"sector": "mine"}
        await at.press("enter")
        assert stored(at)[0] == "food"


async def test_esc_keeps_the_draft_and_saves_nothing(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await clash(at, {"sector": "food"}, sector="ships")
        await at.press("t", "escape")
        assert at.form is form
        assert form.texts["sector"] == "food"
        assert "what you typed is still here" in form.message
        assert stored(at)[0] == "ships"
        kept = await at.app.store.drafts.get("account", form.subject.key)
        assert kept is not None
        assert kept.values == {"sector": "food"}
        await at.save()
        await at.press("m", "enter")
        assert at.closed
        assert stored(at)[0] == "food"
        assert await at.app.store.drafts.list() == []


async def test_a_draft_that_comes_back_asks_about_what_others_changed_since(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as at:
        await at.open("account", account_id=at.world.account)
        await at.type("sector", "food")
        await at.type("country", "SE")
        await at.press("escape")
        at.book.run(change_account, at.world.account, sector="ships")
        form = await at.open("account", account_id=at.world.account)
        await at.save()
        assert "Somebody changed Sector since you wrote your draft." in shown(at)
        assert list(dialog(at).detail())[1:] == ["was      --", "theirs   ships", "mine     food"]
        await at.press("escape")
        assert at.form is form
        assert stored(at)[:2] == ("ships", None)
        await at.save()
        await at.press("t", "enter")
        assert at.closed
        assert stored(at)[:2] == ("ships", "SE")


async def test_theirs_for_everything_saves_nothing_of_mine(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        await clash(at, {"sector": "food"}, sector="ships")
        before = at.one("SELECT count(*) FROM change")
        await at.press("t", "enter")
        assert at.closed
        assert stored(at)[0] == "ships"
        assert at.one("SELECT count(*) FROM change") == before
        assert "Theirs stands" in at.said[-1]


async def test_a_save_while_the_dialog_is_open_opens_it_again_with_the_newer_values(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as at:
        await clash(at, {"sector": "food", "country": "SE"}, sector="ships", country="FI")
        at.book.run(change_account, at.world.account, sector="rails", note="theirs too")
        await at.press("m", "down", "t", "enter")
        text = shown(at)
        assert "Somebody saved again while you decided." in text
        assert list(dialog(at).detail())[1:] == [
            "was      ships",
            "theirs   rails",
            "mine     food",
        ]
        assert dialog(at).choices == {"sector": ""}
        assert stored(at) == ("rails", "FI", "theirs too")
        await at.press("m", "enter")
        assert at.closed
        assert stored(at) == ("food", "FI", "theirs too")


async def test_a_long_text_is_a_diff_of_theirs_against_mine_that_scrolls(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        start = "\n".join(f"line {number} of the note." for number in range(60))
        at.book.run(change_account, at.world.account, note=start)
        theirs = "\n".join(line.replace("line", "row") if number % 4 == 0 else line
                           for number, line in enumerate(start.splitlines()))  # fmt: skip
        await clash(at, {"note": start.replace("line 59", "line fifty-nine")}, note=theirs)
        lines = list(dialog(at).detail())
        assert lines[1:4] == ["was      line 0 of the note.", "--- Bob", "+++ mine"]
        assert {"-row 0 of the note.", "+line 0 of the note.", " line 1 of the note."} <= set(lines)
        assert "+line fifty-nine of the note." in lines
        first = shown(at)
        assert "fifty-nine" not in first
        await at.press(*["pagedown"] * 20)
        assert "+line fifty-nine" in shown(at)
        await at.press("tab", *["up"] * 100)
        assert "--- Bob" in shown(at)
        await at.press("m", "enter")
        assert at.closed
        assert str(stored(at)[2]).endswith("line fifty-nine of the note.")


def test_a_diff_goes_by_sentences_and_says_where_it_stops() -> None:
    lines = diff_lines("One. Two. Three.", "One. Too. Three.", names=("Bob", "mine"))
    assert lines == ["--- Bob", "+++ mine", "@@ -1,3 +1,3 @@", " One.", "-Two.", "+Too.", " Three."]
    assert diff_lines("a  \n", "a", names=("Bob", "mine")) == []
    many = "\n".join(str(number) for number in range(5_000))
    lines = diff_lines(many, many.replace("\n4\n", "\nfour\n"), names=("Bob", "mine"))
    assert {"-4", "+four"} <= set(lines)
    assert "too long" in lines[-1]


async def test_the_moment_of_an_entry_is_one_field(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        await at.open("entry", touchpoint_id=at.world.touchpoint)
        await at.type("when", "2026-03-08 09:00")
        at.book.run(change_touchpoint, at.world.touchpoint, when=moment(4, 11))
        await at.save()
        assert list(dialog(at).choices) == ["when"]
        assert list(dialog(at).detail())[1:] == [
            "was      2026-03-10 10:00", "theirs   2026-03-07 11:00", "mine     2026-03-08 09:00",
        ]  # fmt: skip
        await at.press("m", "enter")
        assert at.closed
        day = at.one("SELECT occurred_on FROM touchpoint WHERE id = :i", i=at.world.touchpoint)
        assert day == "2026-03-08"


async def test_a_person_and_their_part_are_decided_in_one_dialog(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        world = at.world
        await at.open("person", account_id=world.account, person_id=world.maria)
        await at.type("title", "CEO")
        await at.type("stance", "sceptic")
        at.book.run(set_part, world.account, world.maria, stance="neutral")
        await at.save()
        assert list(dialog(at).choices) == ["stance"]
        await at.press("t", "enter")
        assert at.closed
        stance = "SELECT stance FROM membership WHERE person_id = :i"
        assert at.one(stance, i=world.maria) == "neutral"
        assert at.one("SELECT title FROM person WHERE id = :i", i=world.maria) == "CEO"


async def test_two_who_close_one_risk_on_different_days_decide_which(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        await at.open("risk", risk_id=at.world.risk)
        await at.type("closed", "yes")
        await at.type("exit", "signed")
        at.book.run(change_risk, at.world.risk, closed_on=day(1))
        await at.save()
        assert list(dialog(at).detail())[1:3] == ["was      --", "theirs   2026-03-10"]
        await at.press("t", "enter")
        assert at.closed
        row = "SELECT closed_on, exit FROM risk WHERE id = :i"
        assert at.book.connection.one(row, {"i": at.world.risk}) == ("2026-03-10", "signed")


async def test_another_owner_is_shown_by_name(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        await at.open("action", action_id=at.world.action)
        await at.type("owner_id", "")
        at.book.run(change_action, at.world.action, owner_id=at.world.bob)
        await at.save()
        assert list(dialog(at).detail())[1:] == ["was      Ann", "theirs   Bob", "mine     --"]
        await at.press("t", "enter")
        assert (
            at.one("SELECT owner_id FROM action WHERE id = :i", i=at.world.action) == at.world.bob
        )


async def test_handing_over_what_another_handed_over_asks(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        await at.open("hand", account_id=at.world.account)
        await at.type("owner_id", "Ann")
        at.book.run(change_account, at.world.account, owner_id=None)
        await at.save()
        assert list(dialog(at).detail())[1:] == ["was      Bob", "theirs   --", "mine     Ann"]
        await at.press("m", "enter")
        assert at.closed
        assert at.one("SELECT owner_id FROM account WHERE id = :i", i=at.world.account) == (
            at.world.ann
        )


@pytest.mark.parametrize("key", ["t", "m"])
async def test_an_action_that_two_people_move_asks_which_day(tmp_path: Path, key: str) -> None:
    async with desk(tmp_path) as at:
        await at.open("later", action_id=at.world.action)
        await at.type("to", "2026-04-01")
        await at.type("reason", "holidays")
        at.book.run(postpone_action, at.world.action, day(-9), "they wait")
        await at.save()
        assert dialog(at).choices == {"to": "", "reason": ""}
        assert list(dialog(at).detail())[2:] == ["theirs   2026-03-20", "mine     2026-04-01"]
        await at.press(key, "down", key, "enter")
        assert at.closed
        row = at.book.connection.one(
            "SELECT due_on, later_reason FROM action WHERE id = :i", {"i": at.world.action}
        )
        wanted = {"t": ("2026-03-20", "they wait"), "m": ("2026-04-01", "holidays")}
        assert row == wanted[key]


async def test_a_step_of_a_complaint_goes_as_a_whole(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("complaint_step", complaint_id=at.world.complaint)
        steps = form.row("stage").field.choices
        await at.type("root_cause", "a cable")
        at.book.run(move_complaint, at.world.complaint, "investigating", moment(0, 9))
        await at.save()
        assert "stage" in dialog(at).choices
        await at.press("t")
        assert "goes with the whole form" in left(at)
        count = len(dialog(at).choices)
        for _row in range(count):
            await at.press("m", "down")
        await at.press("enter")
        assert isinstance(at.app.screen, FormScreen)
        assert at.form.row("stage").field.choices != steps
        assert "look at Now" in at.form.message
        assert at.form.texts["root_cause"] == "a cable"
        stage = at.one("SELECT stage FROM complaint WHERE id = :i", i=at.world.complaint)
        assert stage == "investigating"
        await at.save()
        assert at.closed


async def test_a_reload_brings_the_steps_that_can_follow_now(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        form = await at.open("complaint_step", complaint_id=at.world.complaint)
        await at.type("root_cause", "a cable")
        at.book.run(move_complaint, at.world.complaint, "investigating", moment(0, 9))
        await at.press("ctrl+r")
        assert form.row("stage").field.choices == ("answered", "closed", "waits")
        assert "choices changed of: Now" in form.message
        assert form.texts["root_cause"] == "a cable"


async def test_the_merge_with_another_field_is_said_with_the_local_time(tmp_path: Path) -> None:
    async with desk(tmp_path) as at:
        await at.open("account", account_id=at.world.account)
        await at.type("sector", "food")
        at.book.run(change_account, at.world.account, country="FI")
        await at.save()
        assert at.closed
        assert at.said[-1].splitlines()[1] == "merged with the change of Bob at 12:00"
        assert "merged with the change of Bob at 12:00" in shown(at)


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_in_all_three_columns_is_shown_as_it_is(
    tmp_path: Path, text: str, size: tuple[int, int]
) -> None:
    async with desk(tmp_path, size) as at:
        at.book.run(change_account, at.world.account, sector=f"{text}1", note=f"{text}\n" * 4)
        await clash(
            at, {"sector": f"{text}3", "note": f"{text}\n{text}3"}, sector=f"{text}2",
            note=f"{text}2\n{text}",
        )  # fmt: skip
        for _field in range(2):
            assert acting(shown(at)) == []
            await at.press("m", "e")
            assert acting(shown(at)) == []
            assert isinstance(at.app.screen, ConflictEditDialog)
            await at.press("escape", "down")
        assert not at.app._exit
        await at.press("enter")
        assert at.closed
        assert stored(at)[::2] == (f"{text}3", f"{text}\n{text}3")


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_everything_needed_stands_on_a_small_screen(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with desk(tmp_path, size) as at:
        await clash(
            at, {"sector": "food", "country": "SE", "keep_reason": "x", "note": "n"},
            sector="ships", country="FI", note="their note",
        )  # fmt: skip
        text = shown(at)
        for word in ("Sector", "Country", "Note", "ships", "food", "Enter save", "Esc leave",
                     "t theirs", "0 of 3 decided"):  # fmt: skip
            assert word in text
        assert len(text.splitlines()) == size[1]
