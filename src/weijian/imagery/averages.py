"""Reduced pixels of plain images and of surfaces, decoded once for all who read them."""

from __future__ import annotations

import itertools
import math
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Future
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

if TYPE_CHECKING:
    from weijian.imagery.files import Dataset
    from weijian.imagery.raster import Raster

Colours = NDArray[np.uint8]
Block = NDArray[Any]  # colours (h, w, 3) uint8, or heights (h, w) float32 with NaN where there are none

MOST_BYTES = 256 * 1024 * 1024
"""What is kept for a job that reads whole surveys."""

_ENTRY_BYTES = 1024  # what is kept of a block beside its pixels, also of one without any
_LONGEST_SIDE = 2048  # pixels of a file a side that are decoded at once
_SHORTEST_SIDE = 512  # a mosaic looks through all its sources for each of its own small blocks
_Key = tuple[int, int, int, int]
_Span = tuple[int, slice, slice]
_Part = tuple[_Span, _Span]
_Decode = Callable[["Dataset", "Raster", Window, int], Block | None]


class Averages:
    """Means of whole numbers of pixels of images, kept in blocks; those not asked for the longest are dropped.

    Windows of neighbours overlap, and alignment and detection read the same ground: without this every block of a
    file is decoded two or three times over. Safe to use from several threads; a block is decoded by the first who
    needs it, the others wait.

    Parameters
    ----------
    most_bytes : int
        Of blocks that are kept.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes = most_bytes
        self._blocks: OrderedDict[_Key, Future[Block | None]] = OrderedDict()
        self._rasters: dict[int, Raster] = {}  # a key is an identity, and must not be given to another
        self._bytes = 0
        self._lock = threading.Lock()

    def read(
        self, dataset: Dataset, raster: Raster, window: Window, factor: int, decode: _Decode | None = None
    ) -> Block | None:
        """What a window shows, averaged over ``factor`` x ``factor`` pixels.

        Parameters
        ----------
        dataset : Dataset
            The caller's own dataset of ``raster``.
        raster : Raster
        window : Window
            Begins and ends on multiples of ``factor``.
        factor : int
        decode : callable, optional
            Gives the averages of one block, always the same way for one raster; :func:`averaged` unless given.

        Returns
        -------
        array or None
            As ``decode`` gives it; None where it gives none for some of it.
        """
        decode = decode or averaged
        doublings = _doublings(factor)
        if doublings:  # means of means, which are kept for others
            means = self.read(dataset, raster, window, factor >> doublings, decode)
            return None if means is None else reduced(means, window, factor)
        left, top, width, height = (
            int(edge) // factor for edge in (window.col_off, window.row_off, window.width, window.height)
        )
        whole: Block | None = None
        down, across = sides = _sides(dataset, raster, factor)
        parts = itertools.product(_spans(top, height, down), _spans(left, width, across))
        for (row, rows, own_rows), (column, columns, own_columns) in self._others_last(parts, raster, factor):
            block = self._block(dataset, raster, (row, column), sides, factor, decode)
            if block is None:
                return None
            if whole is None:
                whole = np.empty((height, width, *block.shape[2:]), block.dtype)
            whole[rows, columns] = block[own_rows, own_columns]
        return whole

    def _others_last(self, parts: Iterable[_Part], raster: Raster, factor: int) -> Iterator[_Part]:
        """What another thread decodes just now comes last: to wait for it would be to work one after the other."""
        waiting = []
        for part in parts:
            if self._under_way((id(raster), factor, part[0][0], part[1][0])):
                waiting.append(part)
            else:
                yield part
        yield from waiting

    def _under_way(self, key: _Key) -> bool:
        with self._lock:
            block = self._blocks.get(key)
            return block is not None and not block.done()

    def _block(
        self,
        dataset: Dataset,
        raster: Raster,
        place: tuple[int, int],
        sides: tuple[int, int],
        factor: int,
        decode: _Decode,
    ) -> Block | None:
        key = id(raster), factor, *place
        with self._lock:
            known = self._blocks.get(key)
            if known is not None:
                self._blocks.move_to_end(key)
            else:
                self._rasters[id(raster)] = raster
                self._blocks[key] = promised = Future[Block | None]()
        if known is not None:
            try:
                return known.result()
            except CancelledError:  # whoever promised it failed; whoever needs it fails likewise
                return self._block(dataset, raster, place, sides, factor, decode)
        try:
            promised.set_result(decode(dataset, raster, _window(dataset, place, sides, factor), factor))
        finally:
            if not promised.done():
                with self._lock:
                    del self._blocks[key]
                promised.cancel()
        block = promised.result()
        with self._lock:
            self._bytes += _size(block)
            while self._bytes > self.most_bytes and next(iter(self._blocks.values())).done():
                _, oldest = self._blocks.popitem(last=False)
                self._bytes -= _size(oldest.result())
        return block


def _doublings(factor: int) -> int:
    """How often a number can be halved before it is odd or 2."""
    count = 0
    while factor > 2 and factor % 2 == 0:
        factor, count = factor // 2, count + 1
    return count


def _size(block: Block | None) -> int:
    return _ENTRY_BYTES + (0 if block is None else block.nbytes)


def _sides(dataset: Dataset, raster: Raster, factor: int) -> tuple[int, int]:
    """(down, across) averages of a block: as many as make whole blocks of the file, if that is not too much at once."""
    down, across = dataset.block_shapes[raster.bands[0] - 1]
    if across >= dataset.width:  # its lines can only be decoded whole
        return max(1, _LONGEST_SIDE**2 // (dataset.width * factor)), math.ceil(dataset.width / factor)
    return _side(down, factor), _side(across, factor)


def _side(own: int, factor: int) -> int:
    """Averages along a side that end where blocks of ``own`` pixels do, or as many as may be decoded at once."""
    whole = math.lcm(own, factor)
    if whole > max(own, _LONGEST_SIDE):
        return max(1, _LONGEST_SIDE // factor)
    return whole * max(1, _SHORTEST_SIDE // whole) // factor


def _spans(first: int, count: int, side: int) -> Iterator[_Span]:
    """For each block that ``count`` averages from ``first`` touch: its number, where in the window, where in it."""
    for number in range(first // side, (first + count - 1) // side + 1):
        start, stop = max(first, number * side), min(first + count, (number + 1) * side)
        yield number, slice(start - first, stop - first), slice(start - number * side, stop - number * side)


def averaged(dataset: Dataset, raster: Raster, window: Window, factor: int) -> Colours | None:
    """Colours (h, w, 3) of a window of an image of bytes that are its colours, hidden by nothing but opacity.

    None where some of it is not opaque. GDAL would look for masked pixels under each average, which takes longer than
    decoding.
    """
    bands = [*raster.bands, *(() if raster.alpha is None else (raster.alpha,))]
    raw = dataset.read(bands, window=window)
    if raster.alpha is not None and raw[-1].min() < np.iinfo(np.uint8).max:
        return None
    return merged([reduced(band, window, factor) for band in raw[: len(raster.bands)]])


def merged(bands: Sequence[Colours] | Colours) -> Colours:
    """(h, w, 3) of one or three bands (h, w)."""
    return np.asarray(cv2.merge([bands[min(band, len(bands) - 1)] for band in range(3)]), np.uint8)


def _window(dataset: Dataset, place: tuple[int, int], sides: tuple[int, int], factor: int) -> Window:
    """What a block covers of the file, but for what is left of its edge."""
    (top, height), (left, width) = (
        (number * side * factor, min(side, size // factor - number * side) * factor)
        for number, side, size in zip(place, sides, dataset.shape, strict=True)
    )
    return Window(left, top, width, height)


def reduced(values: Block, window: Window, factor: int) -> Block:
    """The means of what a window shows; floats that are NaN do not count, and their mean is one where most are."""
    size = int(window.width) // factor, int(window.height) // factor

    def mean(of: Block) -> Block:
        if factor == 3 and of.dtype == np.uint8:  # a box filter is vectorised, a reduction to a third is not
            return np.ascontiguousarray(cv2.blur(of, (3, 3))[1::3, 1::3])
        return np.asarray(cv2.resize(of, size, interpolation=cv2.INTER_AREA), of.dtype)

    if values.dtype == np.uint8 or (known := np.isfinite(values)).all():
        return mean(values)
    share = mean(known.astype(values.dtype))
    means: Block = mean(np.where(known, values, values.dtype.type(0)))
    return np.where(share >= 0.5, means / np.maximum(share, 0.5), np.nan).astype(values.dtype)
