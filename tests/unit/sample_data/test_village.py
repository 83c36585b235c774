"""The sample village: its files as they lie in the repository, and that it can be made again."""

import csv
from collections import Counter
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import rasterio
from PIL import Image

FOLDER = Path(__file__).parents[3] / "sample_data"
DAYS = ("2024-04-16", "2025-10-28")


@pytest.fixture
def village_package(monkeypatch):
    monkeypatch.syspath_prepend(str(FOLDER))


def test_it_is_small_enough():
    size = sum(f.stat().st_size for f in FOLDER.rglob("*") if f.is_file() and f.suffix != ".pyc")
    assert size <= 25e6


@pytest.mark.parametrize("day", DAYS)
def test_surveys(day):
    with rasterio.open(FOLDER / "surveys" / f"{day}_dom.tif") as dom:
        assert (dom.count, dom.dtypes[0], dom.crs.to_epsg()) == (3, "uint8", 4549)
        assert dom.block_shapes[0] == (512, 512)
        assert 0.1 <= dom.res[0] <= 0.15
        assert 0.9 < (dom.read_masks(1) > 0).mean() < 1
        west, south, east, north = dom.bounds
        assert 490_000 < west < east < 510_000
        assert 3_300_000 < south < north < 3_400_000
    with rasterio.open(FOLDER / "surveys" / f"{day}_dsm.tif") as dsm:
        assert (dsm.count, dsm.dtypes[0], dsm.nodata, dsm.crs.to_epsg()) == (1, "float32", -9999, 4549)
        heights = dsm.read(1, masked=True)
        assert 0 < heights.mask.mean() < 0.1
        assert 15 < float(heights.min()) < float(heights.max()) < 60


@pytest.mark.parametrize(
    ("name", "fields"), [("房屋", {"FWBH", "HH", "HZXM", "CS", "FWGD"}), ("宗地", {"ZDDM", "QLR"})]
)
def test_archive_arrives_as_archives_do(name, fields):
    head = (FOLDER / "archive" / f"{name}.dbf").read_bytes()[:32]
    assert head[29] == 0
    assert not (FOLDER / "archive" / f"{name}.cpg").exists()
    table = gpd.read_file(FOLDER / "archive" / f"{name}.shp", encoding="GBK")
    assert fields <= set(table.columns)
    assert table.crs.to_epsg() == 4549 or "CM_120E" in table.crs.to_wkt().replace(" ", "_")
    assert table.geometry.is_valid.all()
    assert (table["ZDDM"].str.len() == 19).all()
    people = table["HZXM" if name == "房屋" else "QLR"]
    assert people.str[:2].isin(["样例", "测试", "示范"]).all()


def test_households_are_gbk():
    with (FOLDER / "archive" / "户.csv").open(encoding="gbk", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({row["户号"] for row in rows}) == len(rows) > 50


def test_permits_and_zones():
    permits = gpd.read_file(FOLDER / "permits" / "许可.gpkg")
    assert {"许可证号", "许可类型", "户号", "发证日期", "有效期至", "批准层数", "批准高度", "批准面积"} <= set(permits)
    assert permits["许可证号"].is_unique
    zones = gpd.read_file(FOLDER / "zones" / "管控区.gpkg")
    assert {"冻结区", "永久基本农田", "河道蓝线"} <= set(zones["类型"])


def test_truth():
    truth = gpd.read_file(FOLDER / "truth" / "truth.gpkg", layer="truth")
    counts = Counter(truth["change_type"])
    assert len(truth) >= 24
    assert set(counts) == {"new", "extended", "raised", "demolished", "rebuilt"}
    assert min(counts.values()) >= 3
    assert set(truth["permit_status"].dropna()) == {"permitted", "exceeds_permit", "unpermitted"}
    assert truth.loc[truth["change_type"] == "demolished", "permit_status"].isna().all()
    archive = gpd.read_file(FOLDER / "archive" / "房屋.shp", encoding="GBK")
    assert set(truth["building_no"].dropna()) <= set(archive["FWBH"])
    assert truth.geometry.area.min() > 12
    confounders = gpd.read_file(FOLDER / "truth" / "confounders.gpkg", layer="confounders")
    assert {"car", "truck", "greenhouse", "tree_felled", "tree_grown", "roof_repaint"} <= set(confounders["kind"])


def test_photos_have_time_and_place():
    photos = sorted((FOLDER / "photos").glob("*.jpg"))
    assert 3 <= len(photos) <= 5
    for path in photos:
        assert path.stat().st_size < 150_000
        with Image.open(path) as image:
            exif = image.getexif()
        assert exif.get_ifd(0x8769)[0x9003].startswith("2025:10:")
        place = exif.get_ifd(0x8825)
        north, east = (float(d + m / 60 + s / 3600) for d, m, s in (place[2], place[4]))
        assert north == pytest.approx(30.2, abs=0.05)
        assert east == pytest.approx(120.01, abs=0.02)


@pytest.mark.usefixtures("village_package")
def test_the_plan_is_the_same_each_time_and_fits_the_committed_truth():
    from village.archive import truth_table
    from village.plan import plan_village

    village = plan_village(7)
    assert village == plan_village(7)
    assert village != plan_village(8)
    made, kept = truth_table(village), gpd.read_file(FOLDER / "truth" / "truth.gpkg", layer="truth")
    assert made["change_type"].tolist() == kept["change_type"].tolist()
    assert made.geometry.geom_equals_exact(kept.geometry, 0.01).all()


@pytest.mark.usefixtures("village_package")
@pytest.mark.parametrize("date", [0, 1])
def test_painting_a_corner_twice_gives_the_same_arrays(date):
    from village.canvas import Canvas
    from village.flights import FLIGHTS
    from village.light import expose
    from village.paint import paint_village
    from village.plan import plan_village
    from village.survey import PLACINGS, orthophoto, surface

    def survey():
        canvas = Canvas(60.0, 120.0, 36.0, 30.0, 0.2)
        paint_village(canvas, plan_village(7), date)
        picture = expose(canvas, FLIGHTS[date], 1)
        return orthophoto(picture, canvas, FLIGHTS[date], PLACINGS[date], 1), surface(canvas, PLACINGS[date], 1)

    (image, heights), (again, heights_again) = survey(), survey()
    np.testing.assert_array_equal(image, again)
    np.testing.assert_array_equal(heights, heights_again)
    assert image.std() > 10


@pytest.mark.usefixtures("village_package")
def test_a_wall_casts_its_shadow_away_from_the_sun():
    from village.light import cast

    z = np.zeros((60, 60), np.float32)
    z[25:35, 25:35] = 5.0
    depth = cast(z, 0.5, 180.0, 45.0)  # the sun is in the south: the shadow falls to the north, 5 m = 10 cells long
    assert depth[20, 30] > 1.5
    assert depth[18, 30] > 0.5
    assert depth[12, 30] < 0.1
    assert depth[40, 30] < 0.1
