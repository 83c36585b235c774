import errno
import io
import math
import os
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from pypdf import PageObject, PdfReader
from PySide6.QtGui import QImage, QPainter
from shapely import Polygon, affinity, box

from unit.publish.made import EXTENSION, X, Y, sheet
from weijian.domain.errors import StructureTooLarge, TargetUnwritable
from weijian.publish import fonts
from weijian.publish.corners import corner_points
from weijian.publish.order_map import PAGES, page_count, paint, picture, write_pdf, write_png
from weijian.publish.sheet_layout import sheet_layout

MM = 25.4 / 72


def text_of(page: PageObject) -> str:
    """Text of a PDF page without blanks."""
    return "".join(page.extract_text().split())


def pixels(image: QImage) -> np.ndarray:
    """(rows, columns, 3) red, green, blue."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).astype(int)


def placed(page: PageObject) -> tuple[list[tuple[float, float]], list[list[tuple[float, float]]]]:
    """Sizes of the pictures and the straight paths of a PDF page, in millimetres of paper."""
    images: list[tuple[float, float]] = []
    paths: list[list[tuple[float, float]]] = []

    def look(operator: bytes, operands: list, matrix: list[float], _text: list[float]) -> None:
        a, b, c, d, e, f = (float(v) for v in matrix)
        if operator == b"Do":
            images.append((math.hypot(a, b) * MM, math.hypot(c, d) * MM))
        elif operator in (b"m", b"l"):
            x, y = (float(v) for v in operands)
            if operator == b"m":
                paths.append([])
            paths[-1].append(((a * x + c * y + e) * MM, (b * x + d * y + f) * MM))

    page.extract_text(visitor_operand_before=look)
    return images, paths


@pytest.mark.parametrize(("name", "scale"), [("A3-landscape", 200), ("A4-landscape", 500), ("A4-portrait", 1000)])
def test_pdf_is_true_to_scale(tmp_path: Path, name: str, scale: int):
    made = sheet(PAGES[name], scale)
    (page,) = PdfReader(write_pdf(made, tmp_path / "map.pdf")).pages
    images, paths = placed(page)

    x0, y0, x1, y1 = made.after.bounds
    frame = sheet_layout(made.page).after
    assert len(images) == 2
    for width, height in images:
        assert (width, height) == pytest.approx((frame.width, frame.height), abs=0.01)
        assert width == pytest.approx((x1 - x0) * 1000 / scale, rel=2e-4)
        assert height == pytest.approx((y1 - y0) * 1000 / scale, rel=2e-4)

    sides = sorted(corner.side_m * 1000 / scale for corner in corner_points([EXTENSION]))
    drawn = [sorted(math.dist(*ends) for ends in pairwise(path)) for path in paths if len(path) == 7]
    assert any(lengths == pytest.approx(sides, abs=0.02) for lengths in drawn)


@pytest.mark.parametrize("name", PAGES)
def test_pdf_page_has_the_size_of_the_paper(tmp_path: Path, name: str):
    page = PAGES[name]
    (written,) = PdfReader(write_pdf(sheet(page), tmp_path / "map.pdf")).pages
    # Qt states page boxes in whole points
    assert float(written.mediabox.width) * MM == pytest.approx(page.width, abs=0.2)
    assert float(written.mediabox.height) * MM == pytest.approx(page.height, abs=0.2)


def test_pdf_says_everything_in_text(tmp_path: Path):
    (page,) = PdfReader(write_pdf(sheet(), tmp_path / "map.pdf")).pages
    text = text_of(page)
    for expected in (
        "违法建设拆除范围图",
        "临城违〔2025〕第0017号",
        "临城限拆决〔2025〕9号",
        "临溪县综合行政执法局",
        "王某某",
        "青石镇下沙村三组12号东侧",
        "扩建",
        "投影面积86.4±1.3m²",
        "+3.2±0.2m",
        "EPSG:4549",
        "前期影像（2024-11-03）",
        "后期影像（2025-05-06）",
        "无人机正射影像DOM，分辨率5cm",
        "1:200",
        "印章处",
        "北",
        "拟拆除违法建设",
        "宗地界线",
        "档案建筑轮廓",
        "坐标格网（10m）",
        "500120",
        "3150200",
        "绘制：李明",
        "日期：2025年6月15日",
        "第1页共1页",
    ):
        assert expected in text, expected
    for corner in corner_points([EXTENSION]):
        assert f"{corner.label}{corner.northing:.3f}{corner.easting:.3f}{corner.side_m:.2f}" in text


def test_pdf_fonts_are_embedded_and_know_every_character(tmp_path: Path):
    (page,) = PdfReader(write_pdf(sheet(), tmp_path / "map.pdf")).pages
    embedded = [
        descendant.get_object()["/FontDescriptor"]
        for font in page["/Resources"]["/Font"].values()
        for descendant in font.get_object()["/DescendantFonts"]
    ]
    assert embedded
    assert all("/FontFile2" in font or "/FontFile3" in font for font in embedded)
    text = text_of(page)
    chosen = fonts.fonts_for(text)
    assert fonts.missing_characters(chosen.song, text) == ""
    assert fonts.missing_characters(chosen.hei, text) == ""


def test_both_frames_show_the_same_ground():
    made = sheet(scale=200)
    shown = pixels(picture(made, dpi=127))
    layout = sheet_layout(made.page)
    x0, _, _, y1 = made.after.bounds

    def at(frame: object, x: float, y: float) -> np.ndarray:
        column, row = frame.x + (x - x0) * 1000 / 200, frame.y + (y1 - y) * 1000 / 200
        patch = shown[round(row * 5) - 2 : round(row * 5) + 3, round(column * 5) - 2 : round(column * 5) + 3]
        return np.median(patch.reshape(-1, 3), axis=0)

    house, extension = (X - 5, Y + 2), (X + 2.5, Y + 6)
    np.testing.assert_allclose(at(layout.before, *house), (150, 92, 78), atol=12)
    np.testing.assert_allclose(at(layout.after, *house), (150, 92, 78), atol=12)
    assert at(layout.before, *extension)[1] > at(layout.before, *extension)[2]
    assert at(layout.after, *extension)[2] > 120


def test_the_structure_is_hatched_only_where_it_stands_now():
    made = sheet(scale=200)
    shown = pixels(picture(made, dpi=127))
    red = (shown[..., 0] > 170) & (shown[..., 1] < 90) & (shown[..., 2] < 110)
    layout = sheet_layout(made.page)
    before, after = (
        red[round(f.y * 5) : round(f.bottom * 5), round(f.x * 5) : round(f.right * 5)].sum()
        for f in (layout.before, layout.after)
    )
    assert before > 200
    assert after > 2 * before


def test_imagery_that_ends_leaves_the_frame_blank():
    made = sheet(scale=200)
    x0, y0, x1, y1 = made.after.bounds
    half = (x0, y0, (x0 + x1) / 2, y1)
    image = replace(made.before, rgb=np.zeros((10, 10, 3), np.uint8), bounds=half)
    shown = pixels(picture(replace(made, before=image, parcels=(), archive=()), dpi=127))
    frame = sheet_layout(made.page).before
    row = round((frame.y + 3) * 5)
    assert shown[row, round((frame.x + 3) * 5)].max() < 10
    assert shown[row, round((frame.right - 3) * 5)].min() > 230


def test_without_an_earlier_flight_the_archive_stands_for_it(tmp_path: Path):
    (page,) = PdfReader(write_pdf(sheet(before=None), tmp_path / "map.pdf")).pages
    assert "前期：建筑档案（无影像）" in text_of(page)
    assert len(placed(page)[0]) == 1


def test_what_is_not_known_is_a_dash(tmp_path: Path):
    made = sheet(document_no=None, party=None, household_no=None, parcel_no=None, height_change_m=None, drawn_by=None)
    (page,) = PdfReader(write_pdf(made, tmp_path / "map.pdf")).pages
    text = text_of(page)
    assert "None" not in text
    assert "文号：—" in text
    assert "绘制：__" in text


def many_cornered(count: int) -> Polygon:
    ring = [(math.cos(2 * math.pi * i / count), math.sin(2 * math.pi * i / count)) for i in range(count)]
    return affinity.translate(affinity.scale(Polygon(ring), 9, 9), X, Y)


@pytest.mark.parametrize("name", ["A4-landscape", "A3-portrait"])
def test_a_long_corner_table_goes_on_and_loses_nothing(tmp_path: Path, name: str):
    made = sheet(PAGES[name], structures=(many_cornered(150),))
    pages = PdfReader(write_pdf(made, tmp_path / "map.pdf")).pages
    assert len(pages) == page_count(made) > 1
    text = "".join(text_of(page) for page in pages)
    for corner in corner_points(made.structures):
        assert f"{corner.label}{corner.northing:.3f}{corner.easting:.3f}" in text
    assert "续表见第2页" in text_of(pages[0])
    assert f"第{len(pages)}页共{len(pages)}页" in text_of(pages[-1])
    assert "临城违〔2025〕第0017号" in text_of(pages[-1])


def test_a_scale_too_large_is_refused_and_writes_nothing(tmp_path: Path):
    made = replace(sheet(PAGES["A4-landscape"], 200), structures=(box(X, Y, X + 60, Y + 10),))
    with pytest.raises(StructureTooLarge):
        write_pdf(made, tmp_path / "map.pdf")
    with pytest.raises(StructureTooLarge):
        write_png(made, tmp_path / "map.png")
    assert list(tmp_path.iterdir()) == []


def test_png_states_its_resolution(tmp_path: Path):
    path = write_png(sheet(PAGES["A4-landscape"]), tmp_path / "map.png", dpi=100)
    image = QImage(str(path))
    assert (image.width(), image.height()) == (1169, 827)
    assert image.dotsPerMeterX() == 3937


def test_painting_leaves_the_painter_as_it_was():
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.scale(0.5, 0.5)
    before = painter.transform()
    paint(sheet(), painter)
    assert painter.transform() == before
    painter.end()


def test_missing_folder_is_refused(tmp_path: Path):
    with pytest.raises(TargetUnwritable) as refused:
        write_pdf(sheet(), tmp_path / "nowhere" / "map.pdf")
    assert "map.pdf" in refused.value.sentence("zh")


def test_full_disk_leaves_nothing_behind_and_the_old_map_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    target = tmp_path / "map.pdf"
    target.write_bytes(b"earlier")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(TargetUnwritable):
        write_pdf(sheet(), target)
    assert [path.name for path in tmp_path.iterdir()] == ["map.pdf"]
    assert target.read_bytes() == b"earlier"


def test_a_program_without_window_or_screen_can_write_one(tmp_path: Path):
    program = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from pathlib import Path\n"
        "from unit.publish.made import sheet\n"
        "from weijian.publish.order_map import write_pdf\n"
        f"write_pdf(sheet(), Path({str(tmp_path / 'map.pdf')!r}))\n"
        "assert 'PySide6.QtWidgets' not in sys.modules\n"
    )
    environment = {k: v for k, v in os.environ.items() if k not in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")}
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, cwd=root, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert len(PdfReader(io.BytesIO((tmp_path / "map.pdf").read_bytes())).pages) == 1
