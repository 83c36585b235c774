"""Watches the GUI thread: how long did it ever not answer?"""

import time

from PySide6.QtCore import QObject, QTimer

_BEAT_MS = 10


class Watchdog(QObject):
    """A timer that notes the longest time between two of its beats, beyond its own period, while it watches.

    Attributes
    ----------
    longest : float
        Seconds, of all the times it watched.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.longest = 0.0
        self._last = 0.0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._beat)

    def restart(self) -> None:
        """Watch from now on."""
        self._last = time.perf_counter()
        self._timer.start(_BEAT_MS)

    def pause(self) -> None:
        """Look away."""
        self._timer.stop()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last - _BEAT_MS / 1000)
        self._last = now
