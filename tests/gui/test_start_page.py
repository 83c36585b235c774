from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from gui.windows import settled
from helpers.recorded_messages import RecordedMessages
from weijian.qt import thumbnails
from weijian.qt.jobs import Jobs
from weijian.qt.recent_card import RecentCard, opened_words
from weijian.qt.start_page import StartPage
from weijian.qt.user_settings import RecentWorkspace, UserSettings

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def jobs(qtbot: QtBot, messages: RecordedMessages) -> Iterator[Jobs]:
    made = Jobs(messages)
    yield made
    made.close()


@pytest.fixture
def folders(tmp_path: Path, settings: UserSettings) -> list[Path]:
    """Three workspaces, the last one of which has gone; in the order of the list."""
    made = [tmp_path / name for name in ("甲村", "乙村", "丙村")]
    for folder in reversed(made):
        settings.remember(RecentWorkspace(folder, folder.name))
    for folder in made[:2]:
        folder.mkdir()
        (folder / "workspace.gpkg").touch()
    return made


@pytest.fixture
def show(qtbot: QtBot, settings: UserSettings, jobs: Jobs) -> Callable[[], StartPage]:
    def shown() -> StartPage:
        page = StartPage(settings, jobs)
        qtbot.addWidget(page)
        page.resize(1000, 600)
        page.show()
        qtbot.waitUntil(settled(lambda: not jobs.busy))
        return page

    return shown


def cards(page: StartPage) -> list[RecentCard]:
    return sorted((c for c in page.findChildren(RecentCard) if c.isVisible()), key=lambda card: card.y())


def picture(colour: str, width: int = 1600, height: int = 900) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return image


def test_without_workspaces_it_says_what_to_do_first(show: Callable[[], StartPage]) -> None:
    page = show()
    assert cards(page) == []
    assert page.findChild(QLabel, "empty").isVisible()
    assert page.findChild(QLabel, "step_4").isVisible()


@pytest.mark.parametrize(
    ("button", "asked"), [("new_workspace", "new_asked"), ("open_workspace", "open_asked"), ("demo", "demo_asked")]
)
def test_the_ways_to_a_workspace(qtbot: QtBot, show: Callable[[], StartPage], button: str, asked: str) -> None:
    page = show()
    pressed = page.findChild(QPushButton, button)
    with qtbot.waitSignal(getattr(page, asked), timeout=500):
        qtbot.mouseClick(pressed, LEFT)
    with qtbot.waitSignal(getattr(page, asked), timeout=500):
        qtbot.keyClick(pressed, Qt.Key.Key_Space)


def test_recent_workspaces_open_by_click_and_by_keys(
    qtbot: QtBot, show: Callable[[], StartPage], folders: list[Path]
) -> None:
    page = show()
    shown = cards(page)
    assert [card.workspace.folder for card in shown] == folders
    assert shown[0].findChild(QLabel, "recent-name").text() == "甲村"
    assert "today" in shown[0].findChild(QLabel, "recent-when").text()
    opened: list[Path] = []
    page.opened.connect(opened.append)
    qtbot.mouseClick(shown[1], LEFT)
    page.activateWindow()
    page.findChild(QPushButton, "demo").setFocus()
    qtbot.waitUntil(lambda: page.findChild(QPushButton, "demo").hasFocus())
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
    assert page.focusWidget() is shown[0]
    qtbot.keyClick(shown[0], Qt.Key.Key_Return)
    qtbot.keyClick(shown[0], Qt.Key.Key_Down)
    assert page.focusWidget() is shown[1]
    qtbot.keyClick(shown[1], Qt.Key.Key_Space)
    assert opened == [folders[1], folders[0], folders[1]]


def test_a_workspace_that_has_gone_stands_back_and_leaves_the_list(
    qtbot: QtBot, show: Callable[[], StartPage], folders: list[Path], settings: UserSettings, jobs: Jobs
) -> None:
    thumbnails.keep(settings, folders[2], picture("#336699"))
    page = show()
    gone = cards(page)[2]
    assert [card.is_missing for card in cards(page)] == [False, False, True]
    assert not cards(page)[0].findChild(QPushButton, "recent-forget").isVisible()
    opened: list[Path] = []
    page.opened.connect(opened.append)
    qtbot.mouseClick(gone, LEFT)
    qtbot.keyClick(gone, Qt.Key.Key_Return)
    assert opened == []
    qtbot.mouseClick(gone.findChild(QPushButton, "recent-forget"), LEFT)
    qtbot.waitUntil(settled(lambda: not jobs.busy))
    assert [r.folder for r in settings.recent] == folders[:2]
    assert [card.workspace.folder for card in cards(page)] == folders[:2]
    assert not thumbnails.path_of(settings, folders[2]).exists()


