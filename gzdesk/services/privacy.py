"""Personal data: who is kept and why, what has passed its time, and erasing a person everywhere (docs/privacy.md)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from gzdesk.domain import erasure
from gzdesk.domain.person import NAMED, identifying_texts, left_of_person, personal_texts, without_mentions
from gzdesk.domain.record import Record
from gzdesk.domain.record_type import RecordType
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.progress import NO_PROGRESS, Progress
from gzdesk.services import forgetting
from gzdesk.services.context import Context
from gzdesk.services.keeping import (
    ITEM,
    LEFT,
    RECORD,
    DueGroup,
    KeptRow,
    due_groups,
    kept_rows,
    with_keep_years,
)
from gzdesk.services.kept_here import records_with_any
from gzdesk.services.privacy_find import Person, Standing, Trace, find_persons, look
from gzdesk.storage.store import Writing

__all__ = ["DueGroup", "Erased", "KeptRow", "Person", "Privacy", "Standing", "Trace", "reasons"]

_MOST_FOUND = 30
_TELL_EVERY = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What was done. `unfinished` is a sentence when old contents still lie in a file that could not be removed."""

    notice: str
    record: str
    name: str  # what stands there now
    mentions: int
    versions: int
    files: int
    stayed: int
    unfinished: str = ""


def reasons(record_type: RecordType) -> Sequence[tuple[str, str]]:
    """The reasons that can be given, as code and words."""
    field = record_type.field("reason")
    return [(choice.code, choice.label) for choice in field.choices] if field else []


