from pathlib import Path

import pytest
from pyproj import CRS

from weijian.domain.errors import CrsUnusable, TargetExists
from weijian.domain.job import finish
from weijian.services.crs_input import crs_from
from weijian.services.settings import change_settings
from weijian.services.workspaces import new_workspace, verify_workspace
from weijian.storage.workspace import open_workspace


@pytest.mark.parametrize("text", ["EPSG:4549", "epsg:4549", "4549"])
def test_a_crs_by_name(text: str) -> None:
    assert crs_from(text, Path("x")) == CRS.from_epsg(4549)


@pytest.mark.parametrize("text", ["", "EPSG:1", "EPSG:", "CGCS 2000 三度带", "PROJCS[", "{}"])
def test_a_crs_nobody_knows(text: str) -> None:
    with pytest.raises(CrsUnusable) as refusal:
        crs_from(text, Path("村"))
    assert "村" in refusal.value.sentence("zh")


def test_a_new_workspace_is_whole_and_knows_its_bureau(empty: Path) -> None:
    assert finish(verify_workspace(empty)) == []
    assert change_settings(empty, []).value["bureau"] == "样例区综合行政执法局"
    with open_workspace(empty) as workspace:
        assert workspace.crs.to_epsg() == 4549


def test_a_workspace_is_never_made_over_another(empty: Path) -> None:
    with pytest.raises(TargetExists):
        new_workspace(empty, name="村", crs="EPSG:4549")


def test_degrees_are_no_crs_of_a_workspace(tmp_path: Path) -> None:
    with pytest.raises(CrsUnusable):
        new_workspace(tmp_path / "度", name="村", crs="EPSG:4490")
    assert list(tmp_path.iterdir()) == []
