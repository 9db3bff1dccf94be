"""A character without a glyph is named before printing: which one, and where."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gzdesk.reports import fonts, monthly_sheet
from gzdesk.reports.missing import missing_glyphs
from gzdesk.reports.pdf import render
from tests.reports.reading import pdf_texts
from tests.reports.samples import closed_october

NOWHERE = "\U0002c386"


@pytest.fixture(autouse=True)
def _only_our_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "SYSTEM_FALLBACKS", ())
    fonts._system_fonts.cache_clear()


def test_names_that_can_be_printed_need_no_word() -> None:
    assert missing_glyphs(monthly_sheet.document(closed_october())) == ()


def test_the_sentence_names_character_row_and_column() -> None:
    rows = closed_october().rows
    changed = replace(rows[2], organiser=f"{NOWHERE}氏{NOWHERE}家")
    document = monthly_sheet.document(closed_october(rows=(*rows[:2], changed, *rows[3:])))
    assert missing_glyphs(document) == (
        f"第 3 行“主办/协办”的“{NOWHERE}”（U+2C386）没有字形，会印成〓，请手写补上。",
    )


def test_people_who_sign_are_looked_at_too() -> None:
    (sentence,) = missing_glyphs(monthly_sheet.document(closed_october(filled_by=f"陈{NOWHERE}")))
    assert sentence.startswith(f"填表人的“{NOWHERE}”")


def test_what_is_printed_instead_is_a_sign_not_a_box() -> None:
    (text,) = pdf_texts(render(monthly_sheet.document(closed_october(filled_by=f"陈{NOWHERE}"))))
    assert "填表人：陈〓" in text
