"""The kinds of tables that an archive is made of."""

from enum import StrEnum


class Kind(StrEnum):
    """Kinds of tables that can be imported."""

    HOUSEHOLDS = "households"
    PERSONS = "persons"
    PARCELS = "parcels"
    BUILDINGS = "buildings"
    PERMITS = "permits"
    ZONES = "zones"
