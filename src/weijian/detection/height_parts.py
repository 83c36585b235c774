"""Structures that came or went by themselves: new, extended, demolished; and the value that is reported."""

import numpy as np
from shapely import Polygon

from weijian.detection.fields import Field, Mask, dilated
from weijian.detection.height_evidence import beside_structures
from weijian.detection.height_objects import Body, likeness, measure, tunnel_like
from weijian.detection.height_scene import Scene
from weijian.detection.outlines import regularise
from weijian.detection.uncertainty import CLAIMED_SIGMAS, area_sigma_m2, height_sigma_m
from weijian.domain.finding import Change, ChangeType, Method

LIKELY = 0.5
"""Likeness to a building below which a change is not reported."""

_GAP_M = 0.4
"""An addition with less space between leans on a building; nobody passes through less, and blur fills it."""

_SUBORDINATE = 0.5
"""An addition is smaller than this share of its host."""


def change_by_addition(scene: Scene, number: int) -> Change | None:
    """A structure where none stood: leaning on a building that still stands it is an extension, else it is new."""
    core = scene.additions == number
    step, walls = beside_structures(scene.evidence.after, scene.evidence.before, scene.cell)
    body = measure(core, step, scene.evidence.after, scene.buildings == 0, scene.grid, reach_m(scene), walls)
    if body is None:
        return None
    host_m2 = _host_m2(scene, body.mask)
    confidence = likeness(body, archived=False, detached=host_m2 == 0.0)
    low = body.step_m < scene.parameters.min_rise_m or body.spread_m < scene.parameters.min_height_m
    if confidence < LIKELY or low or (host_m2 == 0.0 and tunnel_like(body, scene.cell)):
        return None
    leans = host_m2 > 0.0 and body.area_m2 <= _SUBORDINATE * host_m2
    return reported(scene, ChangeType.EXTENDED if leans else ChangeType.NEW, body.mask, core, step, confidence)


def change_by_removal(scene: Scene, number: int) -> Change | None:
    """An unarchived structure that is gone, alone or from beside a building that stays: demolished."""
    core = scene.removals == number
    body, step = body_gone(scene, core, ~scene.archived | (scene.buildings == 0))
    if body is None:
        return None
    beside = (
        dilated(body.mask, _GAP_M + scene.cell, scene.cell) & scene.evidence.after.structure & (scene.buildings > 0)
    )
    alone = not beside.any()
    confidence = likeness(body, archived=False, detached=alone)
    if confidence < LIKELY or (alone and tunnel_like(body, scene.cell)) or _is_pit(scene, body.mask):
        return None
    return reported(scene, ChangeType.DEMOLISHED, body.mask, core, -step, confidence)


def body_gone(scene: Scene, core: Mask, limit: Mask) -> tuple[Body | None, Field]:
    """What stood before over a core of loss, and by how much it stood out against what is there now."""
    step, walls = beside_structures(scene.evidence.before, scene.evidence.after, scene.cell)
    return measure(core, step, scene.evidence.before, limit, scene.grid, reach_m(scene), walls), step


def reach_m(scene: Scene) -> float:
    """How far walls may lie outside a core of certain change."""
    return scene.evidence.tolerance_m + 0.5


def reported(
    scene: Scene,
    kind: ChangeType,
    mask: Mask,
    core: Mask,
    step: Field,
    confidence: float,
    after_outline: Polygon | None = None,
) -> Change | None:
    """The value reported; None when it is smaller than what is asked for, or than its own uncertainty."""
    outline = regularise(mask, scene.grid)
    if outline is None or outline.area < scene.parameters.min_area_m2:
        return None
    area_sigma = area_sigma_m2(scene.noise, scene.cell, float(outline.length))
    height_change = float(np.nanmedian(step[core]))
    height_sigma = height_sigma_m(scene.noise, step[core])
    as_high = kind is not ChangeType.REBUILT and abs(height_change) < CLAIMED_SIGMAS * height_sigma
    if as_high or outline.area < CLAIMED_SIGMAS * area_sigma:
        return None
    return Change(
        change_type=kind,
        outline=outline,
        area_m2=float(outline.area),
        area_sigma_m2=area_sigma,
        height_change_m=height_change,
        height_sigma_m=height_sigma,
        height_m=max(0.0, float(np.nanmedian(scene.evidence.after.height[core]))),
        confidence=confidence,
        method=Method.HEIGHT,
        after_outline=after_outline,
    )


def _is_pit(scene: Scene, gone: Mask) -> bool:
    """Whether what is gone stood no higher than its surroundings: ground that was dug away, not a building."""
    surface = scene.evidence.before.height + scene.evidence.ground
    around = dilated(gone, 3.0, scene.cell) & ~dilated(gone, 1.0, scene.cell) & np.isfinite(surface)
    if not around.any():
        return False
    stood = float(np.nanmedian(surface[gone])) - float(np.median(surface[around]))
    return stood < scene.parameters.min_height_m / 2


def _host_m2(scene: Scene, mask: Mask) -> float:
    """Area of the largest building, standing at both dates, that an addition leans on; 0 when it stands alone."""
    near = dilated(mask, _GAP_M + scene.cell, scene.cell)
    contact_m = np.bincount(scene.buildings[near], minlength=len(scene.host_m2)) * scene.cell
    # A corner that touches is no support: a metre of wall is.
    return float(np.max(scene.host_m2, where=contact_m >= 1.0, initial=0.0))
