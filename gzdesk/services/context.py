"""What every service stands on: the open store, the reference data, who we are, and who must hear of changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
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
from gzdesk.settings import Settings
from gzdesk.storage.store import Store

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
    # Asked for every cell of a list; only `change_settings` writes them.
    _settings: Settings | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.declared = self.types
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
        """The settings in force."""
        if self._settings is None:
            with self.store.reading() as read:
                self._settings = Settings.from_data(read.local.get("settings", {}))
        return self._settings

    def change_settings(self, **values: Any) -> Settings:
        """Change some settings for good."""
        with self.store.writing() as work:
            changed = Settings.from_data(work.local.get("settings", {})).changed(**values)
            work.local.put("settings", changed.to_data())
            work.commit()
        self._settings = changed
        self.ask_as_set()
        return changed

    def use_types(self, types: RecordTypes) -> None:
        """Have other record types from now on: what the town delivered. Raises UserError when the disk refuses."""
        self.store.show_types(types, summarise=summariser(types))
        self.declared = types
        self.ask_as_set()

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
