"""Painting the ground: relief, grass and soil, fields, water, roads and the courts of the parcels."""

import cv2
import numpy as np
from shapely import LineString, MultiLineString, Point

from village.canvas import F32, Canvas, Colour, fractal, linear, noise, rng_of, smoothstep
from village.plan_land import RIVER_HALF, elevation
from village.scene import Field, Lot, Village, Way

WATER_DEPTH = 2.1

CROPS: dict[str, tuple[Colour, Colour, float, float, float]] = {
    # name: soil, plant, row spacing (m), cover (0-1), height (m)
    "rape": ((96, 102, 50), (184, 168, 62), 0.9, 0.72, 1.1),
    "wheat": ((100, 100, 64), (98, 118, 66), 0.7, 0.8, 0.5),
    "vetch": ((108, 98, 68), (96, 116, 58), 0.0, 0.66, 0.15),
    "mulch": ((128, 106, 80), (176, 180, 182), 1.3, 0.52, 0.12),
    "tilled": ((124, 100, 74), (142, 118, 90), 0.8, 0.5, 0.05),
    "vegetable": ((118, 102, 76), (86, 104, 60), 1.25, 0.62, 0.25),
    "flooded": ((82, 82, 68), (96, 104, 72), 0.0, 0.3, 0.0),
    "rice": ((128, 116, 62), (176, 156, 90), 0.55, 0.78, 0.8),
    "stubble": ((142, 124, 88), (178, 158, 112), 1.9, 0.5, 0.1),
    "seedling": ((122, 104, 78), (86, 112, 54), 0.75, 0.3, 0.06),
    "tea": ((104, 92, 62), (52, 80, 40), 1.55, 0.72, 0.85),
    "orchard": ((104, 104, 62), (84, 102, 52), 0.0, 0.6, 0.1),
}


def paint_ground(canvas: Canvas, village: Village, date: int) -> None:
    """Everything flat, from the bottom up; sets ``ground`` and ``z``."""
    rows, cols = slice(0, canvas.shape[0]), slice(0, canvas.shape[1])
    x, y = canvas.xy(rows, cols)
    canvas.ground[:] = elevation(x, y) + 0.03 * fractal(canvas.shape, (12, 50), rng_of(village.seed, 1))
    for lot in village.lots:
        level_pad(canvas, lot)
    cut_river(canvas, village)
    paint_wild(canvas, village.seed, date)
    canvas.z[:] = canvas.ground
    for field in village.fields:
        paint_field(canvas, field, date)
    lanes = MultiLineString([way.line for way in village.ways])
    for lot in village.lots:
        paint_lot(canvas, lot, lanes, date)
    paint_water(canvas, village, date)
    for way in village.ways:
        paint_way(canvas, way, date)
    canvas.side[:] = canvas.rgb * 0.9


def level_pad(canvas: Canvas, lot: Lot) -> None:
    """Flatten the ground under a parcel, with a short bank around it."""
    f = canvas.frame(lot.centre, (lot.width / 2 + 1, lot.depth / 2 + 1), lot.angle)
    if f is None:
        return
    inside = np.maximum(np.abs(f.u) - lot.width / 2, np.abs(f.v) - lot.depth / 2)
    weight = smoothstep(-inside, -0.7, 0.0)
    ground = canvas.ground[f.rows, f.cols]
    ground += weight * (lot.pad + 0.012 * f.v - ground)


