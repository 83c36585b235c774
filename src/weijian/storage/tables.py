"""The tables of a workspace. Column names are those of the domain's dataclasses.

Every table has an integer key ``id``, as the GeoPackage standard asks; other programs go by the numbers.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.schema import SchemaItem

from weijian.domain.disposal import DisposalClass
from weijian.domain.evidence import EvidenceKind, PositionSource
from weijian.domain.finding import ChangeType, Method, PermitStatus, ReviewStatus
from weijian.domain.lead import LeadSource
from weijian.domain.permit import PermitKind
from weijian.domain.progress import ObservationSource
from weijian.domain.stage import Stage
from weijian.domain.zone import ZoneKind
from weijian.storage.column_types import UtcTime, choice, choices, local_time, names, outline, sealed
from weijian.storage.geometry import Geometry
from weijian.storage.key_slots import SlotKind

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

WIDE = BigInteger().with_variant(Integer, "sqlite")
"""A whole number beyond two thousand million; SQLite's are all as wide as that."""

_SEARCHED = {"searched": True}
"""Marks a text that is searched for words within it, for servers that have an index for that."""


def _table(name: str, *items: SchemaItem) -> Table:
    return Table(name, metadata, Column("id", Integer, primary_key=True), *items, sqlite_autoincrement=True)


def _layer(name: str, *items: SchemaItem) -> Table:
    """A table with a footprint; its bounding box stands in columns, so that any database can search by it."""
    box = [Column(side, Double, nullable=False) for side in ("min_x", "min_y", "max_x", "max_y")]
    table = _table(name, Column("geometry", Geometry, nullable=False), *items, *box)
    Index(None, *box)
    return table


def _number(name: str, *, searched: bool = False) -> Column[str]:
    return Column(name, Text, nullable=False, unique=True, info=_SEARCHED if searched else None)


households = _table(
    "households",
    _number("household_no"),
    Column("holder", Text),
    Column("address", Text),
    Column("village", Text),
    Column("town", Text),
)

