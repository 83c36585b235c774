"""What a detection learned of how two surveys lie to each other, kept for the maps that show both."""

from dataclasses import asdict
from typing import Any

from affine import Affine

from weijian.imagery.shift import Lattice, ShiftField
from weijian.storage.unit_of_work import UnitOfWork


def keep_shift(work: UnitOfWork, before_survey: int, after_survey: int, shift: ShiftField) -> None:
    """Keep the shift field of a pair of surveys; coordinates are those of the later survey."""
    kept = {
        "x0": shift.x0,
        "y0": shift.y0,
        "affine": list(shift.affine)[:6],
        "local": None if shift.local is None else asdict(shift.local),
    }
    work.settings.set(_name(before_survey, after_survey), kept)


def kept_shift(work: UnitOfWork, before_survey: int, after_survey: int) -> ShiftField | None:
    """The shift field of a pair of surveys, None when no detection has found it yet."""
    kept: dict[str, Any] | None = work.settings.get(_name(before_survey, after_survey))
    if kept is None:
        return None
    local = kept["local"]
    lattice = local and Lattice(
        local["x0"], local["y0"], local["step"], *(tuple(tuple(row) for row in local[axis]) for axis in ("dx", "dy"))
    )
    return ShiftField(kept["x0"], kept["y0"], Affine(*kept["affine"]), lattice or None)


def _name(before_survey: int, after_survey: int) -> str:
    return f"shift/{before_survey}/{after_survey}"
