"""Writing down, correcting, deleting and reading records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from gzdesk.domain.erasure import TYPE_ID as ERASE_NOTICE
from gzdesk.domain.erasure import is_erased
from gzdesk.domain.fields import to_text
from gzdesk.domain.period import Month
from gzdesk.domain.record import DRAFT, VOID, Record, new_record, summarise
from gzdesk.domain.record_type import Field, RecordType
from gzdesk.domain.rules import Problem, check, may_save
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.services import kept_here
from gzdesk.services.again import Again, again
from gzdesk.services.back_references import back_words
from gzdesk.services.completion import Completion, Completions
from gzdesk.services.context import Context
from gzdesk.services.defaults import fill_defaults, follow_defaults
from gzdesk.services.history import HistoryEntry, history_of
from gzdesk.services.lookup import StoreLookup
from gzdesk.services.not_settled import cannot_delete
from gzdesk.services.numbering import give_numbers
from gzdesk.services.prefill import Prefill, prefill, prefill_day, prefill_named
from gzdesk.services.record_input import misshapen, read_json, read_texts, units_of_another_time
from gzdesk.services.record_results import Draft, Page, Parsed, RecordView, Refused, Saved
from gzdesk.services.references import record_words, reference_titles, shown_text
from gzdesk.services.undo import Change, Step, Undoing
from gzdesk.storage.queries import ListQuery, RecordRow, Totals
from gzdesk.storage.store import Reading, Writing

# Where the body of a deleted record says why; no form shows it.
DELETE_REASON = "delete_reason"
# Rules that a record may have come to break by staying away: another one has its place now.
_PLACE_TAKEN = frozenset({"overlap", "one_per"})

__all__ = [
    "DELETE_REASON",
    "Again",
    "Draft",
    "ListQuery",
    "Page",
    "Parsed",
    "RecordRow",
    "RecordView",
    "Records",
    "Refused",
    "Saved",
    "Step",
    "Totals",
]


class Records:
    """The registers of this PC: what the forms, the lists and the command line do with records."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._undoing = Undoing()
        self._completions = Completions(context)

    # Writing

    def save(
        self,
        *,
        type_id: str,
        values: Mapping[str, object],
        record_id: str | None = None,
        as_draft: bool = False,
    ) -> Saved:
        """Save a new record, or a new version of one. A draft is saved whatever it lacks.

        Raises Refused when a rule blocks, UserError when the month is closed or the record is not ours.
        """
        if as_draft:
            values = {**values, "status": DRAFT}
        return self.save_all([Draft(type_id=type_id, values=values, record_id=record_id)])[0]

    def save_all(
        self, drafts: Sequence[Draft], *, delete_ids: Sequence[str] = (), reason: str = ""
    ) -> tuple[Saved, ...]:
        """Delete some records, then save several, in one transaction, all or nothing."""
        undo: list[Change] = []
        saved: list[Saved] = []
        with self._context.store.writing() as work:
            undo += [self._delete(work, record_id, reason=reason) for record_id in delete_ids]
            for number, draft in enumerate(drafts, 1):
                where = "" if len(drafts) == 1 else _("Record {number}: ").format(number=number)
                saved.append(self._save(work, draft, undo, where=where))
            work.commit()
        self._undoing.note(undo)
        return tuple(saved)

    def save_within(self, work: Writing, draft: Draft) -> Saved:
        """Save as part of another job, which commits; `undo` does not take it back. Raises as `save` does."""
        return self._save(work, draft, [], where="")

    def delete_within(self, work: Writing, record_id: str, *, reason: str) -> None:
        """Delete as part of another job, which commits; `undo` does not take it back. Raises as `delete` does."""
        self._delete(work, record_id, reason=reason)

    def rehearse(self, draft: Draft) -> None:
        """Do everything that saving does and write nothing. Raises as `save` does."""
        with self._context.store.writing() as work:
            self._save(work, draft, [], where="")

    def rehearse_removal(self, record_id: str) -> None:
        """Do everything that deleting does and write nothing. Raises as `delete` does."""
        with self._context.store.writing() as work:
            self._delete(work, record_id)

    def delete(self, record_id: str, *, reason: str = "") -> str:
        """Delete a record; it can be undone, and its versions stay. Returns the record in words."""
        with self._context.store.writing() as work:
            step = self._delete(work, record_id, reason=reason)
            words = self._words(work, step.before) if step.before else ""
            work.commit()
        self._undoing.note([step])
        return words

    def void(self, record_id: str, *, reason: str) -> Saved:
        """Mark a record as void: it stays readable with its reason and counts nowhere."""
        record = self.get(record_id).record
        remark = "；".join(text for text in (str(record.values.get("remark", "")), reason) if text)
        return self.save(
            type_id=record.type,
            record_id=record_id,
            values={**record.values, "status": VOID, "remark": remark},
        )

    def restore(self, bodies: Mapping[str, Mapping[str, object]]) -> tuple[str, ...]:
        """Show deleted or void records again with those bodies, all or nothing. Returns each in words.

        Raises UserError when a month is closed or a record is not ours, Refused when another has its place.
        """
        undo: list[Change] = []
        with self._context.store.writing() as work:
            words = [self._restore(work, record_id, body, undo) for record_id, body in bodies.items()]
            work.commit()
        self._undoing.note(undo)
        return tuple(words)

    @property
    def undoable(self) -> Step | None:
        """What `undo` would take back."""
        return self._undoing.done[-1] if self._undoing.done else None

    def undo(self) -> str | None:
        """Take back the last save or delete of this session; returns what it was in words, or None.

        Raises UserError when the month was closed since, or the record was changed by somebody else.
        """
        return self._turn_back(self._undoing.done, self._undoing.undone)

    def redo(self) -> str | None:
        """Do again what was last taken back; returns what it was in words, or None. Raises as `undo` does."""
        return self._turn_back(self._undoing.undone, self._undoing.done)

    def forget_undo(self) -> None:
        """Nothing of this session can be taken back any more: what it would bring back was erased."""
        self._undoing.clear()

    # Checking

    def check(
        self, *, type_id: str, values: Mapping[str, object], record_id: str | None = None
    ) -> tuple[Problem, ...]:
        """Everything the rules say about a record before it is saved."""
        record_type = self._context.record_type(type_id)
        with self._context.store.reading() as read:
            return self._check(read, record_type, values, record_id)

    def parse_form(
        self,
        *,
        type_id: str,
        texts: Mapping[str, str],
        month: Month | None = None,
        record_id: str | None = None,
    ) -> Parsed:
        """What the texts of a form mean, and all that is wrong with them, field by field."""
        record_type = self._context.record_type(type_id)
        with self._context.store.reading() as read:
            values, unread = read_texts(self._context, read, record_type, texts, month=month)
            whole = follow_defaults(self._context, read, record_type, values)
            problems = self._check(read, record_type, whole, record_id)
        # An item that is kept on this PC only goes when it is emptied, not when somebody does not mention it.
        emptied = {field.name: "" for field in kept_here.kept_fields(record_type) if field.name not in values}
        values = {**values, **emptied}
        named = {problem.field for problem in unread}
        rest = (problem for problem in problems if problem.field not in named)
        return Parsed(values=values, problems=(*unread, *rest))

    def values_from_json(self, *, type_id: str, data: Mapping[str, object]) -> dict[str, object]:
        """Values as the command line gives them: a reference by id or unique label, a choice by code or label.

        Obvious defaults are filled in. Raises Refused naming each item that is not understood.
        """
        record_type = self._context.record_type(type_id)
        with self._context.store.reading() as read:
            values, problems = read_json(self._context, read, record_type, data)
            if problems:
                raise Refused(problems)
            return fill_defaults(self._context, read, record_type, values)

    # Reading

    def get(self, record_id: str) -> RecordView:
        """A record with its texts as its own form shows them, numbers whole. Raises UserError `unknown_record`."""
        with self._context.store.reading() as read:
            return self._view(read, _found(read, record_id), whole=True)

    def views(self, record_ids: Sequence[str]) -> tuple[RecordView, ...]:
        """Several records with their texts as lists and exports show them, in that order; at most 900.

        Numbers of persons are masked in the texts (`domain.masking`). Missing records are left out.
        """
        with self._context.store.reading() as read:
            found = read.records.many(record_ids)
            return tuple(self._view(read, found[record_id]) for record_id in record_ids if record_id in found)

    def words(self, record: Record) -> str:
        """A record in a few words: its day, its register, its name."""
        with self._context.store.reading() as read:
            return self._words(read, record)

    def reveal(self, record_id: str, field: str) -> str:
        """The whole text of an item that is kept on this PC only, for its own form. Raises UserError."""
        return kept_here.reveal(self._context, record_id, field)

    def history(self, record_id: str) -> tuple[HistoryEntry, ...]:
        """Who wrote and changed a record, in words, newest first."""
        with self._context.store.reading() as read:
            _found(read, record_id)
            return history_of(self._context, read, record_id)

    def page(self, query: ListQuery) -> Page:
        """One page of a list."""
        with self._context.store.reading() as read:
            return Page(rows=read.queries.rows(query), total=read.queries.count(query))

    def rows(self, record_ids: Sequence[str]) -> tuple[RecordRow, ...]:
        """The lines of those records, in the order of their days; those that were deleted are left out."""
        with self._context.store.reading() as read:
            return read.queries.rows_of(record_ids)

    def totals(self, query: ListQuery) -> Totals:
        """The sums under a list."""
        with self._context.store.reading() as read:
            return read.queries.totals(query)

    def counts_by_type(self, query: ListQuery) -> dict[str, int]:
        """How many records of each type a list has."""
        with self._context.store.reading() as read:
            return read.queries.counts_by_type(query)

    def of_types(
        self, type_ids: Sequence[str], *, unit: str | None = None, month: Month | None = None
    ) -> list[Record]:
        """The current records of those types with their bodies."""
        with self._context.store.reading() as read:
            return list(read.records.of_types(type_ids, unit=unit, month=month))

    def prefill(self, *, type_id: str, month: Month | None = None, from_last: bool = True) -> Prefill:
        """What a new form starts with: defaults and what is carried over from the last record."""
        with self._context.store.reading() as read:
            return prefill(
                self._context, read, self._context.record_type(type_id), month=month, from_last=from_last
            )

    def prefill_day(self, *, type_id: str, day: str) -> Prefill:
        """What a form says of that day's records, when its day was changed (work log)."""
        with self._context.store.reading() as read:
            return prefill_day(self._context, read, self._context.record_type(type_id), day=day)

    def prefill_named(self, *, type_id: str, field: str, title: str) -> Prefill:
        """What other items begin with once a title was chosen in one: the kind of a service on the menu."""
        with self._context.store.reading() as read:
            record_type = self._context.record_type(type_id)
            return prefill_named(self._context, read, record_type, field=field, title=title)

    def again(self, *, type_id: str, nth: int = 0) -> Again | None:
        """The record to write anew when somebody asks for the same as last time; see `services.again`."""
        with self._context.store.reading() as read:
            return again(self._context, read, self._context.record_type(type_id), nth=nth)

    def complete(
        self, *, type_id: str, field: str, text: str, on: str = "", limit: int = 8
    ) -> tuple[Completion, ...]:
        """What a text in a field may become. `on` is the day that decides whether a film is new (2019-10-05)."""
        return self._completions.find(type_id=type_id, field=field, text=text, on=on, limit=limit)

    def month_is_closed(self, unit: str, month: Month) -> bool:
        """Whether the unit's month is frozen."""
        with self._context.store.reading() as read:
            return month_is_closed(read, unit, month)

    # Inside

    def _save(self, work: Writing, draft: Draft, undo: list[Change], *, where: str) -> Saved:
        record_type = self._context.record_type(draft.type_id)
        before = None if draft.record_id is None else self._mine(work, draft.record_id)
        plain, sealed = kept_here.parted(record_type, draft.values)
        values = _merged(record_type, before, fill_defaults(self._context, work, record_type, plain))
        values = give_numbers(self._context, work, record_type, values, before)
        given = {name: value for name, value in sealed.items() if value not in (None, "")}
        problems = self._check(work, record_type, {**values, **given}, draft.record_id)
        if not may_save(problems, str(values.get("status", ""))):
            raise Refused(problems, where=where)
        self._require_open_month(work, record_type.id, values, *([before.values] if before else []))
        record_id = draft.record_id or self._context.mint.record_id()
        if sealed:
            kept_here.keep(self._context, work, record_type, record_id, sealed)
        if before is not None and before.values == values and not before.deleted:
            return Saved(id=record_id, revision=before.revision, problems=problems)
        target = before or new_record(
            record_id=record_id, type_id=record_type.id, unit=self._context.scope_of(record_type)
        )
        revision = self._append(work, target, values, deleted=False)
        after = replace(target, values=values)
        words = _("Saved: {what}").format(what=self._words(work, after))
        undo.append(Change(record_id=record_id, before=before, words=words, revision=revision))
        return Saved(id=record_id, revision=revision, problems=problems)

    def _delete(self, work: Writing, record_id: str, *, reason: str = "") -> Change:
        record = self._mine(work, record_id)
        if record.heads > 1:
            raise cannot_delete()
        self._require_open_month(work, record.type, record.values)
        values = {**record.values, DELETE_REASON: reason} if reason else record.values
        revision = self._append(work, record, values, deleted=True)
        words = _("Deleted: {what}").format(what=self._words(work, record))
        return Change(record_id=record_id, before=record, words=words, revision=revision)

    def _restore(
        self, work: Writing, record_id: str, values: Mapping[str, object], undo: list[Change]
    ) -> str:
        record = _found(work, record_id, also_deleted=True)
        self._require_mine(record)
        self._require_open_month(work, record.type, values)
        words = self._words(work, replace(record, values=values))
        record_type = self._context.types.get(record.type)
        problems = () if record_type is None else self._check(work, record_type, values, record_id)
        in_the_way = [problem for problem in problems if problem.code in _PLACE_TAKEN]
        if in_the_way:
            raise Refused(in_the_way, where=_("{what}: ").format(what=words))
        revision = self._append(work, record, values, deleted=False)
        said = _("Brought back: {what}").format(what=words)
        undo.append(Change(record_id=record_id, before=record, words=said, revision=revision))
        return words

    def _append(self, work: Writing, record: Record, values: Mapping[str, object], *, deleted: bool) -> str:
        record_type = self._context.types.get(record.type)
        made = work.revisions.append(
            record=record.id,
            type_id=record.type,
            type_version=record_type.version if record_type else 0,
            scope=record.unit,
            values=values if record_type is None else kept_here.parted(record_type, values)[0],
            deleted=deleted,
            # Whoever saves has seen one version of a record that two sides changed. Saving it settles nothing: that
            # is the town's (sync.md, State), and what the other side wrote would be gone from sight unread.
            seen=record.revision or None,
        )
        return made.id

    def _turn_back(self, taken: list[Step], put: list[Step]) -> str | None:
        if not taken:
            return None
        step = taken[-1]
        with self._context.store.writing() as work:
            opposite = [self._take_back(work, change) for change in reversed(step.changes)]
            work.commit()
        taken.pop()
        put.append(Step(changes=tuple(opposite)))
        for change, turned in zip(reversed(step.changes), opposite, strict=True):
            if change.before is not None:
                self._undoing.stands_for(change.before.revision, turned.revision)
        return step.words

    def _take_back(self, work: Writing, change: Change) -> Change:
        """Write the version before again; returns what would turn that back."""
        now, before = work.records.get(change.record_id), change.before
        if now is None or now.revision != change.revision:
            raise UserError(
                code="changed_since",
                message=_("{what}: it was changed since, so this can't be taken back.").format(
                    what=change.words
                ),
                hint=_("Open the record and correct it."),
            )
        self._require_open_month(work, now.type, now.values, *([before.values] if before else []))
        values, deleted = (now.values, True) if before is None else (before.values, before.deleted)
        revision = self._append(work, now, values, deleted=deleted)
        return Change(record_id=now.id, before=now, words=change.words, revision=revision)

    def _mine(self, read: Reading, record_id: str) -> Record:
        record = _found(read, record_id)
        self._require_mine(record)
        return record

    def _require_mine(self, record: Record) -> None:
        if not self._context.is_mine(record.unit):
            owner = self._context.unit(record.unit).label
            raise UserError(
                code="not_ours",
                message=_("This record belongs to {unit} and can't be changed here.").format(unit=owner),
                hint=_("Ask {unit} to change it.").format(unit=owner),
            )
        if record.type == ERASE_NOTICE or is_erased(record.values):
            raise UserError(
                code="erased_already",
                message=_("This person's data was erased and can't be changed or brought back."),
                hint=_("If the person comes again, write a new record."),
            )

    def _require_open_month(self, read: Reading, type_id: str, *bodies: Mapping[str, object]) -> None:
        record_type = self._context.types.get(type_id)
        guarded = (guarded_month(record_type, body) for body in bodies) if record_type else ()
        for month in sorted({month for month in guarded if month is not None}):
            if month_is_closed(read, self._context.own_scope, month):
                raise UserError(
                    code="month_closed",
                    message=_("{year}-{month} is closed and no longer changes.").format(
                        year=month.year, month=month.month
                    ),
                    hint=_("Reopen the month on the Months page first; a reason is asked for."),
                )

    def _check(
        self, read: Reading, record_type: RecordType, values: Mapping[str, object], record_id: str | None
    ) -> tuple[Problem, ...]:
        lookup = StoreLookup(self._context, read)
        shapes = misshapen(self._context, record_type, values)
        if shapes:
            return shapes
        now = kept_here.shown(read, record_type, record_id or "")
        sealed = kept_here.problems(kept_here.kept_fields(record_type), values, now)
        rules = check(
            record_type, values, today=self._context.mint.today(), record_id=record_id, lookup=lookup
        )
        return (*sealed, *units_of_another_time(self._context, record_type, values), *rules)

    def _view(self, read: Reading, record: Record, *, whole: bool = False) -> RecordView:
        record_type = self._context.types.get(record.type)
        if record_type is None:
            return RecordView(
                record=record, texts={name: str(value) for name, value in record.values.items()}
            )
        record = replace(record, values={**record.values, **kept_here.shown(read, record_type, record.id)})
        titles = reference_titles(read, record_type, [record.values])
        texts = {
            field.name: shown_text(field, record.values[field.name], self._context, titles, whole=whole)
            for field in record_type.fields
            if field.name in record.values and field.kind != "generated"
        }
        return RecordView(record=record, texts=texts, answer=back_words(self._context, read, record))

    def _words(self, read: Reading, record: Record) -> str:
        return record_words(self._context, read, record)


