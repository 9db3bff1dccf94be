"""Long work: one worker thread, named stages, cancel. What is shown meanwhile is the caller's choice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal

from gzdesk.progress import Cancelled, Progress

Job = Callable[[Progress], object]


class Watcher(Protocol):
    """Whoever shows how far the work is."""

    def on_stage(self, name: str) -> None:
        """A named part of the work began."""

    def on_step(self, done: int, total: int) -> None:
        """So many items of this part are finished."""


class _CarriedProgress(Progress):
    """Carries stages and steps from the worker to the runner, whose signals bring them to the window's thread.

    No QObject itself: the worker may be the last to hold it, and a QObject must not end in a foreign thread.
    """

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self.cancelled = False

    def stage(self, name: str) -> None:
        """Begin a part of the work."""
        self._runner.staged.emit(name)

    def step(self, done: int, total: int) -> None:
        """Tell how many items of this part are finished."""
        self._runner.stepped.emit(done, total)

    def check_cancelled(self) -> None:
        """Raise `Cancelled` once the person asked to stop."""
        if self.cancelled:
            raise Cancelled


class Runner(QObject):
    """Runs one job at a time on the worker; everything it calls back runs on the window's thread."""

    started = Signal()
    ended = Signal()
    staged = Signal(str)
    stepped = Signal(int, int)
    _finished = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        # One worker: two jobs that write would wait on each other inside the store, unseen by the person.
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="gzdesk-job")
        self._progress: _CarriedProgress | None = None
        self._watcher: Watcher | None = None
        self._on_done: Callable[[object], object] | None = None
        self._on_failed: Callable[[BaseException], object] | None = None
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        # Not connected to the watcher itself: a connection keeps no plain Python object alive, and calling one
        # that is gone ends the program.
        self.staged.connect(self._tell_stage, Qt.ConnectionType.QueuedConnection)
        self.stepped.connect(self._tell_step, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether a job runs."""
        return self._progress is not None

    def run(
        self,
        job: Job,
        *,
        watcher: Watcher,
        on_done: Callable[[object], object],
        on_failed: Callable[[BaseException], object],
    ) -> None:
        """Start a job. Raises RuntimeError while another one runs: the window keeps people from that."""
        if self.busy:
            raise RuntimeError("a job is running already")
        progress = _CarriedProgress(self)
        self._progress, self._watcher = progress, watcher
        self._on_done, self._on_failed = on_done, on_failed
        self.started.emit()
        self._pool.submit(self._work, job, progress)

    def cancel(self) -> None:
        """Ask the job to stop where that is safe; it may still finish."""
        if self._progress is not None:
            self._progress.cancelled = True

    def close(self) -> None:
        """Ask the job that runs to stop, wait for it and take no more."""
        self.cancel()
        self._pool.shutdown(wait=True)

    def _work(self, job: Job, progress: Progress) -> None:
        # Whatever happens in the job must reach the window, or it would wait for ever.
        try:
            result = job(progress)
        except BaseException as error:
            self._finished.emit(None, error)
        else:
            self._finished.emit(result, None)

    def _tell_stage(self, name: str) -> None:
        if self._watcher is not None:
            self._watcher.on_stage(name)

    def _tell_step(self, done: int, total: int) -> None:
        if self._watcher is not None:
            self._watcher.on_step(done, total)

    def _deliver(self, result: object, error: BaseException | None) -> None:
        done, failed = self._on_done, self._on_failed
        self._progress = self._watcher = self._on_done = self._on_failed = None
        self.ended.emit()
        if error is not None and failed is not None:
            failed(error)
        elif done is not None:
            done(result)
