"""Beginning a new writer when the ledger is not the one, or not where, it was when the last package left.

Loaded at every start: nothing here may need more than the standard library and the open store.
"""

from __future__ import annotations

from contextlib import suppress

from gzdesk.exchange.anchor import Anchor, OwnTip, has_moved, place_of, read_anchor, write_anchor
from gzdesk.services.context import Context
from gzdesk.storage.store import Reading


def remember_place(context: Context) -> None:
    """Write the anchor: how far this writer has come, and where. Faults of the disk come out as OSError."""
    store = context.store
    with store.reading() as read:
        tips = _own_tips(context, read)
    write_anchor(store.folder, Anchor(writer=store.writer, place=place_of(store.folder), tips=tips))


def renew_if_moved(context: Context) -> bool:
    """Renew the writer when the anchor says that the ledger was put back or cloned; tells whether it did."""
    store = context.store
    anchor = read_anchor(store.folder)
    if anchor is None:
        return False
    with store.reading() as read:
        own = _own_tips(context, read)
    if not has_moved(anchor, writer=store.writer, place=place_of(store.folder), own_tips=own):
        return False
    with store.writing() as work:
        work.local.put("writer", context.mint.writer_id())
        work.commit()
    store.refresh_identity()
    # Without a new anchor the next start begins another writer: untidy, but nothing is lost.
    with suppress(OSError):
        remember_place(context)
    return True


def _own_tips(context: Context, read: Reading) -> tuple[OwnTip, ...]:
    return tuple(
        OwnTip(scope=tip.scope, seq=tip.seq, id=tip.id)
        for tip in read.revisions.tips(context.scopes)
        if tip.writer == context.store.writer
    )
