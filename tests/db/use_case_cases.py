"""One call of every use case on the filled book; ``text`` stands in every field of text."""

from __future__ import annotations

import csv
import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from typing import Any

import planner.use_cases
from planner.importing.accounts import AccountFile, read_accounts
from planner.importing.options import ImportOptions
from planner.plan_templates import PlanTemplate, SuggestedAction, SuggestedObjective
from planner.playbooks import Offset, Playbook, Task, Trigger
from planner.step_lines import WrittenStep
from planner.use_cases import (
    account_records,
    accounts,
    actions,
    by_name,
    complaint_clocks,
    complaints,
    contracts,
    import_accounts,
    interviews,
    mutual_plan,
    people,
    plan_life,
    plan_lines,
    plan_sections,
    plans,
    playbooks,
    pulses,
    settings,
    sharing,
    starter,
    team,
    touchpoints,
)
from planner.use_cases.interviews import Answer
from planner.use_cases.touchpoints import FollowUp
from tests.makers import World, at, day, on_day

PARTS = {
    "change", "check_not_future", "check_day_not_future", "check_member", "check_confirmed",
    "live_account_name",
    "check_cadence", "check_contact",
    "owe", "owe_from", "record_pulse", "live_plan", "missing_for", "colleague_named",
    "move_plan", "plan_facts", "plan_content",
    "keep_contract",
    "known_colleague", "keep_line",
    "record_measurement", "newest_measurement", "live_product", "open_critical",
    "after_stage", "after_review", "after_move", "after_decision", "task_ended", "kind_after",
    "asked_in", "answered_by", "move_answers", "reopen_answered",
    "follow_goal", "follow_account",
    "check_purchase",
    "check_reopening",
    "start_clocks", "change_with_clocks", "calendar_of", "check_default_calendar",
    "active_behaviours", "ledger", "known_meeting", "spoke_since",
    "running_incident", "untold_accounts",
    "link_between", "shared_cause", "source_of", "account_of_feedback",
}  # fmt: skip
"""Functions that take a unit of work and are steps of use cases, not use cases."""


@dataclass(frozen=True)
class Call:
    """A use case with its arguments; ``before`` are calls that it needs first."""

    use_case: Callable[..., Any]
    args: tuple[Any, ...] = ()
    fields: dict[str, Any] | None = None
    before: tuple[Call, ...] = ()


def call(use_case: Callable[..., Any], *args: Any, **fields: Any) -> Call:
    """A call without anything before it."""
    return Call(use_case, args, fields)


def after(first: Call, then: Call) -> Call:
    """A call that needs another one first."""
    return Call(then.use_case, then.args, then.fields, (first,))


def public_use_cases() -> dict[str, Callable[..., Any]]:
    """Every public function of ``planner.use_cases`` that takes a unit of work."""
    found: dict[str, Callable[..., Any]] = {}
    for module in pkgutil.iter_modules(planner.use_cases.__path__, "planner.use_cases."):
        for name, function in inspect.getmembers(
            importlib.import_module(module.name), inspect.isfunction
        ):
            takes_uow = next(iter(inspect.signature(function).parameters), "") == "uow"
            own = function.__module__ == module.name
            if own and takes_uow and not name.startswith("_") and name not in PARTS:
                found[name] = function
    return found


def cases(w: World, text: str = "words") -> dict[str, Call]:
    """A call for every use case, by its name."""
    from tests.db.use_case_board_cases import board_cases
    from tests.db.use_case_calendar_cases import calendar_cases
    from tests.db.use_case_cause_cases import cause_cases
    from tests.db.use_case_contact_cases import contact_cases
    from tests.db.use_case_debt_cases import debt_cases
    from tests.db.use_case_entry_cases import entry_cases
    from tests.db.use_case_growth_cases import growth_cases
    from tests.db.use_case_heard_cases import heard_cases
    from tests.db.use_case_meeting_cases import meeting_cases
    from tests.db.use_case_purchase_cases import purchase_cases
    from tests.db.use_case_rule_cases import rule_cases

    listed = (*_of_accounts(w, text), *_of_work(w, text), *_of_plans(w, text), *_of_plan_life(w),
              *_of_interviews(w, text), *growth_cases(w, text), *debt_cases(w, text),
              *contact_cases(w, text), *heard_cases(w, text), *meeting_cases(w, text),
              *entry_cases(w), *purchase_cases(w, text), *cause_cases(w, text),
              *board_cases(w, text), *calendar_cases(w, text),
              *rule_cases(w, text))  # fmt: skip
    return {one.use_case.__name__: one for one in listed}


