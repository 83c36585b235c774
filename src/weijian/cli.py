"""The command line: every command is a thin call of one use case.

Heavy rooms are imported inside the commands, so that ``weijian --help`` answers at once.
"""

from __future__ import annotations

import os
import sys
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from weijian import __version__, terminal
from weijian.domain.errors import InputError
from weijian.domain.language import language_of
from weijian.domain.stage import STAGE_NAMES, Stage
from weijian.surroundings import forget_other_software
from weijian.usage import SystemRefuses, require_readable, usage_error

if TYPE_CHECKING:
    from weijian.services.imports import ImportSummary

LANGUAGE = language_of(os.environ)
INTERRUPTED = 130
"""What Typer makes of Ctrl-C, as shells do."""


def _(chinese: str, english: str) -> str:
    return chinese if LANGUAGE == "zh" else english


def _help(chinese: str, english: str, *examples: str) -> str:
    """Help of a command with examples that work in a checkout."""
    lines = "\n".join(f"  {example}" for example in examples)
    return f"{_(chinese, english)}\n\n\b\n{_('示例：', 'Examples:')}\n{lines}"


class ImportKind(StrEnum):
    """What a file holds."""

    HOUSEHOLDS = "households"
    PARCELS = "parcels"
    BUILDINGS = "buildings"
    PERMITS = "permits"
    ZONES = "zones"


class MethodChoice(StrEnum):
    """How to detect; auto lets the data decide."""

    AUTO = "auto"
    HEIGHT = "height"
    SPECTRAL = "spectral"


class PageChoice(StrEnum):
    """Paper of an order map."""

    A3_LANDSCAPE = "A3-landscape"
    A3_PORTRAIT = "A3-portrait"
    A4_LANDSCAPE = "A4-landscape"
    A4_PORTRAIT = "A4-portrait"


app = typer.Typer(
    name="weijian",
    help=_(
        "违法建设治理桌面 GIS：两期航测与一户一档，找出变化、比对许可、立案、出图。",
        "Desktop GIS for planning enforcement.",
    ),
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
export_app = typer.Typer(help=_("导出图件、文书、网页地图、图斑。", "Write maps, documents, web map, findings."))
report_app = typer.Typer(help=_("统计报表。", "Statistics."))
app.add_typer(export_app, name="export")
app.add_typer(report_app, name="report")

Workspace = Annotated[Path, typer.Option("--workspace", "-w", help=_("工作区文件夹", "workspace folder"))]
Out = Annotated[Path, typer.Option("--out", "-o", help=_("输出位置", "where to write"))]
Crs = Annotated[
    str | None, typer.Option(help=_("给没有坐标系的文件指定坐标系，如 EPSG:4549", "CRS of files that state none"))
]
OnDay = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help=_("日期，默认今天", "the day; today by default"))
]


def _version(wanted: bool) -> None:
    if wanted:
        terminal.say(f"weijian {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001
        bool, typer.Option("--version", callback=_version, is_eager=True, help=_("显示版本", "show the version"))
    ] = False,
) -> None:
    """Options of the program itself; without a command it says which there are."""
    if context.invoked_subcommand is None:
        terminal.say(context.get_help())


@app.command(
    help=_help(
        "用样例村庄走完主要流程：建工作区、检测、立案、出图、出文书、网页地图、周报。",
        "Run the main job on the sample village: workspace, detection, cases, papers, web map, report.",
        "weijian demo --headless --out out/demo",
    )
)
def demo(
    out: Out = Path("weijian-demo"),
    headless: Annotated[bool, typer.Option("--headless", help=_("不打开窗口", "open no window"))] = False,  # noqa: ARG001
) -> None:
    from weijian import bootstrap
    from weijian.services.demo import run_demo

    program = bootstrap.start()
    summary = terminal.watch(run_demo(out, program.legality, program.orders), LANGUAGE)
    terminal.show_findings(summary.findings, LANGUAGE)
    terminal.show_stages(summary.stages, LANGUAGE)
    for path in summary.files:
        terminal.say(str(path))


