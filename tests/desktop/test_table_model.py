"""The list model asks the ledger for what is looked at, and for nothing else."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from gzdesk.desktop.list_columns import all_types_columns, type_columns
from gzdesk.desktop.table_model import CELL_ROLE, ROWS_AT_ONCE, RecordTableModel
from gzdesk.desktop.theme import Theme
from gzdesk.desktop.widgets.record_table import RecordTable
from gzdesk.services.records import ListQuery, Page, RecordRow
from gzdesk.services.reference import load_record_types
from gzdesk.settings import Settings

MANY = 100_000


class Ledger:
    """A ledger with a hundred thousand records that notes what it is asked for."""

    def __init__(self, total: int = MANY) -> None:
        self.total = total
        self.asked: list[ListQuery] = []

    def page(self, query: ListQuery) -> Page:
        self.asked.append(query)
        last = min(self.total, query.offset + query.limit)
        return Page(rows=tuple(row(number) for number in range(query.offset, last)), total=self.total)

    def views(self, record_ids):
        raise AssertionError("the list of all types needs no bodies")


def row(number: int, **changes: object) -> RecordRow:
    values: dict[str, object] = {
        "id": f"record-{number}",
        "type": "activity",
        "unit": "caoyi",
        "month": 201910,
        "day": f"2019-10-{number % 28 + 1:02d}",
        "time": "19:30",
        "title": f"活动 {number}",
        "place": "文化广场",
        "persons": number % 500,
        "sessions_hundredths": 100,
        "status": "held",
        "heads": 1,
        "attachments": 0,
        "writer": "0" * 32,
        "seq": number + 1,
    }
    return RecordRow(**{**values, **changes})


def model_of(ledger: Ledger) -> RecordTableModel:
    return RecordTableModel(source=ledger, types=load_record_types(), settings=Settings())


def test_showing_a_list_fetches_its_first_page_alone():
    ledger = Ledger()
    model = model_of(ledger)
    model.show(ListQuery(), all_types_columns(()))
    assert model.rowCount() == MANY
    assert [(query.offset, query.limit) for query in ledger.asked] == [(0, ROWS_AT_ONCE)]


def test_a_row_far_down_costs_one_page():
    ledger = Ledger()
    model = model_of(ledger)
    model.show(ListQuery(), all_types_columns(()))
    assert model.index(73_210, 3).data() == "活动 73210"
    assert model.index(73_211, 3).data() == "活动 73211"
    assert len(ledger.asked) == 2
    assert ledger.asked[1].offset == 73_210 // ROWS_AT_ONCE * ROWS_AT_ONCE


def test_painting_asks_only_for_what_can_be_seen(qapp: QApplication):
    ledger = Ledger()
    model = model_of(ledger)
    table = RecordTable(_theme(), model)
    table.resize(1000, 500)
    model.show(ListQuery(), all_types_columns(()))
    table.grab()
    assert len(ledger.asked) == 1
    table.scrollToBottom()
    table.grab()
    assert len(ledger.asked) <= 3
    table.deleteLater()


def test_pages_that_were_left_are_let_go():
    ledger = Ledger()
    model = model_of(ledger)
    model.show(ListQuery(), all_types_columns(()))
    for start in range(0, MANY, ROWS_AT_ONCE):
        model.line(start)
    assert len(model._pages) < 40


def test_sorting_is_asked_of_the_ledger():
    ledger = Ledger()
    model = model_of(ledger)
    columns = all_types_columns(())
    model.show(ListQuery(), columns)
    place = [column.id for column in columns].index("persons")
    model.sort(place, Qt.SortOrder.DescendingOrder)
    assert (ledger.asked[-1].sort, ledger.asked[-1].descending) == ("persons", True)
    assert model.headerData(place, Qt.Orientation.Horizontal).endswith("▼")


def test_a_click_on_a_head_turns_the_order_round(qapp: QApplication):
    ledger = Ledger(50)
    model = model_of(ledger)
    table = RecordTable(_theme(), model)
    model.show(ListQuery(), all_types_columns(()))
    table.select_row(7)
    table.horizontalHeader().sectionClicked.emit(0)
    assert ledger.asked[-1].descending
    table.horizontalHeader().sectionClicked.emit(0)
    assert not ledger.asked[-1].descending
    assert table.current_id() == "record-7"
    table.deleteLater()


def test_a_list_that_shrank_while_it_was_scrolled_shows_nothing_beyond_its_end():
    ledger = Ledger(ROWS_AT_ONCE * 2)
    model = model_of(ledger)
    model.show(ListQuery(), all_types_columns(()))
    ledger.total = ROWS_AT_ONCE + 3
    assert model.line(ROWS_AT_ONCE + 2) is not None
    assert model.line(ROWS_AT_ONCE + 3) is None
    assert model.index(ROWS_AT_ONCE + 3, 0).data() is None


def test_missing_not_applicable_and_zero_look_different():
    ledger = Ledger(0)
    model = model_of(ledger)
    rows = (
        row(0, persons=0),
        row(1, persons=None, status="draft"),
        row(2, persons=None, status="cancelled"),
        row(3, persons=1644),
    )
    ledger.page = lambda query: Page(rows=rows, total=len(rows))
    columns = all_types_columns(())
    model.show(ListQuery(), columns)
    place = [column.id for column in columns].index("persons")
    cells = [model.index(number, place).data(CELL_ROLE) for number in range(4)]
    assert [cell.text for cell in cells] == ["0", "未填", "—", "1,644"]


def test_every_type_has_columns_for_both_lists():
    for record_type in load_record_types():
        assert type_columns(record_type, compact=False)
        compact = type_columns(record_type, compact=True)
        assert any(column.stretches for column in compact), record_type.id


def _theme() -> Theme:
    theme = Theme()
    theme.apply()
    return theme
