"""Two dates over, beside and after each other; the earlier survey is red, the later one green."""

from datetime import date
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QObject, QPoint, Qt
from pytestqt.qtbot import QtBot

from gui.flown_village import BLUE, GREEN, RED, fly, make_village
from unit.services.made import EAST, NORTH, SIZE_M
from weijian.domain.change_set import ChangeSet, Part
from weijian.qt.look import palette_of
from weijian.qt.map.canvas import MapCanvas
from weijian.qt.map.compare_view import CompareMode, CompareView
from weijian.qt.map.layers import Group, LayerStack, Side
from weijian.qt.map.map_view import MapView
from weijian.qt.map.workspace_layers import WorkspaceLayers

MIDDLE = MapView(EAST + SIZE_M / 2, NORTH + SIZE_M / 2, 0.1)
"""The whole window lies inside the surveys."""


@pytest.fixture
def village(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Path:
    return make_village(tmp_path_factory.getbasetemp(), tmp_path)


@pytest.fixture
def layers(desk, settle):
    window = QObject()
    layers = WorkspaceLayers(desk, LayerStack(window), window)
    settle()
    for layer in layers.stack.layers:
        if layer.group is not Group.SURVEYS:
            layers.stack.alter(layer.key, visible=False)
    yield layers
    shiboken6.delete(window)


@pytest.fixture
def view(qtbot: QtBot, desk, layers):
    view = CompareView(desk, layers)
    view.resize(600, 400)
    qtbot.addWidget(view, before_close_func=CompareView.close_workers)
    view.show()
    qtbot.waitExposed(view)
    view.canvas.set_view(MIDDLE)
    view.canvas.setFocus()
    return view


@pytest.fixture
def ready(qtbot: QtBot, view: CompareView):
    return lambda: qtbot.waitUntil(lambda: not view.is_loading, timeout=8000)


def colour(canvas: MapCanvas, x: int, y: int = 200) -> tuple[int, int, int]:
    """At a point of the map's window."""
    picture = canvas.picture()
    ratio = picture.devicePixelRatio()
    seen = picture.pixelColor(round(x * ratio), round(y * ratio))
    return seen.red(), seen.green(), seen.blue()


def beside_the_line(view: CompareView) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    middle = view.canvas.width() // 2
    return colour(view.canvas, middle - 10, 100), colour(view.canvas, middle + 10, 100)


def drag(qtbot: QtBot, canvas: MapCanvas, start: QPoint, end: QPoint) -> None:
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(canvas, (start + end) / 2)
    qtbot.mouseMove(canvas, end)
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=end)


def test_one_map_shows_the_later_survey_and_says_its_date(layers, view, ready):
    ready()
    assert colour(view.canvas, 300) == GREEN
    assert view.canvas._captions == ("2025-10-28", "")
    layers.stack.alter("survey/2/ortho", visible=False)
    ready()
    assert colour(view.canvas, 300) == RED
    assert view.canvas._captions == ("2024-04-16", "")


def test_the_swipe_is_dragged_by_its_handle(qtbot, view, ready):
    view.modes[CompareMode.SWIPE].trigger()
    ready()
    assert beside_the_line(view) == (RED, GREEN)
    line = view.canvas.width() // 2
    drag(qtbot, view.canvas, QPoint(line, 150), QPoint(line + 150, 150))
    ready()
    assert (colour(view.canvas, line + 130), colour(view.canvas, line + 170)) == (RED, GREEN)
    assert view.canvas.view == MIDDLE
    view.set_mode(CompareMode.SINGLE)
    view.set_mode(CompareMode.SWIPE)
    ready()
    assert (colour(view.canvas, line + 130), colour(view.canvas, line + 170)) == (RED, GREEN)


def test_the_space_bar_turns_the_dates(qtbot, view, ready):
    hints = []
    view.hint.connect(hints.append)
    ready()
    for expected in (RED, GREEN, RED):
        qtbot.keyClick(view.canvas, Qt.Key.Key_Space)
        ready()
        assert colour(view.canvas, 300) == expected
    assert view.mode is CompareMode.BLINK
    assert view.modes[CompareMode.BLINK].isChecked()
    assert hints[-1]
    view.set_mode(CompareMode.SINGLE)
    assert hints[-1] == ""


def test_the_dates_turn_without_an_empty_map_between(qtbot, layers, view, ready):
    view.set_mode(CompareMode.BLINK)
    ready()
    earlier = layers.stack.get("survey/1/ortho").source
    qtbot.waitUntil(lambda: len(view.canvas._loader.cache.of(earlier)) > 0, timeout=5000)
    qtbot.wait(100)
    qtbot.keyClick(view.canvas, Qt.Key.Key_Space)
    assert colour(view.canvas, 300) == RED
    qtbot.keyClick(view.canvas, Qt.Key.Key_Space)
    assert colour(view.canvas, 300) == GREEN


