"""Ground that may be a roof at the later of two dates, without an archive to say where buildings stand.

A roof in imagery is a patch of grey, brick or paint among soil and plants; a road, a yard and a driveway are too, and
often join it. So what looks built is taken apart in several ways at once (with and without the change of colour, along
its edges, and by opening it with ever larger disks), and every piece is a candidate. Most overlap; the likeliest stays.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

import cv2
import numpy as np
from affine import Affine
from numpy.typing import NDArray

from weijian.detection.patch import Patch
from weijian.detection.spectral_radiometry import MOVED, Conditions, Pair, compare
from weijian.detection.spectral_shapes import built, tidy
from weijian.domain.grid import PixelGrid

Kind = TypeVar("Kind", bound=np.generic)

DIM = 0.4
"""Log brightness below the survey's middle from which ground is taken to lie in shade."""

_DIVIDES = 0.5
"""Edges stronger than this part a roof from the drive before it."""

_THIN_M = 0.75
"""Pixels no farther apart than this are averaged over."""

_OPENINGS_M = ((0.0, 1.5), (2.5,), (2.5,))
"""Radii of the openings by way of looking: changed colour, built at all, built between edges."""


@dataclass(frozen=True)
class Sight:
    """Both dates of a patch, each with its own white balance.

    Attributes
    ----------
    pair : Pair
        The dates made comparable, but each with its own grey at zero chroma.
    built_before, built_after : (rows, columns) bool
        What by its colour may be built, at each date.
    middle_before, middle_after : float
        Log brightness in the middle of the survey's ground, by date.
    """

    pair: Pair
    built_before: NDArray[np.bool_]
    built_after: NDArray[np.bool_]
    middle_before: float
    middle_after: float

    def turned(self) -> "Sight":
        """The same with the dates exchanged."""
        pair = self.pair
        back = replace(
            pair,
            before=pair.after,
            after=pair.before,
            edges_before=pair.edges_after,
            edges_after=pair.edges_before,
        )
        return Sight(back, self.built_after, self.built_before, self.middle_after, self.middle_before)

    def thinned(self) -> "Sight":
        """Fewer pixels where they are fine: enough for what is averaged over a piece.

        They are counted from the lattice's origin, so that neighbouring tiles keep the same ones.
        """
        step = max(1, int(_THIN_M / self.pair.grid.resolution))
        if step == 1:
            return self
        pair = self.pair
        first_column, first_row = ~pair.grid.transform @ (0.0, 0.0)
        row, column = round(first_row) % step, round(first_column) % step
        some = slice(row, None, step), slice(column, None, step)
        height, width = pair.valid[some].shape
        transform = pair.grid.transform @ Affine.translation(column, row) @ Affine.scale(step)
        coarse = replace(
            pair,
            grid=PixelGrid(pair.grid.crs, transform, width, height),
            factor=pair.factor * step,
            row=pair.row + row * pair.factor,
            column=pair.column + column * pair.factor,
            before=_of(pair.before, some),
            after=_of(pair.after, some),
            valid=_of(pair.valid, some),
            distance=_of(pair.distance, some),
            edges_before=_of(pair.edges_before, some),
            edges_after=_of(pair.edges_after, some),
        )
        built_before, built_after = _of(self.built_before, some), _of(self.built_after, some)
        return Sight(coarse, built_before, built_after, self.middle_before, self.middle_after)

    def thinning(self, thin: "Sight") -> tuple[slice, slice]:
        """Which rows and columns :meth:`thinned` kept."""
        step = thin.pair.factor // self.pair.factor
        row, column = (thin.pair.row - self.pair.row, thin.pair.column - self.pair.column)
        return slice(row // self.pair.factor, None, step), slice(column // self.pair.factor, None, step)


def _of(field: NDArray[Kind], some: tuple[slice, slice]) -> NDArray[Kind]:
    return np.ascontiguousarray(field[(..., *some)])


def see(patch: Patch, conditions: Conditions) -> Sight | None:
    """What a patch shows; None when it lacks an image or is too small."""
    pair = compare(patch, replace(conditions, neutral=conditions.grey_before))
    if pair is None:
        return None
    own = [
        b + t - a for b, t, a in zip(conditions.grey_before, conditions.tint[1:], conditions.grey_after, strict=True)
    ]
    pair = replace(pair, after=pair.after + np.array((0.0, *own), np.float32)[:, None, None])
    built_before, built_after = (built(date) & pair.valid for date in (pair.before, pair.after))
    middle_after = conditions.middle_after - conditions.tint[0]
    return Sight(pair, built_before, built_after, conditions.middle_before, middle_after)


def ways_of_looking(sight: Sight) -> Iterator[NDArray[np.bool_]]:
    """Masks (rows, columns) whose 4-connected pieces are candidates."""
    resolution = sight.pair.grid.resolution
    bright = sight.built_after & (sight.pair.after[0] > sight.middle_after - DIM)
    looks = (
        (sight.pair.distance > MOVED) & sight.built_after,
        bright,
        bright & (sight.pair.edges_after < _DIVIDES),
    )
    for look, radii in zip(looks, _OPENINGS_M, strict=True):
        whole = tidy(look, resolution)
        for radius in radii:
            if radius == 0.0:
                yield whole
            else:
                yield _opened(whole, max(1, round(radius / resolution)))


def _opened(mask: NDArray[np.bool_], radius: int) -> NDArray[np.bool_]:
    """Opening by an octagon of ``radius`` pixels: a square, then a diamond, which costs a fraction of a disk's time."""
    side = round(radius * (math.sqrt(2.0) - 1.0))
    square, cross = np.ones((2 * side + 1, 2 * side + 1), np.uint8), cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
    steps = radius - side
    core = cv2.erode(cv2.erode(mask.view(np.uint8), square), cross, iterations=steps)
    return np.asarray(cv2.dilate(cv2.dilate(core, square), cross, iterations=steps) > 0, bool)
