"""Regular outlines keep the shape, the area and the right angles."""

import numpy as np
import pytest
import rasterio.features
import shapely.affinity
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import CRS
from scipy import ndimage
from shapely import Polygon, box, union_all

from weijian.detection.outlines import regularise
from weijian.domain.grid import PixelGrid

GRID = PixelGrid.over((0.0, 0.0, 40.0, 40.0), 0.2, CRS.from_epsg(4549))


def burnt(polygon: Polygon) -> np.ndarray:
    return rasterio.features.rasterize([polygon], GRID.shape, transform=GRID.transform).astype(bool)


def ragged(mask: np.ndarray, seed: int) -> np.ndarray:
    wobble = ndimage.gaussian_filter(np.random.default_rng(seed).normal(size=mask.shape), 2.0)
    field = ndimage.gaussian_filter(mask.astype(float), 1.2) + 0.15 * wobble / wobble.std()
    return np.asarray(ndimage.binary_opening(field > 0.5, iterations=2))


def iou(first: Polygon, second: Polygon) -> float:
    return first.intersection(second).area / first.union(second).area


def corners(polygon: Polygon) -> np.ndarray:
    """Angles at the vertices, degrees."""
    ring = np.array(polygon.exterior.coords)[:-1]
    back, ahead = np.roll(ring, 1, axis=0) - ring, np.roll(ring, -1, axis=0) - ring
    cosine = (back * ahead).sum(axis=1) / np.linalg.norm(back, axis=1) / np.linalg.norm(ahead, axis=1)
    return np.degrees(np.arccos(np.clip(cosine, -1, 1)))


@settings(max_examples=40, deadline=None)
@given(
    width=st.floats(4.0, 16.0),
    depth=st.floats(4.0, 12.0),
    angle=st.floats(0.0, 180.0),
    seed=st.integers(0, 10_000),
)
def test_a_ragged_rectangle_becomes_a_rectangle(width: float, depth: float, angle: float, seed: int) -> None:
    truth = shapely.affinity.rotate(box(20 - width / 2, 20 - depth / 2, 20 + width / 2, 20 + depth / 2), angle)
    outline = regularise(ragged(burnt(truth), seed), GRID)
    assert outline is not None
    assert outline.is_valid
    assert not outline.interiors
    assert iou(outline, truth) > 0.75
    assert outline.area == pytest.approx(truth.area, rel=0.2)


@pytest.mark.parametrize("angle", [0, 17, 45, 73])
@pytest.mark.parametrize(
    ("shape", "vertices"),
    [
        (box(14, 15, 26, 25), 4),
        (union_all([box(14, 15, 26, 20), box(14, 15, 19, 26)]), 6),
        (box(13, 15, 27, 26).difference(box(17, 20, 22, 26)), 8),
    ],
    ids=["rectangle", "L", "U"],
)
def test_right_angled_shapes_keep_their_form(shape: Polygon, vertices: int, angle: float) -> None:
    truth = shapely.affinity.rotate(shape, angle, origin=(20, 20))
    outline = regularise(burnt(truth), GRID)
    assert outline is not None
    assert len(outline.exterior.coords) - 1 == vertices
    assert corners(outline) == pytest.approx(90.0, abs=0.5)
    assert iou(outline, truth) > 0.93


def test_a_hexagon_is_not_forced_into_right_angles() -> None:
    truth = Polygon([(20 + 6 * np.cos(a), 20 + 6 * np.sin(a)) for a in np.radians(np.arange(0, 360, 60))])
    outline = regularise(burnt(truth), GRID)
    assert outline is not None
    assert iou(outline, truth) > 0.9


def test_holes_are_filled_and_small_pieces_left_out() -> None:
    mask = burnt(box(10, 10, 20, 18).difference(box(14, 13, 16, 15)).union(box(30, 30, 31, 31)))
    outline = regularise(mask, GRID)
    assert outline is not None
    assert iou(outline, box(10, 10, 20, 18)) > 0.95


def test_an_empty_mask_has_no_outline() -> None:
    assert regularise(np.zeros(GRID.shape, bool), GRID) is None


def test_a_single_pixel_has_a_valid_outline() -> None:
    mask = np.zeros(GRID.shape, bool)
    mask[100, 100] = True
    outline = regularise(mask, GRID)
    assert outline is None or outline.is_valid


def test_a_mask_at_the_edge_of_the_arrays_is_outlined_to_the_edge() -> None:
    mask = np.zeros(GRID.shape, bool)
    mask[:50, :60] = True
    outline = regularise(mask, GRID)
    assert outline is not None
    assert iou(outline, box(0, 30, 12, 40)) > 0.97
