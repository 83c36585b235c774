"""Coordinate systems to choose from: the CGCS2000 zones by longitude, any other by code, or that of a file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from pyproj import CRS

from weijian.cadastre.crs import crs_label, parse_crs
from weijian.cadastre.formats import format_of
from weijian.cadastre.reader import layer_names, read_table
from weijian.domain import cgcs2000
from weijian.domain.errors import CrsMissing
from weijian.domain.language import Language, Words
from weijian.elsewhere import require_here
from weijian.imagery.raster import open_raster
from weijian.storage.geopackage import usable_crs


@dataclass(frozen=True)
class ZoneChoice:
    """A CGCS2000 Gauss-Krueger zone; ``prefixed`` tells whether eastings begin with the zone's number."""

    epsg: int
    zone: int
    degrees: Literal[3, 6]
    prefixed: bool

    @property
    def code(self) -> str:
        """As it is written, ``EPSG:4549``."""
        return f"EPSG:{self.epsg}"

    @property
    def central_meridian(self) -> int:
        """In degrees east."""
        return 3 * self.zone if self.degrees == 3 else 6 * self.zone - 3

    def holds(self, longitude: float) -> bool:
        """Whether a longitude in degrees east lies in the zone."""
        return abs(longitude - self.central_meridian) <= self.degrees / 2

    def example_easting(self) -> str:
        """An easting near the central meridian as it looks in this zone."""
        return f"{self.zone if self.prefixed else ''}500123.45"

    def name(self, language: Language) -> str:
        """What papers call it."""
        if language == "zh":
            numbered = f" 第{self.zone}带" if self.prefixed else ""
            return f"2000国家大地坐标系 高斯-克吕格{self.degrees}度带{numbered}（中央子午线{self.central_meridian}°）"
        numbered = f", zone {self.zone}" if self.prefixed else ""
        return f"CGCS2000 {self.degrees}-degree Gauss-Kruger{numbered} (central meridian {self.central_meridian}°)"


@dataclass(frozen=True)
class CrsFacts:
    """A usable coordinate system: how it is written, its own name, and the zone it is, if it is one."""

    code: str
    own_name: str
    zone: ZoneChoice | None

    def name(self, language: Language) -> str:
        """What people call it."""
        if self.zone is not None:
            return self.zone.name(language)
        known = _IN_DEGREES.get(self.code)
        return self.own_name if known is None else known.said_in(language)


_IN_DEGREES = {
    "EPSG:4490": Words("2000国家大地坐标系 经纬度", "CGCS2000 longitude and latitude"),
    "EPSG:4326": Words("WGS 84 经纬度", "WGS 84 longitude and latitude"),
}


@cache
def zone_choices() -> tuple[ZoneChoice, ...]:
    """Every zone that covers China: 3-degree before 6-degree, west to east, without the zone number before with it."""
    three = [
        ZoneChoice(base + zone, zone, 3, prefixed)
        for zone in cgcs2000.ZONES
        for base, prefixed in ((cgcs2000.PLAIN, False), (cgcs2000.PREFIXED, True))
    ]
    six = [
        ZoneChoice(base + zone, zone, 6, prefixed)
        for zone in cgcs2000.SIX_DEGREE_ZONES
        for base, prefixed in ((cgcs2000.SIX_DEGREE_PLAIN, False), (cgcs2000.SIX_DEGREE_PREFIXED, True))
    ]
    return (*three, *six)


def crs_facts(text: str) -> CrsFacts:
    """Look up a coordinate system to measure in, by code (``EPSG:4549`` or ``4549``) or WKT.

    Raises
    ------
    CrsUnusable
        It is not known, or not a projected one in metres.
    """
    written = text.strip()
    return facts_of(usable_crs(parse_crs(written, Path(written[:60])), written[:60]))


def crs_of_file(path: Path) -> CrsFacts:
    """The coordinate system that an orthophoto, a surface model or a vector file is in.

    Raises
    ------
    InputError
        The file cannot be read, states none, or one that cannot be measured in.
    """
    require_here(path)
    crs = open_raster(path).grid.crs if format_of(path) is None else _of_vectors(path)
    if crs is None:
        raise CrsMissing(path=path)
    return facts_of(usable_crs(crs, path))


def _of_vectors(path: Path) -> CRS | None:
    """What the first layer is in."""
    layer = next(iter(layer_names(path)), None)
    return read_table(path, layer=layer).crs


def facts_of(crs: CRS) -> CrsFacts:
    """What people should know of a coordinate system."""
    code = crs.to_epsg()
    zone = next((choice for choice in zone_choices() if choice.epsg == code), None)
    return CrsFacts(
        f"EPSG:{code}" if code else crs.to_wkt(), crs_label(crs) if crs.name == "unknown" else crs.name, zone
    )
