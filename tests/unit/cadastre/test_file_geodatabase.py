import zipfile

import numpy as np
import pyogrio
import pytest
import shapely

from unit.cadastre.made import row_of_squares
from weijian.cadastre import errors
from weijian.cadastre.reader import layer_names, read_table
from weijian.domain.errors import LayerMissing


@pytest.fixture
def village(tmp_path):
    path = tmp_path / "村.gdb"
    for layer in ("ZD", "FW"):
        pyogrio.raw.write(
            path,
            shapely.to_wkb(shapely.force_3d(np.array(row_of_squares(2), dtype=object), 5.0)),
            [np.array([f"{layer}1", None], dtype=object), np.array([2, 3], dtype=np.int32)],
            ["编号", "层数"],
            layer=layer,
            geometry_type="Polygon Z",
            crs="EPSG:4549",
            driver="OpenFileGDB",
            append=path.exists(),
        )
    return path


def test_a_folder_that_stands_for_a_file(village):
    assert layer_names(village) == ("ZD", "FW")
    table = read_table(village, layer="FW")
    assert table.columns["编号"].tolist() == ["FW1", None]
    assert table.columns["层数"].tolist() == [2, 3]
    assert table.crs.to_epsg() == 4549
    assert not shapely.has_z(table.geometry).any()
    assert read_table(village, wanted=("zd",)).layer == "ZD"
    with pytest.raises(errors.LayerUnnamed):
        read_table(village)
    with pytest.raises(LayerMissing):
        read_table(village, layer="DL")


@pytest.mark.parametrize("within", ["村.gdb/", "数据/村.gdb/", ""])
def test_a_packed_one(tmp_path, village, within):
    path = tmp_path / "村.gdb.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for part in village.iterdir():
            archive.writestr(within + part.name, part.read_bytes())
    assert layer_names(path) == ("ZD", "FW")
    assert read_table(path, layer="ZD").columns["编号"].tolist() == ["ZD1", None]


def test_a_folder_that_only_looks_like_one(tmp_path):
    (tmp_path / "a.gdb").mkdir()
    with pytest.raises(errors.ContentUnexpected, match="Geodatabase"):
        read_table(tmp_path / "a.gdb")
    (tmp_path / "a.gdb" / "a00000001.gdbtable").write_bytes(b"junk")
    with pytest.raises(errors.ContentUnexpected):
        read_table(tmp_path / "a.gdb")
