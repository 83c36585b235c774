import json
import sqlite3
import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QTableWidget,
    QToolButton,
)

from weijian.domain.change_set import ChangeSet, Part
from weijian.domain.finding import ChangeType, PermitStatus
from weijian.domain.measured import with_sigma
from weijian.qt.dialogs.conflict_dialog import ConflictDialog
from weijian.qt.dialogs.record_dialog import RecordDialog
from weijian.qt.dialogs.recovery_key_dialog import RecoveryKeyDialog
from weijian.qt.panels import dossier_panel
from weijian.qt.panels.chips import ChipView
from weijian.qt.panels.dossier_panel import DossierPanel
from weijian.qt.panels.dossier_parts import Section, SubjectLink
from weijian.qt.panels.flights_view import FlightsView
from weijian.qt.panels.photo_view import PhotoView
from weijian.qt.selection import Subject, SubjectKind
from weijian.services import household_edits, personal_data
from weijian.services.dossier import HouseholdHit
from weijian.services.household_edits import PersonEntry
from weijian.storage.repositories.persons import KeptPerson
from weijian.storage.workspace import open_workspace

HOUSEHOLD = "3399010010010065"
CASE = "2025案0001"
SAVE = QDialogButtonBox.StandardButton.Save


def texts(page) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel)]


@pytest.fixture
def panel(qtbot, desk, settle):
    made = DossierPanel(desk)
    qtbot.addWidget(made)
    made.resize(340, 700)
    made.show()
    settle()
    return made


def shown(panel: DossierPanel) -> str | None:
    return panel.page.dossier.household.household_no if panel.page else None


def entries(desk) -> list[tuple[str, str]]:
    with sqlite3.connect(f"file:{desk.folder / 'workspace.gpkg'}?mode=ro", uri=True) as store:
        return store.execute("SELECT action, changes FROM audit_entries ORDER BY id").fetchall()


def test_typing_finds_a_household_and_enter_opens_it(qtbot, desk, panel, settle) -> None:
    search = panel.findChild(QLineEdit, "search")
    qtbot.keyClicks(search, "0065")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown(panel) == HOUSEHOLD)
    settle()
    assert desk.selection.subject == Subject(SubjectKind.HOUSEHOLD, HOUSEHOLD)
    assert search.text() == ""


def test_down_and_enter_choose_another_result(qtbot, panel, settle) -> None:
    search, results = panel.findChild(QLineEdit, "search"), panel.findChild(QListWidget, "results")
    qtbot.keyClicks(search, "JC0001")
    qtbot.waitUntil(lambda: results.isVisible() and results.count() > 1)
    qtbot.keyClick(search, Qt.Key.Key_Down)
    qtbot.keyClick(results, Qt.Key.Key_Down)
    wanted = results.item(1).data(Qt.ItemDataRole.UserRole)
    qtbot.keyClick(results, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown(panel) == wanted)
    settle()


def test_an_answer_to_an_older_question_is_dropped(qtbot, panel, settle, monkeypatch) -> None:
    gate = threading.Event()

    def answer(folder, text, limit):
        if text == "old":
            gate.wait(10)
        return (HouseholdHit(text, "", text),)

    monkeypatch.setattr(dossier_panel, "search_households", answer)
    search, results = panel.findChild(QLineEdit, "search"), panel.findChild(QListWidget, "results")
    search.setText("old")
    qtbot.wait(200)
    search.setText("new")
    qtbot.waitUntil(lambda: results.count() == 1)
    gate.set()
    settle()
    assert results.item(0).data(Qt.ItemDataRole.UserRole) == "new"


@pytest.mark.parametrize("subject", [Subject(SubjectKind.CASE, CASE), Subject(SubjectKind.FINDING, "T20251028-1-0030")])
def test_it_follows_what_is_looked_at_to_its_household(desk, panel, settle, subject) -> None:
    desk.selection.ask_for(subject)
    settle()
    assert shown(panel) == HOUSEHOLD


