"""Ground that was open and now carries something built: found, taken apart, and judged."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from weijian.detection.patch import Footprint
from weijian.detection.spectral_radiometry import MOVED, Conditions, Pair
from weijian.detection.spectral_shade import Shade
from weijian.detection.spectral_shapes import RUBBLE, Blob, built, darkened_side, disk, fine_chroma, parts, tidy
from weijian.detection.spectral_sun import burn, heights_on
from weijian.domain.finding import ChangeType

DIGITISING_M = 0.4
"""Archived outlines and roofs in imagery agree to about this."""

_EAVES_M = 2.8
"""Height of the lowest structures worth finding."""


_CAR_M = (2.95, 1.75)
"""Narrower than the first and longer than the second times its width: a car, or no building anybody asks about."""

_TRUCK_M = (3.4, 2.1)
"""The same for trucks, which have the area of a shed."""

_LARGEST_CAR_M2 = 12.0
"""What stands against a wall, has a car's shape and is larger is a lean-to."""

_GREENHOUSE_M = (18.0, 2.3)
"""Longer than the first and than the second times its width: a plastic tunnel, unless its shadow is a building's."""

_RIM = 0.7
"""Gradient of the log image along the edge of an ordinary roof; crowns and shadows have half of it."""

_FLAT = 0.12
"""A smaller share of its shadow to be seen and the thing lies flat: paving, tarpaulin, mulch."""

_LEAST_PIXELS = 180
"""Working pixels from which the shape of a roof can be told: 10 m² at a quarter of a metre."""

_SURE = 0.9
"""A reading as likely as this is not taken apart."""

_LARGEST_EXTENSION_M2 = 60.0
"""What stands against an archived wall and is larger is a house of its own."""

_LEAST_HOUSE_M2 = 30.0
"""Smaller changed roofs are sheds, new more often than anything else."""

_WHOLE_HOUSE_M2 = 90.0
"""Without an archive, a roof that changed over more than this is another house, over less a storey on part of one."""

_OLD_RIM = 0.36
"""Without any edge of its own before, it was open ground."""

_RUBBLE_RIM = 0.95
"""The edge of a heap of debris is weaker than this, that of a coloured roof on it stronger."""

_GREY = 0.1
"""A surface of less chroma has no colour of its own."""

_DIM = 0.25
"""A grey surface darker by this (log brightness) than halfway into shade is shade that moved, or a bare crown."""

_SEVERAL = (0.62, 0.8)
"""A small shape that fills less of its rectangle and of its hull is several things side by side."""

_LARGE_M2 = 60.0
"""What is larger is a house or a hall and cannot but cast a shadow."""


@dataclass(frozen=True)
class Scene:
    """What a patch shows: both dates made comparable, its shadows, and where archived buildings stand.

    ``half_lit`` is the log brightness halfway between ground in the sun and in shade; None when the sun is not known.
    """

    pair: Pair
    shade: Shade
    walls: NDArray[np.bool_]
    half_lit: float | None

    @classmethod
    def of(cls, pair: Pair, conditions: Conditions, footprints: tuple[Footprint, ...]) -> "Scene":
        """The scene of a patch with the archived footprints that touch it."""
        shade = Shade(pair, conditions, heights_on(footprints, pair.grid))
        half_lit = None if conditions.sun is None else conditions.sun.half
        return cls(pair, shade, burn([f.outline for f in footprints], pair.grid), half_lit)


@dataclass(frozen=True)
class Candidate:
    """A blob that may be a new roof, whether it stands against an archived wall, and how sure (0 to 1)."""

    blob: Blob
    attached: bool
    confidence: float


def appeared(scene: Scene) -> NDArray[np.bool_]:
    """Changed ground that now looks built, outside the archived footprints."""
    pair, resolution = scene.pair, scene.pair.grid.resolution
    mask = tidy((pair.distance > MOVED) & built(pair.after), resolution)
    if scene.walls.any():
        mask &= ~(cv2.dilate(scene.walls.view(np.uint8), disk(DIGITISING_M, resolution)) > 0)
        mask = cv2.morphologyEx(mask.view(np.uint8), cv2.MORPH_OPEN, disk(0.75, resolution)) > 0
    return np.asarray(mask, bool)


def readings(blob: Blob, scene: Scene, smallest: float) -> list[Candidate]:
    """The likeliest reading of a blob: one roof, or the several that strong edges divide it into."""
    whole = judge(blob, scene)
    if whole.confidence > _SURE or blob.area < 2.0 * smallest:
        return [whole]
    pieces = [judge(piece, scene) for piece in parts(blob, scene.pair, smallest)]
    pieces = [piece for piece in pieces if piece.confidence > max(0.5, whole.confidence + 0.15)]
    # Pieces stand for a blob that is no roof itself; a good roof is not broken up for a small better part.
    covered = sum(piece.blob.area for piece in pieces) > 0.6 * blob.area
    return pieces if pieces and (whole.confidence < 0.5 or covered) else [whole]


