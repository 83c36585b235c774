from pathlib import Path

from openpyxl import load_workbook

from helpers.stores import StoreAtHand
from weijian.assets import sample_data
from weijian.cadastre.faults import Why
from weijian.domain.job import finish
from weijian.domain.table_kind import Kind
from weijian.services.archive_checks import check_workspace, fault_sheet
from weijian.services.imports import ImportRequest, import_file
from weijian.services.register_export import export_register
from weijian.services.workspaces import new_workspace


def test_the_sample_archive_is_checked_and_told_in_a_workbook(tmp_path: Path, store: StoreAtHand) -> None:
    folder = tmp_path / "w"
    new_workspace(folder, name="样例村", crs="EPSG:4549", login=store.login())
    for kind, name in ((Kind.HOUSEHOLDS, "户.csv"), (Kind.PARCELS, "宗地.shp"), (Kind.BUILDINGS, "房屋.shp")):
        finish(import_file(ImportRequest(kind, sample_data("archive", name), folder)))
    faults = finish(check_workspace(folder))
    assert (Why.GAP, "339901001001JC00010", "339901001001JC00011") in {(f.why, f.number, f.other) for f in faults}
    path = finish(export_register(fault_sheet(faults, "zh"), tmp_path / "检查.xlsx"))
    sheet = load_workbook(path).active
    assert sheet.max_row == len(faults) + 1
    assert [cell.value for cell in sheet[1]][:3] == ["种类", "编号", "问题"]
