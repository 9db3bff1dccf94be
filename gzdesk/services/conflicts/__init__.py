"""Records that were changed on two sides: which they are, what each side says, and settling them (sync.md, State).

Only the town settles, so that there is one answer. Every version stays in the history; the villages learn the
outcome with their next answer file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gzdesk.domain.erasure import is_erased
from gzdesk.domain.record import Record
from gzdesk.domain.record_type import RecordType
from gzdesk.domain.revision import Revision
from gzdesk.domain.three_way import ITEMS, Merge, merge_heads
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed
from gzdesk.services import kept_here
from gzdesk.services.conflicts import refusals
from gzdesk.services.conflicts.automatic import fits_by_item, new_problems, versions_of
from gzdesk.services.conflicts.looking import different_heads, look, outcome_texts
from gzdesk.services.conflicts.model import Conflict, Item, Settled, Side
from gzdesk.services.context import Context
from gzdesk.services.record_input import read_json
from gzdesk.services.record_results import Refused
from gzdesk.storage.store import Reading, Writing
from gzdesk.storage.wire import values_from_text

__all__ = ["Conflict", "Conflicts", "Item", "Settled", "Side"]


class Conflicts:
    """What two sides changed, and settling it."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def list(self) -> tuple[Conflict, ...]:
        """Every record with more than one version that counts, oldest record first."""
        with self._context.store.reading() as read:
            return tuple(
                look(self._context, read, record) for record in read.records.conflicting(self._context.scopes)
            )

    def records(self, *, unit: str | None = None) -> tuple[str, ...]:
        """The ids of these records, without looking into them; those of one unit when it is named."""
        with self._context.store.reading() as read:
            return read.records.conflicting(self._context.scopes if unit is None else (unit,))

    def get(self, record_id: str) -> Conflict:
        """One of them. Raises UserError `unknown_record` or `no_conflict`."""
        with self._context.store.reading() as read:
            self._record(read, record_id)
            return look(self._context, read, record_id)

    def take(self, record_id: str, revision: str, *, seen: Sequence[str] = ()) -> Settled:
        """Use one version as a whole; a deleted one deletes the record.

        `seen` are the versions that the person saw. Raises UserError when others have come since, when there is
        nothing to settle, and in a village.
        """
        with self._context.store.writing() as work:
            heads = self._open(work, record_id, seen)
            head = next((item for item in heads if item.id == revision), None)
            if head is None:
                raise refusals.not_a_version(revision)
            values = values_from_text(head.body_text)
            settled = self._write(work, heads, values, deleted=head.header.deleted)
            work.commit()
        return settled

    def mix(
        self,
        record_id: str,
        *,
        choices: Mapping[str, str],
        values: Mapping[str, object] | None = None,
        seen: Sequence[str] = (),
    ) -> Settled:
        """Settle item by item: the version to use for each item, or new values as the command line gives them.

        An item that is not mentioned is as the only side that changed it has it. Raises UserError as `take` does,
        `not_all_chosen` and `take_whole`, and Refused when the outcome breaks a rule that no version broke.
        """
        with self._context.store.writing() as work:
            heads = self._open(work, record_id, seen)
            body = self._mixed(work, heads, choices, values or {})
            settled = self._write(work, heads, body, deleted=False)
            work.commit()
        return settled

    # Inside

    def _record(self, read: Reading, record_id: str) -> Record:
        record = read.records.get(record_id)
        if record is None:
            raise refusals.unknown_record()
        if record.heads < 2:
            raise refusals.no_conflict()
        return record

    def _open(self, work: Writing, record_id: str, seen: Sequence[str]) -> tuple[Revision, ...]:
        """The versions to settle, when that can be done here and now."""
        if not self._context.is_town:
            raise refusals.town_settles()
        self._record(work, record_id)
        heads = work.revisions.head_revisions(record_id)
        if seen and set(seen) != {head.id for head in different_heads(work, record_id)}:
            raise refusals.changed_since()
        return heads

    def _mixed(
        self,
        work: Writing,
        heads: Sequence[Revision],
        choices: Mapping[str, str],
        values: Mapping[str, object],
    ) -> dict[str, object]:
        header = heads[0].header
        record_type = self._context.types.get(header.type)
        if record_type is None or not fits_by_item(record_type) or any(head.header.deleted for head in heads):
            raise refusals.take_whole()
        merge = merge_heads(versions_of(work, header.record))
        bodies = {head.id: values_from_text(head.body_text) for head in heads}
        given = self._given(work, record_type, values)
        _require_all_chosen(record_type, merge, {*choices, *values})
        body = dict(merge.values)
        for name, revision in choices.items():
            if name not in merge.changed_by:
                raise refusals.not_an_item(name)
            if revision not in bodies:
                raise refusals.not_a_version(revision)
            body[name] = bodies[revision].get(name)
        body = {name: value for name, value in (body | given).items() if value is not None}
        problems = new_problems(
            self._context,
            work,
            record_type,
            body,
            record_id=header.record,
            unit=header.scope,
            sides=list(bodies.values()),
        )
        if problems:
            raise Refused(problems)
        return body

    def _given(
        self, read: Reading, record_type: RecordType, values: Mapping[str, object]
    ) -> dict[str, object]:
        understood, problems = read_json(self._context, read, record_type, values)
        if problems:
            raise Refused(problems)
        return {name: understood.get(name) for name in values}

    def _write(
        self, work: Writing, heads: Sequence[Revision], values: Mapping[str, object], *, deleted: bool
    ) -> Settled:
        bodies = [values_from_text(head.body_text) for head in heads]
        if any(map(is_erased, bodies)) and not is_erased(values):
            raise refusals.erased()
        header = heads[0].header
        before = look(self._context, work, header.record)
        record_type = self._context.types.get(header.type)
        made = work.revisions.append(
            record=header.record,
            type_id=header.type,
            type_version=max(head.header.type_version for head in heads),
            scope=header.scope,
            values=values if record_type is None else kept_here.parted(record_type, values)[0],
            deleted=deleted,
        )
        chosen = outcome_texts(self._context, work, record_type, values)
        words = (
            _("deleted") if deleted else listed(chosen.get(item.field, "") or "—" for item in before.items)
        )
        return Settled(record=header.record, revision=made.id, words=words)


def _require_all_chosen(record_type: RecordType, merge: Merge, chosen: set[str]) -> None:
    asked = merge.open if merge.reason in (ITEMS, "") else merge.differing
    left = [name for name in asked if name not in chosen]
    if left:
        labels = {field.name: field.label for field in record_type.fields}
        raise refusals.not_all_chosen(labels.get(name, name) for name in left)