class Privacy:
    """What the personal data page and the command line do."""

    def __init__(self, context: Context, *, forget_undo: Callable[[], None] = lambda: None) -> None:
        self._context = context
        self._forget_undo = forget_undo

    def find(self, text: str, *, limit: int = _MOST_FOUND) -> tuple[Person, ...]:
        """Persons by a part of their name or its initials: with a record of their own, or only named in some."""
        return find_persons(self._context, text, limit=limit)

    def look(self, record_id: str, *, field: str | None = None, name: str = "") -> Standing:
        """Where a person stands, before anything is done. Raises UserError as `look` of privacy_find does."""
        with self._context.store.reading() as read:
            return look(self._context, read, record_id, field, name=name)

    def reasons(self) -> Sequence[tuple[str, str]]:
        """The reasons that can be given, as code and words."""
        return reasons(self._context.types.by_id[erasure.TYPE_ID])

    def erase(
        self,
        record_id: str,
        *,
        reason: str,
        mentions: Collection[str] | None = (),
        field: str | None = None,
        name: str = "",
        progress: Progress = NO_PROGRESS,
    ) -> Erased:
        """Erase the person of a record everywhere on this PC and, with the next files, on every other.

        `mentions` are the ids of other records that the name is taken out of, None for all where that can be done.
        It can't be undone. Raises UserError before anything is changed.
        """
        self._require_reason(reason)
        progress.stage(_("Looking for the person"))
        with self._context.store.writing() as work:
            standing = look(self._context, work, record_id, field, name=name)
            chosen = _chosen(standing, mentions)
            progress.stage(_("Taking the name out"))
            done = self._erase(work, standing, chosen, reason)
            work.commit()
        return self._finished(done, progress)

    def kept(self) -> tuple[KeptRow, ...]:
        """Which registers hold something of persons, what, why and how long."""
        with self._context.store.reading() as read:
            return kept_rows(self._context, read)

    def change_keep_years(self, type_id: str, years: int) -> None:
        """Keep a register so many years, 0 for ever: the county's own table counts (村级档案管理办法)."""
        self._context.change_settings(keep_years=with_keep_years(self._context, type_id, years))

    def sealed(self) -> int:
        """How many records have items that are kept sealed on this PC only (ID numbers)."""
        with self._context.store.reading() as read:
            return len(records_with_any(read))

    def forget_sealed(self) -> int:
        """Erase all of these; returns of how many records. It can't be undone."""
        return forgetting.forget_sealed(self._context)

    def due(self) -> tuple[DueGroup, ...]:
        """What has passed its keeping time, group by group."""
        with self._context.store.reading() as read:
            return due_groups(self._context, read)

    def clear(self, group_id: str, *, progress: Progress = NO_PROGRESS) -> int:
        """Do away with a group of `due` as it is now; returns how many records it was. It can't be undone."""
        progress.stage(_("Taking the name out"))
        with self._context.store.writing() as work:
            groups = {group.id: group for group in due_groups(self._context, work)}
            group = groups.get(group_id)
            if group is None:
                return 0
            self._clear(work, group, progress)
            work.commit()
        self._settle(progress)
        return len(group.records)

    def _clear(self, work: Writing, group: DueGroup, progress: Progress) -> None:
        ids = [item.record for item in group.records]
        item_only = group.kind == ITEM
        notice = self._context.mint.record_id()
        own, mentions = ([], ids) if item_only else (ids, [])
        scope = self._context.scope_of(self._context.types.by_id[group.type_id])
        self._notice(work, notice, scope=scope, own=own, mentions=mentions, reason="time_over")
        texts: set[str] = set()
        for number, record_id in enumerate(ids):
            if number % _TELL_EVERY == 0:
                progress.step(number, len(ids))
            record = work.records.get(record_id)
            if record is None:
                continue
            record_type = self._context.types.by_id[record.type]
            if item_only:
                texts |= {str(record.values[group.field])}
                left = {name: value for name, value in record.values.items() if name != group.field}
            elif group.kind == LEFT:
                texts |= identifying_texts(record_type, record.values)
                left = left_of_person(record_type, record.values, substitute=substitute_for(record_id))
            else:
                texts |= personal_texts(record_type, record.values)
                left = {"status": record.status}
            self._write(work, record, left, notice, own=not item_only, deleted=group.kind == RECORD)
        work.revisions.strip(ids)
        forgetting.forget(self._context, work, work.revisions.stripped, texts=texts)

    def _erase(
        self, work: Writing, standing: Standing, chosen: Sequence[Trace], reason: str
    ) -> tuple[str, Standing, int, int, int]:
        person = standing.person
        notice = self._context.mint.record_id()
        own = [person.record] if person.own else []
        others = [trace.record for trace in chosen] + ([] if person.own else [person.record])
        self._notice(work, notice, scope=person.unit, own=own, mentions=others, reason=reason)
        substitute = substitute_for(person.record)
        for record_id in own:
            self._clean(work, record_id, notice, standing.texts, substitute, own=True)
        for record_id in others:
            self._clean(work, record_id, notice, standing.texts, substitute, own=False)
        work.revisions.strip([*own, *others])
        emptied = work.revisions.stripped
        files = forgetting.forget(self._context, work, emptied, texts=standing.texts)
        return notice, standing, len(chosen), len(emptied), files

    def _notice(
        self,
        work: Writing,
        notice: str,
        *,
        scope: str,
        own: Sequence[str],
        mentions: Sequence[str],
        reason: str,
    ) -> None:
        # A notice speaks for the records of its own scope alone, so it stands beside them.
        values: dict[str, object] = {
            "date": self._context.mint.today().isoformat(),
            "reason": reason,
            "status": "held",
        }
        values |= {key: list(ids) for key, ids in (("records", own), ("mentions", mentions)) if ids}
        work.revisions.append(
            record=notice,
            type_id=erasure.TYPE_ID,
            type_version=self._context.types.by_id[erasure.TYPE_ID].version,
            scope=scope,
            values=values,
        )

    def _clean(
        self,
        work: Writing,
        record_id: str,
        notice: str,
        texts: frozenset[str],
        substitute: str,
        *,
        own: bool,
    ) -> None:
        record = work.records.get(record_id)
        if record is None:
            raise KeyError(record_id)
        record_type = self._context.types.get(record.type)
        left = self._left(record, record_type, texts, substitute, own=own)
        self._write(work, record, left, notice, own=own, deleted=record.deleted)

    def _write(
        self,
        work: Writing,
        record: Record,
        left: Mapping[str, object],
        notice: str,
        *,
        own: bool,
        deleted: bool,
    ) -> None:
        record_type = self._context.types.get(record.type)
        mark = erasure.OWN_MARK if own else erasure.MENTION_MARK
        marks = [*erasure.texts_of(record.values.get(mark)), notice]
        work.revisions.append(
            record=record.id,
            type_id=record.type,
            type_version=record_type.version if record_type else 0,
            scope=record.unit,
            values={**left, mark: sorted(marks)},
            deleted=deleted,
        )

    def _left(
        self,
        record: Record,
        record_type: RecordType | None,
        texts: frozenset[str],
        substitute: str,
        *,
        own: bool,
    ) -> Mapping[str, object]:
        if own and record_type is not None:
            return left_of_person(record_type, record.values, substitute=substitute)
        return without_mentions(record_type, record.values, texts, substitute=substitute)

    def _finished(self, done: tuple[str, Standing, int, int, int], progress: Progress) -> Erased:
        notice, standing, mentions, versions, files = done
        unfinished = self._settle(progress)
        return Erased(
            notice=notice,
            record=standing.person.record,
            name=substitute_for(standing.person.record),
            mentions=mentions,
            versions=versions,
            files=files,
            stayed=len(standing.traces) - mentions,
            unfinished=unfinished,
        )

    def _settle(self, progress: Progress) -> str:
        """What follows an erasing that is lasting; gives a sentence when old contents can't be removed yet."""
        progress.stage(_("Removing old contents"))
        self._forget_undo()
        unfinished = ""
        try:
            forgetting.finish(self._context)
        except UserError as error:
            unfinished = error.message
        self._context.changes.publish(frozenset(item.id for item in self._context.types))
        return unfinished

    def _require_reason(self, reason: str) -> None:
        known = [code for code, _words in self.reasons()]
        if reason not in known:
            raise UserError(
                code="reason_needed",
                message=_("Say why the person is erased."),
                hint=_("Use one of: {names}.").format(names=", ".join(known)),
            )


def substitute_for(record_id: str) -> str:
    """What stands where the name stood: the same words for everybody, with a short number to tell records apart."""
    return _("Erased person {number}").format(number=record_id.replace("-", "")[-4:].upper())


def _chosen(standing: Standing, mentions: Collection[str] | None) -> tuple[Trace, ...]:
    if mentions is None:
        return tuple(trace for trace in standing.erasable if not trace.own)
    wanted = set(mentions)
    return tuple(trace for trace in standing.erasable if trace.record in wanted)


def preselected(standing: Standing) -> tuple[str, ...]:
    """The records that plainly name the person; where the name only stands in a text, a person looks first."""
    return tuple(trace.record for trace in standing.erasable if trace.kind == NAMED and not trace.own)