@app.command(
    help=_help(
        "新建工作区。",
        "Make a workspace.",
        "weijian new out/village --crs EPSG:4549 --name 样例村",
    )
)
def new(
    workspace: Annotated[Path, typer.Argument(help=_("要新建的文件夹", "folder to make"))],
    crs: Annotated[
        str, typer.Option(help=_("投影坐标系（米），如 EPSG:4549", "projected CRS in metres, e.g. EPSG:4549"))
    ],
    name: Annotated[str, typer.Option(help=_("名称", "name"))],
    bureau: Annotated[str | None, typer.Option(help=_("执法机关名称", "name of the bureau"))] = None,
) -> None:
    from weijian.services.workspaces import new_workspace

    new_workspace(workspace, name=name, crs=crs, bureau=bureau)
    terminal.say(_(f"已建立工作区 {workspace}", f"workspace {workspace} made"))


@app.command(
    "import",
    help=_help(
        "导入档案：户、宗地、建筑、许可、管控区。有错的行逐行报告；不加 --skip-bad-rows 时有错则一行也不导入。",
        "Import the archive. Bad rows are reported; without --skip-bad-rows nothing is imported then.",
        "weijian import buildings sample_data/archive/房屋.shp --workspace out/village --dry-run",
        "weijian import permits sample_data/permits/许可.gpkg --workspace out/village",
    ),
)
def import_(
    kind: Annotated[ImportKind, typer.Argument(help=_("种类", "kind"))],
    file: Annotated[Path, typer.Argument(help=_("文件", "file"))],
    workspace: Workspace,
    layer: Annotated[str | None, typer.Option(help=_("图层名", "layer"))] = None,
    encoding: Annotated[
        str, typer.Option(help=_("文字编码，如 GBK；auto 自动判断", "text encoding, or auto"))
    ] = "auto",
    crs: Crs = None,
    mapping: Annotated[Path | None, typer.Option(help=_("字段对应表（TOML）", "field mapping (TOML)"))] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("只检查，不写入", "check only"))] = False,
    skip_bad_rows: Annotated[
        bool, typer.Option("--skip-bad-rows", help=_("跳过有错的行", "leave bad rows out"))
    ] = False,
) -> None:
    from weijian.cadastre.fields import Kind
    from weijian.services.imports import ImportRequest, import_file

    request = ImportRequest(Kind(kind.value), file, workspace, layer, encoding, crs, mapping, dry_run, skip_bad_rows)
    summary = terminal.watch(import_file(request), LANGUAGE)
    for fault in (*summary.faults, *summary.repairs):
        terminal.complain(fault.sentence(LANGUAGE))
    if dry_run:
        terminal.say(_("编码：", "encoding: ") + summary.encoding)
        for field, heading in summary.columns.items():
            terminal.say(f"  {heading} → {field}")
    if summary.refused:
        terminal.complain(_import_sentence(summary))
        raise typer.Exit(2)
    terminal.say(_import_sentence(summary))


def _import_sentence(summary: ImportSummary) -> str:
    read = _(f"读取 {summary.rows} 行，可用 {summary.usable} 行", f"{summary.rows} rows read, {summary.usable} usable")
    if summary.count is not None:
        count = summary.count
        return read + _(
            f"；新增 {count.added}，更新 {count.updated}，未变 {count.unchanged}。",
            f"; {count.added} added, {count.updated} updated, {count.unchanged} unchanged.",
        )
    if summary.refused:
        return read + _(
            "；有错误的行，未导入任何数据；请改正，或加 --skip-bad-rows。",
            "; nothing imported because of bad rows: mend them or use --skip-bad-rows.",
        )
    return read + _("；仅检查，未写入。", "; checked only, nothing written.")


@app.command(
    "add-survey",
    help=_help(
        "登记一期航测成果（只记位置，不复制、不改动原文件）。",
        "Register one flight's products; the files stay where they are.",
        "weijian add-survey --workspace out/village --date 2024-04-16 "
        "--ortho sample_data/surveys/2024-04-16_dom.tif --dsm sample_data/surveys/2024-04-16_dsm.tif",
    ),
)
def add_survey(
    workspace: Workspace,
    date: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help=_("航测日期", "day of the flight"))],
    ortho: Annotated[Path, typer.Option(help=_("正射影像 DOM", "orthophoto"))],
    dsm: Annotated[Path | None, typer.Option(help=_("数字表面模型 DSM", "surface model"))] = None,
    name: Annotated[str | None, typer.Option(help=_("期次名称", "name"))] = None,
    crs: Crs = None,
    overviews: Annotated[
        bool,
        typer.Option("--overviews", help=_("在影像旁建立金字塔（.ovr），原文件不动", "build .ovr beside the files")),
    ] = False,
) -> None:
    from weijian.services.surveys import add_survey as add
    from weijian.services.surveys import build_survey_overviews

    survey = add(workspace, flown_on=date.date(), ortho=ortho, dsm=dsm, name=name, crs=crs)
    if overviews:
        terminal.watch(build_survey_overviews(survey), LANGUAGE)
    terminal.say(
        _(
            f"已登记第 {survey.survey_id} 期：{survey.name}，分辨率 {survey.gsd_m:.3f} m",
            f"survey {survey.survey_id} added: {survey.name}, {survey.gsd_m:.3f} m",
        )
    )


