"""Changes of structures from heights: two surveys, or one survey against the archive."""

import numpy as np

from weijian.detection.fields import dilated
from weijian.detection.height_evidence import HALO_M, HeightParameters, gather
from weijian.detection.height_parts import change_by_addition, change_by_removal
from weijian.detection.height_scene import survey_scene
from weijian.detection.height_types import change_of_building
from weijian.detection.patch import Patch
from weijian.detection.segments import Fragment, Segment, cut
from weijian.domain.finding import Change

__all__ = ["HALO_M", "HeightParameters", "describe", "propose"]

_JOIN_M = 0.75
"""Candidates nearer than twice this are described together: a rebuilt house is gained here and lost there."""

_LEAST_SHARE = 0.3
"""Share of the smallest area that must be certain; a small shed loses its rim to the tolerance."""

_MARGIN_M = 6.0
"""Surroundings an object is judged in."""

_DEFAULT = HeightParameters()


def propose(patch: Patch, parameters: HeightParameters = _DEFAULT) -> list[Fragment]:
    """Candidate pieces of change within the patch's core.

    Pure; the answer for a piece of ground does not depend on the tiling when the halo is at least ``HALO_M``.

    Raises
    ------
    ValueError
        The patch has no surface or no ground.
    """
    evidence = gather(patch, parameters)
    certain = evidence.gained | evidence.lost
    weight = certain.astype(np.float32) * np.float32(patch.grid.pixel_area)
    return cut(dilated(certain, _JOIN_M, patch.grid.resolution), weight, patch.tile)


def describe(segment: Segment, patch: Patch, parameters: HeightParameters = _DEFAULT) -> list[Change]:
    """What changed within a segment: nothing, one change, or several.

    Parameters
    ----------
    segment : Segment
        From :func:`propose` and :func:`weijian.detection.segments.merge`; its weight is the certain area in m².
    patch : Patch
        Around the segment's bounds with at least 15 m on each side.
    parameters : HeightParameters
        The same that the segment was proposed with.
    """
    if segment.weight < _LEAST_SHARE * parameters.min_area_m2:
        return []
    scene = survey_scene(patch, segment.polygon, parameters)
    outcomes = [
        change_of_building(scene.crop(window), number)
        for number, window in scene.windows(scene.buildings, _MARGIN_M)
        if number in scene.touched
    ]
    added = frozenset().union(*(outcome.additions for outcome in outcomes))
    removed = frozenset().union(*(outcome.removals for outcome in outcomes))
    changes = [
        *(outcome.change for outcome in outcomes),
        *(
            change_by_addition(scene.crop(window), number)
            for number, window in scene.windows(scene.additions, _MARGIN_M)
            if number not in added
        ),
        *(
            change_by_removal(scene.crop(window), number)
            for number, window in scene.windows(scene.removals, _MARGIN_M)
            if number not in removed
        ),
    ]
    return [change for change in changes if change is not None]
