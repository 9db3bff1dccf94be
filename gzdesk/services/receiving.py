"""Import: each file is checked whole, then applied in one transaction or not at all."""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from gzdesk.domain.period import Month
from gzdesk.exchange import delivery, disk, plan, refusal
from gzdesk.exchange.manifest import PackageManifest
from gzdesk.exchange.package import SUFFIX, Envelope, open_package, peek, unseal_payload
from gzdesk.exchange.payload import Payload
from gzdesk.exchange.refusal import Refused
from gzdesk.progress import NO_PROGRESS, Progress
from gzdesk.services import forgetting, handed_down, receipts, verdicts
from gzdesk.services.conflicts.automatic import settle_what_fits
from gzdesk.services.contents import Tally, attachments_of, may_name_attachments
from gzdesk.services.context import Context
from gzdesk.services.enrolment import close_invitation
from gzdesk.services.peers import load_sealing_keys, save_peer, tips_of
from gzdesk.services.trust import Trust, judge
from gzdesk.services.verdicts import ALREADY, APPLIED, PARKED, Imported
from gzdesk.storage.authoring import ReceiveCounts, Received
from gzdesk.storage.packages import INCOMING
from gzdesk.storage.store import Reading, Writing

INBOX = "inbox"

_CHECK_EVERY = 500
_IN_LIMIT = 900
_COLLECT_EVERY = 100_000


class _SpoiledError(Exception):
    """A file was refused after part of it was written: what stands in the transaction must go."""

    def __init__(self, path: Path, refused: Refused) -> None:
        super().__init__(path)
        self.path = path
        self.refused = refused


@dataclass(slots=True)
class _Gathered:
    """What is learned while the lines of one package stream past."""

    tally: Tally
    own_writer: str
    attachments: dict[str, list[str]] = field(default_factory=dict)  # SHA-256 -> the revisions that name it
    gone: frozenset[str] = frozenset()  # attachments that were erased here
    later_versions: set[str] = field(default_factory=set)
    met_myself: bool = False


