"""Changed structures from two images without an archive: candidates everywhere, judged by what was learned.

The same search runs forward and backward in time: a roof that is there only later is new, one that was there only
earlier is demolished, and where both are another building stands.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from weijian.detection import outlines
from weijian.detection.patch import Patch
from weijian.detection.replaced import kind_of_replaced
from weijian.detection.roof_candidates import Sight, see
from weijian.detection.roof_measures import measure
from weijian.detection.segments import Fragment, Segment, cut
from weijian.detection.sightings import Sighting, likeliest, mostly_on
from weijian.detection.spectral_radiometry import Conditions, Pair
from weijian.detection.spectral_spots import Spot
from weijian.detection.spectral_sun import burn
from weijian.detection.trees import Trees
from weijian.detection.uncertainty import image_area_sigma_m2
from weijian.domain.finding import Change, ChangeType, Method

HALO_M = 16.0
"""Ground around a tile that is looked at: as far as a house reaches that a tile cuts, and its ring and shadow."""

_REPORTED = 0.35
"""A candidate less likely than this is not reported."""

_DOUBTFUL = 0.32
"""A candidate less likely than this within a tile is not looked at again, even where the tile cuts it."""

_SAME_PLACE = 0.3
"""A roof that came over this share of one that went stands in its place."""

_STOOD = 0.45
"""Where more than this share looked built before, a house stood; it need not have looked like a roof to the trees."""

_LEAST_HOUSE_M2 = 35.0
"""Smaller roofs on a yard are sheds, new more often than anything else."""


@dataclass(frozen=True)
class OpenDetector:
    """The image method where no archive says what stood.

    ``trees`` were learned on drawn villages (tools/train/roof_trees.py); ``conditions`` are the survey's.
    """

    trees: Trees
    conditions: Conditions
    min_area_m2: float = 10.0

    def propose(self, patch: Patch) -> list[Fragment | Change]:
        """Changes wholly within the patch's core, and the pieces within it of candidates that its border cuts."""
        looked = self._look(patch, _DOUBTFUL)
        if looked is None:
            return []
        pair = looked.sight.pair
        mask = np.zeros(pair.valid.shape, bool)
        for sighting in (*looked.came, *looked.went):
            mask[sighting.spot.window] |= sighting.spot.mask
        whole, cut_up = _apart(pair.spread(mask, patch.grid.shape), patch)
        inside = looked.least(_REPORTED).on(pair.gathered(whole))
        return [*cut(cut_up, cut_up.astype(np.float32), patch.tile), *self._changes(inside, patch)]

    def describe(self, segment: Segment, patch: Patch) -> list[Change]:
        """Changes that a candidate turns out to be: none, one or several; ``patch`` shows it whole, with context."""
        looked = self._look(patch, _REPORTED)
        if looked is None:
            return []
        return self._changes(looked.on(burn([segment.polygon], looked.sight.pair.grid)), patch)

    def _look(self, patch: Patch, least: float) -> "_Looked | None":
        """What came and what went."""
        sight = see(patch, self.conditions)
        if sight is None:
            return None
        found = []
        for pieces in measure(sight):
            sure = self.trees.probabilities(pieces.table)
            found.append(likeliest(pieces.spots, sure, least, sight.pair.valid.shape))
        return _Looked(sight, *found)

    def _changes(self, looked: "_Looked", patch: Patch) -> list[Change]:
        """What the roofs that came and went are together."""
        pair = looked.sight.pair
        gone = np.zeros(pair.valid.shape, bool)
        for sighting in looked.went:
            gone[sighting.spot.window] |= sighting.spot.mask
        standing = np.zeros(pair.valid.shape, bool)
        changes = []
        for sighting in looked.came:
            spot = sighting.spot
            standing[spot.window] |= spot.mask
            replaced = bool(gone[spot.window][spot.mask].mean() > _SAME_PLACE)
            changes.append(self._change(_kind(spot, replaced, looked.sight), sighting, pair, patch))
        changes += [
            self._change(ChangeType.DEMOLISHED, sighting, pair, patch)
            for sighting in looked.went
            if standing[sighting.spot.window][sighting.spot.mask].mean() < _SAME_PLACE
        ]
        return [c for c in changes if c is not None and c.area_m2 >= self.min_area_m2]

    def _change(self, kind: ChangeType, sighting: Sighting, pair: Pair, patch: Patch) -> Change | None:
        rows, columns = sighting.spot.window
        height, width = sighting.spot.mask.shape
        outline = outlines.regularise(sighting.spot.mask, pair.grid.crop(rows.start, columns.start, height, width))
        if outline is None:
            return None
        sigma = image_area_sigma_m2(patch.noise, pair.grid.resolution, outline.length)
        return Change(kind, outline, outline.area, sigma, None, None, None, sighting.confidence, Method.SPECTRAL)


@dataclass(frozen=True)
class _Looked:
    """A sight and, the likeliest first, the roofs that came and those that went."""

    sight: Sight
    came: list[Sighting]
    went: list[Sighting]

    def least(self, confidence: float) -> "_Looked":
        """Those at least so sure."""
        came, went = ([s for s in sightings if s.confidence >= confidence] for sightings in (self.came, self.went))
        return _Looked(self.sight, came, went)

    def on(self, ground: NDArray[np.bool_]) -> "_Looked":
        """Those that lie mostly on the ground (rows, columns of the working grid)."""
        return _Looked(self.sight, mostly_on(self.came, ground), mostly_on(self.went, ground))


def _apart(mask: NDArray[np.bool_], patch: Patch) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """The 4-connected pieces of a patch's mask that lie wholly within its core, and those that its border cuts."""
    rows, columns = patch.tile.core
    count, labels = cv2.connectedComponents(mask.view(np.uint8), connectivity=4)
    within = np.arange(count) > 0
    for beyond in (labels[: rows.start], labels[rows.stop :], labels[:, : columns.start], labels[:, columns.stop :]):
        within[beyond] = False
    whole = within[labels]
    return whole, mask & ~whole


def _kind(spot: Spot, replaced: bool, sight: Sight) -> ChangeType:
    """What a roof that came is to what stood there before."""
    area = float(spot.mask.sum()) * sight.pair.grid.pixel_area
    built_before = float(sight.built_before[spot.window][spot.mask].mean())
    if not replaced and (built_before < _STOOD or area < _LEAST_HOUSE_M2):
        return ChangeType.NEW
    return kind_of_replaced(spot, sight.pair)
