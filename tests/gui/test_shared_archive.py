"""An archive on a server through the window: making one, joining it, its password, a server that goes and returns."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QTableWidget,
)
from pytestqt.qtbot import QtBot

from gui.windows import LEFT, Driver
from helpers.recorded_messages import RecordedMessages
from helpers.server import GUARDED, PASSWORD, Server
from weijian.qt.dialogs.archive_dialog import ArchiveDialog
from weijian.qt.dialogs.conflict_dialog import ConflictDialog, Difference
from weijian.qt.dialogs.connect_dialog import ConnectDialog
from weijian.qt.dialogs.new_workspace_dialog import NewWorkspaceDialog
from weijian.qt.dialogs.password_dialog import PasswordDialog
from weijian.qt.jobs import Jobs
from weijian.qt.user_settings import UserSettings
from weijian.qt.watch import Watch
from weijian.services.archives import address_of, login_at
from weijian.services.settings import change_settings
from weijian.services.workspaces import describe_workspace, new_workspace


@pytest.fixture
def database(server: Server) -> Iterator[str]:
    with server.database() as name:
        server.execute(f'GRANT CREATE ON DATABASE "{name}" TO {GUARDED}')
        yield name


@pytest.fixture
def archive(server: Server, database: str, tmp_path: Path) -> Path:
    """A bureau's archive, made elsewhere."""
    new_workspace(tmp_path / "first", name="全局档案", crs="EPSG:4549", login=login_at(server.url(database)))
    return tmp_path / "first"


@pytest.fixture
def jobs(messages: RecordedMessages) -> Iterator[Jobs]:
    jobs = Jobs(messages)
    yield jobs
    jobs.close()


def fill(dialog: QDialog, server: Server, database: str, user: str = "officer", password: str = "") -> None:
    entries = {"host": "127.0.0.1", "database": database, "user": user, "password": password}
    for name, text in entries.items():
        dialog.findChild(QLineEdit, name).setText(text)
    dialog.findChild(QSpinBox, "port").setValue(server.port)


def ok(dialog: QDialog) -> QPushButton:
    return dialog.findChild(QDialogButtonBox, "buttons").button(QDialogButtonBox.StandardButton.Ok)


def test_a_second_machine_joins(
    qtbot: QtBot,
    server: Server,
    database: str,
    archive: Path,
    jobs: Jobs,
    messages: RecordedMessages,
    settings: UserSettings,
    tmp_path: Path,
) -> None:
    dialog = ConnectDialog(jobs, messages, settings, "zh")
    connected = []
    dialog.connected.connect(connected.append)
    dialog.open()
    assert not ok(dialog).isEnabled()
    fill(dialog, server, "没有")
    answer = dialog.findChild(QLabel, "answer")
    qtbot.mouseClick(dialog.findChild(QPushButton, "try_it"), LEFT)
    qtbot.waitUntil(lambda: "没有数据库" in answer.text(), timeout=20_000)
    fill(dialog, server, database)
    qtbot.mouseClick(dialog.findChild(QPushButton, "try_it"), LEFT)
    qtbot.waitUntil(lambda: "there is an archive" in answer.text(), timeout=20_000)
    dialog.findChild(QLineEdit, "schema").setText("other")
    dialog.findChild(QLineEdit, "place").setText(str(tmp_path / "second"))
    qtbot.mouseClick(ok(dialog), LEFT)
    qtbot.waitUntil(lambda: "没有 weijian 档案" in dialog.findChild(QLabel, "hint").text(), timeout=20_000)
    dialog.findChild(QLineEdit, "schema").setText("weijian")
    qtbot.mouseClick(ok(dialog), LEFT)
    qtbot.waitUntil(lambda: bool(connected), timeout=20_000)
    assert describe_workspace(connected[0]).name == "全局档案"
    again = ConnectDialog(jobs, messages, settings, "zh")
    qtbot.addWidget(again)
    assert again.findChild(QLineEdit, "database").text() == database
    assert again.findChild(QLineEdit, "password").text() == ""


def test_a_new_archive_for_the_whole_bureau(
    qtbot: QtBot,
    server: Server,
    database: str,
    key_store: object,
    jobs: Jobs,
    messages: RecordedMessages,
    settings: UserSettings,
    tmp_path: Path,
) -> None:
    dialog = NewWorkspaceDialog(jobs, messages, settings, "zh")
    made = []
    dialog.created.connect(made.append)
    dialog.open()
    dialog.findChild(QLineEdit, "name").setText("全局")
    qtbot.keyClicks(dialog.findChild(QLineEdit, "place"), str(tmp_path / "bureau"))
    qtbot.keyClicks(dialog.findChild(QLineEdit, "longitude"), "120.1")
    qtbot.waitUntil(ok(dialog).isEnabled, timeout=20_000)
    assert not dialog.findChild(QLineEdit, "host").isVisible()
    dialog.findChild(QCheckBox, "server_box").setChecked(True)
    assert dialog.findChild(QLineEdit, "host").isVisible()
    assert not ok(dialog).isEnabled()
    fill(dialog, server, database, GUARDED, "falsch")
    qtbot.mouseClick(ok(dialog), LEFT)
    qtbot.waitUntil(lambda: "密码" in dialog.findChild(QLabel, "hint").text(), timeout=20_000)
    dialog.findChild(QLineEdit, "password").setText(PASSWORD)
    qtbot.waitUntil(ok(dialog).isEnabled, timeout=20_000)
    qtbot.mouseClick(ok(dialog), LEFT)
    qtbot.waitUntil(lambda: bool(made), timeout=20_000)
    login = address_of(made[0])
    assert login is not None
    assert (login.address.database, login.address.user) == (database, GUARDED)
    assert describe_workspace(made[0]).name == "全局"


