"""The papers of a case: order map and demolition order."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

from pyproj import CRS

from weijian.domain.case import Case, CaseDocument
from weijian.domain.cgcs2000 import chinese_crs_name
from weijian.domain.change_set import Done
from weijian.domain.errors import EndingUnknown, InputError
from weijian.domain.finding import CHANGE_NAMES, PERMIT_STATUS_NAMES, ChangeType, Finding, PermitStatus
from weijian.domain.language import Words
from weijian.domain.permit import PermitKind
from weijian.domain.survey import Survey
from weijian.imagery.shift import ShiftField
from weijian.publish.documents import ORDER_NAME, OrderValues, write_order
from weijian.publish.map_scale import choose_scale, extent_at_scale, offset_within
from weijian.publish.order_map import write_pdf, write_png
from weijian.publish.order_rules import OrderRules
from weijian.publish.order_sheet import MapImage, OrderMapSheet
from weijian.publish.paper import Page
from weijian.services.actor import current_actor
from weijian.services.alignments import Placement, kept_placement, shifts_near
from weijian.services.cases import find_case
from weijian.services.chips import read_chip
from weijian.storage.unit_of_work import UnitOfWork
from weijian.storage.workspace import Workspace, open_workspace

PRINT_DPI = 300
"""Resolution at which imagery is put on paper, unless the survey itself is coarser."""
IMAGE_SOURCE = "无人机正射影像（DOM）"


class OrderUnfounded(InputError):
    """An order was asked for on something that is not known to be unlawful."""

    zh = "案件 {case_no} 的图斑 {finding_no} 目前是“{status}”，不能据以责令拆除；请先核实许可情况。"
    en = "Finding {finding_no} of case {case_no} stands as '{status}': no ground for an order; check the permits."


class StandingOutlineUnknown(InputError):
    """Of a rebuilt building only the old and the new ground together are known."""

    zh = (
        "案件 {case_no} 的图斑 {finding_no} 是翻建，仅有新旧合并的轮廓；请用两期 DSM 重新检测，或实测现状后再出决定书。"
    )
    en = (
        "Finding {finding_no} of case {case_no} is a rebuilt one with old and new ground together; "
        "detect again with both DSMs, or survey what stands, before an order."
    )


class StructureOutside(InputError):
    """A map frame was moved so far that a structure would leave it."""

    zh = "案件 {case_no} 的拆除范围会移出图框；请往回移动一些。"
    en = "A structure of case {case_no} would leave the map frame; move the map back a little."


_VIOLATIONS: Mapping[PermitStatus | None, str] = MappingProxyType(
    {
        PermitStatus.UNPERMITTED: "未取得规划许可",
        PermitStatus.EXCEEDS_PERMIT: "未按照规划许可的内容",
        PermitStatus.EXPIRED: "在规划许可已经到期的情况下",
    }
)
"""How an order words what is unlawful; what is not here is no ground for one."""


@dataclass(frozen=True)
class CaseFile:
    """Everything of a case that its papers show."""

    case: Case
    findings: tuple[Finding, ...]
    before: Survey | None
    after: Survey
    placement: Placement
    bureau: str

    @property
    def area_m2(self) -> float:
        """Projected area of all structures."""
        return sum(finding.structure_area_m2 for finding in self.findings)

    @property
    def area_sigma_m2(self) -> float:
        """Standard deviation of the area; structures are measured independently."""
        return math.sqrt(sum(finding.area_sigma_m2**2 for finding in self.findings))


def export_order_map(folder: Path, wanted: str, path: Path, *, page: Page, scale: int | None, on: date) -> Path:
    """Write the order map of a case as PDF or PNG, by the ending of ``path``.

    Parameters
    ----------
    folder : Path
        The workspace.
    wanted : str
        Number of the case, or its place in the list of cases.
    path : Path
    page : Page
    scale : int or None
        Denominator; None chooses the largest that shows the structures with their surroundings.
    on : datetime.date
        Day of the drawing.

    Raises
    ------
    NotFound, StructureTooLarge, EndingUnknown, TargetUnwritable, FileMissing
    """
    writers = {".pdf": write_pdf, ".png": write_png}
    if path.suffix.lower() not in writers:
        raise EndingUnknown(path=path, formats=", ".join(writers))
    with open_workspace(folder) as workspace:
        sheet = order_map_sheet(workspace, wanted, page, scale, on)
    return writers[path.suffix.lower()](sheet, path)


def preview_order_map(
    folder: Path, wanted: str, *, page: Page, scale: int | None, on: date, offset: tuple[float, float] = (0.0, 0.0)
) -> OrderMapSheet:
    """What the order map of a case will show, to be painted and then written as it was painted.

    Raises
    ------
    NotFound, StructureTooLarge, StructureOutside, FileMissing
    """
    with open_workspace(folder) as workspace:
        return order_map_sheet(workspace, wanted, page, scale, on, offset)


def order_map_sheet(
    workspace: Workspace,
    wanted: str,
    page: Page,
    scale: int | None,
    on: date,
    offset: tuple[float, float] = (0.0, 0.0),
) -> OrderMapSheet:
    """Resolve everything the order map of a case shows; ``offset`` moves its frames by metres east and north.

    Raises
    ------
    NotFound, StructureTooLarge, StructureOutside, FileMissing
    """
    with workspace.read() as work:
        file = _case_file(work, find_case(work, wanted))
        structures = tuple(finding.structure for finding in file.findings)
        scale = choose_scale(structures, page, scale)
        if offset_within(structures, page, scale, offset) != offset:
            raise StructureOutside(case_no=file.case.case_no)
        extent = extent_at_scale(structures, page, scale, offset)
        parcels, archive = work.parcels.within(extent), work.buildings.within(extent)
        order = _order_of(work, file.case)
    pixel_m = scale / 1000 * 25.4 / PRINT_DPI

    def image(survey: Survey, shift: ShiftField | None) -> MapImage:
        chip = read_chip(survey, extent, workspace.crs, max(pixel_m, survey.gsd_m / 2), shift)
        return MapImage(chip.rgb, chip.bounds, IMAGE_SOURCE, survey.flown_on, survey.gsd_m)

    into_before, into_after = shifts_near(file.placement, extent, workspace.crs, CRS(file.after.crs))
    first = file.findings[0]
    return OrderMapSheet(
        case_no=file.case.case_no,
        bureau=file.bureau,
        place=file.case.place or "",
        change_type=first.change_type,
        structures=structures,
        parcels=tuple(parcel.geometry for parcel in parcels),
        archive=tuple(building.geometry for building in archive),
        before=None if file.before is None else image(file.before, into_before),
        after=image(file.after, into_after),
        crs_name=chinese_crs_name(workspace.crs),
        epsg=workspace.crs.to_epsg(),
        area_m2=file.area_m2,
        area_sigma_m2=file.area_sigma_m2,
        page=page,
        scale=scale,
        drawn_on=on,
        document_no=None if order is None else order.document_no,
        household_no=file.case.household_no,
        parcel_no=first.parcel_no,
        party=file.case.party,
        height_change_m=first.height_change_m,
        height_sigma_m=first.height_sigma_m,
        drawn_by=file.case.lead_officer,
        offset=offset,
    )


def export_order_document(folder: Path, wanted: str, path: Path, *, rules: OrderRules, on: date) -> Done[Path]:
    """Issue the demolition order of a case and write it as DOCX; issued again, it keeps its number.

    Raises
    ------
    NotFound, OrderUnfounded, StandingOutlineUnknown, DocumentFieldMissing, EndingUnknown, TargetUnwritable
    """
    if path.suffix.lower() != ".docx":
        raise EndingUnknown(path=path, formats=".docx")
    with open_workspace(folder) as workspace, workspace.transaction(current_actor(), "issue-order") as work:
        file = _case_file(work, find_case(work, wanted))
        _require_ground(file)
        document = _issued(work, file.case, on)
        return Done(write_order(_order_values(work, file, document, rules), path), work.changes)


def _require_ground(file: CaseFile) -> None:
    for finding in file.findings:
        if finding.permit_status not in _VIOLATIONS:
            status = finding.permit_status
            told = (
                Words(CHANGE_NAMES[finding.change_type], finding.change_type.value)
                if status is None
                else Words(PERMIT_STATUS_NAMES[status], status.value)
            )
            raise OrderUnfounded(case_no=file.case.case_no, finding_no=finding.finding_no, status=told)
        if finding.change_type is ChangeType.REBUILT and finding.after_outline is None:
            raise StandingOutlineUnknown(case_no=file.case.case_no, finding_no=finding.finding_no)


def _order_of(work: UnitOfWork, case: Case) -> CaseDocument | None:
    """The demolition order that was issued in a case, if there is one."""
    return next((each for each in work.cases.documents(case.case_no) if each.kind == ORDER_NAME), None)


def _issued(work: UnitOfWork, case: Case, on: date) -> CaseDocument:
    order = _order_of(work, case)
    if order is not None:
        return order
    mark = work.settings.get("document_mark", "违拆决字")
    number = work.numbers.next_number(ORDER_NAME, on.year)
    document = CaseDocument(f"{mark}〔{on.year}〕{number}号", case.case_no, ORDER_NAME, on)
    work.cases.issue(document)
    return document


def _order_values(work: UnitOfWork, file: CaseFile, document: CaseDocument, rules: OrderRules) -> OrderValues:
    first = file.findings[0]
    return OrderValues(
        document_no=document.document_no,
        case_no=file.case.case_no,
        bureau=file.bureau,
        party=file.case.party or "",
        place=file.case.place or "",
        violation=_violation(file.findings),
        area_m2=file.area_m2,
        area_sigma_m2=file.area_sigma_m2,
        found_on=file.case.opened_on,
        later_survey_on=file.after.flown_on,
        issued_on=document.issued_on,
        basis=rules.bases[_basis(work, first)],
        rules=rules,
        review_body=work.settings.get("review_body", ""),
        court=work.settings.get("court", ""),
        earlier_survey_on=None if file.before is None else file.before.flown_on,
        height_change_m=first.height_change_m,
        height_sigma_m=first.height_sigma_m,
    )


def _basis(work: UnitOfWork, finding: Finding) -> str:
    """Key of the legal basis: temporary buildings by 城乡规划法 66, else 65 in villages and 64 in towns."""
    if finding.permit_no is not None and work.permits.get(finding.permit_no).kind is PermitKind.TEMPORARY:
        return "planning_66"
    return "planning_64" if work.settings.get("planning_area") == "town" else "planning_65"


def _violation(findings: tuple[Finding, ...]) -> str:
    """What the party did, as the order words it after 你（单位）."""
    how = _VIOLATIONS[findings[0].permit_status]
    what = "、".join(dict.fromkeys(CHANGE_NAMES[finding.change_type] for finding in findings))
    count = "一二三四五六七八九十"[len(findings) - 1] if len(findings) <= 10 else str(len(findings))
    return f"{how}，擅自{what}建筑物{count}处"


def _case_file(work: UnitOfWork, case: Case) -> CaseFile:
    findings = tuple(work.findings.get(number) for number in case.finding_nos)
    before_id, after_id = work.findings.survey_ids(case.finding_nos[0])
    return CaseFile(
        case=case,
        findings=findings,
        before=None if before_id is None else work.surveys.get(before_id),
        after=work.surveys.get(after_id),
        placement=kept_placement(work, before_id, after_id),
        bureau=work.settings.get("bureau") or "",
    )
