"""An outline is edited by its vertices, and only accepted when it is sound."""

import pytest
import shapely
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence

from gui.map.outlined_ground import EAST, NORTH, box
from weijian.qt.map.edit_tool import EditOutlineTool

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
HOUSE = box(-40, -30, 40, 30)


class Ends:
    """How the editing ended."""

    def __init__(self, tool: EditOutlineTool) -> None:
        self.accepted: list[shapely.Polygon] = []
        self.cancelled = 0
        self.hints: list[str] = []
        tool.accepted.connect(self.accepted.append)
        tool.cancelled.connect(self._cancel)
        tool.hint.connect(self.hints.append)

    def _cancel(self) -> None:
        self.cancelled += 1


@pytest.fixture
def tool(ground_map) -> EditOutlineTool:
    tool = EditOutlineTool(HOUSE)
    ground_map.set_tool(tool)
    return tool


@pytest.fixture
def ends(tool) -> Ends:
    return Ends(tool)


def vertices(tool: EditOutlineTool) -> set[tuple[float, float]]:
    return {(x - EAST, y - NORTH) for _, (x, y) in tool.draft.vertices}


def test_a_vertex_is_dragged(hand, ground_map, tool, ends):
    hand.drag((40, 30), (50, 35), (60, 50))
    assert vertices(tool) == {(-40, -30), (40, -30), (60, 50), (-40, 30)}
    assert (ground_map.view.x, ground_map.view.y) == (EAST, NORTH), "the map stayed"
    hand.key(Qt.Key.Key_Return)
    (outline,) = ends.accepted
    assert outline.equals(
        shapely.Polygon([(EAST + x, NORTH + y) for x, y in ((-40, -30), (40, -30), (60, 50), (-40, 30))])
    )


def test_the_outline_follows_the_hand_before_it_is_let_go(hand, sketch, tool):
    hand.press(40, 30)
    hand.move(60, 50)
    assert (EAST + 60, NORTH + 50) in sketch().lines[0].points
    assert not tool.can_undo
    hand.release(60, 50)
    assert tool.can_undo


def test_the_middle_of_an_edge_becomes_a_vertex(hand, tool, ends):
    hand.drag((0, 30), (0, 40), (0, 55))
    assert vertices(tool) == {(-40, -30), (40, -30), (40, 30), (0, 55), (-40, 30)}
    hand.key(Qt.Key.Key_Return)
    assert ends.accepted[0].area == pytest.approx(80 * 60 + 80 * 25 / 2)


def test_the_middle_of_the_last_edge_too(hand, tool, ends):
    for x, y in ((-40, 0), (40, 0), (0, -30)):
        hand.drag((x, y), (x * 1.1, y * 1.1), (x * 1.25, y * 1.25))
    assert len(vertices(tool)) == 7
    hand.key(Qt.Key.Key_Return)
    assert ends.accepted[0].is_valid
    assert ends.accepted[0].covers(HOUSE)


def test_a_chosen_vertex_is_deleted(hand, tool):
    hand.click(40, 30)
    hand.key(Qt.Key.Key_Delete)
    assert vertices(tool) == {(-40, -30), (40, -30), (-40, 30)}


def test_a_triangle_keeps_its_vertices(hand, tool, ends):
    for x, y in ((40, 30), (-40, 30)):
        hand.click(x, y)
        hand.key(Qt.Key.Key_Delete)
    assert len(vertices(tool)) == 3
    assert ends.hints[-1] == "An outline needs three vertices"


def test_without_a_chosen_vertex_nothing_is_deleted(hand, tool, ends):
    hand.key(Qt.Key.Key_Delete)
    assert len(vertices(tool)) == 4
    assert "Click the vertex" in ends.hints[-1]


def test_a_click_beside_the_handles_chooses_none(hand, tool):
    hand.click(40, 30)
    hand.click(20, 10)
    hand.key(Qt.Key.Key_Delete)
    assert len(vertices(tool)) == 4


def test_choosing_a_vertex_is_no_change(hand, tool):
    hand.click(40, 30)
    assert not tool.can_undo


def test_changes_are_undone_and_redone_by_keys(hand, tool):
    start = vertices(tool)
    hand.drag((40, 30), (50, 35), (60, 50))
    first = vertices(tool)
    hand.drag((-40, -30), (-50, -35), (-60, -50))
    second = vertices(tool)
    seen = []
    for key, modifiers in (
        (Qt.Key.Key_Z, CTRL), (Qt.Key.Key_Z, CTRL), (Qt.Key.Key_Z, CTRL), (Qt.Key.Key_Y, CTRL),
        (Qt.Key.Key_Z, CTRL | SHIFT), (Qt.Key.Key_Y, CTRL),
    ):  # fmt: skip
        hand.key(key, modifiers)
        seen.append(vertices(tool))
    assert seen == [first, start, start, first, second, second]


