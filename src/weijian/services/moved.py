"""Values with a geometry carried from one coordinate reference system into another."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer

from weijian.detection.matching import Register
from weijian.domain.building import Building
from weijian.domain.finding import Finding
from weijian.domain.parcel import Parcel
from weijian.domain.permit import Permit
from weijian.domain.zone import Zone

Placed = TypeVar("Placed", Building, Parcel, Permit, Zone)


def moved(values: Sequence[Placed], source: CRS, target: CRS) -> Sequence[Placed]:
    """The same values with their geometry in ``target``, easting before northing."""
    if source == target:
        return values
    carry = _carrier(source, target)
    return [replace(value, geometry=shapely.transform(value.geometry, carry)) for value in values]


def moved_findings(findings: Sequence[Finding], source: CRS, target: CRS) -> Sequence[Finding]:
    """The same findings with both their outlines in ``target``."""
    if source == target:
        return findings
    carry = _carrier(source, target)
    return [
        replace(
            finding,
            geometry=shapely.transform(finding.geometry, carry),
            after_outline=None if finding.after_outline is None else shapely.transform(finding.after_outline, carry),
        )
        for finding in findings
    ]


def _carrier(source: CRS, target: CRS) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    transformer = Transformer.from_crs(source, target, always_xy=True)

    def carry(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(transformer.transform(points[:, 0], points[:, 1]))

    return carry


def moved_register(register: Register, source: CRS, target: CRS) -> Register:
    """Everything of a register in another coordinate reference system."""
    return Register(
        moved(register.buildings, source, target),
        moved(register.parcels, source, target),
        None if register.permits is None else moved(register.permits, source, target),
        moved(register.zones, source, target),
    )
