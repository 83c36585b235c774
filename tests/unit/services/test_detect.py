import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest
from pyproj import CRS
from shapely.affinity import translate

from unit.services.made import AFTER, BEFORE, GONE_HOUSE, NEW_HOUSE, OLD_HOUSES, Flight, building, permit, place
from weijian.detection.archive_frame import ArchiveOffset
from weijian.detection.matching import Register
from weijian.domain.errors import InputError
from weijian.domain.finding import ChangeType, Finding, PermitStatus
from weijian.domain.job import Progress, finish
from weijian.domain.legality import LegalityRules
from weijian.domain.parallel import aside
from weijian.imagery.alignment import Alignment
from weijian.imagery.shift import ShiftField
from weijian.services import detect as room
from weijian.services import placing, prepare, window_work
from weijian.services.detect import Detection, DetectionRequest, detect
from weijian.services.detection_report import Skipped
from weijian.services.prepare import Products
from weijian.services.window_work import WindowWork
from weijian.terminal import STAGE_WORDS

ARCHIVE = [building(number + 1) for number in range(len(OLD_HOUSES))]


def request(flights: tuple[Flight, Flight], *, heights: bool = True, **others: object) -> DetectionRequest:
    before, after = flights
    surfaces = (after.dsm, before.dsm) if heights else (None, None)
    usual = DetectionRequest(
        products=Products(after.ortho, before.ortho, *surfaces),
        register=lambda crs: (Register(ARCHIVE, permits=()), ()),
        has_archive=True,
        rules=LegalityRules(),
        number_prefix="T20251028",
        before_date=BEFORE,
        after_date=AFTER,
        workers=2,
    )
    return replace(usual, **others)


def steps_of(asked: DetectionRequest) -> tuple[list[Progress], Detection]:
    steps, job = [], detect(asked)
    while True:
        try:
            steps.append(next(job))
        except StopIteration as stop:
            return steps, stop.value


def overlap(finding: Finding, house: tuple[float, float, float, float]) -> float:
    expected = place(*house)
    return finding.geometry.intersection(expected).area / finding.geometry.union(expected).area


@pytest.fixture(scope="module", autouse=True)
def _lined_up() -> Iterator[None]:
    """Both flights lie on each other; that lining up finds this is tested where they are prepared."""
    found = Alignment(ShiftField.constant(0.0, 0.0), "translation", 0.02, (0.0, 0.0), ())
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(placing, "align", lambda *surveys, **others: aside("align", lambda: found, surveys[3]))
        yield


@pytest.fixture(scope="module")
def by_height(flights: tuple[Flight, Flight]) -> Detection:
    return finish(detect(request(flights)))


def test_what_was_built_and_what_was_pulled_down(by_height: Detection) -> None:
    built, gone = by_height.findings
    assert (built.change_type, gone.change_type) == (ChangeType.NEW, ChangeType.DEMOLISHED)
    assert overlap(built, NEW_HOUSE) > 0.9
    assert overlap(gone, GONE_HOUSE) > 0.9
    assert built.height_change_m == pytest.approx(6.0, abs=0.2)
    assert (built.building_no, gone.building_no) == (None, "B2")
    assert (built.permit_status, gone.permit_status) == (PermitStatus.UNPERMITTED, None)
    assert [finding.finding_no for finding in by_height.findings] == ["T20251028-0001", "T20251028-0002"]
    assert by_height.crs == CRS.from_epsg(4549)
    assert by_height.report["findings"] == {"demolished": 1, "new": 1}


def test_images_alone_find_the_new_house(flights: tuple[Flight, Flight]) -> None:
    detection = finish(detect(request(flights, heights=False)))
    (built,) = [f for f in detection.findings if f.change_type is ChangeType.NEW]
    assert overlap(built, NEW_HOUSE) > 0.8
    assert built.height_change_m is None
    assert detection.report["levelling"] is None


@pytest.mark.parametrize("heights", [True, False], ids=["height", "spectral"])
def test_seams_and_workers_leave_no_trace(
    monkeypatch: pytest.MonkeyPatch, flights: tuple[Flight, Flight], heights: bool
) -> None:
    whole = finish(detect(request(flights, heights=heights, workers=2)))
    monkeypatch.setattr(room, "TILE_PIXELS", 140)  # the new house lies across the seam in the middle
    steps, tiled = steps_of(request(flights, heights=heights, workers=1))
    assert tiled.findings == whole.findings
    assert len(whole.findings) >= (2 if heights else 1)
    assert list(dict.fromkeys(step.done for step in steps if step.stage == "evidence")) == list(range(5))
    assert tiled.report["stages"]["evidence"]["bytes_read"] > whole.report["stages"]["evidence"]["bytes_read"]
    assert {step.stage for step in steps} <= set(STAGE_WORDS)
    assert all(0 <= step.done <= step.total for step in steps)


