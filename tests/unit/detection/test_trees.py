"""Boosted trees: read, written, and asked."""

import numpy as np
import pytest

from weijian.detection.trees import Trees

STUMPS = Trees(
    ("width", "rim"),
    -1.0,
    np.array([[0, 1, 1]]),
    np.array([[2.0, 0.5, np.inf]], np.float32),
    np.array([[-2.0, 0.0, 3.0, 9.0]], np.float32),
)


@pytest.mark.parametrize(("row", "odds"), [((1.0, 0.2), -3.0), ((1.0, 0.7), -1.0), ((4.0, 0.7), 2.0)])
def test_each_row_goes_its_own_way(row: tuple[float, float], odds: float) -> None:
    table = np.array([row, (9.9, 9.9)], np.float32)
    assert STUMPS.probabilities(table)[0] == pytest.approx(1.0 / (1.0 + np.exp(-odds)))


def test_a_table_without_rows_has_no_probabilities() -> None:
    assert STUMPS.probabilities(np.zeros((0, 2), np.float32)).shape == (0,)


def test_written_and_read_again_they_judge_alike() -> None:
    table = np.random.default_rng(1).uniform(-1, 5, (50, 2)).astype(np.float32)
    again = Trees.from_json(STUMPS.to_json())
    assert again.names == STUMPS.names
    assert again.probabilities(table) == pytest.approx(STUMPS.probabilities(table), abs=1e-4)
