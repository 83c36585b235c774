"""Splitting and merging households and buildings: what belongs to them follows, and old numbers stay findable."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import shapely
from shapely import LineString, MultiPolygon, Polygon
from shapely.ops import split

from weijian.domain.building import Building
from weijian.domain.change_set import Done
from weijian.domain.errors import DuplicateNumber, InputError
from weijian.domain.household import Household
from weijian.domain.language import Words
from weijian.services.actor import current_actor
from weijian.services.household_edits import Edit
from weijian.storage.unit_of_work import UnitOfWork
from weijian.storage.workspace import open_workspace

_LEAST_PIECE_M2 = 1.0
_TOUCHING_M = 0.1
"""Buildings that lie no further apart are one when merged; the gap is closed."""
_OWNED = ("parcels", "buildings", "permits", "persons", "findings", "leads", "cases")

Shape = Polygon | MultiPolygon


class MergeImpossible(InputError):
    """Two things cannot become one."""

    zh = "{first} 与 {second} 不能合并：{why}。"
    en = "{first} and {second} cannot be merged: {why}."


class SplitImpossible(InputError):
    """A thing cannot be divided so."""

    zh = "{number} 不能这样分开：{why}。"
    en = "{number} cannot be split so: {why}."


def merge_households(folder: Path, into: str, gone: str) -> Done[Edit]:
    """Put everything of household ``gone`` under ``into``; its number leads to ``into`` from then on.

    Raises
    ------
    NotFound, MergeImpossible
    """
    if into == gone:
        raise MergeImpossible(first=into, second=gone, why=Words("是同一户", "they are the same"))
    with open_workspace(folder) as workspace:
        with workspace.transaction(current_actor(), "merge-households") as work:
            work.households.get(into)
            work.households.get(gone)
            for part in _OWNED:
                work.history.relink(part, "household_no", gone, into)
            work.history.take_away("households", gone)
            work.history.note_successor("households", gone, into)
        return Done(Edit(work.action_id, into), work.changes)


def split_household(
    folder: Path, household_no: str, new: Household, *, buildings: Sequence[str], persons: Sequence[str] = ()
) -> Done[Edit]:
    """Make a household of some buildings and persons of another.

    Parcels on which nothing else of the old household stands, permits that cover a building that goes, findings on it
    and cases about it go along.

    Raises
    ------
    NotFound, DuplicateNumber, SplitImpossible
    """
    with open_workspace(folder) as workspace:
        with workspace.transaction(current_actor(), "split-household") as work:
            work.households.get(household_no)
            if work.households.find([new.household_no]):
                raise DuplicateNumber(kind=Words("户", "household"), number=new.household_no)
            owned = {each.building_no: each for each in work.buildings.of_household(household_no)}
            if not buildings and not persons:
                why = Words("没有选择分出去的建筑或人员", "no building and no person was chosen")
                raise SplitImpossible(number=household_no, why=why)
            strangers = sorted(set(buildings) - set(owned))
            if strangers:
                why = Words(f"建筑 {strangers[0]} 不属于该户", f"building {strangers[0]} is not of this household")
                raise SplitImpossible(number=household_no, why=why)
            work.households.upsert_many([new])
            going = [owned[number] for number in buildings]
            staying = [each for number, each in owned.items() if number not in buildings]
            _move_along(work, household_no, new.household_no, going, staying)
            for person_no in persons:
                work.persons.move(person_no, new.household_no)
        return Done(Edit(work.action_id, new.household_no), work.changes)


def merge_buildings(folder: Path, into: str, gone: str) -> Done[Edit]:
    """Make one building of two that touch: outline and area of both, the most storeys, the greatest height.

    Raises
    ------
    NotFound
    MergeImpossible
        They do not touch, or belong to different households.
    """
    with open_workspace(folder) as workspace:
        with workspace.transaction(current_actor(), "merge-buildings") as work:
            one, other = work.buildings.get(into), work.buildings.get(gone)
            why = _why_not_one(one, other)
            if why is not None:
                raise MergeImpossible(first=into, second=gone, why=why)
            work.buildings.edit(_both(one, other), one)
            for part in ("findings", "cases"):
                work.history.relink(part, "building_no", gone, into)
            if work.disposals.find([gone]):
                work.history.take_away("disposals", gone)
            work.history.take_away("buildings", gone)
            work.history.note_successor("buildings", gone, into)
        return Done(Edit(work.action_id, one.household_no or ""), work.changes)


def split_building(folder: Path, building_no: str, line: LineString) -> Done[Edit]:
    """Divide a building by a line (workspace CRS) into two, numbered ``NUMBER-1`` and ``NUMBER-2``, the larger first.

    The area goes to the pieces in proportion; findings go to the piece they lie on, cases with their findings or with
    the larger piece. A disposal class is decided anew.

    Raises
    ------
    NotFound, SplitImpossible, DuplicateNumber
    """
    with open_workspace(folder) as workspace:
        with workspace.transaction(current_actor(), "split-building") as work:
            whole = work.buildings.get(building_no)
            pieces = _pieces(whole, line)
            taken = work.buildings.find(piece.building_no for piece in pieces)
            if taken:
                raise DuplicateNumber(kind=Words("建筑", "building"), number=min(taken))
            work.buildings.upsert_many(pieces)
            _follow_pieces(work, whole, pieces)
            if work.disposals.find([building_no]):
                work.history.take_away("disposals", building_no)
            work.history.take_away("buildings", building_no)
            work.history.note_successor("buildings", building_no, *(piece.building_no for piece in pieces))
        return Done(Edit(work.action_id, whole.household_no or ""), work.changes)


def _move_along(work: UnitOfWork, old: str, new: str, going: Sequence[Building], staying: Sequence[Building]) -> None:
    """Everything that goes with some buildings from one household to another."""
    numbers = [each.building_no for each in going]
    stand = {each.parcel_no for each in staying}
    parcels = [each.parcel_no for each in going if each.parcel_no is not None and each.parcel_no not in stand]
    permits = [p.permit_no for p in work.permits.of_household(old) if _covers_most(p.geometry, going, staying)]
    findings = [f.finding_no for f in work.findings.of_household(old) if f.building_no in numbers]
    cases = [
        case.case_no
        for case in work.cases.of_household(old)
        if case.building_no in numbers or (case.finding_nos and set(case.finding_nos) <= set(findings))
    ]
    leads = [lead.lead_no for lead in work.leads.of_household(old) if lead.finding_no in findings]
    moved = {
        **{"buildings": numbers, "parcels": parcels, "permits": permits},
        **{"findings": findings, "cases": cases, "leads": leads},
    }
    for part, which in moved.items():
        work.history.relink(part, "household_no", old, new, which)


def _covers_most(permitted: Shape, going: Sequence[Building], staying: Sequence[Building]) -> bool:
    """Whether a permit covers more of what goes than of what stays."""
    there, here = (sum(permitted.intersection(each.geometry).area for each in some) for some in (going, staying))
    return there > here


def _why_not_one(one: Building, other: Building) -> Words | None:
    if one.building_no == other.building_no:
        return Words("是同一幢", "they are the same")
    if one.household_no != other.household_no:
        return Words("不属于同一户，请先合并户", "they belong to different households: merge those first")
    if one.geometry.distance(other.geometry) > _TOUCHING_M:
        return Words("两者不相连", "they do not touch")
    return None


def _both(one: Building, other: Building) -> Building:
    joined: Any = shapely.union(one.geometry, other.geometry)
    if not isinstance(joined, Polygon):
        closed: Any = joined.buffer(_TOUCHING_M, join_style="mitre").buffer(-_TOUCHING_M, join_style="mitre")
        joined = shapely.union(closed, joined)

    def known(name: str) -> list[Any]:
        return [value for value in (getattr(one, name), getattr(other, name)) if value is not None]

    return replace(
        one,
        geometry=joined,
        storeys=max(known("storeys"), default=None),
        height_m=max(known("height_m"), default=None),
        built_area_m2=sum(known("built_area_m2")) or None,
        built_on=min(known("built_on"), default=None),
    )


def _pieces(whole: Building, line: LineString) -> list[Building]:
    parts = (part for shape in _polygons(whole.geometry) for part in split(shape, line).geoms)
    shapes = sorted((p for p in parts if isinstance(p, Polygon)), key=lambda each: each.area, reverse=True)
    if len(shapes) != 2:
        why = Words("线没有把轮廓分成两块", "the line does not divide the outline in two")
        raise SplitImpossible(number=whole.building_no, why=why)
    if shapes[1].area < _LEAST_PIECE_M2:
        why = Words("分出的一块太小", "one piece is too small")
        raise SplitImpossible(number=whole.building_no, why=why)
    total = sum(shape.area for shape in shapes)
    return [
        replace(
            whole,
            building_no=f"{whole.building_no}-{place}",
            geometry=shape,
            built_area_m2=None if whole.built_area_m2 is None else round(whole.built_area_m2 * shape.area / total, 2),
        )
        for place, shape in enumerate(shapes, start=1)
    ]


def _polygons(shape: Shape) -> list[Polygon]:
    return list(shape.geoms) if isinstance(shape, MultiPolygon) else [shape]


def _follow_pieces(work: UnitOfWork, whole: Building, pieces: Sequence[Building]) -> None:
    """Findings to the piece they lie on, cases with their findings."""
    number, of_finding = whole.building_no, {}
    for finding in work.findings.of_building(number):
        lies_on = max(pieces, key=lambda piece: float(finding.geometry.intersection(piece.geometry).area))
        of_finding[finding.finding_no] = lies_on.building_no
        work.history.relink("findings", "building_no", number, lies_on.building_no, [finding.finding_no])
    for case in work.cases.of_building(number):
        followed = next((of_finding[f] for f in case.finding_nos if f in of_finding), pieces[0].building_no)
        work.history.relink("cases", "building_no", number, followed, [case.case_no])
