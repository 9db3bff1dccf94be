"""The papers that prove what was held: the receipt of a screening, the sign-in sheet of an activity or a class.

In the village they are scanned; here they are drawn, so that the packages carry attachments as in life.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import cast

from gzdesk.reports.document import Blank, Cell, Closing, Column, Document, Heading, Line, Row, Seal, Table
from gzdesk.reports.pdf import render
from gzdesk.services.demo.scene import Chance, Entry, Ref, Scene

# So many of the smaller events have their sign-in sheet scanned; the others stay in the folder.
_SCANNED = 0.16
_MOST_NAMES = 40
_DAYS = ("", *(f"星期{day}" for day in "一二三四五六日"), "节假日")


def has_paper(scene: Scene, entry: Entry) -> bool:
    """Whether a scan belongs to an entry."""
    if entry.type_id == "open_schedule":
        return True
    if entry.values.get("status") != "held":
        return False
    if entry.type_id not in ("activity", "training_session"):
        return entry.type_id == "film_screening"
    return _persons(entry) <= _MOST_NAMES and scene.chance("sign-in sheet", entry.key).happens(_SCANNED)


def paper_of(scene: Scene, entry: Entry) -> tuple[str, bytes] | None:
    """The name and content of the scan that belongs to an entry, or None."""
    if not has_paper(scene, entry):
        return None
    if entry.type_id == "open_schedule":
        return "免费开放公示.pdf", _rendered(_opening_notice(scene, entry))
    if entry.type_id == "film_screening":
        return f"放映回执单_{entry.values['receipt_no']}.pdf", _rendered(_receipt(scene, entry))
    chance, persons = scene.chance("sign-in sheet", entry.key), _persons(entry)
    chance.happens(_SCANNED)  # the names come after it
    title = str(entry.values.get("name") or entry.values.get("title"))
    return f"签到表_{_day(entry)}.pdf", _rendered(_sign_in_sheet(scene, chance, title, entry, persons))


def station_paper(entry: Entry) -> tuple[str, bytes] | None:
    """The name and content of a paper that the station posted, or None where it has no scan of one."""
    if not entry.lines:
        return None
    values = entry.values
    title = str(values.get("title", "免费开放公示"))
    day = date.fromisoformat(str(values.get("date") or values["posted_on"]))
    document = _form(
        title=title,
        above=Line(left="发布单位：镇文化站", right=_written(day)),
        columns=(Column(title="项目", width_mm=90), Column(title="内容", width_mm=90)),
        rows=_pairs(entry.lines),
        signatures=(),
        day=day,
    )
    return f"{title}.pdf", _rendered(document)


def timetable_lines(values: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """The weekdays of a schedule with their opening times."""
    slots = cast("list[dict[str, object]]", values["weekday_slots"])
    return tuple((_DAYS[int(str(slot["weekday"]))], f"{slot['from']}—{slot['to']}") for slot in slots)


def _pairs(lines: Iterable[tuple[str, str]]) -> tuple[Row, ...]:
    return tuple(Row(cells=(Cell(value=left), Cell(value=right))) for left, right in lines)


def _persons(entry: Entry) -> int:
    return int(str(entry.values.get("participants") or entry.values.get("attendance_total")))


def _rendered(document: Document) -> bytes:
    return render(document, for_screen=False)


def _day(entry: Entry) -> date:
    return date.fromisoformat(str(entry.values.get("date") or entry.values.get("start_on")))


def _written(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _receipt(scene: Scene, entry: Entry) -> Document:
    values, film = entry.values, entry.values["film_id"]
    title = film.key.removeprefix("film/") if isinstance(film, Ref) else ""
    facts = (
        ("放映单位", values["team"]),
        ("放映日期", f"{_written(_day(entry))} {values['start_time']}—{values['end_time']}"),
        ("放映地点", f"{scene.village.name} {values['place']}"),
        ("片名", f"《{title}》"),
        ("放映员", values["projectionist"]),
        ("放映设备编号", values["device_no"]),
        ("观众人次", values["audience"]),
        ("放映情况", "完整放映，影音清晰，群众反映良好。"),
    )
    return _form(
        title="农村电影公益放映回执单",
        above=Line(left=f"编号：{values['receipt_no']}", right="第二联：村存"),
        columns=(Column(title="项目", width_mm=45), Column(title="内容", width_mm=135, align="left")),
        rows=tuple(Row(cells=(Cell(value=label), Cell(value=str(text)))) for label, text in facts),
        signatures=(Blank(label="村确认人", value=str(values["confirmed_by"])), Blank(label="放映员")),
        day=_day(entry),
    )


def _opening_notice(scene: Scene, entry: Entry) -> Document:
    return _form(
        title=f"{scene.village.name}免费开放公示",
        above=Line(
            left=f"监督电话：{entry.values['supervision_phone']}", right=str(entry.values["holiday_rule"])
        ),
        columns=(Column(title="星期", width_mm=60), Column(title="开放时间", width_mm=120)),
        rows=_pairs(timetable_lines(entry.values)),
        signatures=(),
        day=date.fromisoformat(str(entry.values["posted_on"])),
    )


def _sign_in_sheet(scene: Scene, chance: Chance, title: str, entry: Entry, persons: int) -> Document:
    people, surnames = scene.words.people, str(scene.village.facts["surnames"])
    given = [*people["women"], *people["men"]]
    names: dict[str, None] = {}
    while len(names) < persons:
        names.setdefault(chance.pick(surnames) + chance.pick(given))
    rows = tuple(
        Row(cells=(Cell(value=n), Cell(value=name), Cell(value=scene.village.name), Cell(value="")))
        for n, name in enumerate(names, 1)
    )
    return _form(
        title=f"{title}签到表",
        above=Line(left=f"地点：{entry.values['place']}", right=_written(_day(entry))),
        columns=(
            Column(title="序号", width_mm=18),
            Column(title="姓名", width_mm=50),
            Column(title="所在村（社区）", width_mm=60),
            Column(title="备注", width_mm=52),
        ),
        rows=rows,
        signatures=(Blank(label="负责人", value=str(entry.values.get("leader", scene.village.clerk))),),
        day=None,
    )


def _form(
    *,
    title: str,
    above: Line,
    columns: tuple[Column, ...],
    rows: tuple[Row, ...],
    signatures: tuple[Blank, ...],
    day: date | None,
) -> Document:
    seal = None if day is None else Seal(date=_written(day))
    blocks = (
        Heading(text=title),
        above,
        Table(columns=columns, rows=rows),
        Closing(signatures=signatures, seal=seal),
    )
    return Document(title=title, blocks=blocks, landscape=False)
