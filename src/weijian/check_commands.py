"""The commands that look and tell: at data files, at a workspace's archive, at whether a workspace is whole."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from weijian import terminal
from weijian.command_options import LANGUAGE, AllowRemote, Workspace, help_text, text
from weijian.domain.errors import InputError


def add_check_commands(app: typer.Typer) -> None:
    """Add the commands to the program's."""
    app.command(
        help=help_text(
            "检查数据文件，逐行列出问题；或检查工作区的档案：重叠、缝隙、跨宗地、编号、面积、户与建筑的对应。",
            "Read data files, or the archive of a workspace, and tell what is wrong, one by one.",
            "weijian check sample_data/archive/房屋.shp",
            "weijian check --workspace out/demo/workspace --out 检查.xlsx",
        )
    )(check)
    app.command(
        help=help_text(
            "核验数据库、审计链、变更历史、检索索引、图形和证据哈希；检索索引有误的可以重建。",
            "Verify database, audit chain, history, search, outlines and evidence; what is searched can be made anew.",
            "weijian verify --workspace out/demo/workspace",
            "weijian verify --workspace out/demo/workspace --rebuild-indexes",
        )
    )(verify)


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
    """Look at files or an archive."""
    if not files and workspace is None:
        raise typer.BadParameter(text("请给出文件或 --workspace", "name files or --workspace"))
    faulty = sum(not _file_is_sound(file, allow_remote) for file in files or ())
    if workspace is not None:
        _report_archive(workspace, out)
    if faulty:
        raise typer.Exit(2)


def verify(
    workspace: Workspace,
    rebuild_indexes: Annotated[
        bool, typer.Option("--rebuild-indexes", help=text("先重建检索索引", "make anew what is searched first"))
    ] = False,
) -> None:
    """Verify a workspace."""
    from weijian.services import workspaces

    if rebuild_indexes:
        workspaces.rebuild_indexes(workspace)
    problems = terminal.watch(workspaces.verify_workspace(workspace), LANGUAGE)
    for problem in problems:
        terminal.complain(f"{problem.subject}: {problem.what.said_in(LANGUAGE)}")
    if problems:
        raise typer.Exit(2)
    terminal.say(text("核验通过：数据库、审计链、变更历史、索引、证据均完整。", "verified: all of it is whole."))


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
