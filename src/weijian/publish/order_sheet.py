"""What an order map shows, with everything resolved: no lookups are left for the painter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from weijian.domain.finding import ChangeType
from weijian.domain.grid import Bounds
from weijian.publish.map_scale import Outline
from weijian.publish.paper import Page


@dataclass(frozen=True, eq=False)
class MapImage:
    """A piece of an orthophoto.

    Attributes
    ----------
    rgb : uint8 array (rows, columns, 3)
        North up.
    bounds : Bounds
        Ground it covers in the sheet's CRS; where it does not reach, the frame stays blank.
    source : str
        Where it comes from, as a court may read it, e.g. ``"无人机正射影像 DOM"``.
    flown_on : date
    gsd_m : float
        Pixel of the original survey in metres.
    """

    rgb: NDArray[np.uint8]
    bounds: Bounds
    source: str
    flown_on: date
    gsd_m: float


@dataclass(frozen=True, eq=False)
class OrderMapSheet:
    """One order map (违法建设拆除范围图).

    Geometries are in one projected CRS, easting and northing in metres. Sigmas are one standard deviation. What is not
    known is None and is shown as a dash. ``party`` is printed as given: mask it first where the map is published.
    ``before`` is None where the archive alone says what stood there. ``scale`` is a denominator that
    :func:`weijian.publish.map_scale.choose_scale` allows on ``page``. ``offset`` is how far, in metres east and north,
    the middle of the map frames lies from the middle of the structures.
    """

    case_no: str
    bureau: str
    place: str
    change_type: ChangeType
    structures: tuple[Outline, ...]
    parcels: tuple[Outline, ...]
    archive: tuple[Outline, ...]
    before: MapImage | None
    after: MapImage
    crs_name: str
    epsg: int | None
    area_m2: float
    area_sigma_m2: float
    page: Page
    scale: int
    drawn_on: date
    document_no: str | None = None
    household_no: str | None = None
    parcel_no: str | None = None
    party: str | None = None
    height_change_m: float | None = None
    height_sigma_m: float | None = None
    drawn_by: str | None = None
    reviewer: str | None = None
    title: str = "违法建设拆除范围图"
    offset: tuple[float, float] = (0.0, 0.0)