@pytest.fixture
def user(qtbot: QtBot, messages: RecordedMessages, settings: UserSettings) -> Iterator[Driver]:
    driver = Driver(qtbot, settings, messages)
    yield driver
    driver.close()


def test_the_window_asks_for_a_password_and_opens(
    user: Driver, server: Server, database: str, key_store: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    login = login_at(server.url(database, GUARDED, PASSWORD))
    new_workspace(tmp_path / "w", name="全局档案", crs="EPSG:4549", login=login)
    user.window.open_workspace(tmp_path / "w")
    dialog = user.dialog(PasswordDialog)
    assert not ok(dialog).isEnabled()
    dialog.findChild(QLineEdit, "password").setText("falsch")
    user.click(ok(dialog))
    user.until(lambda: dialog not in user.window.findChildren(PasswordDialog))
    again = user.dialog(PasswordDialog)
    again.findChild(QLineEdit, "password").setText(PASSWORD)
    user.click(ok(again))
    user.until(lambda: user.window.workbench is not None)
    user.settle()
    assert "全局档案" in user.window.windowTitle()


def test_an_archive_of_an_older_program_is_brought_forward_when_the_user_says_so(
    user: Driver, server: Server, database: str, archive: Path, messages: RecordedMessages
) -> None:
    server.execute("ALTER TABLE weijian.findings DROP COLUMN judged_in", database)
    server.execute("UPDATE weijian.alembic_version SET version_num = '0004'", database)
    messages.answers = [False, True]
    user.window.open_workspace(archive)
    user.until(lambda: len(messages.questions) == 1)
    user.settle()
    assert user.window.workbench is None
    assert list((archive / "backups").iterdir()) == []
    user.window.open_workspace(archive)
    user.until(lambda: user.window.workbench is not None)
    user.settle()
    assert "旧版" in messages.questions[1]
    (backup,) = (archive / "backups").iterdir()
    assert describe_workspace(backup).name == "全局档案"


def test_what_others_do_is_seen_and_a_server_may_go_and_come_back(
    user: Driver, server: Server, archive: Path, messages: RecordedMessages
) -> None:
    user.open(archive)
    watch = user.window.findChild(Watch) or user.bench.findChild(Watch)
    assert watch is not None
    watch.look()
    user.settle()
    seen = []
    user.window.jobs.changed.connect(seen.append)
    change_settings(archive, ["bureau=石桥局"])
    watch.look()
    user.until(lambda: bool(seen))
    user.settle()
    server.control("-m", "immediate", "stop")
    try:
        for _ in range(3):
            watch.look()
            user.settle()
        messages.expect("无法连接数据库")
    finally:
        server.control("start")
    seen.clear()
    change_settings(archive, ["bureau=石桥分局"])
    watch.look()
    user.until(lambda: bool(seen))
    user.settle()


@pytest.mark.parametrize(("button", "decision"), [("keep-mine", "mine"), ("keep-theirs", "theirs"), ("", None)])
def test_two_versions_side_by_side(qtbot: QtBot, button: str, decision: str | None) -> None:
    fields = [Difference("地址", "石桥村 1 号", "石桥村 2 号"), Difference("村", "石桥村", "石桥村")]
    dialog = ConflictDialog("户 H1 在编辑期间已被他人改动。", fields)
    decided: list[str] = []
    dialog.mine_kept.connect(lambda: decided.append("mine"))
    dialog.theirs_kept.connect(lambda: decided.append("theirs"))
    dialog.open()
    table = dialog.findChild(QTableWidget, "versions")
    assert [table.item(0, column).text() for column in (0, 1)] == ["石桥村 1 号", "石桥村 2 号"]
    assert [table.item(row, 0).font().bold() for row in (0, 1)] == [True, False]
    if button:
        qtbot.mouseClick(dialog.findChild(QPushButton, button), LEFT)
    else:
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert decided == ([decision] if decision else [])


def test_what_is_gone_cannot_be_kept_mine(qtbot: QtBot) -> None:
    dialog = ConflictDialog("户 H1 已被删除。", [Difference("地址", "1 号", "")], removed=True)
    dialog.open()
    assert not dialog.findChild(QPushButton, "keep-mine").isVisible()
    qtbot.mouseClick(dialog.findChild(QPushButton, "keep-theirs"), LEFT)


def test_an_archive_is_copied_onto_the_server(
    user: Driver, server: Server, database: str, key_store: object, village: Path, tmp_path: Path
) -> None:
    user.open(village)
    user.window.commands["copy-archive"].trigger()
    dialog = user.dialog(ArchiveDialog)
    user.find(QLineEdit, "place", dialog).setText(str(tmp_path / "bureau"))
    user.find(QCheckBox, "server_box", dialog).setChecked(True)
    user.settle()
    assert not ok(dialog).isEnabled()
    fill(dialog, server, database, GUARDED, PASSWORD)
    user.settle()
    user.agree(dialog)
    assert describe_workspace(tmp_path / "bureau").name == describe_workspace(village).name
    assert address_of(tmp_path / "bureau").address.database == database
