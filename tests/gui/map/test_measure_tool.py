"""Lengths and areas measured by clicks are those of the ellipsoid."""

import pytest
from pyproj import Geod, Transformer
from PySide6.QtCore import Qt

from gui.map.outlined_ground import EAST, GROUND, NORTH
from weijian.qt.map.measure_tool import MeasureTool, Quantity

CORNERS = ((-50, -40), (50, -40), (50, 35))


@pytest.fixture
def take(ground_map):
    """Take the tool in hand; answers it and what it says."""

    def take(quantity: Quantity) -> tuple[MeasureTool, list[str]]:
        tool, hints = MeasureTool(quantity, GROUND), []
        ground_map.hint.connect(hints.append)
        ground_map.set_tool(tool)
        return tool, hints

    return take


def degrees(points):
    to_degrees = Transformer.from_crs(GROUND, GROUND.geodetic_crs, always_xy=True)
    return to_degrees.transform(*zip(*points, strict=True))


def test_a_length_is_that_of_the_ellipsoid(hand, take):
    tool, hints = take(Quantity.LENGTH)
    for x, y in CORNERS:
        hand.click(x, y)
    assert tool.points == tuple((EAST + x, NORTH + y) for x, y in CORNERS)
    expected = Geod(ellps="GRS80").line_length(*degrees(tool.points))
    assert tool.value.ellipsoidal == pytest.approx(expected, abs=1e-4)
    hand.key(Qt.Key.Key_Return)
    assert f"{expected:.2f} m" in hints[-1]


def test_an_area_is_that_of_the_ellipsoid(hand, take):
    tool, hints = take(Quantity.AREA)
    for x, y in CORNERS:
        hand.click(x, y)
    expected = abs(Geod(ellps="GRS80").polygon_area_perimeter(*degrees(tool.points))[0])
    assert tool.value.ellipsoidal == pytest.approx(expected, rel=1e-7)
    assert tool.value.plane == pytest.approx(100 * 75 / 2)
    hand.key(Qt.Key.Key_Return)
    assert f"{expected:,.1f} m²" in hints[-1]
    assert f"{expected * 3 / 2000:,.3f} mu" in hints[-1]


def test_a_double_click_sets_the_last_point_and_ends(hand, ground_map, take):
    tool, _ = take(Quantity.LENGTH)
    hand.click(-50, 0)
    hand.double_click(50, 0)
    assert len(tool.points) == 2
    assert tool.value.plane == pytest.approx(100)
    assert ground_map.view.pixel_m == 0.5, "the map did not zoom in"
    hand.click(0, 40)
    assert tool.points == ((EAST, NORTH + 40),), "the next click begins another line"


def test_backspace_takes_points_back_and_escape_all(hand, take):
    tool, hints = take(Quantity.LENGTH)
    for x, y in CORNERS:
        hand.click(x, y)
    hand.key(Qt.Key.Key_Backspace)
    assert len(tool.points) == 2
    hand.key(Qt.Key.Key_Escape)
    assert tool.points == ()
    assert hints[-1] == "Click the first point"


def test_keys_that_are_not_the_tools_move_the_map(hand, ground_map, take):
    take(Quantity.LENGTH)
    hand.key(Qt.Key.Key_Right)
    assert ground_map.view.x == EAST + 50


def test_the_rubber_line_follows_and_says_the_length(hand, sketch, take):
    tool, _ = take(Quantity.LENGTH)
    hand.click(-50, 0)
    hand.move(0, 0)
    hand.move(50, 0)
    drawn = sketch()
    assert drawn.lines[0].points[-1] == (EAST + 50, NORTH)
    assert drawn.lines[0].dashed
    assert "100.0" in drawn.words[-1].text
    assert len(tool.points) == 1


def test_panning_while_measuring_keeps_the_points(hand, ground_map, take):
    tool, _ = take(Quantity.LENGTH)
    hand.click(-50, 0)
    hand.drag((0, 0), (20, 10), (40, 20))
    assert tool.points == ((EAST - 50, NORTH),)
    assert ground_map.view.x == EAST - 40


def test_an_area_is_closed_and_filled(hand, ground_map, sketch, take):
    take(Quantity.AREA)
    for x, y in CORNERS:
        hand.click(x, y)
    (line,) = sketch().lines
    assert line.points[0] == line.points[-1]
    assert line.fill
    picture = ground_map.picture()
    inside, outside = hand.at(30, -20), hand.at(-60, 20)
    assert picture.pixelColor(inside) != picture.pixelColor(outside)


def test_a_tool_put_away_leaves_nothing_on_the_map(hand, ground_map, take):
    clear = ground_map.picture()
    tool, hints = take(Quantity.AREA)
    for x, y in CORNERS:
        hand.click(x, y)
    assert ground_map.picture() != clear
    ground_map.set_tool(None)
    assert ground_map.picture() == clear
    assert tool.points == ()
    assert hints[-1] == ""


def test_both_values_are_said_only_where_they_differ(ground_map):
    tool = MeasureTool(Quantity.LENGTH, GROUND)
    near = ((38_500_000.0, NORTH), (38_500_100.0, NORTH))  # on the central meridian
    far = ((38_500_000.0 + 150_000, NORTH), (38_500_100.0 + 150_000, NORTH))
    assert tool.said(near) == "100.00 m"
    assert tool.said(far).splitlines()[1] == "Plane length 100.00 m"
    assert tool.said(far).startswith("Ellipsoidal length 99.97")