def test_delete_and_the_menu_take_a_workspace_off_the_list_and_focus_is_not_lost(
    qtbot: QtBot, show: Callable[[], StartPage], folders: list[Path], settings: UserSettings, jobs: Jobs
) -> None:
    page = show()
    first = cards(page)[0]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Delete)
    qtbot.waitUntil(settled(lambda: not jobs.busy))
    assert [r.folder for r in settings.recent] == folders[1:]
    assert page.focusWidget() is cards(page)[0]
    open_it, forget = cards(page)[0].actions()
    with qtbot.waitSignal(page.opened, timeout=500):
        open_it.trigger()
    forget.trigger()
    qtbot.waitUntil(settled(lambda: not jobs.busy))
    qtbot.keyClick(cards(page)[0], Qt.Key.Key_Delete)
    qtbot.waitUntil(settled(lambda: not jobs.busy))
    assert settings.recent == ()
    assert page.focusWidget() is page.findChild(QPushButton, "new_workspace")
    assert folders[0].exists(), "the workspace itself stays"


def test_a_card_shows_how_the_workspace_was_last_seen(
    qtbot: QtBot, show: Callable[[], StartPage], folders: list[Path], settings: UserSettings, jobs: Jobs
) -> None:
    page = show()
    thumbnails.keep(settings, folders[0], picture("#aa3311"))
    page.refresh()
    qtbot.waitUntil(settled(lambda: not jobs.busy))
    image = cards(page)[0].grab().toImage()
    assert image.pixelColor(60, image.height() // 2).name() == "#aa3311"


@pytest.mark.parametrize(("width", "height"), [(1600, 900), (400, 1000), (90, 30)])
def test_kept_pictures_are_small_and_replace_each_other(
    settings: UserSettings, tmp_path: Path, width: int, height: int
) -> None:
    folder = tmp_path / "张三家"
    path = thumbnails.path_of(settings, folder)
    assert thumbnails.load(path).isNull()
    for colour in ("#ff0000", "#00ff00"):
        thumbnails.keep(settings, folder, picture(colour, width, height))
        kept = thumbnails.load(path)
        assert (kept.width(), kept.height()) == (320, 180)
        assert kept.pixelColor(160, 90).name() == colour
    assert path.parent.parent == settings.folder
    assert "张三" not in path.name
    assert thumbnails.path_of(settings, tmp_path / "other") != path


def test_the_signs_in_the_corners_of_a_map_are_left_out(settings: UserSettings, tmp_path: Path) -> None:
    image = picture("#00ff00")
    for x in range(200):
        for y in range(100):
            image.setPixelColor(x, y, QColor("#ff0000"))
    thumbnails.keep(settings, tmp_path, image)
    kept = thumbnails.load(thumbnails.path_of(settings, tmp_path))
    assert kept.pixelColor(0, 0).name() == "#00ff00"


def test_a_picture_that_cannot_be_kept_is_no_problem(settings: UserSettings, tmp_path: Path) -> None:
    settings.folder.mkdir(parents=True)
    (settings.folder / "thumbnails").write_text("in the way", encoding="utf-8")
    thumbnails.keep(settings, tmp_path, picture("#ff0000"))
    assert thumbnails.load(thumbnails.path_of(settings, tmp_path)).isNull()


def test_recent_workspaces_know_when_they_were_opened(settings: UserSettings, tmp_path: Path) -> None:
    noon = datetime(2026, 5, 4, 12, 30).astimezone()
    settings.remember(RecentWorkspace(tmp_path / "a", "a", noon))
    settings.remember(RecentWorkspace(tmp_path / "b", "b"))
    again = UserSettings(settings.folder / "weijian.ini").recent
    assert [r.name for r in again] == ["b", "a"]
    assert again[1].opened_at == noon
    assert again[0].opened_at is not None
    assert abs(again[0].opened_at - datetime.now().astimezone()) < timedelta(minutes=2)


def test_a_list_from_before_times_were_noted_is_read(settings: UserSettings, tmp_path: Path) -> None:
    settings.folder.mkdir(parents=True)
    kept = f"[recent]\nsize=1\n1\\folder={(tmp_path / 'a').as_posix()}\n1\\name=a\n"
    (settings.folder / "weijian.ini").write_text(kept, encoding="utf-8")
    assert UserSettings(settings.folder / "weijian.ini").recent == (RecentWorkspace(tmp_path / "a", "a", None),)


@pytest.mark.parametrize(
    ("opened_on", "said"),
    [(24, "Opened today at 09:05"), (23, "Opened yesterday at 09:05"), (20, "Opened on 2026-11-20")],
)
def test_when_a_workspace_was_opened_in_words(qtbot: QtBot, opened_on: int, said: str) -> None:
    assert opened_words(datetime(2026, 11, opened_on, 9, 5).astimezone(), date(2026, 11, 24)) == said
    assert opened_words(None, date(2026, 11, 24)) == ""
