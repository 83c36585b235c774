"""Changed structures from images alone, with the archive's footprints where there are any.

A roof that came or went changes the colour of its ground for good; sun, season and camera change it in ways that are
known (:mod:`weijian.detection.spectral_radiometry`). What is left is judged by shape, material and the shadow it casts,
and over an archived footprint by whether the roof there is still the same roof.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from weijian.detection import outlines
from weijian.detection.patch import Patch
from weijian.detection.segments import Fragment, Segment, cut
from weijian.detection.spectral_calibration import calibrate
from weijian.detection.spectral_candidates import DIGITISING_M, Scene, appeared, kind_of, readings
from weijian.detection.spectral_radiometry import Conditions, Pair, compare
from weijian.detection.spectral_roofs import judge_roof
from weijian.detection.spectral_shapes import Blob, blobs, disk
from weijian.detection.spectral_sun import burn
from weijian.detection.uncertainty import image_area_sigma_m2
from weijian.domain.finding import Change, ChangeType, Method

_LEAST_SHARE = 0.8
"""Share of the smallest area worth reporting that its pixels may cover."""

_REPORTED = 0.55
"""A change less likely than this is not reported: below it nearly all were found to be false."""

_DOUBTFUL = 0.35
"""A candidate less likely than this within a tile is not looked at again."""


@dataclass(frozen=True)
class SpectralRules:
    """What is worth reporting. ``min_area_m2``: smaller changes are left out."""

    min_area_m2: float = 10.0


@dataclass(frozen=True)
class SpectralDetector:
    """The image-only method.

    ``conditions`` are the survey's, from :func:`weijian.detection.spectral_calibration.calibrate`; with None each
    patch measures its own, which is less steady on small patches.
    """

    rules: SpectralRules = SpectralRules()
    conditions: Conditions | None = None

    def propose(self, patch: Patch) -> list[Fragment]:
        """Candidate pieces within the patch's core."""
        scene = self._look(patch)
        if scene is None:
            return []
        pair = scene.pair
        mask = np.zeros(pair.valid.shape, bool)
        for blob in blobs(appeared(scene), pair, _LEAST_SHARE * self.rules.min_area_m2):
            likeliest = max(reading.confidence for reading in readings(blob, scene, self.rules.min_area_m2))
            if likeliest > (_DOUBTFUL if _whole_in(blob, mask.shape) else 0.0):
                mask[blob.spot.window] |= blob.spot.mask
        for footprint in patch.footprints:
            roof = judge_roof(footprint, pair, scene.shade)
            if roof is not None:
                mask[roof.spot.window] |= roof.spot.mask
        spread = pair.spread(mask, patch.grid.shape)
        return cut(spread, spread.astype(np.float32), patch.tile)

    def describe(self, segment: Segment, patch: Patch) -> list[Change]:
        """Changes that a candidate turns out to be: none, one or several; ``patch`` shows it whole, with context."""
        scene = self._look(patch)
        if scene is None:
            return []
        pair = scene.pair
        own = cv2.dilate(burn([segment.polygon], pair.grid).view(np.uint8), np.ones((3, 3), np.uint8)) > 0
        fresh = appeared(scene) & own
        changes = []
        for footprint in patch.footprints:
            roof = judge_roof(footprint, pair, scene.shade)
            if roof is None or roof.confidence < _REPORTED or own[roof.spot.window][roof.spot.mask].mean() < 0.5:
                continue
            mask = roof.spot.full(own.shape)
            if roof.change_type is ChangeType.REBUILT:
                mask = _with_growth(mask, fresh, pair)
                fresh &= ~mask
            changes.append(self._change(roof.change_type, mask, roof.confidence, pair, patch))
        for blob in blobs(fresh, pair, _LEAST_SHARE * self.rules.min_area_m2):
            for found in readings(blob, scene, self.rules.min_area_m2):
                if found.confidence >= _REPORTED:
                    mask = found.blob.spot.full(own.shape)
                    changes.append(self._change(kind_of(found, scene), mask, found.confidence, pair, patch))
        return [c for c in changes if c is not None and c.area_m2 >= self.rules.min_area_m2]

    def _look(self, patch: Patch) -> Scene | None:
        conditions = self.conditions or calibrate([patch])
        pair = compare(patch, conditions)
        return None if pair is None else Scene.of(pair, conditions, patch.footprints)

    def _change(
        self, kind: ChangeType, mask: NDArray[np.bool_], confidence: float, pair: Pair, patch: Patch
    ) -> Change | None:
        outline = outlines.regularise(mask, pair.grid)
        if outline is None:
            return None
        sigma = image_area_sigma_m2(patch.noise, pair.grid.resolution, outline.length)
        return Change(kind, outline, outline.area, sigma, None, None, None, confidence, Method.SPECTRAL)


def _with_growth(mask: NDArray[np.bool_], fresh: NDArray[np.bool_], pair: Pair) -> NDArray[np.bool_]:
    """A rebuilt footprint with the new ground that joins it."""
    near = cv2.dilate(mask.view(np.uint8), disk(2.0 * DIGITISING_M, pair.grid.resolution)) > 0
    _, labels = cv2.connectedComponents((fresh | near).view(np.uint8), connectivity=4)
    joined = (fresh & (labels == labels[mask][0])) | mask
    return np.asarray(
        cv2.morphologyEx(joined.view(np.uint8), cv2.MORPH_CLOSE, disk(0.7, pair.grid.resolution)) > 0, bool
    )


def _whole_in(blob: Blob, shape: tuple[int, ...]) -> bool:
    """Whether a blob ends before the edge of the arrays."""
    rows, columns = blob.spot.window
    mask = blob.spot.mask
    cut_off = (rows.start == 0 and mask[0].any()) or (rows.stop == shape[0] and mask[-1].any())
    cut_off = cut_off or (columns.start == 0 and mask[:, 0].any()) or (columns.stop == shape[1] and mask[:, -1].any())
    return not cut_off
