"""The main job on the sample village: what is found, and everything that is written."""

import json
import os
import re
import shutil
import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import openpyxl
import pyogrio
import pytest
from pypdf import PdfReader

from helpers.commands import CommandLine
from helpers.geopackage import faults
from helpers.scoring import scorer
from weijian import assets
from weijian.bootstrap import start
from weijian.detection.spectral_alone import SMALLEST_M2
from weijian.domain.job import Progress
from weijian.services.demo import DemoSummary, run_demo

SURVEYS = assets.sample_data("surveys")
BEFORE, AFTER = "2024-04-16", "2025-10-28"
TRUTH = assets.sample_data("truth", "truth.gpkg")
ARCHIVE = [
    ("--archive", assets.sample_data("archive", "房屋.shp")),
    ("--parcels", assets.sample_data("archive", "宗地.shp")),
    ("--permits", assets.sample_data("permits", "许可.gpkg")),
    ("--zones", assets.sample_data("zones", "管控区.gpkg")),
]


@dataclass(frozen=True)
class Demo:
    """A finished demo."""

    folder: Path
    summary: DemoSummary
    steps: tuple[Progress, ...]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder = tmp_path_factory.mktemp("demo") / "样例"
    program = start()
    job = run_demo(folder, program.legality, program.orders)
    steps = []
    while True:
        try:
            steps.append(next(job))
        except StopIteration as stop:
            return Demo(folder, stop.value, tuple(steps))


def test_heights_find_the_changes_and_their_types(demo: Demo) -> None:
    result = scorer().score(TRUTH, demo.folder / "findings.gpkg")
    assert result.overall.f1 >= 0.85
    assert result.type_accuracy >= 0.85
    assert result.permit_accuracy >= 0.85


