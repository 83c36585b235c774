"""What was backed up comes back, or nothing does."""

import json
from pathlib import Path

import pytest

from unit.storage.made import building, case
from weijian.domain.errors import FileMissing, FileUnreadable, TargetExists
from weijian.domain.evidence import Evidence, EvidenceKind
from weijian.domain.job import finish
from weijian.storage.backups import MANIFEST, BackupDamaged, back_up, restore
from weijian.storage.verify import verify
from weijian.storage.workspace import Workspace, open_workspace


@pytest.fixture
def backup(workspace: Workspace, tmp_path: Path) -> Path:
    (tmp_path / "photo.jpg").write_bytes(b"one")
    kept = workspace.evidence_store.put(tmp_path / "photo.jpg")
    with workspace.transaction("王", "import") as work:
        work.buildings.upsert_many(building(n) for n in range(30))
        work.evidence.upsert_many([Evidence(kept, EvidenceKind.PHOTO, ".jpg", 3)])
        work.cases.add(case())
    made = finish(back_up(workspace, tmp_path / "backup"))
    assert made.files == 2
    return made.folder


def test_a_backup_comes_back(workspace: Workspace, backup: Path, tmp_path: Path) -> None:
    with workspace.transaction("王", "open-case") as work:
        work.cases.add(case(2))
    finish(restore(backup, tmp_path / "一" / "恢复"))
    with open_workspace(tmp_path / "一" / "恢复") as again:
        assert finish(verify(again)) == []
        with again.read() as work:
            assert work.cases.all() == [case()]
            assert len(work.buildings.all()) == 30
    finish(restore(backup, tmp_path / "another"))


@pytest.mark.parametrize("harm", ["changed", "lost"])
@pytest.mark.parametrize("name", ["workspace.gpkg", "evidence"])
def test_a_damaged_backup_restores_nothing(backup: Path, tmp_path: Path, name: str, harm: str) -> None:
    victim = next(path for path in sorted((backup / name).rglob("*")) or [backup / name] if path.is_file())
    if harm == "lost":
        victim.unlink()
    else:
        content = bytearray(victim.read_bytes())
        content[-1] ^= 1
        victim.write_bytes(content)
    with pytest.raises(BackupDamaged, match=victim.name):
        finish(restore(backup, tmp_path / "restored"))
    assert not (tmp_path / "restored").exists()
    assert not list(tmp_path.glob(".weijian-*"))


@pytest.mark.parametrize(
    "names", [{"../escape": "00"}, {"/etc/passwd": "00"}, {"a\\b": "00"}, {"c:x": "00"}, [], None, {"a": 1}]
)
def test_a_list_that_is_none_or_leads_elsewhere_is_refused(backup: Path, tmp_path: Path, names: object) -> None:
    (backup / MANIFEST).write_text(json.dumps({"files": names}), encoding="utf-8")
    with pytest.raises(FileUnreadable):
        finish(restore(backup, tmp_path / "restored"))
    assert not (tmp_path / "restored").exists()


def test_what_is_no_backup(tmp_path: Path, workspace: Workspace) -> None:
    for folder in (tmp_path / "none", workspace.folder):
        with pytest.raises(FileMissing):
            finish(restore(folder, tmp_path / "restored"))


def test_a_backup_and_a_restoration_overwrite_nothing(workspace: Workspace, backup: Path) -> None:
    with pytest.raises(TargetExists):
        finish(back_up(workspace, backup))
    with pytest.raises(TargetExists):
        finish(restore(backup, workspace.folder))
