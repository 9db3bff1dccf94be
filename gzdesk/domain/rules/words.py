"""Texts: those that belong in another register, and those that must be built in a certain way."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gzdesk.domain.reading import plain
from gzdesk.domain.record_type import Field
from gzdesk.domain.rules.case import Case, Problem, ValueRules, refuse, warn
from gzdesk.i18n import gettext as _
from gzdesk.i18n import pick

_ID_NUMBER = re.compile(r"[1-9]\d{5}(?:19|20)\d{9}[\dX]", re.ASCII)
# ISO 7064 MOD 11-2, as GB 11643-1999 uses it.
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_HIDDEN_ID_NUMBER = re.compile(r"\d\*{16}[\dXx]", re.ASCII)
_PHONE = re.compile(r"[+(]?\d[\d ()-]{1,18}\d(?:转\d{1,6})?", re.ASCII)


def _misplaced(_case: Case, field: Field, value: object) -> Iterator[Problem]:
    if isinstance(value, str) and any(word in value for word in field.warn_words):
        yield warn(field, "misplaced", pick(zh=field.warn_words_zh, en=field.warn_words_en))


def _form(_case: Case, field: Field, value: object) -> Iterator[Problem]:
    if not isinstance(value, str):
        return
    hidden = field.kept and _HIDDEN_ID_NUMBER.fullmatch(
        value
    )  # as it is shown: it stays the one that is kept
    if field.form == "id_number" and not hidden and not is_id_number(value):
        # The number itself is personal: it is never repeated in a message.
        message = _("This is not a valid ID number. Please check all 18 characters.")
        yield refuse(field, "id_number", message)
    if field.form == "phone" and not _PHONE.fullmatch(plain(value)):
        yield warn(field, "phone", _("This does not look like a phone number. Please check it."))


def is_id_number(text: str) -> bool:
    """Whether an 18-character ID number has the right form and check character (GB 11643)."""
    number = text.upper()
    if not _ID_NUMBER.fullmatch(number):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _ID_WEIGHTS, strict=False))
    return number[17] == _ID_CHECKS[total % 11]


_TEXTS = frozenset({"text", "note"})
VALUE_RULES: ValueRules = {_misplaced: _TEXTS, _form: _TEXTS}
