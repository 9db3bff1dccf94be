"""Targets, counting rules and deadlines that the town changes from a day on (动态调整), and what held before.

Each change is a record of the town's scope (`indicator_target`, `counting_rule`), one for each key and day: so it
goes down the stick, and what held on any day can be told for ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from gzdesk.domain.indicators.catalogue import CountingRule, number
from gzdesk.domain.indicators.result import Indicator
from gzdesk.domain.indicators.target_words import read_target, shown_target, target_wording
from gzdesk.domain.period import day_of
from gzdesk.domain.record import HELD, Record
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed, pick
from gzdesk.services import system_records
from gzdesk.services.context import Context
from gzdesk.services.indicator_facts import load_counting_rules, load_indicators
from gzdesk.services.town_rules import COUNTING_RULE, as_text, write_rule
from gzdesk.storage.store import Writing

INDICATOR_TARGET = "indicator_target"
TARGET, RULE = "target", "rule"
_LONGEST_WORDS = 200
# Where the words of a rule that names codes stand: the type and its field.
_CHOICES = {
    "unreleased_types": ("film", "film_type"),
    "film_formats": ("film_screening", "format"),
    "outdoor_facility_types": ("facility", "type"),
    "venue_types": ("facility", "type"),
    "library_types": ("facility", "type"),
    "equipped_items": ("asset", "class"),
    "online_platforms": ("online_learning", "platform"),
    "arts_training_kinds": ("training_session", "kind"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change: what holds from which day on, by whose hand and on what ground."""

    record: str
    value: str  # as it is kept; an empty one of a target means that it is no longer judged
    shown: str
    valid_from: date
    wording: str
    deadline: str
    reason: str
    by: str
    written_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustable:
    """A target or a rule as it stands on a day; without `now` it is as the programme or the settings say."""

    kind: str  # target or rule
    id: str
    label: str
    tasks: tuple[str, ...]
    value: str
    shown: str
    help: str  # what may be written for it, a sentence
    wording: str
    now: Change | None
    coming: tuple[Change, ...]  # that hold later than the day asked for, soonest first
    history: tuple[Change, ...]  # all, newest day first


