"""The Chinese catalogue says everything that the code says, and nothing else (`dev.py check` runs this)."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

ROOT = Path(__file__).parents[2]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}

# ui.md 6: words that a clerk does not use, however natural they are to us.
JARGON = "同步 冲突 合并 版本 修订 数据库 哈希 字段 异常 缓存 JSON null 您 ！ !".split()  # noqa: SIM905 - read as a list of words

MsgId = str | tuple[str, ...]


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with (ROOT / "resources" / "i18n" / "zh_CN.po").open("rb") as file:
        return read_po(file, abort_invalid=True)


@pytest.fixture(scope="module")
def said_by_code() -> set[MsgId]:
    found = extract_from_dir(ROOT / "gzdesk", [("**.py", "python")], keywords=KEYWORDS)
    return {msgid for _, _, msgid, _, _ in found}


def entries(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def texts(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_it_is_chinese(catalogue: Catalog) -> None:
    assert catalogue.locale is not None
    assert (catalogue.locale.language, catalogue.locale.territory) == ("zh", "CN")
    assert catalogue.num_plurals == 1


def test_nothing_is_missing(catalogue: Catalog, said_by_code: set[MsgId]) -> None:
    translated = {message.id for message in entries(catalogue) if all(texts(message))}
    assert sorted(map(str, said_by_code - translated)) == []


def test_nothing_is_left_over(catalogue: Catalog, said_by_code: set[MsgId]) -> None:
    assert sorted(str(message.id) for message in entries(catalogue) if message.id not in said_by_code) == []


def test_nothing_is_a_guess(catalogue: Catalog) -> None:
    assert [message.id for message in entries(catalogue) if message.fuzzy] == []


def test_placeholders_are_the_same(catalogue: Catalog) -> None:
    wrong = []
    for message in entries(catalogue):
        # Chinese has one form for every count, so it needs what the plural needs.
        english = message.id[-1] if isinstance(message.id, tuple) else message.id
        wrong += [(english, text) for text in texts(message) if placeholders(text) != placeholders(english)]
    assert wrong == []


def test_the_words_are_those_of_a_clerk(catalogue: Catalog) -> None:
    spoken = [text for message in entries(catalogue) for text in texts(message)]
    # A word inside braces is a name, not read by anybody.
    shown = [re.sub(r"\{[^}]*\}", "", text) for text in spoken]
    assert [(word, text) for text in shown for word in JARGON if word in text] == []


def test_every_text_can_be_found_by_extraction() -> None:
    """A msgid that is built at run time (an f-string, a variable) would never reach the catalogue.

    A text that is shown later than it is written is marked with a local `_` that returns it unchanged,
    and translated by `gettext(the_variable)` when it is shown.
    """
    hidden = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in (ROOT / "gzdesk").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
        if any(is_hidden(call.func.id, text) for text in call.args)
    ]
    assert hidden == []


def is_hidden(function: str, argument: ast.expr) -> bool:
    """Tell whether a msgid is passed in a way that extraction cannot follow."""
    if function == "gettext":
        return isinstance(argument, ast.JoinedStr | ast.BinOp | ast.Call)
    return function == "_" and not isinstance(argument, ast.Constant)
