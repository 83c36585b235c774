"""What there is to know of one product of a survey."""

from dataclasses import dataclass
from pathlib import Path

from pyproj import CRS

from weijian.domain.cgcs2000 import chinese_crs_name
from weijian.domain.grid import Bounds
from weijian.domain.survey import Survey
from weijian.services.map_contents import ProductOnMap


@dataclass(frozen=True)
class SurveyFacts:
    """Facts of a product; those of the register where its file is gone.

    ``bounds`` is where it lies in the map's CRS, ``resolution_m`` the ground length of its pixels.
    """

    survey: Survey
    path: Path
    crs_name: str
    width: int
    height: int
    resolution_m: float
    bounds: Bounds | None
    overviews: bool
    wants_overviews: bool


def survey_facts(product: ProductOnMap) -> SurveyFacts:
    """Gather the facts of a product."""
    survey, raster = product.survey, product.raster
    own = CRS(survey.crs) if raster is None else raster.raster.grid.crs
    return SurveyFacts(
        survey=survey,
        path=product.path,
        crs_name=chinese_crs_name(own),
        width=survey.width if raster is None else raster.raster.grid.width,
        height=survey.height if raster is None else raster.raster.grid.height,
        resolution_m=survey.gsd_m if raster is None else raster.finest_m,
        bounds=None if raster is None else raster.bounds,
        overviews=raster is not None and bool(raster.overviews),
        wants_overviews=product.wants_overviews,
    )
