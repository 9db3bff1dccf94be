"""A document as plain data and back: what a frozen report keeps, so that it prints the same years later."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Literal

from gzdesk.reports.document import (
    Blank,
    Cell,
    Chart,
    ChartItem,
    Closing,
    Column,
    Cut,
    Document,
    Heading,
    Issuer,
    Line,
    Margins,
    NewPage,
    Paragraph,
    Passage,
    Row,
    Seal,
    Space,
    Table,
)

_KINDS: dict[str, type[Any]] = {
    kind.__name__: kind
    for kind in (
        Blank, Cell, Chart, ChartItem, Closing, Column, Cut, Document, Heading, Issuer, Line, Margins, NewPage,
        Paragraph, Passage, Row, Seal, Space, Table,
    )
}  # fmt: skip
_KIND = "is"
_LEFT_OUT = ("remarks",)  # said to the person who prints; no part of the paper


def pack(document: Document) -> dict[str, object]:
    """The document as strings, integers, booleans, lists and objects; what has its default is left out."""
    packed = _packed(document)
    assert isinstance(packed, dict)
    return packed


def unpack(data: Mapping[str, object]) -> Document:
    """The document again. Raises ValueError for what is not packed like one, or by a newer program."""
    found = _read(Document, data)
    if not isinstance(found, Document):
        raise ValueError("a frozen report holds no document")
    return found


def _packed(value: Any) -> object:
    if is_dataclass(value):
        body: dict[str, object] = {_KIND: type(value).__name__}
        for item in fields(value):
            held = getattr(value, item.name)
            if item.name not in _LEFT_OUT and not (held == item.default and type(held) is type(item.default)):
                body[item.name] = _packed(held)
        return body
    if isinstance(value, tuple):
        return [_packed(item) for item in value]
    return repr(value) if isinstance(value, float) else value


@cache
def _hints(name: str) -> dict[str, Any]:
    return typing.get_type_hints(_KINDS[name])


def _read(hint: Any, value: object) -> object:
    if isinstance(value, Mapping):
        return _read_part(value)
    if isinstance(value, (list, tuple)):
        inner = typing.get_args(hint)
        return tuple(_read(inner[0] if inner else None, item) for item in value)
    options = _options(hint)
    if isinstance(value, str) and float in options and str not in options:
        return float(value)
    if value is None or isinstance(value, bool):
        return _of(options, type(value), value)
    if isinstance(value, int) and float in options:
        return float(value)
    return _of(options, type(value), value)


def _of(options: tuple[Any, ...], kind: type[Any], value: object) -> object:
    if kind in options or value in options:
        return value
    raise ValueError(f"a frozen report has {value!r} where something else belongs")


def _options(hint: Any) -> tuple[Any, ...]:
    """The plain types and the literal values that a hint allows."""
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        return tuple(option for part in typing.get_args(hint) for option in _options(part))
    if origin is Literal:
        return typing.get_args(hint)
    return (hint,)


def _read_part(data: Mapping[str, object]) -> object:
    kind = _KINDS.get(str(data.get(_KIND)))
    if kind is None:
        raise ValueError(f"a frozen report holds something unknown: {data.get(_KIND)!r}")
    hints = _hints(kind.__name__)
    try:
        return kind(**{name: _read(hints[name], value) for name, value in data.items() if name in hints})
    except TypeError as error:
        raise ValueError(f"a frozen report lacks something: {error}") from error
