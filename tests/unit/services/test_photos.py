import hashlib
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image
from PIL.TiffImagePlugin import IFDRational

from unit.services.made import finding
from weijian.domain.errors import FileMissing, FileUnreadable, NotFound
from weijian.domain.evidence import EvidenceKind
from weijian.services.cases import open_case
from weijian.services.evidence import attach_files
from weijian.services.photos import Doubt, PhotoFacts, read_photo
from weijian.storage.workspace import open_workspace

Keep = Callable[..., Path]
NOTHING = PhotoFacts(None, None, None, None, None, doubts=(Doubt.NO_POSITION, Doubt.NO_TIME))
POSITION = {
    ExifTags.GPS.GPSLatitudeRef: "N",
    ExifTags.GPS.GPSLatitude: (29.0, 30.0, 36.0),
    ExifTags.GPS.GPSLongitudeRef: "E",
    ExifTags.GPS.GPSLongitude: (120.0, 15.0, 0.0),
}


def photo(
    path: Path, gps: dict[int, Any] | None = None, taken: str | None = None, camera: tuple[str, str] | None = None
) -> Path:
    exif = Image.Exif()
    if camera:
        exif[ExifTags.Base.Make], exif[ExifTags.Base.Model] = camera
    if taken is not None:
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = taken
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(gps or {})
    Image.new("RGB", (8, 6), (90, 120, 90)).save(path, exif=exif)
    return path


def test_what_the_camera_recorded(tmp_path: Path) -> None:
    heading = {ExifTags.GPS.GPSImgDirection: IFDRational(2705, 10)}
    path = photo(tmp_path / "a.jpg", POSITION | heading, "2025:10:30 09:12:05", ("DJI ", "FC3582"))
    facts = read_photo(path)
    assert facts.taken_at == datetime(2025, 10, 30, 9, 12, 5)  # noqa: DTZ001 - cameras record no zone
    assert (facts.latitude, facts.longitude) == (pytest.approx(29.51), pytest.approx(120.25))
    assert facts.heading_deg == 270.5
    assert facts.sensor == "DJI FC3582"


@pytest.mark.parametrize(
    ("north_south", "east_west", "signs"),
    [("N", "E", (1, 1)), ("S", "W", (-1, -1)), ("s", "w", (-1, -1)), ("N", "W ", (1, -1))],
)
def test_south_and_west_are_negative(tmp_path: Path, north_south: str, east_west: str, signs: tuple[int, int]) -> None:
    sides = {ExifTags.GPS.GPSLatitudeRef: north_south, ExifTags.GPS.GPSLongitudeRef: east_west}
    facts = read_photo(photo(tmp_path / "a.jpg", POSITION | sides))
    assert (facts.latitude, facts.longitude) == (pytest.approx(signs[0] * 29.51), pytest.approx(signs[1] * 120.25))


@pytest.mark.parametrize("format_", ["jpg", "png", "tif", "webp"])
def test_without_exif_nothing_is_known(tmp_path: Path, format_: str) -> None:
    path = tmp_path / f"a.{format_}"
    Image.new("RGB", (8, 6)).save(path)
    assert read_photo(path) == NOTHING


@pytest.mark.parametrize(
    "gps",
    [
        {ExifTags.GPS.GPSLatitude: (IFDRational(0, 0), IFDRational(0, 0), IFDRational(0, 0))},
        {ExifTags.GPS.GPSLatitude: (IFDRational(29, 1), IFDRational(30, 1), IFDRational(5, 0))},
        {ExifTags.GPS.GPSLatitude: (29.0, 30.0)},
        {ExifTags.GPS.GPSLatitude: 29.0},
        {ExifTags.GPS.GPSImgDirection: IFDRational(0, 0)},
    ],
)
def test_what_is_no_number_is_not_known(tmp_path: Path, gps: dict[int, object]) -> None:
    facts = read_photo(photo(tmp_path / "a.jpg", gps))
    assert (facts.latitude, facts.heading_deg) == (None, None)


