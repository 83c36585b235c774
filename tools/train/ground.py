"""The bare ground of a made-up place at one date: soils, grass, crops, paving and streets."""

import math

import cv2
import numpy as np
from village.canvas import F32, Canvas, Colour, fractal, linear, noise, rng_of, smoothstep
from village.plan_land import elevation

from train.layout import Layout, Street

MATERIALS: dict[str, tuple[tuple[Colour, ...], float, tuple[float, ...], float]] = {
    # name: colours to choose from, strength of the texture, its grains (m), furrow spacing (m; 0 for none)
    "lawn": (((88, 104, 56), (104, 118, 66), (76, 92, 50)), 0.12, (9.0, 1.2, 0.6), 0.0),
    "dry": (((136, 124, 84), (156, 140, 98), (122, 112, 76)), 0.14, (8.0, 1.5, 0.6), 0.0),
    "weeds": (((82, 92, 50), (104, 104, 60), (112, 98, 66)), 0.3, (5.0, 1.6, 0.7), 0.0),
    "soil": (((146, 122, 90), (168, 144, 110), (126, 98, 72), (160, 104, 74), (188, 170, 140)), 0.14, (10, 2, 0.8), 0),
    "site": (((178, 160, 128), (196, 182, 152), (150, 130, 102)), 0.22, (6.0, 2.2, 0.8), 0.0),
    "tilled": (((120, 98, 72), (142, 118, 88), (98, 80, 60)), 0.12, (9.0, 0.8), 1.0),
    "crop": (((86, 108, 54), (120, 126, 66), (164, 150, 84), (170, 158, 84)), 0.16, (7.0, 0.8), 1.1),
    "paving": (((168, 164, 156), (186, 182, 172), (150, 146, 140), (198, 192, 180)), 0.07, (8.0, 2.0, 0.6), 0.0),
    "asphalt": (((92, 92, 92), (112, 110, 108), (76, 76, 78), (130, 128, 124)), 0.06, (9.0, 2.0, 0.6), 0.0),
    "concrete": (((176, 172, 162), (190, 186, 176), (160, 156, 146)), 0.06, (9.0, 2.0, 0.6), 0.0),
    "gravel": (((158, 146, 122), (176, 166, 146), (140, 126, 104)), 0.12, (6.0, 1.0, 0.6), 0.0),
    "water": (((62, 76, 66), (48, 62, 62), (86, 92, 70), (60, 90, 100)), 0.05, (12.0, 4.0), 0.0),
}  # fmt: skip

GREEN = ("lawn", "dry", "weeds", "crop", "tilled", "soil")
"""Ground that may turn from one to the other between two dates."""


def paint_ground(canvas: Canvas, layout: Layout, materials: tuple[str, ...], wild: str, key: tuple[int, int]) -> None:
    """Relief, blocks and streets; ``materials`` is one name a plot, ``key`` the place's seed and the date."""
    seed, date = key
    x, y = canvas.xy(slice(0, canvas.shape[0]), slice(0, canvas.shape[1]))
    canvas.ground[:] = elevation(x, y) + 0.03 * fractal(canvas.shape, (12, 50), rng_of(seed, 1))
    u, v = layout.bend.street(x, y)
    wobble = 0.5 * noise(canvas.shape, 6 / canvas.cell, rng_of(seed, 2))
    spread_material(canvas, np.ones(canvas.shape, np.float32), wild, rng_of(seed, 3, date), u)
    for number, (plot, name) in enumerate(zip(layout.plots, materials, strict=True)):
        edge = np.maximum(np.maximum(plot.left - u, u - plot.right), np.maximum(plot.low - v, v - plot.high))
        cover = 1 - smoothstep((edge + wobble).astype(np.float32), -0.3, 0.3)
        if cover.max() > 0:
            # The same ground keeps its tone; only what grows on it changes with the date.
            tone = rng_of(seed, 4, number, date if name in GREEN else 0)
            spread_material(canvas, cover, name, tone, v if number % 2 else u)
    for number, street in enumerate(layout.streets):
        pave(canvas, street, u if street.along else v, date, rng_of(seed, 5, number))
    canvas.z[:] = canvas.ground
    canvas.side[:] = canvas.rgb * 0.9


def spread_material(canvas: Canvas, cover: F32, name: str, rng: np.random.Generator, across: F32) -> None:
    """Tint what ``cover`` shows with a material of its own tone."""
    rows, cols = np.flatnonzero(cover.any(axis=1)), np.flatnonzero(cover.any(axis=0))
    r, c = slice(int(rows[0]), int(rows[-1]) + 1), slice(int(cols[0]), int(cols[-1]) + 1)
    part = cover[r, c]
    colours, strength, grains, furrow = MATERIALS[name]
    base = linear(colours[int(rng.integers(len(colours)))]) * (1 + rng.normal(0, 0.06, 3)) * rng.uniform(0.8, 1.2)
    texture = fractal(part.shape, tuple(g / canvas.cell for g in grains), rng)
    tone = 1 + strength * texture + 0.04 * noise(part.shape, 1.5, rng)
    if furrow:
        rows_of = np.cos(2 * math.pi * (across[r, c] + 0.1 * texture) / max(furrow, 2.4 * canvas.cell))
        tone = tone + 0.1 * rows_of
    rgb = base.astype(np.float32) * np.clip(tone, 0.4, 1.8)[..., None]
    if name in ("weeds", "soil", "site", "lawn"):
        other = linear(((104, 112, 62), (150, 128, 96))[int(rng.integers(2))])
        patchy = smoothstep(fractal(part.shape, (7 / canvas.cell, 2 / canvas.cell), rng), 0.3, 1.6)[..., None]
        rgb = rgb + float(rng.uniform(0, 0.7)) * patchy * (other - rgb)
    canvas.tint(r, c, part, rgb.astype(np.float32))
    if name == "water":
        canvas.water[r, c] = np.maximum(canvas.water[r, c], part)


def pave(canvas: Canvas, street: Street, across: F32, date: int, rng: np.random.Generator) -> None:
    """One street with shoulders, kerbs or markings."""
    surface = street.surface[date]
    d = np.abs(across - np.float32(street.at))
    half = street.width / 2
    rough = noise(canvas.shape, 1.5 / canvas.cell, rng)
    shoulder = (1 - smoothstep(d + 0.3 * rough, half, half + 1.2)) * float(rng.uniform(0, 0.7))
    full = slice(0, canvas.shape[0]), slice(0, canvas.shape[1])
    canvas.tint(*full, shoulder, linear((158, 144, 118)))
    ragged = 0.4 if surface in ("soil", "gravel") else 0.05
    body = 1 - smoothstep(d + ragged * rough, half - 0.1, half + 0.1)
    if body.max() > 0:
        spread_material(canvas, body, surface, rng_of(int(rng.integers(1 << 30)), date if surface == "soil" else 0), d)
    if surface == "asphalt" and street.width > 5 and rng.random() < 0.6:
        canvas.tint(*full, np.exp(-((d / 0.12) ** 2)).astype(np.float32) * 0.6, linear((206, 190, 130)))
    if street.width > 5 and rng.random() < 0.5:
        kerb = np.exp(-(((d - half) / 0.25) ** 2)).astype(np.float32) * 0.6
        canvas.tint(*full, kerb, linear((192, 190, 184)))
    canvas.ground -= cv2.GaussianBlur(body, (0, 0), 1.0) * 0.05
