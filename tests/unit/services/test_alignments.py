from pathlib import Path

import numpy as np
import pytest
from affine import Affine
from pyproj import CRS, Transformer

from unit.services.made import EAST, EPSG, NORTH
from weijian.imagery.alignment import HandShift
from weijian.imagery.shift import Lattice, ShiftField
from weijian.services.alignments import Placement, keep_placement, kept_hand, kept_placement, shifts_near
from weijian.storage.workspace import open_workspace

PLAIN = ShiftField(500.0, 300.0, Affine(1e-4, 0.0, 1.5, 0.0, -2e-5, -0.75))
BENT = ShiftField(
    500.0, 300.0, PLAIN.affine, Lattice(490.0, 290.0, 25.0, ((0.1, 0.2), (0.3, 0.4)), ((0.0, 0.1), (0.2, 0.3)))
)
HERE, MERCATOR = CRS(EPSG), CRS.from_epsg(3857)


@pytest.mark.parametrize("shift", [None, PLAIN, BENT], ids=["archive", "global", "with local shifts"])
def test_a_placement_is_kept_as_it_was(empty: Path, shift: ShiftField | None) -> None:
    placement = Placement(shift, 0.31, -0.07)
    before = None if shift is None else 1
    with open_workspace(empty) as workspace:
        with workspace.transaction("test", "keep") as work:
            keep_placement(work, before, 2, placement)
        with workspace.read() as work:
            assert kept_placement(work, before, 2) == placement


def test_a_later_detection_replaces_it_and_other_pairs_lie_exactly(empty: Path) -> None:
    with open_workspace(empty) as workspace, workspace.transaction("test", "keep") as work:
        keep_placement(work, 1, 2, Placement(BENT))
        keep_placement(work, 1, 2, Placement(PLAIN, 1.0))
        assert kept_placement(work, 1, 2) == Placement(PLAIN, 1.0)
        assert kept_placement(work, 2, 1) == Placement(None)


def test_the_hand_that_placed_is_kept_with_its_pair(empty: Path) -> None:
    hand = HandShift(1.2, -0.5, 0.1, exact=True)
    with open_workspace(empty) as workspace, workspace.transaction("test", "keep") as work:
        assert kept_hand(work, 1, 2) is None
        keep_placement(work, 1, 2, Placement(PLAIN), hand)
        assert kept_hand(work, 1, 2) == hand
        assert kept_placement(work, 1, 2) == Placement(PLAIN)
        keep_placement(work, 1, 2, Placement(PLAIN))
        assert kept_hand(work, 1, 2) is None


def test_without_an_earlier_survey_there_is_one_shift() -> None:
    before, after = shifts_near(Placement(None, 0.3, -0.2), (0, 0, 1, 1), HERE, HERE)
    assert before is None
    assert after.at(0.0, 0.0) == pytest.approx((0.3, -0.2))


def test_the_shift_in_the_middle_holds_and_adds_up() -> None:
    shift = ShiftField(EAST, NORTH, Affine(0.01, 0, 1.0, 0, 0, -2.0))
    bounds = (EAST + 90, NORTH, EAST + 110, NORTH + 20)
    before, after = shifts_near(Placement(shift, 5.0, 1.0), bounds, HERE, HERE)
    assert before is not None
    assert after.at(0.0, 0.0) == pytest.approx((5.0, 1.0))
    assert before.at(0.0, 0.0) == pytest.approx((5.0 + 2.05, 1.0 - 2.0))


def test_a_shift_is_told_in_the_maps_crs() -> None:
    bounds = Transformer.from_crs(HERE, MERCATOR, always_xy=True).transform_bounds(EAST, NORTH, EAST + 70, NORTH + 70)
    before, _ = shifts_near(Placement(ShiftField.constant(10.0, 0.0)), bounds, MERCATOR, HERE)
    assert before is not None
    east, north = before.at(0.0, 0.0)
    assert east == pytest.approx(10 / np.cos(np.radians(29.8)), rel=0.01)  # mercator stretches
    assert north == pytest.approx(0, abs=0.1)
