"""A village's months in figures, for all tests of narrative reports."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from gzdesk import i18n
from gzdesk.domain.period import Month
from gzdesk.reports.completeness import Completeness, DutyLine, UnitMonths
from gzdesk.reports.duty_calendar import DutyDay
from gzdesk.reports.period_facts import EventSum, Happening, IndicatorLine, MonthSum, PeriodFacts

_EVENTS = (
    ("film_screening", "电影放映", 1, 121, 0),
    ("performance", "文艺演出", 1, 850, 0),
    ("activity", "文化活动", 6, 647, 1),
    ("training_session", "培训", 1, 26, 0),
)

INDICATORS = (
    IndicatorLine(
        name="每个行政村每年观看戏剧或文艺演出场次",
        value="4 场",
        target="≥5 场",
        verdict="进度正常",
        items="12.1",
        value_figure="4",
        target_figure="5",
    ),
    IndicatorLine(
        name="行政村每月放映场次",
        value="1 场",
        target="≥1 场/月",
        verdict="已达标",
        items="16.2",
        value_figure="1",
        target_figure="1",
        is_met=True,
    ),
    IndicatorLine(
        name="人均到馆次数",
        value="—",
        target="≥1 次/人",
        verdict="无法计算",
        note="没有常住人口数",
        items="5.5",
        target_figure="1",
    ),
)


def sample_facts(first: Month, last: Month) -> PeriodFacts:
    """Each month like October."""
    months, month = [], first
    while month <= last:
        visitors = 1695 if month.month != 2 else 0
        months.append(MonthSum(month=month, sessions_hundredths=900, persons=1644, visitors=visitors))
        month = month.plus(1)
    times = len(months)
    day = date(last.year, last.month, 11)
    following = last.plus(1)
    return PeriodFacts(
        first=first,
        last=last,
        events=tuple(
            EventSum(
                type=type_id,
                label=label,
                events=count * times,
                sessions_hundredths=100 * count * times,
                persons=persons * times,
                cancelled=lost * times,
            )
            for type_id, label, count, persons, lost in _EVENTS
        ),
        months=tuple(months),
        largest=(
            Happening(day=day, name="庆祝新中国成立70周年文艺汇演", persons=850),
            Happening(day=day, name="重阳节敬老茶话会", persons=128, unit="古四村"),
        ),
        cancelled=(
            Happening(day=day, name="广场舞交流赛", note="停电"),
            Happening(day=day, name="烈火英雄", note="天气", made_up_on=date(last.year, last.month, 18)),
        ),
        planned=(Happening(day=date(following.year, following.month, 8), name="“书香古镇”少儿阅读分享会"),),
        open_days=28 * times,
        visitors=1695 * times,
        loans=214 * times,
        library_visits=320 * times,
        books_in=40,
        books_held=2860,
        volunteers=31,
        service_times=50 * times,
        service_hours=Decimal("130.5") * times,
        orders=2,
        delivered=1,
        meetings=(Happening(day=day, name="文化工作例会"),),
        publicity=3,
        works=(Happening(day=day, name="灯都之夜", note="市级"),),
        teams=4,
        staff=3,
        facilities=2,
        area_m2=Decimal("612.5"),
        assets=9,
        assets_yuan=Decimal("26560.94"),
        safety_checks=2,
        hazards=(Happening(day=day, name="二楼应急灯不亮"),),
        feedback=3,
        feedback_open=(Happening(day=day, name="希望晚上多开一小时"),),
        satisfied=46,
        forms=50,
        granted=Decimal("80000"),
        spent=Decimal("51234.56"),
    )


def completeness_of(_year: int) -> Completeness:
    """Three units: one always in time, one late and nil, one that is missing."""
    return Completeness(
        rows=(
            UnitMonths(unit="曹一村", states=("in_time",) * 10 + ("", ""), rate="100%"),
            UnitMonths(unit="古四村", states=("late", "nil", *("in_time",) * 8, "not_due", ""), rate="90.0%"),
            UnitMonths(unit="古镇社区", states=("missing", "gap", *("in_time",) * 8, "", ""), rate="88.9%"),
        ),
        received=(2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 0, 0),
        month_rates=("33.3%", *("100%",) * 9, "—", "—"),
        rate="93.1%",
        duties=(DutyLine(label="工作动态", on_time=9, due=10, rate="90.0%"),),
    )


def duties_of(_year: int) -> tuple[DutyDay, ...]:
    """Two that were done, one of them late, and one still to be done."""
    zh = (
        ("1月10日（星期四）", "月报表", "2018年12月", "按时", "1月9日"),
        ("3月31日（星期日）", "年报", "2018年", "迟办", "4月2日"),
        ("12月10日（星期二）", "月报表", "2019年11月", "待办", ""),
    )
    en = (
        ("1-10 (Thursday)", "Monthly sheet", "12/2018", "in time", "1-9"),
        ("3-31 (Sunday)", "Annual report", "2018", "done late", "4-2"),
        ("12-10 (Tuesday)", "Monthly sheet", "11/2019", "to do", ""),
    )
    return tuple(
        DutyDay(due_on=due_on, duty=duty, period=period, state=state, done_on=done_on)
        for due_on, duty, period, state, done_on in (zh if i18n.language() == "zh_CN" else en)
    )
