"""Checking the archive of a workspace as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import shapely

from weijian.cadastre.archive_checks import Archive, Fault, Layer, check_archive
from weijian.cadastre.check_rules import CheckRules, check_rules
from weijian.domain.job import Job, Progress
from weijian.domain.language import Language, Words
from weijian.domain.table_kind import Kind
from weijian.services.register_export import SheetColumn, SheetTable
from weijian.services.registers import ColumnKind, Register, RegisterColumn, RegisterKind
from weijian.storage.repositories.register import Footprints
from weijian.storage.workspace import open_workspace


def check_workspace(folder: Path, rules: CheckRules | None = None) -> Job[tuple[Fault, ...]]:
    """Check households, parcels, buildings, permits and zones of a workspace; nothing is written.

    Raises
    ------
    InputError
        The workspace cannot be read.
    """
    yield Progress("read", 0, 1)
    archive = _read(folder)
    return (yield from check_archive(archive, rules or check_rules()))


def _read(folder: Path) -> Archive:
    with open_workspace(folder) as workspace, workspace.read() as work:
        layers = {
            Kind.PARCELS: _layer(work.parcels.footprints("household_no", "area_m2")),
            Kind.BUILDINGS: _layer(work.buildings.footprints("household_no", "parcel_no", "storeys", "built_area_m2")),
            Kind.PERMITS: _layer(work.permits.footprints("household_no")),
            Kind.ZONES: _layer(work.zones.footprints()),
        }
        households = [row[0] for row in work.columns.rows("households", ("household_no",))]
    return Archive(layers, households)


def _layer(footprints: Footprints) -> Layer:
    return Layer(footprints.numbers, footprints.geometry, footprints.columns)


def fault_register(faults: Sequence[Fault], language: Language) -> Register:
    """Faults as a table: numbered from 1 in their order."""
    columns = (
        RegisterColumn("fault_no", ColumnKind.COUNT, tuple(range(1, len(faults) + 1))),
        RegisterColumn("fault_kind", ColumnKind.TEXT, tuple(fault.called.said_in(language) for fault in faults)),
        RegisterColumn("fault_number", ColumnKind.TEXT, tuple(fault.number for fault in faults)),
        RegisterColumn("fault", ColumnKind.TEXT, tuple(fault.reason(language) for fault in faults)),
        RegisterColumn("easting_m", ColumnKind.METRES, tuple(middle and middle.x for middle in _middles(faults))),
        RegisterColumn("northing_m", ColumnKind.METRES, tuple(middle and middle.y for middle in _middles(faults))),
    )
    return Register(RegisterKind.CHECKS, columns)


def _middles(faults: Sequence[Fault]) -> list[shapely.Point | None]:
    return [None if fault.place is None else shapely.centroid(fault.place) for fault in faults]


def fault_sheet(faults: Sequence[Fault], language: Language) -> SheetTable:
    """Faults as a workbook has them, with the middle of the place in the workspace's CRS."""
    middles = _middles(faults)
    columns = (
        (Words("种类", "Kind"), ColumnKind.TEXT, [fault.called.said_in(language) for fault in faults]),
        (Words("编号", "Number"), ColumnKind.TEXT, [fault.number for fault in faults]),
        (Words("问题", "Fault"), ColumnKind.TEXT, [fault.reason(language) for fault in faults]),
        (Words("相关编号", "Other"), ColumnKind.TEXT, [fault.other for fault in faults]),
        (Words("东坐标（米）", "Easting (m)"), ColumnKind.METRES, [middle and middle.x for middle in middles]),
        (Words("北坐标（米）", "Northing (m)"), ColumnKind.METRES, [middle and middle.y for middle in middles]),
    )
    titled = tuple(SheetColumn(heading.said_in(language), kind, values) for heading, kind, values in columns)
    return SheetTable(Words("检查结果", "Checks").said_in(language), titled)
