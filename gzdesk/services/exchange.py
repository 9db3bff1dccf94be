"""Packages on a stick, in both directions: look, export, import, and what has been acknowledged (sync.md)."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from gzdesk.domain.period import Month
from gzdesk.domain.unit import Unit
from gzdesk.errors import UserError
from gzdesk.exchange import plan, stages
from gzdesk.exchange.package import SUFFIX, open_package, unseal_payload
from gzdesk.exchange.refusal import Refused
from gzdesk.exchange.stages import export_stages, import_stages
from gzdesk.i18n import gettext as _
from gzdesk.progress import NO_PROGRESS, Cancelled, Progress
from gzdesk.services import receipts
from gzdesk.services.contents import ContentRow, Tally
from gzdesk.services.context import Context
from gzdesk.services.peers import REVOKED, Peer, load_peer, load_peers, load_sealing_keys
from gzdesk.services.receipts import Acknowledged
from gzdesk.services.receiving import INBOX, Receiving
from gzdesk.services.sending import Exported, PackageContents, Sending
from gzdesk.services.trust import judge
from gzdesk.services.verdicts import Imported
from gzdesk.storage.authoring import Received
from gzdesk.storage.packages import INCOMING, OUTGOING, PackageRow
from gzdesk.storage.revisions import Gap, Tip
from gzdesk.storage.store import Reading

__all__ = [
    "Exchange",
    "Exported",
    "Imported",
    "Inspection",
    "LeftOut",
    "PackageContents",
    "SentPackage",
    "UnitStatus",
    "export_stages",
    "import_stages",
]

ALL = "all"
_DEEPEST = 3
_MOST_FILES = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class SentPackage:
    """A package that was handed out. `acknowledged_on` is empty until a receipt covered it."""

    to: Unit
    number: int
    part: int
    parts: int
    file_name: str
    months: tuple[Month, ...]
    written_at: str
    revisions: int
    attachments: int
    size_bytes: int
    acknowledged_on: str
    answered_by: int  # number of the package that was the receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A unit that nothing can be written for yet; `reason` is a sentence."""

    unit: Unit
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What a file is, without importing it. `trusted` says whether it would be taken in as far as that is known."""

    file: Path
    manifest: dict[str, Any]
    counts: dict[str, int]
    contents: tuple[ContentRow, ...]
    signed_by: str
    trusted: bool
    code: str
    reason: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitStatus:
    """How the exchange with one unit stands."""

    unit: Unit
    state: str  # waiting, accepted, revoked
    tips: tuple[Tip, ...]
    missing: tuple[Gap, ...]
    clones: tuple[str, ...]  # writers that went on in two places
    conflicts: int
    last_import: str  # day of its last package here, "" for none
    last_number: int
    pending: int  # revisions it has not proved to hold
    acknowledged: bool
    missing_attachments: int


class Exchange:
    """Exports and imports of one ledger."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.sending = Sending(context)
        self.receiving = Receiving(context)

    # Out

    def receivers(self, to: str | Sequence[str] | None = None) -> tuple[Unit, ...]:
        """The units that a package can be made for now.

        None is the unit above or, for the town, every unit whose keys are known; so is "all". Raises UserError when
        a named unit is none of ours, or nobody is there.
        """
        tree, me = plan.Tree.of(self._context.units), self._context.me.id
        if to is not None and to != ALL:
            keys = [to] if isinstance(to, str) else list(to)
            units = tuple(self._context.unit(key) for key in keys)
            for unit in units:
                if not tree.are_neighbours(me, unit.id):
                    raise _not_a_neighbour(unit)
            return units
        parent = tree.parent(me)
        if parent is not None:
            return (self._context.unit(parent),)
        with self._context.store.reading() as read:
            peers = load_peers(read.local, (unit.id for unit in self._context.units.below))
        units = tuple(unit for unit in self._context.units.below if peers[unit.id].accepted)
        if not units:
            raise UserError(
                code="nobody_enrolled",
                message=_("No village has reported yet, so there is nobody to answer."),
                hint=_("Make a join file for each village first."),
            )
        return units

    def left_out(self) -> tuple[LeftOut, ...]:
        """Town: the units that nothing can be written for yet, each with why and what to do."""
        today = self._context.mint.today()
        with self._context.store.reading() as read:
            peers = load_peers(read.local, (unit.id for unit in self._context.units.below))
        return tuple(
            LeftOut(unit=unit, reason=_why_left_out(peers[unit.id]))
            for unit in self._context.units.below
            if unit.is_valid_on(today) and not peers[unit.id].accepted
        )

    def contents(self, to: str | None = None) -> PackageContents:
        """What the next package would hold, in plain words."""
        return self.sending.contents(self.receivers(to)[0])

    def export(
        self, out: Path, to: str | Sequence[str] | None = None, *, progress: Progress = NO_PROGRESS
    ) -> tuple[Exported, ...]:
        """Write packages to a stick, folder or file and read them back. See `Sending.export` and `receivers`."""
        return self.sending.export(out, self.receivers(to), progress=progress)

    def sent_packages(self, to: str | None = None, *, limit: int = 100) -> tuple[SentPackage, ...]:
        """What was handed out, newest first."""
        unit = None if to is None else self._context.unit(to).id
        with self._context.store.reading() as read:
            rows = read.packages.all(OUTGOING, unit=unit)[:limit]
        sent = []
        receipts_seen: dict[str, PackageRow] = {}
        for row in rows:
            # Each package repeats what is not proved, so a receipt for one covers all before it.
            if "acknowledged_on" in row.detail:
                receipts_seen[row.unit] = row
            sent.append(self._sent(row, receipts_seen.get(row.unit)))
        return tuple(sent)

    def acknowledged(self, by: str | None = None) -> Acknowledged:
        """What the other side has proved it holds. `by` is the unit above unless one is named."""
        parent = plan.Tree.of(self._context.units).parent(self._context.me.id)
        unit = parent if by is None else self._context.unit(by).id
        with self._context.store.reading() as read:
            return Acknowledged(up_to={}) if unit is None else receipts.acknowledged(read, unit)

    # In

    def find(self, paths: Iterable[Path], *, progress: Progress = NO_PROGRESS) -> tuple[Imported, ...]:
        """Look at every package in files and folders, and say what an import would do; nothing is changed."""
        progress.stage(stages.finding())
        files = self._files(paths)
        progress.stage(stages.comparing())
        return self.receiving.rehearse(files, progress=progress)

    def import_files(
        self, paths: Iterable[Path], *, progress: Progress = NO_PROGRESS
    ) -> tuple[Imported, ...]:
        """Import every package in files and folders, each on its own. Cancelling stops before the next one."""
        progress.stage(stages.finding())
        files = self._files(paths)
        progress.stage(stages.taking_in())
        done: list[Imported] = []
        for number, path in enumerate(files):
            progress.step(number, len(files))
            try:
                progress.check_cancelled()
                done.append(self.receiving.take(path, progress=progress))
            except Cancelled:
                if not done:
                    raise
                break
        return tuple(done)

    def inspect(self, file: Path) -> Inspection:
        """What a package is, without importing it. Raises `Refused` when it can't be read at all."""
        with open_package(file) as envelope, self._context.store.reading() as read:
            manifest = envelope.manifest
            sender = self._context.units.find(manifest.sender)
            refused = None
            try:
                judge(self._context, read, manifest)
            except Refused as refusal:
                refused = refusal
            tally = Tally(self._context.types)
            try:
                secrets = load_sealing_keys(read.local)
                folder = self._context.store.folder
                with unseal_payload(envelope, secrets=secrets, folder=folder) as payload:
                    for item in payload.revisions(scopes=manifest.scopes, make=Received):
                        tally.add(item.header, item.values)
            except Refused as refusal:
                refused = refused or refusal
        counts = {"revisions": manifest.counts.revisions, "attachments": manifest.counts.attachments}
        return Inspection(
            file=file,
            manifest=msgspec.to_builtins(manifest),
            counts={**counts, **{name: len(found) for name, found in sorted(tally.records.items())}},
            contents=tally.rows(attachments=manifest.counts.attachments),
            signed_by=sender.label if sender and refused is None else manifest.signer,
            trusted=refused is None,
            code="" if refused is None else refused.code,
            reason="" if refused is None else refused.message,
            hint="" if refused is None else refused.hint,
        )

    def last_imports(self, *, limit: int = 20) -> tuple[PackageRow, ...]:
        """The last packages that were taken in, newest first."""
        with self._context.store.reading() as read:
            return read.packages.all(INCOMING)[:limit]

    # State

    def status(self) -> tuple[UnitStatus, ...]:
        """How the exchange stands: one row per unit below or, in a village, one for the town."""
        tree, me = plan.Tree.of(self._context.units), self._context.me.id
        neighbours = [unit for unit in self._context.units if tree.are_neighbours(me, unit.id)]
        with self._context.store.reading() as read:
            return tuple(self._status(read, tree, unit) for unit in neighbours)

    # Inside

    def _files(self, paths: Iterable[Path]) -> list[Path]:
        """The packages in files and folders, in the order in which they follow on each other.

        In folders those for other units are left out: a stick that goes round holds everybody's.
        """
        named: list[Path] = []
        found: list[Path] = []
        for path in paths:
            if path.is_dir():
                found.extend(item for item in _packages_in(path) if not self.receiving.is_for_others(item))
            else:
                named.append(path)
        return sorted(dict.fromkeys((*named, *found)), key=self.receiving.sort_key)

    def _sent(self, row: PackageRow, receipt: PackageRow | None) -> SentPackage:
        return SentPackage(
            to=self._context.unit(row.unit),
            number=row.number,
            part=row.detail["part"],
            parts=row.detail["parts"],
            file_name=row.file_name,
            months=tuple(map(Month.parse, row.detail["months"])),
            written_at=row.detail["written_at"],
            revisions=row.detail["revisions"],
            attachments=row.detail["attachments"],
            size_bytes=row.detail["size_bytes"],
            acknowledged_on=receipt.detail["acknowledged_on"] if receipt else "",
            answered_by=receipt.detail["answered_by"] if receipt else 0,
        )

    def _status(self, read: Reading, tree: plan.Tree, unit: Unit) -> UnitStatus:
        me = self._context.me.id
        peer = load_peer(read.local, unit.id)
        between = tree.scopes_between(me, unit.id)
        upwards = tree.parent(me) == unit.id
        received = between if upwards else tree.at_or_below(unit.id)
        pending = read.revisions.count_unknown_to(scope_ids=between, tips=peer.tips)
        tips = read.revisions.tips(between)
        return UnitStatus(
            unit=unit,
            state=peer.state,
            tips=tuple(tip for tip in tips if tip.scope in received),
            missing=read.revisions.gaps(received),
            clones=_clones(tips),
            conflicts=len(read.records.conflicting((me,) if upwards else received)),
            last_import=peer.heard_on,
            last_number=peer.heard_number,
            pending=pending,
            acknowledged=bool(peer.heard_on) and pending == 0,
            missing_attachments=len(peer.lacking),
        )


