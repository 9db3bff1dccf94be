"""The one byte form of a value: RFC 8785 without floats, so that no two encoders can disagree (sync.md)."""

from __future__ import annotations

import json
from collections.abc import Mapping

# RFC 8785 writes numbers as ECMAScript does; beyond 2**53 two programs could read different integers.
_LARGEST_INTEGER = 2**53 - 1

JsonValue = None | bool | int | str | list["JsonValue"] | dict[str, "JsonValue"]


def canonical_json(value: Mapping[str, object]) -> str:
    """The canonical text of an object of strings, integers, booleans, null, arrays and objects.

    Keys must be ASCII. Raises ValueError for floats, other types, wide integers and lone surrogates.
    """
    _check(value)
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError("a text holds half a character") from error
    return text


def _check(value: object) -> None:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if not (isinstance(key, str) and key.isascii()):
                raise ValueError(f"a key must be ASCII text: {key!r}")
            _check(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            _check(inner)
    elif isinstance(value, int):
        if abs(value) > _LARGEST_INTEGER:
            raise ValueError(f"an integer is too wide: {value}")
    elif value is not None and not isinstance(value, str):
        raise ValueError(f"no canonical form for {type(value).__name__}")
