"""Changes of structures from heights: two surveys, or one survey against the archive."""

from collections.abc import Iterator

import cv2
import numpy as np
import rasterio.features
import shapely
from shapely import Polygon

from weijian.detection.height_evidence import (
    HALO_M,
    Evidence,
    HeightParameters,
    Mask,
    closed,
    dilated,
    eroded,
    gather,
    opened,
)
from weijian.detection.height_objects import Body, likeness, measure
from weijian.detection.outlines import regularise
from weijian.detection.patch import Patch
from weijian.detection.segments import Fragment, Segment, cut
from weijian.domain.finding import Change, ChangeType, Method

__all__ = ["HALO_M", "HeightParameters", "describe", "propose"]

_JOIN_M = 0.75
"""Candidates nearer than twice this are described together: a rebuilt house is gained here and lost there."""

_ATTACHED_M = 0.55
"""An addition nearer than this to a standing building leans on it."""

_SUBORDINATE = 0.5
"""An addition is smaller than this share of its host."""

_WHOLE = 0.75
"""Share of a roof that has risen from which on the whole storey is new."""

_REBUILT_RISE_M = 4.5
"""One storey is about 3 m; a roof that rose by half a storey more than that is another building."""

_LIKELY = 0.5


def propose(patch: Patch, parameters: HeightParameters = HeightParameters()) -> list[Fragment]:
    """Candidate pieces of change within the patch's core.

    The answer depends on the core only, whatever the tiling, when the halo is at least ``HALO_M``.

    Raises
    ------
    ValueError
        The patch has no surface or no ground.
    """
    evidence = gather(patch, parameters)
    cell = patch.grid.resolution
    changed = dilated(evidence.gained | evidence.lost, _JOIN_M, cell)
    weight = (evidence.gained | evidence.lost).astype(np.float32) * np.float32(cell**2)
    return cut(changed, weight, patch.tile)


def describe(segment: Segment, patch: Patch, parameters: HeightParameters = HeightParameters()) -> list[Change]:
    """What changed within a segment: nothing, one change, or several.

    Parameters
    ----------
    segment : Segment
        From :func:`propose` and :func:`weijian.detection.segments.merge`.
    patch : Patch
        Around the segment's bounds with at least 15 m on each side.
    parameters : HeightParameters
        The same that the segment was proposed with.
    """
    if segment.weight < 0.3 * parameters.min_area_m2:
        return []
    evidence = gather(patch, parameters)
    within = rasterio.features.rasterize([segment.polygon], patch.grid.shape, transform=patch.grid.transform) > 0
    return list(_Scene(patch, evidence, within, parameters).changes())


