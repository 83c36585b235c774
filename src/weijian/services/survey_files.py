"""The rasters of a registered survey."""

from pyproj import CRS

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
