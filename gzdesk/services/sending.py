"""Export: what the other side has not proved it holds goes into a package, and the package onto the stick."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import gzdesk
from gzdesk.domain.period import Month
from gzdesk.domain.revision import Revision
from gzdesk.domain.unit import Unit
from gzdesk.errors import UserError
from gzdesk.exchange import delivery, disk, plan, stages
from gzdesk.exchange.keys import OwnKeys, join_proof
from gzdesk.exchange.limits import PartLimits
from gzdesk.exchange.lines import line_of
from gzdesk.exchange.manifest import ABILITIES, Introduction
from gzdesk.exchange.package import SUFFIX, BuiltPart, PackageBuilder
from gzdesk.i18n import gettext as _
from gzdesk.progress import NO_PROGRESS, Progress
from gzdesk.services import handed_down
from gzdesk.services.contents import ContentRow, Tally, attachments_of, body_of, may_name_attachments
from gzdesk.services.context import Context
from gzdesk.services.enrolment import open_invitation, own_keys
from gzdesk.services.peers import Peer, Pending, load_peer, save_peer, tips_to_data, tips_to_manifest
from gzdesk.services.writer_renewal import remember_place
from gzdesk.storage.packages import OUTGOING
from gzdesk.storage.revisions import Tip
from gzdesk.storage.store import Reading, Writing

OUTBOX = "outbox"
KEPT_PACKAGES = 3
"""So many packages without a receipt are kept in the outbox; a newer one repeats all that an older one holds."""

_CHECK_EVERY = 500
_BYTES_PER_REVISION = 130


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageContents:
    """What the next package to a unit would hold, in plain words."""

    to: Unit
    number: int
    months: tuple[Month, ...]
    rows: tuple[ContentRow, ...]
    revisions: int
    attachments: int
    size_bytes: int  # estimated


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """One file that is on the stick now. `left_out` attachments are named by records but not on this PC."""

    file: Path
    to: Unit
    number: int
    part: int
    parts: int
    months: tuple[Month, ...]
    revisions: int
    attachments: int
    left_out: int
    size_bytes: int
    contents: tuple[ContentRow, ...] = ()  # of the whole package, the same for each of its parts


@dataclass(frozen=True, slots=True, kw_only=True)
class _Load:
    """A package that lies finished in the outbox."""

    to: Unit
    number: int
    tips: tuple[Tip, ...]
    months: tuple[str, ...]
    parts: tuple[BuiltPart, ...]
    left_out: int
    contents: tuple[ContentRow, ...]


class Sending:
    """Exports of one ledger. Tests of the protocol override `known_to`."""

    part_limits = PartLimits()

    def __init__(self, context: Context) -> None:
        self._context = context
        self._outbox = context.store.folder / OUTBOX

    def contents(self, to: Unit) -> PackageContents:
        """Look at what would be sent, without making a file."""
        with self._context.store.reading() as read:
            peer = load_peer(read.local, to.id)
            tally, files, count = Tally(self._context.types), dict[str, None](), 0
            for revision in self._unsent(read, peer):
                count += 1
                _count(read, revision, tally, files)
            held = [sha256 for sha256 in (*files, *peer.wants) if read.files.has(sha256)]
            size = sum(read.files.path(sha256).stat().st_size for sha256 in held)
        return PackageContents(
            to=to,
            number=peer.sent_number + 1,
            months=tuple(map(Month.parse, tally.sorted_months)),
            rows=tally.rows(attachments=len(held)),
            revisions=count,
            attachments=len(held),
            size_bytes=size + count * _BYTES_PER_REVISION,
        )

    def export(
        self, out: Path, units: Sequence[Unit], *, progress: Progress = NO_PROGRESS
    ) -> tuple[Exported, ...]:
        """Write a package for each unit to a folder or, for one unit, under a name ending in .gzp.

        All files are read back from the stick before any of them gets its name. Raises UserError when a unit can't
        be sent to, or the stick or the disk gives trouble; then nothing was changed and the next try starts anew.
        """
        progress.stage(stages.checking())
        folder, name = _target(out, single=len(units) == 1)
        try:
            self._outbox.mkdir(exist_ok=True)
            self._tidy_outbox()
            progress.stage(stages.packing())
            handed_down.write_down(self._context)
            loads = []
            for number, unit in enumerate(units):
                progress.step(number, len(units))
                loads.append(self._pack(unit, progress))
            remember_place(self._context)
        except OSError as error:
            raise disk.own_disk_fault(error) from error
        items = list(_items(loads, folder, name))
        delivery.deliver(items, progress=progress)
        self._log(loads)
        return tuple(_exported(loads, items))

    def known_to(self, read: Reading, peer: Peer) -> Iterable[Tip]:
        """What the other side has proved it holds: the tips of its last package, and nothing else."""
        return peer.tips

    @property
    def _tree(self) -> plan.Tree:
        # Asked for anew each time: joining a town brings another list of units.
        return plan.Tree.of(self._context.units)

    def _unsent(self, read: Reading, peer: Peer) -> Iterator[Revision]:
        scopes = self._tree.scopes_between(self._context.me.id, peer.unit)
        return read.revisions.unknown_to(scope_ids=scopes, tips=self.known_to(read, peer))

    def _pack(self, unit: Unit, progress: Progress) -> _Load:
        keys = self._keys()
        with self._context.store.reading() as read:
            peer = load_peer(read.local, unit.id)
            if not peer.accepted:
                raise self._unknown(unit)
            recipients = (keys.public().sealing, *(known.sealing for known in peer.accepted))
            with PackageBuilder(
                folder=self._outbox, recipients=recipients, limits=self.part_limits
            ) as builder:
                tally, left_out = self._fill(read, peer, builder, progress)
                return self._finish(read, peer, builder, keys=keys, unit=unit, tally=tally, left_out=left_out)

    def _fill(
        self, read: Reading, peer: Peer, builder: PackageBuilder, progress: Progress
    ) -> tuple[Tally, int]:
        tally, files = Tally(self._context.types), dict[str, None]()
        for number, revision in enumerate(self._unsent(read, peer)):
            if number % _CHECK_EVERY == 0:
                progress.check_cancelled()
            builder.add_line(line_of(revision))
            _count(read, revision, tally, files)
        left_out = 0
        for sha256 in dict.fromkeys((*files, *peer.wants)):
            progress.check_cancelled()
            content = read.files.read(sha256)
            if content is None:
                left_out += sha256 in files
            else:
                builder.add_attachment(sha256, content)
        return tally, left_out

    def _finish(
        self,
        read: Reading,
        peer: Peer,
        builder: PackageBuilder,
        *,
        keys: OwnKeys,
        unit: Unit,
        tally: Tally,
        left_out: int,
    ) -> _Load:
        context, me = self._context, self._context.me
        number, today = peer.sent_number + 1, context.mint.today()
        upward = self._tree.parent(me.id) == unit.id
        month = tally.name_month(Month.of(today))

        def name(part: int, parts: int) -> str:
            if upward:
                return plan.upward_name(unit=me.label, month=month, number=number, part=part, parts=parts)
            return plan.downward_name(unit=unit.label, number=number, part=part, parts=parts)

        scopes = self._tree.scopes_between(me.id, unit.id)
        tips = read.revisions.tips(scopes)
        parts = builder.finish(
            name=name,
            secret=keys.signing,
            abilities=ABILITIES,
            authority=peer.accepted[-1].signing if upward else keys.public().signing,
            introduction=self._introduction(read, keys),
            made_on=today.isoformat(),
            months=tally.sorted_months,
            number=number,
            program=gzdesk.__version__,
            receiver=unit.id,
            scopes=scopes,
            sender=me.id,
            signer=keys.public().signing,
            tips=tips_to_manifest(tips),
            wants=tuple(sha256 for sha256 in peer.lacking if not read.files.has(sha256)),
            writer=context.store.writer,
        )
        return _Load(
            to=unit,
            number=number,
            tips=tips,
            months=tally.sorted_months,
            parts=parts,
            left_out=left_out,
            contents=tally.rows(attachments=sum(part.manifest.counts.attachments for part in parts)),
        )

    def _introduction(self, read: Reading, keys: OwnKeys) -> Introduction | None:
        secret = open_invitation(read)
        if secret is None:
            return None
        public = keys.public()
        proof = join_proof(secret=secret, unit=self._context.me.id, keys=public)
        return Introduction(proof=proof, sealing=public.sealing, signing=public.signing)

    def _keys(self) -> OwnKeys:
        with self._context.store.writing() as work:
            keys = own_keys(self._context, work)
            work.commit()
        return keys

    def _unknown(self, unit: Unit) -> UserError:
        if self._tree.parent(self._context.me.id) == unit.id:
            return UserError(
                code="not_joined",
                message=_("This ledger has not joined a town yet, so there is nobody to report to."),
                hint=_("Ask the town station for a join file and open it in the settings."),
            )
        return UserError(
            code="unit_not_enrolled",
            message=_("{unit} has not reported yet, so nothing can be sealed for it.").format(
                unit=unit.label
            ),
            hint=_("Give {unit} a join file; take in its first report file, then answer it.").format(
                unit=unit.label
            ),
        )

    def _log(self, loads: Sequence[_Load]) -> None:
        today = self._context.mint.today().isoformat()
        with self._context.store.writing() as work:
            for load in loads:
                for part in load.parts:
                    work.packages.add(
                        direction=OUTGOING,
                        sha256=part.id,
                        unit=load.to.id,
                        number=load.number,
                        file_name=part.path.name,
                        day=today,
                        detail={
                            "part": part.manifest.part,
                            "parts": part.manifest.parts,
                            "months": list(load.months),
                            "revisions": part.manifest.counts.revisions,
                            "attachments": part.manifest.counts.attachments,
                            "size_bytes": part.size_bytes,
                            "written_at": self._context.mint.timestamp(),
                            "tips": tips_to_data(load.tips),
                        },
                    )
                self._remember(work, load)
            work.commit()

    def _remember(self, work: Writing, load: _Load) -> None:
        peer = load_peer(work.local, load.to.id)
        made = tuple(Pending(id=part.id, number=load.number, file_name=part.path.name) for part in load.parts)
        kept = tuple(item for item in peer.pending if item.number > load.number - KEPT_PACKAGES)
        save_peer(work.local, replace(peer, sent_number=load.number, pending=(*kept, *made)))

    def _tidy_outbox(self) -> None:
        """Remove what a stopped export left behind, and copies that newer ones repeat."""
        with self._context.store.reading() as read:
            keep = {
                item.file_name
                for unit in self._context.units
                for item in load_peer(read.local, unit.id).pending
            }
        for path in self._outbox.iterdir():
            if path.name not in keep:
                disk.remove(path)


def _count(read: Reading, revision: Revision, tally: Tally, files: dict[str, None]) -> None:
    values = body_of(revision)
    tally.add(revision.header, values)
    if not may_name_attachments(revision.body_text):
        return
    named = dict.fromkeys(attachments_of(values))
    # What a parent names was sent with the parent, or its receiver asks for it.
    for parent_id in revision.header.parents:
        parent = read.revisions.get(parent_id)
        for sha256 in attachments_of(body_of(parent)) if parent else ():
            named.pop(sha256, None)
    files.update(named)


def _target(out: Path, *, single: bool) -> tuple[Path, str | None]:
    """The folder to write to and, when `out` names a file, its name. One missing folder level is made."""
    folder, name = (out.parent, out.name) if out.suffix == SUFFIX and not out.is_dir() else (out, None)
    if name is not None and not single:
        raise UserError(
            code="folder_needed",
            message=_("Several files can't be written under one name."),
            hint=_("Give a folder instead of a file name."),
        )
    try:
        if not folder.is_dir() and folder.parent.is_dir():
            folder.mkdir()
    except OSError as error:
        raise disk.stick_fault(error, folder=folder) from error
    if not folder.is_dir():
        raise UserError(
            code="folder_missing",
            message=_("{folder} is not there.").format(folder=folder),
            hint=_("Put the stick in, or choose another folder, and press again."),
        )
    return folder, name


def _items(loads: Iterable[_Load], folder: Path, name: str | None) -> Iterator[delivery.Item]:
    for load in loads:
        for part in load.parts:
            wanted = part.path.name
            if name is not None:
                several = "" if len(load.parts) == 1 else f"_{part.manifest.part}-{part.manifest.parts}"
                target = folder / f"{Path(name).stem}{several}{SUFFIX}"
            else:
                target = _free_name(folder, wanted)
            yield delivery.Item(
                source=part.path, target=target, sha256=part.sha256, size_bytes=part.size_bytes
            )


def _free_name(folder: Path, name: str) -> Path:
    # A PC put back from a copy counts from an older number: its file must not take the place of another.
    target, number = folder / name, 1
    while target.exists():
        number += 1
        target = folder / f"{Path(name).stem}_{number}{SUFFIX}"
    return target


def _exported(loads: Iterable[_Load], items: Iterable[delivery.Item]) -> Iterator[Exported]:
    targets = iter(items)
    for load in loads:
        for part in load.parts:
            yield Exported(
                file=next(targets).target,
                to=load.to,
                number=load.number,
                part=part.manifest.part,
                parts=part.manifest.parts,
                months=tuple(map(Month.parse, load.months)),
                revisions=part.manifest.counts.revisions,
                attachments=part.manifest.counts.attachments,
                left_out=load.left_out if part.manifest.part == 1 else 0,
                size_bytes=part.size_bytes,
                contents=load.contents,
            )
