"""Which change a candidate of a model is: from the buildings the model saw, the archive, or the image method."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from weijian.detection.patch import Footprint, Patch
from weijian.detection.replaced import WHOLE_HOUSE_M2, kind_of_replaced
from weijian.detection.spectral_candidates import DIGITISING_M, Scene
from weijian.detection.spectral_radiometry import Conditions
from weijian.detection.spectral_roofs import judge_roof
from weijian.detection.spectral_shapes import blobs, disk
from weijian.detection.spectral_sun import burn
from weijian.domain.finding import ChangeType

_STOOD = 0.5
"""Probability from which a building stands."""

_ON_ARCHIVE = 0.5
"""Share of a candidate on archived ground from which it is a change of what stood there."""

_GROWN = 0.3
"""Share of it beside the archived ground from which another house stands there."""

_LARGEST_EXTENSION_M2 = 60.0
"""What stands against an archived wall and is larger is a house of its own."""

_LEAST_HOUSE_M2 = 30.0
"""Smaller changed roofs are sheds, new more often than anything else."""

_OLD_RIM = 0.36
"""Without any edge of its own before, it was open ground."""

_SHARED_WALL_M = 2.0


@dataclass(frozen=True)
class Presence:
    """Mean probability over a candidate that a building stood there before, and that one stands there after."""

    before: float
    after: float


def kind_of(
    mask: NDArray[np.bool_], patch: Patch, presence: Presence | None, conditions: Conditions | None
) -> ChangeType:
    """The type of a candidate ``mask`` on the patch's grid; ``presence`` None where the model does not tell."""
    on, touched = _archived(mask, patch)
    if presence is None:
        return _as_by_image(mask, patch, conditions, on, touched)
    stood, stands = presence.before >= _STOOD or on >= _ON_ARCHIVE, presence.after >= _STOOD
    if not stands and (stood or presence.before > presence.after):
        return ChangeType.DEMOLISHED
    if not stood:
        return _fresh(mask, patch, attached=touched is not None)
    if on < _ON_ARCHIVE:
        area = float(mask.sum()) * patch.grid.pixel_area
        return ChangeType.REBUILT if area > WHOLE_HOUSE_M2 else ChangeType.RAISED
    return ChangeType.REBUILT if 1.0 - on > _GROWN else ChangeType.RAISED


def _archived(mask: NDArray[np.bool_], patch: Patch) -> tuple[float, Footprint | None]:
    """Share of the mask on archived ground, and the footprint it lies on or shares a wall with."""
    if not patch.footprints:
        return 0.0, None
    grid = patch.grid
    near = cv2.dilate(mask.view(np.uint8), disk(DIGITISING_M + grid.resolution, grid.resolution)) > 0
    least = _SHARED_WALL_M * (DIGITISING_M + grid.resolution) / grid.pixel_area
    shares = [(int((near & burn([f.outline], grid)).sum()), f) for f in patch.footprints]
    most, footprint = max(shares, key=lambda share: share[0])
    on = float(burn([f.outline for f in patch.footprints], grid)[mask].mean())
    return on, footprint if most >= least else None


def _fresh(mask: NDArray[np.bool_], patch: Patch, *, attached: bool) -> ChangeType:
    small = float(mask.sum()) * patch.grid.pixel_area < _LARGEST_EXTENSION_M2
    return ChangeType.EXTENDED if attached and small else ChangeType.NEW


def _as_by_image(
    mask: NDArray[np.bool_], patch: Patch, conditions: Conditions | None, on: float, touched: Footprint | None
) -> ChangeType:
    """The type by colour, edges and shadow of both images."""
    scene = None if conditions is None else Scene.of(patch, conditions)
    if scene is None:
        return _fresh(mask, patch, attached=touched is not None)
    pair = scene.pair
    if on >= _ON_ARCHIVE and touched is not None:
        roof = judge_roof(touched, pair, scene.shade)
        if roof is not None:
            return roof.change_type
    rows, columns = pair.valid.shape
    shown = np.ascontiguousarray(mask[pair.row :: pair.factor, pair.column :: pair.factor][:rows, :columns])
    stood = shown.any() and scene.sight.built_before[shown].mean() > _STOOD
    if stood and scene.sight.built_after[shown].mean() < _STOOD:
        return ChangeType.DEMOLISHED
    pieces = blobs(shown, pair, 0.0)
    if not pieces or patch.footprints:
        return _fresh(mask, patch, attached=touched is not None)
    largest = max(pieces, key=lambda piece: piece.area)
    if not stood or largest.rim_before < _OLD_RIM or largest.area < _LEAST_HOUSE_M2:
        return ChangeType.NEW
    return kind_of_replaced(largest.spot, pair)
