"""Watches the GUI thread: how long did it ever not answer, and what kept it?"""

import sys
import threading
import time
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

_BEAT_MS = 10

OWN_LIMIT_S = 0.1
"""The window must answer within this. Held against the processor time the GUI thread spends between two beats: a busy
machine lengthens every wait, and only the window's own work is the window's fault."""

HUNG_S = 1.0
"""No machine is so busy; a gap of this length is a window that waits for a file, a lock or another thread."""


class _Doorkeeper:
    """Hears of every file Python opens; hooks cannot be taken off again, so there is one, and it mostly sleeps."""

    def __init__(self) -> None:
        self.folders: tuple[Path, ...] = ()
        self.seen: list[str] = []
        sys.addaudithook(self._hear)

    def watch(self, folders: tuple[Path, ...], seen: list[str]) -> None:
        """Note what is opened in folders from now on."""
        self.folders, self.seen = folders, seen

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self.folders or event not in ("open", "sqlite3.connect", "os.listdir", "os.scandir"):
            return
        if threading.current_thread() is threading.main_thread() and isinstance(arguments[0], str | Path):
            path = Path(arguments[0])
            if any(path.is_relative_to(folder) for folder in self.folders):
                self.seen.append(f"{event} {path.name}")


_doorkeeper = _Doorkeeper()


class Watchdog(QObject):
    """A timer that notes, while it watches, the longest time between two of its beats, beyond its own period.

    Attributes
    ----------
    longest : float
        Seconds on the clock.
    longest_own : float
        Seconds of processor time of the GUI thread.
    opened : list of str
        What Python opened on the GUI thread in ``folders``, where only workers should read and write.
    """

    def __init__(self, parent: QObject | None = None, *folders: Path) -> None:
        super().__init__(parent)
        self.opened: list[str] = []
        self._folders = folders
        self.longest = 0.0
        self.longest_own = 0.0
        self._last = 0.0
        self._last_own = 0.0
        self._timer = QTimer(self, interval=_BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def restart(self) -> None:
        """Watch from now on."""
        self._last, self._last_own = time.perf_counter(), time.thread_time()
        self._timer.start()
        _doorkeeper.watch(self._folders, self.opened)

    def pause(self) -> None:
        """Look away."""
        self._timer.stop()
        _doorkeeper.watch((), [])

    def require_answers(self) -> None:
        """Fail when the window kept its user waiting."""
        assert self.opened == []
        assert self.longest_own < OWN_LIMIT_S, f"the window worked for {self.longest_own:.3f} s without answering"
        assert self.longest < HUNG_S, f"the window did not answer for {self.longest:.3f} s"

    def _beat(self) -> None:
        now, own = time.perf_counter(), time.thread_time()
        self.longest = max(self.longest, now - self._last - _BEAT_MS / 1000)
        self.longest_own = max(self.longest_own, own - self._last_own)
        self._last, self._last_own = now, own
