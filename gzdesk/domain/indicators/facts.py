"""All that indicators are worked out from: lean rows, units, population, and the rules and targets in force."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from gzdesk.domain.deadlines import Due
from gzdesk.domain.indicators.checklists import ItemEvidence
from gzdesk.domain.indicators.in_force import Adjustment, in_force
from gzdesk.domain.indicators.population import Population
from gzdesk.domain.indicators.result import TargetInForce
from gzdesk.domain.indicators.roster import Roster
from gzdesk.domain.indicators.rows import Row
from gzdesk.domain.joint import not_counted
from gzdesk.domain.record import CANCELLED, HELD

Standing = tuple[str, bool]
"""Why a record counts for nothing, empty when it may count; and whether it has all its evidence."""

UNPROVED: Standing = ("", False)


def _no_rows(_type_id: str) -> Sequence[Row]:
    return ()


def _no_holiday(_day: date) -> str | None:
    return None


def _no_makeup_workday(_day: date) -> bool:
    return False


def _no_dues(_year: int) -> Sequence[Due]:
    return ()


def _no_checklists(_unit: str | None) -> Sequence[ItemEvidence]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Read once for a page and shared by all its indicators; nothing in it is ever changed.

    `confirmed_types` are the types whose records a village must confirm (they have a `confirmed_by`), `joint_types`
    those whose records may stand for one event together (joint.py). `targets` and `rules` are the defaults; the
    adjustments say what holds from which day. What costs something is asked for only when an indicator needs it: the
    rows of a type, holidays, the duties due in a year, the checklists of a unit or all.
    """

    today: date
    roster: Roster
    rows: Callable[[str], Sequence[Row]] = _no_rows
    population: Sequence[Population] = ()
    confirmed_types: frozenset[str] = frozenset()
    joint_types: frozenset[str] = frozenset()
    rules: Mapping[str, object] = field(default_factory=dict)
    rule_changes: Sequence[Adjustment[object]] = ()
    targets: Mapping[str, TargetInForce] = field(default_factory=dict)
    target_changes: Sequence[Adjustment[TargetInForce]] = ()
    sees_all: bool = True  # the town does, a village sees its own records only
    holiday_name: Callable[[date], str | None] = _no_holiday
    is_makeup_workday: Callable[[date], bool] = _no_makeup_workday
    dues: Callable[[int], Sequence[Due]] = _no_dues
    checklists: Callable[[str | None], Sequence[ItemEvidence]] = _no_checklists
    _by_unit: dict[str, dict[str, dict[int, list[Row]]]] = field(default_factory=dict, init=False, repr=False)
    _by_id: dict[str, dict[str, Row]] = field(default_factory=dict, init=False, repr=False)
    _credits: dict[str, frozenset[str]] = field(default_factory=dict, init=False, repr=False)
    _proved: set[str] = field(default_factory=set, init=False, repr=False)
    _standing: dict[str, Standing] = field(default_factory=dict, init=False, repr=False)
    _rules_on: dict[date, Mapping[str, object]] = field(default_factory=dict, init=False, repr=False)
    _targets_on: dict[date, Mapping[str, TargetInForce]] = field(default_factory=dict, init=False, repr=False)
    _approved: frozenset[str] | None = field(default=None, init=False, repr=False)
    _elsewhere: frozenset[str] | None = field(default=None, init=False, repr=False)
    _made_up: Mapping[str, str] | None = field(default=None, init=False, repr=False)

    def rules_on(self, day: date) -> Mapping[str, object]:
        """The counting rules as they stand on a day."""
        if day not in self._rules_on:
            self._rules_on[day] = in_force(self.rules, self.rule_changes, day)
        return self._rules_on[day]

    def targets_on(self, day: date) -> Mapping[str, TargetInForce]:
        """The targets of the indicators as they stand on a day."""
        if day not in self._targets_on:
            self._targets_on[day] = in_force(self.targets, self.target_changes, day)
        return self._targets_on[day]

    def of_type(self, type_id: str) -> Sequence[Row]:
        """Every row of a type."""
        return self.rows(type_id)

    def by_id(self, type_id: str) -> Mapping[str, Row]:
        """The rows of a type by their ids."""
        found = self._by_id.get(type_id)
        if found is None:
            found = self._by_id[type_id] = {row.id: row for row in self.of_type(type_id)}
        return found

    def in_months(self, type_id: str, units: Iterable[str], months: Sequence[int]) -> Iterator[Row]:
        """The rows of a type, of those units, in those months (201910)."""
        grouped = self._grouped(type_id)
        own = [by_month for unit in units if (by_month := grouped.get(unit))]
        return chain.from_iterable(by_month.get(month, ()) for by_month in own for month in months)

    def scopes(self, type_id: str) -> Iterable[str]:
        """The units that have rows of a type, the town station's own among them."""
        return self._grouped(type_id)

    def credited(self, unit: str) -> frozenset[str]:
        """The ids of other villages' joint events that the station lets this unit count too (counting_rules G3)."""
        if not self._credits and self.of_type("co_credit"):
            found: dict[str, set[str]] = {}
            for row in self.of_type("co_credit"):
                if row.status == "held":
                    found.setdefault(row.text("unit"), set()).add(row.text("record"))
            self._credits.update({key: frozenset(ids) for key, ids in found.items()})
        return self._credits.get(unit, frozenset())

    def stands_elsewhere(self, row: Row) -> bool:
        """Whether the host's record stands for the same joint event: that one counts (counting_rules G3)."""
        if self._elsewhere is None:
            decisions = [found.values for found in self.of_type("joint_event")]
            types = sorted(self.joint_types) if decisions else ()
            rows = [found for type_id in types for found in self.of_type(type_id)]
            object.__setattr__(self, "_elsewhere", not_counted(rows, decisions, sees_all=self.sees_all))
        return row.id in (self._elsewhere or ())

    @property
    def approved_parts(self) -> frozenset[str]:
        """The ids of records that broke off and that the station lets count, with a remark on `completed`."""
        if self._approved is None:
            found = (row.text("record") for row in self.of_type("review") if _approves_part(row))
            object.__setattr__(self, "_approved", frozenset(found))
        return self._approved or frozenset()

    def made_up_on(self, record_id: str) -> str:
        """The day on which a cancelled screening was made up for, empty when it was not."""
        if self._made_up is None:
            found = {
                row.text("makeup_of"): row.day
                for row in self.of_type("film_screening")
                if row.status == "held" and row.text("makeup_of")
            }
            object.__setattr__(self, "_made_up", found)
        return (self._made_up or {}).get(record_id, "")

    def standing(self, row: Row) -> Standing:
        """What holds of a record whatever is asked: whether it may count (G1, G3) and is proved (G13)."""
        found = self._standing.get(row.id)
        if found is None:
            # All of its type at once: the next ones asked for are its neighbours.
            for each in self.of_type(row.type):
                self._standing[each.id] = self._why_not(each), self.is_evidenced(each)
            found = self._standing[row.id]
        return found

    def is_evidenced(self, row: Row) -> bool:
        """Whether the record has all its evidence: files of its own or a paper of the binder that proves it.

        A receipt counts only with the village's stamp; a screening also needs the number of its receipt
        (电影产业促进法 27, 49: false screenings are punishable).
        """
        if not self._proved:
            self._proved.add("")
            self._proved.update(
                paper.text("proves")
                for paper in self.of_type("evidence")
                if paper.attachments and paper.status == "held"
            )
        if not (row.attachments or row.id in self._proved):
            return False
        if row.type == "film_screening":
            return row.values.get("stamped") is True and bool(row.text("receipt_no"))
        return row.type != "performance" or row.values.get("stamped") is True

    def _why_not(self, row: Row) -> str:
        if row.status != HELD:
            return "out_of_use" if row.type == "facility" and row.status == CANCELLED else row.status
        if row.type in self.confirmed_types and not row.text("confirmed_by"):
            return "not_confirmed"
        return "joint" if row.type in self.joint_types and self.stands_elsewhere(row) else ""

    def _grouped(self, type_id: str) -> dict[str, dict[int, list[Row]]]:
        found = self._by_unit.get(type_id)
        if found is None:
            found = self._by_unit[type_id] = {}
            for row in self.of_type(type_id):
                found.setdefault(row.unit, {}).setdefault(row.month, []).append(row)
        return found


def _approves_part(review: Row) -> bool:
    remarks = review.values.get("remarks")
    return (
        review.status == "approved"
        and isinstance(remarks, (list, tuple))
        and any(isinstance(item, Mapping) and item.get("field") == "completed" for item in remarks)
    )
