from pathlib import Path

import numpy as np
import pytest
import rasterio

from unit.imagery.rasters import picture, write
from weijian.domain.errors import NotARaster, RasterDamaged, TargetUnwritable
from weijian.domain.job import finish
from weijian.imagery import overviews
from weijian.imagery.overviews import build_overviews


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write(tmp_path / "a.tif", picture(1100, 1300), tiled=True)


def levels(path: Path) -> list[int]:
    with rasterio.open(path) as dataset:
        return list(dataset.overviews(1))


def test_they_lie_beside_and_the_original_is_untouched(path: Path) -> None:
    before = path.read_bytes()
    job = build_overviews(path)
    seen = [next(job), next(job), next(job)]
    assert finish(job) == path
    assert [(p.stage, p.done, p.total) for p in seen] == [("overviews", n, 2) for n in range(3)]
    assert path.read_bytes() == before
    assert levels(path) == [2, 4]
    assert sorted(p.name for p in path.parent.iterdir()) == ["a.tif", "a.tif.ovr"]


def test_closing_early_leaves_nothing(path: Path) -> None:
    job = build_overviews(path)
    next(job)
    next(job)
    job.close()
    assert [p.name for p in path.parent.iterdir()] == ["a.tif"]


def test_folder_that_cannot_be_written(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overviews, "_writable", lambda folder: False)
    with pytest.raises(TargetUnwritable):
        finish(build_overviews(path))
    view = finish(build_overviews(path, tmp_path / "cache"))
    assert view.parent == tmp_path / "cache"
    assert levels(view) == [2, 4]
    assert levels(path) == []
    assert finish(build_overviews(path, tmp_path / "cache")) == view
    assert len(list((tmp_path / "cache").iterdir())) == 2


def test_nothing_to_do(tmp_path: Path, path: Path) -> None:
    small = write(tmp_path / "small.tif", picture(100, 100))
    assert finish(build_overviews(small)) == small
    finish(build_overviews(path))
    assert list(build_overviews(path)) == []


def test_bad_files(tmp_path: Path) -> None:
    (tmp_path / "empty.tif").write_bytes(b"")
    with pytest.raises(NotARaster):
        finish(build_overviews(tmp_path / "empty.tif"))
    noise = np.random.default_rng(0).integers(1, 250, (3, 700, 700)).astype(np.uint8)
    cut = write(tmp_path / "cut.tif", noise, tiled=True, blockxsize=128, blockysize=128)
    cut.write_bytes(cut.read_bytes()[:600_000])
    with pytest.raises(RasterDamaged):
        finish(build_overviews(cut))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["cut.tif", "empty.tif"]
