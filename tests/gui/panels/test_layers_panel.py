"""The dock of layers by clicks, keys and drags."""

from pathlib import Path

import numpy as np
import pytest
import shiboken6
from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QInputDialog, QLabel, QStyle, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from gui.flown_village import make_village
from unit.services.made import write_raster
from weijian.domain.errors import FileMissing
from weijian.qt.dialogs.layer_properties import LayerProperties
from weijian.qt.map.layers import LayerStack
from weijian.qt.map.workspace_layers import WorkspaceLayers
from weijian.qt.models.layer_tree_model import KEY
from weijian.qt.panels.layers_panel import LayersPanel
from weijian.services.map_rasters import OverviewsMissing
from weijian.storage.workspace import open_workspace

EARLIER = "survey/1/ortho"
LATER = "survey/2/ortho"


@pytest.fixture
def village(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Path:
    return make_village(tmp_path_factory.getbasetemp(), tmp_path)


@pytest.fixture
def layers(desk, settle):
    window = QObject()
    layers = WorkspaceLayers(desk, LayerStack(window), window)
    settle()
    yield layers
    shiboken6.delete(window)


@pytest.fixture
def panel(qtbot: QtBot, desk, layers):
    panel = LayersPanel(desk, layers)
    panel.resize(320, 620)
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


@pytest.fixture
def tree(panel):
    return panel._form.tree


def check_box(tree, key: str) -> QPoint:
    """Where to click."""
    index = tree.model().index_of(key)
    option = QStyleOptionViewItem()
    tree.initViewItemOption(option)
    option.rect = tree.visualRect(index)
    tree.itemDelegate().initStyleOption(option, index)
    element = QStyle.SubElement.SE_ItemViewItemCheckIndicator
    box: QRect = tree.style().subElementRect(element, option, tree)
    return box.center()


def act(panel: LayersPanel, key: str, text: str) -> None:
    """Choose an action of a layer's menu."""
    menu = panel.menu_for(key)
    action = next(action for action in menu.actions() if text in action.text())
    action.trigger()
    menu.deleteLater()


def texts(panel: LayersPanel, key: str) -> str:
    menu = panel.menu_for(key)
    menu.deleteLater()
    return " ".join(action.text() for action in menu.actions())


def with_file(event: type, path: Path):
    """A drag of a file over the middle of a widget."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    at = QPointF(50, 50) if event is QDropEvent else QPoint(50, 50)
    return data, event(at, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)


def test_a_box_is_ticked_by_a_click(qtbot, layers, tree):
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=check_box(tree, "permits"))
    assert layers.stack.get("permits").visible
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=check_box(tree, LATER))
    assert not layers.stack.get(LATER).visible


def test_a_box_is_ticked_by_the_space_bar(qtbot, panel, layers, tree):
    panel.choose("buildings")
    tree.setFocus()
    qtbot.keyClick(tree, Qt.Key.Key_Space)
    assert not layers.stack.get("buildings").visible
    qtbot.keyClick(tree, Qt.Key.Key_Down)
    assert panel.chosen.key == "permits"
    qtbot.keyClick(tree, Qt.Key.Key_Space)
    assert layers.stack.get("permits").visible


def test_groups_and_the_classes_of_findings_are_open_at_first(tree):
    model = tree.model()
    assert all(tree.isExpanded(model.index(row, 0)) for row in range(model.rowCount()))
    assert tree.isExpanded(model.index_of("findings"))
    assert not tree.isExpanded(model.index_of("permits"))


def test_what_was_opened_closed_and_chosen_stays_so(panel, layers, tree):
    model = tree.model()
    tree.collapse(model.index(1, 0))
    tree.collapse(model.index_of("findings"))
    panel.choose(EARLIER)
    layers.stack.move(EARLIER, 4)
    layers.stack.remove("parcels")
    assert panel.chosen.key == EARLIER
    assert not tree.isExpanded(model.index(1, 0))
    assert not tree.isExpanded(model.index_of("findings"))
    assert tree.isExpanded(model.index(2, 0))


def test_a_layer_is_dragged_in_the_view(panel, layers, tree):
    model = tree.model()
    data = model.mimeData([model.index_of(EARLIER)])
    onto = tree.visualRect(model.index_of(LATER))
    at = QPoint(onto.center().x(), onto.top() + 2)
    holding = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for event in (
        QDragEnterEvent(at, Qt.DropAction.MoveAction, data, *holding),
        QDragMoveEvent(at, Qt.DropAction.MoveAction, data, *holding),
    ):
        QApplication.sendEvent(tree.viewport(), event)
        assert event.isAccepted()
    QApplication.sendEvent(tree.viewport(), QDropEvent(QPointF(at), Qt.DropAction.MoveAction, data, *holding))
    keys = [layer.key for layer in layers.stack.layers]
    assert keys.index(EARLIER) == keys.index(LATER) - 1
    assert len(keys) == len(set(keys)) == 7
    assert tree.dragDropMode() is QAbstractItemView.DragDropMode.DragDrop


def test_opacity_is_set_by_keys(qtbot, panel, layers):
    assert not panel._form.opacity.isEnabled()
    panel.choose(LATER)
    panel._form.opacity.setFocus()
    qtbot.keyClick(panel._form.opacity, Qt.Key.Key_PageDown)
    assert layers.stack.get(LATER).opacity == pytest.approx(0.9)
    panel.choose("parcels")
    assert panel._form.opacity.value() == 100
    panel.choose(LATER)
    assert panel._form.opacity.value() == 90


def test_the_style_of_findings_is_chosen(qtbot, panel, layers, tree):
    panel.choose(LATER)
    assert not panel._form.style.isEnabled()
    panel.choose("findings")
    assert panel._form.style.currentIndex() == 0
    qtbot.keyClick(panel._form.style, Qt.Key.Key_Down)
    layer = layers.stack.get("findings")
    assert layer.style == layer.source.style == panel._form.style.currentData() != ""
    assert panel.chosen.key == "findings"
    assert tree.isExpanded(tree.model().index_of("findings"))


def test_a_double_click_and_the_button_zoom_to_the_layer(qtbot, panel, layers, tree):
    asked = []
    panel.zoom_asked.connect(asked.append)
    tree.scrollTo(tree.model().index_of(LATER))
    at = tree.visualRect(tree.model().index_of(LATER)).center()
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseDClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseClick(panel._form.zoom_button, Qt.MouseButton.LeftButton)
    assert asked == [layers.stack.get(LATER).source.bounds] * 2


def test_the_first_buttons_ask_for_surveys_and_the_archive(qtbot, panel):
    for button, signal in (
        (panel._form.add_survey_button, panel.add_survey_asked),
        (panel._form.import_button, panel.import_asked),
    ):
        with qtbot.waitSignal(signal, timeout=1000):
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_files_that_are_dropped_are_passed_on(panel, tmp_path):
    dropped = []
    panel.files_dropped.connect(dropped.append)
    _data, enter = with_file(QDragEnterEvent, tmp_path / "新影像.tif")
    QApplication.sendEvent(panel, enter)
    assert enter.isAccepted()
    _data, drop = with_file(QDropEvent, tmp_path / "新影像.tif")
    QApplication.sendEvent(panel, drop)
    assert dropped == [(tmp_path / "新影像.tif",)]


def test_the_tree_leaves_files_to_the_panel(tree, tmp_path):
    _data, enter = with_file(QDragEnterEvent, tmp_path / "新影像.tif")
    tree.dragEnterEvent(enter)
    assert not enter.isAccepted()


def test_a_file_that_was_moved_is_found_again(panel, layers, messages, settle, tmp_path, village):
    ortho = village / "flights" / "2024-04-16_dom.tif"
    moved = ortho.rename(tmp_path / "2024.tif")
    layers.report_trouble(EARLIER, FileMissing(path=ortho))
    panel.choose(EARLIER)
    assert str(ortho) in panel._form.hint.text()
    assert panel._form.hint.isVisible()
    messages.files.append((moved,))
    act(panel, EARLIER, "Find the file")
    settle()
    settle()
    layer = layers.stack.get(EARLIER)
    assert layer.problem is None
    assert layer.source.raster.path == moved
    assert not panel._form.hint.isVisible()
    assert "Find the file" not in texts(panel, EARLIER)


def test_another_file_is_refused_and_thinking_better_of_it_does_nothing(panel, layers, messages, settle, village):
    ortho = village / "flights" / "2024-04-16_dom.tif"
    ortho.unlink()
    layers.look_again()
    settle()
    messages.files += [(), (village / "flights" / "2025-10-28_dsm.tif",)]
    act(panel, EARLIER, "Find the file")
    settle()
    assert messages.problems == []
    act(panel, EARLIER, "Find the file")
    settle()
    messages.expect("2025-10-28_dsm.tif")
    assert layers.stack.get(EARLIER).problem is not None


@pytest.fixture
def large(village, layers, settle):
    """The later survey's image with more pixels than can be shown from afar without overviews."""
    image = np.full((3, 1100, 1100), 90, np.uint8)
    write_raster(village / "flights" / "2025-10-28_dom.tif", image, 0.25)
    layers.look_again()
    settle()
    return LATER


def test_what_lacks_overviews_is_not_searched_for_but_gets_them(panel, layers, large, desk, qtbot, settle, village):
    layers.report_trouble(large, OverviewsMissing(path=village / "flights" / "2025-10-28_dom.tif"))
    assert "Find the file" not in texts(panel, large)
    assert "Build overviews" not in texts(panel, EARLIER)
    act(panel, large, "Build overviews")
    qtbot.waitUntil(lambda: desk.jobs.running[0].has_ended, timeout=30_000)
    settle()
    assert layers.stack.get(large).problem is None
    assert layers.stack.get(large).source.raster.overviews
    assert "Build overviews" not in texts(panel, large)


def test_a_survey_on_which_findings_rest_is_not_removed(qtbot, panel, messages, layers, settle):
    panel.choose(EARLIER)
    messages.answers.append(True)
    qtbot.mouseClick(panel._form.remove_button, Qt.MouseButton.LeftButton)
    settle()
    messages.expect("2024-04-16", "2")
    assert layers.stack.get(EARLIER) is not None


def test_a_survey_is_removed_when_the_user_says_so(panel, messages, layers, settle, village):
    with open_workspace(village) as workspace, workspace.transaction("test", "discard") as work:
        work.findings.discard_open(1, 2)
    messages.answers += [False, True]
    act(panel, EARLIER, "Remove")
    settle()
    assert layers.stack.get(EARLIER) is not None
    act(panel, EARLIER, "Remove")
    settle()
    settle()
    assert layers.stack.get(EARLIER) is None
    assert "2024-04-16" in messages.questions[0]


def test_a_survey_is_renamed(qtbot, panel, layers, settle):
    for name in ("  ", "春季"):
        act(panel, EARLIER, "Rename")
        dialog = panel.findChild(QInputDialog)
        assert dialog.textValue() == "2024-04-16"
        dialog.setTextValue(name)
        dialog.accept()
        dialog.deleteLater()
        settle()
        settle()
        qtbot.wait(1)
    assert layers.stack.get(EARLIER).title.startswith("春季")


def test_the_properties_say_what_the_file_is(qtbot, panel, village):
    panel.choose(LATER)
    qtbot.mouseClick(panel._form.properties_button, Qt.MouseButton.LeftButton)
    dialog = panel.findChild(LayerProperties)
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    for fact in (str(village / "flights" / "2025-10-28_dom.tif"), "280 × 280", "0.250 m", "2025-10-28"):
        assert fact in said
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_new_workspace_says_what_to_do_first(panel, layers, tree):
    layers.stack.show([])
    assert panel._form.hint.isVisible()
    assert "Import" in panel._form.hint.text()
    assert panel.chosen is None
    assert not panel._form.remove_button.isEnabled()
    assert tree.currentIndex().data(KEY) is None


def test_outlines_cannot_be_removed(panel):
    panel.choose("findings")
    assert not panel._form.remove_button.isEnabled()
    assert not panel._form.properties_button.isEnabled()
    assert panel._form.zoom_button.isEnabled()
    assert "Remove" not in texts(panel, "findings")