@app.command(
    help=_help(
        "比对两期航测（或档案与一期航测），找出新增、扩建、加层、拆除、翻建。",
        "Compare two surveys, or the archive and one survey.",
        "weijian detect --before sample_data/surveys/2024-04-16_dom.tif "
        "--before-dsm sample_data/surveys/2024-04-16_dsm.tif "
        "--after sample_data/surveys/2025-10-28_dom.tif --after-dsm sample_data/surveys/2025-10-28_dsm.tif "
        "--archive sample_data/archive/房屋.shp --permits sample_data/permits/许可.gpkg --out findings.gpkg",
        "weijian detect --workspace out/village --before-survey 1 --after-survey 2",
    )
)
def detect(
    before: Annotated[Path | None, typer.Option(help=_("前期正射影像", "earlier orthophoto"))] = None,
    after: Annotated[Path | None, typer.Option(help=_("后期正射影像", "later orthophoto"))] = None,
    before_dsm: Annotated[Path | None, typer.Option(help=_("前期 DSM", "earlier surface model"))] = None,
    after_dsm: Annotated[Path | None, typer.Option(help=_("后期 DSM", "later surface model"))] = None,
    archive: Annotated[Path | None, typer.Option(help=_("建筑档案", "archived buildings"))] = None,
    parcels: Annotated[Path | None, typer.Option(help=_("宗地", "parcels"))] = None,
    permits: Annotated[Path | None, typer.Option(help=_("许可", "permits"))] = None,
    zones: Annotated[Path | None, typer.Option(help=_("管控区", "control zones"))] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help=_("图斑文件 FINDINGS.gpkg", "FINDINGS.gpkg"))] = None,
    workspace: Annotated[Path | None, typer.Option("--workspace", "-w", help=_("工作区", "workspace"))] = None,
    before_survey: Annotated[int | None, typer.Option(help=_("前期期次号", "number of the earlier survey"))] = None,
    after_survey: Annotated[int | None, typer.Option(help=_("后期期次号", "number of the later survey"))] = None,
    before_date: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help=_("前期航测日期，默认取自文件名", "day of the earlier flight; by default as its file's name says"),
        ),
    ] = None,
    after_date: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help=_("后期航测日期，默认取自文件名", "day of the later flight; by default as its file's name says"),
        ),
    ] = None,
    method: Annotated[MethodChoice, typer.Option(help=_("检测方法", "method"))] = MethodChoice.AUTO,
    min_area: Annotated[float, typer.Option(min=1.0, help=_("最小面积（m²）", "least area (m²)"))] = 10.0,
    min_height: Annotated[float, typer.Option(min=0.5, help=_("最小高差（m）", "least height (m)"))] = 2.0,
    workers: Annotated[int | None, typer.Option(min=1, help=_("并行数，默认全部核心", "workers; all cores"))] = None,
    report: Annotated[Path | None, typer.Option(help=_("检测报告 JSON", "report as JSON"))] = None,
    crs: Crs = None,
) -> None:
    from weijian import bootstrap
    from weijian.domain.finding import Method
    from weijian.services import detect_runs
    from weijian.services.archive_files import RegisterFiles

    options = detect_runs.DetectionOptions(
        rules=bootstrap.start().legality,
        method=None if method is MethodChoice.AUTO else Method(method.value),
        min_area_m2=min_area,
        min_height_m=min_height,
        workers=workers,
        out=out,
        report=report,
    )
    if workspace is not None:
        job = detect_runs.detect_in_workspace(workspace, before_survey, after_survey, options)
    else:
        register = RegisterFiles(archive, parcels, permits, zones, crs)
        files = detect_runs.DetectionFiles(
            before, after, before_dsm, after_dsm, register, _day(before_date), _day(after_date)
        )
        job = detect_runs.detect_files(files, options)
    detection = terminal.watch(job, LANGUAGE)
    terminal.show_findings(detection.findings, LANGUAGE)
    skipped = detection.report["skipped"]
    if isinstance(skipped, list) and skipped:
        count = len(skipped)
        told = f"有 {count} 项资料未能采用或不明，逐项见 --report 写出的报告。"
        terminal.say(_(told, f"{count} items could not be used or are not known; --report writes them out."))


