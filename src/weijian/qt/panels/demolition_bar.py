"""How far a demolition has come, as a bar with its numbers."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from weijian.domain.progress import DemolitionProgress

_BAR = 8.0
_GAP = 4.0


class DemolitionBar(QWidget):
    """Area done against area ordered, of one structure or of a case."""

    def __init__(self, title: str, progress: DemolitionProgress, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._progress = progress
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{title} {self.text()}")

    @property
    def share(self) -> float:
        """Part that is done, 0 to 1."""
        return self._progress.share

    def text(self) -> str:
        """The numbers beside the bar."""
        done, ordered, share = self._progress.done_m2, self._progress.ordered_m2, self._progress.share
        return self.tr("{done:.1f} / {ordered:.1f} m² ({share:.0f} %)").format(
            done=done, ordered=ordered, share=share * 100
        )

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A line of text and the bar."""
        return QSize(240, round(self.fontMetrics().height() + _GAP + _BAR + 4))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw title, numbers and bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role, palette, height = QPalette.ColorRole, self.palette(), self.fontMetrics().height()
        line = QRectF(0, 0, self.width(), height)
        numbers = self.fontMetrics().horizontalAdvance(self.text())
        room = max(0, self.width() - numbers - 8)
        painter.setPen(palette.color(role.WindowText))
        title = self.fontMetrics().elidedText(self._title, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.text())
        bar = QRectF(0.5, height + _GAP, self.width() - 1.0, _BAR)
        painter.setPen(QPen(palette.color(role.Mid), 1))
        painter.setBrush(palette.color(role.Base))
        painter.drawRoundedRect(bar, 3, 3)
        if self.share > 0:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color(role.Highlight))
            painter.drawRoundedRect(QRectF(bar.x(), bar.y(), bar.width() * self.share, bar.height()), 3, 3)
