"""Light on the canvas: the sun with its cast shadows, the open sky, and the camera's response."""

from dataclasses import dataclass

import cv2
import numpy as np

from village.canvas import F32, GAMMA, Canvas, fractal, noise, rng_of, smoothstep


@dataclass(frozen=True)
class Flight:
    """How a survey was flown and what the light was: angles in degrees (azimuth from north, clockwise)."""

    day: str
    sun_azimuth: float
    sun_elevation: float
    sun_colour: tuple[float, float, float]
    sky_colour: tuple[float, float, float]
    exposure: float
    contrast: float
    saturation: float
    haze: float
    blur_m: float
    grain: float


def cast(z: F32, cell: float, azimuth: float, elevation: float) -> F32:
    """How far below the shadow's edge each point lies, metres (0 in light).

    The height field is turned so that the light runs along its rows, and each ray is marched down its row: the
    shadow line falls by tan(elevation) a metre and every higher point lifts it again.
    """
    h, w = z.shape
    side = int(np.ceil(np.hypot(h, w))) + 2
    turn = np.deg2rad(azimuth)
    # unit vector, in (column, row), that points away from the sun
    away = np.array([-np.sin(turn), np.cos(turn)])
    rot = np.array([[away[0], away[1], 0], [-away[1], away[0], 0]])
    rot[:, 2] = side / 2 - rot[:, :2] @ [w / 2, h / 2]
    low = float(z.min())
    turned = cv2.warpAffine(z - low, rot, (side, side), flags=cv2.INTER_LINEAR, borderValue=0)
    fall = (np.arange(side, dtype=np.float32) * np.float32(np.tan(np.deg2rad(elevation)) * cell))[None, :]
    line = turned + fall
    depth = np.maximum.accumulate(line, axis=1) - line
    return cv2.warpAffine(depth, rot, (w, h), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP).astype(np.float32)


def openness(z: F32, cell: float) -> F32:
    """Share of the sky that each point sees, 0-1, from rings of directions."""
    small = cv2.resize(z, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    total = np.zeros(small.shape, np.float32)
    rays = [(a, e, w) for e, w in ((22, 0.8), (50, 1.0)) for a in range(0, 360, 36)]
    for azimuth, elevation, weight in rays:
        total += weight * np.exp(-cast(small, 2 * cell, azimuth + elevation, elevation) / 0.35)
    total /= sum(w for _, _, w in rays)
    return cv2.resize(total, (z.shape[1], z.shape[0]), interpolation=cv2.INTER_LINEAR)


def expose(canvas: Canvas, flight: Flight, seed: int) -> F32:
    """The picture a camera takes, sRGB-like 0-255 float, (h, w, 3)."""
    cell = canvas.cell
    z = canvas.z
    lit = np.exp(-cast(z, cell, flight.sun_azimuth, flight.sun_elevation) / 0.12)
    lit = cv2.GaussianBlur(lit, (0, 0), 0.1 / cell)
    soft = cv2.GaussianBlur(z, (0, 0), 0.2 / cell)
    gy, gx = np.gradient(soft, cell)
    limit = 1.6
    gx, gy = np.clip(gx, -limit, limit), np.clip(-gy, -limit, limit)
    a, e = np.deg2rad(flight.sun_azimuth), np.deg2rad(flight.sun_elevation)
    sun = np.array([np.sin(a) * np.cos(e), np.cos(a) * np.cos(e), np.sin(e)])
    facing = (-gx * sun[0] - gy * sun[1] + sun[2]) / np.sqrt(1 + gx**2 + gy**2)
    direct = np.clip(facing / sun[2], 0.05, 1.7) * lit
    sky = openness(z, cell)
    light = direct[..., None] * np.float32(flight.sun_colour) + sky[..., None] * np.float32(flight.sky_colour)
    light += (0.05 * cv2.GaussianBlur(direct, (0, 0), 3 / cell))[..., None]
    picture = canvas.rgb * light.astype(np.float32)
    wave = fractal(canvas.shape, (3 / cell, 1.1 / cell), rng_of(seed, 12))
    glint = canvas.water * (0.05 + 0.012 * smoothstep(wave, 0.3, 2.0))
    picture += glint[..., None] * np.float32((0.8, 0.95, 1.1))
    patches = 1 + 0.025 * noise(canvas.shape, 45 / cell, rng_of(seed, 13))
    picture = np.clip(picture * (flight.exposure * patches)[..., None] + flight.haze, 0, None)
    value = np.power(picture, np.float32(1 / GAMMA))
    value = 1.18 * value / (1 + 0.18 * value**3)  # a shoulder: whites roll off
    value += flight.contrast * np.sin(2 * np.pi * (np.clip(value, 0, 1) - 0.5)) / 6
    grey = value.mean(axis=2, keepdims=True)
    value = grey + flight.saturation * (value - grey)
    return np.clip(value * 255, 0, 255).astype(np.float32)
