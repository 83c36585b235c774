from collections.abc import Callable
from pathlib import Path

import pytest

from unit.services.made import AFTER, BEFORE, NEW_HOUSE, finding, place
from weijian.services.finding_chips import finding_chips
from weijian.storage.workspace import open_workspace

Keep = Callable[..., Path]


def test_both_dates_over_the_same_ground(keep: Keep) -> None:
    folder = keep(finding(geometry=place(*NEW_HOUSE)))
    chips = finding_chips(folder, finding().finding_no, 64)
    assert chips.before is not None
    assert (chips.before.flown_on, chips.after.flown_on) == (BEFORE, AFTER)
    assert chips.before.chip is not None
    assert chips.after.chip is not None
    assert chips.before.chip.rgb.shape == chips.after.chip.rgb.shape
    left, bottom, right, top = chips.bounds
    assert right - left == pytest.approx(top - bottom)
    middle = chips.after.chip.rgb.shape[0] // 2
    changed = abs(chips.after.chip.rgb.astype(int) - chips.before.chip.rgb.astype(int)).sum(axis=2)
    assert changed[middle, middle] > 60  # the new house


def test_against_the_archive_there_is_no_earlier_picture(keep: Keep) -> None:
    folder = keep(finding(), before=None)
    assert finding_chips(folder, finding().finding_no, 32).before is None


def test_a_file_that_is_gone_is_told_on_its_own_side(keep: Keep) -> None:
    folder = keep(finding())
    with open_workspace(folder) as workspace, workspace.writer.begin() as connection:
        connection.exec_driver_sql("update surveys set ortho='/nowhere/dom.tif' where id=1")
    chips = finding_chips(folder, finding().finding_no, 32)
    assert chips.before is not None
    assert chips.before.chip is None
    assert "dom.tif" in chips.before.problem.sentence("zh")  # type: ignore[union-attr]
    assert chips.after.chip is not None
