"""Layouts of printed forms as data: which columns or items, in which words, order and width.

The files lie in `resources/layouts/`. A town changes a form without a new program: a file of the same name in the
folder `layouts` of its data takes the place of the one that came with the program (docs/layouts.md).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from gzdesk import assets
from gzdesk.i18n import gettext as _
from gzdesk.i18n import language, listed, pick
from gzdesk.reports.document import Align, Column

FOLDER = "layouts"
_ALIGNMENTS = ("left", "center", "right")
_FAULTS = (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError)


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
class LayoutItem:
    """A line of a notice or a slip: `key` says what stands in it, the words what stands before it."""

    key: str
    zh: str
    en: str

    @property
    def label(self) -> str:
        """The words in the language in use."""
        return pick(zh=self.zh, en=self.en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The columns, the items and the title of a form; title and words have places such as `{unit}`.

    `numbers` are other measures of the form and `texts` its other words, each by its key; `sums` are the keys of
    what is added up under a table.
    """

    zh: str
    en: str
    columns: tuple[LayoutColumn, ...] = ()
    items: tuple[LayoutItem, ...] = ()
    numbers: Mapping[str, float] = field(default_factory=dict)
    texts: Mapping[str, LayoutItem] = field(default_factory=dict)
    sums: tuple[str, ...] = ()

    def title(self, **places: str) -> str:
        """The title in the language in use."""
        return pick(zh=self.zh, en=self.en).format_map(_Places(places))

    def text(self, key: str, **places: str) -> str:
        """Other words of the form in the language in use, or an empty text where the file has none."""
        item = self.texts.get(key)
        return "" if item is None else item.label.format_map(_Places(places))

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
        gone = next((item for item in self.columns if item.key == key), None)
        if gone is None:
            return self
        columns = tuple(
            replace(item, zh_mm=item.zh_mm + gone.zh_mm, en_mm=item.en_mm + gone.en_mm)
            if item.key == wider
            else item
            for item in self.columns
            if item is not gone
        )
        return replace(self, columns=columns)


class Layouts:
    """Finds layouts: what the town delivered, else the file in this PC's folder, else what came with the program.

    `delivered` are texts of files by their names without the ending. `remarks` names each file that could not be
    used; the next in that order was used in its place. Of a delivered one, which a newer program may have made,
    only the columns are left out that this one cannot fill in.
    """

    def __init__(self, folder: Path | None = None, delivered: Mapping[str, str] | None = None) -> None:
        self._folder = folder
        self._delivered = delivered or {}
        self.remarks: tuple[str, ...] = ()

    def load(self, name: str, *, keys: Collection[str] = (), width_mm: float = 0.0) -> Layout:
        """The layout of that name; `keys` are what the document can fill in.

        Raises ValueError when the built-in one is broken: another key, a key that stands twice, or columns
        wider than `width_mm`.
        """
        found = self.find(name, keys=keys, width_mm=width_mm)
        return _checked(built_in(name), keys=keys, width_mm=width_mm) if found is None else found

    def find(self, name: str, *, keys: Collection[str] = (), width_mm: float = 0.0) -> Layout | None:
        """The same, or None when neither the town nor the program has a layout of that name."""

        def checked(text: str) -> Layout:
            return _checked(text, keys=keys, width_mm=width_mm)

        if name in self._delivered:
            try:
                return _checked(self._delivered[name], keys=keys, width_mm=width_mm, from_elsewhere=True)
            except _FAULTS as error:
                self._say(name, error)
        own = None if self._folder is None else self._folder / f"{name}.toml"
        if own is not None and own.is_file():
            try:
                return checked(own.read_text(encoding="utf-8-sig"))
            except _FAULTS as error:
                self._say(name, error)
        return checked(built_in(name)) if name in built_in_names() else None

    def _say(self, name: str, error: Exception) -> None:
        remark = _("{file} can't be used, so the usual layout was taken: {reason}").format(
            file=f"{FOLDER}/{name}.toml", reason=_reason(error)
        )
        if remark not in self.remarks:
            self.remarks += (remark,)


BUILT_IN = Layouts()


