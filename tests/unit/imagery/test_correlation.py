import cv2
import numpy as np
import pytest

from unit.imagery.rasters import village
from weijian.imagery.correlation import agreement, image_directions, peak, surface_directions


@pytest.mark.parametrize("size", [128, 192, 200, 111])
def test_identical_pictures_do_not_differ_by_half_a_pixel(size: int) -> None:
    grey = np.clip(village(size), 0, 255).astype(np.uint8)
    fields = image_directions(np.repeat(grey[None], 3, axis=0), np.ones((size, size), bool))
    top = peak(agreement(fields, fields, 6))
    assert top is not None
    assert (top.dx, top.dy, top.agreement) == pytest.approx((0, 0, 1), abs=1e-3)


@pytest.mark.parametrize(("dx", "dy"), [(0.4, -0.3), (2.5, 1.25), (-3.8, 0.0)])
def test_known_displacement_in_negative(dx: float, dy: float) -> None:
    grey = village(192)
    moved = cv2.warpAffine(grey, np.array([[1, 0, dx], [0, 1, dy]], np.float32), (192, 192), flags=cv2.INTER_CUBIC)
    everywhere = np.ones((192, 192), bool)
    one, other = (
        image_directions(np.repeat(np.clip(g, 0, 255).astype(np.uint8)[None], 3, axis=0), everywhere)
        for g in (grey, 255 - moved)
    )
    top = peak(agreement(one[1:], other[1:], 8))  # doubled directions do not mind which side is bright
    assert top is not None
    assert (top.dx, top.dy) == pytest.approx((dx, dy), abs=0.1)


def test_holes_and_bias_of_a_surface_do_not_matter() -> None:
    heights = village(192) / 20
    holed = heights + 3
    holed[50:90, 60:100] = np.nan
    top = peak(agreement(surface_directions(heights), surface_directions(holed), 5))
    assert top is not None
    assert (top.dx, top.dy) == pytest.approx((0, 0), abs=0.05)


def test_no_peak_on_the_rim_and_nothing_from_nothing() -> None:
    slope = np.add.outer(np.zeros(7), np.arange(7.0)).astype(np.float32)
    assert peak(slope) is None
    empty = [np.zeros((64, 64), np.complex64)]
    assert peak(agreement(empty, empty, 4)) is None


def test_a_picture_without_anything_has_no_directions() -> None:
    blank = np.full((3, 64, 64), 120, np.uint8)
    fields = image_directions(blank, np.ones((64, 64), bool))
    assert not any(field.any() for field in fields)
    assert peak(agreement(fields, fields, 4)) is None


def test_the_rim_of_the_data_is_no_edge() -> None:
    seen = np.ones((96, 96), bool)
    seen[30:50, 40:70] = False
    seen[:, :9] = False
    image = np.where(seen, np.uint8(120), np.uint8(0))[None].repeat(3, axis=0)
    assert not any(field.any() for field in image_directions(image, seen))
