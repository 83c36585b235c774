"""A vector layer or attribute table as it was read: nothing is interpreted yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS

from weijian.cadastre.encodings import TextEncoding
from weijian.cadastre.faults import RowFault
from weijian.domain.grid import Bounds

Objects = NDArray[Any]
"""An array of dtype object."""


@dataclass(frozen=True, eq=False)
class VectorTable:
    """Rows of one layer.

    Attributes
    ----------
    path : Path
    layer : str or None
        None where the format has no layers.
    crs : pyproj.CRS or None
        As the file declares or the user gave it; unchecked (`crs.resolve_crs` checks).
    crs_given : bool
        Whether a person named it, in place of what the file declares.
    encoding : TextEncoding
        How text was decoded, and whether that is certain.
    columns : mapping of str to object array, shape (rows,)
        By heading, in file order; values are str, int, float, bool, date or None. Undecodable text is None
        and has a fault.
    geometry : object array of shapely geometries or None, shape (rows,), or None
        Two-dimensional, easting and northing; None for a table without geometry.
    row_numbers : int64 array, shape (rows,)
        Rows as the user counts them: records from 1; lines of a CSV, whose heading is line 1.
    faults : tuple of RowFault
        What could not be read.
    """

    path: Path
    layer: str | None
    crs: CRS | None
    encoding: TextEncoding
    columns: Mapping[str, Objects]
    geometry: Objects | None
    row_numbers: NDArray[np.int64]
    faults: tuple[RowFault, ...] = ()
    crs_given: bool = False

    def __len__(self) -> int:
        return len(self.row_numbers)

    @property
    def headings(self) -> tuple[str, ...]:
        """Column headings in file order."""
        return tuple(self.columns)

    @cached_property
    def bounds(self) -> Bounds | None:
        """Box around all finite coordinates; None where there are none."""
        if self.geometry is None:
            return None
        boxes = shapely.bounds(self.geometry)
        boxes = boxes[np.isfinite(boxes).all(axis=1)]
        if not len(boxes):
            return None
        left, bottom = boxes[:, :2].min(axis=0).tolist()
        right, top = boxes[:, 2:].max(axis=0).tolist()
        return left, bottom, right, top

    def preview(self, rows: int = 5) -> tuple[tuple[str, ...], ...]:
        """The first rows as text, for a person to check headings and encoding; on screen only: it names persons."""
        return tuple(
            tuple("" if column[i] is None else str(column[i]) for column in self.columns.values())
            for i in range(min(rows, len(self)))
        )
