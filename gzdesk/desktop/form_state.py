"""What a form holds and decides, without a window: texts as typed, what they mean, what is still wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from gzdesk.desktop.form_layout import asked_fields, is_required
from gzdesk.desktop.form_sums import added_up, agreeing_sums
from gzdesk.domain import fields as field_texts
from gzdesk.domain.period import Month
from gzdesk.domain.record import CANCELLED, DRAFT, HELD, PLANNED, VOID
from gzdesk.domain.record_type import Field, RecordType

if TYPE_CHECKING:
    from gzdesk.domain.rules import Problem
    from gzdesk.domain.unit import Units
    from gzdesk.services.records import Parsed, Records, RecordView, Saved

DIRECT_KINDS = frozenset({"yes_no", "attachments"})
"""Kinds that are set by other means than typing a text."""

REFERENCE_KINDS = frozenset({"reference", "references"})
"""Kinds whose words stand for the ids of other records."""

# Answers that ask for others that ask for others: no paper form goes deeper.
_MOST_READINGS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A completion that was chosen: the words shown for it, and the value they stand for."""

    text: str
    value: str


class FormState:
    """One record being written. Texts are kept as typed, whatever they mean; nothing here touches a window."""

    def __init__(
        self,
        *,
        record_type: RecordType,
        records: Records,
        units: Units,
        today: Callable[[], date],
        pins: Collection[str] | None = None,
    ) -> None:
        self.record_type = record_type
        self.record_id: str | None = None
        self.month: Month | None = None
        self.pins = {field.name for field in record_type.fields if field.carry} if pins is None else set(pins)
        self.last: RecordView | None = None
        self._records = records
        self._units = units
        self._today = today
        self._clear()

    @property
    def today(self) -> date:
        """The day on which the form is filled in."""
        return self._today()

    def _clear(self) -> None:
        self.texts: dict[str, str] = {}
        self.directs: dict[str, object] = {}
        self.picks: dict[str, Pick] = {}
        self.carried: set[str] = set()
        self.touched: set[str] = set()
        self.tried = False
        self.values: dict[str, object] = {}
        self.problems: tuple[Problem, ...] = ()
        self.answer = ""
        self._of_the_day: dict[str, str] = {}
        self._kept: dict[str, object] = {}
        self._prefixes: dict[str, str] = {}
        self._own_status: str | None = None
        self._status_now = HELD
        self._named: dict[str, str] = {}
        self._following: set[str] = set()  # sums that nobody typed: they are added up anew
        self._at_start: object = None

    # -- beginning -----------------------------------------------------------------------------

    def start(self, *, month: Month | None, from_last: bool = True) -> None:
        """Begin a new record, with what repeats brought over from the last one of this type."""
        prefill = self._records.prefill(type_id=self.record_type.id, month=month)
        self._clear()
        self.record_id, self.month = None, month
        self.last = self._records.get(prefill.from_record.id) if prefill.from_record else None
        for name, value in prefill.values.items():
            field = self.record_type.field(name)
            if field is not None and name != "status" and (from_last or name not in prefill.carried):
                self._set(field, text=prefill.texts.get(name, ""), value=value)
        self._of_the_day = {name: prefill.texts[name] for name in prefill.of_the_day}
        if from_last:
            self.carried = set(prefill.carried)
            self._follow_pins()
        self._offer_number_prefixes(prefill.prefixes)
        self._begin()

    def copy(self, view: RecordView, *, then: Mapping[str, str] | None = None) -> None:
        """Begin a new record with everything of another one except what is never carried over.

        `then` are texts to put in besides, such as the day on which it comes round.
        """
        self.start(month=self.month, from_last=False)
        self.last = view
        for field in self.record_type.form_fields():
            if self._may_be_copied(field):
                self._bring_over(field)
                self.carried.add(field.name)
        self.carried = {name for name in self.carried if self.has_content(name)}
        for name, text in (then or {}).items():
            self.texts[name] = text
            self.picks.pop(name, None)
        self._begin()

    def open(self, view: RecordView) -> None:
        """Go on with a record that is there."""
        self._clear()
        self.record_id, self.last, self.answer = view.record.id, None, view.answer
        values = dict(view.record.values)
        status = values.pop("status", HELD)
        self._own_status = str(status) if status in (CANCELLED, VOID) else None
        for field in self.record_type.form_fields():
            if field.name in values:
                self._set(field, text=view.texts.get(field.name, ""), value=values.pop(field.name))
        self._kept = values
        self._begin()

    def take_back(self, view: RecordView) -> None:
        """Go on with what was saved and taken back: it is a new record again, and not saved."""
        self.open(view)
        self.record_id, self._at_start = None, None
        self.refresh()

    def _begin(self) -> None:
        self.refresh()
        self._following = agreeing_sums(self.record_type, self.values)
        self._at_start = self._content()

    def _follow_pins(self) -> None:
        """What the person pinned is brought over too; what was let go starts empty."""
        for field in self.record_type.form_fields():
            if (
                field.name in self.pins
                and field.name not in self.carried
                and not self.has_content(field.name)
            ):
                self._bring_over(field)
                if self.has_content(field.name):
                    self.carried.add(field.name)
            elif field.name not in self.pins and field.name in self.carried:
                self.carried.discard(field.name)
                self._empty(field)

    def _bring_over(self, field: Field) -> None:
        if self.last is not None and field.name in self.last.record.values:
            value = self.last.record.values[field.name]
            self._set(field, text=self.last.texts.get(field.name, ""), value=value)

    def _may_be_copied(self, field: Field) -> bool:
        never = {self.record_type.month_of, self.record_type.measures.get("persons"), "status", "evidence"}
        never |= {"confirmed_by", "stamped", "paper_no", "cancel_reason"}
        own_day = str(field.default).endswith("_of_the_day")
        return field.name not in never and not (field.unique or field.kept or own_day)

    def _offer_number_prefixes(self, prefixes: Mapping[str, str]) -> None:
        """A number on the paper goes on like the last one: `GZ-2019-` stands there to be completed."""
        self._prefixes = {
            name: prefix for name, prefix in prefixes.items() if prefix and not self.texts.get(name)
        }
        self.texts.update(self._prefixes)

    # -- typing --------------------------------------------------------------------------------

    def type_text(self, name: str, text: str) -> None:
        """Take over what was typed; it is parsed when the field is left."""
        if text == self.texts.get(name, ""):
            return
        self.texts[name] = text
        self.carried.discard(name)
        self._following.discard(name)
        if name in self.picks and self.picks[name].text != text:
            del self.picks[name]
        if name == "status":
            self._own_status = self._status_of(text)

    def pick(self, name: str, *, text: str, value: str) -> None:
        """Take a completion: its words are shown, its value is what counts."""
        self.texts[name] = text
        self.picks[name] = Pick(text=text, value=value)
        self.carried.discard(name)

    def set_value(self, name: str, value: object) -> None:
        """Set a field that is not typed: a box, attachments. None empties it."""
        if value is None:
            self.directs.pop(name, None)
        else:
            self.directs[name] = value
        self.carried.discard(name)
        self.touched.add(name)
        self.refresh()

    def leave(self, name: str) -> None:
        """The field was left: read its text, write it in the one form that lists and papers use."""
        self.touched.add(name)
        self._drop_doubled_prefix(name)
        self.refresh()
        self._follow_the_day(name)
        self._follow_the_parts(name)
        self._follow_the_named(name)
        field = self.record_type.field(name)
        if field is None or name in self.picks or name not in self.values or field.kind in DIRECT_KINDS:
            return
        if field.kind in REFERENCE_KINDS:
            self._show_reference(field)
        else:
            self.texts[name] = field_texts.to_text(field, self.values[name], self._units)

    def _follow_the_day(self, name: str) -> None:
        """Another day has other records: what was filled in from them follows, unless somebody wrote there."""
        day = self.values.get(name)
        if name != self.record_type.month_of or self.record_id is not None or not isinstance(day, str):
            return
        daily = [field for field in self.record_type.fields if str(field.default).endswith("_of_the_day")]
        if not daily:
            return
        prefill = self._records.prefill_day(type_id=self.record_type.id, day=day)
        for field in daily:
            if self.texts.get(field.name, "") == self._of_the_day.get(field.name, ""):
                self._empty(field)
                if field.name in prefill.values:
                    self._set(field, text=prefill.texts[field.name], value=prefill.values[field.name])
        self._of_the_day = dict(prefill.texts)
        self.refresh()

    def _follow_the_parts(self, name: str) -> None:
        """A sum that was added up is added up again when a part is put right; a count typed by hand stays."""
        for field in self.record_type.fields:
            total = added_up(field, self.values) if name in field.sum_of else None
            if field.name in self._following and total not in (None, self.values.get(field.name)):
                self.texts[field.name] = field_texts.to_text(field, total, self._units)
                self.refresh()

    def _follow_the_named(self, name: str) -> None:
        """A title that was chosen brings along what its record says, where nobody wrote anything else."""
        title = self.values.get(name)
        waiting = [
            field
            for field in self.record_type.fields
            if field.default == f"$named:{name}"
            and self.texts.get(field.name, "") in ("", self._named.get(field.name))
        ]
        if not waiting or not isinstance(title, str):
            return
        prefill = self._records.prefill_named(type_id=self.record_type.id, field=name, title=title)
        for field in waiting:
            if field.name in prefill.values:
                self._set(field, text=prefill.texts[field.name], value=prefill.values[field.name])
                self._named[field.name] = prefill.texts[field.name]
        self.refresh()

    def _drop_doubled_prefix(self, name: str) -> None:
        """Who copies the whole number from the paper behind the offered `GZ-2019-` means that number alone."""
        prefix = self._prefixes.get(name, "")
        typed = self.texts.get(name, "").removeprefix(prefix)
        shape = r"\d+".join(map(re.escape, re.split(r"\d+", prefix)))
        if prefix and re.match(shape, typed):
            self.texts[name] = typed

    def refresh(self) -> None:
        """Read all texts again and check what they mean."""
        status = self._own_status or (PLANNED if self._status_now == PLANNED else HELD)
        for _attempt in range(_MOST_READINGS):
            asked = self._asked(status)
            parsed = self._parsed(status, asked)
            found = self._status(parsed.values)
            self.values = {**self._kept, **parsed.values, **self._files(), "status": found}
            # Held or planned follows from the date, and what is asked for from other answers: both are only
            # known once these have been read.
            if found == status and self._asked(found) == asked:
                break
            status = found
        self._status_now = found
        self.problems = tuple(problem for problem in parsed.problems if problem.field not in self._files())
        self.texts["status"] = self._status_text(found)

    def _parsed(self, status: str, asked: Sequence[Field]) -> Parsed:
        """What the form does not ask for is not read; its text stays, should it be asked for again."""
        texts = {field.name: self._text_to_read(field) for field in asked if field.name != "status"}
        return self._records.parse_form(
            type_id=self.record_type.id,
            texts={**texts, "status": self._status_text(status)},
            month=self.month,
            record_id=self.record_id,
        )

    def _asked(self, status: str) -> tuple[Field, ...]:
        around = {**self.values, "status": status}
        return tuple(field for field in self.record_type.form_fields() if field.is_asked(around))

    def _files(self) -> dict[str, object]:
        return {name: value for name, value in self.directs.items() if isinstance(value, list)}

    def _text_to_read(self, field: Field) -> str:
        if field.name in self.picks:
            return self.picks[field.name].value
        if field.kind == "yes_no" and field.name in self.directs:
            return field_texts.to_text(field, self.directs[field.name])
        text = self.texts.get(field.name, "")
        return "" if text == self._prefixes.get(field.name) else text

    # -- status --------------------------------------------------------------------------------

    def _status(self, values: Mapping[str, object]) -> str:
        if self._own_status:
            return self._own_status
        day = values.get(self.record_type.month_of or "")
        is_ahead = isinstance(day, str) and day > self._today().isoformat()
        return PLANNED if is_ahead and PLANNED in self.record_type.statuses else HELD

    def _status_of(self, text: str) -> str | None:
        """The status that was chosen by hand; held and planned follow from the date."""
        field = self.record_type.field("status")
        choice = field.choice(text) if field else None
        return choice.code if choice and choice.code in (CANCELLED, VOID) else None

    def _status_text(self, status: str) -> str:
        field = self.record_type.field("status")
        return field_texts.to_text(field, status) if field else ""

    # -- what is shown -------------------------------------------------------------------------

    def fields(self) -> tuple[Field, ...]:
        """The fields that have a place in the form now, in paper order."""
        return asked_fields(self.record_type, self.values)

    def is_required(self, field: Field) -> bool:
        """Whether the field must be filled in as things stand."""
        return is_required(field, self.values)

    def has_content(self, name: str) -> bool:
        """Whether something stands in the field, readable or not."""
        if name in self.directs:
            return True
        text = self.texts.get(name, "")
        return bool(text) and text != self._prefixes.get(name)

    def problem(self, name: str) -> Problem | None:
        """What to say at that field: the first thing that blocks, else the first warning.

        An empty field that was not visited yet is not nagged about.
        """
        if not (self.tried or name in self.touched or self.has_content(name)):
            return None
        own = [problem for problem in self.problems if problem.field == name]
        return next((problem for problem in own if problem.blocks), own[0] if own else None)

    def whole_problem(self) -> Problem | None:
        """What to say of the record as a whole, such as that it seems to be written down twice."""
        names = {field.name for field in self.fields()}
        found = [problem for problem in self.problems if problem.field not in names]
        return next((problem for problem in found if problem.blocks), found[0] if found else None)

    def errors(self) -> tuple[str, ...]:
        """The fields that still keep the record from being saved, in paper order; an empty name is the whole."""
        blocking = {problem.field or "" for problem in self.problems if problem.blocks}
        order = [field.name for field in self.fields() if field.name in blocking]
        return (*order, *sorted(blocking - set(order)))

    def next_error(self, after: str) -> str | None:
        """The next field to solve, going round; None when nothing blocks."""
        names = [field.name for field in self.fields()]
        errors = [name for name in self.errors() if name in names]
        if not errors:
            return None
        place = names.index(after) if after in names else -1
        return next((name for name in errors if names.index(name) > place), errors[0])

    def stops(self) -> tuple[str, ...]:
        """Where Enter stops: what the paper asks for and was not brought over. Tab visits everything."""
        return tuple(field.name for field in self.fields() if self._is_stop(field))

    def _is_stop(self, field: Field) -> bool:
        if field.name in self.touched and self.problem(field.name) is not None:
            return True
        is_filled = (
            self.directs.get(field.name) is True if field.kind == "yes_no" else self.has_content(field.name)
        )
        return not (is_filled or field.skip or field.more)

    def has_more(self) -> tuple[Field, ...]:
        """The further items that are folded away: optional ones with nothing in them."""
        return tuple(field for field in self.fields() if self.is_folded(field))

    def is_folded(self, field: Field) -> bool:
        """Whether the field waits among the further items."""
        return field.more and not self.has_content(field.name) and self.problem(field.name) is None

    # -- carrying over -------------------------------------------------------------------------

    def toggle_pin(self, name: str) -> bool:
        """Pin the field so that it is brought over to the next record, or let it go. Returns whether it is."""
        if name in self.pins:
            self.pins.discard(name)
            self.carried.discard(name)
        elif self._may_be_pinned(name):
            self.pins.add(name)
        return name in self.pins

    def _may_be_pinned(self, name: str) -> bool:
        field = self.record_type.field(name)
        return field is not None and self._may_be_copied(field)

    def carry_from_last(self) -> int:
        """Bring the pinned fields over from the last record where nothing was typed. Returns how many."""
        self.last = self.last or self._last()
        for field in self.record_type.form_fields():
            if field.name in self.pins and not self.has_content(field.name):
                self._bring_over(field)
                if self.has_content(field.name):
                    self.carried.add(field.name)
        self.refresh()
        return len(self.carried)

    def drop_carried(self) -> None:
        """Empty every field that was brought over."""
        for name in tuple(self.carried):
            field = self.record_type.field(name)
            if field is not None:
                self._empty(field)
        self.carried.clear()
        self.refresh()

    def _last(self) -> RecordView | None:
        found = self._records.prefill(type_id=self.record_type.id, month=self.month).from_record
        return self._records.get(found.id) if found else None

    # -- saving --------------------------------------------------------------------------------

    def save(self, *, as_draft: bool = False) -> Saved:
        """Write the record. Raises `Refused` when something blocks; a draft is always taken.

        A text that cannot be read stays in the form: a draft is saved without it and keeps it as typed.
        """
        self.tried = True
        self.refresh()
        values = dict(self.values)
        if as_draft:
            values["status"] = DRAFT
        saved = self._records.save(
            type_id=self.record_type.id,
            values=values,
            record_id=self.record_id,
            as_draft=as_draft,
        )
        self.record_id = saved.id
        self._at_start = self._content()
        return saved

    @property
    def unread(self) -> tuple[str, ...]:
        """The fields whose text could not be read, in paper order."""
        return tuple(
            field.name
            for field in self.record_type.form_fields()
            if field.kind not in DIRECT_KINDS
            and self.has_content(field.name)
            and field.name not in self.values
        )

    @property
    def changed(self) -> bool:
        """Whether anything was typed since the form was opened or saved."""
        return self._content() != self._at_start

    def typed(self) -> dict[str, str]:
        """The texts that stand here otherwise than at the start."""
        start = self._at_start[0] if isinstance(self._at_start, tuple) else {}
        return {
            name: text
            for name, text in self.texts.items()
            if text and name != "status" and start.get(name) != text
        }

    def _content(self) -> object:
        texts = {name: text for name, text in self.texts.items() if text and name != "status"}
        return texts, dict(self.directs), self._own_status

    # -- surviving a crash ---------------------------------------------------------------------

    def snapshot(self) -> dict[str, Any]:
        """Everything typed, as JSON: what `restore` needs after a crash."""
        return {
            "record_id": self.record_id,
            "month": str(self.month) if self.month else None,
            "texts": {name: text for name, text in self.texts.items() if text and name != "status"},
            "directs": dict(self.directs),
            "picks": {name: [pick.text, pick.value] for name, pick in self.picks.items()},
            "carried": sorted(self.carried),
            "own_status": self._own_status,
            "kept": dict(self._kept),
        }

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Go on where a snapshot was taken."""
        self._clear()
        self.record_id = snapshot["record_id"]
        self.month = Month.parse(snapshot["month"]) if snapshot["month"] else None
        self.texts = dict(snapshot["texts"])
        self.directs = dict(snapshot["directs"])
        self.picks = {name: Pick(text=text, value=value) for name, (text, value) in snapshot["picks"].items()}
        self.carried = set(snapshot["carried"])
        self._own_status = snapshot["own_status"]
        self._kept = dict(snapshot["kept"])
        self.refresh()
        self._following = agreeing_sums(self.record_type, self.values)

    # -- one field -----------------------------------------------------------------------------

    def _set(self, field: Field, *, text: str, value: object) -> None:
        if field.kind in DIRECT_KINDS:
            self.directs[field.name] = value
            return
        self.texts[field.name] = text
        if field.kind in REFERENCE_KINDS:
            self.picks[field.name] = Pick(text=text, value=_ids_as_text(value))

    def _empty(self, field: Field) -> None:
        self.directs.pop(field.name, None)
        self.texts.pop(field.name, None)
        self.picks.pop(field.name, None)

    def _show_reference(self, field: Field) -> None:
        # The text is the record's whole title, or it would not have been understood.
        value = _ids_as_text(self.values[field.name])
        self.picks[field.name] = Pick(text=self.texts[field.name], value=value)


def _ids_as_text(value: object) -> str:
    """The ids behind the words of a reference, as they are read again."""
    return "\n".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