def _packages_in(folder: Path) -> Iterator[Path]:
    """Package files in a folder and a few levels below; a stick full of other things is not searched for ever."""
    seen = 0
    for place, folders, names in os.walk(folder):
        if len(Path(place).relative_to(folder).parts) >= _DEEPEST:
            folders.clear()
        folders[:] = sorted(name for name in folders if name not in (INBOX, "System Volume Information"))
        for name in sorted(names):
            if name.lower().endswith(SUFFIX) and not name.startswith("."):
                seen += 1
                yield Path(place) / name
                if seen >= _MOST_FILES:
                    return


def _clones(tips: Iterable[Tip]) -> tuple[str, ...]:
    seen: dict[tuple[str, str], int] = {}
    for tip in tips:
        seen[tip.scope, tip.writer] = seen.get((tip.scope, tip.writer), 0) + 1
    return tuple(sorted({writer for (_scope, writer), count in seen.items() if count > 1}))


def _why_left_out(peer: Peer) -> str:
    if peer.state == REVOKED:
        return _("Its PCs are shut out. Give it a new join file.")
    if peer.invitations:
        day = max(item.issued_on for item in peer.invitations)
        words = _(
            "It has a join file since {day} and has not handed anything in yet; its first file comes first."
        )
        return words.format(day=day)
    return _("It has no join file yet. Make one on the page “Join files”.")


def _not_a_neighbour(unit: Unit) -> UserError:
    return UserError(
        code="not_a_neighbour",
        message=_("No files go from here to {unit}.").format(unit=unit.label),
        hint=_("A village reports to its town; the town answers its villages."),
    )
