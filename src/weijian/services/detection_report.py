"""The report of a detection (report.json): what was done, how well, at what cost, what was left out and why."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import weijian
from weijian.detection.model_card import ModelCard
from weijian.domain.finding import Finding
from weijian.imagery.alignment import HandShift
from weijian.services.prepare import Opened, Prepared
from weijian.services.profile import Profile, peak_memory_bytes
from weijian.whole_results import write_file


@dataclass(frozen=True)
class Skipped:
    """Something that was not worked on or not known, and why."""

    what: str
    why: str


def detection_report(
    opened: Opened,
    prepared: Prepared,
    findings: Sequence[Finding],
    skipped: Sequence[Skipped],
    profile: Profile,
    hand: HandShift | None = None,
    model: ModelCard | None = None,
    resumed: tuple[int, int] = (0, 0),
    scheduler: str | None = None,
) -> dict[str, object]:
    """Everything a later reader needs to trust or doubt the findings; plain JSON values.

    Lengths in metres, angles in degrees, tilts in metres per metre, times in seconds. Names of people never go in.
    ``shift_m`` leads from the ground in the later survey to the same ground in the earlier file; ``nudge`` is by how
    much a person (``hand``) moved the earlier survey, so its sign is the opposite.
    ``resumed`` are the windows and candidates that an interrupted run had finished; ``scheduler`` is the address of
    the cluster that did the others.
    """
    grid = prepared.source.grid
    noise = prepared.source.noise
    return {
        "program": f"weijian {weijian.__version__}",
        "method": prepared.method.value,
        "model": _model(model),
        "inputs": {
            name: None if raster is None else str(raster.path)
            for name, raster in (
                ("before", opened.before),
                ("after", opened.after),
                ("before_dsm", opened.before_dsm),
                ("after_dsm", opened.after_dsm),
            )
        },
        "grid": {
            "crs": grid.crs.to_string(),
            "pixel_m": grid.resolution,
            "width": grid.width,
            "height": grid.height,
            "bounds": list(grid.bounds),
        },
        "alignment": _alignment(prepared),
        "nudge": _nudge(hand),
        "levelling": _levelling(prepared),
        "archive_offset_m": [round(prepared.placement.east_m, 3), round(prepared.placement.north_m, 3)],
        "noise": {
            "registration_m": _rounded(noise.registration_m),
            "height_m": _rounded(noise.height_m),
            **_land(prepared),
        },
        "stages": {
            name: {"seconds": _rounded(cost.seconds), "bytes_read": cost.bytes_read}
            for name, cost in profile.stages.items()
        },
        "seconds": _rounded(sum(cost.seconds for cost in profile.stages.values())),
        "peak_memory_bytes": peak_memory_bytes(),
        "scheduler": scheduler,
        "resumed": dict(zip(("windows", "candidates"), resumed, strict=True)),
        "findings": dict(sorted(Counter(f.change_type.value for f in findings).items())),
        "skipped": [{"what": s.what, "why": s.why} for s in skipped],
        "warnings": [{"zh": warning.zh, "en": warning.en} for warning in prepared.warnings],
    }


def write_report(report: dict[str, object], path: Path) -> None:
    """Write the report whole or not at all."""
    write_file(path, json.dumps(report, ensure_ascii=False, indent=1).encode())


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _model(card: ModelCard | None) -> dict[str, object] | None:
    if card is None:
        return None
    return {
        "name": card.name,
        "version": card.version,
        "sha256": card.sha256,
        "task": card.task.value,
        "resolution_m": card.resolution_m,
        "threshold": card.threshold,
    }


def _alignment(prepared: Prepared) -> dict[str, object] | None:
    alignment = prepared.alignment
    if alignment is None:
        return None
    return {
        "shift_m": [round(offset, 3) for offset in alignment.mean_shift],
        "model": alignment.model,
        "residual_rms_m": _rounded(alignment.residual_m),
        "tie_points_kept": alignment.ties_kept,
        "tie_points_rejected": alignment.ties_rejected,
    }


def _land(prepared: Prepared) -> dict[str, object]:
    land = prepared.land
    if land is None:
        return {}
    by_land = {"ground": land.ground, "roof": land.roof, "vegetation": land.vegetation}
    return {"by_land_m": {name: _rounded(noise) for name, noise in by_land.items()}}


def _nudge(hand: HandShift | None) -> dict[str, object] | None:
    if hand is None:
        return None
    return {"east_m": hand.east_m, "north_m": hand.north_m, "turn_deg": hand.turn_deg, "exact": hand.exact}


def _levelling(prepared: Prepared) -> dict[str, object] | None:
    levelling = prepared.levelling
    if levelling is None:
        return None
    return {
        "bias_m": _rounded(levelling.bias_m),
        "tilt_x": levelling.tilt_x,
        "tilt_y": levelling.tilt_y,
        "residual_m": _rounded(levelling.residual_m),
    }
