"""Coordinate reference systems by the names that Chinese papers give them."""

from pyproj import CRS

_PREFIXED = range(4513, 4534)
_PLAIN = range(4534, 4555)
_ZONE_OF_PREFIXED, _ZONE_OF_PLAIN = 4488, 4509


def chinese_crs_name(crs: CRS) -> str:
    """Name of a CRS on a paper; its own name where it is not one of CGCS2000's 3-degree zones.

    EPSG 4513-4533 carry the zone number in the easting (zone = code - 4488), EPSG 4534-4554 do not
    (zone = code - 4509); the central meridian is three times the zone.

    >>> chinese_crs_name(CRS.from_epsg(4549))
    '2000国家大地坐标系 高斯-克吕格3度带 中央子午线120°'
    """
    code = crs.to_epsg() or 0
    if code in _PREFIXED:
        zone = code - _ZONE_OF_PREFIXED
        return f"2000国家大地坐标系 高斯-克吕格3度带 第{zone}带（中央子午线{3 * zone}°）"
    if code in _PLAIN:
        return f"2000国家大地坐标系 高斯-克吕格3度带 中央子午线{3 * (code - _ZONE_OF_PLAIN)}°"
    return str(crs.name)
