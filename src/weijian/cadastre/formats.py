"""The vector files that are read and written: the one list of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class VectorFormat:
    """A kind of file.

    Attributes
    ----------
    name : str
        As users know it.
    endings : tuple of str
        Lower case, with the dot.
    layered : bool
        Whether a file may hold several layers.
    encoded : bool
        Whether text may be in one encoding or another, so that it must be decided.
    folder : bool
        Whether it is a folder that stands for a file.
    """

    name: str
    endings: tuple[str, ...]
    layered: bool = False
    encoded: bool = False
    folder: bool = False


SHAPEFILE = VectorFormat("Shapefile", (".shp",), encoded=True)
DBF = VectorFormat("DBF", (".dbf",), encoded=True)
GEOPACKAGE = VectorFormat("GeoPackage", (".gpkg",), layered=True)
FILE_GEODATABASE = VectorFormat("File Geodatabase", (".gdb",), layered=True, folder=True)
GEOJSON = VectorFormat("GeoJSON", (".geojson", ".json"), encoded=True)
GML = VectorFormat("GML", (".gml",), layered=True, encoded=True)
KML = VectorFormat("KML", (".kml", ".kmz"), layered=True, encoded=True)
DXF = VectorFormat("DXF", (".dxf",), layered=True, encoded=True)
EXCEL = VectorFormat("Excel", (".xlsx", ".xlsm"), layered=True)
CSV = VectorFormat("CSV", (".csv", ".tsv"), encoded=True)
BOUNDARY_TXT = VectorFormat("TXT", (".txt",), encoded=True)
ZIP = VectorFormat("ZIP", (".zip",), layered=True, encoded=True)

SHAPEFILE_PARTS = (".shx", ".prj", ".cpg", ".sbn", ".sbx", ".qix", ".qpj")
"""What lies beside a shapefile and is never read by itself; its table (.dbf) may be."""

READABLE = (
    SHAPEFILE,
    GEOPACKAGE,
    FILE_GEODATABASE,
    GEOJSON,
    GML,
    KML,
    DXF,
    EXCEL,
    CSV,
    DBF,
    BOUNDARY_TXT,
    ZIP,
)
"""What is read; the likelier first."""


def format_of(path: Path) -> VectorFormat | None:
    """Format that a file's ending names; None for one that is not read."""
    ending = path.suffix.lower()
    return next((known for known in READABLE if ending in known.endings), None)


def whole_of(path: Path) -> Path:
    """The folder that stands for a file, where ``path`` is one of the files in it; else the path itself."""
    within = path.parent.suffix.lower() in FILE_GEODATABASE.endings and format_of(path) is None
    return path.parent if within else path


def is_folder(path: Path) -> bool:
    """Whether a path is a folder that stands for a file."""
    known = format_of(path)
    return known is not None and known.folder and path.is_dir()


def endings(formats: Iterable[VectorFormat] = READABLE) -> tuple[str, ...]:
    """All endings of some formats."""
    return tuple(ending for known in formats for ending in known.endings)


def listed(formats: Iterable[VectorFormat] = READABLE) -> str:
    """The formats as a message names them: ``Shapefile (.shp), GeoPackage (.gpkg) ...``."""
    return ", ".join(f"{known.name} ({' '.join(known.endings)})" for known in formats)
