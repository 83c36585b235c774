"""What detection is given: aligned arrays of both dates on one pixel grid."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon

from weijian.domain.grid import PixelGrid, Tile


@dataclass(frozen=True)
class Footprint:
    """A building that the archive (or a person) says stood at the earlier date; outline in the grid's CRS."""

    building_no: str
    outline: Polygon | MultiPolygon
    height_m: float | None


@dataclass(frozen=True)
class Layer:
    """One date's arrays on the patch's grid.

    Attributes
    ----------
    image : (3, rows, columns) uint8 or None
        Red, green, blue; None when the date has no imagery.
    image_valid : (rows, columns) bool
        False where the imagery has no data.
    surface : (rows, columns) float32 or None
        Height of the surface model in metres, NaN where there is none. The dates are already levelled
        to each other (bias and tilt removed).
    ground : (rows, columns) float32 or None
        Height of the bare ground in metres, from :func:`weijian.detection.terrain.ground_model`.
    """

    image: NDArray[np.uint8] | None
    image_valid: NDArray[np.bool_]
    surface: NDArray[np.float32] | None
    ground: NDArray[np.float32] | None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to see."""
        return not self.image_valid.any() and (self.surface is None or not np.isfinite(self.surface).any())


@dataclass(frozen=True)
class Noise:
    """What the inputs are uncertain by, one standard deviation each.

    ``registration_m`` is the residual of the horizontal alignment, ``height_m`` of the difference of the two
    surfaces on stable ground (None without heights), ``roof_m`` of the same on roofs that stayed where there are
    enough, ``level_m`` of the bends that levelling left.
    """

    registration_m: float
    height_m: float | None
    roof_m: float | None = None
    level_m: float = 0.0


@dataclass(frozen=True)
class Patch:
    """A window of ground at both dates.

    ``tile.grid`` is the grid of the arrays, ``tile.core`` the part this patch answers for; the halo is context.
    ``before`` is None in the one-survey mode (archive against survey). ``footprints`` are those that touch the grid.
    """

    tile: Tile
    before: Layer | None
    after: Layer
    footprints: tuple[Footprint, ...]
    noise: Noise

    @property
    def grid(self) -> PixelGrid:
        """Grid of the arrays, halo included."""
        return self.tile.grid

    @property
    def empty(self) -> bool:
        """Whether there is nothing to compare."""
        return self.after.empty or (self.before is not None and self.before.empty)
