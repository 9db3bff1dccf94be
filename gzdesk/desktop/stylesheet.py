"""The one stylesheet of the program, made from the tokens and the text size in use.

Widgets say what they are with dynamic properties (`role`, `kind`, `tone`), never with their own stylesheet:
a per-widget stylesheet does not follow a change of colours and is parsed again for every widget.
"""

from __future__ import annotations

from collections.abc import Callable

from gzdesk import assets
from gzdesk.desktop.tokens import TEXT_PX, Palette

_TONES = ("ok", "warn", "error", "info", "gap", "neutral", "outline", "alarm")


def stylesheet(palette: Palette, px: Callable[[float], int]) -> str:
    """The whole stylesheet; `px` turns normal pixels into those of the text size in use."""
    parts = (_ground, _texts, _buttons, _inputs, _checks, _tables, _tabs, _cards, _bars, _scrolling)
    return "\n".join(part(palette, px) for part in parts)


def _ground(p: Palette, px: Callable[[float], int]) -> str:
    return f"""
    QMainWindow, QDialog, QWidget[role="page"], QWidget[role="ground"] {{ background: {p.bg}; }}
    QToolTip {{ color: {p.ink}; background: {p.surface}; border: 1px solid {p.line2}; padding: {px(4)}px; }}
    QMenu {{ background: {p.surface}; border: 1px solid {p.line2}; padding: {px(4)}px; }}
    QMenu::item {{ padding: {px(8)}px {px(20)}px; min-height: {px(20)}px; }}
    QMenu::item:selected {{ background: {p.selected}; color: {p.on_selected}; }}
    """


def _texts(p: Palette, px: Callable[[float], int]) -> str:
    sizes = "\n".join(
        f'QLabel[text_size="{name}"] {{ font-size: {px(size)}px; }}' for name, size in TEXT_PX.items()
    )
    tones = "\n".join(f'QLabel[ink="{t}"] {{ color: {p.on_card(t)}; }}' for t in _TONES)
    return f"""
    QLabel {{ background: transparent; }}
    {sizes}
    QLabel[bold="true"] {{ font-weight: 700; }}
    QLabel[ink="ink2"] {{ color: {p.ink2}; }}
    QLabel[ink="ink3"] {{ color: {p.ink3}; }}
    QLabel[ink="accent"] {{ color: {p.accent}; }}
    QLabel[ink="on_selected"] {{ color: {p.on_selected}; }}
    {tones}
    QLabel:disabled {{ color: {p.on_disabled}; }}
    """


def _buttons(p: Palette, px: Callable[[float], int]) -> str:
    # The padding of a focused button is one pixel less: its edge is one wider, and nothing may jump.
    return f"""
    QPushButton {{
        background: {p.surface}; color: {p.ink}; border: 1px solid {p.line2}; border-radius: {px(5)}px;
        font-size: {px(16)}px; min-height: {px(38)}px; padding: 0 {px(15)}px;
    }}
    QPushButton:hover {{ background: {p.soft}; border-color: {p.accent}; }}
    QPushButton:pressed {{ background: {p.selected}; }}
    QPushButton:focus {{
        border: 2px solid {p.focus}; min-height: {px(38) - 2}px; padding: 0 {px(15) - 1}px; outline: none;
    }}
    QPushButton:disabled {{ background: {p.disabled}; color: {p.on_disabled}; border-color: {p.line}; }}
    QPushButton[kind="primary"] {{
        background: {p.primary}; color: {p.on_primary}; border-color: {p.primary}; font-weight: 700;
    }}
    QPushButton[kind="primary"]:hover {{ background: {p.primary_hover}; }}
    QPushButton[kind="primary"]:focus {{ border: 2px solid {p.focus}; }}
    QPushButton[kind="primary"]:disabled {{
        background: {p.disabled}; color: {p.on_disabled}; border-color: {p.line};
    }}
    QPushButton[kind="danger"] {{ color: {p.weekend}; border-color: {p.weekend}; }}
    QPushButton[kind="danger"]:focus {{ border-color: {p.focus}; }}
    QPushButton[kind="link"] {{
        background: transparent; color: {p.accent}; border: 2px solid transparent; font-weight: 700;
        padding: 0 {px(8)}px;
    }}
    QPushButton[kind="link"]:hover {{ color: {p.on_selected}; background: {p.selected}; }}
    QPushButton[kind="link"]:focus {{ border: 2px solid {p.focus}; padding: 0 {px(8)}px; }}
    QPushButton[small="true"] {{ min-height: {px(34)}px; font-size: {px(15)}px; padding: 0 {px(11)}px; }}
    QPushButton[small="true"]:focus {{ min-height: {px(34) - 2}px; padding: 0 {px(11) - 1}px; }}
    QPushButton[square="true"] {{ min-width: {px(34)}px; max-width: {px(34)}px; padding: 0; }}
    QPushButton[square="true"]:focus {{ min-width: {px(34) - 2}px; max-width: {px(34) - 2}px; padding: 0; }}
    QPushButton[square="true"]:focus:!small {{ padding: 0; }}
    QPushButton[version="true"] {{ text-align: left; }}
    QPushButton[checkable_pill="true"]:checked {{
        background: {p.selected}; color: {p.on_selected}; border-color: {p.accent}; font-weight: 700;
    }}
    """


