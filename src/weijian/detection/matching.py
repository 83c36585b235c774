"""Changes matched with the archive, the parcels, the permits and the zones: findings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, Protocol, TypeVar

from shapely import MultiPolygon, Polygon, STRtree

from weijian.detection.reasons import reason_for
from weijian.domain.building import Building
from weijian.domain.finding import Change, ChangeType, Finding
from weijian.domain.legality import LegalityRules, judge, newest_issue, zones_touched
from weijian.domain.parcel import Parcel
from weijian.domain.permit import Permit
from weijian.domain.zone import Zone

ATTACHED_M = 0.8
"""An extension belongs to the archived building that lies within this distance; covers digitising noise."""

LEAST_PARCEL_SHARE = 0.2
"""A finding lies on a parcel when at least this share of it does."""


class _Placed(Protocol):
    @property
    def geometry(self) -> Polygon | MultiPolygon: ...


T = TypeVar("T", bound=_Placed)


class PlacedIndex(Generic[T]):
    """Values with a geometry, found by where they are."""

    def __init__(self, values: Sequence[T]) -> None:
        self._values = values
        self._tree = STRtree([v.geometry for v in values])

    def near(self, outline: Polygon | MultiPolygon, distance: float = 0.0) -> list[T]:
        """Those within ``distance`` of the outline, in the order they were given."""
        return [self._values[i] for i in sorted(self._tree.query(outline, predicate="dwithin", distance=distance))]

    def best(self, outline: Polygon | MultiPolygon, margin: float = 0.0, least_share: float = 0.0) -> T | None:
        """The one that shares most ground with the outline grown by ``margin``; None when none shares enough."""
        grown = outline.buffer(margin, join_style="mitre") if margin else outline
        shares = [(grown.intersection(v.geometry).area, v) for v in self.near(outline, margin)]
        enough = [(area, v) for area, v in shares if area > least_share * outline.area]
        return max(enough, key=lambda s: s[0])[1] if enough else None


@dataclass(frozen=True)
class Register:
    """What findings are matched with. ``permits`` is None when no permit register was given."""

    buildings: Sequence[Building] = ()
    parcels: Sequence[Parcel] = ()
    permits: Sequence[Permit] | None = None
    zones: Sequence[Zone] = ()


def match(
    changes: Sequence[Change],
    register: Register,
    before_date: date | None,
    after_date: date | None,
    rules: LegalityRules,
    number_prefix: str,
) -> list[Finding]:
    """Give every change its building, household, parcel, permit, zones and reason.

    Where a day is not known, permits are judged by the day the newest of them was issued: the register, and so the
    present, is at least as late.

    Findings are numbered ``{number_prefix}-0001`` onward, north to south and west to east, so that the numbers do not
    depend on the order in which windows were worked.
    """
    buildings, parcels, zones = (
        PlacedIndex(register.buildings),
        PlacedIndex(register.parcels),
        PlacedIndex(register.zones),
    )
    permits = None if register.permits is None else PlacedIndex(register.permits)
    present = newest_issue(register.permits or ())
    findings = []
    ordered = sorted(changes, key=lambda c: (-round(c.outline.bounds[3], 2), round(c.outline.bounds[0], 2)))
    for index, change in enumerate(ordered, start=1):
        building = _building_of(change, buildings)
        parcel = parcels.best(change.outline, least_share=LEAST_PARCEL_SHARE)
        nearby = None if permits is None else permits.near(change.outline)
        judgement = judge(change, nearby, before_date or present, after_date or present, rules)
        kinds = zones_touched(change.outline, zones.near(change.outline), rules)
        household_no = building.household_no if building else None
        findings.append(
            Finding(
                finding_no=f"{number_prefix}-{index:04d}",
                change_type=change.change_type,
                geometry=change.outline,
                area_m2=round(change.area_m2, 2),
                area_sigma_m2=round(change.area_sigma_m2, 2),
                height_change_m=None if change.height_change_m is None else round(change.height_change_m, 2),
                height_sigma_m=None if change.height_sigma_m is None else round(change.height_sigma_m, 2),
                confidence=round(change.confidence, 3),
                method=change.method,
                building_no=building.building_no if building else None,
                household_no=household_no or (parcel.household_no if parcel else None),
                parcel_no=parcel.parcel_no if parcel else (building.parcel_no if building else None),
                permit_no=judgement.permit.permit_no if judgement.permit else None,
                permit_status=judgement.status,
                excess_area_m2=judgement.excess_area_m2,
                excess_height_m=judgement.excess_height_m,
                excess_storeys=judgement.excess_storeys,
                zones=kinds,
                before_date=before_date,
                after_date=after_date,
                after_outline=change.after_outline,
                reason=reason_for(change, building, judgement, kinds, before_date, after_date, rules),
            )
        )
    return findings


def _building_of(change: Change, buildings: PlacedIndex[Building]) -> Building | None:
    """The archived building a change is of; a new building has none."""
    if change.change_type is ChangeType.NEW:
        return None
    if change.change_type is ChangeType.EXTENDED:
        return buildings.best(change.outline, margin=ATTACHED_M)
    return buildings.best(change.outline, least_share=0.1)
