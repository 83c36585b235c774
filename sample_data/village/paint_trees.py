"""Painting trees: crowns of many lobes in leaf, branches when bare."""

import cv2
import numpy as np

from village.canvas import Canvas, Colour, Frame, linear, noise, rng_of
from village.plan_land import level_at
from village.scene import Tree

LEAF: dict[str, tuple[Colour, Colour]] = {
    # colour before (April) and after (late October)
    "evergreen": ((58, 80, 38), (50, 70, 36)),
    "deciduous": ((92, 118, 50), (134, 108, 46)),
    "bamboo": ((96, 116, 58), (86, 106, 54)),
    "shrub": ((74, 96, 44), (76, 86, 44)),
}


def paint_tree(canvas: Canvas, tree: Tree, date: int) -> None:
    """One tree at a date; nothing where it does not stand."""
    radius, tall = tree.radius[date], tree.height[date]
    if radius <= 0.2:
        return
    f = canvas.frame(tree.centre, (radius * 1.15, radius * 1.15), 0.0)
    if f is None:
        return
    base = level_at(tree.centre)
    if tree.bare[date]:
        paint_bare(canvas, f, tree, base, radius, tall)
    else:
        paint_crown(canvas, f, tree, date, base)


def paint_crown(canvas: Canvas, f: Frame, tree: Tree, date: int, base: float) -> None:
    """A crown as the union of lobes, brighter on their tops, with gaps at the edge."""
    rng = rng_of(tree.seed, 91)
    radius, tall = tree.radius[date], tree.height[date]
    count = int(7 + 7 * radius)
    ring, turn = np.sqrt(rng.random(count)) * 0.68, rng.uniform(0, 2 * np.pi, count)
    size = rng.uniform(0.26, 0.46, count) * radius
    ring[0] = 0.0
    top = np.full(f.shape, -1e3, np.float32)
    glow = np.zeros(f.shape, np.float32)
    for r, a, s, light in zip(ring * radius, turn, size, rng.normal(0, 0.09, count), strict=True):
        d2 = (f.u - r * np.cos(a)) ** 2 + (f.v - r * np.sin(a)) ** 2
        crest = tall - s - 0.55 * radius * (r / radius) ** 2 - 0.12 * abs(float(rng.normal())) * radius
        cap = crest + np.sqrt(np.maximum(s * s - d2, 0))
        on = (d2 < s * s) & (cap > top)
        top[on] = cap[on]
        glow[on] = light + 0.2 * (1 - d2[on] / (s * s))
    grain = noise(f.shape, max(1.0, 0.22 / canvas.cell), rng)
    clump = noise(f.shape, max(1.0, 0.6 / canvas.cell), rng)
    inside = (top > 0) & (grain * 0.35 + (top - tall * 0.45) / max(tall, 1) > -0.42)
    hue = rng.normal(0, 0.05, 3)
    fade = float(rng.uniform(0, 1)) if tree.habit == "deciduous" else 0.0
    spring, autumn = (linear(c) for c in LEAF[tree.habit])
    colour = spring if date == 0 else autumn + fade * (linear((92, 104, 48)) - autumn)
    tone = np.clip(0.86 + glow + 0.17 * grain + 0.1 * clump, 0.35, 1.7)
    rgb = np.clip(colour * (1 + hue), 0, 1) * tone[..., None]
    z = (base + top + 0.12 * grain + 0.1 * clump).astype(np.float32)
    canvas.raise_to(f, inside, z, rgb.astype(np.float32), (colour * 0.55).astype(np.float32))
    canvas.water[f.rows, f.cols][inside] = 0


def paint_bare(canvas: Canvas, f: Frame, tree: Tree, base: float, radius: float, tall: float) -> None:
    """Branches from the trunk outward, forking; the ground shows between them."""
    rng = rng_of(tree.seed, 92)
    paper = np.zeros(f.shape, np.uint8)
    middle = np.array([np.argmin(np.abs(f.u[0])), np.argmin(np.abs(f.v[:, 0]))], float)
    reach = radius / canvas.cell
    for _ in range(int(9 + 5 * radius)):
        turn, start, end = rng.uniform(0, 2 * np.pi), rng.uniform(0, 0.3) * reach, rng.uniform(0.6, 1.0) * reach
        a = middle + start * np.array([np.cos(turn), np.sin(turn)])
        for fork in (turn - rng.uniform(0.1, 0.5), turn + rng.uniform(0.1, 0.5)):
            half = middle + 0.55 * end * np.array([np.cos(turn), np.sin(turn)])
            tip = half + 0.5 * end * np.array([np.cos(fork), np.sin(fork)])
            for p, q in ((a, half), (half, tip)):
                cv2.line(
                    paper,
                    tuple(np.round(p * 16).astype(int).tolist()),
                    tuple(np.round(q * 16).astype(int).tolist()),
                    255,
                    1,
                    cv2.LINE_AA,
                    4,
                )
    r = np.hypot(f.u, f.v) / radius
    z = base + tall * (0.95 - 0.3 * r)
    twig = paper > 96
    canvas.raise_to(f, twig, z.astype(np.float32), linear((112, 98, 84)), linear((90, 78, 66)))
    haze = (r < 0.9) * 0.16 * np.clip(1 - r, 0, 1)
    canvas.tint(f.rows, f.cols, haze.astype(np.float32), linear((104, 88, 74)))
