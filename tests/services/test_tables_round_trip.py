"""What was written into a file and is taken in again is recognised, row by row: nothing is added, nothing refused."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gzdesk.bootstrap import Workspace, open_workspace
from gzdesk.services.imports import Outcome
from gzdesk.services.records import Draft, ListQuery, Refused
from gzdesk.services.tables import GB_18030, UTF_8
from tests.services import october
from tests.services.october import TODAY, activity, cancelled, opened, save, screening, venue

# Names that a spreadsheet, a .csv or XML would like to change, and ordinary ones.
ODD_NAMES = (
    "=1+1 茶话会",
    "+86 联谊",
    "-5℃ 冬泳",
    "@村委会 讲座",
    "'=撇号",
    "007",
    "1,234",
    "读书会；第二场",
    "“灯谜”,会",
    "_x0041_ 合唱",
    "<粤曲> & 南音",
    "𠮷祥㙍 巡游",
    "12345678901234567890",
    "2019-10-05",
    "1E5 晚会",
)
# A cell of nothing but these means `as above` to people, and to the import.
DITTO = "'\"“”〃"
names = st.sampled_from(ODD_NAMES) | st.text(
    st.sampled_from("春节元宵灯会=+-@'\"，,;0123456789abcXYZ（）&<>𠮷㙍"), min_size=1, max_size=12
).filter(lambda text: text.strip() == text and text.strip(DITTO))


@st.composite
def activities(draw: st.DrawFn) -> dict[str, Any]:
    """An activity as a form would save it."""
    values: dict[str, Any] = {
        "name": draw(names),
        "category": draw(st.sampled_from(["reading", "lecture", "festival", "chorus"])),
        "date": str(date(2019, 9, 1) + timedelta(days=draw(st.integers(0, 60)))),
        "start_time": f"{draw(st.integers(0, 23)):02d}:{draw(st.sampled_from([0, 15, 30, 59])):02d}",
        "sessions": draw(st.integers(1, 3)),
        "place": draw(st.sampled_from(["文化服务中心二楼", "007", "=广场"])),
        "organiser": "村委会",
        "participants": draw(st.integers(1, 900)),
        "leader": "苏惠芳",
    }
    if draw(st.booleans()):
        values["remark"] = draw(names)
    return values


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("round-trip") / "village"
    october.village(folder).close()
    return folder


@pytest.fixture
def ledger(template: Path, tmp_path: Path) -> Iterator[Workspace]:
    with_ledger = copy_of(template, tmp_path / "village")
    yield with_ledger
    with_ledger.close()


def copy_of(template: Path, target: Path) -> Workspace:
    shutil.copytree(template, target, ignore=shutil.ignore_patterns("*.lock"))
    return open_workspace(target, today=TODAY)


def taken_in_again(ledger: Workspace, type_id: str, out: Path, *, encoding: str = UTF_8) -> Outcome:
    made = ledger.tables.export(ListQuery(types=(type_id,)), all_items=True, out=out, encoding=encoding)
    table = ledger.imports.table(ledger.imports.open(made.file), type_id=type_id)
    return ledger.imports.run(table, mapping=table.mapping)


FILES: tuple[tuple[str, str], ...] = ((".xlsx", UTF_8), (".csv", UTF_8), (".csv", GB_18030))


@pytest.mark.parametrize(("suffix", "encoding"), FILES)
@pytest.mark.parametrize("type_id", ["film_screening", "activity", "facility", "opening_log"])
def test_an_exported_register_adds_nothing_when_it_comes_back(
    ledger: Workspace, tmp_path: Path, type_id: str, suffix: str, encoding: str
) -> None:
    fill(ledger)
    outcome = taken_in_again(ledger, type_id, tmp_path / f"out{suffix}", encoding=encoding)
    assert [problem.message for row in outcome.refused for problem in row.problems] == []
    assert outcome.added == 0
    assert outcome.skipped == ledger.records.totals(ListQuery(types=(type_id,))).records > 0


def fill(ledger: Workspace) -> None:
    screening(ledger)
    screening(ledger, receipt_no="0018", date="2019-10-18", weather="light_rain", remark="下雨，\n搬到室内")
    activity(ledger)
    activity(ledger, name="=1+1", start_time="19:00", target_group=["elderly", "minors"], volunteers=3)
    activity(ledger, name="只写了一横", start_time="08:00", remark="-")
    cancelled(ledger)
    centre = venue(ledger)
    opened(ledger, centre, 5, visitors=12)
    opened(ledger, centre, 6, visitors=0)
    save(ledger, "facility", {"name": "007 号农家书屋", "type": "rural_reading_room"})


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bodies=st.lists(activities(), min_size=1, max_size=6), file=st.sampled_from(FILES[:2]))
def test_whatever_a_form_takes_comes_back_as_itself(
    template: Path, bodies: list[dict[str, Any]], file: tuple[str, str]
) -> None:
    folder = Path(mkdtemp(prefix="round-trip-"))
    ledger = copy_of(template, folder / "village")
    try:
        unlike = {(body["date"], body["start_time"], body["name"]): body for body in bodies}
        kept = [body for body in unlike.values() if may_be_saved(ledger, body)]
        outcome = taken_in_again(ledger, "activity", folder / f"out{file[0]}", encoding=file[1])
        assert [problem.message for row in outcome.refused for problem in row.problems] == []
        assert (outcome.added, outcome.skipped) == (0, len(kept))
    finally:
        ledger.close()
        shutil.rmtree(folder)


def may_be_saved(ledger: Workspace, body: dict[str, Any]) -> bool:
    """Save it unless a rule of the register is against it, which is not the matter here."""
    try:
        ledger.records.save_all([Draft(type_id="activity", values=body)])
    except Refused:
        return False
    return True
