"""Chinese text is found by its characters, its initials by either reading, and its whole pinyin."""

from __future__ import annotations

import pytest

from gzdesk.pinyin import initials, search_text, whole


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("烈火英雄", "烈火"),
        ("烈火英雄", "lhyx"),
        ("烈火英雄", "liehuoying"),
        ("重阳节", "cyj"),
        ("重阳节", "zyj"),
        ("绿道公园", "lvdao"),
        ("LED屏", "ledping"),
    ],
)
def test_it_is_found(text: str, typed: str) -> None:
    assert typed in search_text(text)


def test_what_is_not_chinese_stays_as_it_is() -> None:
    assert (whole("A3 x"), initials("A3 x")) == ("a3 x", "a3 x")


def test_a_character_without_a_reading_is_no_fault() -> None:
    assert whole("、\U0002a6d6") == "、\U0002a6d6" or whole("、\U0002a6d6").startswith("、")
