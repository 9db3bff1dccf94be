"""Why a file is not taken in: a sentence and what to do for each reason. Raising one means nothing was changed."""

from __future__ import annotations

from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _


class Refused(UserError):
    """A file that this PC does not take in. `detail` is for support, never for the sentence."""

    def __init__(self, *, code: str, message: str, hint: str = "", detail: str = "") -> None:
        super().__init__(code=code, message=message, hint=hint)
        self.detail = detail


def truncated(detail: str = "") -> Refused:
    """The file ends too early: the stick was pulled out, or the copy stopped."""
    return Refused(
        code="package_truncated",
        message=_("This file was not written to its end and can't be taken in."),
        hint=_("Ask the unit it comes from to export again."),
        detail=detail,
    )


def broken(detail: str) -> Refused:
    """The file is whole in length but not what was written."""
    return Refused(
        code="package_broken",
        message=_("This file is damaged and can't be taken in."),
        hint=_("Ask the unit it comes from to export again, best on another stick."),
        detail=detail,
    )


def not_ours(detail: str = "") -> Refused:
    """The file is something else."""
    return Refused(
        code="package_unknown_kind",
        message=_("This is not a report file of this program."),
        hint=_("Choose a file that ends in .gzp."),
        detail=detail,
    )


def newer(version: int) -> Refused:
    """The file was made by a program that writes a later format."""
    return Refused(
        code="package_newer",
        message=_("This file was made by a newer program; this PC can't read it yet."),
        hint=_("Update the program on this PC first, then take the file in again."),
        detail=f"version {version}",
    )


def too_large(detail: str) -> Refused:
    """The file, or what it would unpack to, is beyond what a package may be."""
    return Refused(
        code="package_too_large",
        message=_("This file is larger inside than a report file may be, so it is not taken in."),
        hint=_("Ask the unit it comes from to export again."),
        detail=detail,
    )


def foreign() -> Refused:
    """The file belongs to another town."""
    return Refused(
        code="package_foreign",
        message=_("This file belongs to another town and can't be taken in here."),
        hint=_("Check that it is the right stick."),
    )


def not_for_us(receiver: str) -> Refused:
    """The file is sealed for somebody else."""
    return Refused(
        code="package_not_for_us",
        message=_("This file is for {unit}, not for this unit.").format(unit=receiver),
        hint=_("Hand it to {unit}.").format(unit=receiver),
    )


def unknown_signer(sender: str) -> Refused:
    """The sender is one of ours but the key that signed is not known."""
    return Refused(
        code="package_unknown_signer",
        message=_("The PC of {unit} that made this file is not known here.").format(unit=sender),
        hint=_("Make a new join file for {unit}, open it on that PC, and let it export again.").format(
            unit=sender
        ),
    )


def used_join_file(sender: str) -> Refused:
    """The one-time secret was spent by another PC."""
    return Refused(
        code="package_join_used",
        message=_("The join file of {unit} was already used by another PC.").format(unit=sender),
        hint=_("Make a new join file for {unit} and open it on the PC that is to report.").format(
            unit=sender
        ),
    )


def revoked_signer(sender: str) -> Refused:
    """The key was revoked and the file brings something written after that."""
    return Refused(
        code="package_revoked",
        message=_("The PC of {unit} that made this file may no longer report.").format(unit=sender),
        hint=_("Call {unit}. If the PC is to be used again, make a new join file.").format(unit=sender),
    )


def unreadable(detail: str) -> Refused:
    """The system can't hand the file over."""
    return Refused(
        code="package_unreadable",
        message=_("This file can't be read from the stick."),
        hint=_("Put the stick in again, or ask for another copy."),
        detail=detail,
    )
