"""Coordinate systems at the door: known, not contradicted by the coordinates, and inside China."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Literal, NoReturn

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from weijian.cadastre.errors import CrsNotMetric, CrsUnknown, OutsideChina
from weijian.cadastre.table import VectorTable
from weijian.domain import cgcs2000
from weijian.domain.errors import CrsChoiceContradicted, CrsContradicted, CrsMissing
from weijian.domain.grid import Bounds

Datum = Literal["cgcs2000", "xian80", "beijing54"]
_FIRST_CODES: dict[tuple[Datum, int, bool], int] = {
    ("cgcs2000", 3, True): 4513,
    ("cgcs2000", 3, False): 4534,
    ("cgcs2000", 6, True): 4491,
    ("cgcs2000", 6, False): 4502,
    ("xian80", 3, True): 2349,
    ("xian80", 3, False): 2370,
    ("xian80", 6, True): 2327,
    ("xian80", 6, False): 2338,
    ("beijing54", 3, True): 2401,
    ("beijing54", 3, False): 2422,
    ("beijing54", 6, True): 21413,
    ("beijing54", 6, False): 21453,
}
"""Code of the first zone: 25 of those of 3 degrees, 13 of those of 6."""

_CHINA: Bounds = (73.0, 3.0, 136.0, 54.0)
_GEOGRAPHIC = CRS.from_epsg(4490)
_COINCIDENT = frozenset({"China 2000", "World Geodetic System 1984", "World Geodetic System 1984 ensemble"})
"""Datums that agree to the metre (EPSG states 1 m for CGCS2000 to WGS 84)."""

_HIGHEST_NORTHING = 6.2e6
_WIDEST_EASTING = 1.5e6
_GAUSS_KRUGER = ("Transverse Mercator", "Gauss-Kruger")


def epsg_for(zone: int, with_prefix: bool) -> int:
    """EPSG code of a CGCS2000 3-degree zone (25 to 45), with or without the zone number in the easting.

    >>> epsg_for(40, True), epsg_for(40, False)
    (4528, 4549)
    """
    if zone not in cgcs2000.ZONES:
        raise ValueError(zone)
    return (cgcs2000.PREFIXED if with_prefix else cgcs2000.PLAIN) + zone


def epsg_of_datum(datum: Datum, width: int, zone: int, with_prefix: bool) -> int | None:
    """EPSG code of a Gauss-Kruger zone of a Chinese datum; None for a zone that there is none for.

    Parameters
    ----------
    width : int
        3 or 6 degrees.

    >>> epsg_of_datum("xian80", 3, 40, True), epsg_of_datum("cgcs2000", 6, 20, False)
    (2364, 4509)
    """
    zones = cgcs2000.ZONES if width == 3 else cgcs2000.SIX_DEGREE_ZONES
    return _FIRST_CODES[datum, width, with_prefix] + zone - zones[0] if zone in zones else None


def parse_crs(text: str | CRS, path: Path) -> CRS:
    """A coordinate reference system by code or WKT.

    Raises
    ------
    CrsUnknown
    """
    try:
        return CRS.from_user_input(text)
    except CRSError as error:
        raise CrsUnknown(crs=text, path=path, why=str(text)) from error


def crs_label(crs: CRS) -> str:
    """Short name of a CRS: its code where it has one.

    >>> crs_label(CRS.from_epsg(4549))
    'EPSG:4549'
    """
    authority = crs.to_authority(min_confidence=70)
    return ":".join(authority) if authority else crs.name


def resolve_crs(table: VectorTable, given: str | CRS | None = None) -> CRS:
    """The CRS a table's coordinates are in; ``given`` outweighs what the file declares.

    Raises
    ------
    CrsMissing
        Neither the file nor the user names one.
    CrsContradicted
        Half of the rows or more cannot be of that CRS: another zone number, degrees for metres, swapped axes;
        CrsChoiceContradicted where the user named it.
    OutsideChina
        They can, but lie outside China. Fewer such rows are faults of their own, see `misplaced`.
    CrsUnknown
        It is neither geographic nor projected (a drawing's own system), or not of this Earth.
    """
    crs = table.crs if given is None else parse_crs(given, table.path)
    if crs is None:
        raise CrsMissing(path=table.path)
    if not (crs.is_geographic or crs.is_projected):
        raise CrsUnknown(crs=crs.name, path=table.path, why=crs.type_name)
    if table.geometry is None:
        return crs
    wrong = misplaced(table, crs)
    present = ~shapely.is_missing(table.geometry) & ~shapely.is_empty(table.geometry)
    if wrong.any() and wrong.sum() * 2 >= present.sum():
        is_given = table.crs_given or given is not None
        _refuse(crs, replace(table, geometry=table.geometry[wrong], crs_given=is_given))
    return crs


def misplaced(table: VectorTable, crs: CRS) -> NDArray[np.bool_]:
    """Which rows cannot lie where ``crs`` puts them: another zone number, or outside China. Shape (rows,).

    Raises
    ------
    CrsUnknown
        The CRS is not of this Earth.
    """
    if table.geometry is None:
        return np.zeros(len(table), dtype=bool)
    boxes = shapely.bounds(table.geometry)
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    known = np.isfinite(x) & np.isfinite(y)
    wrong = np.zeros(len(boxes), dtype=bool)
    if not known.any():
        return wrong
    longitude, latitude = _transformer(crs, _GEOGRAPHIC, table.path).transform(x[known], y[known])
    inside = (longitude >= _CHINA[0]) & (longitude <= _CHINA[2]) & (latitude >= _CHINA[1]) & (latitude <= _CHINA[3])
    false_easting = _false_easting(crs)
    if false_easting is not None:
        declared = cgcs2000.zone_of_easting(false_easting)
        inside &= np.array([cgcs2000.zone_of_easting(easting) == declared for easting in x[known].tolist()], dtype=bool)
    wrong[known] = ~inside
    return wrong


def _refuse(crs: CRS, table: VectorTable) -> NoReturn:
    """Say what is wrong with a table most of whose rows, given here, are misplaced."""
    left, bottom, right, top = table.bounds or (0.0, 0.0, 0.0, 0.0)
    found = _contradiction(crs, (left, bottom, right, top))
    if found is not None:
        refusal = CrsChoiceContradicted if table.crs_given else CrsContradicted
        raise refusal(path=table.path, declared=crs_label(crs), found=found)
    longitude, latitude = Transformer.from_crs(crs, _GEOGRAPHIC, always_xy=True).transform(left, bottom)
    raise OutsideChina(path=table.path, crs=crs_label(crs), longitude=f"{longitude:.4f}", latitude=f"{latitude:.4f}")


def _contradiction(crs: CRS, bounds: Bounds) -> str | None:
    """What the coordinates look like when they cannot be of ``crs``; in codes and numbers, the same in any language."""
    left, bottom, right, top = bounds
    at = f"({left:.3f}, {bottom:.3f})"
    degrees = max(abs(left), abs(right)) <= 180 and max(abs(bottom), abs(top)) <= 180
    if crs.is_geographic:
        if not degrees:
            return f"{_looks_like(left)} {at}"
        swapped = _CHINA[0] <= bottom and top <= _CHINA[2] and _CHINA[1] <= left and right <= _CHINA[3]
        return f"lat, lon {at}" if swapped else None
    if degrees:
        return f"EPSG:4490 {at}"
    false_easting = _false_easting(crs)
    if false_easting is None:
        return None
    declared, seen = cgcs2000.zone_of_easting(false_easting), cgcs2000.zone_of_easting((left + right) / 2)
    if left < _HIGHEST_NORTHING < top or (declared is None and left > _WIDEST_EASTING > top):
        return f"N, E {at}"
    return None if declared == seen else f"{_looks_like(left, declared)} {at}"


def _looks_like(easting: float, declared_zone: int | None = None) -> str:
    zone = cgcs2000.zone_of_easting(easting)
    if zone is not None:
        return f"EPSG:{cgcs2000.prefixed_code(zone)}"
    if declared_zone is not None and declared_zone in cgcs2000.ZONES:
        return f"EPSG:{epsg_for(declared_zone, with_prefix=False)}"
    return f"E={easting:.0f}"


def _false_easting(crs: CRS) -> float | None:
    """False easting of a transverse Mercator CRS; it holds the zone number, if there is one. None for other CRSs."""
    operation = _plane(crs).coordinate_operation
    if operation is None or operation.method_name not in _GAUSS_KRUGER:
        return None
    return next((float(p.value) for p in operation.params if p.name == "False easting"), None)


def _plane(crs: CRS) -> CRS:
    """The horizontal part of a CRS, without a height system or an attached datum shift."""
    if crs.is_compound:
        return _plane(crs.sub_crs_list[0])
    if crs.is_bound and crs.source_crs is not None:
        return crs.source_crs
    return crs


def require_metric(crs: CRS, path: Path) -> CRS:
    """``crs``, when metres can be measured in it: projected, in metres, not web Mercator.

    Raises
    ------
    CrsNotMetric
    """
    in_metres = crs.is_projected and all(axis.unit_conversion_factor == 1.0 for axis in crs.axis_info[:2])
    operation = _plane(crs).coordinate_operation
    if not in_metres or operation is None or "Pseudo Mercator" in operation.method_name:
        raise CrsNotMetric(crs=crs_label(crs), path=path, why=crs.name)
    return crs


def to_crs(table: VectorTable, target: str | CRS, given: str | CRS | None = None) -> VectorTable:
    """The table with its geometry in ``target``, easting first; checks its own CRS as `resolve_crs` does.

    Raises
    ------
    CrsMissing, CrsContradicted, CrsUnknown, OutsideChina
    """
    source, wanted = resolve_crs(table, given), parse_crs(target, table.path)
    if table.geometry is None or source == wanted:
        return replace(table, crs=wanted)
    moved = shapely.transform(table.geometry, _mover(_transformer(source, wanted, table.path)))
    return replace(table, crs=wanted, geometry=moved)


def _transformer(source: CRS, target: CRS, path: Path) -> Transformer:
    try:
        return Transformer.from_crs(source, target, always_xy=True)
    except ProjError as error:
        raise CrsUnknown(crs=crs_label(source), path=path, why=str(error)) from error


def _mover(transformer: Transformer) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    def move(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(transformer.transform(points[:, 0], points[:, 1]))

    return move


def transform_accuracy(source: CRS, target: CRS) -> float | None:
    """Stated accuracy in metres of the transformation that would be used, 0 within one datum; None when unknown.

    Beijing 1954 and Xian 1980 to CGCS2000 without local parameters can be off by tens of metres.
    """
    datums = {_datum(source), _datum(target)}
    if len(datums) == 1:
        return 0.0
    if datums <= _COINCIDENT:
        return 1.0
    accuracy = Transformer.from_crs(source, target, always_xy=True).accuracy
    return accuracy if accuracy >= 0 else None


def _datum(crs: CRS) -> str | None:
    base = crs.geodetic_crs
    return base.datum.name if base is not None and base.datum is not None else None
