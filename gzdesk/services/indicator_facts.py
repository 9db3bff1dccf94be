"""Reading what the indicators of a year are worked out from: one pass over the ledger, shared by all of them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache, partial
from typing import Any

from gzdesk import assets
from gzdesk.domain.deadlines import Due
from gzdesk.domain.indicators import INDICATORS
from gzdesk.domain.indicators.catalogue import (
    CountingRule,
    indicators_from_data,
    number,
    own_target,
    rules_from_data,
)
from gzdesk.domain.indicators.checklists import ItemEvidence
from gzdesk.domain.indicators.facts import Facts
from gzdesk.domain.indicators.in_force import Adjustment
from gzdesk.domain.indicators.population import Population
from gzdesk.domain.indicators.result import Indicator, TargetInForce
from gzdesk.domain.indicators.roster import Roster
from gzdesk.domain.indicators.rows import FLOWS, Row
from gzdesk.domain.indicators.target_words import target_wording
from gzdesk.domain.period import day_of
from gzdesk.domain.record import HELD
from gzdesk.services.context import Context
from gzdesk.services.deadlines import Deadlines
from gzdesk.services.evidence.materials import Materials
from gzdesk.services.public_holidays import holiday_name, is_makeup_workday
from gzdesk.settings import Settings
from gzdesk.storage.store import Reading

_MADE_UP_WITHIN = timedelta(days=62)  # a rained-off show of December is often made up for after New Year

_PARENTS = {"brand_activity": "brand_id", "care_project": "care_project_id"}


@cache
def load_indicators() -> tuple[Indicator, ...]:
    """The rows of `db/reference/indicators.toml` that have a function, in the order of the file."""
    return tuple(row for row in indicators_from_data(_toml("indicators.toml")) if row.id in INDICATORS)


@cache
def load_counting_rules() -> tuple[CountingRule, ...]:
    """The rules of `db/reference/counting_rules.toml`."""
    return rules_from_data(_toml("counting_rules.toml"))


class YearRows:
    """The rows of a year by type: what happened in it, and the registers whole.

    A type is read when it is first asked for: who opens the targets does not wait for the logs of the venues. What
    happened after the day `on` is left out, so that a report made late shows what it would have shown in time.
    """

    def __init__(self, context: Context, year: int, *, on: date) -> None:
        self._store = context.store
        self.year, self.on = year, on
        self._first, self._last = date(year, 1, 1), min(date(year, 12, 31), max(on, date(year, 1, 1)))
        self._read: dict[str, Sequence[Row]] = {}

    def __call__(self, type_id: str) -> Sequence[Row]:
        """The rows of that type, in no order."""
        rows = self._read.get(type_id)
        if rows is None:
            with self._store.reading() as read:
                rows = self._read[type_id] = list(self._rows(read, type_id))
            if type_id == "activity" and self._has_unseen(rows):
                rows = self._read[type_id] = [*rows, *self._earlier()]
        return rows

    def _rows(self, read: Reading, type_id: str) -> Iterable[Row]:
        if type_id not in FLOWS:
            return read.lean.rows([type_id])
        last = self._last + _MADE_UP_WITHIN if type_id == "film_screening" else self._last
        return read.lean.rows([type_id], first_day=str(self._first), last_day=str(last))

    def _has_unseen(self, events: Iterable[Row]) -> bool:
        """Whether a brand or a project had no activity this year, so that earlier years are looked through.

        Both count once they had one, whenever that was; reading ten years of activities for that is the exception.
        """
        held = [event for event in events if event.status == HELD]
        return any(
            {row.id for row in self(register)} - {event.text(field) for event in held}
            for register, field in _PARENTS.items()
        )

    def _earlier(self) -> list[Row]:
        before = str(self._first - timedelta(days=1))
        with self._store.reading() as read:
            return list(read.lean.rows(["activity"], last_day=before, naming=_PARENTS.values()))


def facts_of(context: Context, rows: YearRows) -> Facts:
    """Those rows with the units, figures, rules and targets that hold here."""
    # What this PC has set itself: what the town has changed since comes with its day, in the rows.
    settings = context.own_settings()
    rules = load_counting_rules()
    targets = {row.id: _with_setting(row, settings) for row in load_indicators()}
    return Facts(
        today=rows.on,
        sees_all=context.is_town,
        holiday_name=holiday_name,
        is_makeup_workday=is_makeup_workday,
        dues=cache(partial(_dues, context, rows.on)),
        checklists=cache(partial(_checklists, context)),
        roster=Roster(town=context.units.town, below=_below(context)),
        rows=rows,
        population=(*_seeded_population(), *_population(rows("population"))),
        confirmed_types=frozenset(item.id for item in context.types if item.field("confirmed_by")),
        joint_types=frozenset(item.id for item in context.types if item.group == "event"),
        rules={rule.id: _rule_default(rule, settings) for rule in rules},
        rule_changes=tuple(_rule_changes(rules, rows("counting_rule"))),
        targets=targets,
        target_changes=(
            *_targets_of_settings(targets, rows("counting_rule")),
            *_target_changes(targets, rows("indicator_target")),
        ),
    )


def _dues(context: Context, on: date, year: int) -> tuple[Due, ...]:
    return Deadlines(context).between(date(year, 1, 1), date(year, 12, 31), on=on)


def _checklists(context: Context, unit: str | None) -> tuple[ItemEvidence, ...]:
    return tuple(
        ItemEvidence(
            item_id=found.item.item_id,
            label=found.item.label,
            covered=len(found.item.evidence) - found.missing,
            wanted=len(found.item.evidence),
        )
        for found in Materials(context).counts(unit=unit)
    )


def _below(context: Context) -> tuple[Any, ...]:
    """The units of the town; a village that no list names stands alone on its own PC."""
    listed = context.units.below
    if context.is_town or any(unit.id == context.me.id for unit in listed):
        return listed
    return (*listed, context.me)


def _rule_default(rule: CountingRule, settings: Settings) -> object:
    return getattr(settings, rule.setting) if rule.setting else rule.default


def _with_setting(row: Indicator, settings: Settings) -> TargetInForce:
    target = own_target(row)
    if not row.setting:
        return target
    return replace(target, value=number(getattr(settings, row.setting)))


def _rule_changes(rules: Iterable[CountingRule], rows: Iterable[Row]) -> Iterator[Adjustment[object]]:
    by_id = {rule.id: rule for rule in rules}
    for row in _in_order(rows):
        rule, since = by_id.get(row.text("rule")), day_of(row.text("valid_from"))
        value = None if rule is None else rule.read(row.values.get("value"))
        if rule is not None and since is not None and value is not None:
            yield Adjustment(key=rule.id, valid_from=since, value=value)


def _target_changes(
    targets: Mapping[str, TargetInForce], rows: Iterable[Row]
) -> Iterator[Adjustment[TargetInForce]]:
    for row in _in_order(rows):
        own, since = targets.get(row.text("indicator_id")), day_of(row.text("valid_from"))
        if own is None or since is None:
            continue
        wording = row.text("wording")
        changed = TargetInForce(
            value=number(row.values.get("target")),
            comparison=own.comparison,
            deadline=day_of(row.text("deadline")) or own.deadline,
            text_deadline=own.text_deadline,
            zh=wording or own.zh,
            en=wording or own.en,
            since=since,
        )
        yield Adjustment(key=row.text("indicator_id"), valid_from=since, value=changed)


def _targets_of_settings(
    targets: Mapping[str, TargetInForce], rows: Iterable[Row]
) -> Iterator[Adjustment[TargetInForce]]:
    """A target that is a setting follows the rule of that name: so many performances a year."""
    by_setting = {row.setting: row for row in load_indicators() if row.setting}
    for row in _in_order(rows):
        indicator, since = by_setting.get(row.text("rule")), day_of(row.text("valid_from"))
        value = number(row.values.get("value"))
        if indicator is not None and since is not None and value is not None:
            zh, en = target_wording(indicator, value)
            changed = replace(targets[indicator.id], value=value, since=since, zh=zh, en=en)
            yield Adjustment(key=indicator.id, valid_from=since, value=changed)


def _in_order(rows: Iterable[Row]) -> list[Row]:
    return sorted((row for row in rows if row.status == HELD), key=lambda row: row.id)


def _population(rows: Iterable[Row]) -> Iterator[Population]:
    for row in rows:
        if row.status == HELD:
            yield Population(
                unit=row.text("unit_code"),
                year=row.whole("year"),
                value=row.whole("value"),
                basis=row.text("basis"),
                version=row.whole("version") or 1,
                published_on=day_of(row.text("published_on")),
                record=row.id,
            )


@cache
def _seeded_population() -> tuple[Population, ...]:
    """The figures of `db/reference/units.toml`; a record of the same year is a later version."""
    return tuple(
        Population(
            unit=row["unit"],
            year=row["year"],
            value=row["value"],
            basis=row["basis"],
            version=0,
            approximate=row["precision"] == "approximate",
        )
        for row in _toml("units.toml")["population"]
    )


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(assets.reference(name).read_text(encoding="utf-8"))
