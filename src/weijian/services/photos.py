"""What the camera recorded of a photograph: EXIF, and what DJI drones add as XMP."""

from __future__ import annotations

import math
import mmap
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import ExifTags, Image, UnidentifiedImageError
from PIL.JpegImagePlugin import JpegImageFile

from weijian.domain.errors import FileMissing, FileUnreadable
from weijian.domain.language import Words
from weijian.domain.system_reasons import reason

if TYPE_CHECKING:
    from collections.abc import Mapping

CHINA_OFFSET_MIN = 480
"""Minutes by which all clocks of China are ahead of UTC."""

LARGEST_PX = 500_000_000
"""Pixels beyond which a picture is a bomb for its viewers: larger than any panorama of a drone."""

_DRONE = "{http://www.dji.com/drone-dji/1.0/}"
_RDF_DESCRIPTION = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}Description"
_LONGEST_XMP = 1 << 20
_LAND = (73.0, 135.5, 3.0, 54.0)
"""Longitudes and latitudes of China."""
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})")
_QUARTER_MIN = 15
_LAG_S = 150
"""Seconds that a fix may lag behind the shutter."""


class Doubt(Enum):
    """What a person should look at, in Chinese and in English."""

    NO_POSITION = ("没有位置信息", "it says no position")
    NULL_POSITION = ("位置为 0°, 0°（无效）", "its position is 0°, 0°, which is none")
    SWAPPED = ("经纬度像是写反了", "longitude and latitude look swapped")
    IMPOSSIBLE = ("位置不可能：超出经纬度范围", "its position is impossible")
    ABROAD = ("位置不在中国范围内", "its position is outside China")
    OTHER_ZONE = ("相机时钟不是北京时间", "the camera's clock is not set to China's time")
    CLOCK_WRONG = ("相机时钟与卫星时间不一致", "the camera's clock differs from the satellites' time")
    NO_TIME = ("没有拍摄时间", "it says no time")

    @property
    def words(self) -> Words:
        """In both languages."""
        return Words(*self.value)

    @property
    def is_of_position(self) -> bool:
        """Whether the photograph has to be placed by hand."""
        return self in _OF_POSITION


_OF_POSITION = frozenset({Doubt.NO_POSITION, Doubt.NULL_POSITION, Doubt.SWAPPED, Doubt.IMPOSSIBLE, Doubt.ABROAD})


@dataclass(frozen=True)
class PhotoFacts:
    """What a photograph says of itself; None where it says nothing.

    Position in WGS 84 degrees, heading clockwise from north, pitch upwards from the horizon, relative altitude in
    metres above the take-off. ``taken_at`` is local as the camera keeps it; ``utc_offset_min`` its clock's lead over
    UTC, as it is recorded or as the satellites' time tells. ``doubts`` say what of that cannot be or is odd.
    """

    taken_at: datetime | None
    longitude: float | None
    latitude: float | None
    heading_deg: float | None
    sensor: str | None
    relative_altitude_m: float | None = None
    pitch_deg: float | None = None
    utc_offset_min: int | None = None
    doubts: tuple[Doubt, ...] = ()

    @property
    def position(self) -> tuple[float, float] | None:
        """Longitude and latitude, unless they are missing or cannot be."""
        if self.longitude is None or self.latitude is None or any(doubt.is_of_position for doubt in self.doubts):
            return None
        return self.longitude, self.latitude


