"""Products of surveys as layers of the map."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtGui import QImage

from weijian.domain.grid import Bounds, PixelGrid
from weijian.services.map_rasters import MapRaster, draw


@dataclass(frozen=True)
class RasterSource:
    """A tile source over what `weijian.services.map_rasters.look_at` has found.

    When the file is replaced or gets overviews, looking at it again gives another source. Its open files are closed
    when the map and the layers have let go of it.
    """

    raster: MapRaster

    def __post_init__(self) -> None:
        object.__setattr__(self, "_hash", hash(self.raster))

    @property
    def bounds(self) -> Bounds | None:
        """Where the product lies on the map."""
        return self.raster.bounds

    @property
    def finest_m(self) -> float | None:
        """Ground length of the file's pixels."""
        return self.raster.finest_m

    def tile(self, grid: PixelGrid) -> QImage:
        """Draw one piece.

        Raises
        ------
        InputError
            The file is gone, replaced, damaged, or too large to be seen from afar without overviews.
        """
        rgba = np.ascontiguousarray(draw(self.raster, grid))
        rows, columns = grid.shape
        view = QImage(rgba.data, columns, rows, columns * 4, QImage.Format.Format_RGBA8888_Premultiplied)
        return view.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)

    def __hash__(self) -> int:
        return int(self._hash)  # type: ignore[attr-defined]
