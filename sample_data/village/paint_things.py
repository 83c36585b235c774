"""Painting what is not a building: vehicles, greenhouses, piles, tarpaulins, paving, gardens, rubble."""

from collections.abc import Callable

import numpy as np

from village.canvas import F32, Canvas, Frame, fractal, linear, noise, rng_of, smoothstep
from village.scene import Thing

FLAT_KINDS = frozenset({"repaving", "garden", "grain", "cleared"})


def paint_thing(canvas: Canvas, thing: Thing, date: int) -> None:
    """One thing at a date; nothing where it is not present."""
    if not thing.present[date]:
        return
    f = canvas.frame(thing.centre, (thing.width / 2 + 0.5, thing.depth / 2 + 0.5), thing.angle)
    if f is not None:
        PAINTERS.get(thing.kind, pile)(canvas, f, thing, rng_of(thing.seed, 95))


def rim(f: Frame, thing: Thing) -> F32:
    """Signed distance to the thing's box, metres, negative inside."""
    return np.maximum(np.abs(f.u) - thing.width / 2, np.abs(f.v) - thing.depth / 2)


def ground(canvas: Canvas, f: Frame) -> F32:
    """Bare ground of a frame."""
    return canvas.ground[f.rows, f.cols]


def flat(canvas: Canvas, f: Frame, thing: Thing, rng: np.random.Generator) -> None:
    """Something spread on the ground."""
    ragged = {"cleared": 0.5, "garden": 0.15}.get(thing.kind, 0.05)
    cover = 1 - smoothstep(rim(f, thing) + ragged * noise(f.shape, 0.8 / canvas.cell, rng), -0.1, 0.1)
    tone = np.clip(1 + 0.07 * fractal(f.shape, (2 / canvas.cell, 0.4 / canvas.cell), rng), 0.6, 1.4)[..., None]
    if thing.kind == "garden":
        beds = smoothstep(np.cos(2 * np.pi * f.v / 1.1) + 0.7 * noise(f.shape, 0.35 / canvas.cell, rng), -0.1, 0.8)
        canvas.tint(f.rows, f.cols, cover, linear((112, 92, 66)) * tone)
        cover = cover * beds
    canvas.tint(f.rows, f.cols, cover, linear(thing.colour) * tone)
    z = canvas.z[f.rows, f.cols]
    z += cover * (ground(canvas, f) + thing.height - z)


def pile(canvas: Canvas, f: Frame, thing: Thing, rng: np.random.Generator) -> None:
    """A heap: sand, straw, firewood, bricks."""
    boxy = thing.kind in ("bricks", "firewood", "pole")
    lumps = 0.12 * noise(f.shape, 0.8 / canvas.cell, rng)
    r = np.maximum(np.hypot(f.u / (thing.width / 2), f.v / (thing.depth / 2)) + lumps, 0)
    inside = (rim(f, thing) < 0) if boxy else (r < 1)
    shape = np.full(f.shape, 1.0, np.float32) if boxy else np.clip(1.15 - r**1.5, 0, 1)
    rough = {"straw": 0.12, "firewood": 0.2, "bricks": 0.1}.get(thing.kind, 0.05)
    grain = noise(f.shape, max(1.0, 0.2 / canvas.cell), rng)
    colour = linear(thing.colour) * np.clip(1 + 0.16 * grain, 0.5, 1.5)[..., None]
    top = ground(canvas, f) + thing.height * shape + rough * grain
    canvas.raise_to(f, inside, top.astype(np.float32), colour.astype(np.float32), linear(thing.colour) * 0.8)


def tarpaulin(canvas: Canvas, f: Frame, thing: Thing, rng: np.random.Generator) -> None:
    """A sheet over something low, with folds."""
    folds = fractal(f.shape, (1.2 / canvas.cell, 0.5 / canvas.cell), rng)
    colour = linear(thing.colour) * np.clip(1 + 0.12 * folds, 0.5, 1.6)[..., None]
    top = ground(canvas, f) + thing.height * np.clip(0.75 + 0.25 * folds, 0.1, 1.3)
    canvas.raise_to(
        f, rim(f, thing) + 0.06 * folds < 0, top.astype(np.float32), colour.astype(np.float32), linear(thing.colour)
    )


