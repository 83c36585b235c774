from pathlib import Path

import pytest
from affine import Affine

from weijian.imagery.shift import Lattice, ShiftField
from weijian.services.alignments import keep_shift, kept_shift
from weijian.storage.workspace import open_workspace

PLAIN = ShiftField(500.0, 300.0, Affine(1e-4, 0.0, 1.5, 0.0, -2e-5, -0.75))
BENT = ShiftField(
    500.0, 300.0, PLAIN.affine, Lattice(490.0, 290.0, 25.0, ((0.1, 0.2), (0.3, 0.4)), ((0.0, 0.1), (0.2, 0.3)))
)


@pytest.mark.parametrize("shift", [PLAIN, BENT], ids=["global", "with local shifts"])
def test_a_shift_is_kept_as_it_was(empty: Path, shift: ShiftField) -> None:
    with open_workspace(empty) as workspace:
        with workspace.transaction("test", "keep") as work:
            keep_shift(work, 1, 2, shift)
        with workspace.read() as work:
            assert kept_shift(work, 1, 2) == shift


def test_a_later_detection_replaces_it_and_other_pairs_have_none(empty: Path) -> None:
    with open_workspace(empty) as workspace, workspace.transaction("test", "keep") as work:
        keep_shift(work, 1, 2, BENT)
        keep_shift(work, 1, 2, PLAIN)
        assert kept_shift(work, 1, 2) == PLAIN
        assert kept_shift(work, 2, 1) is None
