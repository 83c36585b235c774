"""Every troublesome file through the commands and the wizard: one sentence, exit code 2, an unchanged archive."""

from pathlib import Path

import pytest

from helpers.commands import CommandLine
from helpers.troublesome import BAD_ROWS, REFUSED, TAKEN
from integration.test_bad_input import assert_refused, digest
from unit.cadastre.made import square
from weijian.domain.building import Building
from weijian.domain.errors import InputError
from weijian.services.import_preview import preview_table
from weijian.storage.workspace import open_workspace

LOOKS_LIKE_A_TABLE = ("no geometry and no archive",)
"""Sound as files: only an import has no use for them."""

PLACED_BY_HAND = ("swapped axes", "no crs")
"""What the wizard shows on its page of coordinate systems, where a person may choose another one."""


def archive(workspace: Path) -> tuple[int, list[Building]]:
    with open_workspace(workspace) as opened, opened.read() as work:
        return work.latest_action, list(work.buildings.all())


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    """For boundary-point files, which know no buildings."""
    path = tmp_path / "mapping.toml"
    path.write_text('kind = "buildings"\n[columns]\nbuilding_no = "地块编号"\n', encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "in"
    path.mkdir()
    return path


@pytest.mark.parametrize("name", REFUSED)
def test_refused_by_every_way_in(weijian: CommandLine, workspace: Path, folder: Path, name: str) -> None:
    file = REFUSED[name](folder)
    before, originals = archive(workspace), digest(folder)
    into = ("import", "buildings", file, "--workspace", workspace)
    for command in (into, (*into, "--dry-run"), (*into, "--skip-bad-rows")):
        assert_refused(weijian(*command), file.name)
    if name not in LOOKS_LIKE_A_TABLE:
        checked = weijian("check", file)
        assert checked.code == 2
        assert len(checked.err.strip().splitlines()) == 1
    if name in PLACED_BY_HAND:
        assert preview_table(file, workspace=workspace).crs_problem is not None
    elif name not in LOOKS_LIKE_A_TABLE:
        with pytest.raises(InputError):
            preview_table(file, workspace=workspace)
    assert (archive(workspace), digest(folder)) == (before, originals)


@pytest.mark.parametrize("name", BAD_ROWS)
def test_told_row_by_row_by_every_way_in(
    weijian: CommandLine, workspace: Path, folder: Path, mapping: Path, name: str
) -> None:
    make, why, row = BAD_ROWS[name]
    file = make(folder)
    before, originals = archive(workspace), digest(folder)
    more = ("--mapping", mapping) if file.suffix == ".txt" else ()
    into = ("import", "buildings", file, "--workspace", workspace, "--crs", "EPSG:4549", *more)
    checked = weijian("check", file)
    assert checked.code == 2
    for told in (checked.out, *(weijian(*into, *dry).err for dry in ((), ("--dry-run",)))):
        assert any(f"第 {row} 行" in line and why.value[0].partition("{")[0] in line for line in told.splitlines()), (
            told
        )
        assert "Traceback" not in told
    assert (archive(workspace), digest(folder)) == (before, originals)
    assert weijian(*into, "--skip-bad-rows").code == 0
    assert archive(workspace)[0] > before[0]


@pytest.mark.parametrize("name", TAKEN)
def test_taken_as_it_is_meant(weijian: CommandLine, workspace: Path, folder: Path, mapping: Path, name: str) -> None:
    file = TAKEN[name].make(folder)
    originals = digest(folder)
    more = ("--mapping", mapping) if file.suffix == ".txt" else ()
    taken = weijian("import", "buildings", file, "--workspace", workspace, "--crs", "EPSG:4549", *more)
    assert (taken.code, "Traceback" in taken.err) == (0, False), taken.err
    (building,) = archive(workspace)[1]
    assert {field: getattr(building, field) for field in TAKEN[name].fields} == dict(TAKEN[name].fields)
    assert building.geometry.equals(square())
    assert not building.geometry.has_z
    assert digest(folder) == originals
