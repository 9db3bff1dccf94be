"""What becomes of each row: new, here already, here with other contents, a repetition, or refused by a rule.

A row is the record that agrees with it in all that the table gives. Only a row that finds none is compared by what
tells records of its type apart (its number, its day and time), and then it is told how the two differ: a corrected
file must neither double a record nor change one behind its keeper's back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gzdesk.domain.canonical import canonical_json
from gzdesk.domain.period import Month
from gzdesk.domain.record import Record
from gzdesk.domain.record_type import RecordType
from gzdesk.domain.rules import Problem, check, may_save
from gzdesk.i18n import gettext as _
from gzdesk.progress import Progress
from gzdesk.services.context import Context
from gzdesk.services.imports.cells import says_nothing
from gzdesk.services.imports.lookup import BatchLookup
from gzdesk.services.imports.model import NEW, REFUSED, SAME
from gzdesk.services.imports.rows import RowReader, RowValues
from gzdesk.services.record_input import misshapen
from gzdesk.services.records import guarded_month, month_is_closed
from gzdesk.services.references import reference_titles, shown_text
from gzdesk.storage.store import Reading

Key = tuple[str, ...]
_CHECK_EVERY_ROWS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A row and what becomes of it. `problems` of a new row are warnings; `repeats` is the row it repeats."""

    row: RowValues
    fate: str
    problems: tuple[Problem, ...] = ()
    repeats: int | None = None


