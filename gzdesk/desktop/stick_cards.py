"""Two lists of the stick page: what would be handed over, and what was handed over before."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from gzdesk.desktop.sticks import size_words
from gzdesk.desktop.theme import Theme
from gzdesk.desktop.widgets.cards import Card, Row, clear_layout
from gzdesk.desktop.widgets.chips import Chip
from gzdesk.desktop.widgets.scrolling import scrolled_rows
from gzdesk.desktop.widgets.texts import ElidedLabel, label
from gzdesk.i18n import gettext as _
from gzdesk.services.home_words import day_words, month_words

if TYPE_CHECKING:
    from gzdesk.domain.period import Month
    from gzdesk.domain.unit import Unit
    from gzdesk.services.exchange import PackageContents, SentPackage

_LABEL_WIDTH = 164
_PACKAGES_SHOWN = 24


class ContentsCard(Card):
    """What the next package holds, in plain words."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("What is on the stick this time"), margin=0)
        self.body.setSpacing(0)
        area, self._rows = scrolled_rows()
        self.body.addWidget(area, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(*[theme.px(margin) for margin in (16, 8, 16, 8)])
        foot.setSpacing(theme.px(8))
        lock = label("")
        lock.setPixmap(theme.pixmap("lock", "ink2", 16))
        foot.addWidget(lock)
        self._file = ElidedLabel("", size="small", ink="ink2")
        foot.addWidget(self._file, 1)
        self.body.addLayout(foot)

    def show_contents(self, sender: Unit, contents: PackageContents) -> None:
        """List what would be handed over now."""
        clear_layout(self._rows)
        for row in contents.rows:
            line = Row(self.theme, margins=(12, 7, 14, 7))
            title = label(row.label, size="table", bold=True)
            title.setFixedWidth(self.theme.px(_LABEL_WIDTH))
            line.line.addWidget(title)
            line.line.addWidget(ElidedLabel(row.detail, size="table", ink="ink2"), 1)
            line.line.addWidget(label(row.count, size="table"))
            self._rows.addWidget(line)
        if not contents.rows:
            _add_sentence(
                self.theme, self._rows, _("The town has everything. There is nothing new to hand over.")
            )
        self._rows.addStretch(1)
        parts = [sender.label, _month_span(contents.months)]
        parts += [_("no. {number}").format(number=contents.number), size_words(contents.size_bytes)]
        self.set_subtitle("・".join(part for part in parts if part))
        self._file.setText(_("only the town station can open the file"))

    def show_file(self, name: str) -> None:
        """Name the file that was written."""
        self._file.setText(_("{file}: only the town station can open it").format(file=name))


class SentCard(Card):
    """Earlier packages, and whether the town has received them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("Handed over before"), margin=0)
        area, self._rows = scrolled_rows()
        self.body.addWidget(area, 1)

    def show_packages(self, packages: tuple[SentPackage, ...]) -> None:
        """List them, newest first; a package of several parts is one."""
        clear_layout(self._rows)
        firsts = [package for package in packages if package.part == 1][:_PACKAGES_SHOWN]
        for number, package in enumerate(firsts):
            self._rows.addWidget(self._row(package, is_last=number == 0))
        if not firsts:
            _add_sentence(self.theme, self._rows, _("Nothing yet."))
        self._rows.addStretch(1)

    def _row(self, package: SentPackage, *, is_last: bool) -> Row:
        row = Row(self.theme, margins=(16, 8, 14, 8))
        words = QVBoxLayout()
        words.setSpacing(self.theme.px(2))
        month = month_words(package.months[-1]) if package.months else _("changes")
        title = _("{month}, no. {number}").format(month=month, number=package.number)
        words.addWidget(label(title, bold=True))
        words.addWidget(label(_sent_words(package), size="small", ink="ink2", wrap=True))
        row.line.addLayout(words, 1)
        row.line.addWidget(_chip(package, is_last=is_last), 0, Qt.AlignmentFlag.AlignTop)
        return row


def _chip(package: SentPackage, *, is_last: bool) -> Chip:
    if package.acknowledged_on:
        return Chip(_("received"), "info")
    return Chip(_("just written"), "warn") if is_last else Chip(_("no answer yet"), "neutral")


def _add_sentence(theme: Theme, rows: QVBoxLayout, sentence: str) -> None:
    words = label(sentence, ink="ink2", wrap=True)
    words.setContentsMargins(*[theme.px(16)] * 4)
    rows.addWidget(words)


def _month_span(months: tuple[Month, ...]) -> str:
    if len(months) < 2:
        return "".join(map(month_words, months))
    return f"{month_words(months[0])}–{month_words(months[-1])}"


def _sent_words(package: SentPackage) -> str:
    if package.acknowledged_on:
        day = datetime.fromisoformat(package.acknowledged_on).date()
        return _("received on {day}, answer no. {number}").format(
            day=day_words(day), number=package.answered_by
        )
    written = datetime.fromisoformat(package.written_at)
    return _("written on {day} {time}; waiting for the town's answer").format(
        day=day_words(written.date()), time=f"{written:%H:%M}"
    )