def _inputs(p: Palette, px: Callable[[float], int]) -> str:
    down = _picture("down", p)
    return f"""
    QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox {{
        background: {p.surface}; color: {p.ink}; border: 1px solid {p.line2}; border-radius: {px(4)}px;
        padding: 0 {px(10)}px; font-size: {px(16)}px;
        selection-background-color: {p.selected}; selection-color: {p.on_selected};
    }}
    /* Boxes of several lines have the height that their page gives them: one from here would take it away. */
    QLineEdit, QComboBox, QAbstractSpinBox {{ min-height: {px(36)}px; }}
    QPlainTextEdit, QTextEdit {{ padding: {px(5)}px {px(6)}px; }}
    QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {{
        border: 2px solid {p.focus}; background: {p.focus_ground}; padding: 0 {px(10) - 1}px;
    }}
    QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {{ min-height: {px(36) - 2}px; }}
    QPlainTextEdit:focus {{ padding: {px(5) - 1}px {px(6) - 1}px; }}
    QLineEdit[state="carried"], QComboBox[state="carried"], QPlainTextEdit[state="carried"] {{
        background: {p.carried}; border-color: {p.carried_edge};
    }}
    QLineEdit[state="warn"], QComboBox[state="warn"], QPlainTextEdit[state="warn"] {{
        border: 2px solid {p.warn.edge}; padding: 0 {px(10) - 1}px;
    }}
    QLineEdit[state="error"], QComboBox[state="error"], QPlainTextEdit[state="error"] {{
        border: 2px solid {p.weekend}; padding: 0 {px(10) - 1}px;
    }}
    QLineEdit[state="warn"], QComboBox[state="warn"], QLineEdit[state="error"], QComboBox[state="error"] {{
        min-height: {px(36) - 2}px;
    }}
    QLineEdit:read-only, QPlainTextEdit:read-only, QLineEdit:disabled, QComboBox:disabled {{
        background: {p.disabled}; color: {p.ink2}; border-color: {p.line};
    }}
    QComboBox::drop-down {{ border: none; width: {px(30)}px; }}
    QComboBox::down-arrow {{ image: url("{down}"); width: {px(18)}px; height: {px(18)}px; }}
    QComboBox[strong="true"] {{ font-weight: 700; }}
    QComboBox QAbstractItemView {{
        background: {p.surface}; border: 1px solid {p.line2}; outline: none; font-weight: 400;
        selection-background-color: {p.selected}; selection-color: {p.on_selected};
    }}
    QComboBox QAbstractItemView::item {{ min-height: {px(36)}px; padding: 0 {px(8)}px; }}
    """


