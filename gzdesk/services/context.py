"""What every service stands on: the open store, the reference data, who we are, and who must hear of changes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gzdesk.domain.fields import ParseContext
from gzdesk.domain.mint import Mint
from gzdesk.domain.period import Month
from gzdesk.domain.record import summariser
from gzdesk.domain.record_type import TOWN, RecordType, RecordTypes
from gzdesk.domain.unit import Unit, Units
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed
from gzdesk.services.town_rules import COUNTING_RULE, InForce, as_text, in_force, write_rule
from gzdesk.services.units_in_force import UNIT_ENTRY, overlaid
from gzdesk.settings import TOWN_WIDE, Settings
from gzdesk.storage.store import Reading, Store

Listener = Callable[[frozenset[str]], None]


class Changes:
    """Tells listeners which record types a commit changed. Each decides for itself what to show anew."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call the listener with the changed type ids after each commit; returns how to stop that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def publish(self, type_ids: frozenset[str]) -> None:
        """Tell all listeners, unless only local things were written: a kept form or a setting changes no list."""
        if not type_ids:
            return
        for listener in tuple(self._listeners):
            listener(type_ids)


@dataclass(slots=True, kw_only=True)
class Context:
    """Handed to every service by bootstrap."""

    store: Store
    types: RecordTypes
    units: Units
    me: Unit
    mint: Mint
    changes: Changes = field(default_factory=Changes)
    declared: RecordTypes = field(
        init=False
    )  # the types with every item; `types` has those that are asked for
    # The units as this ledger was set up with; `units` has what the town has changed since.
    listed: Units = field(init=False)
    # Asked for every cell of a list; kept until a setting or a rule of the town is written, or the day is over.
    _known_settings: InForce | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.declared, self.listed = self.types, self.units
        self.changes.subscribe(self._on_changes)
        self.ask_as_set()

    @property
    def is_town(self) -> bool:
        """Whether this PC is the town station's."""
        return self.me.id == self.units.town.id

    @property
    def scopes(self) -> tuple[str, ...]:
        """All scopes this PC may hold: a village its own and the town's, the town all (sync.md, Words)."""
        if self.is_town:
            return (*(unit.id for unit in self.units), self.own_scope)
        return (self.me.id, self.units.town.id)

    @property
    def own_scope(self) -> str:
        """The scope of the registers that are kept on this PC."""
        return self.units.own_scope(self.me.id)

    def scope_of(self, record_type: RecordType) -> str:
        """The scope in which a new record of that type is written: the town's catalogues lie in the town's."""
        return self.scope_in(record_type, self.me.id)

    def scope_in(self, record_type: RecordType, unit: str) -> str:
        """The scope in which a unit's records of that type lie."""
        return unit if record_type.scope == TOWN else self.units.own_scope(unit)

    def is_mine(self, scope: str) -> bool:
        """Whether records of that scope are written on this PC."""
        return scope in self.own_scopes

    @property
    def own_scopes(self) -> tuple[str, ...]:
        """All scopes written on this PC; the town also writes the catalogues."""
        return tuple(dict.fromkeys((self.own_scope, self.me.id)))

    def settings(self) -> Settings:
        """The settings that hold today: a rule of the town goes before what this PC has set."""
        return self._in_force().settings

    def settings_on(self, read: Reading, day: date) -> Settings:
        """The settings as they held on another day; what this PC has set itself has no day."""
        own = Settings.from_data(read.local.get("settings", {}))
        return in_force(read, town=self.units.town.id, own=own, day=day).settings

    def set_by_town(self) -> Mapping[str, date]:
        """The settings that a rule of the town holds today, and since when; a village does not change them."""
        return self._in_force().since

    def own_settings(self) -> Settings:
        """What this PC has set itself, whatever the town says."""
        with self.store.reading() as read:
            return Settings.from_data(read.local.get("settings", {}))

    def change_settings(self, **values: Any) -> Settings:
        """Change some settings for good. In the town those for all units hold from today, and go down the stick.

        Raises UserError in a village when one of them is the town's to make.
        """
        now = self._in_force()
        wide = {name: value for name, value in values.items() if name in TOWN_WIDE}
        if not self.is_town:
            _require_own(wide.keys() & now.since.keys(), town=self.units.town.label)
            wide = {}
        with self.store.writing() as work:
            own = Settings.from_data(work.local.get("settings", {}))
            own = own.changed(**{name: value for name, value in values.items() if name not in wide})
            work.local.put("settings", own.to_data())
            for name, value in wide.items():
                if getattr(now.settings, name) != value:
                    write_rule(self, work, rule=name, value=as_text(value), since=now.day, reason="")
            work.commit()
        self._known_settings = None
        self.ask_as_set()
        return self.settings()

    def _in_force(self) -> InForce:
        today = self.mint.today()
        if self._known_settings is None or self._known_settings.day != today:
            with self.store.reading() as read:
                own = Settings.from_data(read.local.get("settings", {}))
                self._known_settings = in_force(read, town=self.units.town.id, own=own, day=today)
        return self._known_settings

    def _on_changes(self, types: frozenset[str]) -> None:
        if COUNTING_RULE in types:
            self._known_settings = None

    def use_types(self, types: RecordTypes) -> None:
        """Have other record types from now on: what the town delivered. Raises UserError when the disk refuses."""
        self.store.show_types(types, summarise=summariser(types))
        self.declared = types
        self.ask_as_set()

    def use_units(self) -> None:
        """Have the units from now on that the town's list says."""
        with self.store.reading() as read:
            self.units = overlaid(self.listed, read.records.of_types([UNIT_ENTRY], unit=self.listed.town.id))
        self.me = next((unit for unit in self.units if unit.id == self.me.id), self.me)

    def ask_as_set(self) -> None:
        """Let forms and lists have the items that the settings ask for."""
        self.types = self.declared.asking(kept_here=self.settings().keep_id_numbers)

    def rename_writer(self, name: str) -> None:
        """Change the name of the person who is writing, shown in histories from now on."""
        with self.store.writing() as work:
            work.local.put("actor", name)
            work.commit()
        self.store.actor = name

    def parsing(self, *, month: Month | None = None) -> ParseContext:
        """What reading typed text needs to know."""
        return ParseContext(today=self.mint.today(), month=month, units=self.units)

    def record_type(self, type_id: str) -> RecordType:
        """The record type of that id. Raises UserError `unknown_type`."""
        found = self.types.get(type_id)
        if found is None:
            raise UserError(
                code="unknown_type",
                message=_("There is no register called {name}.").format(name=type_id),
                hint=_("The command `types` lists all registers."),
            )
        return found

    def unit(self, key: str) -> Unit:
        """The unit with that id, name or code. Raises UserError `unknown_unit`."""
        found = self.me if key in (self.me.id, self.me.name) else self.units.find(key)
        if found is None:
            raise UserError(
                code="unknown_unit",
                message=_("There is no unit called {name}.").format(name=key),
                hint=_("Use one of: {names}.").format(names=listed(unit.label for unit in self.units)),
            )
        return found


def _require_own(names: Collection[str], *, town: str) -> None:
    if names:
        raise UserError(
            code="set_by_the_town",
            message=_("{town} has set this for all villages.").format(town=town),
            hint=_("Ask the town station to change it; it comes with the next stick."),
        )
