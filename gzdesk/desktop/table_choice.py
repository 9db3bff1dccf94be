"""What is chosen on the page of tables: every change leaves a table that can be made. No Qt here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from gzdesk.domain.record import HELD
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed
from gzdesk.services.tables import AdHoc, Offer, Period, TableColumn

if TYPE_CHECKING:
    from gzdesk.bootstrap import Workspace
    from gzdesk.domain.record_type import Choice, Field, RecordType

MOST_GROUPS = 2
_COUNT = "count"


class TableChoice:
    """The table that is being put together, and what can be chosen for it."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.adhoc = AdHoc()
        self.start_anew()

    # -- what there is -------------------------------------------------------------------------

    @property
    def types(self) -> tuple[RecordType, ...]:
        """The registers that are read."""
        found = (self._workspace.types.get(type_id) for type_id in self.adhoc.types)
        return tuple(item for item in found if item is not None)

    @property
    def events(self) -> tuple[str, ...]:
        """The registers of events, which can be counted together."""
        return tuple(item.id for item in self._workspace.types.in_groups("event"))

    @property
    def is_grouped(self) -> bool:
        """Whether records are counted in groups; else they are listed."""
        return bool(self.adhoc.group_by)

    def groups(self) -> tuple[Offer, ...]:
        """What can be grouped by."""
        return self._workspace.tables.groups(self.types)

    def contents(self) -> tuple[tuple[str, str, bool], ...]:
        """What can stand in the columns, with its words and whether it does: those chosen first, in their order."""
        offers: Sequence[Offer | TableColumn] = (
            self._workspace.tables.measures(self.types)
            if self.is_grouped
            else self._workspace.tables.columns(self.types)
        )
        words = {offer.id: offer.label if isinstance(offer, Offer) else offer.title for offer in offers}
        chosen = self.adhoc.measures if self.is_grouped else self.adhoc.columns
        known = [name for name in chosen if name in words]
        return tuple(
            (name, words[name], name in known)
            for name in (*known, *(name for name in words if name not in known))
        )

    def filters(self) -> tuple[Field, ...]:
        """The items by whose choices the records can be narrowed down."""
        return self._workspace.tables.filters(self.types)

    def statuses(self) -> tuple[tuple[tuple[str, ...], str], ...]:
        """The states that can be read; a roll whose lines have but one gives none."""
        choices = {
            choice.code: choice.label
            for item in self.types
            for choice in _status_choices(item)
            if len(item.statuses) > 2
        }
        if not choices:
            return ()
        single = tuple(((code,), label) for code, label in choices.items())
        return (*single, (tuple(choices), _("All states")))

    def sorts(self) -> tuple[tuple[str, bool, str], ...]:
        """How the rows can be ordered: column, the largest first, words."""
        rows: list[tuple[str, bool, str]] = [("", False, _("usual order"))]
        grouped = {offer.id: offer.label for offer in self.groups() if offer.id in self.adhoc.group_by}
        shown = {name: words for name, words, is_chosen in self.contents() if is_chosen}
        for name, words in {**grouped, **shown}.items():
            rows.append((name, False, _("{column}, upwards").format(column=words)))
            rows.append((name, True, _("{column}, downwards").format(column=words)))
        return tuple(rows)

    def registers_words(self) -> str:
        """The registers in words."""
        if set(self.adhoc.types) == set(self.events):
            return _("All events")
        return listed(item.label for item in self.types)

    # -- choosing ------------------------------------------------------------------------------

    def start_anew(self) -> None:
        """Begin with all events of this year by month and kind: what is asked for most."""
        self.adhoc = AdHoc(
            types=self.events, group_by=("month", "type"), measures=(_COUNT, "sessions", "persons")
        )

    def take(self, adhoc: AdHoc) -> None:
        """Go on from that table."""
        self.adhoc = adhoc
        if not adhoc.group_by and not adhoc.columns:
            self.adhoc = replace(adhoc, columns=self._first_columns())

    def choose_types(self, type_ids: Sequence[str]) -> None:
        """Read other registers; what does not fit them is let go."""
        self.adhoc = replace(self.adhoc, types=tuple(type_ids), where=(), name="", statuses=(HELD,))
        offered = [offer.id for offer in self.groups()]
        group_by = tuple(name for name in self.adhoc.group_by if name in offered)
        if self.is_grouped and not group_by and offered:
            group_by = (offered[0],)
        measures = [offer.id for offer in self._workspace.tables.measures(self.types)]
        kept = tuple(name for name in self.adhoc.measures if name in measures)
        self.adhoc = replace(
            self.adhoc,
            columns=self._first_columns(),
            group_by=group_by,
            measures=kept or tuple(measures[:1]),
        )
        self._drop_lost_sort()

    def choose_period(self, period: Period) -> None:
        """Read another time."""
        self.adhoc = replace(self.adhoc, period=period)

    def choose_unit(self, unit: str) -> None:
        """Read one unit, or with an empty id all of them."""
        self.adhoc = replace(self.adhoc, unit=unit)

    def choose_statuses(self, statuses: tuple[str, ...]) -> None:
        """Read records in these states."""
        self.adhoc = replace(self.adhoc, statuses=statuses)

    def choose_groups(self, group_by: Sequence[str]) -> None:
        """Group by these, or with none list the records."""
        chosen = tuple(dict.fromkeys(name for name in group_by if name))[:MOST_GROUPS]
        self.adhoc = replace(self.adhoc, group_by=chosen)
        if not chosen and not self.adhoc.columns:
            self.adhoc = replace(self.adhoc, columns=self._first_columns())
        self._drop_lost_sort()

    def choose_contents(self, names: Sequence[str]) -> None:
        """Show these columns, or count these; with none the first one stays."""
        if self.is_grouped:
            self.adhoc = replace(self.adhoc, measures=tuple(names) or (_COUNT,))
        else:
            self.adhoc = replace(self.adhoc, columns=tuple(names) or self._first_columns()[:1])
        self._drop_lost_sort()

    def choose_filter(self, field: str, code: str) -> None:
        """Keep the records alone that have this choice; an empty one keeps all."""
        self.adhoc = replace(self.adhoc, where=((field, code),) if field and code else ())

    def choose_sort(self, column: str, *, descending: bool) -> None:
        """Order by a column; an empty one is the usual order."""
        self.adhoc = replace(self.adhoc, sort=column, descending=descending)

    def call_it(self, name: str) -> None:
        """Give the table its title."""
        self.adhoc = replace(self.adhoc, name=name.strip())

    # -- inside --------------------------------------------------------------------------------

    def _first_columns(self) -> tuple[str, ...]:
        return self._workspace.tables.first_columns(self.types)

    def _drop_lost_sort(self) -> None:
        if self.adhoc.sort and self.adhoc.sort not in {name for name, _down, _words in self.sorts()}:
            self.adhoc = replace(self.adhoc, sort="", descending=False)


def _status_choices(record_type: RecordType) -> list[Choice]:
    field = record_type.field("status")
    return [choice for choice in field.choices if choice.code in record_type.statuses] if field else []
