"""Paper forms: the order of the screen, a place for every item, and nothing that is cut off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from gzdesk import i18n
from gzdesk.desktop.form_layout import asked_fields
from gzdesk.domain.record_type import FIELD_KINDS, RecordType
from gzdesk.reports import list_form, record_form
from gzdesk.reports.document import Cut, Document, Heading, NewPage, Table
from gzdesk.reports.flow import height_mm, paginate
from gzdesk.reports.form_words import boxes, condition_words, hint, paper_fields, place
from gzdesk.reports.missing import missing_glyphs
from gzdesk.reports.pdf import render
from tests.reports.every_kind import EVERY_KIND, SMALL, every_kind_filed, kinds
from tests.reports.reading import pdf_texts
from tests.reports.sample_source import TYPES, screening, volunteer
from tests.reports.samples import CAOYI

PAPER_TYPES = [item for item in TYPES if item.group != "system" and item.id != "monthly_sheet"]


def labels(document: Document) -> list[str]:
    """The words before the places of the first form, in reading order."""
    table = next(table for table in document.tables)
    return [str(cell.value).removesuffix(" *") for row in table.rows for cell in row.cells if cell.label]


def moments(record_type: RecordType) -> Iterator[Mapping[str, object]]:
    """Values that make a form show its conditional items: every choice and both answers of every question."""
    yield {}
    for field in record_type.fields:
        for choice in field.choices:
            yield {"status": "held", field.name: choice.code}
        if field.kind == "yes_no":
            yield from ({"status": "held", field.name: value} for value in (True, False))


@pytest.mark.parametrize("record_type", PAPER_TYPES, ids=lambda item: item.id)
def test_a_form_has_every_item_of_the_screen_in_the_same_order(record_type: RecordType) -> None:
    on_paper = labels(record_form.blank(record_type, CAOYI))
    for values in moments(record_type):
        on_screen = [field.label for field in asked_fields(record_type, values) if field.name != "paper_no"]
        if len(place(record_type, record_type.by_name["status"]).split("□")) <= 2:
            on_screen = [words for words in on_screen if words != record_type.by_name["status"].label]
        rest = iter(on_paper)
        assert all(words in rest for words in on_screen), (values, on_screen, on_paper)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("record_type", PAPER_TYPES, ids=lambda item: item.id)
def test_a_form_stays_on_its_paper(record_type: RecordType, language: str) -> None:
    i18n.set_language(language)
    for document in (record_form.blank(record_type, CAOYI), list_form.blank(record_type, CAOYI)):
        width, height = document.page_size_mm
        pages = paginate(document)
        assert len(pages) == 1
        assert all(5 <= text.x <= width - 5 and 5 <= text.y <= height - 5 for text in pages[0].texts)
        assert not missing_glyphs(document)
        assert all(abs(table.width_mm - document.text_width_mm) < 0.5 for table in document.tables)


def test_a_form_says_the_paper_number_and_who_signs() -> None:
    (text,) = pdf_texts(render(record_form.blank(TYPES.by_id["activity"], CAOYI)))
    for words in ("纸质表编号", "填报单位", "填表人", "审核人", "带 * 的项目必须填写"):
        assert words in text


def test_every_kind_of_item_has_a_place() -> None:
    assert kinds() == set(FIELD_KINDS) - {"generated"}
    for field in paper_fields(EVERY_KIND):
        assert isinstance(place(EVERY_KIND, field), str)


def test_small_forms_stand_several_times_on_a_sheet_between_cut_lines() -> None:
    document = record_form.blank(SMALL, CAOYI)
    assert sum(isinstance(block, Heading) for block in document.blocks) == 3
    cuts = [block.share for block in document.blocks if isinstance(block, Cut)]
    assert cuts == [1 / 3, 2 / 3]
    (page,) = paginate(document)
    dashed = [stroke.y1 for stroke in page.strokes if stroke.dashed]
    assert dashed == [99, 198]
    baselines = sorted(text.y for text in page.texts if not text.grey)
    assert not [y for y in baselines for cut in dashed if cut - 3 < y < cut + 3]


def test_as_many_sheets_are_made_as_wanted() -> None:
    for build in (record_form.blank, list_form.blank):
        document = build(SMALL, CAOYI, sheets=4)
        assert sum(isinstance(block, NewPage) for block in document.blocks) == 3
        assert len(paginate(document)) == 4


def test_conditional_items_say_when_they_are_filled_in() -> None:
    screening_type = TYPES.by_id["film_screening"]
    assert hint(screening_type, screening_type.by_name["cancel_reason"]).startswith("“状态”为已取消时填")
    assert "“完整放映”为否时填" in hint(screening_type, screening_type.by_name["interrupt_reason"])
    assert condition_words(screening_type, {"status": ("held", "$empty")}) == ""
    assert condition_words(screening_type, {"gone": ("held",)}) == ""
    assert condition_words(screening_type, {"film_id": ("$filled",), "audience": ("$some",)}) == (
        "填了“影片”，“观众人次”不是0"
    )


def test_advice_for_typing_is_not_printed() -> None:
    screening_type = TYPES.by_id["film_screening"]
    assert "F3" in screening_type.by_name["film_id"].help
    assert "F3" not in hint(screening_type, screening_type.by_name["film_id"])


def test_boxes_are_ticked_and_a_choice_of_many_is_written() -> None:
    assert boxes((("a", "甲"), ("b", "乙")), ("b",)) == "□甲　■乙"
    evidence = TYPES.by_id["evidence"]
    assert place(evidence, evidence.by_name["task_item"]) == ""


def test_a_filled_form_has_the_same_items_and_the_values() -> None:
    filed = screening()
    document = record_form.filled(filed, CAOYI)
    assert labels(document) == labels(record_form.blank(filed.type, CAOYI))
    (text,) = pdf_texts(render(document))
    for words in ("GZ-2019-1107", "烈火英雄", "121 人次", "■晴", "2019-010", "■室外·流动"):
        assert words in text


def test_numbers_of_persons_are_masked_on_paper() -> None:
    (text,) = pdf_texts(render(record_form.filled(volunteer(), CAOYI)))
    assert "138****8000" in text
    assert "13800138000" not in text
    assert "梁䶮明" in text


def test_a_long_text_goes_on_and_pages_are_added() -> None:
    filed = every_kind_filed()
    long = replace(filed, texts={**filed.texts, "remark": "天气很好，" * 900})
    pages = paginate(record_form.filled(long, CAOYI))
    assert len(pages) > 1
    printed = "".join(text.text for page in pages for text in page.texts)
    assert printed.count("很") == 900


def test_a_register_to_fill_in_leaves_out_what_matters_least() -> None:
    record_type = TYPES.by_id["film_screening"]
    kept = {field.name for field in list_form.columns_of(record_type)}
    assert {"date", "film_id", "place", "team", "projectionist"} <= kept
    assert "evidence" not in kept
    document = list_form.blank(record_type, CAOYI)
    (table,) = document.tables
    assert isinstance(table, Table)
    assert len(table.rows) >= 12
    assert height_mm(document) < float("inf")


def test_every_choice_of_a_register_is_explained_under_it() -> None:
    (text,) = pdf_texts(render(list_form.blank(TYPES.by_id["library_visit"], CAOYI)))
    assert "统计方式：" in text
