"""Whether a package is for us, from one of ours, and signed by keys that count."""

from __future__ import annotations

from dataclasses import dataclass, replace

from gzdesk.domain.revision import Header
from gzdesk.exchange import plan, refusal
from gzdesk.exchange.keys import PublicKeys, is_join_proof
from gzdesk.exchange.manifest import PackageManifest
from gzdesk.services.context import Context
from gzdesk.services.peers import ACCEPTED, Peer, load_peer, own_signing_keys
from gzdesk.storage.revisions import Tip
from gzdesk.storage.store import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """The sender as it is to be remembered, and how far the signature counts.

    `until` is None for trusted keys; for revoked ones it names the last revisions they may still bring.
    `first_contact` is the fingerprint of keys that were accepted just now.
    """

    peer: Peer
    until: tuple[Tip, ...] | None = None
    first_contact: str = ""

    def vouches_for(self, header: Header) -> bool:
        """Whether the signature counts for that revision."""
        return self.until is None or any(
            tip.scope == header.scope and tip.writer == header.writer and header.seq <= tip.seq
            for tip in self.until
        )


def judge(context: Context, read: Reading, manifest: PackageManifest) -> Trust:
    """Decide about a package whose signature is sound. Raises `Refused`."""
    _require_for_us(context, read, manifest)
    peer = load_peer(read.local, manifest.sender)
    known = [item for item in peer.keys if item.keys.signing == manifest.signer]
    if any(item.state == ACCEPTED for item in known):
        return Trust(peer=peer)
    if known:
        return Trust(peer=peer, until=tuple(tip for item in known for tip in item.until))
    introduced = _introduced(context, peer, manifest)
    if introduced is not None:
        return Trust(peer=introduced, first_contact=introduced.accepted[-1].fingerprint)
    raise refusal.unknown_signer(context.unit(peer.unit).label)


def _require_for_us(context: Context, read: Reading, manifest: PackageManifest) -> None:
    """Refuse what is from another town, for another unit, or about scopes the sender may not speak of."""
    tree, me = plan.Tree.of(context.units), context.me
    sender, receiver = context.units.find(manifest.sender), context.units.find(manifest.receiver)
    if sender is None or receiver is None or not _is_our_authority(context, read, tree, manifest):
        raise refusal.foreign()
    if receiver.id != me.id:
        raise refusal.not_for_us(receiver.label)
    if not tree.are_neighbours(me.id, sender.id):
        raise refusal.foreign()
    if not set(manifest.scopes) <= set(tree.scopes_between(sender.id, me.id)):
        raise refusal.broken("scopes")


def _is_our_authority(context: Context, read: Reading, tree: plan.Tree, manifest: PackageManifest) -> bool:
    """Whether the upper unit of this exchange is ours: unit names alone are the same in many towns."""
    parent = tree.parent(context.me.id)
    if parent is not None and parent in (manifest.sender, manifest.receiver):
        return manifest.authority in {item.keys.signing for item in load_peer(read.local, parent).keys}
    return manifest.authority in own_signing_keys(read.local)


def _introduced(context: Context, peer: Peer, manifest: PackageManifest) -> Peer | None:
    """The peer with the keys that the package introduces, when it proves a join file's secret."""
    shown = manifest.introduction
    if shown is None or shown.signing != manifest.signer:
        return None
    keys = PublicKeys(signing=shown.signing, sealing=shown.sealing)
    if not keys.are_wellformed():
        raise refusal.broken("introduction")
    for invitation in peer.invitations:
        if not is_join_proof(shown.proof, secret=invitation.secret, unit=peer.unit, keys=keys):
            continue
        if invitation.used_by:
            raise refusal.used_join_file(context.unit(peer.unit).label)
        used = replace(invitation, used_by=keys.signing)
        invitations = tuple(used if item is invitation else item for item in peer.invitations)
        today = context.mint.today().isoformat()
        return replace(peer, invitations=invitations).with_keys(keys, since=today)
    return None
