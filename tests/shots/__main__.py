"""Make the pictures. They are looked at by people; nothing here decides whether a page is good."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QDialog

from gzdesk import bootstrap, i18n
from gzdesk.desktop.main_window import MainWindow
from gzdesk.desktop.sticks import FIXED_STICK
from gzdesk.desktop.theme import Theme
from gzdesk.domain.period import Month
from gzdesk.services.demo.year import Plan, make_demo
from gzdesk.settings import Preferences
from tests.shots.prepare import hand_in, leave_work, return_one
from tests.shots.scenes import SIZE, STICK, Scene, scenes

TODAY = date(2019, 11, 6)
MONTHS = 10
_LOOK_EVERY_MS = 700
VILLAGE = "caoyi"


def main() -> int:
    """Write one PNG per page, language and look."""
    options = _options()
    qInstallMessageHandler(_tell)
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    options.out.mkdir(parents=True, exist_ok=True)
    with _demonstration(options.data) as folder:
        for role, store in (("village", folder / "villages" / VILLAGE), ("town", folder / "town")):
            for language in options.languages:
                wanted = [
                    scene for scene in _in_look(scenes(role), options.look) if _asked(scene, options.only)
                ]
                _shoot(store, folder, language, wanted, options.out)
    print(options.out)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.shots")
    parser.add_argument("--out", type=Path, default=Path("shots"))
    parser.add_argument("--data", type=Path, help="a demonstration made before, to save the minute it takes")
    parser.add_argument("--only", nargs="*", help="names of scenes")
    parser.add_argument("--languages", nargs="*", choices=list(i18n.LANGUAGES), default=list(i18n.LANGUAGES))
    parser.add_argument("--look", choices=("large", "contrast"), help="every scene in this look, not its own")
    return parser.parse_args()


def _asked(scene: Scene, names: list[str] | None) -> bool:
    return not names or scene.name in names


def _in_look(own: tuple[Scene, ...], look: str | None) -> tuple[Scene, ...]:
    """Every scene that is photographed plainly, in a look of the viewer's choice instead."""
    if look is None:
        return own
    plain = [scene for scene in own if not scene.large and not scene.high_contrast]
    return tuple(replace(scene, large=look == "large", high_contrast=look == "contrast") for scene in plain)


@contextmanager
def _demonstration(made_before: Path | None) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        demo = Path(folder) / "demo"
        if made_before is not None:
            shutil.copytree(made_before, demo)
        else:
            make_demo(Plan(out=demo, months=MONTHS), stores=bootstrap)
        hand_in(demo, demo / STICK, today=TODAY)
        return_one(demo / "town", demo / "villages" / VILLAGE, demo, today=TODAY)
        leave_work(demo / "villages" / VILLAGE, today=TODAY)
        os.environ[FIXED_STICK] = str(demo / STICK)
        yield demo


def _shoot(store: Path, demo: Path, language: str, wanted: list[Scene], out: Path) -> None:
    i18n.set_language(language)
    workspace = bootstrap.open_workspace(store, today=TODAY)
    month = Month.of(TODAY).plus(-1)
    try:
        for scene in wanted:
            look = Preferences(
                language=language, text_percent=125 if scene.large else 100, high_contrast=scene.high_contrast
            )
            theme = Theme(large=scene.large, high_contrast=scene.high_contrast)
            theme.apply()
            window = MainWindow(theme=theme, preferences=look)
            window.resize(*SIZE)
            window.show()
            settle(50)  # a window that is not active yet does not keep the cursor where a page puts it
            window.open(workspace, first_page=False)
            picture = str(out / f"{scene.name}.{language}.png")
            if scene.dialog:
                QTimer.singleShot(_LOOK_EVERY_MS, partial(_shoot_dialog, picture))
            scene.stage(window, month, demo)
            rest(window)
            if not scene.dialog:
                window.grab().save(picture)
            window.hide()
            window.leave()
            window.deleteLater()
    finally:
        workspace.close()


def _shoot_dialog(picture: str, *, left: int = 20) -> None:
    """A dialog holds up everything that opened it: photograph it from within and close it."""
    dialog = QApplication.activeModalWidget()
    if not isinstance(dialog, QDialog):
        if left == 0:
            sys.exit(f"no dialog was opened for {picture}")
        QTimer.singleShot(_LOOK_EVERY_MS, partial(_shoot_dialog, picture, left=left - 1))
        return
    settle()
    dialog.grab().save(picture)
    dialog.reject()


def _tell(_kind: object, _context: object, message: str) -> None:
    # The offscreen platform says this of every window with a layout.
    if "propagateSizeHints" not in message:
        print(message, file=sys.stderr)


def rest(window: MainWindow) -> None:
    """Wait for the job that a scene began, then for painting."""
    settle()
    while window.runner.busy:
        settle(50)
    settle(100)


def settle(ms: int = 300) -> None:
    """Let timers and painting come to rest."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


if __name__ == "__main__":
    sys.exit(main())
