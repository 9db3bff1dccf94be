"""Join files and keys: the town invites a unit, the unit makes its own keys, both can compare a short number."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import gzdesk
from gzdesk.domain.unit import Unit, Units
from gzdesk.errors import UserError
from gzdesk.exchange import disk, plan
from gzdesk.exchange.enrolment import JoinFile, open_join_file, write_join_file
from gzdesk.exchange.keys import SECRET_BYTES, OwnKeys, PublicKeys
from gzdesk.exchange.lines import line_of
from gzdesk.exchange.manifest import ABILITIES, UnitEntry
from gzdesk.i18n import gettext as _
from gzdesk.services import handed_down
from gzdesk.services.context import Context
from gzdesk.services.peers import (
    Invitation,
    Peer,
    add_keys,
    load_keys,
    load_peer,
    load_peers,
    save_peer,
    tips_of,
    tips_to_manifest,
)
from gzdesk.storage.authoring import Received
from gzdesk.storage.store import Reading, Writing

_INVITATION = "invitation"


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeJoinFile:
    """A join file that was just written."""

    file: Path
    unit: Unit
    town_fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """What a join file offers: which unit in which town, and the town's number to compare on the phone."""

    file: Path
    unit: Unit
    units: Units
    town_fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownUnit:
    """Another unit as this PC knows it. `state` is waiting, accepted or revoked."""

    unit: Unit
    state: str
    fingerprints: tuple[str, ...]
    invited_on: str
    accepted_on: str
    heard_on: str
    program: str


def read_join_file(file: Path) -> Joining:
    """Look into a join file without changing anything. Raises UserError when it is no good."""
    with open_join_file(file) as join:
        return _joining(file, join)