def imported(text: str) -> AccountFile:
    """A read file of a new account, and of one that the book has and would change."""
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(["name", "sector", "owner", "arr", "contract_end", "colour"])
    writer.writerow([f"x {text} x", text, "Bob", "1200", "2026-12-31", text])
    writer.writerow(["Nordic Oy", f"x {text}", "", "", "", ""])
    return read_accounts(written.getvalue().encode("utf-8", "replace"), ImportOptions("EUR"))


def template(text: str) -> PlanTemplate:
    """A template with one of everything."""
    return PlanTemplate(
        text, None, (), (), "standard", ("enablement",), ("sponsor",), (text,), text, text, 12, 30,
        (SuggestedObjective(text, text, text, 1.0, 2.0, 3, 90),),
        (SuggestedAction(text, 5, text, "they", True, True),),
    )  # fmt: skip


def playbook(text: str) -> Playbook:
    """A playbook of two tasks, the first of which waits for the second."""
    return Playbook(
        text, None, Trigger("manual"),
        (Task("then", text, Offset(0, True), "sales", text, "they", True, True, ("first",)),
         Task("first", text, Offset(1), "marketing", text)),
    )  # fmt: skip


def _of_accounts(w: World, text: str) -> tuple[Call, ...]:
    return (
        call(accounts.add_account, name=text, note=text, sector=text, tags=(text,),
             extra={text: text}),
        call(accounts.change_account, w.account, name=text, note=text, tier=2, tags=(text,)),
        call(accounts.change_accounts, [w.account, w.other], sector=text, stage="adopting"),
        call(accounts.tag_accounts, [w.account, w.other], text),
        call(account_records.keep_account, None, name=text, celebration=(text, day(9))),
        call(accounts.archive_account, w.account),
        call(accounts.toggle_star, w.account),
        call(people.add_person, w.account, name=text, email=text, note=text,
             part={"roles": ("sponsor",)}),
        call(people.change_person, w.maria, name=text, department=text, title=text),
        call(people.set_part, w.account, w.joe, influence=3, stance="opponent"),
        call(people.person_left, w.account, w.maria, day(3)),
        call(team.add_colleague, name=text, email=text, function="service"),
        call(team.be_colleague, text, "marketing"),
        call(team.change_colleague, w.bob, name=text),
        call(team.set_away, w.bob, day(1), day(-9), w.ann),
        after(call(team.add_colleague, name="Leaver"),
              call(team.retire_colleague, -1)),
        call(team.name_team, w.account, {"sales": None, "service": w.ann, "success": w.bob}),
        call(by_name.set_account, w.account, celebrations={text: day(40)}, note=text),
        call(by_name.name_team_members, w.account, {"sales": "Ann", "service": text}, []),
        call(by_name.add_person_by_name, w.account, name=text, part={"power": 2},
             relationship_owner_id=w.bob),
        call(by_name.set_contract, w.contract, milestones={60: None}, note=text),
        call(by_name.set_plan, w.account, north_star=text, next_review_on=day(-9)),
        call(import_accounts.import_accounts, imported(text), title="accounts.csv"),
        call(settings.change_setting, "name", text),
    )  # fmt: skip


def _of_work(w: World, text: str) -> tuple[Call, ...]:
    return (
        call(touchpoints.log_touchpoint, w.account, kind="meeting", when=at(0, 9), note=text,
             verbatim=text, topic=text, person_ids=[w.maria, w.joe], pulse=3,
             objective_id=w.objective, complaint_id=w.complaint, action_id=w.action,
             action_done=True, minutes=30, link=text,
             follow_ups=[FollowUp(text, due_on=day(-2), their_owner_id=w.joe)]),
        call(touchpoints.rang_without_answer, w.account, at(0, 8), [w.maria]),
        call(touchpoints.change_touchpoint, w.touchpoint, when=at(3), person_ids=[w.joe],
             note=text, two_way=False),
        call(touchpoints.archive_touchpoint, w.touchpoint),
        call(complaints.log_complaint, w.account, title=text, detail=text, when=on_day(3),
             person_id=w.joe, severity="critical", ack_target=60),
        call(complaints.move_complaint, w.complaint, "closed", at(0, 9), satisfied=True,
             root_cause=text, remedy_given=text, whys=(f"x{text}",)),
        call(complaint_clocks.pause_complaint, w.complaint, at(1)),
        call(complaint_clocks.resume_complaint, w.waiting, at(1)),
        call(complaints.change_complaint, w.complaint, title=text, detail=text,
             response_target=480),
        call(contracts.add_contract, w.account, arr_minor=5, name=text, note=text, currency="USD"),
        call(contracts.change_contract, w.contract, decided_on=day(2), note=text),
        call(contracts.reach_milestone, w.contract, 120),
        call(pulses.give_pulse, w.account, 1, reason=text, function="success"),
        call(actions.add_action, w.account, action=text, due_on=day(-1), done_means=text,
             their_owner_id=w.joe),
        call(actions.change_action, w.action, action=text, their_owner=text),
        call(actions.finish_action, w.action),
        call(actions.postpone_action, w.action, day(-20), text),
        call(actions.hand_over_action, w.action, w.bob),
        call(actions.drop_action, w.action),
    )  # fmt: skip


