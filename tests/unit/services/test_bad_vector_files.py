"""Every troublesome file ends in clear words and an unchanged archive; what can be read whole is read whole."""

import hashlib
import zipfile
from pathlib import Path

import numpy as np
import openpyxl
import pyogrio
import pytest
import shapely

from unit.cadastre.made import gbk, square, write_dbf, write_shapefile
from weijian.cadastre.faults import Why
from weijian.domain.errors import InputError
from weijian.domain.job import finish
from weijian.domain.table_kind import Kind
from weijian.services.check import check_file
from weijian.services.imports import ImportRequest, ImportSummary, import_file
from weijian.storage.workspace import open_workspace

NO = "房屋编号".encode("gbk")
ODD = Path(__file__).parents[4] / "shared" / "data" / "odd" / "vector"
BOWTIE = shapely.Polygon([(500_000, 3_340_000), (500_010, 3_340_010), (500_010, 3_340_000), (500_000, 3_340_010)])


def bring(file: Path, workspace: Path, **others: object) -> ImportSummary:
    return finish(import_file(ImportRequest(Kind.BUILDINGS, file, workspace, **others))).value


def state(workspace: Path) -> tuple[int, int]:
    with open_workspace(workspace) as opened, opened.read() as work:
        return work.latest_action, len(work.buildings.all())


def digest(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir() if p.is_file()}


def shapefile(folder: Path, shapes: list[shapely.Geometry] | None = None, **others: object) -> Path:
    drawn = shapes or [square(), square(20)]
    columns = {NO: [f"F{i}".encode() for i in range(len(drawn))], b"JG": gbk(*["砖混"] * len(drawn))}
    return write_shapefile(folder / "房屋.shp", drawn, columns, **others)


def cut_shapes(folder: Path) -> Path:
    path = shapefile(folder)
    path.write_bytes(path.read_bytes()[:-20])
    return path


def longer_table(folder: Path) -> Path:
    path = shapefile(folder)
    write_dbf(path.with_suffix(".dbf"), {NO: [b"F1", b"F2", b"F3"]})
    return path


def no_index(folder: Path) -> Path:
    path = shapefile(folder)
    path.with_suffix(".shx").unlink()
    return path


def no_shapes(folder: Path) -> Path:
    path = shapefile(folder)
    for part in (path, path.with_suffix(".shx")):
        head = bytearray(part.read_bytes()[:100])
        head[24:28] = (50).to_bytes(4, "big")
        part.write_bytes(head)
    return path


def mixed_zones(folder: Path) -> Path:
    prefixed = shapely.transform(square(20), lambda points: np.add(points, (39_000_000, 0)))
    return shapefile(folder, [square(), prefixed, square(40)])


def swapped_axes(folder: Path) -> Path:
    return shapefile(folder, [shapely.transform(square(), lambda points: points[:, ::-1])])


def formulas(folder: Path) -> Path:
    book = openpyxl.Workbook()
    book.active.append(["房屋编号", "层数", "WKT"])
    book.active.append(["F1", "=1+1", square().wkt])
    book.save(folder / "房屋.xlsx")
    return folder / "房屋.xlsx"


def text(name: str, content: str):
    def write(folder: Path) -> Path:
        (folder / name).write_text(content, encoding="utf-8")
        return folder / name

    return write


def zip_bomb(folder: Path) -> Path:
    path = folder / "房屋.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("房屋.csv", "w") as entry:
        for _ in range(70):
            entry.write(bytes(1024**2))
    return path


