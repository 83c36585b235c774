"""Shapes of changed patches of colour: what could be a roof and what cannot."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from weijian.detection.spectral_radiometry import Pair, detail
from weijian.detection.spectral_spots import Spot
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

_DIVIDES = 0.5
"""Edges stronger than this part a roof from the field around it."""


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
    out = fill_holes(np.asarray(out, np.uint8), 20.0 / resolution**2)
    return cv2.morphologyEx(out, cv2.MORPH_OPEN, disk(0.75, resolution)) > 0


def fill_holes(mask: NDArray[np.uint8], largest: float) -> NDArray[np.uint8]:
    """Holes of up to ``largest`` pixels filled."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(1 - mask, connectivity=4)
    small = stats[:, cv2.CC_STAT_AREA] <= largest
    height, width = mask.shape
    x, y, w, h = (stats[:, i] for i in range(4))
    inside = (x > 0) & (y > 0) & (x + w < width) & (y + h < height)
    fill = small & inside
    fill[0] = False
    return np.asarray(mask | fill[labels], np.uint8) if count > 1 else mask


def gradient(features: NDArray[np.float32]) -> NDArray[np.float32]:
    """Strength of edges, mostly in chroma so that shadow borders count less."""
    total = np.zeros(features.shape[1:], np.float32)
    for channel, weight in zip(features, (0.3, 1.0, 1.0), strict=True):
        total += weight * cv2.magnitude(cv2.Sobel(channel, cv2.CV_32F, 1, 0), cv2.Sobel(channel, cv2.CV_32F, 0, 1))
    return total


def parts(blob: Blob, pair: Pair, smallest: float) -> list[Blob]:
    """The pieces of a blob that strong edges of the later image divide it into."""
    resolution = pair.grid.resolution
    edges = gradient(pair.after[:, blob.spot.window[0], blob.spot.window[1]]) > _DIVIDES
    core = cv2.morphologyEx((blob.spot.mask & ~edges).view(np.uint8), cv2.MORPH_OPEN, disk(0.5, resolution))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(core, connectivity=4)
    found = []
    for label in range(1, count):
        if stats[label, cv2.CC_STAT_AREA] * resolution**2 < 0.4 * smallest:
            continue
        piece = cv2.dilate((labels == label).view(np.uint8), disk(0.5, resolution)) > 0
        piece = fill_holes((piece & blob.spot.mask).view(np.uint8), 20.0 / resolution**2) > 0
        if piece.sum() * resolution**2 >= smallest:
            found.append(measure(Spot(blob.spot.window, piece), pair))
    return found


def fine_chroma(date: NDArray[np.float32], grid: PixelGrid) -> NDArray[np.float32]:
    """Strength of colour contrasts finer than roof furniture; shadows leave it alone, rubble is full of it."""
    red, blue = (detail(channel, FINE_M, grid) for channel in date[1:])
    return np.asarray(cv2.magnitude(red, blue), np.float32)


def blobs(mask: NDArray[np.bool_], pair: Pair, smallest: float) -> list[Blob]:
    """Measured 4-connected pieces of ``mask`` of at least ``smallest`` m²."""
    resolution = pair.grid.resolution
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask.view(np.uint8), connectivity=4)
    margin = round(3.0 / resolution)
    found = []
    for label in range(1, count):
        x, y, w, h, pixels = (int(v) for v in stats[label])
        if pixels * resolution**2 < smallest:
            continue
        window = (
            slice(max(0, y - margin), min(mask.shape[0], y + h + margin)),
            slice(max(0, x - margin), min(mask.shape[1], x + w + margin)),
        )
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
    before, after = (date[:, window[0], window[1]] for date in (pair.before, pair.after))
    return Blob(
        spot,
        pixels * resolution**2,
        width * resolution,
        length * resolution,
        pixels / (width * length),
        pixels / hull,
        float(gradient(before)[rows, columns].mean()),
        float(gradient(after)[rows, columns].mean()),
    )


def _outline(mask: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Longest outer contour of a mask, (n, 1, 2) columns and rows."""
    contours, _ = cv2.findContours(mask.view(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    return np.asarray(max(contours, key=len), np.int32)


def darkened_side(blob: Blob, pair: Pair) -> float:
    """Best share, over eight directions, of the strip just beyond the blob that lost the light of a shadow."""
    window, mask = blob.spot.window, blob.spot.mask
    darker = pair.after[0][window] - pair.before[0][window] < -0.45
    reach = 1.5 / pair.grid.resolution
    best = 0.0
    for k in range(8):
        angle = np.pi / 4.0 * k
        shift = np.array([[1, 0, reach * np.cos(angle)], [0, 1, reach * np.sin(angle)]], np.float32)
        moved = cv2.warpAffine(mask.view(np.uint8), shift, mask.shape[::-1], flags=cv2.INTER_NEAREST) > 0
        strip = moved & ~mask
        if strip.any():
            best = max(best, float(darker[strip].mean()))
    return best
