"""Changed structures from images alone, with the archive's footprints where there are any.

A roof that came or went changes the colour of its ground for good; sun, season and camera change it in ways that are
known (:mod:`weijian.detection.spectral_radiometry`). What is left is judged by shape, material and the shadow it casts,
and over an archived footprint by whether the roof there is still the same roof.
"""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from weijian.detection import outlines
from weijian.detection.patch import Footprint, Patch
from weijian.detection.segments import Fragment, Segment, cut
from weijian.detection.spectral_candidates import DIGITISING_M, Candidate, appeared, new_roofs
from weijian.detection.spectral_radiometry import Conditions, Pair, calibrate, compare
from weijian.detection.spectral_roofs import judge_roof
from weijian.detection.spectral_shade import Shade
from weijian.detection.spectral_shapes import disk
from weijian.detection.spectral_sun import burn, heights_on
from weijian.domain.finding import Change, ChangeType, Method

_LARGEST_EXTENSION_M2 = 60.0
"""What stands against an archived wall and is larger is a house of its own."""


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
        seen = self._look(patch)
        if seen is None:
            return []
        pair, shade = seen
        mask = appeared(pair, patch.footprints)
        for footprint in patch.footprints:
            roof = judge_roof(footprint, pair, shade)
            if roof is not None:
                mask |= roof.mask
        spread = pair.spread(mask, patch.grid.shape)
        return cut(spread, spread.astype(np.float32), patch.tile)

    def describe(self, segment: Segment, patch: Patch) -> list[Change]:
        """Changes that a candidate turns out to be: none, one or several; ``patch`` shows it whole, with context."""
        seen = self._look(patch)
        if seen is None:
            return []
        pair, shade = seen
        own = cv2.dilate(burn([segment.polygon], pair.grid).view(np.uint8), np.ones((3, 3), np.uint8)) > 0
        fresh = appeared(pair, patch.footprints) & own
        changes = []
        for footprint in patch.footprints:
            roof = judge_roof(footprint, pair, shade)
            if roof is None or (roof.mask & own).sum() < 0.5 * roof.mask.sum():
                continue
            mask = roof.mask
            if roof.change_type is ChangeType.REBUILT:
                mask = _with_growth(mask, fresh, pair)
                fresh &= ~mask
            changes.append(self._change(roof.change_type, mask, roof.confidence, pair, patch))
        for candidate in new_roofs(fresh, pair, shade, self.rules.min_area_m2):
            kind, mask = _placed(candidate, pair, patch.footprints)
            changes.append(self._change(kind, mask, candidate.confidence, pair, patch))
        return [c for c in changes if c is not None and c.area_m2 >= self.rules.min_area_m2]

    def _look(self, patch: Patch) -> tuple[Pair, Shade] | None:
        conditions = self.conditions or calibrate([patch])
        pair = compare(patch, conditions)
        return None if pair is None else (pair, Shade(pair, conditions, heights_on(patch.footprints, pair.grid)))

    def _change(
        self, kind: ChangeType, mask: NDArray[np.bool_], confidence: float, pair: Pair, patch: Patch
    ) -> Change | None:
        outline = outlines.regularise(mask, pair.grid)
        if outline is None:
            return None
        # The outline's position is known to about the registration and a working pixel, all along its length.
        wobble = math.hypot(patch.noise.registration_m, pair.grid.resolution)
        return Change(
            kind, outline, outline.area, outline.length * wobble / 2.0, None, None, None, confidence, Method.SPECTRAL
        )


def _with_growth(mask: NDArray[np.bool_], fresh: NDArray[np.bool_], pair: Pair) -> NDArray[np.bool_]:
    """A rebuilt footprint with the new ground that joins it."""
    near = cv2.dilate(mask.view(np.uint8), disk(2.0 * DIGITISING_M, pair.grid.resolution)) > 0
    _, labels = cv2.connectedComponents((fresh | near).view(np.uint8), connectivity=4)
    joined = (fresh & (labels == labels[mask][0])) | mask
    return np.asarray(
        cv2.morphologyEx(joined.view(np.uint8), cv2.MORPH_CLOSE, disk(0.7, pair.grid.resolution)) > 0, bool
    )


def _placed(
    candidate: Candidate, pair: Pair, footprints: tuple[Footprint, ...]
) -> tuple[ChangeType, NDArray[np.bool_]]:
    """Extended where the new roof shares a wall with an archived building, else new; and its mask."""
    blob = candidate.blob
    mask = np.zeros(pair.valid.shape, bool)
    mask[blob.window] = blob.mask
    reach = DIGITISING_M + 0.6
    touching = (cv2.dilate(mask.view(np.uint8), disk(reach, pair.grid.resolution)) > 0) & burn(
        [f.outline for f in footprints], pair.grid
    )
    shared = touching.sum() * pair.grid.pixel_area / (reach - DIGITISING_M)
    attached = shared > 2.0 and blob.area < _LARGEST_EXTENSION_M2
    return (ChangeType.EXTENDED if attached else ChangeType.NEW), mask
