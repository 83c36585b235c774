"""The footprints of a layer are those of its values."""

import pytest
import shapely

from unit.storage.made import EAST, NORTH, building, finding, square, survey
from weijian.domain.finding import ChangeType, ReviewStatus
from weijian.domain.permit import Permit, PermitKind
from weijian.domain.zone import Zone, ZoneKind
from weijian.storage.geometry import decode, decode_many, encode, stored_form
from weijian.storage.workspace import Workspace

HOLED = shapely.Polygon(square(5).exterior, [shapely.box(EAST + 102, NORTH + 2, EAST + 106, NORTH + 6).exterior])
PARTS = shapely.MultiPolygon([square(6), square(8)])
SHAPES = (square(0), HOLED, PARTS)


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    with workspace.transaction("test", "fill") as work:
        work.buildings.upsert_many(
            [building(3, geometry=HOLED, storeys=None), building(1), building(2, geometry=PARTS, storeys=0)]
        )
        work.zones.upsert_many([Zone("Z2", ZoneKind.RIVER, PARTS, "石桥河"), Zone("Z1", ZoneKind.FREEZE, square(0))])
        work.permits.upsert_many([Permit("X1", square(1)), Permit("X2", HOLED, PermitKind.RURAL)])
        after = work.surveys.add(survey()).survey_id
        work.findings.add_many([finding(1), finding(2, change_type=ChangeType.NEW, permit_status=None)], None, after)
    return workspace


@pytest.mark.parametrize(
    ("layer", "number", "columns"),
    [
        ("buildings", "building_no", ("storeys", "household_no", "built_on")),
        ("zones", "zone_no", ("kind", "name")),
        ("permits", "permit_no", ("kind",)),
        ("findings", "finding_no", ("change_type", "review", "permit_status")),
        ("parcels", "parcel_no", ("household_no",)),
    ],
)
def test_they_are_those_of_all(filled: Workspace, layer: str, number: str, columns: tuple[str, ...]) -> None:
    with filled.read() as work:
        read = getattr(work, layer).footprints(*columns)
        values = {getattr(value, number): value for value in getattr(work, layer).all()}
    assert sorted(read.numbers) == sorted(values)
    assert list(read.geometry) == [values[each].geometry for each in read.numbers]
    assert tuple(read.columns) == columns
    for column in columns:
        assert list(read.columns[column]) == [getattr(values[each], column) for each in read.numbers]


def test_fields_are_the_domains_values(filled: Workspace) -> None:
    with filled.read() as work:
        read = work.findings.footprints("change_type", "review")
    assert {type(value) for value in read.columns["change_type"]} == {ChangeType}
    assert {type(value) for value in read.columns["review"]} == {ReviewStatus}


def test_an_empty_layer_has_its_columns(workspace: Workspace) -> None:
    with workspace.read() as work:
        read = work.buildings.footprints("storeys")
    assert read.numbers == ()
    assert read.geometry.shape == (0,)
    assert read.columns == {"storeys": ()}


def test_many_are_decoded_as_one_by_one() -> None:
    heights = shapely.force_3d(square(2), 7.0)
    blobs = [encode(stored_form(shape, 4549)) for shape in (*SHAPES, heights)]
    many = decode_many(blobs)
    assert list(many) == [decode(blob) for blob in blobs] == [*SHAPES, square(2)]
    assert [each.geom_type for each in many] == ["Polygon", "Polygon", "MultiPolygon", "Polygon"]
    assert not shapely.has_z(many).any()
    assert {int(each) for each in shapely.get_srid(many)} == {0}


def test_none_are_decoded() -> None:
    assert decode_many([]).shape == (0,)


@pytest.mark.parametrize("blob", [b"", b"GP", b"PG\x00\x01", b"GP\x00\x0f" + bytes(40), b"GP\x00\x01" + bytes(20)])
def test_what_is_no_geometry_is_refused_among_others(blob: bytes) -> None:
    sound = encode(stored_form(square(1), 4549))
    with pytest.raises(ValueError, match="not a GeoPackage geometry"):
        decode_many([sound, blob])
