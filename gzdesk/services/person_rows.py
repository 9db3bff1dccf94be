"""Many records of one parent at once, one for each person: who came to a training, who helped at an activity.

A record type says how in its file (`rows_of`). What the parent knows is not asked again; what is the same for all
is asked once; a figure (days, hours) stands beside each name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gzdesk.domain.fields import to_text
from gzdesk.domain.record import Record, summarise
from gzdesk.domain.record_type import Field, RecordType
from gzdesk.i18n import gettext as _
from gzdesk.services.context import Context
from gzdesk.services.records import Draft, ListQuery, Records, Refused

_MOST_PEOPLE = 900


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody on the list. `figure` is what was written for them already, empty when nothing was."""

    id: str
    name: str
    figure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSheet:
    """The list for one parent. `asked` are the items that are the same for all and not known yet."""

    child: RecordType
    title: str
    figure: Field
    usual: str
    people: tuple[Person, ...]
    asked: tuple[Field, ...]


class PersonRows:
    """Opens such a list and writes it down in one step."""

    def __init__(self, context: Context, records: Records) -> None:
        self._context = context
        self._records = records

    def children(self, type_id: str) -> tuple[RecordType, ...]:
        """The record types of which many can be written at once for a record of that type."""
        return tuple(
            item
            for item in self._context.types
            if (by := item.field(str(item.rows_of.get("parent", "")))) is not None and type_id in by.targets
        )

    def open(self, parent_id: str, *, child_id: str) -> PersonSheet:
        """The people who can be on the list, with what was written for them already."""
        child = self._context.record_type(child_id)
        parent = self._records.get(parent_id).record
        each, figure = child.field(child.rows_of["each"]), child.field(child.rows_of["figure"])
        assert each is not None
        assert figure is not None
        given = self._given(child, parent)
        written = self._written(child, parent_id)
        query = ListQuery(
            types=each.targets,
            unit=self._context.own_scope,
            sort="title",
            statuses=("held",),
            limit=_MOST_PEOPLE,
        )
        people = (
            Person(
                id=row.id,
                name=row.title,
                figure=to_text(figure, written[row.id]) if row.id in written else "",
            )
            for row in self._records.page(query).rows
        )
        return PersonSheet(
            child=child,
            title=self._records.words(parent),
            figure=figure,
            usual=to_text(figure, given[figure.name]) if figure.name in given else "",
            people=tuple(people),
            asked=tuple(field for field in child.form_fields() if self._is_asked(child, field, given)),
        )

    def save(
        self, parent_id: str, *, child_id: str, figures: Mapping[str, str], same: Mapping[str, str]
    ) -> int:
        """Write one record for each person with a figure, all or none. `same` are texts for the asked items.

        Raises Refused with the person's name before the sentence, UserError as `Records.save` does.
        """
        child = self._context.record_type(child_id)
        parent = self._records.get(parent_id).record
        sheet = self.open(parent_id, child_id=child_id)
        names = {person.id: person.name for person in sheet.people}
        common = {**self._given(child, parent), **self._read(child, same)}
        drafts = []
        for person_id, text in figures.items():
            values = {**common, **self._read(child, {child.rows_of["figure"]: text}, who=names[person_id])}
            values |= {child.rows_of["parent"]: parent_id, child.rows_of["each"]: person_id}
            drafts.append(Draft(type_id=child_id, values=values))
            self._rehearse(drafts[-1], names[person_id])
        self._records.save_all(drafts)
        return len(drafts)

    def _rehearse(self, draft: Draft, name: str) -> None:
        try:
            self._records.rehearse(draft)
        except Refused as refused:
            raise Refused(refused.problems, where=_("{name}: ").format(name=name)) from refused

    def _read(self, child: RecordType, texts: Mapping[str, str], *, who: str = "") -> dict[str, object]:
        """The values of those texts. Raises Refused for one that can't be read or is missing."""
        filled = {name: text for name, text in texts.items() if text.strip()}
        parsed = self._records.parse_form(type_id=child.id, texts=filled)
        unread = [problem for problem in parsed.problems if problem.field in texts and problem.blocks]
        if unread:
            raise Refused(unread, where=_("{name}: ").format(name=who) if who else "")
        return {name: parsed.values[name] for name in filled if name in parsed.values}

    def _given(self, child: RecordType, parent: Record) -> dict[str, object]:
        parent_type = self._context.record_type(parent.type)
        summary = summarise(parent_type, parent.values)
        title = summary.title or self._records.get(parent.id).texts.get(parent_type.title, "")
        own = {"$title": title, "$day": summary.day, "$place": summary.place}
        found = {
            name: own.get(source, parent.values.get(source))
            for name, source in child.rows_of["given"].items()
        }
        return {name: value for name, value in found.items() if value not in (None, "")}

    def _is_asked(self, child: RecordType, field: Field, given: Mapping[str, object]) -> bool:
        own = {child.rows_of["parent"], child.rows_of["each"], child.rows_of["figure"]}
        return field.required and field.name not in own and field.name not in given and field.default is None

    def _written(self, child: RecordType, parent_id: str) -> dict[str, object]:
        by, each, figure = (child.rows_of[name] for name in ("parent", "each", "figure"))
        return {
            str(record.values.get(each)): record.values.get(figure)
            for record in self._records.of_types([child.id], unit=self._context.own_scope)
            if record.values.get(by) == parent_id and record.status == "held"
        }
