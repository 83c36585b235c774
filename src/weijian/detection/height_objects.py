"""One changed object: its extent, its shape, and how much it is like a building."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon

from weijian.detection.fields import Field, Mask, connected, dilated, eroded, opened
from weijian.detection.height_evidence import Standing
from weijian.detection.outlines import regularise
from weijian.domain.grid import PixelGrid

WALL_SHARE = 0.7
"""Dense matching fattens what stands in front: the wall is where this share of its height is reached, not half."""


@dataclass(frozen=True)
class Body:
    """A changed object as measured at the date it stands.

    Attributes
    ----------
    mask : bool
        Its pixels out to its walls.
    outline : shapely.Polygon
        Regular outline of ``mask``.
    height_m : float
        Median height above ground of its core.
    spread_m : float
        Median height above ground of all the raised ground that hangs together with it.
    step_m : float
        Median difference to the other date.
    rough_m : float
        How far its surface is from a plane, near by or as a whole, whichever is less.
    green : float
        Median excess green.
    fit : float
        Agreement (IoU) of ``mask`` and ``outline``.
    plateau : float
        Share of the connected raised ground that belongs to the object: 1 for walls, small for mounds and arches.
    ramp_m : float
        How far its sides lean: ground between 0.35 and 0.8 of its height over its perimeter. Half a metre for the
        blur of a wall, a metre and more for arches and mounds.
    leafy : float
        Share of that raised ground that is tree crown.
    length_m : float
        Long side of the smallest rectangle around the outline.
    """

    mask: Mask
    outline: Polygon
    height_m: float
    spread_m: float
    step_m: float
    rough_m: float
    green: float
    fit: float
    plateau: float
    ramp_m: float
    leafy: float
    length_m: float

    @property
    def area_m2(self) -> float:
        """Area of the outline."""
        return float(self.outline.area)

    @property
    def width_m(self) -> float:
        """Mean width across the long side."""
        return self.area_m2 / self.length_m


def measure(
    core: Mask, step: Field, date: Standing, limit: Mask, grid: PixelGrid, reach_m: float, walls: Field | None = None
) -> Body | None:
    """Grow a core of certain change to its walls and measure it.

    Parameters
    ----------
    core : (rows, columns) bool
        Certain pixels of one object; narrower than the object by the tolerance.
    step : (rows, columns) float32
        Difference to the other date, positive where the object stands.
    date : Standing
        The date the object stands at.
    limit : (rows, columns) bool
        Where the object may reach.
    grid : PixelGrid
        The arrays' grid.
    reach_m : float
        How far the walls may be from the core.
    walls : (rows, columns) float32, optional
        What the walls are traced on, when not on ``step``.

    Returns
    -------
    Body or None
        None when nothing is left to outline.
    """
    cell = grid.resolution
    typical = float(np.median(step[core]))
    traced = np.nan_to_num(step if walls is None else walls)
    inside = traced >= WALL_SHARE * float(np.median(traced[core]))
    inside &= dilated(core, reach_m, cell) & limit
    mask = connected(opened(inside, 0.3, cell) | core, core)
    outline = regularise(mask, grid)
    if outline is None:
        return None
    spread = connected(opened(np.nan_to_num(step) >= typical / 2, 0.3, cell) | core, core)
    inner = eroded(core, 0.4, cell)
    inner = inner if inner.sum() >= 10 else core
    return Body(
        mask=mask,
        outline=outline,
        height_m=float(np.median(date.height[core])),
        spread_m=float(np.nanmedian(date.height[spread])),
        step_m=typical,
        rough_m=min(float(np.percentile(date.rough[inner], 25)), _off_plane(date.height, inner, cell)),
        green=float(np.median(date.green[core])),
        fit=agreement(mask, outline, grid),
        plateau=float(mask.sum() / spread.sum()),
        ramp_m=_ramp_m(date.height, core, mask, float(outline.length), cell),
        leafy=float(date.crowns[spread].mean()),
        length_m=_length(outline),
    )


def agreement(mask: Mask, outline: Polygon, grid: PixelGrid) -> float:
    """Intersection over union of a mask and an outline, counted in pixels."""
    inverse = ~grid.transform
    corners = np.array([inverse @ point for point in outline.exterior.coords]) - 0.5
    drawn = np.zeros(mask.shape, np.uint8)
    cv2.fillPoly(drawn, [np.round(corners * 16).astype(np.int32)], 1, shift=4)
    both = int(np.count_nonzero(mask & (drawn > 0)))
    return both / max(1, int(np.count_nonzero(mask | (drawn > 0))))


def likeness(body: Body, *, archived: bool, detached: bool) -> float:
    """How much an object is like a building: 0 to 1, a logistic of argued terms.

    Starting from one unit for:

    - roughness: a roof departs from a plane by a few centimetres, a crown by decimetres; each 2 cm from 13 cm on
      counts one unit (at most 4 for, 6 against),
    - green: above 0.09 (green roof coating), one unit for each 0.02, at most 5,
    - shape: the agreement with a regular outline, from 0.74 on, one unit for each 0.06, at most 2 for, 3 against;
      large buildings agree better than small ones because the ragged rim is a smaller part of them,
    - plateau: less than 0.6 of the raised ground is a mound, an arch or a crown, one unit for each 0.1, at most 5,
      unless the archive says that a building stood here or it leans on one,
    - leaves: more than 0.3 of that ground is tree crown, one unit for each 0.07, at most 6,
    - a lorry or a bus: eight against,
    - the archive says a building stood here: two for.
    """
    evidence = 1.0 + _clip((0.13 - body.rough_m) / 0.02, -6.0, 4.0) + _clip((body.fit - 0.74) / 0.06, -3.0, 2.0)
    evidence -= _clip((body.green - 0.09) / 0.02, 0.0, 5.0)
    evidence -= _clip((body.leafy - 0.3) / 0.07, 0.0, 6.0)
    if detached:
        evidence -= _clip((0.6 - body.plateau) / 0.1, 0.0, 5.0)
        evidence -= 8.0 if vehicle_like(body) else 0.0
    if archived:
        evidence += 2.0
    return 1.0 / (1.0 + math.exp(-evidence))


def vehicle_like(body: Body) -> bool:
    """Whether an object has the size of a lorry, a bus or a container."""
    return body.width_m <= 3.1 and 2.1 * body.width_m <= body.length_m <= 14.0 and body.height_m <= 3.9


def tunnel_like(body: Body, cell: float) -> bool:
    """Whether an object is low and arched: a plastic greenhouse, or the top of one or of a mound.

    Its sides lean over more ground than the blur of a wall, which grows with the pixel, and it is slender or only the
    top of what lies there. Sides half as wide again are slopes of earth or of film: a heap, an embankment, a filled
    building site, a broad greenhouse.
    """
    wall = 0.55 + 0.8 * cell
    arched = body.plateau < 0.6 or body.length_m >= 2.5 * body.width_m
    return body.height_m < 4.0 and (body.ramp_m > 1.5 * wall or (body.ramp_m > wall and arched))


def _clip(value: float, low: float, high: float) -> float:
    return min(high, max(low, value))


def _length(outline: Polygon) -> float:
    """Long side of the smallest rectangle around, metres."""
    corners = shapely.get_coordinates(shapely.minimum_rotated_rectangle(outline))
    return float(np.hypot(*np.diff(corners[:3], axis=0).T).max())


def _ramp_m(height: Field, core: Mask, mask: Mask, perimeter_m: float, cell: float) -> float:
    """Width of the sides of an object above what lies around it."""
    near = dilated(mask, 3.0, cell)
    around = near & ~dilated(mask, 2.0, cell) & np.isfinite(height)
    base = float(np.percentile(height[around], 20)) if around.any() else 0.0
    share = np.nan_to_num((height - base) / max(0.1, float(np.median(height[core])) - base))
    foot = connected(((share >= 0.35) & near) | core, core)
    return float(np.count_nonzero(foot & (share < 0.8))) * cell**2 / perimeter_m


def _off_plane(height: Field, mask: Mask, cell: float) -> float:
    """Median distance of the surface from the plane that fits most of it, as a standard deviation in metres."""
    rows, columns = np.nonzero(mask)
    z = height[rows, columns].astype(np.float64)
    design: NDArray[np.float64] = np.column_stack((np.ones(len(z)), rows * cell, columns * cell))
    residual = z
    weight = np.ones(len(z))
    for _ in range(8):
        solution, *_ = np.linalg.lstsq(design * weight[:, None], z * weight, rcond=None)
        residual = np.abs(z - design @ solution)
        weight = 1.0 / np.sqrt(np.maximum(residual, 0.02))
    return 1.4826 * float(np.median(residual))
