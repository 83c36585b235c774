"""Files damaged anywhere: one sentence, or what can be read; found by damaging every format at random."""

import struct
import zipfile
from contextlib import suppress
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unit.cadastre.made import row_of_squares, write_shapefile
from weijian.cadastre import errors
from weijian.cadastre.faults import Why
from weijian.cadastre.reader import layer_names, read_table
from weijian.domain.errors import InputError

NO = "房屋编号".encode("gbk")


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    write_shapefile(folder / "房屋.shp", row_of_squares(2), {NO: [b"F1", b"F2"]})
    book = openpyxl.Workbook()
    book.active.append(["房屋编号", "层数"])
    book.active.append(["F1", 2])
    book.save(folder / "房屋.xlsx")
    with zipfile.ZipFile(folder / "村.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for part in sorted(folder.glob("房屋.*")):
            if part.suffix != ".xlsx":
                archive.write(part, part.name)
    with zipfile.ZipFile(folder / "村.kmz", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("doc.kml", "<kml><Placemark><name>F1</name></Placemark></kml>")
    return folder


@pytest.mark.parametrize("name", ["房屋.xlsx", "村.zip", "村.kmz"])
@given(data=st.data())
def test_any_damage_to_a_packed_file_is_told(whole, tmp_path_factory, name, data):
    content = bytearray((whole / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("damaged") / name
    path.write_bytes(content[: data.draw(st.integers(1, len(content)))])
    for look in (layer_names, read_table):
        with suppress(InputError):  # anything else fails
            look(path)


def test_a_name_in_a_zip_that_is_no_utf8(whole, tmp_path):
    path = tmp_path / "村.zip"
    data = (whole / "村.zip").read_bytes()
    assert "房屋".encode() in data
    path.write_bytes(data.replace("房屋".encode(), "房屋".encode()[:-1] + b"\xff"))
    with pytest.raises(errors.ArchiveBroken):
        read_table(path)


def test_a_part_of_a_workbook_that_is_damaged(whole, tmp_path):
    path = tmp_path / "房屋.xlsx"
    data = bytearray((whole / "房屋.xlsx").read_bytes())
    with zipfile.ZipFile(whole / "房屋.xlsx") as archive:
        place = archive.getinfo("docProps/app.xml").header_offset + 60
    data[place : place + 20] = bytes(20)
    path.write_bytes(data)
    for look in (layer_names, read_table):
        with pytest.raises(errors.ContentUnexpected):
            look(path)


@pytest.mark.parametrize("words", [53, 51, 48])
def test_an_index_that_holds_no_whole_entries(tmp_path, words):
    path = write_shapefile(tmp_path / "房屋.shp", row_of_squares(2), {NO: [b"F1", b"F2"]})
    index = bytearray(path.with_suffix(".shx").read_bytes())
    index[24:28] = struct.pack(">i", words)
    path.with_suffix(".shx").write_bytes(index)
    with pytest.raises(errors.ContentUnexpected):
        read_table(path)


def test_an_index_that_points_nowhere(tmp_path):
    path = write_shapefile(tmp_path / "房屋.shp", row_of_squares(2), {NO: [b"F1", b"F2"]})
    index = np.frombuffer(path.with_suffix(".shx").read_bytes(), dtype=">i4").copy()
    index[25] = -7
    path.with_suffix(".shx").write_bytes(index.tobytes())
    with pytest.raises(errors.ContentUnexpected):
        read_table(path)
    path.with_suffix(".prj").unlink()
    assert {fault.why for fault in read_table(path).faults} == {Why.GEOMETRY_UNREADABLE}


@pytest.mark.parametrize("name", ["房屋.csv", "房屋.geojson", "界址.txt"])
def test_utf16_that_is_cut_off(tmp_path, name):
    path = tmp_path / name
    path.write_bytes('{"房屋编号": 1}'.encode("utf-16") + b"\x4e")
    with pytest.raises(errors.EncodingUndecided):
        read_table(path)


def test_a_projection_whose_name_is_no_text(tmp_path):
    path = write_shapefile(tmp_path / "房屋.shp", row_of_squares(2), {NO: [b"F1", b"F2"]})
    text = path.with_suffix(".prj").read_bytes()
    name = text[: text.index(b",")]
    path.with_suffix(".prj").write_bytes(text.replace(name, name[:15] + b"\xff" + name[16:], 1))
    with pytest.raises(errors.CrsBroken):
        read_table(path)
