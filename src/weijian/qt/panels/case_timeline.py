"""What happened in a case, the newest first."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from weijian.domain.case import Case, CaseEvent
from weijian.qt.panels.quiet_text import empty_layout, quiet_label
from weijian.qt.wording import name_of

_GUTTER = 18
_RADIUS = 3.5


class CaseTimeline(QWidget):
    """A row for every event of a case: date, stages, officers, document, reason."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)

    def show_events(self, case: Case, events: tuple[CaseEvent, ...]) -> None:
        """Show what happened."""
        empty_layout(self._rows)
        for event in reversed(events):
            self._rows.addWidget(self._of_event(event))
        officers = self.tr(", ").join(name for name in (case.lead_officer, case.second_officer) if name)
        opened = self.tr("{date}  Case opened").format(date=case.opened_on)
        self._rows.addWidget(TimelineRow(opened, (officers,), last=True))

    def _of_event(self, event: CaseEvent) -> TimelineRow:
        text = self.tr("{date}  {origin} → {target}")
        title = text.format(date=event.moved_on, origin=name_of(event.origin), target=name_of(event.target))
        people = self.tr(", ").join(event.officers)
        by = " · ".join(part for part in (people, event.document_no) if part)
        return TimelineRow(title, (by, event.reason))


class TimelineRow(QWidget):
    """One event beside a line that leads to the one before it."""

    def __init__(self, title: str, notes: tuple[str, ...], *, last: bool = False) -> None:
        super().__init__()
        self._last = last
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_GUTTER, 0, 0, 8)
        layout.setSpacing(1)
        self._title = QLabel(title)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setWordWrap(True)
        self._title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(self._title)
        for note in notes:
            if note:
                layout.addWidget(quiet_label(note))

    def text(self) -> str:
        """The row's first line."""
        return self._title.text()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the dot and the line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dot = QPointF(_GUTTER / 2 - 2, self._title.y() + self.fontMetrics().height() / 2)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Mid), 1.5))
        if not self._last:
            painter.drawLine(dot, QPointF(dot.x(), self.height() + dot.y()))
        if self._title.y() or dot.y():
            painter.drawLine(QPointF(dot.x(), 0), dot)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Highlight))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(dot, _RADIUS, _RADIUS)
