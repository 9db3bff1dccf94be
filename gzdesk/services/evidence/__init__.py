"""Photos and scans that prove a record: taken in, kept once, named in the record, shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.progress import NO_PROGRESS, Progress
from gzdesk.services.context import Context
from gzdesk.services.evidence import pictures, scans
from gzdesk.services.evidence.intake import (
    in_folders,
    kept_name,
    make_fit,
    read_source,
    sha256_of,
    source_key,
)
from gzdesk.services.evidence.pictures import Pixels
from gzdesk.services.evidence.thumbnails import Thumbnails, is_scan
from gzdesk.services.records import Records
from gzdesk.storage.files import is_hash
from gzdesk.whole_file import write_whole

HERE, MISSING, DAMAGED = "here", "missing", "damaged"

Noted = dict[str, object]
"""What a record notes of a file: `name`, `sha256`, `size_bytes`, and `taken_at` or `pages` where known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTaken:
    """A file that could not be taken in, and why."""

    name: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What became of several files."""

    kept: tuple[Noted, ...]
    refused: tuple[NotTaken, ...] = ()


class Evidence:
    """The attachments of the records of this PC."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._files = context.store.files

    @cached_property
    def thumbnails(self) -> Thumbnails:
        """The small pictures."""
        return Thumbnails(self._context.store.folder / "thumbnails", self._files)

    # Taking in

    def keep(self, file: Path) -> Noted:
        """Take a file in; returns what a record notes of it. The original is not changed.

        Raises UserError when it cannot be read, is no photo and no scan, is damaged or too large, or when the
        disk has no room.
        """
        return self.keep_content(read_source(file), name=file.name)

    def keep_content(self, content: bytes, *, name: str) -> Noted:
        """The same for something that was pasted. Raises UserError as `keep` does."""
        return self._keep(content, name=name, new=[])

    def _keep(self, content: bytes, *, name: str, new: list[str]) -> Noted:
        known = self._known(content)
        if known is not None:
            return {**known["noted"], "name": kept_name(name, known["suffix"])}
        fit = make_fit(content, name=name)
        noted = {"sha256": self._put(fit.content, name, new), "size_bytes": len(fit.content), **fit.facts}
        try:
            with self._context.store.writing() as work:
                work.local.put(source_key(content), {"noted": noted, "suffix": Path(fit.name).suffix})
                work.commit()
        except BaseException:
            # Nobody will ever name it: the sentence for the full disk says that nothing was kept.
            if noted["sha256"] in new:
                new.remove(str(noted["sha256"]))
                self._forget(str(noted["sha256"]))
            raise
        return {"name": fit.name, **noted}

    def keep_all(self, paths: Sequence[Path], *, progress: Progress = NO_PROGRESS) -> TakenIn:
        """Take in many files and folders of files. What cannot be taken is named, the rest is kept.

        Cancelled, it leaves nothing behind that was not there before.
        """
        refused: list[NotTaken] = []

        def note(file: Path, error: UserError) -> None:
            refused.append(NotTaken(name=file.name, message=error.message, hint=error.hint))

        kept = self._take(in_folders(paths), progress, on_refused=note)
        return TakenIn(kept=kept, refused=tuple(refused))

    def attach(
        self, record_id: str, files: Sequence[Path], *, progress: Progress = NO_PROGRESS
    ) -> tuple[Mapping[str, object], ...]:
        """Add files to a record, all or none; one that is there already is not added twice. Returns all of them.

        Raises UserError as `keep` and `Records.save` do.
        """

        def stop(_file: Path, error: UserError) -> None:
            raise error

        records = Records(self._context)
        record = records.get(record_id).record
        before = noted_files(record.values)
        have = {item["sha256"] for item in before}
        taken = self._take(in_folders(files), progress, on_refused=stop)
        kept = (*before, *(noted for noted in taken if noted["sha256"] not in have))
        records.save(
            type_id=record.type, record_id=record.id, values={**record.values, "evidence": list(kept)}
        )
        return kept

    def _take(
        self, files: Sequence[Path], progress: Progress, *, on_refused: Callable[[Path, UserError], None]
    ) -> tuple[Noted, ...]:
        progress.stage(_("Taking in photos and scans"))
        kept: dict[object, Noted] = {}
        new: list[str] = []
        try:
            for number, file in enumerate(files, 1):
                progress.check_cancelled()
                try:
                    noted = self._keep(read_source(file), name=file.name, new=new)
                    self.thumbnails.get(str(noted["sha256"]))
                    kept.setdefault(noted["sha256"], noted)
                except UserError as error:
                    on_refused(file, error)
                progress.step(number, len(files))
        except BaseException:
            for sha256 in new:
                self._forget(sha256)
            raise
        return tuple(kept.values())

    # Showing

    def state(self, sha256: str) -> str:
        """Whether the file is HERE, MISSING or DAMAGED."""
        if not self.is_here(sha256):
            return MISSING
        return HERE if self._files.read(sha256) is not None else DAMAGED

    def is_here(self, sha256: str) -> bool:
        """Whether the file is on this PC; whether it is whole is known only once it is read."""
        return is_hash(sha256) and self._files.has(sha256)

    def is_scan(self, noted: Mapping[str, object]) -> bool:
        """Whether a noted file is a PDF, as far as its note says."""
        return "pages" in noted or str(noted.get("name", "")).lower().endswith(".pdf")

    def picture(
        self, noted: Mapping[str, object], *, long_side_px: int, page: int = 0, turns: int = 0
    ) -> Pixels:
        """A file for the screen, as large as that at most. Raises UserError `file_missing`, `file_damaged`…"""
        content = self.content(noted)
        if is_scan(content):
            return pictures.to_pixels(scans.page_image(content, page=page, long_side_px=long_side_px))
        return pictures.pixels(content, long_side_px=long_side_px, quarter_turns=turns)

    def page_count(self, noted: Mapping[str, object]) -> int:
        """The pages of a scan; 1 for a photo, and for a scan that cannot be opened."""
        pages = noted.get("pages")
        if isinstance(pages, int):
            return pages
        if not self.is_scan(noted):
            return 1
        try:
            return scans.page_count(self.content(noted), name=str(noted.get("name", "")))
        except UserError:
            return 1

    def content(self, noted: Mapping[str, object]) -> bytes:
        """The kept file. Raises UserError `file_missing` or `file_damaged`."""
        sha256, name = str(noted["sha256"]), str(noted.get("name", ""))
        content = self._files.read(sha256) if is_hash(sha256) else None
        if content is not None:
            return content
        raise UserError(
            code="file_missing" if self.state(sha256) == MISSING else "file_damaged",
            message=file_words(self.state(sha256), name),
            hint=_("Add the photo or scan once more; it then takes its old place."),
        )

    def turned(self, noted: Mapping[str, object], quarter_turns: int) -> Noted:
        """A photo turned clockwise, kept as a new file; the record has to name it instead of the old one.

        Raises UserError as `content` and `keep` do.
        """
        name = str(noted.get("name", ""))
        fit = pictures.turned(self.content(noted), quarter_turns, name=name)
        sha256 = self._put(fit.content, name, [])
        return {**noted, "sha256": sha256, "size_bytes": len(fit.content)}

    def save_copy(self, noted: Mapping[str, object], out: Path) -> None:
        """Write the kept file somewhere else. Raises UserError as `content` does, or `cannot_write`."""
        write_whole(out, self.content(noted))

    # Inside

    def _known(self, content: bytes) -> dict[str, Any] | None:
        """What became of the same original earlier, as long as that is still here and whole."""
        with self._context.store.reading() as read:
            known: dict[str, Any] | None = read.local.get(source_key(content))
        if known is None or self.state(known["noted"]["sha256"]) != HERE:
            return None
        return known

    def _put(self, content: bytes, name: str, new: list[str]) -> str:
        try:
            before = self._files.has(sha256_of(content))
            sha256 = self._files.put(content)
        except OSError as error:
            raise UserError(
                code="no_room",
                message=_("{source} can't be kept: the disk is full or can't be written.").format(
                    source=name
                ),
                hint=_("Free some room on the disk and add it again."),
            ) from error
        if not before:
            new.append(sha256)
        return sha256

    def _forget(self, sha256: str) -> None:
        self._files.drop(sha256)
        self.thumbnails.drop(sha256)


def noted_files(values: Mapping[str, object]) -> tuple[Noted, ...]:
    """The files that a record names; what is no such note (a newer program may send one) is left out."""
    found = values.get("evidence")
    items = found if isinstance(found, (list, tuple)) else ()
    return tuple(
        dict(item) for item in items if isinstance(item, dict) and isinstance(item.get("sha256"), str)
    )


def file_words(state: str, name: str) -> str:
    """A sentence on a file that is MISSING or DAMAGED."""
    if state == MISSING:
        return _("The file {name} is not on this PC.").format(name=name)
    return _("The file {name} is damaged.").format(name=name)
