"""What covers an entry of a checklist: what was filed for it, what is called like it, and photos where asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gzdesk.services.evidence import noted_files

EVIDENCE = "evidence"
PHOTO_ENDINGS = (".jpg", ".jpeg", ".png")
"""How the names of kept photos end; what is kept besides are scans."""


def is_scan_note(noted: Mapping[str, object]) -> bool:
    """Whether a noted file is a PDF, as far as its note says."""
    return "pages" in noted or str(noted.get("name", "")).lower().endswith(".pdf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """What is looked at to see which entries of a checklist a piece of evidence covers."""

    covers: str
    words: str  # title and names of files: a scan is called what it is
    has_photos: bool

    @classmethod
    def of_values(cls, values: Mapping[str, object]) -> Filed:
        """Of the body of a record."""
        noted = noted_files(values)
        names = " ".join(str(one.get("name", "")) for one in noted)
        return cls(
            covers=str(values.get("covers", "")),
            words=f"{values.get('title', '')} {names}",
            has_photos=any(not is_scan_note(one) for one in noted),
        )


def is_covered(words: str, filed: Iterable[Filed]) -> bool:
    """What was filed for it, what is called like it, and photos where photos are asked for."""
    names = [name for name in re.split(r"[/／、]", re.sub(r"[(（].*?[)）]", "", words)) if len(name) > 1]
    photos = "照片" in words
    return any(
        row.covers == words or (photos and row.has_photos) or any(name in row.words for name in names)
        for row in filed
    )