persons = _table(
    "persons",
    _number("person_no"),
    Column("household_no", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("relation", Text),
    Column("id_number", sealed()),
    Column("phone", sealed()),
    Column("id_mark", Text, index=True),
    Column("phone_mark", Text, index=True),
    Column("tail_mark", Text, index=True),
)

household_search = _table(
    "household_search",
    _number("household_no"),
    Column("holder", Text, index=True),
    Column("initials", Text, index=True),
    Column("pinyin", Text, index=True),
    Column("text", Text, nullable=False, info=_SEARCHED),
)

former_numbers = _table(
    "former_numbers",
    Column("part", Text, nullable=False),
    Column("number", Text, nullable=False, index=True),
    Column("successor", Text, nullable=False, index=True),
    UniqueConstraint("part", "number", "successor"),
)

parcels = _layer(
    "parcels",
    _number("parcel_no", searched=True),
    Column("household_no", Text, index=True),
    Column("holder", Text),
    Column("address", Text),
    Column("area_m2", Double),
)

buildings = _layer(
    "buildings",
    _number("building_no", searched=True),
    Column("household_no", Text, index=True),
    Column("parcel_no", Text, index=True),
    Column("holder", Text),
    Column("storeys", Integer),
    Column("height_m", Double),
    Column("built_area_m2", Double),
    Column("structure", Text),
    Column("built_on", Date),
    Column("use", Text),
)

disposals = _table(
    "disposals",
    _number("building_no"),
    Column("disposal", choice(DisposalClass), nullable=False),
    Column("reason", Text, nullable=False),
    Column("rule_set", Text),
    Column("decided_on", Date, nullable=False),
)

permits = _layer(
    "permits",
    _number("permit_no"),
    Column("kind", choice(PermitKind)),
    Column("household_no", Text, index=True),
    Column("issued_on", Date),
    Column("expires_on", Date),
    Column("max_storeys", Integer),
    Column("max_height_m", Double),
    Column("max_footprint_m2", Double),
)

zones = _layer(
    "zones",
    _number("zone_no"),
    Column("kind", choice(ZoneKind), nullable=False),
    Column("name", Text),
)

surveys = _table(
    "surveys",
    Column("name", Text, nullable=False),
    Column("flown_on", Date, nullable=False),
    Column("ortho", Text, nullable=False),
    Column("dsm", Text),
    Column("crs", Text, nullable=False),
    Column("gsd_m", Double, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
)

findings = _layer(
    "findings",
    _number("finding_no"),
    Column("change_type", choice(ChangeType), nullable=False),
    Column("area_m2", Double, nullable=False),
    Column("area_sigma_m2", Double, nullable=False),
    Column("height_change_m", Double),
    Column("height_sigma_m", Double),
    Column("confidence", Double, nullable=False),
    Column("method", choice(Method), nullable=False),
    Column("building_no", Text, index=True),
    Column("household_no", Text, index=True),
    Column("parcel_no", Text),
    Column("permit_no", Text),
    Column("permit_status", choice(PermitStatus)),
    Column("excess_area_m2", Double),
    Column("excess_height_m", Double),
    Column("excess_storeys", Integer),
    Column("zones", choices(ZoneKind), nullable=False),
    Column("before_date", Date),
    Column("after_date", Date),
    Column("reason", Text, nullable=False),
    Column("review", choice(ReviewStatus), nullable=False),
    Column("review_reason", Text),
    Column("after_outline", outline()),
    Column("before_survey_id", ForeignKey("surveys.id")),
    Column("after_survey_id", ForeignKey("surveys.id"), nullable=False, index=True),
    Column("judged_in", Integer),  # action; NULL where it was not kept
)

leads = _table(
    "leads",
    _number("lead_no"),
    Column("source", choice(LeadSource), nullable=False),
    Column("reported_on", Date, nullable=False),
    Column("finding_no", ForeignKey("findings.finding_no"), index=True),
    Column("household_no", Text, index=True),
    Column("place", Text),
    Column("note", Text),
)

cases = _table(
    "cases",
    _number("case_no"),
    Column("stage", choice(Stage), nullable=False, index=True),
    Column("opened_on", Date, nullable=False),
    Column("household_no", Text, index=True),
    Column("building_no", Text, index=True),
    Column("place", Text),
    Column("party", Text),
    Column("lead_officer", Text),
    Column("second_officer", Text),
    Column("ordered_area_m2", Double),
)


def _case_no() -> Column[str]:
    return Column("case_no", ForeignKey("cases.case_no"), nullable=False, index=True)


case_findings = _table(
    "case_findings",
    _case_no(),
    Column("finding_no", ForeignKey("findings.finding_no"), nullable=False, index=True),
    UniqueConstraint("case_no", "finding_no"),
)

case_events = _table(
    "case_events",
    _case_no(),
    Column("moved_on", Date, nullable=False),
    Column("origin", choice(Stage), nullable=False),
    Column("target", choice(Stage), nullable=False),
    Column("officers", names(), nullable=False),
    Column("reason", Text, nullable=False),
    Column("document_no", Text),
)

case_documents = _table(
    "case_documents",
    _number("document_no"),
    _case_no(),
    Column("kind", Text, nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("sha256", Text),
)

demolition_observations = _table(
    "demolition_observations",
    _case_no(),
    Column("observed_on", Date, nullable=False),
    Column("area_left_m2", Double, nullable=False),
    Column("source", choice(ObservationSource), nullable=False),
    Column("finding_no", ForeignKey("findings.finding_no")),
    Column("sha256", ForeignKey("evidence.sha256")),
)

evidence = _table(
    "evidence",
    _number("sha256"),
    Column("kind", choice(EvidenceKind), nullable=False),
    Column("suffix", Text, nullable=False),
    Column("size_bytes", WIDE, nullable=False),
    Column("taken_at", local_time()),
    Column("longitude", Double),
    Column("latitude", Double),
    Column("heading_deg", Double),
    Column("sensor", Text),
    Column("original_name", Text),
    Column("relative_altitude_m", Double),
    Column("pitch_deg", Double),
    Column("utc_offset_min", Integer),
    Column("position_from", choice(PositionSource)),
    Column("building_no", Text, index=True),
)

case_evidence = _table(
    "case_evidence",
    _case_no(),
    Column("sha256", ForeignKey("evidence.sha256"), nullable=False, index=True),
    UniqueConstraint("case_no", "sha256"),
)

number_series = _table(
    "number_series",
    Column("series", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    UniqueConstraint("series", "year"),
)

settings = _table("settings", _number("name"), Column("value", Text, nullable=False))

audit_entries = _table(
    "audit_entries",
    Column("at", UtcTime, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("changes", Text, nullable=False),
    Column("previous_hash", Text, nullable=False),
    _number("entry_hash"),
)

row_changes = _table(
    "row_changes",
    Column("action_id", ForeignKey("audit_entries.id"), nullable=False, index=True),
    Column("part", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("household_no", Text, index=True),
    Column("verb", Text, nullable=False),
    Column("field", Text),
    Column("before", Text),
    Column("after", Text),
)
Index(None, row_changes.c.part, row_changes.c.number)

import_batches = _table(
    "import_batches",
    Column("action_id", Integer, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("added", Integer, nullable=False),
    Column("updated", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("rejected", Integer, nullable=False),
    Column("taken_back_by", Integer),
)

key_slots = _table(
    "key_slots",
    _number("slot_no"),
    Column("kind", choice(SlotKind), nullable=False),
    Column("salt", Text, nullable=False),
    Column("wrapped", Text, nullable=False),
)
