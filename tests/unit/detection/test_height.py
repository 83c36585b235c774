"""Changes from heights on small drawn villages."""

import math

import pytest
from shapely import Polygon, union_all

from unit.detection.village import Date, part, patch, place
from weijian.detection.height import HALO_M, HeightParameters, describe, propose
from weijian.detection.patch import Patch
from weijian.detection.segments import Segment, merge
from weijian.domain.finding import Change, ChangeType, Method

HOUSE = (10.0, 10.0, 20.0, 19.0)


def changes(whole: Patch, parameters: HeightParameters | None = None) -> list[Change]:
    parameters = parameters or HeightParameters()
    return [change for segment in merge(propose(whole, parameters)) for change in describe(segment, whole, parameters)]


def only(whole: Patch) -> Change:
    found = changes(whole)
    assert len(found) == 1, [str(change.change_type) for change in found]
    return found[0]


def iou(first: Polygon, second: Polygon) -> float:
    return first.intersection(second).area / first.union(second).area


def village() -> Date:
    return Date().house(*HOUSE, 6.5).house(35, 35, 45, 44, 9.5)


def archive() -> tuple[tuple[Polygon, float], ...]:
    return (place(*HOUSE), 6.5), (place(35, 35, 45, 44), 9.5)


def test_nothing_changed_nothing_found() -> None:
    after = village()
    after.seed = 5
    assert changes(patch(village(), after, *archive())) == []


def test_a_new_house_is_new() -> None:
    found = only(patch(village(), village().house(30, 10, 38, 20, 6.0), *archive()))
    assert found.change_type is ChangeType.NEW
    assert found.method is Method.HEIGHT
    assert iou(found.outline, place(30, 10, 38, 20)) > 0.85
    assert found.height_change_m == pytest.approx(6.0, abs=0.2)
    assert found.height_m == pytest.approx(6.0, abs=0.2)
    assert found.area_m2 == pytest.approx(found.outline.area)
    assert 0 < found.area_sigma_m2 < 0.2 * found.area_m2
    assert found.confidence > 0.9


def test_a_shed_in_a_field_of_maize_is_new() -> None:
    before = village().house(28, 8, 50, 24, 1.4)
    after = village().house(28, 8, 50, 24, 1.4).house(32, 12, 36, 16, 2.9)
    found = only(patch(before, after, *archive()))
    assert found.change_type is ChangeType.NEW
    assert iou(found.outline, place(32, 12, 36, 16)) > 0.7


def test_a_shed_with_an_alley_to_the_house_is_new() -> None:
    found = only(patch(village(), village().house(21.2, 10, 25.2, 15, 3.0), *archive()))
    assert found.change_type is ChangeType.NEW


def test_a_lean_to_is_an_extension() -> None:
    found = only(patch(village(), village().house(20, 11, 23, 17, 3.0), *archive()))
    assert found.change_type is ChangeType.EXTENDED
    assert iou(found.outline, place(20, 11, 23, 17)) > 0.7


def test_a_house_built_against_a_house_is_new() -> None:
    found = only(patch(village(), village().house(20, 10, 30, 19, 7.0), *archive()))
    assert found.change_type is ChangeType.NEW


def test_another_storey_is_raised() -> None:
    found = only(patch(village(), village().house(*HOUSE, 9.6), *archive()))
    assert found.change_type is ChangeType.RAISED
    assert found.height_change_m == pytest.approx(3.1, abs=0.2)
    assert iou(found.outline, place(*HOUSE)) > 0.85


def test_half_a_storey_is_raised_over_its_part() -> None:
    found = only(patch(village(), village().house(10, 10, 15, 19, 9.6), *archive()))
    assert found.change_type is ChangeType.RAISED
    assert iou(found.outline, place(10, 10, 15, 19)) > 0.75


def test_a_storey_over_a_stair_head_has_no_hole() -> None:
    before = village().house(10, 15.5, 13.5, 19, 9.4)
    found = only(patch(before, village().house(10, 10, 15.5, 19, 9.4), *archive()))
    assert found.change_type is ChangeType.RAISED
    assert iou(found.outline, place(10, 10, 15.5, 19)) > 0.75


