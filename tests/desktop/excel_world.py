"""Workbooks as clerks have them, for the page that takes them in."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

from gzdesk.bootstrap import Workspace

# 序号, 日期, 开始, 活动名称, 类别, 地点, 主办, 场次, 人数, 签名
ROWS: tuple[tuple[object, ...], ...] = (
    ("1", "2019.10.3", "晚上7:30", "国庆歌会", "合唱", "文化广场", "村委会", 1, "约200人", "苏惠芳"),
    ("2", "10月8日", "14:30", "书法班", "讲座", "文化服务中心二楼", "村委会", 2, "四十二", "苏惠芳"),
    ("", "小计", "", "", "", "", "", 3, "", ""),
    ("3", "2019.10.12", "19:30", "粤曲晚会", "非遗", "苏氏大宗祠", "曲艺社", 1, "很多人", "苏惠芳"),
    ("4", "2019.10.23", "15:00", "亲子共读", "阅读", "农家书屋", "村委会", 1, 45, "苏国强"),
    ("", "合计", "", "", "", "", "", 5, "", ""),
)
NAMES = ("国庆歌会", "书法班", "亲子共读")
REFUSED = "粤曲晚会"


def messy_workbook(file: Path, *, rows: tuple[tuple[object, ...], ...] = ROWS) -> Path:
    """Title rows, a header of two lines with merged cells, a column nobody can guess, sums and a note below."""
    book = Workbook()
    sheet = book.active
    sheet.title = "2019年"
    sheet.append(["曹一村2019年文化活动登记表"])
    sheet.append(["填报单位：曹一村"])
    sheet.append(["序号", "活动时间", None, "活动名称", "类别", "地点", "主办", "参加情况", None, "签名"])
    sheet.append([None, "日期", "开始", None, None, None, None, "场次", "人数", None])
    for row in rows:
        sheet.append(list(row))
    sheet.append(["注：人数以签到表为准。"])
    for merged in ("A1:J1", "A2:J2", "B3:C3", "H3:I3", *(f"{column}3:{column}4" for column in "ADEFGJ")):
        sheet.merge_cells(merged)
    book.save(file)
    return file


def two_sheets(file: Path) -> Path:
    """Of the rows of the first sheet nine in ten are refused, the second has a single good one."""
    book = Workbook()
    first = book.active
    first.title = "上半年"
    second = book.create_sheet("下半年")
    for sheet in (first, second):
        sheet.append(["日期", "开始时间", "活动名称", "类别", "地点", "主办", "场次", "人数", "负责人"])
    rest = ("讲座", "文化广场", "村委会", 1)
    for number in range(1, 601):
        persons = "很多" if number % 10 else number
        first.append(
            [f"2019-0{1 + number % 6}-12", f"{number % 24:02d}:00", f"讲座{number}", *rest, persons, "苏惠芳"]
        )
    second.append(["2019-10-12", "09:00", "国庆歌会", *rest, 60, "苏惠芳"])
    book.save(file)
    return file


def some_activities(file: Path, workspace: Workspace) -> Path:
    """Activities of September in the language in use, in words that the ledger knows; the last one is refused."""
    record_type = workspace.types.get("activity")
    assert record_type is not None
    names = ("date", "start_time", "name", "category", "place", "organiser", "participants", "leader")
    fields = [record_type.by_name[name] for name in names]
    labels = [choice.label for choice in record_type.by_name["category"].choices]
    book = Workbook()
    sheet = book.active
    sheet.append([field.label for field in fields])
    for day, persons in ((3, 64), (14, 30), (28, "?")):
        moment = (f"2019-09-{day:02d}", "19:30")
        sheet.append(
            [*moment, "粤曲私伙局交流", labels[day % 9], "苏氏大宗祠", "曹一村村委会", persons, "苏惠芳"]
        )
    book.save(file)
    return file