@pytest.mark.parametrize(
    "taken", ["0000:00:00 00:00:00", "    :  :     :  :  ", "2025-10-30", "", "2025:13:01 00:00:00"]
)
def test_a_clock_that_was_never_set(tmp_path: Path, taken: str) -> None:
    assert read_photo(photo(tmp_path / "a.jpg", taken=taken)).taken_at is None


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
@pytest.mark.filterwarnings("ignore")  # Pillow's own doubts about what is damaged
def test_damaged_exif_is_told_or_left_out(tmp_path: Path, data: st.DataObject) -> None:
    path = photo(tmp_path / "a.jpg", POSITION, "2025:10:30 09:12:05", ("DJI", "FC"))
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, min(400, len(content) - 1)))] = data.draw(st.integers(0, 255))
    path.write_bytes(content[: data.draw(st.integers(0, len(content)))])
    try:
        facts = read_photo(path)
    except FileUnreadable:
        return
    assert facts.latitude is None or abs(facts.latitude) < 1e10


def test_a_photograph_of_two_hundred_megapixels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 10)  # this one has 48: four times too many
    assert read_photo(photo(tmp_path / "a.jpg", POSITION)).latitude == pytest.approx(29.51)
    Image.new("RGB", (8, 6)).save(tmp_path / "a.png")
    with pytest.raises(FileUnreadable):
        read_photo(tmp_path / "a.png")


