"""Evidence (证据): what proves a fact, kept byte for byte."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class EvidenceKind(StrEnum):
    """Photo, scan, video, imagery chip, measurement."""

    PHOTO = "photo"
    SCAN = "scan"
    VIDEO = "video"
    CHIP = "chip"
    MEASUREMENT = "measurement"


class PositionSource(StrEnum):
    """Who says where a photograph was taken: the camera, or a person who placed it on the map."""

    CAMERA = "camera"
    HAND = "hand"


@dataclass(frozen=True)
class Evidence:
    """One file of evidence, named by the SHA-256 of its bytes.

    ``longitude`` and ``latitude`` are WGS 84 degrees, ``heading_deg`` clockwise from north, ``pitch_deg`` upwards from
    the horizon (-90 looks straight down), ``relative_altitude_m`` is above the place of take-off; None when not
    recorded. ``taken_at`` is local time without a zone, as cameras record it; ``utc_offset_min`` is what the camera's
    clock was ahead of UTC, where that is known. ``building_no`` is the building that a photograph shows.
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
    original_name: str | None = field(default=None, repr=False)
    relative_altitude_m: float | None = None
    pitch_deg: float | None = None
    utc_offset_min: int | None = None
    position_from: PositionSource | None = None
    building_no: str | None = None
