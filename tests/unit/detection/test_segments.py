"""Pieces cut by tiles are joined to what they were."""

import numpy as np
import pytest
from pyproj import CRS
from scipy import ndimage
from shapely import box

from weijian.detection.segments import Fragment, cut, merge
from weijian.domain.grid import PixelGrid

GRID = PixelGrid.over((40_500_000.3, 3_150_000.0, 40_500_060.3, 3_150_050.0), 0.1, CRS.from_epsg(4528))
BLOBS = ndimage.gaussian_filter(np.random.default_rng(0).normal(size=GRID.shape), 6) > 0.02


def in_tiles(size: int, halo: int = 7) -> list[Fragment]:
    padded = np.pad(BLOBS, halo)
    fragments = []
    for tile in GRID.tiles(size, halo):
        row = round((GRID.transform.f - tile.grid.transform.f) / 0.1) + halo
        column = round((tile.grid.transform.c - GRID.transform.c) / 0.1) + halo
        mask = padded[row : row + tile.grid.height, column : column + tile.grid.width]
        fragments += cut(mask, mask.astype(np.float32), tile)
    return fragments


@pytest.mark.parametrize("size", [97, 128, 300])
def test_joined_pieces_are_what_one_tile_gives(size: int) -> None:
    whole, joined = merge(in_tiles(1000)), merge(in_tiles(size))
    assert len(whole) == ndimage.label(BLOBS)[1]
    assert [s.polygon.equals(t.polygon) for s, t in zip(joined, whole, strict=True)] == [True] * len(whole)
    assert [s.weight for s in joined] == pytest.approx([t.weight for t in whole])
    assert all(s.polygon.geom_type == "Polygon" for s in joined)


def test_weight_is_the_sum_over_pixels() -> None:
    for segment in merge(in_tiles(128)):
        assert segment.weight == pytest.approx(segment.polygon.area / 0.01, rel=1e-3)


def test_the_order_of_fragments_does_not_matter() -> None:
    fragments = in_tiles(128)
    backwards = merge(reversed(fragments))
    assert all(s.polygon.equals(t.polygon) for s, t in zip(backwards, merge(fragments), strict=True))


def test_pieces_that_touch_at_a_corner_stay_apart() -> None:
    assert len(merge([Fragment(box(0, 0, 1, 1), 1.0), Fragment(box(1, 1, 2, 2), 1.0)])) == 2
    assert len(merge([Fragment(box(0, 0, 1, 1), 1.0), Fragment(box(1, 0.5, 2, 2), 1.0)])) == 1


def test_nested_pieces_and_pieces_around_a_hole_stay_what_they_are() -> None:
    ring = [box(0, 0, 10, 1), box(0, 9, 10, 10), box(0, 1, 1, 9), box(9, 1, 10, 9)]
    inner = [box(1, 1, 2, 2), box(4, 4, 6, 6)]  # the first shares walls with the ring, the second stands alone
    joined = merge([Fragment(one, 1.0, (one.area,)) for one in (*ring, *inner)])
    assert [(s.weight, s.evidence, len(s.polygon.interiors)) for s in joined] == [(5.0, (37.0,), 1), (1.0, (4.0,), 0)]


def test_corners_alone_do_not_join_a_chessboard() -> None:
    fields = [box(x, y, x + 1, y + 1) for x in range(6) for y in range(6) if (x + y) % 2]
    assert len(merge([Fragment(one, 1.0) for one in fields])) == len(fields)


def test_nothing_gives_nothing() -> None:
    assert merge([]) == []
    tile = next(GRID.tiles(64))
    assert cut(np.zeros(tile.grid.shape, bool), np.zeros(tile.grid.shape, np.float32), tile) == []
