import io
import stat
import zipfile

import pytest

from unit.cadastre.made import gbk, row_of_squares, write_dbf, write_shapefile
from weijian.cadastre import errors, packed
from weijian.cadastre.packed import check_parts, unpacked
from weijian.cadastre.reader import layer_names, read_table
from weijian.domain.errors import FileUnreadable, LayerMissing

NO = "房屋编号".encode("gbk")


def pack(path, entries):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


def packed_folder(path, folder):
    return pack(path, {f"数据/{part.name}": part.read_bytes() for part in sorted(folder.iterdir())})


@pytest.fixture
def village(tmp_path):
    folder = tmp_path / "village"
    folder.mkdir()
    write_shapefile(folder / "房屋.shp", row_of_squares(2), {NO: [b"F1", b"F2"], b"HZ": gbk("李明", "王芳")})
    return folder


def test_a_packed_shapefile_reads_like_the_unpacked_one(tmp_path, village):
    path = packed_folder(tmp_path / "村.zip", village)
    before = path.read_bytes()
    table = read_table(path)
    assert table.columns["HZ"].tolist() == ["李明", "王芳"]
    assert table.geometry[1].equals(row_of_squares(2)[1])
    assert table.path == path / "数据" / "房屋.shp"
    assert path.read_bytes() == before


def test_names_that_an_old_windows_packed_are_gbk(tmp_path, village):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for part in village.iterdir():
            archive.writestr(part.name.replace("房屋", "AABB"), part.read_bytes())
    data = content.getvalue().replace(b"AABB", "房屋".encode("gbk"))
    path = tmp_path / "村.zip"
    path.write_bytes(data)
    assert read_table(path).path.name == "房屋.shp"


def test_one_of_several_packed_files(tmp_path, village):
    write_dbf(village / "户.dbf", {b"HH": [b"H1"], b"HZ": gbk("李明")})
    path = packed_folder(tmp_path / "村.zip", village)
    assert set(layer_names(path)) == {"数据/房屋.shp", "数据/户.dbf"}
    with pytest.raises(errors.LayerUnnamed, match="房屋"):
        read_table(path)
    assert read_table(path, wanted=("房屋",)).headings[0] == "房屋编号"
    assert read_table(path, layer="户").columns["HH"].tolist() == ["H1"]
    with pytest.raises(LayerMissing):
        read_table(path, layer="路")


def test_faults_and_errors_name_the_file_in_the_zip(tmp_path, village):
    (village / "房屋.shx").unlink()
    path = packed_folder(tmp_path / "村.zip", village)
    with pytest.raises(errors.PartMissing) as caught:
        read_table(path)
    assert str(path / "数据" / "房屋.shp") in caught.value.sentence("zh")


@pytest.mark.parametrize("name", ["../out.csv", "/etc/out.csv", "a/../../out.csv", "C:/out.csv", "..\\out.csv"])
def test_an_entry_that_points_outside(tmp_path, name):
    path = pack(tmp_path / "a.zip", {name: "a,b\n1,2\n", "in.csv": "a,b\n1,2\n"})
    with pytest.raises(errors.ArchiveUnsafe):
        read_table(path)
    assert [p.name for p in tmp_path.iterdir()] == ["a.zip"]


def test_a_link_in_an_archive(tmp_path):
    entry = zipfile.ZipInfo("a.csv")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(entry, "/etc/passwd")
    with pytest.raises(errors.ArchiveUnsafe):
        read_table(path)


def test_a_bomb(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.csv", "w") as entry:
        for _ in range(80):
            entry.write(bytes(1024**2))
    assert path.stat().st_size < 10**6
    with pytest.raises(errors.ArchiveTooLarge), unpacked(path):
        pass
    with pytest.raises(errors.ArchiveTooLarge):
        check_parts(path)


def test_too_many_entries(tmp_path, monkeypatch):
    monkeypatch.setattr(packed, "MOST_ENTRIES", 3)
    path = pack(tmp_path / "a.zip", {f"{i}.csv": "a\n1\n" for i in range(4)})
    with pytest.raises(errors.ArchiveTooLarge):
        read_table(path)


def test_a_lie_about_the_size_is_damage(tmp_path):
    path = pack(tmp_path / "a.zip", {"a.csv": "a,b\n" + "1,2\n" * 1000})
    data = bytearray(path.read_bytes())
    real = (4 + 4000).to_bytes(4, "little")
    while real in data:
        start = data.index(real)
        data[start : start + 4] = (10).to_bytes(4, "little")
    path.write_bytes(data)
    with pytest.raises(FileUnreadable):
        read_table(path)


@pytest.mark.parametrize(
    ("entries", "error"),
    [
        ({"in.zip": b"PK"}, errors.ArchiveNested),
        ({"photo.jpg": b"x"}, errors.ArchiveBare),
        ({}, errors.ArchiveBare),
    ],
)
def test_what_a_zip_must_not_or_does_not_hold(tmp_path, entries, error):
    with pytest.raises(error):
        read_table(pack(tmp_path / "a.zip", entries))


def test_no_zip_at_all(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\x03\x04 cut")
    with pytest.raises(errors.ArchiveBroken):
        read_table(path)


def test_a_locked_zip(tmp_path):
    path = pack(tmp_path / "a.zip", {"a.csv": "a\n1\n"})
    data = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    path.write_bytes(data)
    with pytest.raises(errors.ArchiveLocked):
        read_table(path)
