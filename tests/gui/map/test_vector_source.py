"""Outlines are drawn where they are, whole across tiles, and found again under the pointer."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import shapely
from PySide6.QtGui import QColor, QImage

from gui.map.outlined_ground import EAST, NORTH, box, colour_at, outlines, pixels_of, ring, source, tile
from weijian.domain.change_set import Part
from weijian.domain.finding import ChangeType
from weijian.domain.zone import ZoneKind
from weijian.qt.map.outline_painter import OutlinePainter
from weijian.qt.map.vector_source import Shapes, VectorSource

pytestmark = pytest.mark.usefixtures("qapp")


def is_clear(colour: QColor) -> bool:
    return colour.alpha() == 0


def joined(drawn: VectorSource, west: float, south: float, side_m: float, pixels: int = 64) -> np.ndarray:
    """Four tiles put together."""
    half = side_m / 2
    rows = [[pixels_of(tile(drawn, west + x, south + y, half, pixels // 2)) for x in (0, half)] for y in (half, 0)]
    return np.block(rows)


def alpha(pixels: np.ndarray) -> np.ndarray:
    return (pixels >> 24).astype(np.int16)


def test_an_outline_is_filled_where_it_is_and_clear_elsewhere():
    picture = tile(source(Part.FINDINGS, box(16, 32, 48, 56), change_type=(ChangeType.NEW,)), 0, 0, 64)
    inside = colour_at(picture, 32, 44, 64)
    assert inside.alpha() == pytest.approx(0x40, abs=2)
    assert inside.red() > 200
    assert inside.green() < 60
    for x, y in ((4, 44), (60, 44), (32, 20), (32, 62)):
        assert is_clear(colour_at(picture, x, y, 64))


def test_the_line_is_on_the_edge():
    picture = tile(source(Part.FINDINGS, box(16, 16, 48, 48), change_type=(ChangeType.NEW,)), 0, 0, 64)
    for x, y in ((16, 32), (48, 32), (32, 16), (32, 48)):
        edge = colour_at(picture, x - 0.1, y - 0.1, 64)
        assert edge.alpha() > 200
        assert edge.red() > 200


def test_a_hole_stays_clear():
    holed = ring((4, 4), (60, 4), (60, 60), (4, 60), holes=[[(20, 20), (44, 20), (44, 44), (20, 44)]])
    for turned in (holed, shapely.reverse(holed), shapely.orient_polygons(holed)):
        picture = tile(source(Part.FINDINGS, turned, change_type=(ChangeType.NEW,)), 0, 0, 64)
        assert is_clear(colour_at(picture, 32, 32, 64))
        assert not is_clear(colour_at(picture, 12, 32, 64))


def test_ground_under_two_outlines_is_filled_whichever_way_they_turn():
    one, other = box(4, 4, 40, 60), shapely.reverse(box(24, 4, 60, 60))
    picture = tile(source(Part.FINDINGS, one, other, change_type=(ChangeType.NEW,) * 2), 0, 0, 64)
    assert not is_clear(colour_at(picture, 32, 32, 64))


def test_parts_of_one_outline_are_all_drawn():
    parts = shapely.MultiPolygon([box(4, 4, 20, 20), box(40, 40, 60, 60)])
    picture = tile(source(Part.FINDINGS, parts, change_type=(ChangeType.NEW,)), 0, 0, 64)
    assert not is_clear(colour_at(picture, 12, 12, 64))
    assert not is_clear(colour_at(picture, 50, 50, 64))
    assert is_clear(colour_at(picture, 30, 30, 64))


def test_each_outline_has_the_colour_of_its_class():
    drawn = source(
        Part.FINDINGS, box(4, 4, 28, 60), box(36, 4, 60, 60), change_type=(ChangeType.NEW, ChangeType.DEMOLISHED)
    )
    picture = tile(drawn, 0, 0, 64)
    new, demolished = colour_at(picture, 16, 32, 64), colour_at(picture, 48, 32, 64)
    assert new.red() > new.blue()
    assert demolished.blue() > demolished.red()


def _curved() -> shapely.Polygon:
    around = np.linspace(0, 2 * np.pi, 700, endpoint=False)
    reach = 40 + 6 * np.sin(7 * around)
    return ring(*zip(64 + reach * np.cos(around), 64 + reach * np.sin(around), strict=True))


@pytest.mark.parametrize(
    ("part", "shapes", "classes"),
    [
        (Part.FINDINGS, (box(20, 20, 110, 100),), {"change_type": (ChangeType.NEW,)}),
        (Part.FINDINGS, (box(20, 20, 110, 100),), {"change_type": (ChangeType.RAISED,)}),
        (Part.ZONES, (_curved(),), {"kind": (ZoneKind.KEY,)}),
        (Part.FINDINGS, (box(58, 58, 61, 61),), {"change_type": (ChangeType.NEW,)}),
        (Part.BUILDINGS, (box(58, 58, 61, 61), box(10, 59, 12, 62)), {}),
    ],
    ids=["plain", "hatched", "curved and cross-hatched", "mark", "blocks"],
)
def test_tiles_meet_without_a_seam(part, shapes, classes):  # only dashes do not: Qt counts them from a tile's edge
    drawn = source(part, *shapes, **classes)
    whole = pixels_of(tile(drawn, 0, 0, 120, 120))
    assert alpha(whole).any()
    pieces = joined(drawn, 0, 0, 120, 120)
    differences = np.abs(whole.view(np.uint8).astype(int) - pieces.view(np.uint8).astype(int))
    assert differences.max() <= 2


def test_labels_meet_without_a_seam():
    drawn = source(Part.FINDINGS, box(10, 10, 54, 54), change_type=(ChangeType.NEW,))
    plain = pixels_of(tile(source(Part.ZONES, box(10, 10, 54, 54), kind=(ZoneKind.KEY,)), 0, 0, 64, 256))
    whole, pieces = pixels_of(tile(drawn, 0, 0, 64, 256)), joined(drawn, 0, 0, 64, 256)
    middle = whole[118:138, 100:156]
    assert (alpha(middle) > 220).any(), "a label is there"
    assert (alpha(plain[118:138, 100:156]) < 220).any()
    assert np.abs(whole.view(np.uint8).astype(int) - pieces.view(np.uint8).astype(int)).max() <= 2


def test_the_smallest_outlines_leave_a_pixel_each():
    spots = [(x, y) for x in range(2, 62, 6) for y in range(2, 62, 6)]
    drawn = source(Part.BUILDINGS, *(box(x + 0.4, y + 0.4, x + 0.6, y + 0.6) for x, y in spots))
    picture = tile(drawn, 0, 0, 64)
    assert np.count_nonzero(alpha(pixels_of(picture))) == len(spots)
    assert all(not is_clear(colour_at(picture, x + 0.5, y + 0.5, 64)) for x, y in spots)


def test_findings_too_small_to_see_are_marked():
    drawn = source(Part.FINDINGS, box(400, 400, 401, 401), change_type=(ChangeType.NEW,))
    picture = tile(drawn, 0, 0, 1024)
    marked = np.argwhere(alpha(pixels_of(picture)) > 128)
    assert 4 <= np.ptp(marked[:, 0]) <= 10
    assert marked.mean(axis=0) == pytest.approx([63 - 400.5 / 16 + 0.5, 400.5 / 16 - 0.5], abs=1)


def test_empty_ground_is_clear():
    drawn = source(Part.BUILDINGS, box(0, 0, 10, 10))
    assert not alpha(pixels_of(tile(drawn, 5000, 5000, 64))).any()
    nothing = source(Part.BUILDINGS)
    assert nothing.bounds is None
    assert not alpha(pixels_of(tile(nothing, 0, 0, 64))).any()
    assert nothing.hits(EAST, NORTH, 5.0) == []


def test_what_vanishes_by_leaving_vertices_out_does_no_harm():
    thin = ring(*[(x, 10.0) for x in range(40)], *[(x, 10.01) for x in range(39, -1, -1)])
    drawn = source(Part.BUILDINGS, thin, box(44, 4, 60, 20))
    assert not is_clear(colour_at(tile(drawn, 0, 0, 64), 50, 12, 64))


def _coast(vertices: int) -> shapely.Polygon:
    """A zone of some kilometres whose edge has a vertex every few centimetres."""
    around = np.linspace(0, 2 * np.pi, vertices, endpoint=False)
    reach = 3000 + np.random.default_rng(3).normal(0, 0.3, vertices)
    return ring(*zip(reach * np.cos(around), reach * np.sin(around), strict=True))


def test_a_very_intricate_zone_is_cut_to_its_tile(monkeypatch):
    drawn = source(Part.ZONES, _coast(150_000), kind=(ZoneKind.FREEZE,))
    vertices: list[int] = []
    paint = OutlinePainter.outlines

    def counted(painter, geometry, codes, usual_px):
        vertices.append(shapely.get_num_coordinates(geometry).sum())
        paint(painter, geometry, codes, usual_px)

    monkeypatch.setattr(OutlinePainter, "outlines", counted)
    edge = tile(drawn, 2984, -16, 32, 512)
    inside = tile(drawn, 0, 0, 32, 512)
    assert max(vertices) < 2000
    left, right = alpha(pixels_of(edge))[:, :150], alpha(pixels_of(edge))[:, 400:]
    assert left.any()
    assert not right.any()
    frame = alpha(pixels_of(inside)).copy()
    frame[8:-8, 8:-8] = 0
    assert frame.max() < 200, "no line where the outline was cut off"


def test_intricate_zones_meet_without_a_seam():
    solid = source(Part.ZONES, _coast(150_000), kind=(ZoneKind.KEY,))
    whole, pieces = pixels_of(tile(solid, 2992, -8, 16, 256)), joined(solid, 2992, -8, 16, 256)
    assert alpha(whole).any()
    assert np.abs(alpha(whole) - alpha(pieces)).max() <= 8


def test_lines_and_marks_grow_with_the_screens_pixels():
    shapes = Shapes(outlines(Part.FINDINGS, box(400, 400, 401, 401), change_type=(ChangeType.NEW,)))
    one, two = (np.count_nonzero(alpha(pixels_of(tile(VectorSource(shapes, "", s), 0, 0, 1024)))) for s in (1.0, 2.0))
    assert two > 3 * one


def test_sources_are_equal_when_they_draw_the_same():
    shapes = Shapes(outlines(Part.BUILDINGS, box(0, 0, 10, 10)))
    assert VectorSource(shapes, "plain") == VectorSource(shapes, "plain")
    assert hash(VectorSource(shapes, "plain")) == hash(VectorSource(shapes, "plain"))
    assert VectorSource(shapes, "plain") != VectorSource(shapes, "storeys")
    assert VectorSource(shapes) != VectorSource(Shapes(shapes.outlines))


def test_the_bounds_are_those_of_all():
    drawn = source(Part.BUILDINGS, box(0, 5, 10, 15), box(100, -20, 110, 0))
    assert drawn.bounds == (EAST, NORTH - 20, EAST + 110, NORTH + 15)
    assert drawn.finest_m is None


@pytest.mark.parametrize(
    ("x", "y", "tolerance", "found"),
    [
        (50, 50, 0.0, [1, 0]),  # the smaller one first
        (5, 5, 0.0, [0]),
        (-1, 50, 2.0, [0]),  # beside it, but near
        (-1, 50, 0.5, []),
        (39, 50, 2.0, [0, 1]),  # in the large one, beside the small one
        (150, 50, 5.0, []),
    ],
)
def test_what_is_under_the_pointer_is_found(x, y, tolerance, found):
    drawn = source(Part.BUILDINGS, box(0, 0, 100, 100), box(40, 40, 60, 60))
    assert drawn.hits(EAST + x, NORTH + y, tolerance) == found


def test_a_hole_is_not_under_the_pointer():
    holed = ring((0, 0), (60, 0), (60, 60), (0, 60), holes=[[(20, 20), (40, 20), (40, 40), (20, 40)]])
    assert source(Part.ZONES, holed, kind=(ZoneKind.KEY,)).hits(EAST + 30, NORTH + 30, 2.0) == []


def test_workers_draw_the_same_as_one():
    drawn = source(Part.FINDINGS, *(box(x, x, x + 9, x + 9) for x in range(0, 120, 12)), change_type=(None,) * 10)
    spots = [(x, y) for x in range(0, 128, 32) for y in range(0, 128, 32)] * 4
    alone: list[QImage] = [tile(drawn, x, y, 32) for x, y in spots]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda spot: tile(drawn, *spot, 32), spots))
    assert together == alone
