from pathlib import Path

from unit.services.made import EPSG
from weijian.qt.dialogs.file_sorting import looked_at
from weijian.services.workspaces import new_workspace


def test_folders_are_told_from_tables_and_workspaces(tmp_path: Path) -> None:
    names = ("档案.gdb", "照片", "村")
    for name in names[:2]:
        (tmp_path / name).mkdir()
    new_workspace(tmp_path / "村", name="村", crs=EPSG)
    for name in ("房屋.shp", "房屋.dbf", "2025_dom.tif", "说明.docx"):
        (tmp_path / name).touch()
    files = looked_at(sorted(tmp_path.iterdir()))
    assert files.workspace == tmp_path / "村"
    assert files.folders == (tmp_path / "照片",)
    assert {path.name for path in files.tables} == {"档案.gdb", "房屋.shp"}
    assert [path.name for path in files.rasters] == ["2025_dom.tif"]
    assert [path.name for path in files.others] == ["说明.docx"]
