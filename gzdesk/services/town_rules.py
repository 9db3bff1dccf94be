"""Settings that are the town's to make: a rule of the town that holds today goes before what this PC has set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from gzdesk.domain.record import HELD, Record
from gzdesk.i18n import gettext as _
from gzdesk.settings import TOWN_WIDE, Settings
from gzdesk.storage.store import Reading, Writing

if TYPE_CHECKING:
    from gzdesk.services.context import Context

COUNTING_RULE = "counting_rule"


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """The settings that hold on a day; `since` tells of those that the town made from which day on."""

    settings: Settings
    since: Mapping[str, date]
    day: date


def in_force(read: Reading, *, town: str, own: Settings, day: date) -> InForce:
    """The settings of this PC under the rules of the town that hold on that day."""
    return under_rules(own, read.records.of_types([COUNTING_RULE], unit=town), day)


def under_rules(own: Settings, rules: Iterable[Record], day: date) -> InForce:
    """Of each setting the rule with the latest day that has come, else what this PC has set."""
    values: dict[str, object] = {}
    since: dict[str, date] = {}
    for record in rules:
        name, first = record.values.get("rule"), _day(record.values.get("valid_from"))
        if not isinstance(name, str) or name not in TOWN_WIDE or first is None or record.status != HELD:
            continue
        value = own.read(name, record.values.get("value"))
        if value is not None and since.get(name, date.min) <= first <= day:
            values[name], since[name] = value, first
    return InForce(settings=own.changed(**values), since=since, day=day)


def write_rule(context: Context, work: Writing, *, rule: str, value: str, since: date, reason: str) -> bool:
    """Town: let a rule hold from a day on; returns whether that is news."""
    from gzdesk.services import system_records

    body = {
        "rule": rule,
        "value": value,
        "valid_from": since.isoformat(),
        "reason": reason or _("changed in the settings"),
        "status": HELD,
    }
    return system_records.put(
        context,
        work,
        type_id=COUNTING_RULE,
        key=f"{rule}/{since.isoformat()}",
        scope=context.units.town.id,
        values=body,
    )


def as_text(value: object) -> str:
    """A value of a setting as a rule keeps it: a number in digits, yes and no as `true` and `false`."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
