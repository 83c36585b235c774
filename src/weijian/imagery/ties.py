"""From scattered measured shifts to a field: outliers rejected, the simplest model that predicts unseen ties."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from affine import Affine
from numpy.typing import NDArray

from weijian.imagery.shift import Lattice, ShiftField

Floats = NDArray[np.float64]

_TRIALS = 300
_WORTH_IT = 0.98  # a richer plane must predict unseen ties with an error smaller by this factor
_LOCAL_WORTH_IT = 0.9  # a field of local shifts has many parameters, and neighbouring ties share pixels
_LATTICE_NODES = 12
_SHRINK = 1.0  # weight of "no local shift" against one tie at zero distance


@dataclass(frozen=True)
class Tie:
    """One place measured in both surveys: the ground at (x, y) of the after survey is at (x + dx, y + dy) before."""

    x: float
    y: float
    dx: float
    dy: float
    agreement: float
    kept: bool = True


@dataclass(frozen=True)
class Fit:
    """A shift field with what it rests on; ``residual`` is the RMS length of its errors at ties left out in turn."""

    shift: ShiftField
    model: str
    residual: float
    ties: tuple[Tie, ...]

    @property
    def kept(self) -> int:
        """Ties that agree with the field."""
        return sum(tie.kept for tie in self.ties)


def fit(ties: list[Tie], tolerance: float) -> Fit | None:
    """Fit a shift field; None when no four ties agree on a similarity within ``tolerance``.

    Parameters
    ----------
    ties : list of Tie
    tolerance : float
        Distance, in the ties' unit, from which a tie cannot be right even beside a good local field.
    """
    if len(ties) < 4:
        return None
    at = np.array([(t.x, t.y) for t in ties])
    shifts = np.array([(t.dx, t.dy) for t in ties])
    origin = at.mean(axis=0)
    kept = _consensus(at - origin, shifts, tolerance)
    kept = _settled(at - origin, shifts, kept, tolerance)
    if kept.sum() < 4:
        return None
    shift, model, residual = _best_model(at, shifts, kept, origin)
    marked = tuple(Tie(t.x, t.y, t.dx, t.dy, t.agreement, bool(k)) for t, k in zip(ties, kept, strict=True))
    return Fit(shift, model, residual, marked)


def disagreement(ties: list[Tie], tolerance: float) -> tuple[float, int]:
    """How little ties have in common, where no field fits them.

    Returns
    -------
    (residual, agreed)
        RMS length of their shifts about the median shift, and how many agree on one similarity within ``tolerance``.
        At least two ties are needed.
    """
    at = np.array([(t.x, t.y) for t in ties])
    shifts = np.array([(t.dx, t.dy) for t in ties])
    agreed = _consensus(at - at.mean(axis=0), shifts, tolerance)
    return _rms(shifts - np.median(shifts, axis=0)), int(agreed.sum())


def _consensus(at: Floats, shifts: Floats, tolerance: float) -> NDArray[np.bool_]:
    """Ties within ``tolerance`` of the similarity through two of them that most others agree with (RANSAC)."""
    chance = np.random.default_rng(len(at))
    best = np.zeros(len(at), bool)
    design = _design(at, "similarity")
    for _ in range(_TRIALS):
        pair = chance.choice(len(at), 2, replace=False)
        if np.hypot(*(at[pair[0]] - at[pair[1]])) == 0:
            continue
        rows = np.concatenate([2 * pair, 2 * pair + 1])
        found = np.linalg.lstsq(design[rows], shifts.ravel()[rows], rcond=None)[0]
        if np.hypot(found[2], found[3]) > 0.05:  # no survey is turned or stretched so much
            continue
        agreed = _lengths(shifts.ravel() - design @ found) < tolerance
        if agreed.sum() > best.sum():
            best = agreed
    return best


def _settled(at: Floats, shifts: Floats, kept: NDArray[np.bool_], tolerance: float) -> NDArray[np.bool_]:
    """Repeat fit and rejection beyond three robust deviations until nothing changes."""
    for _ in range(20):
        if kept.sum() < 4:
            break
        design = _design(at, "affine" if kept.sum() >= 12 else "similarity")
        both = np.repeat(kept, 2)
        found = np.linalg.lstsq(design[both], shifts.ravel()[both], rcond=None)[0]
        errors = _lengths(shifts.ravel() - design @ found)
        spread = 3.5 * float(np.median(errors[kept])) / 1.177  # median of a Rayleigh variable
        now = errors < min(tolerance, max(spread, tolerance / 4))
        if (now == kept).all():
            break
        kept = now
    return kept


def _best_model(at: Floats, shifts: Floats, kept: NDArray[np.bool_], origin: Floats) -> tuple[ShiftField, str, float]:
    points, wanted = at[kept] - origin, shifts[kept]
    models = ["translation", "similarity"] + (["affine"] if len(points) >= 8 else [])
    fits = {model: _linear(points, wanted, model) for model in models}
    model = _simplest({name: _rms(errors) for name, (_, errors) in fits.items()})
    found, errors = fits[model]
    field = ShiftField(float(origin[0]), float(origin[1]), found)
    residual = _rms(errors)
    if len(points) >= 16:
        plain = wanted - np.stack(field.at(at[kept, 0], at[kept, 1]), axis=1)
        reach, local = _best_reach(points, plain, errors)
        if local < _LOCAL_WORTH_IT * residual:
            lattice = _lattice(at[kept], plain, reach)
            return ShiftField(field.x0, field.y0, found, lattice), f"{model}+local", local
    return field, model, residual


def _simplest(scores: dict[str, float]) -> str:
    """The first (simplest) model that no later one beats clearly."""
    chosen = next(iter(scores))
    for name, score in scores.items():
        if score < _WORTH_IT * scores[chosen]:
            chosen = name
    return chosen


def _linear(points: Floats, wanted: Floats, model: str) -> tuple[Affine, Floats]:
    """Least squares of a linear model, and the errors (n, 2) at each tie when it is left out."""
    design = _design(points, model)
    inverse = np.linalg.pinv(design)
    found = inverse @ wanted.ravel()
    leverage = np.minimum(np.einsum("ij,ji->i", design, inverse), 0.95)
    errors = ((wanted.ravel() - design @ found) / (1 - leverage)).reshape(-1, 2)
    c = [float(v) for v in found]
    if model == "translation":
        return Affine(0, 0, c[0], 0, 0, c[1]), errors
    if model == "similarity":
        return Affine(c[2], -c[3], c[0], c[3], c[2], c[1]), errors
    return Affine(c[2], c[3], c[0], c[4], c[5], c[1]), errors


def _design(points: Floats, model: str) -> Floats:
    """(2 n, parameters): rows of x and y shifts alternate; the first two parameters are the shift at the origin."""
    x, y = points[:, 0], points[:, 1]
    parameters = {"translation": 2, "similarity": 4, "affine": 6}[model]
    design = np.zeros((2 * len(points), parameters))
    design[0::2, 0] = design[1::2, 1] = 1
    if model == "similarity":
        design[0::2, 2], design[0::2, 3] = x, -y
        design[1::2, 2], design[1::2, 3] = y, x
    elif model == "affine":
        design[0::2, 2], design[0::2, 3] = x, y
        design[1::2, 4], design[1::2, 5] = x, y
    return design


def _best_reach(points: Floats, plain: Floats, left_out: Floats) -> tuple[float, float]:
    """Width of the smoothing that predicts left-out ties best, and its RMS error."""
    distance = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    spacing = float(np.median(np.partition(distance, 1, axis=1)[:, 1]))
    scores = {}
    for reach in (2.0 * spacing, 4.0 * spacing, 8.0 * spacing):  # nearer ties share pixels, and so errors
        weights = np.exp(-0.5 * (distance / reach) ** 2)
        np.fill_diagonal(weights, 0.0)
        predicted = weights @ plain / (weights.sum(axis=1, keepdims=True) + _SHRINK)
        scores[reach] = _rms(left_out - predicted)
    best = min(scores, key=lambda reach: scores[reach])
    return best, scores[best]


def _lattice(at: Floats, plain: Floats, reach: float) -> Lattice:
    """Residual shifts smoothed over ``reach`` and drawn to zero where ties are few."""
    low, high = at.min(axis=0), at.max(axis=0)
    step = max(float((high - low).max()) / (_LATTICE_NODES - 1), reach / 4)
    columns, rows = (int(np.ceil(extent / step)) + 1 for extent in high - low)
    x, y = np.meshgrid(low[0] + step * np.arange(columns), low[1] + step * np.arange(rows))
    distance = np.hypot(x[..., None] - at[:, 0], y[..., None] - at[:, 1])
    weights = np.exp(-0.5 * (distance / reach) ** 2)
    smooth = weights @ plain / (weights.sum(axis=-1, keepdims=True) + _SHRINK)
    return Lattice(
        float(low[0]),
        float(low[1]),
        step,
        tuple(tuple(float(v) for v in row) for row in smooth[..., 0]),
        tuple(tuple(float(v) for v in row) for row in smooth[..., 1]),
    )


def _lengths(interleaved: Floats) -> Floats:
    pairs = interleaved.reshape(-1, 2)
    return np.hypot(pairs[:, 0], pairs[:, 1])


def _rms(errors: Floats) -> float:
    return float(np.sqrt(np.mean(np.sum(errors**2, axis=1))))
