from dataclasses import replace

import numpy as np
import pytest

from unit.detection.painted import GRASS, SIDE, camera, grid_of, layer, paint, scene, shade
from weijian.detection.patch import Noise, Patch
from weijian.detection.spectral_calibration import calibrate, conditions_of, sample
from weijian.detection.spectral_radiometry import Conditions
from weijian.domain.grid import Tile


def pair_of(before: np.ndarray, after: np.ndarray) -> Patch:
    return Patch(Tile(grid_of(), 0), layer(before), layer(after), (), Noise(0.1, None))


@pytest.mark.parametrize("gain", [(0.7, 0.7, 0.7), (1.25, 1.0, 0.85), (0.85, 1.0, 1.2)])
def test_exposure_and_tint_are_what_changed_of_everything(gain: tuple[float, float, float]) -> None:
    tint = calibrate([pair_of(camera(scene(), 1), camera(scene(), 2, gain))]).tint
    red, green, blue = np.log(gain)
    # The constant that is added to digital numbers draws dark pixels a little together.
    assert tint == pytest.approx(((red + green + blue) / 3, red - green, blue - green), abs=0.04)


def test_several_patches_tell_what_one_tells() -> None:
    patch = pair_of(camera(scene(), 1), camera(scene(), 2, (1.1, 1.0, 0.9)))
    one = sample(patch)
    assert one is not None
    assert conditions_of([one, one]).tint == pytest.approx(conditions_of([one]).tint, abs=0.01)
    assert calibrate([patch]) == conditions_of([one])


def test_without_pictures_the_day_was_clear_and_the_camera_one() -> None:
    patch = pair_of(camera(scene(), 1), camera(scene(), 2))
    nothing = replace(patch.after, image_valid=np.zeros((SIDE, SIDE), bool))
    assert sample(replace(patch, before=None)) is None
    assert sample(replace(patch, after=nothing)) is None
    assert calibrate([replace(patch, after=nothing)]) == conditions_of([]) == Conditions()


def test_a_shadow_darkens_and_is_not_redder() -> None:
    before, after = scene(), scene()
    for image in (before, after):
        paint(image, (0, 0, SIDE, 60), (150, 148, 146))
    shade(after, [(20, 10), (200, 10), (200, 50), (20, 50)])
    red, blue = calibrate([pair_of(camera(before, 1), camera(after, 2))]).shadow_after
    assert red >= 0.0 >= blue


def test_a_date_has_its_own_grey() -> None:
    conditions = calibrate([pair_of(camera(scene(), 1), camera(scene(), 2, (1.0, 1.0, 0.95)))])
    assert conditions.grey_before[1] - conditions.grey_after[1] == pytest.approx(0.05, abs=0.015)


def test_where_nothing_grey_is_seen_the_usual_grey_stands_in() -> None:
    meadow = np.empty((SIDE, SIDE, 3), np.float32)
    meadow[:] = GRASS
    meadow *= np.random.default_rng(3).normal(1.0, 0.1, (SIDE, SIDE, 1)).astype(np.float32)
    conditions = calibrate([pair_of(camera(meadow, 1), camera(meadow, 2))])
    assert conditions.grey_after == Conditions().grey_after


def test_what_took_no_light_gives_no_line_of_shadow() -> None:
    one = sample(pair_of(camera(scene(), 1), camera(scene(), 2)))
    assert one is not None
    tint = np.array(conditions_of([one]).tint, np.float32)
    no_darker = replace(one, darker=np.repeat(tint[:, None], 500, axis=1))
    assert conditions_of([no_darker]).shadow_after == Conditions().shadow_after