def read_photo(path: Path) -> PhotoFacts:
    """Read what a photograph says of itself; the file is only read.

    Raises
    ------
    FileMissing
    FileUnreadable
        It is empty, cut off, too large to be opened, or of another kind.
    """
    if not path.is_file():
        raise FileMissing(path=path)
    try:
        with _opened(path) as image:
            if image.width * image.height > LARGEST_PX:
                size = f"{image.width} × {image.height}"
                raise FileUnreadable(path=path, why=Words(f"画面过大（{size}）", f"it is too large ({size})"))
            exif = image.getexif()
            inner, gps = exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
            drone = _drone(image.info.get("xmp"))
            is_jpeg = isinstance(image, JpegImageFile)
    except (UnidentifiedImageError, Image.DecompressionBombError, SyntaxError, ValueError) as error:
        if isinstance(error, FileUnreadable):
            raise
        raise FileUnreadable(path=path, why=_why_not(path)) from error
    except OSError as error:
        why = reason(error) if error.errno else _why_not(path)
        raise FileUnreadable(path=path, why=why) from error
    if is_jpeg and not _is_complete(path):
        raise FileUnreadable(path=path, why=Words("照片不完整（末尾缺失）", "the picture is cut off"))
    maker, model = (str(exif.get(tag, "")).strip("\0 ") for tag in (ExifTags.Base.Make, ExifTags.Base.Model))
    camera = model if model.casefold().startswith(maker.casefold()) else f"{maker} {model}"
    longitude = _degrees(gps, ExifTags.GPS.GPSLongitude, ExifTags.GPS.GPSLongitudeRef, "W")
    latitude = _degrees(gps, ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLatitudeRef, "S")
    if longitude is None or latitude is None:
        longitude, latitude = drone.longitude, drone.latitude
    heading = _number(gps.get(ExifTags.GPS.GPSImgDirection))
    facts = PhotoFacts(
        taken_at=_moment(inner.get(ExifTags.Base.DateTimeOriginal)),
        longitude=longitude,
        latitude=latitude,
        heading_deg=None if drone.heading_deg is None and heading is None else _turned(drone.heading_deg, heading),
        sensor=camera.strip() or None,
        relative_altitude_m=drone.relative_altitude_m,
        pitch_deg=drone.pitch_deg,
    )
    return _with_doubts(facts, inner, gps)


def _opened(path: Path) -> Image.Image:
    """The picture, of which only the head is read: a JPEG of any size, anything else that Pillow takes for harmless."""
    try:
        return JpegImageFile(path)
    except SyntaxError:
        return Image.open(path)


def _why_not(path: Path) -> Words:
    if not path.stat().st_size:
        return Words("文件是空的", "it is empty")
    if path.suffix.lower() in (".heic", ".heif"):
        return Words(
            "HEIC 格式无法读取，请在手机上改为“兼容性最佳”（JPEG）或转换后再导入",
            "HEIC cannot be read: set the phone to 'most compatible' (JPEG), or convert it",
        )
    return Words("不是可识别的照片", "it is not a photograph")


