"""The workspace is a GeoPackage that GDAL, and so QGIS, opens, reads and indexes."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import fiona
import pyogrio
import pyproj
import pytest
import shapely
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

import weijian
from helpers.geopackage import faults
from unit.storage.made import building, case, finding, square, survey
from weijian.domain.job import finish
from weijian.domain.parcel import Parcel
from weijian.storage.verify import verify
from weijian.storage.workspace import Workspace, create_workspace, open_workspace

LAYERS = {"buildings", "parcels", "permits", "zones", "findings"}


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with create_workspace(tmp_path / "w", name="石桥村", crs=pyproj.CRS.from_epsg(4549)) as workspace:
        yield workspace


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    with workspace.transaction("王", "fill") as work:
        work.buildings.upsert_many(building(n, holder="张三" if n else None) for n in range(5))
        work.findings.add_many([finding(1)], None, work.surveys.add(survey()).survey_id)
        work.cases.add(case(finding_nos=("TB2026-0001",)))
    return workspace


@pytest.mark.parametrize("crs", ["EPSG:4549", "EPSG:32650", "+proj=tmerc +lon_0=120.5 +x_0=500000 +ellps=GRS80"])
def test_an_empty_one_is_valid(tmp_path: Path, crs: str) -> None:
    create_workspace(tmp_path / "w", name="x", crs=pyproj.CRS.from_user_input(crs)).close()
    assert faults(tmp_path / "w" / "workspace.gpkg") == []


def test_a_filled_one_is_valid(filled: Workspace) -> None:
    filled.close()
    assert faults(filled.database) == []


def test_the_checks_see_what_is_wrong(filled: Workspace) -> None:
    filled.close()
    with closing(sqlite3.connect(filled.database)) as database, database:
        database.execute("UPDATE gpkg_contents SET max_x = 1, last_change = 'yesterday' WHERE table_name = 'buildings'")
        database.execute("DELETE FROM gpkg_spatial_ref_sys WHERE srs_id = 0")
        database.execute("PRAGMA application_id = 0")
    assert len(faults(filled.database)) == 4


def test_gdal_lists_the_layers_in_their_crs(filled: Workspace) -> None:
    listed = dict(pyogrio.list_layers(filled.database))
    assert {name for name, kind in listed.items() if kind == "MultiPolygon"} == LAYERS
    assert "alembic_version" not in listed
    for layer in LAYERS:
        info = pyogrio.read_info(filled.database, layer=layer)
        assert info["crs"] == "EPSG:4549"
        assert info["fid_column"] == "id"
    frame = pyogrio.read_dataframe(filled.database, layer="buildings")
    assert list(frame["building_no"]) == [f"F{n:04d}" for n in range(5)]
    assert frame.crs.to_epsg() == 4549
    assert tuple(frame.total_bounds) == pyogrio.read_info(filled.database, layer="buildings")["total_bounds"]
    assert str(frame["built_on"].iloc[0])[:10] == "2019-05-01"
    assert frame["holder"].iloc[1] == "张三"


@pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="gdal-bin is not installed")
def test_ogrinfo_lists_the_layers(filled: Workspace) -> None:
    command = ["ogrinfo", "-ro", "-so", "-al", str(filled.database)]
    said = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    assert said.stderr == ""
    assert {line[12:] for line in said.stdout.splitlines() if line.startswith("Layer name: ")} >= LAYERS
    assert "CGCS2000 / 3-degree Gauss-Kruger CM 120E" in said.stdout


@profile(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.floats(300_000, 700_000), st.floats(2e6, 5e6), st.integers(1, 3), st.booleans()),
        min_size=1,
        max_size=8,
    )
)
def test_others_read_the_outlines_that_we_wrote(
    workspace: Workspace, places: list[tuple[float, float, int, bool]]
) -> None:
    parcels = [Parcel(f"P{n}", outline(*place)) for n, place in enumerate(places)]
    with workspace.transaction("王", "import") as work:
        work.parcels.upsert_many(parcels)
        ours = {parcel.parcel_no: parcel.geometry for parcel in work.parcels.all()}
    frame = pyogrio.read_dataframe(workspace.database, layer="parcels")
    with fiona.open(workspace.database, layer="parcels") as rows:
        theirs = {row["properties"]["parcel_no"]: shapely.geometry.shape(row["geometry"]) for row in rows}
    for number, by_pyogrio in zip(frame["parcel_no"], frame.geometry, strict=True):
        assert by_pyogrio == theirs[number]
        assert shapely.get_parts(by_pyogrio).tolist() == shapely.get_parts(ours[number]).tolist()


def outline(x: float, y: float, parts: int, hole: bool) -> shapely.Polygon | shapely.MultiPolygon:
    inner = [[(x + 2, y + 2), (x + 2, y + 4), (x + 4, y + 3)]] if hole else []
    first = shapely.Polygon([(x, y), (x + 9, y), (x + 9, y + 7.3), (x, y + 7.3)], inner)
    if parts == 1:
        return first
    return shapely.MultiPolygon([first, *(shapely.box(x + 20 * n, y, x + 20 * n + 9, y + 5) for n in range(1, parts))])


@pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="gdal-bin is not installed")
def test_an_index_made_in_qgis_does_not_stop_us(filled: Workspace) -> None:
    """QGIS asks GDAL for an RTree, whose triggers call functions that SQLite does not have."""
    make = "SELECT CreateSpatialIndex('buildings', 'geometry')"
    subprocess.run(["ogrinfo", str(filled.database), "-sql", make], check=True, capture_output=True)
    with filled.transaction("王", "import") as work:
        work.buildings.upsert_many([building(1, geometry=square(90)), building(9)])
    assert finish(verify(filled)) == []
    filled.close()
    assert faults(filled.database) == []
    found = pyogrio.read_dataframe(filled.database, layer="buildings", bbox=square(90).bounds)
    assert list(found["building_no"]) == ["F0001"]


SHARER = """
import os, sys
from datetime import date
from pathlib import Path
import fiona, pyogrio
from weijian.domain.case import Case
from weijian.domain.stage import Stage
from weijian.storage.workspace import open_workspace

workspace = open_workspace(Path(sys.argv[1]))
seen = []
for number in range(3):
    with workspace.transaction("王", "open-case") as work:
        work.cases.add(Case(f"AJ{number}", Stage.LEAD, date(2026, 3, 5)))
    pyogrio.list_layers(workspace.database)
    with fiona.open(workspace.database, layer="cases") as rows:
        seen.append(len(rows))
print(seen, flush=True)
os._exit(9)
"""


def test_gdal_in_the_same_process_takes_nothing_away(workspace: Workspace) -> None:
    """GDAL's own SQLite deletes the write-ahead log of a workspace that this process has open, unless it is held."""
    workspace.close()
    source = str(Path(weijian.__file__).parents[1])
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {source!r})\n{SHARER}", str(workspace.folder)]
    said = subprocess.run(command, capture_output=True, text=True)
    assert (said.stdout.strip(), said.stderr, said.returncode) == ("[1, 2, 3]", "", 9)
    with open_workspace(workspace.folder) as again, again.read() as work:
        assert [case.case_no for case in work.cases.all()] == ["AJ0", "AJ1", "AJ2"]
    assert [path.name for path in workspace.folder.glob("workspace*")] == ["workspace.gpkg"]
