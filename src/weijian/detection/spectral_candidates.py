"""Ground beside archived buildings that may now carry something built: found in several ways, measured, judged.

A new roof that is painted or tiled changes the colour of its ground; one of concrete on a concrete yard changes only
its brightness, its edges and what lies in its shadow. So ground is looked at in several ways at once, every connected
piece is a candidate, and trees that were learned on drawn villages judge them all by the same measures.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from weijian.detection import roof_measures
from weijian.detection.patch import Patch
from weijian.detection.roof_candidates import Sight, see
from weijian.detection.roof_measures import Pieces, measure_masks
from weijian.detection.roof_rule import rule_of_thumb
from weijian.detection.sightings import Sighting, likeliest_wholes
from weijian.detection.spectral_radiometry import MOVED, Conditions, Pair
from weijian.detection.spectral_shade import Shade
from weijian.detection.spectral_shapes import disk, tidy
from weijian.detection.spectral_spots import Spot
from weijian.detection.spectral_sun import burn, cast, heights_on
from weijian.detection.trees import Trees
from weijian.domain.finding import ChangeType

F32 = NDArray[np.float32]
Mask = NDArray[np.bool_]

_BY_ARCHIVE = ("shade_fell", "attached", "expected_shade", "darker_part", "dim")

NAMES = (*roof_measures.NAMES, *_BY_ARCHIVE, "rule")
"""Columns of a table of measures: those of any roof, and what the archive adds to them.

``shade_fell`` is the share of a shed's shadow that fell (-1 where none could be seen), ``attached`` the share of the
outline that is an archived wall, ``expected_shade`` the share that lies in the shadow of archived buildings, and
``darker_part`` the log brightness of its darker quarter; ``dim`` how far it is from light and colour of its own (0 to
1, and 0 where the sun is not known): shade that moved, or a bare crown; ``rule`` is what
:mod:`weijian.detection.roof_rule` says.
"""

DIGITISING_M = 0.4
"""Archived outlines and roofs in imagery agree to about this."""

_WALL_M = 0.6
"""What is no farther than this from where an archived wall may be stands against it."""

_EAVES_M = 2.8
"""Height of the lowest structures worth finding."""

_FAINT = 0.06
"""Change of log chroma that may be one of surface, or what is left of a shadow."""

_STEPS = ((0.1, 0.5), (0.2, 0.75))
"""Changes of log brightness, and the radius in metres of the opening that frees them of specks."""

_SHADED = -0.6
"""Ground that lost more light than this lies in shade."""

_CALM = 0.35
_DIVIDES = 0.5
"""Edges weaker than the first lie within a roof; stronger than the second they part it from what joins it."""

_LARGEST_EXTENSION_M2 = 60.0
"""What stands against an archived wall and is larger is a house of its own."""

_SHARED_WALL_M = 2.0

_GREY = 0.1
"""A surface of less chroma has no colour of its own."""

_DIM = 0.25
"""A grey surface darker by this (log brightness) than halfway into shade is shade that moved, or a bare crown."""


@dataclass(frozen=True)
class Scene:
    """What a patch shows: both dates made comparable, its shadows, and where archived buildings stand.

    ``walls`` are archived footprints, ``expected`` ground in the shade that they cast at the later date; both
    (rows, columns) of the working grid. ``half_lit`` is the log brightness halfway between ground in the sun and in
    shade; None when the sun is not known.
    """

    sight: Sight
    shade: Shade
    walls: Mask
    expected: Mask
    half_lit: float | None

    @classmethod
    def of(cls, patch: Patch, conditions: Conditions) -> "Scene | None":
        """The scene of a patch; None when it lacks an image or is too small."""
        sight = see(patch, conditions)
        if sight is None:
            return None
        grid = sight.pair.grid
        heights = heights_on(patch.footprints, grid)
        sun = conditions.sun
        expected = np.zeros(heights.shape, bool) if sun is None else cast(heights, sun, grid.resolution)
        shade = Shade(sight.pair, conditions, heights)
        walls = burn([f.outline for f in patch.footprints], grid)
        return cls(sight, shade, walls, expected, None if sun is None else sun.half)

    @property
    def pair(self) -> Pair:
        """Both dates on the working grid."""
        return self.sight.pair

    @property
    def beside(self) -> Mask:
        """Ground clear of archived walls."""
        if not self.walls.any():
            return np.ones(self.walls.shape, bool)
        return ~(cv2.dilate(self.walls.view(np.uint8), disk(DIGITISING_M, self.pair.grid.resolution)) > 0)


def appeared(scene: Scene) -> Mask:
    """Ground beside the archived buildings whose colour changed to something built."""
    return _coloured(scene, scene.beside, MOVED)


def came(scene: Scene, trees: Trees, least: float) -> list[Sighting]:
    """Roofs beside the archived buildings that came with at least that likelihood, the likeliest first.

    The trees learned in sunlight, where a roof without a shadow is paving. Where no shadows could be read, on an
    overcast day or beside an archive without heights, the rule speaks alone.
    """
    pieces = measure(scene)
    if scene.half_lit is None:
        probabilities = 1.0 / (1.0 + np.exp(-pieces.table[:, NAMES.index("rule")].astype(np.float64)))
    else:
        probabilities = trees.probabilities(pieces.table)
    return likeliest_wholes(pieces.spots, probabilities, least, scene.walls.shape)


def measure(scene: Scene) -> Pieces:
    """Every candidate of the size of a building; the table's columns are ``NAMES``."""
    pieces = measure_masks(_ways_of_looking(scene), scene.sight)
    table = np.concatenate([pieces.table, _by_archive(pieces.spots, scene)], axis=1)
    return Pieces(pieces.spots, _with_rule(table))


