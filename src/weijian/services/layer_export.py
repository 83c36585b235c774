"""Layers of the archive, whole or a selection, in the formats of other programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pyproj import CRS

from weijian.cadastre.boundary_writer import BoundaryParcel, boundary_text, gauss_kruger
from weijian.cadastre.crs import crs_label, parse_crs, require_metric
from weijian.cadastre.dxf_writer import write_dxf
from weijian.cadastre.encodings import given_codec
from weijian.cadastre.errors import NotGaussKruger, NotInEncoding
from weijian.cadastre.excel_writer import write_excel
from weijian.cadastre.kml_writer import write_kml
from weijian.cadastre.layer_content import LayerContent, Notes
from weijian.cadastre.ogr_writer import write_geojson, write_geopackage, write_shapefile
from weijian.cadastre.writer import write_findings, write_findings_geojson
from weijian.domain.errors import EndingUnknown, InputError, NotFound
from weijian.domain.finding import Finding
from weijian.domain.job import Job, Progress
from weijian.domain.language import Words
from weijian.domain.layer_kind import LayerKind
from weijian.services.actor import current_actor
from weijian.services.layer_contents import LAYERS, Layer, layer_content
from weijian.services.moved import moved_findings
from weijian.services.personal_data import require_allowed
from weijian.services.safeguards import require_apart
from weijian.storage.unit_of_work import UnitOfWork
from weijian.storage.workspace import Workspace, open_workspace
from weijian.whole_results import write_file

ENDINGS = (".gpkg", ".shp", ".geojson", ".kml", ".xlsx", ".dxf", ".txt")
"""What a layer can be written as."""

CONTRACTS: Mapping[str, Callable[[Sequence[Finding], CRS, Path], Path]] = MappingProxyType(
    {".gpkg": write_findings, ".geojson": write_findings_geojson}
)
"""Findings in these formats are the file that other programs rely on, with its own fields, also when there are none."""

_SHAPEFILE_ENCODING, _BOUNDARY_ENCODING = "UTF-8", "GBK"
_DEGREES = frozenset({".kml", ".geojson"})
_WITH_TABLES_ONLY = frozenset({".gpkg", ".xlsx"})


class NothingToExport(InputError):
    """A layer that holds nothing."""

    zh = "图层“{layer}”中没有数据可以导出。"
    en = "Layer '{layer}' holds nothing to export."


class OutlinesNeeded(InputError):
    """A format of outlines for a table without any."""

    zh = "“{layer}”没有图形，不能写成 {path}；请改用 .xlsx 或 .gpkg。"
    en = "'{layer}' has no outlines and cannot be written as {path}; use .xlsx or .gpkg."


@dataclass(frozen=True)
class LayerExport:
    """What to write, and how.

    ``numbers`` selects rows, all by default. ``crs`` is that of the file, the workspace's by default; KML and GeoJSON
    are always in degrees. ``encoding`` is for shapefiles (UTF-8 by default) and boundary-point files (GBK by default).
    Names of people are masked unless ``with_names``; who had them written goes to the audit.
    """

    workspace: Path
    layer: LayerKind
    out: Path
    numbers: tuple[str, ...] = ()
    crs: str | None = None
    encoding: str | None = None
    with_names: bool = False


@dataclass(frozen=True)
class Exported:
    """What was written, and what of it had to be shortened."""

    path: Path
    rows: int
    notes: Notes


def export_layer(request: LayerExport, *, on: date) -> Job[Exported]:
    """Write a layer or a selection in the format that the ending of ``out`` names, whole or not at all.

    Parameters
    ----------
    on : date
        The day, which boundary-point files state.

    Raises
    ------
    EndingUnknown, OutlinesNeeded, NothingToExport, NotFound, NotGaussKruger, NotInEncoding, NumbersNotAllowed,
    TargetIsInput, TargetUnwritable, CrsUnknown, CrsNotMetric
    """
    ending = request.out.suffix.lower()
    if ending not in ENDINGS:
        raise EndingUnknown(path=request.out, formats=", ".join(ENDINGS))
    layer = LAYERS[request.layer]
    if request.layer is LayerKind.HOUSEHOLDS and ending not in _WITH_TABLES_ONLY:
        raise OutlinesNeeded(layer=layer.title, path=request.out.name)
    yield Progress("read", 0, 1)
    with open_workspace(request.workspace) as workspace:
        require_apart(request.out, (workspace.database,))
        values, bureau = _read(workspace, request, layer)
        source, crs = workspace.crs, _target(workspace, request, ending)
    contract = CONTRACTS.get(ending) if request.layer is LayerKind.FINDINGS else None
    if contract is not None:
        yield Progress("write", 0, 1)
        contract(moved_findings(values, source, crs), crs, request.out)
        return Exported(request.out, len(values), ())
    if not values:
        raise NothingToExport(layer=layer.title)
    content = layer_content(request.layer, values, source, crs, with_names=request.with_names)
    yield Progress("write", 0, 1)
    notes = _write(request, content, ending, values, bureau, on)
    return Exported(request.out, len(content), notes)


def _read(workspace: Workspace, request: LayerExport, layer: Layer) -> tuple[list[Any], str]:
    """The rows asked for and the bureau's name; that names are written in full is entered into the audit."""
    if not request.with_names:
        with workspace.read() as work:
            return _rows(work, request, layer), str(work.settings.get("bureau") or "")
    actor = current_actor()
    with workspace.transaction(actor, f"export-{request.layer}-with-names") as work:
        require_allowed(work, actor)
        rows = _rows(work, request, layer)
        for number in sorted({row.household_no for row in rows if getattr(row, "household_no", None)}):
            work.households.note_shown(number)
        return rows, str(work.settings.get("bureau") or "")


