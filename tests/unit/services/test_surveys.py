from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from unit.services.made import AFTER, BEFORE, EAST, NORTH, SIZE_M, Flight, finding, fly_twice, write_raster
from weijian.domain.change_set import Part
from weijian.domain.errors import (
    CrsMissing,
    CrsNotMetric,
    CrsUnusable,
    FileMissing,
    InputError,
    NoOverlap,
    NotFound,
    NotWorkspace,
)
from weijian.domain.job import finish
from weijian.domain.survey import Survey
from weijian.services.map_rasters import Product
from weijian.services.surveys import (
    AnotherProduct,
    SurveyInUse,
    add_survey,
    build_survey_overviews,
    point_survey_to,
    remove_survey,
    rename_survey,
)
from weijian.storage.workspace import open_workspace

PIXELS = np.full((3, 40, 40), 100, np.uint8)


def surveys(folder: Path) -> int:
    with open_workspace(folder) as workspace, workspace.read() as work:
        return len(work.surveys.all())


def test_a_survey_points_to_its_files(empty: Path, flights: tuple[Flight, Flight]) -> None:
    survey = add_survey(empty, flown_on=AFTER, ortho=flights[1].ortho, dsm=flights[1].dsm).value
    assert (survey.survey_id, survey.name, survey.crs) == (1, "2025-10-28", "EPSG:4549")
    assert (survey.width, survey.height, survey.gsd_m) == (280, 280, pytest.approx(0.25))
    assert survey.ortho == flights[1].ortho
    with open_workspace(empty) as workspace, workspace.read() as work:
        assert work.surveys.get(1) == survey