def paint_wild(canvas: Canvas, seed: int, date: int) -> None:
    """Grass, weeds and bare soil where nothing else is."""
    shape = canvas.shape
    wet = fractal(shape, (30 / canvas.cell, 11 / canvas.cell, 4 / canvas.cell), rng_of(seed, 2))
    tuft = fractal(shape, (1.2 / canvas.cell, 0.5 / canvas.cell), rng_of(seed, 3))
    own = fractal(shape, (6 / canvas.cell, 0.9 / canvas.cell), rng_of(seed, 4, date))
    green = smoothstep(wet + 0.55 * tuft + 0.5 * own + (0.55 if date == 0 else 0.2), -0.7, 0.9)
    grass = linear((92, 102, 58)) if date == 0 else linear((108, 104, 66))
    lush = linear((68, 86, 44)) if date == 0 else linear((82, 86, 50))
    soil = linear((134, 112, 82)) if date == 0 else linear((138, 120, 90))
    deep = smoothstep(tuft - 0.5 * wet, 0.2, 1.8)[..., None]
    cover = green[..., None]
    canvas.rgb[:] = soil * (1 - cover) + cover * (grass * (1 - deep) + lush * deep)
    canvas.rgb *= np.clip(1 + 0.13 * noise(shape, 2, rng_of(seed, 5, date)) + 0.06 * tuft, 0.5, 1.6)[..., None]
    canvas.ground += 0.05 * green * np.clip(tuft, 0, 2)


def paint_field(canvas: Canvas, field: Field, date: int) -> None:
    """One field in rows, with a grassy bund around it."""
    got = canvas.mask(field.outline)
    if got is None:
        return
    rows, cols, cover = got
    soil, plant, spacing, share, tall = CROPS[field.crops[date]]
    rng = rng_of(field.seed, date)
    x, y = canvas.xy(rows, cols)
    shape = cover.shape
    vigour = fractal(shape, (9 / canvas.cell, 3 / canvas.cell), rng)
    fine = fractal(shape, (0.45 / canvas.cell, 0.2 / canvas.cell), rng)
    wobble = 0.12 * noise(shape, 3 / canvas.cell, rng)
    across = -np.sin(field.angle) * (x - x.mean()) + np.cos(field.angle) * (y - y.mean()) + wobble
    row = np.cos(2 * np.pi * across / spacing).astype(np.float32) if spacing else np.zeros(shape, np.float32)
    planted = smoothstep(row * 0.75 + 0.42 * fine + 0.32 * vigour + 2 * (share - 0.5), -0.5, 0.6)
    tone = np.clip(1 + 0.07 * vigour + 0.1 * fine, 0.6, 1.5)[..., None]
    colour = (linear(soil) * (1 - planted[..., None]) + linear(plant) * planted[..., None]) * tone
    dry = linear((1.12 * plant[0], 0.98 * plant[1], 0.9 * plant[2]))
    colour += 0.35 * smoothstep(vigour, 0.4, 2.0)[..., None] * (dry - colour)
    inner = cv2.erode(cover, np.ones((3, 3), np.uint8), iterations=max(1, round(0.35 / canvas.cell)))
    ragged = smoothstep(cv2.GaussianBlur(inner, (0, 0), 0.25 / canvas.cell) + 0.16 * fine, 0.3, 0.7)
    canvas.tint(
        rows, cols, cv2.GaussianBlur(cover, (0, 0), 1.0) * 0.55, linear((86, 96, 48) if date == 0 else (108, 104, 62))
    )
    canvas.tint(rows, cols, ragged, colour.astype(np.float32))
    canvas.z[rows, cols] += ragged * planted * tall * np.clip(0.8 + 0.12 * fine, 0.3, 1.2)
    canvas.ground[rows, cols] -= 0.12 * ragged
    if field.crops[date] == "flooded":
        canvas.water[rows, cols] = np.maximum(canvas.water[rows, cols], 0.55 * ragged)


def line_distance(canvas: Canvas, line: LineString, reach: float) -> F32:
    """Distance of every pixel to a line, metres; beyond ``reach`` just large."""
    paper = np.full(canvas.shape, 255, np.uint8)
    points = np.round(canvas.pixels(np.asarray(line.coords)) * 16 - 8).astype(np.int32)
    cv2.polylines(paper, [points], False, 0, 1, cv2.LINE_8, 4)
    if paper.min() > 0:
        return np.full(canvas.shape, 10 * reach, np.float32)
    return (cv2.distanceTransform(paper, cv2.DIST_L2, 5) * canvas.cell).astype(np.float32)


