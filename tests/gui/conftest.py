"""Tests of the shell: a workspace of the sample village, and messages that are recorded.

A warning of Qt fails a test (pyproject), and so does a message of a problem that nobody expected or a window that is
left open.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.windows import Driver, settled
from helpers.recorded_messages import RecordedMessages
from weijian.bootstrap import start
from weijian.cadastre.crs import parse_crs
from weijian.domain.job import finish
from weijian.qt.desk import Desk
from weijian.qt.jobs import Jobs
from weijian.qt.selection import Selection
from weijian.qt.undoing import Undoing
from weijian.qt.user_settings import UserSettings
from weijian.services.demo import run_demo


@pytest.fixture(scope="session")
def finished_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's folder; to be read only."""
    folder = tmp_path_factory.mktemp("demo") / "样例"
    program = start()
    finish(run_demo(folder, program.legality, program.orders))
    return folder


@pytest.fixture
def village(finished_demo: Path, tmp_path: Path) -> Path:
    """A workspace of the sample village with findings and cases, for this test alone."""
    return Path(shutil.copytree(finished_demo / "workspace", tmp_path / "样例村"))


@pytest.fixture
def messages() -> Iterator[RecordedMessages]:
    recorded = RecordedMessages()
    yield recorded
    assert recorded.problems == []


@pytest.fixture
def settings(tmp_path: Path) -> UserSettings:
    return UserSettings(tmp_path / "preferences" / "weijian.ini")


@pytest.fixture
def desk(qtbot: QtBot, village: Path, messages: RecordedMessages, settings: UserSettings) -> Iterator[Desk]:
    jobs = Jobs(messages)
    yield Desk(
        folder=village,
        name="样例村",
        crs=parse_crs("EPSG:4549", village),
        program=start(),
        language="zh",
        jobs=jobs,
        messages=messages,
        selection=Selection(),
        settings=settings,
        undoing=Undoing(village, jobs, messages, jobs),
    )
    jobs.close()


@pytest.fixture
def settle(qtbot: QtBot, desk: Desk):
    """Wait until every worker of the desk has answered."""

    def wait(timeout: int = 20_000) -> None:
        qtbot.waitUntil(settled(lambda: not desk.jobs.busy), timeout=timeout)

    return wait


@pytest.fixture(autouse=True)
def no_window_left(qapp: QApplication) -> Iterator[None]:
    yield
    qapp.processEvents()
    left = [window for window in qapp.topLevelWidgets() if window.isVisible()]
    for window in left:
        window.close()
    assert left == []


@pytest.fixture
def user(qtbot: QtBot, settings: UserSettings, messages: RecordedMessages) -> Iterator[Driver]:
    """A user at a window that shows the start page."""
    driver = Driver(qtbot, settings, messages)
    yield driver
    driver.close()
