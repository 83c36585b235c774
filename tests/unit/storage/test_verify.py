import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pyproj
import pytest
from sqlalchemy import delete, select, text

from helpers.stores import StoreAtHand, on_a_file, on_the_server
from unit.storage.made import building, case
from weijian.domain.evidence import Evidence, EvidenceKind
from weijian.domain.household import Household
from weijian.domain.job import finish
from weijian.storage import audit, chain_seen
from weijian.storage.tables import audit_entries, row_changes
from weijian.storage.verify import verify
from weijian.storage.workspace import Workspace, create_workspace, migrate_workspace
from weijian.terminal import stage_word


def alter(workspace: Workspace, *statements: str) -> None:
    """As another program does that heeds none of the database's checks."""
    if workspace.store.schema is None:
        with closing(sqlite3.connect(workspace.database)) as database, database:
            for statement in statements:
                database.execute(statement)
    else:
        with workspace.writer.begin() as connection:
            for statement in ("SET LOCAL session_replication_role = replica", *statements):
                connection.execute(text(statement))


def entries(workspace: Workspace) -> list[tuple[object, ...]]:
    with workspace.reader.connect() as connection:
        c = audit_entries.c
        rows = connection.execute(select(c.at, c.actor, c.action, c.changes).order_by(c.id))
        return [tuple(row) for row in rows]


def subjects(workspace: Workspace) -> list[str]:
    return [problem.subject for problem in finish(verify(workspace))]


def test_one_action_is_one_entry(tmp_path: Path, store: StoreAtHand) -> None:
    noon = datetime(2026, 3, 1, 4, 0, 0, 123_000, UTC)
    crs = pyproj.CRS.from_epsg(4549)
    with create_workspace(tmp_path / "w", name="x", crs=crs, login=store.login(), clock=lambda: noon) as workspace:
        with workspace.transaction("王", "import-buildings") as work:
            work.buildings.upsert_many(building(n) for n in range(30))
            work.cases.add(case())
        at, actor, action, changes = entries(workspace)[-1]
        assert (at, actor, action) == (noon, "王", "import-buildings")
        told = json.loads(str(changes))
        assert told.pop("row_changes")["added"]["count"] == 30
        assert told == {
            "buildings": {"added": {"count": 30}},
            "cases": {"added": {"count": 1, "numbers": ["AJ2026-0001"]}},
        }
        assert len(entries(workspace)) == 2
        assert finish(verify(workspace)) == []


def cut_off(workspace: Workspace, last: int) -> None:
    """The end of chain and journal, as somebody does it who knows both."""
    for table, column in (("row_changes", "action_id"), ("audit_entries", "id")):
        alter(workspace, f"DELETE FROM {table} WHERE {column} > {last}")  # noqa: S608 - names and a number


def test_a_chain_whose_end_was_cut_off_is_found_by_who_has_seen_it(workspace: Workspace) -> None:
    for number in range(3):
        with workspace.transaction("王", "open-case") as work:
            work.cases.add(case(number))
    cut_off(workspace, 2)
    assert subjects(workspace) == ["audit 4"]
    assert subjects(workspace) == ["audit 4"]  # telling it does not forget it
    for number in range(7, 11):
        with workspace.transaction("王", "open-case") as work:
            work.cases.add(case(number))
    assert subjects(workspace) == ["audit 4"]  # nor do others that take the numbers of those that were cut off


def test_verifying_remembers_what_others_added(tmp_path: Path, store: StoreAtHand) -> None:
    with create_workspace(tmp_path / "w", name="x", crs=pyproj.CRS.from_epsg(4549), login=store.login()) as workspace:
        with workspace.transaction("王", "open-case") as work:
            work.cases.add(case(1))
        (workspace.folder / chain_seen.NAME).unlink()
        assert subjects(workspace) == []
        cut_off(workspace, 1)
        assert subjects(workspace) == ["audit 2"]
        (workspace.folder / chain_seen.NAME).write_text("{", encoding="utf-8")
        assert subjects(workspace) == []  # nobody who has seen it is left


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
    assert finish(verify(workspace)) == []
    alter(workspace, statement)
    problems = finish(verify(workspace))
    assert "audit 3" in {problem.subject for problem in problems}
    assert "审计" in problems[0].what.zh


