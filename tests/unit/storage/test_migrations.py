import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pyproj
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from helpers.geopackage import faults
from helpers.stores import on_a_file
from unit.storage.made import building, case
from weijian.domain.case import CaseEvent
from weijian.domain.job import finish
from weijian.domain.stage import Stage
from weijian.storage import schema
from weijian.storage.tables import metadata
from weijian.storage.verify import verify
from weijian.storage.workspace import Workspace, open_workspace

pytestmark = on_a_file
OLD = Path(__file__).with_name("workspace_0001.sql")
"""A workspace as the first release wrote it; never made anew."""

NEWEST = schema.revisions()[-1]
SECOND = f'''"""A later revision, for the test."""
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{NEWEST}"


def upgrade() -> None:
    op.create_table("notes", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("text", sa.Text()))
    op.add_column("cases", sa.Column("urgency", sa.Integer()))
'''


@pytest.fixture
def newer_scripts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    scripts = tmp_path / "scripts"
    shutil.copytree(schema.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(schema, "SCRIPTS", scripts)
    return scripts / "versions" / "r9999_second.py"


@pytest.mark.filterwarnings("ignore:Did not recognize type 'MULTIPOLYGON'")
def test_the_revisions_make_the_tables_of_the_code(workspace: Workspace) -> None:
    with workspace.reader.connect() as connection:
        known = {"include_object": lambda thing, name, kind, *_: not str(name).startswith(("gpkg_", "household_words"))}
        context = MigrationContext.configure(connection, opts=known | {"compare_type": False})
        assert compare_metadata(context, metadata) == []


def test_an_old_workspace_is_brought_forward_after_a_backup(workspace: Workspace, newer_scripts: Path) -> None:
    with workspace.transaction("王", "open-case") as work:
        work.cases.add(case())
    workspace.close()
    newer_scripts.write_text(SECOND, encoding="utf-8")
    with open_workspace(workspace.folder) as again:
        with again.reader.connect() as connection:
            assert schema.revision_of(connection) == "9999"
            assert connection.exec_driver_sql("SELECT urgency FROM cases").all() == [(None,)]
        with again.read() as work:
            assert work.cases.all() == [case()]
        assert finish(verify(again)) == []
    (backup,) = (workspace.folder / "backups").iterdir()
    assert backup.name.startswith("before-9999-")
    with closing(sqlite3.connect(backup)) as database:
        assert database.execute("SELECT version_num FROM alembic_version").fetchall() == [(NEWEST,)]
        assert database.execute("SELECT case_no FROM cases").fetchall() == [("AJ2026-0001",)]


def test_a_migration_that_fails_half_way_changes_nothing(workspace: Workspace, newer_scripts: Path) -> None:
    workspace.close()
    newer_scripts.write_text(SECOND + "    raise ZeroDivisionError\n", encoding="utf-8")
    with pytest.raises(ZeroDivisionError):
        open_workspace(workspace.folder)
    newer_scripts.unlink()
    with open_workspace(workspace.folder) as again, again.reader.connect() as connection:
        assert schema.revision_of(connection) == NEWEST
        assert connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE name = 'notes'").all() == []


def test_a_workspace_of_the_first_release_opens(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "workspace.gpkg")) as database:
        database.executescript(OLD.read_text(encoding="utf-8"))
    with open_workspace(tmp_path) as workspace:
        assert workspace.crs == pyproj.CRS.from_epsg(4549)
        with workspace.read() as work:
            assert work.buildings.all() == [building(1), building(2)]
            assert work.cases.all() == [case(stage=Stage.VERIFICATION)]
            assert work.cases.events("AJ2026-0001") == [
                CaseEvent("AJ2026-0001", date(2026, 3, 6), Stage.LEAD, Stage.VERIFICATION, ("王", "李"), "现场核查")
            ]
        assert finish(verify(workspace)) == []
        workspace.close()
        assert faults(workspace.database) == []
