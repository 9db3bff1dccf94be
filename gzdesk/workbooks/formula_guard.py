"""Text in a .csv that a spreadsheet would take for a formula, and how it is kept from that.

A .csv has no kinds of cells: Excel, WPS and Calc calculate whatever begins with `=`, `+`, `-` or `@`, and a
name in a register could so run a command on the PC of whoever opens the file. An apostrophe in front is how
these programs themselves mark a text. Reading takes exactly that one away again, so that nothing changes on the
way out and back; a text that begins like `'=` by itself gets a second one.
"""

from __future__ import annotations

import re

# The full-width signs are formulas too where Chinese or Japanese is the language of the system.
_TAKEN_FOR_FORMULA = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@＝＋－＠])")
_GUARD = "'"


def guarded(text: str) -> str:
    """The text as it stands in a .csv."""
    return _GUARD + text if _TAKEN_FOR_FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given; any other text is left as it is."""
    return text[1:] if text.startswith(_GUARD) and _TAKEN_FOR_FORMULA.match(text) else text
