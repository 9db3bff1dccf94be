"""Photos and scans that prove a record: taken in whole, kept once, named in the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.services.context import Context
from gzdesk.services.records import Records

# domain.md, section 3: a photo from a phone has 2 to 6 MB; more than this would fill a stick within months.
MOST_BYTES = 20_000_000

# What a file begins with: its name may say anything.
_KINDS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"%PDF-")


class Evidence:
    """The attachments of the records of this PC."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def keep(self, file: Path) -> dict[str, object]:
        """Take a file in; returns what a record notes of it. The original is not changed.

        Raises UserError when it cannot be read, is no jpg, png or pdf, or is larger than `MOST_BYTES`.
        """
        content = _content(file)
        sha256 = self._context.store.files.put(content)
        return {"sha256": sha256, "name": file.name, "size_bytes": len(content)}

    def attach(self, record_id: str, files: Sequence[Path]) -> tuple[Mapping[str, object], ...]:
        """Add files to a record, all or none; one that is there already is not added twice. Returns all of them."""
        records = Records(self._context)
        record = records.get(record_id).record
        before = record.values.get("evidence")
        kept: list[Mapping[str, object]] = list(before) if isinstance(before, list) else []
        for file in files:
            _content(file)
        for noted in [self.keep(file) for file in files]:
            if all(item["sha256"] != noted["sha256"] for item in kept):
                kept.append(noted)
        records.save(type_id=record.type, record_id=record.id, values={**record.values, "evidence": kept})
        return tuple(kept)


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise _too_large(file)
        content = file.read_bytes()
    except OSError as error:
        raise UserError(
            code="unreadable_file",
            message=_("{source} can't be read.").format(source=file.name),
            hint=_("Check the name and whether the file is there."),
        ) from error
    if not content.startswith(_KINDS):
        raise UserError(
            code="not_evidence",
            message=_("{source} is no photo and no scan.").format(source=file.name),
            hint=_("Choose a jpg, png or pdf file."),
        )
    return content


def _too_large(file: Path) -> UserError:
    return UserError(
        code="evidence_too_large",
        message=_("{source} is larger than {most} MB.").format(
            source=file.name, most=MOST_BYTES // 1_000_000
        ),
        hint=_("Make the photo smaller, or scan it at 200 dpi, and try again."),
    )
