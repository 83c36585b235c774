"""One changed object: its extent, its shape, and how much it is like a building."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from shapely import Polygon

from weijian.detection.height_evidence import Evidence, Field, Mask, dilated, eroded, opened
from weijian.detection.outlines import regularise
from weijian.domain.grid import PixelGrid


@dataclass(frozen=True)
class Body:
    """A changed object as measured at the date it stands.

    Attributes
    ----------
    mask : bool
        Its pixels out to half of its height.
    outline : shapely.Polygon
        Regular outline of ``mask``.
    height_m : float
        Median height above ground of its core.
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
    width_m, length_m : float
        Sides of the smallest rectangle around.
    """

    mask: Mask
    outline: Polygon
    height_m: float
    step_m: float
    rough_m: float
    green: float
    fit: float
    plateau: float
    width_m: float
    length_m: float

    @property
    def area_m2(self) -> float:
        """Area of the outline."""
        return float(self.outline.area)


def measure(core: Mask, evidence: Evidence, grid: PixelGrid, *, standing: bool) -> Body | None:
    """Grow a core of certain change to its walls and measure it.

    Parameters
    ----------
    core : (rows, columns) bool
        Certain pixels of one object; narrower than the object by the tolerance.
    evidence : Evidence
        On the same grid.
    grid : PixelGrid
        The arrays' grid.
    standing : bool
        True for what stands after the change, False for what stood before.

    Returns
    -------
    Body or None
        None when nothing is left to outline.
    """
    cell = grid.resolution
    height, other = (evidence.after, evidence.before) if standing else (evidence.before, evidence.after)
    rough = evidence.rough_after if standing else evidence.rough_before
    green = evidence.green_after if standing else evidence.green_before
    step = height - np.where(evidence.stood, other, 0) if standing else height - other
    step = np.where(np.isfinite(step), step, 0).astype(np.float32)
    typical = float(np.median(step[core]))
    # Dense matching smears a wall evenly to both sides, so the wall is where half of the step is reached.
    support = _connected(opened(step >= typical / 2, 0.3, cell) | core, core)
    mask = support & dilated(core, evidence.tolerance_m + 0.5, cell)
    outline = regularise(mask, grid)
    if outline is None:
        return None
    inner = eroded(core, 0.4, cell)
    inner = inner if inner.sum() >= 10 else core
    width, length = _sides(mask, cell)
    return Body(
        mask=mask,
        outline=outline,
        height_m=float(np.median(height[core])),
        step_m=typical,
        rough_m=min(float(np.percentile(rough[inner], 25)), _off_plane(height, inner, cell)),
        green=float(np.median(green[core])),
        fit=agreement(mask, outline, grid),
        plateau=float(mask.sum() / support.sum()),
        width_m=width,
        length_m=length,
    )


def agreement(mask: Mask, outline: Polygon, grid: PixelGrid) -> float:
    """Intersection over union of a mask and an outline, counted in pixels."""
    inverse = ~grid.transform
    corners = np.array([inverse @ point for point in outline.exterior.coords]) - 0.5
    drawn = np.zeros(mask.shape, np.uint8)
    cv2.fillPoly(drawn, [np.round(corners * 16).astype(np.int32)], 1, shift=4)
    both = np.count_nonzero(mask & (drawn > 0))
    return both / max(1, np.count_nonzero(mask | (drawn > 0)))


def likeness(body: Body, *, archived: bool, vegetation_known: bool, detached: bool) -> float:
    """How much an object is like a building: 0 to 1, a logistic of argued terms.

    - roughness: a roof departs from a plane by a few centimetres, a crown by decimetres; each 4 cm from 14 cm on
      counts one unit (at most 4 for, 5 against),
    - green: from 0.09 (green roof coating) on, one unit for each 0.025, at most 4,
    - shape: the agreement with a regular outline, from 0.78 on, one unit for each 0.06, at most 2 for, 3 against,
    - plateau: less than 0.6 of the raised ground is a mound, an arch or a crown, one unit for each 0.1,
    - a lorry or a bus: detached, up to 3 m wide, at least 2.1 times as long, up to 3.8 m high: four against,
    - the archive says a building stood here: two for.
    """
    evidence = 1.0 + _clip((0.14 - body.rough_m) / 0.04, -5.0, 4.0) + _clip((body.fit - 0.78) / 0.06, -3.0, 2.0)
    if vegetation_known:
        evidence -= _clip((body.green - 0.09) / 0.025, 0.0, 4.0)
    evidence -= _clip((0.6 - body.plateau) / 0.1, 0.0, 4.0)
    if detached and vehicle_like(body):
        evidence -= 4.0 + 2.0
    if archived:
        evidence += 2.0
    return 1.0 / (1.0 + math.exp(-evidence))


def vehicle_like(body: Body) -> bool:
    """Whether an object has the size of a lorry or a bus."""
    slender = body.width_m <= 3.0 and 2.1 * body.width_m <= body.length_m <= 14.0
    return slender and body.height_m <= 3.8


def _clip(value: float, low: float, high: float) -> float:
    return min(high, max(low, value))


def _connected(mask: Mask, seed: Mask) -> Mask:
    """The pieces of ``mask`` that hold pixels of ``seed``."""
    _, labels = cv2.connectedComponents(mask.astype(np.uint8), connectivity=4)
    kept = np.zeros(labels.max() + 1, bool)
    kept[labels[seed]] = True
    kept[0] = False
    return np.asarray(kept[labels])


def _sides(mask: Mask, cell: float) -> tuple[float, float]:
    """Short and long side of the smallest rectangle around, metres."""
    points = np.argwhere(mask).astype(np.float32)
    first, second = cv2.minAreaRect(points)[1]
    short, long = sorted(((first + 1) * cell, (second + 1) * cell))
    return float(short), float(long)


def _off_plane(height: Field, mask: Mask, cell: float) -> float:
    """Median distance of the surface from the plane that fits most of it, as a standard deviation in metres."""
    rows, columns = np.nonzero(mask)
    z = height[rows, columns].astype(np.float64)
    design: NDArray[np.float64] = np.column_stack((np.ones(len(z)), rows * cell, columns * cell))
    weight = np.ones(len(z))
    residual = z
    for _ in range(8):
        solution, *_ = np.linalg.lstsq(design * weight[:, None], z * weight, rcond=None)
        residual = np.abs(z - design @ solution)
        weight = 1.0 / np.sqrt(np.maximum(residual, 0.02))
    return 1.4826 * float(np.median(residual))
