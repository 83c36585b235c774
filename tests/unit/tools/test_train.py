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


@pytest.fixture
def boosting(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    from train import boosting

    return boosting


def test_trees_learn_what_a_table_shows(boosting) -> None:
    table = np.random.default_rng(1).uniform(0.0, 1.0, (600, 3)).astype(np.float32)
    worth = ((table[:, 0] > 0.5) & (table[:, 2] < 0.4)).astype(np.float64)
    trees = boosting.grow(("a", "b", "c"), table, worth, np.ones(len(table)))
    sure = trees.probabilities(np.array([[0.9, 0.5, 0.1], [0.9, 0.5, 0.9], [0.1, 0.5, 0.1]], np.float32))
    assert sure[0] > 0.8
    assert sure[1:].max() < 0.2
    again = boosting.grow(("a", "b", "c"), table, worth, np.ones(len(table)))
    assert again.to_json() == trees.to_json()


def test_a_camera_changes_the_picture_but_not_what_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    from train.archive_trees import developed

    picture = np.zeros((3, 20, 20), np.uint8)
    picture[:, 5:15, 5:15] = np.array([200, 120, 80])[:, None, None]
    one, same = (developed(picture, np.random.default_rng(3)) for _ in range(2))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, picture)
    assert one[0, 10, 10] > one[2, 10, 10] > one[2, 1, 1]
