"""Reading any data file and telling what is wrong with it, row by row."""

from dataclasses import dataclass
from pathlib import Path

from weijian.cadastre import formats
from weijian.cadastre.checks import check_table
from weijian.cadastre.errors import FormatUnknown
from weijian.cadastre.faults import RowFault
from weijian.cadastre.reader import layer_names, read_table
from weijian.domain.errors import NotARaster
from weijian.domain.language import Words
from weijian.elsewhere import through_gdal
from weijian.imagery.raster import open_raster
from weijian.services.remote_data import require_allowed

RASTER_ENDINGS = frozenset({".tif", ".tiff", ".img", ".vrt", ".jp2", ".png", ".jpg"})
"""Files that are meant to be rasters, whatever is in them."""


@dataclass(frozen=True)
class Checked:
    """What a file is, and what is wrong with it."""

    path: Path
    what: Words
    faults: tuple[RowFault, ...]
    notes: tuple[RowFault, ...] = ()


def check_file(path: Path, *, remote: bool = False) -> tuple[Checked, ...]:
    """Read one vector or raster file; a file of several layers is told layer by layer.

    Parameters
    ----------
    remote : bool
        Whether the user allowed data elsewhere and on the network.

    Raises
    ------
    InputError
        The file as a whole, or one of its layers, cannot be read or used.
    """
    require_allowed([path], remote)
    if through_gdal(path) and path.suffix.lower() in RASTER_ENDINGS:
        return (_raster(path),)
    try:
        layers = layer_names(path, remote=remote)
        each = layers if len(layers) > 1 else (None,)
        return tuple(_vectors(path, layer, remote) for layer in each)
    except FormatUnknown as unknown:
        try:
            return (_raster(path),)
        except NotARaster:
            if path.suffix.lower() in RASTER_ENDINGS:
                raise
            known = f"{formats.listed()}, GeoTIFF (.tif), IMG (.img), VRT (.vrt)"
            raise FormatUnknown(path=path, formats=known) from unknown


def _vectors(path: Path, layer: str | None, remote: bool) -> Checked:
    table = read_table(path, layer=layer, remote=remote)
    told = check_table(table)
    crs = table.crs.name if table.crs is not None else "-"
    name = str(path) if table.layer is None else f"{path} [{table.layer}]"
    what = Words(
        f"{name}：{len(table)} 行，编码 {table.encoding}，坐标系 {crs}",
        f"{name}: {len(table)} rows, encoding {table.encoding}, CRS {crs}",
    )
    faults = tuple(fault for fault in told if not fault.why.is_note)
    return Checked(path, what, faults, tuple(fault for fault in told if fault.why.is_note))


def _raster(path: Path) -> Checked:
    raster = open_raster(path)
    grid = raster.grid
    what = Words(
        f"{path}：{grid.width} × {grid.height} 像元，{raster.dtype}，分辨率 {grid.resolution:.3f}，{grid.crs.name}",
        f"{path}: {grid.width} x {grid.height} px, {raster.dtype}, pixel {grid.resolution:.3f}, CRS {grid.crs.name}",
    )
    return Checked(path, what, ())
