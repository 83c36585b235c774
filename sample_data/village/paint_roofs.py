"""Painting buildings: walls up to the eaves, tiled, flat and colour-steel roofs, and what stands on flat ones."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from village.canvas import F32, Canvas, Colour, Frame, fractal, linear, noise, rng_of, smoothstep
from village.scene import Block, Building, Roof

WALLS: tuple[Colour, ...] = ((206, 200, 188), (188, 170, 148), (214, 212, 206), (170, 150, 130), (196, 196, 192))


def paint_building(canvas: Canvas, building: Building, date: int) -> None:
    """All blocks of a building at a date."""
    for block in building.blocks(date):
        paint_block(canvas, block, building.pad)


def paint_block(canvas: Canvas, block: Block, pad: float) -> None:
    """One block with its roof."""
    f = canvas.frame(block.centre, (block.width / 2, block.depth / 2), block.angle)
    if f is None:
        return
    rng = rng_of(block.seed, 81)
    inside = (np.abs(f.u) <= block.width / 2) & (np.abs(f.v) <= block.depth / 2)
    wall = linear(WALLS[int(rng.integers(len(WALLS)))])
    shape, colour = ROOFS[block.roof](canvas, f, block, rng)
    top = (pad + block.height + shape).astype(np.float32)
    canvas.raise_to(f, inside, top, np.clip(colour, 0, 1).astype(np.float32), wall)
    canvas.water[f.rows, f.cols][inside] = 0
    if block.roof == Roof.FLAT and block.fittings:
        fit_out(canvas, block, pad + block.height, rng)


def weather(f: Frame, canvas: Canvas, rng: np.random.Generator, strength: float) -> F32:
    """Stains and grain of an old surface as a factor about 1, (h, w, 1)."""
    big = fractal(f.shape, (3.5 / canvas.cell, 1.2 / canvas.cell), rng)
    fine = noise(f.shape, 1.7, rng)
    return np.clip(1 + strength * (0.09 * big + 0.06 * fine), 0.5, 1.5)[..., None].astype(np.float32)


def flat_roof(canvas: Canvas, f: Frame, block: Block, rng: np.random.Generator) -> tuple[F32, F32]:
    """A concrete slab with a parapet and puddle stains."""
    edge = np.maximum(np.abs(f.u) - block.width / 2, np.abs(f.v) - block.depth / 2)
    colour = linear(block.colour) * weather(f, canvas, rng, 1.0)
    damp = smoothstep(fractal(f.shape, (2.2 / canvas.cell, 0.8 / canvas.cell), rng), 0.7, 1.9)[..., None] * 0.45
    colour = colour * (1 - damp) + damp * linear((96, 94, 86))
    corner = smoothstep(-edge, 1.4, 0.2)[..., None] * 0.18
    colour = colour * (1 - corner) + corner * linear((92, 90, 80))
    joint = np.minimum(np.abs((f.u / 3.3) % 1 - 0.5), np.abs((f.v / 3.3) % 1 - 0.5)) * 3.3 < canvas.cell * 0.6
    colour[joint] *= 0.86
    tall = float(rng.uniform(0.5, 1.1)) if block.fittings else 0.15
    rim = edge > -0.26
    cap = linear((188, 182, 172) if rng.random() < 0.7 else (140, 82, 64)) * weather(f, canvas, rng, 0.6)
    colour = np.where(rim[..., None], cap, colour)
    return np.where(rim, tall, 0).astype(np.float32), colour.astype(np.float32)


def tiles(canvas: Canvas, f: Frame, along: F32, down: F32, block: Block, rng: np.random.Generator) -> F32:
    """Courses of tiles: columns down the slope, patches of other batches, moss and dirt toward the eaves."""
    columns = np.cos(2 * np.pi * along / 0.42) * 0.05 + np.cos(2 * np.pi * down / 0.55) * 0.035
    speckle = noise(f.shape, max(1.2, 0.3 / canvas.cell), rng) * 0.1
    tone = 1 + columns + speckle + 0.08 * fractal(f.shape, (2.5 / canvas.cell, 0.9 / canvas.cell), rng)
    colour = linear(block.colour) * np.clip(tone, 0.5, 1.6)[..., None]
    moss = smoothstep(fractal(f.shape, (2.0 / canvas.cell, 0.6 / canvas.cell), rng), 0.9, 2.2)[..., None] * 0.5
    return (colour * (1 - moss) + moss * linear((84, 84, 64))).astype(np.float32)


def gable_roof(canvas: Canvas, f: Frame, block: Block, rng: np.random.Generator) -> tuple[F32, F32]:
    """Two slopes from a ridge along the width."""
    t = np.abs(f.v) / (block.depth / 2)
    rise = block.rise * (1 - t)
    colour = tiles(canvas, f, f.u, f.v, block, rng)
    ridge = np.abs(f.v) < 0.18
    colour[ridge] = colour[ridge] * 0.5 + 0.5 * linear((150, 144, 134))
    verge = np.abs(f.u) > block.width / 2 - 0.2
    colour[verge] = colour[verge] * 0.6 + 0.4 * linear((166, 160, 150))
    return (rise + 0.12 * ridge).astype(np.float32), colour


def hip_roof(canvas: Canvas, f: Frame, block: Block, rng: np.random.Generator) -> tuple[F32, F32]:
    """Four slopes."""
    run = min(block.width, block.depth) / 2
    du, dv = block.width / 2 - np.abs(f.u), block.depth / 2 - np.abs(f.v)
    near = np.minimum(du, dv)
    ends = du < dv
    colour = tiles(canvas, f, np.where(ends, f.v, f.u), near, block, rng)
    hip = (np.abs(du - dv) < 0.16) & (near < run) | (near > run - 0.14)
    colour[hip] = colour[hip] * 0.45 + 0.55 * linear((158, 148, 136))
    return (block.rise * np.clip(near / run, 0, 1)).astype(np.float32), colour


def sheets(canvas: Canvas, f: Frame, along: F32, block: Block, rng: np.random.Generator) -> F32:
    """Corrugated colour-steel sheets, with a paler light panel here and there, rust and dust."""
    ribs = np.cos(2 * np.pi * along / 0.76) * 0.07
    seam = np.abs(((along / 2.4) % 1) - 0.5) * 2.4 < canvas.cell * 0.6
    colour = linear(block.colour) * np.clip(1 + ribs, 0.6, 1.4)[..., None] * weather(f, canvas, rng, 0.6)
    panel = np.floor(along / 0.95)
    for _ in range(2):
        pick = int(rng.integers(-12, 13))
        if rng.random() < 0.5:
            colour = np.where((panel == pick)[..., None], colour * 0.55 + 0.45 * linear((196, 204, 206)), colour)
    rust = smoothstep(fractal(f.shape, (2.5 / canvas.cell, 0.5 / canvas.cell), rng), 1.2, 2.4)[..., None] * 0.45
    colour = colour * (1 - rust) + rust * linear((128, 92, 70))
    colour[seam] *= 0.9
    return colour.astype(np.float32)


def steel_roof(canvas: Canvas, f: Frame, block: Block, rng: np.random.Generator) -> tuple[F32, F32]:
    """One slope, falling to the south."""
    return block.rise * (f.v / block.depth + 0.5), sheets(canvas, f, f.u, block, rng)


def lean_roof(canvas: Canvas, f: Frame, block: Block, rng: np.random.Generator) -> tuple[F32, F32]:
    """One slope, falling to the east."""
    return block.rise * (0.5 - f.u / block.width), sheets(canvas, f, f.v, block, rng)


def steel_gable_roof(canvas: Canvas, f: Frame, block: Block, rng: np.random.Generator) -> tuple[F32, F32]:
    """Two slopes of sheets."""
    colour = sheets(canvas, f, f.u, block, rng)
    ridge = np.abs(f.v) < 0.25
    colour[ridge] *= 1.15
    return (block.rise * (1 - np.abs(f.v) / (block.depth / 2))).astype(np.float32), colour


Painter = Callable[[Canvas, Frame, Block, np.random.Generator], tuple[F32, F32]]
ROOFS: dict[Roof, Painter] = {
    Roof.FLAT: flat_roof,
    Roof.GABLE: gable_roof,
    Roof.HIP: hip_roof,
    Roof.STEEL: steel_roof,
    Roof.LEAN: lean_roof,
    Roof.STEEL_GABLE: steel_gable_roof,
}


def fit_out(canvas: Canvas, block: Block, slab: float, rng: np.random.Generator) -> None:
    """Stair house, water heaters, tanks, panels, pots and lines on a flat roof."""
    if min(block.width, block.depth) < 5:
        return
    u = float(rng.choice([-1, 1])) * (block.width / 2 - 1.9)
    v = block.depth / 2 - 2.2
    put_box(canvas, block, (u, v), (1.5, 1.9), slab + 2.4, (170, 166, 158), (200, 194, 182))
    if block.solar:
        for i in range(3):
            row = (-u * 0.12, block.depth / 2 - 4.6 - i * 1.75)
            put_panel(canvas, block, row, (block.width * 0.34, 0.62), slab)
        return
    for _ in range(int(rng.integers(1, 4))):
        spot = (float(rng.uniform(-0.32, 0.32)) * block.width, float(rng.uniform(-0.36, 0.1)) * block.depth)
        put_panel(canvas, block, spot, (0.95, 0.75), slab)
        put_box(canvas, block, (spot[0], spot[1] + 0.85), (0.95, 0.22), slab + 1.5, (214, 216, 216), (190, 190, 190))
    if rng.random() < 0.6:
        put_tank(canvas, block, (-u * float(rng.uniform(0.6, 1.0)), v + float(rng.uniform(-0.6, 0.8))), slab)
    for _ in range(int(rng.integers(0, 6))):
        spot = (float(rng.uniform(-0.42, 0.42)) * block.width, float(rng.uniform(-0.42, 0.42)) * block.depth)
        size = (float(rng.uniform(0.25, 0.7)), float(rng.uniform(0.2, 0.6)))
        colour: Colour = ((64, 88, 48), (132, 70, 54), (84, 82, 78), (150, 140, 120))[int(rng.integers(4))]
        put_box(canvas, block, spot, size, slab + float(rng.uniform(0.3, 0.7)), colour, colour)


def local(canvas: Canvas, block: Block, at: tuple[float, float], half: tuple[float, float]) -> Frame | None:
    """The frame of a small part at ``at`` in a block's axes."""
    c, s = float(np.cos(block.angle)), float(np.sin(block.angle))
    centre = (block.centre[0] + at[0] * c - at[1] * s, block.centre[1] + at[0] * s + at[1] * c)
    return canvas.frame(centre, half, block.angle)


