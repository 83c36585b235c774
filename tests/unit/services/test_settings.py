from pathlib import Path

import pytest

from weijian.domain.errors import InputError
from weijian.domain.gates import ReminderOrder, WorkflowSettings
from weijian.services.settings import (
    CHANGEABLE,
    SettingUnknown,
    SettingValueUnknown,
    change_settings,
    read_settings,
)
from weijian.storage.workspace import open_workspace


def test_settings_are_shown_and_changed(empty: Path) -> None:
    assert change_settings(empty, []).value["court"] == "样例区人民法院"
    changed = change_settings(empty, ["court=甲=乙人民法院", "planning_area=town"]).value
    assert changed["court"] == "甲=乙人民法院"
    assert change_settings(empty, []).value == changed
    assert tuple(changed) == CHANGEABLE
    assert changed["document_mark"] == ""


def test_one_change_is_one_entry_of_the_audit(empty: Path) -> None:
    def entries() -> int:
        with open_workspace(empty) as workspace, workspace.reader.connect() as connection:
            return int(connection.exec_driver_sql("SELECT count(*) FROM audit_entries").scalar_one())

    before = entries()
    change_settings(empty, [])
    assert entries() == before
    change_settings(empty, ["court=甲", "bureau=乙"])
    assert entries() == before + 1


@pytest.mark.parametrize(
    ("entry", "error"),
    [
        ("court", SettingUnknown),
        ("crs=EPSG:4549", SettingUnknown),
        ("=x", SettingUnknown),
        ("planning_area=city", SettingValueUnknown),
        ("planning_area=", SettingValueUnknown),
        ("demolition_order_is_penalty=True", SettingValueUnknown),
        ("order_of_reminder=both", SettingValueUnknown),
    ],
)
def test_a_wrong_entry_changes_nothing(empty: Path, entry: str, error: type[InputError]) -> None:
    with pytest.raises(error):
        change_settings(empty, ["court=别处", entry])
    assert change_settings(empty, []).value["court"] == "样例区人民法院"


def test_the_disputed_points_of_procedure_are_what_cases_go_by(empty: Path) -> None:
    shown = read_settings(empty)
    assert (shown["demolition_order_is_penalty"], shown["order_of_reminder"]) == ("yes", "reminder_first")
    entries = ["demolition_order_is_penalty=no", "order_of_reminder=announcement_first"]
    assert change_settings(empty, entries).value == read_settings(empty)
    with open_workspace(empty) as workspace, workspace.read() as work:
        assert work.settings.workflow() == WorkflowSettings(False, ReminderOrder.ANNOUNCEMENT_FIRST)
    assert change_settings(empty, ["demolition_order_is_penalty=yes"]).value["demolition_order_is_penalty"] == "yes"
    with open_workspace(empty) as workspace, workspace.read() as work:
        assert work.settings.workflow().demolition_order_is_penalty is True
