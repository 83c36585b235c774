from pathlib import Path

import pytest
from pyproj import CRS

from unit.services.made import AFTER, EPSG, Flight, finding, fly_twice
from weijian.domain.errors import FileMissing
from weijian.services.map_contents import map_contents
from weijian.services.map_rasters import Product
from weijian.services.survey_facts import survey_facts
from weijian.services.surveys import add_survey, remove_survey

MAP = CRS(EPSG)


def test_an_empty_workspace_has_nothing_to_compare(empty: Path) -> None:
    contents = map_contents(empty, MAP)
    assert (contents.surveys, contents.products, contents.pair) == ((), (), None)


def test_the_archive_stands_before_the_only_survey(empty: Path, flights: tuple[Flight, Flight]) -> None:
    add_survey(empty, flown_on=AFTER, ortho=flights[1].ortho)
    contents = map_contents(empty, MAP)
    assert contents.pair == (None, 1)
    assert [product.product for product in contents.products] == [Product.ORTHO]


def test_the_newest_two_are_compared_unless_others_are_asked_for(flown: Path, flights: tuple[Flight, Flight]) -> None:
    assert map_contents(flown, MAP).pair == (1, 2)
    assert map_contents(flown, MAP, (None, 1)).pair == (None, 1)
    assert map_contents(flown, MAP, (2, 1)).pair == (2, 1)
    assert map_contents(flown, MAP, (7, 2)).pair == (1, 2)
    remove_survey(flown, 2)
    assert map_contents(flown, MAP, (1, 2)).pair == (None, 1)


def test_a_product_without_its_file_says_so_and_the_others_are_there(empty: Path, tmp_path: Path) -> None:
    flight = fly_twice(tmp_path)[1]
    add_survey(empty, flown_on=AFTER, ortho=flight.ortho, dsm=flight.dsm)
    flight.dsm.unlink()
    ortho, surface = map_contents(empty, MAP).products
    assert ortho.problem is None
    assert ortho.raster is not None
    assert surface.raster is None
    assert isinstance(surface.problem, FileMissing)
    assert surface.path == flight.dsm


def test_looking_twice_answers_the_same(keep, flown: Path) -> None:
    first = map_contents(flown, MAP).products
    keep(finding())
    assert [each.raster for each in map_contents(flown, MAP).products] == [each.raster for each in first]


@pytest.mark.parametrize("gone", [False, True])
def test_facts_of_a_product(empty: Path, tmp_path: Path, gone: bool) -> None:
    flight = fly_twice(tmp_path)[1]
    add_survey(empty, flown_on=AFTER, ortho=flight.ortho)
    if gone:
        flight.ortho.unlink()
    facts = survey_facts(map_contents(empty, MAP).products[0])
    assert (facts.width, facts.height, facts.resolution_m) == (280, 280, pytest.approx(0.25))
    assert "120°" in facts.crs_name
    assert (facts.bounds is None) is gone
    assert not facts.overviews
