"""The patrol grid (网格): who watches which ground."""

from dataclasses import dataclass, field

from shapely import MultiPolygon, Polygon


@dataclass(frozen=True)
class GridCell:
    """One cell with the person responsible for it; geometry in the workspace's CRS (easting, northing).

    ``responsible`` is personal data: it is left out of ``repr``.
    """

    cell_no: str
    geometry: Polygon | MultiPolygon
    responsible: str | None = field(default=None, repr=False)
