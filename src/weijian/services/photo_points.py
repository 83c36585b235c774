"""Where the photographs among the evidence were taken, for the map."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from weijian.domain.evidence import EvidenceKind
from weijian.services.photo_matching import views_of
from weijian.storage.workspace import open_workspace


@dataclass(frozen=True, eq=False)
class PhotoPoints:
    """Photographs with a position; the n-th of each belong together.

    Attributes
    ----------
    hashes : tuple of str
    at : float64 array, shape (photographs, 2)
        Easting and northing in the workspace's CRS.
    bearings : float64 array, shape (photographs,)
        Degrees clockwise from grid north; NaN where the direction is not known.
    """

    hashes: tuple[str, ...]
    at: NDArray[np.float64]
    bearings: NDArray[np.float64]

    def same_as(self, other: PhotoPoints) -> bool:
        """Whether the same photographs are in the same places."""
        return (
            self.hashes == other.hashes
            and np.array_equal(self.at, other.at)
            and np.array_equal(self.bearings, other.bearings, equal_nan=True)
        )


def read_photo_points(folder: Path) -> PhotoPoints:
    """Read the positions of all photographs of a workspace.

    Raises
    ------
    InputError
        The workspace cannot be read.
    """
    with open_workspace(folder) as workspace, workspace.read() as work:
        photos = [each for each in work.evidence.all() if each.kind is EvidenceKind.PHOTO]
        views = views_of(photos, workspace.crs)
    placed = [(photo.sha256, view) for photo, view in zip(photos, views, strict=True) if view is not None]
    at = np.array([(view.x, view.y) for _, view in placed], dtype=np.float64).reshape(-1, 2)
    bearings = [math.nan if view.bearing_deg is None else view.bearing_deg for _, view in placed]
    return PhotoPoints(tuple(sha256 for sha256, _ in placed), at, np.array(bearings, dtype=np.float64))
