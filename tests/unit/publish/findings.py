"""Findings that the tests of the web map and the weekly report share."""

from dataclasses import replace
from datetime import date

from unit.publish.made import EXTENSION, HOUSE
from weijian.domain.finding import ChangeType, Finding, Method, PermitStatus, ReviewStatus
from weijian.domain.zone import ZoneKind

EXTENDED = Finding(
    finding_no="T20250506-0001",
    change_type=ChangeType.EXTENDED,
    geometry=EXTENSION,
    area_m2=86.44,
    area_sigma_m2=1.26,
    height_change_m=3.24,
    height_sigma_m=0.21,
    confidence=0.93,
    method=Method.HEIGHT,
    building_no="B0086-1",
    household_no="330127104-0086",
    parcel_no="330127104003JC00086",
    permit_no=None,
    permit_status=PermitStatus.UNPERMITTED,
    excess_area_m2=86.44,
    excess_height_m=None,
    excess_storeys=None,
    zones=(ZoneKind.FREEZE, ZoneKind.FARMLAND),
    before_date=date(2024, 11, 3),
    after_date=date(2025, 5, 6),
    reason="与2024-11-03的地表模型相比新增高度3.2米，超出档案轮廓。",
    review=ReviewStatus.CONFIRMED,
)

DEMOLISHED = replace(
    EXTENDED,
    finding_no="T20250506-0002",
    change_type=ChangeType.DEMOLISHED,
    geometry=HOUSE,
    area_m2=115.5,
    height_change_m=None,
    height_sigma_m=None,
    permit_status=None,
    parcel_no=None,
    zones=(),
    reason="<script>document.title='broken'</script> {{ 7*7 }} & \"引号\"",
    review=ReviewStatus.OPEN,
)
