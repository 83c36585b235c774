import json
from dataclasses import replace
from pathlib import Path

import pytest
from pyproj import CRS

import weijian
from unit.services.made import building, finding, place
from weijian.detection.patch import Noise
from weijian.domain.errors import TargetUnwritable
from weijian.domain.finding import ChangeType, Method
from weijian.domain.grid import PixelGrid
from weijian.imagery.alignment import Alignment
from weijian.imagery.coverage import Reach
from weijian.imagery.heights import Levelling
from weijian.imagery.raster import Raster, RasterKind
from weijian.imagery.shift import ShiftField
from weijian.imagery.ties import Tie
from weijian.services.alignments import Placement
from weijian.services.detection_report import Skipped, detection_report, write_report
from weijian.services.patches import FootprintIndex, LayerSource, PatchSource
from weijian.services.prepare import Opened, Prepared
from weijian.services.profile import Profile

GRID = PixelGrid.over(place(0, 0, 50, 40).bounds, 0.25, CRS.from_epsg(4549))
IMAGE = Raster(Path("航测/dom.tif"), GRID, RasterKind.IMAGE, "uint8", (1, 2, 3))
TIES = tuple(Tie(0.0, 0.0, 0.5, -0.25, 0.9, kept) for kept in (True, True, False))
ALIGNMENT = Alignment(ShiftField.constant(0.5, -0.25), "translation", 0.08, (0.50049, -0.25), TIES)
LEVELLING = Levelling(0.0, 0.0, -0.61234, 1e-5, 0.0, 0.012, 0.034, 0.9)
SOURCE = PatchSource(GRID, None, LayerSource(IMAGE, None), None, FootprintIndex(()), Noise(0.05657, None))
PREPARED = Prepared(Method.SPECTRAL, SOURCE, Reach(GRID.crs), None, None, Placement(None))
OPENED = Opened(IMAGE, None, None, None)


def test_two_surveys_with_heights() -> None:
    profile = Profile()
    with profile.stage("align"):
        pass
    with profile.stage("evidence") as cost:
        cost.bytes_read = 123
    noise = Noise(0.05657, 0.034)
    prepared = Prepared(
        Method.HEIGHT, replace(SOURCE, noise=noise), Reach(GRID.crs), ALIGNMENT, LEVELLING, Placement(None, 0.3, -0.2)
    )
    found = [finding(1), finding(2), finding(3, change_type=ChangeType.RAISED)]
    report = detection_report(OPENED, prepared, found, [Skipped("a", "b")], profile)
    assert report["program"] == f"weijian {weijian.__version__}"
    assert report["method"] == "height"
    assert report["inputs"] == {"before": None, "after": str(IMAGE.path), "before_dsm": None, "after_dsm": None}
    assert report["grid"]["crs"] == "EPSG:4549"
    assert (report["grid"]["width"], report["grid"]["height"]) == (200, 160)
    assert report["alignment"] == {
        "shift_m": [0.5, -0.25],
        "model": "translation",
        "residual_rms_m": 0.08,
        "tie_points_kept": 2,
        "tie_points_rejected": 1,
    }
    assert report["levelling"]["bias_m"] == -0.6123
    assert report["noise"] == {"registration_m": 0.0566, "height_m": 0.034}
    assert list(report["stages"]) == ["align", "evidence"]
    assert report["stages"]["evidence"]["bytes_read"] == 123
    assert report["findings"] == {"new": 2, "raised": 1}
    assert report["skipped"] == [{"what": "a", "why": "b"}]


def test_what_was_not_done_is_null() -> None:
    report = detection_report(OPENED, PREPARED, [], [], Profile())
    assert (report["alignment"], report["levelling"], report["noise"]["height_m"]) == (None, None, None)
    assert report["findings"] == {}


def test_no_names_of_people(tmp_path: Path) -> None:
    report = detection_report(OPENED, PREPARED, [finding(1, building_no=building().building_no)], [], Profile())
    path = tmp_path / "报告.json"
    write_report(report, path)
    assert json.loads(path.read_text(encoding="utf-8")) == report
    assert "航测" in path.read_text(encoding="utf-8")  # as it is spoken, not escaped
    assert "H1" not in path.read_text(encoding="utf-8")


def test_a_report_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(TargetUnwritable):
        write_report({}, tmp_path / "file" / "r.json")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
