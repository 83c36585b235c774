"""The control zone (管控区)."""

from dataclasses import dataclass
from enum import StrEnum

from shapely import MultiPolygon, Polygon


class ZoneKind(StrEnum):
    """冻结区, 永久基本农田, 河道蓝线, 绿线, 紫线, 重点区域."""

    FREEZE = "freeze"
    FARMLAND = "farmland"
    RIVER = "river"
    GREEN = "green"
    HERITAGE = "heritage"
    KEY = "key"


ZONE_NAMES = {
    ZoneKind.FREEZE: "冻结区",
    ZoneKind.FARMLAND: "永久基本农田",
    ZoneKind.RIVER: "河道蓝线",
    ZoneKind.GREEN: "绿线",
    ZoneKind.HERITAGE: "紫线",
    ZoneKind.KEY: "重点区域",
}
"""Chinese name of each kind."""


@dataclass(frozen=True)
class Zone:
    """One control zone; geometry in the workspace's CRS."""

    zone_no: str
    kind: ZoneKind
    geometry: Polygon | MultiPolygon
    name: str | None = None
