"""Legality of a change against permits and control zones.

Built without or against a permit: 城乡规划法 64 (towns), 65 (villages), 66 (temporary buildings). The tolerances are
a bureau's own and come from configuration, see :class:`LegalityRules`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shapely import MultiPolygon, Polygon

from weijian.domain.finding import Change, ChangeType, PermitStatus
from weijian.domain.permit import Permit, PermitKind
from weijian.domain.zone import Zone, ZoneKind


@dataclass(frozen=True)
class LegalityRules:
    """A bureau's tolerances.

    Attributes
    ----------
    least_cover : float
        Share of the changed outline a permit must cover to be *the* permit of the change.
    area_tolerance_m2, area_tolerance_share : float
        Ground outside the permitted outline, or above the permitted footprint, below either is not an excess.
    height_tolerance_m : float
        Height above the permitted one below this is not an excess.
    sigmas : float
        How many standard deviations of the measurement an excess must exceed to be claimed.
    storey_height_m : float
        Height of one storey, for counting storeys from a measured height.
    least_zone_overlap_m2 : float
        A zone counts when at least this much of the change lies in it.
    """

    least_cover: float = 0.3
    area_tolerance_m2: float = 2.0
    area_tolerance_share: float = 0.1
    height_tolerance_m: float = 0.5
    sigmas: float = 2.0
    storey_height_m: float = 3.1
    least_zone_overlap_m2: float = 1.0


@dataclass(frozen=True)
class Judgement:
    """How a change stands to the permits; ``status`` is None where none is needed."""

    status: PermitStatus | None
    permit: Permit | None = None
    excess_area_m2: float | None = None
    excess_height_m: float | None = None
    excess_storeys: int | None = None


def judge(
    change: Change,
    permits: Sequence[Permit] | None,
    before_date: date | None,
    after_date: date | None,
    rules: LegalityRules,
) -> Judgement:
    """Judge one change.

    Parameters
    ----------
    change : Change
        As measured, in the CRS of the permits.
    permits : sequence of Permit or None
        Those near the change; None when no permit register was given at all.
    before_date, after_date : date or None
        Between these days the change was made.
    rules : LegalityRules
        Tolerances.
    """
    if change.change_type is ChangeType.DEMOLISHED:
        return Judgement(None)
    if permits is None:
        return Judgement(PermitStatus.UNKNOWN)
    built = change.after_outline or change.outline
    permit = _governing_permit(built, permits, before_date, after_date, rules)
    if permit is None:
        return Judgement(PermitStatus.UNPERMITTED)
    if has_lapsed(permit, before_date, after_date):
        return Judgement(PermitStatus.EXPIRED, permit)
    return _measure_against(change, built, permit, rules)


def has_lapsed(permit: Permit, before_date: date | None, after_date: date | None) -> bool:
    """Whether the permit no longer covers what was built between the two days.

    A works or rural permit had to be valid when building began, at the earliest on ``before_date``; a temporary
    building must be gone when its permit ends (城乡规划法 66), so that ``after_date`` counts.
    """
    if permit.expires_on is None:
        return False
    last_day_needed = after_date if permit.kind is PermitKind.TEMPORARY else before_date
    return last_day_needed is not None and permit.expires_on < last_day_needed


def newest_issue(permits: Sequence[Permit]) -> date | None:
    """Day the newest permit was issued: a register, and so the present, is at least as late."""
    return max((p.issued_on for p in permits if p.issued_on is not None), default=None)


def storeys_of(height_m: float, rules: LegalityRules) -> int:
    """Number of storeys a building of that height has, at least one."""
    return max(1, round(height_m / rules.storey_height_m))


def zones_touched(outline: Polygon | MultiPolygon, zones: Sequence[Zone], rules: LegalityRules) -> tuple[ZoneKind, ...]:
    """Kinds of the zones in which enough of the outline lies, in the glossary's order."""
    kinds = {z.kind for z in zones if outline.intersection(z.geometry).area >= rules.least_zone_overlap_m2}
    return tuple(kind for kind in ZoneKind if kind in kinds)


def _governing_permit(
    built: Polygon | MultiPolygon,
    permits: Sequence[Permit],
    before_date: date | None,
    after_date: date | None,
    rules: LegalityRules,
) -> Permit | None:
    """The permit that covers most of what was built; one still valid is preferred to one that has lapsed."""
    covers = [(built.intersection(p.geometry).area / built.area, p) for p in permits]
    enough = [(share, p) for share, p in covers if share >= rules.least_cover]
    if not enough:
        return None
    return max(enough, key=lambda c: (not has_lapsed(c[1], before_date, after_date), c[0], c[1].permit_no))[1]


def _measure_against(change: Change, built: Polygon | MultiPolygon, permit: Permit, rules: LegalityRules) -> Judgement:
    beyond = max(built.difference(permit.geometry).area, _above_footprint(change, built, permit))
    area_limit = max(
        rules.area_tolerance_m2, rules.area_tolerance_share * built.area, rules.sigmas * change.area_sigma_m2
    )
    excess_area = round(beyond, 1) if beyond > area_limit else None
    excess_height, excess_storeys = _excess_above(change, permit, rules)
    exceeded = excess_area is not None or excess_height is not None or excess_storeys is not None
    status = PermitStatus.EXCEEDS_PERMIT if exceeded else PermitStatus.PERMITTED
    return Judgement(status, permit, excess_area, excess_height, excess_storeys)


def _above_footprint(change: Change, built: Polygon | MultiPolygon, permit: Permit) -> float:
    """Square metres above the permitted footprint; only where the outline is the whole building."""
    whole = change.change_type in (ChangeType.NEW, ChangeType.REBUILT)
    return 0.0 if permit.max_footprint_m2 is None or not whole else built.area - permit.max_footprint_m2


def _excess_above(change: Change, permit: Permit, rules: LegalityRules) -> tuple[float | None, int | None]:
    """Metres and storeys above the permit; storeys are claimed only where the height does not speak against it."""
    if change.height_m is None:
        return None, None
    sigma = change.height_sigma_m or 0.0
    too_high = None
    if permit.max_height_m is not None:
        above = change.height_m - permit.max_height_m
        too_high = round(above, 1) if above > max(rules.height_tolerance_m, rules.sigmas * sigma) else None
    too_many = None
    if permit.max_storeys is not None and (too_high is not None or permit.max_height_m is None):
        certain_height = change.height_m - rules.sigmas * sigma
        too_many = storeys_of(certain_height, rules) - permit.max_storeys
    return too_high, too_many if too_many is not None and too_many > 0 else None
