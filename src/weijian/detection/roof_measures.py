"""What tells a roof from a road, a yard, a shadow or a crown: measures of all pieces of a mask at once."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from weijian.detection.roof_candidates import DIM, Sight, ways_of_looking
from weijian.detection.spectral_radiometry import MOVED
from weijian.detection.spectral_shapes import disk
from weijian.detection.spectral_spots import Spot

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]

NAMES = (
    "log_area", "log_pixels", "width", "aspect", "fill", "convexity",
    "rim_before", "rim_after", "sharp_after", "sharp_before",
    "moved", "distance", "built_before", "built_after", "built_around",
    "brightness", "texture_after", "texture_before",
    "contrast_after", "colour_contrast_after", "contrast_before", "colour_contrast_before",
    "likeness_edges", "likeness", "fell_beside", "dark_beside",
)  # fmt: skip
"""Columns of a table of measures. Lengths in metres, brightness and colour in log units, the rest shares from 0 to 1.

``rim`` is the mean strength of edges along the outline, ``sharp`` the share of it with a strong edge; ``moved`` the
share of changed colour and ``distance`` how far it changed; ``contrast`` inside less a ring around; ``likeness`` the
correlation of the two dates over the piece and its ring, of edges and of brightness; ``fell_beside`` and
``dark_beside`` the largest share, over eight directions, of the strip just beyond the piece that lost the light of a
shadow or lies in one.
"""

_AREA_M2 = (8.0, 2500.0)
_LEAST_PIXELS = 30
_LEAST_WIDTH_M = 2.0
_LEAST_FILL = 0.2
"""Pieces that cover less of their upright box are nets of roads and rims of fields."""

_LEAST_CONVEXITY = 0.65
"""Pieces that cover less of their hull are branches of crowns and forks of roads."""

_LEAST_DISTANCE = 0.05
"""Pieces whose colour moved less than this stood before; the trees hardly ever believe in them."""

_RING_M = 1.5
_SHARP = 0.4
_FELL = 0.45


@dataclass(frozen=True)
class Pieces:
    """Measured pieces of one mask: ``spots`` says where, row by row of ``table`` (pieces, NAMES)."""

    spots: tuple[Spot, ...]
    table: F32


@dataclass(frozen=True)
class _Zone:
    """Numbered pixels, from which means by number are taken: flat places, the number at each, how many of each."""

    places: NDArray[np.intp]
    numbers: NDArray[np.intp]
    counts: F64

    @classmethod
    def of(cls, places: NDArray[np.intp], numbers: NDArray[np.integer], count: int) -> "_Zone":
        own = numbers.astype(np.intp)
        return cls(places, own, np.maximum(np.bincount(own, minlength=count), 1).astype(np.float64))

    def mean(self, field: NDArray[np.generic]) -> F64:
        """Mean of a field (rows, columns) by number."""
        return self.share(field.ravel()[self.places])

    def deviation(self, field: F32) -> F64:
        """Standard deviation by number."""
        return self._deviation(field.ravel()[self.places])

    def likeness(self, one: F32, other: F32) -> F64:
        """Correlation by number, drawn to 1 where neither varies."""
        first, second = one.ravel()[self.places], other.ravel()[self.places]
        shared = self.share(first * second) - self.share(first) * self.share(second)
        return np.asarray((shared + 1e-4) / (self._deviation(first) * self._deviation(second) + 1e-4))

    def share(self, values: NDArray[np.generic]) -> F64:
        """Mean of values at the zone's own places by number."""
        return np.asarray(np.bincount(self.numbers, values, len(self.counts)) / self.counts)

    def _deviation(self, values: F32) -> F64:
        return np.asarray(np.sqrt(np.maximum(self.share(values * values) - self.share(values) ** 2, 0.0)))


def measure(sight: Sight) -> Pieces:
    """Every candidate of a sight that has the size of a building, measured."""
    thin = sight.thinned()
    parts = [_measured(mask, sight, thin) for mask in ways_of_looking(sight)]
    return Pieces(tuple(s for part in parts for s in part.spots), np.concatenate([part.table for part in parts]))


