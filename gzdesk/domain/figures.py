"""Figures as people read them."""

from __future__ import annotations

import re

_LONG_NUMBER = re.compile(r"(?<![\d.,])\d{4,}")


def grouped(text: str) -> str:
    """A value in words with its thousands, as the figures it was worked out from: `11,538.46`."""
    return _LONG_NUMBER.sub(lambda found: f"{int(found.group()):,}", text)