def test_linked_maps_show_a_date_each_and_move_together(qtbot, view, ready):
    view.set_mode(CompareMode.LINKED)
    ready()
    assert (colour(view.other, 100), colour(view.canvas, 100)) == (RED, GREEN)
    moves = []
    view.view_changed.connect(moves.append)
    drag(qtbot, view.other, QPoint(100, 200), QPoint(160, 230))
    assert view.other.view == view.canvas.view != MIDDLE
    assert view.canvas.view.x == pytest.approx(MIDDLE.x - 6)
    assert view.canvas.view.y == pytest.approx(MIDDLE.y + 3)
    assert len(moves) <= 3  # one for each step of the mouse: the maps do not send each other round and round
    view.canvas.zoom_by(2.0)
    assert view.other.view.pixel_m == view.canvas.view.pixel_m == pytest.approx(0.05)


def test_the_pointer_is_crossed_on_the_other_map(qtbot, view, ready):
    view.set_mode(CompareMode.LINKED)
    ready()
    qtbot.mouseMove(view.canvas, QPoint(100, 200))
    qtbot.mouseMove(view.canvas, QPoint(120, 210))
    assert colour(view.other, 120, 210)[0] > 230
    assert colour(view.canvas, 120, 210) == GREEN
    qtbot.mouseMove(view.other, QPoint(60, 90))
    assert colour(view.canvas, 60, 90)[0] > 230
    assert colour(view.other, 120, 210) == RED
    view.set_mode(CompareMode.SINGLE)
    ready()
    assert colour(view.canvas, 60, 90) == GREEN


def test_nothing_is_drawn_for_a_map_that_is_not_seen(layers, view, ready):
    ready()
    assert view.other._items == {}
    view.set_mode(CompareMode.LINKED)
    ready()
    layers.stack.alter("survey/1/ortho", opacity=0.5)
    assert view.other._items["survey/1/ortho"].layer.opacity == 0.5
    view.set_mode(CompareMode.SWIPE)
    assert view.other._items == {}


def test_dates_that_are_chosen_change_places(qtbot, view, layers, settle, ready):
    view.set_mode(CompareMode.SWIPE)
    view.after_box.setFocus()
    qtbot.keyClick(view.after_box, Qt.Key.Key_Down)  # the newest is first: the next one is the before
    settle()
    assert layers.pair == (2, 1)
    assert (view.before_box.currentData(), view.after_box.currentData()) == (2, 1)
    assert view.canvas._captions == ("2025-10-28", "2024-04-16")
    ready()
    assert beside_the_line(view) == (GREEN, RED)


def test_the_archive_is_chosen_as_what_was_before(qtbot, view, layers, settle, ready):
    view.set_mode(CompareMode.SWIPE)
    qtbot.keyClick(view.before_box, Qt.Key.Key_Home)
    settle()
    assert layers.pair == (None, 2)
    assert view.canvas._captions[1] == "2025-10-28"
    assert view.canvas._captions[0] == view.before_box.itemText(0)
    ready()
    left, right = beside_the_line(view)
    assert RED != left != GREEN
    assert right == GREEN
    qtbot.keyClick(view.before_box, Qt.Key.Key_Down)  # the after survey itself: another one takes its place
    settle()
    assert layers.pair == (2, 1)


def test_surveys_that_are_added_can_be_chosen(desk, village, view, layers, settle):
    assert view.before_box.count() == 3
    fly(village, date(2020, 1, 1), BLUE)
    desk.jobs.changed.emit(ChangeSet(frozenset({Part.SURVEYS})))
    settle()
    assert [view.after_box.itemData(n) for n in range(view.after_box.count())] == [2, 1, 3]
    assert view.before_box.count() == 4
    assert view.after_box.currentData() == 2
    assert layers.stack.get("survey/3/ortho").side is Side.BOTH


def test_a_workspace_without_surveys_has_one_map(qtbot, desk, view, layers):
    layers.surveys, layers.pair = (), None
    layers.surveys_changed.emit()
    assert [mode for mode, action in view.modes.items() if action.isEnabled()] == [CompareMode.SINGLE]
    assert not view.after_box.isEnabled()
    assert view.canvas._captions[1] == ""


def test_the_icons_follow_the_palette(qapp, view, request):
    def inks() -> set[str]:
        image = view.modes[CompareMode.SWIPE].icon().pixmap(32, 32).toImage()
        colours = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
        return {each.name() for each in colours if each.alpha() == 255}

    former = qapp.palette()
    request.addfinalizer(lambda: qapp.setPalette(former))
    before = inks()
    qapp.setPalette(palette_of(dark=True))
    qapp.processEvents()
    assert inks()
    assert inks().isdisjoint(before)
