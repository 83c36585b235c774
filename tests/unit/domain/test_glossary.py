from datetime import date

import pytest
from shapely import box

from weijian.domain.building import Building
from weijian.domain.grid_cell import GridCell
from weijian.domain.household import Household
from weijian.domain.parcel import Parcel
from weijian.domain.party import Party, PartyKind
from weijian.domain.service_of_process import SERVICE_NAMES, ServiceManner
from weijian.domain.site_reuse import MU_M2, REUSE_NAMES, ReuseKind, SiteReuse


def test_a_published_decision_masks_persons_only() -> None:
    assert Party(PartyKind.PERSON, "样例甲").published_name == "样某某"
    assert Party(PartyKind.ORGANISATION, "样例建材有限公司").published_name == "样例建材有限公司"


def test_names_of_persons_do_not_reach_a_log_by_repr() -> None:
    assert "样例甲" not in repr(Party(PartyKind.PERSON, "样例甲"))
    assert "样例乙" not in repr(GridCell("W01", box(0, 0, 1, 1), "样例乙"))
    for value in (
        Household("H1", holder="样例丙"),
        Parcel("P1", box(0, 0, 1, 1), holder="样例丙"),
        Building("B1", box(0, 0, 1, 1), holder="样例丙"),
    ):
        assert "样例丙" not in repr(value)


def test_areas_are_reported_in_mu() -> None:
    reuse = SiteReuse("2025案0001", ReuseKind.FARMED, 1000.0, date(2025, 12, 1))
    assert reuse.area_mu == pytest.approx(1.5)
    assert pytest.approx(10_000) == 15 * MU_M2  # a hectare is fifteen mu


def test_every_kind_has_its_chinese_name() -> None:
    assert set(SERVICE_NAMES) == set(ServiceManner)
    assert set(REUSE_NAMES) == set(ReuseKind)