@app.command(
    "open-case",
    help=_help(
        "对图斑立线索并开案。",
        "Open a case on a finding.",
        "weijian open-case --workspace out/demo/workspace --finding T20251028-1-0005 "
        "--lead-officer 甲 --second-officer 乙",
    ),
)
def open_case(
    workspace: Workspace,
    finding: Annotated[str, typer.Option(help=_("图斑编号", "finding number"))],
    lead_officer: Annotated[str, typer.Option(help=_("主办人", "lead officer"))],
    second_officer: Annotated[str, typer.Option(help=_("协办人", "second officer"))],
    on: OnDay = None,
) -> None:
    from weijian import bootstrap
    from weijian.services import cases

    day = _day(on) or bootstrap.start().today
    case = cases.open_case(workspace, finding, (lead_officer, second_officer), day)
    terminal.say(case.case_no)


@app.command(
    "move-case",
    help=_help(
        "把案件推进到下一环节；法律尚不允许的，说明依据后拒绝。",
        "Move a case to its next stage; what the law does not allow yet is refused with the article.",
        "weijian move-case --workspace out/demo/workspace --case 1 --to decision "
        "--officer 甲 --officer 乙 --document 样违拆决字〔2025〕1号 --reason 作出决定",
    ),
)
def move_case(
    workspace: Workspace,
    case: Annotated[str, typer.Option(help=_("案号", "case number"))],
    to: Annotated[Stage, typer.Option(help=_("目标环节", "next stage"))],
    officer: Annotated[list[str], typer.Option(help=_("办案人员，可重复", "officer; repeat for each"))],
    reason: Annotated[str, typer.Option(help=_("理由", "reason"))],
    document: Annotated[str | None, typer.Option(help=_("文书编号", "document number"))] = None,
    on: OnDay = None,
) -> None:
    from weijian import bootstrap
    from weijian.services import cases

    day = _day(on) or bootstrap.start().today
    event = cases.move_case(workspace, case, to, on=day, officers=officer, reason=reason, document_no=document)
    terminal.say(f"{event.case_no}: {STAGE_NAMES[event.origin]} → {STAGE_NAMES[event.target]}")


@app.command(
    help=_help(
        "查看或设置工作区的机关名称、复议机关、法院等。",
        "Show or set the workspace's bureau, review body, court and the like.",
        "weijian settings --workspace out/village",
        "weijian settings --workspace out/village court=样例区人民法院 review_body=样例区人民政府",
    )
)
def settings(
    workspace: Workspace,
    entries: Annotated[list[str] | None, typer.Argument(help=_("名称=值", "name=value"))] = None,
) -> None:
    from weijian.services.settings import change_settings

    for name, value in change_settings(workspace, entries or []).items():
        terminal.say(f"{name}={value}")


@app.command(
    help=_help(
        "检查数据文件，逐行列出问题。",
        "Read data files and tell what is wrong, row by row.",
        "weijian check sample_data/archive/房屋.shp",
    )
)
def check(files: Annotated[list[Path], typer.Argument(help=_("文件", "files"))]) -> None:
    from weijian.services.check import check_file

    faulty = 0
    for file in files:
        try:
            result = check_file(file)
        except InputError as error:
            terminal.complain(error.sentence(LANGUAGE))
            faulty += 1
            continue
        terminal.say(result.what.said_in(LANGUAGE))
        for fault in (*result.faults, *result.notes):
            terminal.say("  " + fault.sentence(LANGUAGE))
        if result.faults:
            count = len(result.faults)
            told = f"{file}：有 {count} 处问题，已逐条列出；请改正后重新检查。"
            terminal.complain(_(told, f"{file}: {count} faults, listed one by one; correct them and check again."))
            faulty += 1
    if faulty:
        raise typer.Exit(2)


@app.command(
    help=_help(
        "核验审计链、证据哈希和数据库完整性。",
        "Verify audit chain, evidence and database.",
        "weijian verify --workspace out/demo/workspace",
    )
)
def verify(workspace: Workspace) -> None:
    from weijian.services.workspaces import verify_workspace

    problems = verify_workspace(workspace)
    for problem in problems:
        terminal.complain(f"{problem.subject}: {problem.what.said_in(LANGUAGE)}")
    if problems:
        raise typer.Exit(2)
    terminal.say(_("核验通过：审计链、证据、数据库均完整。", "verified: audit chain, evidence and database are whole."))


