import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pyogrio
import pytest

from unit.services.made import AFTER, BEFORE, Flight, write_raster
from weijian.domain.errors import NoOverlap, TargetUnwritable
from weijian.domain.job import finish
from weijian.domain.legality import LegalityRules
from weijian.services import detect as detect_room
from weijian.services.archive_files import RegisterFiles
from weijian.services.detect_files import DetectionFiles, DetectionOptions, OptionMissing, detect_files
from weijian.services.detect_runs import detect_in_workspace
from weijian.services.surveys import add_survey

Keep = Callable[..., Path]
OPTIONS = DetectionOptions(LegalityRules(), workers=2)


def files(flights: tuple[Flight, Flight], **others: object) -> DetectionFiles:
    before, after = flights
    return replace(DetectionFiles(before.ortho, after.ortho, before.dsm, after.dsm, RegisterFiles()), **others)


def test_files_in_and_a_file_out(flights: tuple[Flight, Flight], tmp_path: Path) -> None:
    out, report = tmp_path / "图斑.gpkg", tmp_path / "报告.json"
    detection = finish(detect_files(files(flights), replace(OPTIONS, out=out, report=report)))
    found = pyogrio.read_dataframe(out, layer="findings")
    assert list(found.finding_no) == [f.finding_no for f in detection.findings]
    assert found.finding_no[0] == "T20251028-0001"
    assert (found.before_date[0].date(), found.after_date[0].date()) == (BEFORE, AFTER)  # as the names tell
    assert set(found.permit_status.dropna()) == {"unknown"}  # no permit register was given
    assert json.loads(report.read_text(encoding="utf-8"))["method"] == "height"


@pytest.mark.parametrize("surfaces", [True, False], ids=["height", "spectral"])
def test_any_number_of_hands_writes_the_same_file(
    monkeypatch: pytest.MonkeyPatch, flights: tuple[Flight, Flight], tmp_path: Path, surfaces: bool
) -> None:
    monkeypatch.setattr(detect_room, "TILE_PIXELS", 70)  # 16 windows
    asked = files(flights) if surfaces else files(flights, before_dsm=None, after_dsm=None)
    written = []
    for workers in (1, 2, 4):
        out, report = tmp_path / f"{workers}.gpkg", tmp_path / f"{workers}.json"
        finish(detect_files(asked, replace(OPTIONS, workers=workers, out=out, report=report)))
        told = json.loads(report.read_text(encoding="utf-8"))
        told["stages"] = {name: cost["bytes_read"] for name, cost in told["stages"].items()}
        del told["seconds"], told["peak_memory_bytes"]
        written.append((out.read_bytes(), told))
    assert written[0] == written[1] == written[2]
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".gpkg"] * 3 + [".json"] * 3


def test_stated_days_go_before_those_in_names(flights: tuple[Flight, Flight], tmp_path: Path) -> None:
    asked = files(flights, before_date=date(2020, 1, 1), after_date=date(2021, 2, 3))
    detection = finish(detect_files(asked, replace(OPTIONS, out=tmp_path / "f.gpkg")))
    assert detection.findings[0].finding_no == "T20210203-0001"
    assert detection.findings[0].before_date == date(2020, 1, 1)


@pytest.mark.parametrize(("lacking", "option"), [("after", "--after"), ("out", "--out")])
def test_what_cannot_be_done_without(flights: tuple[Flight, Flight], tmp_path: Path, lacking: str, option: str) -> None:
    asked = files(flights, after=None) if lacking == "after" else files(flights)
    options = replace(OPTIONS, out=None if lacking == "out" else tmp_path / "f.gpkg")
    with pytest.raises(OptionMissing) as refusal:
        finish(detect_files(asked, options))
    assert option in refusal.value.sentence("zh")


def test_a_target_that_cannot_be_written(flights: tuple[Flight, Flight], tmp_path: Path) -> None:
    with pytest.raises(TargetUnwritable):
        finish(detect_files(files(flights), replace(OPTIONS, out=tmp_path / "none" / "f.gpkg")))
    assert list(tmp_path.iterdir()) == []


def test_files_that_state_no_crs_have_that_of_their_survey(empty: Path, tmp_path: Path) -> None:
    pixels = np.full((3, 40, 40), 99, np.uint8)
    first = write_raster(tmp_path / "a.tif", pixels, 0.25, crs=None)
    second = write_raster(tmp_path / "b.tif", pixels, 0.25, crs=None, corner=(540_000, 3_300_000))
    for path in (first, second):
        add_survey(empty, flown_on=AFTER, ortho=path, crs="EPSG:4549")
    with pytest.raises(NoOverlap):  # and not CrsMissing
        finish(detect_in_workspace(empty, 1, 2, OPTIONS))
