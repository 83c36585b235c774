"""What stands against what was permitted, building by building."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shapely import MultiPolygon, Polygon

from weijian.domain.building import Building
from weijian.domain.finding import ChangeType, Finding, ReviewStatus
from weijian.domain.legality import LegalityRules, storeys_of
from weijian.domain.permit import Permit


@dataclass(frozen=True)
class Standing:
    """A building as it stands: the archive's figures, brought forward by what flights found since.

    ``seen_on`` is the day of the last flight that changed them, None where only the archive speaks.
    """

    footprint_m2: float
    storeys: int | None
    height_m: float | None
    seen_on: date | None = None


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
    """How a building stands after the findings on it that nobody dismissed, the earliest first."""
    told = [f for f in findings if f.building_no == building.building_no and f.review is not ReviewStatus.DISMISSED]
    footprint, storeys, height, seen_on = building.geometry.area, building.storeys, building.height_m, None
    for finding in sorted(told, key=lambda each: each.after_date or date.min):
        seen_on = finding.after_date or seen_on
        if finding.change_type is ChangeType.EXTENDED:
            footprint += finding.area_m2
        elif finding.change_type is ChangeType.REBUILT:
            footprint = finding.structure_area_m2
        elif finding.change_type is ChangeType.DEMOLISHED:
            footprint = max(0.0, footprint - finding.area_m2)
        if finding.change_type in (ChangeType.RAISED, ChangeType.REBUILT):
            height, storeys = _above_ground(height, finding.height_change_m, rules)
    return Standing(footprint, storeys, height, seen_on)


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