@pytest.mark.parametrize("rubble", [0.0, 1.2])
def test_a_house_gone_to_rubble_is_demolished(rubble: float) -> None:
    after = Date().house(35, 35, 45, 44, 9.5).house(*HOUSE, rubble)
    found = only(patch(village(), after, *archive()))
    assert found.change_type is ChangeType.DEMOLISHED
    assert found.height_change_m == pytest.approx(rubble - 6.5, abs=0.2)
    assert iou(found.outline, place(*HOUSE)) > 0.85


def test_an_unarchived_house_gone_is_demolished() -> None:
    found = only(patch(village().house(30, 10, 38, 20, 6.0), village(), *archive()))
    assert found.change_type is ChangeType.DEMOLISHED


def test_a_lean_to_taken_away_is_demolished() -> None:
    found = only(patch(village().house(20, 11, 23, 17, 3.0), village(), *archive()))
    assert found.change_type is ChangeType.DEMOLISHED
    assert iou(found.outline, place(20, 11, 23, 17)) > 0.6


def test_a_higher_and_wider_house_is_rebuilt_and_outlined_with_the_old() -> None:
    after = Date().house(35, 35, 45, 44, 9.5).gable(10, 12, 23, 21, 8.5, 10.0)
    found = only(patch(village(), after, *archive()))
    assert found.change_type is ChangeType.REBUILT
    assert iou(found.outline, union_all([place(*HOUSE), place(10, 12, 23, 21)])) > 0.8


def test_a_lower_house_in_its_place_is_rebuilt() -> None:
    after = Date().house(*HOUSE, 6.5).house(35, 35, 45, 44, 3.4)
    assert only(patch(village(), after, *archive())).change_type is ChangeType.REBUILT


def test_a_storey_on_a_terrace_row_is_one_house_only() -> None:
    row = Date().house(10, 10, 19, 19, 6.5).house(19, 10, 28, 19, 6.5).house(28, 10, 37, 19, 6.5)
    after = Date().house(10, 10, 19, 19, 6.5).house(19, 10, 28, 19, 9.6).house(28, 10, 37, 19, 6.5)
    houses = [(place(x, 10, x + 9, 19), 6.5) for x in (10, 19, 28)]
    found = only(patch(row, after, *houses))
    assert found.change_type is ChangeType.RAISED
    assert iou(found.outline, place(19, 10, 28, 19)) > 0.8


@pytest.mark.parametrize("colour", [(60, 95, 45), (120, 85, 45), (90, 80, 70)], ids=["green", "autumn", "bare"])
def test_a_grown_tree_is_nothing(colour: tuple[int, int, int]) -> None:
    before = village().tree(33, 18, 1.5, 3.5, colour)
    assert changes(patch(before, village().tree(33, 18, 3.5, 7.0, colour), *archive())) == []


def test_a_felled_tree_is_nothing() -> None:
    assert changes(patch(village().tree(33, 18, 3.5, 7.0), village(), *archive())) == []


def test_a_house_where_a_tree_stood_is_new() -> None:
    before = village().tree(34, 15, 3.5, 6.5)
    assert only(patch(before, village().house(30, 10, 38, 20, 6.0), *archive())).change_type is ChangeType.NEW


def test_cars_and_lorries_are_nothing() -> None:
    after = village().house(30, 10, 34.6, 11.8, 1.5).house(30, 20, 37.5, 22.5, 2.9)
    assert changes(patch(village(), after, *archive())) == []


def test_a_blue_steel_shed_is_no_vegetation() -> None:
    after = village().house(30, 10, 36, 15, 3.2)
    after.image[:, after.height == 3.2] = [[70], [110], [180]]
    assert only(patch(village(), after, *archive())).change_type is ChangeType.NEW


def test_a_greenhouse_is_nothing() -> None:
    after = village().gable(25, 5, 55, 13, 0.9, 2.5)
    assert changes(patch(village(), after, *archive())) == []


def test_a_pile_is_nothing() -> None:
    after = village().gable(30, 10, 35, 15, 0.2, 2.3)
    assert changes(patch(village(), after, *archive())) == []


def test_a_dug_pit_is_no_demolition() -> None:
    whole = patch(village(), village(), *archive())
    pit = slice(60, 100), slice(150, 190)
    assert whole.before is not None
    for layer in (whole.before, whole.after):
        assert layer.ground is not None
        layer.ground[pit] -= 4.0
    assert whole.after.surface is not None
    whole.after.surface[pit] -= 4.0
    assert changes(whole) == []


