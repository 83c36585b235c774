from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon, box

from weijian.detection.segments import Fragment
from weijian.domain.finding import Change, ChangeType, Method
from weijian.services.checkpoint import Cost, Described, Proposed, checkpoint, forget, key_of

number = st.floats(allow_nan=False, allow_infinity=False, width=64)
PIECE = Fragment(Polygon([(0.1, 0.2), (1 / 3, 0.2), (1 / 3, 9e6), (0.1, 9e6)]), 1 / 7, (1 / 9, 2.0))
CHANGE = Change(
    ChangeType.REBUILT, box(0, 0, 1 / 3, 2), 0.1, 0.2, None, np.float64(0.3), 4.0, 0.7, Method.HEIGHT,
    MultiPolygon([box(0, 0, 1, 1), box(2, 2, 3, 3)]),
)  # fmt: skip


def fill(path: Path, key: str = "key") -> None:
    with checkpoint(path, key) as kept:
        kept.keep_window(3, Proposed((PIECE,), Cost(7, 0.5), (CHANGE,)))
        kept.keep_window(1, Proposed())
        kept.keep_candidate(0, Described((CHANGE,), Cost(9, 0.25)))
        kept.keep_candidate(2, Described(None))


def test_what_was_kept_comes_back_exactly(tmp_path: Path) -> None:
    fill(tmp_path / "a.resume")
    with checkpoint(tmp_path / "a.resume", "key") as kept:
        assert kept.windows == {3: Proposed((PIECE,), Cost(7, 0.5), (CHANGE,)), 1: Proposed()}
        assert kept.candidates == {0: Described((CHANGE,), Cost(9, 0.25)), 2: Described(None)}
        assert kept.windows[3].fragments[0].polygon.wkb == PIECE.polygon.wkb
        assert kept.seconds_reading == 0.75


@given(values=st.lists(number, min_size=6, max_size=6))
def test_numbers_come_back_to_the_last_bit(tmp_path_factory: pytest.TempPathFactory, values: list[float]) -> None:
    path = tmp_path_factory.mktemp("numbers") / "a.resume"
    change = Change(ChangeType.NEW, box(0, 0, 1, 1), *values, Method.SPECTRAL)
    with checkpoint(path, "key") as kept:
        kept.keep_candidate(0, Described((change,)))
    with checkpoint(path, "key") as kept:
        assert kept.candidates[0].changes == (change,)


@pytest.mark.parametrize("cut", range(2, 60, 7))
def test_a_line_that_was_cut_off_is_ignored_and_work_goes_on(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "a.resume"
    fill(path)
    path.write_bytes(path.read_bytes()[:-cut])
    with checkpoint(path, "key") as kept:
        assert 2 not in kept.candidates
        assert set(kept.windows) == {1, 3}
        kept.keep_candidate(5, Described())
    with checkpoint(path, "key") as kept:
        assert {5} <= set(kept.candidates) <= {0, 5}


def test_damaged_lines_are_ignored(tmp_path: Path) -> None:
    path = tmp_path / "a.resume"
    fill(path)
    lines = path.read_bytes().split(b"\n")
    lines[3] = lines[3].replace(b"1", b"4")
    lines[4] = bytes(len(lines[4]))
    path.write_bytes(b"\n".join(lines))
    with checkpoint(path, "key") as kept:
        assert len(kept.windows) + len(kept.candidates) == 2


@pytest.mark.parametrize("content", [b"", b"\n", b"\x00" * 40, b"not a checkpoint", b"00000000 {}\n"])
def test_what_is_no_checkpoint_starts_afresh(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.resume"
    path.write_bytes(content)
    with checkpoint(path, "key") as kept:
        assert not kept.windows
    fill(path)
    with checkpoint(path, "key") as kept:
        assert len(kept.windows) == 2


def test_another_key_starts_afresh(tmp_path: Path) -> None:
    fill(tmp_path / "a.resume")
    with checkpoint(tmp_path / "a.resume", "other") as kept:
        assert (kept.windows, kept.candidates) == ({}, {})
    with checkpoint(tmp_path / "a.resume", "key") as kept:
        assert not kept.windows


def test_where_nothing_can_be_kept_the_work_goes_on(tmp_path: Path) -> None:
    fill(tmp_path / "no folder" / "a.resume")
    with checkpoint(None, "key") as kept:
        kept.keep_window(0, Proposed())
        assert len(kept.windows) == 1


def test_a_finished_run_leaves_none(tmp_path: Path) -> None:
    fill(tmp_path / "a.resume")
    forget(tmp_path / "a.resume")
    forget(tmp_path / "a.resume")
    forget(None)
    assert not list(tmp_path.iterdir())


def test_the_key_is_of_the_work_and_the_state_of_the_files(tmp_path: Path) -> None:
    file = tmp_path / "a.tif"
    file.write_bytes(b"1")
    key = key_of("work", [file])
    assert key == key_of("work", [file])
    assert key != key_of("other", [file])
    file.write_bytes(b"22")
    assert key != key_of("work", [file])
    gone = [tmp_path / "gone.tif"]
    assert key_of("work", gone) != key_of("work", gone)
