"""Why a file cannot be read as a table, in words. Codes are stable: the command line prints them."""

from __future__ import annotations

from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _

# What a village hands in has some hundred rows, a platform export some thousand.
MOST_ROWS = 120_000
MOST_BYTES = 64_000_000
# A reader lays out the whole rectangle up to the last cell, also where it is empty.
MOST_CELLS = 6_000_000
EXCEL_FILE = "Excel (*.xlsx)"


def not_a_table(what: str) -> UserError:
    """The file is something else; `what` says what, in words."""
    return UserError(
        code="not_a_table",
        message=_("This file is no table but {what}.").format(what=what),
        hint=_("Choose an Excel file (*.xlsx, *.xls) or a text table (*.csv)."),
    )


def save_as_excel(what: str) -> UserError:
    """A table in a form that is not read here, but that the program which made it can save anew."""
    return UserError(
        code="not_a_table",
        message=_("This table is in a form that can't be read here ({what}).").format(what=what),
        hint=_("Open it in Excel or WPS, save it as {kind}, and choose that file.").format(kind=EXCEL_FILE),
    )


def encrypted_table() -> UserError:
    """The file asks for a password."""
    return UserError(
        code="encrypted_table",
        message=_("This table is protected with a password."),
        hint=_("Open it in Excel or WPS, take the password off, save it, and choose it again."),
    )


def empty_table() -> UserError:
    """There is nothing in it."""
    return UserError(
        code="empty_table",
        message=_("There is nothing in this table."),
        hint=_("Check that it is the right file and the right sheet."),
    )


def damaged_table() -> UserError:
    """It begins like a table, but it is cut off or broken."""
    return UserError(
        code="damaged_table",
        message=_("This file is damaged or was not copied to its end."),
        hint=_("Copy it again, or open it in Excel or WPS and save it as {kind}.").format(kind=EXCEL_FILE),
    )


def too_many_rows() -> UserError:
    """More than this PC should be asked to hold."""
    return UserError(
        code="too_many_rows",
        message=_("This table is too large: at most {count} rows can be read at once.").format(
            count=f"{MOST_ROWS:,}"
        ),
        hint=_(
            "Delete the empty rows and columns below and beside the table, or part it into several files."
        ),
    )


def unreadable_file(name: str) -> UserError:
    """The disk or another program does not give it."""
    return UserError(
        code="unreadable_file",
        message=_("{source} can't be read.").format(source=name),
        hint=_("If it is open in Excel or WPS, close it there; else check whether the file is there."),
    )


def no_such_sheet(name: str) -> UserError:
    """The workbook has no sheet of that name."""
    return UserError(
        code="unknown_sheet",
        message=_("There is no sheet called {name} in this file.").format(name=name),
        hint=_("Choose one of its sheets."),
    )