class _Scene:
    """The buildings around one segment and what happened to them."""

    def __init__(self, patch: Patch, evidence: Evidence, within: Mask, parameters: HeightParameters) -> None:
        self.patch = patch
        self.grid = patch.grid
        self.cell = patch.grid.resolution
        self.evidence = evidence
        self.parameters = parameters
        self.gained = evidence.gained & within
        self.lost = evidence.lost & within
        self.archived, self.buildings = self._old_buildings()
        self.any_building = np.logical_or.reduce(self.buildings) if self.buildings else np.zeros(self.grid.shape, bool)

    def changes(self) -> Iterator[Change]:
        """Changes of the old buildings first, then what stands where nothing stood."""
        apart = self.gained & ~dilated(self.any_building, self.evidence.tolerance_m / 2, self.cell)
        additions = [piece for piece in _pieces(opened(apart, self.parameters.min_width_m / 2, self.cell))]
        additions = [piece for piece in additions if piece.sum() * self.cell**2 >= 0.3 * self.parameters.min_area_m2]
        used: set[int] = set()
        for building in self.buildings:
            change = self._change_of(building, additions, used)
            if change is not None:
                yield change
        for number, addition in enumerate(additions):
            if number not in used:
                change = self._addition(addition)
                if change is not None:
                    yield change

    def _old_buildings(self) -> tuple[Mask, list[Mask]]:
        """Archived ground, and one mask for each building that stood: archived ones, then unarchived ones."""
        archived = np.zeros(self.grid.shape, bool)
        touched = dilated(self.gained | self.lost, self.evidence.tolerance_m + 1.0, self.cell)
        buildings = []
        for footprint in self.patch.footprints:
            inside = (
                rasterio.features.rasterize([footprint.outline], self.grid.shape, transform=self.grid.transform) > 0
            )
            archived |= inside
            stood = inside & (self.evidence.before >= self.parameters.min_height_m)
            if (stood & touched).any() and stood.sum() >= 0.4 * inside.sum():
                buildings.append(stood)
        rest = opened(self.evidence.stood & ~dilated(archived, 1.0, self.cell), 0.8, self.cell)
        for piece in _pieces(rest):
            if (piece & touched).any() and piece.sum() * self.cell**2 >= self.parameters.min_area_m2:
                buildings.append(piece)
        return archived, buildings

    def _change_of(self, building: Mask, additions: list[Mask], used: set[int]) -> Change | None:
        """What happened to one old building."""
        reach = self.evidence.tolerance_m
        inner = eroded(building, reach / 2, self.cell)
        area = max(1, int(inner.sum()))
        risen = opened(self.gained & inner, self.parameters.min_width_m / 2, self.cell)
        step = self.evidence.after - self.evidence.before
        risen &= closed(risen & (step >= self.parameters.min_raise_m), 0.5, self.cell)
        gone = self.lost & dilated(building, reach / 2, self.cell)
        risen_share, gone_share = risen.sum() / area, gone.sum() / area
        gone_m2, risen_m2 = gone.sum() * self.cell**2, risen.sum() * self.cell**2
        if gone_m2 >= 0.5 * self.parameters.min_area_m2 and risen_m2 >= 0.5 * self.parameters.min_area_m2:
            if risen_share + gone_share >= 0.6:
                return self._rebuilt(building, risen, additions, used)
        if gone_share >= 0.5 or gone_m2 >= self.parameters.min_area_m2:
            return self._demolished(building, gone, gone_share)
        if risen_m2 < 0.5 * self.parameters.min_area_m2:
            return None
        if risen_share >= _WHOLE and self._is_rebuilt(building, risen, additions):
            return self._rebuilt(building, risen, additions, used)
        return self._raised(building, risen, risen_share)

    def _is_rebuilt(self, building: Mask, risen: Mask, additions: list[Mask]) -> bool:
        """Whether a building whose whole roof has risen is another building: much higher, wider, or of another form."""
        step = (self.evidence.after - self.evidence.before)[risen]
        if float(np.median(step)) >= _REBUILT_RISE_M:
            return True
        top = float(np.median(self.evidence.after[risen]))
        for addition in additions:
            if self._gap(addition, building) <= self.evidence.tolerance_m + 0.5:
                if abs(float(np.median(self.evidence.after[addition])) - top) <= 1.2:
                    return True
        return False

    def _gap(self, addition: Mask, building: Mask) -> float:
        """Ground distance between two masks in metres."""
        away = cv2.distanceTransform((~building).astype(np.uint8), cv2.DIST_L2, 5)
        return float(away[addition].min()) * self.cell

    def _rebuilt(self, building: Mask, risen: Mask, additions: list[Mask], used: set[int]) -> Change | None:
        """Old and new footprint together."""
        whole = building.copy()
        for number, addition in enumerate(additions):
            if self._gap(addition, building) <= self.evidence.tolerance_m + 0.5:
                used.add(number)
                body = measure(addition, self.evidence, self.grid, standing=True)
                if body is not None:
                    whole |= body.mask
        step = self.evidence.after - self.evidence.before
        return self._change(
            ChangeType.REBUILT, closed(whole, 0.8, self.cell), risen, step, self._confidence(risen, True)
        )

    def _demolished(self, building: Mask, gone: Mask, share: float) -> Change | None:
        body = measure(gone, self.evidence, self.grid, standing=False)
        if body is None:
            return None
        archived = self._is_archived(gone)
        confidence = likeness(body, archived=archived, vegetation_known=self._seen(), detached=True)
        if confidence < _LIKELY:
            return None
        mask = body.mask | building if share >= 0.6 else body.mask
        step = self.evidence.after - self.evidence.before
        return self._change(ChangeType.DEMOLISHED, mask, gone, step, confidence)

    def _raised(self, building: Mask, risen: Mask, share: float) -> Change | None:
        if self.patch.before is None and self._stair_head(risen):
            return None
        body = measure(risen, self.evidence, self.grid, standing=True)
        if body is None:
            return None
        confidence = likeness(body, archived=self._is_archived(risen), vegetation_known=self._seen(), detached=False)
        if confidence < _LIKELY:
            return None
        step = self.evidence.after - self.evidence.before
        near = dilated(building, self.evidence.tolerance_m / 2, self.cell)
        mask = building if share >= _WHOLE else (body.mask & near)
        return self._change(ChangeType.RAISED, mask, risen, step, confidence)

    def _stair_head(self, risen: Mask) -> bool:
        """Whether a rise over the archived height is only a stair head or lift house, which archives leave out."""
        return float(risen.sum()) * self.cell**2 < 16.0

    def _addition(self, addition: Mask) -> Change | None:
        """A structure where none stood: leaning on a building it is an extension, else new."""
        body = measure(addition, self.evidence, self.grid, standing=True)
        if body is None:
            return None
        host_m2 = self._host_m2(body)
        attached = host_m2 > 0
        confidence = likeness(body, archived=False, vegetation_known=self._seen(), detached=not attached)
        if confidence < _LIKELY or body.height_m < self.parameters.min_height_m:
            return None
        kind = ChangeType.EXTENDED if attached and body.area_m2 <= _SUBORDINATE * host_m2 else ChangeType.NEW
        step = self.evidence.after - np.where(self.evidence.stood, self.evidence.before, 0)
        return self._change(kind, body.mask, addition, step, confidence)

    def _host_m2(self, body: Body) -> float:
        """Area of the largest building, standing at both dates, that an addition leans on; 0 when it stands alone."""
        hosts = [0.0]
        near = dilated(body.mask, _ATTACHED_M, self.cell)
        for building in self.buildings:
            stays = building & (self.evidence.after >= self.parameters.min_height_m)
            if stays.sum() >= 0.6 * building.sum() and (near & building).sum() * self.cell >= 1.0 * self.cell:
                hosts.append(float(building.sum()) * self.cell**2)
        return max(hosts)

    def _is_archived(self, mask: Mask) -> bool:
        return bool(self.archived[mask].mean() >= 0.5)

    def _seen(self) -> bool:
        return self.patch.after.image is not None

    def _confidence(self, core: Mask, archived: bool) -> float:
        if not core.any():
            return _LIKELY
        body = measure(core, self.evidence, self.grid, standing=True)
        if body is None:
            return _LIKELY
        return likeness(body, archived=archived, vegetation_known=self._seen(), detached=False)

    def _change(self, kind: ChangeType, mask: Mask, core: Mask, step: np.ndarray, confidence: float) -> Change | None:
        """The value reported; None when it is smaller than what is asked for."""
        outline: Polygon | None = regularise(mask, self.grid)
        if outline is None or outline.area < self.parameters.min_area_m2:
            return None
        noise = self.patch.noise
        edge = float(np.hypot(noise.registration_m, self.cell / np.sqrt(12.0)))
        change = float(np.median(step[core])) if core.any() else float(np.median(step[mask]))
        height = float(np.nanmedian(self.evidence.after[core if core.any() else mask]))
        return Change(
            change_type=kind,
            outline=outline,
            area_m2=float(outline.area),
            area_sigma_m2=float(edge * shapely.length(outline) / np.sqrt(8.0)),
            height_change_m=change,
            height_sigma_m=float(noise.height_m or 0.3),
            height_m=max(0.0, height),
            confidence=confidence,
            method=Method.HEIGHT,
        )


def _pieces(mask: Mask) -> Iterator[Mask]:
    """The connected pieces of a mask."""
    count, labels = cv2.connectedComponents(mask.astype(np.uint8), connectivity=4)
    for number in range(1, count):
        yield labels == number
