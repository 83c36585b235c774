"""The rasters of a survey, registered or about to be."""

from pathlib import Path

from pyproj import CRS

from weijian.domain.errors import CrsMissing
from weijian.domain.survey import Survey
from weijian.imagery.raster import Raster, RasterKind, open_raster


def open_ortho(survey: Survey) -> Raster:
    """A survey's orthophoto in the CRS it was registered with.

    Raises
    ------
    InputError
        The file is no longer there, or can no longer be read.
    """
    return open_raster(survey.ortho, crs=CRS(survey.crs), kind=RasterKind.IMAGE)


def open_placed(path: Path, crs: CRS | None, kind: RasterKind) -> Raster:
    """Open a raster; ``crs`` serves where the file states none."""
    try:
        return open_raster(path, kind=kind)
    except CrsMissing:
        if crs is None:
            raise
        return open_raster(path, crs=crs, kind=kind)
