"""What happened: the type of a change and the value that is reported."""

import numpy as np

from weijian.detection.fields import Field, Mask, closed, connected, dilated, distance_m, eroded, opened, pieces
from weijian.detection.height_evidence import beside_structures
from weijian.detection.height_objects import WALL_SHARE, likeness, measure, tunnel_like
from weijian.detection.height_scene import Scene
from weijian.detection.outlines import regularise
from weijian.domain.finding import Change, ChangeType, Method

LIKELY = 0.5
"""Likeness to a building below which a change is not reported."""

_GAP_M = 0.4
"""An addition with less space between leans on a building; nobody passes through less, and blur fills it."""

_SUBORDINATE = 0.5
"""An addition is smaller than this share of its host."""

_WHOLE = 0.75
"""Share of a roof that has risen from which on the whole storey is new."""

_REBUILT_SHARE = 0.6
"""Share of a building that must have changed for it to be another building."""

_REBUILT_RISE_M = 4.5
"""One storey is about 3 m; a roof that rose by half a storey more than that is another building."""

_SAME_ROOF_M = 1.2
"""Parts whose heights differ by less are under one roof."""

_WIDER_SHARE = 0.06
"""A building that grew by this share of its footprint under the same roof is another building."""

_STAIR_HEAD_M2 = 16.0
"""Stair heads and lift houses are smaller; archives leave them out of a building's height."""


def change_of_building(scene: Scene, number: int) -> tuple[Change | None, set[int]]:
    """What happened to a building that stood before, and the additions that are part of it.

    Parameters
    ----------
    scene : Scene
        Around the building with a few metres of margin.
    number : int
        Its number in ``scene.buildings``.
    """
    building = scene.buildings == number
    parameters, cell = scene.parameters, scene.cell
    inner = eroded(building, scene.evidence.tolerance_m / 2, cell)
    inner = inner if inner.any() else building
    width = parameters.min_width_m / 2
    change, after = scene.evidence.change, scene.evidence.after.height
    risen = opened(scene.gained & inner & (change >= parameters.min_raise_m), width, cell)
    gone = scene.lost & inner & (after <= parameters.rubble_m)
    sunk = opened(scene.lost & inner & (after > parameters.rubble_m), width, cell)
    if scene.one_survey and scene.area_m2(sunk) < _WHOLE * scene.area_m2(inner):
        sunk[:] = False  # the archive knows one height a building; a lower wing is no change
    whole = scene.area_m2(inner)
    parts = [scene.area_m2(part) for part in (risen, gone, sunk)]
    risen_share, gone_share, sunk_share = (part / whole for part in parts)
    least = 0.5 * parameters.min_area_m2
    mixed = sum(part >= least for part in parts) >= 2
    if (mixed and risen_share + gone_share + sunk_share >= _REBUILT_SHARE) or sunk_share >= _REBUILT_SHARE:
        return _rebuilt(scene, building, risen if parts[0] >= max(parts[1:]) else inner)
    if gone_share >= 0.5 or parts[1] >= parameters.min_area_m2:
        return _demolished(scene, building, gone, gone_share), set()
    if sunk_share >= 0.2 and parts[2] >= 2 * parameters.min_area_m2:
        return _demolished(scene, building, sunk, sunk_share), set()
    if parts[0] < least:
        return None, set()
    if risen_share >= _WHOLE and _is_another(scene, building, risen):
        return _rebuilt(scene, building, risen)
    return _raised(scene, building, risen, risen_share), set()


def change_by_addition(scene: Scene, number: int) -> Change | None:
    """A structure where none stood: leaning on a building that still stands it is an extension, else it is new."""
    core = scene.additions == number
    step, walls = beside_structures(scene.evidence, scene.cell)
    reach = scene.evidence.tolerance_m + 0.5
    body = measure(core, step, scene.evidence.after, scene.buildings == 0, scene.grid, reach, walls)
    if body is None:
        return None
    host_m2 = _host_m2(scene, body.mask)
    confidence = likeness(body, archived=False, detached=host_m2 == 0.0)
    low = body.step_m < scene.parameters.min_rise_m or body.spread_m < scene.parameters.min_height_m
    if confidence < LIKELY or low or (host_m2 == 0.0 and tunnel_like(body, scene.cell)):
        return None
    leans = host_m2 > 0.0 and body.area_m2 <= _SUBORDINATE * host_m2
    return _change(scene, ChangeType.EXTENDED if leans else ChangeType.NEW, body.mask, core, step, confidence)


def _is_another(scene: Scene, building: Mask, risen: Mask) -> bool:
    """Whether a building whose whole roof has risen is another one: much higher, or wider under the same roof."""
    if float(np.median(scene.evidence.change[risen])) >= _REBUILT_RISE_M:
        return True
    beyond = _new_footprint(scene, building, risen) & ~dilated(building, scene.evidence.tolerance_m * 0.6, scene.cell)
    beyond = opened(beyond, 0.3, scene.cell)
    return scene.area_m2(beyond) >= _WIDER_SHARE * scene.area_m2(building)


def _new_footprint(scene: Scene, building: Mask, top: Mask) -> Mask:
    """Where the roof over ``top`` stands now, on and around a building, out to its walls."""
    after = scene.evidence.after.height
    level = float(np.nanmedian(after[top]))
    free = (scene.buildings == 0) | building
    roof = (after >= WALL_SHARE * level) & (after <= level + 3.0) & free & ~scene.evidence.after.crowns
    roof = opened(roof, 0.4, scene.cell)
    return connected(roof & dilated(building, 4.0, scene.cell), building)


