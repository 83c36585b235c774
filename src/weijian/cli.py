"""The command line: every command is a thin call of one use case.

Heavy rooms are imported inside the commands, so that ``weijian --help`` answers at once.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from weijian import __version__, terminal
from weijian.archive_commands import SCHEMA, Database, Evidence, Schema, add_archive_commands, login_of
from weijian.command_options import LANGUAGE, AllowRemote, Crs, OnDay, Out, Workspace, day_of, help_text, text
from weijian.domain.errors import InputError
from weijian.domain.stage import STAGE_NAMES, Stage
from weijian.evidence_commands import add_evidence_commands
from weijian.export_commands import export_app, report_app
from weijian.import_commands import add_import_commands
from weijian.personal_data_commands import add_personal_data_commands, show_recovery_key
from weijian.surroundings import forget_other_software, has_screen, keep_to_own_threads
from weijian.usage import SystemRefuses, require_readable, usage_error
from weijian.window import load_window

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from weijian.domain.job import Progress
    from weijian.services.imports import ImportSummary

INTERRUPTED = 130
"""What Typer makes of Ctrl-C, as shells do."""


class ImportKind(StrEnum):
    """What a file holds."""

    HOUSEHOLDS = "households"
    PERSONS = "persons"
    PARCELS = "parcels"
    BUILDINGS = "buildings"
    PERMITS = "permits"
    ZONES = "zones"


class MethodChoice(StrEnum):
    """How to detect; auto lets the data decide."""

    AUTO = "auto"
    HEIGHT = "height"
    SPECTRAL = "spectral"
    MODEL = "model"


app = typer.Typer(
    name="weijian",
    help=text(
        "违法建设治理桌面 GIS：两期航测与一户一档，找出变化、比对许可、立案、出图。",
        "Desktop GIS for planning enforcement.",
    ),
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
app.add_typer(export_app, name="export")
app.add_typer(report_app, name="report")
add_archive_commands(app)
add_evidence_commands(app)
add_import_commands(app)
add_personal_data_commands(app)


def _version(wanted: bool) -> None:
    if wanted:
        terminal.say(f"weijian {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001
        bool, typer.Option("--version", callback=_version, is_eager=True, help=text("显示版本", "show the version"))
    ] = False,
) -> None:
    """Options of the program itself; without a command the window opens; without a screen, help is shown."""
    if context.invoked_subcommand is not None:
        return
    if not has_screen(os.environ):
        terminal.say(context.get_help())
        return
    load_window()
    from weijian.qt.app import run_shell

    raise typer.Exit(run_shell())


@app.command(
    help=help_text(
        "用样例村庄走完主要流程：建工作区、检测、立案、出图、出文书、网页地图、周报，然后打开窗口。",
        "Run the main job on the sample village, from the workspace to the papers; then open it in the window.",
        "weijian demo --headless --out out/demo",
        "weijian demo --out out/demo",
    )
)
def demo(
    out: Out = Path("weijian-demo"),
    headless: Annotated[bool, typer.Option("--headless", help=text("不打开窗口", "open no window"))] = False,
) -> None:
    from weijian import bootstrap
    from weijian.services.demo import run_demo

    shows = not headless and has_screen(os.environ)
    application = _application() if shows else None  # the one that also paints the papers
    program = bootstrap.start()
    summary = terminal.watch(run_demo(out, program.legality, program.orders), LANGUAGE)
    terminal.show_findings(summary.findings, LANGUAGE)
    terminal.show_stages(summary.stages, LANGUAGE)
    for path in summary.files:
        terminal.say(str(path))
    if application is not None:
        from weijian.qt.app import run_shell

        raise typer.Exit(run_shell(out / "workspace"))
    if not headless:
        terminal.say(text("这台机器没有屏幕，未打开窗口。", "This machine has no screen, so no window was opened."))


def _application() -> QApplication:
    load_window()
    from weijian.qt.app import make_application

    return make_application()


@app.command(
    help=help_text(
        "新建工作区；加 --database 则数据表建在服务器上，供全局共用。",
        "Make a workspace, with --database one whose tables are on a server for a whole bureau.",
        "weijian new out/village --crs EPSG:4549 --name 样例村",
    )
)
def new(
    workspace: Annotated[Path, typer.Argument(help=text("要新建的文件夹", "folder to make"))],
    crs: Annotated[
        str, typer.Option(help=text("投影坐标系（米），如 EPSG:4549", "projected CRS in metres, e.g. EPSG:4549"))
    ],
    name: Annotated[str, typer.Option(help=text("名称", "name"))],
    bureau: Annotated[str | None, typer.Option(help=text("执法机关名称", "name of the bureau"))] = None,
    database: Database = None,
    schema: Schema = SCHEMA,
    evidence: Evidence = None,
) -> None:
    from weijian.services.personal_data import protect as protect_numbers
    from weijian.services.workspaces import new_workspace

    login = login_of(database, schema, evidence)
    new_workspace(workspace, name=name, crs=crs, bureau=bureau, login=login)
    terminal.say(text(f"已建立工作区 {workspace}", f"workspace {workspace} made"))
    show_recovery_key(protect_numbers(workspace).value)


@app.command(
    "import",
    help=help_text(
        "导入档案：户、宗地、建筑、许可、管控区。有错的行逐行报告；不加 --skip-bad-rows 时有错则一行也不导入。",
        "Import the archive. Bad rows are reported; without --skip-bad-rows nothing is imported then.",
        "weijian import buildings sample_data/archive/房屋.shp --workspace out/village --dry-run",
        "weijian import permits sample_data/permits/许可.gpkg --workspace out/village",
    ),
)
def import_(
    kind: Annotated[ImportKind, typer.Argument(help=text("种类", "kind"))],
    file: Annotated[Path, typer.Argument(help=text("文件", "file"))],
    workspace: Workspace,
    layer: Annotated[str | None, typer.Option(help=text("图层名", "layer"))] = None,
    encoding: Annotated[
        str, typer.Option(help=text("文字编码，如 GBK；auto 自动判断", "text encoding, or auto"))
    ] = "auto",
    crs: Crs = None,
    mapping: Annotated[Path | None, typer.Option(help=text("字段对应表（TOML）", "field mapping (TOML)"))] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=text("只检查，不写入", "check only"))] = False,
    skip_bad_rows: Annotated[
        bool, typer.Option("--skip-bad-rows", help=text("跳过有错的行", "leave bad rows out"))
    ] = False,
    allow_remote: AllowRemote = False,
) -> None:
    from weijian.cadastre.fields import Kind
    from weijian.services.imports import ImportRequest, import_file

    request = ImportRequest(
        Kind(kind.value), file, workspace, layer, encoding, crs, mapping, dry_run, skip_bad_rows, allow_remote
    )
    summary = terminal.watch(import_file(request), LANGUAGE).value
    for fault in (*summary.faults, *summary.repairs):
        terminal.complain(fault.sentence(LANGUAGE))
    if dry_run:
        terminal.say(text("编码：", "encoding: ") + summary.encoding)
        for field, heading in summary.columns.items():
            terminal.say(f"  {heading} → {field}")
    if summary.refused:
        terminal.complain(_import_sentence(summary))
        raise typer.Exit(2)
    terminal.say(_import_sentence(summary))


def _import_sentence(summary: ImportSummary) -> str:
    read = text(
        f"读取 {summary.rows} 行，可用 {summary.usable} 行", f"{summary.rows} rows read, {summary.usable} usable"
    )
    if summary.count is not None:
        count = summary.count
        return read + text(
            f"；新增 {count.added}，更新 {count.updated}，未变 {count.unchanged}。",
            f"; {count.added} added, {count.updated} updated, {count.unchanged} unchanged.",
        )
    if summary.refused:
        return read + text(
            "；有错误的行，未导入任何数据；请改正，或加 --skip-bad-rows。",
            "; nothing imported because of bad rows: mend them or use --skip-bad-rows.",
        )
    if summary.expected is not None:
        would = summary.expected
        read += text(
            f"；导入将新增 {would.added}，更新 {would.updated}，未变 {would.unchanged}",
            f"; an import would add {would.added}, update {would.updated}, leave {would.unchanged}",
        )
    return read + text("；仅检查，未写入。", "; checked only, nothing written.")


@app.command(
    "add-survey",
    help=help_text(
        "登记一期航测成果（只记位置，不复制、不改动原文件）。",
        "Register one flight's products; the files stay where they are.",
        "weijian add-survey --workspace out/village --date 2024-04-16 "
        "--ortho sample_data/surveys/2024-04-16_dom.tif --dsm sample_data/surveys/2024-04-16_dsm.tif",
    ),
)
def add_survey(
    workspace: Workspace,
    date: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help=text("航测日期", "day of the flight"))],
    ortho: Annotated[Path, typer.Option(help=text("正射影像 DOM", "orthophoto"))],
    dsm: Annotated[Path | None, typer.Option(help=text("数字表面模型 DSM", "surface model"))] = None,
    name: Annotated[str | None, typer.Option(help=text("期次名称", "name"))] = None,
    crs: Crs = None,
    allow_remote: AllowRemote = False,
    overviews: Annotated[
        bool,
        typer.Option("--overviews", help=text("在影像旁建立金字塔（.ovr），原文件不动", "build .ovr beside the files")),
    ] = False,
) -> None:
    from weijian.services.surveys import add_survey as add
    from weijian.services.surveys import build_survey_overviews

    added = add(workspace, flown_on=date.date(), ortho=ortho, dsm=dsm, name=name, crs=crs, remote=allow_remote)
    survey = added.value
    if overviews:
        terminal.watch(build_survey_overviews(survey), LANGUAGE)
    terminal.say(
        text(
            f"已登记第 {survey.survey_id} 期：{survey.name}，分辨率 {survey.gsd_m:.3f} m",
            f"survey {survey.survey_id} added: {survey.name}, {survey.gsd_m:.3f} m",
        )
    )


@app.command(
    help=help_text(
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
    before: Annotated[Path | None, typer.Option(help=text("前期正射影像", "earlier orthophoto"))] = None,
    after: Annotated[Path | None, typer.Option(help=text("后期正射影像", "later orthophoto"))] = None,
    before_dsm: Annotated[Path | None, typer.Option(help=text("前期 DSM", "earlier surface model"))] = None,
    after_dsm: Annotated[Path | None, typer.Option(help=text("后期 DSM", "later surface model"))] = None,
    archive: Annotated[Path | None, typer.Option(help=text("建筑档案", "archived buildings"))] = None,
    parcels: Annotated[Path | None, typer.Option(help=text("宗地", "parcels"))] = None,
    permits: Annotated[Path | None, typer.Option(help=text("许可", "permits"))] = None,
    zones: Annotated[Path | None, typer.Option(help=text("管控区", "control zones"))] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help=text("图斑文件，.gpkg", "FINDINGS.gpkg"))] = None,
    workspace: Annotated[Path | None, typer.Option("--workspace", "-w", help=text("工作区", "workspace"))] = None,
    before_survey: Annotated[int | None, typer.Option(help=text("前期期次号", "number of the earlier survey"))] = None,
    after_survey: Annotated[int | None, typer.Option(help=text("后期期次号", "number of the later survey"))] = None,
    before_date: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help=text("前期航测日期，默认取自文件名", "day of the earlier flight; by default as its file's name says"),
        ),
    ] = None,
    after_date: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help=text("后期航测日期，默认取自文件名", "day of the later flight; by default as its file's name says"),
        ),
    ] = None,
    method: Annotated[MethodChoice, typer.Option(help=text("检测方法", "method"))] = MethodChoice.AUTO,
    model: Annotated[Path | None, typer.Option(help=text("模型文件，.onnx", "model file, .onnx"))] = None,
    min_area: Annotated[float, typer.Option(min=1.0, help=text("最小面积（m²）", "least area (m²)"))] = 10.0,
    min_height: Annotated[float, typer.Option(min=0.5, help=text("最小高差（m）", "least height (m)"))] = 2.0,
    workers: Annotated[int | None, typer.Option(min=1, help=text("并行数，默认全部核心", "workers; all cores"))] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(help=text("Dask 集群调度器，如 tcp://主机:8786", "scheduler of a Dask cluster, tcp://HOST:PORT")),
    ] = None,
    nudge: Annotated[
        str | None,
        typer.Option(
            metavar="EAST,NORTH[,TURN]",
            help=text(
                "手工套合：把前期影像（或档案）向东、向北移动若干米，再绕中心逆时针转若干度",
                "move the earlier survey (or archive) by metres east and north, turn it by degrees counter-clockwise",
            ),
        ),
    ] = None,
    nudge_exact: Annotated[
        bool,
        typer.Option(
            "--nudge-exact",
            help=text(
                "完全按手工量套合；不加时影像可在其 1.5 米内再修正",
                "take the nudge as it is; without this the pictures may refine it by up to 1.5 m",
            ),
        ),
    ] = False,
    report: Annotated[Path | None, typer.Option(help=text("检测报告 JSON", "report as JSON"))] = None,
    crs: Crs = None,
    allow_remote: AllowRemote = False,
) -> None:
    from weijian import bootstrap
    from weijian.domain.finding import Method
    from weijian.services import detect_runs
    from weijian.services.archive_files import RegisterFiles
    from weijian.services.nudges import read_nudge

    if nudge_exact and nudge is None:
        raise detect_runs.OptionMissing(option="--nudge")
    options = detect_runs.DetectionOptions(
        rules=bootstrap.start().legality,
        method=None if method is MethodChoice.AUTO else Method(method.value),
        model=model,
        min_area_m2=min_area,
        min_height_m=min_height,
        workers=workers,
        scheduler=scheduler,
        hand=None if nudge is None else read_nudge(nudge, exact=nudge_exact),
        out=out,
        report=report,
    )
    if workspace is not None:
        run = detect_runs.detect_in_workspace(workspace, before_survey, after_survey, options)
        detection = terminal.watch(run, LANGUAGE, {"resumed": _say_where_it_resumes}).value
    else:
        register = RegisterFiles(archive, parcels, permits, zones, crs, allow_remote)
        files = detect_runs.DetectionFiles(
            before, after, before_dsm, after_dsm, register, day_of(before_date), day_of(after_date)
        )
        run_on_files = detect_runs.detect_files(files, options)
        detection = terminal.watch(run_on_files, LANGUAGE, {"resumed": _say_where_it_resumes})
    terminal.show_findings(detection.findings, LANGUAGE)
    for warning in detection.warnings:
        terminal.complain(warning.said_in(LANGUAGE))
    skipped = detection.report["skipped"]
    if isinstance(skipped, list) and skipped:
        count = len(skipped)
        told = f"有 {count} 项资料未能采用或不明，逐项见 --report 写出的报告。"
        terminal.say(text(told, f"{count} items could not be used or are not known; --report writes them out."))


def _say_where_it_resumes(step: Progress) -> None:
    told = f"接着上次中断处继续：{step.total} 个窗口中已完成 {step.done} 个，不再重做。"
    terminal.complain(
        text(told, f"going on where an interrupted run stopped: {step.done} of {step.total} windows are done.")
    )


@app.command(
    "open-case",
    help=help_text(
        "对图斑立线索并开案。",
        "Open a case on a finding.",
        "weijian open-case --workspace out/demo/workspace --finding T20251028-1-0005 "
        "--lead-officer 甲 --second-officer 乙",
    ),
)
def open_case(
    workspace: Workspace,
    finding: Annotated[str, typer.Option(help=text("图斑编号", "finding number"))],
    lead_officer: Annotated[str, typer.Option(help=text("主办人", "lead officer"))],
    second_officer: Annotated[str, typer.Option(help=text("协办人", "second officer"))],
    on: OnDay = None,
) -> None:
    from weijian import bootstrap
    from weijian.services import cases

    day = day_of(on) or bootstrap.start().today
    case = cases.open_case(workspace, finding, (lead_officer, second_officer), day).value
    terminal.say(case.case_no)


@app.command(
    "move-case",
    help=help_text(
        "把案件推进到下一环节；法律尚不允许的，说明依据后拒绝。",
        "Move a case to its next stage; what the law does not allow yet is refused with the article.",
        "weijian move-case --workspace out/demo/workspace --case 1 --to decision "
        "--officer 甲 --officer 乙 --document 样违拆决字〔2025〕1号 --reason 作出决定",
    ),
)
def move_case(
    workspace: Workspace,
    case: Annotated[str, typer.Option(help=text("案号", "case number"))],
    to: Annotated[Stage, typer.Option(help=text("目标环节", "next stage"))],
    officer: Annotated[list[str], typer.Option(help=text("办案人员，可重复", "officer; repeat for each"))],
    reason: Annotated[str, typer.Option(help=text("理由", "reason"))],
    document: Annotated[str | None, typer.Option(help=text("文书编号", "document number"))] = None,
    on: OnDay = None,
) -> None:
    from weijian import bootstrap
    from weijian.services import cases

    day = day_of(on) or bootstrap.start().today
    event = cases.move_case(workspace, case, to, on=day, officers=officer, reason=reason, document_no=document).value
    terminal.say(f"{event.case_no}: {STAGE_NAMES[event.origin]} → {STAGE_NAMES[event.target]}")


@app.command(
    help=help_text(
        "查看或设置工作区的机关名称、复议机关、法院等。",
        "Show or set the workspace's bureau, review body, court and the like.",
        "weijian settings --workspace out/village",
        "weijian settings --workspace out/village court=样例区人民法院 review_body=样例区人民政府",
    )
)
def settings(
    workspace: Workspace,
    entries: Annotated[list[str] | None, typer.Argument(help=text("名称=值", "name=value"))] = None,
) -> None:
    from weijian.services.settings import change_settings

    for name, value in change_settings(workspace, entries or []).value.items():
        terminal.say(f"{name}={value}")


@app.command(
    help=help_text(
        "检查数据文件，逐行列出问题；或检查工作区的档案：重叠、缝隙、跨宗地、编号、面积、户与建筑的对应。",
        "Read data files, or the archive of a workspace, and tell what is wrong, one by one.",
        "weijian check sample_data/archive/房屋.shp",
        "weijian check --workspace out/demo/workspace --out 检查.xlsx",
    )
)
def check(
    files: Annotated[list[Path] | None, typer.Argument(help=text("文件", "files"))] = None,
    workspace: Annotated[
        Path | None, typer.Option("--workspace", "-w", help=text("检查工作区的档案", "check a workspace's archive"))
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help=text("把工作区的检查结果写成 .xlsx", "the workspace's as .xlsx"))
    ] = None,
    allow_remote: AllowRemote = False,
) -> None:
    if not files and workspace is None:
        raise typer.BadParameter(text("请给出文件或 --workspace", "name files or --workspace"))
    faulty = sum(not _file_is_sound(file, allow_remote) for file in files or ())
    if workspace is not None:
        _report_archive(workspace, out)
    if faulty:
        raise typer.Exit(2)


def _file_is_sound(file: Path, remote: bool) -> bool:
    from weijian.services.check import check_file

    try:
        results = check_file(file, remote=remote)
    except InputError as error:
        terminal.complain(error.sentence(LANGUAGE))
        return False
    for result in results:
        terminal.say(result.what.said_in(LANGUAGE))
        for fault in (*result.faults, *result.notes):
            terminal.say("  " + fault.sentence(LANGUAGE))
    count = sum(len(result.faults) for result in results)
    if count:
        told = f"{file}：有 {count} 处问题，已逐条列出；请改正后重新检查。"
        terminal.complain(text(told, f"{file}: {count} faults, listed one by one; correct them and check again."))
    return not count


def _report_archive(workspace: Path, out: Path | None) -> None:
    """A report, not a refusal: what the archive lacks does not make the workspace bad input."""
    from weijian.services.archive_checks import check_workspace, fault_sheet
    from weijian.services.register_export import export_register

    faults = terminal.watch(check_workspace(workspace), LANGUAGE)
    for fault in faults:
        terminal.say("  " + fault.sentence(LANGUAGE))
    if out is not None:
        terminal.say(str(terminal.watch(export_register(fault_sheet(faults, LANGUAGE), out), LANGUAGE)))
    terminal.say(text(f"档案中发现 {len(faults)} 处问题。", f"{len(faults)} faults found in the archive."))


@app.command(
    help=help_text(
        "核验数据库、审计链、变更历史、检索索引、图形和证据哈希；检索索引有误的可以重建。",
        "Verify database, audit chain, history, search, outlines and evidence; what is searched can be made anew.",
        "weijian verify --workspace out/demo/workspace",
        "weijian verify --workspace out/demo/workspace --rebuild-indexes",
    )
)
def verify(
    workspace: Workspace,
    rebuild_indexes: Annotated[
        bool, typer.Option("--rebuild-indexes", help=text("先重建检索索引", "make anew what is searched first"))
    ] = False,
) -> None:
    from weijian.services import workspaces

    if rebuild_indexes:
        workspaces.rebuild_indexes(workspace)
    problems = workspaces.verify_workspace(workspace)
    for problem in problems:
        terminal.complain(f"{problem.subject}: {problem.what.said_in(LANGUAGE)}")
    if problems:
        raise typer.Exit(2)
    terminal.say(text("核验通过：数据库、审计链、变更历史、索引、证据均完整。", "verified: all of it is whole."))


def main() -> None:
    """Run the command line; what the user can mend is one line and exit code 2."""
    forget_other_software(os.environ)
    keep_to_own_threads(os.environ)
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
        terminal.complain(text("已取消。", "cancelled."))
        terminal.leave(code)
    sys.exit(code)
