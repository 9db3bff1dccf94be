"""A form is changed by its layout file, and a mistake in that file is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from gzdesk import i18n
from gzdesk.reports import monthly_sheet
from gzdesk.reports.layout import BUILT_IN, Layout, Layouts, built_in_names
from gzdesk.reports.pdf import render
from tests.reports.reading import pdf_texts
from tests.reports.samples import closed_october

COLUMN = '[[column]]\nkey = "{key}"\ntitle = ["名", "Name"]\nwidth_mm = {width}\n'
FALLBACK = "monthly_sheet"


@pytest.fixture
def layouts(tmp_path: Path) -> Path:
    """The folder of a town's own layouts."""
    return tmp_path


def load(folder: Path, *keys: str) -> Layout:
    """The town's file; a remark in place of it fails the test."""
    found = Layouts(folder)
    layout = found.load(FALLBACK, keys=keys, width_mm=80)
    assert not found.remarks
    return layout


def write(folder: Path, *columns: tuple[str, object]) -> None:
    text = 'title = ["{unit}表", "Sheet of {unit}"]\n'
    text += "".join(COLUMN.format(key=key, width=width) for key, width in columns)
    (folder / f"{FALLBACK}.toml").write_text(text, encoding="utf-8")


def test_order_words_and_widths_come_from_the_file(layouts: Path) -> None:
    write(layouts, ("b", 30), ("a", "[20, 40]"))
    layout = load(layouts, "a", "b")
    assert layout.keys == ("b", "a")
    assert layout.title(unit="曹一村") == "曹一村表"
    assert [column.width_mm for column in layout.table_columns()] == [30, 20]
    i18n.set_language("en")
    assert layout.title(unit="Caoyi") == "Sheet of Caoyi"
    assert [column.width_mm for column in layout.table_columns()] == [30, 40]


def toml(*columns: tuple[str, object]) -> str:
    return 'title = ["表", "Sheet"]\n' + "".join(
        COLUMN.format(key=key, width=width) for key, width in columns
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (toml(("date", 10), ("z", 10)), "不知道 z 里写什么"),
        (toml(("date", 10), ("date", 10)), "date 写了两次"),
        (toml(("date", 200), ("name", 100)), "各列一共 300 毫米宽，纸上只有 267 毫米"),
        (toml(("date", 30), ("name", "[30, 260]")), "各列一共 290 毫米宽"),
        (toml(("date", 0)), "date 没有写宽度"),
        (toml(), "一列也没有"),
        ("title = [", "结尾缺了"),
        ('title = ["表", "Sheet"]\nwidth 3', "第2行读不懂"),
        ("[[column]]\n", "缺 title"),
        ('title = "表"', "中文和英文"),
        ('title = ["{unit.x}", "x"]', "花括号"),
        ('title = ["表{", "x"]', "花括号"),
        ('title = ["表", "x"]\ncolumn = 3', "写法和原来的不一样"),
    ],
)
def test_a_mistake_is_named_and_the_usual_layout_is_used(layouts: Path, text: str, words: str) -> None:
    (layouts / "monthly_sheet.toml").write_text(text, encoding="utf-8")
    found = Layouts(layouts)
    document = monthly_sheet.document(closed_october(), layouts=found)
    assert document == monthly_sheet.document(closed_october())
    (remark,) = found.remarks
    assert remark.startswith("layouts/monthly_sheet.toml")
    assert words in remark


def test_a_file_of_the_notepad_is_read_and_one_in_another_coding_is_named(layouts: Path) -> None:
    text = toml(("date", 30))
    (layouts / "monthly_sheet.toml").write_text(text, encoding="utf-8-sig")
    assert load(layouts, "date").keys == ("date",)
    (layouts / "monthly_sheet.toml").write_text(text, encoding="gb18030")
    found = Layouts(layouts)
    found.load("monthly_sheet", keys=monthly_sheet._CELLS, width_mm=267)
    assert "UTF-8" in found.remarks[0]


def test_a_place_that_a_form_cannot_fill_stays_empty(layouts: Path) -> None:
    write(layouts, ("a", 30))
    assert load(layouts, "a").title() == "表"


def test_every_built_in_layout_can_be_read() -> None:
    assert {"monthly_sheet", "opening_register"} <= set(built_in_names())
    assert BUILT_IN.load("monthly_sheet", keys=monthly_sheet._CELLS, width_mm=267).columns


def test_a_column_left_out_gives_its_width_to_another(layouts: Path) -> None:
    write(layouts, ("a", 30), ("b", "[20, 10]"))
    layout = load(layouts, "a", "b").without("b", wider="a")
    assert [(column.key, column.zh_mm, column.en_mm) for column in layout.columns] == [("a", 50, 40)]


def test_a_town_can_move_rename_and_leave_out_columns(layouts: Path) -> None:
    text = 'title = ["{unit}{month}活动", "x"]\n'
    for key, title in (("remark", "说明"), ("persons", "人次"), ("sessions", "场次"), ("name", "名称")):
        text += f'[[column]]\nkey = "{key}"\ntitle = ["{title}", "x"]\nwidth_mm = 60\n'
    (layouts / "monthly_sheet.toml").write_text(text, encoding="utf-8")
    (page,) = pdf_texts(render(monthly_sheet.document(closed_october(), layouts=Layouts(layouts))))
    assert "曹一村2019年10月活动" in page
    assert "说明" in page
    assert "1,644" in page
    assert "佐证编号" not in page


def test_every_known_column_of_the_sheet_can_be_printed(layouts: Path) -> None:
    keys = tuple(monthly_sheet._CELLS)
    text = 'title = ["{unit}", "x"]\n'
    text += "".join(f'[[column]]\nkey = "{key}"\ntitle = ["{key}", "x"]\nwidth_mm = 19\n' for key in keys)
    (layouts / "monthly_sheet.toml").write_text(text, encoding="utf-8")
    found = monthly_sheet.document(closed_october(), layouts=Layouts(layouts))
    assert found.tables[0].columns[0].title == keys[0]
