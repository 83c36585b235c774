"""The model method from the command line: the sample village, its report, and models it refuses."""

import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import rasterio

from helpers import models
from helpers.commands import CommandLine
from integration.test_bad_input import assert_refused
from weijian import assets

SURVEYS = assets.sample_data("surveys")
BEFORE, AFTER = SURVEYS / "2024-04-16_dom.tif", SURVEYS / "2025-10-28_dom.tif"
ARCHIVE = assets.sample_data("archive", "房屋.shp")


def detected(weijian: CommandLine, out: Path, *others: object) -> gpd.GeoDataFrame:
    """Findings of a run in two workers unless said otherwise."""
    outcome = weijian("detect", "--after", AFTER, "--out", out, "--workers", "2", *others)
    assert outcome.code == 0, outcome.err
    return gpd.read_file(out)


def test_a_change_model_on_the_sample_village(weijian: CommandLine, tmp_path: Path) -> None:
    model = models.change_model(tmp_path / "m.onnx", tile_px=128, overlap_px=32)
    report = tmp_path / "r.json"
    common = ("--before", BEFORE, "--model", model)
    found = detected(weijian, tmp_path / "f.gpkg", *common, "--method", "model", "--report", report)
    assert len(found) > 5
    assert set(found["method"]) == {"model"}
    assert found["confidence"].between(0.5, 1.0).all()
    assert found["height_change_m"].isna().all()
    assert found.geometry.is_valid.all()
    told = json.loads(report.read_text())
    assert told["method"] == "model"
    assert (told["model"]["name"], told["model"]["version"]) == ("difference", "1")
    assert len(told["model"]["sha256"]) == 64
    assert told["grid"]["pixel_m"] == 0.5
    alone = detected(weijian, tmp_path / "one.gpkg", *common, "--workers", "1")
    assert alone.geometry.geom_equals(found.geometry).all()
    assert alone["confidence"].tolist() == found["confidence"].tolist()


def test_a_building_model_against_the_archive_alone(weijian: CommandLine, tmp_path: Path) -> None:
    model = models.red_model(tmp_path / "m.onnx")
    found = detected(weijian, tmp_path / "f.gpkg", "--archive", ARCHIVE, "--model", model)
    assert {"new", "demolished"} & set(found["change_type"])
    assert found["building_no"].notna().any()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("--method", "model"), "--model"),
        (("--method", "spectral", "--model", "m.onnx"), "--method model"),
        (("--model", "missing.onnx"), "missing.onnx"),
        (("--model", "text.onnx"), "不是完整的 ONNX 文件"),
        (("--model", "m.onnx", "--out", "m.onnx"), ".gpkg"),
        (("--model", "coarse.onnx"), "0.2"),
    ],
)
def test_what_does_not_go_together(
    weijian: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: tuple[str, ...], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    models.change_model(tmp_path / "m.onnx")
    models.change_model(tmp_path / "coarse.onnx", resolution_m=0.1)
    (tmp_path / "text.onnx").write_text("not a model")
    before = flat_survey(tmp_path / "before.tif", 0.3)
    after = flat_survey(tmp_path / "after.tif", 0.3)
    usual = ("detect", "--before", before, "--after", after, "--out", "f.gpkg")
    assert_refused(weijian(*usual, *typed), told)
    assert not (tmp_path / "f.gpkg").exists()


def test_a_change_model_needs_the_earlier_image(weijian: CommandLine, tmp_path: Path) -> None:
    model = models.change_model(tmp_path / "m.onnx")
    typed = ("detect", "--after", AFTER, "--archive", ARCHIVE, "--model", model, "--out", tmp_path / "f.gpkg")
    assert_refused(weijian(*typed), "--before")


def flat_survey(path: Path, pixel_m: float) -> Path:
    """A survey of 60 m with nothing much in it."""
    side = round(60 / pixel_m)
    image = np.random.default_rng(len(path.name)).integers(90, 110, (3, side, side), np.uint8)
    transform = rasterio.Affine(pixel_m, 0, 500_000, 0, -pixel_m, 3_200_000)
    with rasterio.open(
        path, "w", driver="GTiff", width=side, height=side, count=3, dtype="uint8", crs="EPSG:4549", transform=transform
    ) as out:
        out.write(image)
    return path
