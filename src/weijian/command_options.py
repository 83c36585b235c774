"""What the commands share: the language of their texts, how help is written, options that many of them take."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from weijian.domain.language import language_of

LANGUAGE = language_of(os.environ)


def text(chinese: str, english: str) -> str:
    """The words in the user's language."""
    return chinese if LANGUAGE == "zh" else english


def help_text(chinese: str, english: str, *examples: str) -> str:
    """Help of a command with examples that work in a checkout."""
    lines = "\n".join(f"  {example}" for example in examples)
    return f"{text(chinese, english)}\n\n\b\n{text('示例：', 'Examples:')}\n{lines}"


Workspace = Annotated[Path, typer.Option("--workspace", "-w", help=text("工作区文件夹", "workspace folder"))]
Out = Annotated[Path, typer.Option("--out", "-o", help=text("输出位置", "where to write"))]
Crs = Annotated[
    str | None, typer.Option(help=text("给没有坐标系的文件指定坐标系，如 EPSG:4549", "CRS of files that state none"))
]
AllowRemote = Annotated[
    bool,
    typer.Option(
        "--allow-remote",
        help=text("允许指向网络或别处的数据，默认拒绝", "take data elsewhere and on the network; refused by default"),
    ),
]
OnDay = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help=text("日期，默认今天", "the day; today by default"))
]


def day_of(moment: datetime | None) -> date | None:
    """The day of what Typer reads as a moment."""
    return None if moment is None else moment.date()
