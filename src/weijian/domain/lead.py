"""The lead (线索): any report of a possible violation."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class LeadSource(StrEnum):
    """Where a lead came from: 图斑, 卫片, 举报, 巡查, 移交."""

    FINDING = "finding"
    PATCH = "patch"
    COMPLAINT = "complaint"
    PATROL = "patrol"
    TRANSFER = "transfer"


@dataclass(frozen=True)
class Lead:
    """One entry of the register of leads."""

    lead_no: str
    source: LeadSource
    reported_on: date
    finding_no: str | None = None
    household_no: str | None = None
    place: str | None = None
    note: str | None = None
