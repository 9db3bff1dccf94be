"""How large a package may be, checked before memory or disk is spent. They are part of the format (docs)."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1 << 20

MANIFEST_BYTES = 4 * MIB
LINE_BYTES = 4 * MIB
ATTACHMENT_BYTES = 256 * MIB
PART_BYTES = 2047 * MIB  # below 2 GiB: the ZIP needs no 64-bit fields and FAT32 takes the file
REVISIONS_BYTES = 4095 * MIB  # `revisions.ndjson` unpacked
MEMBERS = 20_000
IN_MEMORY_BYTES = 32 * MIB  # what is smaller is unpacked in memory and never lies unsealed on the disk


@dataclass(frozen=True, slots=True, kw_only=True)
class PartLimits:
    """When a package that is being written goes on in another part."""

    bytes: int = 2000 * MIB
    revisions_bytes: int = 1024 * MIB
    attachments: int = MEMBERS - 1
