import sqlite3
from contextlib import closing
from pathlib import Path

import pyproj
import pytest
from sqlalchemy import Engine, event

from helpers.stores import on_a_file
from unit.storage.made import building, case
from weijian.domain.errors import (
    CrsUnusable,
    FileMissing,
    FileUnreadable,
    NewerVersion,
    NotFound,
    NotWorkspace,
    TargetExists,
    TargetUnwritable,
    WorkspaceBusy,
)
from weijian.domain.job import finish
from weijian.storage import geopackage, sqlite_engine
from weijian.storage.verify import verify
from weijian.storage.workspace import Workspace, create_workspace, open_workspace

GAUSS = pyproj.CRS.from_epsg(4549)


def everything_below(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@on_a_file
def test_a_new_workspace_is_a_folder_of_the_design(workspace: Workspace) -> None:
    workspace.close()
    assert everything_below(workspace.folder) == ["backups", "cache", "evidence", "surveys", "workspace.gpkg"]
    with open_workspace(workspace.folder) as again, again.read() as work:
        assert again.crs == GAUSS
        assert work.settings.all() == {"name": "石桥村", "crs": "EPSG:4549", "bureau": None}
        assert finish(verify(again)) == []


def test_folders_on_the_way_are_made(tmp_path: Path) -> None:
    create_workspace(tmp_path / "一" / "二 #?%" / "三", name="x", crs=GAUSS).close()
    assert everything_below(tmp_path)[:3] == ["一", "一/二 #?%", "一/二 #?%/三"]


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    create_workspace(tmp_path, name="x", crs=GAUSS, bureau="石桥镇综合行政执法队").close()
    with open_workspace(tmp_path) as workspace, workspace.read() as work:
        assert work.settings.get("bureau") == "石桥镇综合行政执法队"


def test_what_is_there_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "w").mkdir()
    (tmp_path / "w" / "notes.txt").write_text("mine", encoding="utf-8")
    for taken in (tmp_path / "w", tmp_path / "w" / "notes.txt"):
        with pytest.raises(TargetExists):
            create_workspace(taken, name="x", crs=GAUSS)
    assert everything_below(tmp_path) == ["w", "w/notes.txt"]


@pytest.mark.parametrize(
    ("crs", "why"),
    [
        ("EPSG:4490", "not projected"),
        ("EPSG:2263", "unit is not the metre"),
        ("EPSG:4978", "not projected"),
    ],
)
def test_a_crs_in_which_areas_cannot_be_measured_is_refused(tmp_path: Path, crs: str, why: str) -> None:
    with pytest.raises(CrsUnusable, match=why):
        create_workspace(tmp_path / "w", name="x", crs=pyproj.CRS.from_user_input(crs))
    assert everything_below(tmp_path) == []


@pytest.mark.parametrize(
    ("crs", "epsg"),
    [
        ("EPSG:4528", 4528),
        ("EPSG:2437", 2437),
        ("EPSG:32650", 32650),
        ("EPSG:4549+5737", 4549),
        ("+proj=tmerc +lon_0=120.5 +x_0=500000 +ellps=GRS80 +units=m", None),
    ],
)
def test_projected_systems_of_the_field_are_kept(tmp_path: Path, crs: str, epsg: int | None) -> None:
    create_workspace(tmp_path / "w", name="x", crs=pyproj.CRS.from_user_input(crs)).close()
    with open_workspace(tmp_path / "w") as workspace:
        assert workspace.crs.to_epsg() == epsg
        assert geopackage.srs_id_of(workspace.crs) == epsg or geopackage.CUSTOM_SRS_ID
        assert len(workspace.crs.axis_info) == 2


def test_a_place_that_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(TargetUnwritable) as caught:
        create_workspace(tmp_path / "file" / "w", name="x", crs=GAUSS)
    assert "不是文件夹" in caught.value.sentence("zh")
    assert everything_below(tmp_path) == ["file"]


def fill_disk(monkeypatch: pytest.MonkeyPatch, pages: int) -> None:
    """SQLite itself says that the disk is full once a database has so many pages."""
    usual = sqlite_engine.connect

    def small(database: Path, *, writable: bool) -> Engine:
        made = usual(database, writable=writable)
        event.listen(made, "connect", lambda raw, _: raw.execute(f"PRAGMA max_page_count = {pages}"))
        return made

    monkeypatch.setattr("weijian.storage.geopackage_store.connect", small)


