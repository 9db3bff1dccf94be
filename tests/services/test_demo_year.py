"""A short demonstration, lived through by real stores."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from gzdesk import bootstrap
from gzdesk.bootstrap import Workspace
from gzdesk.domain.period import Month
from gzdesk.domain.record import Record
from gzdesk.errors import UserError
from gzdesk.progress import Cancelled, Progress
from gzdesk.services.demo.year import Demo, Plan, make_demo

# Three villages and three months are the least in which every part of the story is told.
UNITS, MONTHS = 3, 3
NIL, LATE, LOST, CORRECTED = "gusan", "gusi", "guzhen_shequ", "gusan"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    plan = Plan(out=tmp_path_factory.mktemp("demo") / "out", units=UNITS, months=MONTHS)
    return make_demo(plan, stores=bootstrap)


@contextmanager
def opened(demo: Demo, folder: Path) -> Iterator[Workspace]:
    workspace = bootstrap.open_workspace(folder, today=demo.today)
    try:
        yield workspace
    finally:
        workspace.close()


@pytest.fixture
def town(demo: Demo) -> Iterator[Workspace]:
    with opened(demo, demo.town.folder) as workspace:
        yield workspace


def test_the_town_shows_what_each_village_shows(demo: Demo, town: Workspace) -> None:
    assert len(demo.villages) == UNITS
    for village in demo.villages:
        found = town.maintenance.digest(village.unit)
        assert (found.digest, found.records) == (village.digest, village.records)


def test_every_store_is_sound(demo: Demo, town: Workspace) -> None:
    assert town.maintenance.check().problems == ()
    for village in demo.villages:
        with opened(demo, village.folder) as workspace:
            assert workspace.maintenance.check().problems == ()


def test_every_month_is_closed_and_received(demo: Demo, town: Workspace) -> None:
    for status in town.exchange.status():
        if status.unit.id in {village.unit for village in demo.villages}:
            # What the town said in the end is on its way back: no village has told yet that it has it.
            assert status.pending == len(_said_in_the_end(town, status.unit.id))
            assert status.missing == ()
            closed = [
                town.months.state(Month(2019, n + 1), unit=status.unit.id).status for n in range(MONTHS)
            ]
            assert closed == ["closed"] * MONTHS


def _said_in_the_end(town: Workspace, unit: str) -> list[Record]:
    said = town.records.of_types(["review", "month_review"], unit=unit)
    return [record for record in said if str(record.values["on"]) >= "2019-04"]


def test_villages_know_that_everything_arrived(demo: Demo) -> None:
    for village in demo.villages:
        with opened(demo, village.folder) as workspace:
            (status,) = workspace.exchange.status()
            assert status.acknowledged
            assert all(package.acknowledged_on for package in workspace.exchange.sent_packages())


def test_the_nil_month_is_a_statement(town: Workspace) -> None:
    state = town.months.state(Month(2019, 3), unit=NIL)
    assert state.nil
    assert state.events == 0


def test_the_corrected_month_says_so(town: Workspace) -> None:
    assert town.months.state(Month(2019, 2), unit=CORRECTED).correction == 1
    first, second = town.months.closings(Month(2019, 2), unit=CORRECTED)
    assert second.totals.persons == first.totals.persons + 12
    assert first.check_code != second.check_code


def test_the_lost_package_was_brought_again(demo: Demo, town: Workspace) -> None:
    (lost,) = [file for file in demo.files if file.parent.name == "lost"]
    (found,) = town.exchange.find([lost])
    assert found.verdict == "already"
    assert found.sender is not None
    assert found.sender.id == LOST


def test_the_late_month_came_on_another_stick(demo: Demo) -> None:
    late = [file for file in demo.files if file.parent.name == "2019-03迟交"]
    assert [file.name.startswith("古四村") for file in late] == [True]


def test_the_files_are_there(demo: Demo) -> None:
    assert all(file.is_file() and file.stat().st_size > 0 for file in demo.files)
    assert len(set(demo.files)) == len(demo.files)
    names = [file.name for file in demo.files]
    assert sum(name.endswith(".gzj") for name in names) == UNITS
    assert sum(name.endswith("文化活动登记表.pdf") for name in names) == UNITS * MONTHS + 1
    assert sum(name.endswith("文化活动登记表.xlsx") for name in names) == UNITS * MONTHS + 1
    assert sum(name.startswith("回执_") for name in names) >= UNITS * MONTHS - 1


def test_screenings_carry_their_receipt(demo: Demo, town: Workspace) -> None:
    held = [record for record in town.records.of_types(["film_screening"]) if record.status == "held"]
    assert len(held) >= UNITS * MONTHS - 1
    assert all(record.values["evidence"] for record in held)
    assert {record.values["receipt_no"] for record in held} == {
        record.values["receipt_no"] for record in held if record.values["receipt_no"]
    }
    assert len({record.values["receipt_no"] for record in held}) == len(held)


def test_each_village_has_a_binder_begun(demo: Demo, town: Workspace) -> None:
    for village in demo.villages:
        with opened(demo, village.folder) as workspace:
            filed = {
                record.values["index_no"]: record
                for record in workspace.records.of_types(["evidence"], unit=village.unit)
            }
            assert {"7-2-001", "16-2-001"} <= set(filed)
            for number, record in filed.items():
                proven = workspace.records.get(str(record.values["proves"])).record
                assert record.values["evidence"] == proven.values["evidence"], number
                (noted,) = record.values["evidence"]
                assert workspace.evidence.content(noted).startswith(b"%PDF")
        seen = town.records.of_types(["evidence"], unit=village.unit)
        assert {record.values["index_no"] for record in seen} == set(filed)


def test_the_town_files_its_menu(demo: Demo, town: Workspace) -> None:
    filed = town.records.of_types(["evidence"], unit=town.context.own_scope)
    assert [record.values["index_no"] for record in filed] == ["15-1-001", "29-2-001"]
    for record in filed:
        (noted,) = record.values["evidence"]
        assert town.evidence.content(noted).startswith(b"%PDF")


def test_the_station_keeps_registers_of_its_own(town: Workspace) -> None:
    own = town.context.own_scope
    for type_id in (
        "facility",
        "staff",
        "digital_resource",
        "care_project",
        "activity",
        "meeting",
        "safety_check",
    ):
        assert list(town.records.of_types([type_id], unit=own)), type_id
    periods = [str(found.values["period"]) for found in town.records.of_types(["monthly_report"], unit=own)]
    assert sorted(periods) == ["2018-12", "2019-01", "2019-02"]


def test_months_are_approved_returned_and_one_still_waits(town: Workspace) -> None:
    months = [Month(2019, n + 1) for n in range(MONTHS)]
    states = {unit: [town.review.month(unit, month).state for month in months] for unit in (LOST, LATE, NIL)}
    assert states == {
        LOST: ["approved", "approved", "returned"],
        LATE: ["approved", "approved", "approved"],
        NIL: ["approved", "approved", "waiting"],
    }
    assert [found.record.unit for found in town.review.returned()] == [LOST]
    assert all(remark.field for found in town.review.returned() for remark in found.judgement.remarks)


def test_villages_put_right_what_was_returned_or_say_why_not(demo: Demo, town: Workspace) -> None:
    returned = {
        str(review.values["record"]): review
        for unit in (LOST, LATE, NIL)
        for review in town.records.of_types(["review"], unit=unit)
    }
    assert {review.unit for review in returned.values()} == {LOST, LATE, NIL}
    answers = {
        str(answer.values["record"]): answer.values["status"]
        for answer in town.records.of_types(["review_answer"])
    }
    assert sorted(answers.values()) == ["amended", "amended"]
    assert {returned[record].unit for record in answers} == {LATE, NIL}
    (waiting,) = (village for village in demo.villages if village.unit == LOST)
    with opened(demo, waiting.folder) as village:
        (asked,) = village.returns.open()
        assert asked.items[0].label


def test_an_explained_return_is_approved_as_it_is(tmp_path: Path) -> None:
    made = make_demo(Plan(out=tmp_path / "out", units=4, months=3), stores=bootstrap)
    with opened(made, made.town.folder) as town:
        kinds = {answer.values["status"] for answer in town.records.of_types(["review_answer"])}
        assert kinds == {"amended", "no_mistake"}
        (explained,) = (
            answer
            for answer in town.records.of_types(["review_answer"])
            if answer.values["status"] == "no_mistake"
        )
        month = Month.parse(str(town.records.get(str(explained.values["record"])).record.values["date"])[:7])
        assert town.review.month(explained.unit, month).state == "approved"


def test_a_record_has_a_history(town: Workspace) -> None:
    held = [record for record in town.records.of_types(["film_screening"]) if record.status == "held"]
    record = max(held, key=lambda record: str(record.values["date"]))
    kinds = [entry.kind for entry in town.records.history(record.id)]
    assert kinds == ["changed", "written"]


def test_the_guide_tells_the_story(demo: Demo) -> None:
    text = demo.files[0].read_text(encoding="utf-8")
    assert demo.files[0].name == "说明.txt"
    for word in ("零报告", "迟交", "更正", "退回", "还没审核", "lost", str(demo.today), "古四村"):
        assert word in text
    assert "{" not in text


def test_the_same_seed_gives_the_same_records(demo: Demo, tmp_path: Path) -> None:
    again = make_demo(Plan(out=tmp_path / "again", units=1, months=1), stores=bootstrap)
    once_more = make_demo(Plan(out=tmp_path / "once more", units=1, months=1), stores=bootstrap)
    other = make_demo(Plan(out=tmp_path / "other", units=1, months=1, seed=7), stores=bootstrap)
    assert again.villages[0].digest == once_more.villages[0].digest
    assert again.villages[0].digest != other.villages[0].digest


def test_one_village_alone_lives_through_it_too(tmp_path: Path) -> None:
    """Its first package is lost, so nothing at all arrives that month."""
    made = make_demo(Plan(out=tmp_path / "out", units=1, months=2), stores=bootstrap)
    with opened(made, made.town.folder) as town:
        assert town.maintenance.digest(made.villages[0].unit).digest == made.villages[0].digest


def test_a_folder_in_use_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep", encoding="utf-8")
    with pytest.raises(UserError) as caught:
        make_demo(Plan(out=tmp_path, units=1, months=1), stores=bootstrap)
    assert caught.value.code == "folder_not_empty"
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


class _Impatient(Progress):
    def check_cancelled(self) -> None:
        raise Cancelled


def test_stopping_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        make_demo(Plan(out=tmp_path / "out", units=1, months=1), stores=bootstrap, progress=_Impatient())
    assert list((tmp_path / "out").iterdir()) == []
