"""The command that takes photographs into the evidence of a workspace."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from weijian import terminal
from weijian.command_options import LANGUAGE, Workspace, help_text, text

if TYPE_CHECKING:
    from weijian.services.photo_import import PhotoImport


def add_evidence_commands(app: typer.Typer) -> None:
    """Add the command to the program's."""
    app.command(
        "import-photos",
        help=help_text(
            "导入一个文件夹（含子文件夹）的照片作为证据：读取时间、位置和朝向，认出重复，匹配最近的建筑；原文件不动。",
            "Take a folder's photographs into the evidence: time, position, direction, duplicates, nearest building.",
            "weijian import-photos sample_data/photos --workspace out/village",
        ),
    )(import_photos)


def import_photos(
    folder: Annotated[Path, typer.Argument(help=text("照片文件夹", "folder of photographs"))],
    workspace: Workspace,
    distance: Annotated[
        float,
        typer.Option(min=1.0, max=500.0, help=text("匹配建筑的最大距离（米）", "farthest building, metres")),
    ] = 30.0,
) -> None:
    """Take a folder's photographs and account for every file of it."""
    from weijian.services.photo_import import import_photos as take

    told = terminal.watch(take(workspace, folder, distance), LANGUAGE).value
    for refused in told.refused:
        joint = text("：未导入，", ": not taken, ")
        terminal.complain(f"{refused.path.relative_to(folder)}{joint}{refused.why.said_in(LANGUAGE)}")
    for photo in told.doubtful:
        said = text("；", "; ").join(doubt.words.said_in(LANGUAGE) for doubt in photo.doubts)
        terminal.complain(f"{photo.path.relative_to(folder)}{text('：', ': ')}{said}")
    terminal.say(_sentence(told))


def _sentence(told: PhotoImport) -> str:
    taken, duplicates, refused = len(told.taken), len(told.duplicates), len(told.refused)
    return text(
        f"共 {told.found} 个文件：导入 {taken}，重复 {duplicates}，未导入 {refused}；"
        f"导入的照片中 {told.matched} 张已匹配建筑，{told.unplaced} 张没有可用位置，需在地图上手工定位。",
        f"{told.found} files: {taken} taken, {duplicates} duplicates, {refused} refused; of those taken "
        f"{told.matched} show a building, {told.unplaced} have no usable position and are to be placed by hand.",
    )
