from dataclasses import replace
from datetime import date

import pytest
from shapely import box

from weijian.domain.finding import Change, ChangeType, Method, PermitStatus
from weijian.domain.legality import LegalityRules, has_lapsed, judge, newest_issue, storeys_of, zones_touched
from weijian.domain.permit import Permit, PermitKind
from weijian.domain.zone import Zone, ZoneKind

RULES = LegalityRules()
BEFORE, AFTER = date(2024, 4, 16), date(2025, 10, 28)
HOUSE = Change(ChangeType.NEW, box(0, 0, 10, 10), 100, 2, 6.4, 0.2, 6.4, 0.9, Method.HEIGHT)
PERMIT = Permit(
    "乡字第1号", box(-1, -1, 11, 11), PermitKind.RURAL, expires_on=date(2026, 1, 1), max_storeys=2, max_height_m=7
)


def test_without_a_register_nothing_is_claimed() -> None:
    assert judge(HOUSE, None, BEFORE, AFTER, RULES).status is PermitStatus.UNKNOWN


def test_without_a_permit_it_is_unpermitted() -> None:
    elsewhere = replace(PERMIT, geometry=box(8, 0, 20, 10))
    assert judge(HOUSE, [], BEFORE, AFTER, RULES).status is PermitStatus.UNPERMITTED
    assert judge(HOUSE, [elsewhere], BEFORE, AFTER, RULES).status is PermitStatus.UNPERMITTED


def test_a_demolition_needs_no_permit() -> None:
    gone = replace(HOUSE, change_type=ChangeType.DEMOLISHED, height_change_m=-6.4, height_m=0.0)
    assert judge(gone, [PERMIT], BEFORE, AFTER, RULES).status is None


def test_within_the_permit() -> None:
    judgement = judge(HOUSE, [PERMIT], BEFORE, AFTER, RULES)
    assert judgement.status is PermitStatus.PERMITTED
    assert (judgement.excess_area_m2, judgement.excess_height_m, judgement.excess_storeys) == (None, None, None)


def test_a_larger_footprint_exceeds() -> None:
    judgement = judge(HOUSE, [replace(PERMIT, geometry=box(0, 0, 10, 6))], BEFORE, AFTER, RULES)
    assert judgement.status is PermitStatus.EXCEEDS_PERMIT
    assert judgement.excess_area_m2 == pytest.approx(40)


@pytest.mark.parametrize(
    ("change_type", "status"),
    [
        (ChangeType.NEW, PermitStatus.EXCEEDS_PERMIT),
        (ChangeType.REBUILT, PermitStatus.EXCEEDS_PERMIT),
        (ChangeType.EXTENDED, PermitStatus.PERMITTED),  # the part says nothing of the whole building's footprint
        (ChangeType.RAISED, PermitStatus.PERMITTED),
    ],
)
def test_a_footprint_larger_than_the_permitted_square_metres_exceeds(
    change_type: ChangeType, status: PermitStatus
) -> None:
    judgement = judge(
        replace(HOUSE, change_type=change_type), [replace(PERMIT, max_footprint_m2=80.0)], BEFORE, AFTER, RULES
    )
    assert judgement.status is status
    assert judgement.excess_area_m2 == (20.0 if status is PermitStatus.EXCEEDS_PERMIT else None)


@pytest.mark.parametrize("sigma", [2, 25])
def test_an_excess_below_its_uncertainty_is_not_claimed(sigma: float) -> None:
    judgement = judge(
        replace(HOUSE, area_sigma_m2=sigma), [replace(PERMIT, geometry=box(0, 0, 10, 6))], BEFORE, AFTER, RULES
    )
    assert (judgement.excess_area_m2 is None) == (sigma == 25)


def test_a_storey_too_many_exceeds() -> None:
    judgement = judge(replace(HOUSE, height_m=9.8), [PERMIT], BEFORE, AFTER, RULES)
    assert judgement.status is PermitStatus.EXCEEDS_PERMIT
    assert judgement.excess_height_m == pytest.approx(2.8)
    assert judgement.excess_storeys == 1


def test_a_high_ground_floor_is_no_storey_too_many_while_the_height_is_kept() -> None:
    tall = replace(PERMIT, max_storeys=1, max_height_m=7)
    assert judge(HOUSE, [tall], BEFORE, AFTER, RULES).status is PermitStatus.PERMITTED


def test_a_rebuilt_house_is_judged_by_what_stands_now() -> None:
    rebuilt = replace(HOUSE, change_type=ChangeType.REBUILT, outline=box(0, 0, 20, 10), after_outline=box(0, 0, 10, 10))
    assert judge(rebuilt, [PERMIT], BEFORE, AFTER, RULES).status is PermitStatus.PERMITTED


@pytest.mark.parametrize(
    ("kind", "expires", "lapsed"),
    [
        (PermitKind.RURAL, date(2024, 4, 15), True),
        (PermitKind.RURAL, date(2024, 4, 16), False),
        (PermitKind.RURAL, date(2025, 1, 1), False),
        (PermitKind.TEMPORARY, date(2025, 10, 27), True),
        (PermitKind.TEMPORARY, date(2025, 10, 28), False),
        (PermitKind.WORKS, None, False),
    ],
)
def test_a_temporary_permit_must_still_hold_at_the_later_date(kind: PermitKind, expires: date, lapsed: bool) -> None:
    assert has_lapsed(replace(PERMIT, kind=kind, expires_on=expires), BEFORE, AFTER) is lapsed


def test_a_valid_permit_is_preferred_to_a_lapsed_one() -> None:
    lapsed = replace(PERMIT, permit_no="乡字第0号", geometry=box(-5, -5, 15, 15), expires_on=date(2020, 1, 1))
    assert judge(HOUSE, [lapsed], BEFORE, AFTER, RULES).status is PermitStatus.EXPIRED
    assert judge(HOUSE, [lapsed, PERMIT], BEFORE, AFTER, RULES).permit == PERMIT


def test_storeys() -> None:
    assert [storeys_of(h, RULES) for h in (2.6, 3.3, 6.4, 9.2, 12.4)] == [1, 1, 2, 3, 4]


def test_zones_are_told_once_and_in_order() -> None:
    zones = [
        Zone("Z1", ZoneKind.FARMLAND, box(5, 0, 50, 50)),
        Zone("Z2", ZoneKind.FREEZE, box(0, 0, 50, 50)),
        Zone("Z3", ZoneKind.FARMLAND, box(0, 5, 50, 50)),
        Zone("Z4", ZoneKind.RIVER, box(9.95, 0, 50, 50)),
    ]
    assert zones_touched(HOUSE.outline, zones, RULES) == (ZoneKind.FREEZE, ZoneKind.FARMLAND)


def test_a_register_is_at_least_as_late_as_its_newest_permit() -> None:
    permits = [replace(PERMIT, issued_on=day) for day in (date(2023, 5, 1), None, date(2024, 9, 9), date(2024, 1, 1))]
    assert newest_issue(permits) == date(2024, 9, 9)
    assert newest_issue(permits[1:2]) is None
    assert newest_issue([]) is None
