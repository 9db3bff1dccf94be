"""季度深度报告: the three parts of a quarter's in-depth report, with indicators and evidence as annexes (32.1)."""

from __future__ import annotations

from gzdesk.domain.report_quarter import ReportQuarter
from gzdesk.reports import official_report
from gzdesk.reports.document import Document
from gzdesk.reports.layout import Layout
from gzdesk.reports.narrative import Narrator, Part, paragraphs
from gzdesk.reports.period_facts import PeriodFacts
from gzdesk.reports.source import Source
from gzdesk.reports.words import month_text

NAME = "quarterly_report"
PARTS = ("progress", "system_design", "interim_results")


def parts(source: Source, quarter: ReportQuarter) -> tuple[Part, ...]:
    """The texts of the report as the data make them. Each part may be 无, but it must be stated."""
    narrator = Narrator(
        _facts(source, quarter),
        period=_layout(source).text("span", **_span(quarter)),
        is_town=source.unit.kind == "town",
        layouts=source.layouts,
    )
    lines = source.indicator_lines(quarter.months[-1])
    filed = sum(len(group.rows) for group in source.evidence())
    texts = {
        "progress": lambda: paragraphs(
            (
                narrator.events(),
                narrator.opening() + narrator.library(),
                narrator.service() + narrator.office(),
                narrator.open_indicators(lines),
            )
        ),
        "system_design": lambda: narrator.say("nothing"),
        "interim_results": lambda: (
            paragraphs(
                (narrator.met_indicators(lines), narrator.works(), narrator.counted("evidence", filed))
            )
            or narrator.say("nothing")
        ),
    }
    return official_report.parts_of(_layout(source), texts)


def document(source: Source, quarter: ReportQuarter) -> Document:
    """The report with what was typed in place of what the data make."""
    layout = _layout(source)
    chart = official_report.sessions_chart(
        source,
        _facts(source, quarter),
        title=layout.text("sessions"),
        unit=layout.text("sessions_unit"),
        label=month_text,
    )
    return official_report.document(
        source,
        layout,
        parts(source, quarter),
        name=NAME,
        period=str(quarter),
        words={"year": f"{quarter.year}", "number": f"{quarter.number}", **_span(quarter)},
        figures={"progress": lambda: (chart,) if chart.title else ()},
        annexes=(
            official_report.indicator_annex(source.indicator_lines(quarter.months[-1]), source.layouts),
            official_report.evidence_annex(source.evidence(), source.layouts),
        ),
    )


def _layout(source: Source) -> Layout:
    return source.layouts.load(NAME, keys=PARTS)


def _facts(source: Source, quarter: ReportQuarter) -> PeriodFacts:
    return source.facts(quarter.months[0], quarter.months[-1])


def _span(quarter: ReportQuarter) -> dict[str, str]:
    """First and last month in words."""
    first, last = month_text(quarter.months[0]), month_text(quarter.months[-1])
    return {"first": first, "last": last}
