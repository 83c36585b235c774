"""Papers and evidence of a case, with small pictures of the photographs."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QImage, QImageReader, QPixmap
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QToolButton, QVBoxLayout, QWidget

from weijian.domain.evidence import Evidence, EvidenceKind
from weijian.qt.desk import Desk
from weijian.qt.icons import icon
from weijian.qt.jobs import Question
from weijian.qt.panels.quiet_text import quiet_label
from weijian.services.case_files import CaseView, KeptEvidence

_SIDE = 56
_ICONS = {EvidenceKind.VIDEO: "play", EvidenceKind.MEASUREMENT: "ruler", EvidenceKind.SCAN: "file-text"}


def thumbnail(path: Path, side: int) -> QImage:
    """A photograph no larger than ``side``, the right way up; null when it cannot be read. For a worker."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        reader.setScaledSize(size.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


class CaseMaterials(QWidget):
    """Two lists. ``opened(Path, str)`` tells which kept file is to be opened and what it may be called.

    Parameters
    ----------
    desk : Desk
    add : QAction
        Adds evidence.
    parent : QWidget, optional
    """

    opened = Signal(object, str)

    def __init__(self, desk: Desk, add: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._thumbnails: dict[str, QIcon] = {}
        self._waiting: list[tuple[str, Path, QListWidgetItem]] = []
        self._question: Question | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 8, 2, 0)
        layout.addWidget(QLabel(self.tr("Documents issued")))
        self._no_documents = quiet_label(self.tr("None yet. The demolition order is issued above."))
        layout.addWidget(self._no_documents)
        self._documents = self._list("documents")
        self._documents.setMaximumHeight(96)
        layout.addWidget(self._documents)
        layout.addWidget(QLabel(self.tr("Evidence")))
        self._no_evidence = quiet_label(self.tr("None yet. Drop photographs, scans or videos here."))
        layout.addWidget(self._no_evidence)
        self._evidence = self._list("evidence")
        self._evidence.setIconSize(QSize(_SIDE, _SIDE))
        layout.addWidget(self._evidence, 1)
        button = QToolButton(self)
        button.setObjectName("add-evidence-button")
        button.setDefaultAction(add)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        layout.addWidget(button)
        layout.addStretch(0)

    def show_case(self, view: CaseView) -> None:
        """Show another case."""
        if self._question is not None:
            self._question.drop()
        self._waiting.clear()
        self._documents.clear()
        for kept in view.documents:
            document = kept.document
            item = QListWidgetItem(icon("file-text"), f"{document.kind}\n{document.document_no} · {document.issued_on}")
            item.setData(Qt.ItemDataRole.UserRole, kept.path)
            self._documents.addItem(item)
        self._evidence.clear()
        for each in view.evidence:
            self._add(each)
        self._no_documents.setVisible(not view.documents)
        self._documents.setVisible(bool(view.documents))
        self._no_evidence.setVisible(not view.evidence)
        self._evidence.setVisible(bool(view.evidence))
        self._next_thumbnail()

    def _list(self, name: str) -> QListWidget:
        made = QListWidget(self)
        made.setObjectName(name)
        made.setToolTip(self.tr("Double-click or press Enter to open a copy"))
        made.itemActivated.connect(self._open)
        return made

    def _add(self, kept: KeptEvidence) -> None:
        evidence = kept.evidence
        item = QListWidgetItem(icon(_ICONS.get(evidence.kind, "image")), self._text(kept))
        item.setData(Qt.ItemDataRole.UserRole, kept.path)
        self._evidence.addItem(item)
        if evidence.sha256 in self._thumbnails:
            item.setIcon(self._thumbnails[evidence.sha256])
        elif evidence.kind is EvidenceKind.PHOTO and kept.path is not None:
            self._waiting.append((evidence.sha256, kept.path, item))

    def _text(self, kept: KeptEvidence) -> str:
        evidence = kept.evidence
        taken = "" if evidence.taken_at is None else f" · {evidence.taken_at:%Y-%m-%d %H:%M}"
        first = f"{kind_name(evidence)}{taken}"
        if kept.path is None:
            return f"{first}\n{self.tr('The file is missing')}"
        placed = self.tr("with position") if evidence.longitude is not None else self.tr("no position")
        second = evidence.sha256[:8] if evidence.kind is not EvidenceKind.PHOTO else f"{placed} · {evidence.sha256[:8]}"
        return f"{first}\n{second}"

    def _next_thumbnail(self) -> None:
        """Decode one picture after the other, so that other questions get their turn."""
        if self._waiting:
            sha256, path, item = self._waiting.pop(0)
            work = partial(thumbnail, path, 2 * _SIDE)
            self._question = self._desk.jobs.ask(self, work, partial(self._show_thumbnail, sha256, item))

    def _show_thumbnail(self, sha256: str, item: QListWidgetItem, image: QImage) -> None:
        if not image.isNull():
            self._thumbnails[sha256] = QIcon(QPixmap.fromImage(image))
            item.setIcon(self._thumbnails[sha256])
        self._next_thumbnail()

    def _open(self, item: QListWidgetItem) -> None:
        path = item.data(Qt.ItemDataRole.UserRole)
        if path is not None:
            self.opened.emit(path, item.listWidget().objectName())


def kind_name(evidence: Evidence) -> str:
    """The word for a kind of evidence."""
    names = {
        EvidenceKind.PHOTO: QCoreApplication.translate("evidence", "Photograph"),
        EvidenceKind.SCAN: QCoreApplication.translate("evidence", "Scan"),
        EvidenceKind.VIDEO: QCoreApplication.translate("evidence", "Video"),
        EvidenceKind.CHIP: QCoreApplication.translate("evidence", "Piece of imagery"),
        EvidenceKind.MEASUREMENT: QCoreApplication.translate("evidence", "Measurement"),
    }
    return names[evidence.kind]
