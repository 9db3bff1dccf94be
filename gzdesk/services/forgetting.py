"""Letting go of the copies when contents were erased: files, thumbnails, drafts, packages in the outbox, free pages.

What belongs into the ledger's transaction is done by `forget`; what cannot be rolled back waits until it is lasting
and is done by `finish`. What is left to do stands in the ledger itself, so a power cut in between only delays it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Any

from gzdesk.domain.person import personal_texts, replaced
from gzdesk.errors import UserError
from gzdesk.exchange import disk
from gzdesk.i18n import gettext as _
from gzdesk.services import kept_here
from gzdesk.services.contents import attachments_of
from gzdesk.services.context import Context
from gzdesk.services.evidence.thumbnails import Thumbnails
from gzdesk.services.peers import load_peer, save_peer
from gzdesk.services.sending import OUTBOX
from gzdesk.storage.erasing import Stripped
from gzdesk.storage.store import Reading, Writing
from gzdesk.storage.wire import values_from_text

_TO_DO = "erasing"
_GONE_FILES = "erased_files"
_TYPED = "typed/"
_ORIGINAL = "original:"  # services/evidence/intake.py: what became of a file that was taken in
# What the program itself goes by; no form writes a person's name or number there.
_OWN_NAMES = frozenset({"writer", "actor", "identity", "settings", "types", "keys", "invitation"})
_OWN_PREFIXES = ("peer:", _TO_DO, _GONE_FILES, "kept")


def forget(
    context: Context, work: Writing, stripped: Collection[Stripped], *, texts: Iterable[str] = ()
) -> int:
    """Let go, in the same transaction, of what this PC keeps of contents that were just taken out.

    `texts` are the names and numbers to look for; without them they are taken from the contents themselves.
    Returns how many photos and scans go, because no record names them any more.
    """
    if not stripped:
        return 0
    wanted = frozenset(texts) or _lost_texts(context, work, stripped)
    records = {item.record for item in stripped}
    for name, value in work.local.with_prefix("").items():
        _let_go(work, name, value, records, wanted)
    kept_here.drop(work, records)
    files = _unnamed_files(work, stripped)
    for name, value in work.local.with_prefix(_ORIGINAL).items() if files else ():
        if value["noted"]["sha256"] in files:
            work.local.drop(name)
    for unit in context.units:
        peer = load_peer(work.local, unit.id)
        if not files.isdisjoint((*peer.lacking, *peer.wants)):
            lacking = tuple(item for item in peer.lacking if item not in files)
            wants = tuple(item for item in peer.wants if item not in files)
            save_peer(work.local, replace(peer, lacking=lacking, wants=wants))
    before = work.local.get(_TO_DO, {"files": []})
    work.local.put(_TO_DO, {"files": sorted(files.union(before["files"]))})
    if files:
        work.local.put(_GONE_FILES, sorted(files.union(work.local.get(_GONE_FILES, ()))))
    return len(files)


def forget_sealed(context: Context) -> int:
    """Let go of everything that is kept sealed on this PC; returns of how many records. Raises as `finish` does."""
    with context.store.writing() as work:
        count = kept_here.drop(work, kept_here.records_with_any(work))
        work.local.put(_TO_DO, work.local.get(_TO_DO, {"files": []}))
        work.commit()
    finish(context)
    return count


def gone_files(read: Reading) -> frozenset[str]:
    """The files (SHA-256) that were erased here: an old stick must not bring them back."""
    return frozenset(read.local.get(_GONE_FILES, ()))


def finish(context: Context) -> None:
    """Do what is left to do once the erasing is lasting; with nothing left it costs one look.

    Raises UserError when the disk does not let it; it is tried again at the next start.
    """
    store = context.store
    with store.reading() as read:
        to_do = read.local.get(_TO_DO)
        if to_do is None:
            return
        gone = frozenset(to_do["files"]) - read.revisions.names_files(to_do["files"])
    try:
        small = Thumbnails(store.folder / "thumbnails", store.files)
        for sha256 in gone:
            store.files.drop(sha256)
            small.drop(sha256)
        for path in (store.folder / OUTBOX).glob("*"):
            disk.remove(path)  # the next export makes them anew, without what was erased
    except OSError as error:
        raise _unfinished() from error
    store.rewrite()
    with store.writing() as work:
        work.local.drop(_TO_DO)
        work.commit()


def finish_quietly(context: Context) -> None:
    """Try `finish` where nobody waits for it: at the start of the program and after an import."""
    with suppress(UserError):
        finish(context)


def _let_go(work: Writing, name: str, value: Any, records: Collection[str], texts: Collection[str]) -> None:
    if name in _OWN_NAMES or name.startswith(_OWN_PREFIXES):
        return
    clean = replaced(value, texts, "***") if texts else value
    typed = name.startswith(_TYPED)
    if typed and (clean != value or value.get("record") in records):
        work.local.drop(name)
    elif clean != value:
        work.local.put(name, clean)


def _lost_texts(context: Context, work: Writing, stripped: Collection[Stripped]) -> frozenset[str]:
    """The names and numbers in contents that were taken out and that their records no longer show."""
    lost: set[str] = set()
    for item in stripped:
        record_type = context.types.get(item.type_id)
        shown = work.records.get(item.record)
        left = personal_texts(record_type, shown.values) if shown else frozenset()
        lost |= personal_texts(record_type, values_from_text(item.body_text)) - left
    return frozenset(lost)


def _unnamed_files(work: Writing, stripped: Collection[Stripped]) -> frozenset[str]:
    named = {
        sha256
        for item in stripped
        if '"sha256"' in item.body_text
        for sha256 in attachments_of(values_from_text(item.body_text))
    }
    return frozenset(named) - work.revisions.names_files(named)


def _unfinished() -> UserError:
    return UserError(
        code="erase_unfinished",
        message=_("The person is erased, but a file with old contents can't be removed yet."),
        hint=_("Close programs that use the data folder. It is tried again at the next start."),
    )
