"""Lining up two surveys: one shift by coarse correlation, then a field of shifts from tie points."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

import numpy as np
from affine import Affine
from numpy.typing import NDArray
from pyproj import CRS

from weijian.domain.errors import AlignmentFailed, NoOverlap
from weijian.domain.grid import Bounds, PixelGrid, shared_bounds
from weijian.domain.job import Job, Progress
from weijian.domain.language import Words
from weijian.domain.parallel import Crew, in_order
from weijian.imagery.correlation import Complex, agreement, image_directions, peak, surface_directions
from weijian.imagery.coverage import Reach
from weijian.imagery.files import OpenFiles
from weijian.imagery.raster import Raster
from weijian.imagery.shift import ShiftField
from weijian.imagery.ties import Fit, Tie, disagreement, fit
from weijian.imagery.windows import read_image, read_surface

_COARSE = 3  # pixels of the coarse search are at most so many times those of the detection
_REACH = 40  # the detection's pixels within which the coarse search finds the shift
_FEWEST_PIXELS = 320  # a side of little ground; coarser, nothing is left to recognise
_COARSE_WINDOW = 320  # pixels
_COARSE_WINDOWS = 3  # a side
_TIE_WINDOW = 192  # pixels
_SMALLEST_TIE_WINDOW = 48
_TIES = 100
_FINEST_M = 0.15  # finer, the lean of buildings differs more between flights than the ground
_SEEN = 0.6  # share of a window that must have data
_CLEAR = 6.0  # deviations by which the coarse peak must stand out
_SETTLED = 2.5  # pixels by which a field may move for the ties measured around the former to hold
_HAND_SIGMAS = 3.0  # deviations of a person's placing within which the pictures may refine it
_HOLDS = 0.6  # share of all windows whose fine ties must agree for coarse ones to be needless
_FEWEST_TOLD = 4  # ties whose disagreement is worth telling
_ROUNDS, _STEPS = 5, 100  # the coarse search and four of ties, each so many steps of progress

Found = TypeVar("Found")


@dataclass(frozen=True)
class HandShift:
    """How a person lays the earlier survey on the later one.

    Attributes
    ----------
    east_m, north_m : float
        How far the earlier survey is moved.
    turn_deg : float
        How far it is turned, counter-clockwise about the middle of the common ground.
    sigma_m : float
        One standard deviation of the person's placing along one axis.
    exact : bool
        Whether it is taken as it is. Else the pictures may refine it by three standard deviations.
    """

    east_m: float
    north_m: float
    turn_deg: float = 0.0
    sigma_m: float = 0.5
    exact: bool = False

    def field(self, x: float, y: float) -> ShiftField:
        """The shift into the earlier file's own coordinates, turned about (x, y)."""
        back = Affine.rotation(-self.turn_deg) @ Affine.translation(-self.east_m, -self.north_m)
        return ShiftField(x, y, Affine(back.a - 1.0, back.b, back.c, back.d, back.e - 1.0, back.f))


@dataclass(frozen=True)
class Alignment:
    """How two surveys lie to each other.

    Attributes
    ----------
    shift : ShiftField
    model : str
        "translation", "similarity" or "affine", with "+local" where ties show more; "hand" when only a person's
        shift holds.
    residual_m : float
        RMS length of the field's errors at kept ties, each left out in turn.
    mean_shift : (dx, dy)
        Metres, at the middle of the ties.
    ties : tuple of Tie
        All that were measured, with whether they were kept.
    hand : HandShift or None
        What a person gave.
    departure_m : float or None
        RMS distance between a person's shift and what the pictures say; None without either.
    """

    shift: ShiftField
    model: str
    residual_m: float
    mean_shift: tuple[float, float]
    ties: tuple[Tie, ...]
    hand: HandShift | None = None
    departure_m: float | None = None

    @property
    def ties_kept(self) -> int:
        """Number of ties the field rests on."""
        return sum(tie.kept for tie in self.ties)

    @property
    def ties_rejected(self) -> int:
        """Number of ties that contradict the others."""
        return len(self.ties) - self.ties_kept

    @property
    def sigma_m(self) -> float:
        """One standard deviation of a position along one axis."""
        return self.residual_m / math.sqrt(2)


