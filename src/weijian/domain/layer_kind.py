"""The layers of a workspace that can be written for others."""

from enum import StrEnum


class LayerKind(StrEnum):
    """Layers that can be written."""

    HOUSEHOLDS = "households"
    PARCELS = "parcels"
    BUILDINGS = "buildings"
    PERMITS = "permits"
    ZONES = "zones"
    FINDINGS = "findings"
