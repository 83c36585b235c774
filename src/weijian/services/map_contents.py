"""What a workspace has for the map: its surveys, each product as it can be drawn or with what is wrong with it."""

from dataclasses import dataclass
from pathlib import Path

from pyproj import CRS

from weijian.domain.errors import InputError
from weijian.domain.survey import Survey
from weijian.imagery.overviews import wants_overviews
from weijian.services.alignments import kept_placement
from weijian.services.map_rasters import Lie, MapRaster, Product, look_at
from weijian.storage.workspace import open_workspace

Pair = tuple[int | None, int]
"""Before and after survey; None where the archive is the before."""


@dataclass(frozen=True)
class ProductOnMap:
    """A product of a survey: ``raster`` as it can be drawn, or the ``problem`` that keeps it off the map."""

    survey: Survey
    product: Product
    raster: MapRaster | None
    problem: InputError | None = None

    @property
    def path(self) -> Path:
        """Its file, there or not."""
        if self.product is Product.SURFACE and self.survey.dsm is not None:
            return self.survey.dsm
        return self.survey.ortho

    @property
    def wants_overviews(self) -> bool:
        """Whether overviews would make it quicker to look at."""
        if self.raster is None or self.raster.overviews:
            return False
        grid = self.raster.raster.grid
        return wants_overviews(grid.width, grid.height)


@dataclass(frozen=True)
class MapContents:
    """Surveys by date, their products, and the pair they are laid for."""

    surveys: tuple[Survey, ...]
    products: tuple[ProductOnMap, ...]
    pair: Pair | None


def map_contents(folder: Path, crs: CRS, pair: Pair | None = None) -> MapContents:
    """Look at every product of every survey.

    Parameters
    ----------
    folder : Path
        The workspace.
    crs : pyproj.CRS
        The map's: projected, in metres.
    pair : Pair, optional
        Surveys that are compared: they are laid as their detection measured. The two newest when not given.

    Raises
    ------
    InputError
        The workspace cannot be read. What is wrong with a product is told with the product.
    """
    with open_workspace(folder) as workspace, workspace.read() as work:
        surveys = tuple(work.surveys.all())
        ids = {survey.survey_id for survey in surveys}
        chosen = pair if pair is not None and set(pair) - {None} <= ids else _newest(surveys)
        placement = None if chosen is None else kept_placement(work, *chosen)
    products = []
    for survey in surveys:
        lie = None
        if chosen is not None and placement is not None and survey.survey_id in chosen:
            later = next(each for each in surveys if each.survey_id == chosen[1])
            lie = Lie(placement, CRS(later.crs).to_wkt(), survey.survey_id == chosen[0])
        there = (product for product in Product if product is Product.ORTHO or survey.dsm is not None)
        products += [_looked_at(survey, product, crs, lie) for product in there]
    return MapContents(surveys, tuple(products), chosen)


def _newest(surveys: tuple[Survey, ...]) -> Pair | None:
    """The two newest surveys; the archive and the only one."""
    if not surveys:
        return None
    return (surveys[-2].survey_id if len(surveys) > 1 else None), surveys[-1].survey_id


def _looked_at(survey: Survey, product: Product, crs: CRS, lie: Lie | None) -> ProductOnMap:
    try:
        return ProductOnMap(survey, product, look_at(survey, product, crs, lie))
    except InputError as error:
        return ProductOnMap(survey, product, None, error)
