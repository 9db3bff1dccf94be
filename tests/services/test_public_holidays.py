"""Days off and makeup workdays of China, checked against the notices of the State Council."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date

import pytest

from gzdesk import i18n
from gzdesk.services.public_holidays import holiday_name, is_makeup_workday


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        ((2019, 2, 4), (2019, 2, 10), "春节"),
        ((2019, 5, 1), (2019, 5, 4), "劳动节"),
        ((2019, 9, 13), (2019, 9, 15), "中秋"),
        ((2019, 10, 1), (2019, 10, 7), "国庆"),
        ((2018, 12, 30), (2019, 1, 1), "元旦"),
    ],
)
def test_a_holiday_runs_from_its_first_to_its_last_day_off(first, last, name):
    day, end = date(*first).toordinal(), date(*last).toordinal()
    assert {holiday_name(date.fromordinal(number)) for number in range(day, end + 1)} == {name}
    assert holiday_name(date.fromordinal(end + 1)) is None
    assert holiday_name(date.fromordinal(day - 1)) is None


@pytest.mark.parametrize(
    "day", [(2019, 2, 2), (2019, 2, 3), (2019, 4, 28), (2019, 5, 5), (2019, 9, 29), (2019, 10, 12)]
)
def test_weekends_that_are_worked(day):
    assert is_makeup_workday(date(*day))
    assert holiday_name(date(*day)) is None


def test_an_ordinary_weekend_is_neither():
    assert not is_makeup_workday(date(2019, 10, 19))
    assert holiday_name(date(2019, 10, 19)) is None


def test_names_follow_the_language():
    i18n.set_language("en")
    assert holiday_name(date(2019, 10, 4)) == "National Day"


def test_only_the_calendar_of_china_is_loaded_and_the_second_time_nothing(tmp_path):
    ask = (
        "import sys; from datetime import date; from gzdesk.services.public_holidays import holiday_name;"
        "assert holiday_name(date(2019, 10, 1));"
    )
    once = (
        "assert 'holidays.countries.china' in sys.modules;"
        "assert 'holidays.countries.germany' not in sys.modules;"
        "import holidays;"
        "assert holidays.country_holidays('DE', years=2019)"
    )
    home = {**os.environ, "XDG_CACHE_HOME": str(tmp_path), "LOCALAPPDATA": str(tmp_path)}
    for script in (ask + once, ask + "assert 'holidays' not in sys.modules"):
        done = subprocess.run(
            [sys.executable, "-c", script], env=home, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
