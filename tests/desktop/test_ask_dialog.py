"""The dialog that asks: every line of what it says can be read."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from gzdesk.desktop.theme import Theme
from gzdesk.desktop.widgets.ask_dialog import Answer, AskDialog


def test_a_long_sentence_is_shown_whole(qtbot):
    theme = Theme()
    theme.apply()
    sentence = "村里再交一次就行，新交的文件会带齐所有缺的内容。" * 4
    dialog = AskDialog(
        None, theme, question="问什么？", sentence=sentence, answers=(Answer(id="wait", words="继续等"),)
    )
    qtbot.addWidget(dialog)
    dialog.show()
    (shown,) = (label for label in dialog.findChildren(QLabel) if label.text() == sentence)
    assert shown.height() >= shown.heightForWidth(shown.width())
