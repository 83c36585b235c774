"""Draw the findings of a demo over both surveys of the sample village, for looking at.

python tools/picture.py out/demo out/findings.jpg
"""

import sys
from pathlib import Path

import numpy as np
import pyogrio
import rasterio
from PIL import Image, ImageDraw, ImageFont

from weijian import assets
from weijian.domain.finding import CHANGE_NAMES, ChangeType
from weijian.publish.web_map import COLOURS

SIDE = 900
GAP = 12
CAPTION = 46


def main(demo: Path, target: Path) -> None:
    """Both dates side by side; outlines of the findings on each."""
    found = pyogrio.read_dataframe(demo / "findings.gpkg", layer="findings")
    font = ImageFont.truetype(str(assets.resource("fonts", "NotoSansSC-Subset.otf")), 22)
    sheet = Image.new("RGB", (2 * SIDE + GAP, SIDE + CAPTION), "white")
    for column, day in enumerate(("2024-04-16", "2025-10-28")):
        with rasterio.open(assets.sample_data("surveys", f"{day}_dom.tif")) as file:
            pixels = np.moveaxis(file.read([1, 2, 3], out_shape=(3, SIDE, SIDE)), 0, -1)
            to_pixel = ~(file.transform @ file.transform.scale(file.width / SIDE, file.height / SIDE))
        picture = Image.fromarray(pixels)
        pen = ImageDraw.Draw(picture)
        for change, geometry in zip(found.change_type, found.geometry, strict=True):
            for polygon in geometry.geoms:
                corners = [to_pixel @ point[:2] for point in polygon.exterior.coords]
                pen.line(corners, fill=COLOURS[ChangeType(change)], width=4, joint="curve")
        left = column * (SIDE + GAP)
        sheet.paste(picture, (left, CAPTION))
        ImageDraw.Draw(sheet).text((left + 8, 8), day, fill="black", font=font)
    legend = ImageDraw.Draw(sheet)
    x = SIDE + GAP + 190
    for change, colour in COLOURS.items():
        legend.rectangle((x, 14, x + 22, 34), outline=colour, width=4)
        legend.text((x + 30, 8), CHANGE_NAMES[change], fill="black", font=font)
        x += 110
    target.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(target, quality=85)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
