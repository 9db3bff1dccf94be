"""Each document against its expected file, in both languages.

An expected file is the placed pages as text. After a wanted change: GZDESK_WRITE_GOLDEN=1 pytest tests/reports
writes them anew; look at the difference before it is committed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from gzdesk import i18n
from gzdesk.domain.month import MonthSheet, Totals
from gzdesk.domain.opening import WORKING_HOURS
from gzdesk.reports import (
    REPORTS,
    asset_report,
    closure_notice,
    duty_calendar,
    film_month_summary,
    film_notice,
    fund_notice,
    handover_slip,
    indicator_table,
    list_form,
    monthly_sheet,
    opening_notice,
    opening_register,
    record_form,
    task_table,
    volunteer_certificate,
    xlsx,
)
from gzdesk.reports.document import Document
from gzdesk.reports.film_month_summary import percent_text, share_of
from gzdesk.reports.flow import paginate
from gzdesk.reports.handover_slip import size_text
from gzdesk.reports.indicator_table import IndicatorTable
from gzdesk.reports.source import Report
from gzdesk.reports.words import hours_text, hundredths_text
from tests.reports.every_kind import EVERY_KIND, SMALL, every_kind_filed
from tests.reports.reading import as_lines
from tests.reports.sample_source import TODAY, TYPES, caoyi, closure, venue, volunteer
from tests.reports.samples import (
    CAOYI,
    FILM,
    OCTOBER,
    TOWN,
    closed_october,
    october_days,
    october_handover,
    october_sheet,
)

GOLDEN = Path(__file__).parents[1] / "golden" / "reports"


def nil_sheet() -> MonthSheet:
    return closed_october(
        rows=(),
        films=(),
        cancelled=(),
        subtotals=(),
        totals=Totals(),
        nil=True,
        summary="本月换届，服务中心占用。",
    )


def other_village() -> MonthSheet:
    film = replace(FILM, record="f2", title="𠮷祥如意", age="unknown", release_date="", persons=88)
    return replace(
        closed_october(films=(film,)), unit="gusi", unit_name="古四村", unit_name_en="Gusi Village"
    )


DOCUMENTS: dict[str, Callable[[], Document]] = {
    "monthly_sheet": lambda: monthly_sheet.document(closed_october()),
    "monthly_sheet_draft": lambda: monthly_sheet.document(october_sheet()),
    "monthly_sheet_correction": lambda: monthly_sheet.document(closed_october(correction=1)),
    "monthly_sheet_nil": lambda: monthly_sheet.document(nil_sheet()),
    "monthly_sheet_blank": lambda: monthly_sheet.blank(CAOYI),
    "film_month_summary": lambda: film_month_summary.document(CAOYI, OCTOBER, [closed_october()]),
    "film_month_summary_town": lambda: film_month_summary.document(
        TOWN, OCTOBER, [closed_october(), other_village()]
    ),
    "film_month_summary_none": lambda: film_month_summary.document(CAOYI, OCTOBER, [nil_sheet()]),
    "handover_slip": lambda: handover_slip.document(october_handover()),
    "indicator_table": lambda: asked_for("indicator_table"),
    "indicator_table_none": lambda: indicator_table.document(
        TOWN, IndicatorTable(rows=()), 2018, today=TODAY
    ),
    "evidence_index": lambda: asked_for("evidence_index"),
    "task_table": lambda: asked_for("task_table"),
    "task_table_none": lambda: task_table.document(CAOYI, [], today=TODAY),
    "opening_register": lambda: opening_register.document(CAOYI, OCTOBER, october_days()),
    "opening_notice": lambda: asked_for("opening_notice"),
    "opening_notice_a3": lambda: asked_for("opening_notice_a3"),
    "opening_notice_rooms": lambda: opening_notice.document(
        CAOYI, [venue("101", "102", "203")], working_hours=WORKING_HOURS
    ),
    "opening_notice_empty": lambda: opening_notice.document(CAOYI, [], working_hours=WORKING_HOURS),
    "closure_notice": lambda: asked_for("closure_notice"),
    "film_notice": lambda: asked_for("film_notice", record="planned-18"),
    "film_notice_month": lambda: asked_for("film_notice_month"),
    "film_notice_month_none": lambda: film_notice.of_month(CAOYI, OCTOBER, []),
    "blank_form": lambda: record_form.blank(EVERY_KIND, CAOYI),
    "blank_form_small": lambda: record_form.blank(SMALL, CAOYI),
    "blank_list": lambda: list_form.blank(EVERY_KIND, CAOYI),
    "filled_form": lambda: record_form.filled(every_kind_filed(), CAOYI),
    "screening_receipt": lambda: asked_for("screening_receipt"),
    "screening_receipt_blank": lambda: asked_for("screening_receipt_blank"),
    "performance_receipt": lambda: asked_for("performance_receipt"),
    "performance_receipt_blank": lambda: asked_for("performance_receipt_blank"),
    "sign_in_sheet": lambda: asked_for("sign_in_sheet"),
    "sign_in_blank": lambda: asked_for("sign_in_blank"),
    "register": lambda: asked_for("register", type_id="volunteer_service"),
    "register_layout": lambda: asked_for("register", type_id="asset"),
    "register_none": lambda: asked_for("register", type_id="culture_team"),
    "volunteer_certificate": lambda: asked_for("volunteer_certificate"),
    "volunteer_certificate_none": lambda: volunteer_certificate.document(
        CAOYI, volunteer(platform_no=None), [], today=TODAY, year=2018
    ),
    "monthly_report": lambda: asked_for("monthly_report"),
    "quarterly_report": lambda: asked_for("quarterly_report"),
    "annual_report": lambda: asked_for("annual_report"),
    "fund_notice": lambda: asked_for("fund_notice"),
    "fund_notice_none": lambda: fund_notice.document(TYPES.by_id["fund_use"], CAOYI, 2018, [], today=TODAY),
    "completeness": lambda: asked_for("completeness"),
    "duty_calendar": lambda: asked_for("duty_calendar"),
    "duty_calendar_none": lambda: duty_calendar.document(CAOYI, 2017, [], today=TODAY),
    "town_summary": lambda: asked_for("town_summary", type_id="volunteer_service", year=2019),
    "town_summary_none": lambda: asked_for("town_summary", type_id="culture_team"),
    "asset_report": lambda: asked_for("asset_report"),
    "asset_report_none": lambda: asset_report.document(
        TYPES.by_id["asset"], CAOYI, 2018, [], [], today=TODAY
    ),
}


def asked_for(name: str, **changes: object) -> Document:
    """A document by name from the records of Caoyi Village."""
    source = caoyi()
    report = next(report for report in REPORTS if report.name == name)
    return report.document(source, replace(source.asked(report), **changes))


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_as_expected(name: str, language: str) -> None:
    i18n.set_language(language)
    found = as_lines(paginate(DOCUMENTS[name]())) + "\n"
    expected = GOLDEN / f"{name}.{language}.txt"
    if os.environ.get("GZDESK_WRITE_GOLDEN"):
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_a_workbook_too(name: str, language: str) -> None:
    i18n.set_language(language)
    assert xlsx.render(DOCUMENTS[name]()).startswith(b"PK")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_chinese_is_left_in_the_words_of_an_english_document(name: str) -> None:
    i18n.set_language("en")
    document = DOCUMENTS[name]()
    titles = [column.title for table in document.tables for column in table.columns]
    words = [document.title, document.footer, *titles]
    assert not [text for text in words if re.search(r"[\u4e00-\u9fff]", text)]


def test_every_report_has_an_expected_file() -> None:
    assert {report.name for report in REPORTS} <= set(DOCUMENTS)


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_every_report_can_be_asked_for_by_name(report: Report) -> None:
    source = caoyi()
    asked = source.asked(report)
    assert report.document(source, asked).blocks
    assert report.label()
    for need in report.needs:
        lacking = replace(asked, **{"type_id" if need == "type" else need: None})
        with pytest.raises(ValueError, match=f"needs a {need}"):
            report.document(source, lacking)


# Figures in words


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0"), (10230, "170.5"), (60, "1"), (62, "1"), (63, "1.1")]
)
def test_hours(minutes: int, words: str) -> None:
    assert hours_text(minutes) == words


@pytest.mark.parametrize(
    ("value", "words"), [(0, "0"), (100, "1"), (150, "1.5"), (125, "1.25"), (123400, "1,234")]
)
def test_hundredths(value: int, words: str) -> None:
    assert hundredths_text(value) == words


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [(1, 3, "33.3%"), (2, 3, "66.7%"), (0, 5, "0.0%"), (1, 1, "100.0%"), (1, 16, "6.3%")],
)
def test_percent(part: int, whole: int, words: str) -> None:
    assert percent_text(part, whole) == words


def test_a_share_knows_what_is_still_to_be_checked() -> None:
    films = [FILM, replace(FILM, age="unknown", sessions_hundredths=50), replace(FILM, age="old")]
    assert share_of(films) == (250, 100, 50)


@pytest.mark.parametrize(("size", "words"), [(1, "1 KB"), (24_576, "24 KB"), (1_680_000, "1.6 MB")])
def test_sizes(size: int, words: str) -> None:
    assert size_text(size) == words


@pytest.mark.parametrize(
    ("remark", "told"),
    [("春节放假。", "因春节放假，"), ("", "因____________，"), ("屋" * 21, "因____________，")],
)
def test_a_closure_for_another_reason_says_it_in_the_clerks_words_or_leaves_a_line(remark, told):
    notice = closure_notice.document(CAOYI, closure(reason="other", remark=remark))
    assert f"　　{told}曹一村" in as_lines(paginate(notice))
