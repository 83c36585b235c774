"""Where a raster lies: its coordinate reference system, and whether its coordinates can be true."""

from pathlib import Path

from pyproj import CRS
from pyproj.exceptions import CRSError

from weijian.domain import cgcs2000
from weijian.domain.errors import CrsChoiceContradicted, CrsContradicted, CrsNotMetric, CrsNotOfEarth, CrsUnusable
from weijian.domain.grid import Bounds

_EARTH_RADII_M = (6.30e6, 6.45e6)
_FARTHEST_FROM_FALSE_EASTING_M = 800_000.0  # past any zone's edge, short of the next zone's number


def horizontal_crs(wkt: str, path: Path) -> CRS:
    """Two-dimensional CRS of a file, by its EPSG code where it has one.

    Raises
    ------
    CrsUnusable
        The description cannot be understood.
    CrsNotOfEarth
        A local (engineering) frame or another body's CRS.
    """
    try:
        crs = CRS.from_wkt(wkt)
    except CRSError as fault:
        raise CrsUnusable(path=path, crs=wkt[:60], why="unknown") from fault
    if crs.is_compound:
        crs = crs.sub_crs_list[0]
    if crs.is_bound and crs.source_crs is not None:
        crs = crs.source_crs
    require_earth(crs, path)
    code = crs.to_epsg(min_confidence=70)
    return CRS.from_epsg(code) if code else crs


def require_earth(crs: CRS, path: Path) -> None:
    """Refuse a CRS that does not place points on the Earth."""
    radius = crs.ellipsoid.semi_major_metre if crs.ellipsoid else 0.0
    if not _EARTH_RADII_M[0] < radius < _EARTH_RADII_M[1]:
        raise CrsNotOfEarth(path=path, crs=crs.name)


def require_projected_metres(crs: CRS, path: Path) -> None:
    """Refuse a CRS in which lengths and areas cannot be taken in metres.

    Raises
    ------
    CrsNotMetric
        Not projected, or its axes are not in metres.
    """
    metric = all(abs(axis.unit_conversion_factor - 1.0) < 1e-9 for axis in crs.axis_info)
    if not (crs.is_projected and metric):
        raise CrsNotMetric(path=path, crs=crs_label(crs))


def vertical_unit_m(wkt: str) -> float | None:
    """Metres in one height unit of a compound CRS; None when the CRS says nothing of heights."""
    crs = CRS.from_wkt(wkt)
    for part in crs.sub_crs_list:
        if part.is_vertical and part.axis_info:
            return float(part.axis_info[0].unit_conversion_factor)
    return None


def crs_label(crs: CRS) -> str:
    """Short name for messages: the EPSG code with the name."""
    code = crs.to_epsg()
    return f"EPSG:{code} ({crs.name})" if code else str(crs.name)


def require_plausible(crs: CRS, bounds: Bounds, path: Path, *, given: bool = False) -> None:
    """Refuse coordinates that the CRS cannot have which the file declares, or where ``given`` the user.

    Catches a zone number in the easting that the CRS does not expect (or the other way round), another zone's
    number, degrees under a projected CRS, metres under a geographic one, and northing in the place of easting.

    Raises
    ------
    CrsContradicted
        With the declared CRS and what the coordinates look like.
    """
    x, y = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
    found = _contradiction(crs, x, y)
    if found:
        refusal = CrsChoiceContradicted if given else CrsContradicted
        raise refusal(path=path, declared=crs_label(crs), found=found)


def _contradiction(crs: CRS, x: float, y: float) -> str | None:
    if crs.is_geographic:
        return f"{x:.0f}, {y:.0f} (m)" if abs(x) > 361 or abs(y) > 91 else None
    if not crs.is_projected or crs.coordinate_operation is None:
        return None
    if abs(x) <= 180 and 0 < abs(y) <= 90:
        return f"{x:.6f}, {y:.6f} (°)"
    if "Transverse Mercator" not in crs.coordinate_operation.method_name:
        return None
    false_easting = next((float(p.value) for p in crs.coordinate_operation.params if p.name == "False easting"), 0.0)
    if abs(x - false_easting) <= _FARTHEST_FROM_FALSE_EASTING_M:
        return None
    return f"{x:.0f}, {y:.0f}{_likelier(crs, x, y)}"


def _likelier(crs: CRS, x: float, y: float) -> str:
    """Name the CGCS2000 zone that would fit, as a hint in brackets."""
    zone = cgcs2000.zone_of_easting(x)
    if zone is not None:
        return f" (EPSG:{cgcs2000.prefixed_code(zone)})"
    declared = crs.to_epsg() or 0
    if declared - cgcs2000.PREFIXED in cgcs2000.ZONES and x < 1e6:
        return f" (EPSG:{declared - cgcs2000.PREFIXED + cgcs2000.PLAIN})"
    if abs(y) < 1e6 < x:
        return " (N, E)"
    return ""
