"""Selling more: products of the book, cells of the grid, opportunities.

``band`` is the account's health band as whoever calls saw it. A push to sell at a red account or
beside an open critical complaint is warned against in ``UnitOfWork.merged`` and done all the same.
"""

from __future__ import annotations

from typing import Any

from planner.entity import build
from planner.growth import Opportunity, Product, Whitespace
from planner.language import gettext as _
from planner.ports import UnitOfWork
from planner.selling import push_warning
from planner.text import name_key
from planner.use_cases.editing import (
    change,
    check_day_not_future,
    check_new_name,
    live_account_name,
    refuse,
    withdraw,
)

CLOSED = ("won", "lost")
PUSHED = ("pipeline",)
"""States of a cell that mean that we are selling there."""


# Products


def add_product(uow: UnitOfWork, **fields: Any) -> Product:
    """Add something we sell. The same name again is refused."""
    product = build(Product, id=uow.new_id(), **fields)
    _check_product_name(uow, product)
    uow.say(_("added the product {name}").format(name=product.name))
    return uow.products.add(product)


def change_product(uow: UnitOfWork, record: Product | int, **fields: Any) -> Product:
    """Rename a product, or change its note."""
    after = change(uow.products, record, fields)[1]
    _check_product_name(uow, after)
    uow.say(_("changed the product {name}").format(name=after.name))
    return after


def archive_product(uow: UnitOfWork, product_id: int) -> Product:
    """Take a product out of every grid; undo brings it back with its cells."""
    after = uow.products.archive(live_product(uow, product_id))
    uow.say(_("archived the product {name}").format(name=after.name))
    return after


def live_product(uow: UnitOfWork, product_id: int) -> Product:
    """The product. Raises ``Refused`` when it is archived."""
    product = uow.products.get(product_id)
    if product.archived_at is not None:
        raise refuse("product", _("{name} is archived").format(name=product.name))
    return product


def _check_product_name(uow: UnitOfWork, product: Product) -> None:
    check_new_name(uow.products.find(), product, _("there is a product {name} already"))


# The grid


def set_whitespace(
    uow: UnitOfWork,
    account_id: int,
    product_id: int,
    centre: str,
    *,
    band: str | None = None,
    **fields: Any,
) -> Whitespace:
    """Say how a product stands at a buying centre; a cell that is known already is changed.

    A competitor is named when, and only when, the state is competitor.
    """
    account = live_account_name(uow, account_id)
    product = live_product(uow, product_id)
    cell = _cell(uow, account_id, product_id, centre)
    if cell is None:
        after = build(
            Whitespace,
            id=uow.new_id(),
            account_id=account_id,
            product_id=product_id,
            centre=centre,
            **_competing(fields),
        )
        _check_competitor(after)
        uow.whitespaces.add(after)
    else:
        after = change(uow.whitespaces, cell, _competing(fields))[1]
        _check_competitor(after)
    if after.state in PUSHED:
        _warn(uow, account_id, band)
    uow.say(
        _("{product} at {centre} of {account}: {state}").format(
            product=product.name, centre=after.centre, account=account, state=after.state
        ),
        account_id,
    )
    return after


def set_whitespace_named(
    uow: UnitOfWork, account_id: int, product: str, centre: str, **fields: Any
) -> Whitespace:
    """``set_whitespace`` of a product by its name; one that the book lacks is added with it."""
    key = name_key(product)
    known = next((one for one in uow.products.find() if name_key(one.name) == key), None)
    if known is None:
        known = uow.products.add(build(Product, id=uow.new_id(), name=product))
    return set_whitespace(uow, account_id, known.id, centre, **fields)


def clear_whitespace(uow: UnitOfWork, whitespace_id: int) -> Whitespace:
    """Make a cell of the grid unknown again."""
    after = withdraw(uow.whitespaces, whitespace_id)
    uow.say(
        _("cleared {product} at {centre}").format(
            product=uow.products.get(after.product_id).name, centre=after.centre
        ),
        after.account_id,
    )
    return after


def _cell(uow: UnitOfWork, account_id: int, product_id: int, centre: str) -> Whitespace | None:
    key = name_key(centre)
    found = uow.whitespaces.find(account_id=account_id, product_id=product_id)
    return next((one for one in found if name_key(one.centre) == key), None)


def _competing(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields; a competitor named before goes with the state."""
    if fields.get("state", "competitor") != "competitor" and not fields.get("competitor"):
        return {**fields, "competitor": None}
    return fields


def _check_competitor(cell: Whitespace) -> None:
    if cell.state == "competitor" and not (cell.competitor or "").strip():
        raise refuse("competitor", _("say which competitor"))
    if cell.state != "competitor" and cell.competitor is not None:
        raise refuse("competitor", _("only the state competitor has one"), cell.competitor)


# Opportunities


def add_opportunity(
    uow: UnitOfWork, account_id: int, *, band: str | None = None, **fields: Any
) -> Opportunity:
    """Add a deal to grow the account; while it is open it has a next step with its day."""
    account = live_account_name(uow, account_id)
    opportunity = build(
        Opportunity,
        id=uow.new_id(),
        account_id=account_id,
        **_closing(uow, {"owner_id": uow.actor.colleague_id, **fields}),
    )
    _check_opportunity(uow, opportunity, fields)
    if opportunity.closed_on is None:
        _warn(uow, account_id, band)
    uow.say(_("added an opportunity at {account}").format(account=account), account_id)
    return uow.opportunities.add(opportunity)


def change_opportunity(
    uow: UnitOfWork, record: Opportunity | int, *, band: str | None = None, **fields: Any
) -> Opportunity:
    """Change a deal; won or lost closes it today unless said otherwise, another stage opens it."""
    after = change(uow.opportunities, record, _closing(uow, fields))[1]
    _check_opportunity(uow, after, fields)
    if after.closed_on is None:
        _warn(uow, after.account_id, band)
        words = _("changed the opportunity {opportunity}")
    else:
        words = _("won: {opportunity}") if after.stage == "won" else _("lost: {opportunity}")
    uow.say(words.format(opportunity=after.opportunity), after.account_id)
    return after


def _closing(uow: UnitOfWork, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields with the day of closing as the stage asks for it."""
    stage = fields.get("stage")
    if stage in CLOSED:
        return {**fields, "closed_on": fields.get("closed_on") or uow.today}
    return {**fields, "closed_on": None} if stage is not None else fields


def _check_opportunity(uow: UnitOfWork, one: Opportunity, fields: dict[str, Any]) -> None:
    check_day_not_future(uow, one.closed_on, "closed_on")
    if fields.get("product_id") is not None:
        live_product(uow, fields["product_id"])
    if one.stage in CLOSED:
        return
    if one.closed_on is not None:
        raise refuse("closed_on", _("only what is won or lost is closed"), one.closed_on)
    if not (one.next_step or "").strip() or one.next_step_on is None:
        field = "next_step_on" if (one.next_step or "").strip() else "next_step"
        raise refuse(field, _("an open opportunity needs a next step and its day"))
    day = fields.get("next_step_on")
    if day is not None and day < uow.today:
        raise refuse("next_step_on", _("{day} lies in the past").format(day=day.isoformat()), day)


def _warn(uow: UnitOfWork, account_id: int, band: str | None) -> None:
    warning = push_warning(band, open_critical(uow, account_id))
    if warning is not None:
        uow.merged.append(warning)


def open_critical(uow: UnitOfWork, account_id: int) -> list[str]:
    """The numbers of the account's critical complaints that wait for a solution."""
    found = uow.complaints.find(account_id=account_id, severity="critical")
    return [one.number for one in found if one.is_open and one.excluded is None]
