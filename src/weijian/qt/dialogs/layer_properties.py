"""What there is to know of a survey's product on the map."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from weijian.qt.desk import Desk
from weijian.qt.forms.layer_properties import Ui_LayerProperties
from weijian.qt.messages import sentence_of
from weijian.services.map_contents import ProductOnMap
from weijian.services.survey_facts import SurveyFacts, survey_facts


class LayerProperties(QDialog):
    """File, date, CRS, size, resolution, extent and overviews of a product; all of it can be copied."""

    def __init__(self, desk: Desk, title: str, product: ProductOnMap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._form = Ui_LayerProperties()
        self._form.setupUi(self)
        self._form.title.setText(title)
        problem = None if product.problem is None else sentence_of(product.problem, desk.language)
        self._show(survey_facts(product), problem)

    def _show(self, facts: SurveyFacts, problem: str | None) -> None:
        survey = facts.survey
        left, bottom, right, top = facts.bounds or (0.0, 0.0, 0.0, 0.0)
        rows = [
            (self.tr("Survey"), survey.name),
            (self.tr("Flown on"), survey.flown_on.isoformat()),
            (self.tr("File"), str(facts.path)),
            (self.tr("Coordinate system"), facts.crs_name),
            (self.tr("Size"), self.tr("{width} × {height} pixels").format(width=facts.width, height=facts.height)),
            (self.tr("Ground resolution"), f"{facts.resolution_m:.3f} m"),
        ]
        if facts.bounds is not None:
            rows += [
                (self.tr("East"), f"{left:.1f} – {right:.1f} m"),
                (self.tr("North"), f"{bottom:.1f} – {top:.1f} m"),
                (self.tr("Overviews"), self._overviews(facts)),
            ]
        if problem is not None:
            rows.append((self.tr("Problem"), problem))
        for name, value in rows:
            label = QLabel(value)
            label.setWordWrap(True)
            label.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            self._form.facts.addRow(name, label)

    def _overviews(self, facts: SurveyFacts) -> str:
        if facts.overviews:
            return self.tr("There")
        if facts.wants_overviews:
            return self.tr("None: zooming out is slow")
        return self.tr("Not needed: the file is small")
