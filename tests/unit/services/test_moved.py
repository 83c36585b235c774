import pytest
from pyproj import CRS
from shapely import MultiPolygon, Polygon

from unit.services.made import building, finding, parcel, permit, place
from weijian.detection.matching import Register
from weijian.domain.zone import Zone, ZoneKind
from weijian.services.moved import moved, moved_findings, moved_register

HERE, PREFIXED, NEXT_ZONE = (CRS.from_epsg(code) for code in (4549, 4528, 4548))
REGISTER = Register(
    [building(1), building(2)], [parcel()], [permit()], [Zone("Z1", ZoneKind.RIVER, place(0, 0, 5, 70))]
)


def test_the_same_crs_moves_nothing() -> None:
    values = [building()]
    assert moved(values, HERE, HERE) is values


def test_eastings_come_before_northings_and_get_their_zone() -> None:
    (there,) = moved([building()], HERE, PREFIXED)
    x0, y0, x1, y1 = building().geometry.bounds
    assert there.geometry.bounds == pytest.approx((x0 + 40_000_000, y0, x1 + 40_000_000, y1), abs=1e-6)
    assert there.building_no == building().building_no


def test_both_outlines_of_a_finding_are_carried() -> None:
    rebuilt = finding(after_outline=place(2, 2, 9, 9))
    (there,) = moved_findings([rebuilt], HERE, PREFIXED)
    (plain,) = moved_findings([finding()], HERE, PREFIXED)
    for one, other in ((there.geometry, rebuilt.geometry), (there.after_outline, rebuilt.after_outline)):
        assert one.bounds[0] == pytest.approx(other.bounds[0] + 40_000_000, abs=1e-6)
    assert plain.after_outline is None
    assert moved_findings([rebuilt], HERE, HERE) == [rebuilt]


@pytest.mark.parametrize("target", [PREFIXED, NEXT_ZONE])
def test_a_register_comes_back_as_it_went(target: CRS) -> None:
    back = moved_register(moved_register(REGISTER, HERE, target), target, HERE)
    for name in ("buildings", "parcels", "permits", "zones"):
        for one, other in zip(getattr(REGISTER, name), getattr(back, name), strict=True):
            assert one.geometry.equals_exact(other.geometry, 1e-5)
            assert type(one) is type(other)


def test_no_permit_register_stays_none() -> None:
    assert moved_register(Register(), HERE, NEXT_ZONE).permits is None
    assert moved_register(Register(permits=()), HERE, NEXT_ZONE).permits == []


def test_holes_and_parts_are_carried_too() -> None:
    ring = Polygon(place(0, 0, 20, 20).exterior, [place(5, 5, 10, 10).exterior])
    (there,) = moved([parcel(geometry=MultiPolygon([ring, place(30, 30, 40, 40)]))], HERE, PREFIXED)
    assert len(there.geometry.geoms) == 2
    assert len(there.geometry.geoms[0].interiors) == 1
    assert there.geometry.area == pytest.approx(475, rel=1e-6)


def test_nothing_moves_to_nothing() -> None:
    assert moved([], HERE, NEXT_ZONE) == []
