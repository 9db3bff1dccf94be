"""Looking after the ledger: does it hold together, and can the view be made again from the revisions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gzdesk.domain.record import Record, summarise
from gzdesk.domain.revision import body_hash, revision_id
from gzdesk.i18n import gettext as _
from gzdesk.progress import NO_PROGRESS, Progress
from gzdesk.services.context import Context
from gzdesk.services.evidence import noted_files
from gzdesk.storage.files import is_hash
from gzdesk.storage.store import Reading

_REPORT_EVERY = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check of the ledger found; `problems` are sentences."""

    revisions: int
    records: int
    problems: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """SHA-256 over the current records of a scope: equal on two PCs exactly when they show the same."""

    digest: str
    records: int


class Maintenance:
    """Checks and repairs of the ledger of this PC."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def digest(self, unit: str | None = None) -> Digest:
        """The digest of one unit's records, or of all that this PC holds."""
        scopes = self._context.scopes if unit is None else (self._context.unit(unit).id,)
        with self._context.store.reading() as read:
            digest, count = read.records.digest(scopes)
        return Digest(digest=digest, records=count)

    def rebuild(self) -> int:
        """Make the record view again from the revisions; returns how many records there are."""
        with self._context.store.writing() as work:
            count = work.revisions.rebuild()
            work.commit()
        self._context.changes.publish(frozenset(item.id for item in self._context.types))
        return count

    def check(self, progress: Progress = NO_PROGRESS) -> Checked:
        """Read every revision, verify its hashes and compare the view with what it should be."""
        with self._context.store.reading() as read:
            problems = list(read.check_file())
            total = read.revisions.count(self._context.scopes)
            problems.extend(self._hash_problems(read, total, progress))
            problems.extend(self._file_problems(read))
            for record_id in read.view_differences():
                problems.append(_("The list shows record {record} wrongly.").format(record=record_id))
            _digest, records = read.records.digest(self._context.scopes)
        return Checked(revisions=total, records=records, problems=tuple(problems))

    def _hash_problems(self, read: Reading, total: int, progress: Progress) -> Iterator[str]:
        progress.stage(_("Checking what was written"))
        everything = read.revisions.unknown_to(scope_ids=self._context.scopes, tips=())
        for number, revision in enumerate(everything, 1):
            if number % _REPORT_EVERY == 0:
                progress.step(number, total)
                progress.check_cancelled()
            whole = revision.body_text is None or revision.header.body_hash == body_hash(
                salt=revision.salt or "", body_text=revision.body_text
            )
            if not whole or revision.id != revision_id(revision.header_text):
                yield _("A version of record {record} was changed from outside.").format(
                    record=revision.header.record
                )

    def _file_problems(self, read: Reading) -> Iterator[str]:
        for record in read.records.of_types([item.id for item in self._context.types]):
            for noted in noted_files(record.values):
                sha256 = str(noted["sha256"])
                if not is_hash(sha256) or read.files.read(sha256) is None:
                    yield _("{record}: the file {name} is missing or damaged.").format(
                        record=self._record_words(record), name=noted.get("name", sha256)
                    )

    def _record_words(self, record: Record) -> str:
        record_type = self._context.types.get(record.type)
        summary = summarise(record_type, record.values)
        label = record_type.label if record_type else record.type
        return " ".join(part for part in (summary.day, label, summary.title) if part)
