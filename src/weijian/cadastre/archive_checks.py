"""What is wrong with an archive as a whole: outlines among themselves, numbers, areas, and what belongs to nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from weijian.cadastre import topology
from weijian.cadastre.check_rules import CheckRules
from weijian.cadastre.faults import Why
from weijian.cadastre.polygons import mended
from weijian.domain.job import Job, Progress
from weijian.domain.language import Language, Words
from weijian.domain.table_kind import Kind

_CALLED = {
    Kind.HOUSEHOLDS: Words("户", "household"),
    Kind.PARCELS: Words("宗地", "parcel"),
    Kind.BUILDINGS: Words("建筑", "building"),
    Kind.PERMITS: Words("许可", "permit"),
    Kind.ZONES: Words("管控区", "zone"),
}


@dataclass(frozen=True, eq=False)
class Layer:
    """Outlines of one kind, in metres, and some of their fields; the n-th of each belong together.

    ``shapes`` holds polygons, or None where there is no outline.
    """

    numbers: Sequence[str]
    shapes: NDArray[np.object_]
    fields: Mapping[str, Sequence[Any]] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Archive:
    """Everything that is checked; ``households`` are their numbers, None when they are not known at all."""

    layers: Mapping[Kind, Layer]
    households: Sequence[str] | None = None


@dataclass(frozen=True)
class Fault:
    """One thing wrong with one thing of the archive.

    Attributes
    ----------
    why : Why
    kind : Kind
        What has the fault.
    number : str
        Its number.
    other : str or None
        Number of the one it collides with or names; for invalid geometry the reason.
    measure : str or None
        How much, with its unit.
    place : shapely geometry or None
        The ground to look at; None where there is none.
    """

    why: Why
    kind: Kind
    number: str
    other: str | None = None
    measure: str | None = None
    place: shapely.Geometry | None = None

    @property
    def called(self) -> Words:
        """What kind of thing has the fault."""
        return _CALLED[self.kind]

    def reason(self, language: Language) -> str:
        """What is wrong, without saying with whom."""
        return self.why.said(language, self.other, self.measure)

    def sentence(self, language: Language) -> str:
        """The line shown to the user."""
        joint = "：" if language == "zh" else ": "
        return f"{self.called.said_in(language)} {self.number}{joint}{self.reason(language)}"


def check_archive(archive: Archive, rules: CheckRules) -> Job[tuple[Fault, ...]]:
    """Check an archive; cancel answers between two blocks.

    Returns
    -------
    tuple of Fault
        By kind and check, in the order of the layers' numbers.
    """
    found: list[Fault] = []
    sound: dict[Kind, Layer] = {}
    stages = [*archive.layers, "across", "references"]
    for step, kind in enumerate(archive.layers):
        yield Progress("check", step, len(stages))
        layer = archive.layers[kind]
        found += _invalid(kind, layer)
        sound[kind] = _usable(layer)
        found += _numbers(kind, layer, rules)
        found += _areas(kind, sound[kind], rules)
        if kind in (Kind.PARCELS, Kind.BUILDINGS):
            for block in _among_themselves(kind, sound[kind], rules):
                found += block
                yield Progress("check", step, len(stages))
    if {Kind.BUILDINGS, Kind.PARCELS} <= set(sound):
        for block in _across(sound[Kind.BUILDINGS], sound[Kind.PARCELS], rules):
            yield Progress("check", len(archive.layers), len(stages))
            found += block
    yield Progress("check", len(stages) - 1, len(stages))
    found += _references(archive)
    return tuple(found)


def _invalid(kind: Kind, layer: Layer) -> Iterator[Fault]:
    missing = shapely.is_missing(layer.shapes) | shapely.is_empty(layer.shapes)
    for i in np.flatnonzero(missing).tolist():
        yield Fault(Why.GEOMETRY_EMPTY, kind, layer.numbers[i])
    for i in np.flatnonzero(~missing & ~shapely.is_valid(layer.shapes)).tolist():
        shape = layer.shapes[i]
        reason = shapely.is_valid_reason(shape).split("[")[0]
        repaired = mended(shape)
        if repaired is None:
            yield Fault(Why.GEOMETRY_INVALID, kind, layer.numbers[i], reason, place=shapely.envelope(shape))
        else:
            areas = f"{shape.area:.2f} → {repaired.area:.2f} m²"
            yield Fault(Why.MENDABLE, kind, layer.numbers[i], reason, areas, place=repaired)


def _usable(layer: Layer) -> Layer:
    """The layer without outlines that are missing or beyond repair, the others repaired."""
    shapes = layer.shapes.copy()
    invalid = ~shapely.is_valid(shapes) & ~shapely.is_missing(shapes)
    for i in np.flatnonzero(invalid).tolist():
        shapes[i] = mended(shapes[i])
    kept = np.flatnonzero(~shapely.is_missing(shapes) & ~shapely.is_empty(shapes)).tolist()
    if len(kept) == len(shapes):
        return Layer(layer.numbers, shapes, layer.fields)
    fields = {name: [values[i] for i in kept] for name, values in layer.fields.items()}
    return Layer([layer.numbers[i] for i in kept], shapes[kept], fields)


def _numbers(kind: Kind, layer: Layer, rules: CheckRules) -> Iterator[Fault]:
    if kind is not Kind.PARCELS:
        return
    form = re.compile(rules.parcel_no_pattern, re.ASCII)
    for number, written, shape in zip(
        layer.numbers, layer.fields.get("parcel_no", layer.numbers), layer.shapes, strict=True
    ):
        if written is not None and not form.fullmatch(str(written)):
            yield Fault(Why.PARCEL_NO_FORM, kind, number, place=shape)


def _areas(kind: Kind, layer: Layer, rules: CheckRules) -> Iterator[Fault]:
    if kind is Kind.PARCELS:
        why, stated, measured = Why.AREA_DIFFERS, layer.fields.get("area_m2"), shapely.area(layer.shapes)
        share = rules.area_difference_share
    elif kind is Kind.BUILDINGS and "storeys" in layer.fields:
        why, stated = Why.BUILT_AREA_DIFFERS, layer.fields.get("built_area_m2")
        measured = shapely.area(layer.shapes) * _numbers_of(layer.fields["storeys"])
        share = rules.built_area_share
    else:
        return
    if stated is None:
        return
    told = _numbers_of(stated)
    differs = np.abs(told - measured)
    for i in np.flatnonzero(differs > np.fmax(rules.area_difference_m2, share * measured)).tolist():
        said = f"{told[i]:.2f} / {measured[i]:.2f} m²"
        yield Fault(why, kind, layer.numbers[i], None, said, layer.shapes[i])


def _numbers_of(values: Sequence[Any]) -> NDArray[np.float64]:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _among_themselves(kind: Kind, layer: Layer, rules: CheckRules) -> Iterator[list[Fault]]:
    if not len(layer.shapes):
        return
    shapes, number = layer.shapes, layer.numbers
    yield [_sliver(kind, layer, i) for i in topology.slivers(shapes, rules).tolist()]
    fit = topology.loose_edges(shapes, rules.gap_width_m if kind is Kind.PARCELS else 0.0)
    for block in topology.overlaps(shapes, fit, rules):
        found = []
        for meeting in block:
            twice = topology.is_duplicate(shapes, meeting, rules)
            why, measure = (Why.TWICE, None) if twice else (Why.OVERLAPS, _square_metres(meeting.area_m2))
            found.append(Fault(why, kind, number[meeting.second], number[meeting.first], measure, meeting.ground))
        yield found
    if kind is Kind.PARCELS:
        for block in topology.gaps(shapes, fit, rules):
            yield [
                Fault(Why.GAP, kind, number[m.first], number[m.second], _square_metres(m.area_m2), m.ground)
                for m in block
            ]


def _sliver(kind: Kind, layer: Layer, i: int) -> Fault:
    shape = layer.shapes[i]
    width = topology.widths(layer.shapes[[i]])[0]
    return Fault(Why.SLIVER, kind, layer.numbers[i], None, f"{shape.area:.2f} m², {width:.2f} m", shape)


def _across(buildings: Layer, parcels: Layer, rules: CheckRules) -> Iterator[list[Fault]]:
    for shared, bare in topology.across(buildings.shapes, parcels.shapes, rules):
        found = [
            Fault(
                Why.ACROSS_PARCELS,
                Kind.BUILDINGS,
                buildings.numbers[m.first],
                parcels.numbers[m.second],
                _square_metres(m.area_m2),
                m.ground,
            )
            for m in shared
        ]
        found += [
            Fault(
                Why.OUTSIDE_PARCEL,
                Kind.BUILDINGS,
                buildings.numbers[m.first],
                None,
                _square_metres(m.area_m2),
                m.ground,
            )
            for m in bare
        ]
        yield found


def _references(archive: Archive) -> Iterator[Fault]:
    """What names something that is not there, and households and buildings without each other."""
    if archive.households is None:
        return
    known = {"household_no": set(archive.households)}
    whys = {"household_no": Why.HOUSEHOLD_UNKNOWN, "parcel_no": Why.PARCEL_UNKNOWN}
    if Kind.PARCELS in archive.layers:
        known["parcel_no"] = set(archive.layers[Kind.PARCELS].numbers)
    for kind, layer in archive.layers.items():
        for name, numbers in known.items():
            if kind is Kind.PARCELS and name == "parcel_no":
                continue
            for i, named in enumerate(layer.fields.get(name, ())):
                if named is not None and named not in numbers:
                    yield Fault(whys[name], kind, layer.numbers[i], named, place=layer.shapes[i])
                elif named is None and name == "household_no" and kind is Kind.BUILDINGS:
                    yield Fault(Why.NO_HOUSEHOLD, kind, layer.numbers[i], place=layer.shapes[i])
    yield from _empty_households(archive)


def _empty_households(archive: Archive) -> Iterator[Fault]:
    buildings, parcels = (archive.layers.get(kind) for kind in (Kind.BUILDINGS, Kind.PARCELS))
    if buildings is None:
        return
    owners = set(buildings.fields.get("household_no", ()))
    ground: dict[str, shapely.Geometry] = {}
    if parcels is not None:
        ground = dict(zip(parcels.fields.get("household_no", ()), parcels.shapes, strict=False))
    for number in archive.households or ():
        if number not in owners:
            yield Fault(Why.NO_BUILDING, Kind.HOUSEHOLDS, number, place=ground.get(number))


def _square_metres(area_m2: float) -> str:
    return f"{area_m2:.2f} m²"
