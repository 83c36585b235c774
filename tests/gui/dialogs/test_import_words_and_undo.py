from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QTableWidget

from weijian.assets import sample_data
from weijian.domain.zone import ZoneKind
from weijian.qt.dialogs.import_dialog import ImportDialog
from weijian.qt.dialogs.imports_dialog import ImportsDialog
from weijian.services.import_undo import list_imports
from weijian.storage.workspace import open_workspace

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def zones(tmp_path: Path) -> Path:
    rows = []
    for n, word in enumerate(["冻结区", "一级保护区"]):
        x = 500000 + 20 * n
        ring = f"{x} 3340000, {x + 10} 3340000, {x + 10} 3340010, {x} 3340010, {x} 3340000"
        rows.append(f'QX{n},{word},"POLYGON (({ring}))"')
    path = tmp_path / "管控区.csv"
    path.write_text("\n".join(["编号,类型,WKT", *rows]) + "\n", encoding="utf-8")
    return path


def zone_kinds(folder: Path) -> dict[str, str]:
    with open_workspace(folder) as workspace, workspace.read() as work:
        return {zone.zone_no: zone.kind for zone in work.zones.all() if zone.zone_no.startswith("QX")}


def press(qtbot, dialog, name: str, settle) -> None:
    qtbot.mouseClick(dialog.findChild(QPushButton, name), LEFT)
    settle()


def test_a_word_is_given_a_meaning_and_the_import_is_taken_back(qtbot, desk, settle, messages, zones) -> None:
    dialog = ImportDialog(desk, (zones,))
    qtbot.addWidget(dialog)
    dialog.show()
    settle()
    dialog._draft.take_crs("EPSG:4549")
    settle()
    for _ in range(3):
        press(qtbot, dialog, "next", settle)
    words = dialog.findChild(QTableWidget, "words")
    assert words.isVisible()
    assert [words.item(row, 1).text() for row in range(2)] == ["一级保护区", "冻结区"]
    box = words.findChild(QComboBox, "meaning-0")
    box.setFocus()
    while box.currentData() != ZoneKind.FARMLAND:
        qtbot.keyClick(box, Qt.Key.Key_Down)
    box.activated.emit(box.currentIndex())
    assert dialog._draft.mapping.values == {"kind": {"一级保护区": "farmland"}}
    assert words.findChild(QComboBox, "meaning-0") is box
    dialog._draft.take_mapping(replace(dialog._draft.mapping, values={"kind": {"一级保护区": "river"}}))
    assert box.currentData() == ZoneKind.RIVER
    dialog._draft.take_mapping(replace(dialog._draft.mapping, values={"kind": {"一级保护区": "farmland"}}))
    press(qtbot, dialog, "next", settle)
    assert "add 2" in dialog.findChild(QLabel, "summary").text()
    press(qtbot, dialog, "next", settle)
    assert zone_kinds(desk.folder) == {"QX0": "freeze", "QX1": "farmland"}
    press(qtbot, dialog, "undo", settle)
    assert zone_kinds(desk.folder) == {}
    assert "2 rows are as before" in dialog.findChild(QLabel, "summary").text()
    assert list_imports(desk.folder)[0].taken_back_by is not None
    dialog.close()


def test_an_import_is_taken_back_from_the_list(qtbot, desk, settle, messages) -> None:
    dialog = ImportsDialog(desk)
    qtbot.addWidget(dialog)
    dialog.show()
    settle()
    table = dialog.findChild(QTableWidget, "imports")
    batches = list_imports(desk.folder)
    assert table.rowCount() == len(batches) == 5
    messages.answers.append(True)
    press(qtbot, dialog, "undo", settle)
    assert list_imports(desk.folder)[0].taken_back_by is not None
    assert not dialog.findChild(QPushButton, "undo").isEnabled()


def test_of_a_file_that_states_its_system_nothing_is_asked(qtbot, desk, settle, messages) -> None:
    dialog = ImportDialog(desk, (sample_data("permits", "许可.gpkg"),))
    qtbot.addWidget(dialog)
    dialog.resize(1000, 640)
    dialog.show()
    settle()
    press(qtbot, dialog, "next", settle)
    longitude = dialog.findChild(QLineEdit, "longitude")
    assert "高斯-克吕格3度带" in dialog.findChild(QLabel, "finding").text()
    assert not longitude.isVisible()
    press(qtbot, dialog, "other", settle)
    assert longitude.isVisible()
    assert not dialog.findChild(QPushButton, "other").isVisible()
    dialog._draft.take_crs("EPSG:4528")
    settle()
    assert "You chose" in dialog.findChild(QLabel, "hint").text()
    dialog.close()
