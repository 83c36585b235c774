"""The sample village through the whole program: from two surveys and an archive to papers and reports."""

import re
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from weijian import assets
from weijian.domain import system_reasons
from weijian.domain.case import Case
from weijian.domain.errors import TargetExists, TargetUnwritable
from weijian.domain.finding import ChangeType, Finding, PermitStatus
from weijian.domain.job import Job, Progress, finish
from weijian.domain.legality import LegalityRules
from weijian.domain.stage import Stage
from weijian.domain.table_kind import Kind
from weijian.publish.order_rules import OrderRules
from weijian.publish.paper import PAGES
from weijian.services.cases import move_case, open_case
from weijian.services.detect_files import DetectionOptions
from weijian.services.detect_runs import detect_in_workspace
from weijian.services.evidence import attach_files
from weijian.services.imports import ImportRequest, import_file
from weijian.services.papers import export_order_document, export_order_map
from weijian.services.settings import change_settings
from weijian.services.surveys import add_survey
from weijian.services.web import export_web_map
from weijian.services.weekly import export_weekly
from weijian.services.workspaces import new_workspace

MARK = "report.json"
MADE = re.compile(r"workspace|findings\.gpkg|order-map-.+\.pdf|order-.+\.docx|web|weekly\.xlsx|report\.json")
"""What a demo folder holds, all of it and nothing else; such a folder is replaced by the next run."""
ASIDE = ".weijian-demo-"
"""How the names begin under which demos are built."""
STALE_S = 3600.0
"""Seconds after which what lies under such a name was left by a killed run."""
CASES = 3
"""So many of the largest unlawful findings become cases."""

ARCHIVE = (
    (Kind.HOUSEHOLDS, "archive/户.csv"),
    (Kind.PARCELS, "archive/宗地.shp"),
    (Kind.BUILDINGS, "archive/房屋.shp"),
    (Kind.PERMITS, "permits/许可.gpkg"),
    (Kind.ZONES, "zones/管控区.gpkg"),
)
OFFICERS = ("执法员甲", "执法员乙")
OPENED_ON = date(2025, 10, 30)
WEEK = (date(2025, 10, 27), date(2025, 11, 2))
STEPS = (
    (Stage.VERIFICATION, date(2025, 10, 30), "现场核查属实"),
    (Stage.FILED, date(2025, 10, 31), "符合立案条件"),
    (Stage.INVESTIGATION, date(2025, 10, 31), "现场勘验、调查取证"),
    (Stage.STOP_NOTICE, date(2025, 10, 31), "责令停止违法行为"),
    (Stage.PRIOR_NOTICE, date(2025, 11, 1), "告知事实、理由、依据和陈述申辩、听证权利"),
    (Stage.LEGAL_REVIEW, date(2025, 11, 2), "法制审核通过"),
)
"""How the first case comes to the day of its decision."""


@dataclass(frozen=True)
class DemoSummary:
    """What the demo found and wrote; ``stages`` are (name, seconds)."""

    findings: tuple[Finding, ...]
    stages: tuple[tuple[str, float], ...]
    files: tuple[Path, ...]


@dataclass
class _Clock:
    """Seconds of each stage, in order."""

    stages: list[tuple[str, float]] = field(default_factory=list)

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.stages.append((stage, time.perf_counter() - start))


def run_demo(out: Path, legality: LegalityRules, orders: OrderRules) -> Job[DemoSummary]:
    """Run the main job on the sample village; ``out`` appears whole or not at all.

    Raises
    ------
    TargetExists
        ``out`` holds something that no demo has made.
    TargetUnwritable
    """
    if out.exists() and not _replaceable(out):
        raise TargetExists(path=out)
    try:
        out.absolute().parent.mkdir(parents=True, exist_ok=True)
        _sweep(out.absolute().parent)
        aside = Path(tempfile.mkdtemp(prefix=ASIDE, dir=out.absolute().parent))
    except OSError as error:
        raise TargetUnwritable(path=out, why=system_reasons.reason(error)) from error
    try:
        clock = _Clock()
        findings, names = yield from _build(aside, clock, legality, orders)
        _put_in_place(aside, out)
    except TargetUnwritable as error:
        raise TargetUnwritable(path=out, why=error.data["why"]) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return DemoSummary(findings, tuple(clock.stages), tuple(out / name for name in names))


def _sweep(folder: Path) -> None:
    """Take away what killed runs have left; what cannot be taken away stays."""
    for left in folder.glob(f"{ASIDE}*"):
        if time.time() - left.stat().st_mtime > STALE_S:
            shutil.rmtree(left, ignore_errors=True)


