"""The duties of the demonstration's year, counted with plain loops over the raw bodies (see counted_by_hand.py)."""

from __future__ import annotations

from fractions import Fraction

from tests.services.ledger_by_hand import LAST, TOWN, UNITS, YEAR, Body, Counted, Ledger, of

MONTHS = tuple(f"{YEAR}-{number:02d}" for number in range(1, 13))
QUARTERS = tuple(f"{YEAR}-{day}" for day in ("03-05", "06-05", "09-05", "12-05"))
VENUES = ("village_culture_centre", "culture_station", "library")
FUNDS = {"21.1": "资金使用监督与统计公告", "29.2": "经费使用报告"}


def duties(ledger: Ledger) -> Counted:
    """What was done by its day, and how much was due in the year."""
    venues = [place for place in ledger["facility"] if place["type"] in VENUES]
    return {
        "duty_monthly_report_on_time_rate": of(_sheets(ledger) + _reports(ledger), (UNITS + 1) * 12),
        "duty_quarterly_report_on_time_rate": of(
            sum(
                any(
                    item["due_on"] == day and item.get("submitted_on", "9999") <= day
                    for item in ledger.towns("quarterly_report")
                )
                for day in QUARTERS
            ),
            len(QUARTERS),
        ),
        "duty_open_hours_notice_rate": of(sum(_is_posted(ledger, venue) for venue in venues), len(venues)),
        "duty_annual_report_rate": _annual_reports(ledger),
        "duty_asset_report_rate": of(
            len({_owner(item) for item in ledger.of_year("asset_check")}), len(_working(ledger))
        ),
        "duty_fund_notice_rate": _fund_notices(ledger),
        "duty_safety_check_rate": of(
            len({(_owner(item), item["date"][:7]) for item in ledger.of_year("safety_check")}),
            len(_working(ledger)) * 12,
        ),
        "duty_meeting_count": of(
            sum(
                item["kind"] == "regular" and bool(item.get("minutes"))
                for item in ledger.of_year("meeting")
                if item["_unit"] in TOWN
            )
        ),
    }


def _owner(item: Body) -> str:
    """The unit whose record it is; the station's are the town's."""
    return "town" if item["_unit"] in TOWN else str(item["_unit"])


def _working(ledger: Ledger) -> set[str]:
    """The units that keep their records in the program: only they are asked for what is not handed in on paper."""
    return {_owner(item) for items in ledger.records.values() for item in items}


def _due(month: str) -> str:
    """The 10th of the month after it."""
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12}-{number % 12 + 1:02d}-10"


# Reports due in the year: of the last December up to this November.
_REPORTED = (f"{int(YEAR) - 1}-12", *MONTHS[:-1])


def _sheets(ledger: Ledger) -> int:
    """The month sheets of the villages that came closed by the 10th: the first package that had them counts."""
    first: dict[tuple[str, str], str] = {}
    for _unit, day, detail in ledger.packages:
        for unit, months in detail["closed"].items():
            for month in months:
                first[unit, month] = min(day, first.get((unit, month), "9999"))
    return sum(month in _REPORTED and day <= _due(month) for (_unit, month), day in first.items())


def _reports(ledger: Ledger) -> int:
    """The town's own."""
    return sum(
        item["period"] in _REPORTED and item.get("submitted_on", "9999") <= _due(item["period"])
        for item in ledger.towns("monthly_report")
    )


def _is_posted(ledger: Ledger, venue: Body) -> bool:
    """Whether the timetable that holds on the last day hangs at the door and was scanned; no venue is closed then."""
    in_force = [
        item
        for item in ledger["open_schedule"]
        if item["facility_id"] == venue["_id"] and item["valid_from"] <= LAST <= item.get("valid_to", "9999")
    ]
    if not in_force:
        return False
    current = max(in_force, key=lambda item: str(item["valid_from"]))
    posted = current.get("posted_on", "9999")
    proved = any(
        paper.get("proves") == current["_id"] and paper.get("evidence") and paper["date"] >= posted
        for paper in ledger["evidence"]
    )
    return posted <= LAST and bool(current.get("evidence") or proved)


def _annual_reports(ledger: Ledger) -> tuple[Fraction, Fraction]:
    """Of the year before: asked of those that wrote one, for the others began only in this year."""
    written = [item for item in ledger["annual_report"] if item["year"] == int(YEAR) - 1]
    in_time = [item for item in written if item.get("published_on", "9999") <= f"{YEAR}-03-31"]
    return of(len({_owner(item) for item in in_time}), len({_owner(item) for item in written}))


def _fund_notices(ledger: Ledger) -> tuple[Fraction, Fraction]:
    written = [
        paper
        for paper in ledger.towns("evidence")
        if FUNDS.get(paper["task_item"], "?") in paper["title"] and f"{int(YEAR) - 1}年" in paper["title"]
    ]
    return of(any(paper["date"] <= f"{YEAR}-03-31" for paper in written), bool(written))
