"""The units that packages go to and come from: their keys, what they last said they hold, what photos are missing.

Kept in the ledger's own local values, one per unit, and never exchanged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from gzdesk.exchange.keys import OwnKeys, PublicKeys
from gzdesk.exchange.manifest import ChainTip
from gzdesk.exchange.manifest import Tips as ManifestTips
from gzdesk.storage.local import LocalReader, LocalWriter
from gzdesk.storage.revisions import Tip

WAITING, ACCEPTED, REVOKED = "waiting", "accepted", "revoked"

_PREFIX = "peer:"
_OWN_KEYS = "keys"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownKeys:
    """Public keys of a unit and whether they are trusted. Revoked ones vouch only for what `until` names."""

    keys: PublicKeys
    state: str
    since: str
    until: tuple[Tip, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A join file that was handed out: its one-time secret, and the signing key that used it."""

    secret: str
    issued_on: str
    used_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A file that was handed out and that no receipt has covered yet; `id` is its manifest's."""

    id: str
    number: int
    file_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """All that is known of another unit.

    `tips` and `wants` (photos it misses) are from its last package; `lacking` are photos that we miss of its records;
    `pending` are the last packages to it that no receipt has covered yet.
    """

    unit: str
    keys: tuple[KnownKeys, ...] = ()
    invitations: tuple[Invitation, ...] = ()
    tips: tuple[Tip, ...] = ()
    wants: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    abilities: tuple[str, ...] = ()
    program: str = ""
    heard_on: str = ""
    heard_number: int = 0
    sent_number: int = 0
    pending: tuple[Pending, ...] = ()

    @classmethod
    def from_data(cls, unit: str, data: Mapping[str, Any]) -> Self:
        """The peer as the ledger keeps it."""
        return cls(
            unit=unit,
            keys=tuple(_keys(row) for row in data.get("keys", ())),
            invitations=tuple(Invitation(**row) for row in data.get("invitations", ())),
            tips=tips_from_data(data.get("tips", ())),
            wants=tuple(data.get("wants", ())),
            lacking=tuple(data.get("lacking", ())),
            abilities=tuple(data.get("abilities", ())),
            program=data.get("program", ""),
            heard_on=data.get("heard_on", ""),
            heard_number=data.get("heard_number", 0),
            sent_number=data.get("sent_number", 0),
            pending=tuple(Pending(**row) for row in data.get("pending", ())),
        )

    def to_data(self) -> dict[str, Any]:
        """The peer for the ledger."""
        return {
            "keys": [
                {
                    "signing": known.keys.signing,
                    "sealing": known.keys.sealing,
                    "state": known.state,
                    "since": known.since,
                    "until": tips_to_data(known.until),
                }
                for known in self.keys
            ],
            "invitations": [
                {"secret": item.secret, "issued_on": item.issued_on, "used_by": item.used_by}
                for item in self.invitations
            ],
            "tips": tips_to_data(self.tips),
            "wants": list(self.wants),
            "lacking": list(self.lacking),
            "abilities": list(self.abilities),
            "program": self.program,
            "heard_on": self.heard_on,
            "heard_number": self.heard_number,
            "sent_number": self.sent_number,
            "pending": [
                {"id": item.id, "number": item.number, "file_name": item.file_name} for item in self.pending
            ],
        }

    @property
    def accepted(self) -> tuple[PublicKeys, ...]:
        """The keys that are trusted now, the newest last."""
        return tuple(known.keys for known in self.keys if known.state == ACCEPTED)

    @property
    def state(self) -> str:
        """`accepted` with a trusted key, else `revoked` when there was one, else `waiting`."""
        if self.accepted:
            return ACCEPTED
        return REVOKED if self.keys else WAITING

    def with_keys(self, keys: PublicKeys, *, since: str) -> Self:
        """The peer with one more trusted pair of keys; the same pair again changes nothing."""
        if keys in self.accepted:
            return self
        return replace(self, keys=(*self.keys, KnownKeys(keys=keys, state=ACCEPTED, since=since)))

    def revoked(self, *, until: Iterable[Tip]) -> Self:
        """The peer with no trusted keys; what they signed before goes on counting."""
        named = tuple(until)
        return replace(
            self,
            keys=tuple(
                known if known.state == REVOKED else replace(known, state=REVOKED, until=named)
                for known in self.keys
            ),
        )


def load_peer(local: LocalReader, unit: str) -> Peer:
    """What is known of a unit; a unit never heard of has an empty entry."""
    return Peer.from_data(unit, local.get(_PREFIX + unit, {}))


def load_peers(local: LocalReader, units: Iterable[str]) -> Mapping[str, Peer]:
    """What is known of each of those units, as `load_peer` gives it: one query where a town would ask 300 times."""
    known = local.with_prefix(_PREFIX)
    return {unit: Peer.from_data(unit, known.get(_PREFIX + unit, {})) for unit in units}


def save_peer(local: LocalWriter, peer: Peer) -> None:
    """Keep what is known of a unit."""
    local.put(_PREFIX + peer.unit, peer.to_data())


def load_keys(local: LocalReader) -> OwnKeys | None:
    """The keys of this PC, or None before the first join file or package."""
    data = local.get(_OWN_KEYS)
    return None if data is None else OwnKeys.from_data(data[-1])


def load_sealing_keys(local: LocalReader) -> tuple[str, ...]:
    """All secret sealing keys this PC ever had: what was sealed to an earlier one must stay readable."""
    return tuple(row["sealing"] for row in reversed(local.get(_OWN_KEYS, ())))


def own_signing_keys(local: LocalReader) -> frozenset[str]:
    """All public signing keys this PC ever had."""
    return frozenset(OwnKeys.from_data(row).public().signing for row in local.get(_OWN_KEYS, ()))


def add_keys(local: LocalWriter, keys: OwnKeys) -> None:
    """Go on with new keys."""
    local.put(_OWN_KEYS, [*local.get(_OWN_KEYS, ()), keys.to_data()])


def tips_of(told: ManifestTips) -> tuple[Tip, ...]:
    """Tips as a manifest tells them."""
    return tuple(
        Tip(scope=scope, writer=tip.writer, seq=tip.seq, id=tip.id)
        for scope, found in told.items()
        for tip in found
    )


def tips_to_manifest(tips: Iterable[Tip]) -> ManifestTips:
    """Tips in the form of a manifest."""
    found: dict[str, tuple[ChainTip, ...]] = {}
    for tip in tips:
        found[tip.scope] = (*found.get(tip.scope, ()), ChainTip(tip.writer, tip.seq, tip.id))
    return found


def tips_to_data(tips: Iterable[Tip]) -> list[list[object]]:
    """Tips as JSON."""
    return [[tip.scope, tip.writer, tip.seq, tip.id] for tip in tips]


def tips_from_data(rows: Iterable[Any]) -> tuple[Tip, ...]:
    """Tips from JSON."""
    return tuple(Tip(scope=scope, writer=writer, seq=seq, id=held) for scope, writer, seq, held in rows)


def _keys(row: Mapping[str, Any]) -> KnownKeys:
    keys = PublicKeys(signing=row["signing"], sealing=row["sealing"])
    return KnownKeys(keys=keys, state=row["state"], since=row["since"], until=tips_from_data(row["until"]))
