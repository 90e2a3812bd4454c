"""Alert rules: what they may ask, and setting an alert aside."""

from __future__ import annotations

from datetime import timedelta

import pytest

from planner.use_cases.accounts import add_account
from planner.use_cases.alerts import (
    MOST_RULES,
    add_alert_rule,
    answer_alert,
    archive_alert_rule,
    change_alert_rule,
)
from tests.fakes import MemoryUnitOfWork
from tests.planner.refusals import refused


@pytest.mark.parametrize(
    ("segment", "said"),
    [
        ("", "segment: it is empty"), (" ", "segment: it is empty"), ("bnd:red", "did you mean"),
        ("owner:me", "whole team's"), ("star:yes tier:1", "whole team's"),
        ("touch>", "needs a value"),
    ],
)  # fmt: skip
def test_a_rule_says_which_accounts(uow: MemoryUnitOfWork, segment: str, said: str) -> None:
    assert said in refused(add_alert_rule, uow, name="r", segment=segment).lower()
    rule = add_alert_rule(uow, name="r", segment="tier:1")
    assert said in refused(change_alert_rule, uow, rule, segment=segment).lower()


def test_a_rule_that_every_account_meets_says_so(uow: MemoryUnitOfWork) -> None:
    add_alert_rule(uow, name="nobody there", segment="tier:1")
    assert uow.merged == []
    for name in ("Nordic Oy", "Sample AG"):
        add_account(uow, name=name, tier=1)
    rule = add_alert_rule(uow, name="all", segment="tier:1")
    assert uow.merged == ["Every account of the book meets all: 2 of 2."]
    change_alert_rule(uow, rule, segment="tier:2")
    assert len(uow.merged) == 1


def test_names_are_kept_apart_and_rules_are_bounded(uow: MemoryUnitOfWork) -> None:
    add_alert_rule(uow, name="Quiet", segment="tier:1")
    assert "already: Quiet" in refused(add_alert_rule, uow, name="QUIET", segment="tier:1")
    for number in range(MOST_RULES - 1):
        add_alert_rule(uow, name=f"n{number}", segment="tier:1")
    assert "archive one first" in refused(add_alert_rule, uow, name="more", segment="tier:1")


def test_an_alert_is_set_aside_until_a_day_and_a_later_answer_replaces_it(
    uow: MemoryUnitOfWork,
) -> None:
    account = add_account(uow, name="Nordic Oy").id
    rule = add_alert_rule(uow, name="Quiet", segment="tier:1").id
    day = uow.today + timedelta(days=5)
    assert "after today" in refused(answer_alert, uow, account, rule, until=uow.today, reason="r")
    assert "reason" in refused(answer_alert, uow, account, rule, until=day, reason=" ")
    answer_alert(uow, account, rule, until=day, reason="called")
    kept = answer_alert(uow, account, rule, until=day + timedelta(days=1), reason="again")
    assert uow.alert_answers.find() == [kept]
    archive_alert_rule(uow, rule)
    assert "archived" in refused(answer_alert, uow, account, rule, until=day, reason="r")
