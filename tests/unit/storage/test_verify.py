import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pyproj
import pytest

from helpers.stores import on_a_file
from unit.storage.made import building, case
from weijian.domain.evidence import Evidence, EvidenceKind
from weijian.storage.verify import verify
from weijian.storage.workspace import Workspace, create_workspace

pytestmark = on_a_file


def alter(workspace: Workspace, statement: str) -> None:
    with closing(sqlite3.connect(workspace.database)) as database, database:
        database.execute(statement)


def audit(workspace: Workspace) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(workspace.database)) as database:
        return database.execute("SELECT at, actor, action, changes FROM audit_entries ORDER BY id").fetchall()


def test_one_action_is_one_entry(tmp_path: Path) -> None:
    noon = datetime(2026, 3, 1, 4, 0, 0, 123_456, UTC)
    crs = pyproj.CRS.from_epsg(4549)
    with create_workspace(tmp_path / "w", name="x", crs=crs, clock=lambda: noon) as workspace:
        with workspace.transaction("王", "import-buildings") as work:
            work.buildings.upsert_many(building(n) for n in range(30))
            work.cases.add(case())
        at, actor, action, changes = audit(workspace)[-1]
        assert (at, actor, action) == ("2026-03-01T04:00:00.123Z", "王", "import-buildings")
        assert json.loads(str(changes)) == {
            "buildings": {"added": {"count": 30}},
            "cases": {"added": {"count": 1, "numbers": ["AJ2026-0001"]}},
        }
        assert len(audit(workspace)) == 2
        assert verify(workspace) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entries SET actor = '赵' WHERE id = 3",
        "UPDATE audit_entries SET at = '2026-01-01T00:00:00.000Z' WHERE id = 3",
        "UPDATE audit_entries SET changes = '{}' WHERE id = 3",
        "UPDATE audit_entries SET entry_hash = 'ff' WHERE id = 3",
        "DELETE FROM audit_entries WHERE id = 2",
        "DELETE FROM audit_entries WHERE id <= 2",
    ],
)
def test_a_tampered_chain_is_found(workspace: Workspace, statement: str) -> None:
    for number in range(4):
        with workspace.transaction("王", "open-case") as work:
            work.cases.add(case(number))
    assert verify(workspace) == []
    alter(workspace, statement)
    problems = verify(workspace)
    assert "audit 3" in {problem.subject for problem in problems}
    assert "审计" in problems[0].what.zh


def test_evidence_that_was_altered_or_lost_is_found(workspace: Workspace, tmp_path: Path) -> None:
    kept = []
    for content in (b"one", b"two", b"three"):
        (tmp_path / "photo.jpg").write_bytes(content)
        kept.append(workspace.evidence_store.put(tmp_path / "photo.jpg"))
    with workspace.transaction("王", "add-evidence") as work:
        work.evidence.upsert_many(Evidence(sha256, EvidenceKind.PHOTO, ".jpg", 3) for sha256 in kept)
    assert verify(workspace) == []
    workspace.evidence_store.path(kept[0]).write_bytes(b"One")
    workspace.evidence_store.path(kept[1]).unlink()
    assert {problem.subject for problem in verify(workspace)} == {f"evidence {sha256}" for sha256 in kept[:2]}


def test_an_outline_that_another_program_moved_is_found(workspace: Workspace) -> None:
    with workspace.transaction("王", "import") as work:
        work.buildings.upsert_many(building(n) for n in range(3))
    alter(workspace, "UPDATE buildings SET geometry = (SELECT geometry FROM buildings WHERE id = 1) WHERE id = 2")
    alter(workspace, "UPDATE buildings SET geometry = x'00' WHERE id = 3")
    assert [problem.subject for problem in verify(workspace)] == ["buildings 2", "buildings 3"]


def test_a_dangling_reference_is_found(workspace: Workspace) -> None:
    alter(workspace, "INSERT INTO case_findings (case_no, finding_no) VALUES ('AJ0', 'TB0')")
    assert {problem.subject for problem in verify(workspace)} == {"database"}
