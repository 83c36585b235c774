"""Starting a detection: what with what, how, and what becomes of earlier findings."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QWidget

from weijian.detection.model_card import ModelCard
from weijian.domain.finding import Method
from weijian.domain.survey import Survey
from weijian.qt.desk import Desk
from weijian.qt.dialogs.detection_more import MoreOptions
from weijian.qt.dialogs.fitting import fit_screen
from weijian.qt.forms.detection_dialog import Ui_DetectionDialog
from weijian.qt.jobs import Question
from weijian.qt.operations.detection import hand_words, start_detection
from weijian.services.detect_files import DetectionOptions
from weijian.services.detection_choices import (
    DetectionChoices,
    EarlierFindings,
    detection_choices,
    detection_model,
    earlier_findings,
    models_can_run,
)

_ARCHIVE = "archive"


class DetectionDialog(QDialog):
    """Asks what is to be compared, and starts the job; it closes at once, progress is shown with the other jobs."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._choices: DetectionChoices | None = None
        self._question: Question | None = None
        self._model: ModelCard | None = None
        self._form = Ui_DetectionDialog()
        self._form.setupUi(self)
        self._more = MoreOptions(self._form, self)
        self._ok = self._form.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._ok.setText(self.tr("&Start detection"))
        self._form.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        self._form.method.addItem(self.tr("Automatic"), None)
        self._form.method.addItem(self.tr("Heights and images"), Method.HEIGHT)
        self._form.method.addItem(self.tr("Images only"), Method.SPECTRAL)
        if models_can_run():
            self._form.method.addItem(self.tr("Trained model"), Method.MODEL)
        self._form.before.currentIndexChanged.connect(self._pair_chosen)
        self._form.after.currentIndexChanged.connect(self._pair_chosen)
        self._form.method.currentIndexChanged.connect(self._check)
        self._form.choose_model.clicked.connect(self._choose_model)
        self._form.more.toggled.connect(self._fit)
        self._form.by_hand.toggled.connect(self._fit)
        self._form.buttons.accepted.connect(self._start)
        self._form.buttons.rejected.connect(self.reject)
        self._check()
        desk.jobs.ask(self, partial(detection_choices, desk.folder), self._fill)

    def _fill(self, choices: DetectionChoices) -> None:
        self._choices = choices
        blockers = [QSignalBlocker(box) for box in (self._form.before, self._form.after)]
        for survey in choices.surveys:
            self._form.before.addItem(_called(survey), survey)
            self._form.after.addItem(_called(survey), survey)
        archive = self.tr("Archive ({count} buildings)").format(count=choices.buildings)
        self._form.before.addItem(archive, _ARCHIVE)
        if not choices.buildings:
            reason = self.tr("The archive has no buildings yet; import them first.")
            _enable(self._form.before, self._form.before.count() - 1, reason)
        count = len(choices.surveys)
        self._form.after.setCurrentIndex(count - 1)
        self._form.before.setCurrentIndex(count - 2 if count > 1 else self._form.before.count() - 1)
        for blocker in blockers:
            blocker.unblock()
        self._pair_chosen()

    @property
    def _before(self) -> Survey | None:
        chosen = self._form.before.currentData()
        return chosen if isinstance(chosen, Survey) else None

    @property
    def _after(self) -> Survey | None:
        chosen = self._form.after.currentData()
        return chosen if isinstance(chosen, Survey) else None

    def _pair_chosen(self) -> None:
        self._offer_methods()
        self._more.place_archive(archive=self._before is None)
        self._form.earlier.setText("")
        if self._question is not None:
            self._question.drop()
            self._question = None
        after, before = self._after, self._before
        if after is not None and not self._pair_fault():
            ask = partial(
                earlier_findings, self._desk.folder, None if before is None else before.survey_id, after.survey_id
            )
            self._question = self._desk.jobs.ask(self, ask, self._tell_earlier)
        self._check()

    def _offer_methods(self) -> None:
        lacking = {Method.HEIGHT: self._lacks_heights(), Method.MODEL: self._lacks_images()}
        for index in range(1, self._form.method.count()):
            _enable(self._form.method, index, lacking.get(Method(self._form.method.itemData(index)), ""))
        if self._asked is not None and lacking.get(self._asked):
            self._form.method.setCurrentIndex(0)

    def _lacks_heights(self) -> str:
        """Why heights cannot be compared; empty when they can."""
        lacking = next(
            (survey for survey in (self._after, self._before) if survey is not None and survey.dsm is None), None
        )
        return "" if lacking is None else self.tr("{survey} has no surface model (DSM).").format(survey=lacking.name)

    def _lacks_images(self) -> str:
        return "" if self._before is not None else self.tr("The archive has no images to compare with.")

    def _pair_fault(self) -> str:
        if self._choices is None:
            return self.tr("Looking what there is…")
        before, after = self._before, self._after
        if after is None:
            return self.tr("There is no survey yet; add one first.")
        if before is None and not self._choices.buildings:
            return self.tr("There is nothing to compare with: add an earlier survey or import the archive's buildings.")
        if before == after:
            return self.tr("Before and after are the same survey; choose two.")
        if before is not None and before.flown_on > after.flown_on:
            return self.tr("The survey before was flown after the other; swap them.")
        return ""

    def _fault(self) -> str:
        """Why detection cannot start; empty when it can."""
        lacking = self._method_used() is Method.MODEL and self._model is None
        return self._pair_fault() or (self.tr("Choose the model's file.") if lacking else "")

    def _choose_model(self) -> None:
        chosen = self._desk.messages.open_files(self.tr("Model"), self.tr("Models (*.onnx)"))
        for path in chosen:
            self._desk.jobs.ask(self, partial(detection_model, path), self._take_model, partial(self._no_model, path))

    def _take_model(self, card: ModelCard) -> None:
        self._model = card
        self._tell_model(card.path)

    def _no_model(self, path: Path, error: BaseException) -> None:
        self._model = None
        self._tell_model(path)
        self._desk.messages.problem(error, self)

    def _tell_model(self, path: Path) -> None:
        self._form.model.setText(path.name)
        self._form.model.setToolTip(str(path))
        self._check()

    def _check(self) -> None:
        fault = self._fault()
        self._form.hint.setText(fault)
        self._ok.setEnabled(not fault)
        by_height = self._method_used() is Method.HEIGHT
        self._form.fields.setRowVisible(self._form.model_row, self._method_used() is Method.MODEL)
        self._form.height.setEnabled(by_height)
        self._form.height_note.setText(
            self.tr("Rise or fall that counts as built or pulled down; a storey is about 3 m.")
            if by_height
            else self.tr("Images alone do not tell heights.")
        )
        self._form.method_note.setText(self._method_words())

    @property
    def _asked(self) -> Method | None:
        """The method chosen; None for automatic. Qt keeps the value of an enumeration as a plain string."""
        chosen = self._form.method.currentData()
        return None if chosen is None else Method(chosen)

    def _method_used(self) -> Method:
        if self._asked is not None:
            return self._asked
        return Method.SPECTRAL if self._lacks_heights() else Method.HEIGHT

    def _method_words(self) -> str:
        if self._method_used() is Method.MODEL:
            return self._model_words()
        if self._after is None:
            return ""
        told = {
            Method.HEIGHT: self.tr(
                "Compares surface models and checks with the images: surest, and finds added storeys."
            )
            if self._before is not None
            else self.tr("Holds the surface model against the heights of the archive; finds added storeys too."),
            Method.SPECTRAL: self.tr("Compares the images only: finds roofs that came or went, not added storeys.")
            if self._before is not None
            else self.tr(
                "Looks whether archived buildings still cast their shadow: finds only what was demolished, not what "
                "is new, extended or raised."
            ),
        }[self._method_used()]
        lacking = self._lacks_heights()
        if self._asked is None and not lacking and self._before is not None:
            told = self.tr("Takes heights, as both sides have them.") + " " + told
        return f"{lacking} {told}" if lacking else told

    def _model_words(self) -> str:
        if self._model is None:
            return self.tr("Runs a trained model (ONNX) on the images of both dates.")
        told = self.tr("{name}, version {version}: looks at the images of both dates in pixels of {pixel} m.")
        return told.format(name=self._model.name, version=self._model.version, pixel=self._model.resolution_m)

    def _tell_earlier(self, earlier: EarlierFindings) -> None:
        if not earlier.replaced and not earlier.kept:
            text = self.tr("This pair has not been compared before.")
        else:
            text = self.tr(
                "Findings of the earlier run on this pair: {replaced} not yet reviewed are replaced, "
                "{kept} that somebody has reviewed or taken up stay."
            ).format(replaced=earlier.replaced, kept=earlier.kept)
        if earlier.hand is not None:
            placed = self.tr("The last run was placed by hand: {placing}.")
            text += " " + placed.format(placing=hand_words(earlier.hand))
        self._form.earlier.setText(text)
        self._more.take(earlier.hand)

    def _fit(self) -> None:
        """As high as what is shown asks for."""
        self._form.layout11.activate()
        self.resize(self.width(), self._form.layout11.totalHeightForWidth(self.width()))
        fit_screen(self)

    def _start(self) -> None:
        after = self._after
        if after is None or self._fault():
            return
        card = self._model if self._method_used() is Method.MODEL else None
        options = DetectionOptions(
            rules=self._desk.program.legality,
            method=self._asked,
            model=None if card is None else card.path,
            min_area_m2=self._form.area.value(),
            min_height_m=self._form.height.value(),
            workers=self._form.workers.value() or None,
            scheduler=self._more.scheduler,
            hand=self._more.hand,
        )
        start_detection(self._desk, self._before, after, options)
        self.accept()


def _called(survey: Survey) -> str:
    day = survey.flown_on.isoformat()
    return survey.name if day in survey.name else f"{survey.name} ({day})"


def _enable(box: QComboBox, index: int, reason: str) -> None:
    """Let an entry be chosen, or say in its tool tip why it cannot be."""
    model = box.model()
    if isinstance(model, QStandardItemModel):
        item = model.item(index)
        item.setEnabled(not reason)
        item.setToolTip(reason)