def put_box(
    canvas: Canvas,
    block: Block,
    at: tuple[float, float],
    half: tuple[float, float],
    top: float,
    colour: Colour,
    side: Colour,
) -> None:
    """A plain box."""
    f = local(canvas, block, at, half)
    if f is not None:
        inside: NDArray[np.bool_] = (np.abs(f.u) <= half[0]) & (np.abs(f.v) <= half[1])
        canvas.raise_to(f, inside, np.full(f.shape, top, np.float32), linear(colour), linear(side))


def put_panel(canvas: Canvas, block: Block, at: tuple[float, float], half: tuple[float, float], slab: float) -> None:
    """A panel that leans to the south, with its grid of cells."""
    f = local(canvas, block, at, half)
    if f is None:
        return
    inside = (np.abs(f.u) <= half[0]) & (np.abs(f.v) <= half[1])
    grid = (np.abs((f.u / 0.5) % 1 - 0.5) < 0.07) | (np.abs(f.v) > half[1] - 0.06)
    colour = np.where(grid[..., None], linear((96, 102, 116)), linear((34, 42, 70)))
    top = slab + 0.75 + 0.45 * f.v / half[1]
    canvas.raise_to(f, inside, top.astype(np.float32), colour.astype(np.float32), linear((150, 150, 150)))


def put_tank(canvas: Canvas, block: Block, at: tuple[float, float], slab: float) -> None:
    """A round steel water tank."""
    f = local(canvas, block, at, (0.7, 0.7))
    if f is None:
        return
    r = np.hypot(f.u, f.v)
    colour = linear((196, 200, 204)) * np.clip(1.05 + 0.5 * f.u, 0.5, 1.6)[..., None]
    canvas.raise_to(
        f, r < 0.62, (slab + 1.5 - 0.3 * r).astype(np.float32), colour.astype(np.float32), linear((180, 184, 188))
    )
