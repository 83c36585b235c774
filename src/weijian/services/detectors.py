"""Which method looks for changes, set for the surveys at hand."""

import os
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from weijian.detection import height, spectral, spectral_open
from weijian.detection.model import ModelDetector
from weijian.detection.model_session import ModelRunner, read_card
from weijian.detection.spectral_alone import HALO_M, StandingDetector, seen_twice
from weijian.detection.spectral_calibration import Sample, conditions_of, sample
from weijian.detection.spectral_radiometry import Conditions
from weijian.domain.errors import InputError
from weijian.domain.finding import Method
from weijian.domain.grid import Tile
from weijian.domain.job import Job, Progress
from weijian.domain.parallel import Crew, aside, in_order
from weijian.services.learned import archive_trees, open_trees
from weijian.services.patches import PatchSource, samples
from weijian.services.prepare import Prepared
from weijian.services.profile import Profile
from weijian.services.window_work import Detector

CALIBRATION_SIDE = 3
"""Light and camera are measured on at most 3 x 3 windows: each gives ten thousands of pixels to a mode."""


class ModelMissing(InputError):
    """The model method was asked for without a model, or a model was given to another method."""

    zh = "--method model 与 --model 要一起用；请用 --model 指定模型文件（.onnx）。"
    en = "--method model and --model go together; name the model file (.onnx) with --model."


class NoShadows(InputError):
    """One image was to be compared with the archive, and nothing in it tells height."""

    zh = (
        "影像 {path} 中看不出与档案房屋高度相符的阴影（阴天、没有高度的档案或位置不符），仅凭一期影像无法判断；"
        "请补充该期 DSM（--after-dsm）或前期影像（--before）。"
    )
    en = (
        "No shadows that fit the archived heights are seen in {path} (an overcast day, an archive without heights or "
        "out of place), so one image alone tells nothing; add its surface model (--after-dsm) or an earlier image "
        "(--before)."
    )


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
    method: Method, least: Least, prepared: Prepared, runner: ModelRunner | None, crew: Crew, profile: Profile
) -> Job[Detector]:
    """The method, set for this survey."""
    if method is Method.HEIGHT:
        parameters = height.HeightParameters(min_area_m2=least.area_m2, min_height_m=least.height_m)
        propose = partial(height.propose, parameters=parameters)
        return Detector(propose, partial(height.describe, parameters=parameters), height.HALO_M)
    if runner is not None and runner.card.knows_presence:
        by_model = ModelDetector(runner, least.area_m2)
        return Detector(by_model.propose, by_model.describe, by_model.halo_m)
    conditions = yield from _conditions(prepared, crew, profile)
    if prepared.source.before is None and runner is None:
        if conditions.sun is None:
            image = prepared.source.after.image
            raise NoShadows(path="" if image is None else image.path)
        standing = StandingDetector(conditions, least.area_m2)
        return Detector(standing.propose, standing.describe, HALO_M)
    if runner is not None:
        by_model = ModelDetector(runner, least.area_m2, conditions)
        return Detector(by_model.propose, by_model.describe, by_model.halo_m)
    if prepared.source.footprints.empty:
        in_the_open = spectral_open.OpenDetector(open_trees(), conditions, least.area_m2)
        return Detector(in_the_open.propose, in_the_open.describe, spectral_open.HALO_M)
    by_image = spectral.SpectralDetector(archive_trees(), conditions, least.area_m2)
    return Detector(by_image.propose, by_image.describe)


def _conditions(prepared: Prepared, crew: Crew, profile: Profile) -> Job[Conditions]:
    """How the two surveys were lit and taken, or the one."""
    source = prepared.source
    tiles = samples(source.grid, prepared.reach, CALIBRATION_SIDE)
    found = []
    yield Progress("calibrate", 0, len(tiles))
    with profile.stage("calibrate"), closing(in_order(partial(_sample, source), tiles, crew)) as steps:
        for step in steps:
            if step is not None:
                found.append(step[1])
            yield Progress("calibrate", len(found), len(tiles))
        told = [one for one in found if one is not None]
        return (yield from aside("calibrate", partial(conditions_of, told), crew))


def _sample(source: PatchSource, tile: Tile) -> Sample | None:
    patch = source.patch(tile)
    return sample(patch if source.before is not None else seen_twice(patch))
