"""What tools draw on the map: lines with a rim, points, words; in map coordinates, sizes in pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from weijian.domain.grid import Bounds

XY = tuple[float, float]
_REACH_PX = 200


@dataclass(frozen=True)
class Line:
    """A line, or the ring around filled ground; widths in pixels."""

    points: tuple[XY, ...]
    colour: str
    width: float = 2.0
    dashed: bool = False
    fill: str = ""
    rim: float = 3.0


@dataclass(frozen=True)
class Dot:
    """A round or square handle."""

    at: XY
    colour: str
    radius: float = 4.0
    square: bool = False
    filled: bool = False


@dataclass(frozen=True)
class Words:
    """A text in a box beside a point."""

    at: XY
    text: str
    strong: bool = False


class Sketch(QGraphicsItem):
    """An overlay that draws lines, dots and words, whatever the zoom is, without ever growing thick or thin."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[Line, ...] = ()
        self._dots: tuple[Dot, ...] = ()
        self._words: tuple[Words, ...] = ()
        self._box = QRectF()

    def show(self, lines: Sequence[Line] = (), dots: Sequence[Dot] = (), words: Sequence[Words] = ()) -> None:
        """Draw this and nothing else."""
        self.prepareGeometryChange()
        self._lines, self._dots, self._words = tuple(lines), tuple(dots), tuple(words)
        points = [point for line in lines for point in line.points]
        points += [dot.at for dot in dots]
        points += [each.at for each in words]
        self._box = _box(points)
        self.update()

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines that are drawn."""
        return self._lines

    @property
    def dots(self) -> tuple[Dot, ...]:
        """The handles that are drawn."""
        return self._dots

    @property
    def words(self) -> tuple[Words, ...]:
        """The texts that are drawn."""
        return self._words

    def boundingRect(self) -> QRectF:  # noqa: N802 - Qt's name
        """All that is drawn, with room for words; in map coordinates."""
        scale = self.sceneTransform().m11()
        reach = _REACH_PX / scale if scale > 0 else 0.0
        return self._box.adjusted(-reach, -reach, reach, reach)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,  # noqa: ARG002
        widget: QWidget | None = None,  # noqa: ARG002
    ) -> None:
        """Draw in pixels, so that widths stay and digits are not lost."""
        to_pixels = painter.worldTransform()
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for line in self._lines:
            _draw_line(painter, line, QPolygonF([to_pixels.map(QPointF(*point)) for point in line.points]))
        for dot in self._dots:
            _draw_dot(painter, dot, to_pixels.map(QPointF(*dot.at)))
        for words in self._words:
            _draw_words(painter, words, to_pixels.map(QPointF(*words.at)))
        painter.restore()


def _box(points: Sequence[XY]) -> QRectF:
    if not points:
        return QRectF()
    xs, ys = zip(*points, strict=True)
    bounds: Bounds = min(xs), min(ys), max(xs), max(ys)
    return QRectF(QPointF(bounds[0], bounds[1]), QPointF(bounds[2], bounds[3]))


def _draw_line(painter: QPainter, line: Line, points: QPolygonF) -> None:
    path = QPainterPath()
    path.addPolygon(points)
    if line.fill:
        painter.fillPath(path, QColor(line.fill))
    rim = QPen(QColor(255, 255, 255, 200), line.width + line.rim)
    rim.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, rim)
    pen = QPen(QColor(line.colour), line.width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if line.dashed:
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([4.0, 3.0])
    painter.strokePath(path, pen)


def _draw_dot(painter: QPainter, dot: Dot, at: QPointF) -> None:
    painter.setPen(QPen(QColor(dot.colour), 1.6))
    painter.setBrush(QColor(dot.colour) if dot.filled else QColor("white"))
    if dot.square:
        painter.drawRect(QRectF(at.x() - dot.radius, at.y() - dot.radius, 2 * dot.radius, 2 * dot.radius))
    else:
        painter.drawEllipse(at, dot.radius, dot.radius)


def _draw_words(painter: QPainter, words: Words, at: QPointF) -> None:
    font = QFont(painter.font())
    font.setBold(words.strong)
    measure = QFontMetricsF(font)
    lines = words.text.split("\n")
    width, height = max(measure.horizontalAdvance(line) for line in lines), measure.height()
    box = QRectF(at.x() + 10, at.y() - 10 - height * len(lines), width + 12, height * len(lines) + 6)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(27, 38, 59, 215))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(QColor("white"))
    painter.setFont(font)
    for number, line in enumerate(lines):
        painter.drawText(QPointF(box.x() + 6, box.y() + 3 + measure.ascent() + number * height), line)