class Receiving:
    """Imports of one ledger."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._inbox = context.store.folder / INBOX

    def take(self, path: Path, *, progress: Progress = NO_PROGRESS) -> Imported:
        """Import one file. A refusal is an answer, not an exception; trouble of this PC's own disk is one."""
        try:
            with open_package(path) as envelope, self._context.store.reading() as read:
                known = self._known_again(read, path, envelope)
            if known is not None:
                return known
            with self._copied(path) as copy, open_package(copy) as envelope:
                return self._apply(path, envelope, progress)
        except Refused as refused:
            return verdicts.rejected(path, self._context.units, refused)
        except OSError as error:
            raise disk.own_disk_fault(error) from error

    def rehearse(self, paths: Sequence[Path], *, progress: Progress = NO_PROGRESS) -> tuple[Imported, ...]:
        """What `take` would answer for each file, one after another; nothing is kept."""
        refused: dict[Path, Refused] = {}
        while True:
            try:
                return self._rehearsed(paths, refused, progress)
            except _SpoiledError as spoiled:
                refused[spoiled.path] = spoiled.refused

    def sort_key(self, path: Path) -> tuple[str, int, int, str]:
        """Order in which files of one stick follow on each other."""
        manifest = peek(path)
        if manifest is None:
            return ("~", 0, 0, path.name)
        return (manifest.sender, manifest.number, manifest.part, path.name)

    def is_for_others(self, path: Path) -> bool:
        """Whether a file on a shared stick plainly says that it is for another unit."""
        manifest = peek(path)
        return manifest is not None and manifest.receiver != self._context.me.id

    # Inside

    def _rehearsed(
        self, paths: Sequence[Path], refused: dict[Path, Refused], progress: Progress
    ) -> tuple[Imported, ...]:
        found: list[Imported] = []
        self._inbox.mkdir(exist_ok=True)
        with self._context.store.writing() as work:
            for number, path in enumerate(paths):
                progress.step(number, len(paths))
                progress.check_cancelled()
                before = refused.get(path)
                if before is not None:
                    found.append(verdicts.rejected(path, self._context.units, before))
                else:
                    found.append(self._rehearsed_one(work, path, progress))
        return tuple(found)

    def _rehearsed_one(self, work: Writing, path: Path, progress: Progress) -> Imported:
        try:
            with open_package(path) as envelope:
                known = self._known_again(work, path, envelope)
                if known is not None:
                    return known
                trust = judge(self._context, work, envelope.manifest)
                payload = self._payload(work, envelope)
                try:
                    return self._apply_in(work, path, envelope, payload, trust, progress, keep=False)
                except Refused as refused:
                    raise _SpoiledError(path, refused) from refused
        except Refused as refused:
            return verdicts.rejected(path, self._context.units, refused)

    @contextmanager
    def _copied(self, path: Path) -> Iterator[Path]:
        """The file's copy in the inbox; it goes when its import is over."""
        self._inbox.mkdir(exist_ok=True)
        copy = self._inbox / f"incoming{SUFFIX}"
        delivery.take_in(path, copy)
        try:
            yield copy
        finally:
            disk.remove(copy)

    def _known_again(self, read: Reading, path: Path, envelope: Envelope) -> Imported | None:
        """The quick answer for a file that was taken in before, while what it brought is still here."""
        row = read.packages.find(INCOMING, envelope.id)
        if row is None or not all(read.revisions.get(held) for held in row.detail["ends"]):
            return None
        found = verdicts.answer(path, envelope.manifest, self._context.units, verdict=ALREADY)
        months = sorted(set().union(*row.detail["closed"].values()))
        known = replace(found, already=row.detail["records"], closed_months=tuple(map(Month.parse, months)))
        return verdicts.in_words(known)

    def _payload(self, read: Reading, envelope: Envelope) -> Payload:
        return unseal_payload(envelope, secrets=load_sealing_keys(read.local), folder=self._inbox)

    def _apply(self, path: Path, envelope: Envelope, progress: Progress) -> Imported:
        context = self._context
        with context.store.writing() as work:
            trust = judge(context, work, envelope.manifest)
            payload = self._payload(work, envelope)
            answer = self._apply_in(work, path, envelope, payload, trust, progress, keep=True)
            covered = receipts.settle(work, envelope.manifest.sender, today=context.mint.today())
            work.commit()
        context.store.refresh_identity()
        receipts.discard(context.store.folder, covered)
        forgetting.finish_quietly(context)
        handed_down.take_effect(context, work.revisions.touched_types)
        return answer

    def _apply_in(
        self,
        work: Writing,
        path: Path,
        envelope: Envelope,
        payload: Payload,
        trust: Trust,
        progress: Progress,
        *,
        keep: bool,
    ) -> Imported:
        manifest = envelope.manifest
        gathered = _Gathered(tally=Tally(self._context.types), own_writer=self._context.store.writer)
        with payload:
            key = self._log(work, path, envelope)
            items = self._items(work, payload, manifest, gathered, trust, progress)
            with _seldom_collecting():
                counts = work.revisions.receive(items, package=key)
            forgetting.forget(self._context, work, work.revisions.stripped)
            merged = settle_what_fits(self._context, work, counts.again)
            _leave_out_erased(work, gathered, payload.attachments)
            missing = _take_attachments(work, payload, gathered, progress, keep=keep)
        answer = self._counted(
            work, path, manifest, gathered, counts, missing=len(missing), merged=len(merged)
        )
        if trust.until is None:
            self._remember(work, manifest, trust, missing)
        work.packages.set_detail(key, _detail(manifest, gathered, answer))
        if gathered.met_myself:
            # Our own words from outside: this ledger was put back or cloned. Going on under the old name would
            # fork its chain once more.
            work.local.put("writer", self._context.mint.writer_id())
        return replace(answer, first_contact=trust.first_contact)

    def _items(
        self,
        work: Writing,
        payload: Payload,
        manifest: PackageManifest,
        gathered: _Gathered,
        trust: Trust,
        progress: Progress,
    ) -> Iterator[Received]:
        for number, item in enumerate(payload.revisions(scopes=manifest.scopes, make=Received)):
            if number % _CHECK_EVERY == 0:
                progress.check_cancelled()
            header = item.header
            if not trust.vouches_for(header):
                raise refusal.revoked_signer(self._context.unit(manifest.sender).label)
            gathered.tally.add(header, item.values)
            if header.parents:
                gathered.later_versions.add(header.record)
            if may_name_attachments(item.body_text):
                for sha256 in attachments_of(item.values):
                    gathered.attachments.setdefault(sha256, []).append(item.id)
            if header.writer == gathered.own_writer and not gathered.met_myself:
                gathered.met_myself = work.revisions.get(item.id) is None
            yield item

    def _counted(
        self,
        work: Writing,
        path: Path,
        manifest: PackageManifest,
        gathered: _Gathered,
        counts: ReceiveCounts,
        *,
        missing: int,
        merged: int,
    ) -> Imported:
        tree = plan.Tree.of(self._context.units)
        from_below = tree.parent(manifest.sender) == self._context.me.id
        theirs = tree.at_or_below(manifest.sender) if from_below else manifest.scopes
        gaps = work.revisions.gaps(theirs)
        known_before = counts.new == 0 and counts.already > 0
        verdict = PARKED if gaps else ALREADY if known_before else APPLIED
        records = sum(map(len, gathered.tally.records.values()))
        closed = sorted(set().union(*gathered.tally.closed.values()))
        found = replace(
            verdicts.answer(path, manifest, self._context.units, verdict=verdict),
            closed_months=tuple(map(Month.parse, closed)),
            new=counts.records_new,
            changed=counts.records_changed,
            already=records - counts.records_new - counts.records_changed,
            conflicts=_conflicts(work, gathered.later_versions | counts.again) if counts.new else 0,
            merged=merged,
            missing=missing,
            revisions_new=counts.new,
            missing_numbers=_missing_numbers(work, manifest) if gaps else (),
        )
        holes = sum(gap.last_seq - gap.first_seq + 1 for gap in gaps)
        return verdicts.in_words(found, missing_revisions=holes)

    def _remember(
        self, work: Writing, manifest: PackageManifest, trust: Trust, missing: Sequence[str]
    ) -> None:
        """Keep what the other side says it holds and lacks, and what we lack of it."""
        peer = trust.peer
        lacking = (name for name in dict.fromkeys((*peer.lacking, *missing)) if not work.files.has(name))
        heard = replace(
            peer,
            tips=tips_of(manifest.tips),
            wants=manifest.wants,
            lacking=tuple(lacking),
            abilities=manifest.abilities,
            program=manifest.program,
            heard_on=self._context.mint.today().isoformat(),
            heard_number=manifest.number,
        )
        save_peer(work.local, heard)
        if plan.Tree.of(self._context.units).parent(self._context.me.id) == peer.unit:
            close_invitation(work)

    def _log(self, work: Writing, path: Path, envelope: Envelope) -> int:
        return work.packages.add(
            direction=INCOMING,
            sha256=envelope.id,
            unit=envelope.manifest.sender,
            number=envelope.manifest.number,
            file_name=path.name,
            day=self._context.mint.today().isoformat(),
            detail={},
        )


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Look for cycles seldom: revisions come by the ten thousand and hold none, and looking costs a tenth."""
    before = gc.get_threshold()
    gc.set_threshold(_COLLECT_EVERY, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _take_attachments(
    work: Writing, payload: Payload, gathered: _Gathered, progress: Progress, *, keep: bool
) -> tuple[str, ...]:
    """Keep the photos; gives the ones that records name but that are neither here nor in the package."""
    for sha256 in sorted(payload.attachments):
        progress.check_cancelled()
        content = payload.attachment(sha256)
        if keep and sha256 not in gathered.gone and not work.files.has(sha256):
            work.files.put(content)
    return tuple(
        sha256
        for sha256 in gathered.attachments
        if sha256 not in payload.attachments and sha256 not in gathered.gone and not work.files.has(sha256)
    )


def _leave_out_erased(work: Writing, gathered: _Gathered, packed: Collection[str]) -> None:
    """An old stick must not bring back the photos of somebody who was erased since."""
    naming = {item for ids in gathered.attachments.values() for item in ids}
    empty = work.revisions.emptied(naming)
    unnamed = {sha256 for sha256, ids in gathered.attachments.items() if empty.issuperset(ids)}
    wanted = forgetting.gone_files(work).intersection(packed).difference(gathered.attachments)
    gone = unnamed | wanted
    gathered.gone = frozenset(gone) - work.revisions.names_files(gone)


def _missing_numbers(read: Reading, manifest: PackageManifest) -> tuple[int, ...]:
    rows = read.packages.all(INCOMING, unit=manifest.sender)
    same = (row.number for row in rows if row.detail.get("writer") == manifest.writer)
    return plan.missing_numbers(manifest.number, known=same)


def _conflicts(read: Reading, record_ids: set[str]) -> int:
    ids = sorted(record_ids)
    pages = (ids[start : start + _IN_LIMIT] for start in range(0, len(ids), _IN_LIMIT))
    return sum(record.heads > 1 for page in pages for record in read.records.many(page).values())


def _detail(manifest: PackageManifest, gathered: _Gathered, answer: Imported) -> dict[str, Any]:
    """What the log remembers of a package. `ends` are revisions that are here while it counts as taken in."""
    return {
        "ends": [tip.id for scope in manifest.scopes for tip in manifest.tips.get(scope, ())],
        "writer": manifest.writer,
        "part": manifest.part,
        "parts": manifest.parts,
        "months": list(manifest.months),
        "closed": {scope: sorted(months) for scope, months in gathered.tally.closed.items()},
        "records": answer.new + answer.changed + answer.already,
        "new": answer.new,
        "changed": answer.changed,
        "conflicts": answer.conflicts,
        "missing": answer.missing,
        "missing_numbers": list(answer.missing_numbers),
        "verdict": answer.verdict,
    }
