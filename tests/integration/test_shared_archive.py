"""A bureau's work on a shared archive by command, as on a file, and the archive moved between both."""

from collections.abc import Callable
from pathlib import Path

import pyogrio
import pytest

from helpers.commands import CommandLine, Outcome
from helpers.stores import StoreAtHand, on_the_server

pytestmark = on_the_server

Done = Callable[..., Outcome]
STAGES = ("verification", "filed", "investigation", "stop_notice", "prior_notice", "legal_review", "decision")
DAY = ("--on", "2025-11-03")


@pytest.fixture
def done(weijian: CommandLine) -> Done:
    """Run a command that has to end well."""

    def run(*words: object) -> Outcome:
        outcome = weijian(*words)
        assert outcome.code == 0, (words, outcome.err)
        return outcome

    return run


@pytest.fixture
def workspace(done: Done, store: StoreAtHand, tmp_path: Path) -> Path:
    share = tmp_path / "share"
    share.mkdir()
    named = ("--crs", "EPSG:4549", "--name", "样例村")
    done("new", tmp_path / "局", *named, *store.options(), "--evidence", share)
    return tmp_path / "局"


def test_from_the_survey_to_the_papers_and_to_the_other_store_and_back(
    weijian: CommandLine, done: Done, workspace: Path, sample: Path, store: StoreAtHand, tmp_path: Path
) -> None:
    w = ("--workspace", workspace)
    done("import", "households", sample / "archive" / "户.csv", *w)
    done("import", "parcels", sample / "archive" / "宗地.shp", *w)
    done("import", "buildings", sample / "archive" / "房屋.shp", *w)
    done("import", "permits", sample / "permits" / "许可.gpkg", *w)
    again = done("import", "buildings", sample / "archive" / "房屋.shp", *w)
    assert "新增 0，更新 0" in again.out
    done("import-photos", sample / "photos", *w)
    for day in ("2024-04-16", "2025-10-28"):
        flight = sample / "surveys" / day
        done("add-survey", *w, "--date", day, "--ortho", f"{flight}_dom.tif", "--dsm", f"{flight}_dsm.tif")
    done("detect", *w, "--before-survey", 1, "--after-survey", 2)
    done("settings", "bureau=样例区综合行政执法局", "review_body=样例区人民政府", "court=样例区人民法院", *w)
    findings = tmp_path / "findings.gpkg"
    done("export", "findings", *w, "--out", findings)
    found = pyogrio.read_dataframe(findings, layer="findings")
    number = found[(found.change_type == "new") & (found.permit_status == "unpermitted")].finding_no.min()
    officers = ("--lead-officer", "甲", "--second-officer", "乙")
    done("open-case", *w, "--finding", number, *officers, *DAY)
    for stage in STAGES:
        by = ("--officer", "甲", "--officer", "乙", "--document", f"{stage}号", "--reason", "依法")
        done("move-case", *w, "--case", 1, "--to", stage, *by, *DAY)
    done("export", "order-map", *w, "--case", 1, "--out", tmp_path / "map.pdf")
    done("export", "document", *w, "--case", 1, "--out", tmp_path / "order.docx")
    done("export", "web-map", *w, "--out", tmp_path / "web")
    done("report", "weekly", *w, "--from", "2025-10-27", "--to", "2025-11-09", "--out", tmp_path / "weekly.xlsx")
    written = [tmp_path / name for name in ("map.pdf", "order.docx", "weekly.xlsx", "web/index.html")]
    assert all(path.stat().st_size > 1000 for path in written)
    refused = weijian("open-case", *w, "--finding", "T0", *officers)
    assert (refused.code, len(refused.err.strip().splitlines())) == (2, 1)
    done("verify", *w)
    here, back, once_more = (tmp_path / name for name in ("file", "server", "file again"))
    told = [
        counts_and_hashes(done("copy", source, target, *options))
        for source, target, options in (
            (workspace, here, ()),
            (here, back, store.options()),
            (back, once_more, ()),
        )
    ]
    assert told[0] == told[1] == told[2]
    rows = {line.split("\t")[0]: int(line.split("\t")[1]) for line in told[0][:-1]}
    assert rows["findings"] == len(found)
    assert (rows["cases"], rows["case_events"]) == (1, len(STAGES))
    assert rows["row_changes"] > rows["buildings"] > 0
    for folder in (here, back, once_more):
        done("verify", "--workspace", folder)
    done("export", "findings", "--workspace", once_more, "--out", tmp_path / "again.gpkg")
    assert pyogrio.read_dataframe(tmp_path / "again.gpkg", layer="findings").equals(found)


def counts_and_hashes(copied: Outcome) -> list[str]:
    """What ``copy`` tells: a line a table with its rows and their hash, and how much there was, without the place."""
    *tables, total = copied.out.strip().splitlines()
    return [*tables, total.split("：")[0]]