ENTITIES = '<!DOCTYPE kml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><kml><Placemark>&b;</Placemark></kml>'
ELSEWHERE = (
    "<OGRVRTDataSource><OGRVRTLayer name='a'><SrcDataSource>/vsicurl/http://example.com/a.shp</SrcDataSource>"
    "</OGRVRTLayer></OGRVRTDataSource>"
)
LINE = "[属性描述]\n坐标系=2000国家大地坐标系\n[地块坐标]\n4,0.01,1,a,面,,,{},@\n"
REFUSED = {
    "truncated shp": cut_shapes,
    "dbf longer than shp": longer_table,
    "missing shx": no_index,
    "swapped axes": swapped_axes,
    "no crs": lambda folder: shapefile(folder, crs=None),
    "zip bomb": zip_bomb,
    "entities in kml": text("a.kml", ENTITIES),
    "entities in gml": text("a.gml", ENTITIES),
    "pointer as vrt": text("a.vrt", ELSEWHERE),
    "pointer as gml": text("a.gml", ELSEWHERE),
    "pointer as json": text("a.json", '{"type":"gdal_streamed_alg","command_line":"gdal vector read /vsicurl/x"}'),
    "a name on the network": lambda _: Path("/vsicurl/http://example.com/a.shp"),
    "no geometry and no archive": text("a.csv", "层数\n1\n"),
}
BAD_ROWS = {
    "self-crossing ring": (lambda folder: shapefile(folder, [square(), BOWTIE]), Why.GEOMETRY_INVALID, 2),
    "empty ring": (lambda folder: shapefile(folder, [shapely.Polygon(), square()]), Why.GEOMETRY_EMPTY, 1),
    "mixed zones": (mixed_zones, Why.MISPLACED, 2),
    "formula without value": (formulas, Why.NO_STORED_VALUE, 2),
    "fourteen fields": (text("房屋.txt", LINE.format("a,b,c,d,e,f,g")), Why.TOO_MANY_FIELDS, 4),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_in_one_sentence(empty: Path, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    file = REFUSED[name](folder)
    before, originals = state(empty), digest(folder)
    with pytest.raises(InputError) as refusal:
        bring(file, empty)
    for language in ("zh", "en"):
        sentence = refusal.value.sentence(language)
        assert file.name in sentence
        assert "\n" not in sentence
        assert "{" not in sentence
    assert (state(empty), digest(folder)) == (before, originals)


@pytest.mark.parametrize("name", BAD_ROWS)
def test_told_row_by_row(empty: Path, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    make, why, row = BAD_ROWS[name]
    file = make(folder)
    before, originals = state(empty), digest(folder)
    told = [fault for checked in check_file(file) for fault in checked.faults]
    assert (row, why) in [(fault.row, fault.why) for fault in told]
    crs = None if file.suffix == ".shp" else "EPSG:4549"
    mapping = tmp_path / "m.toml"
    mapping.write_text('kind = "buildings"\n[columns]\nbuilding_no = "地块编号"\n', encoding="utf-8")
    summary = bring(file, empty, crs=crs, mapping=mapping if file.suffix == ".txt" else None)
    assert summary.refused
    assert (row, why) in [(fault.row, fault.why) for fault in summary.faults]
    assert (state(empty), digest(folder)) == (before, originals)


def test_no_rows_at_all(empty: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="2 rows"):
        bring(no_shapes(tmp_path), empty)


@pytest.mark.parametrize("cpg", ["BIG5", "UTF-8", "1252", "nonsense"])
def test_a_wrong_cpg_garbles_nothing(empty: Path, tmp_path: Path, cpg: str) -> None:
    columns = {NO: [b"F1", b"F2"], b"JG": gbk("砖混结构房屋", "钢筋混凝土")}
    file = write_shapefile(tmp_path / "房屋.shp", [square(), square(20)], columns, cpg=cpg)
    assert bring(file, empty).count.added == 2
    with open_workspace(empty) as workspace, workspace.read() as work:
        assert [b.structure for b in work.buildings.all()] == ["砖混结构房屋", "钢筋混凝土"]


def test_heights_and_long_texts_are_no_trouble(empty: Path, tmp_path: Path) -> None:
    solid = shapely.force_3d(np.array([square(), square(20)], dtype=object), 12.5)
    data = [np.array(["F1", "F2"], dtype=object), np.array(["东" * 10_000, None], dtype=object)]
    file = tmp_path / "房屋.gpkg"
    pyogrio.raw.write(
        file, shapely.to_wkb(solid), data, ["FWBH", "YT"], geometry_type="Polygon Z", crs="EPSG:4549", driver="GPKG"
    )
    assert bring(file, empty).count.added == 2
    with open_workspace(empty) as workspace, workspace.read() as work:
        building = work.buildings.get("F1")
    assert building.use == "东" * 10_000
    assert not building.geometry.has_z
    assert building.geometry.equals(square())


@pytest.mark.skipif(not ODD.is_dir(), reason="the folder of odd files is not beside this checkout")
def test_odd_files_from_elsewhere() -> None:
    files = [p for p in sorted(ODD.rglob("*")) if p.suffix in {".shp", ".dbf"}]
    assert files
    for file in files:
        assert all("\n" not in sentence for sentence in told_of(file)), file


def told_of(file: Path) -> list[str]:
    """What is said of a file: its faults, or why it cannot be read."""
    try:
        return [fault.sentence("zh") for checked in check_file(file) for fault in checked.faults]
    except InputError as error:
        return [error.sentence("zh")]