def test_paths_are_kept_whole(empty: Path, flights: tuple[Flight, Flight], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(flights[0].ortho.parent)
    survey = add_survey(empty, flown_on=BEFORE, ortho=Path(flights[0].ortho.name), name="春季").value
    assert survey.ortho == flights[0].ortho
    assert (survey.dsm, survey.name) == (None, "春季")


def test_the_crs_of_a_file_that_states_none(empty: Path, tmp_path: Path) -> None:
    silent = write_raster(tmp_path / "silent.tif", PIXELS, 0.25, crs=None)
    assert add_survey(empty, flown_on=AFTER, ortho=silent, crs="EPSG:4549").value.crs == "EPSG:4549"


@pytest.mark.parametrize(
    ("raster", "crs", "error"),
    [
        ({"crs": None}, None, CrsMissing),
        ({"crs": None}, "EPSG:1", CrsUnusable),
        ({"crs": "EPSG:4490", "corner": (120.0, 30.0)}, None, CrsNotMetric),
    ],
)
def test_an_unusable_crs_registers_nothing(
    empty: Path, tmp_path: Path, raster: dict[str, object], crs: str | None, error: type[InputError]
) -> None:
    path = write_raster(tmp_path / "a.tif", PIXELS, 1e-6 if "corner" in raster else 0.25, **raster)
    with pytest.raises(error):
        add_survey(empty, flown_on=AFTER, ortho=path, crs=crs)
    assert surveys(empty) == 0


@pytest.mark.parametrize("corner", [(EAST + 10, NORTH), (EAST, NORTH + 500), (EAST - 900, NORTH)])
def test_image_and_surface_must_show_the_same_ground(empty: Path, tmp_path: Path, corner: tuple[float, float]) -> None:
    ortho = write_raster(tmp_path / "dom.tif", PIXELS, 0.25, corner=(EAST, NORTH))
    dsm = write_raster(tmp_path / "dsm.tif", PIXELS[:1].astype(np.float32), 0.25, corner=corner)
    with pytest.raises(NoOverlap):
        add_survey(empty, flown_on=AFTER, ortho=ortho, dsm=dsm)
    assert surveys(empty) == 0


def test_what_is_missing_is_named(empty: Path, tmp_path: Path, flights: tuple[Flight, Flight]) -> None:
    with pytest.raises(FileMissing):
        add_survey(empty, flown_on=AFTER, ortho=tmp_path / "none.tif")
    with pytest.raises(FileMissing):
        add_survey(empty, flown_on=AFTER, ortho=flights[1].ortho, dsm=tmp_path / "none.tif")
    with pytest.raises(NotWorkspace):
        add_survey(tmp_path, flown_on=AFTER, ortho=flights[1].ortho)


def test_overviews_lie_beside_the_products(empty: Path, tmp_path: Path) -> None:
    flight = fly_twice(tmp_path)[1]
    whole = [path.read_bytes() for path in (flight.ortho, flight.dsm)]
    survey = add_survey(empty, flown_on=AFTER, ortho=flight.ortho, dsm=flight.dsm).value
    finish(build_survey_overviews(survey))
    assert [path.read_bytes() for path in (flight.ortho, flight.dsm)] == whole
    finish(build_survey_overviews(replace(survey, dsm=None)))


def stored(folder: Path, survey_id: int = 1) -> Survey:
    with open_workspace(folder) as workspace, workspace.read() as work:
        return work.surveys.get(survey_id)


@pytest.fixture
def moved(empty: Path, tmp_path: Path) -> tuple[Path, Flight]:
    """A workspace with a survey of its own, and where its files now lie."""
    flight = fly_twice(tmp_path)[1]
    add_survey(empty, flown_on=AFTER, ortho=flight.ortho, dsm=flight.dsm)
    there = tmp_path / "新盘"
    there.mkdir()
    return empty, Flight(*(path.rename(there / path.name) for path in (flight.ortho, flight.dsm)))


def test_a_survey_is_renamed(flown: Path) -> None:
    done = rename_survey(flown, 1, "春季")
    assert done.changes.parts == {Part.SURVEYS}
    assert stored(flown) == done.value
    assert stored(flown).name == "春季"
    assert stored(flown, 2).name == "2025-10-28"
    with pytest.raises(NotFound):
        rename_survey(flown, 9, "春季")


@pytest.mark.parametrize("survey_id", [1, 2])
def test_a_survey_on_which_findings_rest_stays(keep, flown: Path, survey_id: int) -> None:
    keep(finding(1), finding(2))
    with pytest.raises(SurveyInUse, match="2 findings"):
        remove_survey(flown, survey_id)
    assert surveys(flown) == 2


def test_the_files_of_a_removed_survey_stay(flown: Path) -> None:
    survey = stored(flown)
    assert remove_survey(flown, 1).changes.parts == {Part.SURVEYS}
    assert surveys(flown) == 1
    assert survey.ortho.exists()
    with pytest.raises(NotFound):
        remove_survey(flown, 1)


def test_a_file_that_was_moved_is_found_with_the_one_beside_it(moved: tuple[Path, Flight]) -> None:
    folder, flight = moved
    done = point_survey_to(folder, 1, Product.ORTHO, flight.ortho)
    assert done.changes.parts == {Part.SURVEYS}
    assert (stored(folder).ortho, stored(folder).dsm) == (flight.ortho, flight.dsm)


def test_finding_the_surface_finds_the_image_beside_it(moved: tuple[Path, Flight]) -> None:
    folder, flight = moved
    point_survey_to(folder, 1, Product.SURFACE, flight.dsm)
    assert (stored(folder).ortho, stored(folder).dsm) == (flight.ortho, flight.dsm)


def test_what_lies_beside_is_left_when_it_is_another_file(moved: tuple[Path, Flight]) -> None:
    folder, flight = moved
    former = stored(folder)
    write_raster(flight.ortho, PIXELS, 0.25)
    point_survey_to(folder, 1, Product.SURFACE, flight.dsm)
    assert (stored(folder).ortho, stored(folder).dsm) == (former.ortho, flight.dsm)


@pytest.mark.parametrize(
    ("shape", "pixel_m", "crs"),
    [((3, 40, 40), 0.25, "EPSG:4549"), ((3, 280, 280), 0.5, "EPSG:4549"), ((3, 280, 280), 0.25, "EPSG:4550")],
)
def test_another_image_is_not_taken_for_it(
    moved: tuple[Path, Flight], tmp_path: Path, shape: tuple[int, int, int], pixel_m: float, crs: str
) -> None:
    folder, _ = moved
    former = stored(folder)
    another = write_raster(tmp_path / "another.tif", np.full(shape, 99, np.uint8), pixel_m, crs=crs)
    with pytest.raises(AnotherProduct, match="280 × 280"):
        point_survey_to(folder, 1, Product.ORTHO, another)
    assert stored(folder) == former


def test_another_surface_is_not_taken_for_it(moved: tuple[Path, Flight], tmp_path: Path) -> None:
    folder, flight = moved
    point_survey_to(folder, 1, Product.ORTHO, flight.ortho)
    far = write_raster(
        tmp_path / "far.tif", np.ones((1, 40, 40), np.float32), 0.25, corner=(EAST + 900, NORTH + SIZE_M)
    )
    with pytest.raises(NoOverlap):
        point_survey_to(folder, 1, Product.SURFACE, far)
    with pytest.raises(FileMissing):
        point_survey_to(folder, 1, Product.SURFACE, tmp_path / "none.tif")
    assert stored(folder).dsm == flight.dsm
