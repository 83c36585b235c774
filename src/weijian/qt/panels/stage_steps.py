"""Where a case stands in its course, as a row of steps."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from weijian.domain.case import Case, CaseEvent
from weijian.domain.case_needs import BYWAYS
from weijian.domain.stage import Stage
from weijian.qt.wording import name_of

COURSE = tuple(stage for stage in Stage if stage not in BYWAYS)
"""The stages of a case that goes its whole way, in order."""

_RADIUS = 4.0
_TOP = 10.0


class StageSteps(QWidget):
    """A dot for every stage: filled when the case has been there, ringed where it stands, empty when it has not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = Stage.LEAD
        self._passed: frozenset[Stage] = frozenset()
        self._before: Stage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_stage(self, case: Case, events: tuple[CaseEvent, ...]) -> None:
        """Show where a case stands and has been."""
        self._stage = case.stage
        self._passed = frozenset({case.stage}.union(*({event.origin, event.target} for event in events)))
        course = [event.origin for event in events if event.origin in COURSE]
        self._before = course[-1] if course and case.stage not in COURSE else None
        self.setAccessibleName(self.text())
        self.update()

    def text(self) -> str:
        """The present stage in words."""
        if self._before is not None:
            return self.tr("{stage} (before: {before})").format(
                stage=name_of(self._stage), before=name_of(self._before)
            )
        return name_of(self._stage)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as the dots and a line of text."""
        return QSize(300, round(2 * _TOP + self.fontMetrics().height() + 2))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Narrow docks squeeze the dots together."""
        return QSize(160, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the line, the dots and the name of the present stage under its dot."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role, palette = QPalette.ColorRole, self.palette()
        faint, strong = palette.color(role.Mid), palette.color(role.Highlight)
        dots = [self._dot(index) for index in range(len(COURSE))]
        painter.setPen(QPen(faint, 1.5))
        painter.drawLine(dots[0], dots[-1])
        here = self._stage if self._stage in COURSE else self._before
        for stage, dot in zip(COURSE, dots, strict=True):
            been = stage in self._passed
            painter.setPen(QPen(strong if been else faint, 1.5))
            painter.setBrush(strong if been else palette.color(role.Window))
            painter.drawEllipse(dot, _RADIUS, _RADIUS)
            if stage is here:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(dot, _RADIUS + 3, _RADIUS + 3)
        self._paint_name(painter, dots[COURSE.index(here)] if here else dots[0])

    def event(self, event: QEvent) -> bool:
        """Name a dot under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            nearest = min(range(len(COURSE)), key=lambda index: abs(self._dot(index).x() - event.pos().x()))
            QToolTip.showText(event.globalPos(), f"{nearest + 1}. {name_of(COURSE[nearest])}", self)
            return True
        return super().event(event)

    def _paint_name(self, painter: QPainter, dot: QPointF) -> None:
        font = self.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        width = painter.fontMetrics().horizontalAdvance(self.text()) + 4.0
        left = min(max(0.0, dot.x() - width / 2), max(0.0, self.width() - width))
        line = QRectF(left, 2 * _TOP, width, painter.fontMetrics().height())
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, self.text())

    def _dot(self, index: int) -> QPointF:
        room = self.width() - 2 * (_RADIUS + 4)
        return QPointF(_RADIUS + 4 + room * index / (len(COURSE) - 1), _TOP)
