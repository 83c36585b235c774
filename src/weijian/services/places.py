"""Where a thing is, and what is known of it: for looking it up on the map."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import shapely
from pyproj import CRS
from shapely import MultiPolygon, Polygon

from weijian.domain.building import Building
from weijian.domain.case import Case
from weijian.domain.evidence import Evidence
from weijian.domain.finding import Finding
from weijian.domain.grid import Bounds
from weijian.domain.household import Household
from weijian.domain.parcel import Parcel
from weijian.domain.permit import Permit
from weijian.domain.survey import Survey
from weijian.domain.zone import Zone
from weijian.services.outlines import structures_of
from weijian.services.photo_matching import View, sector, views_of
from weijian.services.survey_files import open_ortho
from weijian.storage.unit_of_work import UnitOfWork
from weijian.storage.workspace import open_workspace

Record = Finding | Household | Building | Parcel | Permit | Zone | Case | Survey | Evidence
Shape = Polygon | MultiPolygon

_PHOTO_M = 4.0


@dataclass(frozen=True)
class Place:
    """Where a thing is, in the workspace's CRS."""

    bounds: Bounds
    geometry: Shape


def record_of(folder: Path, kind: str, number: str) -> Record:
    """What is known of one thing.

    Parameters
    ----------
    folder : Path
        The workspace.
    kind : str
        ``finding household building parcel permit zone case survey photo``.
    number : str
        Its number; a survey's id as text, a photograph's hash.

    Raises
    ------
    NotFound
        There is no such thing (any more).
    """
    with open_workspace(folder) as workspace, workspace.read() as work:
        return _READERS[kind](work, number)


def photo_of(folder: Path, sha256: str) -> Evidence:
    """A photograph; NotFound when there is none of that hash."""
    with open_workspace(folder) as workspace, workspace.read() as work:
        return work.evidence.get(sha256)


def place_of(folder: Path, kind: str, number: str) -> Place | None:
    """Where one thing is; None when it has no outline (a household without parcels and buildings).

    ``kind`` and ``number`` as for :func:`record_of`. A household is where its parcels and buildings are, a case where
    its structures are, a survey where its orthophoto reaches.

    Raises
    ------
    NotFound
        There is no such thing (any more).
    FileMissing, FileUnreadable
        The orthophoto of a survey cannot be read.
    """
    with open_workspace(folder) as workspace:
        with workspace.read() as work:
            record = _READERS[kind](work, number)
            shapes = [] if isinstance(record, Survey | Evidence) else _shapes(work, record)
        if isinstance(record, Survey):
            shapes = [_footprint(record, workspace.crs)]
        if isinstance(record, Evidence):
            shapes = [_seen(view) for view in views_of([record], workspace.crs) if view is not None]
    if not shapes:
        return None
    geometry: Any = shapes[0] if len(shapes) == 1 else shapely.union_all(shapes)
    return Place(geometry.bounds, geometry)


_READERS: Mapping[str, Callable[[UnitOfWork, str], Record]] = MappingProxyType(
    {
        "finding": lambda work, number: work.findings.get(number),
        "household": lambda work, number: work.households.get(number),
        "building": lambda work, number: work.buildings.get(number),
        "parcel": lambda work, number: work.parcels.get(number),
        "permit": lambda work, number: work.permits.get(number),
        "zone": lambda work, number: work.zones.get(number),
        "case": lambda work, number: work.cases.get(number),
        "survey": lambda work, number: work.surveys.get(int(number)),
        "photo": lambda work, number: work.evidence.get(number),
    }
)


def _shapes(work: UnitOfWork, record: Record) -> list[Shape]:
    if isinstance(record, Case):
        return [shape for _, shape in structures_of(work, [record])]
    if isinstance(record, Household):
        number = record.household_no
        parcels, buildings = work.parcels.of_household(number), work.buildings.of_household(number)
        return [parcel.geometry for parcel in parcels] + [building.geometry for building in buildings]
    return [] if isinstance(record, Survey | Evidence) else [record.geometry]


def _seen(view: View) -> Polygon:
    """Where a photograph was taken and what lies before the camera."""
    at = shapely.Point(view.x, view.y)
    return at.buffer(_PHOTO_M) if view.bearing_deg is None else sector(view, 3 * _PHOTO_M)


def _footprint(survey: Survey, crs: CRS) -> Polygon:
    return shapely.box(*open_ortho(survey).grid.bounds_in(crs))
