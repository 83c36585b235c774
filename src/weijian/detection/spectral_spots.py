"""Small pieces of the working grid: a mask in a window, so that nothing is done on a whole tile for one roof."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Window = tuple[slice, slice]


@dataclass(frozen=True)
class Spot:
    """Pixels of the working grid: ``mask`` lies in ``window`` (rows, columns) of its arrays."""

    window: Window
    mask: NDArray[np.bool_]

    def full(self, shape: tuple[int, ...]) -> NDArray[np.bool_]:
        """The mask on the whole grid of ``shape``."""
        out = np.zeros(shape, bool)
        out[self.window] = self.mask
        return out

    def widened(self, margin: int, shape: tuple[int, ...]) -> "Spot":
        """The same pixels in a window with ``margin`` more on each side, within ``shape``."""
        rows, columns = self.window
        window = widen(self.window, margin, shape)
        top, left = rows.start - window[0].start, columns.start - window[1].start
        mask = np.zeros((window[0].stop - window[0].start, window[1].stop - window[1].start), bool)
        mask[top : top + self.mask.shape[0], left : left + self.mask.shape[1]] = self.mask
        return Spot(window, mask)


def widen(window: Window, margin: int, shape: tuple[int, ...]) -> Window:
    """A window with ``margin`` pixels more on each side, within ``shape``."""
    rows, columns = window
    return (
        slice(max(0, rows.start - margin), min(shape[0], rows.stop + margin)),
        slice(max(0, columns.start - margin), min(shape[1], columns.stop + margin)),
    )
