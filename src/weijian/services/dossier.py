"""The household's dossier (一户一档): finding a household, and everything that is kept of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from shapely import MultiPolygon, Polygon

from weijian.domain.against_permit import Excess, Standing, excess_of, permit_of, standing
from weijian.domain.building import Building
from weijian.domain.case import Case
from weijian.domain.change_set import ChangeSet, Done, Part
from weijian.domain.disposal import Disposal, RuleSet, rule_set_on
from weijian.domain.finding import Finding
from weijian.domain.grid import Bounds
from weijian.domain.household import Household, masked_name
from weijian.domain.legality import LegalityRules
from weijian.domain.parcel import Parcel
from weijian.domain.permit import Permit
from weijian.services.actor import current_actor
from weijian.services.dossier_history import HistoryEntry, history_entries
from weijian.services.personal_data import ShownPerson, masked
from weijian.storage.repositories.persons import KeptPerson
from weijian.storage.unit_of_work import UnitOfWork
from weijian.storage.workspace import open_workspace

_MARGIN_M = 5.0
"""Ground around what a household has, on its pieces of imagery."""

_HISTORY_LINES = 400
_TO_HOUSEHOLD = (Part.FINDINGS, Part.BUILDINGS, Part.PARCELS, Part.PERMITS, Part.CASES)


@dataclass(frozen=True)
class HouseholdHit:
    """A household a search found; ``holder`` is masked. The numbers say by what, where it was not by itself."""

    household_no: str
    holder: str
    address: str
    building_no: str | None = None
    parcel_no: str | None = None


@dataclass(frozen=True)
class DisposalEntry:
    """What was decided of a building, and the rules of the day it was built; None where that day is not known.

    ``outdated`` says that by the day of building known now, other rules apply than those it was decided by.
    """

    disposal: Disposal
    rules: RuleSet | None
    outdated: bool


@dataclass(frozen=True)
class BuildingEntry:
    """A building, how it stands now, its permit if there is one, and what is above that."""

    building: Building
    stands: Standing
    permit: Permit | None
    excess: Excess
    disposal: DisposalEntry | None = None
    former_numbers: tuple[str, ...] = ()


@dataclass(frozen=True)
class PermitEntry:
    """A permit, and whether it had expired on the day of the dossier."""

    permit: Permit
    expired: bool


@dataclass(frozen=True)
class PhotoEntry:
    """A photograph of a case, or of a building; ``taken_at`` is local time as the camera keeps it."""

    sha256: str
    case_no: str | None
    taken_at: datetime | None
    building_no: str | None = None


@dataclass(frozen=True)
class SurveyEntry:
    """A flight whose image of the household's ground can be shown."""

    survey_id: int
    flown_on: date
    name: str
    gsd_m: float


@dataclass(frozen=True)
class Dossier:
    """One household with everything attached.

    Names of persons and their numbers are masked; ``is_protected`` says that numbers can be kept, ``is_locked``
    that this account has no key to them. ``ground`` is a
    square around what the household has (workspace CRS: easting, northing), None when it has nothing on the map;
    ``outlines`` are its parcels or else its buildings.
    """

    household: Household
    former_numbers: tuple[str, ...]
    persons: tuple[ShownPerson, ...]
    is_protected: bool
    is_locked: bool
    parcels: tuple[Parcel, ...]
    buildings: tuple[BuildingEntry, ...]
    permits: tuple[PermitEntry, ...]
    findings: tuple[Finding, ...]
    cases: tuple[Case, ...]
    photos: tuple[PhotoEntry, ...]
    surveys: tuple[SurveyEntry, ...]
    ground: Bounds | None
    outlines: tuple[Polygon | MultiPolygon, ...]
    history: tuple[HistoryEntry, ...] = ()


def search_households(folder: Path, text: str, limit: int) -> tuple[HouseholdHit, ...]:
    """Households by number, holder, address, village, or number of a building or parcel; the likeliest first.

    Parameters
    ----------
    folder : Path
        The workspace.
    text : str
        Words with spaces between them, all of which must occur.
    limit : int
        At most so many.
    """
    with open_workspace(folder) as workspace, workspace.read() as work:
        found = work.households.search(text.split(), limit)
    return tuple(
        HouseholdHit(
            household_no=each.household.household_no,
            holder=masked_name(each.household.holder or ""),
            address=full_address(each.household),
            building_no=each.building_no,
            parcel_no=each.parcel_no,
        )
        for each in found
    )


def household_of(folder: Path, part: Part, number: str) -> str | None:
    """Number of the household that a finding, building, parcel, permit or case belongs to; None when to none."""
    if part is Part.HOUSEHOLDS:
        return number
    if part not in _TO_HOUSEHOLD:
        return None
    with open_workspace(folder) as workspace, workspace.read() as work:
        return work.households.of(part.value, number)


