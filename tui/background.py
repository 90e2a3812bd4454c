"""Work that goes on behind a screen."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.dom import DOMNode


def behind(
    node: DOMNode,
    work: Callable[[], Coroutine[Any, Any, None]],
    group: str,
    *,
    exclusive: bool = False,
) -> None:
    """Run ``work`` as a worker of a node; an ``exclusive`` one ends the others of its group.

    It is called when it starts: a coroutine made before would be left unawaited when a newer one
    takes its place.
    """
    started: Any = work
    node.run_worker(started, group=group, exclusive=exclusive)
