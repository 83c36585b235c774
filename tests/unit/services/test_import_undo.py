from pathlib import Path

import pytest

from helpers.stores import StoreAtHand
from weijian.domain.errors import NotFound
from weijian.domain.job import finish
from weijian.domain.table_kind import Kind
from weijian.services.import_undo import AlreadyTakenBack, NoImports, list_imports, undo_import
from weijian.services.imports import ImportRequest, import_file
from weijian.services.workspaces import new_workspace
from weijian.storage.verify import verify
from weijian.storage.workspace import open_workspace

KINDS = (Kind.HOUSEHOLDS, Kind.ZONES)


@pytest.fixture
def folder(tmp_path: Path, store: StoreAtHand) -> Path:
    new_workspace(tmp_path / "w", name="村", crs="EPSG:4549", login=store.login())
    return tmp_path / "w"


def take(folder: Path, kind: Kind, *rows: str) -> None:
    file = folder.parent / f"{kind}.csv"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    crs = None if kind is Kind.HOUSEHOLDS else "EPSG:4549"
    assert not finish(import_file(ImportRequest(kind, file, folder, crs=crs))).value.refused


def households(folder: Path) -> dict[str, str | None]:
    with open_workspace(folder) as workspace, workspace.read() as work:
        return {each.household_no: each.address for each in work.households.all()}


def test_an_import_is_taken_back_whole(folder: Path) -> None:
    take(folder, Kind.HOUSEHOLDS, "户号,地址", "H1,一号", "H2,二号")
    take(folder, Kind.HOUSEHOLDS, "户号,地址", "H2,二号院", "H3,三号", "H1,一号")
    latest, first = list_imports(folder)
    assert (latest.added, latest.updated, latest.unchanged, latest.rejected) == (1, 1, 1, 0)
    told = finish(undo_import(folder)).value
    assert (told.batch.action_id, told.restored, told.left) == (latest.action_id, 2, ())
    assert households(folder) == {"H1": "一号", "H2": "二号"}
    with pytest.raises(AlreadyTakenBack):
        finish(undo_import(folder, latest.action_id))
    told = finish(undo_import(folder)).value
    assert told.batch.action_id == first.action_id
    assert households(folder) == {}, "an import that was taken back does not stand in the way"
    assert (told.restored, told.left) == (2, ())
    with open_workspace(folder) as workspace:
        assert finish(verify(workspace)) == []


def test_what_was_changed_since_stays(folder: Path) -> None:
    take(folder, Kind.HOUSEHOLDS, "户号,地址", "H1,一号", "H2,二号")
    (first,) = list_imports(folder)
    take(folder, Kind.HOUSEHOLDS, "户号,地址", "H2,二号院")
    told = finish(undo_import(folder, first.action_id)).value
    assert (told.restored, told.left) == (1, ("H2",))
    assert households(folder) == {"H2": "二号院"}


def test_zones_are_taken_back_too(folder: Path) -> None:
    square = "POLYGON ((500000 3340000, 500010 3340000, 500010 3340010, 500000 3340010, 500000 3340000))"
    take(folder, Kind.ZONES, "编号,类型,WKT", f'Z1,冻结区,"{square}"')
    finish(undo_import(folder))
    with open_workspace(folder) as workspace, workspace.read() as work:
        assert work.zones.all() == []


def test_nothing_to_take_back(folder: Path) -> None:
    with pytest.raises(NoImports):
        finish(undo_import(folder))
    with pytest.raises(NotFound):
        finish(undo_import(folder, 77))
    take(folder, Kind.HOUSEHOLDS, "户号,地址", "H1,一号")
    take(folder, Kind.HOUSEHOLDS, "户号,地址", "H1,一号")
    assert len(list_imports(folder)) == 1, "an import that changed nothing leaves nothing to take back"
