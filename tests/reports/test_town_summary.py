"""The summary of a register over all units: what has no day is of no year, and is neither held nor cancelled."""

from __future__ import annotations

from gzdesk.reports.flow import paginate
from tests.reports.test_documents import asked_for


def texts(**choices: object) -> list[str]:
    return [text.text for page in paginate(asked_for("town_summary", **choices)) for text in page.texts]


def test_a_register_without_days_is_listed_as_it_is_whatever_year_is_asked_for() -> None:
    found = texts(type_id="culture_team", year=2019)
    assert "古镇镇文艺团队汇总表" in found
    assert "已举办" not in found


def test_a_register_of_days_is_of_its_year() -> None:
    found = texts(type_id="volunteer_service", year=2019)
    assert {"古镇镇2019年志愿服务汇总表", "已举办", "已取消", "二、按月份", "三、明细"} <= set(found)


def test_the_columns_of_the_chart_are_as_high_as_the_counts_above_it() -> None:
    document = asked_for("town_summary", type_id="volunteer_service", year=2019)
    charts = [block for block in document.blocks if hasattr(block, "items")]
    by_unit = next(block for block in document.blocks if hasattr(block, "rows"))
    counts = {row.cells[0].value: str(row.cells[1].value) for row in by_unit.rows}
    for chart in charts:
        assert all(counts[item.label] == item.text for item in chart.items)