@dataclass(frozen=True)
class _Pair:
    """What is compared; reads windows of both surveys."""

    before: Raster
    after: Raster
    before_surface: Raster | None
    after_surface: Raster | None
    files: OpenFiles | None
    covered: Reach

    def directions(self, window: PixelGrid, shift: ShiftField) -> tuple[list[Complex], list[Complex]] | None:
        """Direction fields (after, before) of a window, or None where there is too little data."""
        image, seen = read_image(self.after, window, files=self.files)
        if seen.mean() < _SEEN:
            return None
        other, other_seen = read_image(self.before, window, shift, files=self.files)
        both = seen & other_seen
        if both.mean() < _SEEN:
            return None
        after, before = image_directions(image, both), image_directions(other, both)
        if self.before_surface is not None and self.after_surface is not None:
            after += surface_directions(read_surface(self.after_surface, window, files=self.files))
            before += surface_directions(read_surface(self.before_surface, window, shift, files=self.files))
        return after, before


def align(
    before: Raster,
    after: Raster,
    grid: PixelGrid,
    crew: Crew,
    hand: HandShift | None = None,
    *,
    before_surface: Raster | None = None,
    after_surface: Raster | None = None,
    files: OpenFiles | None = None,
) -> Job[Alignment]:
    """Find where the ground of the after survey lies in the before file.

    At most a few hundred small windows are read, whatever the size of the files.

    Parameters
    ----------
    before, after : Raster
        Images of the two dates.
    grid : PixelGrid
        The detection's grid: its CRS (metres), its resolution and the ground that matters.
    crew : Crew
        Who reads and compares the windows.
    hand : HandShift, optional
        A person's placing: the search starts there, and it holds where the pictures cannot tell, or contradict it.
    before_surface, after_surface : Raster, optional
        Surface models; with both, slopes help, which sun and season do not touch.
    files : OpenFiles, optional
        Datasets kept open between reads.

    Raises
    ------
    NoOverlap
        The files and the grid have no ground in common.
    AlignmentFailed
        No shift within 40 pixels makes the pictures agree.
    """
    common = _common(before, after, grid)
    middle = (common[0] + common[2]) / 2, (common[1] + common[3]) / 2
    gsd = max(before.grid.resolution_in(grid.crs), after.grid.resolution_in(grid.crs))
    fine = _fine(gsd, grid.resolution)
    side = min(common[2] - common[0], common[3] - common[1])
    rough = max(fine, min(grid.resolution, side / _FEWEST_PIXELS))
    reach = _REACH * max(fine, grid.resolution)
    covered = Reach.of(grid.crs, ((after,), None), ((before,), None))
    pair = _Pair(before, after, before_surface, after_surface, files, covered)
    if hand:
        start: ShiftField | None = hand.field(*middle)
    else:
        wide = fine * 2 ** int(math.log2(_COARSE * rough / fine))  # whole means of the fine pixels
        start = yield from _coarse(pair, common, grid.crs, wide, reach, crew)
    found = None
    if start is not None:
        found = yield from _refine(pair, common, grid.crs, (rough, fine), start, crew)
    measured = None if found is None else _aligned(found.shift, found.model, found.residual, middle, found.ties)
    if hand is not None:
        return _judged_by_hand(hand, measured, common)
    if measured is None:
        said = yield from _disagreement(pair, common, grid.crs, rough, start, crew)
        raise AlignmentFailed(reach_m=f"{reach:.0f}", found=said, why=f"{before.path.name} / {after.path.name}")
    return measured


def _fine(gsd: float, detection_m: float) -> float:
    """Pixel of the ties: that of detection where it is fine enough and means of whole pixels of the file serve both."""
    whole = round(detection_m / gsd)
    if whole >= 1 and abs(whole * gsd - detection_m) < 1e-6 * detection_m and detection_m <= 2 * _FINEST_M:
        return detection_m
    return gsd * max(1, math.ceil(_FINEST_M / gsd - 1e-6))


def _aligned(
    shift: ShiftField, model: str, residual_m: float, middle: tuple[float, float], ties: tuple[Tie, ...]
) -> Alignment:
    dx, dy = shift.at(*middle)
    return Alignment(shift, model, residual_m, (float(dx), float(dy)), ties)


def _judged_by_hand(hand: HandShift, measured: Alignment | None, common: Bounds) -> Alignment:
    """A person's placing, refined by the pictures where they agree with it."""
    middle = (common[0] + common[2]) / 2, (common[1] + common[3]) / 2
    given = hand.field(*middle)
    held = _aligned(given, "hand", hand.sigma_m * math.sqrt(2), middle, ())
    if measured is None:
        return replace(held, hand=hand)
    x, y = np.meshgrid(np.linspace(common[0], common[2], 9), np.linspace(common[1], common[3], 9))
    apart = np.subtract(given.at(x, y), measured.shift.at(x, y))
    departure = math.sqrt(float(np.mean(np.sum(apart**2, axis=0))))
    if hand.exact or departure > _HAND_SIGMAS * hand.sigma_m * math.sqrt(2):
        return replace(held, hand=hand, departure_m=departure, ties=measured.ties)
    return replace(measured, hand=hand, departure_m=departure)


