"""Changed structures from images alone, with the archive's footprints where there are any.

A roof that came or went changes the colour of its ground for good; sun, season and camera change it in ways that are
known (:mod:`weijian.detection.spectral_radiometry`). What is left is judged by shape and material, and over an
archived footprint by whether the roof there is still the same roof (:mod:`weijian.detection.spectral_roofs`).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import rasterio.features
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon

from weijian.detection import outlines
from weijian.detection.patch import Footprint, Patch
from weijian.detection.segments import Fragment, Segment, cut
from weijian.detection.spectral_radiometry import Conditions, Pair, calibrate, compare
from weijian.detection.spectral_roofs import MOVED, RoofState, examine, interior, verdict
from weijian.detection.spectral_shapes import Blob, blobs, built, disk, tidy
from weijian.domain.finding import Change, ChangeType, Method
from weijian.domain.grid import PixelGrid

_DIGITISING_M = 0.4
"""Archived outlines and roofs in imagery agree to about this."""


@dataclass(frozen=True)
class SpectralRules:
    """What is worth reporting. ``min_area_m2``: smaller changes are left out."""

    min_area_m2: float = 10.0


@dataclass(frozen=True)
class SpectralDetector:
    """The image-only method.

    ``conditions`` are the survey's, from :func:`weijian.detection.spectral_radiometry.calibrate`; with None each
    patch measures its own, which is less steady on small patches.
    """

    rules: SpectralRules = SpectralRules()
    conditions: Conditions | None = None

    def propose(self, patch: Patch) -> list[Fragment]:
        """Candidate pieces within the patch's core."""
        pair = self._pair(patch)
        if pair is None:
            return []
        candidates = _candidates(pair, patch.footprints)
        weight = np.zeros(patch.grid.shape, np.float32)
        mask = pair.spread(candidates, patch.grid.shape)
        weight[mask] = 1.0
        return cut(mask, weight, patch.tile)

    def describe(self, segment: Segment, patch: Patch) -> list[Change]:
        """Changes that a candidate turns out to be: none, one or several; ``patch`` shows it whole, with context."""
        pair = self._pair(patch)
        if pair is None:
            return []
        own = _burn([segment.polygon], pair.grid)
        own = cv2.dilate(own.view(np.uint8), np.ones((3, 3), np.uint8)) > 0
        changes = []
        appeared = _appeared(pair, patch.footprints) & own
        taken = np.zeros(own.shape, bool)
        for _, mask, state in _roofs(pair, patch.footprints):
            if state in (RoofState.SAME, RoofState.UNSEEN) or (mask & own).sum() < 0.5 * mask.sum():
                continue
            whole = mask
            kind = ChangeType.DEMOLISHED
            if state is RoofState.REPLACED:
                near = cv2.dilate(mask.view(np.uint8), disk(1.0, pair.grid.resolution)) > 0
                _, labels = cv2.connectedComponents((appeared | near).view(np.uint8))
                whole = mask | (appeared & (labels == labels[mask].max()))
                grown = (whole & ~mask).sum() * pair.grid.pixel_area
                kind = ChangeType.REBUILT if grown > 6.0 else ChangeType.RAISED
                taken |= whole
            changes.append(self._change(kind, whole, pair, patch, 0.6))
        changes += [
            self._change(_kind_of(blob, pair, patch.footprints), _full(blob, own.shape), pair, patch, 0.6)
            for blob in blobs(appeared & ~taken, pair, self.rules.min_area_m2 * 0.8)
            if _is_roof(blob)
        ]
        return [c for c in changes if c is not None and c.area_m2 >= self.rules.min_area_m2]

    def _pair(self, patch: Patch) -> Pair | None:
        return compare(patch, self.conditions or calibrate([patch]))

    def _change(
        self, kind: ChangeType, mask: NDArray[np.bool_], pair: Pair, patch: Patch, confidence: float
    ) -> Change | None:
        outline = outlines.regularise(mask, pair.grid)
        if outline is None:
            return None
        wobble = math.hypot(patch.noise.registration_m, pair.grid.resolution)
        return Change(
            kind, outline, outline.area, outline.length * wobble / 2.0, None, None, None, confidence, Method.SPECTRAL
        )


def _candidates(pair: Pair, footprints: tuple[Footprint, ...]) -> NDArray[np.bool_]:
    """Working pixels worth a second look: new built surface, and archived roofs that are no longer the same."""
    mask = _appeared(pair, footprints)
    for _, inside, state in _roofs(pair, footprints):
        if state not in (RoofState.SAME, RoofState.UNSEEN):
            mask |= inside
    return mask


def _appeared(pair: Pair, footprints: tuple[Footprint, ...]) -> NDArray[np.bool_]:
    """Changed ground that now looks built, outside the archived footprints."""
    resolution = pair.grid.resolution
    mask = tidy((pair.distance > MOVED) & built(pair.after), resolution)
    if footprints:
        known = _burn([f.outline.buffer(_DIGITISING_M) for f in footprints], pair.grid)
        mask &= ~known
        mask = cv2.morphologyEx(mask.view(np.uint8), cv2.MORPH_OPEN, disk(0.75, resolution)) > 0
    return mask


def _roofs(pair: Pair, footprints: tuple[Footprint, ...]) -> list[tuple[Footprint, NDArray[np.bool_], RoofState]]:
    """Each archived footprint on the grid with what became of its roof."""
    found = []
    for footprint in footprints:
        mask = _burn([footprint.outline], pair.grid)
        rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
        if len(rows) == 0:
            continue
        window = slice(max(0, rows[0] - 8), rows[-1] + 9), slice(max(0, columns[0] - 8), columns[-1] + 9)
        inner = interior(mask[window], pair.grid.resolution)
        if inner.sum() < 16:
            continue
        found.append((footprint, mask, verdict(examine(inner, window, pair))))
    return found


def _is_roof(blob: Blob) -> bool:
    """Compact, with straight rims that are new, and not the size of a vehicle."""
    compact = blob.fill > 0.7 or (blob.area > 45.0 and blob.fill > 0.5 and blob.convexity > 0.75)
    vehicle = blob.width < 2.9 and blob.length > 1.7 * blob.width
    return compact and not vehicle and blob.width > 2.0 and blob.rim_after > max(0.4, 0.8 * blob.rim_before)


def _kind_of(blob: Blob, pair: Pair, footprints: tuple[Footprint, ...]) -> ChangeType:
    """Extended where the new roof shares a wall with an archived building, else new."""
    resolution = pair.grid.resolution
    mask = _full(blob, pair.valid.shape)
    reach = cv2.dilate(mask.view(np.uint8), disk(_DIGITISING_M + 0.6, resolution)) > 0
    touching = reach & _burn([f.outline for f in footprints], pair.grid) if footprints else np.zeros_like(mask)
    shared = touching.sum() * resolution / 0.6
    return ChangeType.EXTENDED if shared > 2.0 and blob.area < 60.0 else ChangeType.NEW


def _full(blob: Blob, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """A blob's mask on the whole working grid."""
    out = np.zeros(shape, bool)
    out[blob.window] = blob.mask
    return out


def _burn(shapes: Sequence[Polygon | MultiPolygon], grid: PixelGrid) -> NDArray[np.bool_]:
    """Pixels of the grid whose centre lies in one of the shapes."""
    transform = rasterio.Affine(*tuple(grid.transform)[:6])
    burnt = rasterio.features.rasterize(shapes, out_shape=grid.shape, transform=transform, dtype=np.uint8)
    return np.asarray(burnt > 0, bool)
