"""Documents by name from a real ledger, as files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from gzdesk.bootstrap import Workspace
from gzdesk.errors import UserError
from gzdesk.progress import Cancelled, Progress
from gzdesk.reports import REPORTS
from tests.reports.reading import pdf_texts
from tests.services import october
from tests.services.october import OCTOBER, activity, opened, screening, venue
from tests.services.world import World


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Workspace]:
    workspace = october.village(tmp_path / "village")
    activity(workspace)
    screening(workspace)
    yield workspace
    workspace.close()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World.make(tmp_path)
    yield made
    made.close()


def text_of(file: Path) -> str:
    return "".join("".join(pdf_texts(file.read_bytes())).split())


def test_every_document_has_a_name_and_words(ledger: Workspace) -> None:
    names = ledger.reports.names()
    assert [name.name for name in names] == [report.name for report in REPORTS]
    assert all(name.label for name in names)


def test_paper_and_workbook_are_of_one_snapshot(ledger: Workspace, tmp_path: Path) -> None:
    code = ledger.months.close(OCTOBER, checked_by="梁德明").check_code
    paper = ledger.reports.make("monthly_sheet", month=OCTOBER, out=tmp_path / "sheet.pdf")
    book = ledger.reports.make("monthly_sheet", month=OCTOBER, out=tmp_path / "sheet.xlsx")
    assert (paper.pages, paper.missing, book.pages) == (1, (), 1)
    assert f"校验码{code}" in text_of(paper.file)
    assert code in load_workbook(book.file).active.oddFooter.left.text


def test_a_frozen_sheet_prints_as_it_was_although_words_change(ledger: Workspace, tmp_path: Path) -> None:
    ledger.months.close(OCTOBER)
    before = ledger.reports.preview("monthly_sheet", month=OCTOBER, for_screen=False)
    ledger.context.change_settings(new_film_years=0)
    ledger.context.rename_writer("别人")
    assert ledger.reports.preview("monthly_sheet", month=OCTOBER, for_screen=False) == before


def test_only_the_preview_shows_where_the_seal_goes(ledger: Workspace) -> None:
    shown, printed = (
        "".join(pdf_texts(ledger.reports.preview("monthly_sheet", month=OCTOBER, for_screen=for_screen)))
        for for_screen in (True, False)
    )
    assert "盖章处" in shown
    assert "盖章处" not in printed


def test_the_film_summary_has_the_films_of_the_month(ledger: Workspace, tmp_path: Path) -> None:
    made = ledger.reports.make("film_month_summary", month=OCTOBER, out=tmp_path / "films.pdf")
    text = text_of(made.file)
    assert "烈火英雄故事片2019-08-01国产新片1黄志强121" in text
    assert "共放映1场，其中国产新片1场；占100.0%。" in text


def test_the_opening_register_shows_plan_log_and_closure(ledger: Workspace, tmp_path: Path) -> None:
    centre = venue(ledger)
    opened(ledger, centre, 5, visitors=88, note="晚停电")
    october.save(
        ledger,
        "closure_notice",
        {
            "facility_id": centre,
            "from": "2019-10-19",
            "to": "2019-10-20",
            "reason": "repair",
            "posted_on": "2019-10-01",
        },
    )
    made = ledger.reports.make("opening_register", month=OCTOBER, out=tmp_path / "opening.pdf")
    text = text_of(made.file)
    assert "10-05星期六09:00–11:3088苏惠芳国庆，晚停电" in text
    assert "10-06星期日09:00–11:30国庆" in text
    assert "10-19星期六维修" in text
    assert "10-21星期一不开放" in text


def test_the_blank_form_needs_no_month(ledger: Workspace, tmp_path: Path) -> None:
    made = ledger.reports.make("monthly_sheet_blank", out=tmp_path / "blank.pdf")
    assert "曹一村＿＿＿＿年＿＿月文化活动登记表" in text_of(made.file)


def test_another_unit_can_be_named(ledger: Workspace, tmp_path: Path) -> None:
    made = ledger.reports.make("monthly_sheet", month=OCTOBER, unit="曹二村", out=tmp_path / "x.pdf")
    assert "曹二村2019年10月文化活动登记表" in text_of(made.file)


def test_a_character_without_a_glyph_is_named(ledger: Workspace, tmp_path: Path) -> None:
    activity(ledger, name="丂\U000323af学堂")
    (sentence,) = ledger.reports.missing_glyphs("monthly_sheet", month=OCTOBER)
    assert sentence.startswith("第 2 行“活动名称”的“\U000323af”")
    made = ledger.reports.make("monthly_sheet", month=OCTOBER, out=tmp_path / "x.pdf")
    assert made.missing == (sentence,)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"name": "annual_wish", "month": OCTOBER, "out": "x.pdf"}, "unknown_report"),
        ({"name": "monthly_sheet", "out": "x.pdf"}, "month_needed"),
        ({"name": "monthly_sheet", "month": OCTOBER, "out": "x.odt"}, "unknown_format"),
        ({"name": "monthly_sheet", "month": OCTOBER, "out": "missing/x.pdf"}, "cannot_write"),
        ({"name": "monthly_sheet", "month": OCTOBER, "unit": "别村", "out": "x.pdf"}, "unknown_unit"),
        ({"name": "handover_slip", "out": "x.pdf"}, "nothing_sent"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(
    ledger: Workspace, tmp_path: Path, arguments: dict[str, object], code: str
) -> None:
    with pytest.raises(UserError) as caught:
        ledger.reports.make(**{**arguments, "out": tmp_path / str(arguments["out"])})  # type: ignore[arg-type]
    assert caught.value.code == code
    assert caught.value.message
    assert caught.value.hint
    assert sorted(path.name for path in tmp_path.iterdir()) == ["village"]


def test_an_older_file_stays_whole_when_the_new_one_cannot_be_written(
    ledger: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "sheet.pdf"
    out.write_bytes(b"older")

    def full(_self: Path, _target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(UserError) as caught:
        ledger.reports.make("monthly_sheet", month=OCTOBER, out=out)
    assert caught.value.code == "cannot_write"
    assert out.read_bytes() == b"older"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["sheet.pdf", "village"]


def test_a_cancelled_job_writes_nothing(ledger: Workspace, tmp_path: Path) -> None:
    class Impatient(Progress):
        def check_cancelled(self) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        ledger.reports.make("monthly_sheet", month=OCTOBER, out=tmp_path / "x.pdf", progress=Impatient())
    assert not (tmp_path / "x.pdf").exists()


# Town and stick


def test_the_slip_lists_what_is_on_the_stick(world: World, tmp_path: Path) -> None:
    village = world.gusi.work
    activity(village)
    sheet = village.months.close(OCTOBER)
    file = world.gusi.export(world.stick)
    made = village.reports.make("handover_slip", out=tmp_path / "slip.pdf")
    text = text_of(made.file)
    assert file.name in text
    assert f"表号GS4-201910；校验码{sheet.check_code}" in text
    assert "移交单位：古四村综合性文化服务中心" in text
    assert "接收单位：古镇镇综合文化站" in text


def test_the_town_sums_up_the_films_of_all_villages(world: World, tmp_path: Path) -> None:
    for site in (world.gusi, world.gusan):
        screening(site.work, receipt_no=f"GZ-{site.unit}")
        world.town.take(site.export(world.stick))
    made = world.town.work.reports.make("film_month_summary", month=OCTOBER, out=tmp_path / "films.pdf")
    text = text_of(made.file)
    assert "古镇镇2019年10月电影放映汇总表" in text
    assert "1古四村" in text
    assert "2古三村" in text
    assert "共放映2场" in text


def test_the_town_prints_the_sheet_that_the_village_closed(world: World) -> None:
    activity(world.gusi.work)
    world.gusi.work.months.close(OCTOBER, checked_by="梁德明")
    world.town.take(world.gusi.export(world.stick))
    there, here = (
        site.work.reports.preview("monthly_sheet", month=OCTOBER, unit="gusi")
        for site in (world.gusi, world.town)
    )
    assert there == here
