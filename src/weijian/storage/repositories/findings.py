"""Findings (疑似图斑) with the surveys they come from and what the reviewer said."""

from collections.abc import Iterable

import shapely
from sqlalchemy import func, select, union

from weijian.domain.errors import DuplicateNumber, NotFound
from weijian.domain.finding import Finding, ReviewStatus
from weijian.domain.language import Words
from weijian.domain.review import DRAWN_BY_HAND, ReviewState
from weijian.storage import audit
from weijian.storage.repositories.register import Layer
from weijian.storage.rows import Scope, from_row, to_row
from weijian.storage.tables import case_findings, findings, leads

_CALLED = Words("图斑", "finding")
_AT_ONCE = 500
"""Numbers in one statement; the database bounds them."""


class Findings(Layer[Finding]):
    """Findings by number."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope, findings, Finding, "finding_no", _CALLED)

    def add_many(self, values: Iterable[Finding], before_survey_id: int | None, after_survey_id: int) -> None:
        """Keep the findings of one detection; ``before_survey_id`` is None when the archive was the before.

        Raises
        ------
        DuplicateNumber
            When a number is there already.
        """
        listed = list(values)
        taken = self.find(value.finding_no for value in listed)
        if taken:
            raise DuplicateNumber(kind=_CALLED, number=min(taken))
        judged_in = audit.next_number(self._scope.connection)
        origin = {"before_survey_id": before_survey_id, "after_survey_id": after_survey_id, "judged_in": judged_in}
        rows = (to_row(value, findings, self._scope.srs_id) | origin for value in listed)
        self._scope.insert(findings, rows, "finding_no")

    def of_building(self, building_no: str) -> list[Finding]:
        """Findings on a building, by number."""
        return list(self._select(findings.c.building_no == building_no))

    def of_surveys(self, before_survey_id: int | None, after_survey_id: int) -> list[Finding]:
        """Findings of one pair of surveys, by number."""
        pair = (findings.c.before_survey_id == before_survey_id, findings.c.after_survey_id == after_survey_id)
        return list(self._select(*pair))

    def not_taken_up(self, before_survey_id: int | None, after_survey_id: int) -> list[str]:
        """Numbers of what an earlier run found in a pair of surveys and nobody has taken up.

        Taken up is what was reviewed, entered as a lead, put under a case, or given an outline drawn by hand.
        """
        c = findings.c
        taken_up = union(
            select(leads.c.finding_no).where(leads.c.finding_no.is_not(None)), select(case_findings.c.finding_no)
        )
        pair = (c.before_survey_id == before_survey_id, c.after_survey_id == after_survey_id)
        stale = (*pair, c.review == ReviewStatus.OPEN, ~c.reason.contains(DRAWN_BY_HAND), c.finding_no.not_in(taken_up))
        return list(self._scope.connection.scalars(select(c.finding_no).where(*stale).order_by(c.finding_no)))

    def discard_open(self, before_survey_id: int | None, after_survey_id: int) -> int:
        """Remove what an earlier run found in a pair of surveys and nobody has taken up; answer how many."""
        numbers = self.not_taken_up(before_survey_id, after_survey_id)
        for start in range(0, len(numbers), _AT_ONCE):
            some = findings.c.finding_no.in_(numbers[start : start + _AT_ONCE])
            self._scope.connection.execute(findings.delete().where(some))
        self._scope.journal.note(findings, "removed", numbers)
        return len(numbers)

    def survey_ids(self, finding_no: str) -> tuple[int | None, int]:
        """Before and after survey of a finding.

        Raises
        ------
        NotFound
        """
        pair = select(findings.c.before_survey_id, findings.c.after_survey_id)
        row = self._scope.connection.execute(pair.where(findings.c.finding_no == finding_no)).first()
        if row is None:
            raise NotFound(kind=_CALLED, number=finding_no)
        return row[0], row[1]

    def count_of_survey(self, survey_id: int) -> int:
        """How many findings rest on a survey, as their before or their after."""
        c = findings.c
        counted = select(func.count()).where((c.before_survey_id == survey_id) | (c.after_survey_id == survey_id))
        return int(self._scope.connection.scalar(counted) or 0)

    def set_review(self, finding_no: str, review: ReviewStatus, reason: str | None = None) -> None:
        """Keep what the reviewer said.

        Raises
        ------
        NotFound
        """
        statement = findings.update().where(findings.c.finding_no == finding_no)
        if not self._scope.connection.execute(statement.values(review=review, review_reason=reason)).rowcount:
            raise NotFound(kind=_CALLED, number=finding_no)
        self._scope.journal.note(findings, "updated", [finding_no])

    def review_state(self, finding_no: str) -> ReviewState:
        """What a review can change of a finding, as it is.

        Raises
        ------
        NotFound
        """
        row = self._scope.connection.execute(select(findings).where(findings.c.finding_no == finding_no)).mappings()
        found = row.first()
        if found is None:
            raise NotFound(kind=_CALLED, number=finding_no)
        return from_row(ReviewState, found)

    def set_review_state(self, finding_no: str, state: ReviewState) -> None:
        """Put a finding into a state; an outline that is replaced by it is kept in the audit as WKT.

        Raises
        ------
        NotFound
        """
        former = self.review_state(finding_no)
        row = to_row(state, findings, self._scope.srs_id)
        self._scope.connection.execute(findings.update().where(findings.c.finding_no == finding_no).values(**row))
        self._scope.journal.note(findings, "updated", [finding_no])
        if former.geometry != state.geometry:
            replaced = shapely.to_wkt(former.geometry, rounding_precision=3)
            self._scope.journal.note(findings, "outline-replaced", [f"{finding_no} {replaced}"])

    def judged_in(self) -> dict[str, int]:
        """By number, the action in which each finding was judged; those of older programs are not there."""
        c = findings.c
        rows = self._scope.connection.execute(select(c.finding_no, c.judged_in).where(c.judged_in.is_not(None)))
        return {row.finding_no: row.judged_in for row in rows}

    def with_origin(self) -> list[tuple[Finding, str | None, int | None, int]]:
        """Every finding by number, with what the reviewer noted and its before and after survey."""
        rows = self._scope.connection.execute(select(findings).order_by(findings.c.finding_no)).mappings()
        return [
            (from_row(Finding, row), row["review_reason"], row["before_survey_id"], row["after_survey_id"])
            for row in rows
        ]
