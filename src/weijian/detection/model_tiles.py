"""A window covered with overlapping tiles of a lattice fixed to the ground, and their answers blended without seams.

Which tiles exist, and what each weighs at a pixel, depends on the ground alone, not on the window that asks. So the
same pixel gets the same answer in every window that holds all tiles over it.
"""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from weijian.domain.grid import PixelGrid

F32 = NDArray[np.float32]


def starts(first: int, last: int, tile: int, stride: int) -> Iterator[int]:
    """Where the tiles begin that touch the pixels from ``first`` up to ``last`` (excluded) of the ground's lattice."""
    for number in range((first - tile) // stride + 1, (last - 1) // stride + 1):
        yield number * stride


def lattice_place(grid: PixelGrid) -> tuple[int, int]:
    """Row and column of a grid's corner on the lattice of its resolution, whose rows run south."""
    return round(-grid.transform.f / grid.resolution), round(grid.transform.c / grid.resolution)


def ramp(tile: int, overlap: int) -> F32:
    """Weight along a tile: 1 in the middle, falling smoothly over the overlap so that two neighbours add up to 1."""
    weight = np.ones(tile, np.float64)
    if overlap:
        rise = np.sin(0.5 * np.pi * (np.arange(overlap) + 0.5) / overlap) ** 2
        weight[:overlap], weight[tile - overlap :] = rise, rise[::-1]
    return weight.astype(np.float32)


def blended(
    run: Callable[[tuple[slice, slice]], F32],
    window: tuple[slice, slice],
    place: tuple[int, int],
    tile: int,
    overlap: int,
    channels: int,
) -> F32:
    """Answers over a window, blended from all tiles that touch it.

    Parameters
    ----------
    run : callable
        The answer, (channels, tile, tile), for a tile given by its rows and columns in the arrays; they may reach
        beyond the arrays.
    window : (rows, columns) slices
        The part of the arrays to answer for.
    place : (row, column)
        Where the arrays lie on the ground's lattice.
    tile, overlap : int
        Pixels a side, and pixels that neighbours share.
    channels : int

    Returns
    -------
    (channels, rows, columns) float32
    """
    rows, columns = window
    total = np.zeros((channels, rows.stop - rows.start, columns.stop - columns.start), np.float32)
    along = ramp(tile, overlap)
    weight = along[:, None] * along[None, :]
    stride = tile - overlap
    for top in starts(place[0] + rows.start, place[0] + rows.stop, tile, stride):
        for left in starts(place[1] + columns.start, place[1] + columns.stop, tile, stride):
            row, column = top - place[0], left - place[1]
            r0, r1 = max(row, rows.start), min(row + tile, rows.stop)
            c0, c1 = max(column, columns.start), min(column + tile, columns.stop)
            part = np.s_[r0 - row : r1 - row, c0 - column : c1 - column]
            answer = run((slice(row, row + tile), slice(column, column + tile)))
            into = np.s_[:, r0 - rows.start : r1 - rows.start, c0 - columns.start : c1 - columns.start]
            total[into] += answer[np.s_[:, *part]] * weight[part]
    return total
