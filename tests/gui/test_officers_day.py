"""An officer's day by mouse and keys, from the village to the order map, and the next morning."""

from pathlib import Path

from pypdf import PdfReader
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
)

from gui.windows import Driver
from helpers.recorded_messages import RecordedMessages
from weijian.bootstrap import start
from weijian.domain.finding import ReviewStatus
from weijian.domain.stage import Stage
from weijian.qt.dialogs.move_case_dialog import MoveCaseDialog
from weijian.qt.dialogs.observation_dialog import ObservationDialog
from weijian.qt.dialogs.open_case_dialog import OpenCaseDialog
from weijian.qt.dialogs.order_map_dialog import OrderMapDialog
from weijian.qt.main_window import MainWindow
from weijian.qt.map.compare_view import CompareMode
from weijian.qt.panels.demolition_bar import DemolitionBar
from weijian.qt.selection import SubjectKind
from weijian.storage.workspace import open_workspace

FIRST_CASE = "2025案0001"


def colour_at(user: Driver, x: int, y: int) -> QColor:
    return user.bench.centre.canvas.picture().pixelColor(x, y)


def test_the_village_is_seen_and_swiped(user: Driver, village: Path) -> None:
    user.open(village)
    assert user.window.windowTitle().startswith("样例村")
    assert user.window.focusWidget() is user.bench.centre.canvas
    user.click(user.find(QToolButton, "mode-swipe-button"))
    user.settle()
    canvas = user.bench.centre.canvas
    assert user.bench.centre.mode is CompareMode.SWIPE
    middle = QPoint(canvas.width() // 2, canvas.height() // 2)
    for layer in user.bench.layers.stack.layers:
        user.bench.layers.stack.alter(layer.key, visible=layer.key.endswith("ortho"))
    user.settle()
    places = [QPoint(middle.x() - 40, middle.y() + dy) for dy in range(-120, 140, 20)]
    before = [colour_at(user, p.x(), p.y()) for p in places]
    user.drag(canvas, middle, middle - QPoint(120, 0))
    after = [colour_at(user, p.x(), p.y()) for p in places]
    assert sum(one != other for one, other in zip(before, after, strict=True)) > len(places) // 2


def test_findings_are_reviewed_by_single_keys(user: Driver, village: Path) -> None:
    user.open(village)
    review = user.bench.review
    first = review.current.finding_no
    user.key(Qt.Key.Key_N)
    second = review.current.finding_no
    assert second != first
    assert user.bench.desk.selection.subject.kind is SubjectKind.FINDING
    view = user.bench.centre.canvas.view
    left, bottom, right, top = review.current.geometry.bounds
    assert left < view.x < right or bottom < view.y < top
    user.key(Qt.Key.Key_C)
    with open_workspace(village) as workspace, workspace.read() as work:
        assert work.findings.get(second).review is ReviewStatus.CONFIRMED
    assert review.current.finding_no != second  # it has gone on by itself
    user.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    with open_workspace(village) as workspace, workspace.read() as work:
        assert work.findings.get(second).review is ReviewStatus.OPEN


def test_no_verdict_slips_in_while_an_outline_is_drawn(user: Driver, village: Path) -> None:
    user.open(village)
    number = user.bench.review.current.finding_no
    user.key(Qt.Key.Key_E)
    user.key(Qt.Key.Key_C)
    user.key(Qt.Key.Key_N)
    assert user.bench.review.current.finding_no == number
    assert user.bench.review.current.review is ReviewStatus.OPEN
    user.key(Qt.Key.Key_Escape)
    user.key(Qt.Key.Key_C)
    with open_workspace(village) as workspace, workspace.read() as work:
        assert work.findings.get(number).review is ReviewStatus.CONFIRMED


def test_a_finding_becomes_a_case_and_its_household_is_read(user: Driver, village: Path) -> None:
    user.open(village)
    review = user.bench.review
    while review.current.household_no is None or review.verbs["case"].isEnabled() is False:
        user.key(Qt.Key.Key_N)
    household = review.current.household_no
    user.key(Qt.Key.Key_O)
    dialog = user.dialog(OpenCaseDialog)
    for name, text in (("leadOfficer", "Zhang"), ("secondOfficer", "Li")):
        user.find(type(dialog._form.leadOfficer), name, dialog).clear()
        user.qtbot.keyClicks(user.find(type(dialog._form.leadOfficer), name, dialog), text)
    user.agree(dialog)
    with open_workspace(village) as workspace, workspace.read() as work:
        case = work.cases.all()[-1]
    assert (case.lead_officer, case.second_officer, case.household_no) == ("Zhang", "Li", household)
    user.bench.show_panel("dossier")
    search = user.find(QLineEdit, "search", user.bench.dossier)
    search.setFocus()
    user.qtbot.keyClicks(search, household)
    user.qtbot.wait(300)  # it waits for a pause in typing
    user.settle()
    user.qtbot.keyClick(search, Qt.Key.Key_Return)
    user.settle()
    page = user.bench.dossier.page
    assert page.dossier.household.household_no == household
    assert page.isVisible()
    assert case.case_no in " ".join(label.text() for label in page.findChildren(QLabel))


def test_a_case_moves_is_observed_and_mapped_and_all_is_there_the_next_day(
    user: Driver, village: Path, messages: RecordedMessages, tmp_path: Path
) -> None:
    user.open(village)
    case = user.bench.case
    user.bench.show_panel("case")
    case.show_case(FIRST_CASE)
    user.settle()

    user.click(user.find(QPushButton, f"move-{Stage.DECISION}", case))
    moving = user.dialog(MoveCaseDialog)
    moving._form.document_edit.setText("样违拆决字〔2025〕7号")
    user.qtbot.keyClicks(user.find(QPlainTextEdit, "reason_edit", moving), "decided")
    user.agree(moving)
    assert case.view.case.stage is Stage.DECISION

    case.verbs["observe"].trigger()
    observing = user.dialog(ObservationDialog)
    observing.findChild(QDoubleSpinBox).setValue(case.view.progress.ordered_m2 / 2)
    user.agree(observing, QDialogButtonBox.StandardButton.Save)
    bars = [bar for bar in case.findChildren(DemolitionBar) if bar.isVisibleTo(case._demolition)]
    assert round(bars[0].share, 2) == 0.5

    case.verbs["order-map"].trigger()
    preview = user.dialog(OrderMapDialog)
    user.settle()
    messages.files.append((tmp_path / "map.pdf",))
    user.click(user.find(QPushButton, "save_pdf_button", preview))
    user.settle()
    assert len(PdfReader(tmp_path / "map.pdf").pages) >= 1
    preview.close()

    user.bench.centre.set_mode(CompareMode.LINKED)
    user.bench.layers.stack.alter("parcels", visible=False)
    user.settle()
    user.window.close()

    again = MainWindow(start(), user.settings, "zh", messages)
    again.show()
    again.open_workspace(village)
    user.until(lambda: again.workbench is not None and not again.jobs.busy and not again.workbench.is_loading)
    again.workbench.case.show_case(FIRST_CASE)
    user.until(lambda: not again.jobs.busy)
    assert again.workbench.case.view.case.stage is Stage.DECISION
    assert again.workbench.case.view.progress.done_m2 > 0
    assert not again.workbench.layers.stack.get("parcels").visible
    assert [dialog for dialog in again.findChildren(QDialog) if dialog.isVisible()] == []
    again.close()
    again.deleteLater()
