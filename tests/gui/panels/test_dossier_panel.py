import json
import sqlite3
import threading

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QToolButton

from weijian.domain.change_set import ChangeSet, Part
from weijian.qt.panels import dossier_panel
from weijian.qt.panels.chips import ChipView
from weijian.qt.panels.dossier_panel import DossierPanel
from weijian.qt.panels.dossier_parts import SubjectLink
from weijian.qt.panels.photo_view import PhotoView
from weijian.qt.selection import Subject, SubjectKind
from weijian.services.dossier import HouseholdHit

HOUSEHOLD = "3399010010010065"
CASE = "2025案0001"


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
