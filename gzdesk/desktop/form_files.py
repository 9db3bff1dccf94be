"""Photos and scans on their way into a form: dropped on it, pasted, chosen; and shown large from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QImage, QKeySequence
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from gzdesk.desktop.sticks import sticks
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.desktop.widgets.field_files import Noted, Taken
    from gzdesk.progress import Progress
    from gzdesk.services.evidence import TakenIn
    from gzdesk.services.evidence.pictures import Pixels

_ENDINGS = "*.jpg *.jpeg *.png *.pdf *.heic *.webp *.bmp *.tif *.tiff *.gif"


class FormFiles:
    """What fields of files ask of the ledger and the window (`FileTools`)."""

    _last_folder = ""

    def __init__(self, shell: MainWindow, *, proves: Callable[[], str] = lambda: "") -> None:
        """`proves` says in words which record the files belong to."""
        self._shell = shell
        self._proves = proves
        self._evidence = shell.workspace.evidence

    # What tiles ask

    def thumbnail(self, sha256: str) -> Pixels | None:
        """The small picture, or None when the file is missing or can't be shown."""
        return self._evidence.thumbnails.get(sha256)

    def is_quick(self, sha256: str) -> bool:
        """Whether the small picture only has to be read."""
        return self._evidence.thumbnails.is_made(sha256)

    def is_here(self, sha256: str) -> bool:
        """Whether the file is on this PC."""
        return self._evidence.is_here(sha256)

    # Taking in

    def choose(self, parent: QWidget, then: Taken) -> None:
        """Ask for files: where the last ones came from, at first on the stick or the card that is plugged in."""
        paths, _chosen = QFileDialog.getOpenFileNames(
            parent.window(),
            _("Choose photos or scans"),
            self._start_folder(),
            _("Photos and scans ({endings})").format(endings=_ENDINGS),
        )
        if paths:
            FormFiles._last_folder = str(Path(paths[0]).parent)
            self.take_in([Path(path) for path in paths], then)

    def _start_folder(self) -> str:
        if self._last_folder and Path(self._last_folder).is_dir():
            return self._last_folder
        plugged = sticks(self._shell.workspace.settings.stick_folder)
        return str(plugged[0].folder) if plugged else ""

    def take_in(self, paths: Sequence[Path], then: Taken) -> None:
        """Take files and folders in off the window's thread; what can't be taken is told."""

        def job(progress: Progress) -> TakenIn:
            return self._evidence.keep_all(paths, progress=progress)

        self._run(job, then)

    def take_pasted(self, image: QImage, then: Taken) -> None:
        """Take in a picture that has no file yet."""
        content = _png(image)
        today = self._shell.workspace.mint.today().isoformat()
        words = _("Pasted picture")
        name = f"{words} {today}.png"

        def job(_progress: Progress) -> TakenIn:
            from gzdesk.services.evidence import TakenIn

            return TakenIn(kept=(self._evidence.keep_content(content, name=name),))

        self._run(job, then)

    def take_mime(self, mime: QMimeData, then: Taken) -> bool:
        """Take in what was dropped or pasted; False when it holds neither files nor a picture."""
        paths = local_files(mime)
        if paths:
            self.take_in(paths, then)
            return True
        image = picture_in(mime)
        if image is not None:
            self.take_pasted(image, then)
        return image is not None

    def show_files(
        self, files: Sequence[Noted], current: int, on_changed: Callable[[int, Noted], object] | None
    ) -> None:
        """Enlarge these files, beginning with one."""
        from gzdesk.desktop.photo_viewer import PhotoViewer

        PhotoViewer(self._shell, files, current=current, proves=self._proves(), on_changed=on_changed).exec()

    def _run(self, job: Callable[[Progress], TakenIn], then: Taken) -> None:
        def done(taken: TakenIn) -> None:
            if taken.kept:
                then(taken.kept)
            self._tell_refused(taken)

        self._shell.run(job, title=_("Taking in photos and scans"), on_done=done)

    def _tell_refused(self, taken: TakenIn) -> None:
        if not taken.refused:
            return
        first = taken.refused[0]
        more = len(taken.refused) - 1
        words = f"{first.message}{first.hint}"
        if more:
            words += ngettext(
                "{count} more file was left out.", "{count} more files were left out.", more
            ).format(count=more)
        self._shell.tell(words, "warn")


class FileCatcher(QObject):
    """Sees what is dropped on a widget and everything in it, and what is pasted there."""

    def __init__(self, watched: QWidget, take: Callable[[QMimeData], bool]) -> None:
        super().__init__(watched)
        self._take = take
        watched.setAcceptDrops(True)
        # Labels take neither keys nor drops: what is let go over one reaches the widget around it.
        taking = (
            widget
            for widget in watched.findChildren(QWidget)
            if widget.acceptDrops() or widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        )
        for widget in (watched, *taking):
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take files and pictures; texts go where they always went."""
        kind = event.type()
        if kind in (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop):
            mime: QMimeData = event.mimeData()  # type: ignore[attr-defined]  # an event of dragging
            if not holds_files(mime):
                return False
            if kind == QEvent.Type.Drop:
                self._take(mime)
            event.acceptProposedAction()  # type: ignore[attr-defined]  # as above
            return True
        pressed = kind == QEvent.Type.KeyPress
        if pressed and event.matches(QKeySequence.StandardKey.Paste):  # type: ignore[attr-defined]  # of a key
            mime = QApplication.clipboard().mimeData()
            return holds_files(mime) and self._take(mime)
        return False


def local_files(mime: QMimeData) -> list[Path]:
    """The files and folders of this PC that are dragged or were copied."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


def picture_in(mime: QMimeData) -> QImage | None:
    """A picture without a file. What has words too (cells of a workbook) is meant as words."""
    if not mime.hasImage() or mime.hasFormat("text/plain"):
        return None
    image = mime.imageData()
    return image if isinstance(image, QImage) and not image.isNull() else None


def holds_files(mime: QMimeData) -> bool:
    """Whether there is something to take in."""
    return bool(local_files(mime)) or picture_in(mime) is not None


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs know no device
    return bytes(buffer.data().data())
