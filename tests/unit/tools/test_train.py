"""The drawn training pairs: the same for a seed, and their truth is what is drawn. Training itself is not tested."""

from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture
def pictures(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(ROOT / "sample_data"))
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    from train import pictures

    return pictures


def test_the_same_seed_draws_the_same_pair(pictures) -> None:
    one, same, other = (pictures.draw_example(seed) for seed in (3, 3, 4))
    assert one.before.shape == (3, pictures.SIDE, pictures.SIDE)
    assert np.array_equal(one.before, same.before)
    assert np.array_equal(one.truth, same.truth)
    assert not np.array_equal(one.before, other.before)


def test_what_came_or_went_has_changed_and_what_has_changed_is_built_on(pictures) -> None:
    changed_share = 0.0
    for seed in range(3):
        before, after, changed = pictures.draw_example(seed).truth
        assert changed[before != after].mean() > 0.99
        assert (before | after)[changed].mean() > 0.97
        changed_share += changed.mean()
    assert changed_share > 0.01
