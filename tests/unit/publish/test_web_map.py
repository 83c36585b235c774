import errno
import os
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pyproj import CRS, Transformer

from unit.publish.findings import DEMOLISHED, EXTENDED
from unit.publish.made import HOUSE, LOT, X, Y, picture_of
from weijian.domain.errors import TargetExists, TargetUnwritable
from weijian.publish.web_map import WebImage, WebMapLayers, write_web_map

BROWSER = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
GROUND = (X - 40, Y - 30, X + 40, Y + 40)
CGCS2000 = CRS.from_epsg(4549)


def layers() -> WebMapLayers:
    west, south = Transformer.from_crs(CGCS2000, 4326, always_xy=True).transform(GROUND[0], GROUND[1])
    east, north = Transformer.from_crs(CGCS2000, 4326, always_xy=True).transform(GROUND[2], GROUND[3])
    bounds = (west, south, east, north)
    return WebMapLayers(
        title="下沙村 <两期> 变化 & 核查 {{ 6*6 }}",
        crs=CGCS2000,
        images=(
            WebImage(date(2024, 11, 3), picture_of(GROUND, later=False, pixel=0.4), bounds),
            WebImage(date(2025, 5, 6), picture_of(GROUND, later=True, pixel=0.4), bounds),
        ),
        findings=(EXTENDED, DEMOLISHED),
        archive=(HOUSE,),
        parcels=(LOT,),
    )


def test_everything_lies_beside_the_page(tmp_path: Path):
    page = write_web_map(layers(), tmp_path / "map")
    assert page == tmp_path / "map" / "index.html"
    text = page.read_text(encoding="utf-8")
    assert re.findall(r"https?:|//[a-z]+\.", text) == []
    links = re.findall(r"""(?:src|href)=["']([^"']+)["']""", text) + re.findall(r'imageOverlay\("([^"]+)"', text)
    assert sorted(links) == ["leaflet/leaflet.css", "leaflet/leaflet.js", "survey_1.jpg", "survey_2.jpg"]
    for link in links:
        assert (page.parent / link).is_file()
    assert (page.parent / "leaflet" / "LICENSE").is_file()
    (font,) = re.findall(r"""url\(["']([^"')]+)["']\)""", text)
    assert (page.parent / font).is_file()
    assert (page.parent / font).with_name("OFL.txt").is_file()


def test_styles_load_nothing_from_elsewhere(tmp_path: Path):
    folder = write_web_map(layers(), tmp_path / "map").parent
    style = (folder / "leaflet" / "leaflet.css").read_text(encoding="utf-8")
    for target in re.findall(r"url\(([^)]+)\)", style):
        if not target.startswith("#"):
            assert (folder / "leaflet" / target).is_file(), target


def test_names_cannot_become_markup(tmp_path: Path):
    text = write_web_map(layers(), tmp_path / "map").read_text(encoding="utf-8")
    assert "<script>document" not in text
    assert "{{ 7*7 }}" in text
    assert "下沙村 &lt;两期&gt; 变化 &amp; 核查 &#123;&#123; 6*6 }}</title>" in text


def test_pictures_with_opacity_stay_so(tmp_path: Path):
    image = layers().images[0]
    rgba = np.dstack([image.rgb, np.zeros(image.rgb.shape[:2], np.uint8)])
    page = write_web_map(replace(layers(), images=(replace(image, rgb=rgba),)), tmp_path / "map")
    assert Image.open(page.parent / "survey_1.png").getchannel("A").getextrema() == (0, 0)


def test_a_map_of_nothing_is_still_a_map(tmp_path: Path):
    page = write_web_map(WebMapLayers("空", CGCS2000, (), ()), tmp_path / "map")
    assert "L.map(" in page.read_text(encoding="utf-8")


def test_an_earlier_map_is_replaced(tmp_path: Path):
    write_web_map(layers(), tmp_path / "map")
    write_web_map(replace(layers(), images=()), tmp_path / "map")
    assert not (tmp_path / "map" / "survey_1.jpg").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["map"]


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path):
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").write_bytes(b"1")
    with pytest.raises(TargetExists):
        write_web_map(layers(), tmp_path / "photos")
    assert [path.name for path in tmp_path.rglob("*")] == ["photos", "a.jpg"]


def test_full_disk_leaves_the_earlier_map(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    page = write_web_map(layers(), tmp_path / "map")
    earlier = page.read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Image.Image, "save", full)
    with pytest.raises(TargetUnwritable):
        write_web_map(layers(), tmp_path / "map")
    assert page.read_bytes() == earlier
    assert [path.name for path in tmp_path.iterdir()] == ["map"]


def browse(page: Path, folder: Path, *arguments: str) -> str:
    """Standard output of the browser, which has no way to any network."""
    command = [
        str(BROWSER),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--proxy-server=127.0.0.1:9",
        "--host-resolver-rules=MAP * ~NOTFOUND",
        "--window-size=1200,800",
        "--virtual-time-budget=3000",
        f"--user-data-dir={folder}",
        *arguments,
        page.as_uri(),
    ]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout


@pytest.mark.skipif(BROWSER is None, reason="Chromium is not installed")
def test_the_page_draws_in_a_browser_without_network(tmp_path: Path):
    page = write_web_map(layers(), tmp_path / "map")
    drawn = browse(page, tmp_path / "profile", "--dump-dom")
    paths = re.findall(r'<path class="leaflet-interactive"[^>]* d="([^"]+)"', drawn)
    assert len([path for path in paths if path.count("L") >= 3]) == 4
    assert 'src="survey_2.jpg"' in drawn
    assert 'src="survey_1.jpg"' not in drawn
    for shown in ("2024-11-03 影像", "2025-05-06 影像", "扩建（1）", "拆除（1）", "宗地界线", "档案建筑轮廓"):
        assert shown in drawn
    assert "<title>下沙村 &lt;两期&gt; 变化 &amp; 核查 {{ 6*6 }}</title>" in drawn
    assert "leaflet-control-scale-line" in drawn

    picture = tmp_path / "page.png"
    browse(page, tmp_path / "profile", f"--screenshot={picture}")
    pixels = np.asarray(Image.open(picture).convert("RGB")).astype(int)
    house = (abs(pixels - (150, 92, 78)).max(axis=2) < 60).mean()
    assert house > 0.01
