"""Findings written for other programs: ``FINDINGS.gpkg`` and GeoJSON."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from pyproj import CRS, Transformer
from shapely import MultiPolygon

from weijian.cadastre.table import Objects
from weijian.cadastre.text import object_array
from weijian.domain.errors import TargetUnwritable
from weijian.domain.finding import Finding
from weijian.domain.language import Words
from weijian.domain.system_reasons import reason
from weijian.whole_results import replaced

LAYER = "findings"
LEAST_FREE = 128 * 1024
"""Bytes; an empty GeoPackage needs as much."""

_TEXT, _NUMBER, _WHOLE, _DAY = np.dtype(object), np.dtype(np.float64), np.dtype(np.int32), np.dtype("datetime64[D]")

FIELDS: dict[str, np.dtype[Any]] = {
    "finding_no": _TEXT,
    "change_type": _TEXT,
    "area_m2": _NUMBER,
    "area_sigma_m2": _NUMBER,
    "height_change_m": _NUMBER,
    "height_sigma_m": _NUMBER,
    "confidence": _NUMBER,
    "method": _TEXT,
    "building_no": _TEXT,
    "household_no": _TEXT,
    "parcel_no": _TEXT,
    "permit_no": _TEXT,
    "permit_status": _TEXT,
    "excess_area_m2": _NUMBER,
    "excess_height_m": _NUMBER,
    "excess_storeys": _WHOLE,
    "zones": _TEXT,
    "before_date": _DAY,
    "after_date": _DAY,
    "reason": _TEXT,
}
"""Fields of the layer, in order."""

_DATE = "OGR_CURRENT_DATE"
_GEOGRAPHIC = CRS.from_epsg(4326)


def write_findings(findings: Sequence[Finding], crs: CRS, path: Path) -> Path:
    """Write the layer ``findings`` of a GeoPackage; an existing file is replaced whole or left as it was.

    Parameters
    ----------
    findings : sequence of Finding
        Geometry in ``crs``, easting first; written as multipolygons.
    crs : pyproj.CRS
    path : Path
        Ends with .gpkg.

    Raises
    ------
    TargetUnwritable
    """
    columns = {name: _column(findings, name, kind) for name, kind in FIELDS.items()}
    geometry = _multipolygons(findings)
    with replaced(path) as temporary, _dated(findings):
        _write(
            path,
            temporary,
            geometry,
            columns,
            driver="GPKG",
            layer=LAYER,
            crs=_crs_text(crs),
            dataset_options={"VERSION": "1.2"},
        )
    return path


def write_findings_geojson(findings: Sequence[Finding], crs: CRS, path: Path) -> Path:
    """Write findings as GeoJSON (RFC 7946: WGS 84 longitude and latitude, dates as ISO text).

    Raises
    ------
    TargetUnwritable
    """
    columns = {name: _column(findings, name, _TEXT if kind is _DAY else kind) for name, kind in FIELDS.items()}
    degrees = shapely.transform(_multipolygons(findings), _mover(crs))
    with replaced(path) as temporary:
        _write(
            path,
            temporary,
            degrees,
            columns,
            driver="GeoJSON",
            layer=LAYER,
            crs="EPSG:4326",
            layer_options={"RFC7946": "YES", "COORDINATE_PRECISION": "9"},
        )
    return path


@contextmanager
def _dated(findings: Sequence[Finding]) -> Iterator[None]:
    """Let GDAL date the file by the newest survey in it, not by the clock: equal findings make equal files."""
    days = [finding.after_date for finding in findings if finding.after_date is not None]
    pyogrio.set_gdal_config_options({_DATE: f"{max(days, default=date(1970, 1, 1)):%Y-%m-%d}T00:00:00.000Z"})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({_DATE: None})


def _write(
    target: Path,
    temporary: Path,
    geometry: Objects,
    columns: dict[str, tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]],
    **options: Any,
) -> None:
    try:
        pyogrio.raw.write(
            temporary,
            geometry=shapely.to_wkb(geometry),
            field_data=[data for data, _ in columns.values()],
            fields=np.array(list(columns), dtype=object),
            field_mask=[mask for _, mask in columns.values()],
            geometry_type="MultiPolygon",
            encoding="UTF-8",
            **options,
        )
    except (pyogrio.errors.DataSourceError, pyogrio.errors.FeatureError, pyogrio.errors.DataLayerError) as error:
        raise TargetUnwritable(path=target, why=_why(target, error)) from error


def _why(target: Path, error: Exception) -> Words:
    """GDAL speaks of SQL where the disk is full."""
    if shutil.disk_usage(target.absolute().parent).free < LEAST_FREE:
        return reason(OSError(errno.ENOSPC, ""))
    return Words(str(error), str(error))


def _column(
    findings: Sequence[Finding], name: str, kind: np.dtype[Any]
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Values and the mask of nulls."""
    plain = [_plain(getattr(f, name)) for f in findings]
    missing = np.array([v is None for v in plain], dtype=bool)
    if kind is _TEXT:
        return object_array([None if v is None else str(v) for v in plain]), missing
    filler: Any = np.datetime64("1970-01-01") if kind is _DAY else 0
    return np.array([filler if v is None else v for v in plain], dtype=kind), missing


def _plain(value: object) -> object:
    """A value as a cell holds it; kinds of zones become a comma list, none of them null."""
    if isinstance(value, tuple):
        return ",".join(str(v) for v in value) or None
    return value


def _multipolygons(findings: Sequence[Finding]) -> Objects:
    return object_array(
        [f.geometry if isinstance(f.geometry, MultiPolygon) else MultiPolygon([f.geometry]) for f in findings]
    )


def _crs_text(crs: CRS) -> str:
    authority = crs.to_authority(min_confidence=100)
    return ":".join(authority) if authority else crs.to_wkt()


def _mover(crs: CRS) -> Callable[[np.ndarray[Any, Any]], np.ndarray[Any, Any]]:
    transformer = Transformer.from_crs(crs, _GEOGRAPHIC, always_xy=True)

    def move(points: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        return np.column_stack(transformer.transform(points[:, 0], points[:, 1]))

    return move
