"""Rules that tell a colleague of accounts, and alerts that were seen and set aside."""

from __future__ import annotations

from datetime import date
from typing import Any

from planner.alert_rules import AlertAnswer, AlertRule
from planner.alerts import alert_segment
from planner.entity import build
from planner.errors import Refused
from planner.language import gettext as _
from planner.ports import UnitOfWork
from planner.use_cases.editing import (
    change,
    check_live,
    check_new_name,
    live_account_name,
    refuse,
    withdraw,
)

MOST_RULES = 50
"""Every rule is asked on each reading of Today."""


def add_alert_rule(uow: UnitOfWork, **fields: Any) -> AlertRule:
    """Tell somebody of the team of accounts that fit a filter, from now on.

    ``fields``: name, segment, function, advice. A rule that every account meets is kept, and said.
    """
    if len(uow.alert_rules.find()) >= MOST_RULES:
        raise Refused(
            _("The book has {count} alert rules; archive one first.").format(count=MOST_RULES)
        )
    rule = build(AlertRule, id=uow.new_id(), **fields)
    _check(uow, rule)
    uow.say(_("added alert rule {name}").format(name=rule.name))
    return uow.alert_rules.add(rule)


def change_alert_rule(uow: UnitOfWork, record: AlertRule | int, **fields: Any) -> AlertRule:
    """Change a rule; what was set aside stays so until its day."""
    after = change(uow.alert_rules, record, fields)[1]
    _check(uow, after)
    uow.say(_("changed alert rule {name}").format(name=after.name))
    return after


def archive_alert_rule(uow: UnitOfWork, rule_id: int) -> AlertRule:
    """Take a rule out; it tells nobody any more."""
    after = withdraw(uow.alert_rules, rule_id)
    uow.say(_("archived alert rule {name}").format(name=after.name))
    return after


def answer_alert(
    uow: UnitOfWork, account_id: int, rule_id: int, *, until: date, reason: str
) -> AlertAnswer:
    """Set the alert of a rule about an account aside until a day, with the reason.

    From that day on it is back if the account still meets the rule. A later answer replaces an
    earlier one.
    """
    account = live_account_name(uow, account_id)
    rule = uow.alert_rules.get(rule_id)
    check_live(rule)
    if until <= uow.today:
        raise refuse("until", _("name a day after today"), until.isoformat())
    for earlier in uow.alert_answers.find(account_id=account_id, rule_id=rule_id):
        uow.alert_answers.archive(earlier)
    answer = build(
        AlertAnswer,
        id=uow.new_id(),
        account_id=account_id,
        rule_id=rule_id,
        until_on=until,
        reason=reason,
        recorded_on=uow.today,
    )
    uow.say(
        _("set the alert {rule} of {account} aside until {day}").format(
            rule=rule.name, account=account, day=until.isoformat()
        ),
        account_id,
    )
    return uow.alert_answers.add(answer)


def _check(uow: UnitOfWork, rule: AlertRule) -> None:
    try:
        parts = alert_segment(rule.segment)
    except Refused as error:
        raise refuse("segment", str(error), rule.segment) from None
    check_new_name(
        uow.alert_rules.find(), rule, _("there is an alert rule with this name already: {name}")
    )
    meets, accounts = uow.count_accounts(parts)
    if accounts and meets == accounts:
        uow.merged.append(
            _("Every account of the book meets {name}: {count} of {count}.").format(
                name=rule.name, count=accounts
            )
        )
