from dataclasses import replace
from datetime import date

import pytest

from unit.services.made import AFTER, BEFORE, building, finding
from weijian.domain.against_permit import standing
from weijian.domain.finding import ChangeType, Finding, ReviewStatus
from weijian.domain.legality import LegalityRules

RULES = LegalityRules()
HOUSE = building(1, storeys=2, height_m=6.0)
LATER, LAST = date(2026, 3, 1), date(2026, 9, 1)


def changed(kind: ChangeType, number: int = 1, **others: object) -> Finding:
    usual = finding(number, change_type=kind, building_no="B1", area_m2=20.0, area_sigma_m2=3.0, height_change_m=3.0)
    return replace(usual, **others)


def test_without_findings_the_archive_speaks() -> None:
    stands = standing(HOUSE, [changed(ChangeType.RAISED, building_no="B2")], RULES)
    assert (stands.footprint_m2, stands.storeys, stands.height_m, stands.seen_on) == (120.0, 2, 6.0, None)
    assert stands.footprint_sigma_m2 is stands.height_sigma_m is None


def test_changes_that_follow_each_other_add_up_with_their_uncertainty() -> None:
    first = changed(ChangeType.EXTENDED)
    second = changed(ChangeType.EXTENDED, 2, before_date=AFTER, after_date=LATER, area_sigma_m2=4.0)
    stands = standing(HOUSE, [second, first], RULES)
    assert (stands.footprint_m2, stands.footprint_sigma_m2, stands.seen_on) == (160.0, 5.0, LATER)


@pytest.mark.parametrize("before", [BEFORE, None])
def test_what_two_comparisons_found_of_the_same_time_counts_once(before: date | None) -> None:
    first = changed(ChangeType.RAISED)
    again = changed(ChangeType.RAISED, 2, before_date=before, after_date=LATER, height_change_m=3.4)
    stands = standing(HOUSE, [first, again], RULES)
    assert (stands.height_m, stands.height_sigma_m) == (9.4, pytest.approx(0.1))


def test_of_two_comparisons_up_to_the_same_day_the_longer_one_counts() -> None:
    since_the_archive = changed(ChangeType.RAISED, before_date=None, height_change_m=6.0)
    since_the_last_flight = changed(ChangeType.RAISED, 2)
    assert standing(HOUSE, [since_the_last_flight, since_the_archive], RULES).height_m == 12.0


def test_a_later_change_of_the_footprint_does_not_hide_an_earlier_one_of_the_height() -> None:
    raised = changed(ChangeType.RAISED)
    extended = changed(ChangeType.EXTENDED, 2, after_date=LATER)
    stands = standing(HOUSE, [raised, extended], RULES)
    assert (stands.footprint_m2, stands.height_m, stands.storeys) == (140.0, 9.0, 3)


def test_rebuilt_is_the_new_house_and_demolished_what_is_left_of_it() -> None:
    rebuilt = changed(ChangeType.REBUILT, area_m2=90.0)
    gone = changed(ChangeType.DEMOLISHED, 2, before_date=AFTER, after_date=LAST, area_m2=30.0, area_sigma_m2=4.0)
    stands = standing(HOUSE, [gone, rebuilt], RULES)
    assert (stands.footprint_m2, stands.footprint_sigma_m2, stands.height_m) == (60.0, 5.0, 9.0)


def test_dismissed_findings_change_nothing() -> None:
    assert standing(HOUSE, [changed(ChangeType.RAISED, review=ReviewStatus.DISMISSED)], RULES).height_m == 6.0


def test_a_height_is_not_known_where_the_archive_has_none() -> None:
    stands = standing(replace(HOUSE, height_m=None), [changed(ChangeType.RAISED)], RULES)
    assert (stands.height_m, stands.storeys, stands.height_sigma_m) == (None, None, None)
