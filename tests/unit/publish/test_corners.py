import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPolygon, Point, Polygon, affinity, box

from weijian.publish.corners import corner_points


def test_numbering_starts_north_west_and_runs_clockwise():
    corners = corner_points([box(500_000, 3_150_000, 500_010, 3_150_004)])
    assert [(c.label, c.easting, c.northing, c.side_m) for c in corners] == [
        ("J1", 500_000, 3_150_004, 10),
        ("J2", 500_010, 3_150_004, 4),
        ("J3", 500_010, 3_150_000, 10),
        ("J4", 500_000, 3_150_000, 4),
    ]


def test_holes_and_parts_go_on_counting_as_rings_of_their_own():
    yard = Polygon(box(0, 0, 20, 20).exterior, [box(8, 8, 12, 12).exterior])
    corners = corner_points([MultiPolygon([yard, box(30, 0, 40, 10)])])
    assert [c.label for c in corners] == [f"J{i}" for i in range(1, 13)]
    assert [c.ring for c in corners] == [1] * 4 + [2] * 4 + [3] * 4


@given(
    sides=st.integers(3, 30),
    radius=st.floats(2, 50),
    turn=st.floats(0, 360),
    reverse=st.booleans(),
)
def test_sides_add_up_to_the_perimeter_and_numbers_stand_outside(sides: int, radius: float, turn: float, reverse: bool):
    ring = [
        (radius * math.cos(2 * math.pi * i / sides), radius * math.sin(2 * math.pi * i / sides)) for i in range(sides)
    ]
    shape = affinity.translate(affinity.rotate(Polygon(ring[::-1] if reverse else ring), turn), 500_000, 3_000_000)
    corners = corner_points([shape])
    assert len(corners) == sides
    assert sum(c.side_m for c in corners) == pytest.approx(shape.length)
    for c in corners:
        assert not shape.contains(Point(c.easting + 0.01 * c.outward[0], c.northing + 0.01 * c.outward[1]))


def test_numbers_of_a_hole_stand_in_the_hole():
    yard = Polygon(box(0, 0, 20, 20).exterior, [box(8, 8, 12, 12).exterior])
    for corner in corner_points([yard])[4:]:
        assert not yard.contains(Point(corner.easting + corner.outward[0], corner.northing + corner.outward[1]))