class Judge:
    """Judges the rows of one table against the records that are here and against each other."""

    def __init__(
        self,
        context: Context,
        read: Reading,
        record_type: RecordType,
        reader: RowReader,
        *,
        rows: Sequence[RowValues] | None = None,
    ) -> None:
        """With the few `rows` that will be judged, only records of their days are read, where these are enough."""
        self._context, self._read, self._type = context, read, record_type
        self._mapped = sorted(reader.mapped())
        self._lookup = BatchLookup(context, read)
        first_day, last_day = self._days_of(rows or ())
        self._records = list(
            read.records.of_types(
                [record_type.id], unit=self._scope(), first_day=first_day, last_day=last_day
            )
        )
        self._exact = self._by_contents(self._records)
        self._identities = self._by_identity(self._records)
        self._closed: dict[Month, bool] = {}

    def judge(self, rows: Sequence[RowValues], progress: Progress) -> Iterator[Judged]:
        """What becomes of each row, in order."""
        claimed = {record.id for row in rows for record in self._same_as(row)[:1]}
        first_with: dict[str, int] = {}
        for number, row in enumerate(rows):
            if number % _CHECK_EVERY_ROWS == 0:
                progress.check_cancelled()
                progress.step(number, len(rows))
            yield self._judged(row, claimed, first_with)

    def _judged(self, row: RowValues, claimed: set[str], first_with: dict[str, int]) -> Judged:
        # What the table itself says wrongly comes first: an unreadable cell may be what tells two records apart.
        if any(problem.blocks for problem in row.problems):
            return Judged(row=row, fate=REFUSED, problems=self._with_rules(row))
        contents = self._contents(row.values)
        if contents in first_with:
            return Judged(row=row, fate=SAME, repeats=first_with[contents])
        first_with[contents] = row.row.number
        if self._same_as(row):
            return Judged(row=row, fate=SAME)
        other = self._other_version(row, claimed)
        if other is not None:
            return Judged(row=row, fate=REFUSED, problems=(self._differs(row, other),))
        problems = (*row.problems, *self._of_the_month(row.values), *self._of_the_rules(row))
        if not may_save(problems, str(row.values.get("status", ""))) or self._is_closed(problems):
            return Judged(row=row, fate=REFUSED, problems=problems)
        self._lookup.add(self._type.id, row.values, record_id=f"row {row.row.number}")
        return Judged(row=row, fate=NEW, problems=problems)

    # rules

    def _with_rules(self, row: RowValues) -> tuple[Problem, ...]:
        """All that is wrong with a row at once: a clerk should not have to come back for each of it."""
        named = {problem.field for problem in row.problems}
        found = (problem for problem in self._of_the_rules(row) if problem.field not in named)
        return (*row.problems, *self._of_the_month(row.values), *found)

    def _of_the_rules(self, row: RowValues) -> tuple[Problem, ...]:
        values = row.values
        return misshapen(self._context, self._type, values) or check(
            self._type, values, today=self._context.mint.today(), record_id=None, lookup=self._lookup
        )

    def _of_the_month(self, values: Mapping[str, object]) -> tuple[Problem, ...]:
        month = guarded_month(self._type, values)
        if month is None:
            return ()
        if month not in self._closed:
            self._closed[month] = month_is_closed(self._read, self._context.own_scope, month)
        if not self._closed[month]:
            return ()
        message = _("{year}-{month} is closed and no longer changes.")
        words = message.format(year=month.year, month=month.month)
        return (Problem(field=self._type.month_of, code="month_closed", message=words, blocks=True),)

    def _is_closed(self, problems: Iterable[Problem]) -> bool:
        # A draft may lack anything, but it may not slip into a closed month either.
        return any(problem.code == "month_closed" for problem in problems)

    # which record a row is

    def _same_as(self, row: RowValues) -> list[Record]:
        return self._exact.get(self._contents(row.values), [])

    def _contents(self, values: Mapping[str, object]) -> str:
        return canonical_json({name: self._said(name, values.get(name)) for name in self._mapped})

    def _said(self, name: str, value: object) -> object:
        """A dash that somebody typed into a form comes back from a table as an empty cell: both say nothing."""
        field = self._type.field(name)
        is_nothing = field is not None and isinstance(value, str) and says_nothing(field, value)
        return None if is_nothing else value

    def _by_contents(self, records: Iterable[Record]) -> dict[str, list[Record]]:
        found: dict[str, list[Record]] = {}
        for record in records:
            found.setdefault(self._contents(record.values), []).append(record)
        return found

    def _by_identity(self, records: Iterable[Record]) -> dict[Key, list[Record]]:
        found: dict[Key, list[Record]] = {}
        for record in records:
            for key in self._identities_of(record.values):
                found.setdefault(key, []).append(record)
        return found

    def _days_of(self, rows: Sequence[RowValues]) -> tuple[str, str]:
        """The first and last day on which a record that is one of these rows can lie; empty for any day."""
        placed = self._type.month_of
        identities = [names for names in (self._type.one_per, self._type.duplicate) if names]
        everywhere = (
            placed not in self._mapped
            or any(placed not in names for names in identities)
            or any(field.unique and field.name in self._mapped for field in self._type.fields)
        )
        days = [str(row.values.get(placed or "", "")) for row in rows]
        if everywhere or not days or any(len(day) != len("2019-10-05") for day in days):
            return "", ""
        return min(days), max(days)

    def _identities_of(self, values: Mapping[str, object]) -> Iterator[Key]:
        """What tells a record from all others of its type, strongest first, as far as the table has it."""
        for field in self._type.fields:
            value = values.get(field.name)
            if field.unique and field.name in self._mapped and isinstance(value, str):
                year = str(values.get(self._type.month_of or "") or "")[:4] if field.unique_per else ""
                yield (field.name, value, year)
        for names in (self._type.one_per, self._type.duplicate):
            known = [name for name in names if name in self._mapped]
            parts = [values.get(name) for name in known]
            if known and None not in parts:
                yield (*known, *(canonical_json({"": part}) for part in parts))

    def _other_version(self, row: RowValues, claimed: set[str]) -> Record | None:
        for key in self._identities_of(row.values):
            for record in self._identities.get(key, ()):
                if record.id not in claimed:
                    return record
        return None

    def _differs(self, row: RowValues, other: Record) -> Problem:
        fields = [
            field
            for field in self._type.fields
            if field.name in self._mapped and other.values.get(field.name) != row.values.get(field.name)
        ]
        titles = reference_titles(self._read, self._type, [row.values, other.values])
        parts = [
            _("{label}: {here} here, {there} in the table").format(
                label=field.label,
                here=shown_text(field, other.values.get(field.name), self._context, titles) or "—",
                there=shown_text(field, row.values.get(field.name), self._context, titles) or "—",
            )
            for field in fields
        ]
        message = _("This is here already with other contents and was not changed. {differences}")
        return Problem(
            field=fields[0].name if fields else None,
            code="differs",
            message=message.format(differences="；".join(parts)),
            blocks=True,
        )

    def _scope(self) -> str | None:
        return None if self._type.scope == "town" else self._context.own_scope