def _of_plans(w: World, text: str) -> tuple[Call, ...]:
    return (
        call(plans.start_plan, w.other, "standard", north_star=text),
        call(by_name.set_plan, w.account, north_star=text),
        call(plans.change_plan, w.plan, north_star=text, next_review_on=day(-30)),
        call(plans.add_objective, w.account, objective=text, metric=text, baseline=1.5, target=3.0,
             their_owner_id=w.joe, priority=3),
        call(plans.change_objective, w.objective, status="achieved", objective=text),
        call(plans.add_plan_action, w.account, action=text, owner_id=w.bob, due_on=day(-9),
             done_means="seen"),
        call(plans.add_risk, w.account, risk=text, mitigation=text, likelihood=3),
        call(plans.change_risk, w.risk, risk=text, closed_on=day(0)),
        call(plans.activate_plan, w.account),
        call(plans.close_plan, w.account),
        call(sharing.share_plan, w.account, text),
        call(starter.start_and_fill, w.other,
             goal={"objective": text, "metric": text, "target": 3.0},
             person={"person_id": w.stranger, "roles": ("champion",)}, risk=text, owner_id=w.bob,
             contract={"end_on": day(-90), "arr_minor": 5},
             action={"action": text, "due_on": day(-9), "done_means": "seen"}),
        call(playbooks.start_from_template, w.other, template(text), [], size="standard"),
        call(playbooks.start_playbook, w.account, playbook(text), day(3), w.ann),
        call(mutual_plan.add_mutual_action, w.account, action=text, owner_id=w.bob, due_on=day(-9),
             done_means="seen", depends_on=[w.action], starts_on=day(0), their_owner_id=w.joe),
        call(mutual_plan.add_follow_up, w.account, action=text, depends_on=[w.action]),
        call(mutual_plan.change_mutual_action, w.action, action=text, status="done"),
        after(call(plans.add_plan_action, w.account, action=text, owner_id=w.bob, due_on=day(-9),
                   done_means="seen"),
              call(mutual_plan.set_dependencies, -1, [w.action])),
        call(mutual_plan.plan_backward_actions, w.account,
             (WrittenStep(text, owner="Bob"), WrittenStep(text, 2, side="they", needs=(0,))),
             day(-30), []),
    )  # fmt: skip


def _of_plan_life(w: World) -> tuple[Call, ...]:
    activated = call(plans.activate_plan, w.account)
    review = call(plan_life.review_plan, w.account)
    offered = call(plan_sections.offer_section, w.account, "risks", w.ann)
    return (
        after(activated, review),
        Call(plan_life.end_review, (w.account, day(-90)), {}, (activated, review)),
        call(plan_life.sign_plan, w.account, "success"),
        after(call(plan_life.sign_plan, w.account), call(plan_life.unsign_plan, w.account)),
        call(plan_sections.still_true, w.account, "goals"),
        call(plan_sections.add_section, w.account, "reviews"),
        after(call(plan_sections.add_section, w.account, "reviews"),
              call(plan_sections.take_out_section, w.account, "reviews")),
        call(plan_sections.offer_section, w.account, "goals", w.bob),
        after(offered, call(plan_sections.accept_section, w.account, "risks")),
        after(offered, call(plan_sections.decline_section, w.account, "risks")),
    )  # fmt: skip


def _of_interviews(w: World, text: str) -> tuple[Call, ...]:
    line = call(plan_lines.add_line, w.account, "why_stay", "lost_by_leaving", "their history",
                driver="insight", person_id=w.maria)  # fmt: skip
    left = call(interviews.record_interview, w.account, "exit", answers=[], reason="price",
                when=at(1), person_ids=[w.maria])  # fmt: skip
    return (
        call(plan_lines.add_line, w.account, "why_stay", "value_driver", f"x{text}", driver=text),
        after(line, call(plan_lines.change_line, -1, entry=f"y{text}", source="customer")),
        after(line, call(plan_lines.tell_line, -1, w.joe, day(1))),
        after(line, call(plan_lines.archive_line, -1)),
        call(interviews.record_interview, w.account, "exit", reason="price", reason_detail="terms",
             answers=[Answer("changed", f"x{text}", "assumed")], when=at(1), root_cause=text,
             stated_reason=text, evidence=text, person_ids=[w.maria, w.joe],
             win_back_on=day(-90)),
        after(left, call(interviews.change_interview, -1, reason="in_house", reason_detail=None,
                         root_cause=f"y{text}")),
    )  # fmt: skip
