"""A picture of a structure at one date, with its outline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from shapely import MultiPolygon, Polygon

from weijian.domain.grid import Bounds
from weijian.services.dossier_pictures import ground_in_survey

_LINE = QColor(255, 214, 0)
_HALO = QColor(0, 0, 0, 200)
_SHEET = QColor(0, 0, 0, 170)


@dataclass(frozen=True)
class ChipPicture:
    """A picture with the ground it shows; made in a worker by `chip_picture`."""

    image: QImage
    bounds: Bounds


def chip_picture(rgb: NDArray[np.uint8], bounds: Bounds) -> ChipPicture:
    """The picture of a chip, with pixels of its own; may be called in a worker."""
    rows, columns = rgb.shape[:2]
    data = np.ascontiguousarray(rgb)
    return ChipPicture(QImage(data.data, columns, rows, 3 * columns, QImage.Format.Format_RGB888).copy(), bounds)


def picture_in_survey(folder: Path, survey_id: int, ground: Bounds, side_px: int) -> ChipPicture:
    """The picture of ``ground`` (workspace CRS) in a flight; to be called in a worker."""
    chip = ground_in_survey(folder, survey_id, ground, side_px)
    return chip_picture(chip.rgb, chip.bounds)


class ChipView(QWidget):
    """Shows a chip as a square with its date and outlines on it.

    ``clicked(Bounds)`` is emitted when the picture is clicked or Enter is pressed on it.
    """

    clicked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: ChipPicture | None = None
        self._outlines: tuple[Polygon | MultiPolygon, ...] = ()
        self._title = ""
        self._text = ""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumSize(96, 96)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    @property
    def picture(self) -> ChipPicture | None:
        """What is shown."""
        return self._picture

    def show_picture(
        self,
        picture: ChipPicture,
        title: str,
        flown_on: date | None = None,
        outlines: Sequence[Polygon | MultiPolygon] = (),
    ) -> None:
        """Show a picture with outlines (CRS of its bounds); the date stands beside the title."""
        self._picture, self._outlines = picture, tuple(outlines)
        self._title = f"{title} {flown_on.isoformat()}".strip() if flown_on else title
        self._say("")
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_text(self, title: str, text: str) -> None:
        """Show words in place of a picture: that it is being read, or why there is none."""
        self._picture, self._outlines, self._title = None, (), title
        self._say(text)
        self.unsetCursor()

    def _say(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(f"{self._title} {text}".strip())
        self.setToolTip(text)
        self.update()

    def hasHeightForWidth(self) -> bool:  # noqa: N802, D102
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802, D102
        return width

    def sizeHint(self) -> QSize:  # noqa: N802, D102
        return QSize(150, 150)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._ask()
        else:
            super().keyPressEvent(event)

    def _ask(self) -> None:
        if self._picture is not None:
            self.clicked.emit(self._picture.bounds)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002, D102
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        frame = self._frame()
        if self._picture is None:
            self._paint_text(painter, frame)
        else:
            painter.drawImage(frame, self._picture.image)
            self._paint_outlines(painter, frame, self._picture.bounds)
            self._paint_title(painter, frame)
        role = QPalette.ColorRole.Highlight if self.hasFocus() else QPalette.ColorRole.Mid
        painter.setPen(QPen(self.palette().color(role), 2 if self.hasFocus() else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(frame.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def _frame(self) -> QRectF:
        side = min(self.width(), self.height())
        return QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)

    def _paint_outlines(self, painter: QPainter, frame: QRectF, bounds: Bounds) -> None:
        path = outline_path(self._outlines, bounds, frame)
        painter.save()
        painter.setClipRect(frame)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((_HALO, 4.0), (_LINE, 2.0)):
            painter.setPen(QPen(colour, width))
            painter.drawPath(path)
        painter.restore()

    def _paint_title(self, painter: QPainter, frame: QRectF) -> None:
        height = QFontMetricsF(self.font()).height() + 4
        sheet = QRectF(frame.left(), frame.bottom() - height, frame.width(), height)
        painter.fillRect(sheet, _SHEET)
        painter.setPen(Qt.GlobalColor.white)
        painter.drawText(sheet, Qt.AlignmentFlag.AlignCenter, self._title)

    def _paint_text(self, painter: QPainter, frame: QRectF) -> None:
        painter.fillRect(frame, self.palette().color(QPalette.ColorRole.AlternateBase))
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        words = "\n".join(part for part in (self._title, self._text) if part)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWrapAnywhere
        painter.drawText(frame.adjusted(6, 6, -6, -6), flags, words)


def outline_path(outlines: Sequence[Polygon | MultiPolygon], bounds: Bounds, frame: QRectF) -> QPainterPath:
    """Outlines as they lie over a picture of ``bounds`` drawn into ``frame``."""
    left, _, right, top = bounds
    scale = frame.width() / (right - left)
    path = QPainterPath()
    for outline in outlines:
        for part in outline.geoms if isinstance(outline, MultiPolygon) else (outline,):
            for ring in (part.exterior, *part.interiors):
                points = [
                    QPointF(frame.left() + (x - left) * scale, frame.top() + (top - y) * scale) for x, y in ring.coords
                ]
                path.moveTo(points[0])
                for point in points[1:]:
                    path.lineTo(point)
                path.closeSubpath()
    return path
