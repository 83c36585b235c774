import re

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel

from weijian.publish.order_map import page_count, picture
from weijian.qt.dialogs.order_map_dialog import OrderMapDialog
from weijian.qt.translation import install
from weijian.services.case_files import read_case
from weijian.services.review import edit_outline

MM_PER_PT = 25.4 / 72


@pytest.fixture
def dialog(qtbot, desk, settle):
    shown = OrderMapDialog(desk, "2025案0001")
    shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(shown)
    shown.show()
    settle()
    return shown


def drag(qtbot, preview, by):
    start = preview.frame_on_screen().center().toPoint()
    qtbot.mousePress(preview, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(preview, start + by / 2)
    qtbot.mouseMove(preview, start + by)
    qtbot.mouseRelease(preview, Qt.MouseButton.LeftButton, pos=start + by)


def test_dragging_the_map_shifts_what_it_shows(qtbot, dialog, settle):
    first = dialog.sheet
    drag(qtbot, dialog.preview, QPoint(40, 0))
    assert dialog.sheet is None  # nothing can be saved that is not shown
    settle()
    assert dialog.sheet.offset[0] < 0
    assert dialog.sheet.offset[1] == 0
    assert dialog.sheet.after.bounds[0] == pytest.approx(first.after.bounds[0] + dialog.sheet.offset[0])


def test_no_structure_is_dragged_out_of_the_frame(qtbot, dialog, settle):
    drag(qtbot, dialog.preview, QPoint(3000, 3000))
    settle()
    west, south, east, north = dialog.sheet.structures[0].bounds
    left, bottom, right, top = dialog.sheet.after.bounds
    assert left < west < east < right
    assert bottom < south < north < top


def test_the_pdf_is_what_was_shown(qtbot, dialog, settle, messages, tmp_path):
    dialog._form.page_combo.setCurrentIndex(dialog._form.page_combo.findData("A4-portrait"))
    settle()
    drag(qtbot, dialog.preview, QPoint(20, 10))
    settle()
    messages.files += [(tmp_path / "图.pdf",), (tmp_path / "图.png",)]
    qtbot.mouseClick(dialog._form.save_pdf_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog._form.save_png_button, Qt.MouseButton.LeftButton)
    settle()
    page = PdfReader(tmp_path / "图.pdf").pages[0]
    assert float(page.mediabox.width) * MM_PER_PT == pytest.approx(210, abs=0.5)
    assert float(page.mediabox.height) * MM_PER_PT == pytest.approx(297, abs=0.5)
    saved = QImage(str(tmp_path / "图.png"))
    assert saved.convertToFormat(QImage.Format.Format_RGB32) == picture(dialog.sheet, 200)
    assert dialog.preview.image == picture(dialog.sheet, 200)
    assert len(messages.notices) == 2


def test_a_scale_that_is_too_large_is_told_and_mended(qtbot, dialog, settle):
    combo = dialog._form.scale_combo
    combo.lineEdit().selectAll()
    qtbot.keyClicks(combo.lineEdit(), "1:50")
    qtbot.keyClick(combo.lineEdit(), Qt.Key.Key_Return)
    settle()
    assert "1:50 放不下" in dialog._form.state_label.text()
    assert dialog.sheet is None
    qtbot.mouseClick(dialog._form.fitting_button, Qt.MouseButton.LeftButton)
    settle()
    assert dialog.sheet.scale == 200


def test_a_long_table_of_corners_runs_over_pages(qtbot, dialog, desk, settle, messages, tmp_path):
    finding = read_case(desk.folder, "2025案0001").findings[0]
    edit_outline(desk.folder, finding.finding_no, finding.geometry.centroid.buffer(6, quad_segs=60))
    dialog._form.centre_button.setEnabled(True)
    qtbot.mouseClick(dialog._form.centre_button, Qt.MouseButton.LeftButton)
    settle()
    first = dialog.preview.image
    pages = page_count(dialog.sheet)
    assert pages > 1
    assert str(pages) in dialog._form.pages_label.text()
    assert not dialog._form.previous_button.isEnabled()
    qtbot.mouseClick(dialog._form.next_button, Qt.MouseButton.LeftButton)
    settle()
    assert dialog.preview.image == picture(dialog.sheet, 150, 2) != first
    messages.files += [(tmp_path / "图.pdf",), (tmp_path / "图.png",)]
    for button in (dialog._form.save_pdf_button, dialog._form.save_png_button):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        settle()
    assert len(PdfReader(tmp_path / "图.pdf").pages) == pages
    saved = QImage(str(tmp_path / "图.png")).convertToFormat(QImage.Format.Format_RGB32)
    assert saved == picture(dialog.sheet, 200, 2)


def test_everything_is_said_in_chinese(qapp, qtbot, desk, settle):
    install(qapp, "zh")
    shown = OrderMapDialog(desk, "2025案0001")
    qtbot.addWidget(shown)
    settle()
    widgets = [*shown.findChildren(QLabel), *shown.findChildren(QAbstractButton)]
    combos = shown.findChildren(QComboBox)
    texts = {text for each in widgets for text in (each.text(), each.toolTip())}
    texts |= {combo.itemText(row) for combo in combos for row in range(combo.count())} | {shown.windowTitle()}
    install(qapp, "en")
    english = [text for text in texts if re.search("[a-z]{2}", text)]
    assert english == []
    assert any("比例尺" in text for text in texts)