def _rebuilt(scene: Scene, building: Mask, core: Mask) -> tuple[Change | None, set[int]]:
    """Old and new footprint together, with the additions that lie under the new roof or lean on it."""
    evidence = scene.evidence
    footprint = _new_footprint(scene, building, core)
    level = float(np.nanmedian(evidence.after.height[core]))
    used = set()
    for number in np.unique(scene.additions[scene.additions > 0]).tolist():
        addition = scene.additions == number
        near = distance_m(addition, building, scene.cell) <= evidence.tolerance_m + 0.5
        same = abs(float(np.median(evidence.after.height[addition])) - level) <= _SAME_ROOF_M
        if near and (same or (footprint & addition).sum() >= 0.5 * addition.sum()):
            used.add(number)
            footprint = footprint | addition
    body = measure(core, evidence.after.height, evidence.after, footprint | building, scene.grid, 1.0)
    confidence = LIKELY if body is None else likeness(body, archived=True, detached=False)
    if confidence < LIKELY:
        return None, set()
    mask = closed(building | footprint, 0.8, scene.cell)
    return _change(scene, ChangeType.REBUILT, mask, core, evidence.change, confidence), used


def _demolished(scene: Scene, building: Mask, gone: Mask, share: float) -> Change | None:
    evidence = scene.evidence
    limit = (scene.buildings == 0) | building
    body = measure(gone, -evidence.change, evidence.before, limit, scene.grid, evidence.tolerance_m + 0.5)
    if body is None:
        return None
    archived = _mostly(scene.archived, gone)
    confidence = likeness(body, archived=archived, detached=not archived)
    if confidence < LIKELY or (not archived and (tunnel_like(body, scene.cell) or _is_pit(scene, body.mask))):
        return None
    mask = building if share >= _REBUILT_SHARE else body.mask
    return _change(scene, ChangeType.DEMOLISHED, mask, gone, evidence.change, confidence)


def _is_pit(scene: Scene, gone: Mask) -> bool:
    """Whether what is gone stood no higher than its surroundings: ground that was dug away, not a building."""
    surface = scene.evidence.before.height + scene.evidence.ground
    around = dilated(gone, 3.0, scene.cell) & ~dilated(gone, 1.0, scene.cell) & np.isfinite(surface)
    if not around.any():
        return False
    stood = float(np.nanmedian(surface[gone])) - float(np.median(surface[around]))
    return stood < scene.parameters.min_height_m / 2


def _raised(scene: Scene, building: Mask, risen: Mask, share: float) -> Change | None:
    evidence = scene.evidence
    if scene.one_survey and scene.area_m2(risen) < _STAIR_HEAD_M2:
        return None
    near = dilated(building, evidence.tolerance_m / 2, scene.cell)
    body = measure(risen, evidence.change, evidence.after, near, scene.grid, evidence.tolerance_m + 0.5)
    if body is None:
        return None
    confidence = likeness(body, archived=_mostly(scene.archived, risen), detached=False)
    if confidence < LIKELY:
        return None
    mask = building if share >= 0.93 else body.mask | _covered_heads(scene, building, body.mask)
    return _change(scene, ChangeType.RAISED, mask, risen, evidence.change, confidence)


def _covered_heads(scene: Scene, building: Mask, risen: Mask) -> Mask:
    """Stair heads that stood as high as the new storey and are now under its roof: no rise, yet part of it."""
    after = scene.evidence.after.height
    level = float(np.median(after[risen]))
    flush = building & ~risen & (np.abs(after - level) <= _SAME_ROOF_M)
    covered = np.zeros_like(risen)
    for piece in pieces(opened(flush, 0.6, scene.cell)):
        beside = (dilated(piece, 2 * scene.cell, scene.cell) & risen).any()
        if beside and scene.area_m2(piece) <= _STAIR_HEAD_M2:
            covered |= piece
    return closed(covered | risen, 0.8, scene.cell) & building


def _host_m2(scene: Scene, mask: Mask) -> float:
    """Area of the largest building, standing at both dates, that an addition leans on; 0 when it stands alone."""
    near = dilated(mask, _GAP_M + scene.cell, scene.cell)
    contact_m = np.bincount(scene.buildings[near], minlength=len(scene.host_m2)) * scene.cell
    # A corner that touches is no support: a metre of wall is.
    return float(np.max(scene.host_m2, where=contact_m >= 1.0, initial=0.0))


def _mostly(mask: Mask, where: Mask) -> bool:
    return bool(mask[where].mean() >= 0.5)


def _change(scene: Scene, kind: ChangeType, mask: Mask, core: Mask, step: Field, confidence: float) -> Change | None:
    """The value reported; None when it is smaller than what is asked for."""
    outline = regularise(mask, scene.grid)
    if outline is None or outline.area < scene.parameters.min_area_m2:
        return None
    noise = scene.noise
    # Each wall is uncertain by the registration and by where within a pixel it lies; walls err independently.
    wall = float(np.hypot(noise.registration_m, scene.cell / np.sqrt(12.0)))
    return Change(
        change_type=kind,
        outline=outline,
        area_m2=float(outline.area),
        area_sigma_m2=wall * float(outline.length) / np.sqrt(8.0),
        height_change_m=float(np.nanmedian(step[core])),
        height_sigma_m=noise.height_m if noise.height_m is not None else 0.3,
        height_m=max(0.0, float(np.nanmedian(scene.evidence.after.height[core]))),
        confidence=confidence,
        method=Method.HEIGHT,
    )
