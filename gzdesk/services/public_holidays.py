"""Public holidays and makeup workdays (调休) of China, from the published calendar of each year."""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from functools import lru_cache, partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

from gzdesk.compiled import compiled
from gzdesk.i18n import gettext as _

_ONE_DAY = timedelta(days=1)
_SATURDAY = 6


def holiday_name(day: date) -> str | None:
    """The holiday that a day off belongs to, in the language in use, or None for an ordinary day.

    A weekend inside or beside the days off belongs to the holiday, as the notices of the State Council count it
    (`9月13日放假，与周末连休`).
    """
    key = _days_off(day.year).get(day)
    return None if key is None else _words(key)


def is_makeup_workday(day: date) -> bool:
    """Whether people work on that Saturday or Sunday to make up for a holiday."""
    return day in _makeup_workdays(day.year)


def is_workday(day: date) -> bool:
    """Whether people work on a day: weekends and public holidays off, makeup workdays on."""
    if is_makeup_workday(day):
        return True
    return day.isoweekday() < _SATURDAY and day not in _days_off(day.year)


def _words(key: str) -> str:
    return {
        "元旦": _("New Year"),
        "春节": _("Spring Festival"),
        "清明": _("Tomb-Sweeping"),
        "劳动": _("Labour Day"),
        "端午": _("Dragon Boat"),
        "中秋": _("Mid-Autumn"),
        "国庆": _("National Day"),
    }.get(key, _("Holiday"))


_KEYS = ("国庆", "元旦", "春节", "清明", "劳动", "端午", "中秋")


@lru_cache(maxsize=16)
def _days_off(year: int) -> dict[date, str]:
    named = dict(_published(year)[0])
    for day in sorted(named):
        for step in (_ONE_DAY, -_ONE_DAY):
            _take_in_weekend(named, day, step, year)
    _name_substitutes(named)
    return named


def _take_in_weekend(named: dict[date, str], day: date, step: timedelta, year: int) -> None:
    following = day + step
    while (
        following.isoweekday() >= _SATURDAY
        and following not in named
        and following not in _makeup_workdays(year)
    ):
        named[following] = named[day]
        following += step


def _name_substitutes(named: dict[date, str]) -> None:
    """A day off in exchange for a worked weekend takes the name of the holiday it stands beside."""
    for day in sorted(named):
        if not named[day]:
            named[day] = named.get(day - _ONE_DAY, "")
    for day in sorted(named, reverse=True):
        if not named[day]:
            named[day] = named.get(day + _ONE_DAY, "")


def _makeup_workdays(year: int) -> frozenset[date]:
    return _published(year)[1]


@lru_cache(maxsize=16)
def _published(year: int) -> tuple[dict[date, str], frozenset[date]]:
    # Kept in the cache of this account: loading the library takes longer than all other questions of the home page.
    folder = Path(str(find_spec("holidays").origin)).parent  # type: ignore[union-attr]  # a dependency is there
    source = b"".join((folder / name).read_bytes() for name in ("version.py", "countries/china.py"))
    found = json.loads(compiled(f"holidays{year}.json", source, partial(_computed, year)))
    named = {date.fromisoformat(day): key for day, key in found["days_off"].items()}
    return named, frozenset(map(date.fromisoformat, found["workdays"]))


def _computed(year: int) -> bytes:
    # Two years: New Year's holiday of the next one may begin in this December.
    calendar = _china()(years=(year, year + 1), language="zh_CN")
    found = {
        "days_off": {str(day): _key(name) for day, name in calendar.items()},
        "workdays": sorted(map(str, calendar.weekend_workdays)),
    }
    return json.dumps(found, ensure_ascii=False).encode()


def _china() -> Any:
    """The calendar of China alone.

    Asked for by its country code, the library first loads those of all 370 countries, which takes three seconds on
    an old PC. An empty package in the place of theirs lets the one module be loaded by itself.
    """
    name = "holidays.countries"
    if name in sys.modules:
        return import_module(f"{name}.china").China
    alone = ModuleType(name)
    alone.__path__ = [str(Path(import_module("holidays").__path__[0]) / "countries")]
    sys.modules[name] = alone
    try:
        return import_module(f"{name}.china").China
    finally:
        del sys.modules[name]


def _key(name: str) -> str:
    if "休息日" in name:
        return ""
    if "除夕" in name:
        return "春节"
    return next((key for key in _KEYS if key in name), name)