def test_every_number_leads_to_its_thing(qtbot, desk, panel, settle) -> None:
    desk.selection.ask_for(Subject(SubjectKind.HOUSEHOLD, HOUSEHOLD))
    settle()
    page = panel.page
    links = page.findChildren(SubjectLink)
    assert {link.subject.kind.value for link in links} == {"household", "parcel", "building", "finding", "case"}
    asked = []
    desk.selection.asked.connect(asked.append)
    for link in links:
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton, pos=QPoint(12, link.height() // 2))
    settle()
    assert asked == [link.subject for link in links]
    assert panel.page is page


def test_the_holder_is_masked_and_showing_him_is_recorded(qtbot, desk, panel, settle) -> None:
    desk.selection.ask_for(Subject(SubjectKind.HOUSEHOLD, HOUSEHOLD))
    settle()
    holder, eye = panel.page.holder, panel.page.findChild(QToolButton, "showHolder")
    masked, before = holder.text(), len(entries(desk))
    assert masked[1:] == "某" * (len(masked) - 1)
    qtbot.mouseClick(eye, Qt.MouseButton.LeftButton)
    settle()
    assert "某" not in holder.text()
    action, changes = entries(desk)[before]
    assert action == "show-holder"
    assert json.loads(changes)["households"]["shown"]["numbers"] == [HOUSEHOLD]
    assert holder.text() not in changes
    qtbot.mouseClick(eye, Qt.MouseButton.LeftButton)
    settle()
    assert holder.text() == masked
    assert len(entries(desk)) == before + 1


def test_chips_and_photographs_come_and_a_photograph_is_shown_large(qtbot, desk, panel, settle) -> None:
    desk.selection.ask_for(Subject(SubjectKind.HOUSEHOLD, HOUSEHOLD))
    settle()
    chips = panel.page.findChildren(ChipView)
    assert len(chips) == 2
    assert all(chip.picture is not None for chip in chips)
    photos = panel.page.findChildren(QToolButton, "photo")
    assert len(photos) == 4
    assert not any(photo.icon().isNull() for photo in photos)
    qtbot.mouseClick(photos[0], Qt.MouseButton.LeftButton)
    settle()
    view = next(window for window in QApplication.topLevelWidgets() if isinstance(window, PhotoView))
    assert view.sheet.image is not None
    qtbot.keyClick(view, Qt.Key.Key_Escape)


def test_a_flight_is_shown_large_beside_the_others(qtbot, desk, panel, settle) -> None:
    desk.selection.ask_for(Subject(SubjectKind.HOUSEHOLD, HOUSEHOLD))
    settle()
    qtbot.mouseClick(panel.page.findChildren(ChipView)[1], Qt.MouseButton.LeftButton)
    settle()
    view = next(window for window in QApplication.topLevelWidgets() if isinstance(window, FlightsView))
    chips = view.findChildren(ChipView)
    assert [chip.picture is not None for chip in chips] == [True, True]
    assert {label.text() for label in view.findChildren(QLabel)} == {
        "2024-04-16 航测 · pixel 15.0 cm",
        "2025-10-28 航测 · pixel 12.5 cm",
    }
    with_outlines = chips[0].grab().toImage()
    qtbot.mouseClick(view.findChild(QCheckBox), Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    assert chips[0].grab().toImage() != with_outlines
    qtbot.keyClick(view, Qt.Key.Key_Escape)


def test_what_stands_is_told_also_where_nothing_was_permitted(desk, panel, settle) -> None:
    with open_workspace(desk.folder) as workspace, workspace.read() as work:
        raised = next(
            f
            for f in work.findings.all()
            if f.change_type is ChangeType.RAISED and f.permit_status is PermitStatus.UNPERMITTED
        )
        stood = work.buildings.get(raised.building_no).height_m
    desk.selection.ask_for(Subject(SubjectKind.HOUSEHOLD, raised.household_no))
    settle()
    said = [label.text() for label in panel.page.findChildren(QLabel)]
    assert with_sigma(stood + raised.height_change_m, raised.height_sigma_m) in said
    assert "No permit of this household covers this building." in said


def test_a_permit_is_edited_and_what_is_above_it_told_anew(qtbot, desk, panel, settle) -> None:
    with open_workspace(desk.folder) as workspace, workspace.read() as work:
        over = next(
            f for f in work.findings.all() if f.permit_status is PermitStatus.EXCEEDS_PERMIT and f.excess_storeys
        )
    desk.selection.ask_for(Subject(SubjectKind.HOUSEHOLD, over.household_no))
    settle()
    assert any(text.startswith(f"Above permit {over.permit_no}") for text in texts(panel.page))
    qtbot.mouseClick(panel.page.findChild(QToolButton, "editPermit"), Qt.MouseButton.LeftButton)
    settle()
    dialog = next(window for window in QApplication.topLevelWidgets() if isinstance(window, RecordDialog))
    for name in ("max_storeys", "max_height_m", "max_footprint_m2"):
        dialog.findChild(QLineEdit, name).clear()
    qtbot.mouseClick(dialog.findChild(QDialogButtonBox).button(SAVE), Qt.MouseButton.LeftButton)
    settle()
    assert f"Within permit {over.permit_no}." in texts(panel.page)
    desk.undoing.undo()
    settle()
    assert any(text.startswith(f"Above permit {over.permit_no}") for text in texts(panel.page))


def test_it_looks_again_only_when_a_part_of_it_changed(desk, panel, settle) -> None:
    desk.selection.ask_for(Subject(SubjectKind.HOUSEHOLD, HOUSEHOLD))
    settle()
    page = panel.page
    desk.jobs.changed.emit(ChangeSet(frozenset({Part.SETTINGS})))
    settle()
    assert panel.page is page
    desk.jobs.changed.emit(ChangeSet(frozenset({Part.FINDINGS})))
    settle()
    assert panel.page is not page


ID = "11010519491231002X"


@pytest.fixture
def peopled(desk, key_store, panel, settle) -> DossierPanel:
    """The dossier of a household with a person whose numbers are sealed."""
    personal_data.protect(desk.folder)
    household_edits.add_person(desk.folder, HOUSEHOLD, PersonEntry("示例乙", "妻", ID, "13800001234"))
    desk.selection.ask_for(Subject(SubjectKind.HOUSEHOLD, HOUSEHOLD))
    settle()
    return panel


def said(panel: DossierPanel, section: str) -> str:
    return "\n".join(label.text() for label in panel.page.findChild(Section, section).findChildren(QLabel))


def dialog_of(qtbot, kind: type[QDialog]) -> QDialog:
    def there() -> list[QDialog]:
        return [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]

    qtbot.waitUntil(lambda: bool(there()), timeout=10_000)
    return there()[0]


def keep(qtbot, dialog: QDialog, **typed: str) -> None:
    for name, text in typed.items():
        field = dialog.findChild(QLineEdit, name)
        field.selectAll()
        qtbot.keyClick(field, Qt.Key.Key_Delete)
        field.insert(text)
    button = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Save)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def choose(panel: DossierPanel, button: str, entry: int) -> None:
    panel.page.findChild(QToolButton, button).menu().actions()[entry].trigger()


def test_numbers_are_masked_and_showing_them_is_recorded(qtbot, desk, peopled, settle) -> None:
    assert "110***********002X" in said(peopled, "persons")
    assert "示某某" in said(peopled, "persons")
    eye = peopled.page.findChild(QToolButton, "showNumbers")
    before = len(entries(desk))
    qtbot.mouseClick(eye, Qt.MouseButton.LeftButton)
    settle()
    assert ID in said(peopled, "persons")
    action, changes = entries(desk)[before]
    assert (action, json.loads(changes)) == (
        "show-numbers",
        {"persons": {"shown": {"count": 1, "numbers": [HOUSEHOLD]}}},
    )
    qtbot.mouseClick(eye, Qt.MouseButton.LeftButton)
    settle()
    assert ID not in said(peopled, "persons")


def test_locked_numbers_are_unlocked_with_the_recovery_key(qtbot, desk, key_store, peopled, settle) -> None:
    recovery = personal_data.renew_recovery_key(desk.folder).value
    key_store.kept.clear()
    desk.jobs.changed.emit(ChangeSet(frozenset({Part.NUMBERS})))
    settle()
    assert "locked" in said(peopled, "persons")
    qtbot.mouseClick(peopled.page.findChild(QPushButton, "unlockNumbers"), Qt.MouseButton.LeftButton)
    dialog = dialog_of(qtbot, RecordDialog)
    keep(qtbot, dialog, **{"secret": "wrong"})
    settle()
    assert dialog.isVisible()
    keep(qtbot, dialog, secret=recovery)
    qtbot.waitUntil(lambda: "138****1234" in said(peopled, "persons"), timeout=10_000)
    settle()


def test_protecting_shows_the_recovery_key_until_it_is_written_down(qtbot, desk, key_store, panel, settle) -> None:
    desk.selection.ask_for(Subject(SubjectKind.HOUSEHOLD, HOUSEHOLD))
    settle()
    qtbot.mouseClick(panel.page.findChild(QPushButton, "protectNumbers"), Qt.MouseButton.LeftButton)
    dialog = dialog_of(qtbot, RecoveryKeyDialog)
    key = dialog.findChild(QLineEdit, "key").text()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    dialog.findChild(QCheckBox, "written").setChecked(True)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    settle()
    assert personal_data.unlock(desk.folder, key).value
    assert panel.page.findChild(QPushButton, "protectNumbers") is None


def test_a_household_is_edited_and_the_edit_taken_back(qtbot, desk, peopled, settle) -> None:
    choose(peopled, "editHousehold", 0)
    dialog = dialog_of(qtbot, RecordDialog)
    keep(qtbot, dialog, address="新地址9号")
    qtbot.waitUntil(lambda: "新地址9号" in peopled.page.findChild(QLabel, "address").text(), timeout=10_000)
    settle()
    assert desk.undoing.can_undo
    assert "新地址9号" in said(peopled, "history")
    desk.undoing.undo()
    settle()
    assert "新地址9号" not in peopled.page.findChild(QLabel, "address").text()
    desk.undoing.redo()
    settle()
    assert "新地址9号" in peopled.page.findChild(QLabel, "address").text()


def change_meanwhile(desk, address: str) -> None:
    base = household_edits.household_to_edit(desk.folder, HOUSEHOLD).value
    household_edits.edit_household(desk.folder, base, replace(base, address=address))


@pytest.mark.parametrize(("button", "kept"), [("keep-mine", "我的9号"), ("keep-theirs", "他人8号")])
def test_of_two_who_edit_the_same_household_the_second_decides(qtbot, desk, peopled, settle, button, kept) -> None:
    choose(peopled, "editHousehold", 0)
    dialog = dialog_of(qtbot, RecordDialog)
    change_meanwhile(desk, "他人8号")
    keep(qtbot, dialog, address="我的9号")
    conflict = dialog_of(qtbot, ConflictDialog)
    table = conflict.findChild(QTableWidget, "versions")
    shown = {table.verticalHeaderItem(row).text(): row for row in range(table.rowCount())}
    row = shown["Address"]
    assert [table.item(row, column).text() for column in (0, 1)] == ["我的9号", "他人8号"]
    qtbot.mouseClick(conflict.findChild(QPushButton, button), Qt.MouseButton.LeftButton)
    settle()
    assert household_edits.household_to_edit(desk.folder, HOUSEHOLD).value.address == kept


def change_person_meanwhile(desk, **entry: str) -> None:
    (person,) = persons_of(desk)
    base = household_edits.person_to_edit(desk.folder, person.person_no).value.base
    household_edits.edit_person(desk.folder, base, PersonEntry(**{"name": "示例乙", "relation": "妻"} | entry))


def persons_of(desk) -> list[KeptPerson]:
    with open_workspace(desk.folder) as workspace, workspace.read() as work:
        return work.persons.of_household(HOUSEHOLD)


def numbers_of(desk) -> tuple[str | None, str | None]:
    with open_workspace(desk.folder) as workspace, workspace.read() as work:
        (kept,) = work.persons.of_household(HOUSEHOLD)
        person = work.persons.opened(kept)
        return person.id_number, person.phone


@pytest.mark.parametrize(
    ("button", "relation", "phone"),
    [("keep-mine", "母", "13700001111"), ("keep-theirs", "妻子", "13700001111")],
)
def test_of_two_who_edit_the_same_person_the_second_decides(
    qtbot, desk, peopled, settle, button, relation, phone
) -> None:
    choose(peopled, "editPerson", 0)
    dialog = dialog_of(qtbot, RecordDialog)
    settle()
    change_person_meanwhile(desk, relation="妻子", phone=phone)
    keep(qtbot, dialog, relation="母")
    conflict = dialog_of(qtbot, ConflictDialog)
    table = conflict.findChild(QTableWidget, "versions")
    rows = {
        table.verticalHeaderItem(row).text(): [table.item(row, column).text() for column in (0, 1)]
        for row in range(table.rowCount())
    }
    assert rows["Relation to the holder"] == ["母", "妻子"]
    assert rows["Telephone"] == ["as it was", "changed (sealed)"]
    assert rows["Identity number"] == ["as it was", "as it was"]
    assert phone not in repr(rows)
    qtbot.mouseClick(conflict.findChild(QPushButton, button), Qt.MouseButton.LeftButton)
    settle()
    (kept,) = persons_of(desk)
    assert kept.relation == relation
    assert numbers_of(desk) == (ID, phone), "a number that the second left empty stays as the first has it"
    assert "edit-person" in [action for action, _ in entries(desk)]


def test_a_person_whom_somebody_took_off_meanwhile_cannot_be_kept(qtbot, desk, peopled, settle) -> None:
    choose(peopled, "editPerson", 0)
    dialog = dialog_of(qtbot, RecordDialog)
    settle()
    (person,) = persons_of(desk)
    household_edits.remove_person(desk.folder, person.person_no)
    keep(qtbot, dialog, relation="母")
    conflict = dialog_of(qtbot, ConflictDialog)
    assert not conflict.findChild(QPushButton, "keep-mine").isVisible()
    qtbot.mouseClick(conflict.findChild(QPushButton, "keep-theirs"), Qt.MouseButton.LeftButton)
    settle()
    assert persons_of(desk) == []


def test_what_cannot_be_is_said_in_the_dialog(qtbot, desk, peopled, settle) -> None:
    choose(peopled, "editBuilding", 0)
    dialog = dialog_of(qtbot, RecordDialog)
    problem = dialog.findChild(QLabel, "problem")
    keep(qtbot, dialog, storeys="many")
    assert problem.isVisible()
    keep(qtbot, dialog, storeys="500")
    settle()
    assert "120" in problem.text()
    keep(qtbot, dialog, storeys="5", built_on="1995-05-01")
    settle()
    choose(peopled, "editBuilding", 1)
    dialog = dialog_of(qtbot, RecordDialog)
    keep(qtbot, dialog, reason="影响规划")
    settle()
    assert "《城市规划法》" in said(peopled, "buildings")


def test_a_household_merged_into_another_is_found_by_its_number(qtbot, desk, peopled, settle) -> None:
    choose(peopled, "editHousehold", 3)
    keep(qtbot, dialog_of(qtbot, RecordDialog), gone="3399010010010064")
    settle()
    assert "3399010010010064" in "\n".join(label.text() for label in peopled.page.findChildren(QLabel))
    search = peopled.findChild(QLineEdit, "search")
    qtbot.keyClicks(search, "3399010010010064")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    settle()
    qtbot.waitUntil(lambda: shown(peopled) == HOUSEHOLD)


def test_a_building_is_asked_to_be_split_on_the_map(qtbot, peopled) -> None:
    with qtbot.waitSignal(peopled.split_asked) as asked:
        choose(peopled, "editBuilding", 2)
    assert asked.args[0].startswith("33990")