def _checks(p: Palette, px: Callable[[float], int]) -> str:
    check, dot = _picture("check", p), _picture("dot", p)
    box = f"width: {px(20)}px; height: {px(20)}px; border: 2px solid {p.line2}; background: {p.surface};"
    round_px = (px(20) + 2 * 2) // 2  # one pixel more than half of the box, and Qt draws a square
    return f"""
    QCheckBox, QRadioButton {{
        font-size: {px(16)}px; spacing: {px(8)}px; min-height: {px(36)}px; background: transparent;
        border: 2px solid transparent; border-radius: {px(4)}px; padding-right: {px(6)}px;
    }}
    QCheckBox:focus, QRadioButton:focus {{ border: 2px solid {p.focus}; background: {p.focus_ground}; }}
    QCheckBox::indicator {{ {box} border-radius: {px(3)}px; }}
    QRadioButton::indicator {{ {box} border-radius: {round_px}px; }}
    QCheckBox::indicator:checked {{
        background: {p.primary}; border-color: {p.primary}; image: url("{check}");
    }}
    QRadioButton::indicator:checked {{
        background: {p.primary}; border-color: {p.primary}; image: url("{dot}");
    }}
    QListView[framed="true"]::indicator {{ {box} border-radius: {px(3)}px; }}
    QListView[framed="true"]::indicator:checked {{
        background: {p.primary}; border-color: {p.primary}; image: url("{check}");
    }}
    QCheckBox:disabled, QRadioButton:disabled {{ color: {p.on_disabled}; }}
    QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ border-color: {p.line}; }}
    """


def _tables(p: Palette, px: Callable[[float], int]) -> str:
    return f"""
    QTableView, QTreeView, QListView {{
        background: {p.surface}; color: {p.ink}; border: none; outline: none; font-size: {px(15)}px;
        gridline-color: {p.line}; selection-background-color: {p.selected};
        selection-color: {p.on_selected};
    }}
    QTableView::item {{ border: none; border-bottom: 1px solid {p.line}; padding: 0 {px(10)}px; }}
    QTableView::item:selected {{ background: {p.selected}; color: {p.on_selected}; }}
    QListView[framed="true"] {{ border: 1px solid {p.line2}; border-radius: {px(4)}px; padding: 1px; }}
    QListView[framed="true"]:focus {{ border: 2px solid {p.focus}; padding: 0; }}
    QListView::item {{ min-height: {px(36)}px; padding: 0 {px(10)}px; }}
    QListView::item:selected {{ background: {p.selected}; color: {p.on_selected}; }}
    QHeaderView {{ background: {p.header}; border: none; }}
    QHeaderView::section {{
        background: {p.header}; color: {p.ink2}; border: none; border-bottom: 1px solid {p.line};
        font-size: {px(15)}px; font-weight: 700; padding: 0 {px(10)}px; height: {px(35)}px;
    }}
    QTableCornerButton::section {{ background: {p.header}; border: none; }}
    """


def _tabs(p: Palette, px: Callable[[float], int]) -> str:
    return f"""
    QTabBar {{ background: {p.surface}; border: none; font-size: {px(16)}px; }}
    QTabBar::tab {{
        background: transparent; color: {p.ink2}; padding: 0 {px(14)}px; height: {px(40)}px; border: none;
        border-bottom: 3px solid transparent;
    }}
    QTabBar::tab:selected {{ color: {p.accent}; border-bottom-color: {p.accent}; font-weight: 700; }}
    QTabBar::tab:hover {{ background: {p.soft}; }}
    QTabBar::tab:focus {{ border: 2px solid {p.focus}; }}
    """


