import os
from datetime import date
from pathlib import Path

import pytest

from unit.services.made import building, place
from weijian.detection.matching import Register
from weijian.domain.errors import EndingUnknown, TargetUnwritable
from weijian.services.safeguards import (
    ArchiveElsewhere,
    SurveysAlike,
    SurveysSwapped,
    TargetIsInput,
    require_apart,
    require_archive_there,
    require_targets,
    require_two_surveys,
    same_file,
)

ONE, OTHER = date(2024, 4, 16), date(2025, 10, 28)
GROUND = place(0, 0, 70, 70).bounds


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    path = tmp_path / "dom.tif"
    path.touch()
    return path


def test_an_archive_must_lie_where_the_survey_was_flown(survey: Path) -> None:
    require_archive_there(Register([building(1, geometry=place(900, 900, 910, 910)), building(2)]), GROUND, survey)
    for elsewhere in (Register(), Register([building(1, geometry=place(900, 900, 910, 910))])):
        with pytest.raises(ArchiveElsewhere) as refusal:
            require_archive_there(elsewhere, GROUND, survey)
        assert "dom.tif" in refusal.value.sentence("zh")


@pytest.mark.parametrize("days", [(ONE, OTHER), (ONE, ONE), (None, OTHER), (ONE, None), (None, None)])
def test_two_surveys_in_their_order(survey: Path, days: tuple[date | None, date | None]) -> None:
    require_two_surveys(survey.with_name("before.tif"), survey, days)
    require_two_surveys(None, survey, days)


def test_two_surveys_swapped(survey: Path) -> None:
    with pytest.raises(SurveysSwapped):
        require_two_surveys(survey.with_name("before.tif"), survey, (OTHER, ONE))


def test_one_survey_twice(survey: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(survey.parent)
    for spelt in (survey, Path("dom.tif"), survey.parent / "." / "dom.tif"):
        with pytest.raises(SurveysAlike):
            require_two_surveys(spelt, survey, (None, None))


def test_results_that_can_be_written(survey: Path) -> None:
    require_targets(survey.with_name("f.gpkg"), survey.with_name("r.json"), (survey, None))
    require_targets(survey.with_name("F.GPKG"), None, ())
    require_targets(None, None, ())


def test_findings_have_one_ending(survey: Path) -> None:
    with pytest.raises(EndingUnknown):
        require_targets(survey.with_name("f.shp"), None, ())


@pytest.mark.parametrize("target", ["folder.gpkg", "none/f.gpkg", "dom.tif/f.gpkg"])
def test_results_that_cannot_be_written(survey: Path, target: str) -> None:
    (survey.parent / "folder.gpkg").mkdir()
    with pytest.raises(TargetUnwritable):
        require_targets(survey.parent / target, None, ())
    with pytest.raises(TargetUnwritable):
        require_targets(None, survey.parent / target, ())


def test_inputs_are_never_overwritten(survey: Path) -> None:
    archive = survey.with_name("archive.gpkg")
    archive.touch()
    with pytest.raises(TargetIsInput):
        require_targets(archive, None, (survey, archive))
    with pytest.raises(TargetIsInput):
        require_targets(None, archive, (archive,))
    require_apart(survey, (archive, None))


def test_two_names_of_one_file(survey: Path) -> None:
    hard = survey.with_name("hard.tif")
    os.link(survey, hard)
    assert same_file(survey, hard)
    assert not same_file(survey, survey.with_name("none.tif"))