def dossier(
    folder: Path, household_no: str, *, on: date, rules: LegalityRules, disposal_rules: Sequence[RuleSet] = ()
) -> Dossier:
    """Everything of one household.

    Parameters
    ----------
    folder : Path
        The workspace.
    household_no : str
    on : datetime.date
        The day by which permits have expired or not.
    rules : LegalityRules
        Tolerances when what stands is held against what was permitted.
    disposal_rules : sequence of RuleSet
        By which disposal classes were decided.

    Raises
    ------
    NotFound
    """
    with open_workspace(folder) as workspace, workspace.read() as work:
        household = work.households.get(household_no)
        parcels = work.parcels.of_household(household_no)
        buildings = work.buildings.of_household(household_no)
        permits = work.permits.of_household(household_no)
        findings = work.findings.of_household(household_no)
        cases = work.cases.of_household(household_no)
        photos = _photos(work, cases, buildings)
        surveys = work.surveys.all()
        is_protected, is_locked = work.vault.is_protected, work.vault.is_locked
        persons = tuple(_masked(work, kept) for kept in work.persons.of_household(household_no))
        disposals = work.disposals.find(each.building_no for each in buildings)
        former = {b.building_no: tuple(work.history.former_numbers("buildings", b.building_no)) for b in buildings}
        former_households = tuple(work.history.former_numbers("households", household_no))
        things = {
            "persons": [each.person_no for each in persons],
            "parcels": [each.parcel_no for each in parcels],
            "buildings": [each.building_no for each in buildings],
            "disposals": [each.building_no for each in buildings],
            "permits": [each.permit_no for each in permits],
        }
        history = history_entries(work.history.of_household(household_no, things, _HISTORY_LINES))
    outlines = tuple(each.geometry for each in (parcels or buildings))
    return Dossier(
        household=_without_name(household),
        former_numbers=former_households,
        persons=persons,
        is_protected=is_protected,
        is_locked=is_locked,
        parcels=tuple(replace(parcel, holder=None) for parcel in parcels),
        buildings=tuple(
            replace(
                _entry(building, findings, permits, rules),
                disposal=_disposal(building, disposals.get(building.building_no), disposal_rules),
                former_numbers=former[building.building_no],
            )
            for building in buildings
        ),
        permits=tuple(PermitEntry(p, p.expires_on is not None and p.expires_on < on) for p in permits),
        findings=tuple(findings),
        cases=tuple(replace(case, party=masked_name(case.party or "") or None) for case in cases),
        photos=photos,
        surveys=tuple(SurveyEntry(each.survey_id, each.flown_on, each.name, each.gsd_m) for each in surveys),
        ground=_square_around([*outlines, *(b.geometry for b in buildings), *(f.geometry for f in findings)]),
        outlines=outlines,
        history=history,
    )


def _photos(work: UnitOfWork, cases: Sequence[Case], buildings: Sequence[Building]) -> tuple[PhotoEntry, ...]:
    """The photographs of the cases, then those that show a building and belong to no case of the household."""
    of_cases = work.cases.photographs([case.case_no for case in cases])
    entries = [PhotoEntry(each.sha256, case_no, each.taken_at, each.building_no) for case_no, each in of_cases]
    told = {each.sha256 for each in entries}
    shown = work.evidence.photographs_of([building.building_no for building in buildings])
    others = (each for each in shown if each.sha256 not in told)
    return (*entries, *(PhotoEntry(each.sha256, None, each.taken_at, each.building_no) for each in others))


def show_holder(folder: Path, household_no: str) -> Done[str]:
    """The holder's name in full; that it was shown, of which household and to whom, is written to the audit.

    Raises
    ------
    NotFound
    """
    with open_workspace(folder) as workspace, workspace.transaction(current_actor(), "show-holder") as work:
        household = work.households.get(household_no)
        work.households.note_shown(household_no)
        return Done(household.holder or "", ChangeSet())


def full_address(household: Household) -> str:
    """Town, village and address in one line; an address that names them already is not made to name them twice."""
    town, village, address = household.town or "", household.village or "", household.address or ""
    rest = address.removeprefix(town).removeprefix(village)
    return "".join(part for part in (town, village) if part not in rest) + rest


def _without_name(household: Household) -> Household:
    return replace(household, holder=masked_name(household.holder or "") or None)


def _entry(
    building: Building, findings: Sequence[Finding], permits: Sequence[Permit], rules: LegalityRules
) -> BuildingEntry:
    stands = standing(building, findings, rules)
    permit = permit_of(building.geometry, permits, rules)
    excess = Excess() if permit is None else excess_of(stands, permit, rules)
    return BuildingEntry(replace(building, holder=None), stands, permit, excess)


def _masked(work: UnitOfWork, kept: KeptPerson) -> ShownPerson:
    shown = masked(work, kept)
    return replace(shown, name=masked_name(shown.name))


def _disposal(building: Building, decided: Disposal | None, sets: Sequence[RuleSet]) -> DisposalEntry | None:
    if decided is None:
        return None
    now = rule_set_on(building.built_on, sets)
    by = next((each for each in sets if each.key == decided.rule_set), None)
    return DisposalEntry(decided, by, (None if now is None else now.key) != decided.rule_set)


def _square_around(shapes: Sequence[Polygon | MultiPolygon]) -> Bounds | None:
    """A square with all shapes in its middle."""
    if not shapes:
        return None
    lefts, bottoms, rights, tops = zip(*(shape.bounds for shape in shapes), strict=True)
    left, bottom, right, top = min(lefts), min(bottoms), max(rights), max(tops)
    half = max(right - left, top - bottom) / 2 + _MARGIN_M
    x, y = (left + right) / 2, (bottom + top) / 2
    return x - half, y - half, x + half, y + half