def _replaceable(out: Path) -> bool:
    """Whether a folder is empty, or what an earlier demo made and nobody has put anything into."""
    if not out.is_dir():
        return False
    names = {path.name for path in out.iterdir()}
    return not names or ({MARK, "workspace"} <= names and all(MADE.fullmatch(name) for name in names))


def _build(
    out: Path, clock: _Clock, legality: LegalityRules, orders: OrderRules
) -> Job[tuple[tuple[Finding, ...], tuple[str, ...]]]:
    folder = out / "workspace"
    yield Progress("workspace", 0, 1)
    with clock.timed("workspace"):
        _new_workspace(folder)
    yield Progress("archive", 0, len(ARCHIVE))
    with clock.timed("archive"):
        for kind, name in ARCHIVE:
            finish(import_file(ImportRequest(kind, assets.sample_data(*name.split("/")), folder, skip_bad_rows=True)))
    yield Progress("surveys", 0, 1)
    with clock.timed("surveys"):
        before, after = (
            add_survey(
                folder,
                flown_on=date.fromisoformat(day),
                ortho=assets.sample_data("surveys", f"{day}_dom.tif"),
                dsm=assets.sample_data("surveys", f"{day}_dsm.tif"),
                name=f"{day} 航测",
            ).value
            for day in ("2024-04-16", "2025-10-28")
        )
    options = DetectionOptions(legality, out=out / "findings.gpkg", report=out / MARK)
    with clock.timed("detect"):
        detection = (yield from detect_in_workspace(folder, before.survey_id, after.survey_id, options)).value
    yield Progress("cases", 0, 1)
    with clock.timed("cases"):
        cases = _open_cases(folder, detection.findings)
    yield Progress("papers", 0, 1)
    with clock.timed("papers"):
        papers = _papers(folder, out, cases, orders)
    with clock.timed("web"):
        yield from export_web_map(folder, out / "web")
    yield Progress("report", 0, 1)
    with clock.timed("report"):
        export_weekly(folder, *WEEK, out / "weekly.xlsx", made_on=WEEK[1])
    return detection.findings, ("workspace", "findings.gpkg", *papers, "web/index.html", "weekly.xlsx", MARK)


def _new_workspace(folder: Path) -> None:
    new_workspace(folder, name="样例村", crs="EPSG:4549", bureau="样例区综合行政执法局")
    change_settings(folder, ["review_body=样例区人民政府", "court=样例区人民法院", "document_mark=样违拆决字"])


def _open_cases(folder: Path, findings: Sequence[Finding]) -> list[Case]:
    """Cases on the largest unlawful findings; the first is carried to the day before its decision."""
    unlawful = [
        finding
        for finding in findings
        if finding.permit_status in (PermitStatus.UNPERMITTED, PermitStatus.EXPIRED)
        and finding.change_type is not ChangeType.DEMOLISHED
        and finding.household_no is not None
    ]
    largest = sorted(unlawful, key=lambda f: (-f.area_m2, f.finding_no))[:CASES]
    cases = [open_case(folder, finding.finding_no, OFFICERS, OPENED_ON).value for finding in largest]
    for case in cases[:1]:
        for number, (stage, on, reason) in enumerate(STEPS, start=1):
            document_no = f"样〔2025〕{number}号"
            move_case(folder, case.case_no, stage, on=on, officers=OFFICERS, reason=reason, document_no=document_no)
        attach_files(folder, case.case_no, sorted(assets.sample_data("photos").glob("*.jpg")))
    return cases


def _papers(folder: Path, out: Path, cases: Sequence[Case], orders: OrderRules) -> list[str]:
    names = []
    for case in cases[:1]:  # first, so that the map of the same case bears the order's number
        name = f"order-{case.case_no}.docx"
        export_order_document(folder, case.case_no, out / name, rules=orders, on=WEEK[1])
        names.append(name)
    for case in cases:
        name = f"order-map-{case.case_no}.pdf"
        export_order_map(folder, case.case_no, out / name, page=PAGES["A3-landscape"], scale=None, on=WEEK[1])
        names.append(name)
    return names


def _put_in_place(aside: Path, out: Path) -> None:
    try:
        aside.chmod(0o755)
        if not out.exists():
            aside.replace(out)
            return
        old = aside.with_name(aside.name + ".old")
        out.replace(old)
        try:
            aside.replace(out)
        except OSError:
            old.replace(out)
            raise
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise TargetUnwritable(path=out, why=system_reasons.reason(error)) from error
