"""Records written as clerks write them, in any layout, come back as the values they were."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gzdesk import bootstrap
from gzdesk.bootstrap import Workspace
from gzdesk.domain.record_type import Field
from gzdesk.services.imports.headings import importable
from gzdesk.services.imports.rows import RowReader
from tests.workbooks.made import workbook

TODAY = date(2019, 11, 8)
TYPES = (
    "film_screening",
    "activity",
    "performance",
    "volunteer",
    "facility",
    "film",
    "library_loan",
    "opening_log",
    "staff",
)
WRITTEN = {"text", "note", "integer", "decimal", "date", "partial_date", "month", "time", "choice", "yes_no"}
EPOCH = datetime(1899, 12, 30)
# Names as they are, with a rare character now and then; a text that is only a dash or a sum is none.
TEXTS = st.text(alphabet="古镇文化广场灯会粤曲䶮𠮷苏桂琴A1B2（）《》", min_size=2, max_size=8).filter(
    lambda text: text.strip("《》（）") and not (text.startswith("《") and text.endswith("》"))
)


@dataclass
class Cell:
    """What a person wrote and the value it stands for."""

    written: Any
    value: object


def wide(text: str) -> str:
    return text.translate({ord("0") + digit: ord("０") + digit for digit in range(10)})


@st.composite
def dates(draw: st.DrawFn, field: Field) -> Cell:
    day = draw(st.dates(date(2019, 1, 1), date(2019, 11, 7)))
    forms = ["{y}.{m}.{d}", "{y}/{m}/{d}", "{y}-{m:02}-{d:02}", "{y}年{m}月{d}日", "{y}{m:02}{d:02}"]
    if field.kind == "date":
        # The year of these is in the title.
        forms += ["{m}月{d}日", "{m}.{d}"]
    kind = draw(st.sampled_from(["text", "date", "moment", "serial"]))
    text = draw(st.sampled_from(forms)).format(y=day.year, m=day.month, d=day.day)
    cells = {
        "text": wide(text) if draw(st.booleans()) else text,
        "date": day,
        "moment": datetime.combine(day, time()),
        "serial": (datetime.combine(day, time()) - EPOCH).days,
    }
    return Cell(cells[kind], day.isoformat())


@st.composite
def times(draw: st.DrawFn) -> Cell:
    hour, minute = draw(st.integers(8, 21)), draw(st.integers(0, 59))
    texts = [f"{hour}:{minute:02}", f"{hour}：{minute:02}", f"{hour}点{minute:02}分", f"{hour:02}{minute:02}"]
    if hour > 18:
        texts.append(f"晚上{hour - 12}:{minute:02}")
    forms = [*texts, time(hour, minute), (hour * 60 + minute) / 1440, timedelta(hours=hour, minutes=minute)]
    return Cell(draw(st.sampled_from(forms)), f"{hour:02}:{minute:02}")


@st.composite
def numbers(draw: st.DrawFn) -> Cell:
    number = draw(st.integers(1, 2000))
    forms = [
        number,
        float(number),
        str(number),
        f"{number:,}",
        f"约{number}人",
        wide(str(number)),
        f" {number} ",
    ]
    return Cell(draw(st.sampled_from(forms)), number)


@st.composite
def decimals(draw: st.DrawFn, field: Field) -> Cell:
    tenths = draw(st.integers(1, 100)) if field.decimals else draw(st.integers(1, 10)) * 10
    whole, part = divmod(tenths, 10)
    text = f"{whole}.{part}" if part else str(whole)
    return Cell(draw(st.sampled_from([text, tenths / 10, wide(text)])), text)


@st.composite
def choices(draw: st.DrawFn, field: Field) -> Cell:
    choice = draw(st.sampled_from(field.choices))
    return Cell(draw(st.sampled_from([choice.code, choice.zh, choice.en, f" {choice.zh} "])), choice.code)


def cells(field: Field) -> st.SearchStrategy[Cell]:
    strategies: dict[str, Any] = {
        "date": lambda: dates(field),
        "partial_date": lambda: dates(field),
        "month": lambda: st.dates(date(1950, 1, 1), date(2005, 1, 1)).map(
            lambda day: Cell(f"{day.year}年{day.month}月", f"{day.year}-{day.month:02}")
        ),
        "time": times,
        "integer": numbers,
        "decimal": lambda: decimals(field),
        "choice": lambda: choices(field),
        "yes_no": lambda: st.sampled_from(
            [
                Cell("√", True),
                Cell("是", True),
                Cell("有", True),
                Cell(True, True),
                Cell("否", False),
                Cell("×", False),
            ]
        ),
    }
    made = strategies.get(field.kind)
    # What stands in a text field with a form of its own (telephone) is the form's business, not the table's.
    return made() if made else TEXTS.map(lambda text: Cell(text, text))


@st.composite
def headings(draw: st.DrawFn, field: Field) -> str:
    unit = f"（{field.unit_zh}）" if field.unit_zh and "万" not in field.unit_zh else ""
    form = draw(
        st.sampled_from(
            ["{zh}", "{zh}", "{zh}{unit}", " {zh} ", "*{zh}", "{first}\n{rest}", "{zh}：", "{en}"]
        )
    )
    return form.format(zh=field.zh, en=field.en, unit=unit, first=field.zh[:2], rest=field.zh[2:])


@st.composite
def registers(
    draw: st.DrawFn, workspace: Workspace
) -> tuple[str, list[Field], list[str], list[list[Cell | None]]]:
    record_type = workspace.context.record_type(draw(st.sampled_from(TYPES)))
    possible = [
        field
        for field in importable(record_type)
        if field.kind in WRITTEN and field.name not in ("status", "remark") and not field.prefix
    ]
    fields = draw(
        st.lists(st.sampled_from(possible), min_size=4, max_size=9, unique_by=lambda field: field.name)
    )
    heads = [draw(headings(field)) for field in fields]
    count = draw(st.integers(1, 6))
    rows = [
        [draw(cells(field)) if at < 3 or draw(st.booleans()) else None for at, field in enumerate(fields)]
        for _row in range(count)
    ]
    return record_type.id, fields, heads, rows


@st.composite
def headers(
    draw: st.DrawFn, heads: list[str]
) -> tuple[list[list[str | None]], list[tuple[int, int, int, int]]]:
    """One header line, or two with a group's word over some neighbours; and what is merged in them."""
    if draw(st.booleans()):
        return [list(heads)], []
    upper: list[str | None] = list(heads)
    lower: list[str | None] = [None] * len(heads)
    first = draw(st.integers(0, len(heads) - 2))
    last = draw(st.integers(first + 1, len(heads) - 1))
    lower[first : last + 1] = heads[first : last + 1]
    upper[first : last + 1] = ["基本情况", *[None] * (last - first)]
    merges = [(0, first, 0, last)]
    merges += [(0, at, 1, at) for at in range(len(heads)) if lower[at] is None]
    return [upper, lower], merges


