"""How far one picture of the ground lies from another: correlation of gradient directions.

Grey values change with sun, season and camera; where edges run changes far less. A picture becomes a complex number
a pixel whose angle is the direction of the gradient, and a displacement is where two such fields agree best
(orientation correlation; Fitch et al., BMVC 2002). Directions count once as they are and once doubled, which makes
bright-on-dark equal to dark-on-bright: the biases that shadows give to the two are opposite and partly cancel.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Complex = NDArray[np.complex64]
Floats = NDArray[np.float32]

_BLUR = 1.0  # pixels; finer detail is noise of the camera, coarser is shadow
_STEEP = 0.3  # metres a pixel: below it a slope of a surface counts for little
_FAINT = 1e-3  # grey levels a pixel: a slope below it is rounding, the same at both dates
_EDGE = np.ones((5, 5), np.uint8)


@dataclass(frozen=True)
class Peak:
    """Displacement in pixels (columns, rows) and the agreement there, at most 1."""

    dx: float
    dy: float
    agreement: float


def image_directions(image: NDArray[np.uint8], valid: NDArray[np.bool_]) -> list[Complex]:
    """Two direction fields (h, w) of an image (3, h, w): plain and doubled; 0 where not valid."""
    grey = cv2.cvtColor(np.ascontiguousarray(np.moveaxis(image, 0, -1)), cv2.COLOR_RGB2GRAY).astype(np.float32)
    across, down = _slopes(_smoothed(grey, valid))
    size = cv2.magnitude(across, down)
    inside = _inside(valid)
    typical = 2 * float(np.median(size[inside])) + 1e-6 if inside.any() else 1.0
    inside &= size > _FAINT
    weight = inside / (size + np.float32(typical))
    right, below = across * weight, down * weight
    turn = np.float32(1.0) / (size + np.float32(1e-9))
    return [_complex(right, below), _complex((right * across - below * down) * turn, 2 * right * down * turn)]


def surface_directions(surface: Floats) -> list[Complex]:
    """The direction field (h, w) of a surface's slopes; 0 where it is NaN. Sun and season do not touch it."""
    known = np.isfinite(surface)
    across, down = _slopes(_smoothed(surface, known))
    weight = _inside(known) / (cv2.magnitude(across, down) + np.float32(_STEEP))
    return [_complex(across * weight, down * weight)]


def _smoothed(values: Floats, known: NDArray[np.bool_]) -> Floats:
    """Values blurred; what is not known does not count, so that the rim of the data is no edge."""
    if known.all():
        return np.asarray(cv2.GaussianBlur(values, (0, 0), _BLUR), np.float32)
    share = cv2.GaussianBlur(known.astype(np.float32), (0, 0), _BLUR)
    smooth = cv2.GaussianBlur(np.where(known, values, 0).astype(np.float32), (0, 0), _BLUR)
    return np.asarray(smooth / np.maximum(share, 1e-3), np.float32)


def agreement(after: list[Complex], before: list[Complex], radius: int) -> Floats:
    """(2 radius + 1, 2 radius + 1) agreement by displacement: at its centre + d, ground of ``after`` at p is at p + d.

    The mean of the fields' normalised correlations; fields that are empty in either date do not count.
    """
    height, width = after[0].shape
    taper = np.outer(np.hanning(height + 2)[1:-1], np.hanning(width + 2)[1:-1]).astype(np.float32)
    rows, columns = (cv2.getOptimalDFTSize(side + radius) for side in (height, width))
    crossed: list[Floats] = []
    for one, other in zip(after, before, strict=True):
        one, other = one * taper, other * taper
        norm = _length(one) * _length(other)
        if norm > 0:
            first, second = (_spectrum(field, rows, columns) for field in (one, other))
            crossed.append(np.asarray(cv2.mulSpectrums(second, first, 0, conjB=True) / np.float32(norm), np.float32))
    if not crossed:
        return np.zeros((2 * radius + 1, 2 * radius + 1), np.float32)
    cyclic = cv2.idft(np.sum(crossed, axis=0), flags=cv2.DFT_SCALE)[..., 0]
    steps = np.arange(-radius, radius + 1)
    return np.asarray(cyclic[np.ix_(steps % rows, steps % columns)] / len(crossed), np.float32)


def _spectrum(field: Complex, rows: int, columns: int) -> Floats:
    """Fourier transform (rows, columns, 2) of a field filled up with 0: real and imaginary parts."""
    filled = np.zeros((rows, columns), np.complex64)
    filled[: field.shape[0], : field.shape[1]] = field
    whole = filled.view(np.float32).reshape(rows, columns, 2)
    return np.asarray(cv2.dft(whole), np.float32)


def _length(directions: Complex) -> float:
    return float(cv2.norm(directions.view(np.float32)))


def peak(surface: Floats) -> Peak | None:
    """The highest point between the cells, by parabolas; None when it lies on the rim, that is nowhere."""
    radius = surface.shape[0] // 2
    row, column = (int(i) for i in np.unravel_index(int(np.argmax(surface)), surface.shape))
    if not (0 < row < 2 * radius and 0 < column < 2 * radius):
        return None
    top = float(surface[row, column])
    dx = column - radius + _vertex(float(surface[row, column - 1]), top, float(surface[row, column + 1]))
    dy = row - radius + _vertex(float(surface[row - 1, column]), top, float(surface[row + 1, column]))
    return Peak(dx, dy, top)


def _slopes(values: Floats) -> tuple[Floats, Floats]:
    """Scharr gradient a pixel: rightwards, downwards."""
    across, down = (cv2.Scharr(values, cv2.CV_32F, *axis, scale=1 / 32) for axis in ((1, 0), (0, 1)))
    return np.asarray(across, np.float32), np.asarray(down, np.float32)


def _complex(real: Floats, imaginary: Floats) -> Complex:
    """Complex numbers of their parts."""
    return np.asarray(cv2.merge([real, imaginary]), np.float32).view(np.complex64)[..., 0]


def _inside(valid: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Away from the rim of the data, where gradients are those of the rim."""
    return cv2.erode(valid.astype(np.uint8), _EDGE, borderType=cv2.BORDER_REPLICATE).astype(bool)


def _vertex(left: float, top: float, right: float) -> float:
    bend = left - 2 * top + right
    return 0.5 * (left - right) / bend if bend < 0 else 0.0
