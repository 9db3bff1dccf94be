"""From a canonical text to its value. Nothing is checked: what is stored was checked when it arrived."""

from __future__ import annotations

from typing import Any

import msgspec

from gzdesk.domain.revision import Header

_header = msgspec.json.Decoder(Header)
_values = msgspec.json.Decoder(dict[str, Any])


def header_from_text(text: str) -> Header:
    """The header that a canonical text holds."""
    return _header.decode(text)


def values_from_text(text: str | None) -> dict[str, object]:
    """The body that a canonical text holds; an erased body is empty."""
    return {} if text is None else _values.decode(text)
