"""The Gauss-Krueger zones of CGCS2000: their numbers and EPSG codes, and the names that Chinese papers give them.

EPSG 4513-4533 (3 degrees) and 4491-4501 (6 degrees) carry the zone number in the easting, 4534-4554 and 4502-4512 do
not (EPSG registry; GB 22021). No number is that of a 3- and of a 6-degree zone.
"""

from pyproj import CRS

ZONES = range(25, 46)
"""Numbers of the zones that cover China."""

PREFIXED, PLAIN = 4488, 4509
"""EPSG code of a zone less its number, with the zone number in the easting and without it."""

SIX_DEGREE_ZONES = range(13, 24)
SIX_DEGREE_PREFIXED, SIX_DEGREE_PLAIN = 4478, 4489
"""The same of the 6-degree zones."""

_ZONE_M = 1_000_000.0


def zone_of_easting(easting: float) -> int | None:
    """Zone number that an 8-digit easting carries, 3- or 6-degree; None for one without.

    >>> zone_of_easting(40500120.331), zone_of_easting(500120.331)
    (40, None)
    """
    zone = int(easting // _ZONE_M)
    return zone if zone in SIX_DEGREE_ZONES or zone in ZONES else None


def prefixed_code(zone: int) -> int:
    """EPSG code of a zone, 3- or 6-degree, whose eastings carry its number.

    >>> prefixed_code(40), prefixed_code(20)
    (4528, 4498)
    """
    return (SIX_DEGREE_PREFIXED if zone in SIX_DEGREE_ZONES else PREFIXED) + zone


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
