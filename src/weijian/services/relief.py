"""A surface of heights as a picture: shaded from the north-west, coloured by height."""

import cv2
import numpy as np
from numpy.typing import NDArray

_EXAGGERATION = 1.4
_LIGHT = np.array([-1.0, 1.0, 1.414]) / 2.0  # towards the light: north-west, 45 degrees up (unit length)
_AMBIENT = 0.35
_TINTS = np.array(
    [(92, 142, 110), (164, 190, 128), (226, 218, 166), (214, 176, 126), (186, 138, 112), (240, 236, 232)], np.float32
)


def shaded_relief(surface: NDArray[np.float32], pixel_m: float, heights: tuple[float, float]) -> NDArray[np.uint8]:
    """Draw a surface.

    Parameters
    ----------
    surface : (rows + 2, columns + 2) float32
        Heights in metres with one pixel more on each side, rows from north to south; NaN where unknown.
    pixel_m : float
    heights : (low, high)
        Heights in metres that get the first and the last colour.

    Returns
    -------
    (rows, columns, 4) uint8
        Red, green, blue, opacity; all 0 where unknown.
    """
    inner = surface[1:-1, 1:-1]
    known = np.isfinite(inner)
    east = (surface[1:-1, 2:] - surface[1:-1, :-2]) * (_EXAGGERATION / (2 * pixel_m))
    north = (surface[:-2, 1:-1] - surface[2:, 1:-1]) * (_EXAGGERATION / (2 * pixel_m))
    east, north = np.nan_to_num(east, copy=False), np.nan_to_num(north, copy=False)
    facing = (_LIGHT[2] - _LIGHT[0] * east - _LIGHT[1] * north) / np.sqrt(1 + east**2 + north**2)
    light = _AMBIENT + (1 - _AMBIENT) * np.clip(facing, 0, 1) / _LIGHT[2]
    low, high = heights
    share = np.clip(np.nan_to_num((inner - low) / (high - low)), 0, 1)
    steps = np.linspace(0, 1, 256)
    table = np.stack([np.interp(steps, np.linspace(0, 1, len(_TINTS)), _TINTS[:, band]) for band in range(3)], axis=-1)
    colour = table.astype(np.float32)[(share * 255).astype(np.uint8)]
    picture = np.zeros((*inner.shape, 4), np.uint8)
    picture[..., :3] = cv2.convertScaleAbs(colour * light[..., None].astype(np.float32))
    picture[..., 3] = 255
    picture[~known] = 0
    return picture
