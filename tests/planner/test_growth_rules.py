"""The grid of products by buying centres, and when a push to sell or a gift does harm."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.giving import benefit_hint, may_approve, needs_approver
from planner.selling import gesture_warning, push_warning
from planner.vocabulary import WHITESPACE_STATES
from planner.whitespace_grid import STATES, UNKNOWN, whitespace_grid


class Product(NamedTuple):
    id: int
    name: str


class Cell(NamedTuple):
    id: int
    product_id: int
    centre: str
    state: str
    potential_minor: int | None = None
    competitor: str | None = None


def test_the_grid_has_every_product_at_every_centre_unknown_ones_too() -> None:
    grid = whitespace_grid(
        [Product(1, "Portal"), Product(2, "archive"), Product(3, "Mail")],
        [
            Cell(10, 1, "IT", "owned", 500),
            Cell(11, 2, "Finance", "competitor", 700, "Rival"),
            Cell(12, 1, "it ", "gap", 900),
        ],
    )
    assert grid.centres == ("Finance", "IT")
    assert [row.product for row in grid.rows] == ["archive", "Mail", "Portal"]
    assert [[cell.state for cell in row.cells] for row in grid.rows] == [
        ["competitor", UNKNOWN], [UNKNOWN, UNKNOWN], [UNKNOWN, "gap"],
    ]  # fmt: skip
    assert grid.rows[0].cells[0].competitor == "Rival"
    assert grid.total(UNKNOWN).cells == 4


def test_penetration_and_open_potential_are_those_of_the_metrics_page() -> None:
    products = [Product(n, f"p{n}") for n in range(5)]
    worth = (("owned", 120), ("owned", 30), ("owned", 25), ("gap", 60), ("pipeline", 45))
    grid = whitespace_grid(
        products, [Cell(n, n, "IT", state, amount) for n, (state, amount) in enumerate(worth)]
    )
    assert grid.penetration == Decimal("62.5")
    assert grid.open_minor == 105
    assert whitespace_grid(products, [Cell(1, 1, "IT", "gap")]).penetration is None
    assert whitespace_grid(products, [Cell(1, 1, "IT", "not_eligible", 9)]).penetration is None


@given(
    st.lists(st.sampled_from(["Portal", "Mail", "Archive"]), unique=True),
    st.lists(
        st.builds(
            Cell, st.integers(1, 99), st.integers(0, 3), st.sampled_from(["IT", "it", "Ops", "HR"]),
            st.sampled_from(WHITESPACE_STATES), st.none() | st.integers(0, 10**15), st.none(),
        )
    ),
)  # fmt: skip
def test_the_grid_is_whole_and_its_totals_count_each_cell_once(
    names: list[str], cells: list[Cell]
) -> None:
    grid = whitespace_grid([Product(n, name) for n, name in enumerate(names)], cells)
    assert len(grid.rows) == len(names)
    assert all([cell.centre for cell in row.cells] == list(grid.centres) for row in grid.rows)
    laid = [cell for row in grid.rows for cell in row.cells]
    assert sum(total.cells for total in grid.totals) == len(laid)
    assert sum(total.potential_minor for total in grid.totals) == sum(
        cell.potential_minor or 0 for cell in laid
    )
    assert tuple(total.state for total in grid.totals) == STATES
    assert grid.penetration is None or 0 <= grid.penetration <= 100


def test_a_push_to_sell_is_warned_against_while_red_or_a_critical_complaint_is_open() -> None:
    assert push_warning("green", []) is None
    assert push_warning("yellow", []) is None
    assert push_warning(None, []) is None
    assert push_warning("red", []) == "A push to sell is warned against: the account is red."
    assert push_warning("grey", ["C-1"]) == (
        "A push to sell is warned against: critical complaint C-1 is open."
    )
    both = push_warning("red", ["C-1", "C-2"])
    assert both is not None
    assert both.endswith("the account is red; critical complaints C-1, C-2 are open.")
    assert gesture_warning([]) is None
    assert "critical complaint C-7 is open" in (gesture_warning(["C-7"]) or "")


@pytest.mark.parametrize(
    ("kinds", "hinted"),
    [
        (["financial"] * 4, True),
        (["financial"] * 3, False),
        (["financial"] * 4 + ["service"], False),
        (["financial"] * 4 + ["emotional", "behavioural"], True),
        ([], False),
    ],
)
def test_money_alone_is_pointed_out_from_the_fourth_benefit_without_a_service(
    kinds: list[str], hinted: bool
) -> None:
    assert (benefit_hint(kinds) is not None) is hinted


def test_who_approves_a_gesture() -> None:
    assert needs_approver(5001, 5000)
    assert not needs_approver(5000, 5000)
    assert not needs_approver(None, 5000)
    assert not needs_approver(10**9, None)
    assert may_approve(2, "account_manager", 1)
    assert may_approve(1, "lead", 1)
    assert may_approve(1, "admin", 1)
    assert not may_approve(1, "account_manager", 1)
    assert not may_approve(1, "read_only", 1)
