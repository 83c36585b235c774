"""A very small village for the tests of the use cases: two flights of 70 m, and values for a workspace."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import cv2
import numpy as np
import rasterio
from affine import Affine
from numpy.typing import NDArray
from shapely import Polygon, box

from weijian.domain.building import Building
from weijian.domain.finding import ChangeType, Finding, Method, PermitStatus
from weijian.domain.household import Household
from weijian.domain.parcel import Parcel
from weijian.domain.permit import Permit

EPSG = "EPSG:4549"
EAST, NORTH = 500_100.0, 3_300_100.0
SIZE_M, PIXEL_M, DSM_PIXEL_M = 70.0, 0.25, 0.25
BEFORE, AFTER = date(2024, 4, 16), date(2025, 10, 28)

Place = tuple[float, float, float, float]
"""West, south, east, north in metres from the village's corner."""

OLD_HOUSES: tuple[Place, ...] = ((8, 8, 18, 20), (46, 10, 58, 20), (10, 46, 22, 58))
NEW_HOUSE: Place = (30, 30, 42, 40)
"""Across the middle, where every division into tiles cuts it."""
GONE_HOUSE = OLD_HOUSES[1]


def place(west: float, south: float, east: float, north: float) -> Polygon:
    return box(EAST + west, NORTH + south, EAST + east, NORTH + north)


@dataclass(frozen=True)
class Flight:
    """The files of a flight."""

    ortho: Path
    dsm: Path


def fly_twice(folder: Path) -> tuple[Flight, Flight]:
    """Both flights; between them a house was built and another pulled down."""
    still_there = tuple(house for house in OLD_HOUSES if house != GONE_HOUSE)
    return (
        fly(folder, BEFORE, OLD_HOUSES, bias_m=0.6, seed=1),
        fly(folder, AFTER, (*still_there, NEW_HOUSE), seed=2),
    )


def fly(folder: Path, day: date, houses: tuple[Place, ...], *, bias_m: float = 0.0, seed: int = 1) -> Flight:
    """Photograph the village with ``houses`` on it; the ground is the same on every day."""
    side = round(SIZE_M / PIXEL_M)
    image, heights = _ground(side)
    for number, house in enumerate(houses):
        rows, columns = _pixels(house, side)
        image[:, rows, columns] = np.array([(176, 88, 70), (186, 188, 192), (80, 120, 178)][number % 3])[:, None, None]
        heights[rows, columns] += 6.0
    noise = np.random.default_rng(seed)
    image = np.clip(image + noise.normal(0, 2.0, image.shape), 1, 254).astype(np.uint8)
    heights = (heights + bias_m + noise.normal(0, 0.02, heights.shape)).astype(np.float32)
    ortho, dsm = folder / f"{day}_dom.tif", folder / f"{day}_dsm.tif"
    write_raster(ortho, image, PIXEL_M)
    write_raster(dsm, heights[None], DSM_PIXEL_M)
    return Flight(ortho, dsm)


def write_raster(
    path: Path,
    bands: NDArray[np.generic],
    pixel_m: float,
    *,
    crs: str | None = EPSG,
    corner: tuple[float, float] = (EAST, NORTH + SIZE_M),
) -> Path:
    """``bands`` (count, rows, columns) as GeoTIFF; ``corner`` is the upper left one."""
    transform = Affine(pixel_m, 0, corner[0], 0, -pixel_m, corner[1])
    count, height, width = bands.shape
    shape = {"count": count, "height": height, "width": width, "dtype": bands.dtype.name}
    with rasterio.open(path, "w", driver="GTiff", crs=crs, transform=transform, **shape) as file:
        file.write(bands)
    return path


def _ground(side: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Colours (3, side, side) of fields and paths, and heights (side, side) of a gentle slope with ditches."""
    chance = np.random.default_rng(11)
    grey = cv2.resize(chance.uniform(95, 150, (side // 12, side // 12)).astype(np.float32), (side, side))
    ditches = np.zeros((side, side), np.float32)
    for _ in range(50):
        ends = chance.integers(0, side, 4)
        shade = float(chance.uniform(70, 180))
        cv2.line(grey, tuple(map(int, ends[:2])), tuple(map(int, ends[2:])), shade, int(chance.integers(1, 4)))
        cv2.line(ditches, tuple(map(int, ends[:2])), tuple(map(int, ends[2:])), -0.25, 2)
    slope = np.linspace(0, 2.0, side, dtype=np.float32)[None, :]
    colours = np.stack([grey * 1.04, grey * 0.98, grey * 0.86])
    return colours.astype(np.float32), (20.0 + slope + cv2.GaussianBlur(ditches, (0, 0), 1.5)).astype(np.float32)


def _pixels(house: Place, side: int) -> tuple[slice, slice]:
    west, south, east, north = (round(v / PIXEL_M) for v in house)
    return slice(side - north, side - south), slice(west, east)


def finding(number: int = 1, **others: object) -> Finding:
    usual = Finding(
        finding_no=f"T20251028-1-{number:04d}",
        change_type=ChangeType.NEW,
        geometry=place(*NEW_HOUSE),
        area_m2=120.0,
        area_sigma_m2=3.0,
        height_change_m=6.0,
        height_sigma_m=0.1,
        confidence=0.9,
        method=Method.HEIGHT,
        building_no=None,
        household_no="H1",
        parcel_no="P1",
        permit_no=None,
        permit_status=PermitStatus.UNPERMITTED,
        excess_area_m2=None,
        excess_height_m=None,
        excess_storeys=None,
        zones=(),
        before_date=BEFORE,
        after_date=AFTER,
        reason="与前期相比新增。",
    )
    return replace(usual, **others)


def household(number: int = 1, **others: object) -> Household:
    usual = Household(f"H{number}", holder="张三", address="12号", village="石桥村", town="青石镇")
    return replace(usual, **others)


def parcel(number: int = 1, **others: object) -> Parcel:
    return replace(Parcel(f"P{number}", place(25, 25, 48, 48), household_no="H1", holder="李四"), **others)


def building(number: int = 1, **others: object) -> Building:
    return replace(Building(f"B{number}", place(*OLD_HOUSES[number - 1]), household_no="H1", height_m=6.0), **others)


def permit(number: int = 1, **others: object) -> Permit:
    return replace(Permit(f"X{number}", place(*NEW_HOUSE)), **others)
