"""An archive moved between stores is the same archive."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pyproj
import pytest
import shapely
from sqlalchemy import select

from helpers.stores import GEOPACKAGE, SERVER, StoreAtHand
from unit.storage.made import building, case, finding, square, survey
from weijian.domain.case import CaseDocument
from weijian.domain.errors import TargetExists
from weijian.domain.evidence import Evidence, EvidenceKind
from weijian.domain.household import Household
from weijian.domain.job import finish
from weijian.domain.workflow import Stage, move
from weijian.storage import kept_rows
from weijian.storage.copying import copy_workspace
from weijian.storage.kept_rows import CopyDiffers
from weijian.storage.tables import audit_entries, metadata
from weijian.storage.verify import verify
from weijian.storage.workspace import Workspace, open_workspace


@pytest.fixture
def other(store: StoreAtHand) -> StoreAtHand:
    """The store that the test does not begin on."""
    return replace(store, kind=GEOPACKAGE if store.is_server else SERVER)


@pytest.fixture
def filled(workspace: Workspace, tmp_path: Path) -> Workspace:
    """Something in most tables, and evidence."""
    kept = []
    for content in (b"one", b"two"):
        (tmp_path / "photo.jpg").write_bytes(content)
        kept.append(workspace.evidence_store.put(tmp_path / "photo.jpg"))
    opened = case(finding_nos=("TB2026-0001",))
    with workspace.transaction("王", "import") as work:
        work.households.upsert_many([Household("H1", "李某", "石桥村 1 号"), Household("H2", "长\t名\n字")])
        work.buildings.upsert_many([building(n) for n in range(120)])
        work.buildings.upsert_many([building(1, geometry=shapely.MultiPolygon([square(1), square(3)]), height_m=0.1)])
    with workspace.transaction("王", "detect") as work:
        inside = work.surveys.add(survey(1, workspace.folder / "surveys" / "dom.tif"))
        after = work.surveys.add(survey(2, tmp_path / "dom.tif"))
        work.findings.add_many([finding(1), finding(2)], inside.survey_id, after.survey_id)
        work.evidence.upsert_many(
            [
                Evidence(kept[0], EvidenceKind.PHOTO, ".jpg", 3, datetime(2026, 3, 1, 9, 30, 0, 500), 120.1, 30.2),  # noqa: DTZ001
                Evidence(kept[1], EvidenceKind.PHOTO, ".jpg", 3),
            ]
        )
        work.cases.add(opened)
        moved, event = move(opened, Stage.VERIFICATION, on=date(2026, 3, 6), officers=("王", "李"), reason="现场核查")
        work.cases.record(moved, event)
        work.cases.attach(opened.case_no, kept[0])
        work.cases.issue(CaseDocument("1号", opened.case_no, "责令限期拆除决定书", date(2026, 3, 9), kept[1]))
        work.settings.set("officers", ["王", "李"])
        work.numbers.next_number("case", 2026, count=7)
    return workspace


def chain(workspace: Workspace) -> list[tuple[object, ...]]:
    with workspace.reader.connect() as connection:
        statement = select(audit_entries.c.id, audit_entries.c.changes, audit_entries.c.entry_hash)
        return [tuple(row) for row in connection.execute(statement.order_by(audit_entries.c.id))]


def test_all_of_it_comes_along_and_the_chain_holds(filled: Workspace, other: StoreAtHand, tmp_path: Path) -> None:
    report = finish(copy_workspace(filled, tmp_path / "copy", other.login()))
    assert report.lacking == ()
    assert report.evidence == 2
    assert report.tables["buildings"].rows == 120
    with open_workspace(tmp_path / "copy") as copy:
        assert finish(verify(copy)) == []
        assert chain(copy) == chain(filled)
        with copy.read() as mine, filled.read() as theirs:
            for name in ("households", "buildings", "findings", "cases", "evidence"):
                assert getattr(mine, name).all() == getattr(theirs, name).all(), name
            assert mine.surveys.all() == theirs.surveys.all()
            assert mine.settings.all() == theirs.settings.all()
            assert [found.household.household_no for found in mine.households.search(["李某"], 9)] == ["H1"]
            assert mine.cases.events("AJ2026-0001") == theirs.cases.events("AJ2026-0001")
        with copy.transaction("王", "go-on") as work:
            assert work.numbers.next_number("case", 2026) == 8
            work.cases.add(case(9))
            work.households.upsert_many([Household("H3")])
            assert work.surveys.add(survey(3)).survey_id == 3
        assert finish(verify(copy)) == []


def test_there_and_back_is_the_same_to_the_last_bit(filled: Workspace, other: StoreAtHand, tmp_path: Path) -> None:
    first = finish(copy_workspace(filled, tmp_path / "copy", other.login()))
    with open_workspace(tmp_path / "copy") as copy:
        second = finish(copy_workspace(copy, tmp_path / "back", replace(other, kind=SERVER).login()))
    assert first.tables == second.tables


def test_every_table_is_copied_also_one_without_rows(workspace: Workspace, other: StoreAtHand, tmp_path: Path) -> None:
    report = finish(copy_workspace(workspace, tmp_path / "copy", other.login()))
    assert set(report.tables) == set(metadata.tables) - {"household_search"}


def test_what_the_source_has_lost_is_told_and_not_invented(
    filled: Workspace, other: StoreAtHand, tmp_path: Path
) -> None:
    with filled.read() as work:
        lost, kept = (each.sha256 for each in work.evidence.all())
    filled.evidence_store.path(lost).unlink()
    report = finish(copy_workspace(filled, tmp_path / "copy", other.login()))
    assert report.lacking == (lost,)
    with open_workspace(tmp_path / "copy") as copy:
        assert copy.evidence_store.is_intact(kept)
        assert [problem.subject for problem in finish(verify(copy))] == [f"evidence {lost}"]


@pytest.mark.parametrize("steps", [1, 9, 30])
def test_a_copy_that_is_cancelled_leaves_nothing_and_can_be_done_again(
    filled: Workspace, other: StoreAtHand, tmp_path: Path, steps: int
) -> None:
    login, before = other.login(), sorted(tmp_path.iterdir())
    job = copy_workspace(filled, tmp_path / "copy", login)
    for _ in range(steps):
        next(job)
    job.close()
    assert sorted(tmp_path.iterdir()) == before
    finish(copy_workspace(filled, tmp_path / "copy", login))
    with open_workspace(tmp_path / "copy") as copy:
        assert finish(verify(copy)) == []


def test_a_copy_that_reads_back_otherwise_is_not_kept(
    filled: Workspace, other: StoreAtHand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(tmp_path.iterdir())
    monkeypatch.setattr(other_class(other), "brought_along", damage)
    with pytest.raises(CopyDiffers, match="buildings"):
        finish(copy_workspace(filled, tmp_path / "copy", other.login()))
    assert sorted(tmp_path.iterdir()) == before


def other_class(other: StoreAtHand) -> type:
    from weijian.storage.geopackage_store import GeoPackageStore
    from weijian.storage.server_store import ServerStore

    return ServerStore if other.is_server else GeoPackageStore


def damage(_: object, connection: object, *__: object) -> None:
    buildings = metadata.tables["buildings"]
    connection.execute(buildings.update().where(buildings.c.id == 7).values(storeys=99))  # type: ignore[attr-defined]


def test_a_copy_is_never_made_over_something(filled: Workspace, other: StoreAtHand, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(TargetExists):
        finish(copy_workspace(filled, tmp_path / "there", other.login()))
    assert [path.name for path in (tmp_path / "there").iterdir()] == ["notes.txt"]


@pytest.fixture(autouse=True)
def many_batches_and_no_traces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(kept_rows, "_BATCH", 50)
    yield
    assert not list(tmp_path.glob(".weijian-*"))


def test_a_copy_of_an_empty_archive(workspace: Workspace, other: StoreAtHand, tmp_path: Path) -> None:
    finish(copy_workspace(workspace, tmp_path / "copy", other.login()))
    with open_workspace(tmp_path / "copy") as copy:
        assert copy.crs == pyproj.CRS.from_epsg(4549)
        assert finish(verify(copy)) == []


def test_evidence_may_go_to_the_bureaus_share(filled: Workspace, store: StoreAtHand, tmp_path: Path) -> None:
    server = replace(store, kind=SERVER)
    login = server.login()
    assert login is not None
    share = tmp_path / "share"
    share.mkdir()
    finish(copy_workspace(filled, tmp_path / "copy", replace(login, address=replace(login.address, evidence=share))))
    with open_workspace(tmp_path / "copy") as copy:
        assert finish(verify(copy)) == []
        assert copy.evidence_store.path(_first(copy)).is_relative_to(share)
        finish(copy_workspace(copy, tmp_path / "own"))
    with open_workspace(tmp_path / "own") as own, own.read() as work:
        assert work.settings.get("evidence_folder") is None
        assert own.evidence_store.path(_first(own)).is_relative_to(tmp_path / "own")


def _first(workspace: Workspace) -> str:
    with workspace.read() as work:
        return work.evidence.all()[0].sha256