def judge(blob: Blob, scene: Scene) -> Candidate:
    """How likely a blob is a new roof: its shadow, its rim, its shape; the log odds of each add up."""
    attached = _attached(blob, scene)
    large = blob.area > _LARGE_M2
    several = not large and blob.fill < _SEVERAL[0] and blob.convexity < _SEVERAL[1]
    if blob.width < 2.0 or several or _is_vehicle(blob, attached):
        return Candidate(blob, attached, 0.0)
    shape = max(blob.fill - 0.72, 0.5 * (blob.convexity - 0.8)) if large else blob.fill - 0.72
    rim = math.log((blob.rim_after + 0.1) / (blob.rim_before + 0.1))
    odds = 2.0 * _limited(rim, 1.2) + 12.0 * max(shape, -0.2)
    odds += (8.0 if blob.rim_after > _RIM or large else 16.0) * _limited(blob.rim_after - _RIM, 0.35)
    fallen = scene.shade.appeared(blob.spot, _EAVES_M)
    if fallen is None:
        odds += 2.0 * (darkened_side(blob, scene.pair) - 0.8)
    else:
        # A little of a hall's shadow is some other shadow; of a shed's, it may be all there was room for.
        weight = (30.0 if fallen < 0.25 else 16.0) if large else 10.0
        odds += weight * (min(fallen, 0.6) - 0.25) - (2.5 if fallen < _FLAT else 0.0)
    # Few pixels have no shape: any speck of leaves is as rectangular as a shed when it is drawn coarsely enough.
    odds -= 2.5 * max(0.0, math.log(_LEAST_PIXELS * scene.pair.grid.pixel_area / blob.area))
    if blob.length > _GREENHOUSE_M[0] and blob.length > _GREENHOUSE_M[1] * blob.width:
        odds -= 3.0
    odds -= 4.0 * _dimness(blob, scene)
    return Candidate(blob, attached, 1.0 / (1.0 + math.exp(-odds)))


def kind_of(candidate: Candidate, scene: Scene) -> ChangeType:
    """New or extended; without an archive, what stood there before is read from the earlier image."""
    blob, window = candidate.blob, candidate.blob.spot.window
    if candidate.attached:
        return ChangeType.EXTENDED if blob.area < _LARGEST_EXTENSION_M2 else ChangeType.NEW
    near = scene.pair.crop(window)
    was_built = float(built(near.before)[blob.spot.mask].mean()) > 0.55 and blob.rim_before > _OLD_RIM
    if scene.walls.any() or not was_built or blob.area < _LEAST_HOUSE_M2:
        return ChangeType.NEW
    contrast = float(fine_chroma(near.after, near.grid)[blob.spot.mask].mean())
    if contrast > RUBBLE and blob.rim_after < _RUBBLE_RIM:
        return ChangeType.DEMOLISHED
    return ChangeType.REBUILT if blob.area > _WHOLE_HOUSE_M2 else ChangeType.RAISED


def _limited(value: float, limit: float) -> float:
    return max(-limit, min(limit, value))


def _is_vehicle(blob: Blob, attached: bool) -> bool:
    """Long and narrow; a lean-to is too, but stands against a wall and is larger than a car."""
    if attached and blob.area > _LARGEST_CAR_M2:
        return False
    return any(blob.width < width and blob.length > times * blob.width for width, times in (_CAR_M, _TRUCK_M))


def _dimness(blob: Blob, scene: Scene) -> float:
    """How far (0 to 1) a blob is from light and colour of its own; 0 where the sun is not known."""
    if scene.half_lit is None:
        return 0.0
    brightness, red, blue = np.median(scene.pair.crop(blob.spot.window).after[:, blob.spot.mask], axis=1)
    grey = math.hypot(red, blue) < _GREY
    return min(1.0, max(0.0, scene.half_lit - float(brightness)) / _DIM) if grey else 0.0


def _attached(blob: Blob, scene: Scene) -> bool:
    """Whether a blob shares two metres of wall with an archived building."""
    resolution = scene.pair.grid.resolution
    reach = DIGITISING_M + 0.6
    wide = blob.spot.widened(math.ceil(reach / resolution) + 1, scene.walls.shape)
    near = cv2.dilate(wide.mask.view(np.uint8), disk(reach, resolution)) > 0
    shared = (near & scene.walls[wide.window]).sum() * resolution**2 / (reach - DIGITISING_M)
    return bool(shared > 2.0)
