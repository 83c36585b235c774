"""The tree of layers follows the stack, and the stack the tree."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPalette
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from weijian.qt.map.layers import Group, LayerStack, MapLayer
from weijian.qt.models.layer_tree_model import KEY, LayerTreeModel

LAYERS = (
    MapLayer("findings", "图斑", Group.FINDINGS, None),
    MapLayer("cases", "案件", Group.FINDINGS, None, visible=False),
    MapLayer("buildings", "建筑", Group.ARCHIVE, None),
    MapLayer("zones", "管控区", Group.ARCHIVE, None),
    MapLayer("survey/2/ortho", "后期", Group.SURVEYS, None),
    MapLayer("survey/1/ortho", "前期", Group.SURVEYS, None),
    MapLayer("survey/2/dsm", "后期 DSM", Group.SURVEYS, None),
)


@pytest.fixture
def stack(qtbot: QtBot) -> LayerStack:
    stack = LayerStack()
    stack.show(LAYERS)
    return stack


@pytest.fixture
def model(stack):
    model = LayerTreeModel(stack)
    model._tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    return model


def keys(stack: LayerStack) -> list[str]:
    return [layer.key for layer in stack.layers]


def drop(model: LayerTreeModel, key: str, group: int, row: int) -> bool:
    """Drag a layer to a row of a group (-1: onto the group)."""
    data = model.mimeData([model.index_of(key)])
    parent = model.index(group, 0)
    allowed = model.canDropMimeData(data, Qt.DropAction.MoveAction, row, 0, parent)
    assert not model.dropMimeData(data, Qt.DropAction.MoveAction, row, 0, parent)
    return allowed


def test_layers_stand_in_their_groups_from_top_to_bottom(model):
    groups = [model.index(row, 0) for row in range(model.rowCount())]
    assert [[model.index(n, 0, group).data(KEY) for n in range(model.rowCount(group))] for group in groups] == [
        ["findings", "cases"],
        ["buildings", "zones"],
        ["survey/2/ortho", "survey/1/ortho", "survey/2/dsm"],
    ]
    assert not model.index_of("permits").isValid()


def test_a_box_that_is_ticked_shows_the_layer(stack, model):
    index = model.index_of("cases")
    assert index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked.value
    model.setData(index, Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    assert stack.get("cases").visible
    stack.alter("findings", visible=False)
    assert model.index_of("findings").data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked.value
    assert keys(stack) == [layer.key for layer in LAYERS]


@pytest.mark.parametrize(
    ("key", "row", "expected"),
    [
        ("survey/2/dsm", 0, ["survey/2/dsm", "survey/2/ortho", "survey/1/ortho"]),
        ("survey/2/dsm", 1, ["survey/2/ortho", "survey/2/dsm", "survey/1/ortho"]),
        ("survey/2/ortho", 3, ["survey/1/ortho", "survey/2/dsm", "survey/2/ortho"]),
        ("survey/2/ortho", -1, ["survey/1/ortho", "survey/2/dsm", "survey/2/ortho"]),
        ("survey/2/ortho", 2, ["survey/1/ortho", "survey/2/ortho", "survey/2/dsm"]),
        ("survey/1/ortho", 1, ["survey/2/ortho", "survey/1/ortho", "survey/2/dsm"]),
        ("survey/1/ortho", 2, ["survey/2/ortho", "survey/1/ortho", "survey/2/dsm"]),
    ],
)
def test_a_layer_is_dragged_to_another_place_of_its_group(stack, model, key, row, expected):
    assert drop(model, key, 2, row)
    assert keys(stack) == ["findings", "cases", "buildings", "zones", *expected]
    group = model.index(2, 0)
    assert [model.index(n, 0, group).data(KEY) for n in range(3)] == expected


def test_a_layer_stays_in_its_group(stack, model):
    assert not drop(model, "buildings", 0, 0)
    assert not drop(model, "survey/1/ortho", 1, -1)
    data = model.mimeData([model.index_of("buildings")])
    assert not model.canDropMimeData(data, Qt.DropAction.MoveAction, 0, 0, QModelIndex())
    assert keys(stack) == [layer.key for layer in LAYERS]


def test_a_view_cannot_take_a_dragged_row_away(model):
    assert not model.removeRows(0, 1, model.index(0, 0))
    assert model.index_of("findings").isValid()


def test_groups_and_classes_cannot_be_dragged_or_ticked(model):
    group = model.index(0, 0)
    legend_line = model.index(0, 0, model.index_of("findings"))
    for index in (group, legend_line):
        assert not model.flags(index) & (Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsUserCheckable)
        assert index.data(KEY) is None
    assert model.flags(model.index_of("findings")) & Qt.ItemFlag.ItemIsDragEnabled


def test_the_classes_of_a_style_are_listed_and_change_with_it(stack, model):
    def classes() -> list[str]:
        index = model.index_of("findings")
        return [model.index(n, 0, index).data() for n in range(model.rowCount(index))]

    first = classes()
    assert len(first) > 2
    resets = []
    model.modelReset.connect(lambda: resets.append(1))
    stack.alter("findings", style="review")
    assert len(classes()) == 3
    assert set(classes()).isdisjoint(first)
    assert model.rowCount(model.index_of("buildings")) == 0  # one class: its sample is the row's own icon
    assert resets == []


def test_a_problem_is_said_by_words_and_a_sign(stack, model):
    def sign() -> object:
        pixmap = model.index_of("survey/1/ortho").data(Qt.ItemDataRole.DecorationRole).pixmap(16, 16)
        return pixmap.toImage()

    usual = sign()
    stack.alter("survey/1/ortho", problem="文件不见了")
    assert model.index_of("survey/1/ortho").data(Qt.ItemDataRole.ToolTipRole) == "文件不见了"
    assert sign() != usual
    stack.alter("survey/1/ortho", problem=None)
    assert model.index_of("survey/1/ortho").data(Qt.ItemDataRole.ToolTipRole) == "前期"
    assert sign() == usual


def test_rows_follow_layers_that_come_and_go(stack, model):
    rebuilt = []
    model.rebuilt.connect(lambda: rebuilt.append(1))
    stack.remove("cases")
    assert not model.index_of("cases").isValid()
    stack.alter("findings", opacity=0.5)
    stack.put(MapLayer("permits", "许可", Group.ARCHIVE, None))
    assert model.index_of("permits").isValid()
    assert rebuilt == [1, 1]


def test_the_signs_of_a_chosen_row_stand_out(model):
    icon = model.index_of("survey/1/ortho").data(Qt.ItemDataRole.DecorationRole)
    usual, chosen = (icon.pixmap(16, 16, mode).toImage() for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected))
    assert usual != chosen
    ink = QGuiApplication.palette().color(QPalette.ColorRole.HighlightedText).name()
    drawn = {
        chosen.pixelColor(x, y).name() for x in range(16) for y in range(16) if chosen.pixelColor(x, y).alpha() > 250
    }
    assert drawn == {ink}
