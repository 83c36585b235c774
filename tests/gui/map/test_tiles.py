"""The arithmetic of the tile pyramid."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pyproj import CRS

from weijian.domain.grid import Bounds
from weijian.qt.map.tiles import COARSEST, FINEST, TILE, Cell, cells_over, ring_cells, visible_cells, wanted_level

levels = st.integers(FINEST, COARSEST)
places = st.integers(-(10**6), 10**7)
cells = st.builds(Cell, levels, places, places)
eastings = st.floats(100_000, 45_000_000)
northings = st.floats(0, 6_000_000)


@given(cells, st.integers(1, 8))
def test_an_ancestor_covers_its_descendant(cell: Cell, up: int) -> None:
    left, bottom, right, top = cell.bounds
    outer = cell.ancestor(up).bounds
    assert outer[0] <= left
    assert outer[1] <= bottom
    assert outer[2] >= right
    assert outer[3] >= top


@given(cells, st.integers(1, 8))
def test_the_part_of_an_ancestor_is_the_same_ground(cell: Cell, up: int) -> None:
    ancestor = cell.ancestor(up)
    column, row, side = cell.within(ancestor)
    pixel = ancestor.side_m / TILE
    left, _, _, top = ancestor.bounds
    assert (left + column * pixel, top - row * pixel) == (cell.bounds[0], cell.bounds[3])
    assert side * pixel == cell.side_m


@given(cells)
def test_children_are_where_their_parent_is(cell: Cell) -> None:
    assert {child.ancestor(1) for child in cell.children} == {cell}
    assert len(set(cell.children)) == 4


@given(cells)
def test_the_grid_covers_exactly_the_cell(cell: Cell) -> None:
    assert cell.grid(CRS("EPSG:4549")).bounds == cell.bounds


@given(eastings, northings, st.floats(1, 3000), st.floats(1, 3000), levels)
def test_tiles_cover_a_box_without_overlap(x: float, y: float, width: float, height: float, level: int) -> None:
    side = TILE * 2.0**level
    assume(width / side < 40 and height / side < 40)
    box: Bounds = (x, y, x + width, y + height)
    found = list(cells_over(box, level))
    assert len(set(found)) == len(found)
    columns, rows = {cell.column for cell in found}, {cell.row for cell in found}
    assert len(found) == len(columns) * len(rows)
    assert min(columns) * side <= x
    assert (max(columns) + 1) * side >= box[2]
    assert min(rows) * side <= y
    assert (max(rows) + 1) * side >= box[3]
    for cell in found:
        left, bottom, right, top = cell.bounds
        assert left < box[2]
        assert right > box[0]
        assert bottom < box[3]
        assert top > box[1]


@given(st.floats(0.002, 2000))
def test_a_tile_is_drawn_neither_much_wider_nor_much_narrower_than_the_screen(pixel_m: float) -> None:
    assert 0.63 <= 2.0 ** wanted_level(pixel_m, None) / pixel_m <= 1.28


@given(st.floats(0.002, 2000), st.floats(0.01, 5))
def test_no_tile_is_finer_than_there_is_to_show(pixel_m: float, finest_m: float) -> None:
    assert 2.0 ** wanted_level(pixel_m, finest_m) > finest_m / 2


def test_a_pixel_as_fine_as_the_file_is_read_in_full() -> None:
    assert 2.0 ** wanted_level(0.001, 0.05) <= 0.05


def test_the_middle_comes_first() -> None:
    view = (0.0, 0.0, 5120.0, 5120.0)
    found = visible_cells(view, view, 0)
    assert set(found[:4]) == {Cell(0, c, r) for c in (4, 5) for r in (4, 5)}
    assert len(found) == 100


@pytest.mark.parametrize("content", [None, (9000.0, 0.0, 9100.0, 100.0)])
def test_where_nothing_is_no_tile_is_wanted(content: Bounds | None) -> None:
    assert visible_cells((0.0, 0.0, 100.0, 100.0), content, 0) == ()


def test_the_ring_lies_around_the_visible_tiles() -> None:
    view, content = (600.0, 600.0, 1500.0, 1500.0), (0.0, 0.0, 1e5, 1e5)
    assert set(visible_cells(view, content, 0)) == {Cell(0, c, r) for c in (1, 2) for r in (1, 2)}
    ring = ring_cells(view, content, 0)
    assert set(ring) == {Cell(0, c, r) for c in range(4) for r in range(4)} - set(visible_cells(view, content, 0))
    assert len(ring) == 12
    assert ring[-1] in {Cell(0, c, r) for c in (0, 3) for r in (0, 3)}
    assert set(ring_cells(view, (600.0, 600.0, 1100.0, 1100.0), 0)) == set()
