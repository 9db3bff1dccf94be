"""A monthly sheet of 400 rows as PDF, against reportlab alone drawing the same table with the same fonts."""

from __future__ import annotations

import io
import subprocess
import sys
import time
from collections.abc import Iterator

from gzdesk.domain.month import MonthSheet, SheetRow, Subtotal, Totals
from gzdesk.domain.period import Month
from tests.benchmarks.figure import Figure, median_of_pairs

_ROWS = 400


def sheet() -> MonthSheet:
    """A month with 400 events, as long as real ones."""
    rows = tuple(
        SheetRow(
            record=f"{number:036d}",
            type="activity",
            day=f"2019-10-{number % 31 + 1:02d}",
            time="19:30",
            name=f"庆祝新中国成立70周年群众文艺汇演第{number}场",
            kind="合唱",
            place="综合性文化服务中心二楼",
            organiser="村委会",
            persons=20 + number,
            volunteers=4,
            volunteer_hours_hundredths=1200,
            source="自办",
            evidence_no=f"10-{number:03d}",
        )
        for number in range(1, _ROWS + 1)
    )
    persons = sum(row.persons or 0 for row in rows)
    return MonthSheet(
        unit="caoyi",
        unit_name="曹一村",
        unit_name_en="Caoyi Village",
        unit_kind="village",
        month=Month(2019, 10),
        number="CY1-201910",
        rows=rows,
        subtotals=(
            Subtotal(type="activity", events=_ROWS, sessions_hundredths=_ROWS * 100, persons=persons),
        ),
        totals=Totals(events=_ROWS, sessions_hundredths=_ROWS * 100, persons=persons),
    )


def ours() -> bytes:
    """The sheet through our documents."""
    from gzdesk.reports import monthly_sheet, pdf

    return pdf.render(monthly_sheet.document(sheet()))


def reportlab_alone() -> bytes:
    """The same rows as a reportlab table with a repeated head, and nothing else of the sheet."""
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.pdfbase import pdfmetrics, ttfonts
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    from gzdesk import assets

    for name in ("NotoSerifSC-Regular", "NotoSerifSC-Bold", "NotoSansSC-Bold"):
        pdfmetrics.registerFont(ttfonts.TTFont(name, assets.resource_path("fonts", f"{name}.ttf")))
    head = [
        "序号",
        "日期",
        "时间",
        "活动名称",
        "类别",
        "地点",
        "主办/协办",
        "参与人次",
        "志愿者",
        "来源",
        "佐证编号",
        "备注",
    ]
    lines = [
        [
            number,
            row.day[5:],
            row.time,
            f"{row.name[:18]}\n{row.name[18:]}",
            row.kind,
            f"{row.place[:8]}\n{row.place[8:]}",
            row.organiser,
            row.persons,
            "4/12",
            row.source,
            row.evidence_no,
            "",
        ]
        for number, row in enumerate(sheet().rows, 1)
    ]
    widths = [width * mm for width in (10, 15, 14, 67, 14, 30, 22, 17, 21, 17, 18, 22)]
    title = Paragraph("曹一村2019年10月文化活动登记表", ParagraphStyle("title", fontName="NotoSerifSC-Bold"))
    style = [
        ("GRID", (0, 0), (-1, -1), 0.35, "black"),
        ("FONT", (0, 0), (-1, 0), "NotoSansSC-Bold", 10.5),
        ("FONT", (0, 1), (-1, -1), "NotoSerifSC-Regular", 9),
        ("ALIGN", (0, 0), (-1, -1), "CENTER"),
    ]
    target = io.BytesIO()
    margins = {"leftMargin": 15 * mm, "rightMargin": 15 * mm, "topMargin": 20 * mm, "bottomMargin": 12 * mm}
    table = Table([head, *lines], colWidths=widths, rowHeights=9.2 * mm, repeatRows=1, style=style)
    SimpleDocTemplate(target, pagesize=landscape(A4), **margins).build([title, table])
    return target.getvalue()


def measure() -> Iterator[Figure]:
    """Each run in a process of its own, for loading and cutting the fonts is most of the work; imports not timed."""
    mine, floor, ratio = median_of_pairs(lambda: _timed("ours"), lambda: _timed("reportlab_alone"), runs=5)
    yield Figure(
        name="monthly sheet of 400 rows as PDF",
        ours=f"{mine:.2f} s",
        floor=f"{floor:.2f} s",
        ratio=ratio,
        target="<= 1.3",
        note="reportlab's own table of the same rows and lines, same embedded fonts",
    )


def _timed(name: str) -> float:
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.bench_sheet", name],
        check=True,
        capture_output=True,
        text=True,
    )
    return float(done.stdout)


if __name__ == "__main__":
    # Both sides start with their modules loaded.
    import reportlab.platypus  # noqa: F401

    import gzdesk.reports.pdf  # noqa: F401

    start = time.perf_counter()
    {"ours": ours, "reportlab_alone": reportlab_alone}[sys.argv[1]]()
    print(time.perf_counter() - start)
