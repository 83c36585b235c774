"""Bare ground under villages on plains, slopes, terraces and ridges."""

import numpy as np
import pytest

from weijian.detection.terrain import ground_model

CELL = 2.0
ROWS, COLUMNS = np.mgrid[:150, :150] * CELL
GROUNDS = {
    "plain": np.full(ROWS.shape, 25.0),
    "slope": 0.2 * COLUMNS,
    "terraces": np.floor(COLUMNS / 40.0) * 2.0,
    "ridge": 50.0 - 0.2 * np.abs(COLUMNS - 150.0),
}


def built(ground: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The ground with houses, a hall of 60 m and noise, and where they stand."""
    random = np.random.default_rng(3)
    surface = ground + random.normal(0.0, 0.1, ground.shape)
    roofs = np.zeros(ground.shape, bool)
    for _ in range(60):
        row, column = random.integers(0, 140, 2)
        block = slice(row, row + random.integers(3, 8)), slice(column, column + random.integers(3, 8))
        surface[block], roofs[block] = ground[block] + random.uniform(3.0, 15.0), True
    hall = slice(60, 90), slice(60, 72)
    surface[hall], roofs[hall] = ground[hall].max() + 8.0, True
    return surface.astype(np.float32), roofs


@pytest.mark.parametrize("name", GROUNDS)
def test_ground_is_found_under_buildings(name: str) -> None:
    ground = GROUNDS[name]
    surface, roofs = built(ground)
    error = ground_model(surface, CELL) - ground
    assert np.quantile(np.abs(error[~roofs]), 0.9) < 0.6
    assert np.quantile(np.abs(error[roofs]), 0.8) < 1.5


def test_gaps_are_filled_and_pits_are_no_ground() -> None:
    surface = np.full((60, 60), 10.0, np.float32)
    surface[10:20, 10:20] = np.nan
    surface[40, 40] = -30.0
    ground = ground_model(surface, CELL)
    assert np.isfinite(ground).all()
    assert np.abs(ground - 10.0).max() < 0.5


@pytest.mark.parametrize("shape", [(1, 1), (1, 7), (3, 3)])
def test_tiny_surveys_have_ground_too(shape: tuple[int, int]) -> None:
    assert ground_model(np.full(shape, 4.0, np.float32), CELL) == pytest.approx(4.0, abs=0.7)


def test_no_data_gives_zero() -> None:
    ground = ground_model(np.full((5, 6), np.nan, np.float32), CELL)
    assert (ground == 0.0).all()
    assert ground.dtype == np.float32
