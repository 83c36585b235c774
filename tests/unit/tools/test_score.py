import importlib.util
import sys
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

PATH = Path(__file__).parents[3] / "tools" / "score.py"
SPEC = importlib.util.spec_from_file_location("score_tool", PATH)
score_tool = importlib.util.module_from_spec(SPEC)
sys.modules["score_tool"] = score_tool
SPEC.loader.exec_module(score_tool)

CRS = "EPSG:4549"


def write(path, layer, rows, crs=CRS):
    columns = [{k: v for k, v in row.items() if k != "geometry"} for row in rows]
    table = gpd.GeoDataFrame(columns, geometry=[row["geometry"] for row in rows], crs=crs)
    table.to_file(path, layer=layer, driver="GPKG")
    return path


@pytest.fixture
def truth(tmp_path):
    return write(
        tmp_path / "truth.gpkg",
        "truth",
        [
            {"truth_id": 1, "change_type": "new", "permit_status": "unpermitted", "geometry": box(0, 0, 10, 10)},
            {"truth_id": 2, "change_type": "raised", "permit_status": "permitted", "geometry": box(20, 0, 30, 10)},
            {"truth_id": 3, "change_type": "demolished", "permit_status": None, "geometry": box(40, 0, 50, 10)},
        ],
    )


def test_perfect_findings(truth, tmp_path):
    findings = write(
        tmp_path / "f.gpkg",
        "findings",
        [
            {"finding_no": "F1", "change_type": "new", "permit_status": "expired", "geometry": box(0, 0, 10, 10)},
            {"finding_no": "F2", "change_type": "raised", "permit_status": "permitted", "geometry": box(20, 0, 30, 10)},
            {"finding_no": "F3", "change_type": "demolished", "permit_status": None, "geometry": box(40, 0, 50, 10)},
        ],
    )
    result = score_tool.score(truth, findings)
    assert result.f1 == 1.0
    assert result.type_accuracy == 1.0
    assert result.permit_accuracy == 1.0
    assert result.false_alarms == ()
    assert result.missed == ()


def test_wrong_type_false_alarm_and_miss(truth, tmp_path):
    findings = write(
        tmp_path / "f.gpkg",
        "findings",
        [
            {"finding_no": "F1", "change_type": "extended", "geometry": box(1, 0, 11, 10)},
            {"finding_no": "F2", "change_type": "raised", "geometry": box(20, 0, 30, 10)},
            {"finding_no": "F3", "change_type": "new", "geometry": box(70, 0, 80, 10)},
        ],
    )
    result = score_tool.score(truth, findings)
    assert result.overall == score_tool.Tally(true=3, found=3, hits=2)
    assert result.type_accuracy == 0.5
    assert result.permit_accuracy is None
    assert result.by_type["raised"].hits == 1
    assert result.by_type["new"].hits == 0
    assert result.false_alarms == (("F3", "new"),)
    assert result.missed == (("3", "demolished", 100.0, 0.0),)


def test_findings_in_another_crs_are_brought_over(tmp_path):
    square = box(500_000, 3_340_000, 500_010, 3_340_010)
    truth = write(tmp_path / "t.gpkg", "truth", [{"truth_id": 1, "change_type": "new", "geometry": square}])
    findings = gpd.GeoDataFrame({"change_type": ["new"]}, geometry=[square], crs=CRS).to_crs(4490)
    findings.to_file(tmp_path / "f.gpkg", layer="findings")
    assert score_tool.score(truth, tmp_path / "f.gpkg").f1 == 1.0


def test_the_pairing_takes_more_pairs_before_more_overlap():
    iou = np.array([[0.9, 0.35], [0.4, 0.0]])
    assert sorted(score_tool.pair_up(iou)) == [(0, 1), (1, 0)]


@given(st.integers(0, 6), st.integers(0, 6), st.integers(0, 999))
def test_pairs_are_one_to_one_and_overlap_enough(rows, cols, seed):
    iou = np.random.default_rng(seed).random((rows, cols))
    pairs = score_tool.pair_up(iou)
    assert len({t for t, _ in pairs}) == len(pairs) == len({f for _, f in pairs})
    assert all(iou[p] >= score_tool.MIN_IOU for p in pairs)


def test_command_line_prints_a_table(truth, tmp_path, capsys):
    findings = write(tmp_path / "f.gpkg", "findings", [{"change_type": "new", "geometry": box(0, 0, 10, 10)}])
    assert score_tool.main([str(truth), str(findings)]) == 0
    out = capsys.readouterr().out
    assert "type accuracy   1.000" in out
    assert out.splitlines()[4].split() == ["all", "3", "1", "1", "1.000", "0.333", "0.500"]


@pytest.mark.parametrize("case", ["missing", "not vector", "no layer", "no field"])
def test_bad_input_is_one_sentence(case, truth, tmp_path, capsys):
    path = tmp_path / "f.gpkg"
    if case == "not vector":
        path.write_bytes(b"nothing of the kind")
    elif case == "no layer":
        write(path, "other", [{"change_type": "new", "geometry": box(0, 0, 1, 1)}])
    elif case == "no field":
        write(path, "findings", [{"kind": "new", "geometry": box(0, 0, 1, 1)}])
    assert score_tool.main([str(truth), str(path)]) == 2
    told = capsys.readouterr().err
    assert told.startswith("score.py: ")
    assert str(path) in told
    assert told.count("\n") == 1
