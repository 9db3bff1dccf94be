"""The town station's own year: the menu that villages order from, money, meetings, and its monthly reports."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from gzdesk.domain.period import Month
from gzdesk.services.demo.scene import Chance, Entry
from gzdesk.services.demo.words import Row

# The report of a month is handed in on the day after the villages' sticks were read (32.1: by the 10th).
_REPORT_DAY = 10
_QUARTER_MONTHS = (3, 6, 9, 12)


def station_entries(words: Row, *, first: Month, months: int, seed: int) -> tuple[Entry, ...]:
    """Everything the station writes into its own registers, in the order of its days."""
    chance = Chance(seed, "station")
    entries = [*_beginnings(words, first)]
    for n in range(months):
        entries += _month(words, first.plus(n), chance)
    return tuple(sorted(entries, key=lambda entry: entry.on))


def _beginnings(words: Row, first: Month) -> Iterator[Entry]:
    day = first.first_day + timedelta(days=1)
    for n, row in enumerate(words["menu"]):
        values = {**row, "valid_from": first.first_day.isoformat()}
        yield Entry(on=day, key=f"service_item/{n}", type_id="service_item", values=values)
    menu = {"task_item": "15.1", "title": f"{first.year}年“你点我送”服务菜单", "date": day.isoformat()}
    yield Entry(on=day, key="evidence/menu", type_id="evidence", values=menu)
    for n, row in enumerate(words["grants"]):
        values = {**row, "entry": "granted", "date": day.isoformat()}
        yield Entry(on=day, key=f"grant/{n}", type_id="fund_use", values=values)
    residents = {"year": 2010, "basis": "resident", "value": 150000, "source": "人口普查，约数"}
    yield Entry(on=day, key="population/2010", type_id="population", values=residents)
    brand = {"name": "古镇灯都文化节", "owner": "古镇镇文化站", "since": "2012", "editions": 7}
    yield Entry(on=day, key="brand/0", type_id="brand_activity", values=brand)


def _month(words: Row, month: Month, chance: Chance) -> Iterator[Entry]:
    meeting = month.first_day + timedelta(days=11)
    yield _entry(meeting, "meeting", {**words["meeting"], "kind": "regular", "status": "held"})
    for n, row in enumerate(words["spending"]):
        day = month.first_day + timedelta(days=chance.between(2, 26))
        amount = str(chance.between(*row["amount"]))
        values = {**row, "amount": amount, "entry": "spent", "voucher_no": f"站-{month.month:02d}{n + 1:02d}"}
        yield _entry(day, "fund_use", values, more=f"/{n}")
    due = month.plus(1).first_day.replace(day=_REPORT_DAY)
    # The part about the month's work is left to the records.
    text = "三、存在问题\n个别场所到场人次漏登。\n四、下月计划\n按分解表推进，做好免费开放和每月放映。"
    report = {"period": str(month), "due_on": due.isoformat(), "text": text, "submitted_on": due.isoformat()}
    yield Entry(on=due, key=f"monthly_report/{month}", type_id="monthly_report", values=report)
    if month.month in _QUARTER_MONTHS:
        yield _quarter(month)


def _quarter(month: Month) -> Entry:
    due = month.first_day.replace(day=5)
    values = {
        "due_on": due.isoformat(),
        "progress": "村级综合性文化服务中心建设和免费开放公示按计划推进。",
        "system_design": "无",
        "interim_results": "各村台账已用电脑登记。",
        "submitted_on": due.isoformat(),
    }
    return Entry(on=due, key=f"quarterly_report/{month}", type_id="quarterly_report", values=values)


def _entry(day: date, type_id: str, values: dict[str, object], *, more: str = "") -> Entry:
    dated = {**values, "date": day.isoformat()}
    return Entry(on=day, key=f"{type_id}/{day}{more}", type_id=type_id, values=dated)
