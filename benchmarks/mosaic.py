"""Detection on a county's mosaic: a VRT of 100 000 x 100 000 pixels of which little is covered.

    python benchmarks/mosaic.py [--pixels 100000] [--places 12] [--scene FOLDER] [--heights]

A tile of 2048 pixels of a real pair is laid at some places of an empty plane, at both dates. What counts: seconds and
peak memory go with the places, not with the plane.
"""

import argparse
import json
import tempfile
from pathlib import Path

import numpy as np
import rasterio
from big_pairs import make_pair
from processes import weijian

TILE = 2048
SOURCE = (
    "<SimpleSource><SourceFilename>{path}</SourceFilename><SourceBand>{band}</SourceBand>"
    '<SrcRect xOff="0" yOff="0" xSize="{tile}" ySize="{tile}"/>'
    '<DstRect xOff="{column}" yOff="{row}" xSize="{tile}" ySize="{tile}"/></SimpleSource>'
)


def main() -> None:
    """Print one row for a single tile, and one for each number of places."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pixels", type=int, default=100_000)
    parser.add_argument("--places", type=int, default=12)
    parser.add_argument("--scene", type=Path)
    parser.add_argument("--heights", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pair = make_pair(folder, TILE, 0.1, asked.scene, asked.heights)
        files = [pair.before, pair.after, *((pair.before_dsm, pair.after_dsm) if asked.heights else ())]
        print(f"{'plane':>16}{'places':>8}{'seconds':>9}{'cpu s':>8}{'peak MB':>9}{'Mpx read':>10}  findings")
        for pixels, places in ((TILE, 1), (asked.pixels, asked.places), (asked.pixels, 2 * asked.places)):
            at = scattered(pixels, places)
            mosaics = [mosaic(file, pixels, at, folder / f"{file.stem}_{pixels}_{places}.vrt") for file in files]
            surfaces = ["--before-dsm", mosaics[2], "--after-dsm", mosaics[3]] if asked.heights else []
            results = ["--out", folder / "findings.gpkg", "--report", folder / "report.json"]
            cost = weijian("detect", "--before", mosaics[0], "--after", mosaics[1], *surfaces, *results)
            report = json.loads((folder / "report.json").read_text())
            read = report["stages"]["evidence"]["bytes_read"] / 6e6
            plane = f"{pixels} x {pixels}"
            told = (
                f"{plane:>16}{places:>8}{cost.seconds:>9.1f}{cost.cpu_seconds:>8.1f}{cost.peak_mb:>9.0f}{read:>10.0f}"
            )
            print(f"{told}  {report['findings']}", flush=True)


def scattered(pixels: int, places: int) -> list[tuple[int, int]]:
    """(column, row) of tiles on a lattice of the plane, no two on each other."""
    side = pixels // TILE
    chosen = np.random.default_rng(7).choice(side * side, places, replace=False)
    return [(int(place % side) * TILE, int(place // side) * TILE) for place in chosen]


def mosaic(tile: Path, pixels: int, at: list[tuple[int, int]], path: Path) -> Path:
    """A VRT with the tile at every place."""
    with rasterio.open(tile) as file:
        t, wkt, kinds, nodata = file.transform, file.crs.to_wkt(), file.dtypes, file.nodata
    bands = "".join(
        f'<VRTRasterBand dataType="{ {"uint8": "Byte", "float32": "Float32"}[kind] }" band="{band}">'
        f"<NoDataValue>{0 if nodata is None else nodata}</NoDataValue>"
        + "".join(SOURCE.format(path=tile, band=band, tile=TILE, column=c, row=r) for c, r in at)
        + "</VRTRasterBand>"
        for band, kind in enumerate(kinds, start=1)
    )
    path.write_text(
        f'<VRTDataset rasterXSize="{pixels}" rasterYSize="{pixels}"><SRS>{wkt.replace("<", "&lt;")}</SRS>'
        f"<GeoTransform>{t.c}, {t.a}, 0, {t.f}, 0, {t.e}</GeoTransform>{bands}</VRTDataset>"
    )
    return path


if __name__ == "__main__":
    main()