@export_app.command(
    "order-map",
    help=_help(
        "拆除范围图（PDF 或 PNG，按真实比例）。",
        "Order map at true scale, PDF or PNG.",
        "weijian export order-map --workspace out/demo/workspace --case 1 --out map.pdf --scale 200",
    ),
)
def export_order_map(
    workspace: Workspace,
    case: Annotated[str, typer.Option(help=_("案号，或工作区内第几个案件", "case number"))],
    out: Out,
    scale: Annotated[int | None, typer.Option(min=50, help=_("比例尺分母，默认自动", "scale denominator"))] = None,
    page: Annotated[PageChoice, typer.Option(help=_("纸张", "paper"))] = PageChoice.A3_LANDSCAPE,
) -> None:
    from weijian import bootstrap
    from weijian.publish.paper import PAGES
    from weijian.services.papers import export_order_map as export

    today = bootstrap.start().today
    terminal.say(str(export(workspace, case, out, page=PAGES[page.value], scale=scale, on=today)))


@export_app.command(
    "document",
    help=_help(
        "责令限期拆除决定书（DOCX）。",
        "Demolition order as DOCX.",
        "weijian export document --workspace out/demo/workspace --case 1 --out order.docx",
    ),
)
def export_document(
    workspace: Workspace, case: Annotated[str, typer.Option(help=_("案号", "case number"))], out: Out
) -> None:
    from weijian import bootstrap
    from weijian.services.papers import export_order_document

    program = bootstrap.start()
    terminal.say(str(export_order_document(workspace, case, out, rules=program.orders, on=program.today)))


@export_app.command(
    "web-map",
    help=_help(
        "不需联网的网页地图。",
        "Web map that needs no internet.",
        "weijian export web-map --workspace out/demo/workspace --out out/web",
    ),
)
def export_web_map(workspace: Workspace, out: Out) -> None:
    from weijian.services.web import export_web_map as export

    terminal.say(str(export(workspace, out)))


@export_app.command(
    "findings",
    help=_help(
        "图斑导出为 GeoPackage 或 GeoJSON。",
        "Findings as GeoPackage or GeoJSON.",
        "weijian export findings --workspace out/demo/workspace --out findings.gpkg",
    ),
)
def export_findings(workspace: Workspace, out: Out) -> None:
    from weijian.services.findings import export_findings as export

    terminal.say(str(export(workspace, out)))


@report_app.command(
    "weekly",
    help=_help(
        "拆违周报（XLSX）。",
        "Weekly report as XLSX.",
        "weijian report weekly --workspace out/demo/workspace --from 2025-10-27 --to 2025-11-02 --out weekly.xlsx",
    ),
)
def report_weekly(
    workspace: Workspace,
    from_: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help=_("起", "from"))],
    to: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help=_("止", "to"))],
    out: Out,
) -> None:
    from weijian import bootstrap
    from weijian.services.weekly import export_weekly

    made_on = bootstrap.start().today
    terminal.say(str(export_weekly(workspace, from_.date(), to.date(), out, made_on=made_on)))


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()


def main() -> None:
    """Run the command line; what the user can mend is one line and exit code 2."""
    forget_other_software(os.environ)
    terminal.use_utf8()
    terminal.keep_warnings_to_the_log()
    try:
        require_readable(sys.argv[1:])
        code = app(prog_name="weijian", standalone_mode=False)
        terminal.finish_output()
    except InputError as error:
        terminal.complain(error.sentence(LANGUAGE))
        code = 2
    except typer.TyperException as error:
        terminal.complain(usage_error(error).sentence(LANGUAGE))
        code = 2
    except (BrokenPipeError, SystemExit) as stop:  # as with ``| head``: the reader has what it wanted
        if isinstance(stop, SystemExit) and not isinstance(stop.__context__, BrokenPipeError):
            raise
        terminal.stop_output()
        code = 0
    except OSError as error:
        terminal.complain(SystemRefuses.of(error).sentence(LANGUAGE))
        terminal.stop_output()
        code = 2
    if code == INTERRUPTED:
        terminal.complain(_("已取消。", "cancelled."))
    sys.exit(code)
