from pathlib import Path

import pytest

from weijian.domain.errors import PointsElsewhere
from weijian.elsewhere import gdal_name, is_remote, points_elsewhere, require_here, through_gdal


def mosaic(path: Path, source: str, *, beside: bool = False, band: str = "") -> Path:
    picture = f'<SourceFilename relativeToVRT="{int(beside)}">{source}</SourceFilename>'
    bands = f'<VRTRasterBand band="1"{band}><SimpleSource>{picture}</SimpleSource></VRTRasterBand>'
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'<VRTDataset rasterXSize="9" rasterYSize="9">{bands}</VRTDataset>', encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "name",
    [
        "/vsicurl/http://example.com/a.tif",
        "/vsicurl?url=http%3A%2F%2Fexample.com%2Fa.tif",
        "/vsis3/bucket/a.tif",
        "/vsizip//vsicurl/http://example.com/a.zip/a.tif",
        "/vsigzip//vsiaz_streaming/box/a.tif.gz",
        "https://example.com/a.gpkg",
        "https:/example.com/a.gpkg",
        r"https:\example.com\a.gpkg",
        "s3://bucket/a.tif",
        "WMS:http://example.com/wms",
        "PG:host=example.com dbname=a",
        r"\\example.com@SSL\DavWWWRoot\a.tif",
        "//example.com/DavWWWRoot/a.tif",
    ],
)
def test_names_that_lead_to_the_network(name: str) -> None:
    assert is_remote(name)
    with pytest.raises(PointsElsewhere):
        require_here(Path(name))


@pytest.mark.parametrize(
    "name",
    [
        "a.tif",
        "D:/航测/a.tif",
        r"D:\航测\a.tif",
        r"\\nas\航测\a.tif",
        "//nas/航测/a.tif",
        "/vsizip/a.zip/a.tif",
        "/mnt/https/a.tif",
    ],
)
def test_disks_and_shares_are_here(name: str) -> None:
    assert not is_remote(name)
    require_here(Path(name))


def test_what_gdal_calls_a_path() -> None:
    assert gdal_name(Path("https://example.com/a.tif")) == "/vsicurl/https://example.com/a.tif"
    assert gdal_name(Path("/vsicurl/https://example.com/a.tif")) == "/vsicurl/https://example.com/a.tif"
    assert gdal_name(Path("/vsis3/bucket/a.tif")) == "/vsis3/bucket/a.tif"
    assert gdal_name(Path("航测/a.tif")) == str(Path("航测/a.tif"))
    assert not through_gdal(Path("vsi/a.tif"))


@pytest.mark.parametrize(
    "source", ["/vsicurl/http://example.com/a.tif", "https://example.com/a.tif", "<GDAL_WMS><Service/></GDAL_WMS>"]
)
def test_a_mosaic_of_pictures_on_the_network(tmp_path: Path, source: str) -> None:
    told = source.replace("<", "&lt;")
    with pytest.raises(PointsElsewhere):
        require_here(mosaic(tmp_path / "a.vrt", told))
    with pytest.raises(PointsElsewhere):
        require_here(mosaic(tmp_path / "a.tif", told))  # GDAL does not go by the ending


def test_a_mosaic_within_a_mosaic(tmp_path: Path) -> None:
    mosaic(tmp_path / "tiles" / "inner.tif", "/vsis3/bucket/a.tif")
    outer = mosaic(tmp_path / "outer.vrt", "tiles/inner.tif", beside=True)
    with pytest.raises(PointsElsewhere) as refusal:
        require_here(outer)
    assert "outer.vrt" in refusal.value.sentence("zh")
    assert "/vsis3/bucket/a.tif" in refusal.value.sentence("en")


def test_a_mosaic_of_files_wherever_they_are_is_as_good_as_a_file(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "a.tif").write_bytes(b"II*\0")
    require_here(mosaic(tmp_path / "m" / "a.vrt", "../b/a.tif", beside=True))
    require_here(mosaic(tmp_path / "m" / "b.vrt", str(tmp_path / "b" / "a.tif")))
    require_here(mosaic(tmp_path / "m" / "c.vrt", r"\\nas\航测\a.tif"))
    circle = mosaic(tmp_path / "circle.vrt", "circle.vrt", beside=True)
    require_here(circle)


def test_bytes_taken_raw_lie_beside_the_mosaic(tmp_path: Path) -> None:
    raw = ' subClass="VRTRawRasterBand"'
    require_here(mosaic(tmp_path / "a.vrt", "a.bin", beside=True, band=raw))
    for outside in ("../secret.bin", "/etc/hostname"):
        with pytest.raises(PointsElsewhere):
            require_here(mosaic(tmp_path / "a.vrt", outside, beside=outside.startswith("."), band=raw))


def test_addresses_in_metadata_are_no_sources(tmp_path: Path) -> None:
    path = tmp_path / "a.vrt"
    told = '<Metadata><MDI key="TIFFTAG_SOFTWARE">https://example.com/</MDI></Metadata>'
    path.write_text(f"<VRTDataset>{told}</VRTDataset>", encoding="utf-8")
    require_here(path)


def test_documents_that_only_tell_where_data_are(tmp_path: Path) -> None:
    for number, text in enumerate(("<GDAL_WMS>", "<OGRVRTDataSource>", '{"type": "gdal_streamed_alg"}')):
        path = tmp_path / f"{number}.tif"
        path.write_text(text, encoding="utf-8")
        assert points_elsewhere(path)
        with pytest.raises(PointsElsewhere):
            require_here(path)
    (tmp_path / "bomb.vrt").write_text('<!DOCTYPE a [<!ENTITY b "c">]><VRTDataset>&b;</VRTDataset>', encoding="utf-8")
    with pytest.raises(PointsElsewhere):
        require_here(tmp_path / "bomb.vrt")


def test_a_password_in_an_address_is_not_told() -> None:
    with pytest.raises(PointsElsewhere) as refusal:
        require_here(Path("https://clerk:secret@example.com/a.tif?token=1234"))
    sentence = refusal.value.sentence("en")
    assert "secret" not in sentence
    assert "1234" not in sentence