class Adjustments:
    """What can be changed, what holds, and changing it (the town only)."""

    def __init__(self, context: Context) -> None:
        self._context = context

    # Reading

    def targets(self, on: date | None = None) -> tuple[Adjustable, ...]:
        """The targets that hold on a day, today when left out, in the order of the table."""
        changes = self._changes(INDICATOR_TARGET, "indicator_id")
        return tuple(self._target(row, changes.get(row.id, []), on or self._today) for row in _judged())

    def rules(self, on: date | None = None) -> tuple[Adjustable, ...]:
        """The counting rules and deadlines that hold on a day."""
        changes = self._changes(COUNTING_RULE, "rule")
        return tuple(
            self._rule(rule, changes.get(rule.id, []), on or self._today) for rule in load_counting_rules()
        )

    # Changing

    def set_target(
        self,
        indicator_id: str,
        value: str,
        *,
        valid_from: date,
        reason: str,
        wording: str = "",
        deadline: str = "",
    ) -> Adjustable:
        """Town: let a target hold from a day on. `value` is a number, a percentage or a fraction; empty for none.

        Raises UserError in a village, for an unknown indicator, and when something is missing or cannot be read.
        """
        self._require_town()
        indicator = _find_indicator(indicator_id)
        kept = read_target(value)
        if kept is None:
            raise _unreadable(value, _("Write a number such as 0.6, 97% or 1/3, or leave it empty."))
        if deadline and day_of(deadline) is None:
            raise _unreadable(deadline, _("Write the date like {example}.").format(example="2019-12-31"))
        body = {
            "indicator_id": indicator.id,
            "target": kept,
            "deadline": deadline,
            "valid_from": valid_from.isoformat(),
            "wording": _fitting(wording) or _in_words(indicator, kept),
            "reason": _given(reason),
            "status": HELD,
        }
        with self._context.store.writing() as work:
            news = self._put(work, INDICATOR_TARGET, f"{indicator.id}/{valid_from.isoformat()}", body)
            if indicator.setting and (whole := number(kept)) is not None and whole.denominator == 1:
                # What the home page reminds of and what the indicator asks for are one number.
                news |= write_rule(
                    self._context,
                    work,
                    rule=indicator.setting,
                    value=str(int(whole)),
                    since=valid_from,
                    reason=_given(reason),
                )
            self._commit(work, news=news)
        return next(row for row in self.targets(valid_from) if row.id == indicator.id)

    def set_rule(self, rule_id: str, value: str, *, valid_from: date, reason: str) -> Adjustable:
        """Town: let a counting rule or a deadline hold from a day on. Raises UserError as `set_target` does."""
        self._require_town()
        rule = _find_rule(rule_id)
        words = self._words(rule)
        kept = rule.read(_as_kept(value, words))
        if kept is None or not _are_known(rule, str(kept), words):
            raise _unreadable(value, _hint(rule, words))
        with self._context.store.writing() as work:
            news = write_rule(
                self._context,
                work,
                rule=rule.id,
                value=as_text(kept),
                since=valid_from,
                reason=_given(reason),
            )
            self._commit(work, news=news)
        return next(row for row in self.rules(valid_from) if row.id == rule.id)

    def withdraw_target(self, indicator_id: str, *, valid_from: date) -> Adjustable:
        """Town: take a change back as if it had not been made; what held before it holds on. Raises UserError."""
        self._require_town()
        indicator = _find_indicator(indicator_id)
        keys = [
            (INDICATOR_TARGET, indicator.id),
            *([(COUNTING_RULE, indicator.setting)] if indicator.setting else []),
        ]
        self._withdraw(keys, valid_from)
        return next(row for row in self.targets(valid_from) if row.id == indicator.id)

    def withdraw_rule(self, rule_id: str, *, valid_from: date) -> Adjustable:
        """Town: take the change of a rule back. Raises UserError."""
        self._require_town()
        rule = _find_rule(rule_id)
        self._withdraw([(COUNTING_RULE, rule.id)], valid_from)
        return next(row for row in self.rules(valid_from) if row.id == rule.id)

    # Inside

    def _words(self, rule: CountingRule) -> dict[str, str]:
        """The codes that the rule may hold with their words, as the forms say them."""
        if rule.kind == "yes_no":
            return {"true": _("Yes"), "false": _("No")}
        if rule.kind == "choice":
            said = {
                "sessions": _("by screenings"),
                "films": _("by films"),
                "end": _("at the end"),
                "mean": _("mean of beginning and end"),
                "month_ends": _("mean of the month ends"),
                "once": _("once in all"),
                "level": _("once for each level"),
            }
            return {code: said.get(code, code) for code in rule.choices}
        type_id, name = _CHOICES.get(rule.id, ("", ""))
        record_type = self._context.types.get(type_id)
        field = record_type.field(name) if record_type else None
        return {choice.code: choice.label for choice in field.choices} if field else {}

    def _shown(self, rule: CountingRule, value: str) -> str:
        words = self._words(rule)
        return listed(words.get(code, code) for code in value.split()) if words else value

    @property
    def _today(self) -> date:
        return self._context.mint.today()

    def _changes(self, type_id: str, key: str) -> dict[str, list[Record]]:
        """The changes by what they change, newest day first."""
        found: dict[str, list[Record]] = {}
        with self._context.store.reading() as read:
            records = list(read.records.of_types([type_id], unit=self._context.units.town.id))
        for record in records:
            if record.status == HELD and day_of(str(record.values.get("valid_from"))) is not None:
                found.setdefault(str(record.values.get(key)), []).append(record)
        for rows in found.values():
            rows.sort(key=lambda record: str(record.values["valid_from"]), reverse=True)
        return found

    def _target(self, row: Indicator, records: Iterable[Record], on: date) -> Adjustable:
        changes = tuple(
            _change(record, text, shown_target(row, number(text)) or _("not judged"))
            for record in records
            if isinstance(text := record.values.get("target", ""), str)
        )
        now = next((change for change in changes if change.valid_from <= on), None)
        own = getattr(self._context.own_settings(), row.setting) if row.setting else row.target
        value = str(own) if now is None else now.value
        return Adjustable(
            kind=TARGET,
            id=row.id,
            label=row.label,
            tasks=row.task_items,
            value=value,
            shown=shown_target(row, number(value)) or _("not judged"),
            help=_("A number, 97% or 1/3; empty when it is no longer judged."),
            wording=now.wording if now else pick(zh=row.target_text, en=row.target_text_en),
            now=now,
            coming=tuple(change for change in reversed(changes) if change.valid_from > on),
            history=changes,
        )

    def _rule(self, rule: CountingRule, records: Iterable[Record], on: date) -> Adjustable:
        kept = ((record, rule.read(record.values.get("value"))) for record in records)
        changes = tuple(
            _change(record, as_text(value), self._shown(rule, as_text(value)))
            for record, value in kept
            if value is not None
        )
        now = next((change for change in changes if change.valid_from <= on), None)
        own = getattr(self._context.own_settings(), rule.setting) if rule.setting else rule.default
        value = as_text(own) if now is None else now.value
        return Adjustable(
            kind=RULE,
            id=rule.id,
            label=rule.label,
            tasks=(),
            value=value,
            shown=self._shown(rule, value),
            help=_hint(rule, self._words(rule)),
            wording="",
            now=now,
            coming=tuple(change for change in reversed(changes) if change.valid_from > on),
            history=changes,
        )

    def _withdraw(self, keys: Sequence[tuple[str, str]], valid_from: date) -> None:
        ids = [system_records.system_record_id(type_id, f"{key}/{valid_from}") for type_id, key in keys]
        with self._context.store.writing() as work:
            now = work.records.get(ids[0])
            if now is None or now.deleted:
                raise UserError(
                    code="no_such_change",
                    message=_("Nothing was changed from {day} on.").format(day=valid_from.isoformat()),
                    hint=_("Take the day from the list of changes."),
                )
            for record_id in ids:
                system_records.take_away(self._context, work, record_id=record_id)
            work.commit()

    def _put(self, work: Writing, type_id: str, key: str, body: dict[str, str]) -> bool:
        return system_records.put(
            self._context, work, type_id=type_id, key=key, scope=self._context.units.town.id, values=body
        )

    def _commit(self, work: Writing, *, news: bool) -> None:
        if not news:
            raise UserError(
                code="nothing_changed",
                message=_("It is so already from that day on."),
                hint=_("Nothing was written."),
            )
        work.commit()

    def _require_town(self) -> None:
        if not self._context.is_town:
            raise UserError(
                code="not_the_town",
                message=_("Targets and rules are changed by the town station."),
                hint=_("Ask the town station; the change comes with the next stick."),
            )


