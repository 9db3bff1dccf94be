"""Every page at its usual moments: every word has room and is in the right language, in each size and colour."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from gzdesk.bootstrap import Workspace
from gzdesk.desktop.frame import SIZE, Frame
from gzdesk.services.indicator_facts import load_counting_rules
from gzdesk.services.tasks import load_tasks
from tests.journeys.pc import Pc
from tests.journeys.places import CAOYI, TOWN, ledger, pc_of
from tests.journeys.room import cut_off, overlapping
from tests.journeys.scenes import look_at_the_first_start, look_at_the_town, look_at_the_village
from tests.journeys.screen import words_on

LOOKS = [
    pytest.param("zh_CN", {}, id="Chinese"),
    pytest.param("zh_CN", {"text_percent": 125}, id="Chinese, large"),
    pytest.param("zh_CN", {"high_contrast": True}, id="Chinese, high contrast"),
    pytest.param("en", {}, id="English"),
    pytest.param("en", {"text_percent": 125}, id="English, large"),
]
# Keys, formats and names of things outside the program are the same in both languages, and so is the name of a
# paper form or the pattern of a number that stands on paper.
_SAME_EVERYWHERE = re.compile(
    r"Ctrl|Shift|Alt|Space|Enter|Esc|Delete|Insert|PgUp|PgDo?w?n|Tab|Home|End|F\d+"
    r"|Excel|Word|PDF|English|中文|gzdesk|LED|Linux|ibus|fcitx|[KMG]B|[A-Z]{2}-[\d-]+"
    r"|(?<![A-Za-z])(?:GZS?|GS\d|GE2|GY1|LF6|QF7|GD|GN|C[YES]\d|HZ)(?![A-Za-z])"
    r"|jpg|png|pdf|ZIP|UTF-8|O2O|record_types|layouts|sealed\.key"
    r"|\.?gz[jp]|\.?xlsx?|\.?csv|\d+(?:\.\w+){2,}|/\S+|lhyx|ncdy|zyfw|zyz|fzr|wohe|whenever|whw?"
    r"|《[^》]*》|电审故字〔2018〕第123号|[\u4e00-\u9fff]+…$"
)
# Taken out before anything else: what follows an "F8" or a "12" inside a code would be left over as a word.
_CHECK_CODE = re.compile(r"(?<![\w-])[\dA-F]{4}-[\dA-F]{4}(?![\w-])")
_LATIN = re.compile(r"[A-Za-z]{2,}")
_CHINESE = re.compile(r"[\u3001\u3002\u4e00-\u9fff\uff01-\uff5e]")


class Inspector:
    """Looks at one moment after the other and remembers what is wrong."""

    def __init__(self, language: str, data: re.Pattern[str]) -> None:
        self.language, self.data = language, data
        self.seen: list[str] = []
        self.faults: list[str] = []

    def __call__(self, moment: str, window: QWidget) -> None:
        self.seen.append(moment)
        found = [
            *cut_off(window),
            *overlapping(window),
            *_foreign(words_on(window), self.data, self.language),
        ]
        if isinstance(window, Frame) and window.size().toTuple() != SIZE:
            found.append(f"the window grew to {window.size().toTuple()}")
        self.faults += [f"{moment}: {fault}" for fault in found]


@pytest.mark.parametrize(("language", "look"), LOOKS)
def test_every_page_of_a_village(tmp_path: Path, stick: Path, language: str, look: dict[str, object]) -> None:
    pc = pc_of(CAOYI, tmp_path, language=language)
    inspect = Inspector(language, _data_of(pc))
    with pc.on(**look) as clerk:
        look_at_the_village(clerk, inspect)
    assert len(inspect.seen) > 50
    assert not inspect.faults, "\n".join(inspect.faults)


@pytest.mark.parametrize(("language", "look"), LOOKS)
def test_every_page_of_the_town(tmp_path: Path, stick: Path, language: str, look: dict[str, object]) -> None:
    pc = pc_of(TOWN, tmp_path, language=language)
    inspect = Inspector(language, _data_of(pc, pc_of(CAOYI, tmp_path)))
    with pc.on(**look) as clerk:
        look_at_the_town(clerk, inspect, folder=tmp_path, stick=stick)
    assert len(inspect.seen) > 15
    assert not inspect.faults, "\n".join(inspect.faults)


@pytest.mark.parametrize(("language", "look"), LOOKS)
def test_the_first_start_and_its_refusals(
    tmp_path: Path, stick: Path, language: str, look: dict[str, object]
) -> None:
    inspect = Inspector(language, re.compile("苏惠芳"))
    with Pc(tmp_path / "new", language=language).on(**look) as clerk:
        look_at_the_first_start(clerk, inspect)
    with ledger(pc_of(CAOYI, tmp_path).folder), pc_of(CAOYI, tmp_path, language=language).on(**look) as clerk:
        inspect("open already", clerk.program.window())
    assert not inspect.faults, "\n".join(inspect.faults)


def _foreign(shown: Iterable[str], data: re.Pattern[str], language: str) -> list[str]:
    wrong = _CHINESE if language == "en" else _LATIN
    left = ((words, wrong.search(_without_data(words, data))) for words in shown)
    return [f"{found[0]!r} is in the wrong language in {words[:60]!r}" for words, found in left if found]


def _without_data(words: str, data: re.Pattern[str]) -> str:
    """What is left of ``words`` when codes, data and names that no language translates are taken out."""
    return _SAME_EVERYWHERE.sub("", data.sub("", _CHECK_CODE.sub("", words)))


def _data_of(*pcs: Pc) -> re.Pattern[str]:
    """What people have written themselves, which no program translates."""
    texts: set[str] = {*_wording_of_tasks(), *_words_looked_for()}
    for pc in pcs:
        with ledger(pc.folder) as workspace:
            texts |= {workspace.writer_name, workspace.me.name, *_texts(workspace)}
    whole = "|".join(re.escape(text) for text in texts if len(text) == 1)
    longest_first = sorted((text for text in texts if len(text) > 1), key=len, reverse=True)
    return re.compile(rf"^(?:{whole})$|" + "|".join(map(re.escape, longest_first)))


def _words_looked_for() -> Iterable[str]:
    """The words by which counting rules know an event: they stand in names that people write."""
    return (str(rule.default) for rule in load_counting_rules() if rule.id.endswith("_words"))


def _wording_of_tasks() -> Iterable[str]:
    """What the town has put in writing: quoted as it stands in every language."""
    for item in load_tasks().items:
        who = (*item.responsible, *item.cooperating)
        yield from (item.text, item.due_text, ", ".join(who), *who, *item.evidence)


def _texts(workspace: Workspace) -> Iterable[str]:
    for record in workspace.records.of_types([item.id for item in workspace.types]):
        for value in record.values.values():
            for text in value if isinstance(value, list) else [value]:
                if isinstance(text, str) and text:
                    yield text
