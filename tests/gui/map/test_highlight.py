"""What is selected glows."""

import pytest
import shapely
from PySide6.QtGui import QColor

from gui.map.outlined_ground import EAST, NORTH, box
from weijian.qt.map.highlight import Highlight
from weijian.qt.map.map_view import MapView


@pytest.fixture
def highlight(ground_map) -> Highlight:
    highlight = Highlight()
    ground_map.add_overlay(highlight)
    return highlight


def at(canvas, x: float, y: float) -> QColor:
    return canvas.picture().pixelColor(canvas.frame.to_screen(EAST + x, NORTH + y).toPoint())


def glows(colour: QColor) -> bool:
    return colour.hsvSaturation() > 60 and 170 < colour.hsvHue() < 210


def test_the_edge_glows_and_the_inside_is_left_as_it_is(ground_map, highlight):
    clear = at(ground_map, 0, 0)
    highlight.show_outline(box(-40, -30, 40, 30))
    assert glows(at(ground_map, 40, 0))
    assert glows(at(ground_map, 0, -30))
    assert at(ground_map, 0, 0) == clear
    assert at(ground_map, 60, 0) == clear


@pytest.mark.parametrize("pixel_m", [0.1, 0.5, 4.0])
def test_the_glow_is_as_wide_at_every_zoom(ground_map, highlight, pixel_m):
    ground_map.set_view(MapView(EAST, NORTH, pixel_m))
    highlight.show_outline(box(0, -400, 400, 400))
    picture = ground_map.picture()
    row = [picture.pixelColor(x, 150) for x in range(150, 250)]
    wide = sum(colour != row[0] for colour in row)
    assert 10 <= wide <= 14


def test_rings_and_parts_glow_too(ground_map, highlight):
    holed = shapely.Polygon(box(-80, -60, 0, 60).exterior, [box(-60, -20, -20, 20).exterior])
    highlight.show_outline(shapely.MultiPolygon([holed, box(40, 20, 80, 60)]))
    assert glows(at(ground_map, -20, 0))
    assert glows(at(ground_map, 80, 40))
    assert not glows(at(ground_map, -40, 0))


def test_nothing_is_shown_when_nothing_is_selected(ground_map, highlight):
    clear = ground_map.picture()
    highlight.show_outline(box(-40, -30, 40, 30))
    assert ground_map.picture() != clear
    highlight.show_outline(None)
    assert ground_map.picture() == clear