@st.composite
def sheets(
    draw: st.DrawFn, heads: list[str], rows: list[list[Cell | None]]
) -> tuple[list[list[Any]], list[tuple[int, int, int, int]]]:
    """The register as a sheet with all that stands around tables, and what is merged in it."""
    left: list[Any] = [None] * draw(st.integers(0, 3))
    numbered = draw(st.booleans())
    sheet: list[list[Any]] = [[*left, "古四村2019年度登记表"], *([[]] * draw(st.integers(0, 2)))]
    if draw(st.booleans()):
        sheet.append([*left, "填报单位：古四村", None, "填表日期：2020年1月5日"])
    lines, merges = draw(headers([*(["序号"] if numbered else []), *heads]))
    down, across = len(sheet), len(left)
    merges = [(down + a, across + b, down + c, across + d) for a, b, c, d in merges]
    sheet += [[*left, *line] for line in lines]
    for number, row in enumerate(rows, 1):
        if draw(st.integers(0, 5)) == 0:
            sheet.append([])
        sheet.append(
            [*left, *([number] if numbered else []), *(cell.written if cell else None for cell in row)]
        )
    if draw(st.booleans()):
        sheet.append([*left, draw(st.sampled_from(["合计", "总计：", "小计"])), None, None, 5])
    if draw(st.booleans()):
        sheet.append(
            [*left, draw(st.sampled_from(["填表人：苏丽芬", "注：以上情况属实。", "审核人：      日期："]))]
        )
    return sheet, merges


def dressed(merges: list[tuple[int, int, int, int]]) -> Any:
    def dress(sheet: Any) -> None:
        for a, b, c, d in merges:
            sheet.merge_cells(start_row=a + 1, start_column=b + 1, end_row=c + 1, end_column=d + 1)

    return dress


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder: Path = tmp_path_factory.mktemp("round") / "village"
    workspace = bootstrap.init_village(folder, name="古四村", writer_name="苏丽芬", today=TODAY)
    yield workspace
    workspace.close()


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_what_was_written_comes_back_from_any_layout(village: Workspace, data: st.DataObject) -> None:
    type_id, fields, heads, rows = data.draw(registers(village))
    sheet, merges = data.draw(sheets(heads, rows))
    file = village.folder.parent / "表.xlsx"
    file.write_bytes(workbook(sheet, dress=dressed(merges)))
    table = village.imports.table(village.imports.open(file), type_id=type_id)
    assert set(table.mapping.values()) == {field.name for field in fields}
    assert len(table.rows) == len(rows)
    with village.context.store.reading() as read:
        reader = RowReader(village.context, read, village.context.record_type(type_id), table, table.mapping)
        for row, expected in zip(table.rows, rows, strict=True):
            found = reader.read(row)
            written = {field.name: cell.value for field, cell in zip(fields, expected, strict=True) if cell}
            assert [problem.message for problem in found.problems if problem.blocks] == []
            assert {name: found.values.get(name) for name in written} == written
