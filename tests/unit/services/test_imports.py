import threading
import time
from pathlib import Path

import geopandas as gpd
import pytest

from unit.services.made import EPSG, place
from weijian.cadastre.faults import Why
from weijian.domain.errors import LayerMissing
from weijian.domain.job import Progress, finish
from weijian.domain.table_kind import Kind
from weijian.services import imports
from weijian.services.imports import ImportRequest, ImportSummary, MappingOfAnotherKind, import_file
from weijian.storage.repositories.register import UpsertCount
from weijian.storage.workspace import open_workspace

ROWS = [
    {"FWBH": "F1", "CS": 2, "geometry": place(0, 0, 9, 9)},
    {"FWBH": "F2", "CS": 1, "geometry": place(20, 0, 29, 9)},
]
BAD = {"FWBH": None, "CS": 1, "geometry": place(40, 0, 49, 9)}


def write(path: Path, rows: list[dict[str, object]]) -> Path:
    gpd.GeoDataFrame(rows, geometry="geometry", crs=EPSG).to_file(path, encoding="utf-8")
    return path


def run(kind: Kind, file: Path, workspace: Path, **others: object) -> ImportSummary:
    return finish(import_file(ImportRequest(kind, file, workspace, **others))).value


def buildings(folder: Path) -> list[str]:
    with open_workspace(folder) as workspace, workspace.read() as work:
        return [building.building_no for building in work.buildings.all()]


def test_rows_are_added_then_known_then_updated(empty: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "房屋.geojson", ROWS)
    first = run(Kind.BUILDINGS, file, empty)
    assert (first.rows, first.usable, first.count, first.refused) == (2, 2, UpsertCount(added=2), False)
    assert first.columns["building_no"] == "FWBH"
    assert run(Kind.BUILDINGS, file, empty).count == UpsertCount(unchanged=2)
    write(file, [{**ROWS[0], "CS": 3}, ROWS[1], {**BAD, "FWBH": "F3"}])
    assert run(Kind.BUILDINGS, file, empty).count == UpsertCount(added=1, updated=1, unchanged=1)
    assert buildings(empty) == ["F1", "F2", "F3"]


def test_a_bad_row_refuses_all(empty: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "房屋.geojson", [*ROWS, BAD])
    summary = run(Kind.BUILDINGS, file, empty)
    assert (summary.count, summary.refused, summary.usable) == (None, True, 2)
    assert [fault.row for fault in summary.faults] == [3]
    assert buildings(empty) == []


def test_bad_rows_can_be_left_out(empty: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "房屋.geojson", [*ROWS, BAD])
    summary = run(Kind.BUILDINGS, file, empty, skip_bad_rows=True)
    assert (summary.count, summary.refused) == (UpsertCount(added=2), False)
    assert buildings(empty) == ["F1", "F2"]


@pytest.mark.parametrize(("rows", "refused"), [(ROWS, False), ([*ROWS, BAD], True)])
def test_a_dry_run_writes_nothing(empty: Path, tmp_path: Path, rows: list[dict[str, object]], refused: bool) -> None:
    summary = run(Kind.BUILDINGS, write(tmp_path / "房屋.geojson", rows), empty, dry_run=True)
    assert (summary.count, summary.refused, summary.usable) == (None, refused, 2)
    assert buildings(empty) == []


def test_columns_that_are_not_taken_are_told_but_for_empty_ones(empty: Path, tmp_path: Path) -> None:
    rows = [{**row, "门牌挂失": note, "空列": None} for row, note in zip(ROWS, (None, "重做"), strict=True)]
    summary = run(Kind.BUILDINGS, write(tmp_path / "房屋.geojson", rows), empty)
    assert summary.unused == ("门牌挂失",)


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_its_register(empty: Path, tmp_path: Path, kind: Kind) -> None:
    row = {
        "户号": "H1",
        "姓名": "张三",
        "宗地代码": "330127104003JC00086",
        "房屋编号": "F1",
        "许可证号": "乡字第1号",
        "类型": "河道蓝线" if kind is Kind.ZONES else "乡村建设规划许可证",
        "geometry": place(0, 0, 9, 9),
    }
    summary = run(kind, write(tmp_path / "表.gpkg", [row]), empty)
    assert summary.count == UpsertCount(added=1)
    with open_workspace(empty) as workspace, workspace.read() as work:
        assert len(getattr(work, kind.value).all()) == 1