def cut_river(canvas: Canvas, village: Village) -> None:
    """Sink the river's bed and the pond."""
    d = line_distance(canvas, LineString(village.river), 20)
    d += 0.5 * noise(canvas.shape, 9 / canvas.cell, rng_of(village.seed, 6))
    canvas.ground -= WATER_DEPTH * (1 - smoothstep(d, RIVER_HALF - 0.6, RIVER_HALF + 2.2))
    got = canvas.mask(village.pond.buffer(1.2))
    if got:
        rows, cols, cover = got
        canvas.ground[rows, cols] -= 1.3 * cv2.GaussianBlur(cover, (0, 0), 0.5 / canvas.cell)


def paint_water(canvas: Canvas, village: Village, date: int) -> None:
    """River and pond: dark, calm, with weeds at the edge."""
    d = line_distance(canvas, LineString(village.river), 20)
    edge = 0.5 * noise(canvas.shape, 9 / canvas.cell, rng_of(village.seed, 6))
    cover = 1 - smoothstep(d + edge, RIVER_HALF - 0.8, RIVER_HALF - 0.2)
    bank = smoothstep(d + edge, RIVER_HALF - 0.4, RIVER_HALF) * (1 - smoothstep(d, RIVER_HALF + 0.7, RIVER_HALF + 1.6))
    full = (slice(0, canvas.shape[0]), slice(0, canvas.shape[1]))
    stones = np.clip(
        1 + 0.2 * fractal(canvas.shape, (0.7 / canvas.cell, 0.3 / canvas.cell), rng_of(village.seed, 7)), 0.5, 1.5
    )
    canvas.tint(*full, 0.75 * bank, linear((132, 128, 114)) * stones[..., None])
    ripple = fractal(canvas.shape, (14 / canvas.cell, 4 / canvas.cell), rng_of(village.seed, 8, date))
    calm = linear((70, 82, 66) if date == 0 else (58, 74, 70)) * (1 + 0.08 * ripple[..., None])
    canvas.tint(*full, cover, calm)
    level = canvas.ground - 0
    canvas.water[:] = np.maximum(canvas.water, cover)
    got = canvas.mask(village.pond)
    if got:
        rows, cols, pool = got
        algae = smoothstep(
            ripple[rows, cols] + fractal(pool.shape, (3 / canvas.cell, 0.6 / canvas.cell), rng_of(village.seed, 9)),
            0.6,
            3.2,
        )
        tone = linear((66, 84, 62)) * (1 - algae[..., None]) + linear((92, 112, 54)) * algae[..., None]
        canvas.tint(rows, cols, pool, tone)
        canvas.water[rows, cols] = np.maximum(canvas.water[rows, cols], pool)
        canvas.z[rows, cols] = np.where(pool > 0.5, np.median(level[rows, cols][pool > 0.5]), canvas.z[rows, cols])


