from pathlib import Path

import pytest
from openpyxl import load_workbook

from helpers.key_store import MemoryKeyStore
from weijian.domain.household import Household
from weijian.domain.job import finish
from weijian.domain.table_kind import Kind
from weijian.services import personal_data
from weijian.services.actor import current_actor
from weijian.services.imports import ImportRequest, ImportSummary, import_file
from weijian.services.person_export import export_persons
from weijian.services.personal_data import NumbersNotAllowed, ShownPerson
from weijian.services.settings import change_settings
from weijian.storage.vault import NotProtected, NumbersLocked
from weijian.storage.workspace import open_workspace

HOUSEHOLDS = """户号,户主,联系电话,身份证号,地址
H1,张三,138-0000-1234,11010519491231002X,石桥村1号
H2,李四,不详,110105194912310029,石桥村2号
H3,,13900005678,,石桥村3号
"""
PERSONS = """户号,姓名,与户主关系,电话
H1,王小妹,妻,13700004321
H1,张小五,子,
"""


def take(folder: Path, kind: Kind, text: str) -> ImportSummary:
    file = folder.parent / f"{kind}.csv"
    file.write_text(text, encoding="utf-8")
    return finish(import_file(ImportRequest(kind, file, folder))).value


def audited(folder: Path) -> list[tuple[str, str]]:
    with open_workspace(folder) as workspace, workspace.reader.connect() as connection:
        rows = connection.exec_driver_sql("SELECT action, changes FROM audit_entries ORDER BY id")
        return [tuple(row) for row in rows]


@pytest.fixture
def peopled(empty: Path, key_store: MemoryKeyStore) -> Path:
    personal_data.protect(empty)
    take(empty, Kind.HOUSEHOLDS, HOUSEHOLDS)
    take(empty, Kind.PERSONS, PERSONS)
    return empty


def shown(folder: Path, household_no: str = "H1") -> list[ShownPerson]:
    with open_workspace(folder) as workspace, workspace.read() as work:
        return [personal_data.masked(work, kept) for kept in work.persons.of_household(household_no)]


def test_an_import_seals_numbers_and_tells_of_bad_ones_without_them(empty: Path, key_store: MemoryKeyStore) -> None:
    with pytest.raises(NotProtected):
        take(empty, Kind.HOUSEHOLDS, HOUSEHOLDS)
    personal_data.protect(empty)
    summary = take(empty, Kind.HOUSEHOLDS, HOUSEHOLDS)
    assert (summary.rows, summary.usable, summary.refused) == (3, 3, False)
    said = [note.sentence("zh") for note in summary.repairs]
    told = ("联系电话", "身份证号", "没有姓名")
    assert [word in line for word, line in zip(told, said, strict=True)] == [True] * 3
    assert not any(secret in "".join(said) for secret in ("不详", "110105194912310029", "13900005678"))
    assert shown(empty) == [ShownPerson("P1", "张三", "户主", "110***********002X", "138****1234")]
    assert shown(empty, "H2") == [ShownPerson("P2", "李四", "户主", None, None)]
    assert shown(empty, "H3") == []


def test_persons_join_their_household(peopled: Path) -> None:
    assert [(p.name, p.relation, p.phone) for p in shown(peopled)] == [
        ("张三", "户主", "138****1234"),
        ("王小妹", "妻", "137****4321"),
        ("张小五", "子", None),
    ]


def test_a_table_of_persons_needs_their_names(peopled: Path) -> None:
    from weijian.cadastre.errors import FieldMissing

    with pytest.raises(FieldMissing):
        take(peopled, Kind.PERSONS, "户号,电话\nH1,13700004321\n")


def test_showing_numbers_is_recorded_without_them(peopled: Path) -> None:
    in_clear = personal_data.show_numbers(peopled, "H1").value
    assert in_clear[0].phone == "13800001234"
    action, changes = audited(peopled)[-1]
    assert (action, changes) == ("show-numbers", '{"persons":{"shown":{"count":1,"numbers":["H1"]}}}')
    assert "13800001234" not in repr(in_clear)


def test_only_those_allowed_may_see_numbers(peopled: Path) -> None:
    change_settings(peopled, ["may_see_numbers=somebody，another"])
    entries = len(audited(peopled))
    with pytest.raises(NumbersNotAllowed):
        personal_data.show_numbers(peopled, "H1")
    assert len(audited(peopled)) == entries
    change_settings(peopled, [f"may_see_numbers=somebody, {current_actor()}"])
    assert personal_data.show_numbers(peopled, "H1").value[0].phone == "13800001234"


def cells(path: Path) -> str:
    return repr([[cell.value for cell in row] for row in load_workbook(path).active.iter_rows()])


def test_an_export_is_masked_unless_asked_for_by_those_who_may(peopled: Path, tmp_path: Path) -> None:
    file = tmp_path / "人员.xlsx"
    finish(export_persons(peopled, file))
    assert "138****1234" in cells(file)
    assert not any(secret in cells(file) for secret in ("13800001234", "张三", "11010519491231002X"))
    finish(export_persons(peopled, file, clear=True))
    assert "13800001234" in cells(file)
    assert audited(peopled)[-1] == (
        "export-numbers",
        '{"persons":{"shown":{"count":2,"numbers":["H1","H2"]}}}',
    )
    change_settings(peopled, ["may_see_numbers=somebody"])
    with pytest.raises(NumbersNotAllowed):
        finish(export_persons(peopled, tmp_path / "不写.xlsx", clear=True))
    assert not (tmp_path / "不写.xlsx").exists()


def test_locked_numbers_are_said_to_be_locked(peopled: Path, key_store: MemoryKeyStore) -> None:
    key_store.kept.clear()
    assert personal_data.protection(peopled).is_locked
    assert [(p.name, p.locked) for p in shown(peopled)] == [("张三", True), ("王小妹", True), ("张小五", False)]
    with pytest.raises(NumbersLocked):
        personal_data.show_numbers(peopled, "H1")
    with open_workspace(peopled) as workspace, workspace.read() as work:
        assert work.households.get("H1") == Household("H1", "张三", "石桥村1号")