def built_in(name: str) -> str:
    """The text of a layout file that came with the program."""
    return assets.resource(FOLDER, f"{name}.toml").read_text(encoding="utf-8")


@cache
def built_in_names() -> tuple[str, ...]:
    """The names of all layouts, in order."""
    found = (file.name for file in assets.resource(FOLDER).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in found if name.endswith(".toml")))


def _layout(data: dict[str, Any]) -> Layout:
    zh, en = _pair(data["title"])
    return Layout(
        zh=zh,
        en=en,
        columns=tuple(_column(**row) for row in data.get("column", ())),
        items=tuple(_item(**row) for row in data.get("item", ())),
        numbers={str(key): float(value) for key, value in data.get("numbers", {}).items()},
        texts={key: _item(key=key, title=pair) for key, pair in data.get("texts", {}).items()},
        sums=tuple(str(key) for key in data.get("sums", ())),
    )


def _item(*, key: str, title: list[str]) -> LayoutItem:
    zh, en = _pair(title)
    return LayoutItem(key=key, zh=zh, en=en)


def _pair(words: Any) -> tuple[str, str]:
    if not (isinstance(words, list) and len(words) == 2 and all(isinstance(word, str) for word in words)):
        example = '["日期", "Date"]'
        raise ValueError(
            _("words stand there in Chinese and English, like {example}").format(example=example)
        )
    for word in words:
        if not _places_are_names(word):
            raise ValueError(_("a curly bracket in “{text}” is of no use").format(text=word))
    return words[0], words[1]


def _places_are_names(word: str) -> bool:
    try:
        return all(name is None or name.isidentifier() for _text, name, *_rest in Formatter().parse(word))
    except ValueError:
        return False


def _column(
    *, key: str, title: list[str], width_mm: float | tuple[float, float], align: Align = "center"
) -> LayoutColumn:
    if align not in _ALIGNMENTS:
        raise ValueError(_("the alignment of {name} is left, center or right").format(name=key))
    zh_mm, en_mm = width_mm if isinstance(width_mm, (list, tuple)) else (width_mm, width_mm)
    if min(zh_mm, en_mm) <= 0:
        raise ValueError(_("{name} has no width").format(name=key))
    zh, en = _pair(title)
    return LayoutColumn(key=key, zh=zh, en=en, zh_mm=zh_mm, en_mm=en_mm, align=align)


def _checked(text: str, *, keys: Collection[str], width_mm: float, from_elsewhere: bool = False) -> Layout:
    layout = _layout(tomllib.loads(text))
    if from_elsewhere:
        columns = tuple(item for item in layout.columns if item.key in keys)
        items = tuple(item for item in layout.items if item.key in keys)
        layout = replace(layout, columns=columns, items=items)
    found = (*layout.keys, *(item.key for item in layout.items))
    unknown = [key for key in found if key not in keys]
    if unknown:
        raise ValueError(_("nothing is known to stand in {names}").format(names=listed(unknown)))
    twice = [key for key in found if found.count(key) > 1]
    if twice:
        raise ValueError(_("{name} stands there twice").format(name=twice[0]))
    if width_mm and not layout.columns:
        raise ValueError(_("no column stands there"))
    total = max(sum(item.zh_mm for item in layout.columns), sum(item.en_mm for item in layout.columns))
    if total > width_mm + 0.01:
        raise ValueError(
            _("the columns are {total} mm wide, the paper has {room} mm").format(
                total=f"{total:g}", room=f"{width_mm:g}"
            )
        )
    return layout


class _Places(dict[str, str]):
    """What stands in the places of a title; a place that this form cannot fill stays empty."""

    def __missing__(self, key: str) -> str:
        return ""


def _reason(error: Exception) -> str:
    """Why a file cannot be used, in words for the person who wrote it."""
    if isinstance(error, tomllib.TOMLDecodeError):
        line = re.search(r"at line (\d+)", str(error))
        return _("line {number} can't be read").format(number=line[1]) if line else _("its end is missing")
    if isinstance(error, UnicodeDecodeError):
        return _("it is not saved as UTF-8")
    if isinstance(error, KeyError):
        return _("{name} is missing").format(name=error.args[0])
    if isinstance(error, ValueError):
        return str(error)
    return _("it is not built like the usual one")