class Enrolment:
    """Joining a town, from both ends."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def enrol(self, unit: str, out: Path) -> MadeJoinFile:
        """Town: write the join file of a unit, to a folder or under a name. Every call is a new invitation.

        Raises UserError when the unit is none of ours or the file can't be written; then nothing was changed.
        """
        invited = self._unit_below(unit)
        handed_down.write_down(self._context)
        target = out / plan.join_file_name(invited.label) if out.is_dir() else out
        mint = self._context.mint
        secret = mint.random_bytes(SECRET_BYTES).hex()
        with self._context.store.writing() as work:
            keys = own_keys(self._context, work)
            peer = load_peer(work.local, invited.id)
            invitation = Invitation(secret=secret, issued_on=mint.today().isoformat())
            save_peer(work.local, replace(peer, invitations=(*peer.invitations, invitation)))
            self._write(work, target, invited, keys, secret)
            work.commit()
        return MadeJoinFile(file=target, unit=invited, town_fingerprint=keys.public().fingerprint)

    def accept(self, joining: Joining) -> None:
        """Village: join the town that made the file. Makes new keys and takes over the town's catalogue.

        Also for a ledger that has worked without a town so far. Raises UserError when the file is for another unit.
        """
        if joining.unit.id != self._context.me.id:
            raise UserError(
                code="join_other_unit",
                message=_("This join file is for {unit}; this ledger belongs to {me}.").format(
                    unit=joining.unit.label, me=self._context.me.label
                ),
                hint=_("Ask the town station for the join file of {me}.").format(me=self._context.me.label),
            )
        with open_join_file(joining.file) as join, self._context.store.writing() as work:
            self._take_over(work, join, joining)
            work.commit()
        self._context.listed, self._context.me = joining.units, joining.unit
        handed_down.take_effect(self._context, handed_down.BASES)

    def fingerprint(self, unit: str | None = None) -> str:
        """The number to read out on the phone: this PC's own, or that of a unit's trusted keys ("" for none)."""
        other = self._context.me.id if unit is None else self._context.unit(unit).id
        if other != self._context.me.id:
            with self._context.store.reading() as read:
                accepted = load_peer(read.local, other).accepted
            return accepted[-1].fingerprint if accepted else ""
        with self._context.store.writing() as work:
            number = own_keys(self._context, work).public().fingerprint
            work.commit()
        return number

    def has_joined(self) -> bool:
        """Village: whether there is a town to report to."""
        parent = plan.Tree.of(self._context.units).parent(self._context.me.id)
        with self._context.store.reading() as read:
            return parent is not None and bool(load_peer(read.local, parent).accepted)

    def known_units(self) -> tuple[KnownUnit, ...]:
        """The units that packages may go to and come from, in the official order."""
        tree, me = plan.Tree.of(self._context.units), self._context.me.id
        with self._context.store.reading() as read:
            peers = load_peers(read.local, (unit.id for unit in self._context.units))
            return tuple(
                _known(unit, peers[unit.id])
                for unit in self._context.units
                if tree.are_neighbours(me, unit.id)
            )

    def revoke(self, unit: str) -> None:
        """Town: stop trusting the PCs of a unit. What they wrote so far stays; a new join file starts anew."""
        revoked = self._unit_below(unit)
        scopes = plan.Tree.of(self._context.units).at_or_below(revoked.id)
        with self._context.store.writing() as work:
            peer = load_peer(work.local, revoked.id)
            spent = tuple(replace(item, used_by=item.used_by or "revoked") for item in peer.invitations)
            until = work.revisions.tips(scopes)
            save_peer(work.local, replace(peer.revoked(until=until), invitations=spent))
            work.commit()

    def _unit_below(self, key: str) -> Unit:
        unit = self._context.unit(key)
        if unit.id not in plan.Tree.of(self._context.units).children(self._context.me.id):
            raise UserError(
                code="not_a_unit_below",
                message=_("{unit} does not report to this unit.").format(unit=unit.label),
                hint=_("Join files are made on the town station's PC, one for each village."),
            )
        return unit

    def _write(self, work: Writing, target: Path, unit: Unit, keys: OwnKeys, secret: str) -> None:
        context = self._context
        scopes = plan.Tree.of(context.units).at_or_above(context.me.id)
        public = keys.public()
        try:
            write_join_file(
                target,
                lines=map(line_of, work.revisions.unknown_to(scope_ids=scopes, tips=())),
                secret_key=keys.signing,
                abilities=ABILITIES,
                made_on=context.mint.today().isoformat(),
                program=gzdesk.__version__,
                scopes=scopes,
                sealing=public.sealing,
                secret=secret,
                signing=public.signing,
                tips=tips_to_manifest(work.revisions.tips(scopes)),
                town=_entry(context.units.town),
                unit=unit.id,
                units=tuple(_entry(item) for item in context.units.below),
                writer=context.store.writer,
            )
        except OSError as error:
            raise disk.stick_fault(error, folder=target.parent) from error

    def _take_over(self, work: Writing, join: JoinFile, joining: Joining) -> None:
        town = joining.units.town
        scopes = join.manifest.scopes
        if not set(scopes) <= set(plan.Tree.of(joining.units).at_or_above(town.id)):
            raise UserError(
                code="join_file_broken",
                message=_("This join file is damaged or incomplete."),
                hint=_("Ask the town station for a new one."),
            )
        today = self._context.mint.today().isoformat()
        work.revisions.receive(join.payload.revisions(scopes=scopes, make=Received), package=None)
        add_keys(work.local, OwnKeys.generate(self._context.mint.random_bytes))
        peer = load_peer(work.local, town.id)
        told = tips_of(join.manifest.tips)
        peer = replace(peer.revoked(until=()), tips=told, abilities=join.manifest.abilities)
        save_peer(work.local, peer.with_keys(join.keys, since=today))
        work.local.put(_INVITATION, {"secret": join.manifest.secret, "answered": False})
        identity = {"unit": joining.unit.to_data(), "units": joining.units.to_data()}
        work.local.put("identity", identity)


def own_keys(context: Context, work: Writing) -> OwnKeys:
    """The keys of this PC, made when first needed."""
    keys = load_keys(work.local)
    if keys is None:
        keys = OwnKeys.generate(context.mint.random_bytes)
        add_keys(work.local, keys)
    return keys


def open_invitation(read: Reading) -> str | None:
    """The secret to prove in each package until the town has answered one."""
    invitation = read.local.get(_INVITATION)
    return invitation["secret"] if invitation and not invitation["answered"] else None


def close_invitation(work: Writing) -> None:
    """The town has answered, so it knows our keys."""
    if open_invitation(work) is not None:
        work.local.put(_INVITATION, {"secret": "", "answered": True})


def _joining(file: Path, join: JoinFile) -> Joining:
    manifest = join.manifest
    units = Units(town=_unit(manifest.town), below=tuple(map(_unit, manifest.units)))
    unit = next(item for item in units.below if item.id == manifest.unit)
    return Joining(file=file, unit=unit, units=units, town_fingerprint=join.keys.fingerprint)


def _entry(unit: Unit) -> UnitEntry:
    """The unit for a join file; from when to when there is one stands in its record, which goes along."""
    return UnitEntry(
        id=unit.id,
        name=unit.name,
        name_en=unit.name_en,
        kind=unit.kind,
        short=unit.short,
        code=unit.code,
    )


def _unit(entry: UnitEntry) -> Unit:
    return Unit(
        id=entry.id,
        name=entry.name,
        name_en=entry.name_en,
        kind=entry.kind,
        short=entry.short,
        code=entry.code,
    )


def _known(unit: Unit, peer: Peer) -> KnownUnit:
    accepted: tuple[PublicKeys, ...] = peer.accepted
    return KnownUnit(
        unit=unit,
        state=peer.state,
        fingerprints=tuple(keys.fingerprint for keys in accepted),
        invited_on=max((item.issued_on for item in peer.invitations), default=""),
        accepted_on=max((known.since for known in peer.keys if known.keys in accepted), default=""),
        heard_on=peer.heard_on,
        program=peer.program,
    )
