"""Which of several rasters belong together: an orthophoto and the surface model of the same flight."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from weijian.domain.errors import InputError
from weijian.imagery.raster import RasterKind, raster_kind
from weijian.services.flight_dates import date_in_name
from weijian.services.remote_data import is_allowed_in, require_allowed

_PRODUCT_WORDS = re.compile(
    r"dom|dsm|dtm|dem|ortho(?:photo|mosaic)?|mosaic|result|surface|正射|影像|表面|模型|高程", re.I
)


@dataclass(frozen=True)
class FlightFiles:
    """The products of one flight, with the day their names tell."""

    ortho: Path | None
    dsm: Path | None
    flown_on: date | None


@dataclass(frozen=True)
class SortedFiles:
    """Flights in order of their days, and why the other files are none."""

    flights: tuple[FlightFiles, ...]
    refused: tuple[InputError, ...]


def sort_products(paths: Iterable[Path], workspace: Path | None = None) -> SortedFiles:
    """Pair rasters by what they are (bands and type of number) and by their names, then by the day in the name.

    ``workspace`` is that whose settings say whether files may lead elsewhere; without one they may not.
    """
    allowed = workspace is not None and is_allowed_in(workspace)
    images: list[Path] = []
    surfaces: list[Path] = []
    refused: list[InputError] = []
    for path in dict.fromkeys(paths):
        try:
            require_allowed([path], allowed)
            (surfaces if raster_kind(path) is RasterKind.SURFACE else images).append(path)
        except InputError as error:
            refused.append(error)
    pairs = _paired(images, surfaces)
    alone = [surface for surface in surfaces if surface not in pairs.values()]
    flights = [
        FlightFiles(image, pairs.get(image), date_in_name(image) or date_in_name(pairs.get(image))) for image in images
    ]
    flights += [FlightFiles(None, surface, date_in_name(surface)) for surface in alone]
    flights.sort(key=lambda flight: (flight.flown_on or date.max, str(flight.ortho or flight.dsm)))
    return SortedFiles(tuple(flights), tuple(refused))


def _paired(images: list[Path], surfaces: list[Path]) -> dict[Path, Path]:
    left = list(surfaces)
    pairs: dict[Path, Path] = {}
    for alike in (_same_name, _same_day):
        for image in images:
            fitting = [surface for surface in left if alike(image, surface)]
            if image not in pairs and len(fitting) == 1:
                pairs[image] = fitting[0]
                left.remove(fitting[0])
    if len(images) == 1 and len(left) == 1 and not pairs:
        days = {day for day in (date_in_name(images[0]), date_in_name(left[0])) if day}
        if len(days) < 2:
            pairs[images[0]] = left[0]
    return pairs


def _same_name(image: Path, surface: Path) -> bool:
    return image.parent == surface.parent and _bare(image) == _bare(surface)


def _same_day(image: Path, surface: Path) -> bool:
    day = date_in_name(image)
    return day is not None and day == date_in_name(surface)


def _bare(path: Path) -> str:
    """A name without the words that tell a product."""
    return re.sub(r"[\W_]+", "", _PRODUCT_WORDS.sub("", path.stem.casefold()))
