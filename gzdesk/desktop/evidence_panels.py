"""The two halves of the evidence page: the items of the tasks with their counts, and what is filed under one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QResizeEvent
from PySide6.QtWidgets import QLabel, QStackedWidget, QStyleOptionViewItem, QVBoxLayout, QWidget

from gzdesk.desktop.list_columns import Cell, Column
from gzdesk.desktop.widgets.cards import Card
from gzdesk.desktop.widgets.empty_state import EmptyState
from gzdesk.desktop.widgets.field_line import LineField
from gzdesk.desktop.widgets.file_tiles import FileSource, image_of
from gzdesk.desktop.widgets.pills import Pills
from gzdesk.desktop.widgets.plain_table import Index, PlainTable
from gzdesk.desktop.widgets.record_table import RecordDelegate
from gzdesk.desktop.widgets.texts import ElidedLabel, label
from gzdesk.i18n import gettext as _
from gzdesk.pinyin import search_text
from gzdesk.services.task_list import due_text

if TYPE_CHECKING:
    from gzdesk.desktop.theme import Theme
    from gzdesk.domain.tasks import TaskItem
    from gzdesk.services.evidence.materials import ItemCount, Material, Wanted

OWN, ALL = "own", "all"
_LIST_WIDTH_PX, _LIST_WIDTH_LARGE_PX, _ROW_PX, _PICTURE_PX = 396, 344, 54, 60


class ItemList(Card):
    """All items with how much is filed and how much is missing. Typing into its line finds one."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, *, unit_kind: str) -> None:
        super().__init__(theme, _("Task items"), margin=0)
        self._unit_kind = unit_kind
        self._counts: tuple[ItemCount, ...] = ()
        self._shown: tuple[ItemCount, ...] = ()
        self._which = OWN
        self._item_id = ""
        self._to_be_seen = False
        self._settled = QTimer(self)  # a child: it must not outlive the table
        self._settled.setSingleShot(True)
        self._settled.setInterval(0)
        self._settled.timeout.connect(self._bring_into_view)
        self.pills = Pills(
            ((OWN, _("Ours to keep")), (ALL, _("All"))), chosen=OWN, on_choose=self._choose_which
        )
        self.fill_head(self.pills)
        self.search = LineField(theme)
        self.search.setObjectName("find_item")
        self.search.setPlaceholderText(_("Number, words or initials"))
        self.search.textChanged.connect(lambda _text: self._show())
        holder = QWidget()
        row = QVBoxLayout(holder)
        row.setContentsMargins(*[theme.px(margin) for margin in (12, 8, 12, 8)])
        row.addWidget(self.search)
        self.body.setSpacing(0)
        self.body.addWidget(holder)
        self.table = PlainTable(
            theme,
            (
                Column(id="item", title=_("Task item"), width=200, stretches=True),
                Column(id="filed", title=_("Filed"), width=60, is_number=True),
                Column(id="missing", title=_("Needed"), width=60, is_number=True),
            ),
        )
        self.table.setObjectName("items")
        self.table.selectionModel().currentRowChanged.connect(lambda now, _old: self._tell(now.row()))
        self.search.advance.connect(lambda _back: self.table.setFocus())
        self.body.addWidget(self.table, 1)
        self.setFixedWidth(theme.px(_LIST_WIDTH_LARGE_PX if theme.large else _LIST_WIDTH_PX))

    @property
    def item_id(self) -> str:
        """The item that is chosen, or an empty text."""
        return self._item_id

    def show_counts(self, counts: Sequence[ItemCount]) -> None:
        """Show the counts anew; the chosen item stays."""
        self._counts = tuple(counts)
        self._show()

    def choose(self, item_id: str) -> None:
        """Choose an item, whatever is being looked for."""
        self._item_id = item_id
        self.search.setText("")
        self._to_be_seen = True
        self._show()

    def _choose_which(self, which: str) -> None:
        self._which = which
        self._show()
        self.table.setFocus()

    def _show(self) -> None:
        wanted = self.search.text().strip().lower()
        self._shown = tuple(count for count in self._counts if self._is_shown(count, wanted))
        chosen = self._item_id
        if self._to_be_seen and self._counts:
            self._to_be_seen = False
            if all(count.item.item_id != chosen for count in self._shown):
                self._which = ALL
                self.pills.choose(ALL)
                self._shown = self._counts
        blocked = self.table.selectionModel().blockSignals(True)
        self.table.show_rows([self._cells(count) for count in self._shown])
        ids = [count.item.item_id for count in self._shown]
        if ids:
            self.table.selectRow(ids.index(chosen) if chosen in ids else 0)
            self._settled.start()  # once the table has its height
        self.table.selectionModel().blockSignals(blocked)
        self.table.viewport().update()
        self._tell(self.table.current_row())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the chosen item in view when the list becomes shorter."""
        super().resizeEvent(event)
        self._settled.start()

    def _bring_into_view(self) -> None:
        self.table.scrollTo(self.table.currentIndex())

    def _is_shown(self, count: ItemCount, wanted: str) -> bool:
        item = count.item
        if wanted:
            return wanted in search_text(item.item_id, item.short, item.en, item.text)
        return self._which == ALL or item.is_kept_by(self._unit_kind) or count.numbered > 0

    def _cells(self, count: ItemCount) -> tuple[Cell, ...]:
        item = count.item
        more = f"+{count.unnumbered}" if count.unnumbered else ""
        filed = f"{count.numbered} {more}".strip() if count.numbered or more else "—"
        return (
            Cell(text=f"{item.item_id}  {item.label}"),
            Cell(text=filed, is_number=True, ink="ink" if count.numbered else "ink3"),
            Cell(
                text=str(count.missing) if count.missing else "✓",
                is_number=True,
                ink="warn" if count.missing else "ink2",
            ),
        )

    def _tell(self, row: int) -> None:
        item_id = self._shown[row].item.item_id if 0 <= row < len(self._shown) else ""
        if item_id and item_id != self._item_id:
            self._item_id = item_id
            self.chosen.emit(item_id)


class ItemCard(Card):
    """What is filed under one item: its wording, its checklist, and a row for each piece of evidence."""

    opened = Signal(int)
    add_wanted = Signal(str)
    """An entry of the checklist was pressed, to add what is missing."""

    def __init__(self, theme: Theme, source: FileSource, *, empty: EmptyState) -> None:
        super().__init__(theme, " ", margin=0)
        self._words = label(size="table", ink="ink2", wrap=True)
        self._due = ElidedLabel("", size="small", ink="ink3")
        self._list = QLabel()
        self._list.setTextFormat(Qt.TextFormat.RichText)
        self._list.setWordWrap(True)
        self._list.setProperty("text_size", "table")
        self._list.setObjectName("checklist")
        self._list.linkActivated.connect(self._on_link)
        self._wanted: tuple[Wanted, ...] = ()
        top = QWidget()
        column = QVBoxLayout(top)
        column.setContentsMargins(*[theme.px(margin) for margin in (16, 8, 16, 10)])
        column.setSpacing(theme.px(6))
        for part in (self._words, self._due, self._list):
            column.addWidget(part)
        self.body.setSpacing(0)
        self.body.addWidget(top)
        self.table = MaterialTable(theme, source)
        self.table.opened.connect(self.opened)
        self._views = QStackedWidget()
        self._views.addWidget(self.table)
        self._views.addWidget(empty)
        self.body.addWidget(self._views, 1)

    def show_item(
        self,
        item: TaskItem,
        materials: Sequence[Material],
        wanted: Sequence[Wanted],
        *,
        who: str,
        unit_name: Callable[[str], str] | None,
    ) -> None:
        """Show an item; `who` is responsible; `unit_name` where the rows are of several units."""
        assert self.title is not None
        assert self.subtitle is not None
        self.title.setText(f"{item.item_id} {item.label}")
        self._words.setText(item.text)
        self._due.setText(_("Responsible: {who}; due: {when}").format(who=who, when=due_text(item)))
        self._show_list(wanted)
        self.table.show_materials(materials, unit_name=unit_name)
        self._views.setCurrentIndex(0 if materials else 1)

    def _show_list(self, wanted: Sequence[Wanted]) -> None:
        self._wanted = tuple(wanted)
        palette = self.theme.palette
        parts = []
        for place, entry in enumerate(wanted):
            words = escape(entry.words)
            if entry.covered:
                parts.append(f'<span style="color:{palette.ok.ink}">✓\u00a0{words}</span>')
            else:
                parts.append(
                    f'<span style="color:{palette.warn.ink}">○\u00a0</span>'
                    f'<a href="{place}" style="color:{palette.accent}">{words}</a>'
                )
        self._list.setText(_("Checklist") + "\u2003" + "\u2003".join(parts))

    def _on_link(self, place: str) -> None:
        self.add_wanted.emit(self._wanted[int(place)].words)


class MaterialTable(PlainTable):
    """Rows with a small picture each."""

    def __init__(self, theme: Theme, source: FileSource) -> None:
        columns = (
            Column(id="picture", title="", width=_PICTURE_PX + 20, keeps_width=True),
            Column(id="number", title=_("Evidence no."), width=112),
            Column(id="title", title=_("Material"), width=220, stretches=True),
            Column(id="date", title=_("Date"), width=104),
            Column(id="original", title=_("Original"), width=92),
            Column(id="pages", title=_("Pages"), width=70, is_number=True),
        )
        # In large letters the name needs the room more than whether it is the original.
        self._places = tuple(at for at, one in enumerate(columns) if one.id != "original" or not theme.large)
        super().__init__(theme, [columns[at] for at in self._places], several=True)
        self.setObjectName("materials")
        self._source = source
        self._firsts: tuple[str, ...] = ()
        self._images: dict[str, QImage | None] = {}
        self.setItemDelegateForColumn(0, _PictureDelegate(theme, self))
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW_PX))
        self._maker = QTimer(self)
        self._maker.setInterval(0)
        self._maker.timeout.connect(self._make_one)

    def show_materials(
        self, materials: Sequence[Material], *, unit_name: Callable[[str], str] | None
    ) -> None:
        """Show these rows."""
        self._firsts = tuple(str(row.files[0]["sha256"]) if row.files else "" for row in materials)
        self._images = {sha256: image for sha256, image in self._images.items() if sha256 in self._firsts}
        self.show_rows([self._cells(row, unit_name) for row in materials])
        self._maker.start()

    def picture(self, row: int) -> tuple[QImage | None, bool]:
        """The small picture of a row, and whether it was looked for; made now where that is quick."""
        sha256 = self._firsts[row]
        if sha256 and sha256 not in self._images and self._source.is_quick(sha256):
            self._look(sha256)
        return self._images.get(sha256), sha256 in self._images

    def _make_one(self) -> None:
        top, end = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        last = len(self._firsts) - 1 if end < 0 else end
        seen = self._firsts[max(top, 0) : last + 1]
        waiting = next((sha256 for sha256 in seen if sha256 and sha256 not in self._images), None)
        if waiting is None:
            self._maker.stop()
            return
        self._look(waiting)
        self.viewport().update()

    def _look(self, sha256: str) -> None:
        pixels = self._source.thumbnail(sha256)
        self._images[sha256] = image_of(pixels) if pixels else None

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Rows that come into view want their pictures."""
        super().scrollContentsBy(dx, dy)
        self._maker.start()

    def _cells(self, row: Material, unit_name: Callable[[str], str] | None) -> tuple[Cell, ...]:
        title = f"{unit_name(row.unit)}　{row.title}" if unit_name else row.title
        lost = any(not self._source.is_here(str(noted["sha256"])) for noted in row.files)
        cells = (
            Cell(text=""),
            Cell(text=row.number) if row.number else Cell(text=_("no number"), chip="outline"),
            Cell(text=title, badge=(_("file missing"), "error") if lost else ("", "")),
            Cell(text=row.date),
            Cell(text=row.original),
            Cell(text=str(row.pages), is_number=True),
        )
        return tuple(cells[at] for at in self._places)


class _PictureDelegate(RecordDelegate):
    """The first column: the first photo or page."""

    def __init__(self, theme: Theme, table: MaterialTable) -> None:
        super().__init__(theme, table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground and bar as everywhere, then the picture."""
        super().paint(painter, option, index)
        area: QRect = option.rect
        room = area.adjusted(self._theme.px(12), 4, -self._theme.px(6), -5)
        image, looked = self._table.picture(index.row())
        if image is not None:
            size = image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(room.topLeft(), size)
            place.moveCenter(room.center())
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, image)
            painter.setPen(self._theme.color("line2"))
            painter.drawRect(place.adjusted(0, 0, -1, -1))
            painter.restore()
        elif looked:
            side = self._theme.px(20)
            place = QRect(0, 0, side, side)
            place.moveCenter(room.center())
            painter.drawPixmap(place, self._theme.pixmap("warning", "weekend", 20))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the rows are."""
        return QSize(80, self._theme.px(_ROW_PX))
