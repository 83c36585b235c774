"""Values the tests of this room share: a made-up lot with a house and an unpermitted extension."""

from dataclasses import replace
from datetime import date

import numpy as np
from shapely import Polygon, affinity, box, contains_xy

from weijian.domain.finding import ChangeType
from weijian.publish.order_map import MapImage, OrderMapSheet, Page, choose_scale, extent_at_scale

X, Y = 500120.331, 3150197.125
EXTENSION = affinity.rotate(
    Polygon([(X, Y), (X + 12.4, Y), (X + 12.4, Y + 8.2), (X + 5.1, Y + 8.2), (X + 5.1, Y + 10.6), (X, Y + 10.6)]),
    12,
    origin=(X, Y),
)
HOUSE = affinity.rotate(box(X - 11, Y - 1, X, Y + 9.5), 12, origin=(X, Y))
LOT = affinity.rotate(box(X - 14, Y - 5, X + 9, Y + 14), 12, origin=(X, Y))


def picture_of(bounds: tuple[float, float, float, float], *, later: bool, pixel: float = 0.1) -> np.ndarray:
    """Ground, house and (later) extension as flat colours."""
    width, height = round((bounds[2] - bounds[0]) / pixel), round((bounds[3] - bounds[1]) / pixel)
    image = np.empty((height, width, 3), np.uint8)
    noise = np.random.default_rng(5).normal(0, 6, (height, width, 1))
    image[:] = np.clip(np.array([132, 138, 104]) + noise, 0, 255)
    columns, rows = np.meshgrid(np.arange(width), np.arange(height))
    xs, ys = bounds[0] + (columns + 0.5) * pixel, bounds[3] - (rows + 0.5) * pixel
    image[contains_xy(HOUSE, xs, ys)] = (150, 92, 78)
    if later:
        image[contains_xy(EXTENSION, xs, ys)] = (70, 110, 165)
    return image


def sheet(page: Page | None = None, scale: int | None = None, **changes: object) -> OrderMapSheet:
    """An order map of the extension."""
    page = page or Page()
    structures = changes.pop("structures", (EXTENSION,))
    scale = choose_scale(structures, page, scale)
    extent = extent_at_scale(structures, page, scale)
    made = OrderMapSheet(
        case_no="临城违〔2025〕第0017号",
        document_no="临城限拆决〔2025〕9号",
        bureau="临溪县综合行政执法局",
        place="青石镇下沙村三组12号东侧",
        household_no="330127104-0086",
        parcel_no="330127104003JC00086",
        party="王某某",
        change_type=ChangeType.EXTENDED,
        structures=structures,
        parcels=(LOT,),
        archive=(HOUSE,),
        before=MapImage(picture_of(extent, later=False), extent, "无人机正射影像 DOM", date(2024, 11, 3), 0.05),
        after=MapImage(picture_of(extent, later=True), extent, "无人机正射影像 DOM", date(2025, 5, 6), 0.05),
        crs_name="2000国家大地坐标系 高斯-克吕格 3度带 中央子午线120°",
        epsg=4549,
        area_m2=86.44,
        area_sigma_m2=1.26,
        height_change_m=3.24,
        height_sigma_m=0.21,
        page=page,
        scale=scale,
        drawn_on=date(2025, 6, 15),
        drawn_by="李明",
        reviewer=None,
    )
    return replace(made, **changes)
