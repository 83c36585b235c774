"""The commands that write papers, pages and reports from a workspace."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

import typer

from weijian import terminal
from weijian.command_options import Out, Workspace, help_text, text


class PageChoice(StrEnum):
    """Paper of an order map."""

    A3_LANDSCAPE = "A3-landscape"
    A3_PORTRAIT = "A3-portrait"
    A4_LANDSCAPE = "A4-landscape"
    A4_PORTRAIT = "A4-portrait"


export_app = typer.Typer(help=text("导出图件、文书、网页地图、图斑。", "Write maps, documents, web map, findings."))
report_app = typer.Typer(help=text("统计报表。", "Statistics."))


@export_app.command(
    "order-map",
    help=help_text(
        "拆除范围图（PDF 或 PNG，按真实比例）。",
        "Order map at true scale, PDF or PNG.",
        "weijian export order-map --workspace out/demo/workspace --case 1 --out map.pdf --scale 200",
    ),
)
def export_order_map(
    workspace: Workspace,
    case: Annotated[str, typer.Option(help=text("案号，或工作区内第几个案件", "case number"))],
    out: Out,
    scale: Annotated[int | None, typer.Option(min=50, help=text("比例尺分母，默认自动", "scale denominator"))] = None,
    page: Annotated[PageChoice, typer.Option(help=text("纸张", "paper"))] = PageChoice.A3_LANDSCAPE,
) -> None:
    from weijian import bootstrap
    from weijian.publish.paper import PAGES
    from weijian.services.papers import export_order_map as export

    today = bootstrap.start().today
    terminal.say(str(export(workspace, case, out, page=PAGES[page.value], scale=scale, on=today)))


@export_app.command(
    "document",
    help=help_text(
        "责令限期拆除决定书（DOCX）。",
        "Demolition order as DOCX.",
        "weijian export document --workspace out/demo/workspace --case 1 --out order.docx",
    ),
)
def export_document(
    workspace: Workspace, case: Annotated[str, typer.Option(help=text("案号", "case number"))], out: Out
) -> None:
    from weijian import bootstrap
    from weijian.services.papers import export_order_document

    program = bootstrap.start()
    written = export_order_document(workspace, case, out, rules=program.orders, on=program.today).value
    terminal.say(str(written))


@export_app.command(
    "web-map",
    help=help_text(
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
    help=help_text(
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
    help=help_text(
        "拆违周报（XLSX）。",
        "Weekly report as XLSX.",
        "weijian report weekly --workspace out/demo/workspace --from 2025-10-27 --to 2025-11-02 --out weekly.xlsx",
    ),
)
def report_weekly(
    workspace: Workspace,
    from_: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help=text("起", "from"))],
    to: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help=text("止", "to"))],
    out: Out,
) -> None:
    from weijian import bootstrap
    from weijian.services.weekly import export_weekly

    made_on = bootstrap.start().today
    terminal.say(str(export_weekly(workspace, from_.date(), to.date(), out, made_on=made_on)))
