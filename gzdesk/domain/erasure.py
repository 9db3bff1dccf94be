"""Erasing a person: which versions of which records lose their contents. A pure function of the revisions (sync.md).

An **erase notice** is a record of the system type `erasure`. It holds no personal data: the ids of the records that
were the person's own (`records`), of those that only named the person (`mentions`), and why. Beside it the author
writes a clean version of each of these records, which carries the notice's id as its **mark**; every later version
carries the marks of the versions it stands on. So whatever order things arrive in, a PC can tell what goes:

- whatever a marked version was written on top of, back to the first version;
- of a person's own record, besides, every version without such a mark: what was written elsewhere in the meantime,
  and what an old stick brings. Of a record that only names the person such a version stays, as a change on two
  sides: it holds other people's work, and it goes as soon as somebody settles it.

More revisions only ever make more versions go, never fewer, so equal revisions give equal contents everywhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

TYPE_ID = "erasure"
OWN_MARK, MENTION_MARK = "erased", "erased_mentions"
MARKS = (OWN_MARK, MENTION_MARK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What one erase notice names. It speaks for the records of its own scope and no other."""

    id: str
    scope: str
    own: frozenset[str]
    mentions: frozenset[str]

    @property
    def records(self) -> frozenset[str]:
        """All records it names."""
        return self.own | self.mentions


class Version(NamedTuple):
    """What the decision needs of one revision: its marks are those of its body, none once that is gone."""

    id: str
    parents: tuple[str, ...]
    own_marks: frozenset[str]
    marks: frozenset[str]


def notice_of(record_id: str, scope: str, values: Mapping[str, object]) -> Notice:
    """Read a notice. Never raises: what is not an id is left out."""
    own, mentions = texts_of(values.get("records")), texts_of(values.get("mentions"))
    return Notice(id=record_id, scope=scope, own=own, mentions=mentions)


def version_of(revision_id: str, parents: tuple[str, ...], values: Mapping[str, object]) -> Version:
    """A revision with the marks that its body carries."""
    own = texts_of(values.get(OWN_MARK))
    return Version(revision_id, parents, own, own | texts_of(values.get(MENTION_MARK)))


def erased_versions(record_id: str, versions: Sequence[Version], notices: Iterable[Notice]) -> frozenset[str]:
    """The ids of the versions of a record that must lose their contents."""
    naming = [notice for notice in notices if record_id in notice.records]
    by_id = {version.id: version for version in versions}
    gone: set[str] = set()
    for notice in naming:
        marked = [version for version in versions if notice.id in version.marks]
        gone |= _before(marked, by_id) - {version.id for version in marked}
    if any(record_id in notice.own for notice in naming):
        gone |= {version.id for version in versions if not version.own_marks}
    return frozenset(gone)


def inherited_marks(bodies: Iterable[Mapping[str, object]]) -> dict[str, list[str]]:
    """The marks that a version standing on these bodies carries."""
    found: dict[str, set[str]] = {mark: set() for mark in MARKS}
    for body in bodies:
        for mark, ids in found.items():
            ids |= texts_of(body.get(mark))
    return {mark: sorted(ids) for mark, ids in found.items() if ids}


def is_erased(values: Mapping[str, object]) -> bool:
    """Whether a body is what was left of a person's own record."""
    return bool(values.get(OWN_MARK))


def texts_of(value: object) -> frozenset[str]:
    """The texts of a list; anything else has none."""
    return (
        frozenset(item for item in value if isinstance(item, str)) if isinstance(value, list) else frozenset()
    )


def _before(versions: Iterable[Version], by_id: Mapping[str, Version]) -> set[str]:
    found: set[str] = set()
    waiting: list[Collection[str]] = [version.parents for version in versions]
    while waiting:
        for parent in waiting.pop():
            if parent in by_id and parent not in found:
                found.add(parent)
                waiting.append(by_id[parent].parents)
    return found
