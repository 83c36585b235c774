"""Writing a table as it is shown into a workbook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject

from weijian.qt.desk import Desk
from weijian.services.register_export import SheetTable, export_register

_LAYER_ENDINGS = (".gpkg", ".shp", ".kml", ".geojson", ".dxf", ".txt")
_MOST_NOTES = 20


@dataclass(frozen=True)
class ShownLayer:
    """The layer that a table shows (a `LayerKind`'s word), and the numbers of its rows; asked for in a worker."""

    kind: str
    numbers: Callable[[], tuple[str, ...]]


def ask_for_table_file(
    desk: Desk, owner: QObject, title: str, table: Callable[[], SheetTable], layer: ShownLayer | None = None
) -> None:
    """Ask where, and write the rows and columns that ``table`` gives as XLSX in a job of its own.

    Parameters
    ----------
    desk : Desk
    owner : QObject
        Who is told when it is done.
    title : str
        What the table is called.
    table : callable
        Gives what is to be written; called in a worker.
    layer : ShownLayer, optional
        What is written where another format than XLSX is chosen: the same rows with their outlines.
    """
    path = desk.messages.save_file(
        QCoreApplication.translate("exports", "Export table"), Path(f"{title}.xlsx"), _patterns(layer)
    )
    if path is None:
        return
    name = QCoreApplication.translate("exports", "Export {title}").format(title=title)
    ending = path.suffix.lower()
    if layer is not None and ending in _LAYER_ENDINGS:
        _write_layer(desk, owner, name, path, layer)
        return
    target = path if ending == ".xlsx" else path.with_name(f"{path.name}.xlsx")

    def write(made: SheetTable) -> None:
        desk.jobs.start(owner, name, partial(export_register, made, target), tell)

    def tell(written: Path) -> None:
        desk.messages.notice(_written(written))

    desk.jobs.ask(owner, table, write)


def _patterns(layer: ShownLayer | None) -> str:
    known = ["Excel (*.xlsx)"]
    if layer is not None:
        points = QCoreApplication.translate("exports", "Boundary points")
        names = ("GeoPackage", "Shapefile", "KML", "GeoJSON", "DXF", points)
        known += [f"{name} (*{ending})" for name, ending in zip(names, _LAYER_ENDINGS, strict=True)]
    return ";;".join(known)


def _write_layer(desk: Desk, owner: QObject, name: str, path: Path, layer: ShownLayer) -> None:
    from weijian.domain.layer_kind import LayerKind
    from weijian.services.layer_export import Exported, LayerExport, export_layer

    def write(numbers: tuple[str, ...]) -> None:
        request = LayerExport(desk.folder, LayerKind(layer.kind), path, numbers)
        desk.jobs.start(owner, name, partial(export_layer, request, on=desk.program.today), tell)

    def tell(exported: Exported) -> None:
        notes = [note.said_in(desk.language) for note in exported.notes[:_MOST_NOTES]]
        more = ["…"] if len(exported.notes) > _MOST_NOTES else []
        desk.messages.notice("\n".join([_written(exported.path), *notes, *more]))

    desk.jobs.ask(owner, layer.numbers, write)


def _written(path: Path) -> str:
    return QCoreApplication.translate("exports", "Written: {path}").format(path=path)
