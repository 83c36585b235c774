"""Editing an outline on the map: vertices as handles."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from shapely import MultiPolygon, Polygon

from weijian.domain.outline_edits import EditHistory, OutlineDraft, VertexPlace, nearest
from weijian.qt.map.canvas import MapCanvas
from weijian.qt.map.sketch import Dot, Line, Sketch, Words
from weijian.qt.map.tool import MapPoint, MapTool

_SOUND, _FAULTY, _CHOSEN = "#0077b6", "#d00000", "#f77f00"
_REACH_PX = 9.0


class EditOutlineTool(MapTool):
    """Drag vertices, click the middle of an edge for another one, Delete removes the chosen one.

    Ctrl+Z and Ctrl+Y (or Ctrl+Shift+Z) undo and redo, Enter accepts, Esc gives up. An outline that crosses itself is
    shown in red and not accepted.

    Attributes
    ----------
    accepted : Signal(Polygon | MultiPolygon)
    cancelled : Signal()
    edited : Signal()
        After every change, undo and redo.
    """

    accepted = Signal(object)
    cancelled = Signal()
    edited = Signal()
    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, outline: Polygon | MultiPolygon, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._history = EditHistory((OutlineDraft.of(outline),))
        self._dragged: OutlineDraft | None = None
        self._chosen: VertexPlace | None = None
        self._canvas: MapCanvas | None = None
        self._sketch: Sketch | None = None

    @property
    def draft(self) -> OutlineDraft:
        """The outline as it is drawn."""
        return self._dragged or self._history.present

    @property
    def can_undo(self) -> bool:
        """Whether something was changed that can be taken back."""
        return len(self._history.done) > 1

    @property
    def can_redo(self) -> bool:
        """Whether something was taken back."""
        return bool(self._history.undone)

    def enter(self, canvas: MapCanvas) -> None:
        """Show the handles."""
        self._canvas = canvas
        self._sketch = Sketch()
        canvas.add_overlay(self._sketch)
        self._draw()
        self._tell()

    def leave(self) -> None:
        """Take the handles off the map."""
        if self._canvas is not None and self._sketch is not None:
            self._canvas.remove_overlay(self._sketch)
        self._canvas = self._sketch = self._dragged = None

    def press(self, at: MapPoint) -> bool:
        """Take hold of a vertex, or of the middle of an edge, which makes it a vertex."""
        reach, point = _REACH_PX * at.pixel_m, (at.x, at.y)
        draft = self._history.present
        place = nearest(draft.vertices, point, reach)
        if place is None:
            place = nearest(draft.midpoints, point, reach)
            if place is None:
                return False
            draft = draft.inserted(place, point)
        self._chosen, self._dragged = place, draft
        self._draw()
        return True

    def move(self, at: MapPoint) -> None:
        """Drag the vertex."""
        if self._dragged is not None and self._chosen is not None:
            self._dragged = self._dragged.moved(self._chosen, (at.x, at.y))
            self._draw()

    def release(self, at: MapPoint) -> None:  # noqa: ARG002
        """Let the vertex go where it is."""
        if self._dragged is not None:
            self._keep(self._history.then(self._dragged))

    def click(self, at: MapPoint) -> None:  # noqa: ARG002
        """Choose no vertex."""
        self._chosen = None
        self._draw()

    def double_click(self, at: MapPoint) -> bool:  # noqa: ARG002
        """Keep the map from zooming under the handles."""
        return True

    def wants(self, event: QKeyEvent) -> bool:
        """Undo and redo are those of the outline while it is drawn, and no plain key decides on a finding meanwhile."""
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        return (
            plain
            or event.matches(QKeySequence.StandardKey.Undo)
            or event.matches(QKeySequence.StandardKey.Redo)
            or _is_ctrl_y(event)
        )

    def key(self, event: QKeyEvent) -> bool:
        """Delete, undo, redo, accept, give up; while a vertex is dragged only Esc counts: it lets go of it."""
        key = event.key()
        if self._dragged is not None:
            if key == Qt.Key.Key_Escape:
                self._keep(self._history)
            return True
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        elif event.matches(QKeySequence.StandardKey.Redo) or _is_ctrl_y(event):
            self.redo()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_vertex()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
        elif key == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            return False
        return True

    def undo(self) -> None:
        """Take the last change back."""
        self._chosen = None
        self._keep(self._history.undo())

    def redo(self) -> None:
        """Make the change again that was taken back."""
        self._chosen = None
        self._keep(self._history.redo())

    def remove_vertex(self) -> None:
        """Remove the chosen vertex; a ring keeps three."""
        if self._chosen is None:
            self.hint.emit(self.tr("Click the vertex to remove first"))
            return
        thinner = self._history.present.removed(self._chosen)
        if thinner == self._history.present:
            self.hint.emit(self.tr("An outline needs three vertices"))
            return
        self._chosen = None
        self._keep(self._history.then(thinner))

    def accept(self) -> None:
        """Emit the outline, unless it crosses itself."""
        draft = self._history.present
        if self._dragged is None and draft.is_sound:
            self.accepted.emit(draft.outline)
        else:
            self._tell()

    def _keep(self, history: EditHistory) -> None:
        self._history, self._dragged = history, None
        self._draw()
        self._tell()
        self.edited.emit()

    def _tell(self) -> None:
        if self._history.present.is_sound:
            self.hint.emit(
                self.tr(
                    "Drag vertices, click the middle of an edge to add one, Delete removes; Enter accepts, Esc cancels"
                )
            )
        else:
            self.hint.emit(self._fault())

    def _fault(self) -> str:
        return self.tr("The outline crosses itself; move a vertex or press Ctrl+Z")

    def _draw(self) -> None:
        if self._sketch is None:
            return
        draft, sound = self.draft, self.draft.is_sound
        colour = _SOUND if sound else _FAULTY
        lines = [Line((*ring, ring[0]), colour, dashed=not sound) for rings in draft.parts for ring in rings]
        dots = [Dot(point, colour, 3.0) for _, point in draft.midpoints]
        for place, point in draft.vertices:
            dots.append(Dot(point, _CHOSEN if place == self._chosen else colour, 5.0, True, place == self._chosen))
        words = [] if sound else [Words(draft.parts[0][0][0], self._fault(), strong=True)]
        self._sketch.show(lines, dots, words)


def _is_ctrl_y(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Y and event.modifiers() == Qt.KeyboardModifier.ControlModifier
