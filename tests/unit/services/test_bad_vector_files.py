"""Every troublesome file ends in clear words and an unchanged archive; what can be read whole is read whole."""

import hashlib
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from helpers.troublesome import NO, REFUSED, no_shapes
from unit.cadastre.made import gbk, square, write_shapefile
from weijian.domain.errors import InputError
from weijian.domain.job import finish
from weijian.domain.table_kind import Kind
from weijian.services.check import check_file
from weijian.services.import_preview import preview_table
from weijian.services.imports import ImportRequest, ImportSummary, import_file
from weijian.storage.workspace import open_workspace

ODD = Path(__file__).parents[4] / "shared" / "data" / "odd"


def bring(file: Path, workspace: Path, **others: object) -> ImportSummary:
    return finish(import_file(ImportRequest(Kind.BUILDINGS, file, workspace, **others))).value


def state(workspace: Path) -> tuple[int, int]:
    with open_workspace(workspace) as opened, opened.read() as work:
        return work.latest_action, len(work.buildings.all())


def digest(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir() if p.is_file()}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_in_one_sentence(empty: Path, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    file = REFUSED[name](folder)
    before, originals = state(empty), digest(folder)
    with pytest.raises(InputError) as refusal:
        bring(file, empty)
    for language in ("zh", "en"):
        sentence = refusal.value.sentence(language)
        assert file.name in sentence
        assert "\n" not in sentence
        assert "{" not in sentence
    assert (state(empty), digest(folder)) == (before, originals)


def test_no_rows_at_all(empty: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="2 rows"):
        bring(no_shapes(tmp_path), empty)


@pytest.mark.parametrize("cpg", ["BIG5", "UTF-8", "1252", "nonsense"])
def test_a_wrong_cpg_garbles_nothing(empty: Path, tmp_path: Path, cpg: str) -> None:
    columns = {NO: [b"F1", b"F2"], b"JG": gbk("砖混结构房屋", "钢筋混凝土")}
    file = write_shapefile(tmp_path / "房屋.shp", [square(), square(20)], columns, cpg=cpg)
    assert bring(file, empty).count.added == 2
    with open_workspace(empty) as workspace, workspace.read() as work:
        assert [b.structure for b in work.buildings.all()] == ["砖混结构房屋", "钢筋混凝土"]


@pytest.mark.skipif(not ODD.is_dir(), reason="the folder of odd files is not beside this checkout")
def test_odd_files_from_elsewhere(empty: Path) -> None:
    files = [path for path in sorted(ODD.rglob("*")) if path.is_file()]
    assert files
    before = state(empty)
    looks = (check_file, partial(preview_table, workspace=empty), partial(bring, workspace=empty, dry_run=True))
    for file in files:
        for look in looks:
            with suppress(InputError):  # anything else fails
                look(file)
    assert state(empty) == before