def paint_way(canvas: Canvas, way: Way, date: int) -> None:
    """A road with its surface, joints or markings, patches and dusty edges."""
    line = LineString(way.line)
    d = line_distance(canvas, line, way.width)
    rng = rng_of(way.seed)
    shape = canvas.shape
    rough = noise(shape, 1.2 / canvas.cell, rng)
    big = fractal(shape, (10 / canvas.cell, 3 / canvas.cell), rng)
    fine = noise(shape, 1.5, rng)
    half = way.width / 2
    surface = way.surface[date]
    base = {"asphalt": (104, 104, 104), "concrete": (176, 172, 162), "gravel": (156, 142, 116)}[surface]
    tone = np.clip(1 + 0.06 * big + 0.04 * fine + 0.03 * rough, 0.7, 1.3)[..., None]
    shoulder = (1 - smoothstep(d + 0.18 * rough, half + 0.1, half + 1.0)) * 0.6
    full = (slice(0, shape[0]), slice(0, shape[1]))
    canvas.tint(*full, shoulder, linear((150, 136, 110)) * tone)
    body = 1 - smoothstep(d + (0.25 if surface == "gravel" else 0.04) * rough, half - 0.06, half + 0.06)
    canvas.tint(*full, body, linear(base) * tone)
    track = np.exp(-(((d - half * 0.42) / (half * 0.16)) ** 2)) * 0.12 * body
    canvas.tint(*full, track.astype(np.float32), linear((88, 86, 82) if surface != "gravel" else (176, 164, 138)))
    if surface == "gravel":
        canvas.tint(*full, (body * np.exp(-((d / 0.35) ** 2)) * 0.5).astype(np.float32), linear((98, 106, 62)))
    marks = np.zeros(shape, np.uint8)
    if surface == "concrete":
        draw_joints(canvas, marks, line, half)
        canvas.tint(*full, marks.astype(np.float32) / 255 * body * 0.35, linear((96, 92, 86)))
    elif surface == "asphalt" and way.width > 5:
        draw_dashes(canvas, marks, line)
        worn = np.clip(0.75 + 0.2 * fine + 0.1 * big, 0, 1)
        canvas.tint(*full, marks.astype(np.float32) / 255 * worn, linear((206, 182, 96)))
        edge = np.exp(-(((d - half + 0.35) / 0.07) ** 2)).astype(np.float32)
        canvas.tint(*full, edge * 0.7 * np.clip(0.8 + 0.3 * big, 0, 1), linear((206, 206, 200)))
    bridge = (canvas.water > 0.3) & (body > 0.5)
    deck = 1 - smoothstep(d, half + 0.2, half + 0.4)
    if bridge.any():
        near = cv2.dilate(bridge.astype(np.uint8), np.ones((3, 3), np.uint8), iterations=round(3.0 / canvas.cell))
        high = float(np.percentile(canvas.ground[(near > 0) & (body > 0.5)], 98))
        lift = (near > 0) & (deck > 0.5)
        canvas.ground[lift] = np.maximum(canvas.ground[lift], high)
        canvas.z[lift] = canvas.ground[lift]
    canvas.water *= 1 - body
    canvas.z += body * (canvas.ground + 0.08 - canvas.z)


def draw_joints(canvas: Canvas, paper: np.ndarray, line: LineString, half: float) -> None:
    """Expansion joints every five metres."""
    for at in np.arange(2, line.length, 5.0):
        p, q = line.interpolate(at), line.interpolate(at + 0.2)
        nx, ny = -(q.y - p.y) / 0.2 * half, (q.x - p.x) / 0.2 * half
        ends = canvas.pixels(np.array([[p.x - nx, p.y - ny], [p.x + nx, p.y + ny]])) * 16
        a, b = np.round(ends).astype(int)
        cv2.line(paper, (int(a[0]), int(a[1])), (int(b[0]), int(b[1])), 255, 1, cv2.LINE_AA, 4)


def draw_dashes(canvas: Canvas, paper: np.ndarray, line: LineString) -> None:
    """A broken centre line: four metres on, six off."""
    for at in np.arange(1, line.length - 4, 10.0):
        dash = np.array([line.interpolate(at + k).coords[0] for k in (0, 1, 2, 3, 4)])
        points = np.round(canvas.pixels(dash) * 16).astype(np.int32)
        cv2.polylines(paper, [points], False, 255, max(1, round(0.15 / canvas.cell)), cv2.LINE_AA, 4)