def _with_rule(table: F32) -> F32:
    """A table of all measures but the last, with it."""
    rule = rule_of_thumb(dict(zip(NAMES, table.T.astype(np.float64), strict=False)))
    return np.column_stack([table, rule]).astype(np.float32)


def kind_of(spot: Spot, scene: Scene) -> ChangeType:
    """New, or an extension of an archived building."""
    small = float(spot.mask.sum()) * scene.pair.grid.pixel_area < _LARGEST_EXTENSION_M2
    attached = _shared_wall(spot, scene) > _SHARED_WALL_M
    return ChangeType.EXTENDED if small and attached else ChangeType.NEW


def _ways_of_looking(scene: Scene) -> Iterator[Mask]:
    """Masks whose pieces are candidates."""
    pair, beside, resolution = scene.pair, scene.beside, scene.pair.grid.resolution
    ground = scene.sight.built_after & beside
    calm = pair.edges_after <= _DIVIDES
    for change in (MOVED, _FAINT):
        coloured = _coloured(scene, beside, change)
        yield coloured
        yield _opened(coloured & calm, 0.5, resolution)
    step = pair.after[0] - pair.before[0]
    for change, radius in _STEPS:
        yield _opened(ground & (np.abs(step) > change) & (step > _SHADED), radius, resolution)
    yield _opened(tidy(ground & (pair.edges_after < _CALM), resolution) & beside, 1.2, resolution)


def _coloured(scene: Scene, beside: Mask, change: float) -> Mask:
    """Ground whose colour moved by more than ``change`` to something built."""
    resolution = scene.pair.grid.resolution
    mask = tidy((scene.pair.distance > change) & scene.sight.built_after & beside, resolution)
    return _opened(mask & beside, 0.75, resolution)


def _opened(mask: Mask, metres: float, resolution: float) -> Mask:
    return np.asarray(cv2.morphologyEx(mask.view(np.uint8), cv2.MORPH_OPEN, disk(metres, resolution)) > 0, bool)


def _by_archive(spots: Sequence[Spot], scene: Scene) -> F32:
    """The measures that the archive adds, (spots, _BY_ARCHIVE)."""
    light, resolution = scene.pair.after[0] - scene.sight.middle_after, scene.pair.grid.resolution
    out = np.empty((len(spots), len(_BY_ARCHIVE)), np.float32)
    for row, spot in zip(out, spots, strict=True):
        fell = scene.shade.appeared(spot, _EAVES_M)
        around = 4.0 * np.sqrt(spot.mask.sum()) * resolution
        attached = _shared_wall(spot, scene) / around
        expected = scene.expected[spot.window][spot.mask].mean()
        darker = np.percentile(light[spot.window][spot.mask], 25)
        row[:] = -1.0 if fell is None else fell, attached, expected, darker, _dimness(spot, scene)
    return out


def _dimness(spot: Spot, scene: Scene) -> float:
    """How far (0 to 1) a spot is from light and colour of its own; 0 where the sun is not known."""
    if scene.half_lit is None:
        return 0.0
    brightness, red, blue = np.median(scene.pair.after[(slice(None), *spot.window)][:, spot.mask], axis=1)
    grey = math.hypot(red, blue) < _GREY
    return min(1.0, max(0.0, scene.half_lit - float(brightness)) / _DIM) if grey else 0.0


def _shared_wall(spot: Spot, scene: Scene) -> float:
    """Metres of archived wall that a spot stands against."""
    resolution = scene.pair.grid.resolution
    reach = disk(DIGITISING_M + _WALL_M, resolution)
    wide = spot.widened(len(reach) // 2 + 1, scene.walls.shape)
    near = cv2.dilate(wide.mask.view(np.uint8), reach) > 0
    return float((near & scene.walls[wide.window]).sum()) * resolution**2 / _WALL_M
