"""The land parcel (宗地)."""

from dataclasses import dataclass, field

from shapely import MultiPolygon, Polygon


@dataclass(frozen=True)
class Parcel:
    """One parcel; geometry in the workspace's CRS (easting, northing)."""

    parcel_no: str
    geometry: Polygon | MultiPolygon
    household_no: str | None = None
    holder: str | None = field(default=None, repr=False)
    address: str | None = None
    area_m2: float | None = None
