from datetime import date

from shapely import box

from weijian.domain.building import Building
from weijian.domain.case import Case
from weijian.domain.change_set import ChangeSet, Part
from weijian.domain.stage import Stage
from weijian.storage.workspace import Workspace


def test_a_transaction_tells_what_it_changed(workspace: Workspace) -> None:
    with workspace.transaction("甲", "test") as work:
        assert work.changes == ChangeSet()
        work.numbers.next_number("案", 2025)  # the store's own affair
        assert work.changes == ChangeSet()
        work.buildings.upsert_many([Building("B1", box(0, 0, 10, 10))])
        work.cases.add(Case("1", Stage.LEAD, date(2025, 1, 1)))
        assert work.changes == ChangeSet(frozenset({Part.BUILDINGS, Part.CASES}))
        assert work.changes.touches(Part.CASES, Part.LEADS)
        assert not work.changes.touches(Part.FINDINGS)
    with workspace.transaction("甲", "test") as work:
        work.buildings.upsert_many([Building("B1", box(0, 0, 10, 10))])  # as it is kept
        assert work.changes == ChangeSet()
