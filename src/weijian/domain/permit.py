"""The building permit (许可)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shapely import MultiPolygon, Polygon


class PermitKind(StrEnum):
    """Works permit 建设工程规划许可证, rural permit 乡村建设规划许可证, temporary permit 临时建设工程规划许可证."""

    WORKS = "works"
    RURAL = "rural"
    TEMPORARY = "temporary"


@dataclass(frozen=True)
class Permit:
    """What was allowed where, and until when.

    ``geometry`` is the permitted footprint in the workspace's CRS. A limit that the permit does not state is None.
    """

    permit_no: str
    geometry: Polygon | MultiPolygon
    kind: PermitKind | None = None
    household_no: str | None = None
    issued_on: date | None = None
    expires_on: date | None = None
    max_storeys: int | None = None
    max_height_m: float | None = None
    max_footprint_m2: float | None = None
