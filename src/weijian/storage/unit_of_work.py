"""One user action: the repositories of one transaction."""

from sqlalchemy import func, select

from weijian.domain.building import Building
from weijian.domain.change_set import ChangeSet, Part
from weijian.domain.disposal import Disposal
from weijian.domain.language import Words
from weijian.domain.parcel import Parcel
from weijian.domain.permit import Permit
from weijian.domain.zone import Zone
from weijian.storage import audit, household_search, tables
from weijian.storage.repositories.cases import Cases
from weijian.storage.repositories.columns import Columns
from weijian.storage.repositories.evidence import EvidenceFiles
from weijian.storage.repositories.findings import Findings
from weijian.storage.repositories.history import History
from weijian.storage.repositories.households import Households
from weijian.storage.repositories.imports import Imports
from weijian.storage.repositories.leads import Leads
from weijian.storage.repositories.persons import Persons
from weijian.storage.repositories.register import Layer, Register
from weijian.storage.repositories.settings import NumberSeries, Settings
from weijian.storage.repositories.surveys import Surveys
from weijian.storage.rows import Scope
from weijian.storage.vault import Vault

_PARTS_OF_A_CASE = ("case_findings", "case_events", "case_documents", "case_evidence", "demolition_observations")
_PART_OF_TABLE = {part.value: part for part in Part} | dict.fromkeys(_PARTS_OF_A_CASE, Part.CASES)
_PART_OF_TABLE |= {tables.key_slots.name: Part.NUMBERS}
"""What a change in a table means to those who show the workspace; other tables are the store's own."""


class UnitOfWork:
    """The repositories of one transaction; see `weijian.storage.workspace.Workspace.transaction`."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self.vault = Vault(scope)
        self.households = Households(scope, self.vault)
        self.persons = Persons(scope, self.vault)
        self.parcels = Layer(scope, tables.parcels, Parcel, "parcel_no", Words("宗地", "parcel"))
        self.buildings = Layer(scope, tables.buildings, Building, "building_no", Words("建筑", "building"))
        self.disposals = Register(scope, tables.disposals, Disposal, "building_no", Words("处置", "disposal"))
        self.permits = Layer(scope, tables.permits, Permit, "permit_no", Words("许可", "permit"))
        self.zones = Layer(scope, tables.zones, Zone, "zone_no", Words("管控区", "zone"))
        self.surveys = Surveys(scope)
        self.findings = Findings(scope)
        self.leads = Leads(scope)
        self.cases = Cases(scope)
        self.evidence = EvidenceFiles(scope)
        self.settings = Settings(scope)
        self.numbers = NumberSeries(scope)
        self.columns = Columns(scope)
        self.history = History(scope)
        self.imports = Imports(scope)

    @property
    def changes(self) -> ChangeSet:
        """What has been changed through these repositories so far."""
        names = (table.name for table in self._scope.journal.changes)
        return ChangeSet(frozenset(_PART_OF_TABLE[name] for name in names if name in _PART_OF_TABLE))

    @property
    def action_id(self) -> int:
        """Number of this action in the audit chain, once its transaction is kept; LookupError until then."""
        return self.entry.number

    @property
    def entry(self) -> audit.Sealed:
        """Entry of this action in the audit chain, once its transaction is kept.

        Raises
        ------
        LookupError
            It is not, or not yet.
        """
        if self._scope.journal.entry is None:
            raise LookupError("the transaction is not kept yet")
        return self._scope.journal.entry

    def refresh_search(self) -> None:
        """Write anew what the households are found by that were changed through these repositories."""
        rows = self._scope.journal.rows
        touched = {row.household_no for row in rows if row.part in ("households", "persons")}
        moved = {row.after for row in rows if row.part == "persons" and row.field == "household_no"}
        household_search.refresh(self._scope.connection, (number for number in touched | moved if number is not None))

    @property
    def latest_action(self) -> int:
        """Number of the last action in the audit chain, whoever did it; 0 before the first."""
        return int(self._scope.connection.scalar(select(func.max(tables.audit_entries.c.id))) or 0)
