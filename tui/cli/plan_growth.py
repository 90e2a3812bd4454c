"""``plan growth|opportunity``: the grid of what an account has of what we sell, and its deals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planner.language import gettext as _
from planner.vocabulary import OPPORTUNITY_STAGES, WHITESPACE_STATES
from tui.cli import naming
from tui.cli.context import Session, command, pass_session
from tui.cli.output import Column, identity, money_document, money_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.ports import Done
    from planner.whitespace_grid import Grid
    from tui.composition import Book


# The grid


@command("growth")
@click.argument("account")
@click.option("--product", metavar="NAME")
@click.option("--centre", metavar="TEXT", help=_("Who buys: a department, a site, a unit."))
@click.option("--state", metavar=naming.listed(WHITESPACE_STATES))
@click.option("--potential", metavar="AMOUNT", help=_("A year's revenue, as in 40k."))
@click.option("--competitor", metavar="TEXT", help=_("Who is there; needed for that state."))
@click.option("--note", metavar="TEXT")
@click.option("--clear", is_flag=True, help=_("Make the cell unknown again."))
@pass_session
def growth(
    session: Session,
    account: str,
    product: str | None,
    centre: str | None,
    clear: bool,
    **options: Any,
) -> None:
    """Show what they have of what we sell; with --product and --centre set a cell of that grid."""
    if product is None and centre is None:
        if clear or any(value is not None for value in options.values()):
            raise click.UsageError(_("Name the cell with --product and --centre."))
        _show_grid(session, account)
        return
    if product is None or centre is None:
        raise click.UsageError(_("A cell is named by both --product and --centre."))
    from planner.use_cases.growth import clear_whitespace, set_whitespace

    with session.writing() as book:
        queries = book.queries()
        account_id = queries.names.account(account)
        product_id = queries.growth.product(product)
        if clear:
            done = book.run(clear_whitespace, _cell(book, account_id, product_id, centre))
        else:
            done = book.run(
                set_whitespace,
                account_id,
                product_id,
                centre,
                band=queries.growth.band(account_id),
                **_cell_fields(book, options),
            )
        _show(session, book, done)


def _cell_fields(book: Book, options: dict[str, Any]) -> dict[str, Any]:
    potential = options["potential"]
    fields = naming.given(
        state=naming.choice(options["state"]),
        competitor=options["competitor"],
        note=options["note"],
    )
    if potential is not None:
        fields["potential_minor"] = naming.amount(potential, book.settings.currency)
    return fields


def _cell(book: Book, account_id: int, product_id: int, centre: str) -> int:
    from planner.errors import NotFound
    from planner.text import name_key

    (cells,) = book.queries().plan.some(account_id, "whitespace")
    for one in cells:
        if one.product_id == product_id and name_key(one.centre) == name_key(centre):
            return int(one.id)
    raise NotFound(_("That cell is unknown already."))


def _show_grid(session: Session, account: str) -> None:
    from planner.whitespace_grid import whitespace_grid

    with session.reading() as book:
        queries = book.queries()
        account_id = queries.names.account(account)
        grid = whitespace_grid(*queries.plan.some(account_id, "products", "whitespace"))
        name, currency = naming.account_name(book, account_id), book.settings.currency
    session.show(
        _grid_document(grid, account_id, name, currency), lambda: _grid_lines(grid, currency)
    )


def _grid_document(grid: Grid, account_id: int, name: str, currency: str) -> dict[str, Any]:
    penetration = grid.penetration
    return {
        "account": name,
        "account_id": identity(account_id),
        "centres": list(grid.centres),
        "products": [
            {
                "id": identity(row.product_id),
                "product": row.product,
                "cells": [
                    {
                        "id": identity(cell.id),
                        "centre": cell.centre,
                        "state": cell.state,
                        "potential": money_document(cell.potential_minor, currency),
                        "competitor": cell.competitor,
                    }
                    for cell in row.cells
                ],
            }
            for row in grid.rows
        ],
        "totals": [
            {
                "state": one.state,
                "cells": one.cells,
                "potential": money_document(one.potential_minor, currency),
            }
            for one in grid.totals
        ],
        "open": money_document(grid.open_minor, currency),
        "penetration": None if penetration is None else str(penetration),
    }


def _grid_lines(grid: Grid, currency: str) -> Iterable[str]:
    from planner.vocabulary_words import value_words
    from tui.cli.output import screen_width, table

    if not grid.rows:
        return [_("The book sells nothing yet; trustplan products add NAME enters something.")]
    columns = [Column(_("Product"), cut=True), *(Column(_c, cut=True) for _c in _heads(grid))]
    rows = [[row.product, *(_cell_text(cell, currency) for cell in row.cells)] for row in grid.rows]
    lines = table(columns, rows, empty="", width=screen_width())
    if not grid.centres:
        lines.append(_("No buying centre is known yet."))
        return lines
    totals = [
        _("{state} {count}").format(state=value_words(one.state), count=one.cells)
        + (f" ({money_text(one.potential_minor, currency)})" if one.potential_minor else "")
        for one in grid.totals
        if one.cells
    ]
    lines.append(" · ".join(totals))
    if grid.penetration is not None:
        lines.append(
            _("open {amount}, penetration {percent} %").format(
                amount=money_text(grid.open_minor, currency), percent=grid.penetration
            )
        )
    return lines


def _heads(grid: Grid) -> list[str]:
    from planner.text import visible

    return [visible(centre) for centre in grid.centres]


def _cell_text(cell: Any, currency: str) -> str:
    from planner.vocabulary_words import value_words

    said = value_words(cell.state) if cell.competitor is None else cell.competitor
    amount = cell.potential_minor
    return f"{said} {money_text(amount, currency)}" if amount else str(said)


# Opportunities


@command("opportunity")
@click.argument("account")
@click.option("--opportunity", metavar="TEXT", help=_("What they may buy."))
@click.option("--which", metavar="TEXT|ID", help=_("Change this one."))
@click.option("--product", metavar="NAME")
@click.option("--centre", metavar="TEXT", help=_("Who buys: a department, a site, a unit."))
@click.option("--value", metavar="AMOUNT", help=_("A year's revenue, as in 40k."))
@click.option("--stage", metavar=naming.listed(OPPORTUNITY_STAGES))
@click.option("--next-step", metavar="TEXT", help=_("Needed while it is open."))
@click.option("--next-step-on", metavar="DATE", help=_("Its day; needed while it is open."))
@click.option("--owner", metavar="NAME", help=_("A colleague; one not known is added."))
@click.option("--closed", metavar="DATE", help=_("When it was won or lost. Default: today."))
@pass_session
def opportunity(
    session: Session, account: str, which: str | None, owner: str | None, **options: Any
) -> None:
    """Add a deal to grow the account, or change the one of --which; won and lost close it."""
    from planner.use_cases.growth import add_opportunity, change_opportunity

    if which is None and not options["opportunity"]:
        raise click.UsageError(_("Give --opportunity for a new one, or --which for one."))
    with session.writing() as book:
        queries = book.queries()
        account_id = queries.names.account(account)
        fields = _opportunity_fields(book, options)
        if which is None:
            known = {name: value for name, value in fields.items() if value is not None}
            call: tuple[Any, ...] = (add_opportunity, account_id)
            fields = known
        else:
            rows = queries.growth.opportunities(account_id, closed=True)
            opportunity_id = naming.one_meant(
                [(one.deal.id, one.deal.opportunity) for one in rows],
                which,
                _("{account} has no such opportunity.").format(account=account),
                _("Several opportunities fit; name one by its id."),
            )
            call = (change_opportunity, opportunity_id)
        done = naming.run_by_name(
            session,
            book,
            *call,
            colleagues={"owner_id": naming.one_of_us(book, owner)},
            band=queries.growth.band(account_id),
            **fields,
        )
        _show(session, book, done)


def _opportunity_fields(book: Book, options: dict[str, Any]) -> dict[str, Any]:
    product, value = options["product"], options["value"]
    fields = naming.given(
        opportunity=options["opportunity"],
        centre=options["centre"],
        stage=naming.choice(options["stage"]),
        next_step=options["next_step"],
        next_step_on=naming.coming_day(book, options["next_step_on"]),
        closed_on=naming.past_day(book, options["closed"]),
    )
    if product is not None:
        named = bool(product.strip())
        fields["product_id"] = book.queries().growth.product(product) if named else None
    if value is not None:
        fields["value_minor"] = naming.amount(value, book.settings.currency)
    return fields


def _show(session: Session, book: Book, done: Done) -> None:
    naming.show_named(session, book, done, "product")
