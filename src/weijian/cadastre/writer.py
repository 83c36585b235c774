"""Findings written for other programs: ``FINDINGS.gpkg`` and GeoJSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
from pyproj import CRS

from weijian.cadastre.ogr_writer import (
    DAY,
    DEGREES,
    NUMBER,
    TEXT,
    WHOLE,
    Field,
    crs_text,
    field_of,
    moved,
    write_ogr,
)
from weijian.cadastre.text import object_array
from weijian.domain.finding import Finding
from weijian.whole_results import replaced

LAYER = "findings"

FIELDS: dict[str, np.dtype[Any]] = {
    "finding_no": TEXT,
    "change_type": TEXT,
    "area_m2": NUMBER,
    "area_sigma_m2": NUMBER,
    "height_change_m": NUMBER,
    "height_sigma_m": NUMBER,
    "confidence": NUMBER,
    "method": TEXT,
    "building_no": TEXT,
    "household_no": TEXT,
    "parcel_no": TEXT,
    "permit_no": TEXT,
    "permit_status": TEXT,
    "excess_area_m2": NUMBER,
    "excess_height_m": NUMBER,
    "excess_storeys": WHOLE,
    "zones": TEXT,
    "before_date": DAY,
    "after_date": DAY,
    "reason": TEXT,
}
"""Fields of the layer, in order."""

_DATE = "OGR_CURRENT_DATE"


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
    geometry = object_array([f.geometry for f in findings])
    with replaced(path) as temporary, _dated(findings):
        write_ogr(
            path,
            temporary,
            geometry,
            columns,
            driver="GPKG",
            layer=LAYER,
            crs=crs_text(crs),
            dataset_options={"VERSION": "1.2"},
        )
    return path


def write_findings_geojson(findings: Sequence[Finding], crs: CRS, path: Path) -> Path:
    """Write findings as GeoJSON (RFC 7946: WGS 84 longitude and latitude, dates as ISO text).

    Raises
    ------
    TargetUnwritable
    """
    columns = {name: _column(findings, name, TEXT if kind is DAY else kind) for name, kind in FIELDS.items()}
    degrees = moved(object_array([f.geometry for f in findings]), crs, DEGREES)
    with replaced(path) as temporary:
        write_ogr(
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


def _column(findings: Sequence[Finding], name: str, kind: np.dtype[Any]) -> Field:
    return field_of([_plain(getattr(f, name)) for f in findings], kind)


def _plain(value: object) -> object:
    """A value as a cell holds it; kinds of zones become a comma list, none of them null."""
    if isinstance(value, tuple):
        return ",".join(str(v) for v in value) or None
    return value
