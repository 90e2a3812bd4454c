"""The choices of the vocabulary in words, every one marked for translation."""

from __future__ import annotations

from planner.language import gettext as _


def value_words(value: str) -> str:
    """A stored choice as people read it: ``at_risk`` is "at risk". Others stay as they are."""
    return all_values().get(value, value.replace("_", " "))


def all_values() -> dict[str, str]:
    """Every choice of ``planner.vocabulary`` with its words."""
    return {
        **function_names(),
        "invest": _("invest"),
        "protect": _("protect"),
        "maintain": _("maintain"),
        "let_go": _("let go"),
        "prospect": _("prospect"),
        "onboarding": _("onboarding"),
        "adopting": _("adopting"),
        "established": _("established"),
        "offboarding": _("offboarding"),
        "lost": _("lost"),
        "sponsor": _("sponsor"),
        "economic_buyer": _("economic buyer"),
        "champion": _("champion"),
        "day_to_day": _("day to day"),
        "technical": _("technical"),
        "advocate": _("advocate"),
        "supporter": _("supporter"),
        "neutral": _("neutral"),
        "sceptic": _("sceptic"),
        "opponent": _("opponent"),
        "account_manager": _("account manager"),
        "admin": _("admin"),
        "read_only": _("read only"),
        "phone": _("phone"),
        "email": _("email"),
        "chat": _("chat"),
        "sms": _("sms"),
        "meeting": _("meeting"),
        "letter": _("letter"),
        "social": _("social"),
        "unknown": _("unknown"),
        "given": _("given"),
        "withdrawn": _("withdrawn"),
        "call": _("call"),
        "event": _("event"),
        "webinar": _("webinar"),
        "qbr": _("qbr"),
        "training": _("training"),
        "blog": _("blog"),
        "other": _("other"),
        "in": _("in"),
        "out": _("out"),
        "help": _("help"),
        "inform": _("inform"),
        "entertain": _("entertain"),
        "sell": _("sell"),
        "low": _("low"),
        "medium": _("medium"),
        "high": _("high"),
        "critical": _("critical"),
        "received": _("received"),
        "acknowledged": _("acknowledged"),
        "assessed": _("assessed"),
        "investigating": _("investigating"),
        "answered": _("answered"),
        "closed": _("closed"),
        "reopened": _("reopened"),
        "starter": _("starter"),
        "standard": _("standard"),
        "full": _("full"),
        "draft": _("draft"),
        "active": _("active"),
        "under_review": _("under review"),
        "not_started": _("not started"),
        "on_track": _("on track"),
        "at_risk": _("at risk"),
        "off_track": _("off track"),
        "achieved": _("achieved"),
        "dropped": _("dropped"),
        "open": _("open"),
        "done": _("done"),
        "we": _("we"),
        "they": _("they"),
        "touchpoint": _("touchpoint"),
        "complaint": _("complaint"),
        "plan": _("plan"),
        "review": _("review"),
        "playbook": _("playbook"),
        "account": _("account"),
        "certain": _("certain"),
        "likely": _("likely"),
        "ended": _("ended"),
        **section_names(),
        "customer": _("customer said"),
        "assumed": _("we assume"),
        "bought": _("why they bought"),
        "stay": _("why they stay"),
        "exit": _("why they leave"),
        "owned": _("owned"),
        "pipeline": _("pipeline"),
        "gap": _("gap"),
        "competitor": _("competitor"),
        "not_eligible": _("not eligible"),
        "identified": _("identified"),
        "qualified": _("qualified"),
        "proposed": _("proposed"),
        "won": _("won"),
        "emotional": _("emotional"),
        "behavioural": _("behavioural"),
        "financial": _("financial"),
        "points": _("points"),
        "tiers": _("tiers"),
        "paid": _("paid"),
        "partner": _("partner"),
        "below": _("below"),
        "at_par": _("at par"),
        "above": _("above"),
    }


def section_names() -> dict[str, str]:
    """The sections in words, in the order of their numbers."""
    return {
        "header": _("header"),
        "team": _("account team"),
        "why_bought": _("why they bought"),
        "why_stay": _("why they stay"),
        "goals": _("goals"),
        "stakeholders": _("key people"),
        "value": _("value delivered"),
        "health": _("health and voice"),
        "complaints": _("complaints and recovery"),
        "contact_plan": _("contact plan"),
        "enablement": _("enablement and benefits"),
        "renewal": _("renewal"),
        "growth": _("growth"),
        "risks": _("risks"),
        "actions": _("mutual actions"),
        "notes": _("notes"),
        "reviews": _("review log"),
    }


def function_name(function: str) -> str:
    """A function of ours, or the lead of an account, in words."""
    return function_names().get(function, function)


def function_names() -> dict[str, str]:
    """Our functions in words, and who leads an account."""
    return {
        "marketing": _("marketing"),
        "sales": _("sales"),
        "success": _("success"),
        "service": _("service"),
        "lead": _("lead"),
    }
