"""Watches the GUI thread: how long did it ever not answer?"""

import time

from PySide6.QtCore import QObject, QTimer

_BEAT_MS = 10


class Watchdog(QObject):
    """A timer that notes the longest time between two of its beats, beyond its own period, in seconds."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._beat)
        self._timer.start(_BEAT_MS)

    def restart(self) -> None:
        """Forget what was."""
        self.longest = 0.0
        self._last = time.perf_counter()

    def stop(self) -> float:
        """Stop watching; answers the longest time."""
        self._timer.stop()
        return self.longest

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last - _BEAT_MS / 1000)
        self._last = now