def _cards(p: Palette, px: Callable[[float], int]) -> str:
    chips = "\n".join(
        f'QLabel[chip="{tone}"] {{ color: {p.tone(tone).ink}; background: {p.tone(tone).ground};'
        f" border: 1px solid {p.tone(tone).edge}; }}"
        for tone in _TONES
    )
    banners = "\n".join(
        f'QFrame[banner="{tone}"] {{ background: {p.tone(tone).ground}; border: 2px solid {p.tone(tone).ink};'
        f" border-radius: {px(5)}px; }}"
        f' QFrame[banner="{tone}"] QLabel[banner_ink="true"] {{ color: {p.tone(tone).ink}; }}'
        for tone in _TONES
    )
    return f"""
    QFrame[role="card"] {{
        background: {p.surface}; border: 1px solid {p.line}; border-radius: {px(6)}px;
    }}
    QFrame[role="quick"] {{
        background: {p.surface}; border: 1px solid {p.carried_edge}; border-radius: {px(6)}px;
    }}
    QFrame[role="quick"]:hover {{ background: {p.selected}; }}
    QFrame[role="card_head"] {{ background: transparent; border: none; border-bottom: 1px solid {p.line}; }}
    QFrame[role="card_foot"] {{
        background: {p.soft}; border: none; border-top: 1px solid {p.line};
        border-bottom-left-radius: {px(5)}px; border-bottom-right-radius: {px(5)}px;
    }}
    QFrame[role="totals"] {{ background: {p.header}; border: none; border-top: 2px solid {p.line2}; }}
    QFrame[role="row"] {{ background: transparent; border: none; border-bottom: 1px solid {p.line}; }}
    QFrame[role="row"][last="true"] {{ border-bottom: none; }}
    QFrame[role="returned"] {{
        background: {p.error.ground}; border: none; border-bottom: 2px solid {p.error.ink};
        border-top-left-radius: {px(5)}px; border-top-right-radius: {px(5)}px;
    }}
    QFrame[role="returned"] QLabel {{ color: {p.error.ink}; }}
    QFrame[role="remark"] {{
        background: {p.surface}; border: 2px solid {p.on_card("error")}; border-radius: {px(5)}px;
    }}
    QFrame[role="line"] {{ background: {p.line}; border: none; max-height: 1px; min-height: 1px; }}
    QLabel[chip] {{
        border-radius: {px(4)}px; font-size: {px(14)}px; min-height: {px(22)}px; max-height: {px(22)}px;
        padding: 0 {px(8)}px;
    }}
    {chips}
    {banners}
    QFrame[banner="neutral"] {{ background: {p.soft}; border: 1px solid {p.line}; }}
    QFrame[banner="neutral"] QLabel[banner_ink="true"] {{ color: {p.ink}; }}
    """


def _bars(p: Palette, px: Callable[[float], int]) -> str:
    return f"""
    QFrame[role="status_bar"] {{ background: {p.status_bar}; border: none; border-top: 1px solid {p.line}; }}
    QFrame[role="status_bar"] QLabel {{ font-size: {px(13)}px; color: {p.ink2}; }}
    QLabel[role="keycap"] {{
        background: {p.surface}; color: {p.ink}; border: 1px solid {p.line2};
        border-bottom: 2px solid {p.line2}; border-radius: {px(3)}px; padding: 0 {px(5)}px;
        font-size: {px(13)}px; min-height: {px(16)}px; max-height: {px(17)}px;
    }}
    QFrame[role="message"] {{ border: none; border-top: 1px solid {p.line}; }}
    QFrame[role="message"][tone="ok"] {{ background: {p.ok.ground}; }}
    QFrame[role="message"][tone="warn"] {{ background: {p.warn.ground}; }}
    QFrame[role="message"][tone="error"] {{ background: {p.error.ground}; }}
    QFrame[role="message"][tone="ok"] QLabel {{ color: {p.ok.ink}; }}
    QFrame[role="message"][tone="warn"] QLabel {{ color: {p.warn.ink}; }}
    QFrame[role="message"][tone="error"] QLabel {{ color: {p.error.ink}; }}
    QProgressBar {{
        background: {p.header}; border: none; border-radius: {px(4)}px; min-height: {px(10)}px;
        max-height: {px(10)}px;
    }}
    QProgressBar::chunk {{ background: {p.primary}; border-radius: {px(4)}px; }}
    """


def _scrolling(p: Palette, px: Callable[[float], int]) -> str:
    return f"""
    QScrollArea, QScrollArea > QWidget > QWidget[role="scrolled"] {{ background: transparent; border: none; }}
    QScrollBar:vertical {{ background: transparent; width: {px(14)}px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: {px(14)}px; margin: 0; }}
    QScrollBar::handle {{
        background: {p.line2}; border-radius: {px(4)}px; margin: {px(3)}px;
        min-height: {px(36)}px; min-width: {px(36)}px;
    }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QTextBrowser {{ background: {p.surface}; border: none; padding: {px(12)}px; }}
    QSplitter::handle {{ background: transparent; }}
    """


def _picture(name: str, palette: Palette) -> str:
    """A stylesheet takes pictures by path only, with forward slashes on every system."""
    return assets.resource_path("icons", "style", f"{name}_{palette.name}.svg").as_posix()
