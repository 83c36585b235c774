"""The buildings around a candidate: those that stood before, and what was added where none stood."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
import rasterio.features
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon

from weijian.detection.fields import Mask, dilated, opened
from weijian.detection.height_evidence import Evidence, HeightParameters, Standing, gather
from weijian.detection.patch import Noise, Patch
from weijian.domain.grid import PixelGrid

Window = tuple[slice, slice]
Labels = NDArray[np.int32]

_STOOD_SHARE = 0.4
"""Share of an archived outline that must have stood for the building to be taken as standing before."""

_STAYS_SHARE = 0.6
"""Share of a building that must still stand for it to carry an extension."""


@dataclass(frozen=True)
class Scene:
    """Arrays around a candidate, on one grid.

    Attributes
    ----------
    gained, lost : bool
        The candidate's own pixels of change.
    archived : bool
        Inside an outline of the archive.
    buildings : int32
        Number of the building that stood before; 0 where none did.
    host_m2 : float64
        Area of each building by number if it stands at both dates, else 0.
    touched : frozenset of int
        Numbers of the buildings that the candidate may have changed.
    additions : int32
        Number of the piece that was gained where no building stood; 0 elsewhere.
    removals : int32
        Number of the piece that was lost outside archived buildings; 0 elsewhere.
    one_survey : bool
        Whether "before" is the archive.
    """

    grid: PixelGrid
    evidence: Evidence
    gained: Mask
    lost: Mask
    archived: Mask
    buildings: Labels
    host_m2: NDArray[np.float64]
    touched: frozenset[int]
    additions: Labels
    removals: Labels
    one_survey: bool
    noise: Noise
    parameters: HeightParameters

    @property
    def cell(self) -> float:
        """Side of a pixel in metres."""
        return self.grid.resolution

    def area_m2(self, mask: Mask) -> float:
        """Ground area of a mask."""
        return float(np.count_nonzero(mask)) * self.grid.pixel_area

    def crop(self, window: Window) -> Scene:
        """The scene within a window of its arrays."""
        evidence = self.evidence
        rows, columns = window
        return replace(
            self,
            grid=self.grid.crop(rows.start, columns.start, rows.stop - rows.start, columns.stop - columns.start),
            evidence=Evidence(
                _crop(evidence.before, window),
                _crop(evidence.after, window),
                evidence.ground[window],
                evidence.gained[window],
                evidence.lost[window],
                evidence.tolerance_m,
            ),
            gained=self.gained[window],
            lost=self.lost[window],
            archived=self.archived[window],
            buildings=self.buildings[window],
            additions=self.additions[window],
            removals=self.removals[window],
        )

    def windows(self, labels: Labels, margin_m: float) -> list[tuple[int, Window]]:
        """Each label's number and its bounding window with a margin, clipped to the arrays."""
        from scipy import ndimage

        margin = int(np.ceil(margin_m / self.cell))
        found = []
        for number, box in enumerate(ndimage.find_objects(labels), start=1):
            if box is not None:
                rows, columns = (
                    slice(max(0, side.start - margin), min(size, side.stop + margin))
                    for side, size in zip(box, labels.shape, strict=True)
                )
                found.append((number, (rows, columns)))
        return found


def survey_scene(patch: Patch, polygon: Polygon | MultiPolygon, parameters: HeightParameters) -> Scene:
    """The scene of one candidate."""
    evidence = gather(patch, parameters)
    grid = patch.grid
    within = rasterio.features.rasterize([polygon], grid.shape, transform=grid.transform) > 0
    gained, lost = evidence.gained & within, evidence.lost & within
    archived, buildings = _old_buildings(patch, evidence, parameters)
    cell, reach = grid.resolution, evidence.tolerance_m / 2
    added = gained & ~dilated(buildings > 0, reach, cell)
    kept = dilated(archived & (buildings > 0), reach, cell)
    removed = lost & (evidence.after.height <= parameters.rubble_m) & ~kept
    near = dilated(gained | lost, evidence.tolerance_m + 1.0, cell)
    width, least = parameters.min_width_m / 2, 0.3 * parameters.min_area_m2 / grid.pixel_area
    return Scene(
        grid=grid,
        evidence=evidence,
        gained=gained,
        lost=lost,
        archived=archived,
        buildings=buildings,
        host_m2=_hosts(buildings, evidence, parameters) * grid.pixel_area,
        touched=frozenset(np.unique(buildings[near & (buildings > 0)]).tolist()),
        additions=_labels(opened(added, width, cell), least),
        removals=_labels(opened(removed, width, cell), least),
        one_survey=patch.before is None,
        noise=patch.noise,
        parameters=parameters,
    )


def _crop(date: Standing, window: Window) -> Standing:
    return Standing(
        date.height[window], date.rough[window], date.green[window], date.crowns[window], date.structure[window]
    )


def _old_buildings(patch: Patch, evidence: Evidence, parameters: HeightParameters) -> tuple[Mask, Labels]:
    """Archived ground, and the buildings that stood before: archived ones, then unarchived ones."""
    grid = patch.grid
    high = evidence.before.height >= parameters.min_height_m
    outlines = [footprint.outline for footprint in patch.footprints]
    drawn = np.zeros(grid.shape, np.int32)
    if outlines:
        shapes = ((outline, number) for number, outline in enumerate(outlines, start=1))
        rasterio.features.rasterize(shapes, out=drawn, transform=grid.transform)
    count = len(outlines) + 1
    drawn_area = np.bincount(drawn.ravel(), minlength=count)
    stood_area = np.bincount(drawn[high], minlength=count)
    kept = stood_area >= np.maximum(1.0, _STOOD_SHARE * drawn_area)
    kept[0] = False
    buildings = np.where(kept[drawn] & high, drawn, 0)
    rest = opened(evidence.before.structure & ~dilated(drawn > 0, 1.0, grid.resolution), 0.8, grid.resolution)
    others = _labels(rest, parameters.min_area_m2 / grid.pixel_area)
    return drawn > 0, np.where(others > 0, others + count, buildings).astype(np.int32)


def _hosts(buildings: Labels, evidence: Evidence, parameters: HeightParameters) -> NDArray[np.float64]:
    """Pixels of each building by number; 0 for those that no longer stand."""
    total = np.bincount(buildings.ravel())
    standing = evidence.after.height >= parameters.min_height_m
    stays = np.bincount(buildings[standing], minlength=len(total))
    hosts = np.where(stays >= _STAYS_SHARE * total, total, 0).astype(np.float64)
    hosts[0] = 0.0
    return hosts


def _labels(mask: Mask, least_pixels: float) -> Labels:
    """The 4-connected pieces of a mask numbered from 1, small ones left out."""
    _, labels, statistics, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=4)
    kept = statistics[:, cv2.CC_STAT_AREA] >= least_pixels
    kept[0] = False
    return np.where(kept[labels], labels, 0).astype(np.int32)
