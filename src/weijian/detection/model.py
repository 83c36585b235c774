"""Changed structures from a trained model's probabilities (see docs/models.md).

The model answers for every pixel; what lies above its threshold is cut into fragments that carry the sums of the
probabilities, so that a whole segment's confidence, and whether a building stood there at each date, is known without
running the model again.
"""

from dataclasses import dataclass
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from weijian.detection import outlines
from weijian.detection.model_card import BUILDING_AFTER, BUILDING_BEFORE, CHANGE, ModelCard, Task
from weijian.detection.model_session import ModelRunner
from weijian.detection.model_tiles import blended, lattice_place
from weijian.detection.model_types import Presence, kind_of
from weijian.detection.patch import Patch
from weijian.detection.segments import Fragment, Segment, cut
from weijian.detection.spectral_radiometry import Conditions
from weijian.detection.spectral_shapes import disk
from weijian.detection.spectral_sun import burn
from weijian.detection.uncertainty import image_area_sigma_m2
from weijian.domain.finding import Change, Method

F32 = NDArray[np.float32]
Kind = TypeVar("Kind", bound=np.generic)

_THREAD_M = 0.6
"""Half the width of threads along roofs that two views from different sides leave."""

_ARCHIVE_THREAD_M = 1.2
"""The same where the earlier date is the archive's outlines, which lie some decimetres off."""

_LEAST_SHARE = 0.6
"""Share of the smallest area worth reporting that a piece within a tile must cover."""


@dataclass(frozen=True)
class Seen:
    """Probabilities (rows, columns) over a window: of change, of a building before, of a building after.

    The latter two are None where the model does not tell them.
    """

    change: F32
    before: F32 | None
    after: F32 | None


@dataclass(frozen=True)
class ModelDetector:
    """The model method. ``conditions`` are for models that do not tell buildings, typed as the image method types."""

    runner: ModelRunner
    min_area_m2: float
    conditions: Conditions | None = None

    @property
    def card(self) -> ModelCard:
        """What the model says of itself."""
        return self.runner.card

    @property
    def halo_m(self) -> float:
        """Ground around a tile that must be there for results without seams."""
        return self.card.reach_m + 2.0 * _ARCHIVE_THREAD_M

    def propose(self, patch: Patch) -> list[Fragment]:
        """Candidate pieces within the patch's core."""
        resolution = patch.grid.resolution
        thread = _THREAD_M if patch.before is not None else _ARCHIVE_THREAD_M
        element = disk(thread, resolution)
        margin = 2 * (element.shape[0] // 2) + 1
        rows, columns = patch.tile.core
        window = (
            slice(max(0, rows.start - margin), min(patch.grid.height, rows.stop + margin)),
            slice(max(0, columns.start - margin), min(patch.grid.width, columns.stop + margin)),
        )
        valid = _valid(patch)
        if not valid[window].any():
            return []
        seen = self._look(patch, valid, window)
        found = (seen.change >= self.card.threshold) & valid[window]
        found = cv2.morphologyEx(found.view(np.uint8), cv2.MORPH_OPEN, element) > 0
        mask = np.zeros(patch.grid.shape, bool)
        mask[window] = _without_specks(found, _LEAST_SHARE * self.min_area_m2 / resolution**2)
        carried = [
            _spread(layer, window, patch.grid.shape)
            for layer in (seen.change, seen.before, seen.after)
            if layer is not None
        ]
        return cut(mask, carried[0], patch.tile, carried[1:])

    def describe(self, segment: Segment, patch: Patch) -> list[Change]:
        """The change that a candidate turns out to be, or none."""
        mask = burn([segment.polygon], patch.grid)
        pixels = int(mask.sum())
        if pixels == 0:
            return []
        outline = outlines.regularise(mask, patch.grid)
        if outline is None or outline.area < self.min_area_m2:
            return []
        presence = Presence(*(total / pixels for total in segment.evidence)) if segment.evidence else None
        kind = kind_of(mask, patch, presence, self.conditions)
        confidence = min(1.0, segment.weight / pixels)
        sigma = image_area_sigma_m2(patch.noise, patch.grid.resolution, outline.length)
        return [Change(kind, outline, outline.area, sigma, None, None, None, confidence, Method.MODEL)]

    def _look(self, patch: Patch, valid: NDArray[np.bool_], window: tuple[slice, slice]) -> Seen:
        """Probabilities over a window of the patch."""
        if self.card.task is Task.CHANGE:
            shown = self._blend(patch, valid, window, both=True)
            told = dict(zip(self.runner.roles, shown, strict=True))
            return Seen(told[CHANGE], told.get(BUILDING_BEFORE), told.get(BUILDING_AFTER))
        shown = self._blend(patch, valid, window, both=False)
        before, after = shown[0], shown[1]
        return Seen(before * (1.0 - after) + after * (1.0 - before), before, after)

    def _blend(self, patch: Patch, valid: NDArray[np.bool_], window: tuple[slice, slice], *, both: bool) -> F32:
        """Blended answers of the model for both dates at once, or the buildings of one date after the other."""
        images = [None if layer is None else layer.image for layer in (patch.before, patch.after)]
        archived = None if patch.before is not None else burn([f.outline for f in patch.footprints], patch.grid)
        channels = len(self.runner.roles) if both else 2

        def run(place: tuple[slice, slice]) -> F32:
            there = _taken(valid[None], place)[0]
            if not there.any():
                return np.zeros((channels, self.card.tile_px, self.card.tile_px), np.float32)
            shown = [None if image is None else _taken(image, place) for image in images]
            if both:
                return self.runner.run(*shown, valid=there)
            answers = [
                _taken(archived[None], place).astype(np.float32)
                if archived is not None and image is None
                else self.runner.run(image, valid=there)
                for image in shown
            ]
            return np.concatenate(answers)

        tile, overlap = self.card.tile_px, self.card.overlap_px
        return blended(run, window, lattice_place(patch.grid), tile, overlap, channels)


def _valid(patch: Patch) -> NDArray[np.bool_]:
    """Pixels that every date shows."""
    return patch.after.image_valid if patch.before is None else patch.before.image_valid & patch.after.image_valid


def _taken(image: NDArray[Kind], place: tuple[slice, slice]) -> NDArray[Kind]:
    """The part of (bands, rows, columns) at a place; zero beyond the edge."""
    rows, columns = place
    height, width = image.shape[1:]
    out = np.zeros((image.shape[0], rows.stop - rows.start, columns.stop - columns.start), image.dtype)
    r0, r1, c0, c1 = max(0, rows.start), min(height, rows.stop), max(0, columns.start), min(width, columns.stop)
    if r0 < r1 and c0 < c1:
        out[:, r0 - rows.start : r1 - rows.start, c0 - columns.start : c1 - columns.start] = image[:, r0:r1, c0:c1]
    return out


def _without_specks(mask: NDArray[np.bool_], least: float) -> NDArray[np.bool_]:
    """The mask without small pieces that end before the edge of the arrays."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask.view(np.uint8), connectivity=4)
    x, y, w, h, pixels = (stats[:, i] for i in range(5))
    ends = (x > 0) & (y > 0) & (x + w < mask.shape[1]) & (y + h < mask.shape[0])
    keep = ~(ends & (pixels < least))
    keep[0] = False
    return np.asarray(keep[labels], bool)


def _spread(layer: F32, window: tuple[slice, slice], shape: tuple[int, int]) -> F32:
    out = np.zeros(shape, np.float32)
    out[window] = layer
    return out
