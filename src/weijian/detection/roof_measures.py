"""What tells a roof from a road, a yard, a shadow or a crown: measures of all pieces of a mask at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

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
"""Without an archive, pieces whose colour moved less than this stood before; the trees hardly ever believe in them."""

_RING_M = 1.5
_SHARP = 0.4
_FELL = 0.45


@dataclass(frozen=True)
class Pieces:
    """Measured pieces of one mask: ``spots`` says where, row by row of ``table`` (pieces, NAMES)."""

    spots: tuple[Spot, ...]
    table: F32


_TURNED = {"after": "before", "before": "after"}


@dataclass(frozen=True)
class _Ground:
    """Both dates pixel by pixel: what is averaged over pieces, (pixels,) by name.

    ``light`` is brightness less that of the survey's middle.
    """

    fields: dict[str, NDArray[np.generic]]

    @classmethod
    def of(cls, sight: Sight) -> "_Ground":
        """What a sight shows."""
        pair = sight.pair
        fields = {
            "light_after": pair.after[0] - sight.middle_after, "red_after": pair.after[1], "blue_after": pair.after[2],
            "light_before": pair.before[0] - sight.middle_before, "red_before": pair.before[1],
            "blue_before": pair.before[2],
            "edges_after": np.minimum(pair.edges_after, np.float32(1.0)),
            "edges_before": np.minimum(pair.edges_before, np.float32(1.0)),
            "distance": pair.distance, "moved": pair.distance > MOVED,
            "built_after": sight.built_after, "built_before": sight.built_before,
        }  # fmt: skip
        return cls({name: field.ravel() for name, field in fields.items()})

    def turned(self) -> "_Ground":
        """The same with the dates exchanged."""
        return _Ground({_exchanged(name): field for name, field in self.fields.items()})

    def over(self, labels: NDArray[np.int32], count: int, ground: NDArray[np.bool_] | None = None) -> "_Zone":
        """What the pixels of each of ``count`` numbers but 0 add up to, of ``ground`` only where that is given."""
        flat = labels.ravel()
        places = np.flatnonzero(flat if ground is None else (flat > 0) & ground.ravel())
        numbers = flat[places]
        pixels = np.bincount(numbers, minlength=count)
        present = np.flatnonzero(pixels)
        in_order = places[np.argsort(numbers, kind="stable")]
        starts = np.cumsum(pixels[present]) - pixels[present]
        totals = {}
        for name, values in _multiplied({name: field[in_order] for name, field in self.fields.items()}).items():
            totals[name] = np.zeros(count)
            if present.size:
                totals[name][present] = np.add.reduceat(values, starts, dtype=np.float32)
        return _Zone(totals, pixels)


def _exchanged(name: str) -> str:
    """The name of a field with its date, where it has one, exchanged."""
    field, _, date = name.rpartition("_")
    return f"{field}_{_TURNED[date]}" if date in _TURNED else name


def _multiplied(fields: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """The fields, with squares (``2``) and products of the dates (``both``) of those that are correlated."""
    more: dict[str, NDArray[Any]] = {}
    for field in ("light", "edges"):
        after, before = fields[f"{field}_after"], fields[f"{field}_before"]
        more |= {f"{field}2_after": after * after, f"{field}2_before": before * before, f"{field}_both": after * before}
    return fields | more


@dataclass(frozen=True)
class _Zone:
    """Numbered pixels: sums (numbers,) of what lies there by name, and how many each number has."""

    totals: dict[str, F64]
    pixels: NDArray[np.intp]

    def __add__(self, other: "_Zone") -> "_Zone":
        totals = {name: total + other.totals[name] for name, total in self.totals.items()}
        return _Zone(totals, self.pixels + other.pixels)

    def of(self, numbers: NDArray[np.intp]) -> "_Zone":
        """Those numbers only, called 1, 2, ..."""
        chosen = np.concatenate([[0], numbers])
        return _Zone({name: total[chosen] for name, total in self.totals.items()}, self.pixels[chosen])

    def mean(self, name: str) -> F64:
        """Mean of a field by number."""
        return np.asarray(self.totals[name] / np.maximum(self.pixels, 1), np.float64)

    def deviation(self, field: str, date: str) -> F64:
        """Standard deviation by number."""
        square = self.mean(f"{field}2_{date}") - self.mean(f"{field}_{date}") ** 2
        return np.asarray(np.sqrt(np.maximum(square, 0.0)))

    def likeness(self, field: str) -> F64:
        """Correlation of the dates by number, drawn to 1 where neither varies."""
        shared = self.mean(f"{field}_both") - self.mean(f"{field}_after") * self.mean(f"{field}_before")
        return np.asarray((shared + 1e-4) / (self.deviation(field, "after") * self.deviation(field, "before") + 1e-4))


def measure(sight: Sight) -> tuple[Pieces, Pieces]:
    """Every candidate of the size of a building, measured: for a roof that came, and for one that went."""
    thin = sight.thinned()
    ground = _Ground.of(thin)
    back = sight.turned()
    came = _all_measured(ways_of_looking(sight), sight, thin, ground, _LEAST_DISTANCE)
    return came, _all_measured(ways_of_looking(back), back, thin.turned(), ground.turned(), _LEAST_DISTANCE)


def measure_masks(masks: Iterable[NDArray[np.bool_]], sight: Sight) -> Pieces:
    """The 4-connected pieces, of the size of a building, of masks on the working grid, for a roof that came."""
    thin = sight.thinned()
    return _all_measured(masks, sight, thin, _Ground.of(thin), 0.0)


def _all_measured(
    masks: Iterable[NDArray[np.bool_]], sight: Sight, thin: Sight, ground: _Ground, least_distance: float
) -> Pieces:
    parts = [_measured(mask, sight, thin, ground, least_distance) for mask in masks]
    return Pieces(tuple(s for part in parts for s in part.spots), np.concatenate([part.table for part in parts]))


def _measured(mask: NDArray[np.bool_], sight: Sight, thin: Sight, ground: _Ground, least_distance: float) -> Pieces:
    """The 4-connected pieces of a mask; ``thin`` and its ``ground`` are what their surfaces are averaged over."""
    resolution = sight.pair.grid.resolution
    count, numbered = cv2.connectedComponents(mask.view(np.uint8), connectivity=4, ltype=cv2.CV_32S)
    labels = np.asarray(numbered, np.int32)
    pixels = np.bincount(labels.ravel()[np.flatnonzero(mask)], minlength=count)  # to count the ground takes longest
    area = pixels * resolution**2
    keep = (area >= _AREA_M2[0]) & (area < _AREA_M2[1]) & (pixels >= _LEAST_PIXELS)
    rings = _rings(mask, labels, keep)
    shapes, boxes = _shapes(rings, pixels, resolution)
    numbers = np.fromiter(rings, np.intp, len(rings))
    likely = (
        (shapes[:, 0] >= _LEAST_WIDTH_M)
        & (shapes[:, 3] >= _LEAST_CONVEXITY)
        & (pixels[numbers] > _LEAST_FILL * boxes[:, 2] * boxes[:, 3])
    )
    coarse = _renumbered(labels[sight.thinning(thin)], numbers[likely], count)
    within = ground.over(coarse, int(likely.sum()) + 1)
    changed = within.mean("distance")[1:] >= least_distance
    if not changed.any():
        return Pieces((), np.zeros((0, len(NAMES)), np.float32))
    chosen = np.flatnonzero(likely)[changed]
    coarse = _renumbered(coarse, np.flatnonzero(changed) + 1, len(changed) + 1)
    numbers, shapes, boxes = numbers[chosen], shapes[chosen], boxes[chosen]
    table = [
        np.log(area[numbers])[:, None],
        np.log(pixels[numbers])[:, None],
        shapes,
        _rims([rings[number] for number in numbers.tolist()], sight),
        _surfaces(coarse, within.of(np.flatnonzero(changed) + 1), thin, ground),
    ]
    spots = tuple(_spot(labels, int(number), box) for number, box in zip(numbers, boxes, strict=True))
    return Pieces(spots, np.concatenate(table, axis=1).astype(np.float32))


def _renumbered(labels: NDArray[np.int32], numbers: NDArray[np.intp], count: int) -> NDArray[np.int32]:
    """``labels``, of ``count`` numbers, with those of ``numbers`` called 1, 2, ... and all others 0."""
    renumber = np.zeros(count, np.int32)
    renumber[numbers] = np.arange(1, len(numbers) + 1)
    return np.take(renumber, labels, mode="clip")


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


def _shapes(
    rings: dict[int, NDArray[np.int32]], pixels: NDArray[np.intp], resolution: float
) -> tuple[F64, NDArray[np.intp]]:
    """Width, aspect, fill and convexity by ring; upright boxes (x, y, width, height)."""
    out, boxes = np.zeros((len(rings), 4)), np.zeros((len(rings), 4), np.intp)
    for i, (number, ring) in enumerate(rings.items()):
        around = cv2.convexHull(ring)
        _, sides, _ = cv2.minAreaRect(around)
        width, length = sorted(side + 1.0 for side in sides)
        hull = max(cv2.contourArea(around) + cv2.arcLength(ring, True) / 2.0, 1.0)
        own = float(pixels[number])
        out[i] = width * resolution, length / width, own / (width * length), own / hull
        boxes[i] = cv2.boundingRect(ring)
    return out, boxes


def _rims(rings: Sequence[NDArray[np.int32]], sight: Sight) -> F64:
    """The four measures of the rim by ring."""
    columns, rows = np.concatenate(rings)[:, 0].T
    places = rows * sight.pair.grid.width + columns
    sizes = np.array([len(ring) for ring in rings])
    starts = np.cumsum(sizes) - sizes
    before, after = (edges.ravel()[places] for edges in (sight.pair.edges_before, sight.pair.edges_after))
    along = before, after, after > _SHARP, before > _SHARP
    return np.stack([np.add.reduceat(values.astype(np.float64), starts) / sizes for values in along], axis=1)


def _surfaces(labels: NDArray[np.int32], within: _Zone, sight: Sight, ground: _Ground) -> F64:
    """Measures by number, from 1, of what lies ``within`` the pieces, around and beside them."""
    count = len(within.pixels)
    wide = cv2.dilate(labels.astype(np.float32), disk(_RING_M, sight.pair.grid.resolution)).astype(np.int32)
    around = ground.over(wide, count, (labels == 0) & sight.pair.valid)
    both = within + around
    contrasts = []
    for date in ("after", "before"):
        step, red, blue = (within.mean(f"{f}_{date}") - around.mean(f"{f}_{date}") for f in ("light", "red", "blue"))
        contrasts += [step, np.hypot(red, blue)]
    columns = [
        within.mean("moved"),
        within.mean("distance"),
        within.mean("built_before"),
        within.mean("built_after"),
        around.mean("built_after"),
        within.mean("light_after"),
        within.deviation("light", "after"),
        within.deviation("light", "before"),
        *contrasts,
        both.likeness("edges"),
        both.likeness("light"),
        *_beside(labels, count, sight),
    ]
    return np.stack(columns, axis=1)[1:]


def _beside(labels: NDArray[np.int32], count: int, sight: Sight) -> tuple[F64, F64]:
    """Largest shares, over eight directions, of the strip a ring's width beyond each piece: lost light, is dark."""
    height, width = labels.shape
    after, before = sight.pair.after[0], sight.pair.before[0]
    flat, fell, dark = labels.ravel(), (after - before < -_FELL).ravel(), (after < sight.middle_after - DIM).ravel()
    reach = max(_RING_M / sight.pair.grid.resolution, 2.0)
    size = 2 * round(reach) + 1
    deep = cv2.erode((labels > 0).view(np.uint8), np.ones((size, size), np.uint8))
    rim = np.flatnonzero((flat > 0) & (deep.ravel() == 0))
    numbers = flat[rim]
    rows, columns = np.divmod(rim, width)
    most_fell, most_dark = np.zeros(count), np.zeros(count)
    for k in range(8):
        right, down = (round(reach * part) for part in (np.cos(np.pi / 4.0 * k), np.sin(np.pi / 4.0 * k)))
        seen = (rows + down >= 0) & (rows + down < height) & (columns + right >= 0) & (columns + right < width)
        there = rim[seen] + down * width + right
        outside = flat[there] == 0
        strip, owners = there[outside], numbers[seen][outside]
        pixels = np.maximum(np.bincount(owners, minlength=count), 1)
        most_fell = np.maximum(most_fell, np.bincount(owners[fell[strip]], minlength=count) / pixels)
        most_dark = np.maximum(most_dark, np.bincount(owners[dark[strip]], minlength=count) / pixels)
    return most_fell, most_dark
