"""Values for the storage tests."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import shapely

from weijian.domain.building import Building
from weijian.domain.case import Case
from weijian.domain.finding import ChangeType, Finding, Method, PermitStatus
from weijian.domain.stage import Stage
from weijian.domain.survey import Survey
from weijian.domain.zone import ZoneKind

EAST, NORTH = 512_000.0, 3_215_000.0


def square(column: int, row: int = 0, side: float = 10.0) -> shapely.Polygon:
    return shapely.box(EAST + 20 * column, NORTH + 20 * row, EAST + 20 * column + side, NORTH + 20 * row + side)


def building(number: int, **others: object) -> Building:
    return replace(Building(f"F{number:04d}", square(number), storeys=2, built_on=date(2019, 5, 1)), **others)


def survey(day: int = 1, ortho: Path = Path("/flights/dom.tif")) -> Survey:
    return Survey(0, f"第{day}期", date(2026, 3, day), ortho, None, "EPSG:4549", 0.05, 8000, 6000)


def finding(number: int, **others: object) -> Finding:
    usual = Finding(
        finding_no=f"TB2026-{number:04d}",
        change_type=ChangeType.EXTENDED,
        geometry=square(number),
        area_m2=100.0,
        area_sigma_m2=2.5,
        height_change_m=3.1,
        height_sigma_m=0.2,
        confidence=0.93,
        method=Method.HEIGHT,
        building_no="F0001",
        household_no="H0001",
        parcel_no=None,
        permit_no=None,
        permit_status=PermitStatus.UNPERMITTED,
        excess_area_m2=100.0,
        excess_height_m=None,
        excess_storeys=None,
        zones=(ZoneKind.FREEZE, ZoneKind.RIVER),
        before_date=date(2025, 11, 2),
        after_date=date(2026, 3, 1),
        reason="与建筑档案相比扩建。",
    )
    return replace(usual, **others)


def case(number: int = 1, **others: object) -> Case:
    usual = Case(
        f"AJ2026-{number:04d}", Stage.LEAD, date(2026, 3, 5), place="石桥村 12 号", party="张某", ordered_area_m2=96.4
    )
    return replace(usual, **others)
