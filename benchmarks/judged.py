"""Findings beside the truth: which are true, and how far their figures are off."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
from scenes import Scene
from score import overlaps, pair_up, read_layer

from weijian import bootstrap
from weijian.detection.confidence import Calibration, Comparison
from weijian.domain.finding import ChangeType, Method
from weijian.domain.job import finish
from weijian.services.detect_files import DetectionFiles, DetectionOptions, detect_files


@dataclass(frozen=True)
class Judged:
    """One finding and what the truth says of it; errors are found less true, None where false or not known."""

    scene: str
    comparison: Comparison
    change_type: ChangeType
    confidence: float
    true: bool
    area_error_m2: float | None
    area_sigma_m2: float
    height_error_m: float | None
    height_sigma_m: float | None


def comparisons_of(scene: Scene) -> tuple[Comparison, ...]:
    """The ways to compare that a scene's files allow."""
    if scene.before is None:
        return (Comparison.ARCHIVE,) if scene.has_heights else ()
    heights = (Comparison.HEIGHT, Comparison.ARCHIVE) if scene.has_heights else ()
    return (*heights, Comparison.SPECTRAL, Comparison.OPEN)


def judged(
    scenes: Iterable[Scene], wanted: Iterable[Comparison], folder: Path, calibration: Calibration | None
) -> Iterator[Judged]:
    """Detect on each scene in each wanted way and judge what is found; findings already in ``folder`` serve again."""
    for scene in scenes:
        for comparison in wanted:
            if comparison in comparisons_of(scene):
                out = folder / f"{scene.name}_{comparison}.gpkg"
                if not out.exists():
                    _detect(scene, comparison, out, calibration)
                yield from _judge(scene, comparison, out)


def _detect(scene: Scene, comparison: Comparison, out: Path, calibration: Calibration | None) -> None:
    if comparison is Comparison.ARCHIVE:
        scene = scene.without_before()
    if comparison is Comparison.SPECTRAL:
        scene = scene.without_heights()
    if comparison is Comparison.OPEN:
        scene = scene.without_heights().without_archive()
    files = DetectionFiles(scene.before, scene.after, scene.before_dsm, scene.after_dsm, scene.register)
    method = Method.SPECTRAL if comparison in (Comparison.SPECTRAL, Comparison.OPEN) else Method.HEIGHT
    options = DetectionOptions(bootstrap.start().legality, method=method, out=out, calibration=calibration)
    finish(detect_files(files, options))


def _judge(scene: Scene, comparison: Comparison, out: Path) -> Iterator[Judged]:
    truth, found = read_layer(scene.truth, "truth"), read_layer(out, "findings")
    found = found.to_crs(truth.crs) if len(found) else found
    pairs = {column: row for row, column in pair_up(overlaps(truth.geometry.to_numpy(), found.geometry.to_numpy()))}
    for column in range(len(found)):
        row = found.iloc[column]
        other = truth.iloc[pairs[column]] if column in pairs else None
        yield Judged(
            scene.name,
            comparison,
            ChangeType(row.change_type),
            float(row.confidence),
            other is not None,
            None if other is None else float(row.geometry.area - other.geometry.area),
            float(row.area_sigma_m2),
            _difference(row, other),
            _number(row, "height_sigma_m"),
        )


def _difference(row: "gpd.GeoSeries", other: "gpd.GeoSeries | None") -> float | None:
    if other is None or other.change_type != row.change_type:
        return None
    found, true = _number(row, "height_change_m"), _number(other, "height_change_m")
    return None if found is None or true is None else found - true


def _number(row: "gpd.GeoSeries", name: str) -> float | None:
    value = row.get(name)
    return None if value is None or value != value else float(value)
