"""Photographs of some changes as an officer would take them from a drone's edge: looking north, from above."""

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import Image
from pyproj import Transformer

from village.canvas import F32, Canvas
from village.scene import Change, Village
from village.survey import EPSG, ORIGIN

PITCH = np.deg2rad(36)
SIZE = (800, 600)
SPAN_M = 30.0


@dataclass(frozen=True)
class Shot:
    """One photograph: which change, and when it was taken (local time)."""

    change: Change
    taken: str


def shots(village: Village) -> tuple[Shot, ...]:
    """A new house, an extension, a raised house and a demolished one."""
    wanted = (
        ("new", "unpermitted", "2025:10:29 09:41:12"),
        ("extended", "unpermitted", "2025:10:29 10:05:37"),
        ("raised", "unpermitted", "2025:10:29 10:32:08"),
        ("demolished", None, "2025:10:30 14:18:51"),
    )
    return tuple(
        Shot(next(c for c in village.changes if c.change_type == kind and c.permit_status == status), taken)
        for kind, status, taken in wanted
    )


def built_over(canvas: Canvas, village: Village) -> F32:
    """Where buildings stand at the after date, 0-1."""
    cover = np.zeros(canvas.shape, np.float32)
    for block in (b for building in village.buildings for b in building.after):
        got = canvas.mask(block.outline)
        if got:
            rows, cols, part = got
            cover[rows, cols] = np.maximum(cover[rows, cols], part)
    return cover


def oblique(canvas: Canvas, picture: F32, built: F32, shot: Shot) -> np.ndarray:
    """The scene around a change seen from the south, uint8 (h, w, 3): columns of the height field, nearest first."""
    at = shot.change.outline.centroid
    half = SPAN_M / 2
    r0, r1 = (int((canvas.north - at.y + s) / canvas.cell) for s in (-1.5 * half, 1.25 * half))
    c0, c1 = (int((at.x - canvas.west + s) / canvas.cell) for s in (-half, half))
    rows, cols = slice(max(r0, 0), min(r1, canvas.shape[0])), slice(max(c0, 0), min(c1, canvas.shape[1]))
    zoom = canvas.cell * SIZE[0] / SPAN_M
    z, ground, top, side, house = (
        cv2.resize(a[rows, cols], None, fx=zoom, fy=zoom, interpolation=cv2.INTER_LINEAR)
        for a in (canvas.z, canvas.ground, picture, canvas.side, built)
    )
    px = SPAN_M / SIZE[0]
    h, w = z.shape
    base = float(np.percentile(ground, 20))
    screen = np.zeros((SIZE[1], w, 3), np.float32)
    lines = np.arange(SIZE[1], dtype=np.float32)[:, None]
    horizon = np.full(w, float(SIZE[1]), np.float32)
    walls = np.clip(side, 0, 1) ** (1 / 2.2) * 215
    along = np.arange(w) * px
    for r in range(h - 1, -1, -1):
        crest = SIZE[1] - ((h - r) * px * np.sin(PITCH) + (z[r] - base) * np.cos(PITCH)) / px
        part = slice(max(0, int(crest.min())), min(SIZE[1], int(horizon.max()) + 1))
        if part.start >= part.stop:
            continue
        seen = (lines[part] >= crest) & (lines[part] < horizon)
        drop = (lines[part] - crest) * px / np.cos(PITCH)
        tall = z[r] - ground[r]
        facade = seen & (drop > 0.09) & (tall > 1.0)
        storey = np.mod(tall - drop, 3.2)
        window = facade & (storey > 0.9) & (storey < 2.3) & (np.mod(along, 3.1) < 1.5) & (tall > 2.3) & (house[r] > 0.4)
        view = screen[part]
        view[seen] = np.broadcast_to(top[r], view.shape)[seen]
        view[facade] = np.broadcast_to(walls[r], view.shape)[facade]
        view[window] = (90.0, 104.0, 112.0)
        horizon = np.minimum(horizon, crest)
    first = int(max(0, np.ceil(np.max(horizon))))
    view = cv2.resize(cv2.GaussianBlur(screen[first:], (0, 0), 0.8), SIZE, interpolation=cv2.INTER_AREA)
    view = np.clip(view, 0, 255).astype(np.uint8)
    stamp = shot.taken.replace(":", "-", 2)
    for colour, off in (((20, 20, 20), 2), ((250, 214, 90), 0)):
        at_px = (SIZE[0] - 310 + off, SIZE[1] - 22 + off)
        cv2.putText(view, stamp, at_px, cv2.FONT_HERSHEY_SIMPLEX, 0.8, colour, 2, cv2.LINE_AA)
    return view


def degrees(value: float) -> tuple[float, float, float]:
    """Degrees, minutes and seconds."""
    whole = int(value)
    minutes = int((value - whole) * 60)
    return float(whole), float(minutes), round((value - whole - minutes / 60) * 3600, 3)


def write_photo(path: Path, view: np.ndarray, shot: Shot) -> None:
    """A JPEG with the time, place and camera in its EXIF."""
    at = shot.change.outline.centroid
    to_wgs84 = Transformer.from_crs(EPSG, 4326, always_xy=True)
    east, north = to_wgs84.transform(ORIGIN[0] + at.x, ORIGIN[1] + at.y - 9.0)
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0131] = "SampleCam", "SampleCam V1", "made-here village"
    exif[0x0132] = shot.taken
    detail = exif.get_ifd(0x8769)
    detail[0x9003], detail[0x9011] = shot.taken, "+08:00"
    place = exif.get_ifd(0x8825)
    place[0], place[1], place[2], place[3], place[4] = b"\x02\x03\x00\x00", "N", degrees(north), "E", degrees(east)
    place[5], place[6] = b"\x00", 48.0
    Image.fromarray(view).save(path, quality=80, exif=exif)


def write_photos(canvas: Canvas, picture: F32, village: Village, folder: Path) -> None:
    """All photographs, named by the time they were taken."""
    folder.mkdir(parents=True, exist_ok=True)
    built = built_over(canvas, village)
    for shot in shots(village):
        name = shot.taken.replace(":", "").replace(" ", "_")
        write_photo(folder / f"IMG_{name}.jpg", oblique(canvas, picture, built, shot), shot)
