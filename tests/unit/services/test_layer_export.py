from datetime import date
from pathlib import Path

import pytest
import shapely

from unit.services.made import place
from weijian.cadastre.errors import NotGaussKruger
from weijian.cadastre.reader import read_table
from weijian.domain.building import Building
from weijian.domain.errors import EndingUnknown, NotFound, TargetUnwritable
from weijian.domain.household import Household
from weijian.domain.job import finish
from weijian.domain.layer_kind import LayerKind
from weijian.domain.parcel import Parcel
from weijian.domain.table_kind import Kind
from weijian.domain.zone import Zone, ZoneKind
from weijian.services.imports import ImportRequest, import_file
from weijian.services.layer_export import ENDINGS, LayerExport, NothingToExport, OutlinesNeeded, export_layer
from weijian.storage.repositories.register import UpsertCount
from weijian.storage.workspace import open_workspace

TODAY = date(2025, 6, 15)
HOLE = place(0, 0, 9, 9).difference(place(2, 2, 4, 4))


@pytest.fixture
def filled(empty: Path) -> Path:
    with open_workspace(empty) as workspace, workspace.transaction("甲", "fill") as work:
        work.households.upsert_many([Household("H1", "李明", "东村1号")])
        work.parcels.upsert_many([Parcel("P1", HOLE, "H1", "李明"), Parcel("P2", place(20, 0, 29, 9))])
        work.buildings.upsert_many(
            [
                Building("F1", HOLE, "H1", "P1", "李明", 2, 6.5, 160.0, "砖混", date(1999, 1, 1), "住宅"),
                Building("F2", place(20, 0, 29, 9)),
            ]
        )
        work.zones.upsert_many([Zone("Z1", ZoneKind.RIVER, place(0, 0, 99, 99), "东河")])
    return empty


def run(workspace: Path, layer: LayerKind, out: Path, **others: object):
    return finish(export_layer(LayerExport(workspace, layer, out, **others), on=TODAY))


@pytest.mark.parametrize("ending", [e for e in ENDINGS if e != ".txt"])
def test_what_is_exported_comes_back_unchanged(filled: Path, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"房屋{ending}"
    assert run(filled, LayerKind.BUILDINGS, out, with_names=True).rows == 2
    crs = "EPSG:4549" if ending in {".xlsx", ".dxf"} else None
    summary = finish(import_file(ImportRequest(Kind.BUILDINGS, out, filled, crs=crs))).value
    assert summary.faults == ()
    assert (summary.count.added, summary.usable) == (0, 2)
    if ending == ".gpkg":
        assert summary.count == UpsertCount(unchanged=2)
    with open_workspace(filled) as workspace, workspace.read() as work:
        building = work.buildings.get("F1")
    assert (building.holder, building.storeys, building.structure, building.built_on) == (
        "李明",
        2,
        "砖混",
        date(1999, 1, 1),
    )
    assert building.geometry.symmetric_difference(HOLE).area < 0.1


def test_names_are_masked_unless_they_are_asked_for(filled: Path, tmp_path: Path) -> None:
    run(filled, LayerKind.HOUSEHOLDS, tmp_path / "户.xlsx")
    assert read_table(tmp_path / "户.xlsx").columns["户主"].tolist() == ["李某"]
    with open_workspace(filled) as workspace, workspace.read() as work:
        before = work.latest_action
    run(filled, LayerKind.HOUSEHOLDS, tmp_path / "户.xlsx", with_names=True)
    assert read_table(tmp_path / "户.xlsx").columns["户主"].tolist() == ["李明"]
    with open_workspace(filled) as workspace, workspace.read() as work:
        assert work.latest_action == before + 1


def test_a_selection(filled: Path, tmp_path: Path) -> None:
    assert run(filled, LayerKind.PARCELS, tmp_path / "a.gpkg", numbers=("P2",)).rows == 1
    assert read_table(tmp_path / "a.gpkg").columns["parcel_no"].tolist() == ["P2"]
    with pytest.raises(NotFound, match="P9"):
        run(filled, LayerKind.PARCELS, tmp_path / "b.gpkg", numbers=("P2", "P9"))
    assert not (tmp_path / "b.gpkg").exists()


def test_boundary_points_of_parcels(filled: Path, tmp_path: Path) -> None:
    out = tmp_path / "界址点.txt"
    run(filled, LayerKind.PARCELS, out, crs="EPSG:4528")
    text = out.read_bytes().decode("gbk")
    assert "数据产生日期=2025-06-15" in text
    assert "带号=40" in text
    table = read_table(out)
    assert table.crs.to_epsg() == 4528
    assert table.columns["地块编号"].tolist() == ["P1", "P2"]
    moved = shapely.transform(table.geometry[0], lambda points: points - (40_000_000, 0))
    assert shapely.hausdorff_distance(moved.boundary, HOLE.boundary) <= 0.0006
    with pytest.raises(NotGaussKruger, match="32650"):
        run(filled, LayerKind.PARCELS, out, crs="EPSG:32650")


def test_words_of_the_glossary(filled: Path, tmp_path: Path) -> None:
    run(filled, LayerKind.ZONES, tmp_path / "a.kml")
    assert read_table(tmp_path / "a.kml").columns["类型"].tolist() == ["河道"]
    run(filled, LayerKind.ZONES, tmp_path / "a.gpkg")
    assert read_table(tmp_path / "a.gpkg").columns["kind"].tolist() == ["river"]


def test_what_cannot_be_written(filled: Path, tmp_path: Path) -> None:
    with pytest.raises(EndingUnknown):
        run(filled, LayerKind.PARCELS, tmp_path / "a.doc")
    with pytest.raises(OutlinesNeeded):
        run(filled, LayerKind.HOUSEHOLDS, tmp_path / "a.shp")
    with pytest.raises(NothingToExport):
        run(filled, LayerKind.PERMITS, tmp_path / "a.gpkg")
    with pytest.raises(NothingToExport):
        run(filled, LayerKind.FINDINGS, tmp_path / "a.shp")
    with pytest.raises(TargetUnwritable):
        run(filled, LayerKind.PARCELS, tmp_path / "none" / "a.gpkg")
    assert list(tmp_path.glob("a.*")) == []
