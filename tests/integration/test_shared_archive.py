"""A bureau's work on a shared archive by command, as on a file, and the archive moved between both."""

from pathlib import Path

import pyogrio
import pytest

from helpers.commands import CommandLine, Outcome
from helpers.stores import StoreAtHand, on_the_server

pytestmark = on_the_server


@pytest.fixture
def workspace(weijian: CommandLine, store: StoreAtHand, tmp_path: Path) -> Path:
    share = tmp_path / "share"
    share.mkdir()
    made = weijian(
        "new", tmp_path / "局", "--crs", "EPSG:4549", "--name", "样例村", *store.options(), "--evidence", share
    )
    assert made.code == 0, made.err
    return tmp_path / "局"


def test_from_the_survey_to_the_papers(weijian: CommandLine, workspace: Path, sample: Path, tmp_path: Path) -> None:
    def done(*words: object) -> Outcome:
        outcome = weijian(*words)
        assert outcome.code == 0, (words, outcome.err)
        return outcome

    w = ("--workspace", workspace)
    done("import", "households", sample / "archive" / "户.csv", *w)
    done("import", "parcels", sample / "archive" / "宗地.shp", *w)
    done("import", "buildings", sample / "archive" / "房屋.shp", *w)
    done("import", "permits", sample / "permits" / "许可.gpkg", *w)
    again = done("import", "buildings", sample / "archive" / "房屋.shp", *w)
    assert "新增 0，更新 0" in again.out
    for day in ("2024-04-16", "2025-10-28"):
        flight = sample / "surveys" / day
        done("add-survey", *w, "--date", day, "--ortho", f"{flight}_dom.tif", "--dsm", f"{flight}_dsm.tif")
    done("detect", *w, "--before-survey", 1, "--after-survey", 2)
    done("settings", "bureau=样例区综合行政执法局", "review_body=样例区人民政府", "court=样例区人民法院", *w)
    findings = tmp_path / "findings.gpkg"
    done("export", "findings", *w, "--out", findings)
    found = pyogrio.read_dataframe(findings, layer="findings")
    number = found[found.change_type == "new"].finding_no.min()
    officers = ("--lead-officer", "甲", "--second-officer", "乙")
    done("open-case", *w, "--finding", number, *officers)
    done("export", "order-map", *w, "--case", 1, "--out", tmp_path / "map.pdf")
    done("export", "web-map", *w, "--out", tmp_path / "web")
    done("report", "weekly", *w, "--from", "2025-10-27", "--to", "2025-11-02", "--out", tmp_path / "weekly.xlsx")
    done("verify", *w)
    done("copy", workspace, tmp_path / "file")
    done("verify", "--workspace", tmp_path / "file")
    done("export", "findings", "--workspace", tmp_path / "file", "--out", tmp_path / "again.gpkg")
    assert pyogrio.read_dataframe(tmp_path / "again.gpkg", layer="findings").equals(found)
    refused = weijian("open-case", *w, "--finding", "T0", *officers)
    assert (refused.code, len(refused.err.strip().splitlines())) == (2, 1)
