"""Lengths and areas against reckoning on the ellipsoid itself."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS, Geod, Transformer

from weijian.domain.measuring import M2_PER_MU, Measured, Surveyor

GEOD = Geod(ellps="GRS80")
NAMES = ("EPSG:4549", "EPSG:4526", "EPSG:32650")  # 120 degrees, 39 zones with the number before, UTM
SURVEYORS = {name: Surveyor(CRS(name)) for name in NAMES}
PLACES = {name: Transformer.from_crs(CRS(name).geodetic_crs, CRS(name), always_xy=True) for name in NAMES}
CENTRE = {"EPSG:4549": 120.0, "EPSG:4526": 114.0, "EPSG:32650": 117.0}

offset = st.floats(-1.4, 1.4)
latitude = st.floats(20.0, 45.0)


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_a_short_line_is_as_long_as_its_geodesic(name, data):
    longitude, north = CENTRE[name] + data.draw(offset), data.draw(latitude)
    azimuth, metres = data.draw(st.floats(0, 360)), data.draw(st.floats(1, 2000))
    east_2, north_2, _ = GEOD.fwd(longitude, north, azimuth, metres)
    ends = [PLACES[name].transform(*at) for at in ((longitude, north), (east_2, north_2))]
    measured = SURVEYORS[name].length(ends)
    assert measured.ellipsoidal == pytest.approx(metres, rel=1e-6, abs=1e-3)
    assert measured.plane == pytest.approx(math.dist(*ends))


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_an_area_is_that_of_the_ground(name, data):
    longitude, north = CENTRE[name] + data.draw(offset), data.draw(latitude)
    corners = [
        GEOD.fwd(longitude, north, azimuth, data.draw(st.floats(20, 500)))[:2] for azimuth in (0, 72, 144, 216, 288)
    ]
    ground = abs(GEOD.polygon_area_perimeter(*zip(*corners, strict=True))[0])
    measured = SURVEYORS[name].area([PLACES[name].transform(*corner) for corner in corners])
    assert measured.ellipsoidal == pytest.approx(ground, rel=1e-6)


def test_a_long_line_is_straight_in_the_plane():
    ends = [(380_000.0, 3_300_000.0), (620_000.0, 3_300_000.0)]
    to_degrees = Transformer.from_crs("EPSG:4549", CRS("EPSG:4549").geodetic_crs, always_xy=True)
    fine = [(380_000.0 + 10.0 * n, 3_300_000.0) for n in range(24_001)]
    expected = GEOD.line_length(*to_degrees.transform(*zip(*fine, strict=True)))
    assert SURVEYORS["EPSG:4549"].length(ends).ellipsoidal == pytest.approx(expected, abs=1e-3)


def test_the_way_round_and_the_closing_point_make_no_difference():
    surveyor = SURVEYORS["EPSG:4549"]
    ring = [(500_000.0, 3_300_000.0), (500_100.0, 3_300_000.0), (500_100.0, 3_300_080.0), (500_000.0, 3_300_080.0)]
    area = surveyor.area(ring)
    assert area.plane == pytest.approx(8000)
    for other in (ring[::-1], [*ring, ring[0]], ring[2:] + ring[:2]):
        assert surveyor.area(other).ellipsoidal == pytest.approx(area.ellipsoidal, rel=1e-9)


@pytest.mark.parametrize("count", [0, 1])
def test_too_few_points_have_no_length(count):
    assert SURVEYORS["EPSG:4549"].length([(500_000.0, 3_300_000.0)] * count) == Measured(0.0, 0.0)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_too_few_points_have_no_area(count):
    points = [(500_000.0, 3_300_000.0), (500_010.0, 3_300_000.0)]
    assert SURVEYORS["EPSG:4549"].area(points[:count]) == Measured(0.0, 0.0)


def test_points_on_one_spot_measure_nothing():
    assert SURVEYORS["EPSG:4549"].length([(500_000.0, 3_300_000.0)] * 3) == Measured(0.0, 0.0)
    assert SURVEYORS["EPSG:4549"].area([(500_000.0, 3_300_000.0)] * 3) == Measured(0.0, 0.0)


corner = st.tuples(st.sampled_from((500_000.0, 500_010.0, 500_020.0)), st.sampled_from((3_300_000.0, 3_300_010.0)))


@given(st.lists(corner, max_size=7))
def test_any_clicks_can_be_measured(points):
    surveyor = SURVEYORS["EPSG:4549"]
    assert surveyor.length(points).plane == pytest.approx(sum(map(math.dist, points[:-1], points[1:])))
    shoelace = sum((u - x) * (y + v - 6.6e6) / 2 for (x, y), (u, v) in pairwise([*points, *points[:1]]))
    area = surveyor.area(points)
    assert area.plane == pytest.approx(abs(shoelace), abs=1e-6)
    assert area.ellipsoidal == pytest.approx(area.plane, rel=1e-4, abs=0.01)


@pytest.mark.parametrize(
    ("ellipsoidal", "plane", "differ"),
    [(0.0, 0.0, False), (1000.0, 1000.04, False), (1000.0, 1000.06, True), (1000.06, 1000.0, True)],
)
def test_when_it_matters_which_is_meant(ellipsoidal, plane, differ):
    assert Measured(ellipsoidal, plane).differ is differ


def test_three_mu_are_two_thousand_square_metres():
    assert pytest.approx(2000) == 3 * M2_PER_MU