def _measured(
    measure: Callable[[PixelGrid], Found | None], windows: Sequence[PixelGrid], crew: Crew, round_: int
) -> Job[list[Found]]:
    """What is found in the windows, in their order, without those that show nothing."""
    found: list[Found] = []
    done = 0
    with closing(in_order(measure, windows, crew)) as steps:
        for step in steps:
            if step is not None:
                done += 1
                if step[1] is not None:
                    found.append(step[1])
            yield Progress("align", _STEPS * round_ + _STEPS * done // len(windows), _STEPS * _ROUNDS)
    return found


def _coarse(pair: _Pair, common: Bounds, crs: CRS, step: float, reach_m: float, crew: Crew) -> Job[ShiftField | None]:
    """One shift for all, from the sum of a few windows' agreements on pixels of ``step`` metres.

    None when no peak stands out.
    """
    radius = math.ceil(reach_m / step)
    windows = _windows(pair.covered, common, crs, step, _COARSE_WINDOW, _COARSE_WINDOWS**2, spread=1.0)
    none = ShiftField.constant(0.0, 0.0)

    def measure(window: PixelGrid) -> NDArray[np.float32] | None:
        directions = pair.directions(window, none)
        return None if directions is None else agreement(*directions, radius)

    total = np.zeros((2 * radius + 1, 2 * radius + 1), np.float32)
    for part in (windows[1::2], windows[::2]):
        for surface in (yield from _measured(measure, part, crew, 0)):
            total += surface
        top, clear = peak(total), _clearness(total)
        if top is not None and clear > 1.5 * _CLEAR:  # more windows would show the same
            break
    return None if top is None or clear < _CLEAR else ShiftField.constant(top.dx * step, -top.dy * step)


def _clearness(total: NDArray[np.float32]) -> float:
    """Deviations by which the highest agreement stands out of all."""
    middle = float(np.median(total))
    deviation = 1.4826 * float(np.median(np.abs(total - middle))) + 1e-9
    return (float(total.max()) - middle) / deviation


def _refine(
    pair: _Pair, common: Bounds, crs: CRS, scales: tuple[float, float], start: ShiftField, crew: Crew
) -> Job[Fit | None]:
    """Fine ties around a shift, after coarse ones where it does not hold everywhere; once more where they moved it."""
    rough, fine = scales
    search = partial(_tied, pair, common, crs, crew)
    found, share = yield from search(_Scale(fine, 8, 4.0, _TIES), start, 1)
    if found is None or share < _HOLDS:
        found, _ = yield from search(_Scale(2 * rough, 8, 4.0, _TIES // 4), start, 2)
        if found is None:
            return None
        start = found.shift
        found, _ = yield from search(_Scale(fine, 8, 4.0, _TIES), start, 3)
    if found is not None and _farthest(start, found) > _SETTLED * fine:
        found, _ = yield from search(_Scale(fine, 6, 3.0, _TIES), found.shift, 4)
    return found


def _disagreement(
    pair: _Pair, common: Bounds, crs: CRS, rough: float, start: ShiftField | None, crew: Crew
) -> Job[Words]:
    """By how much the pictures contradict each other around the likeliest shift, for people."""
    scale = _Scale(2 * rough, 8, 4.0, _TIES // 4)
    ties, _ = yield from _ties(pair, common, crs, crew, scale, start or ShiftField.constant(0.0, 0.0), _ROUNDS - 1)
    if len(ties) < _FEWEST_TOLD:
        return Words("没有找到对应点", "no tie points found")
    residual, agreed = disagreement(ties, scale.tolerance * scale.step)
    return Words(
        f"残差 {residual:.1f} 米，{len(ties)} 个对应点中只有 {agreed} 个一致",
        f"residual {residual:.1f} m, only {agreed} of {len(ties)} tie points agree",
    )


@dataclass(frozen=True)
class _Scale:
    """How ties are sought: metres a pixel, pixels looked around, pixels that a tie may be off, how many."""

    step: float
    radius: int
    tolerance: float
    count: int


def _tied(
    pair: _Pair, common: Bounds, crs: CRS, crew: Crew, scale: _Scale, shift: ShiftField, round_: int
) -> Job[tuple[Fit | None, float]]:
    """The field by ties measured around ``shift``, None when they do not convince; and the share of windows kept."""
    ties, windows = yield from _ties(pair, common, crs, crew, scale, shift, round_)
    found = fit(ties, scale.tolerance * scale.step)
    if found is None or not _convincing(found):
        return None, 0.0
    return found, found.kept / windows


def _ties(
    pair: _Pair, common: Bounds, crs: CRS, crew: Crew, scale: _Scale, shift: ShiftField, round_: int
) -> Job[tuple[list[Tie], int]]:
    """Ties measured around ``shift``, and in how many windows they were sought."""
    step = scale.step
    side = min(common[2] - common[0], common[3] - common[1]) / step
    size = min(_TIE_WINDOW, max(_SMALLEST_TIE_WINDOW, int(side / 3)))  # little ground still gives several ties
    ties: list[Tie] = []
    windows: list[PixelGrid] = []
    for wanted in (scale.count, 4 * scale.count):  # denser where much of the common ground has no data
        windows = _windows(pair.covered, common, crs, step, size, wanted, spread=0.5)
        ties = yield from _measured(_tie_in(pair, step, scale.radius, shift), _scattered(windows), crew, round_)
        if len(ties) >= scale.count // 4 or len(windows) < scale.count // 2:
            break
    return ties, len(windows)


def _farthest(shift: ShiftField, found: Fit) -> float:
    """Longest way from a field to the one found, at its ties."""
    x, y = np.array([(tie.x, tie.y) for tie in found.ties]).T
    return float(np.hypot(*np.subtract(found.shift.at(x, y), shift.at(x, y))).max())


def _convincing(found: Fit) -> bool:
    """Chance alone makes a few per cent of the ties agree; a few ties must agree nearly all."""
    return found.kept >= max(4, 0.25 * len(found.ties), min(8, 0.6 * len(found.ties)))


def _scattered(windows: Sequence[PixelGrid]) -> list[PixelGrid]:
    """The windows in another order: those that are read at one time lie apart, and need different blocks of a file."""
    golden = (math.sqrt(5.0) - 1.0) / 2.0
    return [windows[i] for i in sorted(range(len(windows)), key=lambda i: i * golden % 1.0)]


def _tie_in(pair: _Pair, step: float, radius: int, shift: ShiftField) -> Callable[[PixelGrid], Tie | None]:
    def measure(window: PixelGrid) -> Tie | None:
        directions = pair.directions(window, shift)
        top = None if directions is None else peak(agreement(*directions, radius))
        if top is None:
            return None
        x, y = window.transform @ (window.width / 2, window.height / 2)
        dx, dy = shift.at(x, y)
        return Tie(x, y, float(dx) + top.dx * step, float(dy) - top.dy * step, top.agreement)

    return measure


def _windows(
    covered: Reach, common: Bounds, crs: CRS, step: float, size: int, most: int, spread: float
) -> list[PixelGrid]:
    """At most ``most`` square windows spread evenly over ``common``, ``spread`` of their side apart or farther."""
    whole = PixelGrid.over(common, step, crs)
    size = min(size, whole.width, whole.height)
    room_x, room_y = whole.width - size, whole.height - size
    apart = max(spread * size, 1.0)
    columns, rows = int(room_x / apart) + 1, int(room_y / apart) + 1
    if columns * rows > most:
        apart = max(apart, math.sqrt((room_x + size) * (room_y + size) / most))
        columns = min(most, int(room_x / apart) + 1)
        rows = min(most // columns, int(room_y / apart) + 1)
    corners = [(round(r), round(c)) for r in _placed(room_y, rows) for c in _placed(room_x, columns)]
    return covered.spread(whole, size, most, [whole.crop(row, column, size, size) for row, column in corners])


def _placed(room: int, count: int) -> NDArray[np.float64]:
    return np.linspace(0, room, count) if count > 1 else np.array([room / 2])


def _common(before: Raster, after: Raster, grid: PixelGrid) -> Bounds:
    common = shared_bounds(grid.bounds, before.grid.bounds_in(grid.crs), after.grid.bounds_in(grid.crs))
    if common is None or min(common[2] - common[0], common[3] - common[1]) < 4 * grid.resolution:
        raise NoOverlap(first=before.path, second=after.path)
    return common
