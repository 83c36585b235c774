import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyogrio
import pytest

from helpers.stores import on_a_file
from unit.services.made import finding
from weijian.domain.errors import EndingUnknown, TargetUnwritable
from weijian.domain.job import finish
from weijian.domain.layer_kind import LayerKind
from weijian.services.findings import export_findings
from weijian.services.layer_export import LayerExport, export_layer
from weijian.services.safeguards import TargetIsInput

Keep = Callable[..., Path]


@pytest.mark.parametrize("name", ["图斑.gpkg", "图斑.GEOJSON"])
def test_findings_leave_the_workspace(keep: Keep, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    assert finish(export_findings(keep(finding(1), finding(2)), path)) == path
    if path.suffix == ".gpkg":
        assert list(pyogrio.read_dataframe(path, layer="findings").finding_no) == [
            finding(n).finding_no for n in (1, 2)
        ]
    else:
        first = json.loads(path.read_text(encoding="utf-8"))["features"][0]
        assert first["properties"]["finding_no"] == finding(1).finding_no


def test_no_findings_are_a_file_too(flown: Path, tmp_path: Path) -> None:
    assert len(pyogrio.read_dataframe(finish(export_findings(flown, tmp_path / "f.gpkg")))) == 0


def test_where_findings_cannot_go(keep: Keep, tmp_path: Path) -> None:
    folder = keep(finding(1))
    with pytest.raises(EndingUnknown):
        finish(export_findings(folder, tmp_path / "f.shp"))
    with pytest.raises(TargetUnwritable):
        finish(export_findings(folder, tmp_path / "none" / "f.gpkg"))
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]


@on_a_file
def test_findings_do_not_go_over_the_workspace(keep: Keep) -> None:
    folder = keep(finding(1))
    with pytest.raises(TargetIsInput):
        finish(export_findings(folder, folder / "workspace.gpkg"))


@pytest.mark.parametrize("name", ["f.gpkg", "f.geojson"])
def test_the_layer_of_findings_is_the_same_file(keep, tmp_path: Path, name: str) -> None:
    folder = keep(finding(1), finding(2))
    first, second = tmp_path / name, tmp_path / f"layer_{name}"
    finish(export_findings(folder, first))
    finish(export_layer(LayerExport(folder, LayerKind.FINDINGS, second), on=date(2025, 11, 2)))
    one, other = (pyogrio.read_dataframe(path) for path in (first, second))
    assert one.equals(other)
    assert "review" not in other.columns
