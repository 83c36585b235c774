"""Tiles are drawn in the order of the newest wish, and kept as far as there is room."""

import pytest
from pyproj import CRS
from pytestqt.qtbot import QtBot

from gui.map.painted_ground import PaintedGround
from weijian.domain.errors import FileMissing
from weijian.qt.map.tile_loader import TileLoader, Wanted
from weijian.qt.map.tiles import TILE, Cell

GROUND = (0.0, 0.0, 1e6, 1e6)
TILE_BYTES = TILE * TILE * 4


@pytest.fixture
def loader(qapp):
    loader = TileLoader(CRS("EPSG:4549"), cache_bytes=4 * TILE_BYTES)
    yield loader
    loader.close()


def cells(*columns: int) -> list[Cell]:
    return [Cell(0, column, 0) for column in columns]


def column_of(grid) -> int:
    return round(grid.transform.c / TILE)


def test_what_is_no_longer_wanted_is_never_drawn(qtbot: QtBot, loader: TileLoader) -> None:
    source = PaintedGround(GROUND, seconds=0.05)
    loader.want([Wanted(source, cell) for cell in cells(*range(100))])
    loader.want([Wanted(source, cell) for cell in cells(500)])
    qtbot.waitUntil(lambda: loader.is_settled(Wanted(source, Cell(0, 500, 0))), timeout=2000)
    qtbot.wait(120)
    assert len(source.calls.grids) <= 4
    assert 500 in map(column_of, source.calls.grids)


def test_the_first_wanted_is_drawn_first(qtbot: QtBot, loader: TileLoader) -> None:
    source = PaintedGround(GROUND, seconds=0.02)
    loader.want([Wanted(source, cell) for cell in cells(7, 3, 9, 1)])
    qtbot.waitUntil(lambda: loader.is_settled(Wanted(source, Cell(0, 1, 0))), timeout=2000)
    assert column_of(source.calls.grids[3]) == 1


def test_no_tile_is_drawn_twice(qtbot: QtBot, loader: TileLoader) -> None:
    source = PaintedGround(GROUND, seconds=0.02)
    wanted = [Wanted(source, cell) for cell in cells(1, 2, 3)]
    loader.want(wanted)
    loader.want(wanted)
    qtbot.waitUntil(lambda: all(map(loader.is_settled, wanted)), timeout=2000)
    loader.want(wanted)
    qtbot.wait(60)
    assert len(source.calls.grids) == 3


def test_the_cache_is_bounded_and_keeps_what_is_in_use(qtbot: QtBot, loader: TileLoader) -> None:
    source = PaintedGround(GROUND)
    for column in range(4):
        loader.cache.put(source, Cell(0, column, 0), source.tile(Cell(0, column, 0).grid(CRS("EPSG:4549"))))
    loader.cache.hold([Wanted(source, Cell(0, 0, 0))], [])
    loader.cache.put(source, Cell(0, 9, 0), source.tile(Cell(0, 9, 0).grid(CRS("EPSG:4549"))))
    assert loader.cache.used_bytes == 4 * TILE_BYTES
    assert {cell.column for cell in loader.cache.of(source)} == {0, 2, 3, 9}


def test_tiles_of_forgotten_sources_give_their_room_back(loader: TileLoader) -> None:
    first, second = PaintedGround(GROUND), PaintedGround(GROUND, blue=9)
    for source in (first, second):
        loader.cache.put(source, Cell(0, 0, 0), source.tile(Cell(0, 0, 0).grid(CRS("EPSG:4549"))))
    loader.keep_only([second])
    assert loader.cache.used_bytes == TILE_BYTES
    assert loader.cache.of(first) == {}


def test_a_failure_is_told_and_not_tried_again(qtbot: QtBot, loader: TileLoader) -> None:
    source = PaintedGround(GROUND, error=FileMissing(path="x.tif"))
    wanted = [Wanted(source, Cell(0, 0, 0))]
    with qtbot.waitSignal(loader.failed, timeout=2000) as told:
        loader.want(wanted)
    assert told.args == [source, source.error]
    loader.want(wanted)
    qtbot.wait(50)
    assert len(source.calls.grids) == 1


def test_nothing_comes_after_closing(qtbot: QtBot, loader: TileLoader) -> None:
    source = PaintedGround(GROUND, seconds=0.05)
    loader.want([Wanted(source, cell) for cell in cells(*range(10))])
    loader.close()
    with qtbot.assertNotEmitted(loader.arrived, wait=150):
        pass
    assert len(source.calls.grids) <= 3


def test_spare_tiles_come_after_all_that_is_wanted_and_untold(qtbot: QtBot, loader: TileLoader) -> None:
    source = PaintedGround(GROUND, seconds=0.01)
    told: list[None] = []
    loader.arrived.connect(lambda: told.append(None))
    loader.want([Wanted(source, cell) for cell in cells(1, 2)], [Wanted(source, cell) for cell in cells(11, 12)])
    qtbot.waitUntil(lambda: len(loader.cache.of(source)) == 4, timeout=2000)
    asked = [column_of(grid) for grid in source.calls.grids]
    assert (set(asked[:2]), asked[2:]) == ({1, 2}, [11, 12])
    assert len(told) == 2


def test_spare_tiles_are_forgotten_with_the_view_they_belong_to(qtbot: QtBot, loader: TileLoader) -> None:
    source = PaintedGround(GROUND, seconds=0.03)
    loader.want([], [Wanted(source, cell) for cell in cells(11, 12, 13)])
    loader.want([Wanted(source, cell) for cell in cells(1)])
    qtbot.wait(150)
    assert {column_of(grid) for grid in source.calls.grids} == {11, 1}


def test_spare_tiles_take_no_more_than_the_room_that_is_left(qtbot: QtBot, loader: TileLoader) -> None:
    source = PaintedGround(GROUND)
    loader.want(
        [Wanted(source, cell) for cell in cells(1, 2)], [Wanted(source, cell) for cell in cells(*range(10, 30))]
    )
    qtbot.wait(150)
    assert {cell.column for cell in loader.cache.of(source)} == {1, 2, 10, 11}
    assert len(source.calls.grids) == 4


def test_a_fault_of_a_spare_tile_is_told_when_the_tile_is_wanted(qtbot: QtBot, loader: TileLoader) -> None:
    source = PaintedGround(GROUND, error=FileMissing(path="x.tif"))
    spare = [Wanted(source, cell) for cell in cells(1)]
    with qtbot.assertNotEmitted(loader.failed, wait=60):
        loader.want([], spare)
    assert source.calls.grids
    with qtbot.waitSignal(loader.failed, timeout=2000):
        loader.want(spare)


def test_what_is_on_the_screen_is_kept_even_where_it_is_more_than_the_cache(qtbot: QtBot, loader: TileLoader) -> None:
    source = PaintedGround(GROUND)
    wanted = [Wanted(source, cell) for cell in cells(*range(7))]
    loader.want(wanted)
    qtbot.waitUntil(lambda: all(map(loader.is_settled, wanted)), timeout=2000)
    loader.want(elsewhere := [Wanted(source, cell) for cell in cells(100)])
    qtbot.waitUntil(lambda: all(map(loader.is_settled, elsewhere)), timeout=2000)
    assert loader.cache.used_bytes == 4 * TILE_BYTES
