"""What the receiving page says of each file: its cells, the sums below, and what became of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gzdesk.desktop.list_columns import Cell, Column
from gzdesk.i18n import gettext as _
from gzdesk.i18n import joined, listed, ngettext
from gzdesk.services.board_cells import deadline_of
from gzdesk.services.home_words import day_words, month_words
from gzdesk.services.verdicts import ALREADY, APPLIED, PARKED, REJECTED, Imported


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """The figures below the list."""

    files: int
    good: int
    refused: int
    new: int
    changed: int
    already: int
    conflicts: int


def columns() -> tuple[Column, ...]:
    """Whose file, which month, what it would bring, and whether it can be taken in."""
    return (
        Column(id="unit", title=_("Unit"), width=134),
        Column(id="month", title=_("Month"), width=84),
        Column(id="number", title=_("Hand-in"), width=92),
        Column(id="new", title=_("Added"), width=72, is_number=True),
        Column(id="changed", title=_("Edited"), width=76, is_number=True),
        Column(id="already", title=_("Known"), width=84, is_number=True),
        Column(id="conflicts", title=_("Both sides"), width=114, is_number=True),
        Column(id="verdict", title=_("Result"), width=140),
        Column(id="words", title=_("What to know"), width=200, stretches=True),
    )


def cells(found: Imported, *, taken_in: bool, today: date, deadline_day: int) -> tuple[Cell, ...]:
    """One line of the list."""
    refused = found.verdict == REJECTED
    chip, tone = _verdict(found, taken_in=taken_in, today=today, deadline_day=deadline_day)
    months = f"{month_words(found.months[0])}…" if len(found.months) > 2 else ""
    months = months or pick_months(found)
    return (
        Cell(text=found.sender.label if found.sender else found.file.name),
        Cell(text=months),
        Cell(text=_number(found)),
        _figure(found.new, refused=refused),
        _figure(found.changed, refused=refused),
        _figure(found.already, refused=refused),
        _figure(found.conflicts, refused=refused, warns=True),
        Cell(text=chip, chip=tone),
        Cell(text=_words(found, today=today, deadline_day=deadline_day), ink="ink2"),
    )


def pick_months(found: Imported) -> str:
    """The month that the file is about: the latest closed one, else the span of what is in it."""
    months = found.closed_months or found.months
    if not months:
        return "—"
    return month_words(months[-1])


def sums(found: Sequence[Imported]) -> Sums:
    """Add up what the files bring."""
    good = [item for item in found if item.verdict != REJECTED]
    return Sums(
        files=len(found),
        good=len(good),
        refused=len(found) - len(good),
        new=sum(item.new for item in good),
        changed=sum(item.changed for item in good),
        already=sum(item.already for item in good),
        conflicts=sum(item.conflicts for item in good),
    )


def sum_words(total: Sums, *, taken_in: bool) -> str:
    """`9 个文件・收 8 个，退 1 个`."""
    files = ngettext("{count} package", "{count} packages", total.files).format(count=total.files)
    template = (
        _("{files}: {good} taken in, {refused} refused")
        if taken_in
        else _("{files}: {good} can be taken in, {refused} cannot")
    )
    return template.format(files=files, good=total.good, refused=total.refused)


def _number(found: Imported) -> str:
    if not found.number:
        return "—"
    words = _("no. {number}").format(number=found.number)
    return f"{words} ({found.part}/{found.parts})" if found.parts > 1 else words


def _figure(count: int, *, refused: bool, warns: bool = False) -> Cell:
    if refused:
        return Cell(text="—", is_number=True, ink="ink3")
    ink = "warn" if warns and count else "ink" if count else "ink3"
    return Cell(text=str(count), is_number=True, ink=ink)


def _verdict(found: Imported, *, taken_in: bool, today: date, deadline_day: int) -> tuple[str, str]:
    """The word and tone of the result."""
    if found.verdict == REJECTED:
        return _("Refused"), "error"
    if found.verdict == ALREADY:
        return _("Here already"), "neutral"
    if found.verdict == PARKED:
        numbers = listed(map(str, found.missing_numbers))
        return (_("No. {number} missing").format(number=numbers) if numbers else _("Gap before it")), "gap"
    if found.conflicts:
        words = ngettext("{count} changed on both sides", "{count} changed on both sides", found.conflicts)
        return words.format(count=found.conflicts), "warn"
    if found.missing:
        words = ngettext("{count} photo missing", "{count} photos missing", found.missing)
        return words.format(count=found.missing), "warn"
    if _late_deadline(found, today=today, deadline_day=deadline_day) is not None:
        return (_("Taken in, late") if taken_in else _("Good, late")), "warn"
    return (_("Taken in") if taken_in else _("Good")), "ok"


def _words(found: Imported, *, today: date, deadline_day: int) -> str:
    if found.reason:
        return joined((found.reason, found.hint))
    if found.first_contact:
        return _("First file from this PC. Compare its number on the phone: {number}").format(
            number=found.first_contact
        )
    deadline = _late_deadline(found, today=today, deadline_day=deadline_day)
    return _("was due on {day}").format(day=day_words(deadline)) if deadline else ""


def _late_deadline(found: Imported, *, today: date, deadline_day: int) -> date | None:
    """The deadline that the newest closed sheet in the file has missed, or None."""
    if found.verdict != APPLIED or not found.closed_months or not found.new:
        return None
    deadline = deadline_of(found.closed_months[-1], day=deadline_day)
    return deadline if deadline < today else None
