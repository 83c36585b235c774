"""The commands on surveys: registering a flight, and finding what changed."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from weijian import terminal
from weijian.command_options import LANGUAGE, AllowRemote, Crs, Workspace, day_of, help_text, text

if TYPE_CHECKING:
    from weijian.domain.job import Progress


class MethodChoice(StrEnum):
    """How to detect; auto lets the data decide."""

    AUTO = "auto"
    HEIGHT = "height"
    SPECTRAL = "spectral"
    MODEL = "model"


def add_survey_commands(app: typer.Typer) -> None:
    """Add the commands to the program's."""
    app.command(
        "add-survey",
        help=help_text(
            "登记一期航测成果（只记位置，不复制、不改动原文件）。",
            "Register one flight's products; the files stay where they are.",
            "weijian add-survey --workspace out/village --date 2024-04-16 "
            "--ortho sample_data/surveys/2024-04-16_dom.tif --dsm sample_data/surveys/2024-04-16_dsm.tif",
        ),
    )(add_survey)
    app.command(
        help=help_text(
            "比对两期航测（或档案与一期航测），找出新增、扩建、加层、拆除、翻建。",
            "Compare two surveys, or the archive and one survey.",
            "weijian detect --before sample_data/surveys/2024-04-16_dom.tif "
            "--before-dsm sample_data/surveys/2024-04-16_dsm.tif "
            "--after sample_data/surveys/2025-10-28_dom.tif --after-dsm sample_data/surveys/2025-10-28_dsm.tif "
            "--archive sample_data/archive/房屋.shp --permits sample_data/permits/许可.gpkg --out findings.gpkg",
            "weijian detect --workspace out/village --before-survey 1 --after-survey 2",
        )
    )(detect)


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
    """Register a flight."""
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
    """Find what changed."""
    from weijian import bootstrap
    from weijian.domain.finding import Method
    from weijian.services import detect_files
    from weijian.services.archive_files import RegisterFiles
    from weijian.services.nudges import read_nudge

    if nudge_exact and nudge is None:
        raise detect_files.OptionMissing(option="--nudge")
    options = detect_files.DetectionOptions(
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
        from weijian.services.detect_runs import detect_in_workspace

        for option, value in {
            "--before": before, "--after": after, "--before-dsm": before_dsm, "--after-dsm": after_dsm,
            "--archive": archive, "--parcels": parcels, "--permits": permits, "--zones": zones,
            "--before-date": before_date, "--after-date": after_date, "--crs": crs,
        }.items():  # fmt: skip
            if value is not None:
                raise detect_files.OptionUnfit(option=option, other="--workspace")
        run = detect_in_workspace(workspace, before_survey, after_survey, options)
        detection = terminal.watch(run, LANGUAGE, {"resumed": _say_where_it_resumes}).value
    else:
        if before_survey is not None or after_survey is not None:
            raise detect_files.OptionMissing(option="--workspace")
        register = RegisterFiles(archive, parcels, permits, zones, crs, allow_remote)
        files = detect_files.DetectionFiles(
            before, after, before_dsm, after_dsm, register, day_of(before_date), day_of(after_date)
        )
        run_on_files = detect_files.detect_files(files, options)
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
