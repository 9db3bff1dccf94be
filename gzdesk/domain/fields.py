"""Text to value and back for every kind of field: generous in what a person types, strict in what is stored.

A new kind of field: its name in `FIELD_KINDS`, one line in `READERS`, `CHECKS` and, unless it shows as it is
stored, `WRITERS`; and a test.
"""

from __future__ import annotations

from gzdesk.domain.field_checks import CHECKS
from gzdesk.domain.field_readers import READERS
from gzdesk.domain.field_writers import WRITERS
from gzdesk.domain.reading import FieldProblem, ParseContext, tidy
from gzdesk.domain.record_type import Field
from gzdesk.domain.unit import Units

__all__ = ["FieldProblem", "ParseContext", "from_json", "parse", "to_text"]


def parse(field: Field, text: str, context: ParseContext) -> object | None:
    """The value that a typed text means, or None when nothing was typed. Raises FieldProblem."""
    written = tidy(text)
    if not written or (field.prefix and _is_bare_prefix(written)):
        return None
    value = READERS[field.kind](field, text, context)
    return None if value in ("", []) else value


def to_text(field: Field, value: object, units: Units | None = None) -> str:
    """What a form or a list shows for a value, in the language in use. Never raises.

    A reference is shown by its id: its words need other records (services). But for attachments, `parse`
    makes the same value of this text again.
    """
    if value is None:
        return ""
    writer = WRITERS.get(field.kind)
    if writer is None:
        return str(value)
    try:
        return writer(field, value, units)
    except (KeyError, TypeError, ValueError, IndexError, ArithmeticError):
        # A newer program may have given the field another shape; showing it raw beats a broken page.
        return str(value)


def from_json(field: Field, value: object, context: ParseContext) -> object | None:
    """Check a value that arrives typed (command line, workbook) and give it back as stored; None when empty.

    A choice may be given by its code or a label, a unit by its id, name or code. Raises FieldProblem.
    """
    if value is None or value == "" or value == []:
        return None
    return value if field.foreign else CHECKS[field.kind](field, value, context)


def _is_bare_prefix(text: str) -> bool:
    """`GZ-2019-` as the form filled it in, with no digits typed after it."""
    return text[-1] in "-－—_/"
