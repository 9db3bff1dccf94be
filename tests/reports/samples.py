"""A village's October as in the pictures of the user interface, for all tests of documents."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from gzdesk.domain.month import (
    CancelledRow,
    FilmRow,
    MonthSheet,
    OpeningFigures,
    SheetRow,
    Subtotal,
    Totals,
    Word,
)
from gzdesk.domain.opening import OpenDay, Slot
from gzdesk.domain.period import Month
from gzdesk.domain.unit import Unit
from gzdesk.reports.evidence_index import IndexGroup, IndexRow
from gzdesk.reports.handover_slip import HandedFile, Handover
from gzdesk.reports.indicator_table import IndicatorRow
from gzdesk.reports.task_table import TaskLine
from gzdesk.services.tasks import load_tasks

OCTOBER = Month(2019, 10)
TOWN = Unit(id="guzhen", name="古镇镇", name_en="Guzhen Town", kind="town", short="GZ")
CAOYI = Unit(id="caoyi", name="曹一村", name_en="Caoyi Village", kind="village", short="CY1")

_WORDS = (
    ("type.film_screening", "电影放映", "Film screening"),
    ("type.performance", "文艺演出", "Performance"),
    ("type.activity", "文化活动", "Activity"),
    ("type.training_session", "培训", "Training"),
    ("film_screening.sheet.kind", "电影", "Film"),
    ("film_screening.sheet.source", "送映", "Delivered"),
    ("activity.sheet.source", "自办", "Own"),
    ("performance.source.town", "镇主办", "By the town"),
    ("performance.kind.song_dance", "歌舞", "Song and dance"),
    ("activity.category.chorus", "合唱", "Chorus"),
    ("activity.category.parent_child", "亲子", "Parents and children"),
    ("activity.category.care", "关爱", "Care"),
    ("activity.category.reading", "阅读", "Reading"),
    ("activity.category.heritage", "非遗", "Intangible heritage"),
    ("activity.category.law", "普法", "Law"),
    ("training_session.kind.arts", "艺术普及培训", "Arts for residents"),
    ("activity.cancel_reason.power_cut", "停电", "Power cut"),
    ("film.film_type.feature", "故事片", "Feature"),
    ("film_screening.weather.fine", "晴", "Fine"),
)

_ROWS = (
    (
        "01",
        "08:00",
        "升国旗仪式暨《歌唱祖国》群众合唱",
        "activity.category.chorus",
        "文化广场",
        "村委会",
        320,
        12,
        24,
    ),
    (
        "05",
        "09:30",
        "亲子手工灯饰体验",
        "activity.category.parent_child",
        "服务中心二楼",
        "村委会",
        46,
        4,
        10,
    ),
    ("07", "09:00", "重阳节敬老茶话会", "activity.category.care", "老人活动中心", "村老协", 128, 10, 30),
    ("13", "15:00", "“书香古镇”少儿阅读分享会", "activity.category.reading", "农家书屋", "村委会", 35, 3, 6),
    ("19", "19:30", "粤曲私伙局交流", "activity.category.heritage", "苏氏大宗祠", "曲艺社", 64, None, 0),
    ("26", "09:30", "防范电信诈骗普法讲座", "activity.category.law", "服务中心一楼", "村委会", 54, 2, 4),
)


def october_sheet(**changes: object) -> MonthSheet:
    """The sheet of October, a draft unless `changes` say otherwise."""
    rows = [
        replace(row, evidence_no=f"10-{number:02d}")
        for number, row in enumerate(sorted((*_activities(), *_others()), key=lambda row: row.day), start=1)
    ]
    values: dict[str, object] = {
        "unit": CAOYI.id,
        "unit_name": CAOYI.name,
        "unit_name_en": CAOYI.name_en,
        "unit_kind": CAOYI.kind,
        "month": OCTOBER,
        "number": "CY1-201910",
        "rows": tuple(rows),
        "films": (FILM,),
        "cancelled": (CANCELLED,),
        "subtotals": (
            Subtotal(type="film_screening", events=1, sessions_hundredths=100, persons=121),
            Subtotal(type="performance", events=1, sessions_hundredths=100, persons=850),
            Subtotal(type="activity", events=6, sessions_hundredths=600, persons=647),
            Subtotal(type="training_session", events=1, sessions_hundredths=100, persons=26),
        ),
        "totals": Totals(
            events=9,
            sessions_hundredths=900,
            persons=1644,
            volunteer_times=50,
            volunteer_hours_hundredths=13000,
        ),
        "opening": OpeningFigures(open_days=28, minutes=10230, visitors=1695, missing_days=2),
        "loans": 214,
        "words": tuple(Word(code=code, zh=zh, en=en) for code, zh, en in _WORDS),
        "filled_by": "苏惠芳",
        "phone": "22310000",
    }
    return MonthSheet(**(values | changes))  # type: ignore[arg-type]


def closed_october(**changes: object) -> MonthSheet:
    """The same, closed on 6 November."""
    return october_sheet(closed=True, checked_by="梁䶮明", signed_on="2019-11-06", **changes)


def _activities() -> list[SheetRow]:
    return [
        SheetRow(
            record=f"activity-{day}",
            type="activity",
            day=f"2019-10-{day}",
            time=time,
            name=name,
            kind=kind,
            place=place,
            organiser=organiser,
            persons=persons,
            volunteers=volunteers,
            volunteer_hours_hundredths=hours * 100,
            source="activity.sheet.source",
        )
        for day, time, name, kind, place, organiser, persons, volunteers, hours in _ROWS
    ]


def _others() -> tuple[SheetRow, ...]:
    return (
        SheetRow(
            record="performance-03",
            type="performance",
            day="2019-10-03",
            time="20:00",
            name="庆祝新中国成立70周年文艺汇演",
            kind="performance.kind.song_dance",
            place="文化广场",
            organiser="镇文化站、曹二村",
            persons=850,
            volunteers=18,
            volunteer_hours_hundredths=5400,
            source="performance.source.town",
        ),
        SheetRow(
            record="film-11",
            type="film_screening",
            day="2019-10-11",
            time="19:30",
            name="烈火英雄",
            film_age="new",
            kind="film_screening.sheet.kind",
            place="文化广场",
            organiser="镇放映队",
            persons=121,
            source="film_screening.sheet.source",
        ),
        SheetRow(
            record="training-16",
            type="training_session",
            day="2019-10-16",
            time="14:30",
            name="书法公益班（第3课）",
            kind="training_session.kind.arts",
            place="服务中心二楼",
            organiser="村委会",
            persons=26,
            volunteers=1,
            volunteer_hours_hundredths=200,
            remark="授课人张㙟𫖯，代课𠮷田",
        ),
    )


FILM = FilmRow(
    record="film-11",
    day="2019-10-11",
    time="19:30",
    title="烈火英雄",
    film_type="film.film_type.feature",
    release_date="2019-08-01",
    age="new",
    projectionist="黄志强",
    persons=121,
    weather="film_screening.weather.fine",
    receipt_no="GZ-2019-1107",
    confirmed_by="苏国强",
    place="文化广场",
)

CANCELLED = CancelledRow(
    record="activity-25",
    type="activity",
    day="2019-10-25",
    name="广场舞交流赛",
    reason="activity.cancel_reason.power_cut",
)


def october_days() -> tuple[OpenDay, ...]:
    """Every day of October: closed on ordinary Mondays, one figure missing on the 24th."""
    return tuple(_open_day(day) for day in OCTOBER.days())


def _open_day(day: date) -> OpenDay:
    if day.isoweekday() == 1 and day.day > 7:
        return OpenDay(day=day)
    return OpenDay(
        day=day,
        slots=(Slot(start="14:30", end="17:30"), Slot(start="19:00", end="21:00")),
        visitors=None if day.day == 24 else 20 + day.day,
        duty_person="苏惠芳",
        holiday="国庆" if day.day <= 7 else "",
        note="晚停电" if day.day == 25 else "",
    )


def october_handover() -> Handover:
    """One file and two stamped sheets for the town."""
    september = closed_october(month=Month(2019, 9), number="CY1-201909", rows=(), films=(), nil=True)
    return Handover(
        sender=CAOYI,
        receiver=TOWN,
        made_on=date(2019, 11, 6),
        files=(
            HandedFile(
                file="曹一村_2019-10_第007包.gzp", number=7, items=35, attachments=12, size_bytes=1_680_000
            ),
        ),
        sheets=(september, closed_october(correction=1)),
    )


def october_evidence() -> tuple[IndexGroup, ...]:
    """Two items with papers, a long title, lost files, no number; one with none."""
    receipt = IndexRow(
        number="16-2-001",
        title="农村电影公益放映登记表（放映回执单）《我和我的祖国》",
        made_by="曹一村",
        date="2019-10-11",
        pages=2,
        original="复印件",
        remark="村存",
    )
    photos = replace(receipt, number="16-2-002", title="放映现场照片", original="原件", remark="", missing=2)
    screening = replace(photos, number="", title="电影放映：烈火英雄", date="2019-10-18", pages=1, missing=0)
    board = replace(receipt, number="7-2-001", title="门口免费开放公示牌", pages=1, remark="")
    return (
        IndexGroup(item_id="7.2", label="免费开放与错时开放", rows=(board,)),
        IndexGroup(item_id="16.1", label="送戏下乡", rows=()),
        IndexGroup(item_id="16.2", label="农村电影放映", unit="曹一村", rows=(receipt, photos, screening)),
    )


INDICATOR_ROWS = (
    IndicatorRow(
        kind="target",
        name="行政村每月放映场次",
        tasks=("16.2",),
        target="每月1场以上",
        value="118 / 120",
        pace="",
        verdict="未达标",
        counted=131,
        with_evidence=126,
        excluded=4,
    ),
    IndicatorRow(
        kind="target",
        name="每千人拥有室内公共文化设施面积",
        tasks=("2.4", "5.1"),
        target="达200平方米",
        value="",
        pace="",
        verdict="无法计算",
        counted=0,
        with_evidence=0,
        excluded=0,
        remark="没有登记常住人口，算不出每千人的数。请在名册里登记。",
    ),
    IndicatorRow(
        kind="monitor",
        name="送戏下乡场次",
        tasks=("16.1",),
        target="",
        value="41",
        pace="",
        verdict="",
        counted=41,
        with_evidence=40,
        excluded=1,
    ),
)
"""One short of its target, one that cannot be worked out, one that is only watched."""


def task_lines() -> tuple[TaskLine, ...]:
    """A task with two items and one whose text names another day than its column."""
    items = load_tasks().by_item
    return (
        TaskLine(
            number="16",
            task="开展文化精准扶贫",
            text=f"1. {items['16.1'].text}",
            responsible=("文化站",),
            cooperating=("各村",),
            due=items["16.1"].due_text,
            progress="快到期",
            evidence="已有 1/3；缺：送戏计划、照片",
        ),
        TaskLine(
            number="",
            task="",
            text=f"2. {items['16.2'].text}",
            responsible=("文化站", "各村"),
            cooperating=(),
            due=items["16.2"].due_text,
            progress="快到期。10个月放映全部完成，正在补映前公示照片。",
            evidence="已有 3/3；16-2-001 等 5 份",
        ),
        TaskLine(
            number="14",
            task="大力推进公共文化机构数字化建设",
            text=f"4. {items['14.4'].text}",
            responsible=("文化站",),
            cooperating=(),
            due="2019年（正文：2020年底）",
            progress="进行中",
            evidence="已有 0/3",
        ),
    )