def rubble(canvas: Canvas, f: Frame, thing: Thing, rng: np.random.Generator) -> None:
    """Broken brick and concrete where a house stood."""
    chunks = fractal(f.shape, (0.45 / canvas.cell, 0.22 / canvas.cell), rng)
    mounds = fractal(f.shape, (3 / canvas.cell, 1.5 / canvas.cell), rng)
    ragged = rim(f, thing) + 0.5 * noise(f.shape, 1.2 / canvas.cell, rng)
    brick, grey = linear((140, 106, 88)), linear((150, 145, 136))
    mix = smoothstep(chunks + 0.6 * mounds, -0.4, 0.4)[..., None]
    colour = (brick * (1 - mix) + grey * mix) * np.clip(1 + 0.2 * chunks, 0.4, 1.6)[..., None]
    tall = thing.height * np.clip(0.55 + 0.35 * mounds + 0.15 * chunks, 0.03, 1.6) * smoothstep(-ragged, 0, 0.8)
    top = ground(canvas, f) + tall
    canvas.raise_to(f, ragged < 0, top.astype(np.float32), colour.astype(np.float32), brick)


def vehicle(canvas: Canvas, f: Frame, thing: Thing, rng: np.random.Generator) -> None:
    """A car with its glass, or a truck with cab and load."""
    u, v = f.u / (thing.width / 2), f.v / (thing.depth / 2)
    inside = (np.abs(u) ** 4 + np.abs(v) ** 6) < 1
    body = linear(thing.colour)
    colour = np.broadcast_to(body, (*f.shape, 3)).copy()
    if thing.kind == "car":
        cabin = (u > -0.72) & (u < 0.38)
        roof = (u > -0.5) & (u < 0.12) & (np.abs(v) < 0.74)
        colour[cabin & ~roof & (np.abs(v) < 0.86)] = linear((28, 32, 38))
        tall = np.where(roof, 1.5, np.where(cabin, 1.25, 0.9))
    else:
        cab = u > 0.62
        colour[cab] = linear((214, 214, 210)) if rng.random() < 0.6 else body * 0.8
        colour[(u > 0.78) & (u < 0.9)] = linear((34, 36, 40))
        colour[(u > 0.56) & (u < 0.62)] = linear((30, 30, 30))
        tall = np.where(cab, 2.4, thing.height)
        colour *= np.clip(1 + 0.08 * noise(f.shape, 3, rng), 0.7, 1.3)[..., None]
    canvas.raise_to(f, inside, (ground(canvas, f) + tall).astype(np.float32), colour.astype(np.float32), body)


def greenhouse(canvas: Canvas, f: Frame, thing: Thing, rng: np.random.Generator) -> None:
    """A plastic tunnel along its longer side, hoops showing through."""
    long = thing.width >= thing.depth
    along, across, half = (f.u, f.v, thing.depth / 2) if long else (f.v, f.u, thing.width / 2)
    t = np.clip(np.abs(across) / half, 0, 1)
    hoops = np.abs(((along / 1.6) % 1) - 0.5) < 0.06
    film = fractal(f.shape, (4 / canvas.cell, 0.8 / canvas.cell), rng)
    colour = linear(thing.colour) * np.clip(0.92 + 0.07 * film - 0.25 * t, 0.4, 1.3)[..., None]
    inner = smoothstep(film, 0.2, 1.6)[..., None] * 0.3
    colour = colour * (1 - inner) + inner * linear((120, 134, 108))
    colour[hoops] *= 0.86
    top = ground(canvas, f) + thing.height * np.sqrt(np.maximum(1 - t**2.2, 0.02))
    canvas.raise_to(f, rim(f, thing) < 0, top.astype(np.float32), colour.astype(np.float32), linear((190, 196, 194)))


PAINTERS: dict[str, Callable[[Canvas, Frame, Thing, np.random.Generator], None]] = {
    "repaving": flat, "garden": flat, "grain": flat, "cleared": flat, "tarpaulin": tarpaulin, "rubble": rubble,
    "car": vehicle, "truck": vehicle, "greenhouse": greenhouse,
}  # fmt: skip
