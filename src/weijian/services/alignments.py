"""What a detection learned of how its surveys and the archive lie to each other, kept for the maps that show them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from affine import Affine
from pyproj import CRS, Transformer

from weijian.domain.grid import Bounds
from weijian.imagery.alignment import HandShift
from weijian.imagery.shift import Lattice, ShiftField

if TYPE_CHECKING:
    from weijian.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Placement:
    """How two surveys lie to the archive, in the later survey's CRS.

    Ground at (x, y) of the archive is at (x + east_m, y + north_m) in the later survey; ``shift`` leads from there
    into the earlier one, None where there is none.
    """

    shift: ShiftField | None
    east_m: float = 0.0
    north_m: float = 0.0


def keep_placement(
    work: UnitOfWork,
    before_survey: int | None,
    after_survey: int,
    placement: Placement,
    hand: HandShift | None = None,
) -> None:
    """Keep how a pair of surveys lies, and by which placing of a person if by one."""
    shift = placement.shift
    kept = {
        "east_m": placement.east_m,
        "north_m": placement.north_m,
        "hand": None if hand is None else asdict(hand),
        "shift": None
        if shift is None
        else {
            "x0": shift.x0,
            "y0": shift.y0,
            "affine": list(shift.affine)[:6],
            "local": None if shift.local is None else asdict(shift.local),
        },
    }
    work.settings.set(_name(before_survey, after_survey), kept)


def kept_placement(work: UnitOfWork, before_survey: int | None, after_survey: int) -> Placement:
    """How a pair of surveys lies; as if exactly, when no detection has measured it yet."""
    kept: dict[str, Any] | None = work.settings.get(_name(before_survey, after_survey))
    if kept is None:
        return Placement(None)
    return Placement(_shift(kept["shift"]), kept["east_m"], kept["north_m"])


def kept_hand(work: UnitOfWork, before_survey: int | None, after_survey: int) -> HandShift | None:
    """A person's placing that the last detection on a pair began from; None where there was none."""
    kept: dict[str, Any] | None = work.settings.get(_name(before_survey, after_survey))
    hand = kept and kept.get("hand")  # kept since there is a hand to keep
    return HandShift(**hand) if hand else None


def was_compared(work: UnitOfWork, before_survey: int | None, after_survey: int) -> bool:
    """Whether detection has run on a pair of surveys, whatever it found."""
    return work.settings.get(_name(before_survey, after_survey)) is not None


def shifts_near(
    placement: Placement, bounds: Bounds, crs: CRS, survey_crs: CRS
) -> tuple[ShiftField | None, ShiftField]:
    """Shifts into the earlier and the later survey in the middle of ``bounds``, as constants of ``crs``.

    A map of one structure is so small that they do not vary over it by a visible amount. The first is None where
    nothing is known of the earlier survey.
    """
    there = Transformer.from_crs(crs, survey_crs, always_xy=True)
    back = Transformer.from_crs(survey_crs, crs, always_xy=True)
    here = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
    x, y = there.transform(*here)
    x, y = x + placement.east_m, y + placement.north_m

    def constant(x: float, y: float) -> ShiftField:
        at_x, at_y = back.transform(x, y)
        return ShiftField.constant(at_x - here[0], at_y - here[1])

    later = constant(x, y)
    if placement.shift is None:
        return None, later
    dx, dy = placement.shift.at(x, y)
    return constant(x + float(dx), y + float(dy)), later


def _shift(kept: dict[str, Any] | None) -> ShiftField | None:
    if kept is None:
        return None
    local = kept["local"]
    lattice = local and Lattice(
        local["x0"], local["y0"], local["step"], *(tuple(tuple(row) for row in local[axis]) for axis in ("dx", "dy"))
    )
    return ShiftField(kept["x0"], kept["y0"], Affine(*kept["affine"]), lattice or None)


def _name(before_survey: int | None, after_survey: int) -> str:
    return f"placement/{before_survey or 'archive'}/{after_survey}"
