"""Every command, by name: where it lives, in which group the help lists it, what it does.

Naming a command loads nothing; its module loads when it is called. The groups stand in the help in
the order in which they first occur here.
"""

from __future__ import annotations

from planner.language import gettext as _


def commands() -> dict[str, tuple[str, str, str]]:
    """Name to (``module:function``, group of the help, one line of help)."""
    reading, writing, house = _("Read"), _("Write"), _("The house")
    return {
        "today": ("tui.cli.today:today", reading, _("What must be done now, and what waits.")),
        "accounts": ("tui.cli.accounts:accounts", reading, _("The accounts, with health.")),
        "people": ("tui.cli.lists:people", reading, _("The people of the accounts.")),
        "touchpoints": ("tui.cli.lists:touchpoints", reading, _("Talks, mails and meetings.")),
        "timeline": ("tui.cli.timeline:timeline", reading, _("All of an account or a person.")),
        "complaints": ("tui.cli.lists:complaints", reading, _("Complaints and their clocks.")),
        "calendars": ("tui.cli.calendars:calendars", reading, _("When we work, for the clocks.")),
        "meetings": ("tui.cli.meetings:meetings", reading, _("Meetings to come and past.")),
        "renewals": ("tui.cli.renewals:renewals", reading, _("What is due, and will it renew.")),
        "actions": ("tui.cli.lists:actions", reading, _("What is owed, by whom, by when.")),
        "requests": ("tui.cli.requests:requests", reading, _("What they asked for, unanswered.")),
        "promises": ("tui.cli.requests:promises", reading, _("What we promised, and kept.")),
        "celebrations": ("tui.cli.celebrations:celebrations", reading, _("Dates to celebrate.")),
        "advocacy": ("tui.cli.advocacy:advocacy", reading, _("What customers did for us.")),
        "purchases": ("tui.cli.purchases:purchases", reading, _("What they bought, how often.")),
        "reasons": ("tui.cli.reasons:reasons", reading, _("Why they buy, stay and leave.")),
        "opportunities": ("tui.cli.growth_lists:opportunities", reading, _("Deals, with health.")),
        "gestures": ("tui.cli.growth_lists:gestures", reading, _("What was given, and approved.")),
        "products": (
            "tui.cli.growth_lists:products",
            reading,
            _("What we sell; add, set, archive."),
        ),
        "programme": ("tui.cli.loyalty:programme", reading, _("Loyalty programmes and points.")),
        "sections": ("tui.cli.plan_sections:sections", reading, _("Whose sections, how fresh.")),
        "show": ("tui.cli.show:show", reading, _("One account on one page.")),
        "health": ("tui.cli.health:health", reading, _("A score and why it is what it is.")),
        "pressure": ("tui.cli.pressure:pressure", reading, _("How much they hear from us.")),
        "signals": ("tui.cli.signals:signals", reading, _("What was heard without a talk.")),
        "surveys": ("tui.cli.surveys:surveys", reading, _("Answers to NPS, CSAT and CES.")),
        "feedback": (
            "tui.cli.improvements:feedback",
            reading,
            _("What they said; what came of it."),
        ),
        "causes": ("tui.cli.causes:causes", reading, _("What complaints come from.")),
        "improvements": (
            "tui.cli.improvements:improvements",
            reading,
            _("What was changed because of feedback."),
        ),
        "advocates": ("tui.cli.causes:advocates", reading, _("Who complained, speaks for us now.")),
        "said": ("tui.cli.causes:said", reading, _("You said, we did: for one customer.")),
        "cadence": ("tui.cli.cadence:cadence", reading, _("Who should be contacted, and when.")),
        "radar": ("tui.cli.radar:radar", reading, _("Who might be on the way out, and why.")),
        "matrix": ("tui.cli.matrix:matrix", reading, _("Touchpoints by stage; who sends what.")),
        "talk-time": ("tui.cli.matrix:talk_time", reading, _("How long we talked with them.")),
        "clashes": ("tui.cli.pressure:clashes", reading, _("Planned outreach that is too much.")),
        "templates": ("tui.cli.plan_files:templates", reading, _("What a plan may start with.")),
        "playbooks": ("tui.cli.plan_files:playbooks", reading, _("Dated tasks to start.")),
        "drafts": ("tui.cli.drafts:drafts", reading, _("Texts to write to customers.")),
        "draft": ("tui.cli.drafts:draft", reading, _("One such text, filled; nothing is sent.")),
        "search": ("tui.cli.history:search", reading, _("Find accounts, people and notes.")),
        "history": ("tui.cli.history:history", reading, _("Who changed what.")),
        "account": ("tui.cli.account_records:account", writing, _("Add and change accounts.")),
        "person": ("tui.cli.person_records:person", writing, _("Add and change people.")),
        "contract": ("tui.cli.contract_records:contract", writing, _("Add and change contracts.")),
        "plan": ("tui.cli.plan:plan", writing, _("Start, fill and show a customer plan.")),
        "log": ("tui.cli.log:log", writing, _("Log a contact, a mail, a complaint.")),
        "meeting": ("tui.cli.meetings:meeting", writing, _("Plan, move and cancel meetings.")),
        "touchpoint": ("tui.cli.touchpoint:touchpoint", writing, _("Put a contact right.")),
        "pin": ("tui.cli.timeline:pin", writing, _("Keep an entry on top of the timeline.")),
        "unpin": ("tui.cli.timeline:unpin", writing, _("Take an entry off the top.")),
        "complaint": ("tui.cli.complaint:complaint", writing, _("Take a complaint on its way.")),
        "request": ("tui.cli.requests:request", writing, _("Keep what they asked for, answer it.")),
        "celebration": (
            "tui.cli.celebrations:celebration",
            writing,
            _("Keep dates to celebrate."),
        ),
        "signal": ("tui.cli.signals:signal", writing, _("Change, close, reopen a signal.")),
        "improvement": ("tui.cli.improvements:improvement", writing, _("Keep improvements.")),
        "import": ("tui.cli.importing:import_", writing, _("Read accounts or a calendar.")),
        "calendar": ("tui.cli.calendars:calendar", writing, _("Hours, zone, holidays of ours.")),
        "undo": ("tui.cli.history:undo", writing, _("Take back my newest change.")),
        "redo": ("tui.cli.history:redo", writing, _("Repeat what I took back.")),
        "me": ("tui.cli.people_of_ours:me", house, _("Say who I am.")),
        "colleague": ("tui.cli.people_of_ours:colleague", house, _("The people of ours.")),
        "settings": ("tui.cli.people_of_ours:settings", house, _("The book's own settings.")),
        "share": ("tui.cli.share:share", house, _("One book for a team, and who may do what.")),
        "outbox": ("tui.cli.outbox:outbox", house, _("What was logged without the server.")),
        "demo": ("tui.cli.house:demo", house, _("Open the sample book.")),
        "sample": ("tui.cli.house:sample", house, _("Make a sample book.")),
        "backup": ("tui.cli.house:backup", house, _("Copy the book.")),
        "restore": ("tui.cli.house:restore", house, _("Put a backup in the book's place.")),
        "move": ("tui.cli.move:move", house, _("Copy the whole book to a file or a server.")),
        "doctor": ("tui.cli.house:doctor", house, _("Check the book.")),
        "paths": ("tui.cli.house:paths", house, _("Where the book and the settings lie.")),
    }
