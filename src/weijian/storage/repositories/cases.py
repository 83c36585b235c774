"""Cases (案件) with their events, findings, documents, evidence and demolition observations."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, select

from weijian.domain.case import Case, CaseDocument, CaseEvent
from weijian.domain.errors import DuplicateNumber, NotFound
from weijian.domain.evidence import Evidence, EvidenceKind
from weijian.domain.language import Words
from weijian.domain.progress import DemolitionObservation
from weijian.storage import tables
from weijian.storage.rows import Scope, V, from_row, to_row

_CALLED = Words("案件", "case")


class Cases:
    """Cases by number. What happened in a case is only ever added to."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def add(self, case: Case) -> None:
        """Open a case.

        Raises
        ------
        DuplicateNumber
            When the number is taken.
        """
        if self._rows(tables.cases, tables.cases.c.case_no == case.case_no):
            raise DuplicateNumber(kind=_CALLED, number=case.case_no)
        self._scope.insert(tables.cases, [to_row(case, tables.cases, self._scope.srs_id)], "case_no")
        self._link_findings(case.case_no, case.finding_nos)

    def update(self, case: Case) -> None:
        """Keep a case as it now is; findings can be added to it, not taken away.

        Raises
        ------
        NotFound
        """
        row = to_row(case, tables.cases, self._scope.srs_id)
        statement = tables.cases.update().where(tables.cases.c.case_no == case.case_no).values(**row)
        if not self._scope.connection.execute(statement).rowcount:
            raise NotFound(kind=_CALLED, number=case.case_no)
        self._scope.journal.note(tables.cases, "updated", [case.case_no])
        linked = self._finding_nos(tables.case_findings.c.case_no == case.case_no).get(case.case_no, ())
        self._link_findings(case.case_no, (number for number in case.finding_nos if number not in linked))

    def record(self, case: Case, event: CaseEvent) -> None:
        """Keep a move: the case at its new stage and the event that brought it there."""
        self.update(case)
        self._append(tables.case_events, event)

    def get(self, case_no: str) -> Case:
        """The case of that number.

        Raises
        ------
        NotFound
        """
        for case in self._cases(tables.cases.c.case_no == case_no):
            return case
        raise NotFound(kind=_CALLED, number=case_no)

    def all(self) -> list[Case]:
        """Every case, by number."""
        return self._cases()

    def of_finding(self, finding_no: str) -> list[Case]:
        """Cases that rest on a finding."""
        link = tables.case_findings
        return self._cases(tables.cases.c.case_no.in_(select(link.c.case_no).where(link.c.finding_no == finding_no)))

    def of_household(self, household_no: str) -> list[Case]:
        """Cases against a household."""
        return self._cases(tables.cases.c.household_no == household_no)

    def of_building(self, building_no: str) -> list[Case]:
        """Cases about a building."""
        return self._cases(tables.cases.c.building_no == building_no)

    def photographs(self, case_nos: Sequence[str]) -> list[tuple[str, Evidence]]:
        """Photographs attached to some cases, each with its case, in the order they were attached."""
        link = tables.case_evidence
        statement = select(link.c.case_no, tables.evidence).join(tables.evidence)
        statement = statement.where(link.c.case_no.in_(case_nos), tables.evidence.c.kind == EvidenceKind.PHOTO)
        rows = self._scope.connection.execute(statement.order_by(link.c.id)).mappings()
        return [(row["case_no"], from_row(Evidence, row)) for row in rows]

    def by_finding(self) -> dict[str, str]:
        """The case of every finding that has one; the first where there are several."""
        link = tables.case_findings
        statement = select(link.c.finding_no, link.c.case_no).order_by(link.c.case_no.desc())
        return {row.finding_no: row.case_no for row in self._scope.connection.execute(statement)}

    def events(self, case_no: str) -> list[CaseEvent]:
        """Moves of a case, in the order they were made."""
        return self._of_case(CaseEvent, tables.case_events, case_no)

    def issue(self, document: CaseDocument) -> None:
        """Keep a document that was issued.

        Raises
        ------
        DuplicateNumber
            When its number is taken.
        """
        issued = tables.case_documents
        if self._rows(issued, issued.c.document_no == document.document_no):
            raise DuplicateNumber(kind=Words("文书", "document"), number=document.document_no)
        self._append(issued, document)

    def documents(self, case_no: str) -> list[CaseDocument]:
        """Documents issued in a case, in order."""
        return self._of_case(CaseDocument, tables.case_documents, case_no)

    def observe(self, observation: DemolitionObservation) -> None:
        """Keep an observation of a demolition."""
        self._append(tables.demolition_observations, observation)

    def observations(self, case_no: str) -> list[DemolitionObservation]:
        """Observations of a case's demolition, in order."""
        return self._of_case(DemolitionObservation, tables.demolition_observations, case_no)

    def attach(self, case_no: str, sha256: str) -> None:
        """Attach evidence to a case; once is enough."""
        self._must_be(tables.cases, "case_no", case_no, _CALLED)
        self._must_be(tables.evidence, "sha256", sha256, Words("证据", "evidence"))
        link = tables.case_evidence
        if not self._rows(link, link.c.case_no == case_no, link.c.sha256 == sha256):
            self._scope.insert(link, [{"case_no": case_no, "sha256": sha256}], "case_no")

    def evidence(self, case_no: str) -> list[Evidence]:
        """Evidence attached to a case, in order."""
        link = tables.case_evidence
        statement = select(tables.evidence).join(link).where(link.c.case_no == case_no).order_by(link.c.id)
        return [from_row(Evidence, row) for row in self._scope.connection.execute(statement).mappings()]

    def _append(self, table: Table, value: CaseEvent | CaseDocument | DemolitionObservation) -> None:
        self._must_be(tables.cases, "case_no", value.case_no, _CALLED)
        self._scope.insert(table, [to_row(value, table, self._scope.srs_id)], "case_no")

    def _of_case(self, kind: type[V], table: Table, case_no: str) -> list[V]:
        return [from_row(kind, row) for row in self._rows(table, table.c.case_no == case_no)]

    def _rows(self, table: Table, *conditions: Any) -> list[Mapping[Any, Any]]:
        return list(self._scope.connection.execute(select(table).where(*conditions).order_by(table.c.id)).mappings())

    def _cases(self, *conditions: Any) -> list[Case]:
        rows = sorted(self._rows(tables.cases, *conditions), key=lambda row: row["case_no"])
        linked = self._finding_nos(
            tables.case_findings.c.case_no.in_(select(tables.cases.c.case_no).where(*conditions))
        )
        return [from_row(Case, row, finding_nos=linked.get(row["case_no"], ())) for row in rows]

    def _finding_nos(self, condition: Any) -> dict[str, tuple[str, ...]]:
        numbers: dict[str, tuple[str, ...]] = {}
        for row in self._rows(tables.case_findings, condition):
            numbers[row["case_no"]] = (*numbers.get(row["case_no"], ()), row["finding_no"])
        return numbers

    def _link_findings(self, case_no: str, finding_nos: Iterable[str]) -> None:
        rows = [{"case_no": case_no, "finding_no": number} for number in finding_nos]
        for row in rows:
            self._must_be(tables.findings, "finding_no", row["finding_no"], Words("图斑", "finding"))
        self._scope.insert(tables.case_findings, rows, "case_no")

    def _must_be(self, table: Table, column: str, number: str, called: Words) -> None:
        if self._scope.connection.scalar(select(table.c.id).where(table.c[column] == number)) is None:
            raise NotFound(kind=called, number=number)
