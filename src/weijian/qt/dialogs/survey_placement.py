"""A small drawing of where something falls among what a workspace already covers."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from weijian.domain.grid import Bounds
from weijian.services.survey_preview import KnownGround, Thumbnail, share_of

_MARGIN = 26
_LEAST = 5.0
_NOWHERE = KnownGround(None, (), ())


class SurveyPlacement(QWidget):
    """Draws the extents of the archive (hatched), of the surveys (thin) and of what is to be added (thick)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known = _NOWHERE
        self._candidate: tuple[str, Bounds] | None = None
        self._image: QImage | None = None
        self._image_bounds: Bounds | None = None
        self.setMinimumSize(220, 150)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Wide enough for names."""
        return QSize(360, 230)

    def show_known(self, known: KnownGround) -> None:
        """What is there already."""
        self._known = known
        self._describe()

    def show_candidate(self, name: str, bounds: Bounds | None) -> None:
        """What is to be added; None for nothing."""
        self._candidate = None if bounds is None else (name, bounds)
        self._image = None
        self._describe()

    def show_thumbnail(self, thumbnail: Thumbnail | None) -> None:
        """The picture of what is to be added."""
        if thumbnail is None:
            self._image = None
        else:
            rows, columns = thumbnail.rgba.shape[:2]
            whole = QImage(thumbnail.rgba.tobytes(), columns, rows, 4 * columns, QImage.Format.Format_RGBA8888)
            self._image, self._image_bounds = whole.copy(), thumbnail.bounds
        self.update()

    def _describe(self) -> None:
        if self._candidate is not None:
            self.setAccessibleDescription(overlap_words(self._candidate[1], self._known))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Draw everything."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Base))
        boxes = [*self._known.boxes, *([self._candidate[1]] if self._candidate else [])]
        if boxes:
            self._draw(painter, boxes)
        else:
            text = QCoreApplication.translate("SurveyPlacement", "Nothing to draw yet")
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, text)
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def _draw(self, painter: QPainter, boxes: list[Bounds]) -> None:
        place, scale = _placing(boxes, QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN))
        ink = self.palette().color(QPalette.ColorRole.Text)
        soft = QColor(ink)
        soft.setAlphaF(0.55)
        if self._candidate and self._image is not None and self._image_bounds is not None:
            painter.drawImage(place(self._image_bounds), self._image)
        if self._known.archive is not None:
            archive = place(self._known.archive)
            painter.setPen(QPen(soft, 1.2, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush if self._image is not None else Qt.BrushStyle.BDiagPattern)
            painter.drawRect(archive)
            self._label(
                painter, archive, QCoreApplication.translate("SurveyPlacement", "Archive"), Qt.AlignmentFlag.AlignBottom
            )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for survey in self._known.surveys:
            painter.setPen(QPen(ink, 1.0, Qt.PenStyle.DashLine))
            painter.drawRect(place(survey.bounds))
        if self._known.surveys:
            last = self._known.surveys[-1]
            self._label(painter, place(last.bounds), last.name, Qt.AlignmentFlag.AlignBottom, below=True)
        if self._candidate:
            box = place(self._candidate[1])
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 2.6))
            painter.drawRect(box)
            self._label(painter, box, self._candidate[0], Qt.AlignmentFlag.AlignTop)
        self._scale_bar(painter, scale)

    def _label(self, painter: QPainter, box: QRectF, text: str, side: Qt.AlignmentFlag, *, below: bool = False) -> None:
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, self.width() - 12)
        wide, high = metrics.horizontalAdvance(shown) + 8, metrics.height() + 2
        top = (
            box.top() - high - 2
            if side == Qt.AlignmentFlag.AlignTop
            else box.bottom() + 2
            if below
            else box.bottom() - high - 2
        )
        left = min(max(4.0, box.left()), self.width() - wide - 4.0)
        rect = QRectF(left, min(max(3.0, top), self.height() - high - 3.0), wide, high)
        ground = QColor(self.palette().color(QPalette.ColorRole.Base))
        ground.setAlphaF(0.85)
        painter.fillRect(rect, ground)
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, shown)

    def _scale_bar(self, painter: QPainter, scale: float) -> None:
        length = 10 ** math.floor(math.log10(self.width() / 4 / scale))
        length *= next(step for step in (5, 2, 1) if step == 1 or step * length * scale <= self.width() / 4)
        text = f"{length / 1000:g} km" if length >= 1000 else f"{length:g} m"
        right, bottom = self.width() - 10.0, self.height() - 8.0
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Text), 1.5))
        painter.drawLine(QPointF(right - length * scale, bottom), QPointF(right, bottom))
        rect = QRectF(right - 120, bottom - painter.fontMetrics().height() - 2, 120, painter.fontMetrics().height())
        painter.drawText(rect, Qt.AlignmentFlag.AlignRight, text)


def _placing(boxes: list[Bounds], room: QRectF) -> tuple[Callable[[Bounds], QRectF], float]:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    left, bottom, right, top = min(lefts), min(bottoms), max(rights), max(tops)
    scale = min(room.width() / max(right - left, 1e-6), room.height() / max(top - bottom, 1e-6))
    east = room.center().x() - (left + right) / 2 * scale
    north = room.center().y() + (bottom + top) / 2 * scale

    def place(box: Bounds) -> QRectF:
        wide, high = max(_LEAST, (box[2] - box[0]) * scale), max(_LEAST, (box[3] - box[1]) * scale)
        return QRectF(box[0] * scale + east, north - box[3] * scale, wide, high)

    return place, scale


def falls_apart(bounds: Bounds, known: KnownGround) -> bool:
    """Whether something lies outside everything that a workspace covers."""
    return bool(known.boxes) and not any(share_of(bounds, box) > 0 for box in known.boxes)


def overlap_words(bounds: Bounds, known: KnownGround) -> str:
    """What something shares with the archive and the surveys, in words."""
    if not known.boxes:
        return QCoreApplication.translate(
            "SurveyPlacement", "The workspace is still empty; this is the first of its data."
        )
    if falls_apart(bounds, known):
        distance = min(_distance(bounds, box) for box in known.boxes)
        text = QCoreApplication.translate(
            "SurveyPlacement",
            "Lies outside everything in this workspace, about {distance} km away. Check its coordinate system.",
        )
        return text.format(distance=f"{distance / 1000:,.1f}")
    told = []
    if known.archive is not None:
        text = QCoreApplication.translate("SurveyPlacement", "Covers {share} % of the archive's area.")
        told.append(text.format(share=round(100 * share_of(known.archive, bounds))))
    for survey in known.surveys[-3:]:
        text = QCoreApplication.translate("SurveyPlacement", "{share} % of it was also flown in {survey}.")
        told.append(text.format(share=round(100 * share_of(bounds, survey.bounds)), survey=survey.name))
    return "\n".join(told)


def _distance(one: Bounds, other: Bounds) -> float:
    across = max(one[0] - other[2], other[0] - one[2], 0.0)
    along = max(one[1] - other[3], other[1] - one[3], 0.0)
    return math.hypot(across, along)
