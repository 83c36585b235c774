"""Painted patches of ground at two dates, and the two steps of an image method run over them in tiles."""

import math
from collections.abc import Sequence
from typing import Protocol

import cv2
import numpy as np
from affine import Affine
from pyproj import CRS
from shapely import Polygon, box

from weijian.detection.patch import Footprint, Layer, Noise, Patch
from weijian.detection.segments import Fragment, Segment, merge
from weijian.detection.spectral_radiometry import Conditions
from weijian.detection.spectral_sun import Sun
from weijian.domain.finding import Change
from weijian.domain.grid import PixelGrid, Tile

CELL = 0.25
SIDE = 240
HALO = 60
SOIL, GRASS, CONCRETE, BLUE, TILE = (150, 125, 95), (95, 125, 60), (165, 165, 160), (70, 110, 165), (170, 95, 70)
Rect = tuple[int, int, int, int]

SUNNY = Conditions(sun=Sun(math.sqrt(0.5), -math.sqrt(0.5), 1.4, 4.3))


def grid_of(side: int = SIDE) -> PixelGrid:
    return PixelGrid(CRS.from_epsg(4549), Affine(CELL, 0, 500_000.0, 0, -CELL, 3_200_000.0), side, side)


def scene(seed: int = 1, ground: tuple[int, int, int] = SOIL) -> np.ndarray:
    """Textured ground with a road and an old tiled house; the same drawing for the same seed."""
    rng = np.random.default_rng(seed)
    image = np.empty((SIDE, SIDE, 3), np.float32)
    image[:] = ground
    mottle = cv2.GaussianBlur(rng.normal(0, 1, (SIDE, SIDE)).astype(np.float32), (0, 0), 2.0)
    image *= 1.0 + 0.4 * mottle[..., None]
    for _ in range(60):
        x, y = rng.integers(0, SIDE, 2)
        cv2.circle(image, (int(x), int(y)), 2, GRASS, -1)
    paint(image, (0, 110, SIDE, 126), CONCRETE)
    paint(image, (30, 30, 70, 62), TILE)
    return image


def paint(image: np.ndarray, where: Rect, colour: tuple[int, int, int]) -> None:
    """A flat roof or pavement over columns and rows x0, y0, x1, y1."""
    x0, y0, x1, y1 = where
    rows, columns = np.mgrid[y0:y1, x0:x1]
    ripple = 1.0 + 0.04 * np.sin(columns * 0.9) + 0.03 * np.cos(rows * 0.7)
    image[y0:y1, x0:x1] = np.float32(colour) * ripple[..., None]


def shade(image: np.ndarray, corners: list[tuple[int, int]]) -> None:
    """A cast shadow: a third of the light, what is left of it from the blue sky."""
    mask = np.zeros(image.shape[:2], np.uint8)
    cv2.fillPoly(mask, [np.array(corners)], 1)
    image[mask > 0] *= np.float32((0.31, 0.33, 0.38))


def camera(image: np.ndarray, seed: int, gain: tuple[float, float, float] = (1.0, 1.0, 1.0)) -> np.ndarray:
    """What the camera records: gain by channel, noise, eight bits; (3, rows, columns)."""
    noise = np.random.default_rng(seed).normal(0, 1.5, image.shape)
    return np.moveaxis(np.clip(image * np.float32(gain) + noise, 0, 255).astype(np.uint8), 2, 0)


def layer(image: np.ndarray) -> Layer:
    return Layer(image, np.ones(image.shape[1:], bool), None, None)


def outline(where: Rect, grid: PixelGrid) -> Polygon:
    x0, y0, x1, y1 = where
    (left, top), (right, bottom) = grid.transform @ (x0, y0), grid.transform @ (x1, y1)
    return box(left, bottom, right, top)


class Detector(Protocol):
    """A method of detection."""

    def propose(self, patch: Patch) -> Sequence[Fragment | Change]: ...

    def describe(self, segment: Segment, patch: Patch) -> list[Change]: ...


def detect_with(
    detector: Detector,
    before: np.ndarray,
    after: np.ndarray,
    footprints: tuple[Footprint, ...] = (),
    size: int = 400,
) -> list[Change]:
    """Both steps over tiles of ``size`` pixels, as the service does."""
    grid = grid_of()

    def patch(tile: Tile) -> Patch:
        column, row = (round(v) for v in ~grid.transform @ (tile.grid.transform.c, tile.grid.transform.f))
        dates = []
        for image in (before, after):
            out, valid = np.zeros((3, *tile.grid.shape), np.uint8), np.zeros(tile.grid.shape, bool)
            r0, c0 = max(0, row), max(0, column)
            part = image[:, r0 : max(0, row + tile.grid.height), c0 : max(0, column + tile.grid.width)]
            inside = np.s_[r0 - row : r0 - row + part.shape[1], c0 - column : c0 - column + part.shape[2]]
            out[(slice(None), *inside)], valid[inside] = part, True
            dates.append(Layer(out, valid, None, None))
        return Patch(tile, dates[0], dates[1], footprints, Noise(0.1, None))

    found = [one for tile in grid.tiles(size, HALO) for one in detector.propose(patch(tile))]
    changes = [one for one in found if isinstance(one, Change)]
    for segment in merge(one for one in found if isinstance(one, Fragment)):
        changes += detector.describe(segment, patch(Tile(grid.block_over(segment.polygon.bounds, 15.0), 0)))
    return changes


def overlap(change: Change, where: Rect) -> float:
    expected = outline(where, grid_of())
    return change.outline.intersection(expected).area / change.outline.union(expected).area


NEW: Rect = (150, 150, 190, 178)


def with_new_roof(colour: tuple[int, int, int] = BLUE) -> np.ndarray:
    image = scene()
    shade(image, [(150, 150), (164, 136), (204, 136), (204, 164), (190, 178)])
    paint(image, NEW, colour)
    return image
