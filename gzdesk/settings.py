"""Settings: what a town or a village may choose. One field here and one row on the settings page each.

`Settings` belong to the ledger and are kept in it; `Preferences` belong to the person at the screen and are kept
in a small file of their own, for the first window needs them before the ledger is open.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Self

from gzdesk.i18n import DEFAULT_LANGUAGE


def _known(cls: Any, data: Mapping[str, Any]) -> dict[str, Any]:
    # A newer program may have written more settings, or other kinds of value: what is not understood is left out.
    kinds = {item.name: type(item.default) for item in fields(cls)}
    return {name: value for name, value in data.items() if type(value) is kinds.get(name)}


_LONGEST_NUMBER = 6

TOWN_WIDE = (
    "report_deadline_day",
    "sheet_internal_day",
    "meeting_cycle_months",
    "safety_cycle_months",
    "yearly_reports_by",
    "new_film_years",
    "new_film_inclusive",
    "screenings_per_month",
    "performances_per_year",
    "working_hours",
)
"""Settings that the town makes for all its units: changed on its PC, they go down the stick as counting rules."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Choices that decide what is counted, due or warned of."""

    report_deadline_day: int = (
        10  # of the following month, the day included (indicators.json, duty_monthly_report)
    )
    sheet_internal_day: int = (
        5  # the station wants village sheets by then; late is what the deadline day says
    )
    meeting_cycle_months: int = 3  # tasks.json 1.3 names no cycle for the steering meeting
    safety_cycle_months: int = 1  # tasks.json 21.1 names no cycle for safety checks
    yearly_reports_by: str = "03-31"  # tasks.json 21.1 names no day for yearly reports and notices of funds
    due_soon_days: int = 60  # a task is “due soon” so many days ahead
    remind_from_day: int = 1  # from this day of the following month the month sheet is shown as due
    new_film_years: int = 2  # tasks.json 16.2: 不足两年
    new_film_inclusive: bool = False  # the national reading 不超过两年 includes the day itself
    screenings_per_month: int = 1  # tasks.json 16.2
    performances_per_year: int = 5  # tasks.json 12.1
    working_hours: str = "08:30-12:00 14:00-17:30"  # outside these or on rest days opening is staggered
    mask_phones: bool = True  # in lists, prints and exports; ID numbers are hidden there whatever is chosen
    keep_id_numbers: bool = False  # 个人信息保护法 6, 28: the platform number tells who is who, so off
    person_kept_years: int = (
        2  # after a volunteer or a staff member left; then the person is on the list to erase
    )
    keep_years: str = ""  # what the county's own table says: `library_loan=3 asset=30`, 0 for ever
    stick_folder: str = ""  # a fixed folder instead of a USB stick, for PCs whose stick is not recognised

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """The settings from stored JSON; unknown or misshapen ones keep their default."""
        return cls(**_known(cls, data))

    def to_data(self) -> dict[str, Any]:
        """The settings as JSON."""
        return asdict(self)

    def read(self, name: str, value: object) -> Any:
        """The value that a text (or itself) means for that setting, None when it means none."""
        now = getattr(self, name)
        if isinstance(now, bool):
            return {"true": True, "false": False}.get(str(value).lower())
        if isinstance(now, int):
            text = str(value)
            return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER else None
        return value if isinstance(value, str) else None

    def changed(self, **values: Any) -> Self:
        """The same settings with some of them changed."""
        return replace(self, **values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """How the person at this screen wants to see the program."""

    language: str = DEFAULT_LANGUAGE
    text_percent: int = 100  # 100 or 125
    high_contrast: bool = False
    last_unit_name: str = ""  # shown in the first window before the ledger is open
    last_unit_kind: str = ""  # `village` or `town`: which pages that window lists

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read them; a missing or broken file means the defaults, for nothing of worth is lost with it."""
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return cls()
        return cls(**_known(cls, data)) if isinstance(data, dict) else cls()

    def save(self, path: Path) -> None:
        """Write them whole; a folder that cannot be written only costs the preference."""
        part = path.with_suffix(f".{os.getpid()}.part")
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps(asdict(self), ensure_ascii=False, sort_keys=True), encoding="utf-8")
            part.replace(path)

    def changed(self, **values: Any) -> Self:
        """The same preferences with some of them changed."""
        return replace(self, **values)


def default_data_dir() -> Path:
    """Where the ledger is by default: the folder shared by this PC's accounts, else one's own.

    The shared folder is used only where it was set up and may be written (installers do that).
    """
    if sys.platform == "win32":
        shared = Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData")) / "gzdesk"
    else:
        shared = Path("/var/lib/gzdesk")
    if shared.is_dir() and os.access(shared, os.W_OK):
        return shared
    from platformdirs import user_data_path

    return user_data_path("gzdesk", appauthor=False)


def preferences_path() -> Path:
    """The file of this account's preferences; never in the ledger's folder, which accounts share."""
    from platformdirs import user_config_path

    return user_config_path("gzdesk", appauthor=False) / "preferences.json"
