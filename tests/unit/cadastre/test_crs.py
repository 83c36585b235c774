import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS, Transformer
from shapely import Point, box

from weijian.cadastre import errors
from weijian.cadastre.crs import (
    crs_label,
    epsg_for,
    parse_crs,
    require_metric,
    resolve_crs,
    to_crs,
    transform_accuracy,
)
from weijian.cadastre.encodings import Source, TextEncoding
from weijian.cadastre.reader import _placed
from weijian.cadastre.table import VectorTable
from weijian.domain import cgcs2000
from weijian.domain.cgcs2000 import ZONES
from weijian.domain.errors import CrsChoiceContradicted, CrsContradicted, CrsMissing


def table(x, y, crs, tmp_path, size=None):
    size = size or (1e-4 if abs(x) <= 180 and abs(y) <= 180 else 10.0)
    geometry = np.array([box(x, y, x + size, y + size)], dtype=object)
    declared = None if crs is None else CRS.from_user_input(crs)
    text = TextEncoding("utf-8", Source.ASCII, certain=True)
    return VectorTable(tmp_path / "a.shp", None, declared, text, {}, geometry, np.array([1]))


@pytest.mark.parametrize("zone", ZONES)
def test_zones_are_those_of_the_registry(zone):
    for with_prefix in (True, False):
        crs = CRS.from_epsg(epsg_for(zone, with_prefix))
        parameters = {p.name: p.value for p in crs.coordinate_operation.params}
        assert parameters["Longitude of natural origin"] == 3 * zone
        assert parameters["False easting"] == 500_000 + (zone * 1e6 if with_prefix else 0)


def test_there_are_no_other_zones():
    with pytest.raises(ValueError, match="24"):
        epsg_for(24, with_prefix=True)


@pytest.mark.parametrize(("easting", "zone"), [(40_500_123.4, 40), (500_123.4, None), (20_400_000, 20), (12e6, None)])
def test_the_zone_an_easting_carries(easting, zone):
    assert cgcs2000.zone_of_easting(easting) == zone


@pytest.mark.parametrize(
    ("x", "y", "crs"),
    [
        (500_000, 3_340_000, "EPSG:4549"),
        (40_500_000, 3_340_000, "EPSG:4528"),
        (120.0, 30.2, "EPSG:4490"),
        (120.0, 30.2, "EPSG:4326"),
        (300_000, 3_340_000, "EPSG:32651"),
        (20_600_000, 3_340_000, "EPSG:2334"),
        (40_500_000, 3_340_000, "EPSG:2364"),
        (13_358_000, 3_530_000, "EPSG:3857"),
        (40_500_000, 3_340_000, "EPSG:2416"),
    ],
)
def test_coordinates_that_fit(x, y, crs, tmp_path):
    assert resolve_crs(table(x, y, crs, tmp_path)) == CRS.from_user_input(crs)


@pytest.mark.parametrize(
    ("x", "y", "declared", "found"),
    [
        (40_500_000, 3_340_000, "EPSG:4549", "EPSG:4528 (40500000.000, 3340000.000)"),
        (500_000, 3_340_000, "EPSG:4528", "EPSG:4549 (500000.000, 3340000.000)"),
        (39_500_000, 3_340_000, "EPSG:4528", "EPSG:4527 (39500000.000, 3340000.000)"),
        (120.0, 30.2, "EPSG:4549", "EPSG:4490 (120.000, 30.200)"),
        (40_500_000, 3_340_000, "EPSG:4490", "EPSG:4528 (40500000.000, 3340000.000)"),
        (3_340_000, 40_500_000, "EPSG:4528", "N, E (3340000.000, 40500000.000)"),
        (3_340_000, 500_000, "EPSG:4549", "N, E (3340000.000, 500000.000)"),
        (30.2, 120.0, "EPSG:4490", "lat, lon (30.200, 120.000)"),
    ],
)
def test_coordinates_that_contradict_the_declared_system(x, y, declared, found, tmp_path):
    with pytest.raises(CrsContradicted) as caught:
        resolve_crs(table(x, y, declared, tmp_path))
    assert caught.value.data["declared"] == declared
    assert caught.value.data["found"] == found
    for language in ("zh", "en"):
        assert declared in caught.value.sentence(language)
        assert found in caught.value.sentence(language)


def test_a_contradiction_says_who_named_the_system(tmp_path):
    with pytest.raises(CrsContradicted) as stated:
        resolve_crs(table(500_000, 3_340_000, "EPSG:4528", tmp_path))
    assert "声明" in stated.value.sentence("zh")
    unplaced = table(500_000, 3_340_000, None, tmp_path)
    for placed, named in ((unplaced, "EPSG:4528"), (_placed(unplaced, CRS(4528)), None)):
        with pytest.raises(CrsChoiceContradicted) as chosen:
            resolve_crs(placed, named)
        assert "指定的坐标系是 EPSG:4528" in chosen.value.sentence("zh")


