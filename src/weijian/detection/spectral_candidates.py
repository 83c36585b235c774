"""Ground that was open and now carries something built: found, taken apart, and judged."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from weijian.detection.patch import Footprint
from weijian.detection.spectral_radiometry import MOVED, Pair
from weijian.detection.spectral_shade import Shade
from weijian.detection.spectral_shapes import Blob, blobs, built, disk, parts, tidy
from weijian.detection.spectral_sun import burn

DIGITISING_M = 0.4
"""Archived outlines and roofs in imagery agree to about this."""

_EAVES_M = 2.8
"""Height of the lowest structures worth finding."""


@dataclass(frozen=True)
class Candidate:
    """A blob that may be a new roof, and how sure (0 to 1)."""

    blob: Blob
    confidence: float


def appeared(pair: Pair, footprints: tuple[Footprint, ...]) -> NDArray[np.bool_]:
    """Changed ground that now looks built, outside the archived footprints."""
    resolution = pair.grid.resolution
    mask = tidy((pair.distance > MOVED) & built(pair.after), resolution)
    if footprints:
        mask &= ~burn([f.outline.buffer(DIGITISING_M) for f in footprints], pair.grid)
        mask = cv2.morphologyEx(mask.view(np.uint8), cv2.MORPH_OPEN, disk(0.75, resolution)) > 0
    return np.asarray(mask, bool)


def new_roofs(mask: NDArray[np.bool_], pair: Pair, shade: Shade, smallest: float) -> list[Candidate]:
    """The likeliest reading of each blob of ``mask``: one roof, several, or none."""
    found = []
    for blob in blobs(mask, pair, 0.8 * smallest):
        whole = judge(blob, pair, shade)
        pieces = [judge(piece, pair, shade) for piece in parts(blob, pair, 0.8 * smallest)]
        pieces = [piece for piece in pieces if piece.confidence > max(0.5, whole.confidence + 0.15)]
        found += pieces if pieces and _covers(pieces, whole) else [whole]
    return [candidate for candidate in found if candidate.confidence >= 0.5]


def judge(blob: Blob, pair: Pair, shade: Shade) -> Candidate:
    """How likely a blob is a new roof: its shadow, its rim, its shape; the log odds of each add up."""
    if blob.width < 2.0 or (blob.width < 2.95 and blob.length > 1.75 * blob.width and blob.area < 25.0):
        return Candidate(blob, 0.0)
    mask = np.zeros(pair.valid.shape, bool)
    mask[blob.window] = blob.mask
    fallen = shade.appeared(mask, _EAVES_M)
    rim = float(np.clip(math.log((blob.rim_after + 0.1) / (blob.rim_before + 0.1)), -1.5, 1.5))
    shape = blob.fill - 0.72 if blob.area < 45.0 else max(blob.fill - 0.72, 0.5 * (blob.convexity - 0.8))
    odds = 2.0 * rim + 12.0 * max(shape, -0.2) + 3.0 * min(blob.rim_after - 0.7, 0.5)
    odds += 8.0 * (min(fallen, 0.7) - 0.3) if fallen is not None else 2.0 * (blob.shade - 0.8)
    return Candidate(blob, 1.0 / (1.0 + math.exp(-odds)))


def _covers(pieces: list[Candidate], whole: Candidate) -> bool:
    """Pieces stand for a blob that is no roof itself; a good roof is not broken up for a small better part."""
    return whole.confidence < 0.5 or sum(p.blob.area for p in pieces) > 0.6 * whole.blob.area
