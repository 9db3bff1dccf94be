"""What became of a package file, in counts and in plain words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from gzdesk.domain.period import Month
from gzdesk.domain.unit import Unit, Units
from gzdesk.exchange.manifest import PackageManifest
from gzdesk.exchange.package import peek
from gzdesk.exchange.refusal import Refused
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed, ngettext

APPLIED, ALREADY, PARKED, REJECTED = "applied", "already", "parked", "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of one file, or would become of it. Counts are records; `missing` are photos not here.

    `sender`, `number` and `months` of a rejected file are what it says of itself, unproven.
    """

    file: Path
    verdict: str  # applied, already, parked, rejected
    sender: Unit | None = None
    number: int = 0
    part: int = 1
    parts: int = 1
    months: tuple[Month, ...] = ()
    closed_months: tuple[Month, ...] = ()  # months whose closed sheet is in it
    new: int = 0
    changed: int = 0
    already: int = 0
    conflicts: int = 0
    merged: int = 0  # changed on two sides in different items, and put together
    missing: int = 0
    revisions_new: int = 0
    missing_numbers: tuple[int, ...] = ()
    first_contact: str = ""  # the number to compare of keys that this file brought and that were accepted
    code: str = ""
    reason: str = ""
    hint: str = ""
    detail: str = ""


def answer(file: Path, manifest: PackageManifest, units: Units, *, verdict: str) -> Imported:
    """An answer with what the manifest says, still without counts and words."""
    return Imported(
        file=file,
        verdict=verdict,
        sender=units.find(manifest.sender),
        number=manifest.number,
        part=manifest.part,
        parts=manifest.parts,
        months=tuple(Month.parse(text) for text in manifest.months if _is_month(text)),
    )


def rejected(file: Path, units: Units, refused: Refused) -> Imported:
    """The answer for a file that is not taken in."""
    seen = peek(file)
    said = (
        Imported(file=file, verdict=REJECTED) if seen is None else answer(file, seen, units, verdict=REJECTED)
    )
    return replace(said, code=refused.code, reason=refused.message, hint=refused.hint, detail=refused.detail)


def in_words(found: Imported, *, missing_revisions: int = 0) -> Imported:
    """The answer with its sentence and what to do; a file that is simply fine needs none."""
    if found.verdict == PARKED:
        return _parked(found, missing_revisions)
    if found.verdict == ALREADY:
        return replace(
            found,
            code="package_known",
            reason=_("All of this is here already; nothing is counted twice."),
        )
    if found.conflicts:
        words = ngettext(
            "{count} record was changed here and there.",
            "{count} records were changed here and there.",
            found.conflicts,
        )
        return replace(
            found,
            code="package_conflicts",
            reason=words.format(count=found.conflicts),
            hint=_("Both are kept; choose which one counts."),
        )
    if found.missing:
        words = ngettext("{count} photo is missing.", "{count} photos are missing.", found.missing)
        return replace(
            found,
            code="package_photos",
            reason=words.format(count=found.missing),
            hint=_("The records are taken in; the photos are asked for with the answer file."),
        )
    if found.merged:
        words = ngettext(
            "{count} record was changed here and there in different items.",
            "{count} records were changed here and there in different items.",
            found.merged,
        )
        return replace(
            found,
            code="package_merged",
            reason=words.format(count=found.merged),
            hint=_("Both changes are in; the history says so."),
        )
    return found


def _parked(found: Imported, missing_revisions: int) -> Imported:
    sender = found.sender.label if found.sender else ""
    if found.missing_numbers:
        named = listed(map(str, found.missing_numbers))
        reason = _("No. {number} came, no. {missing} is missing.").format(number=found.number, missing=named)
        hint = _("Taken in for now; ask {unit} to hand in no. {missing} as well.").format(
            unit=sender, missing=named
        )
    else:
        reason = _("{count} earlier entries are missing.").format(count=missing_revisions)
        hint = _("Taken in for now; give {unit} the answer file and let it export again.").format(unit=sender)
    return replace(found, code="package_gap", reason=reason, hint=hint)


def _is_month(text: str) -> bool:
    try:
        Month.parse(text)
    except ValueError:
        return False
    return True
