"""Which method looks for changes, set for the surveys at hand."""

import math
import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from weijian.detection import height, spectral
from weijian.detection.model import ModelDetector
from weijian.detection.model_session import ModelRunner, read_card
from weijian.detection.spectral_radiometry import Conditions, calibrate
from weijian.domain.errors import InputError
from weijian.domain.finding import Method
from weijian.domain.grid import PixelGrid, Tile
from weijian.domain.job import Job
from weijian.domain.parallel import Crew, aside
from weijian.services.patches import PatchSource
from weijian.services.profile import Profile
from weijian.services.window_work import Detector

SAMPLE_PIXELS = 512
SAMPLES_A_SIDE = 4
"""The conditions of a survey are measured on at most 4 x 4 windows spread over it."""


class ModelMissing(InputError):
    """The model method was asked for without a model, or a model was given to another method."""

    zh = "--method model 与 --model 要一起用；请用 --model 指定模型文件（.onnx）。"
    en = "--method model and --model go together; name the model file (.onnx) with --model."


@dataclass(frozen=True)
class Least:
    """The smallest changes that are looked for: ground in m², height in m."""

    area_m2: float
    height_m: float


def model_runner(method: Method | None, model: Path | None, workers: int) -> ModelRunner | None:
    """The model, read, checked and tried before anything else is done; None for the other methods.

    Raises
    ------
    ModelMissing, FileMissing, ModelUnusable
    """
    if (method is Method.MODEL) != (model is not None):
        raise ModelMissing
    if model is None:
        return None
    runner = ModelRunner(read_card(model.absolute()), max(1, (os.cpu_count() or 1) // workers))
    runner.try_out()
    return runner


def detector_for(
    method: Method, least: Least, source: PatchSource, runner: ModelRunner | None, crew: Crew, profile: Profile
) -> Job[Detector]:
    """The method, set for this survey."""
    if method is Method.HEIGHT:
        parameters = height.HeightParameters(min_area_m2=least.area_m2, min_height_m=least.height_m)
        return Detector(partial(height.propose, parameters=parameters), partial(height.describe, parameters=parameters))
    if runner is not None and runner.card.knows_presence:
        by_model = ModelDetector(runner, least.area_m2)
        return Detector(by_model.propose, by_model.describe, by_model.halo_m)
    conditions = yield from _conditions(source, crew, profile)
    if runner is not None:
        by_model = ModelDetector(runner, least.area_m2, conditions)
        return Detector(by_model.propose, by_model.describe, by_model.halo_m)
    by_image = spectral.SpectralDetector(spectral.SpectralRules(least.area_m2), conditions)
    return Detector(by_image.propose, by_image.describe)


def _conditions(source: PatchSource, crew: Crew, profile: Profile) -> Job[Conditions]:
    """How the two surveys were lit and taken."""
    samples = (source.patch(tile) for tile in _samples(source.grid))
    with profile.stage("calibrate"):
        return (yield from aside("calibrate", partial(calibrate, samples), crew))


def _samples(grid: PixelGrid) -> list[Tile]:
    """A few tiles spread evenly over the grid, from which the conditions of the whole survey are measured."""
    rows, columns = (min(SAMPLES_A_SIDE, math.ceil(size / SAMPLE_PIXELS)) for size in grid.shape)
    tops = np.linspace(0, max(0, grid.height - SAMPLE_PIXELS), rows).round().astype(int)
    lefts = np.linspace(0, max(0, grid.width - SAMPLE_PIXELS), columns).round().astype(int)
    high, wide = min(SAMPLE_PIXELS, grid.height), min(SAMPLE_PIXELS, grid.width)
    return [Tile(grid.crop(int(top), int(left), high, wide), 0) for top in tops for left in lefts]