def test_a_filled_building_site_is_no_building() -> None:
    after = village()
    for step in range(12):
        after.house(25 + step * 0.4, 4 + step * 0.4, 55 - step * 0.4, 30 - step * 0.4, 0.25 * (step + 1))
    assert changes(patch(village(), after, *archive())) == []


@pytest.mark.parametrize("moved", [0.4, -0.4])
def test_misregistration_leaves_no_strips(moved: float) -> None:
    after = village()
    after.moved_m = moved
    assert changes(patch(village(), after, *archive())) == []


def test_holes_are_no_changes() -> None:
    whole = patch(village(), village(), *archive())
    assert whole.after.surface is not None
    whole.after.surface[100:130, 60:90] = math.nan
    assert changes(whole) == []


def test_smallest_area_is_kept_to() -> None:
    whole = patch(village(), village().house(30, 10, 34, 14, 3.0), *archive())
    assert len(changes(whole)) == 1
    assert changes(whole, HeightParameters(min_area_m2=25.0)) == []


class TestOneSurvey:
    def test_archive_confirmed_nothing_found(self) -> None:
        assert changes(patch(None, village(), *archive())) == []

    def test_unarchived_house_is_new(self) -> None:
        found = only(patch(None, village(), archive()[0]))
        assert found.change_type is ChangeType.NEW
        assert iou(found.outline, place(35, 35, 45, 44)) > 0.85

    def test_missing_house_is_demolished(self) -> None:
        found = only(patch(None, Date().house(*HOUSE, 6.5), *archive()))
        assert found.change_type is ChangeType.DEMOLISHED

    def test_beyond_the_outline_is_an_extension(self) -> None:
        found = only(patch(None, village().house(20, 11, 23, 17, 3.0), *archive()))
        assert found.change_type is ChangeType.EXTENDED

    def test_above_the_archived_height_is_raised(self) -> None:
        found = only(patch(None, village().house(*HOUSE, 9.6), *archive()))
        assert found.change_type is ChangeType.RAISED
        assert found.height_change_m == pytest.approx(3.1, abs=0.2)

    def test_a_stair_head_is_nothing(self) -> None:
        assert changes(patch(None, village().house(10, 15.5, 13.5, 19, 9.2), *archive())) == []

    def test_without_an_archived_height_nothing_is_raised(self) -> None:
        (first, _), second = archive()
        assert changes(patch(None, village().house(*HOUSE, 9.6), (first, None), second)) == []

    def test_without_an_archived_height_a_missing_house_is_still_demolished(self) -> None:
        (first, _), second = archive()
        found = only(patch(None, Date().house(35, 35, 45, 44, 9.5), (first, None), second))
        assert found.change_type is ChangeType.DEMOLISHED


@pytest.mark.parametrize("size", [64, 111, 150])
def test_tiles_make_no_difference(size: int) -> None:
    before = village().tree(50, 12, 3, 6)
    after = village().house(*HOUSE, 9.6).house(30, 10, 38, 20, 6.0).house(45, 36, 48, 42, 3.0).tree(50, 12, 4, 8)
    whole = patch(before, after, *archive())
    at_once = merge(propose(whole))
    halo = math.ceil(HALO_M / whole.grid.resolution)
    in_tiles = merge(f for tile in whole.grid.tiles(size, halo) for f in propose(part(whole, tile)))
    assert len(in_tiles) == len(at_once)
    for cut, uncut in zip(in_tiles, at_once, strict=True):
        assert cut.polygon.symmetric_difference(uncut.polygon).area < 0.01 * uncut.polygon.area
        assert cut.weight == pytest.approx(uncut.weight, rel=0.01)


def test_a_patch_without_heights_is_refused() -> None:
    whole = patch(village(), village())
    bare = Patch(
        whole.tile,
        whole.before,
        type(whole.after)(whole.after.image, whole.after.image_valid, None, None),
        (),
        whole.noise,
    )
    with pytest.raises(ValueError, match="surface"):
        propose(bare)


def test_a_segment_of_almost_nothing_is_not_described() -> None:
    whole = patch(village(), village())
    assert describe(Segment(place(1, 1, 2, 2), 0.5), whole) == []