def test_the_archive_against_one_survey(flights: tuple[Flight, Flight]) -> None:
    products = Products(flights[1].ortho, None, flights[1].dsm)
    detection = finish(detect(request(flights, products=products, before_date=None)))
    found = {finding.change_type: finding for finding in detection.findings}
    assert set(found) == {ChangeType.NEW, ChangeType.DEMOLISHED}
    assert found[ChangeType.DEMOLISHED].building_no == "B2"
    assert detection.placement.shift is None
    assert detection.report["alignment"] is None
    assert detection.report["skipped"] == []


def test_findings_lie_where_the_archive_has_the_ground(
    monkeypatch: pytest.MonkeyPatch, flights: tuple[Flight, Flight]
) -> None:
    """The archive is drawn 3 m west and 2 m north of where the survey has it."""
    offset = ArchiveOffset(3.0, -2.0, 9)
    monkeypatch.setattr(prepare, "fit_archive", lambda *arguments: offset)
    drawn = [replace(one, geometry=translate(one.geometry, -3.0, 2.0)) for one in ARCHIVE]
    detection = finish(detect(request(flights, register=lambda crs: (Register(drawn), ()))))
    built, gone = sorted(detection.findings, key=lambda f: f.change_type is ChangeType.DEMOLISHED)
    assert overlap(replace(built, geometry=translate(built.geometry, 3.0, -2.0)), NEW_HOUSE) > 0.9
    assert gone.building_no == "B2"
    assert gone.geometry.intersection(drawn[1].geometry).area > 0.95 * drawn[1].geometry.area
    assert (detection.placement.east_m, detection.placement.north_m) == (3.0, -2.0)
    assert detection.report["archive_offset_m"] == [3.0, -2.0]


def test_least_area_and_height_are_heeded(flights: tuple[Flight, Flight]) -> None:
    assert finish(detect(request(flights, min_area_m2=200.0))).findings == ()
    assert finish(detect(request(flights, min_height_m=8.0))).findings == ()


def test_stages_come_in_their_order(flights: tuple[Flight, Flight]) -> None:
    steps, _ = steps_of(request(flights))
    stages = list(dict.fromkeys(step.stage for step in steps))
    assert stages == ["open", "align", "level", "terrain", "archive-fit", "evidence", "merge", "outlines", "match"]


@pytest.mark.parametrize("stage", ["open", "align", "evidence", "outlines"])
def test_a_detection_that_is_given_up_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch, flights: tuple[Flight, Flight], stage: str
) -> None:
    monkeypatch.setattr(room, "TILE_PIXELS", 70)  # 16 windows
    threads = threading.active_count()
    files = {path: path.stat().st_mtime_ns for path in flights[0].ortho.parent.iterdir()}
    worked: list[object] = []
    propose = WindowWork.propose

    def counted(*arguments: object) -> object:
        worked.append(arguments)
        return propose(*arguments)

    monkeypatch.setattr(WindowWork, "propose", counted)
    with closing(detect(request(flights))) as job:
        for step in job:
            if step.stage == stage and (step.done == 1 or stage in ("open", "align")):
                break
    assert threading.active_count() <= threads
    assert {path: path.stat().st_mtime_ns for path in flights[0].ortho.parent.iterdir()} == files
    assert len(worked) <= {"open": 0, "align": 0, "evidence": 8, "outlines": 16}[stage]


def test_an_error_in_a_window_is_told(monkeypatch: pytest.MonkeyPatch, flights: tuple[Flight, Flight]) -> None:
    threads = threading.active_count()

    def damaged(*arguments: object) -> None:
        raise InputError(what="row 5")

    monkeypatch.setattr(WindowWork, "propose", damaged)
    with pytest.raises(InputError, match="row 5"):
        finish(detect(request(flights)))
    assert threading.active_count() <= threads


def test_a_candidate_too_large_is_told(monkeypatch: pytest.MonkeyPatch, flights: tuple[Flight, Flight]) -> None:
    monkeypatch.setattr(window_work, "LARGEST_PATCH", 10)
    detection = finish(detect(request(flights)))
    assert detection.findings == ()
    assert [entry["why"] for entry in detection.report["skipped"]] == ["larger than any building"] * 2


def test_what_was_left_out_is_told(flights: tuple[Flight, Flight]) -> None:
    unused = (Skipped("房屋.shp row 3", "no geometry"),)
    permits = [permit(1, issued_on=date(2023, 5, 1)), permit(2, issued_on=date(2024, 9, 9))]
    register = Register(ARCHIVE, permits=permits)
    detection = finish(detect(request(flights, register=lambda crs: (register, unused), after_date=None)))
    first, second = detection.report["skipped"]
    assert first == {"what": "房屋.shp row 3", "why": "no geometry"}
    assert "2024-09-09" in second["why"]
    assert detection.findings[0].after_date is None


def test_unknown_days_without_permits(flights: tuple[Flight, Flight]) -> None:
    detection = finish(detect(request(flights, before_date=None)))
    (entry,) = detection.report["skipped"]
    assert "not checked for expiry" in entry["why"]