def _measured(mask: NDArray[np.bool_], sight: Sight, thin: Sight) -> Pieces:
    """The 4-connected pieces of a mask; ``thin`` is what their surfaces are averaged over."""
    resolution = sight.pair.grid.resolution
    count, numbered = cv2.connectedComponents(mask.view(np.uint8), connectivity=4, ltype=cv2.CV_32S)
    labels = np.asarray(numbered, np.int32)
    pixels = np.bincount(labels.ravel(), minlength=count)
    area = pixels * resolution**2
    keep = (area >= _AREA_M2[0]) & (area < _AREA_M2[1]) & (pixels >= _LEAST_PIXELS)
    keep[0] = False
    rings = _rings(mask, labels, keep)
    shapes, boxes = _shapes(rings, pixels, sight)
    kept = np.fromiter(rings, np.intp, len(rings))
    usable = np.flatnonzero(
        (shapes[:, 0] >= _LEAST_WIDTH_M)
        & (shapes[:, 3] >= _LEAST_CONVEXITY)
        & (pixels[kept] > _LEAST_FILL * boxes[:, 2] * boxes[:, 3])
    )
    step = thin.pair.factor // sight.pair.factor
    coarse = np.ascontiguousarray(labels[::step, ::step])
    usable = usable[_changed(coarse, count, thin)[kept[usable]]]
    if not usable.size:
        return Pieces((), np.zeros((0, len(NAMES)), np.float32))
    kept, shapes, boxes = kept[usable], shapes[usable], boxes[usable]
    renumber = np.zeros(count, np.int32)
    renumber[kept] = np.arange(1, len(kept) + 1)
    surfaces = _surfaces(np.take(renumber, coarse, mode="clip"), len(kept) + 1, thin)[1:]
    sizes = np.stack([np.log(area[kept]), np.log(pixels[kept])], axis=1)
    spots = tuple(_spot(labels, int(number), box) for number, box in zip(kept, boxes, strict=True))
    return Pieces(spots, np.concatenate([sizes, shapes, surfaces], axis=1).astype(np.float32))


def _spot(labels: NDArray[np.int32], number: int, box: NDArray[np.intp]) -> Spot:
    x, y, width, height = (int(v) for v in box)
    window = slice(y, y + height), slice(x, x + width)
    return Spot(window, labels[window] == number)


