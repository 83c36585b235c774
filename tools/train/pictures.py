"""Pictures of a made-up place: both dates drawn, lit and photographed, with the truth of what stood."""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray
from village.canvas import F32, Canvas
from village.light import Flight, expose
from village.paint_roofs import paint_building
from village.paint_things import FLAT_KINDS, paint_thing
from village.paint_trees import paint_tree
from village.scene import Tree

from train.ground import paint_ground
from train.places import Place, draw_place

SIDE = 320
"""Pixels along a picture."""
FINER = 1.5
"""Cells of the painting along a pixel; a whole number of them along a picture."""


@dataclass(frozen=True)
class Example:
    """One pair of pictures.

    ``before``, ``after``: (3, SIDE, SIDE) uint8. ``truth``: (3, SIDE, SIDE) bool: building before, building after,
    changed (came, went, or another building on its ground).
    """

    before: NDArray[np.uint8]
    after: NDArray[np.uint8]
    truth: NDArray[np.bool_]


def draw_example(seed: int) -> Example:
    """The pair of a seed; the same seed gives the same pair."""
    rng = np.random.default_rng([seed, 2])
    pixel = float(rng.uniform(0.38, 0.65))
    place = draw_place(seed, SIDE * pixel)
    season = int(rng.integers(2)), int(rng.integers(2))
    pictures = []
    for date in (0, 1):
        canvas = Canvas(0.0, 0.0, place.layout.size, place.layout.size, pixel / FINER)
        _paint(canvas, place, date, season[date])
        pictures.append(_photograph(canvas, _weather(rng), seed * 2 + date, rng))
    before, after = (_standing(canvas, place, date) for date in (0, 1))
    changed = (before != after) | _other(canvas, place)
    return Example(pictures[0], pictures[1], np.stack([_smaller(m) for m in (before, after, changed)]))


def _paint(canvas: Canvas, place: Place, date: int, season: int) -> None:
    """Everything of a date, from the ground up."""
    paint_ground(canvas, place.layout, place.ground[date], place.wild[date], (place.seed, date))
    for thing in sorted(place.things, key=lambda t: t.kind not in FLAT_KINDS):
        paint_thing(canvas, thing, date)
    for building in place.buildings:
        paint_building(canvas, building, date)
    for tree in place.trees:
        paint_tree(canvas, _in_season(tree, date), season)


def _in_season(tree: Tree, date: int) -> Tree:
    """The tree of a date under the colours of any season."""
    radius, height, bare = tree.radius[date], tree.height[date], tree.bare[date]
    return replace(tree, radius=(radius, radius), height=(height, height), bare=(bare, bare))


def _weather(rng: np.random.Generator) -> Flight:
    """Sun, sky and camera of a flight."""
    warm = float(rng.uniform(-0.1, 0.12))
    strength = float(rng.choice([1.0, 0.75, 0.35], p=[0.75, 0.18, 0.07]))
    sun = (strength * (1.0 + warm), strength * 0.94, strength * (0.86 - warm))
    soft = float(rng.uniform(0.8, 1.3)) + (1.0 - strength) * 1.5
    sky = (0.22 * soft, 0.27 * soft, 0.33 * soft)
    return Flight(
        "", float(rng.uniform(0, 360)), float(rng.uniform(24, 72)), sun, sky, float(rng.uniform(0.65, 1.05)),
        float(rng.uniform(0.0, 0.5)), float(rng.uniform(0.55, 1.1)), float(rng.uniform(0.0, 0.06)),
        float(rng.uniform(0.05, 0.45)), float(rng.uniform(1.0, 6.0)),
    )  # fmt: skip


def _photograph(canvas: Canvas, flight: Flight, seed: int, rng: np.random.Generator) -> NDArray[np.uint8]:
    """The picture a coarser camera takes of the canvas."""
    picture = expose(canvas, flight, seed)
    picture = cv2.GaussianBlur(picture, (0, 0), max(0.3, flight.blur_m / canvas.cell))
    small: F32 = cv2.resize(picture, (SIDE, SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
    sharp = small + float(rng.uniform(0, 0.9)) * (small - cv2.GaussianBlur(small, (0, 0), 1.2))
    grain = flight.grain * rng.standard_normal(sharp.shape[:2])[..., None]
    return np.clip(np.rint(sharp + grain), 0, 255).astype(np.uint8).transpose(2, 0, 1)


def _standing(canvas: Canvas, place: Place, date: int) -> NDArray[np.bool_]:
    """Cells under the buildings of a date."""
    out = np.zeros(canvas.shape, bool)
    for building in place.buildings:
        for block in building.blocks(date):
            _burn(canvas, block.outline, out)
    return out


def _other(canvas: Canvas, place: Place) -> NDArray[np.bool_]:
    """Cells under buildings that were replaced by another."""
    out = np.zeros(canvas.shape, bool)
    for building in place.buildings:
        if building.before and building.after and building.after[0].seed != building.before[0].seed:
            for block in (*building.before, *building.after):
                _burn(canvas, block.outline, out)
    return out


def _burn(canvas: Canvas, outline: object, out: NDArray[np.bool_]) -> None:
    got = canvas.mask(outline)  # type: ignore[arg-type]
    if got is not None:
        rows, cols, cover = got
        out[rows, cols] |= cover > 0.5


def _smaller(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The mask on the picture's pixels."""
    return cv2.resize(mask.view(np.uint8) * 255, (SIDE, SIDE), interpolation=cv2.INTER_AREA) > 127
