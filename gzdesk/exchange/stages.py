"""The named steps that a person watches: the same words in the window's step bar and in the progress reports."""

from __future__ import annotations

from gzdesk.i18n import gettext as _


def checking() -> str:
    """Export, step 1."""
    return _("Check the data")


def packing() -> str:
    """Export, step 2."""
    return _("Pack into one file")


def writing() -> str:
    """Export, step 3."""
    return _("Write to the stick")


def reading_back() -> str:
    """Export, step 4."""
    return _("Read back and compare")


def releasing() -> str:
    """Export, step 5."""
    return _("Release the stick")


def export_stages() -> tuple[str, ...]:
    """All steps of an export in order."""
    return checking(), packing(), writing(), reading_back(), releasing()


def finding() -> str:
    """Import, step 1."""
    return _("Read the stick")


def comparing() -> str:
    """Import, step 2: each file is checked whole and compared with the ledger."""
    return _("Check and compare")


def taking_in() -> str:
    """Import, step 3."""
    return _("Take into the ledger")


def import_stages() -> tuple[str, ...]:
    """All steps of an import in order."""
    return finding(), comparing(), taking_in()
