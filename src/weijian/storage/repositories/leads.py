"""Leads (线索): the register of reported violations."""

from collections.abc import Collection, Iterable

from sqlalchemy import select

from weijian.domain.errors import NotFound
from weijian.domain.language import Words
from weijian.domain.lead import Lead
from weijian.storage.repositories.register import Register, UpsertCount
from weijian.storage.rows import Scope
from weijian.storage.tables import findings, leads


class Leads(Register[Lead]):
    """Leads by number; a lead may rest on a finding, which must be there."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope, leads, Lead, "lead_no", Words("线索", "lead"))

    def upsert_many(self, values: Iterable[Lead], fields: Collection[str] | None = None) -> UpsertCount:
        """As in a register.

        Raises
        ------
        DuplicateNumber
            When a number comes twice among ``values``.
        NotFound
            When a lead rests on a finding that is not there.
        """
        listed = list(values)
        for number in sorted({value.finding_no for value in listed if value.finding_no is not None}):
            if self._scope.connection.scalar(select(findings.c.id).where(findings.c.finding_no == number)) is None:
                raise NotFound(kind=Words("图斑", "finding"), number=number)
        return super().upsert_many(listed, fields)

    def of_finding(self, finding_no: str) -> list[Lead]:
        """Leads that rest on a finding, by number."""
        return list(self._select(leads.c.finding_no == finding_no))