def _is_complete(path: Path) -> bool:
    """Whether the picture of a JPEG has its end: a marker that cannot stand within compressed data."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        place = 2
        while place + 4 <= len(content) and content[place] == 0xFF:
            kind, size = content[place + 1], int.from_bytes(content[place + 2 : place + 4], "big")
            if kind == 0xFF:
                place += 1
                continue
            place += 2 + size
            if kind == 0xDA:
                return content.find(b"\xff\xd9", place) >= 0
        return False


def _drone(xmp: object) -> PhotoFacts:
    """What DJI drones write: position, how the gimbal looks, height above the take-off."""
    nothing = PhotoFacts(None, None, None, None, None)
    if not isinstance(xmp, bytes) or len(xmp) > _LONGEST_XMP or b"drone-dji" not in xmp:
        return nothing
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        tree = fromstring(xmp.strip(b"\0 \r\n\t"))
    except (ParseError, DefusedXmlException, ValueError):
        return nothing
    said: dict[str, str] = {}
    for node in tree.iter(_RDF_DESCRIPTION):
        said |= {name.removeprefix(_DRONE): value for name, value in node.attrib.items() if name.startswith(_DRONE)}
        said |= {
            child.tag.removeprefix(_DRONE): child.text or "" for child in node if str(child.tag).startswith(_DRONE)
        }
    yaw = _number(said.get("GimbalYawDegree", said.get("FlightYawDegree")))
    return replace(
        nothing,
        longitude=_number(said.get("GpsLongitude", said.get("GpsLongtitude"))),
        latitude=_number(said.get("GpsLatitude")),
        heading_deg=None if yaw is None else yaw % 360,
        relative_altitude_m=_number(said.get("RelativeAltitude")),
        pitch_deg=_number(said.get("GimbalPitchDegree")),
    )


def _turned(gimbal: float | None, compass: float | None) -> float | None:
    """The gimbal knows better than the compass of a camera where the picture looks."""
    heading = compass if gimbal is None else gimbal
    return None if heading is None else heading % 360


def _with_doubts(facts: PhotoFacts, inner: Mapping[int, object], gps: Mapping[int, object]) -> PhotoFacts:
    doubts: list[Doubt] = []
    doubt = _position_doubt(facts.longitude, facts.latitude)
    if doubt is not None:
        doubts.append(doubt)
    if facts.taken_at is None:
        doubts.append(Doubt.NO_TIME)
    else:
        offset, clock = _clock(facts.taken_at, inner, gps)
        facts = replace(facts, utc_offset_min=offset)
        doubts += [clock] if clock is not None else []
    return replace(facts, doubts=tuple(doubts))


def _position_doubt(longitude: float | None, latitude: float | None) -> Doubt | None:
    if longitude is None or latitude is None:
        return Doubt.NO_POSITION
    if abs(longitude) < 1e-6 and abs(latitude) < 1e-6:
        return Doubt.NULL_POSITION
    if _in_china(longitude, latitude):
        return None
    if _in_china(latitude, longitude):
        return Doubt.SWAPPED
    return Doubt.ABROAD if abs(latitude) <= 90 and abs(longitude) <= 180 else Doubt.IMPOSSIBLE


def _in_china(longitude: float, latitude: float) -> bool:
    west, east, south, north = _LAND
    return west <= longitude <= east and south <= latitude <= north


def _clock(
    taken_at: datetime, inner: Mapping[int, object], gps: Mapping[int, object]
) -> tuple[int | None, Doubt | None]:
    """By how many minutes the camera's clock was ahead of UTC, and what is odd about that."""
    offset = _stated_offset(inner.get(ExifTags.Base.OffsetTimeOriginal))
    satellites = _satellite_time(gps)
    if offset is None and satellites is not None:
        ahead_s = (taken_at - satellites).total_seconds()
        quarters = round(ahead_s / 60 / _QUARTER_MIN) * _QUARTER_MIN
        if abs(ahead_s - quarters * 60) > _LAG_S or abs(quarters) > 14 * 60:
            return None, Doubt.CLOCK_WRONG
        offset = quarters
    return offset, None if offset in (None, CHINA_OFFSET_MIN) else Doubt.OTHER_ZONE


def _stated_offset(text: object) -> int | None:
    found = _OFFSET.fullmatch(str(text).strip("\0 "))
    if found is None:
        return None
    minutes = 60 * int(found[2]) + int(found[3])
    return -minutes if found[1] == "-" else minutes


def _satellite_time(gps: Mapping[int, object]) -> datetime | None:
    day, clock = gps.get(ExifTags.GPS.GPSDateStamp), gps.get(ExifTags.GPS.GPSTimeStamp)
    if not isinstance(clock, tuple) or len(clock) != 3:
        return None
    parts = [_number(part) for part in clock]
    if any(part is None for part in parts):
        return None
    hours, minutes, seconds = (part or 0.0 for part in parts)
    try:
        start = datetime.strptime(str(day).strip("\0 "), "%Y:%m:%d").replace(tzinfo=UTC)
        return (start + timedelta(hours=hours, minutes=minutes, seconds=seconds)).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None


def _moment(text: object) -> datetime | None:
    try:
        return datetime.strptime(str(text).strip("\0 "), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - cameras record no zone
    except ValueError:
        return None


def _degrees(gps: Mapping[int, object], value: int, side: int, negative: str) -> float | None:
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
