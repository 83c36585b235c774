"""The 3-degree Gauss-Krueger zones of CGCS2000: their EPSG codes and the names that Chinese papers give them.

EPSG 4513-4533 carry the zone number in the easting, EPSG 4534-4554 do not; the central meridian is three times the zone
(EPSG registry; GB 22021).
"""

from pyproj import CRS

ZONES = range(25, 46)
"""Numbers of the zones that cover China."""

PREFIXED, PLAIN = 4488, 4509
"""EPSG code of a zone less its number, with the zone number in the easting and without it."""


def chinese_crs_name(crs: CRS) -> str:
    """Name of a CRS on a paper; its own name where it is not one of these zones.

    >>> chinese_crs_name(CRS.from_epsg(4549))
    '2000国家大地坐标系 高斯-克吕格3度带 中央子午线120°'
    """
    code = crs.to_epsg() or 0
    if code - PREFIXED in ZONES:
        zone = code - PREFIXED
        return f"2000国家大地坐标系 高斯-克吕格3度带 第{zone}带（中央子午线{3 * zone}°）"
    if code - PLAIN in ZONES:
        return f"2000国家大地坐标系 高斯-克吕格3度带 中央子午线{3 * (code - PLAIN)}°"
    return str(crs.name)
