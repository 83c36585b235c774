"""What stands against what was permitted, building by building."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import hypot

from shapely import MultiPolygon, Polygon

from weijian.domain.building import Building
from weijian.domain.finding import ChangeType, Finding, ReviewStatus
from weijian.domain.legality import LegalityRules, storeys_of
from weijian.domain.permit import Permit

_OF_FOOTPRINT = (ChangeType.EXTENDED, ChangeType.REBUILT, ChangeType.DEMOLISHED)
_OF_HEIGHT = (ChangeType.RAISED, ChangeType.REBUILT)


@dataclass(frozen=True)
class Standing:
    """A building as it stands: the archive's figures, brought forward by what flights found since.

    ``seen_on`` is the day of the last flight that changed them, None where only the archive speaks. The sigmas (one
    standard deviation) are those of what flights measured, None where nothing was.
    """

    footprint_m2: float
    storeys: int | None
    height_m: float | None
    seen_on: date | None = None
    footprint_sigma_m2: float | None = None
    height_sigma_m: float | None = None


@dataclass(frozen=True)
class Excess:
    """What is above the permit, beyond the bureau's tolerances; None where nothing is."""

    footprint_m2: float | None = None
    storeys: int | None = None
    height_m: float | None = None

    @property
    def is_any(self) -> bool:
        """Whether anything is above the permit."""
        return any(value is not None for value in (self.footprint_m2, self.storeys, self.height_m))


def standing(building: Building, findings: Sequence[Finding], rules: LegalityRules) -> Standing:
    """How a building stands after the findings on it that nobody dismissed.

    What two comparisons found of the same time counts once, as the later one has it.
    """
    told = [f for f in findings if f.building_no == building.building_no and f.review is not ReviewStatus.DISMISSED]
    stands = Standing(
        building.geometry.area,
        building.storeys,
        building.height_m,
        max((finding.after_date for finding in told if finding.after_date is not None), default=None),
    )
    for finding in _one_after_the_other([f for f in told if f.change_type in _OF_FOOTPRINT]):
        stands = _with_footprint(stands, finding)
    for finding in _one_after_the_other([f for f in told if f.change_type in _OF_HEIGHT]):
        stands = _with_height(stands, finding, rules)
    return stands


def _one_after_the_other(findings: Sequence[Finding]) -> list[Finding]:
    """Findings that follow each other in time; of comparisons that overlap, those of the latest."""
    by_period: dict[tuple[date, date], list[Finding]] = {}
    for finding in findings:
        by_period.setdefault((finding.after_date or date.min, finding.before_date or date.min), []).append(finding)
    chain: list[Finding] = []
    begins = date.max
    for after, before in sorted(by_period, key=lambda period: (period[0], -period[1].toordinal()), reverse=True):
        if after <= begins:
            chain = by_period[after, before] + chain
            begins = before
    return chain


def _with_footprint(stands: Standing, finding: Finding) -> Standing:
    sigma = hypot(stands.footprint_sigma_m2 or 0.0, finding.area_sigma_m2)
    if finding.change_type is ChangeType.REBUILT:
        return replace(stands, footprint_m2=finding.structure_area_m2, footprint_sigma_m2=finding.area_sigma_m2)
    change = finding.area_m2 if finding.change_type is ChangeType.EXTENDED else -finding.area_m2
    return replace(stands, footprint_m2=max(0.0, stands.footprint_m2 + change), footprint_sigma_m2=sigma)


def _with_height(stands: Standing, finding: Finding, rules: LegalityRules) -> Standing:
    height, storeys = _above_ground(stands.height_m, finding.height_change_m, rules)
    known = height is not None and finding.height_sigma_m is not None
    sigma = hypot(stands.height_sigma_m or 0.0, finding.height_sigma_m or 0.0) if known else None
    return replace(stands, height_m=height, storeys=storeys, height_sigma_m=sigma)


def permit_of(footprint: Polygon | MultiPolygon, permits: Sequence[Permit], rules: LegalityRules) -> Permit | None:
    """The permit that covers most of a building, and enough of it; None when there is none."""
    covers = [(footprint.intersection(permit.geometry).area / footprint.area, permit) for permit in permits]
    enough = [(share, permit) for share, permit in covers if share >= rules.least_cover]
    if not enough:
        return None
    return max(enough, key=lambda each: (each[0], each[1].issued_on or date.min, each[1].permit_no))[1]


def excess_of(stands: Standing, permit: Permit, rules: LegalityRules) -> Excess:
    """What of a building is above its permit. Limits that the permit does not state allow anything."""
    footprint = _above(stands.footprint_m2, permit.max_footprint_m2)
    if footprint is not None:
        tolerance = max(rules.area_tolerance_m2, rules.area_tolerance_share * stands.footprint_m2)
        footprint = round(footprint, 1) if footprint > tolerance else None
    height = _above(stands.height_m, permit.max_height_m)
    height = round(height, 1) if height is not None and height > rules.height_tolerance_m else None
    storeys = _above(stands.storeys, permit.max_storeys)
    return Excess(footprint, None if storeys is None else round(storeys), height)


def _above_ground(
    before_m: float | None, change_m: float | None, rules: LegalityRules
) -> tuple[float | None, int | None]:
    """Height and storeys after a change; not known where either figure is not."""
    if before_m is None or change_m is None:
        return None, None
    return before_m + change_m, storeys_of(before_m + change_m, rules)


def _above(value: float | None, limit: float | None) -> float | None:
    return value - limit if value is not None and limit is not None and value > limit else None