def test_a_new_change_leaves_nothing_to_redo(hand, tool):
    hand.drag((40, 30), (50, 35), (60, 50))
    hand.key(Qt.Key.Key_Z, CTRL)
    assert tool.can_redo
    hand.drag((-40, -30), (-50, -35), (-60, -50))
    assert not tool.can_redo


def test_an_outline_that_crosses_itself_is_not_accepted(hand, sketch, tool, ends):
    colour = sketch().lines[0].colour
    hand.drag((40, 30), (0, 20), (-70, 0))
    assert not tool.draft.is_sound
    assert sketch().lines[0].colour != colour
    assert sketch().lines[0].dashed, "not by colour alone"
    assert "crosses itself" in sketch().words[0].text
    hand.key(Qt.Key.Key_Return)
    assert ends.accepted == []
    assert "crosses itself" in ends.hints[-1]
    hand.key(Qt.Key.Key_Z, CTRL)
    hand.key(Qt.Key.Key_Enter)
    assert ends.accepted == [HOUSE]


def test_escape_gives_up(hand, tool, ends):
    hand.drag((40, 30), (50, 35), (60, 50))
    hand.key(Qt.Key.Key_Escape)
    assert ends.cancelled == 1
    assert ends.accepted == []


def test_escape_while_dragging_only_lets_go(hand, tool, ends):
    start = vertices(tool)
    hand.press(40, 30)
    hand.move(60, 50)
    hand.key(Qt.Key.Key_Escape)
    assert vertices(tool) == start
    hand.move(70, 60)
    hand.release(70, 60)
    assert vertices(tool) == start
    assert ends.cancelled == 0


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_Backspace])
def test_keys_wait_until_a_new_vertex_is_let_go(hand, tool, ends, key):
    hand.press(-40, 0)  # the middle of an edge
    hand.move(-60, 0)
    hand.key(key)
    hand.release(-60, 0)
    assert len(vertices(tool)) == 5
    assert ends.accepted == []


def test_ground_beside_the_handles_is_panned(hand, ground_map, tool):
    hand.drag((10, 10), (20, 15), (30, 20))
    assert (ground_map.view.x, ground_map.view.y) == (EAST - 20, NORTH - 10)
    assert not tool.can_undo


def test_a_double_click_does_not_zoom(hand, ground_map, tool):
    hand.double_click(10, 10)
    assert ground_map.view.pixel_m == 0.5


def test_holes_and_parts_have_handles(hand, ground_map):
    holed = shapely.Polygon(HOUSE.exterior, [box(-20, -10, 20, 10).exterior])
    tool = EditOutlineTool(shapely.MultiPolygon([holed, box(60, 40, 80, 60)]))
    ends = Ends(tool)
    ground_map.set_tool(tool)
    hand.drag((20, 10), (24, 12), (30, 20))
    hand.drag((80, 60), (84, 62), (85, 65))
    hand.key(Qt.Key.Key_Return)
    (outline,) = ends.accepted
    assert isinstance(outline, shapely.MultiPolygon)
    assert (EAST + 30, NORTH + 20) in outline.geoms[0].interiors[0].coords
    assert (EAST + 85, NORTH + 65) in outline.geoms[1].exterior.coords


def test_a_tool_put_away_leaves_nothing_on_the_map(ground_map):
    clear = ground_map.picture()
    ground_map.set_tool(EditOutlineTool(HOUSE))
    assert ground_map.picture() != clear
    ground_map.set_tool(None)
    assert ground_map.picture() == clear


def test_undoing_is_the_outlines_although_the_window_has_that_key_too(qtbot, ground_map, hand, tool):
    command = QAction("Undo", ground_map)
    command.setShortcuts([QKeySequence("Ctrl+Z"), QKeySequence("Ctrl+Y")])
    ground_map.addAction(command)
    with qtbot.waitActive(ground_map):
        ground_map.activateWindow()
    start = vertices(tool)
    hand.drag((40, 30), (50, 35), (60, 50))
    with qtbot.assertNotEmitted(command.triggered):
        hand.key(Qt.Key.Key_Z, CTRL)
        assert vertices(tool) == start
        hand.key(Qt.Key.Key_Y, CTRL)
        assert vertices(tool) != start
    ground_map.set_tool(None)
    with qtbot.waitSignal(command.triggered):
        hand.key(Qt.Key.Key_Z, CTRL)
