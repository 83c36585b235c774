"""The commands that import a file, list imports and take one back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from weijian import terminal
from weijian.command_options import LANGUAGE, AllowRemote, Crs, Workspace, help_text, text
from weijian.domain.table_kind import Kind

if TYPE_CHECKING:
    from weijian.services.imports import ImportSummary


def add_import_commands(app: typer.Typer) -> None:
    """Add the commands to the program's."""
    app.command(
        "import",
        help=help_text(
            "导入档案：户、宗地、建筑、许可、管控区。有错的行逐行报告；不加 --skip-bad-rows 时有错则一行也不导入。",
            "Import the archive. Bad rows are reported; without --skip-bad-rows nothing is imported then.",
            "weijian import buildings sample_data/archive/房屋.shp --workspace out/village --dry-run",
            "weijian import permits sample_data/permits/许可.gpkg --workspace out/village",
        ),
    )(import_)
    app.command(
        help=help_text(
            "列出工作区的导入记录，最近的在前。",
            "List the imports of a workspace, the latest first.",
            "weijian imports --workspace out/village",
        )
    )(imports)
    app.command(
        "undo-import",
        help=help_text(
            "撤销一次导入：新增的行移除，更新的行恢复原样；此后又被改动过的行保持现状并列出。",
            "Take back an import: rows are as before; those changed since stay as they are and are listed.",
            "weijian undo-import --workspace out/village",
        ),
    )(undo_import)


def import_(
    kind: Annotated[Kind, typer.Argument(help=text("种类", "kind"))],
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
    """Import a file."""
    from weijian.services.imports import ImportRequest, import_file

    request = ImportRequest(kind, file, workspace, layer, encoding, crs, mapping, dry_run, skip_bad_rows, allow_remote)
    summary = terminal.watch(import_file(request), LANGUAGE).value
    for fault in (*summary.faults, *summary.repairs):
        terminal.complain(fault.sentence(LANGUAGE))
    if dry_run:
        terminal.say(text("编码：", "encoding: ") + summary.encoding)
        for field, heading in summary.columns.items():
            terminal.say(f"  {heading} → {field}")
    if summary.unused:
        terminal.say(text("没有采用的列：", "columns not taken: ") + text("、", ", ").join(summary.unused))
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


def imports(workspace: Workspace) -> None:
    """List imports."""
    from weijian.services.import_undo import list_imports

    for batch in list_imports(workspace):
        counts = text(
            f"新增 {batch.added}，更新 {batch.updated}，未变 {batch.unchanged}，未导入 {batch.rejected}",
            f"{batch.added} added, {batch.updated} updated, {batch.unchanged} unchanged, {batch.rejected} rejected",
        )
        undone = "" if batch.taken_back_by is None else text("（已撤销）", " (taken back)")
        at = batch.at.astimezone().strftime("%Y-%m-%d %H:%M")
        terminal.say(f"{batch.action_id}  {at}  {batch.actor}  {batch.kind}  {batch.file_name}  {counts}{undone}")


def undo_import(
    workspace: Workspace,
    number: Annotated[
        int | None,
        typer.Option(help=text("导入编号（见 weijian imports），默认最近一次", "import number; by default the latest")),
    ] = None,
) -> None:
    """Take back an import."""
    from weijian.services.import_undo import undo_import as undo

    told = terminal.watch(undo(workspace, number), LANGUAGE).value
    for left in told.left:
        terminal.complain(text(f"{left}：此后又有改动，保持现状", f"{left}: changed since, left as it is"))
    terminal.say(
        text(
            f"已撤销导入 {told.batch.action_id}（{told.batch.file_name}）：恢复 {told.restored} 行，"
            f"保留此后改动的 {len(told.left)} 行。",
            f"import {told.batch.action_id} ({told.batch.file_name}) taken back: {told.restored} rows as before, "
            f"{len(told.left)} changed since and left.",
        )
    )