def test_images_alone_find_changes(weijian: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "findings.gpkg"
    outcome = weijian(
        "detect",
        *("--before", SURVEYS / f"{BEFORE}_dom.tif"),
        *("--after", SURVEYS / f"{AFTER}_dom.tif"),
        *(word for pair in ARCHIVE for word in pair),
        *("--out", out),
    )
    assert outcome.code == 0, outcome.err
    result = scorer().score(TRUTH, out)
    assert result.overall.f1 >= 0.45
    assert result.type_accuracy >= 0.85
    assert set(pyogrio.read_dataframe(out, layer="findings").method) == {"spectral"}


def test_the_archive_against_one_survey(weijian: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "findings.gpkg"
    outcome = weijian(
        "detect",
        *("--after", SURVEYS / f"{AFTER}_dom.tif"),
        *("--after-dsm", SURVEYS / f"{AFTER}_dsm.tif"),
        *(word for pair in ARCHIVE for word in pair),
        *("--out", out),
    )
    assert outcome.code == 0, outcome.err
    found = pyogrio.read_dataframe(out, layer="findings")
    assert found.before_date.isna().all()
    assert scorer().score(TRUTH, out).overall.f1 >= 0.7


def test_the_archive_against_one_image(weijian: CommandLine, tmp_path: Path) -> None:
    """Only what is gone can be seen, and it is said; however many hands, the same bytes."""
    written = []
    for workers in (1, 2):
        out, report = tmp_path / f"{workers}.gpkg", tmp_path / "report.json"
        alone = ("--after", SURVEYS / f"{AFTER}_dom.tif", *(word for pair in ARCHIVE for word in pair))
        outcome = weijian("detect", *alone, "--out", out, "--report", report, "--workers", workers)
        assert outcome.code == 0, outcome.err
        assert "仅凭一期影像" in outcome.err
        written.append(out.read_bytes())
    assert written[0] == written[1]
    assert "needs a surface model" in json.loads(report.read_text(encoding="utf-8"))["warnings"][0]["en"]
    found = pyogrio.read_dataframe(tmp_path / "1.gpkg", layer="findings")
    assert set(found.change_type) == {"demolished"}
    truth = pyogrio.read_dataframe(TRUTH, layer="truth")
    gone = truth[truth.change_type == "demolished"].geometry
    hits = [gone.intersection(one).area.max() > 0.5 * one.area for one in found.geometry]
    assert sum(hits) >= 0.8 * len(found)
    assert sum(hits) >= 0.6 * (gone.area > SMALLEST_M2).sum()


def test_an_archive_that_lies_beside_the_survey_is_laid_on_it(demo: Demo, weijian: CommandLine, tmp_path: Path) -> None:
    east, north = 0.6, -0.4
    moved = gpd.read_file(ARCHIVE[0][1], encoding="GBK")
    moved.geometry = moved.translate(east, north)
    moved.to_file(tmp_path / "房屋.gpkg")
    outcome = weijian(
        "detect",
        *("--before", SURVEYS / f"{BEFORE}_dom.tif", "--before-dsm", SURVEYS / f"{BEFORE}_dsm.tif"),
        *("--after", SURVEYS / f"{AFTER}_dom.tif", "--after-dsm", SURVEYS / f"{AFTER}_dsm.tif"),
        *("--archive", tmp_path / "房屋.gpkg"),
        *("--out", tmp_path / "findings.gpkg", "--report", tmp_path / "report.json"),
    )
    assert outcome.code == 0, outcome.err
    report, usual = (
        json.loads((folder / "report.json").read_text(encoding="utf-8")) for folder in (tmp_path, demo.folder)
    )
    expected = [usual["archive_offset_m"][0] - east, usual["archive_offset_m"][1] - north]
    assert report["archive_offset_m"] == pytest.approx(expected, abs=0.1)
    assert report["findings"] == usual["findings"]


def test_the_demo_writes_everything(demo: Demo) -> None:
    names = {path.relative_to(demo.folder).as_posix() for path in demo.summary.files}
    assert {"workspace", "findings.gpkg", "web/index.html", "weekly.xlsx", "report.json"} <= names
    assert sum(name.startswith("order-map-") for name in names) == 3
    assert sum(re.fullmatch(r"order-2025案\d{4}\.docx", name) is not None for name in names) == 1
    assert all(path.exists() for path in demo.summary.files)
    assert [p.name for p in demo.folder.parent.iterdir()] == [demo.folder.name]  # nothing half-built stays


def test_the_demo_tells_how_far_it_is(demo: Demo) -> None:
    stages = list(dict.fromkeys(step.stage for step in demo.steps))
    assert stages[:3] == ["workspace", "archive", "surveys"]
    assert {"align", "level", "terrain", "evidence", "outlines", "match", "store"} <= set(stages)
    assert all(0 <= step.done <= step.total for step in demo.steps)


def test_the_report_tells_cost_and_quality(demo: Demo) -> None:
    report = json.loads((demo.folder / "report.json").read_text(encoding="utf-8"))
    assert report["method"] == "height"
    assert report["alignment"]["tie_points_kept"] > 10
    assert 0 < report["alignment"]["residual_rms_m"] < 0.5
    assert 0.2 < abs(report["levelling"]["bias_m"]) < 1.0
    assert report["stages"]["evidence"]["bytes_read"] > 0
    assert report["peak_memory_bytes"] > 1e8
    assert sum(report["findings"].values()) == len(demo.summary.findings)


def test_the_findings_file_keeps_its_contract(demo: Demo) -> None:
    found = pyogrio.read_dataframe(demo.folder / "findings.gpkg", layer="findings")
    assert found.crs.to_epsg() == 4549
    assert found.finding_no.is_unique
    assert found.geometry.is_valid.all()
    gone = found.change_type == "demolished"
    assert found.permit_status[gone].isna().all()
    assert found.permit_status[~gone].notna().all()
    assert found.building_no[found.change_type == "new"].isna().all()
    assert found.reason.str.endswith("。").all()
    assert faults(demo.folder / "findings.gpkg") == []


def test_the_workspace_is_a_geopackage_others_open(demo: Demo) -> None:
    database = demo.folder / "workspace" / "workspace.gpkg"
    assert faults(database) == []
    layers = {name for name, kind in pyogrio.list_layers(database) if kind is not None}
    assert {"findings", "buildings", "parcels", "permits", "zones"} <= layers
    assert pyogrio.read_info(database, layer="buildings")["crs"] == "EPSG:4549"


def test_order_maps_are_pages_at_true_scale(demo: Demo) -> None:
    for path in sorted(demo.folder.glob("order-map-*.pdf")):
        page = PdfReader(path).pages[0]
        assert float(page.mediabox.width) / 72 * 25.4 == pytest.approx(420, abs=0.3)
        text = page.extract_text()
        assert "违法建设拆除范围图" in text
        assert re.search(r"1\s*:\s*(200|500|1000)", text)
        assert "中央子午线120°" in text


def test_the_order_names_the_party_and_the_law(demo: Demo) -> None:
    (path,) = demo.folder.glob("order-*.docx")
    with zipfile.ZipFile(path) as document:
        text = re.sub(r"<[^>]+>", "", document.read("word/document.xml").decode())
    for words in ("责令限期拆除决定书", "城乡规划法》第六十", "样例区综合行政执法局", "行政复议", "{{"):
        assert (words in text) == (words != "{{")


def test_the_weekly_report_counts(demo: Demo) -> None:
    workbook = openpyxl.load_workbook(demo.folder / "weekly.xlsx", data_only=True)
    cells = [cell for row in workbook["拆违周报"].iter_rows(values_only=True) for cell in row]
    assert len(demo.summary.findings) in cells
    assert 3 in cells


def test_the_web_map_needs_no_internet(demo: Demo) -> None:
    page = (demo.folder / "web" / "index.html").read_text(encoding="utf-8")
    assert re.findall(r"https?://", page) == []
    assert (demo.folder / "web" / "survey_1.jpg").stat().st_size > 100_000


def test_a_second_demo_replaces_the_first(demo: Demo, weijian: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "again"
    shutil.copytree(demo.folder, folder)
    (folder / "order-map-old.pdf").touch()
    assert weijian("demo", "--headless", "--out", folder).code == 0
    assert not (folder / "order-map-old.pdf").exists()


def test_the_workspace_verifies_until_it_is_tampered_with(demo: Demo, weijian: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    shutil.copytree(demo.folder / "workspace", folder)
    assert weijian("verify", "--workspace", folder).code == 0
    photo = next((folder / "evidence").rglob("*.jpg"))
    photo.write_bytes(photo.read_bytes()[:-1])
    outcome = weijian("verify", "--workspace", folder)
    assert outcome.code == 2
    assert photo.parent.name in outcome.err


def test_the_workspace_can_be_worked_on(demo: Demo, weijian: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    shutil.copytree(demo.folder / "workspace", folder)
    png, order, web, weekly, out = (tmp_path / n for n in ("map.png", "order.docx", "web", "weekly.xlsx", "f.geojson"))
    assert weijian("export", "order-map", "-w", folder, "--case", "2", "--out", png, "--scale", "500").code == 0
    assert weijian("export", "document", "-w", folder, "--case", "2", "--out", order).code == 0
    assert weijian("export", "web-map", "-w", folder, "--out", web).code == 0
    assert weijian("export", "findings", "-w", folder, "--out", out).code == 0
    period = ("--from", "2025-10-27", "--to", "2025-11-02")
    assert weijian("report", "weekly", "-w", folder, *period, "--out", weekly).code == 0
    assert all(path.exists() for path in (png, order, web / "index.html", weekly, out))
    backwards = weijian("report", "weekly", "-w", folder, "--from", "2025-11-02", "--to", "2025-10-27", "--out", weekly)
    assert backwards.code == 2
    too_large = weijian("export", "order-map", "-w", folder, "--case", "1", "--out", png, "--scale", "50")
    assert too_large.code == 2
    assert "1:" in too_large.err


def test_the_law_is_asked_before_a_case_moves(demo: Demo, weijian: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    shutil.copytree(demo.folder / "workspace", folder)
    step = ("move-case", "-w", folder, "--case", "1", "--reason", "依法", "--on", "2025-11-03")
    early = weijian(*step, "--to", "enforcement_decision", "--officer", "甲", "--officer", "乙")
    assert early.code == 2
    assert "行政强制法" in early.err
    alone = weijian(*step, "--to", "decision", "--officer", "甲", "--document", "1号")
    assert alone.code == 2
    assert "第四十二条" in alone.err
    assert weijian(*step, "--to", "decision", "--officer", "甲", "--officer", "乙", "--document", "1号").code == 0


def test_detecting_again_keeps_what_somebody_took_up(demo: Demo, weijian: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    shutil.copytree(demo.folder / "workspace", folder)
    outcome = weijian("detect", "--workspace", folder, "--before-survey", "1", "--after-survey", "2")
    assert outcome.code == 0, outcome.err
    found = pyogrio.read_dataframe(folder / "workspace.gpkg", layer="findings")
    assert len(found) == len(demo.summary.findings)
    assert (found.review == "confirmed").sum() == 3


def test_originals_are_never_touched(demo: Demo) -> None:
    strangers = [
        path
        for path in assets.sample_data().rglob("*")
        if path.suffix in (".ovr", ".xml", ".cpg", ".tmp", ".gpkg-wal", ".gpkg-shm", ".gpkg-journal")
    ]
    assert strangers == []
    assert demo.folder.exists()


@pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="ogrinfo (gdal-bin) is not installed")
def test_ogrinfo_lists_the_layers(demo: Demo) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("GDAL", "PROJ"))}
    listing = subprocess.run(
        ["ogrinfo", "-ro", "-so", "-al", str(demo.folder / "workspace" / "workspace.gpkg")],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    for layer in ("findings", "buildings", "parcels", "permits", "zones"):
        assert f"Layer name: {layer}" in listing.stdout
    assert listing.stderr == ""
