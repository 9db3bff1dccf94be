"""A form is changed by its layout file, and a mistake in that file is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from gzdesk import assets, i18n
from gzdesk.reports import monthly_sheet
from gzdesk.reports.layout import load
from gzdesk.reports.pdf import render
from tests.reports.reading import pdf_texts
from tests.reports.samples import closed_october

COLUMN = '[[column]]\nkey = "{key}"\ntitle = ["名", "Name"]\nwidth_mm = {width}\n'


@pytest.fixture
def layouts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that stands for `resources/`."""
    (tmp_path / "layouts").mkdir()
    monkeypatch.setattr(assets, "resource", lambda *parts: tmp_path.joinpath(*parts))
    return tmp_path / "layouts"


def write(folder: Path, *columns: tuple[str, object]) -> None:
    text = 'title = ["{unit}表", "Sheet of {unit}"]\n'
    text += "".join(COLUMN.format(key=key, width=width) for key, width in columns)
    (folder / "form.toml").write_text(text, encoding="utf-8")


def test_order_words_and_widths_come_from_the_file(layouts: Path) -> None:
    write(layouts, ("b", 30), ("a", "[20, 40]"))
    layout = load("form", keys=("a", "b"), width_mm=80)
    assert layout.keys == ("b", "a")
    assert layout.title(unit="曹一村") == "曹一村表"
    assert [column.width_mm for column in layout.table_columns()] == [30, 20]
    i18n.set_language("en")
    assert layout.title(unit="Caoyi") == "Sheet of Caoyi"
    assert [column.width_mm for column in layout.table_columns()] == [30, 40]


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ([("a", 10), ("z", 10)], "nothing is known to stand in z"),
        ([("a", 10), ("a", 10)], "stands twice"),
        ([("a", 50), ("b", 50)], "100 mm of columns on 80 mm"),
        ([("a", 30), ("b", "[30, 60]")], "90 mm of columns on 80 mm"),
    ],
)
def test_a_mistake_is_named(layouts: Path, columns: list[tuple[str, object]], words: str) -> None:
    write(layouts, *columns)
    with pytest.raises(ValueError, match=words):
        load("form", keys=("a", "b"), width_mm=80)


def test_a_column_left_out_gives_its_width_to_another(layouts: Path) -> None:
    write(layouts, ("a", 30), ("b", "[20, 10]"))
    layout = load("form", keys=("a", "b"), width_mm=80).without("b", wider="a")
    assert [(column.key, column.zh_mm, column.en_mm) for column in layout.columns] == [("a", 50, 40)]


def test_a_town_can_move_rename_and_leave_out_columns(layouts: Path) -> None:
    text = 'title = ["{unit}{month}活动", "x"]\n'
    for key, title in (("remark", "说明"), ("persons", "人次"), ("sessions", "场次"), ("name", "名称")):
        text += f'[[column]]\nkey = "{key}"\ntitle = ["{title}", "x"]\nwidth_mm = 60\n'
    (layouts / "monthly_sheet.toml").write_text(text, encoding="utf-8")
    (page,) = pdf_texts(render(monthly_sheet.document(closed_october())))
    assert "曹一村2019年10月活动" in page
    assert "说明" in page
    assert "1,644" in page
    assert "佐证编号" not in page


def test_every_known_column_of_the_sheet_can_be_printed(layouts: Path) -> None:
    keys = tuple(monthly_sheet._CELLS)
    text = 'title = ["{unit}", "x"]\n'
    text += "".join(f'[[column]]\nkey = "{key}"\ntitle = ["{key}", "x"]\nwidth_mm = 19\n' for key in keys)
    (layouts / "monthly_sheet.toml").write_text(text, encoding="utf-8")
    assert monthly_sheet.document(closed_october()).tables[0].columns[0].title == keys[0]