def guarded_month(record_type: RecordType, values: Mapping[str, object]) -> Month | None:
    """The month that must be open for such a record to be written, or None when no month guards it."""
    if not record_type.closes_with_month:
        return None
    number = summarise(record_type, values).month
    return Month.from_number(number) if number else None


def month_is_closed(read: Reading, unit: str, month: Month) -> bool:
    """Whether the unit's month is frozen: its monthly sheet says closed."""
    sheets = read.records.in_month("monthly_sheet", unit=unit, month=month)
    return any(sheet.values.get("closed") is True for sheet in sheets)


def _found(read: Reading, record_id: str, *, also_deleted: bool = False) -> Record:
    record = read.records.get(record_id)
    if record is None or (record.deleted and not also_deleted):
        raise UserError(
            code="unknown_record",
            message=_("There is no such record."),
            hint=_("It may have been deleted. Look it up in the list."),
        )
    return record


def _merged(
    record_type: RecordType, before: Record | None, values: Mapping[str, object]
) -> dict[str, object]:
    # What a newer program wrote and this one doesn't know is kept, or the next stick would take it away.
    known = {field.name for field in record_type.fields}
    kept = (
        {} if before is None else {name: value for name, value in before.values.items() if name not in known}
    )
    given = {name: value for name, value in values.items() if value not in (None, "", [])}
    if before is not None:
        # Shown as text, for its kind is unknown here: while that text is left alone, so is what it stands for.
        foreign = (field for field in record_type.fields if field.foreign and field.name in before.values)
        given |= {
            field.name: before.values[field.name]
            for field in foreign
            if _as_text(field, given.get(field.name)) == _as_text(field, before.values[field.name])
        }
    return {**kept, **given}


def _as_text(field: Field, value: object) -> str:
    return " ".join(to_text(field, value).split())
