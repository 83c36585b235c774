"""Editing an outline by its vertices: values in, values out."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import shapely
from shapely import MultiPolygon, Polygon

XY = tuple[float, float]
Ring = tuple[XY, ...]

LEAST_VERTICES = 3


@dataclass(frozen=True)
class VertexPlace:
    """Which vertex: the part, the ring of the part (0 the outer one), the vertex of the ring."""

    part: int
    ring: int
    vertex: int


@dataclass(frozen=True)
class OutlineDraft:
    """An outline while it is edited: parts of rings of vertices, the closing vertex left out.

    It may cross itself on the way; :attr:`is_sound` tells whether it can be kept.
    """

    parts: tuple[tuple[Ring, ...], ...]

    @classmethod
    def of(cls, outline: Polygon | MultiPolygon) -> OutlineDraft:
        """The draft of an outline."""
        polygons = outline.geoms if isinstance(outline, MultiPolygon) else (outline,)
        return cls(tuple(tuple(_open(ring) for ring in (part.exterior, *part.interiors)) for part in polygons))

    @property
    def outline(self) -> Polygon | MultiPolygon:
        """The geometry: a polygon when there is a single part."""
        polygons = [Polygon(rings[0], rings[1:]) for rings in self.parts]
        return polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)

    @property
    def is_sound(self) -> bool:
        """Whether no line crosses or touches another and there is ground inside."""
        outline = self.outline
        return bool(shapely.is_valid(outline)) and outline.area > 0

    @property
    def vertices(self) -> Iterator[tuple[VertexPlace, XY]]:
        """Every vertex with its place."""
        for part, rings in enumerate(self.parts):
            for ring, vertices in enumerate(rings):
                for vertex, point in enumerate(vertices):
                    yield VertexPlace(part, ring, vertex), point

    @property
    def midpoints(self) -> Iterator[tuple[VertexPlace, XY]]:
        """The middle of every edge with the place a vertex inserted there would have."""
        for part, rings in enumerate(self.parts):
            for ring, vertices in enumerate(rings):
                for edge, start in enumerate(vertices):
                    end = vertices[(edge + 1) % len(vertices)]
                    middle = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
                    yield VertexPlace(part, ring, edge + 1), middle

    def at(self, place: VertexPlace) -> XY:
        """Where a vertex is."""
        return self.parts[place.part][place.ring][place.vertex]

    def moved(self, place: VertexPlace, to: XY) -> OutlineDraft:
        """With one vertex elsewhere."""
        ring = self.parts[place.part][place.ring]
        return self._with(place, (*ring[: place.vertex], to, *ring[place.vertex + 1 :]))

    def inserted(self, place: VertexPlace, point: XY) -> OutlineDraft:
        """With a vertex more, which then is at ``place``."""
        ring = self.parts[place.part][place.ring]
        return self._with(place, (*ring[: place.vertex], point, *ring[place.vertex :]))

    def removed(self, place: VertexPlace) -> OutlineDraft:
        """With a vertex less; as it is when the ring has no more than three."""
        ring = self.parts[place.part][place.ring]
        if len(ring) <= LEAST_VERTICES:
            return self
        return self._with(place, (*ring[: place.vertex], *ring[place.vertex + 1 :]))

    def _with(self, place: VertexPlace, ring: Ring) -> OutlineDraft:
        rings = self.parts[place.part]
        changed = (*rings[: place.ring], ring, *rings[place.ring + 1 :])
        return OutlineDraft((*self.parts[: place.part], changed, *self.parts[place.part + 1 :]))


def nearest(places: Iterator[tuple[VertexPlace, XY]], to: XY, within: float) -> VertexPlace | None:
    """The place nearest to a point, when one is not farther than ``within``."""
    by_distance = ((math.dist(point, to), place) for place, point in places)
    distance, place = min(by_distance, key=lambda pair: pair[0], default=(math.inf, None))
    return place if distance <= within else None


@dataclass(frozen=True)
class EditHistory:
    """The states of a draft; the present one is the last of ``done``."""

    done: tuple[OutlineDraft, ...]
    undone: tuple[OutlineDraft, ...] = ()

    @property
    def present(self) -> OutlineDraft:
        """The draft as it is."""
        return self.done[-1]

    def then(self, draft: OutlineDraft) -> EditHistory:
        """After one more edit; nothing to redo any more."""
        return self if draft == self.present else EditHistory((*self.done, draft))

    def undo(self) -> EditHistory:
        """One edit back, as far as there is one."""
        return EditHistory(self.done[:-1], (*self.undone, self.done[-1])) if len(self.done) > 1 else self

    def redo(self) -> EditHistory:
        """One undone edit again, as far as there is one."""
        return EditHistory((*self.done, self.undone[-1]), self.undone[:-1]) if self.undone else self


def _open(ring: shapely.LinearRing) -> Ring:
    return tuple((float(x), float(y)) for x, y in shapely.get_coordinates(ring)[:-1].tolist())
