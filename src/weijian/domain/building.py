"""The archived building (建筑)."""

from dataclasses import dataclass, field
from datetime import date

from shapely import MultiPolygon, Polygon


@dataclass(frozen=True)
class Building:
    """One building of the archive as it was surveyed; geometry in the workspace's CRS (easting, northing)."""

    building_no: str
    geometry: Polygon | MultiPolygon
    household_no: str | None = None
    parcel_no: str | None = None
    holder: str | None = field(default=None, repr=False)
    storeys: int | None = None
    height_m: float | None = None
    built_area_m2: float | None = None
    structure: str | None = None
    built_on: date | None = None
    use: str | None = None
