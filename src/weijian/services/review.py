"""Reviewing findings: saying of each whether it holds, correcting its outline, and taking that back."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

import shapely
from shapely import MultiPolygon, Polygon

from weijian.domain.change_set import Done
from weijian.domain.dismissal import Dismissal
from weijian.domain.errors import InputError
from weijian.domain.finding import Finding, ReviewStatus
from weijian.domain.language import Words
from weijian.domain.lead import Lead
from weijian.domain.measured import with_sigma
from weijian.domain.review import DRAWN_BY_HAND, ReviewState, ReviewUndo
from weijian.services.actor import current_actor
from weijian.services.cases import lead_on
from weijian.services.outdated import changed_permits
from weijian.storage.unit_of_work import UnitOfWork
from weijian.storage.workspace import open_workspace

_SMALLEST_M2 = 0.1


class FindingHasCase(InputError):
    """What a case rests on cannot be called a mistake."""

    zh = "图斑 {finding_no} 已有案件 {case_no}，不能排除或退回待复核；请先在案件中办理销案。"
    en = "Finding {finding_no} has case {case_no} and cannot be dismissed or reopened; withdraw the case first."


class FindingChangedSince(InputError):
    """Something else happened to a finding after the verb that is to be taken back."""

    zh = "图斑 {finding_no} 此后又有改动，不能撤销；请查看它现在的状态后重新处理。"
    en = "Finding {finding_no} was changed since, so this cannot be taken back; look at it and review it again."


class FindingDismissed(InputError):
    """A lead cannot rest on what was called a mistake."""

    zh = "图斑 {finding_no} 已排除，不能登记线索；请先退回待复核。"
    en = "Finding {finding_no} was dismissed and cannot become a lead; reopen it first."


class LeadExists(InputError):
    """A finding is in the register of leads already."""

    zh = "图斑 {finding_no} 已登记为线索 {lead_no}。"
    en = "Finding {finding_no} is lead {lead_no} already."


class OutlineUnusable(InputError):
    """An outline drawn by hand is none."""

    zh = "图斑 {finding_no} 的新轮廓不能用：{why}；请重新绘制。"
    en = "The new outline of finding {finding_no} cannot be used: {why}; draw it again."


@dataclass(frozen=True)
class ReviewItem:
    """A finding with what a reviewer sees beside it; what there is not is None.

    ``changed_permits`` were entered, changed or removed after it was judged, so that the judgement may be outdated.
    """

    finding: Finding
    dismissal: Dismissal | None
    before_survey_id: int | None
    after_survey_id: int
    town: str | None
    village: str | None
    lead_no: str | None
    case_no: str | None
    changed_permits: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReviewList:
    """All findings of a workspace, by number, and how many surveys it has."""

    items: tuple[ReviewItem, ...]
    survey_count: int

    @cached_property
    def reviewed(self) -> int:
        """How many findings were confirmed or dismissed."""
        return sum(item.finding.review is not ReviewStatus.OPEN for item in self.items)


def review_list(folder: Path) -> ReviewList:
    """Everything there is to review, in a handful of queries whatever its number."""
    with open_workspace(folder) as workspace, workspace.read() as work:
        households = {household.household_no: household for household in work.households.all()}
        leads = {lead.finding_no: lead.lead_no for lead in reversed(work.leads.all())}
        cases = work.cases.by_finding()
        items = []
        kept = work.findings.with_origin()
        changed = changed_permits(work, [finding for finding, *_ in kept])
        for finding, noted, before, after in kept:
            home = None if finding.household_no is None else households.get(finding.household_no)
            items.append(
                ReviewItem(
                    finding=finding,
                    dismissal=_dismissal(finding.review, noted),
                    before_survey_id=before,
                    after_survey_id=after,
                    town=None if home is None else home.town,
                    village=None if home is None else home.village,
                    lead_no=leads.get(finding.finding_no),
                    case_no=cases.get(finding.finding_no),
                    changed_permits=changed.get(finding.finding_no, ()),
                )
            )
        return ReviewList(tuple(items), len(work.surveys.all()))


def review_finding(
    folder: Path, finding_no: str, status: ReviewStatus, dismissal: Dismissal | None = None
) -> Done[ReviewUndo]:
    """Confirm, dismiss or reopen a finding; ``dismissal`` is kept with a dismissed one only.

    Raises
    ------
    NotFound, FindingHasCase
    """
    with open_workspace(folder) as workspace, workspace.transaction(current_actor(), "review-finding") as work:
        before = work.findings.review_state(finding_no)
        _refuse_under_a_case(work, finding_no, status)
        noted = dismissal.stored if dismissal is not None and status is ReviewStatus.DISMISSED else None
        after = replace(before, review=status, review_reason=noted)
        return Done(_put(work, finding_no, before, after), work.changes)


def edit_outline(folder: Path, finding_no: str, geometry: Polygon | MultiPolygon) -> Done[ReviewUndo]:
    """Replace a finding's outline by one drawn by hand; the former one stays in the audit.

    The area is that of the new outline. Its standard deviation is the former one in proportion to the length of the
    walls: the image lets a wall be placed no better by hand. Of a rebuilt structure the part that stands now is cut to
    the new outline. The permits are not judged again, which the reason says.

    Parameters
    ----------
    folder : Path
        The workspace.
    finding_no : str
    geometry : Polygon or MultiPolygon
        In the workspace's CRS.

    Raises
    ------
    NotFound
    OutlineUnusable
        It crosses itself, has no area, or lies elsewhere than the finding.
    """
    with open_workspace(folder) as workspace, workspace.transaction(current_actor(), "edit-outline") as work:
        before = work.findings.review_state(finding_no)
        drawn = _usable(finding_no, geometry, before)
        sigma = before.area_sigma_m2 * drawn.length / before.geometry.length
        after = replace(
            before,
            geometry=drawn,
            after_outline=_cut(before.after_outline, drawn),
            area_m2=round(drawn.area, 2),
            area_sigma_m2=round(sigma, 2),
            reason=_reason(before, drawn.area, sigma),
        )
        return Done(_put(work, finding_no, before, after), work.changes)


def undo_review(folder: Path, undo: ReviewUndo) -> Done[ReviewUndo]:
    """Take a review verb back; undoing the answer does it again.

    Raises
    ------
    NotFound
    FindingChangedSince
        When the finding is not as the verb left it.
    FindingHasCase
        When a case was opened on it meanwhile.
    """
    with open_workspace(folder) as workspace, workspace.transaction(current_actor(), "undo-review") as work:
        now = work.findings.review_state(undo.finding_no)
        if now != undo.after:
            raise FindingChangedSince(finding_no=undo.finding_no)
        _refuse_under_a_case(work, undo.finding_no, undo.before.review)
        return Done(_put(work, undo.finding_no, now, undo.before), work.changes)


def enter_lead(folder: Path, finding_no: str, on: date) -> Done[Lead]:
    """Enter a finding in the register of leads, without a case. A number once given is not taken back.

    Raises
    ------
    NotFound, FindingDismissed, LeadExists
    """
    with open_workspace(folder) as workspace, workspace.transaction(current_actor(), "enter-lead") as work:
        finding = work.findings.get(finding_no)
        if finding.review is ReviewStatus.DISMISSED:
            raise FindingDismissed(finding_no=finding_no)
        for entered in work.leads.of_finding(finding_no):
            raise LeadExists(finding_no=finding_no, lead_no=entered.lead_no)
        return Done(lead_on(work, finding, on), work.changes)


def _dismissal(review: ReviewStatus, noted: str | None) -> Dismissal | None:
    return Dismissal.read(noted) if noted and review is ReviewStatus.DISMISSED else None


def _refuse_under_a_case(work: UnitOfWork, finding_no: str, status: ReviewStatus) -> None:
    if status is not ReviewStatus.CONFIRMED:
        for case in work.cases.of_finding(finding_no):
            raise FindingHasCase(finding_no=finding_no, case_no=case.case_no)


def _put(work: UnitOfWork, finding_no: str, before: ReviewState, after: ReviewState) -> ReviewUndo:
    work.findings.set_review_state(finding_no, after)
    return ReviewUndo(finding_no, before, work.findings.review_state(finding_no))


def _usable(finding_no: str, geometry: Polygon | MultiPolygon, before: ReviewState) -> Polygon | MultiPolygon:
    flat = shapely.force_2d(geometry)
    why = None
    if not isinstance(flat, Polygon | MultiPolygon) or flat.is_empty:
        why = Words("没有画出面", "it is no area")
    elif not flat.is_valid:
        why = Words("轮廓自相交", "it crosses itself")
    elif flat.area < _SMALLEST_M2:
        why = Words("面积几乎为零", "it has next to no area")
    elif not flat.intersects(before.geometry):
        why = Words("它与原图斑不相交，位置不对", "it lies elsewhere than the finding")
    if why is not None:
        raise OutlineUnusable(finding_no=finding_no, why=why)
    return flat


def _cut(standing: Polygon | MultiPolygon | None, drawn: Polygon | MultiPolygon) -> Polygon | MultiPolygon | None:
    """What stands after a rebuilding, within the drawn outline; None when that is nothing or no area."""
    if standing is None:
        return None
    left = shapely.intersection(standing, drawn)
    return left if isinstance(left, Polygon | MultiPolygon) and left.area >= _SMALLEST_M2 else None


def _reason(before: ReviewState, area_m2: float, sigma_m2: float) -> str:
    """The machine's sentence with a note of the outline that holds now, however often it is drawn anew."""
    said, _, _ = before.reason.partition(DRAWN_BY_HAND)
    return f"{said}{DRAWN_BY_HAND}：现面积{with_sigma(area_m2, sigma_m2)} m²；许可比对仍按原轮廓）"
