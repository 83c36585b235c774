import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS, Transformer

from weijian.domain.evidence import Evidence, EvidenceKind
from weijian.services.photo_matching import View, nearest_buildings, views_of

CRS_4549 = CRS.from_epsg(4549)
NORTH_HOUSE, EAST_HOUSE = shapely.box(-5, 20, 5, 30), shapely.box(12, -5, 22, 5)
OUTLINES = np.array([NORTH_HOUSE, EAST_HOUSE], dtype=object)


def shown(view, distance_m=30.0):
    return nearest_buildings([view], ["N", "E"], OUTLINES, distance_m)[0]


def test_without_direction_the_nearest_counts():
    assert shown(View(0, 0)) == "E"
    assert shown(View(0, 0), 10.0) is None
    assert shown(None) is None


@pytest.mark.parametrize(("bearing", "expected"), [(0.0, "N"), (350.0, "N"), (90.0, "E"), (180.0, None), (270.0, None)])
def test_a_camera_shows_what_it_looks_at(bearing, expected):
    assert shown(View(0, 0, bearing)) == expected


def test_a_drone_looks_down_ahead():
    assert shown(View(0, -75, 0.0, -45.0, 100.0)) == "N"
    assert shown(View(17, 0, None, -90.0, 100.0), 5.0) == "E"
    assert shown(View(0, 25, 0.0, -5.0, 100.0)) == "N"


@given(st.floats(0, 360), st.floats(1, 60))
def test_the_building_one_stands_in_is_the_nearest(bearing, distance):
    assert nearest_buildings([View(0, 25, bearing)], ["N", "E"], OUTLINES, distance) == ["N"]


def test_bearings_are_turned_to_the_grid():
    longitude, latitude = 121.2, 30.0
    photo = Evidence("0" * 64, EvidenceKind.PHOTO, ".jpg", 1, None, longitude, latitude, 0.0)
    (view,) = views_of([photo], CRS_4549)
    convergence = 1.2 * np.sin(np.radians(latitude))
    assert view.bearing_deg == pytest.approx(360 - convergence, abs=0.01)
    x, y = Transformer.from_crs(4326, CRS_4549, always_xy=True).transform(longitude, latitude)
    assert (view.x, view.y) == (pytest.approx(x), pytest.approx(y))
    assert views_of([Evidence("0" * 64, EvidenceKind.PHOTO, ".jpg", 1)], CRS_4549) == [None]
