import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import shapely
from PIL import ExifTags, Image
from pyproj import CRS, Transformer

from helpers.stores import StoreAtHand
from weijian.domain.building import Building
from weijian.domain.errors import NotFound, TargetUnwritable
from weijian.domain.evidence import PositionSource
from weijian.domain.household import Household
from weijian.domain.job import finish
from weijian.domain.legality import LegalityRules
from weijian.services import photo_import
from weijian.services.dossier import dossier
from weijian.services.photo_import import FolderMissing, import_photos, match_photos, place_photo
from weijian.services.photos import Doubt
from weijian.storage.evidence_files import EvidenceStore
from weijian.storage.verify import verify
from weijian.storage.workspace import create_workspace, open_workspace

AT = (500_000.0, 3_340_000.0)


@pytest.fixture
def workspace(tmp_path: Path, store: StoreAtHand) -> Path:
    folder = tmp_path / "村"
    house = Building(building_no="F1", geometry=shapely.box(AT[0] - 5, AT[1] + 8, AT[0] + 5, AT[1] + 18))
    with (
        create_workspace(folder, name="村", crs=CRS.from_epsg(4549), login=store.login()) as made,
        made.transaction("王", "import-buildings") as work,
    ):
        work.buildings.upsert_many([house])
    return folder


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "照片"
    (folder / "第二天").mkdir(parents=True)
    return folder


def photo(path: Path, at: tuple[float, float] | None = AT, heading: float | None = None, shade: int = 90) -> Path:
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2025:10:30 09:12:05"
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    if at is not None:
        longitude, latitude = Transformer.from_crs(4549, 4326, always_xy=True).transform(*at)
        gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLongitudeRef] = "N", "E"
        gps[ExifTags.GPS.GPSLatitude] = (int(latitude), 0.0, (latitude % 1) * 3600)
        gps[ExifTags.GPS.GPSLongitude] = (int(longitude), 0.0, (longitude % 1) * 3600)
    if heading is not None:
        gps[ExifTags.GPS.GPSImgDirection] = heading
    Image.new("RGB", (8, 6), (shade, 120, 90)).save(path, exif=exif)
    return path


def kept_files(workspace: Path) -> list[Path]:
    return [path for path in (workspace / "evidence").rglob("*") if path.is_file()]


def test_every_file_is_accounted_for(workspace: Path, photos: Path) -> None:
    towards = photo(photos / "a.jpg", heading=0.0)
    photo(photos / "b.jpg", heading=180.0, shade=91)
    (photos / "第二天" / "again.JPG").write_bytes(towards.read_bytes())
    photo(photos / "第二天" / "lost.jpg", at=None, shade=92)
    (photos / "empty.jpg").touch()
    (photos / "phone.heic").write_bytes(b"\0\0\0\x18ftypheic" + b"\0" * 100)
    (photos / "notes.txt").write_text("x", encoding="utf-8")
    (photos / "cut.jpg").write_bytes(towards.read_bytes()[:-4])
    before = {path: path.read_bytes() for path in photos.rglob("*") if path.is_file()}
    if os.name == "posix":
        (photos / "link.jpg").symlink_to(towards)
        (photos / "more").symlink_to(photos / "第二天")
    told = finish(import_photos(workspace, photos)).value
    links = 2 if os.name == "posix" else 0
    assert told.found == 8 + links == len(told.taken) + len(told.duplicates) + len(told.refused)
    assert {each.original_name: each.building_no for each in told.taken} == {
        "a.jpg": "F1",
        "b.jpg": None,
        "lost.jpg": None,
    }
    assert [path.name for path in told.duplicates] == ["again.JPG"]
    why = {each.path.name: each.why.en for each in told.refused}
    assert set(why) - {"link.jpg", "more"} == {"empty.jpg", "phone.heic", "notes.txt", "cut.jpg"}
    assert "empty" in why["empty.jpg"]
    assert "HEIC" in why["phone.heic"]
    assert "cut off" in why["cut.jpg"]
    assert (told.matched, told.unplaced) == (1, 1)
    assert [(each.path.name, each.doubts) for each in told.doubtful] == [("lost.jpg", (Doubt.NO_POSITION,))]
    assert before == {path: path.read_bytes() for path in before}
    with open_workspace(workspace) as opened, opened.read() as work:
        assert set(work.evidence.all()) == set(told.taken)
        assert finish(verify(opened)) == []
    again = finish(import_photos(workspace, photos)).value
    assert (len(again.taken), len(again.duplicates)) == (0, 4)
    assert len(kept_files(workspace)) == 3