def test_a_mapping_of_ones_own(empty: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "房屋.geojson", [{"甲": "F9", "geometry": place(0, 0, 9, 9)}])
    mapping = tmp_path / "对应.toml"
    mapping.write_text('kind = "buildings"\n[columns]\nbuilding_no = "甲"\n', encoding="utf-8")
    summary = run(Kind.BUILDINGS, file, empty, mapping=mapping)
    assert summary.columns["building_no"] == "甲"
    assert buildings(empty) == ["F9"]


def test_a_mapping_for_another_kind_is_refused(empty: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "对应.toml"
    mapping.write_text('kind = "parcels"\n[columns]\nparcel_no = "FWBH"\n', encoding="utf-8")
    with pytest.raises(MappingOfAnotherKind) as refusal:
        run(Kind.BUILDINGS, write(tmp_path / "房屋.geojson", ROWS), empty, mapping=mapping)
    assert "parcels" in refusal.value.sentence("zh")


def test_the_file_must_have_the_layer(empty: Path, tmp_path: Path) -> None:
    with pytest.raises(LayerMissing):
        run(Kind.BUILDINGS, write(tmp_path / "房屋.gpkg", ROWS), empty, layer="没有")


def test_an_import_given_up_before_storing_keeps_nothing(empty: Path, tmp_path: Path) -> None:
    job = import_file(ImportRequest(Kind.BUILDINGS, write(tmp_path / "房屋.geojson", ROWS), empty))
    stages = dict.fromkeys(iter(lambda: next(job).stage, "store"))
    assert list(stages) == ["read", "check"]
    job.close()
    assert buildings(empty) == []


def test_a_long_read_shows_that_it_lives_and_can_be_given_up(
    empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    enough = threading.Event()

    def slow(*_: object, **__: object) -> None:
        enough.wait(20)

    monkeypatch.setattr(imports, "read_table", slow)
    job = import_file(ImportRequest(Kind.BUILDINGS, write(tmp_path / "房屋.geojson", ROWS), empty))
    assert [next(job) for _ in range(4)] == [Progress("read", 0, 1)] * 4
    began = time.monotonic()
    job.close()
    assert time.monotonic() - began < 5
    enough.set()
    assert buildings(empty) == []


def test_fields_that_a_file_does_not_speak_of_stay(empty: Path, tmp_path: Path) -> None:
    first = {"FWBH": "F1", "CS": 2, "JG": "砖混", "geometry": place(0, 0, 9, 9)}
    run(Kind.BUILDINGS, write(tmp_path / "房屋.geojson", [first]), empty)
    again = {"FWBH": "F1", "CS": 3, "geometry": place(0, 0, 9, 8)}
    assert run(Kind.BUILDINGS, write(tmp_path / "房屋.geojson", [again]), empty).count == UpsertCount(updated=1)
    with open_workspace(empty) as workspace, workspace.read() as work:
        building = work.buildings.get("F1")
    assert (building.storeys, building.structure, building.geometry.bounds[3]) == (
        3,
        "砖混",
        place(0, 0, 9, 8).bounds[3],
    )


def test_attributes_are_joined_by_their_number(empty: Path, tmp_path: Path) -> None:
    run(Kind.BUILDINGS, write(tmp_path / "房屋.geojson", ROWS), empty)
    table = tmp_path / "层数.csv"
    table.write_text("房屋编号,层数,用途\nF1,4,住宅\nF9,1,住宅\n", encoding="utf-8")
    refused = run(Kind.BUILDINGS, table, empty)
    assert refused.refused
    assert [(f.row, f.why, f.value) for f in refused.faults] == [(3, Why.NOT_IN_ARCHIVE, "F9")]
    assert run(Kind.BUILDINGS, table, empty, skip_bad_rows=True).count == UpsertCount(updated=1)
    with open_workspace(empty) as workspace, workspace.read() as work:
        building = work.buildings.get("F1")
    assert (building.storeys, building.use, building.geometry.equals(place(0, 0, 9, 9))) == (4, "住宅", True)
    assert run(Kind.BUILDINGS, table, empty, skip_bad_rows=True).count == UpsertCount(unchanged=1)


def test_masked_names_do_not_come_back(empty: Path, tmp_path: Path) -> None:
    table = tmp_path / "户.csv"
    table.write_text("户号,户主\nH1,张某某\nH2,李明\n", encoding="utf-8")
    summary = run(Kind.HOUSEHOLDS, table, empty)
    assert summary.refused
    assert [(f.row, f.why, f.value) for f in summary.faults] == [(2, Why.NAME_MASKED, None)]
