"""Everything of one finding, for the one who reviews it."""

from __future__ import annotations

from functools import partial
from html import escape
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget
from shapely import MultiPolygon, Polygon

from weijian.domain.language import Language
from weijian.qt.desk import Desk
from weijian.qt.jobs import Question
from weijian.qt.messages import sentence_of
from weijian.qt.models.review_words import dismissal_text
from weijian.qt.panels.chips import ChipPicture, ChipView, chip_picture
from weijian.qt.selection import Subject, SubjectKind
from weijian.qt.wording import measured, name_of
from weijian.services.finding_chips import DatedChip, FindingChips, finding_chips
from weijian.services.review import ReviewItem

_CHIP_PIXELS = 320

Pictures = tuple[FindingChips, ChipPicture | None, ChipPicture | None]


class FindingCard(QWidget):
    """Pictures, measures and reason of a finding.

    ``zoom_asked(Bounds)`` is emitted when a picture is clicked, ``link_asked(Subject)`` when a number is.
    """

    zoom_asked = Signal(object)
    link_asked = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._item: ReviewItem | None = None
        self._question: Question | None = None
        self.before, self.after = ChipView(self), ChipView(self)
        self.before.setObjectName("beforeChip")
        self.after.setObjectName("afterChip")
        self.heading, self.reason, self.outdated = _wrapping(self), _wrapping(self), _wrapping(self)
        font = self.heading.font()
        font.setBold(True)
        self.heading.setFont(font)
        self.heading.setObjectName("heading")
        self.reason.setObjectName("reason")
        self.outdated.setObjectName("outdated")
        self.outdated.linkActivated.connect(self._follow)
        self._values: dict[str, QLabel] = {}
        self._fields = QFormLayout()
        self._build()

    @property
    def item(self) -> ReviewItem | None:
        """What is shown."""
        return self._item

    def show_item(self, item: ReviewItem) -> None:
        """Show a finding; its pictures follow when they are read."""
        former, self._item = self._item, item
        finding = item.finding
        self.heading.setText(f"{finding.finding_no} · {name_of(finding.change_type)} · {name_of(finding.review)}")
        self.reason.setText(finding.reason)
        self.outdated.setText(self._outdated(item))
        self.outdated.setVisible(bool(item.changed_permits))
        for name, text in self._texts(item).items():
            self._values[name].setText(text)
            self._fields.setRowVisible(self._values[name], bool(text))
        if former is None or former.finding != finding:
            self._read_chips(fresh=former is None or former.finding.finding_no != finding.finding_no)

    def _build(self) -> None:
        chips = QHBoxLayout()
        chips.setSpacing(4)
        for view in (self.before, self.after):
            chips.addWidget(view)
            view.clicked.connect(self.zoom_asked)
        for name, title in self._titles().items():
            value = _wrapping(self)
            value.setObjectName(name)
            value.linkActivated.connect(self._follow)
            self._values[name] = value
            self._fields.addRow(title, value)
        self._fields.setContentsMargins(0, 0, 0, 0)
        self._fields.setVerticalSpacing(2)
        self._fields.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._fields.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 2, 4)
        layout.setSpacing(6)
        layout.addWidget(self.heading)
        layout.addLayout(chips)
        layout.addWidget(self.reason)
        layout.addWidget(self.outdated)
        layout.addLayout(self._fields)
        layout.addStretch(1)

    def _titles(self) -> dict[str, str]:
        return {
            "dismissal": self.tr("Dismissed for"),
            "case": self.tr("Case"),
            "lead": self.tr("Lead"),
            "area": self.tr("Area"),
            "height": self.tr("Height change"),
            "permitStatus": self.tr("Permit"),
            "permitNo": self.tr("Permit no."),
            "excess": self.tr("Excess"),
            "zones": self.tr("Zones"),
            "place": self.tr("Place"),
            "household": self.tr("Household"),
            "building": self.tr("Building"),
            "confidence": self.tr("Confidence"),
            "method": self.tr("Found by"),
            "surveys": self.tr("Surveys"),
        }

    def _texts(self, item: ReviewItem) -> dict[str, str]:
        finding = item.finding
        separator = self.tr(", ")
        excess = [measured(finding.excess_area_m2, None, "m²")] if finding.excess_area_m2 is not None else []
        if finding.excess_height_m is not None:
            excess.append(measured(finding.excess_height_m, None, "m"))
        if finding.excess_storeys is not None:
            excess.append(self.tr("{count} storeys").format(count=finding.excess_storeys))
        height = finding.height_change_m
        return {
            "dismissal": "" if item.dismissal is None else escape(dismissal_text(item.dismissal)),
            "case": _link(SubjectKind.CASE, item.case_no),
            "lead": item.lead_no or "",
            "area": measured(finding.area_m2, finding.area_sigma_m2, "m²"),
            "height": "" if height is None else measured(height, finding.height_sigma_m, "m"),
            "permitStatus": self.tr("None needed") if finding.permit_status is None else name_of(finding.permit_status),
            "permitNo": _link(SubjectKind.PERMIT, finding.permit_no),
            "excess": separator.join(excess),
            "zones": separator.join(name_of(zone) for zone in finding.zones),
            "place": escape(f"{item.town or ''}{item.village or ''}"),
            "household": _link(SubjectKind.HOUSEHOLD, finding.household_no),
            "building": _link(SubjectKind.BUILDING, finding.building_no),
            "confidence": f"{finding.confidence:.0%}",
            "method": name_of(finding.method),
            "surveys": " → ".join(str(day) for day in (finding.before_date, finding.after_date) if day is not None),
        }

    def _outdated(self, item: ReviewItem) -> str:
        if not item.changed_permits:
            return ""
        told = self.tr("⚠ Changed after this was judged: {permits}. Compare with the permit as it is now.")
        return told.format(permits=self.tr(", ").join(_link(SubjectKind.PERMIT, each) for each in item.changed_permits))

    def _follow(self, link: str) -> None:
        kind, _, number = link.partition(":")
        self.link_asked.emit(Subject(SubjectKind(kind), number))

    def _read_chips(self, *, fresh: bool) -> None:
        if self._item is None:
            return
        if fresh:
            for view, title in ((self.before, self.tr("Before")), (self.after, self.tr("After"))):
                view.show_text(title, self.tr("Reading…"))
        if self._question is not None:
            self._question.drop()
        ratio = self.devicePixelRatioF()
        work = partial(_pictures, self._desk.folder, self._item.finding.finding_no, round(_CHIP_PIXELS * ratio))
        self._question = self._desk.jobs.ask(self, work, self._show_chips, self._no_chips)

    def _show_chips(self, pictures: Pictures) -> None:
        chips, before, after = pictures
        outline = chips.finding.geometry
        if chips.before is None:
            self.before.show_text(self.tr("Before"), self.tr("Compared with the archive"))
        else:
            self._show_chip(self.before, self.tr("Before"), chips.before, before, [outline])
        standing = [outline] if chips.finding.after_outline is None else [outline, chips.finding.after_outline]
        self._show_chip(self.after, self.tr("After"), chips.after, after, standing)

    def _show_chip(
        self,
        view: ChipView,
        title: str,
        dated: DatedChip,
        picture: ChipPicture | None,
        outlines: list[Polygon | MultiPolygon],
    ) -> None:
        if picture is not None:
            view.show_picture(picture, title, dated.flown_on, outlines)
        elif dated.problem is not None:
            view.show_text(title, sentence_of(dated.problem, self._language))

    def _no_chips(self, error: BaseException) -> None:
        for view, title in ((self.before, self.tr("Before")), (self.after, self.tr("After"))):
            view.show_text(title, sentence_of(error, self._language))

    @property
    def _language(self) -> Language:
        return self._desk.language


def _pictures(folder: Path, finding_no: str, pixels: int) -> Pictures:
    """Chips as pictures; runs in a worker."""
    chips = finding_chips(folder, finding_no, pixels)
    return chips, _picture(chips.before), _picture(chips.after)


def _picture(dated: DatedChip | None) -> ChipPicture | None:
    return None if dated is None or dated.chip is None else chip_picture(dated.chip.rgb, dated.chip.bounds)


def _link(kind: SubjectKind, number: str | None) -> str:
    return f'<a href="{kind}:{escape(number)}">{escape(number)}</a>' if number else ""


def _wrapping(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setWordWrap(True)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.LinksAccessibleByMouse
        | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
    )
    label.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label