def test_a_cancelled_import_keeps_nothing(workspace: Path, photos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photo_import, "_BATCH", 4)
    kept = photo(photos / "kept.jpg", shade=10)
    finish(import_photos(workspace, photos))
    for number in range(20):
        photo(photos / f"{number}.jpg", shade=20 + number)
    job = import_photos(workspace, photos)
    next(step for step in job if step.stage == "photos")
    job.close()
    with open_workspace(workspace) as opened, opened.read() as work:
        assert [each.original_name for each in work.evidence.all()] == [kept.name]
    assert len(kept_files(workspace)) == 1


def test_a_full_disk_keeps_nothing(workspace: Path, photos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(6):
        photo(photos / f"{number}.jpg", shade=number)
    put = EvidenceStore.put

    def until_full(store: EvidenceStore, path: Path) -> str:
        if path.name == "4.jpg":
            raise TargetUnwritable(path=path, why="full")
        return put(store, path)

    monkeypatch.setattr(EvidenceStore, "put", until_full)
    with pytest.raises(TargetUnwritable):
        finish(import_photos(workspace, photos))
    assert kept_files(workspace) == []


def test_a_photograph_is_placed_by_hand(workspace: Path, photos: Path) -> None:
    photo(photos / "a.jpg", at=None)
    (lost,) = finish(import_photos(workspace, photos)).value.taken
    placed = place_photo(workspace, lost.sha256, AT[0], AT[1] + 12).value
    assert (placed.building_no, placed.position_from) == ("F1", PositionSource.HAND)
    with open_workspace(workspace) as opened, opened.read() as work:
        assert work.evidence.all() == [placed]
    with pytest.raises(NotFound):
        place_photo(workspace, "0" * 64, *AT)


def test_photographs_are_matched_anew(workspace: Path, photos: Path) -> None:
    photo(photos / "a.jpg")
    finish(import_photos(workspace, photos, 2.0))
    assert match_photos(workspace, 30.0).value == 1


def test_the_dossier_shows_the_photographs_of_its_buildings(workspace: Path, photos: Path) -> None:
    with open_workspace(workspace) as opened, opened.transaction("王", "import") as work:
        work.households.upsert_many([Household("H1")])
        work.buildings.upsert_many([replace(work.buildings.get("F1"), household_no="H1")])
    photo(photos / "a.jpg", heading=0.0)
    photo(photos / "away.jpg", heading=180.0, shade=91)
    finish(import_photos(workspace, photos))
    (shown,) = dossier(workspace, "H1", on=date(2025, 11, 1), rules=LegalityRules()).photos
    assert (shown.case_no, shown.building_no) == (None, "F1")


def test_the_workspace_itself_is_not_looked_into(workspace: Path, photos: Path) -> None:
    photo(photos / "a.jpg")
    for taken, duplicates in ((1, 0), (0, 1)):
        told = finish(import_photos(workspace, photos.parent)).value
        assert (told.found, len(told.taken), len(told.duplicates)) == (1, taken, duplicates)


def test_a_folder_that_is_not_there(workspace: Path, tmp_path: Path) -> None:
    with pytest.raises(FolderMissing):
        finish(import_photos(workspace, tmp_path / "none"))
