"""Reading records from a file or from standard input: one JSON object, an array of them, or one on each line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NoReturn

from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _

STANDARD_INPUT = "-"

# A name, not a word: clerks never meet it, and it is the same in every language.
FORMAT = "JSON"


def read_objects(source: str) -> list[Mapping[str, Any]]:
    """The objects in a file, or on standard input for `-`. Raises UserError when they cannot be read."""
    text = _text(source)
    if not text.strip():
        raise UserError(
            code="empty_input",
            message=_("There is nothing in the input."),
            hint=_forms(),
        )
    return [_plain(item, number) for number, item in enumerate(_parsed(text), 1)]


def read_object(source: str) -> Mapping[str, Any]:
    """The one object in a file. Raises UserError when there is not exactly one."""
    found = read_objects(source)
    if len(found) != 1:
        raise UserError(
            code="one_record_only",
            message=_("One record is changed at a time, but {count} were given.").format(count=len(found)),
            hint=_("Give one {format} object with the items to change.").format(format=FORMAT),
        )
    return found[0]


def _text(source: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if source == STANDARD_INPUT else Path(source).read_bytes()
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(
            code="not_utf8",
            message=_("The text in {source} is not UTF-8.").format(source=source),
            hint=_("Save it again as UTF-8."),
        ) from error
    except OSError as error:
        raise UserError(
            code="unreadable_file",
            message=_("{source} can't be read.").format(source=source),
            hint=_("Check the name and whether the file is there."),
        ) from error


def _parsed(text: str) -> Iterable[Any]:
    try:
        whole = _json(text)
    except ValueError as error:
        # One on each line? Only where the first line is complete in itself; else the fault is in the document.
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2 or not _is_json(lines[0]):
            _refuse(error, line=getattr(error, "lineno", 1))
        return _each_line(text)
    return whole if isinstance(whole, list) else [whole]


def _each_line(text: str) -> Iterable[Any]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                yield _json(line)
            except ValueError as error:
                _refuse(error, line=number)


def _json(text: str) -> Any:
    # A number with a point keeps its digits: 0.1 + 0.2 is nobody's floor area.
    return json.loads(text, parse_float=str, parse_constant=_no_number, object_pairs_hook=_without_doubles)


def _is_json(text: str) -> bool:
    try:
        _json(text)
    except ValueError:
        return False
    return True


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _refuse(error: ValueError, *, line: int) -> NoReturn:
    raise UserError(
        code="not_json",
        message=_("Line {line} is not {format}.").format(line=line, format=FORMAT),
        hint=_forms(),
    ) from error


def _plain(item: Any, number: int) -> Mapping[str, Any]:
    if not isinstance(item, dict):
        raise UserError(
            code="not_an_object",
            message=_("Record {number} is no {format} object.").format(number=number, format=FORMAT),
            hint=_("Write each record between braces, each item with its value."),
        )
    if _has_half_a_character(item):
        raise UserError(
            code="not_utf8",
            message=_("Record {number} holds half of a character.").format(number=number),
            hint=_("Write the whole character; nothing was saved."),
        )
    # What `show` and `list` print can be given back as it is.
    values = item.get("values")
    return values if isinstance(values, dict) else item


def _has_half_a_character(item: Mapping[str, Any]) -> bool:
    """Whether an escape for one half of a character stands alone: no text can hold that."""
    try:
        json.dumps(item, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _forms() -> str:
    return _("Give one {format} object, a list of them, or one on each line.").format(format=FORMAT)