def paint_lot(canvas: Canvas, lot: Lot, lanes: MultiLineString, date: int) -> None:
    """A parcel's court: paved, bricked or bare, with a wall around some; a garden where nothing is built."""
    f = canvas.frame(lot.centre, (lot.width / 2 + 0.4, lot.depth / 2 + 0.4), lot.angle)
    if f is None:
        return
    rng = rng_of(lot.seed, 71)
    rough = noise(f.shape, 0.9 / canvas.cell, rng)
    big = fractal(f.shape, (5 / canvas.cell, 1.8 / canvas.cell), rng)
    inside = np.maximum(np.abs(f.u) - lot.width / 2, np.abs(f.v) - lot.depth / 2)
    cover = 1 - smoothstep(inside + 0.1 * rough, -0.1, 0.1)
    if lot.vacant:
        beds = smoothstep(np.cos(2 * np.pi * f.u / 1.5) + 0.6 * big + 0.3 * rough, 0.1, 0.8)
        beds *= smoothstep(-inside, 0.6, 1.0)
        canvas.tint(f.rows, f.cols, cover * 0.7, linear((122, 102, 72)) * np.clip(1 + 0.1 * rough[..., None], 0.6, 1.5))
        canvas.tint(f.rows, f.cols, beds * cover * 0.9, linear((76, 100, 46) if date == 0 else (92, 98, 48)))
        return
    base: Colour = {
        "concrete": (168, 165, 157),
        "tile": (172, 152, 134),
        "earth": (142, 122, 94),
        "brick": (138, 96, 78),
    }[lot.paving]
    shade = float(rng.uniform(0.85, 1.08))
    tone = np.clip(shade + 0.05 * big + 0.035 * rough + 0.04 * noise(f.shape, 1.6, rng), 0.6, 1.3)[..., None]
    stain = smoothstep(big + 0.4 * rough, 0.9, 2.2) * 0.4
    canvas.tint(f.rows, f.cols, cover * (0.97 if lot.paving != "earth" else 0.75), linear(base) * tone)
    canvas.tint(f.rows, f.cols, cover * stain, linear((104, 98, 84)))
    if lot.paving in ("concrete", "tile"):
        pitch = 3.0 if lot.paving == "concrete" else 0.8
        near = np.minimum(np.abs((f.u / pitch) % 1 - 0.5), np.abs((f.v / pitch) % 1 - 0.5)) * pitch
        canvas.tint(f.rows, f.cols, cover * 0.22 * (near < canvas.cell * 0.7), linear((98, 94, 86)))
    moss = smoothstep(-np.abs(inside) + 0.5 * rough, -0.9, 0.3) * smoothstep(big, -0.6, 1.0) * 0.6
    canvas.tint(f.rows, f.cols, cover * moss, linear((92, 98, 56)))
    canvas.z[f.rows, f.cols] += cover * (canvas.ground[f.rows, f.cols] - canvas.z[f.rows, f.cols])
    gate = float(rng.uniform(0.25, 0.75))
    paint_apron(canvas, lot, lanes, gate, linear(base) * shade)
    if rng.random() < 0.6 and not lot.old:
        paint_wall(canvas, lot, gate, float(rng.uniform(1.6, 2.1)))


def paint_apron(canvas: Canvas, lot: Lot, lanes: MultiLineString, gate: float, base: F32) -> None:
    """The trodden or paved way out of a court to the lane in front of it, where there is one."""
    way_out = lot.place((gate - 0.5) * lot.width, -lot.depth / 2 - 1.6)
    f = canvas.frame(way_out, (2.4, 2.6), lot.angle)
    if f is None or lanes.distance(Point(way_out)) > 6:
        return
    rough = fractal(f.shape, (1.5 / canvas.cell, 0.5 / canvas.cell), rng_of(lot.seed, 72))
    edge = np.maximum(np.abs(f.u) - 1.5, np.abs(f.v) - 1.9) + 0.22 * rough
    colour = base if lot.paving == "concrete" else linear((140, 122, 96))
    canvas.tint(
        f.rows, f.cols, 1 - smoothstep(edge, -0.2, 0.2), colour * np.clip(1 + 0.05 * rough, 0.7, 1.3)[..., None]
    )


def paint_wall(canvas: Canvas, lot: Lot, gate: float, tall: float) -> None:
    """The wall of a court: three sides of its southern part, with a gate of three metres."""
    f = canvas.frame(lot.centre, (lot.width / 2, lot.depth / 2), lot.angle)
    if f is None:
        return
    south = f.v + lot.depth / 2
    side = np.minimum(np.abs(f.u + lot.width / 2 - 0.12), np.abs(f.u - lot.width / 2 + 0.12))
    front = np.abs(south - 0.12)
    gap = np.abs(f.u + lot.width / 2 - gate * lot.width) < 1.6
    on = ((side < 0.13) & (south < lot.depth * 0.5) & (south > 0)) | (
        (front < 0.13) & ~gap & (np.abs(f.u) < lot.width / 2)
    )
    top = (canvas.ground[f.rows, f.cols] + tall).astype(np.float32)
    canvas.raise_to(f, on, top, linear((172, 168, 160)), linear((196, 190, 180)))