def _rows(work: UnitOfWork, request: LayerExport, layer: Layer) -> list[Any]:
    rows = layer.read(work)
    if not request.numbers:
        return list(rows)
    found = {getattr(row, layer.number): row for row in rows}
    lost = next((number for number in request.numbers if number not in found), None)
    if lost is not None:
        raise NotFound(kind=Words(layer.title, str(request.layer)), number=lost)
    return [found[number] for number in dict.fromkeys(request.numbers)]


def _target(workspace: Workspace, request: LayerExport, ending: str) -> CRS:
    if request.crs is None or ending in _DEGREES:
        return workspace.crs
    crs = parse_crs(request.crs, request.out)
    return require_metric(crs, request.out) if ending in {".txt", ".dxf"} else crs


def _write(
    request: LayerExport, content: LayerContent, ending: str, values: Sequence[Any], bureau: str, on: date
) -> Notes:
    match ending:
        case ".gpkg":
            return write_geopackage(content, request.out)
        case ".shp":
            return write_shapefile(content, request.out, request.encoding or _SHAPEFILE_ENCODING)
        case ".geojson":
            return write_geojson(content, request.out)
        case ".kml":
            return write_kml(content, request.out)
        case ".xlsx":
            return write_excel(content, request.out)
        case ".dxf":
            return write_dxf(content, request.out)
        case _:
            return _write_boundary(request, content, values, bureau, on)


def _write_boundary(request: LayerExport, content: LayerContent, values: Sequence[Any], bureau: str, on: date) -> Notes:
    zone = gauss_kruger(content.crs)
    if zone is None:
        raise NotGaussKruger(path=request.out, crs=crs_label(content.crs))
    numbers = content.columns[0].values
    uses = [getattr(value, "use", None) or "" for value in values]
    names = [getattr(value, "name", None) or number for value, number in zip(values, numbers, strict=True)]
    geometry = [] if content.geometry is None else content.geometry.tolist()
    parcels = [
        BoundaryParcel(number, shape, name, use)
        for number, shape, name, use in zip(numbers, geometry, names, uses, strict=True)
    ]
    codec = given_codec(request.encoding or _BOUNDARY_ENCODING)
    text = boundary_text(parcels, zone, bureau=bureau, on=on).replace("\n", "\r\n")
    try:
        write_file(request.out, text.encode(codec))
    except UnicodeEncodeError as error:
        raise NotInEncoding(path=request.out, character=text[error.start], encoding=codec.upper()) from error
    return ()