@pytest.fixture
def edited(workspace: Workspace) -> Workspace:
    """Four actions; 2 to 4 have three lines of history each, the second field by field."""
    houses = [Household(f"H{n}", "张三", f"{n}号") for n in range(3)]
    with workspace.transaction("王", "import-households") as work:
        work.households.upsert_many(houses)
    with workspace.transaction("王", "import-households") as work:
        work.households.upsert_many(Household(each.household_no, "张三", "村口") for each in houses)
    with workspace.transaction("李", "import-buildings") as work:
        work.buildings.upsert_many(building(n) for n in range(3))
    return workspace


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE row_changes SET before = '9号' WHERE action_id = 3 AND number = 'H1'",
        "UPDATE row_changes SET after = NULL WHERE action_id = 3 AND number = 'H1'",
        "UPDATE row_changes SET number = 'H9' WHERE action_id = 3 AND number = 'H2'",
        "DELETE FROM row_changes WHERE action_id = 3 AND number = 'H2'",
        "DELETE FROM row_changes WHERE action_id = 3",
        "INSERT INTO row_changes (action_id, part, number, verb) VALUES (3, 'households', 'H9', 'added')",
    ],
)
def test_a_history_that_was_rewritten_is_found(edited: Workspace, statement: str) -> None:
    assert finish(verify(edited)) == []
    alter(edited, statement)
    (problem,) = finish(verify(edited))
    assert problem.subject == "history 3"
    assert "weijian restore" in problem.what.zh


def test_lines_for_an_action_that_had_none_or_moved_to_another_are_found(edited: Workspace) -> None:
    alter(edited, "INSERT INTO row_changes (action_id, part, number, verb) VALUES (1, 'households', 'H9', 'added')")
    assert subjects(edited) == ["history 1"]
    alter(edited, "UPDATE row_changes SET action_id = 2 WHERE action_id = 3 AND number = 'H2'")
    assert subjects(edited) == ["history 1", "history 2", "history 3"]


def unsealed(workspace: Workspace) -> None:
    """Make the chain one of the time before entries held the hash of their lines, and folders what they saw of it."""
    (workspace.folder / chain_seen.NAME).unlink()
    with workspace.writer.begin() as connection:
        rows = connection.execute(select(audit_entries).order_by(audit_entries.c.id)).mappings().all()
        lines = connection.execute(select(row_changes).order_by(row_changes.c.id)).mappings().all()
        connection.execute(delete(row_changes))
        connection.execute(delete(audit_entries))
        for row in rows:
            told = json.loads(row["changes"])
            told.pop("row_changes", None)
            audit._enter(connection, row["at"], row["actor"], row["action"], told)
        connection.execute(row_changes.insert(), [dict(line) for line in lines])


def test_lines_from_before_there_were_seals_are_sealed_together(edited: Workspace) -> None:
    unsealed(edited)
    alter(edited, "ALTER TABLE findings DROP COLUMN judged_in")
    alter(edited, "UPDATE alembic_version SET version_num = '0004'")
    assert finish(migrate_workspace(edited.folder)).before == "0004"
    assert finish(verify(edited)) == []
    with edited.transaction("王", "edit") as work:
        work.households.upsert_many([Household("H0", "张三", "村尾")])
    assert finish(verify(edited)) == []
    assert [entry[2] for entry in entries(edited)][-2:] == ["seal-history", "edit"]
    alter(edited, "UPDATE row_changes SET before = '9号' WHERE action_id = 6")
    assert subjects(edited) == ["history 6"]
    alter(edited, "UPDATE row_changes SET before = '9号' WHERE action_id = 3 AND number = 'H1'")
    assert subjects(edited) == ["history 1-4", "history 6"]


def test_where_there_is_no_history_none_is_sealed(workspace: Workspace) -> None:
    with workspace.writer.begin() as connection:
        audit.seal_former_lines(connection, datetime.now(UTC))
    assert len(entries(workspace)) == 1


