"""Seconds to take a folder of photographs into the evidence of a workspace.

Makes real JPEGs (made-up pictures, EXIF with time, position and direction, a share of them DJI's XMP, duplicates and
broken files among them) and a workspace with buildings, imports the folder, then imports it again:

    python benchmarks/photos.py                    5 000 photographs of about 300 kB
    python benchmarks/photos.py --count 500 --side 4000

The figures depend on the disk: every copy is brought to it before its name stands in the register.
"""

from __future__ import annotations

import argparse
import io
import resource
import tempfile
import time
from pathlib import Path

import numpy as np
import shapely
from PIL import ExifTags, Image
from pyproj import CRS, Transformer

from weijian.domain.building import Building
from weijian.domain.job import finish
from weijian.services.photo_import import import_photos
from weijian.storage.workspace import create_workspace

EAST, NORTH, GRID = 500_000.0, 3_340_000.0, 60
TO_DEGREES = Transformer.from_crs("EPSG:4549", "EPSG:4326", always_xy=True)
XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description xmlns:drone-dji="http://www.dji.com/drone-dji/1.0/" drone-dji:RelativeAltitude="+80.0" '
    'drone-dji:GimbalYawDegree="{yaw:.1f}" drone-dji:GimbalPitchDegree="-60.0"/></rdf:RDF></x:xmpmeta>'
)


def exif_of(rng: np.random.Generator, number: int) -> Image.Exif:
    """Time, position among the buildings, direction."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make], exif[ExifTags.Base.Model] = "MADE", "UP"
    minutes, seconds = divmod(number, 60)
    taken = f"2025:10:{1 + number // 3600:02d} {8 + minutes // 60 % 10:02d}:{minutes % 60:02d}:{seconds:02d}"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = taken
    x, y = EAST + rng.uniform(0, 30 * GRID), NORTH + rng.uniform(0, 30 * GRID)
    longitude, latitude = TO_DEGREES.transform(x, y)
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {
            ExifTags.GPS.GPSLatitudeRef: "N",
            ExifTags.GPS.GPSLatitude: (latitude, 0.0, 0.0),
            ExifTags.GPS.GPSLongitudeRef: "E",
            ExifTags.GPS.GPSLongitude: (longitude, 0.0, 0.0),
            ExifTags.GPS.GPSImgDirection: float(rng.uniform(0, 360)),
        }
    )
    return exif


def make_photos(folder: Path, count: int, side: int) -> None:
    """A few pictures, each photograph one of them with EXIF and a last line of its own."""
    rng = np.random.default_rng(7)
    pictures = []
    for _ in range(8):
        coarse = rng.integers(0, 255, (side // 16, side // 12, 3), dtype=np.uint8)
        picture = Image.fromarray(coarse).resize((side * 4 // 3, side), Image.Resampling.BICUBIC)
        noise = rng.normal(0, 6, (side, side * 4 // 3, 3))
        pictures.append(Image.fromarray(np.clip(np.asarray(picture) + noise, 0, 255).astype(np.uint8)))
    bodies = []
    for picture in pictures:
        content = io.BytesIO()
        picture.save(content, "JPEG", quality=82)
        bodies.append(content.getvalue()[2:])
    for number in range(count):
        exif = exif_of(rng, number).tobytes()
        segments = b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif
        if number % 2:
            xmp = b"http://ns.adobe.com/xap/1.0/\0" + XMP.format(yaw=rng.uniform(-180, 180)).encode()
            segments += b"\xff\xe1" + (len(xmp) + 2).to_bytes(2, "big") + xmp
        note = f"{number}".encode()
        segments += b"\xff\xfe" + (len(note) + 2).to_bytes(2, "big") + note
        content = b"\xff\xd8" + segments + bodies[number % len(bodies)]
        target = folder / f"{number // 500:02d}" / f"IMG_{number:05d}.jpg"
        target.parent.mkdir(parents=True, exist_ok=True)
        if number % 250 == 249:
            content = content[: len(content) // 2]
        target.write_bytes(content)


def make_workspace(folder: Path) -> None:
    """A grid of buildings."""
    corners = [(EAST + 30 * i, NORTH + 30 * j) for i in range(GRID) for j in range(GRID)]
    buildings = [
        Building(building_no=f"F{n:05d}", geometry=shapely.box(x, y, x + 12, y + 15))
        for n, (x, y) in enumerate(corners)
    ]
    with (
        create_workspace(folder, name="样例", crs=CRS.from_epsg(4549)) as workspace,
        workspace.transaction("benchmark", "import-buildings") as work,
    ):
        work.buildings.upsert_many(buildings)


def main() -> None:
    """Make, import twice, tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--side", type=int, default=800, help="pixels of the shorter side")
    parser.add_argument("--in", dest="place", type=Path, default=None, help="disk to measure")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.place) as room:
        photos, workspace = Path(room) / "photos", Path(room) / "workspace"
        make_photos(photos, options.count, options.side)
        make_workspace(workspace)
        size = sum(path.stat().st_size for path in photos.rglob("*.jpg"))
        print(f"{options.count} photographs, {size / 1e6:.0f} MB, on {room}", flush=True)
        for words in ("first import", "the same again"):
            started = time.perf_counter()
            told = finish(import_photos(workspace, photos)).value
            seconds = time.perf_counter() - started
            print(
                f"{words}: {seconds:.1f} s; found {told.found} = taken {len(told.taken)} + duplicates "
                f"{len(told.duplicates)} + refused {len(told.refused)}; {told.matched} show a building",
                flush=True,
            )
        print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
