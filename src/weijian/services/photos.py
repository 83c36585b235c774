"""What the camera recorded of a photograph."""

import math
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PIL import ExifTags, Image, UnidentifiedImageError
from PIL.JpegImagePlugin import JpegImageFile

from weijian.domain.errors import FileMissing, FileUnreadable
from weijian.domain.language import Words


@dataclass(frozen=True)
class PhotoFacts:
    """What a photograph's EXIF says; None where it says nothing.

    Position in WGS 84 degrees, heading clockwise from north, time local as the camera keeps it.
    """

    taken_at: datetime | None
    longitude: float | None
    latitude: float | None
    heading_deg: float | None
    sensor: str | None


def read_photo(path: Path) -> PhotoFacts:
    """Read a photograph's EXIF; the file is only read.

    Raises
    ------
    FileMissing, FileUnreadable
    """
    if not path.is_file():
        raise FileMissing(path=path)
    try:
        with _opened(path) as image:
            exif = image.getexif()
            inner, gps = exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError) as error:
        raise FileUnreadable(path=path, why=Words("不是可识别的照片", "it is not a photograph")) from error
    maker = " ".join(str(exif[tag]).strip() for tag in (ExifTags.Base.Make, ExifTags.Base.Model) if tag in exif)
    return PhotoFacts(
        taken_at=_moment(inner.get(ExifTags.Base.DateTimeOriginal)),
        longitude=_degrees(gps, ExifTags.GPS.GPSLongitude, ExifTags.GPS.GPSLongitudeRef, "W"),
        latitude=_degrees(gps, ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLatitudeRef, "S"),
        heading_deg=_number(gps.get(ExifTags.GPS.GPSImgDirection)),
        sensor=maker or None,
    )


def _opened(path: Path) -> Image.Image:
    """The picture, of which only the head is read: a JPEG of any size, anything else that Pillow takes for harmless."""
    try:
        return JpegImageFile(path)
    except SyntaxError:
        return Image.open(path)


def _moment(text: object) -> datetime | None:
    try:
        return datetime.strptime(str(text), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - cameras record no zone
    except ValueError:
        return None


def _degrees(gps: dict[int, object], value: int, side: int, negative: str) -> float | None:
    parts = gps.get(value)
    if not isinstance(parts, tuple) or len(parts) != 3:
        return None
    numbers = [_number(part) for part in parts]
    if any(number is None for number in numbers):
        return None
    degrees, minutes, seconds = (number or 0.0 for number in numbers)
    angle = degrees + minutes / 60 + seconds / 3600
    return -angle if str(gps.get(side, "")).strip("\0 ").upper().startswith(negative) else angle


def _number(value: object) -> float | None:
    """A finite number of an EXIF rational; None for 0/0 and for what is no number."""
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    return number if math.isfinite(number) else None
