"""What settles itself in the town when a package brings a second version: changes in different items.

A village never does this: two PCs that put together the same versions would each write one of their own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from gzdesk.domain.record_type import RecordType
from gzdesk.domain.rules import Problem, check, may_save
from gzdesk.domain.three_way import PROGRAM, Version, merge_heads
from gzdesk.services.context import Context
from gzdesk.services.lookup import StoreLookup
from gzdesk.storage.store import Reading, Writing
from gzdesk.storage.wire import values_from_text

_IN_LIMIT = 900


def settle_what_fits(context: Context, work: Writing, record_ids: Collection[str]) -> tuple[str, ...]:
    """Put together the versions of these records where nobody need be asked; returns the records it did so for.

    Left to a person are records of unknown types and of the program's own, what both sides changed, and what
    would break a rule that no side broke.
    """
    if not context.is_town:
        return ()
    return tuple(record for record in _in_conflict(work, record_ids) if _settle(context, work, record))


def versions_of(read: Reading, record_id: str) -> tuple[Version, ...]:
    """All versions of a record, as `domain.three_way` wants them."""
    return tuple(
        Version(
            id=item.id,
            parents=item.header.parents,
            generation=item.header.generation,
            deleted=item.header.deleted,
            erased=item.body_text is None,
            content=item.body_text,
            values=values_from_text(item.body_text),
        )
        for item in read.revisions.history(record_id)
    )


def fits_by_item(record_type: RecordType | None) -> bool:
    """Whether versions can be mixed: what the program itself writes, such as a month's sheet, is one whole."""
    return record_type is not None and record_type.group != "system"


def new_problems(
    context: Context,
    read: Reading,
    record_type: RecordType,
    values: Mapping[str, object],
    *,
    record_id: str,
    unit: str,
    sides: Iterable[Mapping[str, object]],
) -> tuple[Problem, ...]:
    """What would stop the saving of these values and stops none of the sides."""
    lookup = StoreLookup(context, read, unit=unit)

    def stopping(body: Mapping[str, object]) -> Sequence[Problem]:
        found = check(record_type, body, today=context.mint.today(), record_id=record_id, lookup=lookup)
        blocks = not may_save(found, str(body.get("status", "")))
        return [problem for problem in found if problem.blocks and blocks]

    known = {(problem.field, problem.code) for side in sides for problem in stopping(side)}
    return tuple(problem for problem in stopping(values) if (problem.field, problem.code) not in known)


def _in_conflict(read: Reading, record_ids: Collection[str]) -> Iterator[str]:
    ids = sorted(record_ids)
    for start in range(0, len(ids), _IN_LIMIT):
        page = read.records.many(ids[start : start + _IN_LIMIT])
        yield from sorted(record.id for record in page.values() if record.heads > 1)


def _settle(context: Context, work: Writing, record_id: str) -> bool:
    heads = work.revisions.head_revisions(record_id)
    header = heads[0].header
    record_type = context.types.get(header.type)
    if record_type is None or not fits_by_item(record_type):
        return False
    merge = merge_heads(versions_of(work, record_id))
    if not merge.is_ready:
        return False
    problems = new_problems(
        context,
        work,
        record_type,
        merge.values,
        record_id=record_id,
        unit=header.scope,
        sides=[values_from_text(head.body_text) for head in heads],
    )
    if problems:
        return False
    work.revisions.append(
        record=record_id,
        type_id=header.type,
        type_version=max(head.header.type_version for head in heads),
        scope=header.scope,
        values=merge.values,
        deleted=merge.deleted,
        actor=PROGRAM,
    )
    return True
