"""One call of every use case about requests, dates to celebrate and advocacy on the filled book."""

from __future__ import annotations

from planner.use_cases import advocacy, celebrations, requests
from tests.db.use_case_cases import Call, after, call
from tests.makers import World, day


def debt_cases(w: World, text: str) -> tuple[Call, ...]:
    """The calls; ``text`` stands in every field of text."""
    asked = call(requests.add_request, w.account, "quote", asked_on=day(30))
    dated = call(celebrations.add_celebration, w.account, label="Founded", on=day(366))
    spoke = call(advocacy.log_advocacy, w.account, kind="reference", advocacy="spoke")
    return (
        call(
            requests.add_request, w.account, "price_list", action=text, asked_by_id=w.maria,
            due_on=day(-3), asked_on=day(1), owner_id=w.bob,
        ),
        after(asked, call(requests.answer_request, -1, w.touchpoint)),
        call(
            celebrations.add_celebration, w.account, label=text, on=day(10), kind="achievement",
            person_id=w.maria, link=text,
        ),
        after(dated, call(celebrations.change_celebration, -1, label=f"x{text}", link=text)),
        after(dated, call(celebrations.mark_celebration, -1)),
        after(dated, call(celebrations.withdraw_celebration, -1)),
        call(
            advocacy.log_advocacy, w.account, kind="review", advocacy=text, person_id=w.joe,
            link=text, on_date=day(3),
        ),
        after(spoke, call(advocacy.change_advocacy, -1, advocacy=f"x{text}", kind="other")),
        after(spoke, call(advocacy.withdraw_advocacy, -1)),
    )  # fmt: skip
