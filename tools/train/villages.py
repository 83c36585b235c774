"""Draw villages to learn from: `python tools/train/villages.py --out DIR [--first N] [--count N]`.

Each is a folder such as sample_data/make_village.py writes, and each place is flown several times by other cameras in
other light: no two have the same sun, sky, exposure, sharpness or pixel. The same seed gives the same villages.
"""

import argparse
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "sample_data"))
from village.archive import write_papers
from village.canvas import Canvas
from village.flights import FLIGHTS
from village.light import Flight, expose
from village.paint import paint_village
from village.plan import plan_village
from village.survey import PLACINGS, Placing, border, grid_transform, orthophoto, write_dom

CELL = 0.1
"""Cell of the painting, metres."""

FLIGHTS_EACH = 3
"""Painting a place takes longer than lighting it."""

AERIAL = 0.25
"""Share of the villages that are flown from an aeroplane, with pixels of 0.3 m."""


def main() -> None:
    """Read the arguments and draw."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--first", type=int, default=1000)
    ask.add_argument("--count", type=int, default=40)
    options = ask.parse_args()
    for seed in range(options.first, options.first + options.count):
        folders = [options.out / f"{seed}_{flight}" for flight in range(FLIGHTS_EACH)]
        if not all((folder / "truth" / "truth.gpkg").exists() for folder in folders):
            draw(seed, folders)
            print(*folders, flush=True)


def draw(seed: int, folders: list[Path]) -> None:
    """One place flown once for each folder: both orthophotos, then its archive and truth."""
    village = plan_village(seed)
    rng = np.random.default_rng([seed, 3])
    flown_from = [(0.3, 0.3) if rng.random() < AERIAL else tuple(rng.uniform(0.1, 0.18, 2)) for _ in folders]
    for date in (0, 1):
        canvas = Canvas(0.0, 0.0, village.size, village.size, CELL)
        paint_village(canvas, village, date)
        for number, (folder, cells) in enumerate(zip(folders, flown_from, strict=True)):
            flight, placing = flown(FLIGHTS[date], rng), placed(PLACINGS[date], date, cells[date], rng)
            survey(canvas, flight, placing, seed * 100 + number * 10 + date, folder / "surveys")
    for folder in folders:
        write_papers(village, folder)


def survey(canvas: Canvas, flight: Flight, placing: Placing, grain: int, folder: Path) -> None:
    """The orthophoto of one flight; ``grain`` is the seed of its noise."""
    folder.mkdir(parents=True, exist_ok=True)
    image = orthophoto(expose(canvas, flight, grain), canvas, flight, placing, grain)
    valid = border((image.shape[1], image.shape[2]), placing.dom_cell, grain)
    write_dom(folder / f"{flight.day}_dom.tif", image, valid, grid_transform(canvas, placing.dom_cell), flight.day)


def flown(usual: Flight, rng: np.random.Generator) -> Flight:
    """The same day in other light, with another camera."""
    warmth, blue = rng.uniform(0.82, 1.08), rng.uniform(0.9, 1.15)
    sky = rng.uniform(0.6, 1.5)
    red, green, _ = usual.sun_colour
    return replace(
        usual,
        sun_azimuth=rng.uniform(95.0, 265.0),
        sun_elevation=rng.uniform(28.0, 66.0),
        sun_colour=(red, green, float(green * warmth)),
        sky_colour=(0.22 * sky, 0.27 * sky, 0.33 * sky * blue),
        exposure=rng.uniform(0.72, 0.98),
        contrast=rng.uniform(0.2, 0.4),
        saturation=rng.uniform(0.62, 0.95),
        haze=rng.uniform(0.0, 0.02),
        blur_m=rng.uniform(0.04, 0.12),
        grain=rng.uniform(1.5, 4.0),
    )


def placed(usual: Placing, date: int, cell: float, rng: np.random.Generator) -> Placing:
    """Another pixel; the earlier survey lies off the later one by what alignment leaves."""
    if date == 1:
        return replace(usual, dom_cell=cell)
    east, north = rng.normal(0.0, 0.07, 2)
    return replace(usual, east_m=east, north_m=north, turn_deg=0.0, local_m=0.08, dom_cell=cell)


if __name__ == "__main__":
    main()