def _judged() -> tuple[Indicator, ...]:
    return tuple(row for row in load_indicators() if row.comparison)


def _find_indicator(indicator_id: str) -> Indicator:
    found = next((row for row in _judged() if indicator_id in (row.id, row.zh, row.en)), None)
    if found is None:
        raise UserError(
            code="unknown_indicator",
            message=_("There is no target called {name}.").format(name=indicator_id),
            hint=_("The command `targets` lists all of them."),
        )
    return found


def _find_rule(rule_id: str) -> CountingRule:
    found = next((row for row in load_counting_rules() if rule_id in (row.id, row.zh, row.en)), None)
    if found is None:
        raise UserError(
            code="unknown_rule",
            message=_("There is no rule called {name}.").format(name=rule_id),
            hint=_("The command `targets` lists all of them."),
        )
    return found


def _change(record: Record, value: str, shown: str) -> Change:
    def text(name: str) -> str:
        found = record.values.get(name)
        return found if isinstance(found, str) else ""

    return Change(
        record=record.id,
        value=value,
        shown=shown,
        valid_from=date.fromisoformat(text("valid_from")),
        wording=text("wording"),
        deadline=text("deadline"),
        reason=text("reason"),
        by=record.actor,
        written_on=record.recorded_at[:10],
    )


def _as_kept(value: str, words: dict[str, str]) -> str:
    """What is written, with the words of forms as the codes that are kept."""
    codes = {word: code for code, word in words.items()}
    if value.strip() in codes:
        return codes[value.strip()]
    parts = re.split(r"[\s、，,;；]+", value.strip()) if words else [value.strip()]
    return " ".join(codes.get(part, part) for part in parts)


def _are_known(rule: CountingRule, kept: str, words: dict[str, str]) -> bool:
    return rule.kind != "words" or not words or all(code in words for code in kept.split())


def _in_words(indicator: Indicator, kept: str) -> str:
    zh, en = target_wording(indicator, number(kept))
    return pick(zh=zh, en=en)


def _given(reason: str) -> str:
    words = _fitting(reason)
    if not words:
        raise UserError(
            code="reason_needed",
            message=_("A change needs its ground: the paper or the meeting that decided it."),
            hint=_("Write it in a few words."),
        )
    return words


def _fitting(words: str) -> str:
    plain = " ".join(words.split())
    if len(plain) > _LONGEST_WORDS:
        raise UserError(
            code="too_long",
            message=_("At most {limit} characters; this has {count}. Please shorten it.").format(
                limit=_LONGEST_WORDS, count=len(plain)
            ),
            hint="",
        )
    return plain


def _unreadable(value: str, hint: str) -> UserError:
    return UserError(
        code="unreadable_value",
        message=_("“{value}” can't be used here.").format(value=value[:30]),
        hint=hint,
    )


def _hint(rule: CountingRule, words: dict[str, str]) -> str:
    if words:
        return _("Use one of: {names}.").format(names=listed(words.values()))
    if rule.kind == "whole":
        return _("Write a whole number from {least} to {most}.").format(least=rule.least, most=rule.most)
    if rule.kind == "day":
        return _("Write the day like {example}.").format(example="03-31")
    return _("Write it like {example}.").format(example=as_text(rule.default))
