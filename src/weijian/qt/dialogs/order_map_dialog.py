"""The order map of a case before it is saved: paper, scale, and the map moved about in its frames."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QDialog, QWidget

from weijian.domain.errors import StructureTooLarge, WeijianError
from weijian.publish.order_map import PAGES, OrderMapSheet, Page, PageSize, offset_within, page_count, picture
from weijian.qt.desk import Desk
from weijian.qt.dialogs.order_map_preview import OrderMapPreview
from weijian.qt.forms.order_map_dialog import Ui_OrderMapDialog
from weijian.qt.icons import icon
from weijian.qt.jobs import Question
from weijian.qt.messages import sentence_of
from weijian.qt.operations.cases import ask_for_order_map_file
from weijian.services.papers import preview_order_map

SCALES = (200, 300, 500, 1000, 1500, 2000)
"""Denominators to choose from; any other can be typed."""
_LEAST, _MOST = 50, 50_000
_DPI = {PageSize.A4: 200, PageSize.A3: 150}
_TYPED = re.compile(r"(?:1\s*[:：/])?\s*(\d{2,5})")  # also the full-width colon of a Chinese keyboard


@dataclass(frozen=True, eq=False)
class Rendered:
    """A sheet and one of its pages as pictures, each half as large as the one before."""

    sheet: OrderMapSheet
    pages: int
    number: int
    images: tuple[QImage, ...]


def render(desk: Desk, case_no: str, page: Page, scale: int | None, offset: tuple[float, float]) -> Rendered:
    """Resolve the sheet and paint its first page; in a worker."""
    on = desk.program.today
    sheet = preview_order_map(desk.folder, case_no, page=page, scale=scale, on=on, offset=offset)
    return turn_to(sheet, 1)


def turn_to(sheet: OrderMapSheet, number: int) -> Rendered:
    """Paint a page of a sheet; in a worker."""
    images = [picture(sheet, _DPI[sheet.page.size], number)]
    for _ in range(2):
        smooth = Qt.TransformationMode.SmoothTransformation
        images.append(images[-1].scaledToWidth(images[-1].width() // 2, smooth))
    return Rendered(sheet, page_count(sheet), number, tuple(images))


class OrderMapDialog(QDialog):
    """Preview of the order map; what is saved is the sheet that is shown.

    Parameters
    ----------
    desk : Desk
    case_no : str
    parent : QWidget, optional
    """

    def __init__(self, desk: Desk, case_no: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._case_no = case_no
        self._shown: Rendered | None = None
        self._question: Question | None = None
        self._offset = (0.0, 0.0)
        self._scale: int | None = None
        self._form = Ui_OrderMapDialog()
        self._form.setupUi(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint, True)
        self.setWindowTitle(self.tr("Order map of case {case}").format(case=case_no))
        self.preview = OrderMapPreview(self._possible, self)
        self.preview.setObjectName("preview")
        self.preview.setToolTip(self.tr("Drag the map inside its frames to move it; turn the wheel to zoom"))
        self._form.preview_layout.addWidget(self.preview, 1)
        self._fill_choices()
        self._connect()
        self.resize(1100, 700)
        self._render()

    @property
    def sheet(self) -> OrderMapSheet | None:
        """What is shown and would be saved; None while there is nothing."""
        return self._shown.sheet if self._shown is not None and self._form.save_pdf_button.isEnabled() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter in the scale box takes the scale and saves nothing."""
        enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not (enters and self._form.scale_combo.hasFocus()):
            super().keyPressEvent(event)

    def _fill_choices(self) -> None:
        form = self._form
        lies = {True: self.tr("{size} landscape"), False: self.tr("{size} portrait")}
        for page in PAGES.values():
            form.page_combo.addItem(lies[page.landscape].format(size=page.size.value), page.name)
        form.page_combo.setCurrentIndex(form.page_combo.findData("A3-landscape"))
        form.scale_combo.addItem(self.tr("Automatic"), None)
        for scale in SCALES:
            form.scale_combo.addItem(f"1:{scale}", scale)
        form.save_pdf_button.setIcon(icon("file-text"))
        form.save_png_button.setIcon(icon("file-image"))
        for button, drawing in (
            (form.previous_button, "chevron-left"),
            (form.next_button, "chevron-right"),
            (form.zoom_out_button, "zoom-out"),
            (form.fit_button, "maximize"),
            (form.zoom_in_button, "zoom-in"),
        ):
            button.setIcon(icon(drawing))
            button.setAutoRaise(True)

    def _connect(self) -> None:
        form = self._form
        form.page_combo.currentIndexChanged.connect(self._render)
        form.scale_combo.activated.connect(self._take_scale)
        form.scale_combo.lineEdit().editingFinished.connect(self._take_typed_scale)
        form.centre_button.clicked.connect(self._centre)
        form.previous_button.clicked.connect(partial(self._turn, -1))
        form.next_button.clicked.connect(partial(self._turn, 1))
        form.zoom_in_button.clicked.connect(lambda: self.preview.zoom(1.5))
        form.zoom_out_button.clicked.connect(lambda: self.preview.zoom(1 / 1.5))
        form.fit_button.clicked.connect(self.preview.fit)
        form.fitting_button.clicked.connect(self._take_fitting)
        form.save_pdf_button.clicked.connect(partial(self._save, ".pdf"))
        form.save_png_button.clicked.connect(partial(self._save, ".png"))
        form.close_button.clicked.connect(self.close)
        self.preview.moved.connect(self._move_map)

    def _page(self) -> Page:
        return PAGES[self._form.page_combo.currentData()]

    def _take_scale(self) -> None:
        scale = self._form.scale_combo.currentData()
        if scale != self._scale or self._form.fitting_button.isVisible():
            self._scale = scale
            self._render()

    def _take_typed_scale(self) -> None:
        combo = self._form.scale_combo
        text = combo.currentText().strip()
        if text == combo.itemText(0):
            wanted = None
        else:
            typed = _TYPED.fullmatch(text)
            if typed is None or not _LEAST <= int(typed[1]) <= _MOST:
                self._say(self.tr("A scale is written like 1:500; from 1:50 to 1:50000."), problem=True)
                self._show_scale()
                return
            wanted = int(typed[1])
        if wanted != self._scale:
            self._scale = wanted
            self._render()
        self._show_scale()

    def _take_fitting(self) -> None:
        self._scale = int(self._form.fitting_button.property("scale"))
        self._show_scale()
        self._render()

    def _show_scale(self) -> None:
        combo = self._form.scale_combo
        index = combo.findData(self._scale)
        combo.setCurrentIndex(index)
        if index < 0:
            combo.setEditText(f"1:{self._scale}")

    def _centre(self) -> None:
        self._offset = (0.0, 0.0)
        self._render()

    def _ground_of(self, right_mm: float, down_mm: float) -> tuple[float, float]:
        """Offset after the map was moved on the paper: the frame's middle goes the other way over the ground."""
        metres = self._shown.sheet.scale / 1000 if self._shown else 0.0
        return self._offset[0] - right_mm * metres, self._offset[1] + down_mm * metres

    def _possible(self, right_mm: float, down_mm: float) -> tuple[float, float]:
        """How much of a movement keeps every structure in the frame."""
        if self.sheet is None:
            return 0.0, 0.0
        sheet = self.sheet
        east, north = offset_within(sheet.structures, sheet.page, sheet.scale, self._ground_of(right_mm, down_mm))
        metres = sheet.scale / 1000
        return (self._offset[0] - east) / metres, (north - self._offset[1]) / metres

    def _move_map(self, right_mm: float, down_mm: float) -> None:
        self._offset = self._ground_of(right_mm, down_mm)
        self._render()

    def _turn(self, way: int) -> None:
        if self._shown is not None:
            self._ask(partial(turn_to, self._shown.sheet, self._shown.number + way))

    def _render(self) -> None:
        page, scale = self._page(), self._scale
        wanted = self._offset
        if self._shown is not None:
            sheet = self._shown.sheet
            wanted = offset_within(sheet.structures, page, scale or sheet.scale, wanted) if wanted != (0, 0) else wanted
        self._offset = wanted
        self._ask(partial(render, self._desk, self._case_no, page, scale, wanted))

    def _ask(self, work: partial[Rendered]) -> None:
        """Have a page painted; what was asked for before is no longer wanted."""
        if self._question is not None:
            self._question.drop()
        self._allow_saving(False)
        self._form.fitting_button.setVisible(False)
        self._say(self.tr("Drawing…"))
        self._question = self._desk.jobs.ask(self, work, self._show, self._refuse)

    def _show(self, rendered: Rendered) -> None:
        self._shown = rendered
        sheet, form = rendered.sheet, self._form
        self._offset = sheet.offset
        self.preview.show_page(rendered.images, sheet.page, has_frames=rendered.number == 1)
        several = rendered.pages > 1
        for widget in (form.previous_button, form.next_button, form.pages_label):
            widget.setVisible(several)
        form.pages_label.setText(
            self.tr("Page {number} of {pages}").format(number=rendered.number, pages=rendered.pages)
        )
        form.previous_button.setEnabled(rendered.number > 1)
        form.next_button.setEnabled(rendered.number < rendered.pages)
        form.centre_button.setEnabled(sheet.offset != (0.0, 0.0))
        self._allow_saving(True)
        self._say(self.tr("Scale 1:{scale}. Drag the map inside its frames to move it.").format(scale=sheet.scale))

    def _refuse(self, error: BaseException) -> None:
        if not isinstance(error, WeijianError):
            self._desk.messages.problem(error, self)
        self.preview.settle_back()
        self._say(sentence_of(error, self._desk.language), problem=True)
        if isinstance(error, StructureTooLarge):
            fitting = error.data["fitting"]
            button = self._form.fitting_button
            button.setProperty("scale", fitting)
            button.setText(self.tr("Use 1:{scale}").format(scale=fitting))
            button.setVisible(True)

    def _say(self, text: str, *, problem: bool = False) -> None:
        self._form.state_label.setText(f"⚠ {text}" if problem else text)

    def _allow_saving(self, allowed: bool) -> None:
        self._form.save_pdf_button.setEnabled(allowed)
        self._form.save_png_button.setEnabled(allowed)

    def _save(self, suffix: str) -> None:
        if self._shown is not None:
            ask_for_order_map_file(self._desk, self, self._shown.sheet, self._shown.number, suffix)
