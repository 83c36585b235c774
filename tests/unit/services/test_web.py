import re
from collections.abc import Callable
from pathlib import Path

import pytest

from unit.services.made import building, finding, parcel, place
from weijian.domain.errors import TargetExists
from weijian.domain.job import finish
from weijian.services.web import NothingDetected, _age, export_web_map
from weijian.storage.workspace import open_workspace

Keep = Callable[..., Path]


def page(folder: Path, out: Path) -> str:
    assert finish(export_web_map(folder, out)).exists()
    return (out / "index.html").read_text(encoding="utf-8")


def test_both_dates_and_the_findings(keep: Keep, tmp_path: Path) -> None:
    folder = keep(finding(1), parcels=[parcel()], buildings=[building(1)])
    html = page(folder, tmp_path / "web")
    assert finding(1).finding_no in html
    assert "石桥村 变化图斑" in html
    assert len(list((tmp_path / "web").glob("survey_*.jpg"))) == 2
    assert re.findall(r"https?://", html) == []
    assert "李四" not in html  # holders stay in the office


def test_only_the_newest_pair_of_surveys_is_shown(keep: Keep, tmp_path: Path) -> None:
    folder = keep(finding(1))
    with open_workspace(folder) as workspace, workspace.transaction("test", "more") as work:
        work.findings.add_many([finding(9, finding_no="T20251028-10-0001", geometry=place(0, 0, 5, 5))], None, 2)
    html = page(folder, tmp_path / "web")
    assert "T20251028-10-0001" in html
    assert finding(1).finding_no not in html
    assert len(list((tmp_path / "web").glob("survey_*.jpg"))) == 1


def test_a_tenth_run_is_newer_than_a_second() -> None:
    runs = [finding(finding_no=f"T20251028-{run}-0001") for run in (1, 2, 10)]
    assert max(runs, key=_age) is runs[2]
    undated = finding(after_date=None, finding_no="T-99-0001")
    assert min([*runs, undated], key=_age) is undated


def test_nothing_detected_says_what_to_do(flown: Path, tmp_path: Path) -> None:
    with pytest.raises(NothingDetected) as refusal:
        finish(export_web_map(flown, tmp_path / "web"))
    assert "weijian detect" in refusal.value.sentence("zh")
    assert not (tmp_path / "web").exists()


def test_nothing_is_written_over_something_else(keep: Keep, tmp_path: Path) -> None:
    out = tmp_path / "web"
    out.mkdir()
    (out / "信.txt").touch()
    with pytest.raises(TargetExists):
        finish(export_web_map(keep(finding(1)), out))
    assert [path.name for path in out.iterdir()] == ["信.txt"]
