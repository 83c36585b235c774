"""What happened to a building that stood before: demolished, rebuilt, raised, or nothing."""

from dataclasses import dataclass

import numpy as np

from weijian.detection.fields import Mask, closed, connected, dilated, distance_m, eroded, opened, pieces
from weijian.detection.height_objects import WALL_SHARE, likeness, measure
from weijian.detection.height_parts import LIKELY, body_gone, reach_m, reported
from weijian.detection.height_scene import Labels, Scene
from weijian.detection.outlines import regularise
from weijian.domain.finding import Change, ChangeType

_WHOLE = 0.75
"""Share of a roof that has risen from which on the whole storey is new."""

_COMPLETE = 0.93
"""Share of a roof that has risen from which on the building's own outline is the better one."""

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


@dataclass(frozen=True)
class Outcome:
    """What happened to a building, and the numbers of the additions and removals that are part of that."""

    change: Change | None = None
    additions: frozenset[int] = frozenset()
    removals: frozenset[int] = frozenset()


def change_of_building(scene: Scene, number: int) -> Outcome:
    """What happened to a building that stood before.

    Parameters
    ----------
    scene : Scene
        Around the building with a few metres of margin.
    number : int
        Its number in ``scene.buildings``.
    """
    building = scene.buildings == number
    least = 0.5 * scene.parameters.min_area_m2
    risen, gone, sunk, inner = _parts(scene, building)
    whole = scene.area_m2(inner)
    areas = [scene.area_m2(part) for part in (risen, gone, sunk)]
    risen_share, gone_share, sunk_share = (area / whole for area in areas)
    mixed = sum(area >= least for area in areas) >= 2
    if (mixed and sum(areas) >= _REBUILT_SHARE * whole) or sunk_share >= _REBUILT_SHARE:
        return _rebuilt(scene, building, risen if areas[0] >= max(areas[1:]) else inner)
    # What is gone of unarchived buildings is judged as removals: in the surface they hang together with others.
    if _mostly(scene.archived, building) and areas[1] >= 0.3 * scene.parameters.min_area_m2:
        return _demolished(scene, building, gone, gone_share)
    if sunk_share >= 0.2 and areas[2] >= 2 * scene.parameters.min_area_m2:
        return _demolished(scene, building, sunk, sunk_share)
    if areas[0] < least:
        return Outcome()
    if risen_share >= _WHOLE and _is_another(scene, building, risen):
        return _rebuilt(scene, building, risen)
    return _raised(scene, building, risen, risen_share)


def _parts(scene: Scene, building: Mask) -> tuple[Mask, Mask, Mask, Mask]:
    """Where a building has risen, is gone to the ground, has sunk; and its certain inside."""
    parameters, cell = scene.parameters, scene.cell
    inner = eroded(building, scene.evidence.tolerance_m / 2, cell)
    inner = inner if inner.any() else building
    width = parameters.min_width_m / 2
    after = scene.evidence.after.height
    risen = opened(scene.gained & inner & (scene.evidence.change >= parameters.min_raise_m), width, cell)
    gone = scene.lost & inner & (after <= parameters.rubble_m)
    sunk = opened(scene.lost & inner & (after > parameters.rubble_m), width, cell)
    if scene.one_survey and scene.area_m2(sunk) < _WHOLE * scene.area_m2(inner):
        # The archive knows one height a building; a lower wing is no change.
        sunk = np.zeros_like(sunk)
    return risen, gone, sunk, inner


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


def _rebuilt(scene: Scene, building: Mask, core: Mask) -> Outcome:
    """Old and new footprint together, with the additions under the new roof and the removals beside the old."""
    evidence = scene.evidence
    footprint = _new_footprint(scene, building, core)
    level = float(np.nanmedian(evidence.after.height[core]))
    additions, removals = set(), set()
    old = building
    for number, removal in _nearby(scene, scene.removals, building):
        removals.add(number)
        body, _ = body_gone(scene, removal, (scene.buildings == 0) | building | removal)
        old = old | (removal if body is None else body.mask)
    for number, addition in _nearby(scene, scene.additions, building):
        same = abs(float(np.median(evidence.after.height[addition])) - level) <= _SAME_ROOF_M
        if same or (footprint & addition).sum() >= 0.5 * addition.sum():
            additions.add(number)
            footprint = footprint | addition
    body = measure(core, evidence.after.height, evidence.after, footprint | building, scene.grid, 1.0)
    confidence = LIKELY if body is None else likeness(body, archived=True, detached=False)
    if confidence < LIKELY:
        return Outcome()
    mask = closed(old | footprint, 0.8, scene.cell)
    stands = regularise(footprint, scene.grid)
    change = reported(scene, ChangeType.REBUILT, mask, core, evidence.change, confidence, stands)
    return Outcome(change, frozenset(additions), frozenset(removals))


def _nearby(scene: Scene, labels: Labels, building: Mask) -> list[tuple[int, Mask]]:
    """The labelled pieces that touch a building but for the tolerance."""
    found = ((number, labels == number) for number in np.unique(labels[labels > 0]).tolist())
    return [(number, piece) for number, piece in found if distance_m(piece, building, scene.cell) <= reach_m(scene)]


def _demolished(scene: Scene, building: Mask, gone: Mask, share: float) -> Outcome:
    archived = _mostly(scene.archived, gone)
    limit = building | ((scene.buildings == 0) & ~scene.archived)
    body, _ = body_gone(scene, gone, limit)
    if body is None:
        return Outcome()
    confidence = likeness(body, archived=archived, detached=False)
    if confidence < LIKELY:
        return Outcome()
    # Half a shed is no shed: what the tolerance hides of a small building is gone as well.
    small = scene.area_m2(building) < 2.5 * scene.parameters.min_area_m2
    mask = building | body.mask if archived and (small or share >= _REBUILT_SHARE) else body.mask
    return Outcome(reported(scene, ChangeType.DEMOLISHED, mask, gone, scene.evidence.change, confidence))


def _raised(scene: Scene, building: Mask, risen: Mask, share: float) -> Outcome:
    evidence = scene.evidence
    if scene.one_survey and scene.area_m2(risen) < _STAIR_HEAD_M2:
        return Outcome()
    near = dilated(building, evidence.tolerance_m / 2, scene.cell)
    body = measure(risen, evidence.change, evidence.after, near, scene.grid, reach_m(scene))
    if body is None:
        return Outcome()
    confidence = likeness(body, archived=_mostly(scene.archived, risen), detached=False)
    if confidence < LIKELY:
        return Outcome()
    mask = building if share >= _COMPLETE else body.mask | _covered_heads(scene, building, body.mask)
    return Outcome(reported(scene, ChangeType.RAISED, mask, risen, evidence.change, confidence))


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


def _mostly(mask: Mask, where: Mask) -> bool:
    return bool(mask[where].mean() >= 0.5)
