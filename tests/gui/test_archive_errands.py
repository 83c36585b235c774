"""Backing up, copying and restoring an archive from the window's menu."""

import sqlite3
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QLineEdit

from gui.windows import OK, Driver
from helpers.recorded_messages import RecordedMessages
from weijian.domain.job import finish
from weijian.qt.dialogs.archive_dialog import ArchiveDialog
from weijian.qt.jobs import JobState
from weijian.services.workspaces import ArchiveNotWhole, describe_workspace, verify_workspace
from weijian.storage.backups import MANIFEST
from weijian.storage.workspace import open_workspace


def asked(user: Driver, command: str) -> ArchiveDialog:
    user.window.commands[command].trigger()
    return user.dialog(ArchiveDialog)


def households(folder: Path) -> list[str]:
    with open_workspace(folder) as workspace, workspace.read() as work:
        return [each.household_no for each in work.households.all()]


def test_a_backup_is_made_and_a_workspace_restored_from_it(
    user: Driver, village: Path, messages: RecordedMessages, tmp_path: Path
) -> None:
    user.open(village)
    dialog = asked(user, "back-up")
    place = user.find(QLineEdit, "place", dialog)
    assert Path(place.text()).parent == village / "backups"
    messages.files.append((tmp_path,))
    user.click(dialog._form.browse)
    backup = Path(place.text())
    assert backup.parent == tmp_path
    assert backup.name.startswith("样例村 backup ")
    user.settle()
    user.agree(dialog)
    assert user.window.jobs.running[-1].state is JobState.DONE
    assert (backup / MANIFEST).is_file()
    assert any(str(backup) in notice for notice in messages.notices)

    user.window.commands["close"].trigger()
    dialog = asked(user, "restore")
    ok = dialog.findChild(QDialogButtonBox).button(OK)
    assert not ok.isEnabled()
    messages.files.append((backup,))
    user.click(dialog._form.browse_backup)
    restored = tmp_path / "恢复"
    user.find(QLineEdit, "place", dialog).setText(str(restored))
    user.settle()
    user.agree(dialog)
    user.until(lambda: user.window.workbench is not None)
    user.settle()
    assert user.bench.desk.folder == restored
    assert finish(verify_workspace(restored)) == []
    assert households(restored) == households(village)


def test_a_second_archive_is_made(user: Driver, village: Path, messages: RecordedMessages, tmp_path: Path) -> None:
    user.open(village)
    dialog = asked(user, "copy-archive")
    user.find(QLineEdit, "place", dialog).setText(str(tmp_path / "second"))
    user.settle()
    user.agree(dialog)
    assert describe_workspace(tmp_path / "second").name == "样例村"
    assert households(tmp_path / "second") == households(village)
    assert user.bench.desk.folder == village


def test_a_place_that_is_taken_is_refused_before_anything_begins(user: Driver, village: Path) -> None:
    user.open(village)
    dialog = asked(user, "copy-archive")
    user.find(QLineEdit, "place", dialog).setText(str(village))
    user.settle()
    user.until(lambda: str(village.name) in user.find(QLabel, "hint", dialog).text())
    assert not dialog.findChild(QDialogButtonBox).button(OK).isEnabled()
    dialog.reject()


def test_a_damaged_backup_is_refused_whole(
    user: Driver, village: Path, messages: RecordedMessages, tmp_path: Path
) -> None:
    user.open(village)
    dialog = asked(user, "back-up")
    user.find(QLineEdit, "place", dialog).setText(str(tmp_path / "backup"))
    user.settle()
    user.agree(dialog)
    (tmp_path / "backup" / "workspace.gpkg").write_bytes(b"damaged")
    dialog = asked(user, "restore")
    user.find(QLineEdit, "backup", dialog).setText(str(tmp_path / "backup"))
    user.find(QLineEdit, "place", dialog).setText(str(tmp_path / "restored"))
    user.settle()
    user.agree(dialog)
    messages.expect("workspace.gpkg", "没有恢复任何内容")
    assert not (tmp_path / "restored").exists()
    assert user.bench.desk.folder == village


def test_a_household_is_searched_by_key(user: Driver, village: Path) -> None:
    user.open(village)
    user.key(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert user.bench.dossier.isVisible()
    assert user.window.focusWidget().objectName() == "search"


def test_an_archive_is_verified_and_what_is_wrong_is_told(
    user: Driver, village: Path, messages: RecordedMessages
) -> None:
    user.open(village)
    user.window.commands["verify"].trigger()
    user.settle()
    assert user.window.jobs.running[-1].state is JobState.DONE
    assert "whole" in messages.notices[-1]
    with closing(sqlite3.connect(village / "workspace.gpkg")) as database, database:
        database.execute("UPDATE audit_entries SET actor = '赵' WHERE id = 2")
    user.window.commands["verify"].trigger()
    user.settle()
    assert "audit 2" in messages.problems.pop()
    error = messages.errors.pop()
    assert isinstance(error, ArchiveNotWhole)
    assert "audit 2" in str(error.data["details"])