def test_a_full_disk_leaves_no_half_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill_disk(monkeypatch, 20)
    with pytest.raises(TargetUnwritable, match="the disk is full"):
        create_workspace(tmp_path / "a" / "w", name="x", crs=GAUSS)
    assert everything_below(tmp_path) == []


@on_a_file
def test_a_full_disk_loses_only_the_action_that_filled_it(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with workspace.transaction("王", "open-case") as work:
        work.cases.add(case())
    workspace.close()
    fill_disk(monkeypatch, 150)
    with open_workspace(workspace.folder) as full:
        with pytest.raises(TargetUnwritable) as caught, full.transaction("王", "import") as work:
            work.buildings.upsert_many(building(n) for n in range(20_000))
        assert "磁盘已满" in caught.value.sentence("zh")
        with full.transaction("王", "settings") as work:
            work.settings.set("bureau", "x")
            assert work.cases.all() == [case()]
            assert work.buildings.all() == []
        assert finish(verify(full)) == []


def test_what_is_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        open_workspace(tmp_path / "none")
    with pytest.raises(NotWorkspace, match=r"has no workspace\.gpkg"):
        open_workspace(tmp_path)
    database = tmp_path / "workspace.gpkg"
    database.write_bytes(b"")
    with pytest.raises(NotWorkspace):
        open_workspace(tmp_path)
    with closing(sqlite3.connect(database)) as other:
        other.execute("CREATE TABLE t (x)")
    as_it_was = database.read_bytes()
    with pytest.raises(NotWorkspace) as caught:
        open_workspace(tmp_path)
    assert "其他程序" in caught.value.sentence("zh")
    assert database.read_bytes() == as_it_was
    database.write_bytes(b"PK\3\4" * 999)
    with pytest.raises(FileUnreadable):
        open_workspace(tmp_path)
    assert everything_below(tmp_path) == ["workspace.gpkg"]


@on_a_file
def test_a_cut_off_database_is_said_to_be_damaged(workspace: Workspace) -> None:
    with workspace.transaction("王", "import") as work:
        work.buildings.upsert_many(building(n) for n in range(3000))
    workspace.close()
    whole = workspace.database.read_bytes()
    workspace.database.write_bytes(whole[: len(whole) // 2])
    with (
        pytest.raises(FileUnreadable, match="damaged"),
        open_workspace(workspace.folder) as again,
        again.read() as work,
    ):
        work.buildings.all()


@on_a_file
def test_a_newer_workspace_is_refused_and_left_alone(workspace: Workspace) -> None:
    workspace.close()
    with closing(sqlite3.connect(workspace.database)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '0999'")
    as_it_was = workspace.database.read_bytes()
    with pytest.raises(NewerVersion) as caught:
        open_workspace(workspace.folder)
    assert "0999" in caught.value.sentence("zh")
    assert workspace.database.read_bytes() == as_it_was


def test_an_action_is_kept_whole_or_not_at_all(workspace: Workspace) -> None:
    with pytest.raises(NotFound), workspace.transaction("王", "open-case") as work:
        work.cases.add(case(finding_nos=("TB2026-0001",)))
    with workspace.read() as work:
        assert work.cases.all() == []
    assert finish(verify(workspace)) == []


def test_reading_cannot_write(workspace: Workspace) -> None:
    with pytest.raises(TargetUnwritable), workspace.read() as work:
        work.cases.add(case())


@on_a_file
def test_two_programs_in_one_workspace(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_engine, "BUSY_SECONDS", 0.1)
    with open_workspace(workspace.folder) as other:
        with workspace.transaction("王", "open-case") as mine:
            mine.cases.add(case(1))
            with other.read() as theirs:
                assert theirs.cases.all() == []
            with pytest.raises(WorkspaceBusy), other.transaction("李", "open-case"):
                pass
            with open_workspace(workspace.folder) as third, third.read() as theirs:
                assert theirs.cases.all() == []
        with other.transaction("李", "open-case") as theirs:
            theirs.cases.add(case(2))
        with workspace.read() as mine:
            assert mine.cases.all() == [case(1), case(2)]
    assert finish(verify(workspace)) == []
