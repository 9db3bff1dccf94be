"""Receipts: the other side's next package proves what it holds; nothing else counts as handed over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from gzdesk.exchange import disk
from gzdesk.services.peers import Pending, load_peer, save_peer, tips_from_data
from gzdesk.services.sending import OUTBOX
from gzdesk.storage.packages import OUTGOING
from gzdesk.storage.revisions import Tip
from gzdesk.storage.store import Reading, Writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """How far each chain is proved to be on the other side."""

    up_to: Mapping[tuple[str, str], int]

    def covers(self, *, unit: str, writer: str, seq: int) -> bool:
        """Whether the other side holds that revision: a list row carries its unit, writer and seq."""
        return seq <= self.up_to.get((unit, writer), 0)

    def covers_all(self, tips: Iterable[Tip]) -> bool:
        """Whether the other side holds everything up to those tips."""
        return all(self.covers(unit=tip.scope, writer=tip.writer, seq=tip.seq) for tip in tips)


def acknowledged(read: Reading, unit: str) -> Acknowledged:
    """What the last package of a unit proves. An announced tip that is not here proves nothing.

    A cloned writer's chain counts only once every branch of it was announced: its numbers are ambiguous before.
    """
    announced = [tip for tip in load_peer(read.local, unit).tips if read.revisions.get(tip.id) is not None]
    ids = {tip.id for tip in announced}
    branches: dict[tuple[str, str], list[str]] = {}
    for tip in read.revisions.tips({tip.scope for tip in announced}):
        branches.setdefault((tip.scope, tip.writer), []).append(tip.id)
    up_to: dict[tuple[str, str], int] = {}
    for tip in announced:
        chain = (tip.scope, tip.writer)
        own = branches.get(chain, [])
        if len(own) <= 1 or ids >= set(own):
            up_to[chain] = max(up_to.get(chain, 0), tip.seq)
    return Acknowledged(up_to=up_to)


def settle(work: Writing, unit: str, *, today: date) -> tuple[str, ...]:
    """Mark the packages to a unit that its tips now cover; gives their file names in the outbox."""
    peer = load_peer(work.local, unit)
    if not peer.pending:
        return ()
    proved = acknowledged(work, unit)
    covered: list[str] = []
    pending: list[Pending] = []
    for item in peer.pending:
        row = work.packages.find(OUTGOING, item.id)
        if row is None or not proved.covers_all(tips_from_data(row.detail["tips"])):
            pending.append(item)
            continue
        detail = {**row.detail, "acknowledged_on": today.isoformat(), "answered_by": peer.heard_number}
        work.packages.set_detail(row.key, detail)
        covered.append(item.file_name)
    save_peer(work.local, replace(peer, pending=tuple(pending)))
    return tuple(covered)


def discard(folder: Path, file_names: Iterable[str]) -> None:
    """Remove the outbox copies of packages that are covered; one that stays goes with the next export."""
    for name in file_names:
        with suppress(OSError):
            disk.remove(folder / OUTBOX / name)
