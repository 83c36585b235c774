"""Make the sample village again: `python sample_data/make_village.py [--out DIR] [--seed N]`.

The same seed gives the same files. Needs numpy, opencv, shapely, rasterio, geopandas, pyogrio, pyproj and pillow.
"""

import argparse
from pathlib import Path

from village.archive import write_papers
from village.canvas import F32, Canvas
from village.flights import FLIGHTS
from village.light import expose
from village.paint import paint_village
from village.photos import write_photos
from village.plan import plan_village
from village.scene import Village
from village.survey import PLACINGS, border, grid_transform, orthophoto, surface, write_dom, write_dsm

SEED = 7
CELL = 0.1
"""Cell of the painting, metres; the surveys are sampled from it."""


def draw(village: Village, date: int, canvas: Canvas) -> F32:
    """Paint a date on an empty canvas and light it: the picture, float (h, w, 3), 0-255."""
    paint_village(canvas, village, date)
    return expose(canvas, FLIGHTS[date], village.seed * 10 + date)


def write_survey(canvas: Canvas, picture: F32, village: Village, date: int, folder: Path) -> None:
    """The orthophoto and the surface model of one date."""
    flight, placing, seed = FLIGHTS[date], PLACINGS[date], village.seed * 10 + date
    folder.mkdir(parents=True, exist_ok=True)
    image = orthophoto(picture, canvas, flight, placing, seed)
    valid = border((image.shape[1], image.shape[2]), placing.dom_cell, seed)
    write_dom(folder / f"{flight.day}_dom.tif", image, valid, grid_transform(canvas, placing.dom_cell), flight.day)
    write_dsm(
        folder / f"{flight.day}_dsm.tif", surface(canvas, placing, seed), grid_transform(canvas, placing.dsm_cell)
    )


def main() -> None:
    """Read the arguments and make everything."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--out", type=Path, default=Path(__file__).parent, help="folder to write to")
    ask.add_argument("--seed", type=int, default=SEED)
    options = ask.parse_args()
    village = plan_village(options.seed)
    write_papers(village, options.out)
    for date in (0, 1):
        canvas = Canvas(0.0, 0.0, village.size, village.size, CELL)
        picture = draw(village, date, canvas)
        write_survey(canvas, picture, village, date, options.out / "surveys")
    write_photos(canvas, picture, village, options.out / "photos")
    size = sum(f.stat().st_size for f in options.out.rglob("*") if f.is_file())
    print(f"{len(village.changes)} changes, {len(village.buildings)} buildings, {size / 1e6:.1f} MB in {options.out}")


if __name__ == "__main__":
    main()
