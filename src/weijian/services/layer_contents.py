"""The layers of a workspace as they are written for others: fields, headings, words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from types import MappingProxyType, UnionType
from typing import Any, get_args, get_type_hints

from pyproj import CRS

from weijian.cadastre.fields import chinese_heading, chinese_value, field_rules
from weijian.cadastre.layer_content import LayerColumn, LayerContent, ValueKind
from weijian.cadastre.ogr_writer import moved
from weijian.cadastre.text import object_array
from weijian.domain.building import Building
from weijian.domain.finding import CHANGE_NAMES, PERMIT_STATUS_NAMES, REVIEW_NAMES, Finding
from weijian.domain.household import Household, masked_name
from weijian.domain.layer_kind import LayerKind
from weijian.domain.parcel import Parcel
from weijian.domain.permit import Permit
from weijian.domain.table_kind import Kind
from weijian.domain.zone import ZONE_NAMES, Zone
from weijian.storage.unit_of_work import UnitOfWork

_VALUE_KINDS: Mapping[type, ValueKind] = MappingProxyType(
    {int: ValueKind.WHOLE, float: ValueKind.NUMBER, date: ValueKind.DAY}
)
_NAMES_OF_PEOPLE = ("holder",)
_FINDING_HEADINGS: Mapping[str, str] = MappingProxyType(
    {
        "finding_no": "图斑编号",
        "change_type": "变化类型",
        "area_m2": "面积",
        "area_sigma_m2": "面积误差",
        "height_change_m": "高差",
        "height_sigma_m": "高差误差",
        "confidence": "置信度",
        "method": "检测方法",
        "building_no": "房屋编号",
        "household_no": "户号",
        "parcel_no": "宗地代码",
        "permit_no": "许可证号",
        "permit_status": "许可情况",
        "excess_area_m2": "超出面积",
        "excess_height_m": "超出高度",
        "excess_storeys": "超出层数",
        "zones": "管控区",
        "before_date": "前期日期",
        "after_date": "后期日期",
        "reason": "说明",
        "review": "复核",
    }
)
_FINDING_WORDS: Mapping[str, Mapping[Any, str]] = MappingProxyType(
    {
        "change_type": CHANGE_NAMES,
        "permit_status": PERMIT_STATUS_NAMES,
        "review": REVIEW_NAMES,
    }
)


@dataclass(frozen=True)
class Layer:
    """A layer: its Chinese title, the dataclass of its rows, the field that numbers them, and how they are read."""

    title: str
    kind: type[Any]
    number: str
    read: Callable[[UnitOfWork], Sequence[Any]]


LAYERS: Mapping[LayerKind, Layer] = MappingProxyType(
    {
        LayerKind.HOUSEHOLDS: Layer("户", Household, "household_no", lambda work: work.households.all()),
        LayerKind.PARCELS: Layer("宗地", Parcel, "parcel_no", lambda work: work.parcels.all()),
        LayerKind.BUILDINGS: Layer("房屋", Building, "building_no", lambda work: work.buildings.all()),
        LayerKind.PERMITS: Layer("许可", Permit, "permit_no", lambda work: work.permits.all()),
        LayerKind.ZONES: Layer("管控区", Zone, "zone_no", lambda work: work.zones.all()),
        LayerKind.FINDINGS: Layer("图斑", Finding, "finding_no", lambda work: work.findings.all()),
    }
)


def layer_content(
    layer: LayerKind, values: Sequence[Any], source: CRS, target: CRS, *, with_names: bool
) -> LayerContent:
    """What is written of some rows of a layer.

    Parameters
    ----------
    source, target : pyproj.CRS
        Of the rows' footprints, and of the file.
    with_names : bool
        Whether names of people are in full; else masked.
    """
    known = LAYERS[layer]
    hints = get_type_hints(known.kind)
    headings = _headings(layer)
    names = sorted((f.name for f in fields(known.kind) if f.name in headings), key=lambda n: n != known.number)
    columns = []
    for name in names:
        cells = [_plain(getattr(value, name)) for value in values]
        if name in _NAMES_OF_PEOPLE and not with_names:
            cells = [cell and masked_name(cell) for cell in cells]
        words = _words(layer, name, cells)
        columns.append(LayerColumn(name, headings[name], _kind_of(hints[name]), cells, words))
    geometry = object_array([value.geometry for value in values]) if "geometry" in hints else None
    if geometry is not None and source != target:
        geometry = moved(geometry, source, target)
    return LayerContent(str(layer), known.title, target, geometry, tuple(columns))


def _headings(layer: LayerKind) -> Mapping[str, str]:
    if layer is LayerKind.FINDINGS:
        return _FINDING_HEADINGS
    kind = Kind(layer)
    return {name: chinese_heading(kind, name) for name in field_rules().fields[kind]}


def _words(layer: LayerKind, name: str, cells: Sequence[Any]) -> list[str | None] | None:
    """What the values are called in Chinese; None where they are no words of a glossary."""
    if layer is LayerKind.FINDINGS:
        if name == "zones":
            return [cell and "、".join(ZONE_NAMES[kind] for kind in cell.split(",")) for cell in cells]
        glossary = _FINDING_WORDS.get(name)
        return None if glossary is None else [None if cell is None else glossary[cell] for cell in cells]
    if name not in field_rules().values.get(Kind(layer), {}):
        return None
    return [None if cell is None else chinese_value(Kind(layer), name, cell) for cell in cells]


def _plain(value: Any) -> Any:
    """A value as a cell holds it: words as text, several of them with commas."""
    if isinstance(value, tuple):
        return ",".join(map(str, value)) or None
    return str(value) if isinstance(value, StrEnum) else value


def _kind_of(hint: Any) -> ValueKind:
    plain = next((part for part in get_args(hint) if part is not type(None)), hint)
    return _VALUE_KINDS.get(plain if isinstance(hint, UnionType) else hint, ValueKind.TEXT)
