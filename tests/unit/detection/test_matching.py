from dataclasses import replace
from datetime import date

from shapely import box

from weijian.detection.matching import Register, match
from weijian.domain.building import Building
from weijian.domain.finding import Change, ChangeType, Method, PermitStatus
from weijian.domain.legality import LegalityRules
from weijian.domain.parcel import Parcel
from weijian.domain.permit import Permit
from weijian.domain.zone import Zone, ZoneKind

BEFORE, AFTER = date(2024, 4, 16), date(2025, 10, 28)
RULES = LegalityRules()
BUILDING = Building("F1", box(0, 0, 10, 10), household_no="H1", storeys=2, height_m=6.2)
PARCEL = Parcel("ZD1", box(-5, -5, 30, 15), household_no="H1")
SHED = Change(ChangeType.NEW, box(20, 0, 26, 4), 24.0, 1.2, 3.0, 0.15, 3.0, 0.8, Method.HEIGHT)
STOREY = replace(SHED, change_type=ChangeType.RAISED, outline=box(0.2, 0, 10.2, 10), area_m2=100, height_m=9.3)
LEAN_TO = replace(SHED, change_type=ChangeType.EXTENDED, outline=box(10.4, 0, 13, 6), area_m2=15.6)
REGISTER = Register([BUILDING], [PARCEL], [], [Zone("Z", ZoneKind.FREEZE, box(15, -5, 40, 20))])


def test_each_kind_finds_its_building_household_and_parcel() -> None:
    findings = {f.change_type: f for f in match([SHED, LEAN_TO, STOREY], REGISTER, BEFORE, AFTER, RULES, "T")}
    shed = findings[ChangeType.NEW]
    assert (shed.building_no, shed.household_no, shed.parcel_no) == (None, "H1", "ZD1")
    assert findings[ChangeType.EXTENDED].building_no == "F1"
    assert findings[ChangeType.RAISED].building_no == "F1"
    assert shed.zones == (ZoneKind.FREEZE,)


def test_what_is_not_known_is_null() -> None:
    (finding,) = match(
        [replace(SHED, height_change_m=None, height_sigma_m=None, height_m=None)], Register(), None, None, RULES, "T"
    )
    assert finding.building_no is None
    assert finding.household_no is None
    assert finding.parcel_no is None
    assert finding.permit_no is None
    assert finding.permit_status is PermitStatus.UNKNOWN
    assert finding.height_change_m is None
    assert finding.before_date is None
    assert finding.zones == ()


def test_numbers_do_not_depend_on_the_order_of_work() -> None:
    changes = [SHED, STOREY, LEAN_TO]
    assert match(changes, REGISTER, BEFORE, AFTER, RULES, "T") == match(
        changes[::-1], REGISTER, BEFORE, AFTER, RULES, "T"
    )


def test_the_reason_says_what_was_compared_with_what() -> None:
    permit = Permit("乡字第7号", box(-1, -1, 11, 11), max_storeys=2, max_height_m=7)
    register = replace(REGISTER, permits=[permit])
    findings = {f.change_type: f for f in match([SHED, STOREY], register, BEFORE, AFTER, RULES, "T")}
    assert findings[ChangeType.NEW].reason == (
        "2025-10-28航测与2024-04-16航测对比：新增24.0±1.2 m²，高3.0±0.1 m；未查到许可；位于冻结区。"
    )
    assert findings[ChangeType.RAISED].reason == (
        "2025-10-28航测与2024-04-16航测对比：加层100.0±1.2 m²，加高3.0±0.1 m；档案2层，档案高6.2 m，"
        "实测高9.3 m（约3层）；超出许可乡字第7号：许可2层、实测约3层、超高2.3 m。"
    )


def test_without_a_before_survey_the_archive_is_what_was_compared_with() -> None:
    (finding,) = match([LEAN_TO], REGISTER, None, AFTER, RULES, "T")
    assert finding.reason.startswith("2025-10-28航测与档案轮廓对比：扩建，较档案轮廓超出15.6±1.2 m²，高3.0±0.1 m；")
