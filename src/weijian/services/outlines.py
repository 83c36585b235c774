"""The outlines of everything of one kind, with what their colour on the map depends on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon

from weijian.domain.case import Case
from weijian.domain.change_set import Part
from weijian.storage.unit_of_work import UnitOfWork
from weijian.storage.workspace import open_workspace

_COLUMNS: Mapping[Part, tuple[str, ...]] = MappingProxyType(
    {
        Part.BUILDINGS: ("storeys", "household_no"),
        Part.PARCELS: ("household_no",),
        Part.PERMITS: ("kind", "household_no"),
        Part.ZONES: ("kind", "name"),
        Part.FINDINGS: ("change_type", "review", "permit_status"),
    }
)

PARTS = (Part.FINDINGS, Part.CASES, Part.BUILDINGS, Part.PERMITS, Part.PARCELS, Part.ZONES)
"""What has outlines, the topmost on the map first."""


@dataclass(frozen=True, eq=False)
class Outlines:
    """Outlines of one part of a workspace, in its CRS; the n-th of each sequence belong together.

    ``numbers`` name the things (a case of several structures comes once for each). ``classes`` has, by field, the
    domain's values (`ChangeType`, `Stage`, storeys ...); what is not known is None.
    """

    part: Part
    numbers: tuple[str, ...]
    geometry: NDArray[np.object_]
    classes: Mapping[str, tuple[Any, ...]]


def read_outlines(folder: Path, part: Part) -> Outlines:
    """Read the outlines of one of :data:`PARTS`.

    Findings come with ``change_type``, ``review``, ``permit_status`` and the ``stage`` of their case (the one opened
    last), buildings with their ``disposal`` class, cases with ``stage``: their structures, or their building where they
    rest on no finding.

    Raises
    ------
    KeyError
        ``part`` has no outlines.
    InputError
        The workspace cannot be read.
    """
    with open_workspace(folder) as workspace, workspace.read() as work:
        if part is Part.CASES:
            return _of_cases(work)
        read = getattr(work, part.value).footprints(*_COLUMNS[part])
        classes = dict(read.columns)
        if part is Part.BUILDINGS:
            disposals = {each.building_no: each.disposal for each in work.disposals.all()}
            classes["disposal"] = tuple(disposals.get(number) for number in read.numbers)
        if part is Part.FINDINGS:
            stages = {number: case.stage for case in work.cases.all() for number in case.finding_nos}
            classes["stage"] = tuple(stages.get(number) for number in read.numbers)
        return Outlines(part, read.numbers, read.geometry, classes)


def same_outlines(one: Outlines, other: Outlines) -> bool:
    """Whether two readings of a part answered the same."""
    return (
        one.numbers == other.numbers
        and dict(one.classes) == dict(other.classes)
        and bool(shapely.equals_identical(one.geometry, other.geometry).all())
    )


def structures_of(work: UnitOfWork, cases: Sequence[Case]) -> list[tuple[Case, Polygon | MultiPolygon]]:
    """What each case is about: the structures of its findings, or its building where it rests on none."""
    findings = work.findings.find(number for case in cases for number in case.finding_nos)
    alone = [case.building_no for case in cases if not case.finding_nos and case.building_no]
    buildings = work.buildings.find(alone)
    made: list[tuple[Case, Polygon | MultiPolygon]] = []
    for case in cases:
        made += [(case, findings[number].structure) for number in case.finding_nos if number in findings]
        if not case.finding_nos and case.building_no in buildings:
            made.append((case, buildings[case.building_no].geometry))
    return made


def _of_cases(work: UnitOfWork) -> Outlines:
    structures = structures_of(work, work.cases.all())
    geometry = np.empty(len(structures), dtype=object)
    geometry[:] = [shape for _, shape in structures]
    stages = tuple(case.stage for case, _ in structures)
    return Outlines(Part.CASES, tuple(case.case_no for case, _ in structures), geometry, {"stage": stages})
