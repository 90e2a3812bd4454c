"""Accounts with one of everything, with nothing, and with the worst texts, read for a tab."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from db.book import Book
from planner.use_cases.accounts import add_account, add_celebration
from planner.use_cases.actions import add_action
from planner.use_cases.complaints import log_complaint
from planner.use_cases.contracts import add_contract
from planner.use_cases.people import add_person
from planner.use_cases.plans import add_objective, add_risk, start_plan
from planner.use_cases.team import add_colleague
from planner.use_cases.touchpoints import log_touchpoint
from tests.makers import at, day, new_book
from tests.strategies import HOSTILE
from tui.screens.account_sheets import SHARES, build
from tui.screens.account_view import AccountView, Sheet, Space
from tui.widgets.cells import clean, parts, width_of
from tui.widgets.document import Line
from tui.widgets.wrap import wrapped

WIDTHS = (18, 38, 59, 78, 110, 118, 200)
View = Callable[[str], AccountView]


def text(line: Line) -> str:
    return "".join(parts(span)[0] for span in line.spans)


def words(lines: Iterable[Line]) -> str:
    return "\n".join(text(line) for line in lines)


def one_column(view: AccountView, tab: str, width: int = 80, height: int = 18) -> Sheet:
    return build(tab, view, Space(width, height, SHARES.get(tab, 0.6)))


def shown(view: AccountView, tab: str) -> str:
    return words(one_column(view, tab).left)


def keys(sheet: Sheet) -> list[str]:
    return [str(line.key) for line in (*sheet.left, *sheet.right) if line.key is not None]


def hostile_book(folder: Path) -> tuple[Book, int]:
    """An account in which every text is the worst there is."""
    book = new_book(folder)
    bad = " ".join(HOSTILE)[:950]

    def run(use_case: object, *args: object, **fields: object) -> object:
        return book.run(use_case, *args, **fields).result  # type: ignore[arg-type] # any use case

    mean = book.run(add_colleague, name=bad, function="sales").result
    account = book.run(
        add_account, name=bad, sector=bad, country=bad, note=bad, owner_id=mean.id,
        keep_class="invest", keep_reason=bad, tags=(bad,),
    ).result  # fmt: skip
    here = account.id
    person = book.run(
        add_person, here, name=bad, title=bad, phone=bad, department=bad, language=bad,
        part={"roles": ("champion", "technical"), "stance": "opponent"},
    ).result[0]  # fmt: skip
    run(add_person, here, name=bad, part={"reports_to_id": person.id, "left_on": day(2)})
    run(start_plan, here, north_star=bad, north_star_target=bad)
    run(add_objective, here, objective=bad, metric=bad, unit="%", their_owner=bad, baseline=1e14,
        target=-1e14)  # fmt: skip
    run(add_risk, here, risk=bad, early_sign=bad, exit=bad, impact_minor=10**15)
    run(add_action, here, action=bad, their_owner=bad, due_on=day(4000), owner_id=mean.id)
    run(add_contract, here, name=bad, arr_minor=10**15, end_on=day(-400))
    run(add_contract, here, name=bad, arr_minor=1, currency="JPY", end_on=day(3))
    run(log_complaint, here, title=bad, when=at(2), severity="critical", person_id=person.id)
    run(log_touchpoint, here, kind="email", when=at(1), person_ids=[person.id], note=bad,
        verbatim=bad, topic=bad, link=bad, direction="in")  # fmt: skip
    run(add_celebration, here, label=bad, on=day(-3), person_id=person.id)
    return book, here


def assert_fits(lines: Iterable[Line], width: int) -> None:
    for line in lines:
        for spans in wrapped(line, width):
            shown_now = "".join(clean(parts(span)[0]) for span in spans)
            assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in shown_now)
            if line.wrap:
                assert width_of(shown_now) <= width
