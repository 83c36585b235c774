"""The canvas: a window of the village as arrays of height and albedo, and the frames things are painted in.

Local coordinates are metres east (x) and north (y) of the village's south-west corner; row 0 of an array is its north.
"""

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray
from shapely import Polygon

F32 = NDArray[np.float32]
Colour = tuple[float, float, float]
GAMMA = 2.2


def linear(colour: Colour) -> F32:
    """An sRGB colour (0-255) as linear albedo (0-1), shape (3,)."""
    return (np.asarray(colour, np.float32) / 255) ** GAMMA


def rng_of(*key: int) -> np.random.Generator:
    """A generator of its own for each thing, so that one thing's texture does not depend on another's."""
    return np.random.default_rng([int(k) for k in key])


def noise(shape: tuple[int, int], grain: float, rng: np.random.Generator) -> F32:
    """Smooth noise about N(0, 1) with features of ``grain`` pixels; float32 of ``shape``."""
    if grain <= 1:
        return rng.standard_normal(shape, np.float32)
    small = (int(shape[0] / grain) + 4, int(shape[1] / grain) + 4)
    big = cv2.resize(rng.standard_normal(small, np.float32), None, fx=grain, fy=grain, interpolation=cv2.INTER_CUBIC)
    r, c = rng.integers(0, max(1, int(grain)), 2)
    return np.ascontiguousarray(big[r : r + shape[0], c : c + shape[1]]) * np.float32(1.35)


def fractal(shape: tuple[int, int], grains: tuple[float, ...], rng: np.random.Generator) -> F32:
    """The mean of several noises, scaled back to about unit deviation."""
    total = sum(noise(shape, g, rng) for g in grains)
    return (total / np.sqrt(len(grains))).astype(np.float32)


def smoothstep(x: F32, low: float, high: float) -> F32:
    """0 below ``low``, 1 above ``high``, smooth between."""
    t = np.clip((x - low) / (high - low), 0, 1)
    return (t * t * (3 - 2 * t)).astype(np.float32)


@dataclass(frozen=True)
class Frame:
    """A rectangular window of a canvas seen in the axes of a thing: ``u`` along it, ``v`` across it, in metres."""

    rows: slice
    cols: slice
    u: F32
    v: F32

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of the window."""
        return self.u.shape[0], self.u.shape[1]


@dataclass
class Canvas:
    """What is painted: bare ground and surface (metres), albedo from above and of the sides (linear, h x w x 3)."""

    west: float
    south: float
    width_m: float
    height_m: float
    cell: float
    ground: F32 = field(init=False)
    z: F32 = field(init=False)
    rgb: F32 = field(init=False)
    side: F32 = field(init=False)
    water: F32 = field(init=False)

    def __post_init__(self) -> None:
        shape = (round(self.height_m / self.cell), round(self.width_m / self.cell))
        self.ground = np.zeros(shape, np.float32)
        self.z = np.zeros(shape, np.float32)
        self.water = np.zeros(shape, np.float32)
        self.rgb = np.zeros((*shape, 3), np.float32)
        self.side = np.zeros((*shape, 3), np.float32)

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.z.shape[0], self.z.shape[1]

    @property
    def north(self) -> float:
        """Northern edge, metres."""
        return self.south + self.shape[0] * self.cell

    def pixels(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Points (n, 2) in metres as fractional (column, row)."""
        p = np.asarray(points, float)
        return np.column_stack([(p[:, 0] - self.west) / self.cell, (self.north - p[:, 1]) / self.cell])

    def xy(self, rows: slice, cols: slice) -> tuple[F32, F32]:
        """Centre coordinates of a window, metres, each (h, w)."""
        x = self.west + (np.arange(cols.start, cols.stop, dtype=np.float32) + 0.5) * self.cell
        y = self.north - (np.arange(rows.start, rows.stop, dtype=np.float32) + 0.5) * self.cell
        xx, yy = np.meshgrid(x.astype(np.float32), y.astype(np.float32))
        return xx, yy

    def frame(self, centre: tuple[float, float], half: tuple[float, float], angle: float) -> Frame | None:
        """The window around a rotated box (half sizes in metres, angle in radians); None when off the canvas."""
        c, s = abs(np.cos(angle)), abs(np.sin(angle))
        ex, ey = half[0] * c + half[1] * s + 2 * self.cell, half[0] * s + half[1] * c + 2 * self.cell
        c0, r0 = (centre[0] - ex - self.west) / self.cell, (self.north - centre[1] - ey) / self.cell
        c1, r1 = (centre[0] + ex - self.west) / self.cell, (self.north - centre[1] + ey) / self.cell
        rows = slice(max(0, int(r0)), min(self.shape[0], int(r1) + 1))
        cols = slice(max(0, int(c0)), min(self.shape[1], int(c1) + 1))
        if rows.start >= rows.stop or cols.start >= cols.stop:
            return None
        x, y = self.xy(rows, cols)
        dx, dy = x - np.float32(centre[0]), y - np.float32(centre[1])
        cos, sin = np.float32(np.cos(angle)), np.float32(np.sin(angle))
        return Frame(rows, cols, dx * cos + dy * sin, dy * cos - dx * sin)

    def mask(self, shape: Polygon) -> tuple[slice, slice, F32] | None:
        """Cover (0-1, smooth edge) of a polygon on its own window; None when off the canvas."""
        x0, y0, x1, y1 = shape.bounds
        rows = slice(
            max(0, int((self.north - y1) / self.cell) - 2), min(self.shape[0], int((self.north - y0) / self.cell) + 3)
        )
        cols = slice(
            max(0, int((x0 - self.west) / self.cell) - 2), min(self.shape[1], int((x1 - self.west) / self.cell) + 3)
        )
        if rows.start >= rows.stop or cols.start >= cols.stop:
            return None
        cover = np.zeros((rows.stop - rows.start, cols.stop - cols.start), np.uint8)
        for ring, value in [(shape.exterior, 255), *((r, 0) for r in shape.interiors)]:
            points = (self.pixels(np.asarray(ring.coords)) - [cols.start, rows.start] - 0.5) * 16
            cv2.fillPoly(cover, [np.round(points).astype(np.int32)], value, cv2.LINE_AA, 4)
        return rows, cols, cover.astype(np.float32) / 255

    def tint(self, rows: slice, cols: slice, cover: F32, rgb: F32) -> None:
        """Blend an albedo ((3,) or (h, w, 3), linear) over a window by a cover of 0-1."""
        a = cover[..., None]
        self.rgb[rows, cols] += a * (rgb - self.rgb[rows, cols])

    def raise_to(self, frame: Frame, inside: NDArray[np.bool_], top: F32, rgb: F32, side: F32) -> None:
        """Paint a solid thing: where ``inside`` and above what is there, set surface, albedo and the sides' albedo."""
        z = self.z[frame.rows, frame.cols]
        on = inside & (top > z)
        z[on] = top[on]
        self.rgb[frame.rows, frame.cols][on] = rgb[on] if rgb.ndim == 3 else rgb
        self.side[frame.rows, frame.cols][on] = side
