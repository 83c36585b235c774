import pickle
from dataclasses import replace
from datetime import date

import pytest
import shapely
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from unit.storage.made import EAST, NORTH, building, square
from weijian.domain.building import Building
from weijian.domain.errors import DuplicateNumber, EditConflict, NotFound
from weijian.domain.household import Household
from weijian.domain.lead import Lead, LeadSource
from weijian.domain.parcel import Parcel
from weijian.domain.permit import Permit, PermitKind
from weijian.domain.zone import Zone, ZoneKind
from weijian.storage.repositories.register import UpsertCount
from weijian.storage.workspace import Workspace

VALUES = {
    "households": Household("H1", "李某", "石桥村 1 号", "石桥村", None),
    "parcels": Parcel("330483001001JC00001", square(1), "H1", None, None, 120.5),
    "buildings": building(1, height_m=6.5, use="住宅", structure="砖混"),
    "permits": Permit("P1", square(2), PermitKind.TEMPORARY, None, date(2020, 1, 1), date(2022, 1, 1), 2, 7.0, 80.0),
    "zones": Zone("Z1", ZoneKind.FARMLAND, shapely.MultiPolygon([square(3), square(5)]), "一号田"),
    "leads": Lead("X1", LeadSource.COMPLAINT, date(2026, 3, 2), None, "H1", "村口", "电话举报"),
}


@pytest.mark.parametrize("name", VALUES)
def test_every_kind_of_value_comes_back(workspace: Workspace, name: str) -> None:
    value = VALUES[name]
    with workspace.transaction("王", "import") as work:
        assert getattr(work, name).upsert_many([value]) == UpsertCount(added=1)
    with workspace.read() as work:
        assert getattr(work, name).all() == [value]


def test_an_import_adds_updates_and_leaves(workspace: Workspace) -> None:
    with workspace.transaction("王", "import") as work:
        work.buildings.upsert_many(building(n) for n in range(1200))
    changed = [building(n, storeys=3) if n < 7 else building(n) for n in range(1201)]
    with workspace.transaction("王", "import") as work:
        assert work.buildings.upsert_many(changed) == UpsertCount(added=1, updated=7, unchanged=1193)
    with workspace.read() as work:
        assert work.buildings.all() == changed
        assert work.buildings.get("F0003").storeys == 3


def test_a_moved_outline_is_found_where_it_is_now(workspace: Workspace) -> None:
    with workspace.transaction("王", "import") as work:
        work.buildings.upsert_many([building(1)])
    with workspace.transaction("王", "import") as work:
        work.buildings.upsert_many([replace(building(1), geometry=square(50))])
        assert [b.building_no for b in work.buildings.within(square(50).bounds)] == ["F0001"]
        assert work.buildings.within(square(1).bounds) == []


def test_the_same_outline_in_another_form_is_no_change(workspace: Workspace) -> None:
    lifted = shapely.MultiPolygon([shapely.force_3d(square(1), 12.0)])
    with workspace.transaction("王", "import") as work:
        work.buildings.upsert_many([building(1)])
        assert work.buildings.upsert_many([building(1, geometry=lifted)]) == UpsertCount(unchanged=1)


def test_a_number_that_comes_twice_is_refused(workspace: Workspace) -> None:
    with (
        pytest.raises(DuplicateNumber, match=r"building F0001 comes more than once"),
        workspace.transaction("王", "import") as work,
    ):
        work.buildings.upsert_many([building(1), building(2), building(1)])
    with workspace.read() as work:
        assert work.buildings.all() == []


def test_a_number_that_is_not_there(workspace: Workspace) -> None:
    with workspace.read() as work, pytest.raises(NotFound) as caught:
        work.permits.get("没有")
    assert caught.value.sentence("zh") == "工作区中没有许可 没有；请检查编号。"


def test_an_edit_is_kept_when_nobody_else_was_there(workspace: Workspace) -> None:
    read = Household("H1", "李某", "1 号")
    with workspace.transaction("王", "import") as work:
        work.households.upsert_many([read, Household("H2")])
    with workspace.transaction("王", "edit-household") as work:
        work.households.edit(replace(read, address="2 号"), read)
    with workspace.read() as work:
        assert work.households.all() == [replace(read, address="2 号"), Household("H2")]


def test_of_two_who_edit_the_same_the_second_sees_both_versions(workspace: Workspace) -> None:
    read = building(1, geometry=shapely.MultiPolygon([square(1)]))
    theirs, mine = building(1, storeys=3), building(1, storeys=4)
    with workspace.transaction("王", "import") as work:
        work.buildings.upsert_many([read])
    with workspace.transaction("李", "edit-building") as work:
        work.buildings.edit(theirs, read)
    with pytest.raises(EditConflict, match="building F0001") as caught, workspace.transaction("王", "edit") as work:
        work.buildings.edit(mine, read)
    conflict = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - as it comes from a process of its own
    assert (conflict.mine, conflict.theirs) == (mine, theirs)
    assert "storeys" not in str(conflict)
    with workspace.transaction("王", "edit-building") as work:
        work.buildings.edit(mine, theirs)
        assert work.buildings.all() == [mine]


def test_an_edit_of_what_was_removed_meanwhile_is_a_conflict_too(workspace: Workspace) -> None:
    with pytest.raises(EditConflict) as caught, workspace.transaction("王", "edit") as work:
        work.households.edit(Household("H1", "李某"), Household("H1"))
    assert (caught.value.mine, caught.value.theirs) == (Household("H1", "李某"), None)


@profile(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(box=st.tuples(*[st.integers(-30, 230)] * 4))
def test_within_is_what_the_boxes_say(workspace: Workspace, box: tuple[int, int, int, int]) -> None:
    x0, x1 = sorted((EAST + box[0], EAST + box[1]))
    y0, y1 = sorted((NORTH + box[2] / 4, NORTH + box[3] / 4))
    stock = [Building(f"F{c}-{r}", square(c, r)) for c in range(10) for r in range(3)]
    with workspace.transaction("王", "import") as work:
        work.buildings.upsert_many(stock)
        found = {b.building_no for b in work.buildings.within((x0, y0, x1, y1))}
    frame = shapely.box(x0, y0, x1, y1)
    assert found == {b.building_no for b in stock if frame.intersects(shapely.box(*b.geometry.bounds))}
