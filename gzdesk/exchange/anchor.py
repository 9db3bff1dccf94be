"""The anchor: a small file beside the ledger that remembers what was last handed out.

A ledger that is behind its anchor was put back from a copy; one whose anchor names another place was moved or
cloned. Going on under the old writer's name would fork its chain, so a new writer begins (sync.md, Words).
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from gzdesk.exchange import disk

FILE_NAME = "anchor.json"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class OwnTip:
    """How far this PC's own writer had come in one scope."""

    scope: str
    seq: int
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """What was true when the last package left."""

    writer: str
    place: str
    tips: tuple[OwnTip, ...]


def place_of(folder: Path) -> str:
    """A short name of this PC and folder: other on a copy elsewhere, and telling nobody where it is."""
    words = f"{platform.node()}\n{folder.resolve()}"
    return hashlib.sha256(words.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def write_anchor(folder: Path, anchor: Anchor) -> None:
    """Write the anchor whole. Faults of the disk come out as OSError."""
    data = {
        "writer": anchor.writer,
        "place": anchor.place,
        "tips": [[tip.scope, tip.seq, tip.id] for tip in sorted(anchor.tips)],
    }
    with disk.whole_file(folder / FILE_NAME) as file:
        file.write(json.dumps(data, indent=1, sort_keys=True).encode("ascii"))


def read_anchor(folder: Path) -> Anchor | None:
    """The anchor, or None when there is none that can be read: then nothing is known, and nothing is renewed."""
    try:
        data = json.loads((folder / FILE_NAME).read_bytes())
        tips = tuple(
            OwnTip(scope=str(scope), seq=int(seq), id=str(held)) for scope, seq, held in data["tips"]
        )
        return Anchor(writer=str(data["writer"]), place=str(data["place"]), tips=tips)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def has_moved(anchor: Anchor | None, *, writer: str, place: str, own_tips: Iterable[OwnTip]) -> bool:
    """Whether the ledger is not the one, or not where, the anchor says; then its writer must be renewed."""
    if anchor is None:
        return False
    if anchor.writer != writer or anchor.place != place:
        return True
    held = {(tip.scope, tip.seq): tip.id for tip in own_tips}
    reached = dict(sorted(held))
    return any(
        reached.get(tip.scope, 0) < tip.seq or held.get((tip.scope, tip.seq), tip.id) != tip.id
        for tip in anchor.tips
    )
