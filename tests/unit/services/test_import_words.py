from pathlib import Path

import pytest

from helpers.stores import StoreAtHand
from weijian.cadastre.mapping import load
from weijian.domain.job import finish
from weijian.domain.table_kind import Kind
from weijian.services.import_preview import (
    ValueLine,
    preview_table,
    save_mapping,
    saved_mappings,
    value_lines,
    with_meaning,
)
from weijian.services.imports import ImportRequest, import_file
from weijian.services.workspaces import new_workspace
from weijian.storage.workspace import open_workspace


def square(number: int) -> str:
    x = 500000 + 20 * number
    return f'"POLYGON (({x} 3340000, {x + 10} 3340000, {x + 10} 3340010, {x} 3340010, {x} 3340000))"'


@pytest.fixture
def zones(tmp_path: Path) -> Path:
    words = ["冻结区", "一级保护区", "一级保护区", "蓝线"]
    lines = [f"Z{n},{word},{square(n)}" for n, word in enumerate(words)]
    path = tmp_path / "管控区.csv"
    path.write_text("\n".join(["编号,类型,WKT", *lines]) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path, store: StoreAtHand) -> Path:
    new_workspace(tmp_path / "w", name="村", crs="EPSG:4549", login=store.login())
    return tmp_path / "w"


def test_words_are_listed_with_their_rows_the_unknown_first(zones: Path) -> None:
    preview = preview_table(zones)
    mapping = preview.mapped[Kind.ZONES]
    assert value_lines(preview, mapping) == (
        ValueLine("kind", "一级保护区", 2, None),
        ValueLine("kind", "冻结区", 1, "freeze"),
        ValueLine("kind", "蓝线", 1, "river"),
    )
    told = with_meaning(mapping, "kind", "一级保护区", "farmland")
    assert value_lines(preview, told)[0] == ValueLine("kind", "一级保护区", 2, "farmland")
    assert [line.word for line in value_lines(preview, told)] == [line.word for line in value_lines(preview, mapping)]
    assert with_meaning(told, "kind", "一级保护区", None).values == {"kind": {}}


def test_what_is_said_of_words_goes_through_a_saved_mapping_into_the_archive(
    zones: Path, folder: Path, tmp_path: Path
) -> None:
    refused = finish(import_file(ImportRequest(Kind.ZONES, zones, folder, crs="EPSG:4549"))).value
    assert refused.refused
    preview = preview_table(zones)
    mapping = with_meaning(preview.mapped[Kind.ZONES], "kind", "一级保护区", "farmland")
    path = save_mapping(mapping, tmp_path / "mappings" / "保护区.toml")
    assert load(path) == mapping
    assert saved_mappings(path.parent, preview, Kind.ZONES) == {"保护区": mapping}
    assert saved_mappings(path.parent, preview, Kind.PARCELS) == {}
    assert saved_mappings(tmp_path / "none", preview, Kind.ZONES) == {}
    request = ImportRequest(Kind.ZONES, zones, folder, crs="EPSG:4549", mapping=path)
    assert finish(import_file(request)).value.count.added == 4
    with open_workspace(folder) as workspace, workspace.read() as work:
        assert [zone.kind for zone in work.zones.all()] == ["freeze", "farmland", "farmland", "river"]


def test_structures_are_kept_as_written_unless_said_otherwise(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "房屋.csv"
    rows = [f"F{n},{word},{square(n)}" for n, word in enumerate(["砖混", "框架", "砖混"])]
    path.write_text("\n".join(["房屋编号,结构,WKT", *rows]) + "\n", encoding="utf-8")
    preview = preview_table(path)
    mapping = preview.mapped[Kind.BUILDINGS]
    assert [(line.word, line.rows, line.meaning) for line in value_lines(preview, mapping)] == [
        ("砖混", 2, None),
        ("框架", 1, None),
    ]
    told = with_meaning(mapping, "structure", "框架", "钢筋混凝土结构")
    finish(import_file(ImportRequest(Kind.BUILDINGS, path, folder, crs="EPSG:4549", mapping=told)))
    with open_workspace(folder) as workspace, workspace.read() as work:
        assert [building.structure for building in work.buildings.all()] == ["砖混", "钢筋混凝土结构", "砖混"]


def test_a_dry_run_tells_what_an_import_would_do(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "户.csv"
    path.write_text("户号,地址\nH1,一号\nH2,二号\n", encoding="utf-8")
    finish(import_file(ImportRequest(Kind.HOUSEHOLDS, path, folder)))
    path.write_text("户号,地址\nH1,一号\nH2,二号院\nH3,三号\n", encoding="utf-8")
    told = finish(import_file(ImportRequest(Kind.HOUSEHOLDS, path, folder, dry_run=True))).value
    assert told.count is None
    assert vars(told.expected) == {"added": 1, "updated": 1, "unchanged": 1}
    assert finish(import_file(ImportRequest(Kind.HOUSEHOLDS, path, folder))).value.count == told.expected
