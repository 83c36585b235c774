"""The commands that write papers, pages and reports from a workspace."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from weijian import terminal
from weijian.command_options import LANGUAGE, Out, Workspace, help_text, text
from weijian.domain.layer_kind import LayerKind

if TYPE_CHECKING:
    from weijian.services.layer_export import LayerExport


class PageChoice(StrEnum):
    """Paper of an order map."""

    A3_LANDSCAPE = "A3-landscape"
    A3_PORTRAIT = "A3-portrait"
    A4_LANDSCAPE = "A4-landscape"
    A4_PORTRAIT = "A4-portrait"


Numbers = Annotated[
    list[str] | None, typer.Option("--number", help=text("只导出这个编号，可重复", "only this number; repeat for each"))
]
TargetCrs = Annotated[
    str | None, typer.Option("--crs", help=text("输出坐标系，默认同工作区", "CRS of the file; the workspace's"))
]
WithNames = Annotated[
    bool,
    typer.Option(
        "--with-names",
        help=text("写出完整姓名（记入审计）；默认打码", "names in full, entered into the audit; masked by default"),
    ),
]

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

    terminal.say(str(terminal.watch(export(workspace, out), LANGUAGE)))


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

    terminal.say(str(terminal.watch(export(workspace, out), LANGUAGE)))


@export_app.command(
    "layer",
    help=help_text(
        "导出任一图层或其中几个：GeoPackage、Shapefile、GeoJSON、KML、XLSX、DXF、界址点 TXT，按输出文件的扩展名。",
        "Any layer, whole or some of it: GeoPackage, shapefile, GeoJSON, KML, XLSX, DXF, boundary TXT, by the ending.",
        "weijian export layer buildings --workspace out/demo/workspace --out buildings.shp --encoding GBK",
        "weijian export layer parcels --workspace out/demo/workspace --out parcel.kml --number 339901001001JC00001",
    ),
)
def export_layer(
    layer: Annotated[LayerKind, typer.Argument(help=text("图层", "layer"))],
    workspace: Workspace,
    out: Out,
    number: Numbers = None,
    crs: TargetCrs = None,
    encoding: Annotated[
        str | None,
        typer.Option(
            help=text("Shapefile（默认 UTF-8）和 TXT（默认 GBK）的编码", "of shapefiles (UTF-8) and TXT (GBK)")
        ),
    ] = None,
    with_names: WithNames = False,
) -> None:
    from weijian.services.layer_export import LayerExport

    _export_layer(LayerExport(workspace, layer, out, tuple(number or ()), crs, encoding, with_names))


@export_app.command(
    "boundary",
    help=help_text(
        "勘测定界界址点坐标（TXT），按部里报备格式。",
        "Boundary points as the ministry's filing takes them (TXT).",
        "weijian export boundary --workspace out/demo/workspace --out 界址点.txt --crs EPSG:4528",
    ),
)
def export_boundary(
    workspace: Workspace,
    out: Out,
    layer: Annotated[LayerKind, typer.Option(help=text("图层", "layer"))] = LayerKind.PARCELS,
    number: Numbers = None,
    crs: TargetCrs = None,
    encoding: Annotated[str, typer.Option(help=text("文字编码", "text encoding"))] = "GBK",
) -> None:
    from weijian.domain.errors import EndingUnknown
    from weijian.services.layer_export import LayerExport

    if out.suffix.lower() != ".txt":
        raise EndingUnknown(path=out, formats=".txt")
    _export_layer(LayerExport(workspace, layer, out, tuple(number or ()), crs, encoding))


def _export_layer(request: LayerExport) -> None:
    from weijian import bootstrap
    from weijian.services.layer_export import export_layer

    done = terminal.watch(export_layer(request, on=bootstrap.start().today), LANGUAGE)
    for note in done.notes:
        terminal.complain(note.said_in(LANGUAGE))
    terminal.say(text(f"{done.path}：{done.rows} 行", f"{done.path}: {done.rows} rows"))


@export_app.command(
    "persons",
    help=help_text(
        "人员名册（XLSX）；姓名和号码默认遮蔽，--in-clear 输出完整内容，需有权限并记入审计。",
        "Persons as XLSX; masked, or in clear for those who may see it, which is written to the audit.",
        "weijian export persons --workspace out/demo/workspace --out persons.xlsx",
    ),
)
def export_persons(
    workspace: Workspace,
    out: Out,
    in_clear: Annotated[
        bool, typer.Option("--in-clear", help=text("输出完整内容", "names and numbers in full"))
    ] = False,
) -> None:
    from weijian.services.person_export import export_persons as export

    terminal.say(str(terminal.watch(export(workspace, out, clear=in_clear), LANGUAGE).value))


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
