"""Selecting what lies under the pointer."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QObject, Qt, Signal

from weijian.domain.change_set import Part
from weijian.qt.map.layers import LayerStack
from weijian.qt.map.photo_source import PhotoSource
from weijian.qt.map.tool import MapPoint, MapTool
from weijian.qt.map.vector_source import VectorSource
from weijian.qt.selection import Selection, Subject, SubjectKind
from weijian.services.outlines import PARTS

_REACH_PX = 5.0
_SAME_SPOT_PX = 4.0

_KINDS: Mapping[Part, SubjectKind] = MappingProxyType(
    {
        Part.FINDINGS: SubjectKind.FINDING,
        Part.CASES: SubjectKind.CASE,
        Part.BUILDINGS: SubjectKind.BUILDING,
        Part.PERMITS: SubjectKind.PERMIT,
        Part.PARCELS: SubjectKind.PARCEL,
        Part.ZONES: SubjectKind.ZONE,
    }
)
_TITLES: Mapping[SubjectKind, object] = MappingProxyType(
    {
        SubjectKind.FINDING: QT_TRANSLATE_NOOP("subjects", "Finding {number}"),
        SubjectKind.CASE: QT_TRANSLATE_NOOP("subjects", "Case {number}"),
        SubjectKind.BUILDING: QT_TRANSLATE_NOOP("subjects", "Building {number}"),
        SubjectKind.PERMIT: QT_TRANSLATE_NOOP("subjects", "Permit {number}"),
        SubjectKind.PARCEL: QT_TRANSLATE_NOOP("subjects", "Parcel {number}"),
        SubjectKind.ZONE: QT_TRANSLATE_NOOP("subjects", "Zone {number}"),
        SubjectKind.HOUSEHOLD: QT_TRANSLATE_NOOP("subjects", "Household {number}"),
        SubjectKind.SURVEY: QT_TRANSLATE_NOOP("subjects", "Survey {number}"),
        SubjectKind.PHOTO: QT_TRANSLATE_NOOP("subjects", "Photograph"),
    }
)


@dataclass(frozen=True)
class Identified:
    """One of the things under the pointer."""

    subject: Subject

    @property
    def title(self) -> str:
        """Kind and number in the window's language."""
        pattern = QCoreApplication.translate("subjects", str(_TITLES[self.subject.kind]))
        return pattern.format(number=self.subject.number)


def under(stack: LayerStack, x: float, y: float, reach_m: float) -> tuple[Identified, ...]:
    """What visible layers show at a map point or so near: photographs, findings, cases, buildings, permits ..."""
    found: dict[Subject, None] = {}
    photos = [each.source for each in stack.layers if each.visible and isinstance(each.source, PhotoSource)]
    for layer in photos:
        found |= {Subject(SubjectKind.PHOTO, sha256): None for sha256 in layer.hits(x, y, reach_m)}
    shown = [each.source for each in stack.layers if each.visible and isinstance(each.source, VectorSource)]
    for part in PARTS:
        for source in shown:
            if source.part is part:
                numbers = source.shapes.outlines.numbers
                found |= {Subject(_KINDS[part], numbers[n]): None for n in source.hits(x, y, reach_m)}
    return tuple(Identified(subject) for subject in found)


class SelectTool(MapTool):
    """A click selects the topmost thing; clicking the same spot again the one below it, and so on.

    Attributes
    ----------
    identified : Signal(tuple of Identified, MapPoint)
        What lies under the pointer, the selected thing first; empty when there is nothing.
    """

    identified = Signal(object, object)
    cursor = Qt.CursorShape.ArrowCursor

    def __init__(self, stack: LayerStack, selection: Selection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stack = stack
        self._selection = selection
        self._spot: tuple[float, float] | None = None
        self._depth = 0

    def enter(self, canvas: object) -> None:  # noqa: ARG002
        """Say what to do."""
        self.hint.emit(self.tr("Click to select; click again for what lies below"))

    def click(self, at: MapPoint) -> None:
        """Select what is there."""
        found = under(self._stack, at.x, at.y, _REACH_PX * at.pixel_m)
        near = self._spot is not None and math.dist(self._spot, (at.x, at.y)) <= _SAME_SPOT_PX * at.pixel_m
        self._depth = (self._depth + 1) % len(found) if near and found else 0
        self._spot = at.x, at.y
        turned = (*found[self._depth :], *found[: self._depth])
        self._selection.take_up(turned[0].subject if turned else None)
        self.identified.emit(turned, at)
