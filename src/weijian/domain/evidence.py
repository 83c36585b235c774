"""Evidence (证据): what proves a fact, kept byte for byte."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class EvidenceKind(StrEnum):
    """Photo, scan, video, imagery chip, measurement."""

    PHOTO = "photo"
    SCAN = "scan"
    VIDEO = "video"
    CHIP = "chip"
    MEASUREMENT = "measurement"


@dataclass(frozen=True)
class Evidence:
    """One file of evidence, named by the SHA-256 of its bytes.

    ``longitude`` and ``latitude`` are WGS 84 degrees, ``heading_deg`` clockwise from north; None when not recorded.
    ``taken_at`` is local time without a zone, as cameras record it.
    """

    sha256: str
    kind: EvidenceKind
    suffix: str
    size_bytes: int
    taken_at: datetime | None = None
    longitude: float | None = None
    latitude: float | None = None
    heading_deg: float | None = None
    sensor: str | None = None
