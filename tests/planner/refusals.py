"""What a use case says when it refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from planner.errors import Refused


def refusal(use_case: Callable[..., Any], *args: Any, **fields: Any) -> Refused:
    """The refusal itself."""
    with pytest.raises(Refused) as error:
        use_case(*args, **fields)
    return error.value


def refused(use_case: Callable[..., Any], *args: Any, **fields: Any) -> str:
    """The sentence of the refusal."""
    return str(refusal(use_case, *args, **fields))
