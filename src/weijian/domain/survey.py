"""One flight's products (航测期次)."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True)
class Survey:
    """Where the products of one flight are; the files themselves stay where they lie.

    ``gsd_m`` is the orthophoto's pixel in metres, ``crs`` its coordinate reference system ("EPSG:4549" or WKT).
    ``survey_id`` is 0 until stored.
    """

    survey_id: int
    name: str
    flown_on: date
    ortho: Path
    dsm: Path | None
    crs: str
    gsd_m: float
    width: int
    height: int
