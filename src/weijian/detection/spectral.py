"""Changed structures from images alone, with the archive's footprints where there are any.

Sun, season and camera change what a surface looks like in ways that are known
(:mod:`weijian.detection.spectral_radiometry`). What is left beside the archived buildings may be a roof that came
(:mod:`weijian.detection.spectral_candidates`); over a footprint the question is whether the roof there is still the
same roof (:mod:`weijian.detection.spectral_roofs`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from weijian.detection import outlines
from weijian.detection.patch import Footprint, Patch
from weijian.detection.segments import Fragment, Segment, cut
from weijian.detection.sightings import mostly_on
from weijian.detection.spectral_calibration import calibrate
from weijian.detection.spectral_candidates import DIGITISING_M, Scene, appeared, came, kind_of
from weijian.detection.spectral_radiometry import Conditions, Pair
from weijian.detection.spectral_roofs import RoofChange, judge_roof
from weijian.detection.spectral_shapes import disk
from weijian.detection.spectral_sun import burn
from weijian.detection.trees import Trees
from weijian.detection.uncertainty import image_area_sigma_m2
from weijian.domain.finding import Change, ChangeType, Method

_REPORTED = 0.3
"""A roof that may have come, less likely than this, is not reported."""

_CHANGED = 0.55
"""The same for what became of an archived roof, whose evidence is weighed otherwise."""

_GROWTH_M = 5.0
"""Ground beside a footprint that a rebuilt house may have taken."""

_DOUBTFUL = 0.2
"""A candidate less likely than this within a tile is not looked at again."""


@dataclass(frozen=True)
class SpectralDetector:
    """The image-only method where there is an archive.

    ``trees`` judge what came beside archived buildings (learned by tools/train/archive_trees.py).
    ``conditions`` are the survey's, from :func:`weijian.detection.spectral_calibration.calibrate`; with None each
    patch measures its own, which is less steady on small patches. Changes under ``min_area_m2`` are left out.
    """

    trees: Trees
    conditions: Conditions | None = None
    min_area_m2: float = 10.0

    def propose(self, patch: Patch) -> list[Fragment]:
        """Candidate pieces within the patch's core."""
        scene = self._look(patch)
        if scene is None:
            return []
        mask = np.zeros(scene.pair.valid.shape, bool)
        beside = [sighting.spot for sighting in came(scene, self.trees, _DOUBTFUL)]
        on_roofs = [roof.spot for roof in self._changed_roofs(scene, patch.footprints)]
        for spot in (*beside, *on_roofs):
            mask[spot.window] |= spot.mask
        spread = scene.pair.spread(mask, patch.grid.shape)
        return cut(spread, spread.astype(np.float32), patch.tile)

    def describe(self, segment: Segment, patch: Patch) -> list[Change]:
        """Changes that a candidate turns out to be: none, one or several; ``patch`` shows it whole, with context."""
        scene = self._look(patch)
        if scene is None:
            return []
        pair = scene.pair
        own = cv2.dilate(burn([segment.polygon], pair.grid).view(np.uint8), np.ones((3, 3), np.uint8)) > 0
        told, taken = [], np.zeros(own.shape, bool)
        for roof in self._changed_roofs(scene, _beside(segment, patch)):
            mask = roof.spot.full(own.shape)
            if roof.change_type is ChangeType.REBUILT:
                mask = _with_growth(mask, appeared(scene), pair)
                taken |= mask
            if mostly_on([roof], own):
                told.append((roof.change_type, mask, roof.confidence))
        told += [
            (kind_of(sighting.spot, scene), sighting.spot.full(own.shape), sighting.confidence)
            for sighting in mostly_on(came(scene, self.trees, _REPORTED), own & ~taken)
        ]
        changes = (self._change(*each, pair, patch) for each in told)
        return [c for c in changes if c is not None and c.area_m2 >= self.min_area_m2]

    def _look(self, patch: Patch) -> Scene | None:
        return Scene.of(patch, self.conditions or calibrate([patch]))

    def _changed_roofs(self, scene: Scene, footprints: Sequence[Footprint]) -> list[RoofChange]:
        """Archived roofs that changed."""
        judged = (judge_roof(footprint, scene.pair, scene.shade) for footprint in footprints)
        return [roof for roof in judged if roof is not None and roof.confidence >= _CHANGED]

    def _change(
        self, kind: ChangeType, mask: NDArray[np.bool_], confidence: float, pair: Pair, patch: Patch
    ) -> Change | None:
        outline = outlines.regularise(mask, pair.grid)
        if outline is None:
            return None
        sigma = image_area_sigma_m2(patch.noise, pair.grid.resolution, outline.length)
        return Change(kind, outline, outline.area, sigma, None, None, None, confidence, Method.SPECTRAL)


def _beside(segment: Segment, patch: Patch) -> list[Footprint]:
    """Footprints that a segment touches or whose new ground it may be."""
    return [f for f in patch.footprints if f.outline.distance(segment.polygon) < _GROWTH_M]


def _with_growth(mask: NDArray[np.bool_], fresh: NDArray[np.bool_], pair: Pair) -> NDArray[np.bool_]:
    """A rebuilt footprint with the new ground that joins it."""
    resolution = pair.grid.resolution
    near = cv2.dilate(mask.view(np.uint8), disk(2.0 * DIGITISING_M, resolution)) > 0
    reach = cv2.dilate(mask.view(np.uint8), disk(_GROWTH_M, resolution)) > 0
    _, labels = cv2.connectedComponents((fresh & reach | near).view(np.uint8), connectivity=4)
    joined = (fresh & reach & (labels == labels[mask][0])) | mask
    return np.asarray(cv2.morphologyEx(joined.view(np.uint8), cv2.MORPH_CLOSE, disk(0.7, resolution)) > 0, bool)
