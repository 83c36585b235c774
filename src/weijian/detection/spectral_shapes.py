"""Shapes of changed patches of colour: what could be a roof and what cannot."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from weijian.detection.spectral_radiometry import Pair, detail
from weijian.detection.spectral_spots import Spot, widen
from weijian.domain.grid import PixelGrid

_YELLOW = -0.085
"""Log blue/green against grey: plants, straw and soil take the blue out of the light, most built surfaces do not."""

_BRICK = ((0.2, -0.19), (0.35, -0.4))
"""Brick, tile and red paint do, but are redder (log red/green, blue/green at least) than any soil or autumn leaf."""

_GREEN = 0.09
"""Log green against the mean of red and blue: leaves."""

FINE_M = 0.75
"""Roof furniture, huts and parapets are drawn finer than this."""

RUBBLE = 0.035
"""Mean fine colour contrast of debris; tiled and metal roofs have less."""

_HUT_M2 = 20.0
"""Holes up to this size in a changed roof are huts, tanks and panels on it."""

_MARGIN_M = 3.0
"""Ground kept around a blob to see what lies beside it."""


@dataclass(frozen=True)
class Blob:
    """A connected patch of changed pixels and its measures.

    Lengths in metres, areas in m². ``rim_before`` and
    ``rim_after`` are the mean gradient of the log image along the outline at each date.
    """

    spot: Spot
    area: float
    width: float
    length: float
    fill: float
    convexity: float
    rim_before: float
    rim_after: float


def built(features: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Pixels that by their colour may be roof, concrete or asphalt, not plants, straw or bare soil."""
    red, blue = features[1], features[2]
    grey = (blue > _YELLOW) & (red + blue > -2.0 * _GREEN)
    bricks = [(red > reddest) & (blue > yellowest) for reddest, yellowest in _BRICK]
    return np.asarray(grey | bricks[0] | bricks[1], bool)


def disk(metres: float, resolution: float) -> NDArray[np.uint8]:
    """Round structuring element of the given radius, at least one pixel."""
    radius = max(1, round(metres / resolution))
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1)), np.uint8)


def tidy(mask: NDArray[np.bool_], resolution: float) -> NDArray[np.bool_]:
    """Specks and threads removed, gaps and holes of roof furniture closed."""
    out = cv2.morphologyEx(mask.view(np.uint8), cv2.MORPH_OPEN, disk(0.3, resolution))
    out = cv2.morphologyEx(out, cv2.MORPH_CLOSE, disk(0.7, resolution))
    out = fill_holes(np.asarray(out, np.uint8), _HUT_M2 / resolution**2)
    return cv2.morphologyEx(out, cv2.MORPH_OPEN, disk(0.75, resolution)) > 0


def fill_holes(mask: NDArray[np.uint8], largest: float) -> NDArray[np.uint8]:
    """Holes of up to ``largest`` pixels filled."""
    rings, tree = cv2.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    out = mask.copy()
    for i, ring in enumerate(rings):
        # The ring runs through the pixels around a hole; by Pick's theorem this many lie within.
        if tree[0, i, 3] >= 0 and cv2.contourArea(ring) - len(ring) / 2.0 + 1.0 <= largest:
            cv2.drawContours(out, [ring], 0, 1, cv2.FILLED)
    return out


def fine_chroma(date: NDArray[np.float32], grid: PixelGrid) -> NDArray[np.float32]:
    """Strength of colour contrasts finer than roof furniture; shadows leave it alone, rubble is full of it."""
    red, blue = (detail(channel, FINE_M, grid) for channel in date[1:])
    return np.asarray(cv2.magnitude(red, blue), np.float32)


def blobs(mask: NDArray[np.bool_], pair: Pair, smallest: float) -> list[Blob]:
    """Measured 4-connected pieces of ``mask`` of at least ``smallest`` m²."""
    resolution = pair.grid.resolution
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask.view(np.uint8), connectivity=4)
    margin = round(_MARGIN_M / resolution)
    found = []
    for label in range(1, count):
        x, y, w, h, pixels = (int(v) for v in stats[label])
        if pixels * resolution**2 < smallest:
            continue
        window = widen((slice(y, y + h), slice(x, x + w)), margin, mask.shape)
        found.append(measure(Spot(window, labels[window] == label), pair))
    return found


def measure(spot: Spot, pair: Pair) -> Blob:
    """The measures of one connected piece."""
    window, mask = spot.window, spot.mask
    resolution = pair.grid.resolution
    outline = _outline(mask)
    _, sides, _ = cv2.minAreaRect(outline)
    width, length = sorted(side + 1.0 for side in sides)
    pixels = int(mask.sum())
    hull = max(cv2.contourArea(cv2.convexHull(outline)) + cv2.arcLength(outline, True) / 2.0, 1.0)
    columns, rows = outline[:, 0, 0], outline[:, 0, 1]
    return Blob(
        spot,
        pixels * resolution**2,
        width * resolution,
        length * resolution,
        pixels / (width * length),
        pixels / hull,
        float(pair.edges_before[window][rows, columns].mean()),
        float(pair.edges_after[window][rows, columns].mean()),
    )


def _outline(mask: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Longest outer contour of a mask, (n, 1, 2) columns and rows."""
    contours, _ = cv2.findContours(mask.view(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    return np.asarray(max(contours, key=len), np.int32)