def test_evidence_that_was_altered_or_lost_is_found(workspace: Workspace, tmp_path: Path) -> None:
    kept = []
    for content in (b"one", b"two", b"three"):
        (tmp_path / "photo.jpg").write_bytes(content)
        kept.append(workspace.evidence_store.put(tmp_path / "photo.jpg"))
    with workspace.transaction("王", "add-evidence") as work:
        work.evidence.upsert_many(Evidence(sha256, EvidenceKind.PHOTO, ".jpg", 3) for sha256 in kept)
    assert finish(verify(workspace)) == []
    workspace.evidence_store.path(kept[0]).write_bytes(b"One")
    workspace.evidence_store.path(kept[1]).unlink()
    assert set(subjects(workspace)) == {f"evidence {sha256}" for sha256 in kept[:2]}


def test_an_outline_that_another_program_moved_is_found(edited: Workspace) -> None:
    alter(edited, "UPDATE buildings SET geometry = (SELECT geometry FROM buildings WHERE id = 1) WHERE id = 2")
    assert subjects(edited) == ["buildings 2"]


@on_a_file
def test_an_outline_that_is_none_is_found(edited: Workspace) -> None:
    alter(edited, "UPDATE buildings SET geometry = x'00' WHERE id = 3")
    assert subjects(edited) == ["buildings 3"]


def test_a_dangling_reference_is_found(workspace: Workspace) -> None:
    alter(workspace, "INSERT INTO case_findings (case_no, finding_no) VALUES ('AJ0', 'TB0')")
    assert set(subjects(workspace)) == {"database"}


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("DELETE FROM household_search WHERE household_no = 'H1'", "缺 1 户"),
        ("UPDATE households SET holder = '李四' WHERE household_no = 'H1'", "过时 1 户"),
        ("UPDATE household_search SET initials = 'ls'", "过时 3 户"),
        ("DELETE FROM households WHERE household_no <> 'H1'", "已删除仍可检索 2 户"),
    ],
)
def test_households_that_are_found_by_what_they_are_not(edited: Workspace, statement: str, told: str) -> None:
    alter(edited, statement)
    (problem,) = finish(verify(edited))
    assert problem.subject == "search"
    assert told in problem.what.zh
    assert "--rebuild-indexes" in problem.what.zh
    edited.rebuild_indexes("王")
    assert finish(verify(edited)) == []
    assert entries(edited)[-1][1:3] == ("王", "rebuild-indexes")


@on_a_file
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO household_words (household_words) VALUES ('delete-all')",
        "INSERT INTO household_words (rowid, text) VALUES (99, '不在此处')",
    ],
)
def test_texts_that_are_not_in_the_index(edited: Workspace, statement: str) -> None:
    alter(edited, statement)
    (problem,) = finish(verify(edited))
    assert "索引不符" in problem.what.zh
    with edited.read() as work:
        assert len(work.households.search(["村口"], 9)) == (0 if "delete-all" in statement else 3)
    edited.rebuild_indexes("王")
    assert finish(verify(edited)) == []
    with edited.read() as work:
        assert len(work.households.search(["村口"], 9)) == 3


@on_the_server
def test_indexes_that_an_administrator_dropped(edited: Workspace) -> None:
    alter(edited, "DROP INDEX gist_buildings", "DROP INDEX trgm_household_search_text")
    (problem,) = finish(verify(edited))
    assert "gist_buildings, trgm_household_search_text" in problem.what.zh
    edited.rebuild_indexes("王")
    assert finish(verify(edited)) == []


def test_every_step_is_told_and_whoever_cancels_leaves_the_workspace_usable(edited: Workspace) -> None:
    steps = list(verify(edited))
    assert {step.stage for step in steps} >= {
        "verify-database",
        "verify-history",
        "verify-search",
        "verify-index",
        "verify-outlines",
    }
    assert all(step.done <= step.total and stage_word(step.stage, "zh") for step in steps)
    for number in range(len(steps)):
        job = verify(edited)
        assert list(islice(job, number + 1))
        job.close()
    assert finish(verify(edited)) == []
