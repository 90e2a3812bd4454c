"""What tests may rely on: an empty home of their own, and samples that fail loudly under CI."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from platformdirs import user_data_path, user_state_path

from tests.conftest import samples_folder


def test_home_is_empty_and_below_the_tests_own_folder(tmp_path: Path) -> None:
    assert Path.home() == tmp_path / "home"
    for folder in (user_data_path("trustplan"), user_state_path("trustplan")):
        assert folder.is_relative_to(tmp_path)
        assert not folder.exists()


def test_no_setting_of_the_developer_leaks_in() -> None:
    assert [name for name in os.environ if name.startswith("TRUSTPLAN_")] == []
    assert "NO_COLOR" not in os.environ
    assert time.tzname == ("UTC", "UTC")


@given(st.integers())
def test_property_tests_have_no_deadline(number: int) -> None:
    assert hypothesis_settings.default is not None
    assert hypothesis_settings.default.deadline is None
    assert number == number + 0


def test_samples_are_taken_from_where_the_variable_says(tmp_path: Path) -> None:
    assert samples_folder({"TRUSTPLAN_SAMPLES": str(tmp_path), "CI": "true"}) == tmp_path


def test_missing_samples_fail_under_ci(tmp_path: Path) -> None:
    gone = {"TRUSTPLAN_SAMPLES": str(tmp_path / "gone"), "CI": "true"}
    with pytest.raises(pytest.fail.Exception, match="set TRUSTPLAN_SAMPLES"):
        samples_folder(gone)


def test_missing_samples_are_a_skip_elsewhere(tmp_path: Path) -> None:
    gone = {"TRUSTPLAN_SAMPLES": str(tmp_path / "gone")}
    with pytest.raises(pytest.skip.Exception, match="set TRUSTPLAN_SAMPLES"):
        samples_folder(gone)
