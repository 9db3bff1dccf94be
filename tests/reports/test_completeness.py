"""The table of completeness: its second, smaller table is never parted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from gzdesk.domain.unit import Unit
from gzdesk.reports import completeness
from gzdesk.reports.completeness import DutyLine, UnitMonths
from gzdesk.reports.document import Document, NewPage
from gzdesk.reports.flow import paginate
from tests.reports.sample_facts import completeness_of

DUTIES = ("工作动态", "季度报告", "资产盘点", "安全检查", "例会", "停开公告")


def made(*, units: int) -> Document:
    """The table of a town with that many units and six duties."""
    town = Unit(id="guzhen", name="古镇镇", name_en="Guzhen Town", kind="town", short="GZ")
    months = tuple(UnitMonths(unit=f"村{at}", states=("in_time",) * 12, rate="100%") for at in range(units))
    duties = tuple(DutyLine(label=label, on_time=3, due=4, rate="75.0%") for label in DUTIES)
    found = replace(completeness_of(2019), rows=months, duties=duties)
    return completeness.document(town, 2019, found, today=date(2019, 11, 6))


def test_with_few_units_both_tables_stand_on_one_page() -> None:
    assert len(paginate(made(units=3))) == 1


def test_with_many_units_the_duties_stand_together_on_the_next_page() -> None:
    document = made(units=13)
    assert any(isinstance(block, NewPage) for block in document.blocks)
    first, second = paginate(document)
    labels = [[text.text for text in page.texts if text.text in DUTIES] for page in (first, second)]
    assert labels == [[], list(DUTIES)]
