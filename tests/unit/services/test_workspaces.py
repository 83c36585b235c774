from pathlib import Path

import pytest

from weijian.cadastre.errors import CrsUnknown
from weijian.domain.errors import CrsUnusable, TargetExists
from weijian.domain.job import finish
from weijian.services.settings import change_settings
from weijian.services.workspaces import new_workspace, verify_workspace
from weijian.storage.workspace import open_workspace


def test_a_new_workspace_is_whole_and_knows_its_bureau(empty: Path) -> None:
    assert finish(verify_workspace(empty)) == []
    assert change_settings(empty, []).value["bureau"] == "样例区综合行政执法局"
    with open_workspace(empty) as workspace:
        assert workspace.crs.to_epsg() == 4549


def test_a_workspace_is_never_made_over_another(empty: Path) -> None:
    with pytest.raises(TargetExists):
        new_workspace(empty, name="村", crs="EPSG:4549")


@pytest.mark.parametrize("crs", ["", "EPSG:1", "CGCS 2000 三度带", "PROJCS[", "{}"])
def test_a_crs_nobody_knows(tmp_path: Path, crs: str) -> None:
    with pytest.raises(CrsUnknown, match="EPSG:4549"):
        new_workspace(tmp_path / "村", name="村", crs=crs)
    assert list(tmp_path.iterdir()) == []


def test_degrees_are_no_crs_of_a_workspace(tmp_path: Path) -> None:
    with pytest.raises(CrsUnusable):
        new_workspace(tmp_path / "度", name="村", crs="EPSG:4490")
    assert list(tmp_path.iterdir()) == []