@pytest.mark.parametrize("content", [b"", b"\xff\xd8", b"\xff\xd8\xff\xe0\x00", "不是照片".encode()])
def test_what_is_no_photograph(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(content)
    with pytest.raises(FileUnreadable) as refusal:
        read_photo(path)
    assert any(word in refusal.value.sentence("zh") for word in ("照片", "空的"))


@pytest.mark.parametrize("name", ["none.jpg", "."])
def test_a_photograph_that_is_not_there(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileMissing):
        read_photo(tmp_path / name)


def test_a_photograph_is_kept_byte_for_byte(keep: Keep, tmp_path: Path) -> None:
    folder = keep(finding())
    case = open_case(folder, finding().finding_no, ("甲", "乙"), date(2025, 11, 3)).value
    path = photo(tmp_path / "现场.JPG", POSITION)
    content = path.read_bytes()
    (evidence,) = attach_files(folder, "1", [path]).value.added
    assert (evidence.sha256, evidence.size_bytes) == (hashlib.sha256(content).hexdigest(), len(content))
    assert (evidence.kind, evidence.suffix, evidence.latitude) == (EvidenceKind.PHOTO, ".jpg", pytest.approx(29.51))
    assert path.read_bytes() == content
    assert [file.read_bytes() for file in (folder / "evidence").rglob("*.jpg")] == [content]
    assert attach_files(folder, case.case_no, [path]).value.already == ("现场.JPG",)
    with open_workspace(folder) as workspace, workspace.read() as work:
        assert work.cases.evidence(case.case_no) == [evidence]


def test_no_case_no_evidence(keep: Keep, tmp_path: Path) -> None:
    folder = keep(finding())
    with pytest.raises(NotFound):
        attach_files(folder, "1", [photo(tmp_path / "a.jpg")])
    assert list((folder / "evidence").rglob("*.jpg")) == []


DJI = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
    'xmlns:drone-dji="http://www.dji.com/drone-dji/1.0/" drone-dji:RelativeAltitude="+98.30" '
    'drone-dji:GimbalYawDegree="-90.5" drone-dji:GimbalPitchDegree="-45.00" drone-dji:GpsLatitude="29.51" '
    'drone-dji:GpsLongitude="120.25"/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)
BOMB = '<!DOCTYPE x [<!ENTITY a "drone-dji"><!ENTITY b "&a;&a;&a;">]>' + DJI.split("?>", 1)[1].replace("98.30", "&b;")


def with_xmp(path: Path, xmp: str) -> Path:
    Image.new("RGB", (8, 6)).save(path, xmp=xmp.encode())
    return path


def test_what_a_drone_adds(tmp_path: Path) -> None:
    facts = read_photo(with_xmp(tmp_path / "a.jpg", DJI))
    assert (facts.relative_altitude_m, facts.heading_deg, facts.pitch_deg) == (98.3, 269.5, -45.0)
    assert facts.position == (120.25, 29.51)


@pytest.mark.parametrize("xmp", [BOMB, DJI[:200], "drone-dji", DJI.replace("+98.30", "high")])
def test_xmp_that_cannot_be_used_is_left_aside(tmp_path: Path, xmp: str) -> None:
    assert read_photo(with_xmp(tmp_path / "a.jpg", xmp)).relative_altitude_m is None


@pytest.mark.parametrize(
    ("latitude", "longitude", "doubt"),
    [
        ((0.0, 0.0, 0.0), (0.0, 0.0, 0.0), Doubt.NULL_POSITION),
        ((120.0, 15.0, 0.0), (29.0, 30.0, 0.0), Doubt.SWAPPED),
        ((200.0, 0.0, 0.0), (300.0, 0.0, 0.0), Doubt.IMPOSSIBLE),
        ((48.0, 0.0, 0.0), (2.0, 0.0, 0.0), Doubt.ABROAD),
    ],
)
def test_positions_that_cannot_be(tmp_path: Path, latitude: Any, longitude: Any, doubt: Doubt) -> None:
    gps = POSITION | {ExifTags.GPS.GPSLatitude: latitude, ExifTags.GPS.GPSLongitude: longitude}
    facts = read_photo(photo(tmp_path / "a.jpg", gps))
    assert doubt in facts.doubts
    assert facts.position is None


@pytest.mark.parametrize(
    ("stated", "satellites", "offset", "doubts"),
    [
        ("+08:00", None, 480, ()),
        ("+09:00", None, 540, (Doubt.OTHER_ZONE,)),
        ("-03:30", None, -210, (Doubt.OTHER_ZONE,)),
        (None, (1.0, 11.0, 58.0), 480, ()),
        (None, (0.0, 12.0, 5.0), 540, (Doubt.OTHER_ZONE,)),
        (None, (1.0, 4.0, 5.0), None, (Doubt.CLOCK_WRONG,)),
        (None, None, None, ()),
    ],
)
def test_the_clock_of_the_camera(
    tmp_path: Path, stated: str | None, satellites: Any, offset: int | None, doubts: tuple[Doubt, ...]
) -> None:
    exif = Image.Exif()
    inner = exif.get_ifd(ExifTags.IFD.Exif)
    inner[ExifTags.Base.DateTimeOriginal] = "2025:10:30 09:12:05"
    if stated is not None:
        inner[ExifTags.Base.OffsetTimeOriginal] = stated
    gps: dict[int, Any] = dict(POSITION)
    if satellites is not None:
        gps |= {ExifTags.GPS.GPSDateStamp: "2025:10:30", ExifTags.GPS.GPSTimeStamp: satellites}
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(gps)
    Image.new("RGB", (8, 6)).save(tmp_path / "a.jpg", exif=exif)
    facts = read_photo(tmp_path / "a.jpg")
    assert facts.taken_at == datetime(2025, 10, 30, 9, 12, 5)  # noqa: DTZ001 - what the camera recorded is kept
    assert facts.utc_offset_min == offset
    assert facts.doubts == doubts


@given(st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_jpeg_that_is_cut_off_is_refused(tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "a.jpg"
    noise = np.random.default_rng(3).integers(0, 255, (48, 64, 3), dtype=np.uint8)
    Image.fromarray(noise).save(path, quality=90)
    content = path.read_bytes()
    path.write_bytes(content[: data.draw(st.integers(0, len(content) - 2))])
    with pytest.raises(FileUnreadable):
        read_photo(path)


def test_what_phones_hang_on_a_picture_does_no_harm(tmp_path: Path) -> None:
    path = photo(tmp_path / "a.jpg", POSITION)
    path.write_bytes(path.read_bytes() + b"\0" * 5000 + b"MotionPhoto" * 1000)
    assert read_photo(path).position == (120.25, pytest.approx(29.51))


def test_a_bomb_is_not_opened(tmp_path: Path) -> None:
    path = photo(tmp_path / "a.jpg", POSITION)
    content = bytearray(path.read_bytes())
    frame = content.index(b"\xff\xc0") + 5
    content[frame : frame + 4] = b"\xff\xf0\xff\xf0"
    path.write_bytes(bytes(content))
    with pytest.raises(FileUnreadable) as refusal:
        read_photo(path)
    assert "65520 × 65520" in refusal.value.sentence("zh")