def _rings(mask: NDArray[np.bool_], labels: NDArray[np.int32], keep: NDArray[np.bool_]) -> dict[int, NDArray[np.int32]]:
    """Longest outline, (n, 1, 2) columns and rows, of each number to be kept; in order of the numbers."""
    outlines, tree = cv2.findContours(mask.view(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    longest: dict[int, NDArray[np.int32]] = {}
    for i, outline in enumerate(outlines):
        number = int(labels[outline[0, 0, 1], outline[0, 0, 0]])
        if keep[number] and tree[0, i, 3] < 0 and (number not in longest or len(outline) > len(longest[number])):
            longest[number] = np.asarray(outline, np.int32)
    return dict(sorted(longest.items()))


def _changed(labels: NDArray[np.int32], count: int, sight: Sight) -> NDArray[np.bool_]:
    """Whether enough of each number changed its colour to be worth measuring."""
    places = np.flatnonzero(labels)
    within = _Zone.of(places, labels.ravel()[places], count)
    return np.asarray(within.mean(sight.pair.distance) > _LEAST_DISTANCE)


def _shapes(
    rings: dict[int, NDArray[np.int32]], pixels: NDArray[np.intp], sight: Sight
) -> tuple[F64, NDArray[np.intp]]:
    """Width, aspect, fill, convexity and the four measures of the rim by ring; upright boxes (x, y, width, height)."""
    out, boxes = np.zeros((len(rings), 8)), np.zeros((len(rings), 4), np.intp)
    if not rings:
        return out, boxes
    resolution = sight.pair.grid.resolution
    edges = sight.pair.edges_before, sight.pair.edges_after
    for i, (number, ring) in enumerate(rings.items()):
        _, sides, _ = cv2.minAreaRect(ring)
        width, length = sorted(side + 1.0 for side in sides)
        hull = max(cv2.contourArea(cv2.convexHull(ring)) + cv2.arcLength(ring, True) / 2.0, 1.0)
        own = float(pixels[number])
        out[i, :4] = width * resolution, length / width, own / (width * length), own / hull
        boxes[i] = cv2.boundingRect(ring)
    points = np.concatenate(list(rings.values()))[:, 0]
    sizes = np.array([len(ring) for ring in rings.values()])
    starts = np.cumsum(sizes) - sizes
    before, after = (field[points[:, 1], points[:, 0]] for field in edges)
    along = before, after, after > _SHARP, before > _SHARP
    sums = [np.add.reduceat(values.astype(np.float64), starts) / sizes for values in along]
    out[:, 4:] = np.stack(sums, axis=1)
    return out, boxes


def _surfaces(labels: NDArray[np.int32], count: int, sight: Sight) -> F64:
    """Measures of what lies within the pieces, around and beside them; row 0 is of no piece."""
    pair = sight.pair
    wide = cv2.dilate(labels.astype(np.float32), disk(_RING_M, pair.grid.resolution)).astype(np.int32).ravel()
    inner, outer = labels.ravel(), np.flatnonzero(wide)
    ring = outer[(inner[outer] == 0) & pair.valid.ravel()[outer]]
    core = np.flatnonzero(inner)
    within, around, both = (
        _Zone.of(places, numbers[places], count) for places, numbers in ((core, inner), (ring, wide), (outer, wide))
    )
    contrasts = []
    for date in (pair.after, pair.before):
        step, red, blue = (within.mean(channel) - around.mean(channel) for channel in date)
        contrasts += [step, np.hypot(red, blue)]
    columns = [
        within.mean(pair.distance > MOVED),
        within.mean(pair.distance),
        within.mean(sight.built_before),
        within.mean(sight.built_after),
        around.mean(sight.built_after),
        within.mean(pair.after[0]) - sight.middle_after,
        within.deviation(pair.after[0]),
        within.deviation(pair.before[0]),
        *contrasts,
        both.likeness(*(np.minimum(edges, np.float32(1.0)) for edges in (pair.edges_after, pair.edges_before))),
        both.likeness(pair.after[0], pair.before[0]),
        *_beside(labels, count, sight),
    ]
    return np.stack(columns, axis=1)


def _beside(labels: NDArray[np.int32], count: int, sight: Sight) -> tuple[F64, F64]:
    """Largest shares, over eight directions, of the strip a ring's width beyond each piece: lost light, is dark."""
    height, width = labels.shape
    flat, later, earlier = labels.ravel(), sight.pair.after[0].ravel(), sight.pair.before[0].ravel()
    reach = max(_RING_M / sight.pair.grid.resolution, 2.0)
    size = 2 * round(reach) + 1
    deep = cv2.erode((labels > 0).view(np.uint8), np.ones((size, size), np.uint8))
    rim = np.flatnonzero((flat > 0) & (deep.ravel() == 0))
    numbers = flat[rim]
    rows, columns = np.divmod(rim, width)
    fell, dark = np.zeros(count), np.zeros(count)
    for k in range(8):
        right, down = (round(reach * part) for part in (np.cos(np.pi / 4.0 * k), np.sin(np.pi / 4.0 * k)))
        there = rim + down * width + right
        seen = (rows + down >= 0) & (rows + down < height) & (columns + right >= 0) & (columns + right < width)
        seen[seen] = flat[there[seen]] == 0
        strip = _Zone.of(there[seen], numbers[seen], count)
        brightness = later[strip.places]
        fell = np.maximum(fell, strip.share(brightness - earlier[strip.places] < -_FELL))
        dark = np.maximum(dark, strip.share(brightness < sight.middle_after - DIM))
    return fell, dark
