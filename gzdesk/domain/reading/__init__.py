"""Reading what a person types into a value, generously: full-width digits, 3月5日, 晚上7点半, 约200人.

One module per kind of thing. A reader takes the text as typed and raises FieldProblem, never anything else.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

from gzdesk.domain.period import Month
from gzdesk.domain.unit import Units

# Joiners people copy from web pages; they are invisible and would make two equal names differ.
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u2060\ufeff\u00ad"), None)


class FieldProblem(ValueError):
    """A text or value that cannot be taken; `message` tells the person what to write instead."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True, kw_only=True)
class ParseContext:
    """What a text is read against: `5` means the 5th of `month`, or of the current month without one."""

    today: date
    month: Month | None = None
    units: Units | None = None


def plain(text: str) -> str:
    """The text in half-width forms without blanks around it: for numbers, dates and choices, never for names.

    NFKC would also replace rare characters of names by their common forms.
    """
    return unicodedata.normalize("NFKC", tidy(text)).replace("\u2014", "-").replace("\u2013", "-").strip()


def tidy(text: str) -> str:
    """The text without control characters, halves of characters and outer blanks; every letter is kept."""
    kept = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return kept.translate(_INVISIBLE).strip()
