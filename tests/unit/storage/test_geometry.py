import struct

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from weijian.storage.geometry import decode, encode, plain_form, stored_form

coordinate = st.floats(-1e8, 1e8, allow_nan=False, allow_infinity=False)
ring = st.lists(st.tuples(coordinate, coordinate), min_size=3, max_size=12)
polygons = st.builds(shapely.Polygon, ring)
footprints = polygons | st.lists(polygons, min_size=1, max_size=4).map(shapely.MultiPolygon)


@given(footprints, st.integers(-1, 2**31 - 1))
def test_a_footprint_comes_back_to_the_bit(footprint: shapely.Polygon | shapely.MultiPolygon, srs_id: int) -> None:
    blob = encode(stored_form(footprint, srs_id))
    assert decode(blob) == plain_form(footprint)
    assert struct.unpack_from("<2sBBi", blob) == (b"GP", 0, 0b11, srs_id)
    min_x, max_x, min_y, max_y = struct.unpack_from("<4d", blob, 8)
    assert (min_x, min_y, max_x, max_y) == footprint.bounds


def test_holes_and_heights() -> None:
    holed = shapely.Polygon([(0, 0, 5), (9, 0, 5), (9, 9, 5), (0, 9, 5)], [[(2, 2, 5), (4, 2, 5), (4, 4, 5)]])
    back = decode(encode(stored_form(holed, 4549)))
    assert back == shapely.force_2d(holed)
    assert not back.has_z


@pytest.mark.parametrize(("kind", "doubles"), [(0, 0), (1, 4), (2, 6), (3, 6), (4, 8)])
def test_any_envelope_of_another_writer_is_read(kind: int, doubles: int) -> None:
    shape = shapely.box(0, 0, 2, 1)
    header = struct.pack("<2sBBi", b"GP", 0, 1 | kind << 1, 4549) + bytes(8 * doubles)
    assert decode(header + shapely.to_wkb(shape)) == shape


def test_an_empty_geometry_is_marked_so() -> None:
    blob = encode(shapely.MultiPolygon())
    assert blob[3] & 0b10000
    assert decode(blob).is_empty


@given(st.binary(max_size=80) | st.binary(max_size=80).map(lambda tail: b"GP\0\3" + tail))
def test_other_bytes_are_refused(blob: bytes) -> None:
    with pytest.raises(ValueError, match="GeoPackage"):
        decode(blob)
