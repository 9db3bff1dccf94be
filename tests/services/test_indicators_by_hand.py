"""The demonstration's year: what the program says, what plain counting says and what docs/indicators.md says."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

from gzdesk import bootstrap
from gzdesk.domain.indicators.result import Result
from gzdesk.services.demo.year import Plan, make_demo
from tests.services.counted_by_hand import numbers

PAGE = Path(__file__).parents[2] / "docs" / "indicators.md"
_LINE = re.compile(r"\| `(\w+)` \| ([\d.,]+|—) \| ([\d.,]+|—) \| (.+?) \| (\w+) \|")


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Result], dict[str, str]]:
    """The town's file, its results of 2019 by indicator, and how they are printed."""
    plan = Plan(out=tmp_path_factory.mktemp("demo") / "out", units=3, months=12)
    made = make_demo(plan, stores=bootstrap)
    workspace = bootstrap.open_workspace(made.town.folder, today=made.today)
    results = {result.indicator: result for result in workspace.indicators.year(2019)}
    texts = {name: workspace.indicators.text(result) for name, result in results.items()}
    workspace.close()
    return made.town.folder / "gzdesk.sqlite3", results, texts


def _table() -> dict[str, tuple[str, str, str, str]]:
    found = _LINE.findall(PAGE.read_text(encoding="utf-8"))
    return {name: (above, below, text, verdict) for name, above, below, text, verdict in found}


def test_program_plain_counting_and_page_agree(
    year: tuple[Path, dict[str, Result], dict[str, str]],
) -> None:
    file, results, texts = year
    table = _table()
    counted = numbers(file)
    assert set(counted) == set(table) == set(results)
    assert len(counted) == 48
    for name, by_hand in counted.items():
        result = results[name]
        above, below, text, verdict = table[name]
        assert (texts[name], result.verdict) == (text, verdict), name
        if by_hand is None:
            assert (result.value, above) == (None, "—"), name
            continue
        times = 1000 if name == "volunteer_population_permille" else 1
        assert result.value == by_hand[0] / by_hand[1] * times, name
        assert (_number(above), _number(below)) == by_hand, name


def _number(text: str) -> Fraction:
    return Fraction(text.replace(",", ""))