def test_what_the_user_gives_outweighs_the_file(tmp_path):
    wrong = table(40_500_000, 3_340_000, "EPSG:4549", tmp_path)
    assert resolve_crs(wrong, "EPSG:4528").to_epsg() == 4528
    with pytest.raises(CrsMissing):
        resolve_crs(table(500_000, 3_340_000, None, tmp_path))
    assert resolve_crs(table(500_000, 3_340_000, None, tmp_path), "EPSG:4549").to_epsg() == 4549


@pytest.mark.parametrize(("x", "y", "crs"), [(500_000, 100.0, "EPSG:4549"), (2.35, 48.85, "EPSG:4326")])
def test_outside_china(x, y, crs, tmp_path):
    with pytest.raises(errors.OutsideChina):
        resolve_crs(table(x, y, crs, tmp_path))


@pytest.mark.parametrize("crs", ["EPSG:4490", "EPSG:3857", "EPSG:2263"])
def test_systems_that_cannot_measure_metres(crs, tmp_path):
    with pytest.raises(errors.CrsNotMetric):
        require_metric(CRS.from_user_input(crs), tmp_path)


@given(st.sampled_from(ZONES), st.floats(-1.4, 1.4), st.floats(18, 53), st.sampled_from([True, False]))
def test_a_place_keeps_its_place_through_any_zone(zone, offset, latitude, with_prefix):
    longitude = 3 * zone + offset
    crs = CRS.from_epsg(epsg_for(zone, with_prefix))
    x, y = Transformer.from_crs(4490, crs, always_xy=True).transform(longitude, latitude)
    text = TextEncoding("utf-8", Source.ASCII, certain=True)
    here = VectorTable(None, None, crs, text, {}, np.array([Point(x, y)], dtype=object), np.array([1]))
    moved = to_crs(here, "EPSG:4490").geometry[0]
    assert (moved.x, moved.y) == pytest.approx((longitude, latitude), abs=1e-9)


def test_an_archive_of_another_zone_lands_in_ours(tmp_path):
    prefixed = table(40_500_000, 3_340_000, "EPSG:4528", tmp_path)
    moved = to_crs(prefixed, "EPSG:4549")
    assert moved.crs.to_epsg() == 4549
    assert moved.geometry[0].bounds == pytest.approx((500_000, 3_340_000, 500_010, 3_340_010), abs=1e-6)
    assert moved.geometry[0].area == pytest.approx(100, abs=1e-3)


def test_how_sure_a_transformation_is():
    cgcs = CRS.from_epsg(4549)
    assert transform_accuracy(CRS.from_epsg(4528), cgcs) == 0.0
    assert transform_accuracy(CRS.from_epsg(32651), cgcs) == 1.0
    old = transform_accuracy(CRS.from_epsg(2416), cgcs)
    assert old is None or old >= 1.0


def test_a_name_for_a_system_without_a_code():
    assert crs_label(CRS.from_epsg(4549)) == "EPSG:4549"
    local = CRS.from_proj4("+proj=tmerc +lon_0=118.5 +x_0=500000 +ellps=GRS80 +units=m")
    assert ":" not in crs_label(local)


@pytest.mark.parametrize("text", ["EPSG:4549", "epsg:4549", "4549", CRS.from_epsg(4549).to_wkt()])
def test_a_crs_as_people_write_it(text, tmp_path):
    assert parse_crs(text, tmp_path) == CRS.from_epsg(4549)


@pytest.mark.parametrize(
    "wkt",
    [
        'LOCAL_CS["CAD",UNIT["metre",1]]',
        'GEOGCS["Moon",DATUM["D_Moon",SPHEROID["Moon",1737400,0]],PRIMEM["Reference_Meridian",0],'
        'UNIT["Degree",0.0174532925199433]]',
    ],
)
def test_systems_of_drawings_and_other_bodies(wkt, tmp_path):
    with pytest.raises(errors.CrsUnknown):
        resolve_crs(table(120.0, 30.2, wkt, tmp_path))


def test_a_height_system_does_not_hide_the_zone(tmp_path):
    with pytest.raises(CrsContradicted):
        resolve_crs(table(500_000, 3_340_000, "EPSG:4528+5773", tmp_path))
    assert require_metric(CRS.from_user_input("EPSG:4549+5773"), tmp_path)
