"""A small village drawn into arrays: boxes, crowns, cars, at two dates."""

from dataclasses import dataclass, field, replace

import cv2
import numpy as np
from numpy.typing import NDArray
from pyproj import CRS
from shapely import Polygon, box

from weijian.detection.patch import Footprint, Layer, Noise, Patch
from weijian.domain.grid import PixelGrid, Tile

CELL = 0.2
EAST, NORTH = 500_000.0, 3_000_000.0
GREY, GREEN = (150, 148, 145), (60, 95, 45)


def place(x0: float, y0: float, x1: float, y1: float) -> Polygon:
    """Rectangle in metres east and north of the corner."""
    return box(EAST + x0, NORTH + y0, EAST + x1, NORTH + y1)


@dataclass
class Date:
    """What is drawn at one date; heights in metres above a sloping ground."""

    size_m: float = 60.0
    slope: float = 0.03
    seed: int = 1
    noise_m: float = 0.03
    moved_m: float = 0.0
    cell: float = CELL
    height: NDArray[np.float32] = field(init=False)
    image: NDArray[np.uint8] = field(init=False)

    def __post_init__(self) -> None:
        side = round(self.size_m / self.cell)
        self.height = np.zeros((side, side), np.float32)
        self.image = np.empty((3, side, side), np.uint8)
        self.image[:] = np.array((140, 125, 105), np.uint8)[:, None, None]

    def _at(self, x0: float, y0: float, x1: float, y1: float) -> tuple[slice, slice]:
        side = self.height.shape[0]
        to = lambda v: round(v / self.cell)  # noqa: E731
        return slice(side - to(y1), side - to(y0)), slice(to(x0), to(x1))

    def house(self, x0: float, y0: float, x1: float, y1: float, height: float) -> "Date":
        """A flat roof."""
        rows, columns = self._at(x0, y0, x1, y1)
        self.height[rows, columns] = height
        self.image[:, rows, columns] = np.array(GREY, np.uint8)[:, None, None]
        return self

    def gable(self, x0: float, y0: float, x1: float, y1: float, eaves: float, ridge: float) -> "Date":
        """A pitched roof with its ridge along x."""
        rows, columns = self._at(x0, y0, x1, y1)
        across = np.linspace(-1.0, 1.0, rows.stop - rows.start, dtype=np.float32)
        self.height[rows, columns] = (ridge - (ridge - eaves) * np.abs(across))[:, None]
        self.image[:, rows, columns] = np.array((150, 90, 70), np.uint8)[:, None, None]
        return self

    def tree(self, x: float, y: float, radius: float, height: float, colour: tuple[int, int, int] = GREEN) -> "Date":
        """A crown: a rough dome."""
        side = self.height.shape[0]
        rows, columns = np.mgrid[:side, :side]
        away = np.hypot((columns + 0.5) * self.cell - x, (side - rows - 0.5) * self.cell - y) / radius
        rough = np.random.default_rng(round(x * 10 + y)).normal(size=self.height.shape).astype(np.float32)
        rough = cv2.GaussianBlur(rough, (0, 0), 0.35 / self.cell)
        crown = height * (1.0 - 0.5 * np.clip(away, 0, 1) ** 2) + 0.9 * rough / rough.std()
        inside = away < 1.0
        self.height[inside] = np.maximum(self.height, crown)[inside]
        self.image[:, inside] = np.array(colour, np.uint8)[:, None]
        return self

    def layer(self) -> Layer:
        """The date as dense matching would give it: moved, smeared, noisy."""
        random = np.random.default_rng(self.seed)
        shift = np.array([[1, 0, self.moved_m / self.cell], [0, 1, 0]], np.float32)
        moved = cv2.warpAffine(self.height, shift, self.height.shape[::-1], borderMode=cv2.BORDER_REPLICATE)
        smeared = cv2.GaussianBlur(moved, (0, 0), 0.2 / self.cell)
        noise = random.normal(0.0, self.noise_m, self.height.shape)
        columns = np.arange(self.height.shape[1]) * self.cell * self.slope
        ground = np.broadcast_to(columns, self.height.shape).astype(np.float32)
        surface = (smeared + noise + ground).astype(np.float32)
        return Layer(self.image, np.ones(self.height.shape, bool), surface, ground.copy())


def patch(
    before: Date | None, after: Date, *footprints: tuple[Polygon, float | None], registration: float = 0.1
) -> Patch:
    """Both dates and an archive as one patch without a halo."""
    layer = after.layer()
    rows, columns = layer.image_valid.shape
    bounds = (EAST, NORTH, EAST + columns * after.cell, NORTH + rows * after.cell)
    return Patch(
        tile=Tile(PixelGrid.over(bounds, after.cell, CRS.from_epsg(4549)), 0),
        before=_layer(before),
        after=layer,
        footprints=tuple(Footprint(f"B{n}", outline, height) for n, (outline, height) in enumerate(footprints)),
        noise=Noise(registration, None if before is None else 0.05),
    )


def _layer(date: Date | None) -> Layer | None:
    return None if date is None else date.layer()


def part(whole: Patch, tile: Tile) -> Patch:
    """A tile of a patch; beyond its edge there is no data."""
    grid, inner = tile.grid, whole.grid
    row = round((inner.transform.f - grid.transform.f) / inner.resolution)
    column = round((grid.transform.c - inner.transform.c) / inner.resolution)

    def cut(layer: Layer | None) -> Layer | None:
        if layer is None or layer.image is None or layer.surface is None or layer.ground is None:
            return None
        return Layer(
            np.stack([_window(band, row, column, grid, 0) for band in layer.image]),
            _window(layer.image_valid, row, column, grid, False),
            _window(layer.surface, row, column, grid, np.nan),
            _window(layer.ground, row, column, grid, 0.0),
        )

    after = cut(whole.after)
    if after is None:
        raise ValueError("a part needs imagery and heights")
    return replace(whole, tile=tile, before=cut(whole.before), after=after)


def _window(array: NDArray, row: int, column: int, grid: PixelGrid, fill: float) -> NDArray:
    out = np.full(grid.shape, fill, array.dtype)
    r0, r1 = max(row, 0), min(row + grid.height, array.shape[0])
    c0, c1 = max(column, 0), min(column + grid.width, array.shape[1])
    if r0 < r1 and c0 < c1:
        out[r0 - row : r1 - row, c0 - column : c1 - column] = array[r0:r1, c0:c1]
    return out
