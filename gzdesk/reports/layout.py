"""Layouts of printed tables as data: which columns, in which words, order and width.

A town changes a form by its file in `resources/layouts/`, not by a new program.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from gzdesk import assets
from gzdesk.i18n import language, pick
from gzdesk.reports.document import Align, Column

_ALIGNMENTS = ("left", "center", "right")


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutColumn:
    """A column: `key` says what stands in it, the rest how. English words may need other widths."""

    key: str
    zh: str
    en: str
    zh_mm: float
    en_mm: float
    align: Align = "center"

    @property
    def width_mm(self) -> float:
        """The width in the language in use."""
        return self.zh_mm if language() == "zh_CN" else self.en_mm


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The columns and the title of a form; the title has places such as `{unit}`."""

    zh: str
    en: str
    columns: tuple[LayoutColumn, ...]

    def title(self, **places: str) -> str:
        """The title in the language in use."""
        return pick(zh=self.zh, en=self.en).format(**places)

    @property
    def keys(self) -> tuple[str, ...]:
        """What stands in the columns, in order."""
        return tuple(column.key for column in self.columns)

    def table_columns(self) -> tuple[Column, ...]:
        """The columns with their titles in the language in use."""
        return tuple(
            Column(title=pick(zh=item.zh, en=item.en), width_mm=item.width_mm, align=item.align)
            for item in self.columns
        )

    def without(self, key: str, *, wider: str) -> Layout:
        """The layout without one column, whose width another one takes."""
        gone = next(item for item in self.columns if item.key == key)
        columns = tuple(
            replace(item, zh_mm=item.zh_mm + gone.zh_mm, en_mm=item.en_mm + gone.en_mm)
            if item.key == wider
            else item
            for item in self.columns
            if item is not gone
        )
        return replace(self, columns=columns)


def load(name: str, *, keys: Collection[str], width_mm: float) -> Layout:
    """The layout file of that name.

    `keys` are what the document can fill in. Raises ValueError for another key, a key that stands twice, or
    columns wider than `width_mm`.
    """
    data = tomllib.loads(assets.resource("layouts", f"{name}.toml").read_text(encoding="utf-8"))
    return _checked(_layout(data), name=name, keys=keys, width_mm=width_mm)


def _layout(data: dict[str, Any]) -> Layout:
    zh, en = data["title"]
    return Layout(zh=zh, en=en, columns=tuple(_column(**row) for row in data["column"]))


def _column(
    *, key: str, title: tuple[str, str], width_mm: float | tuple[float, float], align: Align = "center"
) -> LayoutColumn:
    if align not in _ALIGNMENTS:
        raise ValueError(f"column {key}: no such alignment {align!r}")
    zh_mm, en_mm = width_mm if isinstance(width_mm, (list, tuple)) else (width_mm, width_mm)
    return LayoutColumn(key=key, zh=title[0], en=title[1], zh_mm=zh_mm, en_mm=en_mm, align=align)


def _checked(layout: Layout, *, name: str, keys: Collection[str], width_mm: float) -> Layout:
    unknown = [key for key in layout.keys if key not in keys]
    if unknown:
        raise ValueError(f"layout {name}: nothing is known to stand in {', '.join(unknown)}")
    if len(set(layout.keys)) < len(layout.keys):
        raise ValueError(f"layout {name}: a column stands twice")
    total = max(sum(item.zh_mm for item in layout.columns), sum(item.en_mm for item in layout.columns))
    if total > width_mm + 0.01:
        raise ValueError(f"layout {name}: {total:g} mm of columns on {width_mm:g} mm of paper")
    return layout
