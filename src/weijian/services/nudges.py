"""A placing of the earlier survey by hand, as a person types it."""

import math

from weijian.domain.errors import InputError
from weijian.imagery.alignment import HandShift

FARTHEST_M = 1000.0
MOST_TURNED_DEG = 10.0


class NudgeUnreadable(InputError):
    """What was typed is no shift of a survey."""

    zh = (
        "平移量 {typed} 无法识别：请写成 东,北 或 东,北,转角，例如 --nudge 1.2,-0.5 或 --nudge 1.2,-0.5,0.1"
        "（米、度，不超过 {farthest_m} 米、{most_deg} 度）。"
    )
    en = (
        "{typed} is no nudge: write EAST,NORTH or EAST,NORTH,TURN, for example --nudge 1.2,-0.5 or "
        "--nudge 1.2,-0.5,0.1 (metres and degrees, at most {farthest_m} m and {most_deg} degrees)."
    )


class ArchiveNotTurned(InputError):
    """A turn was given where only a shift can be: the archive is compared, not an earlier survey."""

    zh = "与档案比对时只能平移档案，不能旋转；请只给出 --nudge 东,北。"
    en = "When the archive is compared it can be shifted but not turned; give --nudge EAST,NORTH only."


def read_nudge(typed: str, *, exact: bool = False) -> HandShift:
    """Read ``EAST,NORTH[,TURN]``: by how much the earlier survey is moved (metres) and turned (degrees).

    >>> read_nudge("1.2,-0.5,0.1")
    HandShift(east_m=1.2, north_m=-0.5, turn_deg=0.1, sigma_m=0.5, exact=False)

    Raises
    ------
    NudgeUnreadable
    """
    parts = typed.replace("，", ",").split(",")
    try:
        values = [float(part) for part in parts]
    except ValueError:
        values = []
    possible = len(values) in (2, 3) and all(math.isfinite(value) for value in values)
    if not possible or math.hypot(*values[:2]) > FARTHEST_M or abs(sum(values[2:])) > MOST_TURNED_DEG:
        raise NudgeUnreadable(typed=typed, farthest_m=f"{FARTHEST_M:.0f}", most_deg=f"{MOST_TURNED_DEG:.0f}")
    return HandShift(values[0], values[1], sum(values[2:]), exact=exact)
