"""A click selects what lies there, further clicks what lies below."""

import pytest

from gui.map.outlined_ground import EAST, NORTH, box, source
from gui.map.painted_ground import PaintedGround
from weijian.domain.change_set import Part
from weijian.domain.finding import ChangeType
from weijian.domain.zone import ZoneKind
from weijian.qt.map.layers import Group, LayerStack, MapLayer
from weijian.qt.map.map_view import MapView
from weijian.qt.map.select_tool import SelectTool, under
from weijian.qt.selection import Selection, Subject, SubjectKind

FINDING = Subject(SubjectKind.FINDING, "N0")
HOUSE = Subject(SubjectKind.BUILDING, "N0")
SHED = Subject(SubjectKind.BUILDING, "N1")
PARCEL = Subject(SubjectKind.PARCEL, "N0")
ZONE = Subject(SubjectKind.ZONE, "N0")


@pytest.fixture
def stack(shown_stack: LayerStack) -> LayerStack:
    """A finding on a building on a parcel in a zone; a shed farther off."""
    shown = {
        Part.FINDINGS: source(Part.FINDINGS, box(0, 0, 10, 10), change_type=(ChangeType.NEW,)),
        Part.BUILDINGS: source(Part.BUILDINGS, box(-5, -5, 20, 20), box(60, 40, 66, 46)),
        Part.PARCELS: source(Part.PARCELS, box(-20, -20, 40, 40)),
        Part.ZONES: source(Part.ZONES, box(-80, -60, 80, 60), kind=(ZoneKind.FREEZE,)),
    }
    ground = PaintedGround((EAST - 500, NORTH - 500, EAST + 500, NORTH + 500))
    layers = [MapLayer(part.value, part.value, Group.ARCHIVE, drawn) for part, drawn in reversed(shown.items())]
    shown_stack.show([*layers, MapLayer("survey/1/ortho", "ortho", Group.SURVEYS, ground)])
    return shown_stack


@pytest.fixture
def selection() -> Selection:
    return Selection()


@pytest.fixture
def told(ground_map, stack, selection):
    """What the tool in hand tells of each click: subjects, the selected one first."""
    tool = SelectTool(stack, selection)
    told: list[list[Subject]] = []
    tool.identified.connect(lambda found, at: told.append([each.subject for each in found]))
    ground_map.set_tool(tool)
    return told


def test_a_click_selects_the_finding_on_top(hand, selection, told):
    hand.click(5, 5)
    assert selection.subject == FINDING
    assert told == [[FINDING, HOUSE, PARCEL, ZONE]]


def test_clicking_again_goes_down_and_comes_back(hand, selection, told):
    seen = []
    for _ in range(5):
        hand.click(5, 5)
        seen.append(selection.subject)
    assert seen == [FINDING, HOUSE, PARCEL, ZONE, FINDING]
    assert told[1] == [HOUSE, PARCEL, ZONE, FINDING]


def test_another_spot_begins_at_the_top(hand, selection, told):
    hand.click(5, 5)
    hand.click(5, 5)
    hand.click(9, 9)
    assert selection.subject == FINDING


def test_empty_ground_selects_nothing(hand, selection, told):
    hand.click(5, 5)
    hand.click(-90, 65)
    assert selection.subject is None
    assert told[-1] == []


def test_near_is_near_enough(hand, selection, told):
    hand.click(68, 43)  # two metres, four pixels beside the shed
    assert selection.subject == SHED


def test_hidden_layers_are_passed_over(hand, selection, stack, told):
    stack.alter("findings", visible=False)
    hand.click(5, 5)
    assert selection.subject == HOUSE


def test_a_dragged_map_selects_nothing(hand, ground_map, selection, told):
    hand.drag((5, 5), (25, 15), (45, 25))
    assert told == []
    assert (ground_map.view.x, ground_map.view.y) == (EAST - 40, NORTH - 20)


def test_a_double_click_zooms_in_on_the_selected(hand, ground_map, selection, told):
    hand.double_click(5, 5)
    assert selection.subject == FINDING
    assert ground_map.view.pixel_m == 0.25


def test_the_reach_is_in_pixels_whatever_the_zoom(hand, ground_map, selection, told):
    ground_map.set_view(MapView(EAST + 60, NORTH + 40, 0.05))
    hand.click(68, 43)  # forty pixels beside the shed
    assert selection.subject == ZONE


def test_what_lies_under_a_point_is_named(stack):
    found = under(stack, EAST + 5, NORTH + 5, 0.5)
    assert [each.title for each in found] == ["Finding N0", "Building N0", "Parcel N0", "Zone N0"]


def test_the_tool_says_what_it_does(qtbot, ground_map, stack, selection):
    with qtbot.waitSignal(ground_map.hint) as hint:
        ground_map.set_tool(SelectTool(stack, selection))
    assert "Click to select" in hint.args[0]
