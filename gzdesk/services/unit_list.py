"""The town keeps the list of units: renames, adds, merges, closes them (counting_rules G6). It goes down the stick.

Each unit that was touched has one record of the town's (`unit_entry`) with its whole entry; its history tells the
rest.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from gzdesk.domain.unit import Unit, stand_alone_unit
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.services import handed_down, system_records
from gzdesk.services.context import Context
from gzdesk.services.units_in_force import UNIT_ENTRY, entry_of

KINDS = ("village", "community")
_LONGEST_NAME, _LONGEST_ENGLISH, _LONGEST_SHORT = 20, 60, 8
_CODE_DIGITS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """A unit of the list; `state` is now, coming, merged or closed on the day asked for."""

    unit: Unit
    state: str
    successor: Unit | None


class UnitList:
    """The list, and changing it. Every change raises UserError with what is wrong, and then nothing was changed."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def rows(self, on: date | None = None) -> tuple[UnitRow, ...]:
        """All units that there are, were or will be, in order; the town first."""
        day, units = on or self._context.mint.today(), self._context.units
        return tuple(
            UnitRow(
                unit=unit,
                state=_state(unit, day),
                successor=units.find(unit.successor) if unit.successor else None,
            )
            for unit in units
        )

    def rename(self, unit: str, *, name: str, name_en: str = "", short: str = "", code: str = "") -> Unit:
        """Give a unit another name, number prefix or division code; what is left empty stays. It counts at once."""
        known = self._mine(unit)
        changed = replace(
            known,
            name=self._free_name(name, known),
            name_en=_fitting(name_en, _LONGEST_ENGLISH) or known.name_en,
            short=_fitting(short, _LONGEST_SHORT) or known.short,
            code=self._free_code(code, known) or known.code,
        )
        return self._write(changed)

    def add(
        self,
        *,
        name: str,
        kind: str,
        name_en: str = "",
        short: str = "",
        code: str = "",
        valid_from: date | None = None,
    ) -> Unit:
        """Add a unit, which can then be given a join file. Its id is made from its name, as on a PC of its own."""
        self._require_town()
        plain = self._free_name(name, None)
        if kind not in KINDS:
            raise _refused("unknown_kind", _("A unit is a village or a community."), "")
        made = stand_alone_unit(plain)
        if self._context.units.find(made.id) is not None:
            raise _refused("name_taken", _("There is a unit called {name} already.").format(name=plain), "")
        return self._write(
            replace(
                made,
                kind=kind,
                name_en=_fitting(name_en, _LONGEST_ENGLISH) or plain,
                short=_fitting(short, _LONGEST_SHORT) or made.short,
                code=self._free_code(code, None) or None,
                valid_from=valid_from.isoformat() if valid_from else "",
            )
        )

    def merge(self, unit: str, into: str, *, first_day: date) -> Unit:
        """Let a unit be part of another from a day on; that one takes over its records of the year."""
        known, heir = self._mine(unit), self._mine(into)
        if known.id == heir.id or not heir.is_valid_on(first_day):
            raise _refused(
                "no_successor",
                _("{unit} can't be merged into {heir}.").format(unit=known.label, heir=heir.label),
                _("Choose a unit that there is on that day."),
            )
        return self._end(known, first_day - timedelta(days=1), successor=heir.id)

    def close(self, unit: str, *, last_day: date) -> Unit:
        """Let a unit end with that day; its files are still taken in."""
        return self._end(self._mine(unit), last_day, successor="")

    def reopen(self, unit: str) -> Unit:
        """Take a merger or a closing back."""
        known = self._mine(unit)
        if not known.valid_to:
            raise _refused("not_closed", _("{unit} was not closed.").format(unit=known.label), "")
        return self._write(replace(known, valid_to="", successor=""))

    # Inside

    def _end(self, unit: Unit, last_day: date, *, successor: str) -> Unit:
        if unit.kind not in KINDS:
            raise _refused("not_a_village", _("The town itself can't be closed."), "")
        if unit.valid_to:
            raise _refused(
                "closed_already",
                _("{unit} was there until {day} already.").format(unit=unit.label, day=unit.valid_to),
                _("Take that back first."),
            )
        if unit.valid_from > last_day.isoformat():
            raise _refused(
                "closed_before_it_began",
                _("There is {unit} only from {day} on. Please check the date.").format(
                    unit=unit.label, day=unit.valid_from
                ),
                "",
            )
        return self._write(replace(unit, valid_to=last_day.isoformat(), successor=successor))

    def _write(self, unit: Unit) -> Unit:
        context = self._context
        with context.store.writing() as work:
            system_records.put(
                context,
                work,
                type_id=UNIT_ENTRY,
                key=unit.id,
                scope=context.units.town.id,
                values=entry_of(unit),
            )
            work.commit()
        handed_down.take_effect(context, {UNIT_ENTRY})
        return unit

    def _mine(self, key: str) -> Unit:
        self._require_town()
        return self._context.unit(key)

    def _free_name(self, name: str, known: Unit | None) -> str:
        plain = _fitting(name, _LONGEST_NAME)
        if not plain:
            raise _refused("name_needed", _("A unit needs a name."), "")
        other = self._context.units.find(plain)
        if other is not None and (known is None or other.id != known.id):
            raise _refused("name_taken", _("There is a unit called {name} already.").format(name=plain), "")
        return plain

    def _free_code(self, code: str, known: Unit | None) -> str:
        plain = code.strip()
        if not plain:
            return ""
        if not (plain.isascii() and plain.isdecimal() and len(plain) == _CODE_DIGITS):
            raise _refused(
                "code",
                _("A division code has {count} digits.").format(count=_CODE_DIGITS),
                _("Copy it from the list of the statistics office, or leave it empty."),
            )
        other = self._context.units.find(plain)
        if other is not None and (known is None or other.id != known.id):
            raise _refused("code_taken", _("{unit} has this division code.").format(unit=other.label), "")
        return plain

    def _require_town(self) -> None:
        if not self._context.is_town:
            raise _refused(
                "not_the_town",
                _("The list of units is kept by the town station."),
                _("Ask the town station; the change comes with the next stick."),
            )


def _state(unit: Unit, day: date) -> str:
    if unit.valid_from > day.isoformat():
        return "coming"
    if unit.is_valid_on(day):
        return "now"
    return "merged" if unit.successor else "closed"


def _fitting(words: str, most: int) -> str:
    plain = " ".join(words.split())
    if len(plain) > most:
        message = _("At most {limit} characters; this has {count}. Please shorten it.")
        raise _refused("too_long", message.format(limit=most, count=len(plain)), "")
    return plain


def _refused(code: str, message: str, hint: str) -> UserError:
    return UserError(code=code, message=message, hint=hint)
