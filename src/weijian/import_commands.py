"""The commands that list imports and take one back."""

from __future__ import annotations

from typing import Annotated

import typer

from weijian import terminal
from weijian.command_options import LANGUAGE, Workspace, help_text, text


def add_import_commands(app: typer.Typer) -> None:
    """Add the commands to the program's."""
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
